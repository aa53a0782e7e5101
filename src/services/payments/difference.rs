//! Payments when a decision takes the place of another: what has not left is called off, and the rest of the new amount is
//! ordered. What has left is never touched; recovery is a matter of its own.

use super::super::ServiceResult;
use super::recall::{call_off, granted, live, recalled};
use super::{order, place};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::CaseId;
use crate::domain::payment::{Hold, HoldReason};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::payments as rows;
use crate::store::{Tx, organisations};

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
    order::order_rest(tx, tenant, package, case, decision, ("ändrat beslut", remains)).await
}
