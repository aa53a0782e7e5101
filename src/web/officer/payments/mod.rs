//! Payment: what is to be paid, what is held and why, who has attested, and the files for the bank and the ledger.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, FieldKind, Link, State};

/// The payment page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/payments.html")]
pub struct PaymentsPage {
    /// The page around it.
    pub page: Page,
    /// One sentence: how many can be paid and how much, how many are held.
    pub summary: String,
    /// Orders that can go into a batch.
    pub ready: Vec<OrderRow>,
    /// Their sum.
    pub ready_total: String,
    /// Making a batch of them: fields for the day of payment and the channel.
    pub make_batch: Option<Action>,
    /// Orders that are held.
    pub held: Vec<HeldRow>,
    /// Batches, the latest first.
    pub batches: Vec<Batch>,
}

/// A payment order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderRow {
    /// The case's page.
    pub href: String,
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// Who gets it.
    pub association: String,
    /// What for.
    pub purpose: String,
    /// The account, all but the last figures masked.
    pub account: String,
    /// When it is due.
    pub due: String,
    /// The amount.
    pub amount: String,
}

/// A payment order that is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldRow {
    /// The order.
    pub order: OrderRow,
    /// What kind of hold.
    pub state: State,
    /// Why, and what lifts it.
    pub reason: String,
    /// Lifting it by hand, where the visitor may: POST with a reason.
    pub release: Option<Action>,
}

/// Orders that are paid together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// As `Bunt 14`.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// The day of payment.
    pub pay_date: String,
    /// How many orders.
    pub count: String,
    /// Their sum.
    pub total: String,
    /// Granskningsattest: who and when; empty when nobody has.
    pub reviewed: String,
    /// Beslutsattest: who and when; empty when nobody has.
    pub approved: String,
    /// What the visitor can do: `Granska`, `Attestera`, `Markera som betald`.
    pub actions: Vec<Action>,
    /// Why she cannot, as `Du har granskat bunten. En annan person måste attestera den.`
    pub waiting: String,
    /// The files, with name, size and checksum in the text.
    pub files: Vec<FileLink>,
    /// The orders in it.
    pub orders: Vec<OrderRow>,
}

/// A file to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLink {
    /// Where it lies.
    pub link: Link,
    /// What it is: `Betalfil till banken (pain.001)`.
    pub kind: String,
    /// Its size and checksum.
    pub detail: String,
}
