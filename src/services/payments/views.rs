//! Reads for the payment pages: a list a page at a time, what stands where, batches and their reconciliation.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::control;
use crate::app::Tenant;
use crate::domain::account_number::AccountNumber;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{PaymentBatchId, PaymentOrderId};
use crate::domain::payment::{HoldReason, PaymentState};
use crate::domain::{Localized, Money};
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, protection};
use crate::store::Tx;
use crate::store::payment_lists::{self as lists, OrderLine};
pub use crate::store::payment_lists::{FileHead, List};
use crate::store::payment_outcomes::{self as outcomes, OutcomeRow};
use crate::store::payments::{self as rows, BatchRow, HoldRow, PaymentFileRow};

/// How many orders a page shows.
pub const PAGE: i64 = 50;

/// An order as the payment pages show it.
#[derive(Clone, Debug)]
pub struct OrderShown {
    /// What the row holds. The payee's name is already covered where she is protected.
    pub line: OrderLine,
    /// Where it stands.
    pub state: PaymentState,
    /// The account it goes to, or went to, as printed.
    pub account: Option<String>,
    /// The account of the payment before, where it was another.
    pub account_before: Option<String>,
    /// What debts took off it; nothing for most.
    pub deducted: Money,
    /// What holds it today: the reason and the note.
    pub holds: Vec<HoldShown>,
    /// The hash of what is shown: what an attest is given to.
    pub seen: String,
    /// What was last told of it.
    pub outcome: Option<OutcomeRow>,
    /// Why the actor cannot give the attest that is next, where she cannot.
    pub barred: Option<Localized>,
}

/// A hold as it is shown.
#[derive(Clone, Debug)]
pub struct HoldShown {
    /// The hold.
    pub row: HoldRow,
    /// What it means and what releases it.
    pub meaning: Localized,
}

/// A page of orders.
#[derive(Clone, Debug)]
pub struct OrderPage {
    /// The orders, oldest first.
    pub orders: Vec<OrderShown>,
    /// Where the next page begins; none on the last.
    pub next: Option<(DateTime<Utc>, PaymentOrderId)>,
}

/// How many stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Count and sum by list.
    pub lists: BTreeMap<&'static str, (i64, Money)>,
}

impl Standing {
    /// Count and sum of a list.
    #[must_use]
    pub fn of(&self, list: &str) -> (i64, Money) {
        self.lists.get(list).copied().unwrap_or_default()
    }
}

/// A page of a list, without those whom the actor must keep away from.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff, or when the database cannot be read.
pub async fn page(tenant: &Tenant, actor: &Actor, list: List, after: Option<(DateTime<Utc>, PaymentOrderId)>) -> ServiceResult<OrderPage> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut orders = shown(&mut tx, tenant, actor, list, after, PAGE + 1).await?;
    let more = i64::try_from(orders.len()).is_ok_and(|count| count > PAGE);
    if more {
        orders.pop();
    }
    let next = orders.last().filter(|_| more).map(|order| (order.line.created_at, order.line.id));
    Ok(OrderPage { orders, next })
}

/// One order, where the actor may see it.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none that she may see.
pub(super) async fn one(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: PaymentOrderId) -> ServiceResult<OrderShown> {
    shown(tx, tenant, actor, List::One(id), None, 1).await?.pop().ok_or(ServiceError::NotFound)
}

/// Some orders by their identities, without those whom the actor must keep away from.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff.
pub async fn some(tenant: &Tenant, actor: &Actor, ids: &[PaymentOrderId]) -> ServiceResult<Vec<OrderShown>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(shown(&mut tx, tenant, actor, List::One(*id), None, 1).await?);
    }
    Ok(found)
}

async fn shown(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    list: List,
    after: Option<(DateTime<Utc>, PaymentOrderId)>,
    most: i64,
) -> ServiceResult<Vec<OrderShown>> {
    let today = tenant.clock.today();
    let lines = lists::page(tx, &actor.scope()?, list, today, after, most).await?;
    let ids: Vec<PaymentOrderId> = lines.iter().map(|line| line.id).collect();
    let holds = lists::holds(tx, &ids, today).await?;
    let deducted = lists::deducted(tx, &ids).await?;
    let told = outcomes::newest(tx, &ids).await?;
    let covered = !protection::may_read(actor);
    let orders = lines.into_iter().map(|mut line| {
        if covered && line.protected && line.kind == ApplicantKind::Person {
            "Skyddad person".clone_into(&mut line.payee);
            line.payee_number.clear();
        }
        let own = holds.iter().filter(|hold| hold.order_id == line.id);
        let sent = line.account_sent.as_ref().or(line.account.as_ref());
        OrderShown {
            state: PaymentState::from_code(&line.state).unwrap_or(PaymentState::Unknown),
            account: sent.and_then(|account| printed(account)),
            account_before: line.account_before.as_ref().filter(|before| Some(*before) != sent).and_then(|account| printed(account)),
            holds: own.map(|row| HoldShown { meaning: meaning(row), row: row.clone() }).collect(),
            deducted: deducted.iter().find(|row| row.order_id == line.id).map(|row| row.amount_ore).unwrap_or_default(),
            seen: control::seen(&line),
            outcome: told.iter().find(|outcome| outcome.order_id == line.id).cloned(),
            barred: control::barred(actor, &line, today),
            line,
        }
    });
    Ok(orders.collect())
}

/// An account as it is shown: what kind, and its number.
pub(in crate::services) fn printed(stored: &str) -> Option<String> {
    Some(match super::account_number(stored).ok()? {
        number @ AccountNumber::Bankgiro(_) => format!("Bankgiro {number}"),
        number @ AccountNumber::Plusgiro(_) => format!("Plusgiro {number}"),
        number @ AccountNumber::Bank(_) => number.to_string(),
    })
}

fn meaning(row: &HoldRow) -> Localized {
    HoldReason::from_code(&row.reason).map_or_else(|| Localized::sv(row.note.clone()), HoldReason::message)
}

/// How many orders stand where, and their sums.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff, or when the database cannot be read.
pub async fn standing(tenant: &Tenant, actor: &Actor) -> ServiceResult<Standing> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut standing = Standing::default();
    for count in lists::counts(&mut tx, &actor.scope()?, tenant.clock.today()).await? {
        let state = PaymentState::from_code(&count.state).unwrap_or(PaymentState::Unknown);
        let mut add = |list| {
            let (orders, total) = standing.lists.entry(list).or_default();
            *orders += count.orders;
            *total = total.checked_add(count.total_ore).unwrap_or(*total);
        };
        match state {
            PaymentState::Draft => add("review"),
            PaymentState::Reviewed => add("attest"),
            PaymentState::Attested if !count.held => add("ready"),
            PaymentState::Rejected | PaymentState::Returned | PaymentState::Unknown if !count.replaced => add("trouble"),
            PaymentState::Exported | PaymentState::Accepted | PaymentState::Booked => add("sent"),
            PaymentState::Attested | PaymentState::Rejected | PaymentState::Returned | PaymentState::Unknown | PaymentState::Cancelled => {}
        }
        if count.held {
            add("held");
        }
    }
    Ok(standing)
}

/// A batch with its files and how its orders stand.
#[derive(Clone, Debug)]
pub struct BatchShown {
    /// The batch.
    pub row: BatchRow,
    /// Its files, without their bytes.
    pub files: Vec<FileHead>,
    /// How many orders stand where, and their sums.
    pub states: Vec<(PaymentState, i64, Money)>,
    /// Whether the actor must keep away from one of its payees: then she neither opens it nor fetches its files.
    pub closed: bool,
}

/// A page of batches, newest first, with what reconciles them.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff, or when the database cannot be read.
pub async fn batch_page(
    tenant: &Tenant,
    actor: &Actor,
    before: Option<(DateTime<Utc>, PaymentBatchId)>,
) -> ServiceResult<(Vec<BatchShown>, bool)> {
    const AT_ONCE: i64 = 20;
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut page = lists::batches(&mut tx, before, AT_ONCE + 1).await?;
    let more = i64::try_from(page.len()).is_ok_and(|count| count > AT_ONCE);
    if more {
        page.pop();
    }
    Ok((with_figures(&mut tx, actor, page).await?, more))
}

/// A batch, for staff who are tied to none of its payees.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or none for her.
pub async fn batch(tenant: &Tenant, actor: &Actor, id: PaymentBatchId) -> ServiceResult<BatchShown> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let row = rows::batch_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let shown = with_figures(&mut tx, actor, vec![row]).await?.pop();
    shown.filter(|batch| !batch.closed).ok_or(ServiceError::NotFound)
}

async fn with_figures(tx: &mut Tx, actor: &Actor, page: Vec<BatchRow>) -> ServiceResult<Vec<BatchShown>> {
    let ids: Vec<PaymentBatchId> = page.iter().map(|batch| batch.id).collect();
    let counts = lists::of_batches(tx, &ids).await?;
    let files = lists::files_of(tx, &ids).await?;
    let closed = lists::batches_beyond(tx, &ids, &actor.scope()?).await?;
    let shown = page.into_iter().map(|row| BatchShown {
        states: (counts.iter().filter(|count| count.batch_id == row.id))
            .map(|count| (PaymentState::from_code(&count.state).unwrap_or(PaymentState::Unknown), count.orders, count.total_ore))
            .collect(),
        files: files.iter().filter(|file| file.batch_id == row.id).cloned().collect(),
        closed: closed.contains(&row.id),
        row,
    });
    Ok(shown.collect())
}

/// A file of a batch, for whoever makes payments and is tied to none of its payees.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or none for her.
pub async fn file(tenant: &Tenant, actor: &Actor, batch: PaymentBatchId, kind: &str) -> ServiceResult<PaymentFileRow> {
    authorize(actor, Action::Pay)?;
    let mut tx = tenant.db.read().await?;
    if !lists::batches_beyond(&mut tx, &[batch], &actor.scope()?).await?.is_empty() {
        return Err(ServiceError::NotFound);
    }
    rows::files(&mut tx, batch).await?.into_iter().find(|file| file.kind.word() == kind).ok_or(ServiceError::NotFound)
}

/// Every order that the actor may see, oldest first, for the command line.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff, or when the database cannot be read.
pub async fn all(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<OrderShown>> {
    const AT_ONCE: i64 = 500;
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found: Vec<OrderShown> = Vec::new();
    loop {
        let after = found.last().map(|order| (order.line.created_at, order.line.id));
        let more = shown(&mut tx, tenant, actor, List::All, after, AT_ONCE).await?;
        if more.is_empty() {
            return Ok(found);
        }
        found.extend(more);
    }
}

/// Every batch, newest first, for the command line.
///
/// # Errors
/// When the database cannot be read.
pub async fn batches(tx: &mut Tx) -> ServiceResult<Vec<BatchRow>> {
    Ok(rows::batches(tx).await?)
}
