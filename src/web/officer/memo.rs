//! The memo of a grant's cases on a meeting's agenda: the officer's own texts, how it reads, and its files.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::agenda;
use super::typed::{Post, Typed, value};
use super::words::say;
use crate::services::ServiceError;
use crate::services::committee::memo::{self, OwnText};
use crate::services::committee::views;
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Link, Weight};
use crate::web::public::letter::LetterBody;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// A memo's own texts.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/memo.html")]
pub struct MemoPage {
    /// The page around it.
    pub page: Page,
    /// The form with the officer's own texts; none for who may not.
    pub form: Option<Action>,
    /// The memo as it stands, ready to be read.
    pub preview: Option<LetterBody>,
    /// Why there is none; empty where there is.
    pub hindrance: String,
    /// The memo as files.
    pub files: Vec<Link>,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant)): Path<(Uuid, String)>,
) -> Result<Response, Error> {
    html(&fill(&site, &visitor, meeting, &grant).await?)
}

pub(in crate::web) async fn write(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant)): Path<(Uuid, String)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let headings = memo::own_texts(&site.tenant, actor, meeting, &grant).await?;
    let texts: Vec<OwnText> = headings
        .into_iter()
        .enumerate()
        .map(|(at, own)| OwnText { text: value(&sent, &format!("text{at}")).to_owned(), heading: own.heading })
        .collect();
    // What still lacks a text is no memo to be read.
    let receipt = if lacking(&texts).is_empty() { "tjansteskrivelse" } else { "tjansteskrivelse-delvis" };
    match memo::write(&site.tenant, actor, meeting, &grant, &texts).await {
        Ok(()) => Ok(Redirect::to(&format!("/namnd/{meeting}/tjansteskrivelse/{grant}?kvitto={receipt}")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            let mut page = fill(&site, &visitor, meeting, &grant).await?;
            page.page.errors = typed.fill(visitor.language, page.form.iter_mut().flat_map(|form| form.fields.iter_mut()));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The headings without a text, each in quotation marks.
fn lacking(texts: &[OwnText]) -> String {
    let empty = texts.iter().filter(|own| own.text.trim().is_empty());
    empty.map(|own| format!("”{}”", own.heading)).collect::<Vec<_>>().join(", ")
}

async fn fill(site: &Site, visitor: &Visitor, meeting: Uuid, grant: &str) -> Result<MemoPage, Error> {
    let (language, actor) = (visitor.language, visitor.staff()?);
    let view = views::agenda(&site.tenant, actor, meeting).await?;
    let Some((_, name)) = view.grants.iter().find(|(known, _)| known == grant) else { return Err(Error::NotFound) };
    let day = number::date(view.meeting.held_on, language);
    let title = say(language, "memo-title", &[("grant", name.get(language)), ("date", &day)]);
    let crumbs = vec![
        Link::new("/namnd", visitor.t("nav-committee")),
        Link::new(agenda::address(meeting), say(language, "agenda-title", &[("date", &day)])),
        Link::here(visitor.t("memo-short")),
    ];
    let page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let url = format!("/namnd/{meeting}/tjansteskrivelse/{grant}");
    let own = memo::own_texts(&site.tenant, actor, meeting, grant).await?;
    let lacking = lacking(&own);
    let form = (view.may_prepare && !own.is_empty()).then(|| Action {
        url: url.clone(),
        explanation: visitor.t("memo-own-text"),
        button: visitor.t("memo-save"),
        weight: Weight::Primary,
        fields: own
            .into_iter()
            .enumerate()
            .map(|(at, own)| Field {
                name: format!("text{at}"),
                label: own.heading,
                value: own.text,
                kind: FieldKind::LongText,
                ..Field::default()
            })
            .collect(),
        ..Action::default()
    });
    let (preview, hindrance) = match memo::compose(&site.tenant, actor, meeting, grant, None).await {
        Ok(memo) => (Some(LetterBody::of(&memo)?), String::new()),
        Err(ServiceError::Refused(_)) if !lacking.is_empty() => (None, say(language, "memo-lacks", &[("headings", &lacking)])),
        Err(ServiceError::Refused(text)) => (None, text.get(language).to_owned()),
        Err(error) => return Err(error.into()),
    };
    let file = |form: &str, key: &str| Link::new(format!("{url}/{form}"), visitor.t(key));
    let files = vec![file("pdf", "memo-pdf"), file("docx", "memo-docx"), file("html", "memo-html")];
    Ok(MemoPage { form, files: if hindrance.is_empty() { files } else { Vec::new() }, preview, hindrance, page })
}

pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant, form)): Path<(Uuid, String, String)>,
) -> Result<Response, Error> {
    let memo = memo::compose(&site.tenant, visitor.staff()?, meeting, &grant, None).await?;
    let name = format!("tjansteskrivelse-{grant}-{}", memo.meeting);
    let (kind, bytes) = match form.as_str() {
        "pdf" => ("application/pdf", memo::pdf(memo).await?),
        "docx" => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", memo::docx(&memo)?),
        "html" => ("text/html; charset=utf-8", memo::html(&memo)?.into_bytes()),
        _ => return Err(Error::NotFound),
    };
    let disposition = format!("attachment; filename=\"{name}.{form}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
