//! Batches: their files, how they reconcile, the bank's report, and the payments in each.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{FieldKind, Link, State};
use crate::web::pay::orders::OrderRow;

/// The batches.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pay/batches.html")]
pub struct BatchesPage {
    /// The page around it.
    pub page: Page,
    /// Batches, the latest first.
    pub batches: Vec<Batch>,
    /// Whether the visitor may hand in the bank's report.
    pub may_report: bool,
    /// What is wrong with the report that was handed in.
    pub report_error: Option<String>,
    /// Older batches.
    pub next: Option<Link>,
}

/// One batch with its payments.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pay/batch.html")]
pub struct BatchPage {
    /// The page around it.
    pub page: Page,
    /// The batch.
    pub batch: Batch,
    /// A page of its payments.
    pub orders: Vec<OrderRow>,
    /// What had changed since it was attested and went back to be reviewed: case and payee.
    pub sent_back: Vec<(Link, String)>,
    /// What the report held that is not in the batch.
    pub foreign: Option<String>,
    /// The next page.
    pub next: Option<Link>,
}

impl BatchPage {
    /// No row of a batch is ticked.
    fn may_tick(&self) -> bool {
        false
    }
}

/// Payments that left together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Its page; no address where the visitor must keep away from one of its payees.
    pub link: Link,
    /// The day of payment.
    pub pay_date: String,
    /// How many payments.
    pub count: String,
    /// Their sum.
    pub total: String,
    /// How it reconciles, in a sentence.
    pub reconciled: String,
    /// Whether everything is paid.
    pub state: State,
    /// How many stand where, with sums.
    pub states: Vec<StateLine>,
    /// The files.
    pub files: Vec<FileLink>,
    /// Why nothing more is shown.
    pub closed: Option<String>,
}

/// Payments of a batch in one state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateLine {
    /// The state.
    pub state: State,
    /// How many.
    pub count: String,
    /// Their sum.
    pub total: String,
}

/// A file to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLink {
    /// Where it lies; no address for who makes no payments.
    pub link: Link,
    /// What it is: `Betalfil till banken (pain.001)`.
    pub kind: String,
    /// Its size and checksum.
    pub detail: String,
}
