//! The register as the municipality reads it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::papers::{KindOfPaper, lines};
use super::shown::{Facts, category, facts, printed};
use super::standing::{self, Returned, Standing};
use crate::domain::id::OrganisationId;
use crate::domain::role::Role;
use crate::services::associations::views;
use crate::services::{ServiceError, associations, organisations, papers};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// How many associations a page shows.
const MOST: i64 = 50;

/// An association in the list.
#[derive(Clone, Debug, Default)]
pub struct AssociationRow {
    /// Its page.
    pub link: Link,
    /// Organisation number.
    pub number: String,
    /// Classification.
    pub category: String,
    /// Until when it is approved.
    pub approved: Shown,
}

/// The register.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/list.html")]
pub struct AssociationsPage {
    /// What stands around it.
    pub page: Page,
    /// What was searched for.
    pub query: String,
    /// The associations.
    pub rows: Vec<AssociationRow>,
    /// The next page; empty on the last.
    pub next: String,
    /// Registers an association; none for who may not.
    pub register: Option<Action>,
}

/// An association as the municipality reads it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/one.html")]
pub struct OnePage {
    /// What stands around it.
    pub page: Page,
    /// The association.
    pub facts: Facts,
    /// Its cases.
    pub cases: Vec<(Link, String)>,
    /// How it stands with the world and what it owes.
    pub standing: Standing,
    /// Where its history is read.
    pub history: String,
    /// Its papers on file.
    pub kinds: Vec<KindOfPaper>,
    /// Confirms the account; none when there is nothing to confirm or the visitor may not.
    pub confirm: Option<Action>,
    /// Where an officer writes in what came on paper.
    pub on_paper: Option<Link>,
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    show(&site, &visitor, &asked, &[], &[]).await
}

async fn show(
    site: &Site,
    visitor: &Visitor,
    asked: &BTreeMap<String, String>,
    written: &[(String, String)],
    wrong: &[(String, String)],
) -> Result<Response, Error> {
    let value = |name: &str| asked.get(name).map_or("", String::as_str);
    let query = value("sok");
    let after = value("id").parse().ok().map(|id| (value("efter"), id));
    let found = views::list(&site.tenant, visitor.staff()?, query, after, MOST + 1).await?;
    let today = site.tenant.clock.today();
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let next = found.get(most).and_then(|_| found.get(most - 1)).map_or_else(String::new, |last| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("sok", query)
            .append_pair("efter", &last.sort_key)
            .append_pair("id", &last.id.to_string())
            .finish();
        format!("/foreningar?{query}")
    });
    let rows = found.iter().take(most).map(|row| AssociationRow {
        link: Link::new(format!("/foreningar/{}", row.id), &row.name),
        number: printed(&row.number),
        category: row.category.as_deref().map_or_else(String::new, |kind| category(visitor, kind)),
        approved: match row.approved_to {
            Some(to) if to >= today => Shown::ok(format!("{} {}", visitor.t("approved-to"), number::date(to, visitor.language))),
            Some(to) => Shown::stop(format!("{} {}", visitor.t("approved-ended"), number::date(to, visitor.language))),
            None => Shown::none(visitor.t("approved-never")),
        },
    });
    let rows = rows.collect();
    let mut page = visitor.page(site, Section::Officer, visitor.t("nav-associations"), Vec::new()).await?;
    page.errors = wrong.iter().map(|(name, text)| Link::new(format!("#{name}"), text)).collect();
    let register = visitor.actor()?.has(Role::Administrator).then(|| Action {
        url: "/foreningar".to_owned(),
        title: visitor.t("register-title"),
        explanation: visitor.t("register-text"),
        fields: fields(visitor, written, wrong),
        ..Action::default()
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &AssociationsPage { page, query: query.to_owned(), rows, next, register })
}

fn fields(visitor: &Visitor, written: &[(String, String)], wrong: &[(String, String)]) -> Vec<Field> {
    let find = |all: &[(String, String)], name: &str| all.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let field = |name: &str, label: &str| Field {
        name: name.to_owned(),
        label: visitor.t(label),
        value: find(written, name).unwrap_or_default(),
        error: find(wrong, name),
        ..Field::default()
    };
    vec![
        Field { hint: Some(visitor.t("register-number-hint")), ..field("number", "association-number") },
        field("name", "association-name"),
        Field { hint: Some(visitor.t("register-category-hint")), optional: true, ..field("category", "association-category") },
        Field { kind: FieldKind::Date, optional: true, ..field("founded", "association-founded") },
        Field { optional: true, ..field("external", "association-external") },
        field("person", "register-person"),
        field("email", "register-email"),
    ]
}

/// Registers an association with the first person who signs for it.
pub(super) async fn register(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let new = associations::Registration {
        number: value("number"),
        name: value("name"),
        category: value("category"),
        founded: value("founded"),
        external: value("external"),
        person: value("person"),
        email: value("email"),
    };
    let done = associations::register(&site.tenant, visitor.staff()?, &new).await;
    match done {
        Ok(id) => Ok(Redirect::to(&format!("/foreningar/{id}?kvitto=sparat")).into_response()),
        Err(ServiceError::Invalid(findings)) => {
            let wrong: Vec<_> = findings.into_iter().map(|one| (one.place, one.message.get(visitor.language).to_owned())).collect();
            show(&site, &visitor, &BTreeMap::new(), &sent, &wrong).await
        }
        Err(ServiceError::Refused(text)) => {
            let wrong = [("number".to_owned(), text.get(visitor.language).to_owned())];
            show(&site, &visitor, &BTreeMap::new(), &sent, &wrong).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn one(State(site): State<Site>, visitor: Visitor, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    html(&one_page(&site, &visitor, id, None).await?)
}

/// The page of an association, with a form that came back.
pub(super) async fn one_page(site: &Site, visitor: &Visitor, id: OrganisationId, returned: Option<&Returned>) -> Result<OnePage, Error> {
    let actor = visitor.staff()?;
    let view = views::of(&site.tenant, actor, id).await?;
    let crumbs = vec![Link::new("/foreningar", visitor.t("nav-associations")), Link::here(view.name.clone())];
    let mut page = visitor.page(site, Section::Officer, view.name.clone(), crumbs).await?;
    let mut standing = standing::of(site, visitor, id).await?;
    if let Some(returned) = returned {
        page.errors = standing.refill(visitor.language, returned);
    }
    let shown = facts(visitor, &view);
    let cases = view
        .cases
        .iter()
        .map(|(case, number, grant, period)| {
            (Link::new(format!("/arenden/{case}"), number), format!("{} {}", grant.get(visitor.language), period.get(visitor.language)))
        })
        .collect();
    let found = papers::of(&site.tenant, actor, id).await?;
    // What people call their files is for themselves: here what it is stands for it.
    let kinds = lines(visitor, &found, &format!("/foreningar/{id}/handlingar"), "/arenden", |kind, paper| {
        format!("{} {}", kind.label.get(visitor.language), paper.year)
    });
    let may = [Role::Administrator, Role::Attester, Role::Reviewer].iter().any(|role| actor.has(*role));
    let own = view.account.as_ref().and_then(|account| account.entered_by).is_some_and(|by| Some(by) == actor.person());
    let confirm = (may && shown.unconfirmed && !own).then(|| Action {
        url: format!("/foreningar/{id}/konto"),
        title: visitor.t("account-confirm"),
        explanation: visitor.t("account-confirm-text"),
        ..Action::default()
    });
    let on_paper = actor.has(Role::Officer).then(|| Link::new(format!("/foreningar/{id}/papper"), visitor.t("paper-way")));
    let history = format!("/foreningar/{id}/historik");
    Ok(OnePage { page, facts: shown, cases, standing, history, kinds, confirm, on_paper })
}

pub(super) async fn confirm_account(State(site): State<Site>, visitor: Visitor, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    // Whoever must keep away from the association confirms nothing of it.
    views::of(&site.tenant, actor, id).await?;
    organisations::confirm_account(&site.tenant, actor, id).await?;
    Ok(Redirect::to(&format!("/foreningar/{id}?kvitto=sparat")).into_response())
}
