//! Every step of a calculation, for those who want to follow the rules line by line.

use askama::Template;

use crate::web::Page;

/// The trace of a stored calculation.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/trace.html")]
pub struct TracePage {
    /// The page around it.
    pub page: Page,
    /// Which rules and which input, in a sentence.
    pub source: String,
    /// The steps, in order.
    pub steps: Vec<TraceStep>,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceStep {
    /// The line in the rules.
    pub line: String,
    /// The rule as it is written.
    pub rule: String,
    /// What came out: names and values.
    pub outcome: String,
    /// The paragraph.
    pub paragraph: String,
}
