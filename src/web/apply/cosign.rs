//! The page of the second signer: what was signed, what has changed since, and the signature.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::check::{AnswerLine, Answered};
use super::words;
use crate::domain::grant::GrantKind;
use crate::domain::id::CaseId;
use crate::domain::inputs::Answer;
use crate::forms::Field;
use crate::services::drafts::cosign::{self, CosignState};
use crate::services::{Claim, preliminary};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, LiveAmount, html_with};

/// The page of the second signer.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/cosign.html")]
pub struct CosignPage {
    /// What stands around it.
    pub page: Page,
    /// Where the form is sent.
    pub action: String,
    /// What it concerns.
    pub about: String,
    /// Who signed first, and when.
    pub first: String,
    /// Until when, or how it ended.
    pub standing: String,
    /// The answers.
    pub sections: Vec<Answered>,
    /// What was changed since the first signature: question, before, after.
    pub changes: Vec<(String, Vec<String>, Vec<String>)>,
    /// What the application gives as it stands now.
    pub live: Option<LiveAmount>,
    /// Whether the grant counts attendance, which may change after the first signature.
    pub attendance: bool,
    /// Whether it is open.
    pub open: bool,
    /// Whether this person may sign.
    pub may_sign: bool,
    /// Who may.
    pub who_may: String,
    /// Whether the tick was left out.
    pub error: Option<String>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    show(&site, &visitor, id, None).await
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Signed {
    #[serde(default)]
    intygar: String,
}

pub(super) async fn sign(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(signed): Form<Signed>,
) -> Result<Response, Error> {
    if signed.intygar != "ja" {
        return show(&site, &visitor, id, Some(visitor.t("sign-tick-missing"))).await;
    }
    cosign::sign(&site.tenant, visitor.actor()?, id).await?;
    Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}?kvitto=undertecknat")).into_response())
}

/// Reminds those who may give it.
pub(super) async fn remind(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    cosign::remind(&site.tenant, visitor.actor()?, id).await?;
    Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}?kvitto=pamint-underskrift")).into_response())
}

/// Takes the request back.
pub(super) async fn call_off(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    cosign::call_off(&site.tenant, visitor.actor()?, id).await?;
    Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}?kvitto=underskrift-aterkallad")).into_response())
}

async fn show(site: &Site, visitor: &Visitor, id: CaseId, error: Option<String>) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let found = cosign::to_sign(&site.tenant, actor, id).await?;
    let language = visitor.language;
    let form = &found.package.form;
    let title = visitor.t("cosign-title");
    let crumbs = vec![
        Link::new("/mina-sidor", visitor.t("my-title")),
        Link::new(format!("/mina-sidor/arenden/{id}"), found.number.clone()),
        Link::here(title.clone()),
    ];
    let mut page = visitor.page(site, Section::Applicant, format!("{title} {}", found.number), crumbs).await?;
    page.wording = form.wording();
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page.errors = error.iter().map(|text| Link::new("#intygar", text.clone())).collect();
    let said = |answer: &Answer, field: &Field| words::answer(field, answer, None, language);
    let sections = form
        .sections
        .iter()
        .map(|section| Answered {
            id: section.id.clone(),
            title: section.title.get(language).to_owned(),
            answers: section
                .fields
                .iter()
                .filter_map(|field| {
                    let lines = said(found.answers.get(&field.id)?, field);
                    Some(AnswerLine { label: field.label.get(language).to_owned(), lines, ..AnswerLine::default() })
                })
                .collect(),
        })
        .collect();
    let changes = found
        .changes
        .iter()
        .filter_map(|change| {
            let field = form.field(&change.field)?;
            let lines = |answer: &Option<Answer>| answer.as_ref().map(|answer| said(answer, field)).unwrap_or_default();
            Some((change.label.get(language).to_owned(), lines(&change.before), lines(&change.after)))
        })
        .collect();
    let claim = Claim { organisation, grant_type: &form.id, period: &found.period };
    let live = match form.kind {
        GrantKind::General => match preliminary::as_it_stands(&site.tenant, actor, &claim).await {
            Ok(amount) => Some(LiveAmount::of(&amount, language)),
            // A fault in the rules never stands in the way of signing.
            Err(error) => {
                tracing::error!(%error, grant = form.id, "the preliminary amount could not be reckoned");
                None
            }
        },
        GrantKind::Selective | GrantKind::Approval | GrantKind::Report => None,
    };
    let awaited = &found.awaited;
    let date = |day| number::date(day, language);
    let standing = match &awaited.state {
        CosignState::Open => page.fill("cosign-by", "day", date(awaited.last_day)),
        CosignState::Signed { by, at } => format!("{} {}", page.fill("cosign-signed", "name", by), words::moment(*at, language)),
        CosignState::Ended => page.t("cosign-ended"),
    };
    let answer = CosignPage {
        action: format!("/mina-sidor/arenden/{id}/underskrift"),
        about: format!(
            "{} · {} · {}",
            form.title.get(language),
            words::of_case(form.period(&found.period), &found.period, language),
            found.number
        ),
        live,
        attendance: form.uses_attendance(),
        first: format!("{} {}", page.fill("cosign-first", "name", &awaited.first), words::moment(awaited.asked, language)),
        who_may: page.fill("cosign-needed", "names", words::one_of(&awaited.others, language)),
        open: awaited.state == CosignState::Open,
        may_sign: found.awaited.hers,
        standing,
        sections,
        changes,
        error,
        page,
    };
    html_with(status, &answer)
}
