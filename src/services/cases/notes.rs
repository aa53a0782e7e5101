//! Notes: for colleagues, and what somebody said that matters for the case.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::CaseId;
use crate::services::actor::{Action, authorize};
use crate::services::diary::{self};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, tasks};
use crate::store::Tx;
use crate::store::diary::Direction;
use crate::store::notes::{self, NoteRow};

/// Writes a note for colleagues: working material, no document, never the applicant's to see.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty text; [`ServiceError::NotFound`] where the actor may not handle the case.
pub async fn write(tenant: &Tenant, actor: &Actor, case: CaseId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, _) = tasks::open_case(&mut tx, tenant, actor, case).await?;
    let text = said(text)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let row = NoteRow { id: tenant.ids.uuid(), case_id: case.id, user_id: user.id, at: tenant.clock.now(), text: text.to_owned() };
    notes::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Documents what somebody said on the phone that matters for the case (förvaltningslagen 27 §): a document in the diary.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty text; [`ServiceError::NotFound`] where the actor may not handle the case.
pub async fn phone(tenant: &Tenant, actor: &Actor, case: CaseId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, package) = tasks::open_case(&mut tx, tenant, actor, case).await?;
    let text = said(text)?;
    let by = actor.user().map_or_else(String::new, |user| user.name.clone());
    let sheet = diary::Sheet {
        direction: Direction::Internal,
        subject: "Tjänsteanteckning om samtal",
        document_type: "tjansteanteckning",
        parts: &[("Samtal", text), ("Antecknat av", &by)],
        appendix: "",
    };
    let document = diary::register_sheet(&mut tx, tenant, &package, &case, sheet).await?;
    let event = Event { kind: "case.call", body: json!({ "document": document }), texts: &[("text", text)] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The notes of a case: who, when, what; newest first. Who is not of the staff sees none.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn of_case(tx: &mut Tx, actor: &Actor, case: CaseId) -> ServiceResult<Vec<(String, DateTime<Utc>, String)>> {
    if authorize(actor, Action::Browse).is_err() || actor.user().is_none() {
        return Ok(Vec::new());
    }
    Ok(notes::of_case(tx, case).await?)
}

fn said(text: &str) -> ServiceResult<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ServiceError::invalid("text", "missing", Localized::both("Skriv en anteckning.", "Write a note.")));
    }
    crate::services::free_text::refuse_person_numbers("text", text)?;
    Ok(text)
}
