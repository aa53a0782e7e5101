//! A grant that is paid in parts, when its requisition or its report has come: what has left, what waits, and what becomes of it.

use serde_json::json;

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceResult};
use super::recall::{call_off, granted, live, recalled, state};
use super::{order, place};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::CaseId;
use crate::domain::payment::{Hold, HoldReason, PaymentState};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::payments::{self as rows, OrderRow};
use crate::store::{Tx, organisations};

/// A grant's payment orders, by whether the money has left.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// What has left or may have, set-offs counted: they paid a debt.
    pub gone: Money,
    /// Orders that have not left.
    pub waiting: Vec<OrderRow>,
    /// What those grant.
    pub to_come: Money,
}

/// How much of a granted case's payment has left, and what waits.
///
/// # Errors
/// When the database cannot be read.
pub async fn parts_of(tx: &mut Tx, case: CaseId) -> ServiceResult<Parts> {
    let mut parts = Parts::default();
    for order in live(tx, case).await? {
        let granted = granted(tx, &order).await?;
        let add = |sum: Money| sum.checked_add(granted).ok_or_else(|| anyhow::anyhow!("a sum that is too large"));
        if recalled(&order)? {
            parts.to_come = add(parts.to_come)?;
            parts.waiting.push(order);
        } else if state(&order)? != PaymentState::Returned {
            parts.gone = add(parts.gone)?;
        }
    }
    Ok(parts)
}

/// The holds of a granted case's parts that wait for a requisition or a report and that nobody has let go.
///
/// # Errors
/// When the database cannot be read.
pub async fn part_holds(tx: &mut Tx, parts: &Parts, reason: HoldReason) -> ServiceResult<Vec<rows::HoldRow>> {
    let mut found = Vec::new();
    for order in &parts.waiting {
        let holds = rows::holds(tx, order.id).await?;
        found.extend(holds.into_iter().filter(|hold| hold.reason == reason.code() && hold.released_at.is_none() && hold.until.is_none()));
    }
    Ok(found)
}

/// Lets go the parts of a granted case that waited for something that has now been accepted.
///
/// # Errors
/// When the database refuses.
pub async fn release_part(tx: &mut Tx, tenant: &Tenant, case: CaseId, reason: HoldReason) -> ServiceResult<()> {
    let parts = parts_of(tx, case).await?;
    for hold in part_holds(tx, &parts, reason).await? {
        // It held through yesterday.
        rows::date_hold(tx, hold.id, tenant.clock.today().pred_opt()).await?;
        let body = json!({ "order": hold.order_id, "hold": hold.reason });
        let event = Event { kind: "payment.part_released", body, texts: &[] };
        history::record(tx, tenant, Stream::Case(case), &Actor::Service, event).await?;
    }
    Ok(())
}

/// Keeps what waits from leaving while a decision on the report can still be undone.
///
/// # Errors
/// When the database refuses.
pub async fn freeze(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    let parts = parts_of(tx, case).await?;
    let held: Vec<_> = part_holds(tx, &parts, HoldReason::Report).await?.into_iter().map(|hold| hold.order_id).collect();
    for order in parts.waiting.iter().filter(|order| !held.contains(&order.id)) {
        let hold = Hold { reason: HoldReason::Report, until: None };
        place(tx, tenant, order.id, hold, FROZEN).await?;
    }
    Ok(())
}

/// What a hold says that lasts only as long as a decision on the report can be undone.
const FROZEN: &str = "Redovisningen är beslutad. Beslutet kan fortfarande tas tillbaka.";

/// Takes those holds away again: the decision on the report was undone.
///
/// # Errors
/// When the database refuses.
pub async fn thaw(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    let parts = parts_of(tx, case).await?;
    for hold in part_holds(tx, &parts, HoldReason::Report).await?.into_iter().filter(|hold| hold.note == FROZEN) {
        rows::date_hold(tx, hold.id, tenant.clock.today().pred_opt()).await?;
    }
    Ok(())
}

/// Pays what is left of a settled grant: what waits is let go where it is just that, else it is called off and what is left is
/// ordered by the decision on the report. The rest is nothing where something is claimed back.
///
/// # Errors
/// When the database refuses, or the grant type has no account to book on.
pub async fn settle_parts(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    (granted, report): (CaseId, &CaseRow),
    decision: &DecisionRow,
    rest: Money,
) -> ServiceResult<()> {
    organisations::lock(tx, report.organisation_id).await?;
    let parts = parts_of(tx, granted).await?;
    if parts.to_come == rest {
        release_part(tx, tenant, granted, HoldReason::Requisition).await?;
        return release_part(tx, tenant, granted, HoldReason::Report).await;
    }
    for row in parts.waiting {
        call_off(tx, tenant, row, decision).await?;
    }
    if rest.is_positive() {
        order::order_rest(tx, tenant, package, report, decision, ("slutbetalning", rest)).await?;
    }
    Ok(())
}
