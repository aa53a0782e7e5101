//! What applicant and municipality have written to each other in a case.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::Opened;
use super::{Said, shown};
use crate::domain::id::CaseId;
use crate::services::dialogue;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::many;
use crate::web::parts::{Action, Field, FieldKind, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The messages with the form for another.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/messages.html")]
pub struct MessagesPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Messages, oldest first.
    pub messages: Vec<Said>,
    /// Whether they are kept from the visitor.
    pub reserved: bool,
    /// How many are unanswered, in words; empty for none.
    pub unanswered: String,
    /// Where one says that no answer is needed; empty where the visitor may not.
    pub settle: String,
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
    match dialogue::write(&site.tenant, visitor.staff()?, id, value(&sent, "text")).await {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{id}/meddelanden?kvitto=skickat")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

pub(in crate::web) async fn settle(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    dialogue::settle(&site.tenant, visitor.staff()?, id).await?;
    Ok(Redirect::to(&format!("/arenden/{id}/meddelanden?kvitto=besvarat")).into_response())
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<MessagesPage, Error> {
    let thread = dialogue::open(&site.tenant, visitor.staff()?, id).await?;
    let opened = Opened::of(site, visitor, id).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "case-way-messages").await?;
    let handling = &opened.beside.handling;
    let mut write = opened.beside.may_handle.then(|| Action {
        url: format!("/arenden/{id}/meddelanden"),
        title: visitor.t("act-write"),
        explanation: visitor.t("act-write-text"),
        button: visitor.t("act-write-button"),
        weight: Weight::Primary,
        fields: vec![Field { name: "text".to_owned(), label: visitor.t("act-write-field"), kind: FieldKind::LongText, ..Field::default() }],
    });
    if let Some(typed) = typed {
        page.errors = typed.fill(language, write.iter_mut().flat_map(|action| action.fields.iter_mut()));
    }
    Ok(MessagesPage {
        about: opened.about(language),
        messages: thread.messages.iter().map(|message| shown::message(message, language)).collect(),
        reserved: thread.reserved,
        unanswered: if handling.unread > 0 { many(language, "cases-unread", handling.unread) } else { String::new() },
        settle: if opened.beside.may_handle { format!("/arenden/{id}/besvarat") } else { String::new() },
        write,
        page,
    })
}
