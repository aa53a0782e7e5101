//! Officers' changes of an amount, each with its reason. None is edited: a later one takes its place.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::{CaseId, UserId};

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OverrideRow {
    /// Identity.
    pub id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// Its place in order, from 1.
    pub no: i64,
    /// What the sum shall be; `None` takes back the one before.
    pub amount_ore: Option<Money>,
    /// Why.
    pub reason: String,
    /// Who.
    pub user_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a change.
pub async fn insert(tx: &mut Tx, row: &OverrideRow) -> Result<()> {
    run!(
        tx,
        "insert into case_override (id, case_id, no, amount_ore, reason, user_id, at) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.case_id,
        row.no,
        row.amount_ore,
        &row.reason,
        row.user_id,
        row.at
    )?;
    Ok(())
}

/// The newest change of a case.
pub async fn newest(tx: &mut Tx, case: CaseId) -> Result<Option<OverrideRow>> {
    optional!(tx, OverrideRow, "select * from case_override where case_id = $1 order by no desc limit 1", case)
}
