//! Claiming a grant back when no report has come: a case like that of a report, opened by the municipality.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::CaseId;
use crate::forms::Releases;
use crate::services::actor::{Action, authorize};
use crate::services::applications::{self, Submission};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts, free_text, packages};
use crate::store::cases;
use crate::store::reports as rows;

use super::remind;

/// How the key of an application begins that no applicant sent: the municipality opened the case itself.
const OPENED: &str = "claim/";

/// Whether the municipality opened a case itself, so that nothing came in with it.
#[must_use]
pub fn opened_by_us(idempotency_key: &str) -> bool {
    idempotency_key.starts_with(OPENED)
}

/// Opens a case about claiming a grant back whose report has not come in time. Nothing is claimed by it yet: the association is
/// heard, and may still send the report (förvaltningslagen 25 §).
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason; [`ServiceError::Refused`] before the last day has passed, for a requisition, and
/// when a report has come.
pub async fn open(tenant: &Tenant, actor: &Actor, duty: Uuid, reason: &str) -> ServiceResult<CaseId> {
    let mut tx = tenant.db.write().await?;
    let duty = rows::by_id(&mut tx, duty).await?.ok_or(ServiceError::NotFound)?;
    crate::store::organisations::lock(&mut tx, duty.organisation_id).await?;
    let granted = cases::lock(&mut tx, duty.case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: granted.about(), committee: &granted.committee })?;
    conflicts::must_be_free(&mut tx, tenant, actor, granted.about()).await?;
    if reason.trim().is_empty() {
        let message = Localized::both("Skriv varför bidraget krävs tillbaka.", "Write why the grant is claimed back.");
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    free_text::refuse_person_numbers("skal", reason)?;
    let package = packages::governing(&mut tx, tenant, &duty.grant_type, &duty.period).await?.ok_or(ServiceError::NotFound)?;
    let releases = package.1.form.report.as_ref().map(|report| report.releases);
    let last_day = remind::last_day(&mut tx, tenant, &duty).await?;
    let fresh = rows::by_id(&mut tx, duty.id).await?.ok_or(ServiceError::NotFound)?;
    if fresh.report_case_id.is_some() || fresh.done_at.is_some() {
        return Err(ServiceError::refused(
            "Redovisningen har kommit in. Granska den i stället.",
            "The report has come. Review it instead.",
        ));
    }
    if releases != Some(Releases::Report) {
        return Err(ServiceError::refused(
            "En rekvisition leder inte till återkrav. Det gör slutredovisningen.",
            "A requisition does not lead to recovery. The final report does.",
        ));
    }
    if tenant.clock.today() <= last_day {
        return Err(ServiceError::refused("Sista dagen att redovisa har inte passerat än.", "The last day to report has not passed yet."));
    }
    let key = format!("{OPENED}{}", tenant.ids.uuid());
    let by = actor.user().map(|user| user.name.clone()).unwrap_or_default();
    let submission = Submission {
        organisation: duty.organisation_id,
        grant_type: &duty.grant_type,
        period: &duty.period,
        answers: &BTreeMap::new(),
        signed_by: &by,
        idempotency_key: &key,
    };
    let taken = applications::take_in(&mut tx, tenant, actor, (&package, &submission), BTreeMap::new(), tenant.clock.now()).await?;
    let case = taken.receipt.case;
    let body = json!({ "duty": duty.id, "granted": granted.id });
    history::record(
        &mut tx,
        tenant,
        Stream::Case(case),
        actor,
        Event { kind: "report.missing", body, texts: &[("reason", reason.trim())] },
    )
    .await?;
    tx.commit().await?;
    Ok(case)
}
