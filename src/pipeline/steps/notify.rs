//! Tells the applicant that there is a decision. The message says only that; the letter is behind the log-in.

use super::Ticket;
use crate::app::Tenant;
use crate::services::{ServiceResult, messages};

pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut tx = ticket.begin(tenant).await?;
    messages::queue(&mut tx, tenant, &ticket.case, messages::About::Decision).await?;
    ticket.finish(tx, tenant).await
}
