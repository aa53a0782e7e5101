//! Payments while an appeal is open: they wait until it is over or somebody who may lets them go (kommunallagen 13 kap. 14 §,
//! förvaltningslagen 35 §).

use serde_json::json;

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceResult};
use super::place;
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::payment::{Hold, HoldReason, PaymentState};
use crate::store::Tx;
use crate::store::payments as rows;

/// Holds the payments of a case that have not left.
pub(in crate::services) async fn appealed(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
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

/// The last open appeal of a case is over: what it held held through yesterday.
pub(in crate::services) async fn appeal_over(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
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
