//! Statistics: what was applied for, granted, ordered and paid, against the budget.

pub(in crate::web) mod budgets;
pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, Choice, FieldKind, Link};
use crate::web::site::routes::{Access, Route};

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    use crate::domain::role::Role::{Administrator, Attester, Reviewer};
    vec![
        Route::get("/statistik", Access::Staff, handlers::page),
        Route::get("/statistik.csv", Access::Staff, handlers::csv),
        Route::get("/budget", Access::Staff, budgets::page),
        Route::post("/budget", Access::Roles(&[Administrator, Reviewer, Attester]), budgets::set),
        Route::post("/statistik/budget", Access::Roles(&[Administrator]), handlers::budget),
    ]
}

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "statistics/page.html")]
pub struct StatisticsPage {
    /// The page around it.
    pub page: Page,
    /// What the figures say, in one or two sentences.
    pub finding: String,
    /// Grants to choose from.
    pub grants: Vec<Choice>,
    /// Periods to choose from.
    pub periods: Vec<Choice>,
    /// Whether something is chosen.
    pub filtered: bool,
    /// Lines.
    pub lines: Vec<StatLine>,
    /// The sum of what is shown.
    pub total: Option<StatLine>,
    /// What is left out and why, in sentences.
    pub left_out: Vec<String>,
    /// The same figures as a file.
    pub csv: String,
    /// Entering a budget, for who may.
    pub budget: Option<Action>,
    /// When the figures were read.
    pub updated: String,
}

/// A grant type's period, written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatLine {
    /// The grant and the list of its cases.
    pub link: Link,
    /// The period.
    pub period: String,
    /// How many applications.
    pub cases: String,
    /// What they came to.
    pub applied: String,
    /// How many were granted.
    pub granted_cases: String,
    /// What was granted.
    pub granted: String,
    /// What is ordered to be paid.
    pub ordered: String,
    /// What is confirmed as paid.
    pub paid: String,
    /// The budget; a dash where none is entered.
    pub budget: String,
    /// The decision it rests on.
    pub reference: String,
    /// How much of the budget is granted; empty where there is no budget.
    pub used: String,
    /// Bars, all on the same scale from zero; none where the figures are hidden.
    pub bars: Vec<Bar>,
    /// Whether more than the budget is granted.
    pub over: bool,
}

/// A bar of the chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// What it shows.
    pub label: String,
    /// How much, written out.
    pub value: String,
    /// How long it is, in thousandths of the longest.
    pub length: i64,
    /// Its style class.
    pub class: &'static str,
}
