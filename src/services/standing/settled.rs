//! Debts that are settled: when the last of each was paid, written off or set off, and by whom.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::DebtRow;
use crate::app::Tenant;
use crate::domain::id::{OrganisationId, UserId};
use crate::services::actor::{About, Action, authorize};
use crate::services::history::Stream;
use crate::services::{Actor, ServiceResult};
use crate::store::{events, standing as rows, users};

/// A debt of which nothing is left.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The debt.
    pub debt: DebtRow,
    /// When the last of it was settled.
    pub at: DateTime<Utc>,
    /// Who settled it, by name; none where it was set off against a payment.
    pub by: Option<String>,
    /// How it was settled, in her words.
    pub reason: String,
}

/// The debts of an association that are settled, the last settled first.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::services::ServiceError::NotFound) when they are not the actor's to see.
pub async fn settled(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<Vec<Settled>> {
    authorize(actor, Action::Read(About::Association(id)))?;
    let mut tx = tenant.db.read().await?;
    let debts = rows::settled_debts(&mut tx, id).await?;
    if debts.is_empty() {
        return Ok(Vec::new());
    }
    let (kind, stream) = Stream::Organisation(id).key();
    // The newest event of a debt is what settled it.
    let mut last = BTreeMap::new();
    for event in events::of_stream(&mut tx, kind, stream).await? {
        if matches!(event.kind.as_str(), "debt.reduced" | "debt.set_off") {
            let body: Value = serde_json::from_slice(&event.body)?;
            if let Some(debt) = body.get("debt").and_then(Value::as_str).and_then(|debt| debt.parse::<Uuid>().ok()) {
                last.insert(debt, event);
            }
        }
    }
    let texts = events::texts_of_stream(&mut tx, kind, stream).await?;
    let mut found = Vec::with_capacity(debts.len());
    for debt in debts {
        let Some(event) = last.get(&debt.id) else { continue };
        let by = match event.actor.strip_prefix("user:").and_then(|user| user.parse::<UserId>().ok()) {
            Some(user) => users::by_id(&mut tx, user).await?.map(|user| user.name),
            None => None,
        };
        let reason = texts.iter().find(|text| text.seq == event.seq && text.name == "reason").map(|text| text.text.clone());
        found.push(Settled { at: event.at, by, reason: reason.unwrap_or_default(), debt });
    }
    found.sort_by_key(|settled| std::cmp::Reverse(settled.at));
    Ok(found)
}
