//! What an officer has opened and not acted on, so that she finds it again after the phone has rung.

use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::queue::Waits;
use crate::store::{cases, looks, queue};

/// Notes that an officer has opened a case that waits for one. Whatever she does in it ends that, and so does the case's moving
/// on. Who may not handle it, and a case that waits for nobody of the staff, are not noted.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn note(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<()> {
    let Some(user) = actor.user().map(|user| user.id) else { return Ok(()) };
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if authorize(actor, Action::Handle { about: case.about(), committee: &case.committee }).is_err() {
        return Ok(());
    }
    let waits = queue::standing(&mut tx, id).await?.map(|standing| standing.waits);
    if !matches!(waits, Some(Waits::Officer | Waits::Failed)) || looks::known(&mut tx, user, id, case.entered).await? {
        return Ok(());
    }
    drop(tx);
    let mut tx = tenant.db.write().await?;
    looks::put(&mut tx, user, id, case.entered, tenant.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
