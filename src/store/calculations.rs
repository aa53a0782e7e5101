//! Calculations: written once.

use chrono::{DateTime, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::{CalculationId, CaseId, PackageVersionId, SnapshotId};

/// On what a calculation rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalculationKind {
    /// On the attendance so far.
    Provisional,
    /// On the period's locked snapshot, or final because the grant has no attendance.
    Final,
}

stored_words! { CalculationKind { Provisional = "provisional", Final = "final" } }

/// A calculation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CalculationRow {
    /// Identity.
    pub id: CalculationId,
    /// Case.
    pub case_id: CaseId,
    /// Place in the case's calculations, from 1.
    pub seq: i64,
    /// On what it rests.
    pub kind: CalculationKind,
    /// The rules' version.
    pub package_version_id: PackageVersionId,
    /// The inputs, canonical JSON.
    pub inputs: Vec<u8>,
    /// Hash of the inputs and the attendance.
    pub input_hash: String,
    /// The last import it has read, when provisional with attendance.
    pub watermark: Option<i64>,
    /// The snapshot it rests on, when final with attendance.
    pub snapshot_id: Option<SnapshotId>,
    /// Checks, rows and account: canonical JSON.
    pub result: Vec<u8>,
    /// Its hash.
    pub result_hash: String,
    /// Parameters used: canonical JSON.
    pub used: Vec<u8>,
    /// The trace: canonical JSON.
    pub trace: Vec<u8>,
    /// The sum.
    pub total_ore: Money,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a calculation; `seq` is the next of the case.
pub async fn insert(tx: &mut Tx, row: &CalculationRow) -> Result<()> {
    run!(
        tx,
        "insert into calculation (id, case_id, seq, kind, package_version_id, inputs, input_hash, watermark, snapshot_id, result, result_hash,
                                  used, trace, total_ore, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        row.id,
        row.case_id,
        row.seq,
        row.kind,
        row.package_version_id,
        &row.inputs,
        &row.input_hash,
        row.watermark,
        row.snapshot_id,
        &row.result,
        &row.result_hash,
        &row.used,
        &row.trace,
        row.total_ore,
        row.at
    )?;
    Ok(())
}

/// The next place in a case's calculations.
pub async fn next_seq(tx: &mut Tx, case: CaseId) -> Result<i64> {
    scalar!(tx, i64, "select coalesce(max(seq), 0) + 1 from calculation where case_id = $1", case)
}

/// The newest calculation of a case.
pub async fn newest(tx: &mut Tx, case: CaseId) -> Result<Option<CalculationRow>> {
    optional!(tx, CalculationRow, "select * from calculation where case_id = $1 order by seq desc limit 1", case)
}

/// A case's calculations, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<CalculationRow>> {
    all!(tx, CalculationRow, "select * from calculation where case_id = $1 order by seq", case)
}

/// A calculation.
pub async fn by_id(tx: &mut Tx, id: CalculationId) -> Result<CalculationRow> {
    one!(tx, CalculationRow, "select * from calculation where id = $1", id)
}
