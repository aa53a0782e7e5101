//! Moving a case through its workflow: states, tasks, waits, clocks and jobs, in the caller's transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Stockholm;
use serde_json::json;

use super::cases::queue;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, assignment, diary as documents, messages, ranking, reports};
use crate::app::Tenant;
use crate::domain::condition::Truth;
use crate::domain::id::TaskId;
use crate::domain::inputs::Answer;
use crate::domain::localized::Language;
use crate::forms::{Facts, Seeing};
use crate::packages::Package;
use crate::rules::Value;
use crate::store::cases::{self, CaseRow, ClockRow, StateRow};
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::tasks::{self, TaskRow};
use crate::store::{Tx, diary, organisations, snapshots};
use crate::text::number;
use crate::workflows::clock::Pause;
use crate::workflows::machine::{self, Move, Outcome, Position};
use crate::workflows::{ChecklistItem, Clock, ClockEnd, ClockStart, Count, Role, StateKind, Step, TaskNeed, WaitFor};

/// Puts a new case into its workflow's first state.
///
/// # Errors
/// When the workflow has no states or the database refuses.
pub async fn begin(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &mut CaseRow, actor: &Actor) -> ServiceResult<()> {
    let position = machine::start(&package.workflow).map_err(|error| anyhow::anyhow!(error))?;
    for clock in package.workflow.clocks.iter().filter(|clock| clock.starts == ClockStart::Received) {
        start_clock(tx, case, clock, crate::domain::clock::swedish_date(case.received_at)).await?;
    }
    arrive(tx, tenant, package, case, actor, Move { to: position, letter: None, rerun: Vec::new() }, Told::default()).await
}

/// Moves a case by what happened. The case row is written with its new state.
///
/// # Errors
/// [`ServiceError::Stale`] when the case moved on meanwhile; an internal error when what happened does not fit the state.
pub async fn advance(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &mut CaseRow,
    actor: &Actor,
    outcome: &Outcome,
    reason: Option<&str>,
) -> ServiceResult<()> {
    let position = position(case)?;
    let (answers, facts) = seen(tx, tenant, case).await?;
    let seeing = Seeing { form: &package.form, answers: &answers, facts: &facts };
    let step = machine::advance(&package.workflow, &position, outcome, &seeing).map_err(|error| anyhow::anyhow!(error))?;
    arrive(tx, tenant, package, case, actor, step, Told { reason, last_day: None }).await
}

/// Moves a case by an officer's action into a wait that ends after a day she named, instead of the workflow's number of days.
///
/// # Errors
/// As [`advance`].
pub async fn advance_until(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &mut CaseRow,
    actor: &Actor,
    action: &str,
    last_day: NaiveDate,
) -> ServiceResult<()> {
    let position = position(case)?;
    let outcome = Outcome::Action(action.to_owned());
    let (answers, facts) = seen(tx, tenant, case).await?;
    let seeing = Seeing { form: &package.form, answers: &answers, facts: &facts };
    let step = machine::advance(&package.workflow, &position, &outcome, &seeing).map_err(|error| anyhow::anyhow!(error))?;
    arrive(tx, tenant, package, case, actor, step, Told { reason: None, last_day: Some(last_day) }).await
}

/// Closes a case outside its workflow's ways: an application that was withdrawn (avskrivning).
///
/// # Errors
/// As [`advance`]; an internal error for a workflow without an end.
pub async fn end(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &mut CaseRow, actor: &Actor) -> ServiceResult<()> {
    let last = package.workflow.states.iter().find(|state| matches!(state.kind, StateKind::End));
    let last = last.ok_or_else(|| anyhow::anyhow!("the workflow has no end"))?;
    let to = Position { state: last.id.clone(), came_from: Vec::new() };
    arrive(tx, tenant, package, case, actor, Move { to, letter: None, rerun: Vec::new() }, Told::default()).await
}

/// What guards read: what was answered, and what registers say of the applicant.
pub(super) async fn seen(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<(BTreeMap<String, Answer>, Facts)> {
    let application = cases::application(tx, case.id).await?;
    let mut facts = Facts::new();
    for (fact, value) in organisations::facts(tx, case.organisation_id, tenant.clock.today()).await? {
        facts.insert(fact, serde_json::from_str(&value)?);
    }
    Ok((serde_json::from_slice(&application.answers)?, facts))
}

/// The last day to answer what a case waits for; none where it waits for no answer.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn last_day_to_answer(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<NaiveDate>> {
    let state = package.workflow.state(&case.state).map(|state| &state.kind);
    if !matches!(state, Some(StateKind::Wait { until: WaitFor::Applicant, .. })) {
        return Ok(None);
    }
    // The wait ends when the day after the last one begins.
    let wait = jobs::wait_of(tx, case.id, case.entered).await?;
    Ok(wait.and_then(|wait| crate::domain::clock::swedish_date(wait.run_at).pred_opt()))
}

/// What is told with a move.
#[derive(Clone, Copy, Debug, Default)]
struct Told<'a> {
    /// Why.
    reason: Option<&'a str>,
    /// The last day of the wait it leads to.
    last_day: Option<NaiveDate>,
}

/// Whether an action can be chosen in the case's state.
#[must_use]
pub fn offers(package: &Package, case: &CaseRow, action: &str) -> bool {
    package.workflow.state(&case.state).is_some_and(|state| state.next.iter().any(|next| next.action.as_deref() == Some(action)))
}

/// Queues the rest of a list of steps; nothing when it is empty.
///
/// # Errors
/// When the database refuses.
pub async fn queue_steps(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, steps: &[Step]) -> ServiceResult<()> {
    queue_again(tx, tenant, case, steps, "").await
}

/// Queues the steps after a job's own, for the same cause: a list that is gone through again is gone through to its end.
///
/// # Errors
/// When the database refuses.
pub async fn queue_rest(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, steps: &[Step], job: &JobRow) -> ServiceResult<()> {
    let cause = job.dedup_key.rsplit('/').next().unwrap_or_default();
    queue_again(tx, tenant, case, steps, cause).await
}

/// Queues steps once more in the same state, for a cause that tells this time from others.
///
/// # Errors
/// When the database refuses.
pub async fn queue_again(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, steps: &[Step], cause: &str) -> ServiceResult<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let words = steps.iter().map(|step| step.word()).collect::<Vec<_>>().join(",");
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Step,
        case_id: Some(case.id),
        reference: None,
        entered: case.entered,
        dedup_key: format!("step/{}/{}/{words}/{cause}", case.id, case.entered),
        step: &words,
        run_at: tenant.clock.now(),
    };
    jobs::add(tx, job).await?;
    Ok(())
}

/// Stops the clocks that an end stops.
///
/// # Errors
/// When the database refuses.
pub async fn stop_clocks(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, end: ClockEnd) -> ServiceResult<()> {
    for mut row in cases::clocks(tx, case.id).await? {
        let stops = package.workflow.clocks.iter().any(|clock| clock.id == row.clock && clock.stops == end);
        if stops && row.stopped_on.is_none() {
            row.stopped_on = Some(tenant.clock.today());
            cases::put_clock(tx, &row).await?;
        }
    }
    Ok(())
}

/// The moment a Swedish date begins.
#[must_use]
pub fn start_of(date: NaiveDate) -> DateTime<Utc> {
    // Swedish clocks change at two in the night, so midnight is always there once.
    let local = date.and_time(NaiveTime::MIN).and_local_timezone(Stockholm);
    local.earliest().map_or_else(|| date.and_time(NaiveTime::MIN).and_utc(), |moment| moment.to_utc())
}

async fn arrive(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &mut CaseRow,
    actor: &Actor,
    step: Move,
    told: Told<'_>,
) -> ServiceResult<()> {
    let Told { reason, last_day } = told;
    let now = tenant.clock.now();
    let before = case.entered;
    let from = std::mem::replace(&mut case.state, step.to.state.clone());
    case.entered += 1;
    case.came_from = serde_json::to_string(&step.to.came_from)?;
    jobs::close_of_case(tx, case.id, "the case moved on", now).await?;
    tasks::close_of_case(tx, case.id, now).await?;
    cases::leave_state(tx, case.id, before, now).await?;
    let row = StateRow {
        case_id: case.id,
        entered: case.entered,
        state: case.state.clone(),
        entered_at: now,
        left_at: None,
        reason: reason.map(str::to_owned),
    };
    cases::insert_state(tx, &row).await?;
    pause_clocks(tx, tenant, package, case).await?;
    let state = package.workflow.state(&case.state).ok_or_else(|| anyhow::anyhow!("the workflow has no state {}", case.state))?;
    match &state.kind {
        StateKind::Automatic(steps) => queue_steps(tx, tenant, case, steps).await?,
        StateKind::Task(list) => {
            queue_steps(tx, tenant, case, &step.rerun).await?;
            open_tasks(tx, tenant, package, case, list, reason).await?;
        }
        StateKind::Decision => {}
        StateKind::Wait { until, days } => {
            wait(tx, tenant, case, *until, *days, last_day).await?;
            if *until == WaitFor::Ranking {
                ranking::await_ranking(tx, tenant, package, case).await?;
            }
            // A supplement is asked for by an officer's own letter.
            if *until == WaitFor::Applicant && step.letter.is_none() {
                hear(tx, tenant, package, case, *days, reason.unwrap_or_default()).await?;
            }
        }
        StateKind::End => {
            case.closed_at = Some(now);
            stop_clocks(tx, tenant, package, case, ClockEnd::Closed).await?;
            reports::ended(tx, package, case).await?;
            close_diary(tx, tenant, case).await?;
        }
    }
    if !cases::update(tx, case, before).await? {
        return Err(ServiceError::Stale);
    }
    queue::moved(tx, package, case).await?;
    let body = json!({ "from": from, "to": case.state, "entered": case.entered });
    history::record(tx, tenant, Stream::Case(case.id), actor, Event { kind: "case.state", body, texts: &[] }).await?;
    assignment::give(tx, tenant, package, case).await
}

fn position(case: &CaseRow) -> ServiceResult<Position> {
    Ok(Position { state: case.state.clone(), came_from: serde_json::from_str(&case.came_from)? })
}

async fn open_tasks(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    list: &[crate::workflows::Task],
    reason: Option<&str>,
) -> ServiceResult<()> {
    let (answers, facts) = seen(tx, tenant, case).await?;
    let seeing = Seeing { form: &package.form, answers: &answers, facts: &facts };
    for task in list {
        // A condition that nobody can tell is taken to hold, so that nothing is skipped.
        if let TaskNeed::When(written) = &task.need
            && written.value.condition.evaluate(&seeing) == Truth::False
        {
            continue;
        }
        let title = task.label.as_ref().map_or(task.id.as_str(), |label| label.sv.as_str());
        for _ in 0..how_many(package, case, &task.count) {
            let row = TaskRow {
                id: TaskId(tenant.ids.uuid()),
                case_id: case.id,
                entered: case.entered,
                task: task.id.clone(),
                role: role_word(task.role).to_owned(),
                reason: reason.unwrap_or(title).to_owned(),
                opened_at: tenant.clock.now(),
                due: None,
                closed_at: None,
            };
            tasks::insert(tx, &row).await?;
        }
    }
    Ok(())
}

/// The lines of a task's checklist that are there in a case. A condition that nobody can tell is taken to hold.
pub(super) async fn checklist(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    task: &crate::workflows::Task,
) -> ServiceResult<Vec<ChecklistItem>> {
    if task.checklist.iter().all(|line| line.when.is_none()) {
        return Ok(task.checklist.clone());
    }
    let (answers, facts) = seen(tx, tenant, case).await?;
    let seeing = Seeing { form: &package.form, answers: &answers, facts: &facts };
    let there = |line: &&ChecklistItem| line.when.as_ref().is_none_or(|written| written.value.condition.evaluate(&seeing) != Truth::False);
    Ok(task.checklist.iter().filter(there).cloned().collect())
}

/// How many do a task in a case: at least one, whatever a setting says.
fn how_many(package: &Package, case: &CaseRow, count: &Count) -> u32 {
    let said = match count {
        Count::Fixed(number) => Some(*number),
        Count::Parameter(name) => {
            package.form.period(&case.period).and_then(|period| match package.rules.parameter_at(&name.value, period.covers.from)? {
                Value::Integer(whole) => u32::try_from(*whole).ok(),
                _ => None,
            })
        }
    };
    said.unwrap_or_default().clamp(1, MOST_ASSESSORS)
}

/// No case is assessed by more.
const MOST_ASSESSORS: u32 = 20;

/// The role word of a workflow's role in the register of users.
#[must_use]
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Officer => "officer",
        Role::DecisionMaker => "delegate",
        Role::Administrator => "administrator",
        Role::PaymentOfficer => "reviewer",
    }
}

async fn wait(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    until: WaitFor,
    days: Option<u32>,
    last_day: Option<NaiveDate>,
) -> ServiceResult<()> {
    // Who applies when the period is locked already has nothing to wait for.
    let over_already = until == WaitFor::PeriodClose && snapshots::of_period(tx, &case.grant_type, &case.period).await?.is_some();
    let today = tenant.clock.today();
    let last_day = last_day.or_else(|| days.and_then(|days| today.checked_add_days(Days::new(u64::from(days)))));
    let run_at = match last_day {
        _ if over_already => Some(tenant.clock.now()),
        // The last day is the applicant's to its end.
        Some(last_day) => last_day.succ_opt().map(start_of),
        None => None,
    };
    let Some(run_at) = run_at else { return Ok(()) };
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Wait,
        case_id: Some(case.id),
        reference: None,
        entered: case.entered,
        step: "",
        dedup_key: format!("wait/{}/{}", case.id, case.entered),
        run_at,
    };
    jobs::add(tx, job).await?;
    Ok(())
}

/// Tells the applicant what is new in her case and until when she may answer (förvaltningslagen 25 §).
async fn hear(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, days: Option<u32>, new: &str) -> ServiceResult<()> {
    let today = tenant.clock.today();
    let answer_by = days.and_then(|days| today.checked_add_days(Days::new(u64::from(days))));
    let answer_by = answer_by.map_or_else(|| "Ingen sista dag".to_owned(), |day| number::date(day, Language::Sv));
    let sheet = documents::Sheet {
        direction: diary::Direction::Out,
        subject: "Underrättelse inför beslut",
        document_type: "underrattelse",
        parts: &[("Det här är nytt", new), ("Svara senast", &answer_by)],
        appendix: "",
    };
    documents::register_sheet(tx, tenant, package, case, sheet).await?;
    messages::queue(tx, tenant, case, messages::About::Communication).await
}

async fn start_clock(tx: &mut Tx, case: &CaseRow, clock: &Clock, started_on: NaiveDate) -> ServiceResult<()> {
    let row = ClockRow {
        case_id: case.id,
        clock: clock.id.clone(),
        started_on,
        limit_days: i64::from(clock.days),
        pauses: "[]".to_owned(),
        stopped_on: None,
    };
    cases::put_clock(tx, &row).await?;
    Ok(())
}

async fn pause_clocks(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    let today = tenant.clock.today();
    for mut row in cases::clocks(tx, case.id).await? {
        let Some(clock) = package.workflow.clocks.iter().find(|clock| clock.id == row.clock) else { continue };
        let stands = clock.pauses_in.iter().any(|state| state.value == case.state);
        let mut pauses: Vec<Pause> = serde_json::from_str(&row.pauses)?;
        let paused = pauses.last_mut().filter(|pause| pause.until.is_none());
        match (stands, paused) {
            (true, None) => pauses.push(Pause { from: today, until: None }),
            (false, Some(pause)) => pause.until = Some(today),
            (true, Some(_)) | (false, None) => continue,
        }
        row.pauses = serde_json::to_string(&pauses)?;
        cases::put_clock(tx, &row).await?;
    }
    Ok(())
}

async fn close_diary(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<()> {
    let diary_case = diary::case_by_id(tx, case.diary_case_id).await?;
    // A round's case stays open for the others, and one that something is to be reported of for that.
    let still_open = diary::others_open(tx, case.diary_case_id, case.id).await?;
    if diary_case.round_key.is_none() && !still_open && !reports::keeps_open(tx, case).await? {
        diary::close_case(tx, case.diary_case_id, tenant.clock.today()).await?;
    }
    Ok(())
}
