//! Payments when a decision takes the place of another: what has not left is called off, and the rest of the new amount is
//! ordered. What has left is never touched; recovery is a matter of its own.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceError, ServiceResult, standing as debts_kept};
use super::{accounting, coming_holds, domain_order, line_rows, place, refuse};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::{CaseId, PaymentOrderId};
use crate::domain::payment::{Hold, HoldReason, LineKind, PaymentId, PaymentLine, PaymentState, settle};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::payments::{self as rows, OrderRow};
use crate::store::{Tx, events, organisations, standing};

/// What the orders of a case grant that have left, or that came back and can be made again: no change goes below it.
pub(in crate::services) async fn granted_and_out(tx: &mut Tx, case: CaseId) -> ServiceResult<Money> {
    let mut sum = Money::ZERO;
    for order in live(tx, case).await? {
        if !recalled(&order)? {
            sum = sum.checked_add(granted(tx, &order).await?).ok_or_else(|| anyhow::anyhow!("a sum that is too large"))?;
        }
    }
    Ok(sum)
}

/// A change of the amount is on its way: nothing leaves on the old decision meanwhile.
pub(in crate::services) async fn changing(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for order in live(tx, case).await? {
        if recalled(&order)? {
            let hold = Hold { reason: HoldReason::DecisionChanging, until: None };
            place(tx, tenant, order.id, hold, &hold.reason.message().sv).await?;
        }
    }
    Ok(())
}

/// The change was taken back: payments go on as before.
pub(in crate::services) async fn change_taken_back(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    end_changing(tx, tenant, case).await
}

/// Ends the holds of a change that is on its way no more.
async fn end_changing(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for order in rows::of_case(tx, case).await? {
        for hold in rows::holds(tx, order.id).await? {
            if hold.reason == HoldReason::DecisionChanging.code() && hold.released_at.is_none() {
                rows::date_hold(tx, hold.id, tenant.clock.today().pred_opt()).await?;
            }
        }
    }
    Ok(())
}

/// Follows a decision of another amount whose letter leaves: calls off what has not left and orders what then remains.
pub(in crate::services) async fn follow(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    decision: &DecisionRow,
) -> ServiceResult<()> {
    // Two grants of one association must not take the same debt.
    organisations::lock(tx, case.organisation_id).await?;
    end_changing(tx, tenant, case.id).await?;
    for order in live(tx, case.id).await? {
        if recalled(&order)? {
            call_off(tx, tenant, order, decision).await?;
        }
    }
    let out = granted_and_out(tx, case.id).await?;
    let remains = decision.amount_ore.checked_sub(out).unwrap_or_default();
    if !remains.is_positive() {
        return Ok(());
    }
    order_rest(tx, tenant, package, case, decision, remains).await
}

/// The orders of a case that count: neither called off nor made again.
async fn live(tx: &mut Tx, case: CaseId) -> ServiceResult<Vec<OrderRow>> {
    let all = rows::of_case(tx, case).await?;
    let again: HashSet<PaymentOrderId> = all.iter().filter_map(|order| order.replaces).collect();
    Ok(all.into_iter().filter(|order| order.state != PaymentState::Cancelled.code() && !again.contains(&order.id)).collect())
}

/// Whether an order can still be called off.
fn recalled(order: &OrderRow) -> ServiceResult<bool> {
    let state = PaymentState::from_code(&order.state).ok_or_else(|| anyhow::anyhow!("unknown state {:?}", order.state))?;
    Ok(state.can_be_held())
}

/// What an order grants, before debts were set off.
async fn granted(tx: &mut Tx, order: &OrderRow) -> ServiceResult<Money> {
    let lines = rows::lines(tx, order.id).await?;
    let grants = lines.iter().filter(|line| matches!(line.kind.as_str(), "grant" | "instalment")).map(|line| line.amount_ore);
    Ok(Money::sum(grants).map_err(anyhow::Error::from)?)
}

async fn call_off(tx: &mut Tx, tenant: &Tenant, mut row: OrderRow, decision: &DecisionRow) -> ServiceResult<()> {
    let order = domain_order(tx, &row).await?;
    let before = std::mem::replace(&mut row.state, order.cancel().map_err(refuse)?.state.code().to_owned());
    if !rows::update(tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    restore_debts(tx, tenant, &row).await?;
    let body = json!({ "order": row.id, "decision": decision.id, "amount_ore": row.amount_ore });
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

async fn order_rest(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    decision: &DecisionRow,
    amount: Money,
) -> ServiceResult<()> {
    let accounting = accounting(package)?;
    let line = |kind: LineKind, amount: Money, text: String| PaymentLine {
        kind,
        amount,
        accounting: accounting.clone(),
        decision: decision.id,
        text,
    };
    let mut lines = vec![line(LineKind::Grant, amount, format!("{} {}: ändrat beslut", package.form.title.sv, case.period))];
    let debts = standing::debts(tx, case.organisation_id).await?;
    for debt in &debts {
        let minus = Money::ZERO.checked_sub(debt.remaining_ore).ok_or_else(|| anyhow::anyhow!("a debt that is too large"))?;
        lines.push(line(LineKind::SetOff, minus, format!("Kvittning: {}", debt.reason)));
    }
    let settlement = settle(lines).map_err(anyhow::Error::from)?;
    let order = OrderRow {
        id: PaymentOrderId(tenant.ids.uuid()),
        case_id: case.id,
        decision_id: decision.id,
        instalment: 1,
        organisation_id: case.organisation_id,
        amount_ore: settlement.payable(),
        state: PaymentState::Draft.code().to_owned(),
        end_to_end_id: PaymentId::of(decision.id, 1).as_str().to_owned(),
        decided_by: decision.decided_by,
        reviewed_by: None,
        reviewed_at: None,
        attested_by: None,
        attested_at: None,
        account: None,
        batch_id: None,
        created_at: tenant.clock.now(),
        reviewed_hash: None,
        attested_hash: None,
        replaces: None,
    };
    rows::insert(tx, &order).await?;
    rows::insert_lines(tx, &line_rows(order.id, &settlement)).await?;
    debts_kept::set_off(tx, tenant, &debts, order.id, amount.checked_sub(settlement.payable()).unwrap_or_default()).await?;
    let holds = coming_holds(tx, tenant, package, case).await?;
    for hold in &holds {
        place(tx, tenant, order.id, *hold, &hold.reason.message().sv).await?;
    }
    let body = json!({
        "order": order.id, "decision": decision.id, "amount_ore": order.amount_ore, "reference": order.end_to_end_id,
        "holds": holds.iter().map(|hold| hold.reason.code()).collect::<Vec<_>>(),
    });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "payment.ordered", body, texts: &[] }).await
}
