//! What a hand-over would do, before it is done: what follows along, what does not, and what the receiver cannot take.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::handing_over::may_handle;
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::conflict::About;
use crate::domain::id::{CaseId, UserId};
use crate::domain::inputs::{Answer, Attachment};
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::assignment::{self, views::Absent};
use crate::services::tasks::{EXPERT, who};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts, flow, packages};
use crate::store::cases::{self, CaseRow};
use crate::store::tasks::TaskRow;
use crate::store::users::{self, Role, UserRow};
use crate::store::{Tx, assignment as rows, notes, queue, tasks};

/// To whom a case is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// A colleague.
    Colleague(UserId),
    /// A unit, by id: whoever there has the least to do.
    Unit(String),
}

/// Why somebody cannot take a case at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unable {
    /// She must keep away from it (förvaltningslagen 16 §).
    Conflicted,
    /// She does not handle the committee's cases.
    OtherCommittee,
    /// She has it already.
    HasIt,
    /// Nobody of the unit can take it.
    NobodyInUnit,
}

/// Why a task of the case is not the receiver's to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHers {
    /// It is to be done by somebody else than the case's officer.
    FourEyes,
    /// She has done it already; several do it, each once.
    Done,
}

/// A task that follows along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along {
    /// What it is.
    pub title: Localized,
    /// Why it is there.
    pub reason: String,
    /// The day it should be done.
    pub due: Option<NaiveDate>,
    /// Why it is not the receiver's to do, where it is not.
    pub not_hers: Option<NotHers>,
}

/// A sheet that somebody has begun. It is hers and stays with her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The task.
    pub title: Localized,
    /// Who has begun it.
    pub by: String,
}

/// What a hand-over would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Who gets it: the colleague, or whoever of the unit would now.
    pub receiver: Option<UserRow>,
    /// Why nobody would.
    pub unable: Option<Unable>,
    /// How many open cases the receiver has now.
    pub open: i64,
    /// When she is away, where she is today.
    pub away: Option<Absent>,
    /// The open tasks.
    pub tasks: Vec<Along>,
    /// The last day of the supplement that is waited for.
    pub last_day: Option<NaiveDate>,
    /// Messages that nobody has answered.
    pub unread: i64,
    /// How many notes there are.
    pub notes: usize,
    /// Papers that are promised and have not come.
    pub promised: Vec<Localized>,
    /// Sheets that do not follow along.
    pub begun: Vec<Begun>,
}

/// The officers one may ask for: everybody who handles cases, but not who handles this one now.
///
/// # Errors
/// [`ServiceError::NotFound`] where the actor may not read the case.
pub async fn officers(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Vec<(UserId, String)>> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let now = queue::handling(&mut tx, id).await?.officer_id;
    let all = users::with_role(&mut tx, Role::Officer, tenant.clock.today()).await?;
    Ok(all.into_iter().filter(|user| Some(user.id) != now).map(|user| (user.id, user.name)).collect())
}

/// What handing a case over would do. Nothing is changed.
///
/// # Errors
/// [`ServiceError::NotFound`] where the case or the receiver is not there; [`ServiceError::Refused`] for who may not handle it.
pub async fn of(tenant: &Tenant, actor: &Actor, id: CaseId, to: &To) -> ServiceResult<Preview> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let handling = queue::handling(&mut tx, id).await?;
    let (receiver, unable) = receiver(&mut tx, tenant, &case, handling.officer_id, to).await?;
    let mut preview = Preview {
        unable,
        tasks: along(&mut tx, &package, &case, receiver.as_ref().map(|user| user.id)).await?,
        last_day: flow::last_day_to_answer(&mut tx, &package, &case).await?,
        unread: handling.unread,
        notes: notes::of_case(&mut tx, id).await?.len(),
        promised: promised(&mut tx, &package, &case).await?,
        begun: begun(&mut tx, &package, &case).await?,
        ..Preview::default()
    };
    if let Some(user) = receiver {
        preview.open = rows::loads(&mut tx).await?.into_iter().find(|(who, _)| *who == user.id).map_or(0, |(_, open)| open);
        let away = rows::away(&mut tx, tenant.clock.today()).await?.into_iter().find(|row| row.user_id == user.id);
        if let Some(row) = away {
            let substitute = match row.substitute_id {
                Some(substitute) => users::by_id(&mut tx, substitute).await?.map(|user| user.name),
                None => None,
            };
            preview.away = Some(Absent { from: row.from_day, until: row.until_day, substitute });
        }
        preview.receiver = Some(user);
    }
    Ok(preview)
}

async fn receiver(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    now: Option<UserId>,
    to: &To,
) -> ServiceResult<(Option<UserRow>, Option<Unable>)> {
    match to {
        To::Unit(unit) => {
            tenant.profile.unit(unit).ok_or(ServiceError::NotFound)?;
            match assignment::by_load(tx, tenant, case, Some(unit), now).await? {
                Some(given) => Ok((users::by_id(tx, given.user).await?, None)),
                None => Ok((None, Some(Unable::NobodyInUnit))),
            }
        }
        To::Colleague(user) => {
            let user = users::by_id(tx, *user).await?.ok_or(ServiceError::NotFound)?;
            let unable = if conflicts::kept(tx, user.id, tenant.clock.today()).await?.from_case(case.about()) {
                Some(Unable::Conflicted)
            } else if now == Some(user.id) {
                Some(Unable::HasIt)
            } else if may_handle(tx, tenant, user.clone(), case).await? {
                None
            } else {
                Some(Unable::OtherCommittee)
            };
            Ok((Some(user), unable))
        }
    }
}

/// The open tasks, and which of them the receiver could not do.
async fn along(tx: &mut Tx, package: &Package, case: &CaseRow, receiver: Option<UserId>) -> ServiceResult<Vec<Along>> {
    let all = tasks::of_case(tx, case.id).await?;
    let mut found: Vec<Along> = Vec::new();
    // What an expert from outside is asked stays with her, whoever handles the case.
    for row in all.iter().filter(|row| row.closed_at.is_none() && row.role != EXPERT) {
        let declared = who::named(package, &row.task).filter(|_| row.entered == case.entered);
        let not_hers = match (declared, receiver) {
            (Some(task), _) if task.four_eyes => Some(NotHers::FourEyes),
            (Some(_), Some(user)) if done_by(tx, &all, row, user).await? => Some(NotHers::Done),
            (Some(_) | None, _) => None,
        };
        let title = declared.and_then(|task| task.label.clone());
        let line =
            Along { title: title.unwrap_or_else(|| Localized::sv(row.reason.clone())), reason: row.reason.clone(), due: row.due, not_hers };
        // The places of a task that several do look alike.
        if !found.contains(&line) {
            found.push(line);
        }
    }
    Ok(found)
}

async fn done_by(tx: &mut Tx, all: &[TaskRow], open: &TaskRow, user: UserId) -> ServiceResult<bool> {
    for row in all.iter().filter(|row| row.entered == open.entered && row.task == open.task && row.closed_at.is_some()) {
        if tasks::results(tx, row.id).await?.iter().any(|result| result.user_id == user) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn promised(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Vec<Localized>> {
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?;
    let later = |id: &str| answers.get(id) == Some(&Answer::Attachment(Attachment::Later));
    Ok(package.form.fields().filter(|field| later(&field.id)).map(|field| field.label.clone()).collect())
}

async fn begun(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Vec<Begun>> {
    let mut found = Vec::new();
    for (task, user) in tasks::drafts_of_case(tx, case.id, case.entered).await? {
        let title = who::named(package, &task).and_then(|task| task.label.clone()).unwrap_or_else(|| Localized::sv(task));
        let by = users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name);
        found.push(Begun { title, by });
    }
    Ok(found)
}
