//! The groups of an association whose cards are kept by hand.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::place::{InHalf, Place};
use crate::services::ServiceError;
use crate::services::attendance::SourceKind;
use crate::services::attendance::halves;
use crate::services::attendance::hand::{self, Group, NewGroup};
use crate::services::error::Finding;
use crate::text::fluent;
use crate::web::page::Page;
use crate::web::parts::{Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/groups.html")]
pub struct GroupsPage {
    /// The page around it.
    pub page: Page,
    /// The page's path.
    pub path: String,
    /// What counts instead of the cards, where something does.
    pub instead: String,
    /// The groups.
    pub groups: Vec<GroupLine>,
    /// A new group.
    pub fields: Vec<Field>,
}

/// A group.
#[derive(Clone, Debug, Default)]
pub struct GroupLine {
    /// Its card.
    pub link: Link,
    /// What it does and where.
    pub what: String,
    /// How many are on the card.
    pub people: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, place: Place, Path(InHalf { half }): Path<InHalf>) -> Result<Response, Error> {
    show(&site, &place, &half, &BTreeMap::new(), &[]).await
}

async fn show(site: &Site, place: &Place, half: &str, typed: &BTreeMap<String, String>, findings: &[Finding]) -> Result<Response, Error> {
    let (organisation, actor, visitor) = (place.organisation, place.actor()?, &place.visitor);
    let half = halves::half(&site.tenant, actor, organisation, half).await?;
    let groups = hand::groups(&site.tenant, actor, organisation).await?;
    let words = half.words.get(visitor.language).to_owned();
    let title = fluent::t(visitor.language, "att-cards-title", &[("period", words.clone().into())]);
    let crumbs = place.crumbs(Some((&half.id, &words)), &visitor.t("att-cards"));
    let mut page = visitor.page(site, place.section(), title, crumbs).await?;
    page.errors = errors(findings, visitor);
    let path = format!("{}/{}/kort", place.base, half.id);
    let status = if findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(
        status,
        &GroupsPage {
            instead: match half.source.filter(|_| half.sum.occasions > 0) {
                Some(SourceKind::Upload | SourceKind::Push) => visitor.t("att-cards-instead"),
                Some(SourceKind::Hand) | None => String::new(),
            },
            groups: groups.iter().map(|group| line(group, &path, visitor)).collect(),
            fields: ["namn", "aktivitet", "plats"].map(|name| field(name, visitor, typed, findings)).to_vec(),
            path,
            page,
        },
    )
}

fn line(group: &Group, path: &str, visitor: &Visitor) -> GroupLine {
    let people =
        fluent::t(visitor.language, "att-group-people", &[("participants", group.participants.into()), ("leaders", group.leaders.into())]);
    GroupLine {
        link: Link::new(format!("{path}/{}", group.row.id), group.row.name.clone()),
        what: format!("{}, {}", group.row.activity, group.row.place),
        people,
    }
}

/// A line of text that must be there, with what was typed and what was wrong with it.
pub(super) fn field(name: &str, visitor: &Visitor, typed: &BTreeMap<String, String>, findings: &[Finding]) -> Field {
    let hint = match name {
        "namn" => Some("att-field-namn-hint"),
        "aktivitet" => Some("att-field-aktivitet-hint"),
        "personnummer" => Some("att-number-hint"),
        _ => None,
    };
    let label = match name {
        "namn" => "att-field-namn",
        "aktivitet" => "att-field-aktivitet",
        "plats" => "att-field-plats",
        "fornamn" => "att-field-fornamn",
        "efternamn" => "att-field-efternamn",
        _ => "att-field-personnummer",
    };
    Field {
        name: name.to_owned(),
        label: visitor.t(label),
        hint: hint.map(|key| visitor.t(key)),
        value: typed.get(name).cloned().unwrap_or_default(),
        error: error_at(name, visitor, findings),
        optional: false,
        kind: FieldKind::Text,
    }
}

/// What is wrong at a place.
pub(super) fn error_at(place: &str, visitor: &Visitor, findings: &[Finding]) -> Option<String> {
    findings.iter().find(|finding| finding.place == place).map(|finding| finding.message.get(visitor.language).to_owned())
}

/// The summary of what is wrong, each leading to its place.
pub(super) fn errors(findings: &[Finding], visitor: &Visitor) -> Vec<Link> {
    findings
        .iter()
        .map(|finding| {
            let place = if finding.place.is_empty() { "main" } else { finding.place.as_str() };
            Link::new(format!("#{place}"), finding.message.get(visitor.language))
        })
        .collect()
}

pub(in crate::web) async fn add(
    State(site): State<Site>,
    place: Place,
    Path(InHalf { half }): Path<InHalf>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let new = NewGroup { name: value("namn"), activity: value("aktivitet"), place: value("plats") };
    match hand::add_group(&site.tenant, place.actor()?, place.organisation, new).await {
        Ok(group) => Ok(Redirect::to(&format!("{}/{half}/kort/{group}?kvitto=sparat", place.base)).into_response()),
        Err(ServiceError::Invalid(findings)) => show(&site, &place, &half, &sent, &findings).await,
        Err(error) => Err(error.into()),
    }
}
