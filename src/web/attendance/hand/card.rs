//! A group's card: who is on it, and its occasions in a half-year.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::super::place::Place;
use super::super::words;
use super::groups::{errors, field};
use super::{InGroup, OnCard};
use crate::services::ServiceError;
use crate::services::attendance::half_words;
use crate::services::attendance::hand::GroupRole;
use crate::services::attendance::hand::{self, Disability, Kept, Member, Membership, NewPerson};
use crate::services::error::Finding;
use crate::text::fluent;
use crate::web::page::Page;
use crate::web::parts::{Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/card.html")]
pub struct CardPage {
    /// The page around it.
    pub page: Page,
    /// The card's path.
    pub path: String,
    /// What the group does, where, and when.
    pub what: String,
    /// Occasions, the latest first.
    pub occasions: Vec<OccasionLine>,
    /// Leaders and participants.
    pub members: Vec<MemberLine>,
    /// Somebody new.
    pub fields: Vec<Field>,
    /// Whether the association's own people see it.
    pub own: bool,
    /// Whether the form for somebody new stands open.
    pub adding: bool,
}

/// An occasion.
#[derive(Clone, Debug, Default)]
pub struct OccasionLine {
    /// Where it is opened.
    pub link: Link,
    /// What was done and where.
    pub what: String,
    /// How many were there.
    pub people: String,
}

/// Somebody on the card.
#[derive(Clone, Debug, Default)]
pub struct MemberLine {
    /// Identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// Personal number, masked.
    pub number: String,
    /// As what.
    pub role: String,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    place: Place,
    Path(InGroup { half, group }): Path<InGroup>,
) -> Result<Response, Error> {
    show(&site, &place, &half, group, &BTreeMap::new(), &[]).await
}

async fn show(
    site: &Site,
    place: &Place,
    half: &str,
    group: Uuid,
    typed: &BTreeMap<String, String>,
    findings: &[Finding],
) -> Result<Response, Error> {
    let (organisation, actor, visitor) = (place.organisation, place.actor()?, &place.visitor);
    let (row, members, kept) = hand::card(&site.tenant, actor, organisation, half, group).await?;
    let words = half_words(half).get(visitor.language).to_owned();
    let title = fluent::t(visitor.language, "att-card-title", &[("group", row.name.clone().into()), ("period", words.clone().into())]);
    let mut crumbs = place.crumbs(Some((half, &words)), &row.name);
    crumbs.insert(3, Link::new(format!("{}/{half}/kort", place.base), visitor.t("att-cards")));
    let mut page = visitor.page(site, place.section(), title, crumbs).await?;
    page.errors = errors(findings, visitor);
    let path = format!("{}/{half}/kort/{group}", place.base);
    let now: Vec<&Member> = members.iter().filter(|member| member.present == Membership::Now).collect();
    let status = if findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(
        status,
        &CardPage {
            what: format!("{}, {}", row.activity, row.place),
            occasions: kept.iter().rev().map(|one| occasion(one, &path, visitor)).collect(),
            members: now.iter().map(|member| member_line(member, visitor)).collect(),
            fields: fields(visitor, typed, findings),
            own: place.is_own(),
            adding: now.is_empty() || !findings.is_empty(),
            path,
            page,
        },
    )
}

fn occasion(one: &Kept, path: &str, visitor: &Visitor) -> OccasionLine {
    let count = |role: GroupRole| one.marked.iter().filter(|mark| mark.role == role).count();
    let people = fluent::t(
        visitor.language,
        "att-group-people",
        &[("participants", count(GroupRole::Participant).into()), ("leaders", count(GroupRole::Leader).into())],
    );
    OccasionLine {
        link: Link::new(format!("{path}/tillfalle/{}", one.code), words::span(one.facts.start, one.facts.stop, visitor.language)),
        what: format!("{}, {}", one.facts.activity, one.facts.place),
        people,
    }
}

fn member_line(member: &Member, visitor: &Visitor) -> MemberLine {
    MemberLine {
        id: member.id.to_string(),
        name: member.name.whole(),
        number: member.number.to_string(),
        role: visitor.t(role_key(member.role)),
    }
}

pub(super) fn role_key(role: GroupRole) -> &'static str {
    match role {
        GroupRole::Leader => "att-role-leader",
        GroupRole::Participant => "att-role-participant",
    }
}

fn fields(visitor: &Visitor, typed: &BTreeMap<String, String>, findings: &[Finding]) -> Vec<Field> {
    let chosen = typed.get("roll").map_or("participant", String::as_str);
    let role = |role: GroupRole| Choice { value: role.word().to_owned(), text: visitor.t(role_key(role)), selected: chosen == role.word() };
    let mut fields = ["fornamn", "efternamn", "personnummer"].map(|name| field(name, visitor, typed, findings)).to_vec();
    fields.push(Field {
        name: "roll".to_owned(),
        label: visitor.t("att-field-roll"),
        kind: FieldKind::Radios(vec![role(GroupRole::Participant), role(GroupRole::Leader)]),
        ..Field::default()
    });
    fields.push(Field {
        name: "nedsattning".to_owned(),
        label: visitor.t("att-field-disability"),
        hint: Some(visitor.t("att-field-disability-hint")),
        value: typed.get("nedsattning").cloned().unwrap_or_default(),
        optional: true,
        kind: FieldKind::Tick,
        ..Field::default()
    });
    fields
}

pub(in crate::web) async fn add(
    State(site): State<Site>,
    place: Place,
    Path(InGroup { half, group }): Path<InGroup>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let new = NewPerson {
        number: value("personnummer"),
        given: value("fornamn"),
        family: value("efternamn"),
        role: GroupRole::from_word(value("roll")).unwrap_or(GroupRole::Participant),
        disability: if value("nedsattning") == "ja" { Disability::Yes } else { Disability::Unsaid },
    };
    match hand::add_person(&site.tenant, place.actor()?, place.organisation, group, new).await {
        Ok(_) => Ok(Redirect::to(&format!("{}/{half}/kort/{group}?kvitto=pakortet#h-members", place.base)).into_response()),
        Err(ServiceError::Invalid(findings)) => show(&site, &place, &half, group, &sent, &findings).await,
        Err(error) => Err(error.into()),
    }
}

pub(in crate::web) async fn remove(
    State(site): State<Site>,
    place: Place,
    Path(OnCard { half, group, member }): Path<OnCard>,
) -> Result<Response, Error> {
    hand::remove_person(&site.tenant, place.actor()?, place.organisation, group, member).await?;
    Ok(Redirect::to(&format!("{}/{half}/kort/{group}?kvitto=avkortet#h-members", place.base)).into_response())
}
