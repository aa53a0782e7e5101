//! Work that failed: seen by officers, tried again or closed by hand with a reason.

use serde_json::json;
use uuid::Uuid;

use super::actor::{Action, authorize};
use super::cases::queue;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::store::jobs::{self, JobRow};

/// Work that failed at least once and is not done, oldest first.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn troubled(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<JobRow>> {
    staff_only(actor)?;
    let mut tx = tenant.db.read().await?;
    Ok(jobs::troubled(&mut tx).await?)
}

/// Gives work that was given up another chance, now.
///
/// # Errors
/// [`ServiceError::Refused`] when the actor may not, [`ServiceError::Stale`] when it was not given up.
pub async fn retry(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let job = jobs::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if !jobs::revive(&mut tx, id, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    record(&mut tx, tenant, actor, &job, "job.revived", &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes work that shall not be done any more.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, [`ServiceError::Stale`] when it is done or closed.
pub async fn close(tenant: &Tenant, actor: &Actor, id: Uuid, reason: &str) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    if reason.trim().is_empty() {
        let message = Localized::both("Skriv varför uppgiften stängs.", "Write why the work is closed.");
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("reason", reason)?;
    let mut tx = tenant.db.write().await?;
    let job = jobs::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    // The reason may name people: it lies with the event's texts, not in the queue.
    if !jobs::close(&mut tx, &job.dedup_key, "by hand", tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    if let Some(case) = job.case_id {
        queue::refresh(&mut tx, tenant, case).await?;
    }
    record(&mut tx, tenant, actor, &job, "job.closed", &[("reason", reason)]).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &mut crate::store::Tx,
    tenant: &Tenant,
    actor: &Actor,
    job: &JobRow,
    kind: &str,
    texts: &[(&str, &str)],
) -> ServiceResult<()> {
    let stream = job.case_id.map_or(Stream::System, Stream::Case);
    let body = json!({ "job": job.id, "step": job.step, "attempts": job.attempts });
    history::record(tx, tenant, stream, actor, Event { kind, body, texts }).await
}

fn staff_only(actor: &Actor) -> ServiceResult<()> {
    match actor {
        Actor::Staff { roles, .. } if !roles.is_empty() => Ok(()),
        Actor::Service => Ok(()),
        Actor::Staff { .. } | Actor::Association { .. } | Actor::Person { .. } => Err(ServiceError::NotFound),
    }
}
