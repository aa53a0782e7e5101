//! What has been changed in an association's entry, in sentences, for itself and for the municipality.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::shown::status_key;
use crate::domain::id::OrganisationId;
use crate::services::associations::changes::{self, Change, What};
use crate::services::associations::views;
use crate::text::{fluent, number};
use crate::web::account::mandate_key;
use crate::web::page::Section;
use crate::web::parts::{Event, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// The changes of an association's entry.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/history.html")]
pub struct HistoryPage {
    /// What stands around it.
    pub page: Page,
    /// Whose.
    pub name: String,
    /// The changes, the latest first.
    pub events: Vec<Event>,
}

pub(super) async fn own(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let name = views::of(&site.tenant, actor, id).await?.name;
    let found = changes::of(&site.tenant, actor, id).await?;
    let crumbs = vec![Link::new("/forening", name.clone()), Link::here(visitor.t("history-title"))];
    let page = visitor.page(&site, Section::Applicant, visitor.t("history-title"), crumbs).await?;
    html(&HistoryPage { events: found.iter().map(|change| event(&visitor, change)).collect(), name, page })
}

pub(super) async fn one(State(site): State<Site>, visitor: Visitor, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let name = views::of(&site.tenant, actor, id).await?.name;
    let found = changes::of(&site.tenant, actor, id).await?;
    let crumbs = vec![
        Link::new("/foreningar", visitor.t("nav-associations")),
        Link::new(format!("/foreningar/{id}"), name.clone()),
        Link::here(visitor.t("history-title")),
    ];
    let page = visitor.page(&site, Section::Officer, visitor.t("history-title"), crumbs).await?;
    html(&HistoryPage { events: found.iter().map(|change| event(&visitor, change)).collect(), name, page })
}

fn event(visitor: &Visitor, change: &Change) -> Event {
    let who = if change.who.is_empty() { visitor.t("history-service") } else { change.who.clone() };
    Event {
        text: format!("{who}: {}", sentence(visitor, &change.what)),
        when: number::moment(change.at, visitor.language),
        at: change.at.to_rfc3339(),
    }
}

fn sentence(visitor: &Visitor, what: &What) -> String {
    let say = |key: &str, text: &str| fluent::t(visitor.language, key, &[("text", text.to_owned().into())]);
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| number::date(day, visitor.language));
    match what {
        What::Registered(name) => say("history-registered", name),
        What::Details => visitor.t("history-details"),
        What::OfficerAdded(name) => say("history-officer-added", name),
        What::OfficerEnded(name) => say("history-officer-ended", name),
        What::Signing => visitor.t("history-signing"),
        What::ContactAdded => visitor.t("history-contact-added"),
        What::ContactEnded => visitor.t("history-contact-ended"),
        What::Account(last) => say("history-account", last),
        What::AccountConfirmed(last) => say("history-account-confirmed", last),
        What::MandateGiven(name, kind) => {
            let kind = kind.map_or_else(String::new, |kind| visitor.t(mandate_key(kind)));
            say("history-mandate-given", &format!("{name} ({})", kind.to_lowercase()))
        }
        What::MandateEnded(name) => say("history-mandate-ended", name),
        What::SectionAdded(name) => say("history-section-added", name),
        What::SectionEnded(name) => say("history-section-ended", name),
        What::Paper { kind, year } => say("history-paper", &format!("{} {year}", kind.get(visitor.language))),
        What::Status(status) => say("history-status", &status.map_or_else(String::new, |status| visitor.t(status_key(status)))),
        What::Approved(to) => say("history-approved", &day(*to)),
        What::Reminded(to) => say("history-reminded", &day(*to)),
    }
}
