//! The report of a file, which stays: what was taken, what was left out and why, and what to do about it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

use super::place::Place;
use super::{figures, home, words};
use crate::attendance::finding::FindingCode;
use crate::attendance::report::ExcludedPerson;
use crate::domain::id::ImportId;
use crate::domain::localized::Language;
use crate::domain::problem::Severity;
use crate::services::attendance::RowChoice;
use crate::services::attendance::reports::{self, OwnReport};
use crate::services::attendance::{self, half_words};
use crate::services::{ServiceError, ServiceResult};
use crate::text::fluent;
use crate::web::officer::import;
use crate::web::page::{Page, Section};
use crate::web::parts::{Line, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// How many rows the page shows; the rest is in the file to download.
const SHOWN: usize = 200;

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/report.html")]
pub struct ReportPage {
    /// The page around it; the title is the file's name.
    pub page: Page,
    /// The report's path.
    pub path: String,
    /// The ways back to the applications that are being written.
    pub back: Vec<Link>,
    /// Taken, taken with rows left out, refused.
    pub state: Shown,
    /// What that means and what to do.
    pub verdict: String,
    /// What else to know: sent before, for another half-year, period closed.
    pub remarks: Vec<String>,
    /// Rows that were left out.
    pub excluded: Vec<ExcludedRow>,
    /// How many more there are.
    pub more_excluded: usize,
    /// The button that leaves out what nothing was said about; empty where there is nothing.
    pub leave_out: String,
    /// Faults and remarks by line.
    pub findings: Vec<FindingRow>,
    /// How many more there are.
    pub more_findings: usize,
    /// What was read.
    pub summary: Vec<Line>,
    /// What the import did.
    pub effect: Vec<Line>,
    /// When it came and how: label and value.
    pub facts: Vec<(String, String)>,
}

/// Somebody whose marks were left out.
#[derive(Clone, Debug, Default)]
pub struct ExcludedRow {
    /// The line in the file.
    pub line: u64,
    /// Who, as the file names her.
    pub who: String,
    /// How many marks.
    pub marks: String,
    /// Why, and what to do.
    pub why: String,
    /// Where it stands.
    pub state: Shown,
    /// Whether it can be corrected here.
    pub open: bool,
    /// What was typed.
    pub typed: String,
    /// What is wrong with it.
    pub error: String,
    /// The correction, where it was made.
    pub correction: Option<Link>,
}

/// A fault or remark.
#[derive(Clone, Debug, Default)]
pub struct FindingRow {
    /// The line; empty where it concerns the whole file.
    pub line: String,
    /// How grave.
    pub state: Shown,
    /// What is wrong and what to do.
    pub message: String,
}

/// A correction that was not taken.
struct Wrong<'a> {
    line: u64,
    typed: &'a str,
    message: String,
}

/// The file of an address.
#[derive(Debug, serde::Deserialize)]
pub(super) struct InFile {
    half: String,
    import: ImportId,
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, import)): Path<(String, ImportId)>,
) -> Result<Response, Error> {
    let (_, actor) = visitor.applicant()?;
    let report = reports::report(&site.tenant, actor, import).await?;
    if report.row.period != half {
        return Ok(Redirect::to(&format!("/narvaro/{}/fil/{import}", report.row.period)).into_response());
    }
    show(&site, &visitor, &report, None).await
}

/// The report of a file that an officer reads in for a paper, as the municipality reads it: without anybody's name.
pub(super) async fn of_paper(
    State(site): State<Site>,
    place: Place,
    Path(InFile { half, import }): Path<InFile>,
) -> Result<Response, Error> {
    let visitor = &place.visitor;
    let report = reports::report(&site.tenant, place.actor()?, import).await?;
    if report.row.organisation_id != place.organisation {
        return Err(Error::NotFound);
    }
    let language = visitor.language;
    let heading = fluent::t(language, "import-title", &[("at", words::moment(report.row.at, language).into())]);
    let about = half_words(&half).get(language).to_owned();
    let page = visitor.page(&site, place.section(), heading.clone(), place.crumbs(Some((&half, &about)), &heading)).await?;
    html(&import::shown(visitor, &report, import::Around { page, about, heading }))
}

async fn show(site: &Site, visitor: &Visitor, report: &OwnReport, wrong: Option<Wrong<'_>>) -> Result<Response, Error> {
    let language = visitor.language;
    let row = &report.row;
    let path = format!("/narvaro/{}/fil/{}", row.period, row.id);
    let name = if row.file_name.is_empty() { visitor.t(words::source_key(row.source)) } else { row.file_name.clone() };
    let period = half_words(&row.period).get(language).to_owned();
    let title = fluent::t(language, "att-report-title", &[("name", name.clone().into()), ("at", words::moment(row.at, language).into())]);
    let crumbs = words::crumbs(visitor, Some((&row.period, &period)), &visitor.t("att-report"));
    let mut page = visitor.page(site, Section::Applicant, title, crumbs).await?;
    if let Some(wrong) = &wrong {
        page.errors.push(Link::new(format!("#personnummer-{}", wrong.line), wrong.message.clone()));
    }
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (_, undecided) = report.undecided();
    let findings: Vec<FindingRow> = report
        .report
        .findings
        .iter()
        .filter(|finding| !is_excluded_row(finding.code) || finding.severity == Severity::Error)
        .map(|finding| FindingRow {
            line: if finding.line == 0 { String::new() } else { finding.line.to_string() },
            state: match finding.severity {
                Severity::Error => Shown::stop(visitor.t("att-finding-error")),
                Severity::Warning => Shown::wait(visitor.t("att-finding-warning")),
            },
            message: finding.message.get(language).to_owned(),
        })
        .collect();
    let excluded: Vec<&ExcludedPerson> = report.report.excluded.iter().filter(|person| person.marks > 0).collect();
    html_with(
        status,
        &ReportPage {
            state: state(report, visitor),
            back: home::ways_back(site, visitor, &row.period).await?,
            verdict: verdict(report, visitor),
            remarks: remarks(report, visitor),
            more_excluded: excluded.len().saturating_sub(SHOWN),
            excluded: excluded.iter().take(SHOWN).map(|person| excluded_row(report, person, visitor, wrong.as_ref())).collect(),
            leave_out: if undecided > 0 && report.counts {
                words::count(language, "att-leave-out", usize::try_from(undecided).unwrap_or(usize::MAX))
            } else {
                String::new()
            },
            more_findings: findings.len().saturating_sub(SHOWN),
            findings: findings.into_iter().take(SHOWN).collect(),
            summary: figures::summary(visitor, report),
            effect: figures::effect(visitor, report),
            facts: vec![
                (visitor.t("att-came"), words::moment(row.at, language)),
                (visitor.t("att-source"), visitor.t(words::source_key(row.source))),
                (visitor.t("att-format"), format(report)),
                (visitor.t("att-period"), period),
            ],
            path,
            page,
        },
    )
}

/// A person without a valid number stands among those left out, where she can be corrected.
fn is_excluded_row(code: FindingCode) -> bool {
    matches!(code, FindingCode::PersonNumberMissing | FindingCode::PersonNumberInvalid)
}

fn format(report: &OwnReport) -> String {
    match report.report.format.as_str() {
        "dak" => format!("DAK {}", report.report.version).trim().to_owned(),
        other => other.to_owned(),
    }
}

fn state(report: &OwnReport, visitor: &Visitor) -> Shown {
    match (report.row.accepted, report.undecided().1) {
        (false, _) => Shown::stop(visitor.t("att-file-refused")),
        (true, 0) => Shown::ok(visitor.t("att-file-in")),
        (true, _) => Shown::wait(visitor.t("att-file-partly")),
    }
}

fn verdict(report: &OwnReport, visitor: &Visitor) -> String {
    let left_out = usize::try_from(report.report.receipt.excluded_marks).unwrap_or(usize::MAX);
    match (report.row.accepted, left_out) {
        (false, _) => visitor.t("att-verdict-refused"),
        (true, 0) => visitor.t("att-verdict-in"),
        (true, count) => words::count(visitor.language, "att-verdict-partly", count),
    }
}

fn remarks(report: &OwnReport, visitor: &Visitor) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(before) = &report.same_as {
        let at = words::moment(before.at, visitor.language);
        remarks.push(fluent::t(visitor.language, "att-same-file", &[("at", at.into())]));
    }
    if report.row.accepted && !report.counts {
        remarks.push(visitor.t("att-not-used"));
    }
    if !report.report.excluded.is_empty() && !report.openable {
        remarks.push(visitor.t("att-disposed"));
    }
    remarks
}

fn excluded_row(report: &OwnReport, person: &ExcludedPerson, visitor: &Visitor, wrong: Option<&Wrong<'_>>) -> ExcludedRow {
    let choice = report.choices.get(&person.line);
    let state = match choice.map(|choice| choice.choice) {
        Some(RowChoice::Corrected) => Shown::ok(visitor.t("att-row-corrected")),
        Some(RowChoice::LeftOut) => Shown::none(visitor.t("att-row-left-out")),
        None => Shown::wait(visitor.t("att-row-open")),
    };
    let corrected = choice.is_some_and(|choice| choice.choice == RowChoice::Corrected);
    let wrong = wrong.filter(|wrong| wrong.line == person.line);
    ExcludedRow {
        line: person.line,
        who: who(person, visitor),
        marks: words::count(visitor.language, "att-marks", usize::try_from(person.marks).unwrap_or(usize::MAX)),
        why: person.text.get(visitor.language).to_owned(),
        state,
        open: report.counts && report.openable && !corrected,
        typed: wrong.map_or_else(String::new, |wrong| wrong.typed.to_owned()),
        error: wrong.map_or_else(String::new, |wrong| wrong.message.clone()),
        correction: None,
    }
}

/// Her name as the file has it, else her id in the sending system.
fn who(person: &ExcludedPerson, visitor: &Visitor) -> String {
    let name = person.name.whole();
    if name.is_empty() { fluent::t(visitor.language, "att-person-id", &[("id", person.id.clone().into())]) } else { name }
}

pub(super) async fn correct(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, import)): Path<(String, ImportId)>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let (_, actor) = visitor.applicant()?;
    let line: u64 = sent.get("rad").and_then(|line| line.parse().ok()).ok_or(Error::NotFound)?;
    let typed = sent.get("personnummer").map(String::as_str).unwrap_or_default();
    let done: ServiceResult<ImportId> = attendance::correct(&site.tenant, actor, import, line, typed).await;
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/narvaro/{half}/fil/{import}?kvitto=rattad#utanfor")).into_response()),
        Err(ServiceError::Invalid(findings)) => {
            let message = findings.first().map(|finding| finding.message.get(visitor.language).to_owned()).unwrap_or_default();
            let report = reports::report(&site.tenant, actor, import).await?;
            show(&site, &visitor, &report, Some(Wrong { line, typed, message })).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn leave_out(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, import)): Path<(String, ImportId)>,
) -> Result<Response, Error> {
    let (_, actor) = visitor.applicant()?;
    attendance::leave_out(&site.tenant, actor, import).await?;
    Ok(Redirect::to(&format!("/narvaro/{half}/fil/{import}?kvitto=utanfor#utanfor")).into_response())
}

pub(super) async fn answer(
    State(site): State<Site>,
    visitor: Visitor,
    Path((_, import)): Path<(String, ImportId)>,
) -> Result<Response, Error> {
    let (_, actor) = visitor.applicant()?;
    let document = reports::answer_document(&site.tenant, actor, import).await?;
    let headers = [(CONTENT_TYPE, "application/xml; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"svar.xml\"")];
    Ok((headers, document).into_response())
}

pub(super) async fn csv(
    State(site): State<Site>,
    visitor: Visitor,
    Path((_, import)): Path<(String, ImportId)>,
) -> Result<Response, Error> {
    let (_, actor) = visitor.applicant()?;
    let report = reports::report(&site.tenant, actor, import).await?;
    let table = table(&report, &visitor).map_err(Error::internal)?;
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"rapport.csv\"")];
    Ok((headers, table).into_response())
}

/// The report as a table that spreadsheets open: semicolons, a byte order mark, and nothing that a cell could reckon with.
fn table(report: &OwnReport, visitor: &Visitor) -> Result<Vec<u8>, ::csv::Error> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    {
        let mut writer = ::csv::WriterBuilder::new().delimiter(b';').from_writer(&mut bytes);
        writer.write_record(["att-csv-line", "att-csv-state", "att-csv-who", "att-csv-marks", "att-csv-what"].map(|key| visitor.t(key)))?;
        for person in &report.report.excluded {
            let row = excluded_row(report, person, visitor, None);
            let cells = [person.line.to_string(), row.state.word, row.who, person.marks.to_string(), row.why];
            writer.write_record(cells.map(|cell| harmless(&cell)))?;
        }
        for finding in report.report.findings.iter().filter(|finding| !is_excluded_row(finding.code)) {
            let state = match finding.severity {
                Severity::Error => visitor.t("att-finding-error"),
                Severity::Warning => visitor.t("att-finding-warning"),
            };
            let language: Language = visitor.language;
            let cells = [finding.line.to_string(), state, String::new(), String::new(), finding.message.get(language).to_owned()];
            writer.write_record(cells.map(|cell| harmless(&cell)))?;
        }
        writer.flush()?;
    }
    Ok(bytes)
}

/// A cell that a spreadsheet reads as text: what begins as a formula gets an apostrophe before it (CWE-1236).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}
