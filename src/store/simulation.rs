//! A round's cases for a simulation, many at a time.

use chrono::{DateTime, Utc};

use super::calculations::CalculationKind;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{CaseId, PackageVersionId, SnapshotId};

/// Who applied in a case, and what was decided.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AboutRow {
    /// The case.
    pub id: CaseId,
    /// What the applicant is.
    pub kind: ApplicantKind,
    /// Her name, the newest.
    pub name: String,
    /// What the decision that stands granted.
    pub decided_ore: Option<Money>,
    /// When it was made.
    pub decided_at: Option<DateTime<Utc>>,
}

/// What a simulation reads of a case's newest calculation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NewestRow {
    /// The case.
    pub case_id: CaseId,
    /// On what it rests.
    pub kind: CalculationKind,
    /// The rules' version.
    pub package_version_id: PackageVersionId,
    /// The inputs, canonical JSON.
    pub inputs: Vec<u8>,
    /// The snapshot it rests on.
    pub snapshot_id: Option<SnapshotId>,
    /// Checks, rows and account: canonical JSON.
    pub result: Vec<u8>,
}

/// Who applied in the cases of a grant type's period, and what was decided.
pub async fn about(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<AboutRow>> {
    all!(
        tx,
        AboutRow,
        "select c.id, o.kind, n.name, d.amount_ore as decided_ore, d.decided_at
         from cases c join organisation o on o.id = c.organisation_id
         join organisation_name n on n.organisation_id = o.id and n.valid_to is null
         left join decision d on d.case_id = c.id and d.undone_at is null and d.replaced_at is null
         where c.grant_type = $1 and c.period = $2",
        grant_type,
        period
    )
}

/// The newest calculations of some cases.
pub async fn newest(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<NewestRow>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select c.case_id, c.kind, c.package_version_id, c.inputs, c.snapshot_id, c.result from calculation c
                where c.seq = (select max(n.seq) from calculation n where n.case_id = c.case_id) and c.case_id in (", query => {
        let mut several = query.separated(", ");
        for case in cases {
            several.push_bind(*case);
        }
        query.push(")");
    }, all NewestRow)
}
