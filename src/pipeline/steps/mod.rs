//! The automatic steps of a case. A new step is one file and one line in [`run`].
//!
//! A step reads and computes first, then writes everything in one transaction that begins with [`Ticket::begin`] (does
//! the lease still hold, has the case not moved on) and ends with [`Ticket::finish`] (job done, next step queued or
//! the case moved).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::packages::Package;
use crate::services::cases::queue;
use crate::services::{Actor, ServiceError, ServiceResult, flow, packages};
use crate::store::cases::{self, CaseRow};
use crate::store::jobs::{self, JobRow};
use crate::store::{Tx, organisations};
use crate::workflows::machine::Outcome;
use crate::workflows::{AutomaticCondition, StateKind, Step};

mod attendance;
mod calculate;
mod notify;
mod payout;
mod population;
mod propose;
mod register;
mod settle;
mod validate;

/// A step of a case in a worker's hands.
#[derive(Debug)]
pub struct Ticket<'a> {
    /// The job.
    pub job: &'a JobRow,
    /// The case as it was read.
    pub case: CaseRow,
    /// Its grant type's version.
    pub package: Arc<Package>,
    /// The steps after this one.
    rest: Vec<Step>,
}

/// Carries out a step.
///
/// # Errors
/// [`ServiceError::Stale`] when the case moved on or the lease was lost; else what the step says.
pub async fn run(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let mut steps = parse(&job.step)?;
    let step = steps.remove(0);
    let mut tx = tenant.db.read().await?;
    let case_id = job.case_id.ok_or_else(|| anyhow::anyhow!("a step without a case"))?;
    let case = cases::by_id(&mut tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    if case.entered != job.entered {
        return Err(ServiceError::Stale);
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    drop(tx);
    let ticket = Ticket { job, case, package, rest: steps };
    match step {
        Step::Validate => validate::run(tenant, ticket).await,
        Step::Register => register::run(tenant, ticket).await,
        Step::Population => population::run(tenant, ticket).await,
        Step::Attendance => attendance::run(tenant, ticket).await,
        Step::Calculate => calculate::run(tenant, ticket).await,
        Step::Propose => propose::run(tenant, ticket).await,
        Step::Notify => notify::run(tenant, ticket).await,
        Step::Payout => payout::run(tenant, ticket).await,
        Step::Release => settle::release(tenant, ticket).await,
        Step::Settle => settle::run(tenant, ticket).await,
    }
}

impl Ticket<'_> {
    /// Begins the step's transaction.
    ///
    /// # Errors
    /// [`ServiceError::Stale`] when the lease was lost or the case moved on.
    pub async fn begin(&self, tenant: &Tenant) -> ServiceResult<Tx> {
        let mut tx = tenant.db.write().await?;
        let case = cases::lock(&mut tx, self.case.id).await?.ok_or(ServiceError::NotFound)?;
        if case.entered != self.case.entered || !jobs::hold(&mut tx, self.job, SystemClock.now()).await? {
            return Err(ServiceError::Stale);
        }
        Ok(tx)
    }

    /// Completes the job, queues the next step or moves the case, and commits.
    ///
    /// # Errors
    /// [`ServiceError::Stale`] when the lease was lost.
    pub async fn finish(self, mut tx: Tx, tenant: &Tenant) -> ServiceResult<()> {
        if !jobs::complete(&mut tx, self.job, tenant.clock.now()).await? {
            return Err(ServiceError::Stale);
        }
        let mut case = self.case;
        let entered = case.entered;
        if !cases::update(&mut tx, &case, entered).await? {
            return Err(ServiceError::Stale);
        }
        let automatic = self.package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Automatic(_)));
        if !self.rest.is_empty() {
            flow::queue_rest(&mut tx, tenant, &case, &self.rest, self.job).await?;
        } else if automatic {
            let found = cases::checkpoints_of(&mut tx, case.id, entered).await?;
            let outcome = Outcome::StepsDone(circumstances(&found));
            let reasons: Vec<String> = found.into_iter().map(|(_, reason)| reason).collect();
            let reason = (!reasons.is_empty()).then(|| reasons.join("\n"));
            flow::advance(&mut tx, tenant, &self.package, &mut case, &Actor::Service, &outcome, reason.as_deref()).await?;
        }
        // What had failed before has now gone well.
        if self.job.last_error.is_some() {
            queue::refresh(&mut tx, tenant, case.id).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The applicant's name today.
async fn party(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<String> {
    Ok(organisations::name(tx, case.organisation_id, tenant.clock.today()).await?)
}

fn parse(words: &str) -> ServiceResult<Vec<Step>> {
    let find = |word: &str| Step::ALL.iter().find(|(known, _)| *known == word).map(|(_, step)| *step);
    let steps: Option<Vec<Step>> = words.split(',').map(find).collect();
    steps.filter(|steps| !steps.is_empty()).ok_or_else(|| anyhow::anyhow!("unknown step in {words:?}").into())
}

fn circumstances(found: &[(String, String)]) -> BTreeSet<AutomaticCondition> {
    found
        .iter()
        .map(|(kind, _)| match kind.as_str() {
            "unseen" => AutomaticCondition::ReducedOnUnseenMaterial,
            "claims_back" => AutomaticCondition::ClaimsBack,
            _ => AutomaticCondition::Checkpoint,
        })
        .collect()
}
