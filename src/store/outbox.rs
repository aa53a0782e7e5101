//! Outside calls: request, attempts, answer. Idempotent on their own id.

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::id::{CaseId, DecisionId, OutboxId};

/// An outside call.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutboxRow {
    /// Identity, and the message's id outside.
    pub id: OutboxId,
    /// The channel, `mail`.
    pub channel: String,
    /// Case.
    pub case_id: Option<CaseId>,
    /// Decision.
    pub decision_id: Option<DecisionId>,
    /// Request, canonical JSON.
    pub request: Vec<u8>,
    /// Hash of the request.
    pub sha256: String,
    /// When it was put here.
    pub created_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// What was answered.
    pub answer: Option<String>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// Adds a call.
pub async fn insert(tx: &mut Tx, row: &OutboxRow) -> Result<()> {
    run!(
        tx,
        "insert into outbox (id, channel, case_id, decision_id, request, sha256, created_at, attempts) values ($1, $2, $3, $4, $5, $6, $7, 0)",
        row.id,
        &row.channel,
        row.case_id,
        row.decision_id,
        &row.request,
        &row.sha256,
        row.created_at
    )?;
    Ok(())
}

/// A call.
pub async fn by_id(tx: &mut Tx, id: OutboxId) -> Result<Option<OutboxRow>> {
    optional!(tx, OutboxRow, "select * from outbox where id = $1", id)
}

/// Notes an attempt before it is made.
pub async fn attempt(tx: &mut Tx, id: OutboxId) -> Result<()> {
    run!(tx, "update outbox set attempts = attempts + 1 where id = $1", id)?;
    Ok(())
}

/// Notes that it was sent.
pub async fn sent(tx: &mut Tx, id: OutboxId, at: DateTime<Utc>, answer: &str) -> Result<()> {
    run!(tx, "update outbox set sent_at = $2, answer = $3 where id = $1 and sent_at is null", id, at, answer)?;
    Ok(())
}

/// The newest calls.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<OutboxRow>> {
    all!(tx, OutboxRow, "select * from outbox order by created_at desc, id desc limit $1", most)
}

/// The calls of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<OutboxRow>> {
    all!(tx, OutboxRow, "select * from outbox where case_id = $1 order by created_at, id", case)
}
