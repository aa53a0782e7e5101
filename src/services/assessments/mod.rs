//! Assessing an application: sheets that are saved as one writes, scores that count when they are finished, and what all
//! of them give together.
//!
//! A finished sheet is the result of a task and is never edited; what is weighed together afterwards is another result,
//! so that every changed score keeps the one it came from.

use chrono::{DateTime, Utc};

use super::actor::{Action, authorize};
use super::tasks::who::{self, Sheet};
use super::tasks::{self as work, EXPERT, Filled};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical;
use crate::domain::id::{CaseId, TaskId};
use crate::domain::inputs::Proposed;
use crate::domain::score::{self, Levels, Points};
use crate::packages::Package;
use crate::store::Tx;
use crate::store::cases::{self, CaseRow};
use crate::store::tasks::{self, TaskDraftRow, TaskRow};
use crate::workflows::{StateKind, Task, TaskFieldKind};

pub mod finished;
pub mod views;

/// Saves what an assessor has filled in so far; nobody else sees it, and nothing is demanded of it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the task is none of the case's or not the actor's; [`ServiceError::Stale`] when the case
/// has moved on.
pub async fn save(tenant: &Tenant, actor: &Actor, task: TaskId, filled: &Filled, comment: &str) -> ServiceResult<DateTime<Utc>> {
    let mut tx = tenant.db.write().await?;
    let row = tasks::by_id(&mut tx, task).await?.ok_or(ServiceError::NotFound)?;
    let (case, package) = work::open_case(&mut tx, tenant, actor, row.case_id).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    if row.entered != case.entered {
        return Err(ServiceError::Stale);
    }
    let declared = work::declared(&package, &case, &row.task)?;
    let row = who::hers(&mut tx, actor, &case, declared, row).await?;
    let at = tenant.clock.now();
    let draft = TaskDraftRow {
        case_id: case.id,
        entered: row.entered,
        task: row.task.clone(),
        user_id: user,
        filled: String::from_utf8(canonical::to_bytes(filled)?).map_err(anyhow::Error::from)?,
        comment: comment.to_owned(),
        at,
    };
    tasks::put_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(at)
}

/// What the assessors' levels, or those weighed together afterwards, give a case; `None` before anybody has finished.
///
/// # Errors
/// When the database refuses.
pub(super) async fn points(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Points>> {
    for task in assessed_last_first(package) {
        let criteria = match task.moderates() {
            Some(of) => who::named(package, &of.value).map(Task::criteria).unwrap_or_default(),
            None => task.criteria(),
        };
        let sheets: Vec<Levels> = who::sheets(tx, case, &task.id).await?.iter().map(levels).collect();
        if let Some(points) = score::points(&criteria, &sheets) {
            return Ok(Some(points));
        }
    }
    Ok(None)
}

/// The amount that those who assessed a case propose: that of who weighed them together, else the newest. What blind
/// assessors propose counts for nothing where somebody weighs it together afterwards.
///
/// # Errors
/// When the database refuses.
pub(super) async fn amount(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Proposed>> {
    let weighed: Vec<&str> = assessed_last_first(package).filter_map(Task::moderates).map(|of| of.value.as_str()).collect();
    let mut found: Option<(DateTime<Utc>, Proposed)> = None;
    for task in tasks::of_case(tx, case.id).await?.iter().filter(|row| !weighed.contains(&row.task.as_str())) {
        for result in tasks::results(tx, task.id).await? {
            let filled: Filled = serde_json::from_str(&result.checklist)?;
            if let Some(amount) = filled.amount
                && found.as_ref().is_none_or(|(at, _)| *at <= result.at)
            {
                found = Some((result.at, Proposed { amount, reason: Localized::sv(result.comment) }));
            }
        }
    }
    Ok(found.map(|(_, proposed)| proposed))
}

/// The conditions that go with a decision: those of the newest judgement that names any, one a line.
///
/// # Errors
/// When the database refuses.
pub(super) async fn conditions(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Vec<Localized>> {
    let mut newest: Option<(DateTime<Utc>, String)> = None;
    // An expert is asked for none: her sheet takes none away.
    for row in tasks::of_case(tx, case.id).await?.into_iter().filter(|row| row.role != EXPERT) {
        let Some(declared) = who::named(package, &row.task) else { continue };
        let fields = declared.form.iter().filter(|field| matches!(field.kind, TaskFieldKind::Conditions));
        for field in fields {
            for result in tasks::results(tx, row.id).await? {
                let filled: Filled = serde_json::from_str(&result.checklist)?;
                // A judgement without conditions takes away those of an earlier one.
                let text = filled.texts.get(&field.id).cloned().unwrap_or_default();
                if newest.as_ref().is_none_or(|(at, _)| *at <= result.at) {
                    newest = Some((result.at, text));
                }
            }
        }
    }
    let text = newest.map(|(_, text)| text).unwrap_or_default();
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Localized::sv).collect())
}

/// The tasks that score, those that weigh together before those they weigh.
fn assessed_last_first(package: &Package) -> impl Iterator<Item = &Task> {
    let tasks = || {
        package.workflow.states.iter().rev().flat_map(|state| match &state.kind {
            StateKind::Task(list) => list.as_slice(),
            StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => &[],
        })
    };
    tasks().filter(|task| task.moderates().is_some()).chain(tasks().filter(|task| task.scales().next().is_some()))
}

fn levels(sheet: &Sheet) -> Levels {
    sheet.filled.scores.iter().map(|(id, score)| (id.clone(), score.level)).collect()
}

/// Whether what others filled in of a task is kept from an actor: while somebody still has to do it, only who has done her
/// own part sees the others'.
///
/// # Errors
/// When the database refuses.
pub(super) async fn kept_from(tx: &mut Tx, actor: &Actor, package: &Package, case: &CaseRow, task: &TaskRow) -> ServiceResult<bool> {
    let blind = who::named(package, &task.task).is_some_and(|declared| declared.blind);
    if !blind || task.entered != case.entered {
        return Ok(false);
    }
    let rows: Vec<TaskRow> = tasks::of_case(tx, case.id).await?;
    let places: Vec<&TaskRow> = rows.iter().filter(|row| row.entered == case.entered && row.task == task.task).collect();
    if places.iter().all(|row| row.closed_at.is_some()) {
        return Ok(false);
    }
    let Some(user) = actor.person() else { return Ok(true) };
    for place in places {
        if tasks::results(tx, place.id).await?.iter().any(|result| result.user_id == user) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A case that an actor may assess, to read.
async fn readable(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<(CaseRow, std::sync::Arc<Package>)> {
    let case = cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok((case, package))
}
