//! The assessments that were handed in, to read: on the screen, on paper, and from the sheet's own address once it is done.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::assess::{JudgementLine, ScaleGroup, given_group, judgement_line};
use super::case::opened::Opened;
use crate::domain::id::CaseId;
use crate::services::assessments::finished;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// Everything that was handed in on sheets.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/assessed.html")]
pub struct AssessedPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// What was handed in, a task each.
    pub tasks: Vec<AssessedTask>,
}

/// What was handed in for a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessedTask {
    /// What it is called.
    pub title: String,
    /// The scales with what each gave.
    pub scales: Vec<ScaleGroup>,
    /// What each judged of the whole.
    pub judgements: Vec<JudgementLine>,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(case): Path<CaseId>) -> Result<Response, Error> {
    let opened = Opened::of(&site, &visitor, case).await?;
    let language = visitor.language;
    let found = finished::of_case(&site.tenant, visitor.staff()?, case).await?;
    html(&AssessedPage {
        about: opened.about(language),
        tasks: found
            .iter()
            .map(|task| AssessedTask {
                title: task.label.get(language).to_owned(),
                scales: task.scales.iter().map(|scale| given_group(scale, language)).collect(),
                judgements: task.judgements.iter().map(|judgement| judgement_line(judgement, language)).collect(),
            })
            .collect(),
        page: opened.page(&site, &visitor, "assessed-title").await?,
    })
}
