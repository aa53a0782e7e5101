//! Those who applied for the period before and not for this one.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::rounds;
use super::typed::{Post, Typed, value};
use crate::services::{ServiceError, packages, reminders};
use crate::text::number;
use crate::web::Page;
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Choice, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// The list. Its form sends `forening` = ids and `omgang` to its own address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/reminders.html")]
pub struct RemindersPage {
    /// The page around it.
    pub page: Page,
    /// Grants and periods that one may look at.
    pub rounds: Vec<Choice>,
    /// The one that is looked at; empty for none.
    pub round: String,
    /// What the list says, in a sentence.
    pub lead: String,
    /// Who is missing.
    pub missing: Vec<Row>,
    /// Whether the visitor may remind them.
    pub may_remind: bool,
}

/// Somebody who has not applied this time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Her identity.
    pub id: String,
    /// Her name.
    pub name: String,
    /// Her case of the period before, called by its number; what is known of her where an older system had it.
    pub before: Link,
    /// Whether there is a case to write in.
    pub can_remind: bool,
    /// What it gave.
    pub amount: String,
    /// When somebody last wrote to her in it.
    pub written: String,
    /// Whether she is chosen from the start: nobody has written to her lately.
    pub chosen: bool,
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    omgang: String,
}

/// For how many days a message counts as just written.
const LATELY: i64 = 14;

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, &asked.omgang, None).await?)
}

pub(in crate::web) async fn remind(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let round = value(&sent, "omgang").to_owned();
    let chosen: Vec<_> = sent.iter().filter(|(key, _)| key == "forening").filter_map(|(_, id)| id.parse().ok()).collect();
    let (grant_type, period) = rounds::parts(&round);
    match reminders::remind(&site.tenant, visitor.staff()?, grant_type, period, &chosen).await {
        Ok(_) => {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("omgang", &round).append_pair("kvitto", "pamint").finish();
            Ok(Redirect::to(&format!("/perioder/paminnelser?{query}")).into_response())
        }
        Err(error) => {
            let typed = match error {
                ServiceError::NotFound => None,
                error => Some(Typed::refused(sent, error, &[])?),
            };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &round, typed.as_ref()).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, round: &str, typed: Option<&Typed>) -> Result<RemindersPage, Error> {
    let language = visitor.language;
    let crumbs = vec![Link::new("/perioder", visitor.t("periods-title")), Link::here(visitor.t("reminders-title"))];
    let mut page = visitor.page(site, Section::Officer, visitor.t("reminders-title"), crumbs).await?;
    if let Some(typed) = typed {
        page.errors = typed.fill(language, []);
    }
    let rounds = rounds::choices(site, visitor, round).await?;
    let mut shown = RemindersPage { rounds, page, ..RemindersPage::default() };
    let (grant_type, period) = rounds::parts(round);
    let look = match reminders::missing(&site.tenant, visitor.staff()?, grant_type, period).await {
        Ok(look) => look,
        // No such grant and period: one is still to be chosen.
        Err(ServiceError::NotFound) => return Ok(shown),
        Err(error) => return Err(error.into()),
    };
    round.clone_into(&mut shown.round);
    let somebody = look.missing.iter().any(|one| one.case.is_some());
    shown.may_remind = look.may_remind && somebody && site.tenant.clock.today() <= look.last_day;
    let last = number::date(look.last_day, language);
    shown.lead = match &look.before {
        Some(before) => {
            let before = packages::period_words(&site.tenant).await?.of(grant_type, before);
            let places =
                [("grant", look.grant.get(language)), ("before", before.get(language)), ("now", look.words.get(language)), ("date", &last)];
            say(language, "reminders-lead", &places)
        }
        None => visitor.t("reminders-no-before"),
    };
    let now = site.tenant.clock.now();
    let rows = look.missing.into_iter().map(|one| Row {
        chosen: one.case.is_some() && one.written.is_none_or(|at| (now - at).num_days() >= LATELY),
        can_remind: one.case.is_some(),
        before: match one.case {
            Some((case, number)) => Link::new(format!("/arenden/{case}"), number),
            None => Link::new(format!("/foreningar/{}", one.organisation), visitor.t("reminders-older")),
        },
        id: one.organisation.to_string(),
        name: one.name,
        amount: one.amount.map_or_else(String::new, number::money),
        written: one.written.map_or_else(String::new, |at| number::moment(at, language)),
    });
    shown.missing = rows.collect();
    Ok(shown)
}
