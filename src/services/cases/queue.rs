//! The queue's lines: how a case stands, derived from workflow, tasks, jobs and decisions, and written with every move.
//!
//! [`super::super::flow`] writes a line whenever a case moves; what changes a case's standing beside its moves (a task
//! done, a decision made or undone, a step that failed) calls [`refresh`]. [`agrees`] tells whether a line is right.

use super::withdrawal::WITHDRAWAL;
use crate::app::Tenant;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::CaseId;
use crate::packages::Package;
use crate::services::tasks::EXPERT;
use crate::services::{ServiceError, ServiceResult, calculation, packages, ranking};
use crate::store::cases::{self, CaseRow};
use crate::store::queue::{self, Standing, Waits};
use crate::store::tasks::TaskRow;
use crate::store::{Tx, calculations, decisions, jobs, organisations, tasks};
use crate::text::folding;
use crate::workflows::clock::Pause;
use crate::workflows::{StateKind, WaitFor};

/// Writes the line of a case that has moved: it comes back from where it was put away.
///
/// # Errors
/// When the database refuses.
pub async fn moved(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    let row = standing(tx, package, case).await?;
    Ok(queue::put(tx, &row, true).await?)
}

/// Writes the line of a case whose standing may have changed without a move.
///
/// # Errors
/// When the database refuses.
pub async fn refresh(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    let case = cases::by_id(tx, case).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let row = standing(tx, &package, &case).await?;
    Ok(queue::put(tx, &row, false).await?)
}

/// Writes the words a new case is found by: its number, its grant, its applicant.
///
/// # Errors
/// When the database refuses.
pub async fn index(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    let organisation = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let mut text = format!("{} {} {}", case.number, package.form.title.sv, case.period);
    // Who is protected is found by her case's number alone.
    let hidden = case.protected && organisation.kind == ApplicantKind::Person;
    if !hidden {
        text.push(' ');
        text.push_str(&organisations::name(tx, case.organisation_id, tenant.clock.today()).await?);
        if organisation.kind != ApplicantKind::Person {
            let (head, tail) = organisation.number.split_at_checked(6).unwrap_or((&organisation.number, ""));
            text.push_str(&format!(" {} {head} {tail}", organisation.number));
        }
    }
    let mut words = folding::words(&text);
    words.push(folding::number(&case.number));
    Ok(queue::add_words(tx, case.id, &words).await?)
}

/// Leaves a case whose applicant has become protected to be found by its number alone.
///
/// # Errors
/// When the database refuses.
pub async fn forget_applicant(tx: &mut Tx, case: &CaseRow) -> ServiceResult<()> {
    queue::forget_words(tx, case.id).await?;
    let mut words = folding::words(&case.number);
    words.push(folding::number(&case.number));
    Ok(queue::add_words(tx, case.id, &words).await?)
}

/// Writes lines and words for cases that have none: those that came before there was a queue.
///
/// # Errors
/// When the database refuses.
pub async fn catch_up(tenant: &Tenant) -> ServiceResult<usize> {
    let mut read = tenant.db.read().await?;
    let missing = queue::missing(&mut read).await?;
    drop(read);
    if missing.is_empty() {
        return Ok(0);
    }
    let mut tx = tenant.db.write().await?;
    for id in &missing {
        let case = cases::by_id(&mut tx, *id).await?.ok_or(ServiceError::NotFound)?;
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        moved(&mut tx, &package, &case).await?;
        index(&mut tx, tenant, &package, &case).await?;
    }
    tx.commit().await?;
    Ok(missing.len())
}

/// Whether the line of a case says what the case itself says.
///
/// # Errors
/// When the database cannot be read.
pub async fn agrees(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<bool> {
    let now = standing(tx, package, case).await?;
    Ok(queue::standing(tx, case.id).await? == Some(now))
}

/// Whether a task belongs to no state of the workflow.
fn beside(task: &TaskRow) -> bool {
    task.entered == 0
}

async fn standing(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Standing> {
    let open = tasks::open_of_case(tx, case.id).await?;
    let waits = waits(tx, package, case, &open).await?;
    let withdrawal = open.iter().find(|task| task.task == WITHDRAWAL);
    let own = withdrawal.or(open.iter().find(|task| !beside(task))).or(open.first());
    let mut row = Standing {
        case_id: case.id,
        organisation_id: case.organisation_id,
        committee: case.committee.clone(),
        grant_type: case.grant_type.clone(),
        period: case.period.clone(),
        state: case.state.clone(),
        waits,
        why: own.map(|task| task.reason.clone()),
        received_at: case.received_at,
        due: clock_due(tx, case).await?,
        calculation_id: None,
        outcome: None,
        marks: None,
        remarks: 0,
        routed: false,
    };
    if waits == Waits::Decision
        && let Some(basis) = calculations::newest(tx, case.id).await?
    {
        let evaluation = calculation::evaluation(&basis)?;
        row.calculation_id = Some(basis.id);
        row.outcome = Some(ranking::outcome(tx, package, case, &evaluation).await?);
        row.marks = evaluation.account.last().map(|line| line.marks);
        row.remarks = i64::try_from(cases::checkpoints(tx, case.id).await?.len()).unwrap_or(i64::MAX);
        row.routed = evaluation.route.is_some();
    }
    Ok(row)
}

async fn waits(tx: &mut Tx, package: &Package, case: &CaseRow, open: &[TaskRow]) -> ServiceResult<Waits> {
    if jobs::failing(tx, case.id).await? {
        return Ok(Waits::Failed);
    }
    let withdrawn = open.iter().any(|task| task.task == WITHDRAWAL);
    if withdrawn || (case.closed_at.is_some() && !open.is_empty()) {
        return Ok(Waits::Officer);
    }
    if decisions::standing(tx, case.id).await?.is_some_and(|decision| decision.dispatched_at.is_none()) {
        return Ok(Waits::Dispatch);
    }
    Ok(match package.workflow.state(&case.state).map(|state| &state.kind) {
        Some(StateKind::Automatic(_)) | None => Waits::Service,
        // Only experts from outside have something to do: nothing for an officer yet.
        Some(StateKind::Task(_)) if !open.is_empty() && open.iter().all(|task| task.role == EXPERT) => Waits::Time,
        Some(StateKind::Task(_)) => Waits::Officer,
        Some(StateKind::Decision) => Waits::Decision,
        Some(StateKind::Wait { until: WaitFor::Applicant, .. }) => Waits::Applicant,
        Some(StateKind::Wait { until: WaitFor::PeriodClose, .. }) => Waits::Close,
        // Somebody has to rank the round; nothing comes of itself.
        Some(StateKind::Wait { until: WaitFor::Ranking, .. }) => Waits::Officer,
        Some(StateKind::Wait { .. }) => Waits::Time,
        Some(StateKind::End) => Waits::Nothing,
    })
}

async fn clock_due(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Option<chrono::NaiveDate>> {
    let Some(clock) = cases::clocks(tx, case.id).await?.into_iter().find(|clock| clock.stopped_on.is_none()) else { return Ok(None) };
    let pauses: Vec<Pause> = serde_json::from_str(&clock.pauses)?;
    let days = u32::try_from(clock.limit_days).unwrap_or(u32::MAX);
    Ok(crate::workflows::clock::due(clock.started_on, days, &pauses))
}
