//! Reads for pages: a case's appeals, the last day to appeal, and the open appeals with what is due.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{in_force, seen};
use crate::app::Tenant;
use crate::domain::appeal::{AppealOutcome, AppealState, Timeliness};
use crate::domain::grant::{AppealForm, DecisionMode};
use crate::domain::id::{CaseId, DecisionId, UserId};
use crate::domain::{Localized, calendar, clock};
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::list;
use crate::services::decisions::decided_on;
use crate::services::{Actor, ServiceError, ServiceResult};
pub use crate::store::appeals::{AppealRow, StepRow};
use crate::store::decisions::DecisionRow;
use crate::store::{Tx, appeals as rows, cases, decisions, users};

/// The last day to appeal a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastDay {
    /// Three weeks from the day the letter was sent, for whoever read it that day (förvaltningslagen 44 §).
    ReadWhenSent(NaiveDate),
    /// Three weeks from the announcement of the minutes (kommunallagen 13 kap. 5 §).
    Announced(NaiveDate),
    /// The minutes are not announced yet, so the time has not begun.
    NotBegun,
}

/// The last day to appeal a decision that has left.
pub(in crate::services) async fn last_day(tx: &mut Tx, decision: &DecisionRow) -> ServiceResult<Option<LastDay>> {
    let Some(sent) = decision.dispatched_at else { return Ok(None) };
    Ok(Some(match decision.appeal {
        AppealForm::Forvaltningsbesvar => LastDay::ReadWhenSent(calendar::last_day_to_appeal(clock::swedish_date(sent))),
        AppealForm::Laglighetsprovning => {
            let meeting = match decision.meeting_id {
                Some(id) => decisions::meeting_by_id(tx, id).await?,
                None => None,
            };
            match meeting.and_then(|meeting| meeting.announced_on) {
                Some(announced) => LastDay::Announced(calendar::last_day_to_appeal(announced)),
                None => LastDay::NotBegun,
            }
        }
    }))
}

/// How a case stands with appeals: what its page and the applicant's show.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The last day to appeal the decision in force.
    pub last_day: LastDay,
    /// Each appeal: when it came in, where it stands, how it ended.
    pub appeals: Vec<(NaiveDate, AppealState, Option<AppealOutcome>)>,
}

/// How a case stands with appeals; `None` where no decision has been sent.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see.
pub async fn standing(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<Option<Standing>> {
    let mut tx = tenant.db.read().await?;
    let row = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(row.about())))?;
    let Some(decision) = in_force(&mut tx, case).await? else { return Ok(None) };
    let Some(last_day) = last_day(&mut tx, &decision).await? else { return Ok(None) };
    let appeals = rows::of_case(&mut tx, case).await?;
    Ok(Some(Standing { last_day, appeals: appeals.iter().map(|row| (row.received_on, row.state, row.outcome)).collect() }))
}

/// A step with who took it.
#[derive(Clone, Debug)]
pub struct StepView {
    /// The step.
    pub row: StepRow,
    /// Her name.
    pub by: String,
}

/// An appeal as its page shows it.
#[derive(Clone, Debug)]
pub struct AppealView {
    /// The appeal.
    pub row: AppealRow,
    /// Whether it came in time, where that is ours to test.
    pub timeliness: Option<Timeliness>,
    /// Its steps, oldest first.
    pub steps: Vec<StepView>,
    /// Whether the appealed decision is the committee's, so that its statement is too.
    pub of_committee: bool,
    /// Whether a decision was changed by reconsideration after it, and sent.
    pub reconsidered: bool,
}

/// A case's appeals with what can be entered.
#[derive(Clone, Debug)]
pub struct OfCase {
    /// The decision in force: what would be appealed, when it was made and sent, and how it is appealed.
    pub decision: Option<(DecisionId, NaiveDate, AppealForm)>,
    /// The last day to appeal it.
    pub last_day: Option<LastDay>,
    /// The appeals, the newest first.
    pub appeals: Vec<AppealView>,
    /// Whether the actor may handle them.
    pub may_handle: bool,
    /// Whether she may reject a late one.
    pub may_reject: bool,
}

/// A case's appeals as the staff sees them.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see.
pub async fn of_case(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<OfCase> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let decide = Action::Decide {
        about: case.about(),
        committee: &case.committee,
        grant_type: &case.grant_type,
        amount: crate::domain::Money::ZERO,
    };
    let decision = in_force(&mut tx, case.id).await?;
    let all = decisions::of_case(&mut tx, case.id).await?;
    let mut names: BTreeMap<UserId, String> = BTreeMap::new();
    let mut appeals = Vec::new();
    for row in rows::of_case(&mut tx, case.id).await?.into_iter().rev() {
        let mut steps = Vec::new();
        for step in rows::steps(&mut tx, row.id).await? {
            if let std::collections::btree_map::Entry::Vacant(place) = names.entry(step.by_user) {
                place.insert(users::by_id(&mut tx, step.by_user).await?.map_or_else(String::new, |user| user.name));
            }
            let by = names.get(&step.by_user).cloned().unwrap_or_default();
            steps.push(StepView { row: step, by });
        }
        appeals.push(AppealView {
            timeliness: seen(&row).timeliness(),
            of_committee: all.iter().any(|one| one.id == row.decision_id && one.mode == DecisionMode::Committee),
            reconsidered: all.iter().any(|one| {
                one.left()
                    && one.change_ground == Some(crate::domain::change::ChangeGround::Reconsidered)
                    && one.decided_at >= row.entered_at
            }),
            steps,
            row,
        });
    }
    Ok(OfCase {
        last_day: match &decision {
            Some(decision) => last_day(&mut tx, decision).await?,
            None => None,
        },
        decision: match decision {
            Some(row) => Some((row.id, decided_on(&row)?, row.appeal)),
            None => None,
        },
        may_handle: authorize(actor, Action::Handle { about: case.about(), committee: &case.committee }).is_ok(),
        may_reject: authorize(actor, decide).is_ok(),
        appeals,
    })
}

/// An open appeal in the list.
#[derive(Clone, Debug)]
pub struct OpenLine {
    /// The appeal.
    pub row: AppealRow,
    /// The case's number.
    pub number: String,
    /// The applicant, or that she is protected.
    pub applicant: String,
    /// The grant type's name.
    pub grant: Localized,
    /// Whether what is due is late.
    pub overdue: bool,
}

/// The open appeals an actor may see: what is due first comes first.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn open(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<OpenLine>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let found = rows::open(&mut tx, &actor.scope()?).await?;
    drop(tx);
    let ids: Vec<CaseId> = found.iter().map(|row| row.appeal.case_id).collect();
    let lines = list::some(tenant, actor, &ids).await?;
    let today = tenant.clock.today();
    Ok(found
        .into_iter()
        .filter_map(|row| {
            let line = lines.iter().find(|line| line.row.standing.case_id == row.appeal.case_id)?;
            Some(OpenLine {
                applicant: line.applicant.clone(),
                grant: line.grant.clone(),
                overdue: row.appeal.due.is_some_and(|due| due < today),
                number: row.number,
                row: row.appeal,
            })
        })
        .collect())
}
