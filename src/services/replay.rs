//! Calculating a decided case again: the same inputs, the same locked attendance, the same version of the rules.

use std::sync::Arc;

use serde::Serialize;

use super::attendance::{Registration, Residence, assemble, half_years};
use super::{ServiceError, ServiceResult, calculation, packages, periods};
use crate::app::Tenant;
use crate::domain::attendance::AttendanceData;
use crate::domain::canonical::{self, Sha};
use crate::domain::grant::Outcome;
use crate::domain::id::{CaseId, SnapshotId};
use crate::domain::inputs::Inputs;
use crate::packages::Package;
use crate::store::calculations::CalculationRow;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::{Tx, attendance, calculations, cases, persons, snapshots};

/// A decided case that was calculated again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// The case.
    pub case: CaseId,
    /// Diary number.
    pub number: String,
    /// How it came out.
    #[serde(flatten)]
    pub answer: Answer,
}

/// How a case came out when it was calculated again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// Checks, rows, account and sum are the same to the byte.
    Same,
    /// Something differs.
    Different {
        /// What.
        what: Vec<Part>,
    },
    /// The attendance was disposed of; the hash tells what the decision rested on.
    Disposed {
        /// Hash of inputs and attendance.
        input_hash: String,
    },
}

/// A part of a calculation that may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What went in is not what went in then.
    Inputs,
    /// The rules' checks.
    Checks,
    /// The rows.
    Rows,
    /// The account of marks.
    Account,
    /// The sum.
    Total,
    /// Something else of the result.
    Other,
}

impl Part {
    /// In Swedish.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Inputs => "underlaget",
            Self::Checks => "kontrollerna",
            Self::Rows => "raderna",
            Self::Account => "redovisningen av markeringar",
            Self::Total => "summan",
            Self::Other => "annat i resultatet",
        }
    }
}

/// Calculates what a decision rests on again and compares.
///
/// # Errors
/// When the database cannot be read or the rules fail.
pub async fn replay(tenant: &Tenant, decision: &DecisionRow) -> ServiceResult<Replayed> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, decision.case_id).await?.ok_or(ServiceError::NotFound)?;
    let stored = calculations::by_id(&mut tx, decision.calculation_id).await?;
    let package = packages::version(&mut tx, tenant, stored.package_version_id).await?;
    let material = material(&mut tx, &package, &case, &stored).await?;
    drop(tx);
    let answer = match material {
        // A withdrawn application was decided without being tried: no sum rests on the calculation.
        _ if decision.outcome == Outcome::Avskrivning => Answer::Same,
        Material::Disposed => Answer::Disposed { input_hash: stored.input_hash.clone() },
        Material::Whole { inputs, attendance } => compare(package, inputs, attendance, &stored).await?,
    };
    Ok(Replayed { case: case.id, number: case.number, answer })
}

/// What a stored calculation rested on.
pub(in crate::services) enum Material {
    /// All of it.
    Whole {
        /// Everything besides attendance.
        inputs: Box<Inputs>,
        /// The attendance as it was locked, where the grant uses it.
        attendance: Option<AttendanceData>,
    },
    /// The attendance was disposed of.
    Disposed,
}

/// What a stored final calculation rested on, as far as it is still there.
pub(in crate::services) async fn material(tx: &mut Tx, package: &Package, case: &CaseRow, row: &CalculationRow) -> ServiceResult<Material> {
    let inputs: Inputs = serde_json::from_slice(&row.inputs)?;
    let inputs = Box::new(inputs);
    let Some(snapshot) = row.snapshot_id else { return Ok(Material::Whole { inputs, attendance: None }) };
    Ok(match locked(tx, package, case, snapshot).await? {
        Some(data) => Material::Whole { inputs, attendance: Some(data) },
        None => Material::Disposed,
    })
}

/// A case's part of a locked period, read for a version of the rules; none where it was disposed of.
pub(in crate::services) async fn locked(
    tx: &mut Tx,
    package: &Package,
    case: &CaseRow,
    snapshot: SnapshotId,
) -> ServiceResult<Option<AttendanceData>> {
    if disposed(tx, package, case).await? {
        return Ok(None);
    }
    let Some(part) = snapshots::part(tx, snapshot, case.organisation_id).await? else { return Ok(Some(AttendanceData::default())) };
    let part = periods::Part::read(&part.body)?;
    let rows = attendance::occasions_by_id(tx, &part.occasions).await?;
    let data = assemble(tx, rows, &part.lost_set(), &Residence::Known(part.residents()), Registration::of(package)).await?;
    Ok(Some(data))
}

/// Disposal destroys the data keys of the association's half-years (gallringsbeslut).
async fn disposed(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<bool> {
    let Some(period) = package.form.period(&case.period) else { return Ok(false) };
    for half in half_years(period.covers) {
        let key = persons::data_key(tx, case.organisation_id, &half).await?;
        if key.is_some_and(|key| key.destroyed_at.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn compare(
    package: Arc<Package>,
    inputs: Box<Inputs>,
    attendance: Option<AttendanceData>,
    stored: &CalculationRow,
) -> ServiceResult<Answer> {
    if calculation::hash(&inputs, attendance.as_ref())?.hex() != stored.input_hash {
        return Ok(Answer::Different { what: vec![Part::Inputs] });
    }
    let done = calculation::compute(package, *inputs, attendance.map(Arc::new)).await?;
    let result = canonical::to_bytes(&done.evaluation)?;
    if result == stored.result && Sha::of(&result).hex() == stored.result_hash {
        return Ok(Answer::Same);
    }
    let before = calculation::evaluation(stored)?;
    let now = done.evaluation;
    let parts = [
        (Part::Checks, before.checks == now.checks),
        (Part::Rows, before.rows == now.rows),
        (Part::Account, before.account == now.account),
        (Part::Total, before.total_ore == now.total_ore),
    ];
    let mut what: Vec<Part> = parts.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect();
    if what.is_empty() {
        what.push(Part::Other);
    }
    Ok(Answer::Different { what })
}
