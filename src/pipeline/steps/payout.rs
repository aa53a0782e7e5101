//! Makes the payment order of a decision that grants money, with set-off of debts and with the holds that apply.

use super::Ticket;
use crate::app::Tenant;
use crate::services::{ServiceResult, payments};

pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut tx = ticket.begin(tenant).await?;
    payments::order_for(&mut tx, tenant, &ticket.package, &ticket.case).await?;
    ticket.finish(tx, tenant).await
}
