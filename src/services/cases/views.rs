//! Reads for the list of cases and for the page of one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::app::Tenant;
use crate::domain::calculation::Evaluation;
use crate::domain::grant::DecisionMode;
use crate::domain::id::CaseId;
use crate::domain::payment::PaymentState;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money};
use crate::packages::Package;
use crate::rules::UsedParameter;
use crate::services::actor::{About, Action, authorize};
use crate::services::reports::views::OfCase;
use crate::services::tasks::REQUEST_SUPPLEMENT;
use crate::services::{Actor, ServiceError, ServiceResult, assessments, calculation, flow, packages, protection, reports};
use crate::store::appeals::AppealRow;
use crate::store::calculations::{CalculationKind, CalculationRow};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::DecisionRow;
use crate::store::diary::DocumentRow;
use crate::store::payments::HoldRow;
use crate::store::queue::Handling;
use crate::store::tasks::TaskRow;
use crate::store::{
    Tx, appeals, attendance, calculations, clashes, decisions, diary, events, organisations, payments, queue, tasks, users,
};
use crate::workflows::{ChecklistItem, State, StateKind, Target, TaskFieldKind, WaitFor, Workflow};

pub use super::list::{Counts, counts};
pub use crate::rules::TraceLine;
pub use crate::store::clashes::ClashAnswer;
pub use crate::store::diary::Direction;
pub use crate::store::queue::Waits;

/// A case's line.
#[derive(Clone, Debug)]
pub struct Line {
    /// The case.
    pub case: CaseRow,
    /// The applicant.
    pub applicant: String,
    /// The grant type's name.
    pub grant: Localized,
    /// The period applied for; `None` where the package no longer knows it.
    pub period: Option<ActivityPeriod>,
    /// The state's name.
    pub state: Localized,
    /// What it waits for.
    pub waits: Waits,
    /// Why, in Swedish, where a task or checkpoint says it.
    pub why: Option<String>,
    /// The last day of the handling clock, unless it stands still.
    pub due: Option<NaiveDate>,
    /// What people have set on it.
    pub handling: Handling,
}

/// A case as lists show it.
pub(in crate::services) async fn line(tx: &mut Tx, tenant: &Tenant, case: CaseRow) -> ServiceResult<Line> {
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let state = package.workflow.state(&case.state);
    let standing = queue::standing(tx, case.id).await?;
    Ok(Line {
        applicant: organisations::name(tx, case.organisation_id, tenant.clock.today()).await?,
        grant: package.form.title.clone(),
        period: package.form.period(&case.period).cloned(),
        state: state.and_then(|state| state.label.clone()).unwrap_or_else(|| Localized::sv(case.state.clone())),
        waits: standing.as_ref().map_or(Waits::Service, |standing| standing.waits),
        why: standing.as_ref().and_then(|standing| standing.why.clone()),
        due: standing.and_then(|standing| standing.due),
        handling: queue::handling(tx, case.id).await?,
        case,
    })
}

/// A calculation as a page shows it.
#[derive(Clone, Debug)]
pub struct Calculated {
    /// The stored row: hashes, time, version.
    pub row: CalculationRow,
    /// Checks, rows, account.
    pub evaluation: Evaluation,
    /// Parameter values used.
    pub used: Vec<UsedParameter>,
    /// Step by step.
    pub trace: Vec<TraceLine>,
    /// Whether a decision may rest on it.
    pub is_final: bool,
    /// The version's number.
    pub version: i64,
    /// Who decided the rules, when and where, as far as it is written down.
    pub decided: Option<crate::forms::Decided>,
    /// The version's hash.
    pub version_hash: String,
}

/// A task with what the workflow declares of it.
#[derive(Clone, Debug)]
pub struct TaskView {
    /// The task.
    pub row: TaskRow,
    /// Its name.
    pub label: Localized,
    /// What to tick off.
    pub checklist: Vec<ChecklistItem>,
    /// Whether it asks for an amount.
    pub asks_amount: bool,
    /// What a judgement in words is called, where it asks for one.
    pub asks_text: Option<Localized>,
    /// What whoever does it can choose.
    pub ways: Vec<(String, Way)>,
    /// Who did it, with which action and comment; the comment is empty while it is kept from the actor.
    pub done: Option<(String, String, String)>,
    /// Whether the actor did it.
    pub own: bool,
    /// Whether it is filled in on a page of its own.
    pub on_page: bool,
    /// Whether what was filled in is kept from the actor, because others still have to judge for themselves.
    pub kept: bool,
}

/// An event in words' reach: who, what, with its texts.
#[derive(Clone, Debug)]
pub struct EventView {
    /// When.
    pub at: DateTime<Utc>,
    /// Stable word.
    pub kind: String,
    /// Who, by name where it is a person.
    pub who: String,
    /// Whom it is about, where that is another of the staff.
    pub person: String,
    /// The body.
    pub body: Value,
    /// Its texts by name; disposed ones are not there.
    pub texts: BTreeMap<String, String>,
}

/// A clash as the officer sees it: never which other association.
#[derive(Clone, Debug)]
pub struct ClashView {
    /// When the applicant's own occasion began and ended.
    pub start: chrono::NaiveDateTime,
    /// When it ended.
    pub stop: chrono::NaiveDateTime,
    /// Its activity.
    pub activity: String,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// What the applicant answered.
    pub answer: Option<clashes::ClashAnswer>,
    /// What the other side answered.
    pub other: Option<clashes::ClashAnswer>,
    /// Whether both registrations are the applicant's own.
    pub within: bool,
}

/// A case with everything its page shows.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The list's line.
    pub line: Line,
    /// Organisation number, ten digits; empty where the applicant is kept from the actor.
    pub organisation_number: String,
    /// The newest calculation.
    pub calculated: Option<Calculated>,
    /// Why it went to an officer: kind and words.
    pub reasons: Vec<(String, String)>,
    /// Tasks.
    pub tasks: Vec<TaskView>,
    /// Clashes.
    pub clashes: Vec<ClashView>,
    /// Documents.
    pub documents: Vec<DocumentRow>,
    /// History, the newest first.
    pub events: Vec<EventView>,
    /// Decisions, undone ones too.
    pub decisions: Vec<DecisionRow>,
    /// Appeals, oldest first.
    pub appeals: Vec<AppealRow>,
    /// Payment: state, amount, active holds.
    pub payments: Vec<(PaymentState, Money, Vec<HoldRow>)>,
    /// Imports that were taken, with the number of their marks.
    pub imports: usize,
    /// What it has to do with reports on grants.
    pub report: OfCase,
    /// Whether the committee decides it, by its grant or by its rules.
    pub committee_decides: bool,
    /// Whether it waits for its round to be ranked.
    pub awaits_ranking: bool,
    /// Actions the state offers.
    pub actions: Vec<String>,
    /// The workflow's states: id and name.
    pub states: BTreeMap<String, Localized>,
}

/// Everything the page of a case shows.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn case(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<CaseView> {
    let mut tx = tenant.db.read().await?;
    let row = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(row.about())))?;
    let package = packages::version(&mut tx, tenant, row.package_version_id).await?;
    let organisation = organisations::by_id(&mut tx, row.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let mut line = line(&mut tx, tenant, row).await?;
    let mut calculated = match calculations::newest(&mut tx, id).await? {
        Some(row) => Some(calculated(&mut tx, &package, row).await?),
        None => None,
    };
    let mut task_views = Vec::new();
    let mut kept_tasks = BTreeSet::new();
    for task in tasks::of_case(&mut tx, id).await? {
        let kept = assessments::kept_from(&mut tx, actor, &package, &line.case, &task).await?;
        if kept {
            kept_tasks.insert(task.task.clone());
        }
        task_views.push(task_view(&mut tx, tenant, actor, (&package, &line.case), task, kept).await?);
    }
    let state = package.workflow.state(&line.case.state);
    let actions = state.map(|state| state.next.iter().filter_map(|next| next.action.clone()).collect()).unwrap_or_default();
    let routed = calculated.as_ref().is_some_and(|calculated| calculated.evaluation.route.is_some());
    let committee_decides = package.form.decision_mode == DecisionMode::Committee || routed;
    let awaits_ranking = state.is_some_and(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::Ranking, .. }));
    let reasons = cases::checkpoints(&mut tx, id).await?;
    let mut documents = diary::documents_of_case(&mut tx, id).await?;
    let mut organisation_number = organisation.number;
    let decisions = decisions::of_case(&mut tx, id).await?;
    let mut events = events(&mut tx, id).await?;
    keep_judgements(&mut events, &kept_tasks);
    // What somebody has written of her own conflict is for those who judge it: conflicts::views.
    events.iter_mut().filter(|event| event.kind == "case.conflict_declared").for_each(|event| event.texts.clear());
    if line.case.protected && !protection::may_read(actor) {
        if let Some(calculated) = &mut calculated {
            calculated.trace = protection::without_words(std::mem::take(&mut calculated.trace));
        }
        if protection::hides_applicant(&line.case, organisation.kind) {
            line.applicant = protection::HIDDEN_PERSON.to_owned();
            organisation_number.clear();
            documents.iter_mut().for_each(|document| document.party = Some(protection::HIDDEN_PERSON.to_owned()));
            events.iter_mut().for_each(|event| event.texts.clear());
        }
    }
    let appeals = appeals::of_case(&mut tx, id).await?;
    let payments = orders(&mut tx, tenant, id).await?;
    let report = reports::views::of_case(&mut tx, tenant, &line.case).await?;
    let clashes = clash_views(&mut tx, &line.case).await?;
    let imports = attendance::imports(&mut tx, line.case.organisation_id).await?.iter().filter(|import| import.accepted).count();
    Ok(CaseView {
        organisation_number,
        states: package.workflow.states.iter().filter_map(|state| Some((state.id.clone(), state.label.clone()?))).collect(),
        calculated,
        reasons: reasons.into_iter().map(|(kind, _, reason)| (kind, reason)).collect(),
        tasks: task_views,
        clashes,
        documents,
        events,
        decisions,
        appeals,
        payments,
        report,
        imports,
        committee_decides,
        awaits_ranking,
        actions,
        line,
    })
}

async fn calculated(tx: &mut Tx, package: &crate::packages::Package, row: CalculationRow) -> ServiceResult<Calculated> {
    let version = crate::store::packages::by_id(tx, row.package_version_id).await?;
    Ok(Calculated {
        evaluation: calculation::evaluation(&row)?,
        used: serde_json::from_slice(&row.used)?,
        trace: serde_json::from_slice(&row.trace)?,
        is_final: row.kind == CalculationKind::Final,
        version: version.version,
        decided: package.form.decided.clone(),
        version_hash: version.sha256,
        row,
    })
}

/// Leaves out of the history what assessors wrote whose judgements are still kept from the actor.
fn keep_judgements(events: &mut [EventView], kept: &BTreeSet<String>) {
    let of_kept = |event: &EventView| event.body.get("task").and_then(Value::as_str).is_some_and(|task| kept.contains(task));
    for event in events.iter_mut().filter(|event| event.kind == "task.done" && of_kept(event)) {
        event.texts.clear();
        event.body = Value::Null;
    }
}

async fn task_view(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    (package, case): (&Package, &CaseRow),
    row: TaskRow,
    kept: bool,
) -> ServiceResult<TaskView> {
    let workflow = &package.workflow;
    let found = workflow.states.iter().find_map(|state| match &state.kind {
        StateKind::Task(list) => list.iter().find(|task| task.id == row.task).map(|task| (state, task)),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => None,
    });
    let declared = found.map(|(_, task)| task);
    let asked = |kind: TaskFieldKind| declared.and_then(|task| task.form.iter().find(|field| field.kind == kind));
    let result = tasks::results(tx, row.id).await?.into_iter().next();
    let own = result.as_ref().is_some_and(|result| actor.person() == Some(result.user_id));
    let done = match result {
        Some(result) => {
            let name = users::by_id(tx, result.user_id).await?.map_or_else(String::new, |user| user.name);
            Some((name, result.action, if kept { String::new() } else { result.comment }))
        }
        None => None,
    };
    Ok(TaskView {
        label: declared.and_then(|task| task.label.as_ref()).map_or_else(|| beside_workflow(&row.task), Clone::clone),
        checklist: match declared {
            Some(task) => flow::checklist(tx, tenant, package, case, task).await?,
            None => Vec::new(),
        },
        asks_amount: asked(TaskFieldKind::Amount).is_some(),
        asks_text: asked(TaskFieldKind::Text).map(|field| field.label.clone()),
        ways: found.map(|(state, _)| ways(workflow, state)).unwrap_or_default(),
        done,
        own,
        on_page: declared.is_some_and(crate::workflows::Task::has_sheet),
        kept,
        row,
    })
}

/// What a way on is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the state it leads to.
    LeadsTo(Localized),
    /// By words of the workflow's own.
    Says(Localized),
}

/// What whoever does the tasks of a state can choose. To ask the applicant has a form of its own.
pub(in crate::services) fn ways(workflow: &Workflow, state: &State) -> Vec<(String, Way)> {
    let chosen = state.next.iter().filter_map(|next| {
        let action = next.action.as_deref().filter(|action| *action != REQUEST_SUPPLEMENT)?;
        if let Some(label) = &next.label {
            return Some((action.to_owned(), Way::Says(label.clone())));
        }
        let leads_to = match &next.to {
            Target::State(to) => workflow.state(to).and_then(|state| state.label.clone()),
            Target::Return => None,
        };
        Some((action.to_owned(), Way::LeadsTo(leads_to.unwrap_or_else(|| Localized::sv(action)))))
    });
    chosen.collect()
}

/// What a task is called that belongs to no state of the workflow.
fn beside_workflow(task: &str) -> Localized {
    match task {
        super::withdrawal::WITHDRAWAL => Localized::both("Ansökan är tillbakatagen", "The application is taken back"),
        "late_attendance" => Localized::both("Närvaro efter stängd period", "Attendance after a closed period"),
        "failed_payment" => Localized::both("Utbetalning som inte gick fram", "A payment that did not arrive"),
        "kommer_senare" => Localized::both("Underlag som kommer senare", "Material that comes later"),
        other => Localized::sv(other),
    }
}

async fn events(tx: &mut Tx, id: CaseId) -> ServiceResult<Vec<EventView>> {
    let rows = events::of_stream(tx, "case", id.0).await?;
    let texts = events::texts_of_stream(tx, "case", id.0).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let who = match row.actor.strip_prefix("user:").and_then(|user| user.parse().ok()) {
            Some(user) => users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name),
            None => row.actor.clone(),
        };
        let body: Value = serde_json::from_slice(&row.body)?;
        let person = match body.get("user").and_then(Value::as_str).and_then(|user| user.parse().ok()) {
            Some(user) => users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name),
            None => String::new(),
        };
        let own = texts.iter().filter(|text| text.seq == row.seq);
        views.push(EventView {
            at: row.at,
            who,
            person,
            body,
            texts: own.map(|text| (text.name.clone(), text.text.clone())).collect(),
            kind: row.kind,
        });
    }
    Ok(views)
}

async fn orders(tx: &mut Tx, tenant: &Tenant, id: CaseId) -> ServiceResult<Vec<(PaymentState, Money, Vec<HoldRow>)>> {
    let today = tenant.clock.today();
    let mut found = Vec::new();
    for order in payments::of_case(tx, id).await? {
        let holds = payments::holds(tx, order.id).await?;
        let active = holds.into_iter().filter(|hold| hold.released_at.is_none() && hold.until.is_none_or(|until| today <= until));
        let state = PaymentState::from_code(&order.state).unwrap_or(PaymentState::Unknown);
        // What was called off for a changed decision pays nothing; another order stands in its place.
        if state == PaymentState::Cancelled {
            continue;
        }
        found.push((state, order.amount_ore, active.collect()));
    }
    Ok(found)
}

async fn clash_views(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Vec<ClashView>> {
    let rows = clashes::of_organisation(tx, case.organisation_id, &case.grant_type, &case.period).await?;
    let own = |row: &clashes::ClashRow| {
        if row.organisation_a == case.organisation_id {
            (row.occasion_a, row.answer_a, row.answer_b)
        } else {
            (row.occasion_b, row.answer_b, row.answer_a)
        }
    };
    // A protected person's clash is never shown.
    let asked: Vec<_> = rows.iter().filter(|row| row.asked).collect();
    let ids: Vec<i64> = asked.iter().map(|row| own(row).0).collect();
    let occasions = attendance::occasions_by_id(tx, &ids).await?;
    let facts = crate::services::attendance::facts(tx, &occasions).await?;
    let mut views = Vec::new();
    for row in asked {
        let (occasion, answer, other) = own(row);
        let Some(at) = occasions.iter().position(|known| known.id == occasion) else { continue };
        views.push(ClashView {
            start: facts[at].start,
            stop: facts[at].stop,
            activity: facts[at].activity.clone(),
            answer_by: row.answer_by,
            answer,
            other,
            within: row.scope == clashes::Scope::Within,
        });
    }
    views.sort_by_key(|view| view.start);
    Ok(views)
}
