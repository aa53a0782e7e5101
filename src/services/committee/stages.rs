//! The bodies that prepare a committee's cases: which have, and what they propose.

use super::MeetingRow;
use crate::app::Tenant;
use crate::app::profile::{Committee, Stage};
use crate::domain::committee::Done;
use crate::domain::id::CaseId;
use crate::services::ServiceResult;
use crate::store::Tx;
use crate::store::agenda::{self, SaidRow};

/// The body whose meeting it is; none where it is the committee's own.
pub fn of<'t>(tenant: &'t Tenant, meeting: &MeetingRow) -> Option<&'t Stage> {
    let id = meeting.stage.as_deref()?;
    tenant.profile.committee(&meeting.committee)?.stages.iter().find(|stage| stage.id == id)
}

/// Who meets: the committee, or a body that prepares its cases. A body that the settings no longer have keeps its id.
pub fn who(tenant: &Tenant, meeting: &MeetingRow) -> String {
    match tenant.profile.committee(&meeting.committee) {
        Some(committee) => named(committee, meeting.stage.as_deref()),
        None => meeting.stage.clone().unwrap_or_else(|| meeting.committee.clone()),
    }
}

/// The name of a body that prepares a committee's cases; the committee's own where it is none.
pub(super) fn named(committee: &Committee, stage: Option<&str>) -> String {
    match stage {
        None => committee.name.clone(),
        Some(id) => committee.stages.iter().find(|stage| stage.id == id).map_or_else(|| id.to_owned(), |stage| stage.name.clone()),
    }
}

/// What preparing bodies have proposed in a case since it was last referred back; the oldest first.
pub(super) async fn said(tx: &mut Tx, case: CaseId) -> ServiceResult<Vec<SaidRow>> {
    let mut all = agenda::said(tx, case).await?;
    let from = all.iter().rposition(|row| row.outcome == Done::ReferredBack).map_or(0, |at| at + 1);
    let mut since = all.split_off(from);
    since.retain(|row| row.stage.is_some() && row.outcome.decides());
    Ok(since)
}

/// The first body that must prepare a case before a meeting, and has not.
pub(super) async fn missing<'t>(tx: &mut Tx, tenant: &'t Tenant, meeting: &MeetingRow, case: CaseId) -> ServiceResult<Option<&'t Stage>> {
    let Some(committee) = tenant.profile.committee(&meeting.committee) else { return Ok(None) };
    let before = committee.stages.iter().take_while(|stage| Some(&stage.id) != meeting.stage.as_ref());
    let required: Vec<_> = before.filter(|stage| stage.required).collect();
    if required.is_empty() {
        return Ok(None);
    }
    let said = said(tx, case).await?;
    Ok(required.into_iter().find(|stage| !said.iter().any(|row| row.stage.as_ref() == Some(&stage.id))))
}
