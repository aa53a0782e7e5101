//! Every step of a calculation, for those who want to follow the rules line by line.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::words::say;
use crate::domain::id::CaseId;
use crate::services::cases::views;
use crate::services::packages;
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The trace of a stored calculation.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/trace.html")]
pub struct TracePage {
    /// The page around it.
    pub page: Page,
    /// Which rules and which input, in a sentence.
    pub source: String,
    /// The rules' own values that were used.
    pub values: Vec<UsedValue>,
    /// The steps, in order.
    pub steps: Vec<TraceStep>,
}

/// A dated value of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsedValue {
    /// What the rules call it.
    pub name: String,
    /// The value.
    pub value: String,
    /// From which day it holds.
    pub since: String,
    /// The paragraph.
    pub paragraph: String,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceStep {
    /// The line in the rules.
    pub line: String,
    /// The rule as it is written.
    pub rule: String,
    /// What came out of it: names and values, one by one.
    pub outcomes: Vec<String>,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let view = views::case(&site.tenant, visitor.staff()?, id).await?;
    let language = visitor.language;
    let done = view.calculated.as_ref().ok_or(Error::NotFound)?;
    let script = packages::script(&site.tenant, done.row.package_version_id).await?;
    let back = Link::new(format!("/arenden/{id}"), view.line.case.number.clone());
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), back, Link::here(visitor.t("trace-here"))];
    let page = visitor.page(&site, Section::Officer, visitor.t("trace-title"), crumbs).await?;
    let values = done.used.iter().map(|used| UsedValue {
        name: used.id.clone(),
        value: used.value.to_string(),
        since: number::date(used.date, language),
        paragraph: used.paragraph.clone(),
    });
    let version = done.version.to_string();
    let at = number::moment(done.row.at, language);
    let hash = done.row.input_hash.get(..12).unwrap_or_default();
    let source = say(language, "trace-source", &[("version", &version), ("at", &at), ("hash", hash)]);
    html(&TracePage { source, values: values.collect(), steps: steps(&done.trace, &script), page })
}

/// The trace beside the lines of the script it came from; what one line named follows in one step.
fn steps(trace: &[views::TraceLine], script: &str) -> Vec<TraceStep> {
    let written: Vec<&str> = script.lines().collect();
    let mut steps: Vec<(usize, TraceStep)> = Vec::new();
    for found in trace {
        match steps.last_mut() {
            Some((line, step)) if *line == found.line => step.outcomes.push(found.text.clone()),
            _ => {
                let rule = found.line.checked_sub(1).and_then(|at| written.get(at)).map_or_else(String::new, |line| line.trim().to_owned());
                steps.push((found.line, TraceStep { line: found.line.to_string(), rule, outcomes: vec![found.text.clone()] }));
            }
        }
    }
    steps.into_iter().map(|(_, step)| step).collect()
}
