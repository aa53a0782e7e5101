//! Payments by where they stand: to review, to attest, ready, held, to look into, sent.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, FieldKind, Link, State};

/// A list of payments.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pay/orders.html")]
pub struct OrdersPage {
    /// The page around it.
    pub page: Page,
    /// The lists, with how many stand in each.
    pub tabs: Vec<Tab>,
    /// The list's name.
    pub heading: String,
    /// What this list is and what to do with it.
    pub lead: String,
    /// What an empty list says.
    pub empty: String,
    /// Rows.
    pub orders: Vec<OrderRow>,
    /// The whole list's count and sum, in a sentence.
    pub summary: String,
    /// Where the ticked rows are sent; empty where nothing is ticked.
    pub attest_url: String,
    /// What the attest's button says.
    pub attest_button: String,
    /// Refused ones, each with its reason, after a form came back.
    pub refused: Vec<String>,
    /// What had changed since it was attested and went back to be reviewed: case and payee.
    pub sent_back: Vec<(Link, String)>,
    /// Making files of all that are ready.
    pub make_batch: Option<Action>,
    /// The next page.
    pub next: Option<Link>,
}

impl OrdersPage {
    /// Whether there is a row that can be ticked.
    fn may_tick(&self) -> bool {
        !self.attest_url.is_empty() && self.orders.iter().any(|order| order.barred.is_none())
    }
}

/// A list's name with its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// The list.
    pub link: Link,
    /// How many.
    pub count: String,
    /// Whether it is shown.
    pub current: bool,
}

/// A payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderRow {
    /// The order and the hash of what is shown of it.
    pub seen: String,
    /// The case's page.
    pub href: String,
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// Who gets it.
    pub payee: String,
    /// Her organisation number.
    pub payee_number: String,
    /// What for.
    pub purpose: String,
    /// The account as printed.
    pub account: String,
    /// The account before it, when it was changed and who confirmed it.
    pub account_note: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Why it is held, or what the bank said.
    pub notes: Vec<String>,
    /// Who has attested it and when.
    pub attests: Vec<String>,
    /// The amount.
    pub amount: String,
    /// Why the visitor cannot attest it; `None` when she can.
    pub barred: Option<String>,
    /// Ticked from the start: nothing holds it and the account is the one of last time.
    pub selected: bool,
    /// What the visitor can do with it.
    pub actions: Vec<Action>,
}
