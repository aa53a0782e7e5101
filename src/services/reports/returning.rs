//! A requisition that is not accepted. Nothing is decided by it: the grant stands as it was decided, nothing of it is let go, and the
//! association may requisition anew (`docs/adr/0011`).

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::forms::Releases;
use crate::packages::Package;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, dialogue, free_text};
use crate::store::Tx;
use crate::store::cases::CaseRow;
use crate::store::reports as rows;
use crate::text::number;

/// The text of a task in which the reason is written, as the association will read it: what an officer notes at a checklist's line is
/// for her colleagues.
pub const REASON: &str = "skal";

/// How a requisition stands, for the association that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requisition {
    /// It is being reviewed.
    Reviewed,
    /// It is accepted, and its part of the grant is let go.
    Accepted,
    /// It was sent back; another may be made.
    SentBack,
}

/// How a case stands as a requisition; none for what is no requisition, and for one that was withdrawn.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::services) async fn standing(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Requisition>> {
    if package.form.report.as_ref().is_none_or(|report| report.releases != Releases::Requisition) {
        return Ok(None);
    }
    let duty = rows::of_report(tx, case.id).await?;
    Ok(match (case.closed_at, duty.and_then(|duty| duty.done_at)) {
        (None, _) => Some(Requisition::Reviewed),
        (Some(_), Some(_)) => Some(Requisition::Accepted),
        (Some(_), None) if crate::store::decisions::standing(tx, case.id).await?.is_some() => None,
        (Some(_), None) => Some(Requisition::SentBack),
    })
}

/// Tells the association why, before its case ends: what was to be requisitioned still is.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason or with one that cannot be sent; [`ServiceError::Stale`] for what is no requisition.
pub(in crate::services) async fn send_back(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    why: &str,
) -> ServiceResult<()> {
    let why = why.trim();
    if why.is_empty() {
        let message = Localized::both(
            "Skriv varför rekvisitionen skickas tillbaka. Föreningen får läsa det.",
            "Write why the requisition is sent back. The association will read it.",
        );
        return Err(ServiceError::invalid(REASON, "missing", message));
    }
    free_text::refuse_person_numbers(REASON, why)?;
    let duty = rows::of_report(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    let text = format!(
        "Rekvisitionen {} kan inte godkännas och skickas tillbaka till er. Inget betalas ut på den. Bidraget finns kvar, och ni kan lämna \
         in en ny rekvisition på Mina sidor till och med {}.\n\nSkäl:\n{why}",
        case.number,
        number::date(duty.due, Language::Sv)
    );
    dialogue::tell(tx, tenant, actor, package, case, &text).await.map_err(|error| match error {
        ServiceError::Invalid(mut findings) => {
            findings.iter_mut().for_each(|finding| REASON.clone_into(&mut finding.place));
            ServiceError::Invalid(findings)
        }
        other => other,
    })?;
    let body = json!({ "duty": duty.id, "granted": duty.case_id });
    let event = Event { kind: "report.sent_back", body, texts: &[("reason", why)] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await
}
