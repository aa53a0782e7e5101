//! Filters of the queue that people keep.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::UserId;
use crate::text::order;

/// A kept filter.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedViewRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub user_id: UserId,
    /// What she calls it.
    pub name: String,
    /// The address' query.
    pub query: String,
    /// When she kept it.
    pub saved_at: DateTime<Utc>,
}

/// Keeps a filter; one of the same name is replaced.
pub async fn put(tx: &mut Tx, row: &SavedViewRow) -> Result<()> {
    run!(
        tx,
        "insert into saved_view (id, user_id, name, query, saved_at) values ($1, $2, $3, $4, $5)
         on conflict (user_id, name) do update set query = excluded.query, saved_at = excluded.saved_at",
        row.id,
        row.user_id,
        &row.name,
        &row.query,
        row.saved_at
    )?;
    Ok(())
}

/// A person's filters, by name.
pub async fn of(tx: &mut Tx, user: UserId) -> Result<Vec<SavedViewRow>> {
    let mut found = all!(tx, SavedViewRow, "select * from saved_view where user_id = $1 order by id", user)?;
    found.sort_by_cached_key(|row| order::key(&row.name));
    Ok(found)
}

/// Throws away a filter of hers; `false` when she has none of that identity.
pub async fn delete(tx: &mut Tx, user: UserId, id: Uuid) -> Result<bool> {
    Ok(run!(tx, "delete from saved_view where id = $1 and user_id = $2", id, user)? == 1)
}
