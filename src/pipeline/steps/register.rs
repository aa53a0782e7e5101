//! Registers what came in: the application and the attendance files it rests on (OSL 5 kap. 1-2 §§).

use serde_json::json;

use super::{Ticket, party};
use crate::app::Tenant;
use crate::services::diary::{self, NewDocument};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceResult, paper};
use crate::store::diary::Direction;
use crate::store::{attendance, cases};

pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let application = cases::application(&mut read, ticket.case.id).await?;
    let name = party(&mut read, tenant, &ticket.case).await?;
    let known = crate::store::diary::documents_of_case(&mut read, ticket.case.id).await?;
    let imports: Vec<_> = if ticket.package.form.uses_attendance() {
        let period = ticket.package.form.period(&ticket.case.period);
        let halves = period.map(|period| crate::services::attendance::half_years(period.covers)).unwrap_or_default();
        let imports = attendance::imports(&mut read, ticket.case.organisation_id).await?;
        imports.into_iter().filter(|import| import.accepted && halves.contains(&import.period)).collect()
    } else {
        Vec::new()
    };
    drop(read);
    let settings = &ticket.package.form.diary;
    let paper = paper::application(&ticket.package.form, &application, &ticket.case.number, &name)?;
    let file = match application.document_id {
        Some(_) => None,
        None => Some(diary::store_file(tenant, paper.as_bytes(), "text/html; charset=utf-8")?),
    };
    let mut tx = ticket.begin(tenant).await?;
    let mut registered = Vec::new();
    if let Some(file) = &file {
        let file = diary::note_file(&mut tx, file).await?;
        let subject = format!("Ansökan om {}, {}", ticket.package.form.title.sv.to_lowercase(), ticket.case.period);
        let document = NewDocument {
            diary_case: ticket.case.diary_case_id,
            case: Some(ticket.case.id),
            direction: Direction::In,
            party: Some(&name),
            subject: &subject,
            masked: ticket.case.protected,
            document_type: "ansokan",
            file: Some(file),
        };
        let id = diary::register(&mut tx, tenant, settings, document).await?;
        cases::set_application_document(&mut tx, application.id, id).await?;
        registered.push(id);
    }
    for import in imports.iter().rev().filter(|import| !known.iter().any(|document| document.file_id == Some(import.file_id))) {
        let document = NewDocument {
            diary_case: ticket.case.diary_case_id,
            case: Some(ticket.case.id),
            direction: Direction::In,
            party: Some(&name),
            subject: "Närvarofil",
            masked: ticket.case.protected,
            document_type: "narvaro",
            file: Some(import.file_id),
        };
        registered.push(diary::register(&mut tx, tenant, settings, document).await?);
    }
    let body = json!({ "number": ticket.case.number, "documents": registered });
    history::record(&mut tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "case.registered", body, texts: &[] })
        .await?;
    ticket.finish(tx, tenant).await
}
