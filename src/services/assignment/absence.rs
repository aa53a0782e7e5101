//! Being away, and who stands in: new cases are not given to who is away, and what is hers shows for her substitute too.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::UserId;
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, actor};
use crate::store::assignment::{self as rows, AbsenceRow};
use crate::store::users::{self, Role, UserRow};
use crate::store::{Tx, users::RoleRow};

/// What an officer says of being away.
#[derive(Clone, Copy, Debug)]
pub struct Away {
    /// The first day; none when it was left empty or is no day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Who stands in.
    pub substitute: Option<UserId>,
}

/// How long somebody may say that she is away, in days; beyond that the year was mistyped.
const LONGEST: i64 = 366;

/// Says that the officer is away; what she said before of the same days and later falls.
///
/// # Errors
/// [`ServiceError::Invalid`] for days that are over or in the wrong order, or a substitute who does not handle her committees'
/// cases or is away herself; [`ServiceError::Refused`] for who is no officer.
pub async fn say(tenant: &Tenant, actor: &Actor, away: &Away) -> ServiceResult<()> {
    let user = officer(actor)?.id;
    let mut tx = tenant.db.write().await?;
    let today = tenant.clock.today();
    let mut findings = days(away, today);
    if let (Some(from), Some(until), Some(substitute)) = (away.from, away.until, away.substitute)
        && let Some(message) = unfit(&mut tx, actor, substitute, from.max(today), until).await?
    {
        findings.push(Finding { place: "vikarie".to_owned(), code: "unfit".to_owned(), message });
    }
    let (Some(from), Some(until), true) = (away.from, away.until, findings.is_empty()) else {
        return Err(ServiceError::Invalid(findings));
    };
    let now = tenant.clock.now();
    rows::end_absences(&mut tx, user, today, now).await?;
    let row = AbsenceRow {
        id: tenant.ids.uuid(),
        user_id: user,
        from_day: from,
        until_day: until,
        substitute_id: away.substitute,
        entered_at: now,
        ended_at: None,
    };
    rows::insert_absence(&mut tx, &row).await?;
    let body = json!({ "from": from, "until": until, "substitute": away.substitute });
    history::record(&mut tx, tenant, Stream::User(user), actor, Event { kind: "user.away", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// Says that the officer is back, or will not be away after all.
///
/// # Errors
/// [`ServiceError::Refused`] when she has not said that she is away, or is no officer.
pub async fn back(tenant: &Tenant, actor: &Actor) -> ServiceResult<()> {
    let user = officer(actor)?.id;
    let mut tx = tenant.db.write().await?;
    if rows::end_absences(&mut tx, user, tenant.clock.today(), tenant.clock.now()).await? == 0 {
        return Err(ServiceError::refused("Du är inte anmäld som borta.", "You are not noted as away."));
    }
    let event = Event { kind: "user.back", body: json!({}), texts: &[] };
    history::record(&mut tx, tenant, Stream::User(user), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Those who can stand in for somebody: officers of one of her committees.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn substitutes(tx: &mut Tx, of: &Actor, today: NaiveDate) -> ServiceResult<Vec<UserRow>> {
    let mut found = Vec::new();
    for user in users::with_role(tx, Role::Officer, today).await? {
        if Some(user.id) != of.person() && shares_committee(of, &users::roles(tx, user.id, today).await?) {
            found.push(user);
        }
    }
    Ok(found)
}

fn officer(actor: &Actor) -> ServiceResult<&UserRow> {
    if !actor.has(Role::Officer) {
        return Err(actor::lacks("anmäla frånvaro som handläggare", "say that you are away as an officer"));
    }
    actor.user().ok_or(ServiceError::NotFound)
}

fn days(away: &Away, today: NaiveDate) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut demand = |wrong: bool, place: &str, sv: &str, en: &str| {
        if wrong {
            findings.push(Finding { place: place.to_owned(), code: "day".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(away.from.is_none(), "fran", "Skriv första dagen.", "Write the first day.");
    demand(away.until.is_none(), "till", "Skriv sista dagen.", "Write the last day.");
    let order = away.from.zip(away.until);
    demand(
        order.is_some_and(|(from, until)| until < from),
        "till",
        "Sista dagen kan inte ligga före den första.",
        "The last day cannot be before the first.",
    );
    demand(
        order.is_some_and(|(from, until)| until >= from && until < today),
        "till",
        "Sista dagen har redan varit.",
        "The last day is over already.",
    );
    demand(
        away.until.is_some_and(|until| (until - today).num_days() > LONGEST),
        "till",
        "Sista dagen är mer än ett år bort. Kontrollera årtalet.",
        "The last day is more than a year away. Check the year.",
    );
    findings
}

async fn unfit(tx: &mut Tx, actor: &Actor, substitute: UserId, from: NaiveDate, until: NaiveDate) -> ServiceResult<Option<Localized>> {
    let roles = users::roles(tx, substitute, from).await?;
    if actor.person() == Some(substitute) || !shares_committee(actor, &roles) {
        return Ok(Some(Localized::both(
            "Välj en kollega som handlägger samma nämnds ärenden.",
            "Choose a colleague who handles the same committee's cases.",
        )));
    }
    let overlaps = |row: &AbsenceRow| row.from_day <= until && row.until_day >= from;
    if rows::absences_of(tx, substitute, from).await?.iter().any(overlaps) {
        return Ok(Some(Localized::both(
            "Kollegan är själv borta då. Välj någon annan.",
            "The colleague is away then. Choose somebody else.",
        )));
    }
    Ok(None)
}

fn shares_committee(actor: &Actor, roles: &[RoleRow]) -> bool {
    roles.iter().any(|role| role.role == Role::Officer && actor.handles(&role.committee))
}
