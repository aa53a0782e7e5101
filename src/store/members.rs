//! Member lists that associations sent.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{FileId, OrganisationId};

/// A member list as it was received.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MemberImportRow {
    /// Identity.
    pub id: Uuid,
    /// Whose members.
    pub organisation_id: OrganisationId,
    /// The day the list is of.
    pub as_of: NaiveDate,
    /// The file as received.
    pub file_id: FileId,
    /// Hash of the file as received.
    pub sha256: String,
    /// Whether it was taken.
    pub accepted: bool,
    /// How many members count.
    pub members: i64,
    /// Whether somebody in it is protected.
    pub protected: bool,
    /// The report that stays, canonical JSON.
    pub report: Vec<u8>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

/// Adds a list.
pub async fn insert(tx: &mut Tx, row: &MemberImportRow) -> Result<()> {
    run!(
        tx,
        "insert into member_import (id, organisation_id, as_of, file_id, sha256, accepted, members, protected, report, at, actor)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        row.id,
        row.organisation_id,
        row.as_of,
        row.file_id,
        &row.sha256,
        row.accepted,
        row.members,
        row.protected,
        &row.report,
        row.at,
        &row.actor
    )?;
    Ok(())
}

/// A list.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<MemberImportRow>> {
    optional!(tx, MemberImportRow, "select * from member_import where id = $1", id)
}

/// An association's lists, newest first.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<MemberImportRow>> {
    all!(tx, MemberImportRow, "select * from member_import where organisation_id = $1 order by at desc, id desc", organisation)
}
