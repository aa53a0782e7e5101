//! An applicant takes her application back.

use serde_json::json;

use super::{own, send};
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::services::actor::Action;
use crate::services::diary::{self, NewDocument};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages, paper};
use crate::store::diary::Direction;
use crate::store::{Tx, cases, cosignatures, decisions, events, organisations};

/// Withdraws an application. It is registered and an officer closes the case by a decision; nothing is decided on the
/// application meanwhile.
///
/// # Errors
/// [`ServiceError::Refused`] when it is decided or withdrawn already; [`ServiceError::NotFound`] when it is not the actor's.
pub async fn withdraw(tenant: &Tenant, actor: &Actor, case: CaseId, reason: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::SignFor(case.organisation_id))?;
    if decisions::standing(&mut tx, case.id).await?.is_some() || case.closed_at.is_some() {
        return Err(ServiceError::refused(
            "Ansökan är beslutad och går inte att återkalla.",
            "The application is decided and cannot be withdrawn.",
        ));
    }
    if is_withdrawn(&mut tx, case.id).await? {
        return Ok(());
    }
    let Actor::Association { name, .. } = actor else { return Err(ServiceError::NotFound) };
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let party = organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?;
    let parts = [("Återkallad av", name.as_str()), ("Skäl", reason)];
    let parts = if reason.trim().is_empty() { &parts[..1] } else { &parts[..] };
    let page = paper::plain("Återkallelse av ansökan", &case.number, &party, parts);
    let file = diary::note_file(&mut tx, &diary::store_file(tenant, page.as_bytes(), "text/html; charset=utf-8")?).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(&party),
        subject: "Återkallelse av ansökan",
        masked: case.protected,
        document_type: "aterkallelse",
        file: Some(file),
    };
    let document = diary::register(&mut tx, tenant, &package.form.diary, document).await?;
    if let Some(open) = cosignatures::open_of_case(&mut tx, case.id).await? {
        cosignatures::end(&mut tx, open.id, tenant.clock.now()).await?;
    }
    let task = "Föreningen har återkallat sin ansökan. Skriv av ärendet.";
    send::beside(&mut tx, tenant, case.id, "aterkallelse", task, None).await?;
    case.remark = true;
    let entered = case.entered;
    cases::update(&mut tx, &case, entered).await?;
    let event = Event { kind: "application.withdrawn", body: json!({ "document": document }), texts: &[("reason", reason.trim())] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether an application was withdrawn and not handed in anew since.
pub(in crate::services) async fn is_withdrawn(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    let all = events::of_stream(tx, "case", case.0).await?;
    let last = all
        .iter()
        .rev()
        .find(|event| matches!(event.kind.as_str(), "application.withdrawn" | "application.received" | "application.replaced"));
    Ok(last.is_some_and(|event| event.kind == "application.withdrawn"))
}
