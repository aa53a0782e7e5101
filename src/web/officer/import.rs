//! The report of an import: the verdict, what was read, and every fault with a way out.

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Line, Link, State};

/// The report. It stays and can be read again.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/import.html")]
pub struct ImportPage {
    /// The page around it; the title is the file's name.
    pub page: Page,
    /// Accepted, accepted with remarks, refused.
    pub state: State,
    /// The verdict in a sentence: what it means and what to do.
    pub verdict: String,
    /// Who sent it, when, how, which format: label and value.
    pub facts: Vec<(String, String)>,
    /// What was read: occasions, marks, persons; and what was left out.
    pub summary: Vec<Line>,
    /// Faults and remarks, by line.
    pub problems: Vec<ImportProblem>,
    /// How many more there are than shown.
    pub more: usize,
    /// The report as a file.
    pub download: Option<Link>,
    /// Sending a corrected file.
    pub again: Option<Link>,
}

/// A fault or a remark in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportProblem {
    /// How grave: `Fel`, `Räknas inte`, `Att veta`.
    pub state: State,
    /// The line in the file; empty when it concerns the whole.
    pub line: String,
    /// Which column or element.
    pub column: String,
    /// What stands there; a personal number only masked.
    pub value: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}
