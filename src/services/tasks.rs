//! What officers do with a case: tasks with checklists, supplement requests, overrides.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{Action, authorize};
use super::cases::queue;
use super::history::{self, Event, Stream};
use super::reports::returning;
use super::{Actor, ServiceError, ServiceResult, assignment, conflicts, flow, free_text, packages, ranking};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, TaskId};
use crate::packages::Package;
use crate::store::Tx;
use crate::store::cases::{self, CaseRow};
use crate::store::tasks::{self, TaskResultRow, TaskRow};
use crate::workflows::machine::Outcome;
use crate::workflows::{SEND_BACK, StateKind, Task, TaskNeed};

pub(super) mod filled;
mod supplements;
pub(super) mod who;

pub use filled::{Filled, Score};
pub(super) use supplements::{Changed, supplemented, take_supplement};
pub use supplements::{
    REQUEST_SUPPLEMENT, SupplementRequest, answer_supplement, extend_supplement, give_view, request_supplement, request_supplements,
};
pub use who::EXPERT;

/// Does a task and, when all needed tasks of the state are done, moves the case by the action.
///
/// # Errors
/// [`ServiceError::Invalid`] when a checklist line left undone has no comment, or the action is none of the state's.
pub async fn complete(tenant: &Tenant, actor: &Actor, task: TaskId, action: &str, filled: &Filled, comment: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let row = tasks::by_id(&mut tx, task).await?.ok_or(ServiceError::NotFound)?;
    let (mut case, package) = open_case(&mut tx, tenant, actor, row.case_id).await?;
    free_text::refuse_person_numbers("comment", comment)?;
    if beside(&row) {
        if row.closed_at.is_some() {
            return Err(ServiceError::Stale);
        }
        if comment.trim().is_empty() {
            let message = Localized::both("Skriv vad du kom fram till.", "Write what you found.");
            return Err(ServiceError::invalid("comment", "comment_missing", message));
        }
        finish(&mut tx, tenant, actor, &row, action, filled, comment).await?;
        tx.commit().await?;
        return Ok(());
    }
    if row.entered != case.entered {
        return Err(ServiceError::Stale);
    }
    let declared = declared(&package, &case, &row.task)?;
    let row = who::hers(&mut tx, actor, &case, declared, row).await?;
    let scored = who::scored(&mut tx, &package, &case, declared).await?;
    let lines = flow::checklist(&mut tx, tenant, &package, &case, declared).await?;
    let applied = ranking::applied(&mut tx, &package, &case).await?;
    filled::check(declared, &lines, &scored, (filled, comment), applied)?;
    if !flow::offers(&package, &case, action) {
        return Err(ServiceError::refused("Det valet finns inte i ärendets läge.", "That choice is not there in the case's state."));
    }
    if action == SEND_BACK {
        returning::send_back(&mut tx, tenant, actor, &package, &case, filled.texts.get(returning::REASON).map_or("", String::as_str))
            .await?;
    }
    finish(&mut tx, tenant, actor, &row, action, filled, comment).await?;
    tasks::forget_draft(&mut tx, &row, actor.user().ok_or(ServiceError::NotFound)?.id).await?;
    go_on(&mut tx, tenant, &package, &mut case, actor, action).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a case by an action, unless its state still waits for an open task.
pub(super) async fn go_on(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &mut CaseRow,
    actor: &Actor,
    action: &str,
) -> ServiceResult<()> {
    if tasks::open_of_case(tx, case.id).await?.iter().any(|task| awaited(package, case, task)) {
        return Ok(());
    }
    flow::advance(tx, tenant, package, case, actor, &Outcome::Action(action.to_owned()), None).await
}

/// Whether a state waits for an open task before it is left.
fn awaited(package: &Package, case: &CaseRow, task: &TaskRow) -> bool {
    !beside(task) && declared(package, case, &task.task).map_or(true, |declared| declared.need != TaskNeed::Optional)
}

/// Opens a task of an officer that belongs to no state of the workflow and moves the case nowhere.
///
/// # Errors
/// When the database refuses.
pub(super) async fn open_beside(
    tx: &mut Tx,
    tenant: &Tenant,
    case: CaseId,
    task: &str,
    reason: &str,
    due: Option<NaiveDate>,
) -> ServiceResult<()> {
    let row = TaskRow {
        id: TaskId(tenant.ids.uuid()),
        case_id: case,
        entered: 0,
        task: task.to_owned(),
        role: "officer".to_owned(),
        reason: reason.to_owned(),
        opened_at: tenant.clock.now(),
        due,
        closed_at: None,
    };
    tasks::insert(tx, &row).await?;
    queue::refresh(tx, tenant, case).await?;
    let case = cases::by_id(tx, case).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    assignment::give(tx, tenant, &package, &case).await
}

/// Whether a task belongs to no state of the workflow: it is done by saying what was found, and moves nothing.
fn beside(task: &TaskRow) -> bool {
    task.entered == 0
}

/// A case that an officer may handle, locked, with its package.
pub(super) async fn open_case(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    id: CaseId,
) -> ServiceResult<(CaseRow, std::sync::Arc<Package>)> {
    let case = cases::lock(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    conflicts::must_be_free(tx, tenant, actor, case.about()).await?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok((case, package))
}

pub(super) async fn finish(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    task: &TaskRow,
    action: &str,
    filled: &Filled,
    comment: &str,
) -> ServiceResult<()> {
    let user = actor.person().ok_or(ServiceError::NotFound)?;
    let now = tenant.clock.now();
    if !tasks::close(tx, task.id, now).await? {
        return Err(ServiceError::Stale);
    }
    let result = TaskResultRow {
        id: tenant.ids.uuid(),
        task_id: task.id,
        user_id: user,
        action: action.to_owned(),
        checklist: serde_json::to_string(filled)?,
        comment: comment.to_owned(),
        at: now,
    };
    tasks::insert_result(tx, &result).await?;
    queue::refresh(tx, tenant, task.case_id).await?;
    let levels: BTreeMap<&str, u32> = filled.scores.iter().map(|(id, score)| (id.as_str(), score.level)).collect();
    let body = json!({
        "task": task.task, "action": action, "amount_ore": filled.amount, "checked": filled.checked, "levels": levels,
    });
    let event = Event { kind: "task.done", body, texts: &[("comment", comment)] };
    history::record(tx, tenant, Stream::Case(task.case_id), actor, event).await
}

pub(super) fn declared<'p>(package: &'p Package, case: &CaseRow, task: &str) -> ServiceResult<&'p Task> {
    let state = package.workflow.state(&case.state);
    let found = state.and_then(|state| match &state.kind {
        StateKind::Task(list) => list.iter().find(|declared| declared.id == task),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => None,
    });
    found.ok_or(ServiceError::Stale)
}
