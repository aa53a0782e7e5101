//! One occasion of a card: when, what, and who was there.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::super::place::Place;
use super::groups::{error_at, errors};
use super::{AtOccasion, InGroup};
use crate::domain::attendance::ActivityKind;
use crate::services::ServiceError;
use crate::services::attendance::SourceKind;
use crate::services::attendance::half_words;
use crate::services::attendance::halves;
use crate::services::attendance::hand::{self, Entry, Kept, Member, Membership};
use crate::services::attendance::hand::{GroupRole, GroupRow};
use crate::services::error::Finding;
use crate::text::fluent;
use crate::web::page::Page;
use crate::web::parts::{Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/occasion.html")]
pub struct OccasionPage {
    /// The page around it.
    pub page: Page,
    /// Where the form is sent.
    pub action: String,
    /// Where the occasion is taken away; empty for a new one.
    pub remove: String,
    /// The day.
    pub date: Field,
    /// The times.
    pub times: Vec<Field>,
    /// What was done and where, and what kind.
    pub fields: Vec<Field>,
    /// Leaders, then participants.
    pub lists: Vec<TickList>,
    /// What is wrong with the ticks.
    pub ticks_error: String,
    /// What must be agreed to; none where nothing does.
    pub replaces: Option<Field>,
    /// What the new occasion begins with, in a sentence.
    pub copied: String,
}

/// People to tick.
#[derive(Clone, Debug, Default)]
pub struct TickList {
    /// Leaders or participants.
    pub title: String,
    /// One each.
    pub people: Vec<Choice>,
}

/// What a form sends: names may come more than once.
type Sent = Vec<(String, String)>;

/// What stands in the form.
struct Shown {
    code: Option<String>,
    entry: Entry,
    copied: bool,
}

pub(in crate::web) async fn new(
    State(site): State<Site>,
    place: Place,
    Path(InGroup { half, group }): Path<InGroup>,
) -> Result<Response, Error> {
    let (row, members, kept) = hand::card(&site.tenant, place.actor()?, place.organisation, &half, group).await?;
    let begin = hand::suggestion(&site.tenant, &row, &half, &members, &kept);
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let entry = Entry {
        date: begin.date.to_string(),
        start: begin.times.map_or_else(String::new, |times| time(times.0)),
        stop: begin.times.map_or_else(String::new, |times| time(times.1)),
        kind: begin.kind,
        activity: begin.activity,
        place: begin.place,
        present: begin.present,
        replaces: false,
    };
    let shown = Shown { code: None, entry, copied: begin.times.is_some() };
    show(&site, &place, &half, &row, &members, &shown, &[]).await
}

pub(in crate::web) async fn open(
    State(site): State<Site>,
    place: Place,
    Path(AtOccasion { half, group, code }): Path<AtOccasion>,
) -> Result<Response, Error> {
    let (row, members, kept) = hand::kept(&site.tenant, place.actor()?, place.organisation, &half, group, &code).await?;
    let shown = Shown { code: Some(code), entry: entry_of(&kept), copied: false };
    show(&site, &place, &half, &row, &members, &shown, &[]).await
}

fn entry_of(kept: &Kept) -> Entry {
    let time = |at: chrono::NaiveDateTime| at.format("%H:%M").to_string();
    Entry {
        date: kept.facts.date().to_string(),
        start: time(kept.facts.start),
        stop: time(kept.facts.stop),
        kind: kept.facts.kind,
        activity: kept.facts.activity.clone(),
        place: kept.facts.place.clone(),
        present: kept.marked.iter().map(|mark| mark.person).collect(),
        replaces: false,
    }
}

async fn show(
    site: &Site,
    place: &Place,
    half: &str,
    group: &GroupRow,
    members: &[Member],
    shown: &Shown,
    findings: &[Finding],
) -> Result<Response, Error> {
    let (organisation, actor, visitor) = (place.organisation, place.actor()?, &place.visitor);
    let known = halves::half(&site.tenant, actor, organisation, half).await?;
    let path = format!("{}/{half}/kort/{}", place.base, group.id);
    let words = half_words(half).get(visitor.language).to_owned();
    let key = if shown.code.is_some() { "att-occasion-open-title" } else { "att-occasion-new-title" };
    let title = fluent::t(visitor.language, key, &[("group", group.name.clone().into()), ("day", shown.entry.date.clone().into())]);
    let mut crumbs = place.crumbs(Some((half, &words)), &visitor.t("att-occasion"));
    crumbs.insert(3, Link::new(format!("{}/{half}/kort", place.base), visitor.t("att-cards")));
    crumbs.insert(4, Link::new(path.clone(), group.name.clone()));
    let mut page = visitor.page(site, place.section(), title, crumbs).await?;
    page.errors = errors(findings, visitor);
    let entry = &shown.entry;
    let field = |name: &str, label: &str, value: &str, kind: FieldKind| Field {
        name: name.to_owned(),
        label: visitor.t(label),
        value: value.to_owned(),
        error: error_at(name, visitor, findings),
        kind,
        ..Field::default()
    };
    let other = known.sum.occasions > 0 && known.source.is_some_and(|source| source != SourceKind::Hand);
    let status = if findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(
        status,
        &OccasionPage {
            action: shown.code.as_ref().map_or_else(|| format!("{path}/ny"), |code| format!("{path}/tillfalle/{code}")),
            remove: shown.code.as_ref().map_or_else(String::new, |code| format!("{path}/tillfalle/{code}/bort")),
            date: field("datum", "att-field-datum", &entry.date, FieldKind::Date),
            times: vec![
                field("start", "att-field-start", &entry.start, FieldKind::Text),
                field("slut", "att-field-slut", &entry.stop, FieldKind::Text),
            ],
            fields: vec![
                field("aktivitet", "att-field-aktivitet", &entry.activity, FieldKind::Text),
                field("plats", "att-field-plats", &entry.place, FieldKind::Text),
                field("typ", "att-field-typ", "", FieldKind::Select(kinds(entry.kind, visitor))),
            ],
            lists: [GroupRole::Leader, GroupRole::Participant].map(|role| list(role, members, entry, visitor)).to_vec(),
            ticks_error: error_at("narvarande", visitor, findings).unwrap_or_default(),
            replaces: other.then(|| field("byt", "att-field-byt", if entry.replaces { "ja" } else { "" }, FieldKind::Tick)),
            copied: if shown.copied { visitor.t("att-copied") } else { String::new() },
            page,
        },
    )
}

fn list(role: GroupRole, members: &[Member], entry: &Entry, visitor: &Visitor) -> TickList {
    let there = |member: &&Member| member.present == Membership::Now || entry.present.contains(&member.id);
    TickList {
        title: visitor.t(match role {
            GroupRole::Leader => "att-ticks-leaders",
            GroupRole::Participant => "att-ticks-participants",
        }),
        people: members
            .iter()
            .filter(|member| member.role == role)
            .filter(there)
            .map(|member| Choice { value: member.id.to_string(), text: member.name.whole(), selected: entry.present.contains(&member.id) })
            .collect(),
    }
}

const KINDS: [(ActivityKind, &str, &str); 4] = [
    (ActivityKind::Training, "training", "att-kind-training"),
    (ActivityKind::Match, "match", "att-kind-match"),
    (ActivityKind::Meeting, "meeting", "att-kind-meeting"),
    (ActivityKind::Other, "other", "att-kind-other"),
];

fn kinds(chosen: ActivityKind, visitor: &Visitor) -> Vec<Choice> {
    KINDS.iter().map(|(kind, word, key)| Choice { value: (*word).to_owned(), text: visitor.t(key), selected: *kind == chosen }).collect()
}

fn entry_sent(sent: &Sent) -> Entry {
    let value = |name: &str| sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let present: BTreeSet<Uuid> = sent.iter().filter(|(key, _)| key == "narvarande").filter_map(|(_, value)| value.parse().ok()).collect();
    let kind = KINDS.iter().find(|(_, word, _)| *word == value("typ")).map_or(ActivityKind::Training, |(kind, _, _)| *kind);
    Entry {
        date: value("datum"),
        start: value("start"),
        stop: value("slut"),
        kind,
        activity: value("aktivitet"),
        place: value("plats"),
        present,
        replaces: value("byt") == "ja",
    }
}

pub(in crate::web) async fn add(
    State(site): State<Site>,
    place: Place,
    Path(InGroup { half, group }): Path<InGroup>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    save(&site, &place, &half, group, None, &sent).await
}

pub(in crate::web) async fn change(
    State(site): State<Site>,
    place: Place,
    Path(AtOccasion { half, group, code }): Path<AtOccasion>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    save(&site, &place, &half, group, Some(code), &sent).await
}

async fn save(site: &Site, place: &Place, half: &str, group: Uuid, code: Option<String>, sent: &Sent) -> Result<Response, Error> {
    let (organisation, actor) = (place.organisation, place.actor()?);
    let entry = entry_sent(sent);
    match hand::save(&site.tenant, actor, organisation, half, group, code.as_deref(), &entry).await {
        Ok(_) => Ok(Redirect::to(&format!("{}/{half}/kort/{group}?kvitto=tillfalle", place.base)).into_response()),
        Err(ServiceError::Invalid(findings)) => {
            let (row, members) = hand::group(&site.tenant, actor, organisation, group).await?;
            show(site, place, half, &row, &members, &Shown { code, entry, copied: false }, &findings).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::web) async fn remove(
    State(site): State<Site>,
    place: Place,
    Path(AtOccasion { half, group, code }): Path<AtOccasion>,
) -> Result<Response, Error> {
    hand::remove(&site.tenant, place.actor()?, place.organisation, &half, group, &code).await?;
    Ok(Redirect::to(&format!("{}/{half}/kort/{group}?kvitto=borttaget", place.base)).into_response())
}
