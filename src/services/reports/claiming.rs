//! Claiming a grant back when no report has come: a case like that of a report, opened by the municipality. The association may send
//! its report into it until it is decided.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::grant::GrantKind;
use crate::domain::id::CaseId;
use crate::forms::Releases;
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::applications::{self, Submission};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts, free_text, packages};
use crate::store::cases::{self, CaseRow};
use crate::store::reports as rows;
use crate::store::{Tx, decisions};

use super::remind;

/// How the key of an application begins that no applicant sent: the municipality opened the case itself.
const OPENED: &str = "claim/";

/// Whether the municipality opened a case itself, so that nothing came in with it.
#[must_use]
pub fn opened_by_us(idempotency_key: &str) -> bool {
    idempotency_key.starts_with(OPENED)
}

/// Whether a case is a claim that the municipality opened and that no report has come into.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::services) async fn without_report(tx: &mut Tx, package: &Package, case: CaseId) -> ServiceResult<bool> {
    if package.form.kind != GrantKind::Report {
        return Ok(false);
    }
    Ok(opened_by_us(&cases::application(tx, case).await?.idempotency_key))
}

/// Whether a report may come into a case: the municipality opened it, none has come, and nothing is decided.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::services) async fn takes_report(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<bool> {
    let open = case.closed_at.is_none() && without_report(tx, package, case.id).await?;
    Ok(open && decisions::standing(tx, case.id).await?.is_none())
}

/// Why no report comes into a claim any more.
pub(in crate::services) fn decided(case: &CaseRow) -> ServiceError {
    ServiceError::refused(
        format!("Återkravet ({}) är beslutat. Redovisningen går inte längre att lämna in i ärendet.", case.number),
        format!("The claim ({}) has been decided. The report can no longer be handed in to the case.", case.number),
    )
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
    let body = json!({ "duty": duty.id, "granted": granted.id, "report": case });
    for stream in [case, granted.id] {
        let event = Event { kind: "report.missing", body: body.clone(), texts: &[("reason", reason.trim())] };
        history::record(&mut tx, tenant, Stream::Case(stream), actor, event).await?;
    }
    tx.commit().await?;
    Ok(case)
}
