//! Reads for the page of a meeting's cases.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::bundle::{self, BundleView};
use super::{is_for_committee, stages};
use crate::app::Tenant;
use crate::domain::committee::Done;
use crate::domain::id::CaseId;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money};
use crate::services::actor::{Action, authorize};
use crate::services::conflicts::minutes;
use crate::services::{Actor, ServiceError, ServiceResult, packages, protection};
use crate::store::agenda::{self, WaitingRow};
use crate::store::{Tx, cases, decisions as rows};

pub use crate::store::decisions::MeetingRow;

/// A meeting with its cases.
#[derive(Clone, Debug)]
pub struct AgendaView {
    /// The meeting.
    pub meeting: MeetingRow,
    /// Who meets: the committee, or a body that prepares its cases.
    pub who: String,
    /// The papers that were asked for last, the newest first.
    pub bundles: Vec<BundleView>,
    /// The cases on its agenda, in order.
    pub items: Vec<ItemView>,
    /// Cases that wait for the committee and stand on no agenda.
    pub waiting: Vec<ItemView>,
    /// What the minutes say of who has a conflict of interest in which of the cases on the agenda.
    pub conflicts: Vec<String>,
    /// How many cases of both the actor is kept from.
    pub kept: usize,
    /// Whether the actor may prepare the meeting and write its minutes in.
    pub may_prepare: bool,
    /// Whether the meeting has been held.
    pub held: bool,
    /// Whether a case can still be put on the agenda.
    pub open: bool,
    /// The rounds that are on the agenda: grant type with its name.
    pub grants: Vec<(String, Localized)>,
}

/// A case of a meeting, or one that waits for one.
#[derive(Clone, Debug)]
pub struct ItemView {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub applicant: String,
    /// The grant's name.
    pub grant: Localized,
    /// The period; `None` where the package no longer knows it.
    pub period: Option<ActivityPeriod>,
    /// The period's id.
    pub period_id: String,
    /// Its place on the agenda.
    pub no: i64,
    /// What is proposed.
    pub amount: Money,
    /// What the committee did with it.
    pub done: Option<Done>,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// A reservation that a member had minuted.
    pub reservation: Option<String>,
    /// What bodies that prepare the case have proposed.
    pub said: Vec<Said>,
}

/// What a body that prepares a case has proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The body.
    pub who: String,
    /// Its meeting's day.
    pub on: NaiveDate,
    /// The paragraph of its minutes.
    pub paragraph: Option<String>,
    /// What it proposed.
    pub done: Done,
}

/// A meeting's cases as a member of the staff sees them; those she is tied to are counted, not shown.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting, or for who is not of the staff.
pub async fn agenda(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<AgendaView> {
    authorize(actor, Action::Browse)?;
    let (scope, today) = (actor.scope()?, tenant.clock.today());
    let mut tx = tenant.db.read().await?;
    let meeting = rows::meeting_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let (on_it, kept) = agenda::of_meeting(&mut tx, &scope, id, today).await?;
    let (all, also_kept) = agenda::waiting(&mut tx, &scope, &meeting.committee, today).await?;
    let mut waiting = Vec::new();
    // A meeting takes up a case once.
    for row in all.into_iter().filter(|row| !on_it.iter().any(|item| item.case_id == row.case_id)) {
        let case = cases::by_id(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
        let package = packages::version(&mut tx, tenant, row.package_version_id).await?;
        if is_for_committee(&mut tx, &package, &case).await? {
            waiting.push(view(&mut tx, tenant, &meeting, row).await?);
        }
    }
    let numbered: Vec<_> = on_it.iter().map(|row| (row.number.clone(), row.about())).collect();
    let conflicts = minutes::of_cases(&mut tx, &numbered, meeting.held_on).await?;
    let mut items = Vec::with_capacity(on_it.len());
    let mut grants = Vec::new();
    let mut seen = BTreeSet::new();
    for row in on_it {
        let grant_type = row.grant_type.clone();
        let item = view(&mut tx, tenant, &meeting, row).await?;
        if seen.insert(grant_type.clone()) {
            grants.push((grant_type, item.grant.clone()));
        }
        items.push(item);
    }
    let open = meeting.announced_on.is_none();
    // What was taken back after the announcement is written in again.
    let unsettled = items.iter().any(|item| item.done.is_none());
    let mut bundles = bundle::of(&mut tx, meeting.id).await?;
    // Who is kept from a case of the meeting cannot fetch them.
    bundles.iter_mut().filter(|_| kept > 0).for_each(|bundle| bundle.row.file_id = None);
    Ok(AgendaView {
        who: stages::who(tenant, &meeting),
        bundles,
        may_prepare: (open || unsettled) && authorize(actor, Action::Prepare { committee: &meeting.committee }).is_ok(),
        held: meeting.held_on <= today,
        open: open && meeting.stop_on.is_none_or(|stop_on| today <= stop_on),
        kept: kept + also_kept,
        conflicts,
        meeting,
        items,
        waiting,
        grants,
    })
}

pub(super) async fn view(tx: &mut Tx, tenant: &Tenant, meeting: &MeetingRow, row: WaitingRow) -> ServiceResult<ItemView> {
    let package = packages::version(tx, tenant, row.package_version_id).await?;
    let hidden = protection::hides(row.protected, row.kind);
    let committee = tenant.profile.committee(&meeting.committee);
    let before = stages::said(tx, row.case_id).await?.into_iter().filter(|said| said.meeting_id != meeting.id);
    let said = before.map(|said| Said {
        who: committee.map_or_else(String::new, |committee| stages::named(committee, said.stage.as_deref())),
        on: said.held_on,
        paragraph: said.paragraph,
        done: said.outcome,
    });
    Ok(ItemView {
        said: said.collect(),
        case: row.case_id,
        number: row.number,
        applicant: if hidden { protection::HIDDEN_PERSON.to_owned() } else { row.name },
        grant: package.form.title.clone(),
        period: package.form.period(&row.period).cloned(),
        period_id: row.period,
        no: row.no,
        amount: row.amount_ore.unwrap_or_default(),
        done: row.outcome,
        paragraph: row.paragraph,
        reservation: row.reservation,
    })
}
