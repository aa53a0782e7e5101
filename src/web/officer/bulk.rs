//! The same done with several cases, with what is skipped and why.

use askama::Template;
use axum::extract::{Form, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::case::hand_over;
use super::typed::{Post, Sent, Typed, value};
use super::words::{many, say};
use crate::domain::id::{CaseId, UserId};
use crate::domain::localized::Language;
use crate::domain::role::Role;
use crate::services::cases::bulk::{self, Act, Planned, Skip};
use crate::services::cases::handing_preview::Unable;
use crate::services::cases::list;
use crate::text::fluent;
use crate::web::page::Section;
use crate::web::parts::{Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// What is done with several cases.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/bulk.html")]
pub struct BulkPage {
    /// The page around it.
    pub page: Page,
    /// What is done, in a word of the address.
    pub act: String,
    /// What it is, in words.
    pub lead: String,
    /// What is asked first: the day, or the receiver. None when nothing is, or it was told.
    pub ask: Option<Field>,
    /// What was told, to be sent with the form: name and value.
    pub told: Vec<(String, String)>,
    /// Who takes over, in words; empty where nobody does or nobody is chosen.
    pub to: String,
    /// All that were chosen, by identity.
    pub chosen: Vec<String>,
    /// The cases it is done with.
    pub done: Vec<Row>,
    /// Those that are skipped, with why.
    pub skipped: Vec<Row>,
    /// The button that does it; empty where it cannot be done yet.
    pub button: String,
}

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Identity.
    pub id: String,
    /// Its page.
    pub link: Link,
    /// Who applies for what.
    pub about: String,
    /// Why it is skipped; empty where it is not.
    pub why: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let sent: Sent = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let cases = chosen(&sent);
    let act = act(&sent);
    let planned = bulk::plan(&site.tenant, visitor.staff()?, &cases, &act.clone().unwrap_or(Act::PutAside(None))).await?;
    let nobody = act.is_none().then(|| nobody(&sent)).flatten();
    let status = if nobody.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &fill(&site, &visitor, &sent, act.as_ref(), planned, nobody.as_ref()).await?)
}

/// What is wrong where somebody asks what can be handed over and has not said to whom.
fn nobody(sent: &Sent) -> Option<Typed> {
    sent.iter().any(|(name, _)| name == "till").then(|| Typed::wrong(sent.clone(), "till", "hand-over-nobody-chosen"))
}

pub(in crate::web) async fn carry_out(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let cases = chosen(&sent);
    let Some(act) = act(&sent) else {
        let planned = bulk::plan(&site.tenant, actor, &cases, &Act::PutAside(None)).await?;
        let nobody = Typed::wrong(sent.clone(), "till", "hand-over-nobody-chosen");
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &sent, None, planned, Some(&nobody)).await?);
    };
    match bulk::carry_out(&site.tenant, actor, &cases, &act).await {
        Ok((_, skipped)) if skipped.is_empty() && !cases.is_empty() => Ok(Redirect::to("/arenden?kvitto=flera").into_response()),
        Ok((done, skipped)) => {
            let mut page = fill(&site, &visitor, &sent, Some(&act), skipped, None).await?;
            let done = i64::try_from(done).unwrap_or(i64::MAX);
            page.page.errors = vec![Link::new("#h-skipped", many(visitor.language, "bulk-some", done))];
            page.button = String::new();
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => {
            let planned = bulk::plan(&site.tenant, actor, &cases, &act).await?;
            let typed = Typed::refused(sent.clone(), error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &sent, Some(&act), planned, Some(&typed)).await?)
        }
    }
}

fn chosen(sent: &Sent) -> Vec<CaseId> {
    bulk::chosen(sent.iter().filter(|(key, _)| key == "arende").filter_map(|(_, id)| id.parse().ok()))
}

/// What is asked for; none while the receiver of a hand-over is not chosen.
fn act(sent: &Sent) -> Option<Act> {
    match value(sent, "gor") {
        "ta" => Some(Act::Take),
        "overlamna" => hand_over::receiver(value(sent, "till")).map(Act::HandOver),
        _ => Some(Act::PutAside(value(sent, "dag").parse().ok())),
    }
}

async fn fill(
    site: &Site,
    visitor: &Visitor,
    sent: &Sent,
    act: Option<&Act>,
    planned: Vec<Planned>,
    typed: Option<&Typed>,
) -> Result<BulkPage, Error> {
    let language = visitor.language;
    let (word, lead, button) = match value(sent, "gor") {
        "ta" => ("ta", "bulk-take-lead", "bulk-take"),
        "overlamna" => ("overlamna", "bulk-hand-over-lead", "bulk-hand-over"),
        _ => ("undan", "bulk-away-lead", "bulk-away"),
    };
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(visitor.t(button))];
    let mut page = visitor.page(site, Section::Officer, visitor.t(button), crumbs).await?;
    let receivers = match word {
        "overlamna" => hand_over::choices(site, language, &officers(site, visitor).await?, value(sent, "till")),
        _ => Vec::new(),
    };
    let to = receivers.iter().find(|choice| choice.selected && act.is_some()).map_or_else(String::new, |choice| choice.text.clone());
    let mut ask = match word {
        "undan" => Some(Field {
            name: "dag".to_owned(),
            label: visitor.t("act-away-day"),
            value: day(site, sent),
            kind: FieldKind::Date,
            ..Field::default()
        }),
        "overlamna" => Some(Field {
            name: "till".to_owned(),
            label: visitor.t("hand-over-to"),
            kind: FieldKind::Select(receivers),
            ..Field::default()
        }),
        _ => None,
    };
    if let Some(typed) = typed {
        page.errors = typed.fill(language, ask.iter_mut());
    }
    let row = |one: &Planned| Row {
        id: one.line.row.standing.case_id.to_string(),
        link: Link::new(format!("/arenden/{}", one.line.row.standing.case_id), one.line.row.number.clone()),
        about: format!("{}, {}, {}", one.line.applicant, one.line.grant.get(language), one.line.period.get(language)),
        why: one.skip.as_ref().map_or_else(String::new, |skip| why(skip, language)),
    };
    let (skipped, done): (Vec<_>, Vec<_>) = planned.iter().partition(|one| one.skip.is_some());
    let count = i64::try_from(done.len()).unwrap_or(i64::MAX);
    Ok(BulkPage {
        act: word.to_owned(),
        lead: visitor.t(lead),
        told: match (word, value(sent, "till")) {
            ("overlamna", to) if act.is_some() => vec![("till".to_owned(), to.to_owned())],
            _ => Vec::new(),
        },
        button: if act.is_none() || done.is_empty() {
            String::new()
        } else {
            format!("{} ({})", visitor.t(button), crate::text::number::integer(count))
        },
        chosen: planned.iter().map(|one| one.line.row.standing.case_id.to_string()).collect(),
        to,
        done: done.into_iter().map(row).collect(),
        skipped: skipped.into_iter().map(row).collect(),
        ask,
        page,
    })
}

/// The day to put aside until, as it was told; in a week where nothing was.
fn day(site: &Site, sent: &Sent) -> String {
    match value(sent, "dag") {
        "" => site.tenant.clock.today().checked_add_days(chrono::Days::new(7)).unwrap_or_default().to_string(),
        told => told.to_owned(),
    }
}

async fn officers(site: &Site, visitor: &Visitor) -> Result<Vec<(UserId, String)>, Error> {
    let actor = visitor.staff()?;
    if !actor.has(Role::Officer) {
        return Ok(Vec::new());
    }
    let officers = list::choices(&site.tenant, actor).await?.officers;
    // To take cases oneself is another button of the list.
    Ok(officers.into_iter().filter(|(id, _)| actor.user().is_none_or(|user| user.id != *id)).collect())
}

/// Why a case is skipped, in words.
fn why(skip: &Skip, language: Language) -> String {
    let t = |key: &str| fluent::plain(language, key);
    match skip {
        Skip::NotAllowed => t("bulk-skip-not-allowed"),
        Skip::Closed => t("bulk-skip-closed"),
        Skip::HasIt => t("bulk-skip-yours"),
        Skip::Colleagues(name) => say(language, "bulk-skip-colleague", &[("name", name)]),
        Skip::Aside => t("bulk-skip-aside"),
        Skip::Unable(Unable::Conflicted) => t("bulk-skip-conflicted"),
        Skip::Unable(Unable::OtherCommittee) => t("bulk-skip-other"),
        Skip::Unable(Unable::HasIt) => t("bulk-skip-has-it"),
        Skip::Unable(Unable::NobodyInUnit) => t("bulk-skip-nobody"),
        Skip::Refused(text) => text.get(language).to_owned(),
    }
}

/// The help about the keys of the list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/keys.html")]
pub struct KeysPage {
    /// The page around it.
    pub page: Page,
    /// Each key and what it does.
    pub keys: Vec<(String, String)>,
}

pub(in crate::web) async fn keys(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(visitor.t("keys-title"))];
    let keys = [
        ("keys-tab", "keys-tab-text"),
        ("keys-down", "keys-down-text"),
        ("keys-ends", "keys-ends-text"),
        ("keys-enter", "keys-enter-text"),
        ("keys-tick", "keys-tick-text"),
        ("keys-help", "keys-help-text"),
    ];
    html(&KeysPage {
        page: visitor.page(&site, Section::Officer, visitor.t("keys-title"), crumbs).await?,
        keys: keys.map(|(key, text)| (visitor.t(key), visitor.t(text))).into(),
    })
}
