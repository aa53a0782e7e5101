//! A wait has run out.

use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::services::drafts::cosign;
use crate::services::{Actor, ServiceError, ServiceResult, experts, flow, packages, renewals, reports};
use crate::store::cases;
use crate::store::jobs::{self, JobRow};
use crate::workflows::machine::Outcome;
use crate::workflows::{StateKind, WaitFor};

/// Moves a case on whose wait is over; nothing is rejected by the service itself.
///
/// # Errors
/// [`ServiceError::Stale`] when the case moved on or the lease was lost.
pub async fn run(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    if job.case_id.is_none() {
        return match job.step.as_str() {
            experts::LAPSE => experts::run_job(tenant, job).await,
            renewals::REMIND => renewals::run_job(tenant, job).await,
            reports::REMIND => reports::remind::run_job(tenant, job).await,
            _ => cosign::run_job(tenant, job).await,
        };
    }
    let mut tx = tenant.db.write().await?;
    let case_id = job.case_id.ok_or_else(|| anyhow::anyhow!("a wait without a case"))?;
    let mut case = cases::lock(&mut tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    if case.entered != job.entered || !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let waited_for = package.workflow.state(&case.state).and_then(|state| match &state.kind {
        StateKind::Wait { until, .. } => Some(*until),
        StateKind::Automatic(_) | StateKind::Task(_) | StateKind::Decision | StateKind::End => None,
    });
    let reason = match waited_for {
        Some(WaitFor::Ranking) => "Omgången är rangordnad.",
        _ => "Tiden för svar har gått ut. Handläggaren bedömer hur ärendet går vidare.",
    };
    flow::advance(&mut tx, tenant, &package, &mut case, &Actor::Service, &Outcome::WaitOver, Some(reason)).await?;
    tx.commit().await?;
    Ok(())
}
