//! The demonstration: whom one plays, what time it is, and the mailbox.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use super::routes::{Access, Route};
use super::visitor::own_path;
use super::{Site, Visitor, words};
use crate::domain::Localized;
use crate::domain::id::OutboxId;
use crate::domain::localized::Language;
use crate::services::{demo as services, flow};
use crate::web::page::{DemoBar, Section};
use crate::web::parts::Choice;
use crate::web::public::mailbox::{MailRow, MailboxPage, OpenMail};
use crate::web::{Error, html};

/// The room's addresses.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/demo/klocka", Access::Everybody, clock),
        Route::get("/demo/brevlada", Access::Everybody, mailbox),
        Route::get("/demo/brevlada/{mail}", Access::Everybody, mail),
    ]
}

/// The bar over every page of the demonstration.
pub(super) async fn bar(site: &Site, visitor: &Visitor) -> Result<Option<DemoBar>, Error> {
    if site.demo.is_none() {
        return Ok(None);
    }
    let own = visitor.session().and_then(|session| session.actor.person());
    let people = services::people(&site.tenant).await?;
    let now = site.tenant.clock.now();
    let jumps = services::jumps(&site.tenant).await?;
    Ok(Some(DemoBar {
        now: words::moment(now),
        date: site.tenant.clock.today().to_string(),
        jumps: jumps.into_iter().map(|(day, text)| Choice { value: day.to_string(), text, selected: false }).collect(),
        persona: people.iter().find(|person| Some(person.id) == own).map_or_else(String::new, |person| title(person, visitor.language)),
        personas: people
            .iter()
            .map(|person| Choice { value: person.id.to_string(), text: title(person, visitor.language), selected: Some(person.id) == own })
            .collect(),
        mails: services::mails(&site.tenant).await?.len(),
    }))
}

pub(super) async fn clock(State(site): State<Site>, Form(sent): Form<BTreeMap<String, String>>) -> Result<Response, Error> {
    let clock = site.demo.as_ref().ok_or(Error::NotFound)?;
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let asked = if value("to").is_empty() { value("date") } else { value("to") };
    let to = match asked.strip_prefix('+').and_then(|minutes| minutes.parse::<i64>().ok()) {
        Some(minutes) => site.tenant.clock.now() + chrono::TimeDelta::minutes(minutes),
        None => {
            let day: NaiveDate = asked.parse().map_err(|_| {
                Error::BadRequest(Localized::both("Välj ett datum att flytta klockan till.", "Choose a date to move the clock to."))
            })?;
            // Eight in the morning: offices are open and the day's first mail has come.
            flow::start_of(day) + chrono::TimeDelta::hours(8)
        }
    };
    clock.move_to(&site.tenant, to).await?;
    Ok(back(value("back")))
}

pub(super) async fn mailbox(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, None).await
}

pub(super) async fn mail(State(site): State<Site>, visitor: Visitor, Path(id): Path<OutboxId>) -> Result<Response, Error> {
    show(&site, &visitor, Some(id)).await
}

async fn show(site: &Site, visitor: &Visitor, open: Option<OutboxId>) -> Result<Response, Error> {
    site.demo.as_ref().ok_or(Error::NotFound)?;
    let mails = services::mails(&site.tenant).await?;
    let when = |mail: &services::Mail| mail.sent_at.map_or_else(|| "Väntar på att skickas".to_owned(), words::moment);
    let opened = open.and_then(|id| mails.iter().find(|mail| mail.id == id)).map(|mail| OpenMail {
        from: site.tenant.profile.mail.from.clone(),
        to: mail.message.to.clone(),
        subject: mail.message.subject.clone(),
        when: when(mail),
        text: mail.message.text.clone(),
        attachments: Vec::new(),
    });
    let page = visitor.page(site, Section::Demo, "Brevlådan", Vec::new()).await?;
    html(&MailboxPage {
        mails: mails
            .iter()
            .map(|mail| MailRow {
                href: format!("/demo/brevlada/{}", mail.id),
                to: mail.message.to.clone(),
                subject: mail.message.subject.clone(),
                when: when(mail),
                current: Some(mail.id) == open,
            })
            .collect(),
        open: opened,
        page,
    })
}

/// Back to where the form stood.
fn back(path: &str) -> Response {
    Redirect::to(own_path(path)).into_response()
}

fn title(person: &services::Person, language: Language) -> String {
    format!("{}, {}", person.name, person.what.get(language))
}
