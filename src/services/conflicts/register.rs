//! The whole register, for administrators and auditors: who has gone through her ties, all ties, and what was declared, lifted
//! and tried in cases.

use chrono::{DateTime, Datelike, Utc};

use super::ties::{self, Line};
use crate::app::Tenant;
use crate::domain::conflict::{Ground, OverrideWhy};
use crate::domain::id::{CaseId, UserId};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::conflicts as rows;
use crate::store::users::{self, Role, UserRow};
use crate::store::{Tx, cases, events};

/// A person with her ties.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub user: UserRow,
    /// When she went through them this year.
    pub confirmed: Option<DateTime<Utc>>,
    /// Her ties, ended ones too.
    pub ties: Vec<Line>,
    /// How often she was turned away from what she must keep away from.
    pub turned_away: usize,
}

/// What was declared in a case.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The case's identity; none where the actor herself must keep away from it.
    pub case: Option<(CaseId, String)>,
    /// Who.
    pub name: String,
    /// On which ground.
    pub ground: Ground,
    /// When.
    pub at: DateTime<Utc>,
}

/// An override.
#[derive(Clone, Debug)]
pub struct Overridden {
    /// The case's identity and number; none where the actor herself must keep away from it.
    pub case: Option<(CaseId, String)>,
    /// Who takes part.
    pub name: String,
    /// Why.
    pub why: OverrideWhy,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was taken back.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The register.
#[derive(Clone, Debug)]
pub struct Register {
    /// Which year is gone through.
    pub year: i32,
    /// The staff and the elected, by name.
    pub people: Vec<Person>,
    /// What was declared in cases, the newest first.
    pub declared: Vec<Declared>,
    /// Overrides, the newest first.
    pub overrides: Vec<Overridden>,
    /// Whether the actor may enter ties of others.
    pub may_enter: bool,
}

/// Whether an actor may read the register.
#[must_use]
pub fn may_read(actor: &Actor) -> bool {
    actor.has(Role::Administrator) || actor.has(Role::Auditor)
}

/// The register.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is neither administrator nor auditor.
pub async fn read(tenant: &Tenant, actor: &Actor) -> ServiceResult<Register> {
    if !may_read(actor) {
        return Err(ServiceError::NotFound);
    }
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let reviews = rows::reviews(&mut tx, i64::from(today.year())).await?;
    let all = rows::ties(&mut tx).await?;
    let mut people = Vec::new();
    for user in users::all(&mut tx).await? {
        let own: Vec<_> = all.iter().filter(|row| row.user_id == user.id).cloned().collect();
        // Who acts for an association alone has no ties to declare; who has left the staff keeps hers in the register.
        if own.is_empty() && users::roles(&mut tx, user.id, today).await?.is_empty() {
            continue;
        }
        let mut lines = Vec::new();
        for row in own {
            lines.push(ties::line(&mut tx, row, today).await?);
        }
        let attempts = events::of_stream(&mut tx, "user", user.id.0).await?;
        people.push(Person {
            confirmed: reviews.iter().find(|(who, _)| *who == user.id).map(|(_, at)| *at),
            ties: lines,
            turned_away: attempts.iter().filter(|event| event.kind == super::ATTEMPT).count(),
            user,
        });
    }
    let name = |id: UserId| people.iter().find(|person| person.user.id == id).map(|person| person.user.name.clone()).unwrap_or_default();
    let mut declared = Vec::new();
    for row in rows::declarations(&mut tx).await? {
        let case = numbered(&mut tx, actor, row.case_id).await?;
        declared.push(Declared { case, name: name(row.user_id), ground: row.ground, at: row.declared_at });
    }
    let mut overrides = Vec::new();
    for row in rows::overrides(&mut tx).await? {
        overrides.push(Overridden {
            case: numbered(&mut tx, actor, row.case_id).await?,
            name: name(row.user_id),
            why: row.why,
            by: name(row.given_by),
            at: row.given_at,
            ended_at: row.ended_at,
        });
    }
    Ok(Register { year: today.year(), declared, overrides, may_enter: actor.has(Role::Administrator), people })
}

async fn numbered(tx: &mut Tx, actor: &Actor, id: CaseId) -> ServiceResult<Option<(CaseId, String)>> {
    let case = cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    Ok(actor.scope()?.holds_case(case.about()).then_some((case.id, case.number)))
}
