//! Runs the rules and notes what asks for a human eye: a rule, a risk, or the random sample.

use crate::app::Tenant;
use crate::services::{ServiceResult, calculation, checkpoints};
use crate::store::cases;

use super::Ticket;

pub(super) async fn run(tenant: &Tenant, mut ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let basis = calculation::gather(&mut read, tenant, &ticket.package, &ticket.case).await?;
    let done = calculation::compute(ticket.package.clone(), basis.inputs.clone(), basis.attendance.clone()).await?;
    let found = checkpoints::find(&mut read, tenant, &ticket.package, &ticket.case, &basis, &done.evaluation).await?;
    drop(read);
    let mut tx = ticket.begin(tenant).await?;
    calculation::keep(&mut tx, tenant, &mut ticket.case, &basis, &done).await?;
    ticket.case.remark = !found.is_empty();
    for (no, point) in (1_i64..).zip(&found) {
        cases::insert_checkpoint(&mut tx, ticket.case.id, ticket.case.entered, no, point.kind.word(), &point.code, &point.reason).await?;
    }
    ticket.finish(tx, tenant).await
}
