//! What applicant and municipality have written to each other in a case.

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::Opened;
use super::{Said, shown};
use crate::domain::id::CaseId;
use crate::services::dialogue;
use crate::services::dialogue::templates::{self, TemplateRow};
use crate::web::dialogue::sent::{self, TEMPLATE, Writing};
use crate::web::officer::typed::{Typed, value};
use crate::web::officer::words::{many, say};
use crate::web::parts::{Action, Choice, Field, FieldKind, Weight};
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
    pub write: Option<Writing>,
    /// What the chosen text asks for and the case does not have, in words; empty for nothing.
    pub missing: String,
}

/// What the address asks besides the case.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    mall: String,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, &asked.mall, None).await?)
}

pub(in crate::web) async fn write(State(site): State<Site>, Path(id): Path<CaseId>, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, &site).await?;
    match sent::send(&site, visitor.staff()?, id, Request::from_parts(parts, body)).await {
        Ok(Ok(())) => Ok(Redirect::to(&format!("/arenden/{id}/meddelanden?kvitto=skickat")).into_response()),
        // Asking for a template changes nothing: what was typed stands with the template's text after it.
        Ok(Err(typed)) if !value(&typed.sent, TEMPLATE).is_empty() => {
            html(&fill(&site, &visitor, id, value(&typed.sent, "mall"), Some(&typed)).await?)
        }
        Ok(Err(typed)) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, "", Some(&typed)).await?),
        Err(error) => Err(error),
    }
}

pub(in crate::web) async fn settle(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    dialogue::settle(&site.tenant, visitor.staff()?, id).await?;
    Ok(Redirect::to(&format!("/arenden/{id}/meddelanden?kvitto=besvarat")).into_response())
}

/// What was typed with a template's text after it; once, however often it is asked for.
fn after(typed: &str, template: &str) -> String {
    match typed.trim_end() {
        "" => template.to_owned(),
        typed if typed.contains(template.trim()) => typed.to_owned(),
        typed => format!("{typed}\n\n{template}"),
    }
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, template: &str, typed: Option<&Typed>) -> Result<MessagesPage, Error> {
    let thread = dialogue::open(&site.tenant, visitor.staff()?, id).await?;
    let opened = Opened::of(site, visitor, id).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "case-way-messages").await?;
    let handling = &opened.beside.handling;
    let chosen = match template.parse() {
        Ok(template) if opened.beside.may_handle => Some(templates::fill(&site.tenant, visitor.staff()?, template, id).await?),
        Ok(_) | Err(_) => None,
    };
    let text = Field {
        name: "text".to_owned(),
        label: visitor.t("act-write-field"),
        value: chosen.as_ref().map_or_else(String::new, |filled| filled.text.clone()),
        kind: FieldKind::LongText,
        ..Field::default()
    };
    let form = Action {
        url: format!("/arenden/{id}/meddelanden"),
        title: visitor.t("act-write"),
        explanation: visitor.t("act-write-text"),
        button: visitor.t("act-write-button"),
        weight: Weight::Primary,
        fields: vec![text],
    };
    let mut write = opened.beside.may_handle.then(|| Writing::new(visitor, form));
    if let (Some(typed), Some(write)) = (typed, write.as_mut()) {
        page.errors = write.refill(visitor, typed);
        if let (Some(chosen), Some(text)) = (&chosen, write.action.fields.first_mut()) {
            text.value = after(&text.value, &chosen.text);
        }
    }
    let known = if opened.beside.may_handle { templates::list(&site.tenant, visitor.staff()?).await? } else { Vec::new() };
    if let Some(write) = write.as_mut() {
        let choice =
            |row: &TemplateRow| Choice { value: row.id.to_string(), text: row.title.clone(), selected: row.id.to_string() == template };
        write.templates = known.iter().filter(|row| row.retired_at.is_none()).map(choice).collect();
    }
    Ok(MessagesPage {
        about: opened.about(language),
        messages: thread.messages.iter().map(|message| shown::message(message, &thread.files, language)).collect(),
        reserved: thread.reserved,
        unanswered: if handling.unread > 0 { many(language, "cases-unread", handling.unread) } else { String::new() },
        settle: if opened.beside.may_handle { format!("/arenden/{id}/besvarat") } else { String::new() },
        missing: chosen.filter(|filled| !filled.missing.is_empty()).map_or_else(String::new, |filled| {
            let places = filled.missing.iter().map(|place| format!("{{{}}}", place.word())).collect::<Vec<_>>().join(", ");
            say(language, "messages-missing", &[("places", &places)])
        }),
        write,
        page,
    })
}
