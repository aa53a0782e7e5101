//! A case as its association reads it.

use askama::Template;

use crate::web::page::Page;
use crate::web::parts::{CheckLine, Event, Line, Link, State};
use crate::web::site::report::ReportBox;

mod events;
pub(in crate::web) mod handlers;

/// A case.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/case.html")]
pub struct CasePage {
    /// What stands around it.
    pub page: Page,
    /// The case's address.
    pub base: String,
    /// The grant.
    pub title: String,
    /// Number, period, applicant.
    pub about: String,
    /// How it stands.
    pub state: State,
    /// What that means and what comes next.
    pub explanation: String,
    /// What she is asked to do.
    pub ask: Option<Ask>,
    /// What stands over the amount; empty where no money is paid.
    pub amount_title: String,
    /// The amount, large.
    pub amount: String,
    /// What is said under it.
    pub amount_note: String,
    /// From attendance to what counts.
    pub account: Vec<Line>,
    /// How it was reckoned.
    pub rows: Vec<Line>,
    /// Requirements that are not met or not known.
    pub checks: Vec<CheckLine>,
    /// The decision's letter.
    pub letter: Option<Link>,
    /// Documents: number, date, title, address.
    pub documents: Vec<Document>,
    /// What was promised for later.
    pub promised: Vec<String>,
    /// Where it can be sent, while it still can.
    pub deliver: Option<String>,
    /// What has happened, the newest first.
    pub events: Vec<Event>,
    /// Name and text.
    pub facts: Vec<(String, String)>,
    /// What it has to do with reports on grants.
    pub report: Option<ReportBox>,
    /// Whether another application may take its place, until when.
    pub replace: Option<String>,
    /// Whether it may be taken back.
    pub withdraw: bool,
    /// Whether something came in that there is a receipt for.
    pub receipt: bool,
}

/// What she is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// What it is.
    pub title: String,
    /// What is missing or new, a line each.
    pub lines: Vec<String>,
    /// Until when.
    pub last_day: Option<String>,
    /// What happens otherwise.
    pub consequence: Option<String>,
    /// Where it is done.
    pub way: Way,
    /// What was written there, where it could not be sent.
    pub typed: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What else can be done: where each form is sent, and what its button says.
    pub also: Vec<Link>,
}

/// How it is done.
#[derive(Clone, Debug, Default)]
pub enum Way {
    /// A page to go to.
    #[default]
    Nothing,
    /// A page to go to.
    Go(Link),
    /// A button that opens something: where the form is sent, and what it says.
    Open(Link),
    /// A text to write: where the form is sent, and what it says.
    Write(Link),
}

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its number in the case.
    pub no: String,
    /// When.
    pub dated: String,
    /// What it is.
    pub title: String,
    /// Whether it came from her.
    pub direction: String,
    /// Where it is read; empty when it has no file.
    pub href: String,
}
