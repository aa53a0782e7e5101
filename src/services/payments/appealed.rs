//! Payments while an appeal is open: they wait until it is over or somebody who may lets them go (kommunallagen 13 kap. 14 §,
//! förvaltningslagen 35 §). What a report's settlement made of a grant rests on the grant's decision and waits with it.

use serde_json::json;

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceResult};
use super::place;
use crate::app::Tenant;
use crate::domain::appeal::AppealOutcome;
use crate::domain::id::CaseId;
use crate::domain::payment::{Hold, HoldReason, PaymentState};
use crate::store::payments as rows;
use crate::store::{Tx, appeals, reports};

/// A case and the reports on it: what is paid in any of them rests on its decision.
async fn resting_on(tx: &mut Tx, case: CaseId) -> ServiceResult<Vec<CaseId>> {
    let reports = reports::of_case(tx, case).await?;
    Ok(std::iter::once(case).chain(reports.into_iter().filter_map(|duty| duty.report_case_id)).collect())
}

/// Whether an appeal is open of a case's decision, or of that on the grant which the case is a report on.
pub(super) async fn waits(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    let granted = reports::of_report(tx, case).await?.map(|duty| duty.case_id);
    for about in std::iter::once(case).chain(granted) {
        if appeals::open_of_case(tx, about).await?.next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the grant that a case reports on was set aside: its payments do not leave because an appeal of the report is over.
async fn set_aside(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    let Some(duty) = reports::of_report(tx, case).await? else { return Ok(false) };
    let last = appeals::of_case(tx, duty.case_id).await?.into_iter().max_by_key(|row| row.closed_at);
    Ok(last.and_then(|row| row.outcome).is_some_and(|outcome: AppealOutcome| !outcome.lets_pay()))
}

/// Holds the payments of a case and of the reports on it that have not left.
pub(in crate::services) async fn appealed(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for case in resting_on(tx, case).await? {
        hold(tx, tenant, case).await?;
    }
    Ok(())
}

async fn hold(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for order in rows::of_case(tx, case).await? {
        let waits = PaymentState::from_code(&order.state).is_some_and(PaymentState::can_be_held);
        let known = rows::holds(tx, order.id).await?;
        let today = tenant.clock.today();
        let held = known.iter().any(|hold| {
            hold.reason == HoldReason::Appealed.code() && hold.released_at.is_none() && hold.until.is_none_or(|until| until >= today)
        });
        if waits && !held {
            let hold = Hold { reason: HoldReason::Appealed, until: None };
            place(tx, tenant, order.id, hold, &hold.reason.message().sv).await?;
            let body = json!({ "order": order.id, "hold": hold.reason.code() });
            history::record(tx, tenant, Stream::Case(case), &Actor::Service, Event { kind: "payment.held", body, texts: &[] }).await?;
        }
    }
    Ok(())
}

/// The last open appeal of a case is over: what it held, there and in the reports on it, held through yesterday. What another
/// appeal holds still waits.
pub(in crate::services) async fn appeal_over(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for case in resting_on(tx, case).await? {
        if !waits(tx, case).await? && !set_aside(tx, case).await? {
            let_go(tx, tenant, case).await?;
        }
    }
    Ok(())
}

async fn let_go(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    let until = tenant.clock.today().pred_opt();
    for order in rows::of_case(tx, case).await? {
        for hold in rows::holds(tx, order.id).await? {
            let over = hold.until.is_some_and(|until| until < tenant.clock.today());
            if hold.reason == HoldReason::Appealed.code() && hold.released_at.is_none() && !over {
                rows::date_hold(tx, hold.id, until).await?;
                let body = json!({ "order": order.id, "hold": hold.reason, "until": until });
                history::record(tx, tenant, Stream::Case(case), &Actor::Service, Event { kind: "payment.hold_dated", body, texts: &[] })
                    .await?;
            }
        }
    }
    Ok(())
}
