//! Papers that associations hand in outside any application.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{DocumentId, FileId, OrganisationId, UserId};

/// A paper with what is known of its file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PaperRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// What it is: the id of the question it answers.
    pub kind: String,
    /// The year it is about.
    pub year: i64,
    /// The stored file.
    pub file_id: FileId,
    /// Its entry in the diary.
    pub document_id: DocumentId,
    /// The name it had, sealed.
    pub name: Vec<u8>,
    /// Who handed it in.
    pub handed_in_by: Option<UserId>,
    /// When.
    pub handed_in_at: DateTime<Utc>,
    /// Hash of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// Media type.
    pub media_type: String,
}

/// Notes a paper; its file is known already.
pub async fn insert(tx: &mut Tx, row: &PaperRow) -> Result<()> {
    run!(
        tx,
        "insert into association_paper (id, organisation_id, kind, year, file_id, document_id, name, handed_in_by, handed_in_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.organisation_id,
        &row.kind,
        row.year,
        row.file_id,
        row.document_id,
        &row.name,
        row.handed_in_by,
        row.handed_in_at
    )?;
    Ok(())
}

/// An association's papers, newest first.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<PaperRow>> {
    all!(
        tx,
        PaperRow,
        "select p.*, f.sha256, f.size, f.media_type from association_paper p join file f on f.id = p.file_id
         where p.organisation_id = $1 order by p.handed_in_at desc, p.id desc",
        organisation
    )
}
