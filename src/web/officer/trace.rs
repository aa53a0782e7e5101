//! Every step of a calculation, for those who want to follow the rules line by line.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::words::say;
use crate::domain::calculation::Evaluation;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::views::{self, Calculated};
use crate::services::packages;
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor, words};
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
    html(&TracePage { source, values: values.collect(), steps: steps(done, &script, language), page })
}

/// The lines of the script that gave something: what they named, as it was traced, and what in the result bears a name
/// that they write (a requirement, a filter, a row).
fn steps(done: &Calculated, script: &str, language: Language) -> Vec<TraceStep> {
    let named = outcomes(&done.evaluation, language);
    let step = |(at, text): (usize, &str)| {
        let (line, rule) = (at + 1, text.trim());
        if rule.starts_with("//") || rule.starts_with("fn ") {
            return None;
        }
        let traced = done.trace.iter().filter(|found| found.line == line).map(|found| found.text.clone());
        let mut outcomes: Vec<String> = traced.collect();
        outcomes.extend(named.iter().filter(|(id, _)| writes(rule, id)).map(|(_, text)| text.clone()));
        (!outcomes.is_empty()).then(|| TraceStep { line: line.to_string(), rule: rule.to_owned(), outcomes })
    };
    script.lines().enumerate().filter_map(step).collect()
}

/// What the result says, by the name the script gave it.
fn outcomes(result: &Evaluation, language: Language) -> Vec<(String, String)> {
    let value = |text: &str, value: &str| format!("{text}: {value}");
    let checks = result.checks.iter().map(|check| {
        let shown = words::check(check, language);
        (check.id.clone(), value(&shown.text, &shown.state.word))
    });
    let account = result.account.iter().map(|line| (line.id.clone(), value(line.text.get(language), &number::integer(line.marks))));
    let rows = result.rows.iter().map(|row| {
        let shown = words::row(row, language);
        (row.id.clone(), value(&shown.text, &shown.value))
    });
    checks.chain(account).chain(rows).collect()
}

/// Whether a line writes a name where names are given: as a text of its own, or as what is called.
fn writes(rule: &str, name: &str) -> bool {
    let inner = |symbol: char| symbol.is_alphanumeric() || symbol == '_';
    let called = |at: usize| rule[at + name.len()..].starts_with('(') && !rule[..at].ends_with(inner);
    !name.is_empty() && (rule.contains(&format!("\"{name}\"")) || rule.match_indices(name).any(|(at, _)| called(at)))
}
