//! A grant that is paid in parts, when its requisition or its report has come: what has left, what waits, and what becomes of it.

use serde_json::json;

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceError, ServiceResult, standing};
use super::{domain_order, order, place, refuse};
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
    let orders = rows::of_case(tx, case).await?;
    let replaced: Vec<_> = orders.iter().filter_map(|order| order.replaces).collect();
    for order in orders {
        let state = PaymentState::from_code(&order.state).ok_or_else(|| anyhow::anyhow!("unknown state {:?}", order.state))?;
        let lines = rows::lines(tx, order.id).await?;
        let granted = lines.iter().filter(|line| matches!(line.kind.as_str(), "grant" | "instalment")).map(|line| line.amount_ore);
        let granted = Money::sum(granted).map_err(anyhow::Error::from)?;
        let add = |sum: Money| sum.checked_add(granted).ok_or_else(|| anyhow::anyhow!("a sum that is too large"));
        match state {
            // What was refused or came back and was made again is counted in the order that took its place.
            _ if replaced.contains(&order.id) => {}
            PaymentState::Draft | PaymentState::Reviewed | PaymentState::Attested | PaymentState::Rejected => {
                parts.to_come = add(parts.to_come)?;
                parts.waiting.push(order);
            }
            PaymentState::Exported | PaymentState::Accepted | PaymentState::Unknown | PaymentState::Booked => parts.gone = add(parts.gone)?,
            PaymentState::Returned | PaymentState::Cancelled => {}
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
        call_off(tx, tenant, row).await?;
    }
    if rest.is_positive() {
        order::order_rest(tx, tenant, package, report, decision, rest).await?;
    }
    Ok(())
}

/// Calls an order off. What it would have set off is owed again.
async fn call_off(tx: &mut Tx, tenant: &Tenant, mut row: OrderRow) -> ServiceResult<()> {
    let before = row.state.clone();
    row.state = domain_order(tx, &row).await?.cancel().map_err(refuse)?.state.code().to_owned();
    if !rows::update(tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    for line in rows::lines(tx, row.id).await?.into_iter().filter(|line| line.kind == "set_off") {
        let amount = Money::ZERO.checked_sub(line.amount_ore).ok_or_else(|| anyhow::anyhow!("an amount that has no opposite"))?;
        let reason = line.text.strip_prefix("Kvittning: ").unwrap_or(&line.text);
        standing::owe(tx, tenant, &Actor::Service, row.organisation_id, amount, reason).await?;
    }
    let body = json!({ "order": row.id, "because": "settled" });
    let event = Event { kind: "payment.called_off", body, texts: &[] };
    history::record(tx, tenant, Stream::Case(row.case_id), &Actor::Service, event).await
}
