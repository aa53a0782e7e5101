//! Carries out what an accepted report or requisition means for the grant that it is about.

use super::Ticket;
use crate::app::Tenant;
use crate::services::{ServiceResult, reports};
use crate::store::cases;

/// The report is decided: the grant is settled.
pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut tx = ticket.begin(tenant).await?;
    reports::settling::settle(&mut tx, tenant, &ticket.package, &ticket.case).await?;
    ticket.finish(tx, tenant).await
}

/// The requisition is accepted: its part of the grant is let go. One that does not meet the rules stops for an officer instead.
pub(super) async fn release(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut tx = ticket.begin(tenant).await?;
    let wanting = reports::settling::wanting(&mut tx, &ticket.case).await?;
    for (no, reason) in (200_i64..).zip(&wanting) {
        cases::insert_checkpoint(&mut tx, ticket.case.id, ticket.case.entered, no, "rule", "not_met", reason).await?;
    }
    if wanting.is_empty() {
        reports::settling::release(&mut tx, tenant, &ticket.case).await?;
    }
    ticket.finish(tx, tenant).await
}
