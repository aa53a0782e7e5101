//! How the work is shared between officers, as a page shows it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{LATELY, absence};
use crate::app::Tenant;
use crate::domain::id::UserId;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceResult};
use crate::store::assignment::{self as rows, AbsenceRow};
use crate::store::users::{self, Role, UserRow};

/// An officer with what she has to do.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Who.
    pub user: UserRow,
    /// Her units, by id.
    pub units: Vec<String>,
    /// Her open cases.
    pub open: i64,
    /// How many she has been given by load lately.
    pub lately: i64,
    /// When she is away, where she is today.
    pub away: Option<Absent>,
}

/// Somebody's being away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Who stands in, by name.
    pub substitute: Option<String>,
}

/// How the work is shared.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Every officer, by name.
    pub officers: Vec<Workload>,
    /// When the visitor herself is or will be away.
    pub own: Option<Absent>,
    /// Who can stand in for her; empty for who is no officer.
    pub substitutes: Vec<UserRow>,
}

/// How the work is shared between officers.
///
/// # Errors
/// [`crate::services::ServiceError::NotFound`] for who is not of the staff.
pub async fn shared(tenant: &Tenant, actor: &Actor) -> ServiceResult<Shared> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let today = tenant.clock.today();
    let officers = users::with_role(&mut tx, Role::Officer, today).await?;
    let name = |id: UserId| officers.iter().find(|user| user.id == id).map(|user| user.name.clone());
    let absent = |row: &AbsenceRow| Absent { from: row.from_day, until: row.until_day, substitute: row.substitute_id.and_then(name) };
    let away = rows::away(&mut tx, today).await?;
    let members = rows::members(&mut tx).await?;
    let loads: BTreeMap<UserId, i64> = rows::loads(&mut tx).await?.into_iter().collect();
    let since = tenant.clock.now().checked_sub_days(Days::new(LATELY)).unwrap_or_default();
    let lately: BTreeMap<UserId, i64> = rows::given_since(&mut tx, since).await?.into_iter().collect();
    let mut found = Shared::default();
    if actor.has(Role::Officer)
        && let Some(user) = actor.user()
    {
        found.own = rows::absences_of(&mut tx, user.id, today).await?.first().map(absent);
        found.substitutes = absence::substitutes(&mut tx, actor, today).await?;
    }
    found.officers = officers
        .iter()
        .map(|user| Workload {
            units: members.iter().filter(|(_, member)| *member == user.id).map(|(unit, _)| unit.clone()).collect(),
            open: loads.get(&user.id).copied().unwrap_or_default(),
            lately: lately.get(&user.id).copied().unwrap_or_default(),
            away: away.iter().find(|row| row.user_id == user.id).map(absent),
            user: user.clone(),
        })
        .collect();
    Ok(found)
}

/// For whom somebody stands in today, by name; and who is away with whom, for lists of cases: the officer's identity and the
/// last day of her being away.
///
/// # Errors
/// When the database cannot be read.
pub async fn away_today(tenant: &Tenant, actor: &Actor) -> ServiceResult<BTreeMap<UserId, NaiveDate>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::away(&mut tx, tenant.clock.today()).await?.into_iter().map(|row| (row.user_id, row.until_day)).collect())
}
