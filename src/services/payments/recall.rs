//! The payment orders of a case that count, and how one that has not left is called off.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceError, ServiceResult};
use super::{domain_order, refuse};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::{CaseId, PaymentOrderId};
use crate::domain::payment::PaymentState;
use crate::store::decisions::DecisionRow;
use crate::store::payments::{self as rows, OrderRow};
use crate::store::{Tx, events, standing};

/// The orders of a case that count: neither called off nor made again.
pub(super) async fn live(tx: &mut Tx, case: CaseId) -> ServiceResult<Vec<OrderRow>> {
    let all = rows::of_case(tx, case).await?;
    let again: HashSet<PaymentOrderId> = all.iter().filter_map(|order| order.replaces).collect();
    Ok(all.into_iter().filter(|order| order.state != PaymentState::Cancelled.code() && !again.contains(&order.id)).collect())
}

/// Where an order is.
pub(super) fn state(order: &OrderRow) -> ServiceResult<PaymentState> {
    Ok(PaymentState::from_code(&order.state).ok_or_else(|| anyhow::anyhow!("unknown state {:?}", order.state))?)
}

/// Whether an order can still be called off.
pub(super) fn recalled(order: &OrderRow) -> ServiceResult<bool> {
    Ok(state(order)?.can_be_held())
}

/// What an order grants, before debts were set off.
pub(super) async fn granted(tx: &mut Tx, order: &OrderRow) -> ServiceResult<Money> {
    let lines = rows::lines(tx, order.id).await?;
    let grants = lines.iter().filter(|line| matches!(line.kind.as_str(), "grant" | "instalment")).map(|line| line.amount_ore);
    Ok(Money::sum(grants).map_err(anyhow::Error::from)?)
}

/// Calls an order off because of a decision. What it would have set off is owed again.
pub(super) async fn call_off(tx: &mut Tx, tenant: &Tenant, mut row: OrderRow, because: &DecisionRow) -> ServiceResult<()> {
    let order = domain_order(tx, &row).await?;
    let before = std::mem::replace(&mut row.state, order.cancel().map_err(refuse)?.state.code().to_owned());
    if !rows::update(tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    restore_debts(tx, tenant, &row).await?;
    let body = json!({ "order": row.id, "decision": because.id, "amount_ore": row.amount_ore });
    history::record(tx, tenant, Stream::Case(row.case_id), &Actor::Service, Event { kind: "payment.called_off", body, texts: &[] }).await
}

/// What an order had set off is owed again. Debts keep their own events, which say what each order took.
async fn restore_debts(tx: &mut Tx, tenant: &Tenant, order: &OrderRow) -> ServiceResult<()> {
    let stream = Stream::Organisation(order.organisation_id);
    let (kind, id) = stream.key();
    for event in events::of_stream(tx, kind, id).await?.into_iter().filter(|event| event.kind == "debt.set_off") {
        let body: Value = serde_json::from_slice(&event.body)?;
        if body.get("order").and_then(Value::as_str) != Some(order.id.to_string().as_str()) {
            continue;
        }
        let debt: uuid::Uuid = serde_json::from_value(body.get("debt").cloned().unwrap_or_default())?;
        let taken = body.get("amount_ore").and_then(Value::as_i64).map(Money::from_ore).unwrap_or_default();
        let back = Money::ZERO.checked_sub(taken).ok_or_else(|| anyhow::anyhow!("an amount that has no opposite"))?;
        standing::settle_debt(tx, debt, back).await?;
        let body = json!({ "debt": debt, "amount_ore": back, "order": order.id });
        history::record(tx, tenant, stream, &Actor::Service, Event { kind: "debt.restored", body, texts: &[] }).await?;
    }
    Ok(())
}
