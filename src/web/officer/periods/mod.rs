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
    pub close: Option<Action>,
}
