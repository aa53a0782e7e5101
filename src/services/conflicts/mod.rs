//! Conflict of interest (jäv, förvaltningslagen 16–18 §§): what keeps members of the staff and elected persons away, and what
//! they say of it themselves.
//!
//! Every log-in begins with `kept`, and [`super::actor::authorize`] asks its answer. What changes a case asks once more in
//! its own transaction (`must_be_free`): somebody may have declared a conflict since she opened the page.

pub mod declaring;
pub mod hints;
pub mod minutes;
pub mod overriding;
pub mod register;
pub mod ties;
pub mod views;

use chrono::NaiveDate;
use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::conflict::{About, CaseRef, Kept};
use crate::domain::id::UserId;
use crate::store::Tx;
use crate::store::conflicts as rows;

/// What a person must keep away from on a day.
pub(super) async fn kept(tx: &mut Tx, user: UserId, today: NaiveDate) -> ServiceResult<Kept> {
    let ties: Vec<_> = rows::ties_of(tx, user).await?.iter().map(rows::TieRow::tie).collect();
    let declared: Vec<_> = rows::declarations_of(tx, user).await?.iter().map(rows::DeclarationRow::declared).collect();
    let lifted: Vec<_> = rows::overrides_of(tx, user).await?.iter().filter_map(rows::OverrideRow::lifted).collect();
    Ok(Kept::of(&ties, &declared, &lifted, today))
}

/// Asks once more, in the transaction that changes a case, whether the actor is kept from it.
///
/// # Errors
/// [`ServiceError::KeptAway`] when she is by now.
pub(super) async fn must_be_free(tx: &mut Tx, tenant: &Tenant, actor: &Actor, about: CaseRef) -> ServiceResult<()> {
    let Some(user) = actor.user() else { return Ok(()) };
    if kept(tx, user.id, tenant.clock.today()).await?.from_case(about) {
        return Err(ServiceError::KeptAway(Box::new(About::Case(about))));
    }
    Ok(())
}

/// Notes that somebody reached for what she must keep away from. The answer she gets is that it is not there; whoever
/// examines the register sees that she tried. Identities alone: nothing of what is in the case.
///
/// # Errors
/// When the database refuses.
pub async fn note_attempt(tenant: &Tenant, actor: &Actor, about: About) -> ServiceResult<()> {
    let Some(user) = actor.user() else { return Ok(()) };
    let body = match about {
        About::Association(organisation) => json!({ "organisation": organisation }),
        About::Case(about) => json!({ "case": about.case }),
    };
    let mut tx = tenant.db.write().await?;
    history::record(&mut tx, tenant, Stream::User(user.id), actor, Event { kind: ATTEMPT, body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// The event of an attempt.
const ATTEMPT: &str = "user.kept_away";

/// Notes the attempt where a result is that the actor must keep away, and hands the result on.
///
/// # Errors
/// When the database refuses.
pub(super) async fn noting<T>(tenant: &Tenant, actor: &Actor, result: ServiceResult<T>) -> ServiceResult<ServiceResult<T>> {
    if let Err(ServiceError::KeptAway(about)) = &result {
        note_attempt(tenant, actor, **about).await?;
    }
    Ok(result)
}
