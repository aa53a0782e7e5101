//! What is done with a case on a page of its own: another amount, more time, an application that is taken back.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::Opened;
use super::posts::amount;
use crate::domain::id::CaseId;
use crate::services::cases::views::Waits;
use crate::services::cases::{overrides, withdrawal};
use crate::services::extensions::{self, Given};
use crate::services::{ServiceResult, tasks};
use crate::text::number;
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::parts::{Action, Field, FieldKind, Line, Weight};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, Page, html, html_with};

/// A page with what there is to know before one acts, and a form for each act.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/act.html")]
pub struct ActPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// What the page is called.
    pub heading: String,
    /// What is done here and what it leads to.
    pub lead: String,
    /// The calculation, where it is about the amount.
    pub rows: Vec<Line>,
    /// The forms; a title stands above each where there are several.
    pub forms: Vec<Action>,
    /// Why there is no form.
    pub closed: String,
}

/// What such a page holds, by the keys of its texts.
#[derive(Default)]
pub(super) struct Asks {
    /// Its name.
    pub title: &'static str,
    /// What is done here.
    pub lead: &'static str,
    /// The calculation.
    pub rows: Vec<Line>,
    /// The forms.
    pub forms: Vec<Action>,
}

impl ActPage {
    /// The page of an act, with a form that came back.
    pub(super) async fn of(site: &Site, visitor: &Visitor, opened: &Opened, asks: Asks, typed: Option<&Typed>) -> Result<Self, Error> {
        let Asks { title, lead, rows, mut forms } = asks;
        let mut page = opened.page(site, visitor, title).await?;
        if !opened.beside.may_handle {
            forms.clear();
        }
        let closed = match (opened.beside.may_handle, forms.is_empty()) {
            (false, _) => visitor.t("act-only-read"),
            (true, true) => visitor.t("act-not-now"),
            (true, false) => String::new(),
        };
        if let Some(typed) = typed {
            page.errors = typed.fill(visitor.language, forms.iter_mut().flat_map(|form| form.fields.iter_mut()));
        }
        Ok(Self { about: opened.about(visitor.language), heading: visitor.t(title), lead: visitor.t(lead), rows, forms, closed, page })
    }
}

fn long(visitor: &Visitor, name: &str, label: &str) -> Field {
    Field { name: name.to_owned(), label: visitor.t(label), kind: FieldKind::LongText, ..Field::default() }
}

fn back(case: CaseId, receipt: &str) -> Response {
    Redirect::to(&format!("/arenden/{case}?kvitto={receipt}")).into_response()
}

/// The override: the calculation as it stands, and another sum with its reason.
pub(in crate::web) async fn overriding(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&override_page(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn override_amount(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let done = match amount(value(&sent, "belopp")) {
        Ok(amount) => overrides::change(&site.tenant, actor, id, Some(amount), value(&sent, "skal")).await,
        Err(error) => Err(error),
    };
    overridden(&site, &visitor, id, sent, done).await
}

pub(in crate::web) async fn take_back(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let done = overrides::change(&site.tenant, visitor.staff()?, id, None, value(&sent, "tillbaka")).await;
    overridden(&site, &visitor, id, sent, done).await
}

async fn overridden(site: &Site, visitor: &Visitor, id: CaseId, sent: Sent, done: ServiceResult<()>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(back(id, "andrat")),
        Err(error) => {
            let places: &[_] = if sent.iter().any(|(name, _)| name == "tillbaka") { &[("skal", "tillbaka")] } else { &[] };
            let typed = Typed::refused(sent, error, places)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &override_page(site, visitor, id, Some(&typed)).await?)
        }
    }
}

async fn override_page(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<ActPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let decided = opened.beside.decided || opened.view.line.case.closed_at.is_some();
    let calculated = opened.view.calculated.as_ref();
    let rows = calculated.map(|done| done.evaluation.rows.iter().map(|row| words::row(row, visitor.language)).collect());
    let mut forms = Vec::new();
    if calculated.is_some() && !decided {
        let sum = Field { name: "belopp".to_owned(), label: visitor.t("override-amount"), kind: FieldKind::Amount, ..Field::default() };
        forms.push(Action {
            url: format!("/arenden/{id}/avvikelse"),
            title: visitor.t("override-change"),
            button: visitor.t("override-button"),
            weight: Weight::Primary,
            fields: vec![sum, Field { hint: Some(visitor.t("override-why-hint")), ..long(visitor, "skal", "override-why") }],
            ..Action::default()
        });
        if opened.beside.changed.is_some() {
            forms.push(Action {
                url: format!("/arenden/{id}/avvikelse/ta-tillbaka"),
                title: visitor.t("override-back"),
                explanation: visitor.t("override-back-text"),
                button: visitor.t("override-back-button"),
                fields: vec![long(visitor, "tillbaka", "override-back-why")],
                ..Action::default()
            });
        }
    }
    let asks = Asks { title: "case-way-override", lead: "override-lead", rows: rows.unwrap_or_default(), forms };
    ActPage::of(site, visitor, &opened, asks, typed).await
}

/// Noting that the applicant has taken her application back.
pub(in crate::web) async fn withdrawing(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&withdrawal_page(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn withdraw(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    match withdrawal::note(&site.tenant, visitor.staff()?, id, value(&sent, "text")).await {
        Ok(()) => Ok(back(id, "tagen-tillbaka")),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &withdrawal_page(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn withdrawal_page(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<ActPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let over = opened.beside.withdrawn || opened.beside.decided || opened.view.line.case.closed_at.is_some();
    let form = (!over).then(|| Action {
        url: format!("/arenden/{id}/aterkallad"),
        button: visitor.t("withdrawn-button"),
        weight: Weight::Primary,
        fields: vec![long(visitor, "text", "withdrawn-field")],
        ..Action::default()
    });
    let asks = Asks { title: "case-way-withdrawn", lead: "withdrawn-lead", forms: form.into_iter().collect(), ..Asks::default() };
    ActPage::of(site, visitor, &opened, asks, typed).await
}

/// More time: to answer where something is asked for, else to apply while the period is open.
pub(in crate::web) async fn extending(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&extension_page(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn extend(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let opened = Opened::of(&site, &visitor, id).await?;
    // A day that cannot be read gives no more time: the service says so at its place.
    let (until, reason) = (value(&sent, "till").parse().unwrap_or_default(), value(&sent, "skal"));
    let case = &opened.view.line.case;
    let done = if opened.view.line.waits == Waits::Applicant {
        tasks::extend_supplement(&site.tenant, actor, id, until, reason).await
    } else {
        let given = Given { grant_type: &case.grant_type, period: &case.period, organisation: Some(case.organisation_id), until, reason };
        extensions::give(&site.tenant, actor, &given).await
    };
    match done {
        Ok(()) => Ok(back(id, "anstand")),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &extension_page(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn extension_page(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<ActPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let line = &opened.view.line;
    let answers = line.waits == Waits::Applicant;
    let form = (answers || (line.waits == Waits::Close && !opened.beside.decided)).then(|| Action {
        url: format!("/arenden/{id}/anstand"),
        button: visitor.t("extensions-button"),
        weight: Weight::Primary,
        explanation: crate::web::officer::words::say(
            visitor.language,
            "longer-now",
            &[("date", &number::date(line.case.due, visitor.language))],
        ),
        fields: vec![
            Field { name: "till".to_owned(), label: visitor.t("longer-day"), kind: FieldKind::Date, ..Field::default() },
            long(visitor, "skal", "extensions-reason"),
        ],
        ..Action::default()
    });
    let form = form.map(|form| if answers { Action { explanation: String::new(), ..form } } else { form });
    let asks = Asks {
        title: "case-way-longer",
        lead: if answers { "longer-answer-lead" } else { "longer-apply-lead" },
        forms: form.into_iter().collect(),
        ..Asks::default()
    };
    ActPage::of(site, visitor, &opened, asks, typed).await
}
