//! The papers of a meeting, packed in one file in the background.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::committee::Memos;
use crate::domain::id::{FileId, UserId};

stored_words! { Memos { ByGrant = "by_grant", ByCase = "by_case" } }

/// The papers of a meeting, as somebody asked for them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BundleRow {
    /// Identity.
    pub id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// How its memos are cut.
    pub memos: Memos,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// How many documents it will have.
    pub total: i64,
    /// How many are made.
    pub made: i64,
    /// The packed file, when it is made.
    pub file_id: Option<FileId>,
    /// Why it could not be made.
    pub fault: Option<String>,
    /// When it was made, or given up.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Adds what somebody asks for.
pub async fn insert(tx: &mut Tx, row: &BundleRow) -> Result<()> {
    run!(
        tx,
        "insert into meeting_bundle (id, meeting_id, memos, asked_by, asked_at, total, made) values ($1, $2, $3, $4, $5, $6, 0)",
        row.id,
        row.meeting_id,
        row.memos,
        row.asked_by,
        row.asked_at,
        row.total
    )?;
    Ok(())
}

/// Papers by identity.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<BundleRow>> {
    optional!(tx, BundleRow, "select * from meeting_bundle where id = $1", id)
}

/// The papers that were asked for last of a meeting, the newest first.
pub async fn newest(tx: &mut Tx, meeting: Uuid, most: i64) -> Result<Vec<BundleRow>> {
    all!(tx, BundleRow, "select * from meeting_bundle where meeting_id = $1 order by asked_at desc, id desc limit $2", meeting, most)
}

/// Notes how many documents are made.
pub async fn made(tx: &mut Tx, id: Uuid, made: i64) -> Result<()> {
    run!(tx, "update meeting_bundle set made = $2 where id = $1 and finished_at is null and made < $2", id, made)?;
    Ok(())
}

/// Notes the file, or why there is none; `false` where that is noted already.
pub async fn finish(tx: &mut Tx, id: Uuid, outcome: std::result::Result<FileId, &str>, at: DateTime<Utc>) -> Result<bool> {
    let done = match outcome {
        Ok(file) => run!(
            tx,
            "update meeting_bundle set file_id = $2, made = total, finished_at = $3 where id = $1 and finished_at is null",
            id,
            file,
            at
        )?,
        Err(fault) => {
            run!(tx, "update meeting_bundle set fault = $2, finished_at = $3 where id = $1 and finished_at is null", id, fault, at)?
        }
    };
    Ok(done == 1)
}
