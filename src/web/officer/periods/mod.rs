//! Periods: when they can be closed, and what closing does.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, FieldKind, Link, State};

/// The periods of every grant type.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/periods.html")]
pub struct PeriodsPage {
    /// The page around it.
    pub page: Page,
    /// The periods, those that can be closed first.
    pub periods: Vec<PeriodRow>,
}

/// A period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeriodRow {
    /// The grant.
    pub grant: String,
    /// The period.
    pub period: String,
    /// The last day to apply.
    pub last_day: String,
    /// How many cases wait for it.
    pub waiting: String,
    /// Where it stands.
    pub state: State,
    /// What else can be done while it is open.
    pub ways: Vec<Link>,
    /// Closing it, where the visitor may and the day has passed.
    pub close: Option<Link>,
}

/// What closing a period locks, before it is done.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/period_close.html")]
pub struct ClosePage {
    /// The page around it.
    pub page: Page,
    /// Which grant and period.
    pub about: String,
    /// What is locked: label and number.
    pub facts: Vec<(String, String)>,
    /// What happens to clashes that nobody has answered; empty where there are none.
    pub unanswered: String,
    /// Closing it.
    pub close: Action,
}
