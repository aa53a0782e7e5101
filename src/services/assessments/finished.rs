//! The sheets that were handed in, to read: who gave what and why, with what was weighed together afterwards.

use super::kept_from;
use super::views::{Judgement, ScaleView, judgements, names, scale_views};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, TaskId};
use crate::services::actor::{About, Action, authorize};
use crate::services::tasks::who;
use crate::services::{Actor, ServiceError, ServiceResult, packages, protection};
use crate::store::{cases, tasks};
use crate::workflows::StateKind;

/// What was handed in for one task.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What the task is called.
    pub label: Localized,
    /// Its places, done or not.
    pub places: Vec<TaskId>,
    /// The scales with what each assessor gave.
    pub scales: Vec<ScaleView>,
    /// What each judged of the whole.
    pub judgements: Vec<Judgement>,
}

/// Everything that was handed in on sheets in a case, in the workflow's order; what is still kept from the actor is left out.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see.
pub async fn of_case(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Vec<Finished>> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    authorize(actor, Action::Browse)?;
    // What assessors write may name whom nobody may know of.
    if case.protected && !protection::may_read(actor) {
        return Ok(Vec::new());
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let rows = tasks::of_case(&mut tx, id).await?;
    let mut found = Vec::new();
    let declared = package.workflow.states.iter().flat_map(|state| match &state.kind {
        StateKind::Task(list) => list.as_slice(),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => &[],
    });
    for task in declared.filter(|task| task.has_sheet()) {
        let places: Vec<_> = rows.iter().filter(|row| row.task == task.id).collect();
        let Some(newest) = places.iter().max_by_key(|row| row.entered) else { continue };
        if kept_from(&mut tx, actor, &package, &case, newest).await? {
            continue;
        }
        let sheets = who::sheets(&mut tx, &case, &task.id).await?;
        if sheets.is_empty() {
            continue;
        }
        let names = names(&mut tx, &sheets).await?;
        let scored = who::scored(&mut tx, &package, &case, task).await?;
        found.push(Finished {
            label: task.label.clone().unwrap_or_else(|| Localized::sv(task.id.clone())),
            places: places.iter().map(|row| row.id).collect(),
            scales: scale_views(&scored, &sheets, &names),
            // The points of who weighs together are of the scales that she weighed, her texts are her own task's.
            judgements: judgements(task, &who::scorers(&package, task).criteria(), sheets, names),
        });
    }
    Ok(found)
}
