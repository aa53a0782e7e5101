//! The two attests: what was shown is what is attested.
//!
//! Each row on the page carries the hash of its amount, payee and account. The form sends it back, and what has changed
//! meanwhile is refused with the reason. The hash is kept with the attest: an order whose hash is another when the files
//! are made goes back to be reviewed, so that no account is paid that nobody vouched for.

use chrono::NaiveDate;
use serde_json::json;

use super::views::{self, OrderShown};
use super::{domain_order, refuse, rights};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical::Sha;
use crate::domain::id::PaymentOrderId;
use crate::domain::payment::{AttestBasis, AttestKind, AttestRefused, PaymentState, may_attest};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts};
use crate::store::Tx;
use crate::store::payment_lists::OrderLine;
use crate::store::payments::{self as rows, OrderRow};

/// Which of the two attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attest {
    /// Granskningsattest.
    Review,
    /// Beslutsattest.
    Payment,
}

/// An order as somebody saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub order: PaymentOrderId,
    /// The hash of what was shown.
    pub hash: String,
}

impl Seen {
    /// From what a form sends: the order and the hash, with a colon between.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (order, hash) = text.split_once(':')?;
        Some(Self { order: order.parse().ok()?, hash: hash.to_owned() })
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.order, self.hash)
    }
}

/// What became of one of several attests.
#[derive(Debug)]
pub struct Attested {
    /// Which order.
    pub order: PaymentOrderId,
    /// Its case, where the actor may know it.
    pub number: String,
    /// Whether it was attested.
    pub result: ServiceResult<()>,
}

/// The hash of what an attester is shown of an order.
#[must_use]
pub fn seen(line: &OrderLine) -> String {
    let account = line.account_sent.as_deref().or(line.account.as_deref()).unwrap_or_default();
    let amount = line.amount_ore.ore().to_be_bytes();
    Sha::of_parts(&[line.id.0.as_bytes(), line.end_to_end_id.as_bytes(), &amount, line.organisation_id.0.as_bytes(), account.as_bytes()])
        .hex()
}

/// Why somebody cannot give the attest that is next for an order; `None` when she can, or none is next.
pub(super) fn barred(actor: &Actor, line: &OrderLine, day: NaiveDate) -> Option<Localized> {
    let (about, amount) = (line.about(), line.amount_ore);
    let (kind, action) = match PaymentState::from_code(&line.state)? {
        PaymentState::Draft => (AttestKind::Review, Action::Review { about, amount }),
        PaymentState::Reviewed => (AttestKind::Payment, Action::Attest { about, amount }),
        PaymentState::Attested
        | PaymentState::Exported
        | PaymentState::Accepted
        | PaymentState::Rejected
        | PaymentState::Unknown
        | PaymentState::Booked
        | PaymentState::Returned
        | PaymentState::Cancelled => return None,
    };
    match authorize(actor, action) {
        Ok(_) => {}
        Err(ServiceError::Refused(text)) => return Some(text),
        Err(_) => return Some(Localized::default()),
    }
    let user = actor.user()?.id;
    let basis = AttestBasis { decided_by: line.decided_by, reviewed_by: line.reviewed_by, payable: amount };
    may_attest(kind, user, &basis, &rights(actor), day).err().map(AttestRefused::message)
}

/// Granskningsattest: the order agrees with its grounds.
///
/// # Errors
/// [`ServiceError::Refused`] for who may not, decided it herself, or when it is not a draft.
pub async fn review(tenant: &Tenant, actor: &Actor, id: PaymentOrderId) -> ServiceResult<()> {
    give(tenant, actor, id, Attest::Review, None).await
}

/// Beslutsattest: the order may be paid.
///
/// # Errors
/// [`ServiceError::Refused`] for who may not, decided or reviewed it herself, or when it is not reviewed.
pub async fn attest(tenant: &Tenant, actor: &Actor, id: PaymentOrderId) -> ServiceResult<()> {
    give(tenant, actor, id, Attest::Payment, None).await
}

/// Gives an attest to each of several orders as they were shown. Each stands by itself: one that is refused keeps none
/// of the others back.
///
/// # Errors
/// When the database cannot be read or written. Refusals are answers.
pub async fn attest_seen(tenant: &Tenant, actor: &Actor, which: Attest, orders: &[Seen]) -> ServiceResult<Vec<Attested>> {
    let mut done = Vec::with_capacity(orders.len());
    for seen in orders {
        let number = {
            let mut tx = tenant.db.read().await?;
            views::one(&mut tx, tenant, actor, seen.order).await.map(|order| order.line.number).unwrap_or_default()
        };
        let result = conflicts::noting(tenant, actor, give(tenant, actor, seen.order, which, Some(&seen.hash)).await).await?;
        match result {
            Err(error @ (ServiceError::Store(_) | ServiceError::Internal(_))) => return Err(error),
            result => done.push(Attested { order: seen.order, number, result }),
        }
    }
    Ok(done)
}

async fn give(tenant: &Tenant, actor: &Actor, id: PaymentOrderId, which: Attest, hash: Option<&str>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let mut row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let action = match which {
        Attest::Review => Action::Review { about: row.about(), amount: row.amount_ore },
        Attest::Payment => Action::Attest { about: row.about(), amount: row.amount_ore },
    };
    authorize(actor, action)?;
    conflicts::must_be_free(&mut tx, tenant, actor, row.about()).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let now = views::one(&mut tx, tenant, actor, id).await?;
    if hash.is_some_and(|hash| hash != now.seen) {
        return Err(changed(&now));
    }
    let order = domain_order(&mut tx, &row).await?;
    let rights = rights(actor);
    let today = tenant.clock.today();
    let before = row.state.clone();
    let kind = match which {
        Attest::Review => {
            let order = order.review(user, &rights, today).map_err(refuse)?;
            (row.state, row.reviewed_by, row.reviewed_at) = (order.state.code().to_owned(), Some(user), Some(tenant.clock.now()));
            row.reviewed_hash = Some(now.seen.clone());
            "payment.reviewed"
        }
        Attest::Payment => {
            let order = order.attest(user, &rights, today).map_err(refuse)?;
            if row.reviewed_hash.as_ref().is_some_and(|reviewed| *reviewed != now.seen) {
                // What the reviewer vouched for is no longer so.
                send_back(&mut tx, tenant, actor, row).await?;
                tx.commit().await?;
                return Err(changed(&now));
            }
            (row.state, row.attested_by, row.attested_at) = (order.state.code().to_owned(), Some(user), Some(tenant.clock.now()));
            row.attested_hash = Some(now.seen.clone());
            "payment.attested"
        }
    };
    if !rows::update(&mut tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    let body = json!({ "order": id, "amount_ore": row.amount_ore, "seen": now.seen });
    history::record(&mut tx, tenant, Stream::Case(row.case_id), actor, Event { kind, body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether an order is still what its attesters saw. One attested before hashes were kept counts as the same.
pub(super) async fn still_as_attested(tx: &mut Tx, tenant: &Tenant, row: &OrderRow) -> ServiceResult<bool> {
    let Some(attested) = &row.attested_hash else { return Ok(true) };
    Ok(views::one(tx, tenant, &Actor::Service, row.id).await?.seen == *attested)
}

/// Back to be reviewed: both attests fall, because what they vouched for has changed.
pub(super) async fn send_back(tx: &mut Tx, tenant: &Tenant, actor: &Actor, mut row: OrderRow) -> ServiceResult<()> {
    let before = row.state.clone();
    let order = domain_order(tx, &row).await?.send_back().map_err(refuse)?;
    row.state = order.state.code().to_owned();
    (row.reviewed_by, row.reviewed_at, row.reviewed_hash) = (None, None, None);
    (row.attested_by, row.attested_at, row.attested_hash) = (None, None, None);
    if !rows::update(tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    debug_assert_eq!(PaymentState::from_code(&row.state), Some(PaymentState::Draft));
    let body = json!({ "order": row.id, "from": before, "because": "account_changed" });
    history::record(tx, tenant, Stream::Case(row.case_id), actor, Event { kind: "payment.sent_back", body, texts: &[] }).await
}

fn changed(now: &OrderShown) -> ServiceError {
    let account = now.account.clone().unwrap_or_else(|| "–".to_owned());
    ServiceError::Refused(Localized::both(
        format!("Utbetalningen har ändrats sedan den visades: kontot är nu {account}. Kontrollera den och attestera på nytt."),
        format!("The payment has changed since it was shown: the account is now {account}. Check it and attest again."),
    ))
}
