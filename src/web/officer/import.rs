//! The report of an import as the municipality reads it: the verdict, what was read, and every fault, without anybody's name.

use askama::Template;

use crate::attendance::finding::FindingCode;
use crate::attendance::report::ExcludedPerson;
use crate::domain::problem::Severity;
use crate::services::attendance::RowChoice;
use crate::services::attendance::half_words;
use crate::services::attendance::reports::OwnReport;
use crate::text::number;
use crate::web::Page;
use crate::web::attendance::figures;
use crate::web::attendance::words::{count, source_key};
use crate::web::officer::words::say;
use crate::web::parts::{Line, State};
use crate::web::site::Visitor;

/// How many faults the page shows.
const SHOWN: usize = 200;

/// The report. It stays and can be read again.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/import.html")]
pub struct ImportPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Which file: when it came.
    pub heading: String,
    /// Taken in, taken in with rows left out, refused.
    pub state: State,
    /// The verdict in a sentence.
    pub verdict: String,
    /// What else to know: sent before, not used any more, disposed of.
    pub remarks: Vec<String>,
    /// When, how, which format and half-year: label and value.
    pub facts: Vec<(String, String)>,
    /// What was read: occasions, marks, persons; and what was left out.
    pub summary: Vec<Line>,
    /// What the import did.
    pub effect: Vec<Line>,
    /// Faults and remarks, by line.
    pub problems: Vec<ImportProblem>,
    /// How many more there are than shown.
    pub more: usize,
}

/// A fault or a remark in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportProblem {
    /// The line in the file; empty when it concerns the whole.
    pub line: String,
    /// How grave: `Fel`, `Att veta`, or where a row that was left out stands.
    pub state: State,
    /// What is wrong and what the association can do.
    pub message: String,
    /// How many marks were left out with it; empty where none were.
    pub marks: String,
}

/// What stands around a report.
pub(in crate::web) struct Around {
    /// The page.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Which file.
    pub heading: String,
}

/// A report in words. Who a row is about is left out, and the id she has in the sending system with it.
pub(in crate::web) fn shown(visitor: &Visitor, report: &OwnReport, around: Around) -> ImportPage {
    let Around { page, about, heading } = around;
    let mut problems = problems(visitor, report);
    let unlisted = usize::try_from(report.report.findings_left_out).unwrap_or(usize::MAX);
    let more = problems.len().saturating_sub(SHOWN).saturating_add(unlisted);
    problems.truncate(SHOWN);
    let row = &report.row;
    ImportPage {
        page,
        about,
        heading,
        state: match (row.accepted, report.report.receipt.excluded_marks) {
            (false, _) => State::stop(visitor.t("att-file-refused")),
            (true, 0) => State::ok(visitor.t("att-file-in")),
            (true, _) => State::wait(visitor.t("att-file-partly")),
        },
        verdict: match (row.accepted, left_out(report)) {
            (false, _) => visitor.t("import-verdict-refused"),
            (true, 0) => visitor.t("import-verdict-in"),
            (true, left) => count(visitor.language, "import-verdict-partly", left),
        },
        remarks: remarks(visitor, report),
        facts: vec![
            (visitor.t("att-came"), number::moment(row.at, visitor.language)),
            (visitor.t("att-source"), visitor.t(source_key(row.source))),
            (visitor.t("att-format"), format!("{} {}", report.report.format.to_uppercase(), report.report.version).trim().to_owned()),
            (visitor.t("att-period"), half_words(&row.period).get(visitor.language).to_owned()),
        ],
        summary: figures::summary(visitor, report),
        effect: figures::effect(visitor, report),
        problems,
        more,
    }
}

fn left_out(report: &OwnReport) -> usize {
    usize::try_from(report.report.receipt.excluded_marks).unwrap_or(usize::MAX)
}

fn remarks(visitor: &Visitor, report: &OwnReport) -> Vec<String> {
    let before = report.same_as.as_ref().map(|before| {
        let at = number::moment(before.at, visitor.language);
        say(visitor.language, "import-same-file", &[("at", &at)])
    });
    let unused = (report.row.accepted && !report.counts).then(|| visitor.t("import-not-used"));
    before.into_iter().chain(unused).collect()
}

/// Rows that were left out, and the other findings, by line.
fn problems(visitor: &Visitor, report: &OwnReport) -> Vec<ImportProblem> {
    let found = &report.report;
    let excluded =
        found.excluded.iter().filter(|person| person.marks > 0).map(|person| (person.line, left_out_row(visitor, report, person)));
    // A person without a valid number stands among those left out, and of her the finding says more than is needed here.
    let unnumbered = |code: FindingCode| matches!(code, FindingCode::PersonNumberMissing | FindingCode::PersonNumberInvalid);
    let text = |line: u64| found.excluded.iter().find(|person| person.line == line).map(|person| &person.text);
    let others = found.findings.iter().filter(|finding| !unnumbered(finding.code) || finding.severity == Severity::Error).map(|finding| {
        let message = text(finding.line).filter(|_| unnumbered(finding.code)).unwrap_or(&finding.message);
        let problem = ImportProblem {
            line: if finding.line == 0 { String::new() } else { number::integer(i64::try_from(finding.line).unwrap_or(i64::MAX)) },
            state: match finding.severity {
                Severity::Error => State::stop(visitor.t("att-finding-error")),
                Severity::Warning => State::none(visitor.t("att-finding-warning")),
            },
            message: message.get(visitor.language).to_owned(),
            marks: String::new(),
        };
        (finding.line, problem)
    });
    let mut all: Vec<(u64, ImportProblem)> = excluded.chain(others).collect();
    all.sort_by_key(|(line, _)| *line);
    all.into_iter().map(|(_, problem)| problem).collect()
}

fn left_out_row(visitor: &Visitor, report: &OwnReport, person: &ExcludedPerson) -> ImportProblem {
    ImportProblem {
        line: number::integer(i64::try_from(person.line).unwrap_or(i64::MAX)),
        state: match report.choices.get(&person.line).map(|choice| choice.choice) {
            Some(RowChoice::Corrected) => State::ok(visitor.t("import-corrected")),
            Some(RowChoice::LeftOut) => State::none(visitor.t("import-stays-out")),
            None => State::wait(visitor.t("import-left-out")),
        },
        message: person.text.get(visitor.language).to_owned(),
        marks: number::integer(i64::try_from(person.marks).unwrap_or(i64::MAX)),
    }
}
