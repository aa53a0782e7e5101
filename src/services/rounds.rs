//! A round with a pot: shared as often as wanted, locked once, then each case is calculated with its part.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::actor::{Action, authorize};
use super::cases::queue;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, calculation, packages};
use crate::app::Tenant;
use crate::domain::calculation::{CheckStatus, Evaluation, Row, RowKind};
use crate::domain::canonical::{self, Sha};
use crate::domain::grant::ApplicantKind;
use crate::domain::id::CaseId;
use crate::domain::inputs::{Inputs, OrganisationFacts};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Money, calendar};
use crate::packages::Package;
use crate::rules::{self, Allocated, Entry, Hook};
use crate::store::allocations::{self as rows, AllocationRow, PartRow};
use crate::store::calculations::{self, CalculationKind};
use crate::store::cases::{self, CaseRow};
use crate::store::{Tx, decisions};

/// A pot as it was shared.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The sharing, to be locked or left.
    pub id: Uuid,
    /// Its place among the round's.
    pub seq: i64,
    /// The pot, what was set aside, what was shared, what nobody got.
    pub rows: Vec<Row>,
    /// What each case gets: its own sum and its part.
    pub parts: Vec<PartRow>,
    /// What nobody got.
    pub left: Money,
    /// Whether the sharing before this gave every case the same.
    pub as_before: bool,
}

/// What is stored of a sharing, canonical.
#[derive(Debug, Serialize, Deserialize)]
struct Result {
    rows: Vec<Row>,
    parts: BTreeMap<String, Money>,
}

/// Shares a round's pot over its cases. Nothing is settled by it until a sharing is locked.
///
/// # Errors
/// [`ServiceError::Refused`] when the grant has no pot, the round is locked, or a case is not finally calculated;
/// [`ServiceError::Definition`] when the rules cannot share, as when a case's measure is not known.
pub async fn share(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str) -> ServiceResult<Shared> {
    authorize(actor, Action::Administer)?;
    let mut read = tenant.db.read().await?;
    let (version, package) = packages::governing(&mut read, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(period).cloned().ok_or(ServiceError::NotFound)?;
    if !package.rules.reads().defines(Hook::Allocate) {
        return Err(ServiceError::refused("Bidraget har ingen pott att fördela.", "The grant has no pot to share."));
    }
    if rows::locked(&mut read, grant_type, period).await?.is_some() {
        return Err(already_locked());
    }
    let (entries, waiting) = gather(&mut read, &package, grant_type, period).await?;
    drop(read);
    if !waiting.is_empty() {
        let (count, first) = (waiting.len(), waiting.first().map_or("", String::as_str));
        return Err(ServiceError::refused(
            format!("{count} ärenden är inte slutligt beräknade, det första är {first}. Fördela när alla är klara."),
            format!("{count} cases are not finally calculated, the first is {first}. Share the pot when all are."),
        ));
    }
    let inputs = round_inputs(grant_type, dates);
    let allocated = compute(Arc::clone(&package), inputs.clone(), entries.clone()).await?;
    let result = Result { rows: allocated.rows.clone(), parts: allocated.parts.iter().cloned().collect() };
    let result = canonical::to_bytes(&result)?;
    let id = tenant.ids.uuid();
    let parts = parts(id, &entries, &allocated)?;
    let mut tx = tenant.db.write().await?;
    let before = rows::of_round(&mut tx, grant_type, period).await?;
    if before.iter().any(|row| row.locked_at.is_some()) {
        return Err(already_locked());
    }
    let row = AllocationRow {
        id,
        grant_type: grant_type.to_owned(),
        period: period.to_owned(),
        seq: rows::next_seq(&mut tx, grant_type, period).await?,
        package_version_id: version,
        inputs: canonical::to_bytes(&inputs)?,
        entries: canonical::to_bytes(&entries)?,
        result_hash: Sha::of(&result).hex(),
        result,
        left_ore: allocated.left,
        at: tenant.clock.now(),
        actor: actor.code(),
        locked_at: None,
    };
    rows::insert(&mut tx, &row, &parts).await?;
    let body = json!({
        "allocation": id, "grant_type": grant_type, "period": period, "seq": row.seq, "result": row.result_hash,
        "cases": parts.len(), "left_ore": row.left_ore,
    });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "round.shared", body, texts: &[] }).await?;
    tx.commit().await?;
    let as_before = before.last().is_some_and(|last| last.result_hash == row.result_hash);
    Ok(Shared { id, seq: row.seq, rows: allocated.rows, parts, left: allocated.left, as_before })
}

/// Locks a sharing: it is what the cases get. Each case is then calculated with its part.
///
/// # Errors
/// [`ServiceError::Refused`] when another is locked, or a case changed after it was shared.
pub async fn lock(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<usize> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if rows::locked(&mut tx, &row.grant_type, &row.period).await?.is_some() {
        return Err(already_locked());
    }
    let package = packages::version(&mut tx, tenant, row.package_version_id).await?;
    // The cases stand still until the lock is there; what was shared must be what they are.
    cases::lock_of_period(&mut tx, &row.grant_type, &row.period).await?;
    let (entries, waiting) = gather(&mut tx, &package, &row.grant_type, &row.period).await?;
    if !waiting.is_empty() || canonical::to_bytes(&entries)? != row.entries {
        return Err(ServiceError::refused(
            "Något ärende har ändrats sedan potten fördelades. Fördela den igen.",
            "A case has changed since the pot was shared. Share it again.",
        ));
    }
    if !rows::lock(&mut tx, id, tenant.clock.now()).await? {
        return Err(already_locked());
    }
    let body = json!({ "allocation": id, "grant_type": row.grant_type, "period": row.period, "result": row.result_hash });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "round.locked", body, texts: &[] }).await?;
    tx.commit().await?;
    calculate(tenant, &row.grant_type, &row.period).await
}

/// Calculates every case of a locked round that does not have its part yet; can be carried on after a stop.
///
/// # Errors
/// When the database refuses or a case does not come to its own sum and its part.
pub async fn calculate(tenant: &Tenant, grant_type: &str, period: &str) -> ServiceResult<usize> {
    let mut read = tenant.db.read().await?;
    let Some(locked) = rows::locked(&mut read, grant_type, period).await? else { return Err(ServiceError::NotFound) };
    let parts = rows::parts(&mut read, locked.id).await?;
    drop(read);
    let mut done = 0;
    for part in parts {
        done += usize::from(calculate_one(tenant, &part).await?);
    }
    Ok(done)
}

async fn calculate_one(tenant: &Tenant, part: &PartRow) -> ServiceResult<bool> {
    let mut read = tenant.db.read().await?;
    let case = cases::by_id(&mut read, part.case_id).await?.ok_or(ServiceError::NotFound)?;
    let newest = calculations::newest(&mut read, case.id).await?.ok_or(ServiceError::Stale)?;
    if decisions::standing(&mut read, case.id).await?.is_some() || has_part(&newest.inputs)? {
        return Ok(false);
    }
    let package = packages::version(&mut read, tenant, case.package_version_id).await?;
    let basis = calculation::gather(&mut read, tenant, &package, &case).await?;
    drop(read);
    let evaluated = calculation::compute(package, basis.inputs.clone(), basis.attendance.clone()).await?;
    if part.own_ore.checked_add(part.part_ore) != Some(evaluated.evaluation.total_ore) {
        return Err(anyhow::anyhow!(
            "case {} comes to {} kr, not its own {} kr and its part of {} kr",
            case.number,
            evaluated.evaluation.total_ore,
            part.own_ore,
            part.part_ore
        )
        .into());
    }
    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, case.id).await?.ok_or(ServiceError::NotFound)?;
    if calculations::next_seq(&mut tx, case.id).await? != newest.seq + 1 {
        return Err(ServiceError::Stale);
    }
    calculation::keep(&mut tx, tenant, &mut case, &basis, &evaluated).await?;
    let entered = case.entered;
    if !cases::update(&mut tx, &case, entered).await? {
        return Err(ServiceError::Stale);
    }
    queue::refresh(&mut tx, tenant, case.id).await?;
    tx.commit().await?;
    Ok(true)
}

/// Refuses what may not be decided before the pot is shared and the case has its part.
///
/// # Errors
/// [`ServiceError::Refused`] where the part is missing.
pub async fn must_be_shared(tx: &mut Tx, package: &Package, case: &CaseRow, inputs: &[u8]) -> ServiceResult<()> {
    if !package.rules.reads().defines(Hook::Allocate) || has_part(inputs)? {
        return Ok(());
    }
    if let Some(locked) = rows::locked(tx, &case.grant_type, &case.period).await?
        && rows::parts(tx, locked.id).await?.iter().all(|part| part.case_id != case.id)
    {
        // Who does not meet the requirements takes no part, and can be refused.
        return Ok(());
    }
    Err(ServiceError::refused(
        "Potten är inte fördelad ännu. Fördela och lås omgången först.",
        "The pot is not shared yet. Share and lock the round first.",
    ))
}

/// Shares a stored pot again from what went in then.
///
/// # Errors
/// When it is not there or the rules fail.
pub async fn replay(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<bool> {
    authorize(actor, Action::Browse)?;
    let mut read = tenant.db.read().await?;
    let row = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(&mut read, tenant, row.package_version_id).await?;
    drop(read);
    let allocated = compute(package, serde_json::from_slice(&row.inputs)?, serde_json::from_slice(&row.entries)?).await?;
    let result = canonical::to_bytes(&Result { rows: allocated.rows, parts: allocated.parts.into_iter().collect() })?;
    Ok(result == row.result && Sha::of(&result).hex() == row.result_hash)
}

/// A round's sharings, oldest first.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn of_round(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str) -> ServiceResult<Vec<AllocationRow>> {
    authorize(actor, Action::Browse)?;
    Ok(rows::of_round(&mut tenant.db.read().await?, grant_type, period).await?)
}

/// Shares a pot over its cases, on a thread that may block.
pub(super) async fn compute(package: Arc<Package>, inputs: Inputs, entries: Vec<Entry>) -> ServiceResult<Allocated> {
    tokio::task::spawn_blocking(move || rules::allocate(&package.rules, &inputs, entries))
        .await
        .map_err(|error| anyhow::anyhow!("the pot was not shared: {error}"))?
        .map_err(calculation::rule_error)
}

/// The round's cases as their final calculations have them, and those that have none yet.
async fn gather(tx: &mut Tx, package: &Package, grant_type: &str, period: &str) -> ServiceResult<(Vec<Entry>, Vec<String>)> {
    let (mut entries, mut waiting) = (Vec::new(), Vec::new());
    for (order, id) in (0..).zip(rows::cases_of_round(tx, grant_type, period).await?) {
        match calculations::newest(tx, id).await?.filter(|row| row.kind == CalculationKind::Final) {
            Some(row) => entries.push(entry(package, id, order, &calculation::evaluation(&row)?)),
            None => waiting.push(cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?.number),
        }
    }
    Ok((entries, waiting))
}

/// What a case brings to its round.
pub(super) fn entry(package: &Package, id: CaseId, order: u64, evaluation: &Evaluation) -> Entry {
    let measured = |measure: &str| {
        let row = evaluation.rows.iter().find(|row| row.id == measure && row.kind == RowKind::Input);
        (measure.to_owned(), row.map(|row| row.value))
    };
    Entry {
        id: id.to_string(),
        order,
        own: evaluation.total_ore,
        measures: package.rules.reads().measures.iter().map(|measure| measured(&measure.value)).collect(),
        takes_part: evaluation.checks.iter().all(|check| check.status != CheckStatus::Fail),
    }
}

fn parts(allocation: Uuid, entries: &[Entry], allocated: &Allocated) -> ServiceResult<Vec<PartRow>> {
    allocated
        .parts
        .iter()
        .map(|(id, part)| {
            let own = entries.iter().find(|entry| entry.id == *id).map(|entry| entry.own).unwrap_or_default();
            let case_id = id.parse().map_err(anyhow::Error::from)?;
            Ok(PartRow { allocation_id: allocation, case_id, own_ore: own, part_ore: *part })
        })
        .collect()
}

/// What parameters of the round are read by: its period and last day. A round has no applicant.
pub(super) fn round_inputs(grant_type: &str, period: ActivityPeriod) -> Inputs {
    Inputs {
        grant_type: grant_type.to_owned(),
        received: period.closes,
        complete: None,
        due: calendar::last_day(&period),
        period,
        organisation: OrganisationFacts {
            number: String::new(),
            kind: ApplicantKind::Association,
            founded: None,
            seat: None,
            members: None,
            category: None,
        },
        answers: BTreeMap::new(),
        approvals: BTreeMap::new(),
        facts: BTreeMap::new(),
        earlier: Vec::new(),
        tables: BTreeMap::new(),
        changed: None,
        proposed: None,
        allocated: None,
        granted: None,
    }
}

fn has_part(inputs: &[u8]) -> ServiceResult<bool> {
    #[derive(Deserialize)]
    struct Only {
        allocated: Option<Money>,
    }
    Ok(serde_json::from_slice::<Only>(inputs)?.allocated.is_some())
}

fn already_locked() -> ServiceError {
    ServiceError::refused("Omgångens pott är redan fördelad och låst.", "The round's pot is already shared and locked.")
}
