//! More time to apply (anstånd): to one or to all.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::rounds;
use super::typed::{Post, Sent, Typed, value};
use crate::domain::Localized;
use crate::domain::id::OrganisationId;
use crate::services::extensions::{self, Given};
use crate::services::{Actor, ServiceError, ServiceResult, organisations};
use crate::text::number;
use crate::web::Page;
use crate::web::page::Section;
use crate::web::parts::{Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// The extensions and the form for another.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/extensions.html")]
pub struct ExtensionsPage {
    /// The page around it.
    pub page: Page,
    /// What was given, the newest first.
    pub given: Vec<Row>,
    /// What the form asks; empty for who may not give any.
    pub fields: Vec<Field>,
}

/// An extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Grant and period.
    pub grant: String,
    /// To whom.
    pub whose: String,
    /// The last day.
    pub until: String,
    /// Why.
    pub reason: String,
    /// Who gave it, and when.
    pub by: String,
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    omgang: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, &asked.omgang, None).await?)
}

pub(in crate::web) async fn give(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    match give_to(&site, visitor.staff()?, &sent).await {
        Ok(()) => {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("omgang", value(&sent, "omgang"))
                .append_pair("kvitto", "anstand")
                .finish();
            Ok(Redirect::to(&format!("/perioder/anstand?{query}")).into_response())
        }
        Err(error) => {
            let round = value(&sent, "omgang").to_owned();
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &round, Some(&typed)).await?)
        }
    }
}

async fn give_to(site: &Site, actor: &Actor, sent: &Sent) -> ServiceResult<()> {
    let (grant_type, period) = rounds::parts(value(sent, "omgang"));
    let organisation = whose(site, actor, sent).await?;
    // A day that cannot be read gives no more time: the service says so at its place.
    let until = value(sent, "till").parse().unwrap_or_default();
    let given = Given { grant_type, period, organisation, until, reason: value(sent, "skal") };
    match extensions::give(&site.tenant, actor, &given).await {
        Err(ServiceError::NotFound) => {
            let message = Localized::both("Välj bidrag och period.", "Choose grant and period.");
            Err(ServiceError::invalid("omgang", "missing", message))
        }
        done => done,
    }
}

/// For whom: nobody gets more time by a box that was left empty.
async fn whose(site: &Site, actor: &Actor, sent: &Sent) -> ServiceResult<Option<OrganisationId>> {
    match value(sent, "vem") {
        "alla" => Ok(None),
        "en" => organisations::numbered(&site.tenant, actor, value(sent, "orgnr")).await.map(Some),
        _ => {
            let message = Localized::both("Välj vem som får anstånd.", "Choose who gets more time.");
            Err(ServiceError::invalid("vem", "missing", message))
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, round: &str, typed: Option<&Typed>) -> Result<ExtensionsPage, Error> {
    let actor = visitor.staff()?;
    let language = visitor.language;
    let t = |key: &str| visitor.t(key);
    let field = |name: &str, label: &str, kind| Field { name: name.to_owned(), label: t(label), kind, ..Field::default() };
    let whom = |value: &str, key: &str| Choice { value: value.to_owned(), text: t(key), selected: false };
    let mut fields = vec![
        field("omgang", "rounds-grant", FieldKind::Select(rounds::choices(site, visitor, round).await?)),
        field("vem", "extensions-whose", FieldKind::Radios(vec![whom("en", "extensions-one"), whom("alla", "extensions-all")])),
        Field { hint: Some(t("extensions-number-hint")), optional: true, ..field("orgnr", "extensions-number", FieldKind::Text) },
        field("till", "longer-day", FieldKind::Date),
        field("skal", "extensions-reason", FieldKind::LongText),
    ];
    let crumbs = vec![Link::new("/perioder", t("periods-title")), Link::here(t("extensions-title"))];
    let mut page = visitor.page(site, Section::Officer, t("extensions-title"), crumbs).await?;
    if let Some(typed) = typed {
        page.errors = typed.fill(language, &mut fields);
    }
    if !actor.has(crate::domain::role::Role::Officer) {
        fields.clear();
    }
    let given = extensions::list(&site.tenant, actor).await?.into_iter().map(|line| Row {
        grant: format!("{}, {}", line.grant.get(language), line.period.get(language)),
        whose: line.whose.unwrap_or_else(|| t("extensions-all")),
        until: number::date(line.row.until, language),
        reason: line.row.reason,
        by: format!("{}, {}", line.by, number::moment(line.row.at, language)),
    });
    Ok(ExtensionsPage { given: given.collect(), fields, page })
}
