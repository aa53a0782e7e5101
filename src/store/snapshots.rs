//! Closed periods' locked snapshots.

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::id::{OrganisationId, SnapshotId};

/// A snapshot.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SnapshotRow {
    /// Identity.
    pub id: SnapshotId,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// The last import it has read.
    pub watermark: i64,
    /// Hash over its parts.
    pub sha256: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

/// An association's part.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SnapshotPartRow {
    /// Snapshot.
    pub snapshot_id: SnapshotId,
    /// Association.
    pub organisation_id: OrganisationId,
    /// Canonical JSON.
    pub body: Vec<u8>,
    /// Its hash.
    pub sha256: String,
}

/// Adds a snapshot.
pub async fn insert(tx: &mut Tx, row: &SnapshotRow) -> Result<()> {
    run!(
        tx,
        "insert into snapshot (id, grant_type, period, watermark, sha256, at, actor) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        &row.grant_type,
        &row.period,
        row.watermark,
        &row.sha256,
        row.at,
        &row.actor
    )?;
    Ok(())
}

/// Adds a part.
pub async fn insert_part(tx: &mut Tx, row: &SnapshotPartRow) -> Result<()> {
    run!(
        tx,
        "insert into snapshot_part (snapshot_id, organisation_id, body, sha256) values ($1, $2, $3, $4)",
        row.snapshot_id,
        row.organisation_id,
        &row.body,
        &row.sha256
    )?;
    Ok(())
}

/// The snapshot of a grant type's period, once it is closed.
pub async fn of_period(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Option<SnapshotRow>> {
    optional!(tx, SnapshotRow, "select * from snapshot where grant_type = $1 and period = $2", grant_type, period)
}

/// A snapshot.
pub async fn by_id(tx: &mut Tx, id: SnapshotId) -> Result<SnapshotRow> {
    one!(tx, SnapshotRow, "select * from snapshot where id = $1", id)
}

/// All snapshots.
pub async fn all(tx: &mut Tx) -> Result<Vec<SnapshotRow>> {
    all!(tx, SnapshotRow, "select * from snapshot order by at, id")
}

/// An association's part of a snapshot.
pub async fn part(tx: &mut Tx, id: SnapshotId, organisation: OrganisationId) -> Result<Option<SnapshotPartRow>> {
    optional!(tx, SnapshotPartRow, "select * from snapshot_part where snapshot_id = $1 and organisation_id = $2", id, organisation)
}

/// All parts of a snapshot.
pub async fn parts(tx: &mut Tx, id: SnapshotId) -> Result<Vec<SnapshotPartRow>> {
    all!(tx, SnapshotPartRow, "select * from snapshot_part where snapshot_id = $1 order by organisation_id", id)
}
