//! One rule run: gather everything it may see, run it, keep it so that it can be run again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, Claim, ServiceError, ServiceResult, assessments, attendance, ranking, reports, tables};
use crate::app::Tenant;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{CheckStatus, Evaluation, RowKind};
use crate::domain::canonical::{self, Sha};
use crate::domain::id::{CalculationId, SnapshotId};
use crate::domain::inputs::{Answer, Approval, Changed, EarlierGrant, Fact, Inputs, OrganisationFacts, Proposed};
use crate::domain::{Localized, Money, clock};
use crate::packages::Package;
use crate::rules::{self, Evaluated, Mode, RuleError};
use crate::store::calculations::{self, CalculationKind, CalculationRow};
use crate::store::cases::{self, CaseRow};
use crate::store::{Tx, allocations, earlier, organisations, overrides};
use crate::text::number;

/// What a rule run rests on.
#[derive(Clone, Debug)]
pub struct Basis {
    /// Everything besides attendance.
    pub inputs: Inputs,
    /// The attendance, where the grant uses it.
    pub attendance: Option<Arc<AttendanceData>>,
    /// The last import that was read, while the period is open.
    pub watermark: Option<i64>,
    /// The snapshot, once the period is closed.
    pub snapshot: Option<SnapshotId>,
    /// Whether a decision may rest on it.
    pub kind: CalculationKind,
    /// Hash of inputs and attendance.
    pub hash: Sha,
}

/// Gathers what a rule run of a case may see now.
///
/// # Errors
/// When the database refuses or stored data cannot be read.
pub async fn gather(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<Basis> {
    let inputs = inputs(tx, tenant, package, case).await?;
    let mut basis = Basis { inputs, attendance: None, watermark: None, snapshot: None, kind: CalculationKind::Final, hash: Sha([0; 32]) };
    if package.form.uses_attendance() {
        let read = attendance::of(tx, tenant, package, &Claim::of(case)).await?;
        basis.kind = if read.snapshot.is_some() { CalculationKind::Final } else { CalculationKind::Provisional };
        basis.watermark = read.watermark;
        basis.snapshot = read.snapshot;
        basis.attendance = Some(Arc::new(read.data));
    }
    tables::freeze(tx, package, &mut basis.inputs, basis.attendance.as_ref()).await?;
    basis.hash = hash(&basis.inputs, basis.attendance.as_deref())?;
    Ok(basis)
}

/// The hash of what a rule run rests on.
///
/// # Errors
/// When the inputs cannot be expressed in JSON.
pub fn hash(inputs: &Inputs, attendance: Option<&AttendanceData>) -> ServiceResult<Sha> {
    let inputs = canonical::to_bytes(inputs)?;
    let attendance = attendance.map_or_else(Vec::new, |data| attendance::hash(data).0.to_vec());
    Ok(Sha::of_parts(&[&inputs, &attendance]))
}

/// Runs the rules, traced, on a thread that may block.
///
/// # Errors
/// [`ServiceError::Definition`] when a rule is at fault; an internal error, to be tried again, when time ran out.
pub async fn compute(package: Arc<Package>, inputs: Inputs, data: Option<Arc<AttendanceData>>) -> ServiceResult<Evaluated> {
    let changed = inputs.changed.clone();
    let run = tokio::task::spawn_blocking(move || rules::evaluate(&package.rules, inputs, data, Mode::Traced));
    let result = run.await.map_err(|error| anyhow::anyhow!("the rule run was not carried out: {error}"))?;
    let mut done = result.map_err(rule_error)?;
    apply_change(&mut done.evaluation, changed);
    Ok(done)
}

/// Changes a sum to what an officer has set. A requirement that is not met refuses the application, whatever was changed
/// before it was known.
pub(super) fn apply_change(evaluation: &mut Evaluation, changed: Option<Changed>) {
    let failed = evaluation.checks.iter().any(|check| check.status == CheckStatus::Fail);
    if let Some(changed) = changed.filter(|_| !failed) {
        evaluation.change(changed.amount, &changed.reason);
    }
}

/// What a rule's failure means for an action: a fault in the definition, or something to try again.
#[must_use]
pub fn rule_error(error: RuleError) -> ServiceError {
    match error {
        RuleError::Fault(problem) => ServiceError::Definition(vec![*problem]),
        RuleError::Deadline => ServiceError::Internal(anyhow::anyhow!("the rules did not finish in time")),
    }
}

/// Keeps a rule run and writes the amount on the case (the caller writes the case).
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, tenant: &Tenant, case: &mut CaseRow, basis: &Basis, done: &Evaluated) -> ServiceResult<CalculationRow> {
    let result = canonical::to_bytes(&done.evaluation)?;
    let row = CalculationRow {
        id: CalculationId(tenant.ids.uuid()),
        case_id: case.id,
        seq: calculations::next_seq(tx, case.id).await?,
        kind: basis.kind,
        package_version_id: case.package_version_id,
        inputs: canonical::to_bytes(&basis.inputs)?,
        input_hash: basis.hash.hex(),
        watermark: basis.watermark,
        snapshot_id: basis.snapshot,
        result_hash: Sha::of(&result).hex(),
        result,
        used: canonical::to_bytes(&done.used)?,
        trace: canonical::to_bytes(&done.trace)?,
        total_ore: done.evaluation.total_ore,
        at: tenant.clock.now(),
    };
    calculations::insert(tx, &row).await?;
    case.amount_ore = Some(row.total_ore);
    let body = json!({
        "calculation": row.id, "kind": row.kind.word(), "total_ore": row.total_ore, "input": row.input_hash, "result": row.result_hash,
    });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "case.calculated", body, texts: &[] }).await?;
    Ok(row)
}

/// What a kept calculation says.
///
/// # Errors
/// When the stored bytes cannot be read.
pub fn evaluation(row: &CalculationRow) -> ServiceResult<Evaluation> {
    Ok(serde_json::from_slice(&row.result)?)
}

/// Why there is nothing to grant where no requirement has failed and nothing was taken off: a refusal always has its reasons
/// (förvaltningslagen 32 §).
#[must_use]
pub fn nothing_gives(evaluation: &Evaluation) -> Option<Localized> {
    let failed = evaluation.checks.iter().any(|check| check.status == CheckStatus::Fail);
    let taken_off = |row: &crate::domain::calculation::Row| {
        matches!(row.kind, RowKind::Cap | RowKind::Deduction | RowKind::Override) && row.value.is_sign_negative()
    };
    if failed || evaluation.total_ore.is_positive() || !evaluation.dismissed.is_empty() || evaluation.rows.iter().any(taken_off) {
        return None;
    }
    let sent = evaluation.account.first().map(|line| line.marks);
    Some(match sent {
        Some(0) => Localized::both(
            "Ingen närvaro har kommit in för perioden. Utan närvaro blir bidraget 0 kr.",
            "No attendance has come for the period. Without attendance the grant is SEK 0.",
        ),
        Some(sent) => {
            let sent = number::integer(sent);
            Localized::both(
                format!("Ingen av de {sent} inskickade markeringarna ger bidrag enligt reglerna."),
                format!("None of the {sent} marks sent gives a grant by the rules."),
            )
        }
        None => Localized::both("Enligt reglerna blir bidraget 0 kr.", "By the rules the grant is SEK 0."),
    })
}

async fn inputs(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<Inputs> {
    let application = cases::application(tx, case.id).await?;
    let asked = Asked {
        claim: Claim::of(case),
        received: clock::swedish_date(case.received_at),
        complete: case.complete_on,
        due: case.due,
        answers: serde_json::from_slice(&application.answers)?,
        proposed: proposed(tx, package, case).await?,
        changed: changed(tx, case).await?,
        allocated: allocations::part_of_case(tx, case.id).await?,
        granted: reports::granted(tx, package, case).await?,
    };
    inputs_of(tx, tenant, package, asked).await
}

/// What was asked for and when, for a rule run.
#[derive(Clone, Debug)]
pub(super) struct Asked<'a> {
    /// Who asks, for which grant and period.
    pub claim: Claim<'a>,
    /// When it was received.
    pub received: NaiveDate,
    /// When it was complete, once it was.
    pub complete: Option<NaiveDate>,
    /// The last day to be in time.
    pub due: NaiveDate,
    /// The answers.
    pub answers: BTreeMap<String, Answer>,
    /// What an officer has proposed.
    pub proposed: Option<Proposed>,
    /// What an officer has changed the sum to.
    pub changed: Option<Changed>,
    /// Its part of the round's pot, once that is shared and locked.
    pub allocated: Option<Money>,
    /// What was granted by the decision that a report is about.
    pub granted: Option<Money>,
}

/// Everything besides attendance that a rule run may see.
pub(super) async fn inputs_of(tx: &mut Tx, tenant: &Tenant, package: &Package, asked: Asked<'_>) -> ServiceResult<Inputs> {
    let claim = asked.claim;
    let period = package.form.period(claim.period).ok_or_else(|| anyhow::anyhow!("the package has no period {}", claim.period))?.clone();
    let organisation = organisations::by_id(tx, claim.organisation).await?.ok_or(ServiceError::NotFound)?;
    let on = period.covers.to;
    let mut approvals = BTreeMap::new();
    for row in organisations::approvals(tx, organisation.id).await? {
        // Newest first: the one that lasts longest is kept.
        approvals.entry(row.grant_type).or_insert(Approval { from: row.valid_from, to: row.valid_to });
    }
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for (fact, value) in organisations::facts(tx, organisation.id, tenant.clock.today()).await? {
        facts.insert(fact, serde_json::from_str(&value)?);
    }
    let earlier = organisations::earlier(tx, organisation.id).await?;
    let decided = earlier::decided(tx, organisation.id).await?;
    Ok(Inputs {
        grant_type: claim.grant_type.to_owned(),
        received: asked.received,
        complete: asked.complete,
        due: asked.due,
        organisation: OrganisationFacts {
            number: organisation.number,
            kind: organisation.kind,
            founded: organisation.founded,
            seat: organisation.seat,
            members: organisations::members(tx, organisation.id, on).await?,
            category: organisation.category,
        },
        answers: asked.answers,
        approvals,
        facts,
        earlier: earlier
            .into_iter()
            .map(|row| {
                let key = (row.grant_type, row.period);
                let decided = decided.get(&key).copied().map(clock::swedish_date);
                EarlierGrant { grant_type: key.0, period: key.1, amount_ore: row.amount_ore, decided }
            })
            .collect(),
        tables: BTreeMap::new(),
        proposed: asked.proposed,
        changed: asked.changed,
        allocated: asked.allocated,
        granted: asked.granted,
        period,
    })
}

/// The amount that the round's ranking proposes, else the one an officer proposed last in a task of the case.
async fn proposed(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Proposed>> {
    match ranking::proposed(tx, case).await? {
        Some(ranked) => Ok(Some(ranked)),
        None => assessments::amount(tx, package, case).await,
    }
}

/// What an officer has changed the sum to, where the newest change was not taken back.
async fn changed(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Option<Changed>> {
    let newest = overrides::newest(tx, case.id).await?;
    Ok(newest.and_then(|row| row.amount_ore.map(|amount| Changed { amount, reason: row.reason })))
}

/// The newest provisional sum that the applicant has seen, before a calculation.
///
/// # Errors
/// When the database refuses.
pub async fn seen_before(tx: &mut Tx, case: &CaseRow, before: i64) -> ServiceResult<Option<Money>> {
    let rows = calculations::of_case(tx, case.id).await?;
    Ok(rows.iter().rev().find(|row| row.seq < before && row.kind == CalculationKind::Provisional).map(|row| row.total_ore))
}
