//! Registers what came in: the applications and the attendance files they rest on (OSL 5 kap. 1-2 §§).

use serde_json::json;

use super::{Ticket, party};
use crate::app::Tenant;
use crate::domain::clock::swedish_date;
use crate::services::attendance::day_number;
use crate::services::diary::{self, NewDocument};
use crate::services::history::{self, Event, Stream};
use crate::services::reports::claiming;
use crate::services::{Actor, ServiceResult, paper, population, protection};
use crate::store::diary::Direction;
use crate::store::{attendance, cases};

pub(super) async fn run(tenant: &Tenant, mut ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    // One that was replaced before it could be registered came in all the same.
    let applications = cases::applications(&mut read, ticket.case.id).await?;
    let name = party(&mut read, tenant, &ticket.case).await?;
    let known = crate::store::diary::documents_of_case(&mut read, ticket.case.id).await?;
    let covers = ticket.package.form.period(&ticket.case.period).map(|period| period.covers);
    let imports = match covers.filter(|_| ticket.package.form.uses_attendance()) {
        Some(covers) => {
            let days = (day_number(covers.from), day_number(covers.to));
            attendance::imports_touching(&mut read, ticket.case.organisation_id, days).await?
        }
        None => Vec::new(),
    };
    drop(read);
    // Before anything stands in the diary.
    let protected = population::names_protected(tenant, &ticket.package, &ticket.case).await?;
    let package = ticket.package.clone();
    let settings = &package.form.diary;
    let mut papers = Vec::new();
    for application in applications.iter().filter(|application| application.document_id.is_none()) {
        // What the municipality opened itself has not come in.
        let ours = claiming::opened_by_us(&application.idempotency_key);
        let paper = if ours {
            let opened = ("Öppnat av", application.signed_by.as_str());
            paper::plain(
                "Redovisning saknas",
                &ticket.case.number,
                &name,
                &[opened, ("Vad det gäller", ticket.package.form.title.sv.as_str())],
            )
        } else {
            paper::application(&ticket.package.form, application, &ticket.case.number, &name)?
        };
        let received = swedish_date(application.received_at);
        papers.push((application.id, ours, received, diary::store_file(tenant, paper.as_bytes(), "text/html; charset=utf-8")?));
    }
    let mut tx = ticket.begin(tenant).await?;
    let mut registered = Vec::new();
    if protected {
        protection::mark(&mut tx, &mut ticket.case).await?;
    }
    let masked = protection::masks_party(&mut tx, &ticket.case).await?;
    for (application, ours, received, file) in &papers {
        let file = diary::note_file(&mut tx, file).await?;
        let form = &ticket.package.form;
        let period = form.period_words(&ticket.case.period).sv;
        let subject = if *ours { format!("{}, {period}: saknas", form.title.sv) } else { format!("{}, {period}", form.paper().sv) };
        let document = NewDocument {
            diary_case: ticket.case.diary_case_id,
            case: Some(ticket.case.id),
            direction: if *ours { Direction::Internal } else { Direction::In },
            party: Some(&name),
            subject: &subject,
            masked,
            document_type: "ansokan",
            file: Some(file),
        };
        let id = diary::register_application(&mut tx, tenant, settings, &ticket.case, document, *received).await?;
        cases::set_application_document(&mut tx, *application, id).await?;
        registered.push(id);
    }
    for import in imports.iter().filter(|import| !known.iter().any(|document| document.file_id == Some(import.file_id))) {
        let received = swedish_date(import.at);
        registered.push(diary::register_attendance(&mut tx, tenant, settings, &ticket.case, &name, import.file_id, received).await?);
    }
    let mut body = json!({ "number": ticket.case.number, "documents": registered });
    if let Some(body) = body.as_object_mut().filter(|_| papers.iter().any(|(_, ours, ..)| *ours)) {
        body.insert("opened_by_us".to_owned(), true.into());
    }
    history::record(&mut tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "case.registered", body, texts: &[] })
        .await?;
    ticket.finish(tx, tenant).await
}
