//! Takes due jobs, carries them out, notes what went wrong.
//!
//! Leases use real time and are renewed while a job runs; effects are written in the transaction that completes the
//! job and checks its lease, so that no job has an effect twice.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{bundle, dispatch, send, steps, wait};
use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::services::cases::queue;
use crate::services::{ServiceError, ServiceResult};
use crate::store::jobs::{self, JobKind, JobRow};

/// How long a lease holds without being renewed.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How many times a lease is renewed before it would run out.
const RENEWALS: u32 = 3;
/// How often a job is tried before it is given up.
const ATTEMPTS: i64 = 8;
/// How many jobs are taken at once.
const BATCH: i64 = 16;
/// How long an idle worker sleeps before it looks again.
const IDLE: Duration = Duration::from_millis(500);

/// A worker.
#[derive(Debug)]
pub struct Worker {
    owner: String,
    lease: TimeDelta,
    // Held, not read: the operating system releases the lock with the process.
    _lock: Option<std::fs::File>,
}

impl Worker {
    /// A worker of a tenant. On SQLite there is one: it takes a lock in the data folder, and jobs that a dead process
    /// still leases are free at once.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when another process runs a worker on the same file.
    pub async fn start(tenant: &Tenant, lock: &std::path::Path) -> ServiceResult<Self> {
        let owner = tenant.ids.uuid().to_string();
        if tenant.db.engine() != "sqlite" {
            return Ok(Self { owner, lease: LEASE, _lock: None });
        }
        let file = std::fs::File::create(lock)?;
        if file.try_lock().is_err() {
            return Err(ServiceError::refused(
                "En annan process (serve eller worker) arbetar redan med databasfilen. Stoppa den först, eller använd PostgreSQL.",
                "Another process (serve or worker) already works on the database file. Stop it first, or use PostgreSQL.",
            ));
        }
        let mut tx = tenant.db.write().await?;
        jobs::release_leases(&mut tx).await?;
        tx.commit().await?;
        Ok(Self { owner, lease: LEASE, _lock: Some(file) })
    }

    /// The same worker with leases of another length: what a dead worker held is free that much later.
    #[must_use]
    pub fn with_lease(mut self, lease: TimeDelta) -> Self {
        self.lease = lease;
        self
    }

    /// Carries out jobs until none is due at the product time now; answers how many.
    ///
    /// # Errors
    /// When the queue cannot be read. A job's own failure is noted on the job.
    pub async fn run_due(&self, tenant: &Tenant) -> ServiceResult<usize> {
        let mut carried = 0;
        loop {
            let taken = self.take(tenant).await?;
            if taken.is_empty() {
                return Ok(carried);
            }
            carried += taken.len();
            for job in &taken {
                self.carry_out(tenant, job).await?;
            }
        }
    }

    /// Works until told to stop.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn run(&self, tenant: &Tenant, mut stop: tokio::sync::watch::Receiver<bool>) -> ServiceResult<()> {
        while !*stop.borrow() {
            if let Err(error) = self.run_due(tenant).await {
                tracing::error!(error = %error, "the queue could not be read");
            }
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => {}
            }
        }
        Ok(())
    }

    async fn take(&self, tenant: &Tenant) -> ServiceResult<Vec<JobRow>> {
        let mut tx = tenant.db.write().await?;
        let real = SystemClock.now();
        let taken = jobs::take(&mut tx, &self.owner, tenant.clock.now(), real, real + self.lease, BATCH).await?;
        tx.commit().await?;
        Ok(taken)
    }

    async fn carry_out(&self, tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
        let renewal = tokio::spawn(renew(tenant.clone(), job.clone(), self.lease));
        let result = match job.kind {
            JobKind::Step => steps::run(tenant, job).await,
            JobKind::Wait => wait::run(tenant, job).await,
            JobKind::Outbox => send::run(tenant, job).await,
            JobKind::Dispatch => dispatch::run(tenant, job).await,
            JobKind::Bundle => bundle::run(tenant, job).await,
        };
        renewal.abort();
        match result {
            Ok(()) => Ok(()),
            // Lost the lease, or the case moved on: somebody else has it, or nobody needs it.
            Err(ServiceError::Stale) => {
                tracing::info!(job = %job.id, "job was overtaken");
                Ok(())
            }
            Err(error) => fail(tenant, job, &error).await,
        }
    }
}

async fn renew(tenant: Tenant, job: JobRow, lease: TimeDelta) {
    let pause = lease.to_std().unwrap_or_default() / RENEWALS;
    loop {
        tokio::time::sleep(pause).await;
        let renewed = async {
            let mut tx = tenant.db.write().await?;
            let real = SystemClock.now();
            let held = jobs::renew(&mut tx, &job, real, real + lease).await?;
            tx.commit().await?;
            crate::store::Result::Ok(held)
        };
        if !matches!(renewed.await, Ok(true)) {
            return;
        }
    }
}

async fn fail(tenant: &Tenant, job: &JobRow, error: &ServiceError) -> ServiceResult<()> {
    let text = words(error);
    tracing::warn!(job = %job.id, step = %job.step, attempt = job.attempts, error = %text, "job failed");
    let now = tenant.clock.now();
    let mut tx = tenant.db.write().await?;
    let dead = (job.attempts >= ATTEMPTS).then_some(now);
    jobs::fail(&mut tx, job, &text, later(now, job.attempts), dead).await?;
    if let Some(case) = job.case_id {
        queue::refresh(&mut tx, tenant, case).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Doubling waits from ten seconds, at most an hour.
fn later(now: DateTime<Utc>, attempts: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts.clamp(1, 9)).unwrap_or(1) - 1;
    now + TimeDelta::seconds((10 * 2_i64.pow(doublings)).min(3_600))
}

/// What an officer may read of an error: no addresses, numbers or names of people are in our error texts.
fn words(error: &ServiceError) -> String {
    match error {
        ServiceError::Definition(problems) => problems.first().map_or_else(
            || "Fel i bidragstypens regler.".to_owned(),
            |problem| format!("{}:{}:{} {}", problem.place.file, problem.place.line, problem.place.column, problem.message.sv),
        ),
        ServiceError::Internal(error) => format!("{error:#}"),
        other => other.to_string(),
    }
}
