//! How the work is shared between officers: what each has, who is away, and who belongs to which unit.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::typed::{Post, Typed, value};
use super::words::{many, say};
use crate::domain::id::UserId;
use crate::domain::localized::Language;
use crate::domain::role::Role;
use crate::services::ServiceError;
use crate::services::assignment::absence::{self, Away};
use crate::services::assignment::units;
use crate::services::assignment::views::{self, Absent, Shared, Workload};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// How the work is shared.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/workload.html")]
pub struct WorkloadPage {
    /// The page around it.
    pub page: Page,
    /// Every officer, by name.
    pub officers: Vec<Row>,
    /// Whether the visitor herself is noted as away, in words; empty when she is not.
    pub own: String,
    /// Saying that one is away; none for who is no officer.
    pub away: Option<Action>,
    /// Who belongs to which unit.
    pub units: Vec<Unit>,
}

/// An officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Her name.
    pub name: String,
    /// Her units, in words.
    pub units: String,
    /// Her open cases.
    pub open: String,
    /// The list of them.
    pub href: String,
    /// How many she has been given by load lately.
    pub lately: String,
    /// Until when she is away, and who stands in; empty when she is here.
    pub away: String,
}

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who belongs to it, in words; empty for nobody.
    pub members: String,
    /// Saying who does; none for who may not.
    pub form: Option<Action>,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn away(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let away = Away {
        from: value(&sent, "fran").parse().ok(),
        until: value(&sent, "till").parse().ok(),
        substitute: value(&sent, "vikarie").parse().ok(),
    };
    match absence::say(&site.tenant, visitor.staff()?, &away).await {
        Ok(()) => Ok(Redirect::to("/fordelning?kvitto=borta").into_response()),
        Err(error) => again(&site, &visitor, Typed::refused(sent, error, &[])?).await,
    }
}

pub(in crate::web) async fn back(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    match absence::back(&site.tenant, visitor.staff()?).await {
        Ok(()) => Ok(Redirect::to("/fordelning?kvitto=tillbaka").into_response()),
        Err(error) => again(&site, &visitor, Typed::refused(sent, error, &[])?).await,
    }
}

pub(in crate::web) async fn unit(
    State(site): State<Site>,
    visitor: Visitor,
    Path(unit): Path<String>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let chosen = sent.iter().filter(|(_, value)| value == "ja").filter_map(|(name, _)| name.strip_prefix(&member(&unit, "")));
    let members = chosen.map(str::parse).collect::<Result<Vec<UserId>, _>>().map_err(|_| ServiceError::NotFound)?;
    match units::set(&site.tenant, visitor.staff()?, &unit, &members).await {
        Ok(()) => Ok(Redirect::to("/fordelning?kvitto=enhet").into_response()),
        Err(error) => again(&site, &visitor, Typed::refused(sent, error, &[])?).await,
    }
}

async fn again(site: &Site, visitor: &Visitor, typed: Typed) -> Result<Response, Error> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, Some(&typed)).await?)
}

/// The name of a tick: who, in which unit.
fn member(unit: &str, user: &str) -> String {
    format!("medlem_{unit}_{user}")
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<WorkloadPage, Error> {
    let actor = visitor.staff()?;
    let language = visitor.language;
    let shared = views::shared(&site.tenant, actor).await?;
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(visitor.t("workload-title"))];
    let mut page = visitor.page(site, Section::Officer, visitor.t("workload-title"), crumbs).await?;
    let mut form = actor.has(Role::Officer).then(|| absence_form(visitor, &shared, site.tenant.clock.today().to_string()));
    if let Some(typed) = typed {
        page.errors = typed.fill(language, form.iter_mut().flat_map(|form| form.fields.iter_mut()));
    }
    let name = |id: &String| site.tenant.profile.unit(id).map_or_else(|| id.clone(), |unit| unit.name.clone());
    let row = |one: &Workload| Row {
        name: one.user.name.clone(),
        units: one.units.iter().map(name).collect::<Vec<_>>().join(", "),
        open: number::integer(one.open),
        href: format!("/arenden?att_gora=alla&handlaggare={}", one.user.id),
        lately: number::integer(one.lately),
        away: one.away.as_ref().map_or_else(String::new, |away| absent(away, language)),
    };
    let unit = |unit: &crate::app::profile::Unit| Unit {
        id: unit.id.clone(),
        name: unit.name.clone(),
        members: members(&shared, &unit.id).map(|one| one.user.name.clone()).collect::<Vec<_>>().join(", "),
        form: actor.has(Role::Administrator).then(|| unit_form(visitor, &shared, &unit.id)),
    };
    Ok(WorkloadPage {
        officers: shared.officers.iter().map(row).collect(),
        own: shared.own.as_ref().map_or_else(String::new, |own| absent(own, language)),
        away: form,
        units: site.tenant.profile.units().map(unit).collect(),
        page,
    })
}

fn members<'a>(shared: &'a Shared, unit: &'a str) -> impl Iterator<Item = &'a Workload> {
    shared.officers.iter().filter(move |one| one.units.iter().any(|own| own == unit))
}

/// When somebody is away and who stands in, in words.
pub(in crate::web::officer) fn absent(away: &Absent, language: Language) -> String {
    let (from, until) = (number::date(away.from, language), number::date(away.until, language));
    match &away.substitute {
        Some(name) => say(language, "workload-away-with", &[("from", &from), ("until", &until), ("name", name)]),
        None => say(language, "workload-away", &[("from", &from), ("until", &until)]),
    }
}

fn absence_form(visitor: &Visitor, shared: &Shared, today: String) -> Action {
    let mut substitutes = vec![Choice { value: String::new(), text: visitor.t("workload-nobody"), selected: true }];
    substitutes.extend(shared.substitutes.iter().map(|user| Choice {
        value: user.id.to_string(),
        text: user.name.clone(),
        selected: false,
    }));
    let day = |name: &str, key: &str, value: String| Field {
        name: name.to_owned(),
        label: visitor.t(key),
        value,
        kind: FieldKind::Date,
        ..Field::default()
    };
    Action {
        url: "/fordelning/borta".to_owned(),
        title: visitor.t("workload-say"),
        explanation: visitor.t("workload-say-text"),
        button: visitor.t("workload-say-button"),
        weight: Weight::Primary,
        fields: vec![
            day("fran", "workload-from", today),
            day("till", "workload-until", String::new()),
            Field {
                name: "vikarie".to_owned(),
                label: visitor.t("workload-substitute"),
                hint: Some(visitor.t("workload-substitute-hint")),
                kind: FieldKind::Select(substitutes),
                optional: true,
                ..Field::default()
            },
        ],
    }
}

fn unit_form(visitor: &Visitor, shared: &Shared, unit: &str) -> Action {
    let tick = |one: &Workload| Field {
        name: member(unit, &one.user.id.to_string()),
        label: one.user.name.clone(),
        value: if one.units.iter().any(|own| own == unit) { "ja".to_owned() } else { String::new() },
        kind: FieldKind::Tick,
        optional: true,
        ..Field::default()
    };
    Action {
        url: format!("/fordelning/enhet/{unit}"),
        button: visitor.t("workload-unit-button"),
        fields: shared.officers.iter().map(tick).collect(),
        ..Action::default()
    }
}

/// How many days of being away a list tells of: the word beside an officer's name.
pub(in crate::web::officer) fn until(away: Option<&chrono::NaiveDate>, language: Language) -> String {
    away.map_or_else(String::new, |until| say(language, "workload-away-until", &[("until", &number::date(*until, language))]))
}

/// How many open cases, in words.
pub(in crate::web::officer) fn open_cases(count: i64, language: Language) -> String {
    many(language, "workload-cases", count)
}
