//! Sends an outbox row. The attempt is noted before, the answer after; the row's id is the message's id.

use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::domain::id::OutboxId;
use crate::integrations::mail::{self, Message, Server};
use crate::services::cases::queue;
use crate::services::{ServiceError, ServiceResult};
use crate::store::jobs::{self, JobRow};
use crate::store::outbox;

/// Sends what a job names.
///
/// # Errors
/// When the mail server does not take it; the job is then tried again.
pub async fn run(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = OutboxId(job.reference.ok_or_else(|| anyhow::anyhow!("an outbox job without a row"))?);
    let mut tx = tenant.db.write().await?;
    if !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let row = outbox::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let finished = row.sent_at.is_some() || row.cancelled_at.is_some();
    if finished {
        jobs::complete(&mut tx, job, tenant.clock.now()).await?;
        if let Some(case) = job.case_id.filter(|_| job.last_error.is_some()) {
            queue::refresh(&mut tx, tenant, case).await?;
        }
        tx.commit().await?;
        return Ok(());
    }
    outbox::attempt(&mut tx, id).await?;
    tx.commit().await?;
    let message: Message = serde_json::from_slice(&row.request)?;
    let config = &tenant.profile.mail;
    let server = Server { host: config.host.as_deref(), port: config.port, starttls: config.starttls, from: &config.from };
    let answer = mail::send(server, &row.id.to_string(), &message).await?;
    let mut tx = tenant.db.write().await?;
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    outbox::sent(&mut tx, id, tenant.clock.now(), &answer).await?;
    // What had failed before has now gone well.
    if let Some(case) = job.case_id.filter(|_| job.last_error.is_some()) {
        queue::refresh(&mut tx, tenant, case).await?;
    }
    tx.commit().await?;
    Ok(())
}
