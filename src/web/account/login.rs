//! The log-in page. Who vouches for a person is an adapter: here the demonstration's list of persons;
//! an e-legitimation service takes its place by leading back with an identity of its own.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::services::sessions;
use crate::web::page::{Page, Section};
use crate::web::site::visitor::{forget_cookie, own_path};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// Somebody one may log in as, in the demonstration.
#[derive(Clone, Debug, Default)]
pub struct LoginPerson {
    /// Identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// What she may do.
    pub what: String,
}

/// Persons under a heading.
#[derive(Clone, Debug, Default)]
pub struct LoginGroup {
    /// The heading.
    pub heading: String,
    /// The persons.
    pub people: Vec<LoginPerson>,
}

/// The log-in page.
#[derive(Clone, Debug, Template)]
#[template(path = "account/login.html")]
pub struct LoginPage {
    /// What stands around it.
    pub page: Page,
    /// Whom the demonstration offers; empty where nobody vouches yet.
    pub groups: Vec<LoginGroup>,
    /// Where to go afterwards.
    pub wanted: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    till: String,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let title = visitor.t("login-title");
    let page = visitor.page(&site, Section::Public, title, Vec::new()).await?;
    let groups = groups(&site, &visitor).await?;
    html(&LoginPage { page, groups, wanted: own_path(&asked.till).to_owned() })
}

#[cfg(feature = "demo")]
async fn groups(site: &Site, visitor: &Visitor) -> Result<Vec<LoginGroup>, Error> {
    if site.demo.is_none() {
        return Ok(Vec::new());
    }
    let people = crate::services::demo::people(&site.tenant).await?;
    let (staff, associations): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| person.staff);
    let group = |key: &str, people: Vec<crate::services::demo::Person>| LoginGroup {
        heading: visitor.t(key),
        people: people
            .into_iter()
            .map(|person| LoginPerson { id: person.id.to_string(), name: person.name, what: person.what.get(visitor.language).to_owned() })
            .collect(),
    };
    Ok(vec![group("login-staff", staff), group("login-associations", associations)])
}

#[cfg(not(feature = "demo"))]
#[expect(clippy::unused_async, reason = "the demonstration's twin asks the database")]
async fn groups(_: &Site, _: &Visitor) -> Result<Vec<LoginGroup>, Error> {
    Ok(Vec::new())
}

/// What the demonstration's form sends.
#[cfg(feature = "demo")]
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    persona: String,
    #[serde(default)]
    till: String,
}

/// Logs in as a person of the demonstration.
#[cfg(feature = "demo")]
pub(super) async fn log_in(
    State(site): State<Site>,
    visitor: Visitor,
    axum::extract::Form(chosen): axum::extract::Form<Chosen>,
) -> Result<Response, Error> {
    site.demo.as_ref().ok_or(Error::NotFound)?;
    let user = chosen.persona.parse().map_err(|_| Error::NotFound)?;
    // A new log-in ends the old one: its token is worth nothing afterwards (ASVS 7.2.4).
    if let Some(token) = visitor.token() {
        sessions::log_out(&site.tenant, token).await?;
    }
    let token = sessions::log_in(&site.tenant, user).await?;
    let wanted = own_path(&chosen.till);
    let to = if wanted == "/" { crate::web::site::visitor::home(&site, &token).await? } else { wanted };
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(SET_COOKIE, site.session_cookie(&token)?);
    Ok(response)
}

/// Logs out, here and in every other tab.
pub(super) async fn log_out(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    if let Some(token) = visitor.token() {
        sessions::log_out(&site.tenant, token).await?;
    }
    let mut response = Redirect::to("/?kvitto=utloggad").into_response();
    response.headers_mut().insert(SET_COOKIE, forget_cookie(&site));
    Ok(response)
}
