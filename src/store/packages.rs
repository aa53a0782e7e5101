//! Versions of grant-type packages.

use chrono::{DateTime, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::PackageVersionId;

/// Where a version is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VersionStatus {
    /// Being written.
    Draft,
    /// Immutable, not yet in use.
    Finalised,
    /// In use.
    Active,
    /// No longer in use for new periods.
    Closed,
}

stored_words! { VersionStatus { Draft = "draft", Finalised = "finalised", Active = "active", Closed = "closed" } }

/// A version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PackageVersionRow {
    /// Identity.
    pub id: PackageVersionId,
    /// The grant type.
    pub package_id: String,
    /// Number, from 1.
    pub version: i64,
    /// Where it is in its life.
    pub status: VersionStatus,
    /// Hash of the archive.
    pub sha256: String,
    /// Version of the rule host's semantics.
    pub host: i64,
    /// The canonical archive.
    pub archive: Vec<u8>,
    /// When it came.
    pub imported_at: DateTime<Utc>,
}

/// Adds a version.
pub async fn insert(tx: &mut Tx, row: &PackageVersionRow) -> Result<()> {
    run!(
        tx,
        "insert into package_version (id, package_id, version, status, sha256, host, archive, imported_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        &row.package_id,
        row.version,
        row.status,
        &row.sha256,
        row.host,
        &row.archive,
        row.imported_at
    )?;
    Ok(())
}

/// The version with a hash.
pub async fn by_hash(tx: &mut Tx, package: &str, sha256: &str) -> Result<Option<PackageVersionRow>> {
    optional!(tx, PackageVersionRow, "select * from package_version where package_id = $1 and sha256 = $2", package, sha256)
}

/// A version.
pub async fn by_id(tx: &mut Tx, id: PackageVersionId) -> Result<PackageVersionRow> {
    one!(tx, PackageVersionRow, "select * from package_version where id = $1", id)
}

/// Every version of a grant type, the newest first.
pub async fn of_package(tx: &mut Tx, package: &str) -> Result<Vec<PackageVersionRow>> {
    all!(tx, PackageVersionRow, "select * from package_version where package_id = $1 order by version desc", package)
}

/// The newest version's number, 0 when there is none.
pub async fn newest(tx: &mut Tx, package: &str) -> Result<i64> {
    scalar!(tx, i64, "select coalesce(max(version), 0) from package_version where package_id = $1", package)
}

/// The newest active version of every grant type.
pub async fn active(tx: &mut Tx) -> Result<Vec<PackageVersionId>> {
    let rows = all!(
        tx,
        (PackageVersionId,),
        "select id from package_version v where status = 'active' and version = (
             select max(version) from package_version w where w.package_id = v.package_id and w.status = 'active')
         order by package_id"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Moves a version on in its life.
pub async fn set_status(tx: &mut Tx, id: PackageVersionId, status: VersionStatus) -> Result<()> {
    run!(tx, "update package_version set status = $2 where id = $1", id, status)?;
    Ok(())
}

/// The version that governs a period.
pub async fn governing(tx: &mut Tx, package: &str, period: &str) -> Result<Option<PackageVersionId>> {
    optional_scalar!(
        tx,
        PackageVersionId,
        "select package_version_id from package_period where package_id = $1 and period = $2",
        package,
        period
    )
}

/// Lets a version govern a period from now on.
pub async fn govern(tx: &mut Tx, package: &str, period: &str, version: PackageVersionId, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "insert into package_period (package_id, period, package_version_id, from_at) values ($1, $2, $3, $4)
         on conflict (package_id, period) do update set package_version_id = excluded.package_version_id, from_at = excluded.from_at",
        package,
        period,
        version,
        at
    )?;
    Ok(())
}
