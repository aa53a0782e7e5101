//! Metadata of stored files; the bytes lie outside the database, encrypted.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::FileId;

/// A stored file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FileRow {
    /// Identity.
    pub id: FileId,
    /// Random name on disk.
    pub name: String,
    /// Hash of the bytes as received.
    pub sha256: String,
    /// Size as received.
    pub size: i64,
    /// Media type.
    pub media_type: String,
    /// The data key that wraps the file's own key; the tenant's file key when `None`.
    pub data_key_id: Option<Uuid>,
    /// The file's own key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// When.
    pub stored_at: DateTime<Utc>,
}

/// Adds a file.
pub async fn insert(tx: &mut Tx, row: &FileRow) -> Result<()> {
    run!(
        tx,
        "insert into file (id, name, sha256, size, media_type, data_key_id, wrapped_key, stored_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        &row.name,
        &row.sha256,
        row.size,
        &row.media_type,
        row.data_key_id,
        &row.wrapped_key,
        row.stored_at
    )?;
    Ok(())
}

/// A file.
pub async fn by_id(tx: &mut Tx, id: FileId) -> Result<Option<FileRow>> {
    optional!(tx, FileRow, "select * from file where id = $1", id)
}

/// All files, for verification and the orphan sweep.
pub async fn all(tx: &mut Tx) -> Result<Vec<FileRow>> {
    all!(tx, FileRow, "select * from file order by id")
}
