//! The conflicts of one case, as its page shows them.

use chrono::{DateTime, NaiveDate, Utc};

use super::hints::{self, Hint};
use super::{declaring, minutes, overriding};
use crate::app::Tenant;
pub use crate::domain::conflict::{Ground, OverrideWhy, TieKind};
use crate::domain::id::{CaseId, UserId};
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::handing_over;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::conflicts::{self as rows, OverrideRow};
use crate::store::users::{Role, UserRow};
use crate::store::{Tx, cases, events, queue, users};

/// Somebody who has a conflict of interest in a case, or had one lifted.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// Her name.
    pub name: String,
    /// What she has declared: on which ground, and when.
    pub declared: Vec<(Ground, DateTime<Utc>)>,
    /// How she is tied to the applicant today, and since when.
    pub tied: Option<(TieKind, NaiveDate)>,
    /// Whether she is kept away now.
    pub kept: bool,
    /// Why she may take part all the same, who says so, and when.
    pub lifted: Option<(OverrideWhy, String, DateTime<Utc>)>,
    /// Her own words, where the actor may read them.
    pub words: Vec<String>,
    /// The reasons of the override.
    pub reason: String,
}

/// The conflicts of a case.
#[derive(Clone, Debug, Default)]
pub struct CaseConflicts {
    /// Who has one.
    pub people: Vec<Person>,
    /// What the minutes say.
    pub minutes: Vec<String>,
    /// Whether the actor may let others take part.
    pub may_override: bool,
    /// A name in the applicant's register that may be the actor's.
    pub hint: Option<Hint>,
    /// Whether the actor handles the case.
    pub hers: bool,
    /// Who could take it over.
    pub colleagues: Vec<UserRow>,
}

/// The conflicts of a case that the actor may read.
///
/// # Errors
/// [`ServiceError::NotFound`] where the case is not hers to read.
pub async fn of_case(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<CaseConflicts> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let today = tenant.clock.today();
    let may_override = overriding::may(actor, &case);
    let kept = minutes::kept_from(&mut tx, case.about(), today).await?;
    let declared = rows::declarations_in(&mut tx, id).await?;
    let ties = rows::ties_to(&mut tx, case.organisation_id).await?;
    let overrides = rows::overrides_in(&mut tx, id).await?;
    let standing = |who: UserId| overrides.iter().find(|row| row.user_id == who && row.ended_at.is_none());
    let mut who: Vec<UserId> = kept.iter().map(|(user, _)| *user).collect();
    who.extend(overrides.iter().filter(|row| row.ended_at.is_none()).map(|row| row.user_id));
    who.sort_unstable();
    who.dedup();
    let said = said(&mut tx, id, may_override || actor.has(Role::Auditor)).await?;
    let mut people = Vec::new();
    for person in who {
        let away = kept.iter().any(|(user, _)| *user == person);
        let lifted = match standing(person).filter(|_| !away) {
            Some(row) => Some((row.why, name(&mut tx, row.given_by).await?, row.given_at)),
            None => None,
        };
        let tie = ties.iter().find(|row| row.user_id == person && row.tie().holds(today));
        people.push(Person {
            user: person,
            name: name(&mut tx, person).await?,
            declared: declared.iter().filter(|row| row.user_id == person).map(|row| (row.ground, row.declared_at)).collect(),
            tied: tie.map(|row| (row.kind, row.valid_from)),
            kept: away,
            words: said.words(person),
            reason: standing(person).map(|row| said.reason(row)).unwrap_or_default(),
            lifted,
        });
    }
    people.sort_by(|a, b| a.name.cmp(&b.name));
    let hers = queue::handling(&mut tx, id).await?.officer_id == Some(user.id);
    let mut colleagues = if hers { handing_over::colleagues(&mut tx, tenant, &case).await? } else { Vec::new() };
    colleagues.retain(|colleague| colleague.id != user.id);
    Ok(CaseConflicts {
        minutes: kept.iter().map(|(_, name)| minutes::sentence(&case.number, name)).collect(),
        hint: hints::in_one(&mut tx, user, case.organisation_id, today).await?,
        people,
        may_override,
        hers,
        colleagues,
    })
}

async fn name(tx: &mut Tx, user: UserId) -> ServiceResult<String> {
    Ok(users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name))
}

/// What was said in a case's events: the body's person or override, and the text.
struct Saying {
    words: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
}

impl Saying {
    fn words(&self, person: UserId) -> Vec<String> {
        self.words.iter().filter(|(who, _)| *who == person.to_string()).map(|(_, text)| text.clone()).collect()
    }

    fn reason(&self, row: &OverrideRow) -> String {
        let own = self.reasons.iter().find(|(id, _)| *id == row.id.to_string());
        own.map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

async fn said(tx: &mut Tx, case: CaseId, may_read_words: bool) -> ServiceResult<Saying> {
    let mut found = Saying { words: Vec::new(), reasons: Vec::new() };
    let texts = events::texts_of_stream(tx, "case", case.0).await?;
    for event in events::of_stream(tx, "case", case.0).await? {
        let (place, text) = match event.kind.as_str() {
            declaring::DECLARED if may_read_words => ("user", declaring::WORDS),
            overriding::GIVEN => ("override", overriding::REASON),
            _ => continue,
        };
        let body: serde_json::Value = serde_json::from_slice(&event.body)?;
        let Some(whose) = body.get(place).and_then(serde_json::Value::as_str) else { continue };
        let Some(text) = texts.iter().find(|one| one.seq == event.seq && one.name == text) else { continue };
        let list = if place == "user" { &mut found.words } else { &mut found.reasons };
        list.push((whose.to_owned(), text.text.clone()));
    }
    Ok(found)
}
