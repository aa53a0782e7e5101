//! The same done with several cases: what would be skipped and why is told before, and what was skipped after.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::handing_preview::{self, To, Unable};
use super::list::{self, Line};
use super::{handing_over, handing_preview::Preview};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::CaseId;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts};
use crate::store::queue::Waits;

/// What is done with each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The actor takes it.
    Take,
    /// It is put aside until a day; none when it was left empty or is no day.
    PutAside(Option<NaiveDate>),
    /// It is handed over.
    HandOver(To),
}

/// Why a case is skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The actor may not handle it.
    NotAllowed,
    /// It is closed.
    Closed,
    /// The actor has it already.
    HasIt,
    /// A colleague has it, by name.
    Colleagues(String),
    /// It is put aside until that day already.
    Aside,
    /// The receiver cannot take it.
    Unable(Unable),
    /// What the service answered when it was tried.
    Refused(Localized),
}

/// A case with what would become of it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case.
    pub line: Line,
    /// Why it is skipped; none when it is done.
    pub skip: Option<Skip>,
}

/// What would be done, case by case. Nothing is changed. What the actor may not see is not there.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn plan(tenant: &Tenant, actor: &Actor, cases: &[CaseId], act: &Act) -> ServiceResult<Vec<Planned>> {
    let lines = list::some(tenant, actor, cases).await?;
    let mut planned = Vec::with_capacity(lines.len());
    for line in lines {
        let skip = match general(actor, &line) {
            Some(skip) => Some(skip),
            None => own(tenant, actor, &line, act).await?,
        };
        planned.push(Planned { line, skip });
    }
    Ok(planned)
}

/// Does it with every case that is not skipped, each by itself: one that fails holds up no other. Answers how many were done and
/// those that were not, with why.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that is not to come; nothing is done then. When the database refuses.
pub async fn carry_out(tenant: &Tenant, actor: &Actor, cases: &[CaseId], act: &Act) -> ServiceResult<(usize, Vec<Planned>)> {
    authorize(actor, Action::Browse)?;
    if let Act::PutAside(day) = act
        && day.is_none_or(|day| day <= tenant.clock.today())
    {
        let message = Localized::both("Välj en dag efter i dag.", "Choose a day after today.");
        return Err(ServiceError::invalid("dag", "not_to_come", message));
    }
    let (mut done, mut skipped) = (0, Vec::new());
    for planned in plan(tenant, actor, cases, act).await? {
        if planned.skip.is_some() {
            skipped.push(planned);
            continue;
        }
        let result = one(tenant, actor, planned.line.row.standing.case_id, act).await;
        // Somebody may have taken it, or declared a conflict in it, since the page was shown.
        match conflicts::noting(tenant, actor, result).await? {
            Ok(()) => done += 1,
            Err(ServiceError::Refused(why)) => skipped.push(Planned { skip: Some(Skip::Refused(why)), ..planned }),
            Err(ServiceError::NotFound | ServiceError::KeptAway(_)) => {}
            Err(other @ (ServiceError::Invalid(_) | ServiceError::Stale)) => {
                let why = Localized::both("Ärendet har ändrats sedan sidan visades.", "The case has changed since the page was shown.");
                tracing::warn!(%other, "a case was left out of what was done with several");
                skipped.push(Planned { skip: Some(Skip::Refused(why)), ..planned });
            }
            Err(other @ (ServiceError::Definition(_) | ServiceError::Store(_) | ServiceError::Internal(_))) => return Err(other),
        }
    }
    Ok((done, skipped))
}

async fn one(tenant: &Tenant, actor: &Actor, case: CaseId, act: &Act) -> ServiceResult<()> {
    match act {
        Act::Take => {
            let user = actor.user().ok_or(ServiceError::NotFound)?.id;
            handing_over::hand_over(tenant, actor, case, Some(user), "").await
        }
        Act::PutAside(until) => list::snooze(tenant, actor, case, *until).await,
        Act::HandOver(To::Colleague(user)) => handing_over::hand_over(tenant, actor, case, Some(*user), "").await,
        Act::HandOver(To::Unit(unit)) => handing_over::hand_over_to_unit(tenant, actor, case, unit, "").await,
    }
}

fn general(actor: &Actor, line: &Line) -> Option<Skip> {
    let standing = &line.row.standing;
    if authorize(actor, Action::Handle { about: standing.about(), committee: &standing.committee }).is_err() {
        return Some(Skip::NotAllowed);
    }
    (standing.waits == Waits::Nothing).then_some(Skip::Closed)
}

async fn own(tenant: &Tenant, actor: &Actor, line: &Line, act: &Act) -> ServiceResult<Option<Skip>> {
    let row = &line.row;
    Ok(match act {
        Act::Take if row.officer_id.is_none() => None,
        Act::Take if row.officer_id == actor.user().map(|user| user.id) => Some(Skip::HasIt),
        Act::Take => Some(Skip::Colleagues(row.officer.clone().unwrap_or_default())),
        Act::PutAside(until) => (until.is_some() && row.snoozed_until == *until).then_some(Skip::Aside),
        Act::HandOver(to) => {
            let Preview { unable, .. } = handing_preview::of(tenant, actor, row.standing.case_id, to).await?;
            unable.map(Skip::Unable)
        }
    })
}

/// The cases that were chosen, each once and no more than can be done at once.
#[must_use]
pub fn chosen(ids: impl Iterator<Item = CaseId>) -> Vec<CaseId> {
    const MOST: usize = 200;
    ids.collect::<BTreeSet<_>>().into_iter().take(MOST).collect()
}
