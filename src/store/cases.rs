//! Cases, their applications, states and clocks.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::grant::{ApplicantKind, Outcome};
use crate::domain::id::{CaseId, DocumentId, OrganisationId, PackageVersionId};

/// A case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseRow {
    /// Identity.
    pub id: CaseId,
    /// The diary case.
    pub diary_case_id: Uuid,
    /// Diary number as shown, `KFN 2026/131`.
    pub number: String,
    /// Committee.
    pub committee: String,
    /// Applicant.
    pub organisation_id: OrganisationId,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// The version it is forever tied to.
    pub package_version_id: PackageVersionId,
    /// State of the workflow.
    pub state: String,
    /// How many states it has entered; jobs and tasks name the one they belong to.
    pub entered: i64,
    /// The states it can return to, innermost last, canonical JSON.
    pub came_from: String,
    /// Last day to be in time.
    pub due: NaiveDate,
    /// Received.
    pub received_at: DateTime<Utc>,
    /// The day a supplement made it complete.
    pub complete_on: Option<NaiveDate>,
    /// The amount, calculated or decided.
    pub amount_ore: Option<Money>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Whether the case's material names a protected person; once set it stays.
    pub protected: bool,
    /// Whether something asks for a human eye.
    pub remark: bool,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What was handed in; a replacement keeps what it replaces.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ApplicationRow {
    /// Identity.
    pub id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// Frozen answers, canonical JSON.
    pub answers: Vec<u8>,
    /// Their hash.
    pub sha256: String,
    /// Received.
    pub received_at: DateTime<Utc>,
    /// Who signed, as a name on the paper.
    pub signed_by: String,
    /// The document in the diary.
    pub document_id: Option<DocumentId>,
    /// The form's key; a second press of the button finds it.
    pub idempotency_key: String,
    /// The last import when it was received.
    pub watermark: i64,
    /// When another took its place.
    pub replaced_at: Option<DateTime<Utc>>,
}

/// A state a case was in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StateRow {
    /// Case.
    pub case_id: CaseId,
    /// Its place in order.
    pub entered: i64,
    /// State.
    pub state: String,
    /// When entered.
    pub entered_at: DateTime<Utc>,
    /// When left.
    pub left_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
}

/// A clock of a case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ClockRow {
    /// Case.
    pub case_id: CaseId,
    /// The clock's id in the workflow.
    pub clock: String,
    /// Day it started.
    pub started_on: NaiveDate,
    /// Days it may run.
    pub limit_days: i64,
    /// Times it stood still, canonical JSON.
    pub pauses: String,
    /// Day it stopped.
    pub stopped_on: Option<NaiveDate>,
}

/// Adds a case.
pub async fn insert(tx: &mut Tx, row: &CaseRow) -> Result<()> {
    run!(
        tx,
        "insert into cases (id, diary_case_id, number, committee, organisation_id, grant_type, period, package_version_id, state, entered,
                            came_from, due, received_at, complete_on, amount_ore, outcome, protected, remark, closed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        row.id,
        row.diary_case_id,
        &row.number,
        &row.committee,
        row.organisation_id,
        &row.grant_type,
        &row.period,
        row.package_version_id,
        &row.state,
        row.entered,
        &row.came_from,
        row.due,
        row.received_at,
        row.complete_on,
        row.amount_ore,
        row.outcome,
        row.protected,
        row.remark,
        row.closed_at
    )?;
    Ok(())
}

/// Writes what may change of a case; `expected` is the `entered` the caller read. `false` when the case moved on meanwhile.
pub async fn update(tx: &mut Tx, row: &CaseRow, expected: i64) -> Result<bool> {
    let changed = run!(
        tx,
        "update cases set state = $3, entered = $4, came_from = $5, due = $6, received_at = $7, complete_on = $8, amount_ore = $9, outcome = $10,
                          protected = protected or $11, remark = $12, closed_at = $13, package_version_id = $14
         where id = $1 and entered = $2",
        row.id,
        expected,
        &row.state,
        row.entered,
        &row.came_from,
        row.due,
        row.received_at,
        row.complete_on,
        row.amount_ore,
        row.outcome,
        row.protected,
        row.remark,
        row.closed_at,
        row.package_version_id
    )?;
    Ok(changed == 1)
}

/// A case.
pub async fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<CaseRow>> {
    optional!(tx, CaseRow, "select * from cases where id = $1", id)
}

/// A case, locked for the rest of the transaction.
pub async fn lock(tx: &mut Tx, id: CaseId) -> Result<Option<CaseRow>> {
    // A no-op update takes the row lock on PostgreSQL; SQLite's transaction excludes other writers already.
    optional!(tx, CaseRow, "update cases set entered = entered where id = $1 returning *", id)
}

/// A case by its diary number.
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<CaseRow>> {
    optional!(tx, CaseRow, "select * from cases where number = $1", number)
}

/// The open case of an applicant for a period.
pub async fn open_of(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> Result<Option<CaseRow>> {
    optional!(
        tx,
        CaseRow,
        "select * from cases where organisation_id = $1 and grant_type = $2 and period = $3 and closed_at is null",
        organisation,
        grant_type,
        period
    )
}

/// The newest cases somebody may see, for lists: keyset on (received, id).
pub async fn list(tx: &mut Tx, scope: &Scope, before: Option<(DateTime<Utc>, CaseId)>, most: i64) -> Result<Vec<CaseRow>> {
    build!(tx, "select * from cases where ", query => {
        match scope {
            Scope::Association(own) => {
                query.push("organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("true");
                keep_away!(query, except, "organisation_id", "id");
            }
        }
        if let Some((at, id)) = before {
            query.push(" and (received_at, id) < (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        query.push(" order by received_at desc, id desc limit ").push_bind(most);
    }, all CaseRow)
}

/// The cases of a grant type's period, by number.
pub async fn of_period(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<CaseRow>> {
    all!(tx, CaseRow, "select * from cases where grant_type = $1 and period = $2 order by received_at, id", grant_type, period)
}

/// The open cases of a grant type's period, locked for the rest of the transaction: a case that is moving on elsewhere is
/// waited for and read as it then stands.
pub async fn lock_of_period(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<CaseRow>> {
    let mut rows = all!(
        tx,
        CaseRow,
        "update cases set entered = entered where grant_type = $1 and period = $2 and closed_at is null returning *",
        grant_type,
        period
    )?;
    rows.sort_by_key(|row| (row.received_at, row.id));
    Ok(rows)
}

/// The cases in a state, of a grant type's period.
pub async fn in_state(tx: &mut Tx, grant_type: &str, period: &str, state: &str) -> Result<Vec<CaseRow>> {
    all!(
        tx,
        CaseRow,
        "select * from cases where grant_type = $1 and period = $2 and state = $3 order by received_at, id",
        grant_type,
        period,
        state
    )
}

/// Gives the open cases of a period more time, one applicant's or all; those that have more already keep it.
pub async fn extend(tx: &mut Tx, grant_type: &str, period: &str, organisation: Option<OrganisationId>, until: NaiveDate) -> Result<()> {
    run!(
        tx,
        "update cases set due = $4 where grant_type = $1 and period = $2 and ($5 = 1 or organisation_id = $3) and due < $4
         and closed_at is null",
        grant_type,
        period,
        organisation,
        until,
        i64::from(organisation.is_none())
    )?;
    Ok(())
}

/// A case of a period before whose applicant has not applied again.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NotAgainRow {
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// What she is.
    pub kind: ApplicantKind,
    /// Whether its material names somebody protected.
    pub protected: bool,
    /// Her name.
    pub applicant: String,
    /// What it gave.
    pub amount_ore: Option<Money>,
    /// When somebody last wrote in it.
    pub written: Option<DateTime<Utc>>,
}

/// Cases of a period whose applicants have not applied for another, with the applicants' names of a day.
pub async fn not_again(tx: &mut Tx, grant_type: &str, before: &str, now: &str, on: NaiveDate) -> Result<Vec<NotAgainRow>> {
    all!(
        tx,
        NotAgainRow,
        "select c.id as case_id, c.number, c.organisation_id, o.kind, c.protected, c.amount_ore,
                (select max(m.at) from message m where m.case_id = c.id) as written,
                (select n.name from organisation_name n where n.organisation_id = c.organisation_id
                 order by case when n.valid_from <= $4 then 0 else 1 end, n.valid_from desc limit 1) as applicant
         from cases c join organisation o on o.id = c.organisation_id
         where c.grant_type = $1 and c.period = $2 and (c.outcome is null or c.outcome <> 'avskrivning')
           and not exists (select 1 from cases n where n.organisation_id = c.organisation_id and n.grant_type = $1 and n.period = $3)
         order by c.received_at, c.id",
        grant_type,
        before,
        now,
        on
    )
}

/// Those who were granted for a period in an older system and have not applied for another here, nor for that one, with
/// their names of a day. Persons are left out: of them nothing says here whether their data are protected.
pub async fn taken_over_not_again(
    tx: &mut Tx,
    grant_type: &str,
    before: &str,
    now: &str,
    on: NaiveDate,
) -> Result<Vec<(OrganisationId, Money, String)>> {
    all!(
        tx,
        (OrganisationId, Money, String),
        "select e.organisation_id, e.amount_ore,
                (select n.name from organisation_name n where n.organisation_id = e.organisation_id
                 order by case when n.valid_from <= $4 then 0 else 1 end, n.valid_from desc limit 1)
         from earlier_grant e join organisation o on o.id = e.organisation_id
         where e.grant_type = $1 and e.period = $2 and o.kind <> 'person'
           and not exists (select 1 from cases c where c.organisation_id = e.organisation_id and c.grant_type = $1 and c.period in ($2, $3))
         order by e.organisation_id",
        grant_type,
        before,
        now,
        on
    )
}

/// The period with cases, or with grants of an older system, that comes before another.
pub async fn period_before(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Option<String>> {
    scalar!(
        tx,
        Option<String>,
        "select max(period) from (select period from cases where grant_type = $1 and period < $2
                                  union select period from earlier_grant where grant_type = $1 and period < $2) known",
        grant_type,
        period
    )
}

/// An organisation's cases, newest first.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<CaseRow>> {
    all!(tx, CaseRow, "select * from cases where organisation_id = $1 order by received_at desc, id desc", organisation)
}

/// Every case, oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<CaseRow>> {
    all!(tx, CaseRow, "select * from cases order by received_at, id")
}

/// Adds an application.
pub async fn insert_application(tx: &mut Tx, row: &ApplicationRow) -> Result<()> {
    run!(
        tx,
        "insert into application (id, case_id, answers, sha256, received_at, signed_by, document_id, idempotency_key, watermark)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.case_id,
        &row.answers,
        &row.sha256,
        row.received_at,
        &row.signed_by,
        row.document_id,
        &row.idempotency_key,
        row.watermark
    )?;
    Ok(())
}

/// Notes that another application takes the place of the case's current one.
pub async fn replace_application(tx: &mut Tx, case: CaseId, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update application set replaced_at = $2 where case_id = $1 and replaced_at is null", case, at)?;
    Ok(())
}

/// Notes under which document an application is registered.
pub async fn set_application_document(tx: &mut Tx, application: Uuid, document: DocumentId) -> Result<()> {
    run!(tx, "update application set document_id = $2 where id = $1", application, document)?;
    Ok(())
}

/// The cases of whose applications none is registered yet.
pub async fn without_document(tx: &mut Tx) -> Result<Vec<CaseId>> {
    let rows = all!(
        tx,
        (CaseId,),
        "select id from cases c where not exists (select 1 from application a where a.case_id = c.id and a.document_id is not null)"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The application that counts.
pub async fn application(tx: &mut Tx, case: CaseId) -> Result<ApplicationRow> {
    one!(tx, ApplicationRow, "select * from application where case_id = $1 and replaced_at is null", case)
}

/// Every application of a case, replaced ones too, oldest first.
pub async fn applications(tx: &mut Tx, case: CaseId) -> Result<Vec<ApplicationRow>> {
    all!(tx, ApplicationRow, "select * from application where case_id = $1 order by received_at, id", case)
}

/// The application that a form's key made.
pub async fn application_by_key(tx: &mut Tx, key: &str) -> Result<Option<ApplicationRow>> {
    optional!(tx, ApplicationRow, "select * from application where idempotency_key = $1", key)
}

/// Adds a state.
pub async fn insert_state(tx: &mut Tx, row: &StateRow) -> Result<()> {
    run!(
        tx,
        "insert into case_state (case_id, entered, state, entered_at, reason) values ($1, $2, $3, $4, $5)",
        row.case_id,
        row.entered,
        &row.state,
        row.entered_at,
        row.reason.as_deref()
    )?;
    Ok(())
}

/// Notes when a state was left.
pub async fn leave_state(tx: &mut Tx, case: CaseId, entered: i64, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update case_state set left_at = $3 where case_id = $1 and entered = $2", case, entered, at)?;
    Ok(())
}

/// The states a case was in, in order.
pub async fn states(tx: &mut Tx, case: CaseId) -> Result<Vec<StateRow>> {
    all!(tx, StateRow, "select * from case_state where case_id = $1 order by entered", case)
}

/// Writes a clock.
pub async fn put_clock(tx: &mut Tx, row: &ClockRow) -> Result<()> {
    run!(
        tx,
        "insert into case_clock (case_id, clock, started_on, limit_days, pauses, stopped_on) values ($1, $2, $3, $4, $5, $6)
         on conflict (case_id, clock) do update set pauses = excluded.pauses, stopped_on = excluded.stopped_on",
        row.case_id,
        &row.clock,
        row.started_on,
        row.limit_days,
        &row.pauses,
        row.stopped_on
    )?;
    Ok(())
}

/// A case's clocks.
pub async fn clocks(tx: &mut Tx, case: CaseId) -> Result<Vec<ClockRow>> {
    all!(tx, ClockRow, "select * from case_clock where case_id = $1 order by clock", case)
}

/// Adds a reason that sent a case to an officer.
pub async fn insert_checkpoint(tx: &mut Tx, case: CaseId, entered: i64, no: i64, kind: &str, code: &str, reason: &str) -> Result<()> {
    run!(
        tx,
        "insert into checkpoint (case_id, entered, no, kind, code, reason) values ($1, $2, $3, $4, $5, $6)
         on conflict (case_id, entered, no) do nothing",
        case,
        entered,
        no,
        kind,
        code,
        reason
    )?;
    Ok(())
}

/// The reasons that sent a case to an officer: kind, code and words.
pub async fn checkpoints(tx: &mut Tx, case: CaseId) -> Result<Vec<(String, String, String)>> {
    all!(tx, (String, String, String), "select kind, code, reason from checkpoint where case_id = $1 order by entered, no", case)
}

/// The reasons that sent some cases to an officer: case and words.
pub async fn checkpoints_of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<(CaseId, String)>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select case_id, reason from checkpoint where case_id in (", query => {
        let mut several = query.separated(", ");
        for case in cases {
            several.push_bind(*case);
        }
        query.push(") order by case_id, entered, no");
    }, all (CaseId, String))
}

/// The reasons found in one state: kind and words.
pub async fn checkpoints_of(tx: &mut Tx, case: CaseId, entered: i64) -> Result<Vec<(String, String)>> {
    all!(tx, (String, String), "select kind, reason from checkpoint where case_id = $1 and entered = $2 order by no", case, entered)
}
