//! Who handles a case, and handing it over to a colleague or a unit.

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, UserId};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, assignment, tasks};
use crate::store::cases::CaseRow;
use crate::store::notes::{self, NoteRow};
use crate::store::users::{self, Role, UserRow};
use crate::store::{Tx, queue};

/// Those who may handle a case, by name: officers of its committee without ties to the applicant.
///
/// # Errors
/// When the database cannot be read.
pub async fn colleagues(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<Vec<UserRow>> {
    let today = tenant.clock.today();
    let mut found = Vec::new();
    for user in users::with_role(tx, Role::Officer, today).await? {
        if may_handle(tx, tenant, user.clone(), case).await? {
            found.push(user);
        }
    }
    Ok(found)
}

/// Hands a case over to a colleague, with a word to her, or takes it oneself.
///
/// # Errors
/// [`ServiceError::Invalid`] when nobody was chosen; [`ServiceError::Refused`] when she may not handle it; why is hers to
/// tell.
pub async fn hand_over(tenant: &Tenant, actor: &Actor, id: CaseId, to: Option<UserId>, word: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, _) = tasks::open_case(&mut tx, tenant, actor, id).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let Some(to) = to else {
        return Err(ServiceError::invalid("till", "missing", Localized::both("Välj en kollega.", "Choose a colleague.")));
    };
    let colleague = users::by_id(&mut tx, to).await?.ok_or(ServiceError::NotFound)?;
    if !may_handle(&mut tx, tenant, colleague, &case).await? {
        return Err(ServiceError::refused(
            "Kollegan kan inte handlägga det här ärendet. Välj någon annan.",
            "The colleague cannot handle this case. Choose somebody else.",
        ));
    }
    let before = queue::handling(&mut tx, case.id).await?.officer_id;
    queue::assign(&mut tx, case.id, Some(to)).await?;
    tell(&mut tx, tenant, actor, &case, &Handed { by: user.id, from: before, to, unit: None }, word).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands a case over to a unit: whoever there has the least to do gets it, other than who has it now.
///
/// # Errors
/// [`ServiceError::Invalid`] for a unit that is none; [`ServiceError::Refused`] when nobody there can take it.
pub async fn hand_over_to_unit(tenant: &Tenant, actor: &Actor, id: CaseId, unit: &str, word: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, _) = tasks::open_case(&mut tx, tenant, actor, id).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    if tenant.profile.unit(unit).is_none() {
        let message = Localized::both("Välj en enhet.", "Choose a unit.");
        return Err(ServiceError::invalid("till", "unknown", message));
    }
    let before = queue::handling(&mut tx, case.id).await?.officer_id;
    let Some(given) = assignment::give_within(&mut tx, tenant, &case, unit, before).await? else {
        return Err(ServiceError::refused(
            "Ingen annan i enheten kan ta ärendet nu. Välj en annan enhet eller en kollega.",
            "Nobody else in the unit can take the case now. Choose another unit or a colleague.",
        ));
    };
    tell(&mut tx, tenant, actor, &case, &Handed { by: user.id, from: before, to: given.user, unit: Some(unit) }, word).await?;
    tx.commit().await?;
    Ok(())
}

/// A case that has changed hands.
struct Handed<'a> {
    by: UserId,
    from: Option<UserId>,
    to: UserId,
    unit: Option<&'a str>,
}

/// Notes the word to the colleague, and what was done.
async fn tell(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow, handed: &Handed<'_>, word: &str) -> ServiceResult<()> {
    let word = word.trim();
    if !word.is_empty() {
        let row = NoteRow { id: tenant.ids.uuid(), case_id: case.id, user_id: handed.by, at: tenant.clock.now(), text: word.to_owned() };
        notes::insert(tx, &row).await?;
    }
    let mut body = json!({ "from": handed.from, "to": handed.to });
    if let Some(unit) = handed.unit {
        body["unit"] = json!(unit);
    }
    history::record(tx, tenant, Stream::Case(case.id), actor, Event { kind: "case.handed_over", body, texts: &[] }).await
}

/// Whether somebody may handle a case today: of its committee, without ties to the applicant.
pub(in crate::services) async fn may_handle(tx: &mut Tx, tenant: &Tenant, user: UserRow, case: &CaseRow) -> ServiceResult<bool> {
    let colleague = Actor::with_roles(tx, user, tenant.clock.today()).await?;
    Ok(authorize(&colleague, Action::Handle { about: case.about(), committee: &case.committee }).is_ok())
}
