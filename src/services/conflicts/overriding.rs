//! Letting somebody take part all the same (förvaltningslagen 16 § 2 st. and 17 §): another person says so, with a reason.

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::conflict::OverrideWhy;
use crate::domain::id::{CaseId, UserId};
use crate::services::actor::{About, Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::cases::{self, CaseRow};
use crate::store::conflicts::{self as rows, OverrideRow};
use crate::store::users::Role;

/// The text of an override's event that holds its reason.
pub(super) const REASON: &str = "reason";

/// The event of an override.
pub(super) const GIVEN: &str = "case.conflict_override";

/// Whether an actor may say that somebody else takes part in spite of a conflict: an administrator, or a delegate of the
/// case's committee, whom nothing keeps from the case herself.
#[must_use]
pub fn may(actor: &Actor, case: &CaseRow) -> bool {
    let decides = matches!(actor, Actor::Staff { roles, .. }
        if roles.iter().any(|role| role.role == Role::Delegate && role.committee == case.committee));
    (actor.has(Role::Administrator) || decides) && !actor.is_kept_from(About::Case(case.about()))
}

/// Lets somebody take part in a case in spite of her conflict.
///
/// # Errors
/// [`ServiceError::Refused`] for who would let herself, who may not, and where nothing keeps the person away;
/// [`ServiceError::Invalid`] without a ground and a reason.
pub async fn give(
    tenant: &Tenant,
    actor: &Actor,
    id: CaseId,
    user: Option<UserId>,
    why: Option<OverrideWhy>,
    reason: &str,
) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let giver = allowed(actor, &case)?;
    if user == Some(giver) {
        return Err(ServiceError::refused(
            "Du kan inte själv avgöra att ditt eget jäv saknar betydelse. Be en kollega.",
            "You cannot decide yourself that your own conflict is without importance. Ask a colleague.",
        ));
    }
    let mut findings = Vec::new();
    let mut demand = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(user.is_none(), "vem", "Välj vem det gäller.", "Choose whom it is about.");
    demand(why.is_none(), "varfor", "Välj varför personen får delta.", "Choose why the person may take part.");
    demand(reason.trim().is_empty(), "skal", "Skriv skälen. De sparas i ärendet.", "Write the reasons. They are kept in the case.");
    let (Some(user), Some(why), true) = (user, why, findings.is_empty()) else { return Err(ServiceError::Invalid(findings)) };
    if !super::kept(&mut tx, user, tenant.clock.today()).await?.from_case(case.about()) {
        return Err(ServiceError::refused("Personen är inte jävig i ärendet.", "The person has no conflict of interest in the case."));
    }
    let now = tenant.clock.now();
    // One that a later tie has made void is replaced.
    rows::end_override(&mut tx, id, user, giver, now).await?;
    let row = OverrideRow {
        id: tenant.ids.uuid(),
        case_id: id,
        organisation_id: case.organisation_id,
        user_id: user,
        why,
        given_by: giver,
        given_at: now,
        ended_at: None,
        ended_by: None,
    };
    rows::insert_override(&mut tx, &row).await?;
    let body = json!({ "override": row.id, "user": user, "why": why.word() });
    let texts = [(REASON, reason.trim())];
    history::record(&mut tx, tenant, Stream::Case(id), actor, Event { kind: GIVEN, body, texts: &texts }).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an override back: the conflict keeps the person away again.
///
/// # Errors
/// [`ServiceError::Refused`] for who may not, or when none stands.
pub async fn end(tenant: &Tenant, actor: &Actor, id: CaseId, user: UserId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let by = allowed(actor, &case)?;
    if !rows::end_override(&mut tx, id, user, by, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let event = Event { kind: "case.conflict_override_ended", body: json!({ "user": user }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Case(id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

fn allowed(actor: &Actor, case: &CaseRow) -> ServiceResult<UserId> {
    authorize(actor, Action::Read(About::Case(case.about())))?;
    if !may(actor, case) {
        return Err(ServiceError::refused(
            "Bara en administratör eller en delegat i nämnden kan avgöra det.",
            "Only an administrator or a delegate of the committee can decide that.",
        ));
    }
    actor.person().ok_or(ServiceError::NotFound)
}
