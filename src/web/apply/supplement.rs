//! Sending a supplement.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::section::handlers::may_write;
use super::{draft as list, words};
use crate::domain::draft::DraftKind;
use crate::domain::id::DraftId;
use crate::services::ServiceError;
use crate::services::drafts::{self, Draft, supplement};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// The page a supplement is sent from.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/send.html")]
pub struct SendPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// What it concerns.
    pub about: String,
    /// What was asked for.
    pub requested: Vec<String>,
    /// What was changed: question, before, after.
    pub changes: Vec<(String, Vec<String>, Vec<String>)>,
    /// What she has written.
    pub text: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The last day.
    pub last_day: String,
    /// Whether she may only read.
    pub reads_only: bool,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = drafts::open(&site.tenant, visitor.actor()?, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    show(&site, &visitor, &draft, String::new(), None).await
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answered {
    #[serde(default)]
    svar: String,
}

pub(super) async fn send(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<DraftId>,
    Form(answered): Form<Answered>,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    match supplement::send(&site.tenant, actor, id, &answered.svar).await {
        Ok(case) => Ok(Redirect::to(&format!("/mina-sidor/arenden/{case}?kvitto=kompletterat")).into_response()),
        Err(ServiceError::Invalid(findings)) => {
            let draft = drafts::open(&site.tenant, actor, id).await?;
            let text = findings.first().map(|finding| finding.message.get(visitor.language).to_owned());
            show(&site, &visitor, &draft, answered.svar, text).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(site: &Site, visitor: &Visitor, draft: &Draft, text: String, error: Option<String>) -> Result<Response, Error> {
    if draft.kind != DraftKind::Supplement {
        return Err(Error::NotFound);
    }
    let language = visitor.language;
    let form = &draft.package.form;
    let base = format!("/utkast/{}", draft.id);
    let title = visitor.t("send-title");
    let crumbs = vec![
        Link::new("/mina-sidor", visitor.t("my-title")),
        Link::new(base.clone(), list::name(draft, language)),
        Link::here(title.clone()),
    ];
    let mut page = visitor.page(site, Section::Applicant, format!("{title} – {}", form.title.get(language)), crumbs).await?;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page.errors = error.iter().map(|text| Link::new("#svar", text.clone())).collect();
    let before = draft.before.clone().unwrap_or_default();
    let changed = form.fields().filter(|field| field.kind.is_question() && before.get(&field.id) != draft.answers.get(&field.id));
    let said = |answer: Option<&crate::domain::inputs::Answer>, field: &crate::forms::Field| {
        answer.map(|answer| words::answer(field, answer, Some(draft), language)).unwrap_or_default()
    };
    let requested = draft.requested.clone().unwrap_or_default();
    let answer = SendPage {
        about: format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant),
        changes: changed
            .map(|field| {
                (field.label.get(language).to_owned(), said(before.get(&field.id), field), said(draft.answers.get(&field.id), field))
            })
            .collect(),
        requested: requested.missing.lines().map(str::to_owned).collect(),
        last_day: requested.last_day.map_or_else(String::new, |day| number::date(day, language)),
        reads_only: !may_write(visitor.actor()?),
        text,
        error,
        base,
        page,
    };
    html_with(status, &answer)
}
