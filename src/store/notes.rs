//! What officers write for each other about a case: working material, no documents.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{CaseId, UserId};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NoteRow {
    /// Identity.
    pub id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// Who wrote it.
    pub user_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
}

/// Adds a note.
pub async fn insert(tx: &mut Tx, row: &NoteRow) -> Result<()> {
    run!(
        tx,
        "insert into case_note (id, case_id, user_id, at, text) values ($1, $2, $3, $4, $5)",
        row.id,
        row.case_id,
        row.user_id,
        row.at,
        &row.text
    )?;
    Ok(())
}

/// The notes of a case with their writers' names, newest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<(String, DateTime<Utc>, String)>> {
    all!(
        tx,
        (String, DateTime<Utc>, String),
        "select u.name, n.at, n.text from case_note n join app_user u on u.id = n.user_id where n.case_id = $1 order by n.at desc, n.id desc",
        case
    )
}
