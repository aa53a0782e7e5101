//! Who handles a case, and handing it over to a colleague.

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, UserId};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, tasks};
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
    let word = word.trim();
    if !word.is_empty() {
        let row = NoteRow { id: tenant.ids.uuid(), case_id: case.id, user_id: user.id, at: tenant.clock.now(), text: word.to_owned() };
        notes::insert(&mut tx, &row).await?;
    }
    let event = Event { kind: "case.handed_over", body: json!({ "from": before, "to": to }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether somebody may handle a case today: of its committee, without ties to the applicant.
pub(in crate::services) async fn may_handle(tx: &mut Tx, tenant: &Tenant, user: UserRow, case: &CaseRow) -> ServiceResult<bool> {
    let colleague = Actor::with_roles(tx, user, tenant.clock.today()).await?;
    Ok(authorize(&colleague, Action::Handle { about: case.about(), committee: &case.committee }).is_ok())
}
