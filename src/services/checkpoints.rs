//! What sends a case to an officer, with the reason pre-written: a rule, a risk, or the random sample.

use super::attendance::day_number;
use super::calculation::Basis;
use super::{ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::calculation::{CheckStatus, Evaluation};
use crate::domain::condition::Truth;
use crate::domain::id::CaseId;
use crate::forms::Seeing;
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::{Tx, attendance, organisations, snapshots};
use crate::text::number;

/// Why a case goes to an officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A requirement is unknown or asks for an eye.
    Rule,
    /// Something is out of the ordinary.
    Risk,
    /// The case was drawn.
    Sample,
}

impl Why {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Risk => "risk",
            Self::Sample => "sample",
        }
    }
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What kind.
    pub kind: Why,
    /// Stable code: the check's id, the risk's id, `sample`.
    pub code: String,
    /// In Swedish, with the case's own numbers.
    pub reason: String,
}

/// Every reason to show a case to an officer.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    basis: &Basis,
    evaluation: &Evaluation,
) -> ServiceResult<Vec<Point>> {
    let mut points: Vec<Point> = evaluation
        .checks
        .iter()
        .filter(|check| matches!(check.status, CheckStatus::Soft | CheckStatus::Unknown))
        // That the round's pot is not shared yet is nobody's to look into.
        .filter(|check| package.rules.reads().allocated.iter().all(|row| row.value != check.id))
        .map(|check| Point { kind: Why::Rule, code: check.id.clone(), reason: check.text.sv.clone() })
        .collect();
    let seeing = Seeing { form: &package.form, answers: &basis.inputs.answers, facts: &basis.inputs.facts };
    for risk in &package.form.checkpoints.risks {
        if risk.when.value.condition.evaluate(&seeing) == Truth::True {
            points.push(Point { kind: Why::Risk, code: risk.id.clone(), reason: risk.reason.sv.clone() });
        }
    }
    points.extend(jump(tx, tenant, basis, evaluation).await?);
    points.extend(after_lock(tx, package, case).await?);
    if drawn(tenant, case, package.form.checkpoints.sample_percent) {
        let reason = "Ärendet är draget i stickprovet. Granska underlagen som vanligt.".to_owned();
        points.push(Point { kind: Why::Sample, code: "sample".to_owned(), reason });
    }
    Ok(points)
}

/// An amount more than half as much again as the last one for the same grant.
async fn jump(tx: &mut Tx, tenant: &Tenant, basis: &Basis, evaluation: &Evaluation) -> ServiceResult<Option<Point>> {
    let before = basis.inputs.earlier.iter().filter(|earlier| earlier.grant_type == basis.inputs.grant_type);
    let before = before.filter(|earlier| earlier.period != basis.inputs.period.id).max_by(|a, b| a.period.cmp(&b.period));
    let more = |before: Money| Some(evaluation.total_ore.ore().checked_mul(2)? > before.ore().checked_mul(3)?);
    let Some(before) = before.filter(|before| before.amount_ore.is_positive() && more(before.amount_ore) == Some(true)) else {
        return Ok(None);
    };
    let governing = packages::governing(tx, tenant, &before.grant_type, &before.period).await?;
    let period = governing.map_or_else(|| before.period.clone(), |(_, package)| package.form.period_words(&before.period).sv);
    let reason = format!(
        "Beloppet är mer än 50 % högre än förra gången: {} mot {} för {}.",
        number::money(evaluation.total_ore),
        number::money(before.amount_ore),
        period
    );
    Ok(Some(Point { kind: Why::Risk, code: "amount_jump".to_owned(), reason }))
}

/// Attendance that came after the period was locked never changes a decided case; an officer looks at it.
async fn after_lock(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Point>> {
    let Some(period) = package.form.period(&case.period).filter(|_| package.form.uses_attendance()) else { return Ok(None) };
    let Some(snapshot) = snapshots::of_period(tx, &case.grant_type, &case.period).await? else { return Ok(None) };
    let days = (day_number(period.covers.from), day_number(period.covers.to));
    let imports = attendance::imports_touching(tx, case.organisation_id, days).await?;
    let late = imports.iter().filter(|import| import.no > snapshot.watermark).count();
    if late == 0 {
        return Ok(None);
    }
    let name = organisations::name(tx, case.organisation_id, case.due).await?;
    let reason = format!("{name} har skickat {late} närvarofil(er) efter att perioden låstes. De förlorar varje krock.");
    Ok(Some(Point { kind: Why::Rule, code: "attendance_after_lock".to_owned(), reason }))
}

/// Whether a case is drawn: seeded by the tenant's key, so that nobody can predict it and everybody can check it.
fn drawn(tenant: &Tenant, case: &CaseRow, percent: u32) -> bool {
    is_drawn(tenant, &case.grant_type, &case.period, case.id, percent)
}

/// Whether the case of an id is among the `percent` that are drawn in a round.
#[must_use]
pub fn is_drawn(tenant: &Tenant, grant_type: &str, period: &str, case: CaseId, percent: u32) -> bool {
    let about = format!("{grant_type}/{period}/{case}");
    let mac = tenant.keys.sample.mac(about.as_bytes());
    let number = mac.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    number % 100 < u64::from(percent)
}
