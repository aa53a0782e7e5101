//! Looks up the residence and protection of everyone in the period's attendance, once a person and reference day.

use serde_json::json;

use super::Ticket;
use crate::app::Tenant;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceResult, population};

pub(super) async fn run(tenant: &Tenant, mut ticket: Ticket<'_>) -> ServiceResult<()> {
    let found = population::look_up(tenant, &ticket.package, &ticket.case).await?;
    let mut tx = ticket.begin(tenant).await?;
    population::keep(&mut tx, &mut ticket.case, &found).await?;
    // Counts only: that somebody is protected must not be told by a history that is kept for ever (OSL 21:3, 22:1).
    let body = json!({ "as_of": found.as_of, "asked": found.asked, "known_before": found.known_before });
    history::record(&mut tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "case.population", body, texts: &[] })
        .await?;
    ticket.finish(tx, tenant).await
}
