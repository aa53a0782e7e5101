//! Documents promised for later: sending them without being asked, and what then becomes of the case.

use std::collections::BTreeMap;

use serde_json::json;

use super::supplement::Requested;
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::inputs::{Answer, Attachment};
use crate::forms::{Field, Form};
use crate::packages::Package;
use crate::services::cases::{queue, withdrawal};
use crate::services::diary::{self};
use crate::services::history::{self, Event, Stream};
use crate::services::tasks::{self, Changed};
use crate::services::{Actor, ServiceError, ServiceResult, periods};
use crate::store::cases::{self, CaseRow};
use crate::store::diary::Direction;
use crate::store::{Tx, decisions, tasks as task_rows};
use crate::workflows::{StateKind, Step};

/// The officer's task that waits for a promised document.
pub(super) const TO_COME: &str = "kommer_senare";
/// The officer's task when it came after the amount was settled.
const CAME_LATE: &str = "handling_inkommen";

/// The questions whose document was promised and has not come, in the order of the form.
pub(super) fn of<'a>(form: &'a Form, answers: &BTreeMap<String, Answer>) -> Vec<&'a Field> {
    form.fields().filter(|field| answers.get(&field.id) == Some(&Answer::Attachment(Attachment::Later))).collect()
}

/// What the officer's task says of a promised document.
pub(super) fn reason(field: &Field) -> String {
    format!("Föreningen har lovat skicka senare: {}", field.label.sv)
}

/// What is still to come as something to answer: the sections that hold the promised documents.
pub(super) fn requested(form: &Form, answers: &BTreeMap<String, Answer>) -> Option<Requested> {
    let promised = of(form, answers);
    if promised.is_empty() {
        return None;
    }
    let holds = |section: &&crate::forms::Section| section.fields.iter().any(|field| promised.iter().any(|own| own.id == field.id));
    Some(Requested {
        missing: promised.iter().map(|field| field.label.sv.as_str()).collect::<Vec<_>>().join("\n"),
        sections: form.sections.iter().filter(holds).map(|section| section.id.clone()).collect(),
        ..Requested::default()
    })
}

/// Whether a case still takes what was promised: until it is decided, withdrawn or closed.
pub(super) async fn takes(tx: &mut Tx, case: &CaseRow) -> ServiceResult<bool> {
    let over = case.closed_at.is_some() || decisions::standing(tx, case.id).await?.is_some();
    Ok(!over && !withdrawal::stands(tx, case.id).await?)
}

/// Takes in promised documents that nobody asked for again. Answers change nowhere but in the questions that promised.
///
/// # Errors
/// [`ServiceError::Refused`] when the case is decided or withdrawn, or other answers are changed.
pub(super) async fn deliver(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    changed: &Changed<'_>,
    text: &str,
) -> ServiceResult<()> {
    let before = super::load::handed_in(tx, case.id).await?;
    let promised = of(&package.form, &before);
    let others = changed.answers.keys().chain(changed.cleared).any(|id| !promised.iter().any(|field| field.id == *id));
    if others || !takes(tx, case).await? {
        return Err(ServiceError::refused(
            "Ni kan skicka det ni har lovat, men inte ändra andra svar nu. Skriv till handläggaren om något annat är fel.",
            "You may send what you promised, but not change other answers now. Write to the officer if something else is wrong.",
        ));
    }
    let application = tasks::supplemented(tx, tenant, package, case, changed).await?;
    let labels: Vec<&str> =
        promised.iter().filter(|field| changed.answers.contains_key(&field.id)).map(|field| field.label.sv.as_str()).collect();
    let sheet = diary::Sheet {
        direction: Direction::In,
        subject: "Utlovade handlingar",
        document_type: "komplettering",
        parts: &[("Inskickat", &labels.join(", ")), ("Meddelande", text)],
        appendix: "",
    };
    let document = diary::register_sheet(tx, tenant, package, case, sheet).await?;
    cases::set_application_document(tx, application.id, document).await?;
    let event = Event {
        kind: "promised.received",
        body: json!({ "answers": application.sha256, "document": document }),
        texts: &[("what", &labels.join(", ")), ("text", text)],
    };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    let settled = package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Decision));
    if settled {
        let reason = format!("Har kommit in efter den slutliga beräkningen: {}", labels.join(", "));
        return tasks::open_beside(tx, tenant, case.id, CAME_LATE, &reason, None).await;
    }
    periods::again(tx, tenant, package, case, &[Step::Validate, Step::Calculate], &format!("promised-{}", application.id)).await
}

/// Closes the officer's tasks whose document has come, by the answers that count now.
pub(super) async fn settle(tx: &mut Tx, tenant: &Tenant, form: &Form, case: CaseId) -> ServiceResult<()> {
    let answers = super::load::handed_in(tx, case).await?;
    let awaited: Vec<String> = of(form, &answers).into_iter().map(reason).collect();
    for task in task_rows::open_of_case(tx, case).await? {
        if task.task == TO_COME && !awaited.contains(&task.reason) {
            task_rows::close(tx, task.id, tenant.clock.now()).await?;
        }
    }
    queue::refresh(tx, tenant, case).await
}
