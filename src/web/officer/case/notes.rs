//! Notes for colleagues, and what somebody said on the phone.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::Said;
use super::more::{ActPage, Asks};
use super::opened::Opened;
use crate::domain::id::CaseId;
use crate::services::cases::notes;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::parts::{Action, Field, FieldKind, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The notes with the form for another.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/notes.html")]
pub struct NotesPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Notes, the newest first.
    pub notes: Vec<Said>,
    /// Writing; none for who may only read.
    pub write: Option<Action>,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn write(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    match notes::write(&site.tenant, visitor.staff()?, id, value(&sent, "text")).await {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{id}/anteckning?kvitto=antecknat")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<NotesPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let mut page = opened.page(site, visitor, "case-way-notes").await?;
    let mut write = opened.beside.may_handle.then(|| Action {
        url: format!("/arenden/{id}/anteckning"),
        button: visitor.t("note-save"),
        weight: Weight::Primary,
        fields: vec![text(visitor, "note-field")],
        ..Action::default()
    });
    if let Some(typed) = typed {
        page.errors = typed.fill(visitor.language, write.iter_mut().flat_map(|action| action.fields.iter_mut()));
    }
    Ok(NotesPage { about: opened.about(visitor.language), notes: opened.notes(visitor.language), write, page })
}

fn text(visitor: &Visitor, label: &str) -> Field {
    Field { name: "text".to_owned(), label: visitor.t(label), kind: FieldKind::LongText, ..Field::default() }
}

/// The phone note: one click to come here, one to keep it (förvaltningslagen 27 §).
pub(in crate::web) async fn call(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&call_page(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn keep_call(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    match notes::phone(&site.tenant, visitor.staff()?, id, value(&sent, "text")).await {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{id}?kvitto=samtal")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &call_page(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn call_page(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<ActPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let form = Action {
        url: format!("/arenden/{id}/samtal"),
        button: visitor.t("call-save"),
        weight: Weight::Primary,
        fields: vec![Field { hint: Some(visitor.t("call-hint")), ..text(visitor, "call-field") }],
        ..Action::default()
    };
    let asks = Asks { title: "case-way-call", lead: "call-lead", forms: vec![form], ..Asks::default() };
    ActPage::of(site, visitor, &opened, asks, typed).await
}
