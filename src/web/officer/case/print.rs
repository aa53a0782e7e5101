//! A case as one file: everything on a page made for paper.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::opened::Opened;
use super::{CasePage, Said, handlers, shown};
use crate::domain::id::CaseId;
use crate::services::{ServiceError, decisions};
use crate::text::number;
use crate::web::officer::words::say;
use crate::web::parts::Link;
use crate::web::public::letter::LetterBody;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// The case, whole.
#[derive(Clone, Debug, Template)]
#[template(path = "officer/print.html")]
pub struct PrintPage {
    /// The page around it.
    pub page: Page,
    /// Who made it, and when.
    pub made: String,
    /// The other choice of what it holds: with or without the notes.
    pub other: Link,
    /// The case.
    pub case: CasePage,
    /// What was written, oldest first.
    pub messages: Vec<Said>,
    /// Notes for colleagues; none unless they were asked for.
    pub notes: Option<Vec<Said>>,
    /// The decision, as it was sent or is about to be.
    pub letter: Option<LetterBody>,
    /// Whether the decision is kept from the visitor.
    pub letter_reserved: bool,
}

/// What the address asks besides the case.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    anteckningar: String,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let language = visitor.language;
    let case = handlers::fill(&site, &visitor, id, None, None).await?;
    let opened = Opened::of(&site, &visitor, id).await?;
    let page = opened.page(&site, &visitor, "case-way-print").await?;
    let (notes, other) = match asked.anteckningar.as_str() {
        "ja" => (Some(opened.notes(language)), Link::new(format!("/arenden/{id}/utskrift"), visitor.t("print-without-notes"))),
        _ => (None, Link::new(format!("/arenden/{id}/utskrift?anteckningar=ja"), visitor.t("print-with-notes"))),
    };
    let standing = opened.view.decisions.iter().find(|decision| decision.stands());
    let (letter, letter_reserved) = match standing {
        None => (None, false),
        Some(decision) => match decisions::views::letter(&site.tenant, visitor.staff()?, id, decision.id).await {
            Ok(view) => (Some(LetterBody::of(&view.letter)?), false),
            Err(ServiceError::Refused(_)) => (None, true),
            Err(error) => return Err(error.into()),
        },
    };
    let who = visitor.session().map_or("", |session| session.name.as_str());
    html(&PrintPage {
        made: say(language, "print-made", &[("who", who), ("when", &number::moment(site.tenant.clock.now(), language))]),
        other,
        messages: opened.beside.messages.iter().map(|message| shown::message(message, &opened.beside.attached, language)).collect(),
        notes,
        letter,
        letter_reserved,
        case,
        page,
    })
}
