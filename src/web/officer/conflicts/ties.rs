//! "Mina bindningar": a person's own ties to associations, and going through them once a year.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::words;
use crate::domain::Localized;
use crate::domain::conflict::TieKind;
use crate::domain::id::{CaseId, OrganisationId, UserId};
use crate::domain::localized::Language;
use crate::services::conflicts::ties::{self, Line, NewTie};
use crate::services::conflicts::{hints, register};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/ties.html")]
pub struct TiesPage {
    /// The page around it.
    pub page: Page,
    /// Whether and when she went through them this year.
    pub confirmed: String,
    /// What she confirms; empty when she has.
    pub confirm: String,
    /// Her ties.
    pub ties: Vec<TieLine>,
    /// Names in registers that may be hers.
    pub hints: Vec<HintLine>,
    /// Entering one.
    pub enter: Action,
    /// Today, where a tie's last day begins.
    pub today: String,
    /// Whether she may read the whole register.
    pub all: bool,
}

/// A tie in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TieLine {
    /// The association.
    pub association: String,
    /// What the tie is, and its words.
    pub kind: String,
    /// From when to when.
    pub days: String,
    /// Whether it holds.
    pub state: Shown,
    /// Its identity.
    pub id: String,
    /// Where it is ended (POST); empty where it has ended.
    pub end: String,
}

/// A hint in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HintLine {
    /// The association.
    pub about: String,
    /// The hint in words.
    pub text: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn enter(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let own = actor.person().ok_or(Error::NotFound)?;
    match entered(&site, actor, Some(own), &sent).await {
        Ok(()) => Ok(Redirect::to("/bindningar?kvitto=bindning").into_response()),
        Err(error) => again(&site, &visitor, sent, error).await,
    }
}

/// Enters a tie as a form gives it; none for whom is nobody chosen.
pub(super) async fn entered(site: &Site, actor: &Actor, whose: Option<UserId>, sent: &Sent) -> ServiceResult<()> {
    let missing = |place: &str, sv: &str, en: &str| ServiceError::invalid(place, "missing", Localized::both(sv, en));
    let whose = whose.ok_or_else(|| missing("vem", "Välj vem det gäller.", "Choose whom it is about."))?;
    let organisation = ties::meant(&site.tenant, actor, value(sent, "forening")).await?;
    let from = match value(sent, "fran") {
        "" => site.tenant.clock.today(),
        day => day.parse().map_err(|_| missing("fran", "Skriv dagen som 2026-01-31.", "Write the day as 2026-01-31."))?,
    };
    let to: Option<NaiveDate> = match value(sent, "till") {
        "" => None,
        day => Some(day.parse().map_err(|_| missing("till", "Skriv dagen som 2026-01-31.", "Write the day as 2026-01-31."))?),
    };
    let new = NewTie { organisation, kind: TieKind::from_word(value(sent, "slag")), reason: value(sent, "ord"), from, to };
    ties::enter(&site.tenant, actor, whose, &new).await
}

pub(in crate::web) async fn end(
    State(site): State<Site>,
    visitor: Visitor,
    Path(tie): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let own = actor.person().ok_or(Error::NotFound)?;
    // A day that cannot be read has been: the service says so.
    let last = value(&sent, "sista").parse().unwrap_or_default();
    match ties::end(&site.tenant, actor, own, tie, last).await {
        Ok(()) => Ok(Redirect::to("/bindningar?kvitto=bindning-slut").into_response()),
        Err(ServiceError::Invalid(findings)) => {
            // The form of a line has no place of its own for what is wrong.
            let text = findings.into_iter().next().map_or_else(Localized::default, |finding| finding.message);
            again(&site, &visitor, Sent::new(), ServiceError::Refused(text)).await
        }
        Err(error) => again(&site, &visitor, Sent::new(), error).await,
    }
}

pub(in crate::web) async fn confirm(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    ties::confirm(&site.tenant, visitor.staff()?).await?;
    Ok(Redirect::to("/bindningar?kvitto=genomgangna").into_response())
}

pub(in crate::web) async fn answer(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let organisation: OrganisationId = value(&sent, "forening").parse().map_err(|_| Error::NotFound)?;
    let is_hers = value(&sent, "svar") == "ja";
    hints::answer(&site.tenant, visitor.staff()?, organisation, is_hers).await?;
    let case: Option<CaseId> = value(&sent, "arende").parse().ok();
    Ok(match (is_hers, case) {
        (true, _) => Redirect::to("/bindningar?kvitto=bindning"),
        (false, Some(case)) => Redirect::to(&format!("/arenden/{case}?kvitto=inte-jag")),
        (false, None) => Redirect::to("/bindningar?kvitto=inte-jag"),
    }
    .into_response())
}

async fn again(site: &Site, visitor: &Visitor, sent: Sent, error: ServiceError) -> Result<Response, Error> {
    let typed = Typed::refused(sent, error, &[])?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, Some(&typed)).await?)
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<TiesPage, Error> {
    let (actor, language) = (visitor.staff()?, visitor.language);
    let mine = ties::mine(&site.tenant, actor).await?;
    let mut page = visitor.page(site, Section::Officer, visitor.t("ties-title"), Vec::new()).await?;
    let mut enter = entering_form(visitor, "/bindningar");
    if let Some(typed) = typed {
        page.errors = typed.fill(language, enter.fields.iter_mut());
    }
    let year = mine.year.to_string();
    Ok(TiesPage {
        confirmed: match mine.confirmed {
            Some(at) => say(language, "ties-confirmed", &[("year", &year), ("when", &number::moment(at, language))]),
            None => say(language, "ties-not-confirmed", &[("year", &year)]),
        },
        confirm: if mine.confirmed.is_none() { say(language, "ties-confirm", &[("year", &year)]) } else { String::new() },
        ties: mine.ties.iter().map(|line| tie_line(line, language)).collect(),
        hints: mine.hints.iter().map(|hint| HintLine { about: hint.organisation.to_string(), text: words::hint(hint, language) }).collect(),
        enter,
        today: site.tenant.clock.today().to_string(),
        all: register::may_read(actor),
        page,
    })
}

pub(super) fn tie_line(line: &Line, language: Language) -> TieLine {
    let row = &line.row;
    let t = |key: &str| crate::text::fluent::plain(language, key);
    let kind = words::tie(row.kind, language);
    let (from, to) = (number::date(row.valid_from, language), row.valid_to.map(|last| number::date(last, language)));
    TieLine {
        association: line.association.clone(),
        kind: if row.reason.is_empty() { kind } else { say(language, "tie-in-words", &[("kind", &kind), ("text", &row.reason)]) },
        days: match &to {
            Some(to) => say(language, "tie-days", &[("from", &from), ("to", to)]),
            None => say(language, "tie-since", &[("from", &from)]),
        },
        state: if line.holds { Shown::stop(t("tie-holds")) } else { Shown::none(t("tie-not-holding")) },
        id: row.id.to_string(),
        end: if row.valid_to.is_none() { format!("/bindningar/{}/avsluta", row.id) } else { String::new() },
    }
}

/// The form of a new tie.
pub(super) fn entering_form(visitor: &Visitor, url: &str) -> Action {
    let kinds =
        TieKind::ALL.map(|kind| Choice { value: kind.word().to_owned(), text: words::tie(kind, visitor.language), selected: false });
    let field =
        |name: &str, label: &str, kind: FieldKind| Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() };
    Action {
        url: url.to_owned(),
        button: visitor.t("tie-enter-button"),
        explanation: visitor.t("tie-enter-text"),
        weight: Weight::Primary,
        fields: vec![
            Field { hint: Some(visitor.t("tie-association-hint")), ..field("forening", "tie-association", FieldKind::Text) },
            field("slag", "tie-kind", FieldKind::Radios(kinds.to_vec())),
            Field { optional: true, hint: Some(visitor.t("tie-words-hint")), ..field("ord", "tie-words", FieldKind::Text) },
            Field { optional: true, hint: Some(visitor.t("tie-from-hint")), ..field("fran", "tie-from", FieldKind::Date) },
            Field { optional: true, hint: Some(visitor.t("tie-to-hint")), ..field("till", "tie-to", FieldKind::Date) },
        ],
        ..Action::default()
    }
}
