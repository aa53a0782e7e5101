//! Who gets a case by itself: when a task of an officer opens and nobody handles the case, whoever has the least to do.

pub mod absence;
pub mod units;
pub mod views;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde_json::json;

use super::actor::{Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceResult, flow, protection};
use crate::app::Tenant;
use crate::domain::assignment::{Because, Candidate, choose};
use crate::domain::condition::Truth;
use crate::domain::id::UserId;
use crate::forms::{AssignedBy, Seeing};
use crate::packages::Package;
use crate::store::assignment::{self as rows, AssignmentRow};
use crate::store::cases::CaseRow;
use crate::store::counters::{self, Counter};
use crate::store::users::{self, Role};
use crate::store::{Tx, queue, tasks};
use crate::text::order;

/// How far back what somebody has been given counts, in days.
pub const LATELY: u64 = 30;

/// Who gets a case, and why her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Given {
    /// Who.
    pub user: UserId,
    /// What told her from the others.
    because: Because,
    /// How many open cases she has, this one not among them.
    open: i64,
    /// How many she has been given lately, this one not among them.
    lately: i64,
    /// How many could have taken it.
    among: usize,
}

/// Gives a case to an officer where its grant type asks for it, a task of an officer is open and nobody handles it yet. Who and
/// why stand in the history; so does that nobody could take it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn give(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    if package.form.assignment.by == AssignedBy::Nothing || queue::handling(tx, case.id).await?.officer_id.is_some() {
        return Ok(());
    }
    if !tasks::open_of_case(tx, case.id).await?.iter().any(|task| task.role == "officer") {
        return Ok(());
    }
    let unit = unit_of(tx, tenant, package, case).await?;
    let no = counters::draw(tx, Counter::Assignment, 1).await?;
    // Another task of the same case may have opened beside this one and given it meanwhile.
    if queue::handling(tx, case.id).await?.officer_id.is_some() {
        return Ok(());
    }
    let given = give_numbered(tx, tenant, case, (unit.as_deref(), None), no).await?;
    if given.is_none() {
        let body = json!({ "unit": unit, "committee": case.committee });
        let event = Event { kind: "case.unassigned", body, texts: &[] };
        history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, event).await?;
    }
    Ok(())
}

/// The unit whose officers come in question: that of the first route whose guard holds. What nobody can tell does not hold.
async fn unit_of(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<Option<String>> {
    let (answers, facts) = flow::seen(tx, tenant, case).await?;
    let seeing = Seeing { form: &package.form, answers: &answers, facts: &facts };
    let mut routes = package.form.assignment.routes.iter();
    let route = routes.find(|route| route.guard.value.condition.evaluate(&seeing) == Truth::True);
    Ok(route.map(|route| route.unit.value.clone()))
}

/// Gives a case to whoever of a unit has the least to do, other than `not`; `None` when nobody can take it. The number drawn
/// first orders whoever gives at the same time: each counts what the one before has given.
///
/// # Errors
/// When the database refuses.
pub(super) async fn give_within(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    unit: &str,
    not: Option<UserId>,
) -> ServiceResult<Option<Given>> {
    let no = counters::draw(tx, Counter::Assignment, 1).await?;
    give_numbered(tx, tenant, case, (Some(unit), not), no).await
}

async fn give_numbered(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    (unit, not): (Option<&str>, Option<UserId>),
    no: i64,
) -> ServiceResult<Option<Given>> {
    let Some(given) = by_load(tx, tenant, case, unit, not).await? else { return Ok(None) };
    queue::assign(tx, case.id, Some(given.user)).await?;
    let at = tenant.clock.now();
    let row = AssignmentRow { no, case_id: case.id, user_id: given.user, unit: unit.map(str::to_owned), at };
    rows::insert(tx, &row).await?;
    let body = json!({
        "user": given.user, "unit": unit, "committee": case.committee, "because": given.because.word(), "open": given.open,
        "lately": given.lately, "among": given.among,
    });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "case.assigned", body, texts: &[] }).await?;
    Ok(Some(given))
}

/// Who would get a case now, other than `not`.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn by_load(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    unit: Option<&str>,
    not: Option<UserId>,
) -> ServiceResult<Option<Given>> {
    let candidates = candidates(tx, tenant, case, unit, not).await?;
    let chosen = choose(&candidates);
    Ok(chosen.map(|(best, because)| Given { user: best.user, because, open: best.open, lately: best.lately, among: candidates.len() }))
}

/// Those who can take a case: officers of its committee and unit who are here and free of conflict of interest; where the case
/// names somebody whose identity is protected, those who may read that.
async fn candidates(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    unit: Option<&str>,
    not: Option<UserId>,
) -> ServiceResult<Vec<Candidate>> {
    let today = tenant.clock.today();
    let within = match unit {
        Some(unit) => Some(rows::members_of(tx, unit).await?),
        None => None,
    };
    let away: BTreeSet<UserId> = rows::away(tx, today).await?.into_iter().map(|row| row.user_id).collect();
    let loads: BTreeMap<UserId, i64> = rows::loads(tx).await?.into_iter().collect();
    let since = tenant.clock.now().checked_sub_days(Days::new(LATELY)).unwrap_or_default();
    let lately: BTreeMap<UserId, i64> = rows::given_since(tx, since).await?.into_iter().collect();
    let mut found = Vec::new();
    for user in users::with_role(tx, Role::Officer, today).await? {
        let id = user.id;
        let asked = within.as_ref().is_none_or(|within| within.contains(&id));
        if !asked || away.contains(&id) || not == Some(id) {
            continue;
        }
        let name_key = order::key(&user.name);
        let officer = Actor::with_roles(tx, user, today).await?;
        let handles = authorize(&officer, Action::Handle { about: case.about(), committee: &case.committee }).is_ok();
        if handles && (!case.protected || protection::may_read(&officer)) {
            let of = |counts: &BTreeMap<UserId, i64>| counts.get(&id).copied().unwrap_or_default();
            found.push(Candidate { user: id, name_key, open: of(&loads), lately: of(&lately) });
        }
    }
    Ok(found)
}
