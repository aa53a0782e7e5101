//! What delegates were shown when they decided.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::UserId;

/// A list as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DecisionListRow {
    /// Identity.
    pub id: Uuid,
    /// To whom.
    pub user_id: UserId,
    /// When she decided.
    pub at: DateTime<Utc>,
    /// Hash of the rows.
    pub sha256: String,
    /// The rows, canonical JSON.
    pub body: Vec<u8>,
}

/// Adds a list.
pub async fn insert(tx: &mut Tx, row: &DecisionListRow) -> Result<()> {
    run!(
        tx,
        "insert into decision_list (id, user_id, at, sha256, body) values ($1, $2, $3, $4, $5)",
        row.id,
        row.user_id,
        row.at,
        &row.sha256,
        &row.body
    )?;
    Ok(())
}

/// Every list, oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<DecisionListRow>> {
    all!(tx, DecisionListRow, "select * from decision_list order by at, id")
}
