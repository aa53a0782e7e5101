//! The texts that staff write messages from.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::UserId;

/// A text to write messages from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    /// Identity.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// The text with its places.
    pub text: String,
    /// Who wrote it last.
    pub written_by: UserId,
    /// When.
    pub written_at: DateTime<Utc>,
    /// When it was taken out of use.
    pub retired_at: Option<DateTime<Utc>>,
}

/// Every template, those in use first, by title.
pub async fn all(tx: &mut Tx) -> Result<Vec<TemplateRow>> {
    let mut rows = all!(tx, TemplateRow, "select * from message_template order by id")?;
    rows.sort_by_cached_key(|row| (row.retired_at.is_some(), crate::text::order::key(&row.title)));
    Ok(rows)
}

/// A template.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<TemplateRow>> {
    optional!(tx, TemplateRow, "select * from message_template where id = $1", id)
}

/// Writes a template; one of the same identity is replaced.
pub async fn put(tx: &mut Tx, row: &TemplateRow) -> Result<()> {
    run!(
        tx,
        "insert into message_template (id, title, text, written_by, written_at, retired_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set title = excluded.title, text = excluded.text, written_by = excluded.written_by,
             written_at = excluded.written_at, retired_at = excluded.retired_at",
        row.id,
        &row.title,
        &row.text,
        row.written_by,
        row.written_at,
        row.retired_at
    )?;
    Ok(())
}
