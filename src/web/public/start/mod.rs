//! The first page: what one can apply for, until when, and when it is paid.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Link, State};

/// The first page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/start.html")]
pub struct StartPage {
    /// The page around it.
    pub page: Page,
    /// One or two sentences on what one can do here.
    pub lead: String,
    /// The buttons under the lead, the first filled.
    pub ways: Vec<Link>,
    /// The last day that comes next.
    pub next: Option<NextDay>,
    /// Grants, open ones first.
    pub grants: Vec<GrantRow>,
    /// Where the day's work lies, for those who work here: with a sentence each.
    pub work: Vec<Shortcut>,
}

/// The last day that comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextDay {
    /// As `25 augusti 2026`.
    pub date: String,
    /// How long that is, as `om 5 dagar`.
    pub left: String,
    /// For what.
    pub what: String,
    /// The year's dates as a calendar file.
    pub calendar: Option<Link>,
}

/// A grant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantRow {
    /// Its page; empty when there is none.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// How it comes about, as `Beräknas utifrån er närvaro`.
    pub note: String,
    /// For whom.
    pub who: String,
    /// What one can get.
    pub what: String,
    /// Whether it is open.
    pub state: State,
    /// The last day to apply, and for which period.
    pub last_day: String,
    /// The period that is applied for.
    pub period: String,
    /// When it is paid.
    pub payment: String,
}

/// A way to a part of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortcut {
    /// Where it leads and what it is called.
    pub link: Link,
    /// What waits there, as `5 av 214 ärenden behöver handläggas`.
    pub text: String,
}
