//! Writes the proposed decision, and tells whether the applicant must be heard first (förvaltningslagen 25 §).

use serde_json::json;

use super::Ticket;
use crate::app::Tenant;
use crate::domain::Money;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceResult, calculation, decisions, ranking, reports};
use crate::store::{calculations, cases};
use crate::text::number;

pub(super) async fn run(tenant: &Tenant, mut ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let newest = calculations::newest(&mut read, ticket.case.id).await?.ok_or_else(|| anyhow::anyhow!("nothing was calculated"))?;
    let evaluation = calculation::evaluation(&newest)?;
    let seen = calculation::seen_before(&mut read, &ticket.case, newest.seq).await?;
    let outcome = ranking::outcome(&mut read, &ticket.package, &ticket.case, &evaluation).await?;
    let amount = if decisions::granted(outcome) { newest.total_ore } else { Money::ZERO };
    let claims_back = reports::settling::claims_back(&mut read, &ticket.package, &ticket.case, (outcome, amount)).await?;
    drop(read);
    let mut tx = ticket.begin(tenant).await?;
    if let Some(reason) = &claims_back {
        cases::insert_checkpoint(&mut tx, ticket.case.id, ticket.case.entered, 101, "claims_back", "claims_back", reason).await?;
    }
    ticket.case.amount_ore = Some(newest.total_ore);
    if let Some(seen) = seen.filter(|seen| newest.total_ore < *seen) {
        let reason = format!(
            "Beloppet är lägre än det föreningen såg: {} mot {}. Föreningen ska få yttra sig.",
            number::money(newest.total_ore),
            number::money(seen)
        );
        cases::insert_checkpoint(&mut tx, ticket.case.id, ticket.case.entered, 100, "unseen", "lower_than_seen", &reason).await?;
    }
    let body = json!({ "calculation": newest.id, "outcome": outcome.word(), "amount_ore": newest.total_ore });
    history::record(&mut tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "decision.proposed", body, texts: &[] })
        .await?;
    ticket.finish(tx, tenant).await
}
