//! Handing a case over: to whom, what would follow along and what not, and then doing it.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::Opened;
use super::{CaseHead, Said, shown};
use crate::domain::id::{CaseId, UserId};
use crate::domain::localized::Language;
use crate::services::cases::handing_over;
use crate::services::cases::handing_preview::{self, Along, Begun, NotHers, Preview, To, Unable};
use crate::text::{fluent, number};
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::{many, say};
use crate::web::officer::workload;
use crate::web::parts::{Action, Choice, Field, FieldKind, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// What stands before a unit's id where a receiver is chosen.
const UNIT: &str = "enhet:";

/// A case about to be handed over.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/hand_over.html")]
pub struct HandOverPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// The case.
    pub head: CaseHead,
    /// Whom one may ask for; none for who may not hand it over.
    pub receivers: Option<Field>,
    /// What would come of it; none before somebody was chosen.
    pub preview: Option<Shown>,
    /// What colleagues have noted.
    pub notes: Vec<Said>,
    /// Why nothing can be chosen; empty where it can.
    pub closed: String,
}

/// What a hand-over would do, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Who gets it.
    pub to: String,
    /// How she stands: open cases, and when she is away.
    pub standing: Vec<String>,
    /// Why she cannot take it; empty where she can.
    pub unable: String,
    /// What follows along.
    pub along: Vec<Line>,
    /// What follows along and is not hers to do.
    pub not_hers: Vec<Line>,
    /// What stays with who has begun it.
    pub stays: Vec<Line>,
    /// Doing it; none where she cannot take it.
    pub form: Option<Action>,
}

/// Something in a list, with why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub what: String,
    /// More about it; empty for nothing.
    pub note: String,
}

/// What the address asks besides the case.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct Asked {
    till: Option<String>,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let Some(to) = &asked.till else { return html(&fill(&site, &visitor, id, "", None).await?) };
    if receiver(to).is_some() {
        return html(&fill(&site, &visitor, id, to, None).await?);
    }
    // Somebody asks what would come of it and has not said with whom.
    let nobody = Typed::wrong(Vec::new(), "till", "hand-over-nobody-chosen");
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, "", Some(&nobody)).await?)
}

pub(in crate::web) async fn hand_over(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let word = value(&sent, "halsning");
    let done = match receiver(value(&sent, "till")) {
        Some(To::Colleague(user)) => handing_over::hand_over(&site.tenant, actor, id, Some(user), word).await,
        Some(To::Unit(unit)) => handing_over::hand_over_to_unit(&site.tenant, actor, id, &unit, word).await,
        None => handing_over::hand_over(&site.tenant, actor, id, None, word).await,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{id}?kvitto=overlamnat")).into_response()),
        Err(error) => {
            let to = value(&sent, "till").to_owned();
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, &to, Some(&typed)).await?)
        }
    }
}

/// To whom, as a form or an address says it.
pub(in crate::web::officer) fn receiver(word: &str) -> Option<To> {
    match word.strip_prefix(UNIT) {
        Some(unit) => Some(To::Unit(unit.to_owned())),
        None => word.parse().ok().map(To::Colleague),
    }
}

/// Whom one may choose between: colleagues by name, then units.
pub(in crate::web::officer) fn choices(site: &Site, language: Language, officers: &[(UserId, String)], chosen: &str) -> Vec<Choice> {
    let choice = |value: String, text: String| Choice { selected: value == chosen, value, text };
    let mut all = vec![choice(String::new(), fluent::plain(language, "hand-over-choose"))];
    all.extend(officers.iter().map(|(id, name)| choice(id.to_string(), name.clone())));
    let unit =
        |unit: &crate::app::profile::Unit| choice(format!("{UNIT}{}", unit.id), say(language, "hand-over-unit", &[("unit", &unit.name)]));
    all.extend(site.tenant.profile.units().map(unit));
    all
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, to: &str, typed: Option<&Typed>) -> Result<HandOverPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "case-way-hand-over").await?;
    let Opened { view, beside } = &opened;
    let mut receivers = None;
    let mut preview = None;
    let mut alone = false;
    if beside.may_handle {
        let officers = handing_preview::officers(&site.tenant, visitor.staff()?, id).await?;
        let all = choices(site, language, &officers, to);
        alone = all.len() == 1;
        receivers =
            Some(Field { name: "till".to_owned(), label: visitor.t("hand-over-to"), kind: FieldKind::Select(all), ..Field::default() });
        if let Some(receiver) = receiver(to) {
            let found = handing_preview::of(&site.tenant, visitor.staff()?, id, &receiver).await?;
            preview = Some(in_words(visitor, &found, id, to));
        }
    }
    let form = preview.as_mut().and_then(|shown| shown.form.as_mut());
    if let Some(typed) = typed {
        // The receiver is chosen in a form of its own; what is wrong with the choice is told there.
        let word = form.into_iter().flat_map(|form| form.fields.iter_mut()).filter(|field| field.name != "till");
        page.errors = typed.fill(language, receivers.iter_mut().chain(word));
    }
    Ok(HandOverPage {
        about: opened.about(language),
        head: shown::head(view, beside, language),
        notes: opened.notes(language),
        closed: match (beside.may_handle, alone) {
            (false, _) => visitor.t("act-only-read"),
            (true, true) => visitor.t("hand-over-alone"),
            (true, false) => String::new(),
        },
        receivers,
        preview,
        page,
    })
}

fn in_words(visitor: &Visitor, preview: &Preview, id: CaseId, to: &str) -> Shown {
    let language = visitor.language;
    let t = |key: &str| visitor.t(key);
    let name = preview.receiver.as_ref().map_or_else(String::new, |user| user.name.clone());
    let mut standing = Vec::new();
    if preview.receiver.is_some() && preview.unable.is_none() {
        standing.push(say(language, "hand-over-has", &[("cases", &workload::open_cases(preview.open, language))]));
        standing.extend(preview.away.as_ref().map(|away| workload::absent(away, language)));
    }
    let task = |along: &Along| Line {
        what: along.title.get(language).to_owned(),
        note: along.due.map_or_else(
            || if along.reason == along.title.sv { String::new() } else { along.reason.clone() },
            |due| say(language, "hand-over-due", &[("date", &number::date(due, language))]),
        ),
    };
    let mut along: Vec<Line> = preview.tasks.iter().filter(|along| along.not_hers.is_none()).map(task).collect();
    let plain = |what: String| Line { what, note: String::new() };
    along.extend(preview.last_day.map(|day| plain(say(language, "hand-over-waits", &[("date", &number::date(day, language))]))));
    if preview.unread > 0 {
        along.push(plain(many(language, "cases-unread", preview.unread)));
    }
    along.extend(preview.promised.iter().map(|label| Line { what: label.get(language).to_owned(), note: t("hand-over-promised") }));
    if preview.notes > 0 {
        along.push(plain(many(language, "case-way-notes-count", i64::try_from(preview.notes).unwrap_or(i64::MAX))));
    }
    let kept = |along: &Along, why: NotHers| Line {
        what: along.title.get(language).to_owned(),
        note: t(match why {
            NotHers::FourEyes => "hand-over-four-eyes",
            NotHers::Done => "hand-over-done",
        }),
    };
    let stays =
        |begun: &Begun| Line { what: begun.title.get(language).to_owned(), note: say(language, "hand-over-begun", &[("name", &begun.by)]) };
    Shown {
        unable: preview.unable.map_or_else(String::new, |why| {
            let key = match why {
                Unable::Conflicted => "hand-over-conflicted",
                Unable::OtherCommittee => "hand-over-other",
                Unable::HasIt => "hand-over-has-it",
                Unable::NobodyInUnit => "hand-over-nobody",
            };
            say(language, key, &[("name", &name)])
        }),
        form: preview.unable.is_none().then(|| confirm(visitor, id, to, &name)),
        not_hers: preview.tasks.iter().filter_map(|along| along.not_hers.map(|why| kept(along, why))).collect(),
        stays: preview.begun.iter().map(stays).collect(),
        to: name,
        standing,
        along,
    }
}

fn confirm(visitor: &Visitor, id: CaseId, to: &str, name: &str) -> Action {
    Action {
        url: format!("/arenden/{id}/overlamna"),
        button: say(visitor.language, "hand-over-to-name", &[("name", name)]),
        weight: Weight::Primary,
        fields: vec![
            Field { name: "till".to_owned(), value: to.to_owned(), kind: FieldKind::Hidden, ..Field::default() },
            Field {
                name: "halsning".to_owned(),
                label: visitor.t("hand-over-word"),
                hint: Some(visitor.t("hand-over-word-hint")),
                kind: FieldKind::LongText,
                optional: true,
                ..Field::default()
            },
        ],
        ..Action::default()
    }
}
