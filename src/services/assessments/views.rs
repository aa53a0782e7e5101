//! Reads for the page of an assessment.

use chrono::{DateTime, Utc};

use super::{levels, readable};
use crate::app::Tenant;
use crate::domain::id::{CaseId, TaskId};
use crate::domain::score::{self, Levels};
use crate::domain::{Localized, Money};
use crate::services::cases::views::{Way, ways};
use crate::services::tasks::who::{self, Scored, Sheet};
use crate::services::tasks::{self as work, EXPERT, Filled};
use crate::services::{Actor, ServiceError, ServiceResult, flow};
use crate::store::cases::CaseRow;
use crate::store::{Tx, tasks, users};
use crate::workflows::{ChecklistItem, Task, TaskField, TaskFieldKind};

pub use crate::domain::score::Points;
pub use crate::services::tasks::Score;

/// A scale with its levels, and what assessors gave where their scores are weighed together.
#[derive(Clone, Debug)]
pub struct ScaleView {
    /// Stable id.
    pub id: String,
    /// What is scored.
    pub label: Localized,
    /// How much it weighs.
    pub weight: u32,
    /// The levels by number, each with what it means.
    pub levels: Vec<(u32, Localized)>,
    /// What each assessor gave; none while one scores oneself.
    pub given: Vec<Given>,
    /// Whether they are further apart than a level.
    pub disagreed: bool,
    /// The level that all gave.
    pub agreed: Option<u32>,
}

/// What an assessor gave on a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub who: String,
    /// Whether she is an invited expert.
    pub expert: bool,
    /// The level.
    pub level: u32,
    /// Why.
    pub why: String,
}

/// An assessor's judgement of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Who.
    pub who: String,
    /// Whether she is an invited expert.
    pub expert: bool,
    /// Her points of a hundred.
    pub points: Option<Points>,
    /// What she proposed.
    pub amount: Option<Money>,
    /// What she wrote.
    pub comment: String,
    /// Her further texts, such as a recommendation or conditions, with what was asked for.
    pub texts: Vec<(Localized, String)>,
}

/// An assessor's sheet, with what she has filled in so far.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// The task.
    pub task: TaskId,
    /// What it is called.
    pub label: Localized,
    /// The scales.
    pub scales: Vec<ScaleView>,
    /// The question that the text about the whole answers, where it has one of its own.
    pub comment_label: Option<Localized>,
    /// Further texts, by id.
    pub texts: Vec<(String, Localized)>,
    /// What the amount is called, where one is asked for.
    pub amount_label: Option<Localized>,
    /// What was applied for, where the form says which answer that is.
    pub applied: Option<Money>,
    /// What she has filled in.
    pub filled: Filled,
    /// What she has written about the whole.
    pub comment: String,
    /// When she last saved it.
    pub saved_at: Option<DateTime<Utc>>,
    /// How many assess it, each on her own.
    pub assessors: usize,
    /// Whether they do not see each other's until they have finished their own.
    pub blind: bool,
    /// What those judged whose scores are weighed together.
    pub judgements: Vec<Judgement>,
    /// Whether others' scores are weighed together here.
    pub moderates: bool,
    /// What to tick off.
    pub checklist: Vec<ChecklistItem>,
    /// What finishes it, with the state it leads to.
    pub ways: Vec<(String, Way)>,
}

/// The sheet of a task, for the one who is to fill it in.
///
/// # Errors
/// [`ServiceError::NotFound`] when the task is not there or not the actor's; [`ServiceError::Stale`] when it is done or the
/// case has moved on; [`ServiceError::Refused`] when somebody else must do it.
pub async fn sheet(tenant: &Tenant, actor: &Actor, case: CaseId, task: TaskId) -> ServiceResult<SheetView> {
    let mut tx = tenant.db.read().await?;
    let (case, package) = readable(&mut tx, tenant, actor, case).await?;
    let row = tasks::by_id(&mut tx, task).await?.filter(|row| row.case_id == case.id).ok_or(ServiceError::NotFound)?;
    if row.entered != case.entered {
        return Err(ServiceError::Stale);
    }
    let declared = work::declared(&package, &case, &row.task)?;
    if !declared.has_sheet() {
        return Err(ServiceError::NotFound);
    }
    let row = who::hers(&mut tx, actor, &case, declared, row).await?;
    let scored = who::scored(&mut tx, &package, &case, declared).await?;
    let sheets = match declared.moderates() {
        Some(of) => who::sheets(&mut tx, &case, &of.value).await?,
        None => Vec::new(),
    };
    let names = names(&mut tx, &sheets).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let assessors = assessors(&mut tx, &case, &row.task).await?;
    let draft = tasks::draft(&mut tx, &row, user).await?;
    let mut filled: Filled = match &draft {
        Some(draft) => serde_json::from_str(&draft.filled)?,
        None => Filled::default(),
    };
    let scales = scale_views(&scored, &sheets, &names);
    if draft.is_none() && scored.moderates {
        begin_with_what_all_gave(&mut filled, &scales, &sheets);
    }
    let scorers = who::scorers(&package, declared);
    let mut texts = declared.form.iter().filter(|field| matches!(field.kind, TaskFieldKind::Text));
    let conditions = declared.form.iter().filter(|field| matches!(field.kind, TaskFieldKind::Conditions));
    let comment_label = texts.next().map(|field| field.label.clone());
    let state = package.workflow.state(&case.state).ok_or(ServiceError::Stale)?;
    Ok(SheetView {
        task: row.id,
        label: declared.label.clone().unwrap_or_else(|| Localized::sv(declared.id.clone())),
        scales,
        comment_label,
        texts: texts.chain(conditions).map(named).collect(),
        amount_label: declared.form.iter().find(|field| matches!(field.kind, TaskFieldKind::Amount)).map(|field| field.label.clone()),
        applied: crate::services::ranking::applied(&mut tx, &package, &case).await?,
        comment: draft.as_ref().map_or_else(String::new, |draft| draft.comment.clone()),
        saved_at: draft.map(|draft| draft.at),
        filled,
        assessors,
        blind: declared.blind,
        judgements: judgements(scorers, &scorers.criteria(), sheets, names),
        moderates: scored.moderates,
        checklist: flow::checklist(&mut tx, tenant, &package, &case, declared).await?,
        ways: ways(&package.workflow, state),
    })
}

/// How many assess, each on her own: officers, and experts who still may or have.
pub(in crate::services) async fn assessors(tx: &mut Tx, case: &CaseRow, task: &str) -> ServiceResult<usize> {
    let mut count = 0;
    for place in tasks::of_case(tx, case.id).await?.iter().filter(|place| place.entered == case.entered && place.task == task) {
        let stands = place.role != EXPERT || place.closed_at.is_none() || !tasks::results(tx, place.id).await?.is_empty();
        count += usize::from(stands);
    }
    Ok(count)
}

fn named(field: &TaskField) -> (String, Localized) {
    (field.id.clone(), field.label.clone())
}

/// What all agree about is filled in beforehand, and the amount where it is the same.
fn begin_with_what_all_gave(filled: &mut Filled, scales: &[ScaleView], sheets: &[Sheet]) {
    for scale in scales {
        if let Some(level) = scale.agreed {
            filled.scores.insert(scale.id.clone(), Score { level, why: String::new() });
        }
    }
    let mut amounts = sheets.iter().filter_map(|sheet| sheet.filled.amount);
    if let Some(first) = amounts.next()
        && amounts.all(|other| other == first)
    {
        filled.amount = Some(first);
    }
}

pub(super) async fn names(tx: &mut Tx, sheets: &[Sheet]) -> ServiceResult<Vec<String>> {
    let mut names = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        names.push(users::by_id(tx, sheet.user).await?.map_or_else(String::new, |user| user.name));
    }
    Ok(names)
}

pub(in crate::services) fn scale_views(scored: &Scored<'_>, sheets: &[Sheet], names: &[String]) -> Vec<ScaleView> {
    let all: Vec<Levels> = sheets.iter().map(levels).collect();
    let views = scored.scales.iter().map(|(field, scale)| {
        let given: Vec<Given> = sheets
            .iter()
            .zip(names)
            .filter_map(|(sheet, who)| {
                let score = sheet.filled.scores.get(&field.id)?;
                Some(Given { who: who.clone(), expert: sheet.expert, level: score.level, why: score.why.clone() })
            })
            .collect();
        let first = given.first().map(|first| first.level);
        ScaleView {
            id: field.id.clone(),
            label: field.label.clone(),
            weight: scale.weight,
            levels: (scale.from..).zip(scale.levels.iter().cloned()).collect(),
            disagreed: score::spread(&field.id, &all) > score::AGREED_WITHIN,
            agreed: first.filter(|first| given.iter().all(|one| one.level == *first)),
            given,
        }
    });
    views.collect()
}

/// What those judged of the whole who did a task, with what else its form asked for; their points by the criteria that they scored.
pub(super) fn judgements(task: &Task, criteria: &[score::Criterion], sheets: Vec<Sheet>, names: Vec<String>) -> Vec<Judgement> {
    let judged = sheets.into_iter().zip(names).map(|(sheet, who)| Judgement {
        who,
        expert: sheet.expert,
        points: score::points(criteria, &[levels(&sheet)]),
        amount: sheet.filled.amount,
        texts: task
            .form
            .iter()
            .filter_map(|field| Some((field.label.clone(), sheet.filled.texts.get(&field.id).filter(|text| !text.is_empty())?.clone())))
            .collect(),
        comment: sheet.comment,
    });
    judged.collect()
}
