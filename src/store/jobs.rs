//! The queue: rows with a lease and a fencing number.
//!
//! A worker that lost its lease changes nothing: completing, renewing and failing match owner and attempt.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::CaseId;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Carries out an automatic step of a case.
    Step,
    /// A wait in a case has run out.
    Wait,
    /// Sends an outbox row.
    Outbox,
    /// Dispatches a decision whose time for undoing is over.
    Dispatch,
    /// Makes the papers of a meeting.
    Bundle,
}

stored_words! { JobKind { Step = "step", Wait = "wait", Outbox = "outbox", Dispatch = "dispatch", Bundle = "bundle" } }

/// A job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct JobRow {
    /// Identity.
    pub id: Uuid,
    /// What it does.
    pub kind: JobKind,
    /// The case it belongs to.
    pub case_id: Option<CaseId>,
    /// What else it is about: outbox row or decision.
    pub reference: Option<Uuid>,
    /// The case's `entered` when the job was made; a case that moved on makes it void.
    pub entered: i64,
    /// The step's name.
    pub step: String,
    /// No two jobs share it.
    pub dedup_key: String,
    /// Not before this product time.
    pub run_at: DateTime<Utc>,
    /// Who holds it.
    pub lease_owner: Option<String>,
    /// Until when, real time.
    pub lease_until: Option<DateTime<Utc>>,
    /// How often it was taken: the fencing number.
    pub attempts: i64,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub dead_at: Option<DateTime<Utc>>,
    /// Why it was closed by hand or made void.
    pub closed_reason: Option<String>,
}

/// A job to be made.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Identity.
    pub id: Uuid,
    /// What it does.
    pub kind: JobKind,
    /// The case it belongs to.
    pub case_id: Option<CaseId>,
    /// What else it is about.
    pub reference: Option<Uuid>,
    /// The case's `entered`.
    pub entered: i64,
    /// The step's name, or empty.
    pub step: &'a str,
    /// No two jobs share it.
    pub dedup_key: String,
    /// Not before this product time.
    pub run_at: DateTime<Utc>,
}

/// Adds a job to the caller's transaction; one with the same key is left as it is.
pub async fn add(tx: &mut Tx, job: NewJob<'_>) -> Result<()> {
    run!(
        tx,
        "insert into job (id, kind, case_id, reference, entered, step, dedup_key, run_at, attempts)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0) on conflict (dedup_key) do nothing",
        job.id,
        job.kind,
        job.case_id,
        job.reference,
        job.entered,
        job.step,
        job.dedup_key,
        job.run_at
    )?;
    Ok(())
}

/// Whether there is, or was, a job of a key.
pub async fn known(tx: &mut Tx, dedup_key: &str) -> Result<bool> {
    Ok(optional_scalar!(tx, i64, "select count(*) from job where dedup_key = $1", dedup_key)?.unwrap_or(0) > 0)
}

/// How many jobs have a deduplication key that begins so; the beginning holds no sign that a pattern gives a meaning.
pub async fn beginning_with(tx: &mut Tx, beginning: &str) -> Result<i64> {
    Ok(optional_scalar!(tx, i64, "select count(*) from job where dedup_key like $1", format!("{beginning}%"))?.unwrap_or(0))
}

/// A job.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<JobRow>> {
    optional!(tx, JobRow, "select * from job where id = $1", id)
}

/// Takes due jobs: `now` is product time, `real_now` and `lease_until` real time.
pub async fn take(
    tx: &mut Tx,
    owner: &str,
    now: DateTime<Utc>,
    real_now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    most: i64,
) -> Result<Vec<JobRow>> {
    // Only PostgreSQL can skip locked rows; SQLite's transaction already excludes every other writer.
    const SQLITE: &str = "update job set lease_owner = $1, lease_until = $4, attempts = attempts + 1
         where id in (select id from job where done_at is null and dead_at is null and run_at <= $2
                      and (lease_until is null or lease_until < $3) order by run_at, id limit $5)
         returning *";
    const POSTGRES: &str = "update job set lease_owner = $1, lease_until = $4, attempts = attempts + 1
         where id in (select id from job where done_at is null and dead_at is null and run_at <= $2
                      and (lease_until is null or lease_until < $3) order by run_at, id limit $5 for update skip locked)
         returning *";
    let sql = match tx {
        Tx::Sqlite(_) => SQLITE,
        Tx::Postgres(_) => POSTGRES,
    };
    let mut jobs = all!(tx, JobRow, sql, owner, now, real_now, lease_until, most)?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs)
}

/// Extends a lease; `false` when it was lost.
pub async fn renew(tx: &mut Tx, job: &JobRow, real_now: DateTime<Utc>, lease_until: DateTime<Utc>) -> Result<bool> {
    let renewed = run!(
        tx,
        "update job set lease_until = $5 where id = $1 and lease_owner = $2 and attempts = $3 and lease_until > $4 and done_at is null",
        job.id,
        job.lease_owner.as_deref(),
        job.attempts,
        real_now,
        lease_until
    )?;
    Ok(renewed == 1)
}

/// Frees every lease: for the one worker of a database file, when it starts.
pub async fn release_leases(tx: &mut Tx) -> Result<()> {
    run!(tx, "update job set lease_until = null, lease_owner = null where lease_owner is not null and done_at is null")?;
    Ok(())
}

/// Whether the lease still holds, locking the job for the rest of the transaction.
pub async fn hold(tx: &mut Tx, job: &JobRow, real_now: DateTime<Utc>) -> Result<bool> {
    let held = run!(
        tx,
        "update job set lease_owner = lease_owner where id = $1 and lease_owner = $2 and attempts = $3 and lease_until > $4 and done_at is null",
        job.id,
        job.lease_owner.as_deref(),
        job.attempts,
        real_now
    )?;
    Ok(held == 1)
}

/// Marks a job done; `false` when the lease was lost and the caller must roll back.
pub async fn complete(tx: &mut Tx, job: &JobRow, now: DateTime<Utc>) -> Result<bool> {
    let done = run!(
        tx,
        "update job set done_at = $4, lease_until = null, last_error = null where id = $1 and lease_owner = $2 and attempts = $3 and done_at is null",
        job.id,
        job.lease_owner.as_deref(),
        job.attempts,
        now
    )?;
    Ok(done == 1)
}

/// Notes a failure: tried again at `run_at`, or given up when `dead_at` is set.
pub async fn fail(tx: &mut Tx, job: &JobRow, error: &str, run_at: DateTime<Utc>, dead_at: Option<DateTime<Utc>>) -> Result<bool> {
    let noted = run!(
        tx,
        "update job set last_error = $4, run_at = $5, dead_at = $6, lease_until = null, lease_owner = null
         where id = $1 and lease_owner = $2 and attempts = $3 and done_at is null",
        job.id,
        job.lease_owner.as_deref(),
        job.attempts,
        error,
        run_at,
        dead_at
    )?;
    Ok(noted == 1)
}

/// Closes a job that must not run any more, with the reason.
pub async fn close(tx: &mut Tx, dedup_key: &str, reason: &str, now: DateTime<Utc>) -> Result<bool> {
    let closed =
        run!(tx, "update job set done_at = $2, closed_reason = $3 where dedup_key = $1 and done_at is null", dedup_key, now, reason)?;
    Ok(closed == 1)
}

/// Closes every unfinished job of a case's earlier states.
pub async fn close_of_case(tx: &mut Tx, case: CaseId, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    run!(
        tx,
        "update job set done_at = $2, closed_reason = $3 where case_id = $1 and done_at is null and kind in ('step', 'wait')",
        case,
        now,
        reason
    )
}

/// Gives a dead job another chance.
pub async fn revive(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let revived = run!(
        tx,
        "update job set dead_at = null, run_at = $2, lease_until = null where id = $1 and dead_at is not null and done_at is null",
        id,
        now
    )?;
    Ok(revived == 1)
}

/// The job that ends the wait of a case's state.
pub async fn wait_of(tx: &mut Tx, case: CaseId, entered: i64) -> Result<Option<JobRow>> {
    optional!(
        tx,
        JobRow,
        "select * from job where case_id = $1 and entered = $2 and kind = 'wait' and done_at is null and dead_at is null",
        case,
        entered
    )
}

/// Puts a job off to a later time.
pub async fn put_off(tx: &mut Tx, id: Uuid, run_at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update job set run_at = $2 where id = $1 and done_at is null", id, run_at)?;
    Ok(())
}

/// The jobs of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<JobRow>> {
    all!(tx, JobRow, "select * from job where case_id = $1 order by run_at, id", case)
}

/// Unfinished jobs that failed at least once.
pub async fn troubled(tx: &mut Tx) -> Result<Vec<JobRow>> {
    all!(tx, JobRow, "select * from job where done_at is null and (last_error is not null or dead_at is not null) order by run_at, id")
}

/// Whether some unfinished job of a case failed at least once.
pub async fn failing(tx: &mut Tx, case: CaseId) -> Result<bool> {
    let found = scalar!(tx, i64, "select count(*) from job where case_id = $1 and done_at is null and last_error is not null", case)?;
    Ok(found > 0)
}

/// How many jobs are due at a product time.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>) -> Result<i64> {
    scalar!(tx, i64, "select count(*) from job where done_at is null and dead_at is null and run_at <= $1", now)
}
