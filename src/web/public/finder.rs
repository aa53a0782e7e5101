//! "Vilka bidrag kan vi söka?": a few questions and what the grants' own rules say of the answers.
//!
//! The questions travel in the address, so that the answer can be bookmarked and sent on; nothing is stored.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::NaiveDate;

use crate::domain::grant::ApplicantKind;
use crate::services::Actor;
use crate::services::grants::finder::{self, Answer, Band, Has, Questions, Told, Verdict};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{Choice, Field, FieldKind, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// A grant and what the rules say of it.
#[derive(Clone, Debug, Default)]
pub struct FinderRow {
    /// The grant's page.
    pub link: Link,
    /// What one can get.
    pub what: String,
    /// Yes, no, or it depends.
    pub state: Shown,
    /// What is in the way, or what it depends on: text and paragraph.
    pub reasons: Vec<(String, String)>,
    /// Until when one can apply.
    pub until: String,
    /// Her own application, where she has one.
    pub own: Option<Link>,
    /// Where one applies; empty where one cannot now.
    pub apply: String,
}

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/finder.html")]
pub struct FinderPage {
    /// What stands around it.
    pub page: Page,
    /// The questions; empty for somebody the register knows.
    pub fields: Vec<Field>,
    /// Whom the register was asked about, where somebody is logged in.
    pub known: String,
    /// The answer, once the questions were sent.
    pub rows: Vec<FinderRow>,
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Query(sent): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let title = visitor.t("finder-title");
    let mut page = visitor.page(&site, Section::Public, title, Vec::new()).await?;
    let today = site.tenant.clock.today();
    let row = |answer: &Answer| row(&visitor, answer, today);
    if let (Ok((organisation, actor)), false) = (visitor.applicant(), sent.contains_key("fraga")) {
        let answers = finder::answers_for(&site.tenant, actor, organisation).await?;
        let known = match actor {
            Actor::Association { .. } => page.who.as_ref().and_then(|who| who.acting.clone()).unwrap_or_default(),
            Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => String::new(),
        };
        return html(&FinderPage { rows: answers.iter().map(row).collect(), known, page, ..FinderPage::default() });
    }
    let questions = finder::questions(&site.tenant).await?;
    let mut fields = fields(&visitor, &questions, &sent);
    let told = told(&visitor, &questions, &sent, &mut fields);
    page.errors = fields
        .iter()
        .filter_map(|field| field.error.as_ref().map(|error| Link::new(format!("#{}", field.name), format!("{}: {error}", field.label))))
        .collect();
    let answered = sent.contains_key("svar") && page.errors.is_empty();
    let answers = if answered { finder::answers(&site.tenant, &told).await? } else { Vec::new() };
    html(&FinderPage { rows: answers.iter().map(row).collect(), fields, known: String::new(), page })
}

fn fields(visitor: &Visitor, questions: &Questions, sent: &BTreeMap<String, String>) -> Vec<Field> {
    let value = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let mut fields = Vec::new();
    if !questions.kinds.is_empty() {
        let choice = |kind: &ApplicantKind| {
            let (word, key) = kind_words(*kind);
            Choice { value: word.to_owned(), text: visitor.t(key), selected: value("sokande") == word }
        };
        fields.push(Field {
            name: "sokande".to_owned(),
            label: visitor.t("finder-kind"),
            kind: FieldKind::Radios(questions.kinds.iter().map(choice).collect()),
            optional: true,
            ..Field::default()
        });
    }
    for (id, title) in &questions.approvals {
        let name = format!("godkand-{id}");
        let choice = |word: &str, key: &str| Choice { value: word.to_owned(), text: visitor.t(key), selected: value(&name) == word };
        fields.push(Field {
            label: visitor.t("finder-approval").replace('…', title.get(visitor.language)),
            kind: FieldKind::Radios(vec![choice("ja", "yes"), choice("nej", "no"), choice("", "finder-do-not-know")]),
            optional: true,
            name,
            ..Field::default()
        });
    }
    for (at, band) in questions.bands.iter().enumerate() {
        let name = format!("medlemmar-{at}");
        fields.push(Field {
            label: band_words(visitor, *band),
            hint: (at == 0).then(|| visitor.t("finder-members-hint")),
            value: value(&name),
            optional: true,
            name,
            ..Field::default()
        });
    }
    if questions.founded {
        fields.push(Field {
            name: "grundad".to_owned(),
            label: visitor.t("finder-founded"),
            value: value("grundad"),
            kind: FieldKind::Date,
            optional: true,
            ..Field::default()
        });
    }
    fields
}

fn band_words(visitor: &Visitor, band: Band) -> String {
    match band.to {
        Some(to) => visitor.t("finder-members").replace('…', &format!("{}–{to}", band.from)),
        None => visitor.t("finder-members-older").replace('…', &band.from.to_string()),
    }
}

/// What was told; what cannot be read gets an error at its field.
fn told(visitor: &Visitor, questions: &Questions, sent: &BTreeMap<String, String>, fields: &mut [Field]) -> Told {
    let value = |name: &str| sent.get(name).map_or("", |text| text.trim());
    let mut told = Told { kind: questions.kinds.iter().copied().find(|kind| kind_words(*kind).0 == value("sokande")), ..Told::default() };
    for (id, _) in &questions.approvals {
        match value(&format!("godkand-{id}")) {
            "ja" => told.approvals.insert(id.clone(), true),
            "nej" => told.approvals.insert(id.clone(), false),
            _ => None,
        };
    }
    let mut fault = |name: &str, key: &str| {
        if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
            field.error = Some(visitor.t(key));
        }
    };
    let counts: Vec<String> = (0..questions.bands.len()).map(|at| format!("medlemmar-{at}")).collect();
    if counts.iter().any(|name| !value(name).is_empty()) {
        let count = |name: &String| match value(name) {
            "" => Some(0),
            text => number::parse(text)
                .ok()
                .filter(|number| !number.is_sign_negative() && number.fract().is_zero())
                .and_then(|number| i64::try_from(number).ok()),
        };
        for name in counts.iter().filter(|name| count(name).is_none()) {
            fault(name, "finder-bad-number");
        }
        told.members = counts.iter().map(count).collect();
    }
    if !value("grundad").is_empty() {
        told.founded = value("grundad").parse::<NaiveDate>().ok();
        if told.founded.is_none() {
            fault("grundad", "finder-bad-date");
        }
    }
    told
}

fn row(visitor: &Visitor, answer: &Answer, today: NaiveDate) -> FinderRow {
    let language = visitor.language;
    let offer = &answer.offer;
    let (state, checks) = match &answer.verdict {
        Verdict::Can if offer.open.is_none() => (Shown::none(visitor.t("finder-can-later")), &[][..]),
        Verdict::Can => (Shown::ok(visitor.t(if answer.approval { "finder-can-approval" } else { "finder-can" })), &[][..]),
        Verdict::CannotTell(checks) => (Shown::wait(visitor.t("finder-depends")), checks.as_slice()),
        Verdict::Cannot(checks) => (Shown::stop(visitor.t("finder-cannot")), checks.as_slice()),
        Verdict::OtherApplicants => (Shown::none(visitor.t("finder-others")), &[][..]),
    };
    let reason = |check: &crate::domain::calculation::Check| {
        let text = match (&answer.verdict, &check.motivation) {
            (Verdict::Cannot(_), Some(motivation)) => motivation.get(language),
            _ => check.text.get(language),
        };
        (text.to_owned(), check.paragraph.clone().unwrap_or_default())
    };
    let open = offer.open.as_ref();
    let until = match (open, offer.coming.as_ref()) {
        (Some(period), _) => visitor.t("finder-until").replace('…', &number::date(period.last_day, language)),
        (None, Some(period)) => visitor.t("finder-opens").replace('…', &number::date(period.period.opens, language)),
        (None, None) => visitor.t("finder-closed"),
    };
    // What she has already says more than what she may.
    let (state, until, own) = match &answer.has {
        Some(Has::Approved(to)) => {
            (Shown::ok(visitor.t("finder-approved")), visitor.t("finder-holds").replace('…', &number::date(*to, language)), None)
        }
        Some(Has::Applied(case, number)) => {
            (Shown::ok(visitor.t("finder-applied")), until, Some(Link::new(format!("/mina-sidor/arenden/{case}"), number.clone())))
        }
        None => (state, until, None),
    };
    let wanted = match &answer.has {
        None => true,
        // An approval that ends within the round can be renewed.
        Some(Has::Approved(to)) => open.is_some_and(|round| *to < round.period.covers.to),
        Some(Has::Applied(..)) => false,
    };
    let may = wanted && matches!(answer.verdict, Verdict::Can | Verdict::CannotTell(_));
    let apply = open.filter(|period| may && !visitor.is_staff() && period.period.opens <= today);
    FinderRow {
        link: Link::new(format!("/bidrag/{}", offer.id), offer.title.get(language)),
        what: offer.benefit.as_ref().unwrap_or(&offer.how).get(language).to_owned(),
        state,
        reasons: checks.iter().map(reason).collect(),
        until,
        own,
        apply: apply.map_or_else(String::new, |period| format!("/ansok/{}/{}", offer.id, period.period.id)),
    }
}

const fn kind_words(kind: ApplicantKind) -> (&'static str, &'static str) {
    match kind {
        ApplicantKind::Association => ("forening", "finder-association"),
        ApplicantKind::Company => ("foretag", "finder-company"),
        ApplicantKind::Person => ("person", "finder-person"),
    }
}
