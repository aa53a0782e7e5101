//! The officers' queue: one row a case that says how it stands, and the words it is found by.

use chrono::{DateTime, NaiveDate, Utc};

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::conflict::Kept;
use crate::domain::grant::{ApplicantKind, Outcome};
use crate::domain::id::{CalculationId, CaseId, OrganisationId, PackageVersionId, UserId};

/// What a case waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Waits {
    /// The service works on it.
    Service,
    /// A step has failed.
    Failed,
    /// An officer.
    Officer,
    /// A decision.
    Decision,
    /// A decision was made and can be taken back for a while.
    Dispatch,
    /// The applicant.
    Applicant,
    /// The period's end.
    Close,
    /// Something else that time brings.
    Time,
    /// Nothing: it is closed.
    Nothing,
}

stored_words! { Waits {
    Service = "service", Failed = "failed", Officer = "officer", Decision = "decision", Dispatch = "dispatch", Applicant = "applicant",
    Close = "close", Time = "time", Nothing = "nothing",
} }

/// How a case stands by its workflow; derived, and written with every move.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// Case.
    pub case_id: CaseId,
    /// Applicant.
    pub organisation_id: OrganisationId,
    /// Committee.
    pub committee: String,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// State of the workflow.
    pub state: String,
    /// What it waits for.
    pub waits: Waits,
    /// Why, where a task says it.
    pub why: Option<String>,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The last day of the handling clock, unless it stands still.
    pub due: Option<NaiveDate>,
    /// What a decision would rest on, where the case is ready for one.
    pub calculation_id: Option<CalculationId>,
    /// How it would come out.
    pub outcome: Option<Outcome>,
    /// Paid marks, where attendance counts.
    pub marks: Option<i64>,
    /// How many reasons asked for a human eye.
    pub remarks: i64,
    /// Whether the rules send it to the committee.
    pub routed: bool,
}

/// A line of the queue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QueueRow {
    /// How it stands.
    #[sqlx(flatten)]
    pub standing: Standing,
    /// Its place among the others: the lowest first.
    pub rank: i64,
    /// Diary number.
    pub number: String,
    /// The version it is tied to.
    pub package_version_id: PackageVersionId,
    /// How many states it has entered.
    pub entered: i64,
    /// The amount, calculated or decided.
    pub amount_ore: Option<Money>,
    /// Whether its material names somebody protected.
    pub protected: bool,
    /// The applicant's name today.
    pub applicant: String,
    /// What the applicant is.
    pub kind: ApplicantKind,
    /// Who handles it.
    pub officer_id: Option<UserId>,
    /// Her name.
    pub officer: Option<String>,
    /// Until when it is put away.
    pub snoozed_until: Option<NaiveDate>,
    /// Messages from the applicant that nobody has answered.
    pub unread: i64,
    /// What was granted the last time, of the same grant type.
    pub before_ore: Option<Money>,
}

/// What people have set on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Handling {
    /// Who handles it.
    pub officer_id: Option<UserId>,
    /// Until when it is put away.
    pub snoozed_until: Option<NaiveDate>,
    /// Messages from the applicant that nobody has answered.
    pub unread: i64,
}

/// Whose lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    #[default]
    Anybody,
    /// Hers, those of colleagues she stands in for, and those that nobody handles.
    HersOrNobodys(UserId),
    /// Hers, and those of colleagues she stands in for.
    Hers(UserId),
    /// Those that nobody handles.
    Nobodys,
}

/// Which lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which<'a> {
    /// All.
    #[default]
    All,
    /// What a person of the staff has to look at, now.
    ToDo,
    /// What must be done by today at the latest, of what a person of the staff has to look at.
    DueToday,
    /// What somebody has opened and not acted on, of what a person of the staff has to look at.
    Opened(UserId),
    /// What is put away.
    Snoozed,
    /// What waits for something.
    Waiting(&'a [Waits]),
}

/// What a list is limited to.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Whose.
    pub whose: Whose,
    /// Which.
    pub which: Which<'a>,
    /// One grant type's.
    pub grant_type: Option<&'a str>,
    /// One period's.
    pub period: Option<&'a str>,
    /// In one state.
    pub state: Option<&'a str>,
    /// Past the last day of their clock.
    pub overdue: bool,
    /// Beginnings of words that must all be found, folded.
    pub words: &'a [String],
}

/// Where the page before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// Rank.
    pub rank: i64,
    /// When received.
    pub received_at: DateTime<Utc>,
    /// Case.
    pub case: CaseId,
}

/// How many wait for what.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    /// What they wait for.
    pub waits: Waits,
    /// Whether a person has to look at them.
    pub todo: bool,
    /// How many.
    pub cases: i64,
    /// How many of them are past their last day.
    pub overdue: i64,
    /// Of those ready for decision: without remarks.
    pub clean: i64,
}

/// The highest rank of what a person has to look at.
const TO_DO: i64 = 1;

/// The rank of a line: what is broken, what needs a person, what is ready, what is under way, what is closed.
const fn rank(waits: Waits) -> i64 {
    match waits {
        Waits::Failed => 0,
        Waits::Officer => 1,
        Waits::Decision => 2,
        Waits::Dispatch => 3,
        Waits::Applicant => 4,
        Waits::Service | Waits::Close | Waits::Time => 5,
        Waits::Nothing => 6,
    }
}

/// Writes how a case stands. What people have set stays, but a case that moves comes back from where it was put away.
pub async fn put(tx: &mut Tx, row: &Standing, moved: bool) -> Result<()> {
    run!(
        tx,
        "insert into case_queue (case_id, organisation_id, committee, grant_type, period, state, waits, why, rank, received_at, due,
                                 calculation_id, outcome, marks, remarks, routed, unread)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0)
         on conflict (case_id) do update set state = excluded.state, waits = excluded.waits, why = excluded.why,
             rank = case when case_queue.unread > 0 and excluded.rank > 1 then 1 else excluded.rank end,
             received_at = excluded.received_at, due = excluded.due, calculation_id = excluded.calculation_id,
             outcome = excluded.outcome, marks = excluded.marks, remarks = excluded.remarks, routed = excluded.routed,
             snoozed_until = case when $17 then null else case_queue.snoozed_until end",
        row.case_id,
        row.organisation_id,
        &row.committee,
        &row.grant_type,
        &row.period,
        &row.state,
        row.waits,
        row.why.as_deref(),
        rank(row.waits),
        row.received_at,
        row.due,
        row.calculation_id,
        row.outcome,
        row.marks,
        row.remarks,
        row.routed,
        moved
    )?;
    Ok(())
}

/// How a case stands as it was written.
pub async fn standing(tx: &mut Tx, case: CaseId) -> Result<Option<Standing>> {
    optional!(tx, Standing, "select * from case_queue where case_id = $1", case)
}

/// What people have set on a case.
pub async fn handling(tx: &mut Tx, case: CaseId) -> Result<Handling> {
    let found = optional!(tx, Handling, "select officer_id, snoozed_until, unread from case_queue where case_id = $1", case)?;
    Ok(found.unwrap_or_default())
}

/// Says who handles a case.
pub async fn assign(tx: &mut Tx, case: CaseId, officer: Option<UserId>) -> Result<()> {
    run!(tx, "update case_queue set officer_id = $2 where case_id = $1", case, officer)?;
    Ok(())
}

/// Puts a case away until a day, or takes it back.
pub async fn snooze(tx: &mut Tx, case: CaseId, until: Option<NaiveDate>) -> Result<()> {
    run!(tx, "update case_queue set snoozed_until = $2 where case_id = $1", case, until)?;
    Ok(())
}

/// Counts a message that waits for an answer; the case comes to where a person looks.
pub async fn add_unread(tx: &mut Tx, case: CaseId) -> Result<()> {
    run!(
        tx,
        "update case_queue set unread = unread + 1, snoozed_until = null, rank = case when rank > 1 then 1 else rank end where case_id = $1",
        case
    )?;
    Ok(())
}

/// Notes that a case's messages are answered.
pub async fn clear_unread(tx: &mut Tx, case: CaseId) -> Result<()> {
    let waits = scalar!(tx, Waits, "select waits from case_queue where case_id = $1", case)?;
    run!(tx, "update case_queue set unread = 0, rank = $2 where case_id = $1", case, rank(waits))?;
    Ok(())
}

/// Cases that have no line yet: those from before there was a queue.
pub async fn missing(tx: &mut Tx) -> Result<Vec<CaseId>> {
    all!(tx, (CaseId,), "select id from cases where not exists (select 1 from case_queue q where q.case_id = cases.id) order by id")
        .map(|rows| rows.into_iter().map(|(id,)| id).collect())
}

/// Writes the words a case is found by, besides those it has.
pub async fn add_words(tx: &mut Tx, case: CaseId, words: &[String]) -> Result<()> {
    for word in words {
        run!(tx, "insert into search_term (term, case_id) values ($1, $2) on conflict (term, case_id) do nothing", word, case)?;
    }
    Ok(())
}

/// Writes words that every case of an organisation is found by from now on.
pub async fn add_words_of(tx: &mut Tx, organisation: OrganisationId, words: &[String]) -> Result<()> {
    for word in words {
        run!(
            tx,
            "insert into search_term (term, case_id) select $1, c.id from cases c join organisation o on o.id = c.organisation_id
             where c.organisation_id = $2 and not (c.protected and o.kind = 'person') on conflict (term, case_id) do nothing",
            word,
            organisation
        )?;
    }
    Ok(())
}

/// Takes away all words a case is found by.
pub async fn forget_words(tx: &mut Tx, case: CaseId) -> Result<()> {
    run!(tx, "delete from search_term where case_id = $1", case)?;
    Ok(())
}

/// A page of the queue: what is broken or needs a person first, the oldest first.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    filter: &Filter<'_>,
    today: NaiveDate,
    after: Option<After>,
    most: i64,
) -> Result<Vec<QueueRow>> {
    // The page's cases are chosen first and then told of, so that what is told costs the page, not the town.
    build!(tx, TOLD, query => {
        query.push_bind(today).push(TOLD_FURTHER);
        limited!(query, scope, filter, today);
        if let Some(after) = after {
            query.push(" and (q.rank, q.received_at, q.case_id) > (").push_bind(after.rank).push(", ");
            query.push_bind(after.received_at).push(", ").push_bind(after.case).push(")");
        }
        query.push(" order by q.rank, q.received_at, q.case_id limit ").push_bind(most).push(TOLD_LAST);
    }, all QueueRow)
}

/// Lines by their cases, those that somebody may see.
pub async fn of_cases(tx: &mut Tx, scope: &Scope, cases: &[CaseId], today: NaiveDate) -> Result<Vec<QueueRow>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter::default();
    build!(tx, TOLD, query => {
        query.push_bind(today).push(TOLD_FURTHER);
        limited!(query, scope, filter, today);
        query.push(" and q.case_id in (");
        let mut several = query.separated(", ");
        for case in cases {
            several.push_bind(*case);
        }
        query.push(")").push(TOLD_LAST);
    }, all QueueRow)
}

const TOLD: &str = "select q.*, c.number, c.package_version_id, c.entered, c.amount_ore, c.protected, o.kind, u.name as officer,
    (select n.name from organisation_name n where n.organisation_id = q.organisation_id order by case when n.valid_from <= ";
const TOLD_FURTHER: &str = " then 0 else 1 end, n.valid_from desc limit 1) as applicant,
    (select e.amount_ore from earlier_grant e where e.organisation_id = q.organisation_id and e.grant_type = q.grant_type
     and e.period < q.period order by e.period desc limit 1) as before_ore
    from (select * from case_queue q where ";
const TOLD_LAST: &str = ") q join cases c on c.id = q.case_id join organisation o on o.id = q.organisation_id
    left join app_user u on u.id = q.officer_id order by q.rank, q.received_at, q.case_id";

/// How many lines a filter finds, by what they wait for.
pub async fn counts(tx: &mut Tx, scope: &Scope, filter: &Filter<'_>, today: NaiveDate) -> Result<Vec<Count>> {
    build!(tx, "select q.waits, q.rank <= ", query => {
        query.push_bind(TO_DO);
        query.push(" as todo, count(*) as cases, sum(case when q.waits not in ('dispatch', 'nothing') and q.due < ").push_bind(today);
        query.push(" then 1 else 0 end) as overdue,
            sum(case when q.waits = 'decision' and q.remarks = 0 and not q.routed then 1 else 0 end) as clean from case_queue q where ");
        limited!(query, scope, filter, today);
        query.push(" group by 1, 2");
    }, all Count)
}

/// The grant types and periods of the queue: what one may choose between.
pub async fn rounds(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    all!(tx, (String, String), "select distinct grant_type, period from case_queue order by grant_type, period")
}

/// The rounds with cases ready for decision.
pub async fn ready_rounds(tx: &mut Tx, scope: &Scope) -> Result<Vec<(String, String)>> {
    build!(tx, "select q.grant_type, q.period from case_queue q where q.waits = 'decision' and ", query => {
        limited!(query, scope, Filter::default(), NaiveDate::MIN);
        query.push(" group by q.grant_type, q.period order by q.grant_type, q.period");
    }, all (String, String))
}

/// How many cases ready for decision somebody does not see, because she must keep away from them.
pub async fn kept_from(tx: &mut Tx, except: &Kept, grant_type: Option<&str>, period: Option<&str>) -> Result<i64> {
    if except.is_nothing() {
        return Ok(0);
    }
    let found = build!(tx, "select count(*) from case_queue where waits = 'decision'", query => {
        if let Some(grant_type) = grant_type {
            query.push(" and grant_type = ").push_bind(grant_type.to_owned());
        }
        if let Some(period) = period {
            query.push(" and period = ").push_bind(period.to_owned());
        }
        query.push(" and not (1 = 1");
        keep_away!(query, except, "organisation_id", "case_id");
        query.push(")");
    }, all (i64,))?;
    Ok(found.into_iter().map(|(count,)| count).sum())
}
