//! What applicant and municipality have written to each other in a case, as the applicant reads it and answers.

pub(in crate::web) mod sent;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::id::CaseId;
use crate::domain::mandate::Mandate;
use crate::services::actor::{About, Action as Wish, authorize};
use crate::services::dialogue::{self, MessageRow, Side};
use crate::text::number;
use crate::web::officer::typed::Typed;
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Link, Weight};
use crate::web::site::routes::{Access, Route};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

use sent::Writing;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        Route::get("/mina-sidor/arenden/{case}/meddelanden", Access::Applicant(Mandate::Reader), page),
        Route::post("/mina-sidor/arenden/{case}/meddelanden", Access::Applicant(Mandate::Writer), write),
    ]
}

/// The messages with the form for another.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "dialogue/thread.html")]
pub struct ThreadPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// Writing; none for who may only read.
    pub write: Option<Writing>,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
    /// What.
    pub text: String,
    /// Whether the applicant's side wrote it.
    pub ours: bool,
    /// The files that came with it.
    pub files: Vec<Link>,
    /// Whether the municipality has read it, in words; empty for what she wrote herself.
    pub read: String,
}

async fn page(State(site): State<Site>, visitor: Visitor, Path(case): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, case, None).await?)
}

async fn write(State(site): State<Site>, Path(case): Path<CaseId>, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, &site).await?;
    let (_, actor) = visitor.applicant()?;
    match sent::send(&site, actor, case, Request::from_parts(parts, body)).await? {
        Ok(()) => Ok(Redirect::to(&format!("/mina-sidor/arenden/{case}/meddelanden?kvitto=skickat")).into_response()),
        Err(typed) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, case, Some(&typed)).await?),
    }
}

async fn fill(site: &Site, visitor: &Visitor, case: CaseId, typed: Option<&Typed>) -> Result<ThreadPage, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let thread = dialogue::open(&site.tenant, actor, case).await?;
    let language = visitor.language;
    let crumbs = vec![
        Link::new("/mina-sidor", visitor.t("nav-home")),
        Link::new(format!("/mina-sidor/arenden/{case}"), thread.number.clone()),
        Link::here(visitor.t("dialogue-title")),
    ];
    let title = format!("{}, {}", visitor.t("dialogue-title"), thread.number);
    let mut page = visitor.page(site, Section::Applicant, title, crumbs).await?;
    let mut write = authorize(actor, Wish::ActFor(About::Association(organisation))).is_ok().then(|| {
        Writing::new(
            visitor,
            Action {
                url: format!("/mina-sidor/arenden/{case}/meddelanden"),
                title: visitor.t("dialogue-write"),
                button: visitor.t("act-write-button"),
                weight: Weight::Primary,
                fields: vec![Field {
                    name: "text".to_owned(),
                    label: visitor.t("dialogue-field"),
                    hint: Some(visitor.t("dialogue-hint")),
                    kind: FieldKind::LongText,
                    ..Field::default()
                }],
                ..Action::default()
            },
        )
    });
    if let (Some(typed), Some(write)) = (typed, write.as_mut()) {
        page.errors = write.refill(visitor, typed);
    }
    let message = |row: &MessageRow| Message {
        who: row.sender.clone(),
        when: number::moment(row.at, language),
        text: row.text.clone(),
        ours: row.side == Side::Applicant,
        files: sent::links(&thread.files, case, row.id),
        read: match (row.side, row.read_at) {
            (Side::Applicant, Some(at)) => say(language, "dialogue-read", &[("when", &number::moment(at, language))]),
            (Side::Applicant, None) => visitor.t("dialogue-unread"),
            (Side::Municipality, _) => String::new(),
        },
    };
    let places = [("number", thread.number.as_str()), ("grant", thread.grant.get(language)), ("period", thread.period.get(language))];
    Ok(ThreadPage { about: say(language, "dialogue-about", &places), messages: thread.messages.iter().map(message).collect(), write, page })
}
