//! What officers do with a case: tasks with checklists, supplement requests, overrides.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::actor::{Action, authorize};
use super::diary::{self, NewDocument};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, flow, messages, packages};
use crate::app::Tenant;
use crate::domain::id::{CaseId, TaskId};
use crate::domain::{Localized, Money};
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::diary::Direction;
use crate::store::tasks::{self, TaskResultRow, TaskRow};
use crate::store::{Tx, organisations};
use crate::workflows::machine::Outcome;
use crate::workflows::{ChecklistComment, StateKind, Task};

/// What an officer filled in while doing a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Checklist lines by id: ticked or not.
    #[serde(default)]
    pub checked: BTreeMap<String, bool>,
    /// Judgements by field id.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// The proposed amount, where the task asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// Does a task and, when all needed tasks of the state are done, moves the case by the action.
///
/// # Errors
/// [`ServiceError::Invalid`] when a checklist line left undone has no comment, or the action is none of the state's.
pub async fn complete(tenant: &Tenant, actor: &Actor, task: TaskId, action: &str, filled: &Filled, comment: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let row = tasks::by_id(&mut tx, task).await?.ok_or(ServiceError::NotFound)?;
    let (mut case, package) = open_case(&mut tx, tenant, actor, row.case_id).await?;
    if row.closed_at.is_some() || row.entered != case.entered {
        return Err(ServiceError::Stale);
    }
    let declared = declared(&package, &case, &row.task)?;
    check_filled(declared, filled, comment)?;
    if !flow::offers(&package, &case, action) {
        return Err(ServiceError::refused("Det valet finns inte i ärendets läge.", "That choice is not there in the case's state."));
    }
    finish(&mut tx, tenant, actor, &row, action, filled, comment).await?;
    if tasks::open_of_case(&mut tx, case.id).await?.is_empty() {
        let outcome = Outcome::Action(action.to_owned());
        flow::advance(&mut tx, tenant, &package, &mut case, actor, &outcome, &flow::NothingSeen, None).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What an officer asks for.
#[derive(Clone, Debug)]
pub struct SupplementRequest<'a> {
    /// What is missing, in the officer's words; one item a line.
    pub missing: &'a str,
    /// The last day to answer.
    pub last_day: NaiveDate,
    /// What happens otherwise (förvaltningslagen 20 § 2 st.).
    pub consequence: &'a str,
}

/// Asks the applicant for what is missing. The case waits; its clock stands still.
///
/// # Errors
/// [`ServiceError::Invalid`] without content, date or consequence; [`ServiceError::Refused`] in a state that has no such way out.
pub async fn request_supplement(tenant: &Tenant, actor: &Actor, case_id: CaseId, request: &SupplementRequest<'_>) -> ServiceResult<()> {
    let mut findings = Vec::new();
    let mut demand = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            let message = Localized::both(sv, en);
            findings.push(super::error::Finding { place: place.to_owned(), code: "missing".to_owned(), message });
        }
    };
    let today = tenant.clock.today();
    demand(request.missing.trim().is_empty(), "missing", "Skriv vad som saknas.", "Write what is missing.");
    demand(
        request.consequence.trim().is_empty(),
        "consequence",
        "Skriv vad som händer om svaret uteblir.",
        "Write what happens without an answer.",
    );
    demand(
        request.last_day <= today,
        "last_day",
        "Sista dag för svar måste ligga efter i dag.",
        "The last day to answer must be after today.",
    );
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    let (mut case, package) = open_case(&mut tx, tenant, actor, case_id).await?;
    if !flow::offers(&package, &case, "request_supplement") {
        return Err(ServiceError::refused(
            "Komplettering kan inte begäras i det här läget.",
            "A supplement cannot be requested in this state.",
        ));
    }
    let name = organisations::name(&mut tx, case.organisation_id, today).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::Out,
        party: Some(&name),
        subject: "Begäran om komplettering",
        masked: case.protected,
        document_type: "komplettering",
        file: None,
    };
    let document = diary::register(&mut tx, tenant, &package.form.diary, document).await?;
    for task in tasks::open_of_case(&mut tx, case.id).await? {
        finish(&mut tx, tenant, actor, &task, "request_supplement", &Filled::default(), request.missing).await?;
    }
    let event = Event {
        kind: "supplement.requested",
        body: json!({ "last_day": request.last_day, "document": document }),
        texts: &[("missing", request.missing), ("consequence", request.consequence)],
    };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    let outcome = Outcome::Action("request_supplement".to_owned());
    flow::advance(&mut tx, tenant, &package, &mut case, actor, &outcome, &flow::NothingSeen, None).await?;
    messages::queue(&mut tx, tenant, &case, messages::About::Supplement).await?;
    tx.commit().await?;
    Ok(())
}

/// The applicant's answer: registered, the answers replaced where she changed them, the case back where it came from.
///
/// # Errors
/// [`ServiceError::Refused`] when the case waits for nothing from her.
pub async fn answer_supplement(
    tenant: &Tenant,
    actor: &Actor,
    case_id: CaseId,
    answers: &BTreeMap<String, crate::domain::inputs::Answer>,
    text: &str,
) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::ActFor(case.organisation_id))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let waits = package
        .workflow
        .state(&case.state)
        .is_some_and(|state| matches!(state.kind, StateKind::Wait { until: crate::workflows::WaitFor::Applicant, .. }));
    if !waits {
        return Err(ServiceError::refused("Ärendet väntar inte på något svar från er.", "The case does not wait for an answer from you."));
    }
    let now = tenant.clock.now();
    let before = cases::application(&mut tx, case.id).await?;
    let mut all: BTreeMap<String, crate::domain::inputs::Answer> = serde_json::from_slice(&before.answers)?;
    all.extend(answers.clone());
    let sent = crate::forms::sent_answers(&package.form, &all, &crate::forms::Facts::new());
    let body = crate::domain::canonical::to_bytes(&sent)?;
    cases::replace_application(&mut tx, case.id, now).await?;
    let id = tenant.ids.uuid();
    let application = cases::ApplicationRow {
        id,
        sha256: crate::domain::canonical::Sha::of(&body).hex(),
        answers: body,
        received_at: now,
        document_id: None,
        idempotency_key: format!("supplement/{id}"),
        replaced_at: None,
        ..before
    };
    cases::insert_application(&mut tx, &application).await?;
    let name = organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(&name),
        subject: "Komplettering",
        masked: case.protected,
        document_type: "komplettering",
        file: None,
    };
    let document = diary::register(&mut tx, tenant, &package.form.diary, document).await?;
    cases::set_application_document(&mut tx, application.id, document).await?;
    case.complete_on = Some(tenant.clock.today());
    let event = Event {
        kind: "supplement.received",
        body: json!({ "answers": application.sha256, "document": document }),
        texts: &[("text", text)],
    };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    flow::advance(
        &mut tx,
        tenant,
        &package,
        &mut case,
        actor,
        &Outcome::WaitOver,
        &flow::NothingSeen,
        Some("Kompletteringen har kommit in."),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// A case that an officer may handle, locked, with its package.
pub(super) async fn open_case(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    id: CaseId,
) -> ServiceResult<(CaseRow, std::sync::Arc<Package>)> {
    let case = cases::lock(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { committee: &case.committee })?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok((case, package))
}

async fn finish(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    task: &TaskRow,
    action: &str,
    filled: &Filled,
    comment: &str,
) -> ServiceResult<()> {
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let now = tenant.clock.now();
    if !tasks::close(tx, task.id, now).await? {
        return Err(ServiceError::Stale);
    }
    let result = TaskResultRow {
        id: tenant.ids.uuid(),
        task_id: task.id,
        user_id: user.id,
        action: action.to_owned(),
        checklist: serde_json::to_string(filled)?,
        comment: comment.to_owned(),
        at: now,
    };
    tasks::insert_result(tx, &result).await?;
    let body = json!({ "task": task.task, "action": action, "amount_ore": filled.amount, "checked": filled.checked });
    let event = Event { kind: "task.done", body, texts: &[("comment", comment)] };
    history::record(tx, tenant, Stream::Case(task.case_id), actor, event).await
}

fn declared<'p>(package: &'p Package, case: &CaseRow, task: &str) -> ServiceResult<&'p Task> {
    let state = package.workflow.state(&case.state);
    let found = state.and_then(|state| match &state.kind {
        StateKind::Task(list) => list.iter().find(|declared| declared.id == task),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => None,
    });
    found.ok_or(ServiceError::Stale)
}

fn check_filled(task: &Task, filled: &Filled, comment: &str) -> ServiceResult<()> {
    let silent = comment.trim().is_empty();
    let undone = task.checklist.iter().find(|line| {
        let done = filled.checked.get(&line.id).copied().unwrap_or(false);
        silent && (line.comment == ChecklistComment::Always || (line.comment == ChecklistComment::WhenNotDone && !done))
    });
    if let Some(line) = undone {
        let message = Localized::both(
            format!("”{}” är inte avprickad. Skriv en kommentar om varför.", line.label.sv),
            format!("\"{}\" is not ticked. Write a comment why.", line.label.get(crate::domain::localized::Language::En)),
        );
        return Err(ServiceError::invalid("comment", "comment_missing", message));
    }
    let wants_amount = task.form.iter().any(|field| matches!(field.kind, crate::workflows::TaskFieldKind::Amount));
    if wants_amount && filled.amount.is_none() {
        let message = Localized::both("Fyll i ett föreslaget belopp.", "Fill in a proposed amount.");
        return Err(ServiceError::invalid("belopp", "amount_missing", message));
    }
    if filled.amount.is_some() && silent {
        let message = Localized::both("Skriv skälen för det föreslagna beloppet.", "Write the reasons for the proposed amount.");
        return Err(ServiceError::invalid("comment", "reason_missing", message));
    }
    Ok(())
}
