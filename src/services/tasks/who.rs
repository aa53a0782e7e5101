//! Who may do a task that several do or that needs a second pair of eyes, and which of its places is hers.

use std::collections::BTreeMap;

use super::filled::Filled;
pub(in crate::services) use super::filled::Scored;
use crate::domain::id::UserId;
use crate::packages::Package;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::cases::CaseRow;
use crate::store::tasks::{self, TaskRow};
use crate::store::{Tx, queue};
use crate::workflows::{StateKind, Task};

/// The role of a place among assessors that is an invited expert's and nobody else's.
pub const EXPERT: &str = "expert";

/// A finished sheet: who, and what she filled in.
#[derive(Clone, Debug)]
pub(in crate::services) struct Sheet {
    /// Who.
    pub user: UserId,
    /// Whether she is an invited expert.
    pub expert: bool,
    /// What she gave.
    pub filled: Filled,
    /// What she wrote about the whole.
    pub comment: String,
}

/// The place of a task that is the actor's to fill: the one she asked for, or a free one of the same task where somebody
/// else took that.
///
/// # Errors
/// [`ServiceError::Refused`] when she has done it already or must not be the one to; [`ServiceError::Stale`] when all
/// places are taken.
pub(in crate::services) async fn hers(tx: &mut Tx, actor: &Actor, case: &CaseRow, task: &Task, asked: TaskRow) -> ServiceResult<TaskRow> {
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let rows: Vec<TaskRow> = tasks::of_case(tx, case.id).await?.into_iter().filter(|row| row.entered == case.entered).collect();
    if done_by(tx, &rows, |row| row.task == task.id).await?.contains(&user) {
        return Err(ServiceError::refused(
            "Du har redan gjort den här bedömningen. Den görs av flera, var och en för sig.",
            "You have done this assessment already. Several do it, each on her own.",
        ));
    }
    if task.four_eyes {
        let others = done_by(tx, &rows, |row| row.task != task.id).await?;
        if others.contains(&user) || have_scored(tx, case, task).await?.contains(&user) {
            return Err(ServiceError::refused(
                "Uppgiften ska göras av någon annan än den som har gjort de andra uppgifterna i ärendet.",
                "The task must be done by somebody else than who did the case's other tasks.",
            ));
        }
        if queue::handling(tx, case.id).await?.officer_id == Some(user) {
            return Err(ServiceError::refused(
                "Uppgiften ska göras av någon annan än ärendets handläggare.",
                "The task must be done by somebody else than the case's officer.",
            ));
        }
    }
    if asked.closed_at.is_none() && asked.role != EXPERT {
        return Ok(asked);
    }
    let free = |row: &TaskRow| row.task == task.id && row.closed_at.is_none() && row.role != EXPERT;
    rows.into_iter().find(free).ok_or(ServiceError::Stale)
}

async fn done_by(tx: &mut Tx, rows: &[TaskRow], which: impl Fn(&TaskRow) -> bool) -> ServiceResult<Vec<UserId>> {
    let mut users = Vec::new();
    for row in rows.iter().filter(|row| which(row)) {
        users.extend(tasks::results(tx, row.id).await?.into_iter().map(|result| result.user_id));
    }
    Ok(users)
}

/// Who gave the scores that a task weighs together.
async fn have_scored(tx: &mut Tx, case: &CaseRow, task: &Task) -> ServiceResult<Vec<UserId>> {
    let Some(of) = task.moderates() else { return Ok(Vec::new()) };
    Ok(sheets(tx, case, &of.value).await?.into_iter().map(|sheet| sheet.user).collect())
}

/// The finished sheets of a task, of the last time the case was in its state, in the order they were handed in.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn sheets(tx: &mut Tx, case: &CaseRow, task: &str) -> ServiceResult<Vec<Sheet>> {
    let rows = tasks::of_case(tx, case.id).await?;
    let Some(last) = rows.iter().filter(|row| row.task == task).map(|row| row.entered).max() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.task == task && row.entered == last) {
        for result in tasks::results(tx, row.id).await? {
            let filled: Filled = serde_json::from_str(&result.checklist)?;
            // What was closed because the applicant was asked for something is no sheet.
            if !filled.scores.is_empty() || result.action != super::REQUEST_SUPPLEMENT {
                found.push((result.at, Sheet { user: result.user_id, expert: row.role == EXPERT, filled, comment: result.comment }));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, sheet)| sheet).collect())
}

/// What is scored while doing a task.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn scored<'p>(
    tx: &mut Tx,
    package: &'p Package,
    case: &CaseRow,
    task: &'p Task,
) -> ServiceResult<Scored<'p>> {
    let Some(of) = task.moderates() else {
        return Ok(Scored { scales: task.scales().collect(), given: BTreeMap::new(), moderates: false });
    };
    let moderated = named(package, &of.value).ok_or(ServiceError::Stale)?;
    let mut given: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for sheet in sheets(tx, case, &of.value).await? {
        for (scale, score) in sheet.filled.scores {
            given.entry(scale).or_default().push(score.level);
        }
    }
    Ok(Scored { scales: moderated.scales().collect(), given, moderates: true })
}

/// The task whose scales a task is about: its own, or that whose scores it weighs together.
pub(in crate::services) fn scorers<'p>(package: &'p Package, task: &'p Task) -> &'p Task {
    task.moderates().and_then(|of| named(package, &of.value)).unwrap_or(task)
}

/// A task of the workflow, in whichever state.
pub(in crate::services) fn named<'p>(package: &'p Package, task: &str) -> Option<&'p Task> {
    package.workflow.states.iter().find_map(|state| match &state.kind {
        StateKind::Task(list) => list.iter().find(|declared| declared.id == task),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => None,
    })
}
