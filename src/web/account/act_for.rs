//! For whom somebody acts who may act for several.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::mandate::Mandate;
use crate::services::sessions;
use crate::web::page::{Page, Section};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// An association one may act for.
#[derive(Clone, Debug, Default)]
pub struct ActForRow {
    /// Identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// How far.
    pub what: String,
}

/// The page where one chooses.
#[derive(Clone, Debug, Template)]
#[template(path = "account/act_for.html")]
pub struct ActForPage {
    /// What stands around it.
    pub page: Page,
    /// The associations.
    pub associations: Vec<ActForRow>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let title = visitor.t("act-for-title");
    let associations = visitor.session().map(|session| session.associations.clone()).unwrap_or_default();
    let associations = associations
        .into_iter()
        .map(|(id, name, mandate)| ActForRow { id: id.to_string(), name, what: visitor.t(mandate_key(mandate)) })
        .collect();
    let page = visitor.page(&site, Section::Public, title, Vec::new()).await?;
    html(&ActForPage { page, associations })
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    forening: String,
}

pub(super) async fn choose(State(site): State<Site>, visitor: Visitor, Form(chosen): Form<Chosen>) -> Result<Response, Error> {
    let organisation = chosen.forening.parse().map_err(|_| Error::NotFound)?;
    let token = visitor.token().ok_or(Error::NotLoggedIn)?;
    sessions::act_for(&site.tenant, token, Some(organisation)).await?;
    Ok(Redirect::to("/mina-sidor").into_response())
}

/// The text of a mandate.
pub(in crate::web) fn mandate_key(mandate: Mandate) -> &'static str {
    match mandate {
        Mandate::Reader => "mandate-reader",
        Mandate::Writer => "mandate-writer",
        Mandate::Signatory => "mandate-signatory",
    }
}
