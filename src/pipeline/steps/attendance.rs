//! Gathers the period's attendance: looks for clashes while the period is open, makes the association's part of the
//! snapshot when she came after it was locked.

use serde_json::json;

use super::Ticket;
use crate::app::Tenant;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, Claim, ServiceResult, clashes, periods};
use crate::store::snapshots;

pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let snapshot = snapshots::of_period(&mut read, &ticket.case.grant_type, &ticket.case.period).await?;
    let body = match snapshot {
        None => {
            let found = clashes::search(&mut read, &ticket.package, &Claim::of(&ticket.case)).await?;
            drop(read);
            let mut tx = ticket.begin(tenant).await?;
            let new = clashes::ask(&mut tx, tenant, &ticket.package, &Claim::of(&ticket.case), &found).await?;
            history_line(&mut tx, tenant, &ticket, json!({ "clashes": found.len(), "new": new })).await?;
            return ticket.finish(tx, tenant).await;
        }
        Some(snapshot) => {
            let late = periods::late_part(&mut read, tenant, &ticket.package, &ticket.case, &snapshot).await?;
            drop(read);
            let mut tx = ticket.begin(tenant).await?;
            let body =
                json!({ "snapshot": snapshot.id, "sha256": snapshot.sha256, "late_part": late.as_ref().map(|part| part.sha256.clone()) });
            if let Some(part) = &late {
                snapshots::insert_part(&mut tx, part).await?;
            }
            history_line(&mut tx, tenant, &ticket, body).await?;
            tx
        }
    };
    ticket.finish(body, tenant).await
}

async fn history_line(tx: &mut crate::store::Tx, tenant: &Tenant, ticket: &Ticket<'_>, body: serde_json::Value) -> ServiceResult<()> {
    history::record(tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "case.attendance", body, texts: &[] }).await
}
