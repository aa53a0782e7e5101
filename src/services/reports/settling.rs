//! What an accepted requisition or report makes of the grant's payment.

use serde_json::json;

use crate::app::Tenant;
use crate::domain::calculation::CheckStatus;
use crate::domain::clock;
use crate::domain::grant::Outcome;
use crate::domain::payment::HoldReason;
use crate::packages::Package;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, budgets, calculation, packages, payments, standing};
use crate::store::cases::{self, CaseRow};
use crate::store::reports::{self as rows, FinalSettlementRow};
use crate::store::{Tx, calculations, decisions, organisations};
use crate::text::number;

/// Lets go the part that an accepted requisition was waited for.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<()> {
    let duty = rows::of_report(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    payments::release_part(tx, tenant, duty.case_id, HoldReason::Requisition).await?;
    rows::done(tx, duty.id, tenant.clock.now()).await?;
    let body = json!({ "duty": duty.id, "granted": duty.case_id });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "report.accepted", body, texts: &[] }).await
}

/// The requirements that a requisition does not meet, in words: nothing is let go by it then.
///
/// # Errors
/// When the database cannot be read.
pub async fn wanting(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Vec<String>> {
    let Some(row) = calculations::newest(tx, case.id).await? else { return Ok(Vec::new()) };
    let checks = calculation::evaluation(&row)?.checks;
    let failed = checks.into_iter().filter(|check| check.status == CheckStatus::Fail);
    Ok(failed.map(|check| check.motivation.unwrap_or(check.text).sv).collect())
}

/// Settles a grant by the decision on its report: pays what is left, or makes a debt of what is claimed back. A report that was
/// not tried settles nothing.
///
/// # Errors
/// When the database refuses, or the decision would settle the grant otherwise than can be.
pub async fn settle(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    organisations::lock(tx, case.organisation_id).await?;
    let decision = decisions::standing(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    let Some(settled) = super::settles(tx, package, case, (decision.outcome, decision.amount_ore)).await? else { return Ok(()) };
    if rows::settlement_by(tx, case.id).await?.is_some() {
        return Ok(());
    }
    let duty = rows::of_report(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    let granted = cases::lock(tx, duty.case_id).await?.ok_or(ServiceError::NotFound)?;
    let granted_package = packages::version(tx, tenant, granted.package_version_id).await?;
    payments::thaw(tx, tenant, granted.id).await?;
    payments::settle_parts(tx, tenant, &granted_package, (granted.id, case), &decision, settled.rest).await?;
    let debt = match settled.claimed.is_positive() {
        true => {
            let reason = format!("Återkrav {}", case.number);
            Some(standing::owe(tx, tenant, &Actor::Service, case.organisation_id, settled.claimed, &reason).await?)
        }
        false => None,
    };
    let row = FinalSettlementRow {
        report_case_id: case.id,
        case_id: granted.id,
        decision_id: decision.id,
        granted_ore: settled.granted,
        paid_ore: settled.paid,
        final_ore: settled.came_to_be,
        rest_ore: settled.rest,
        claimed_ore: settled.claimed,
        debt_id: debt,
        due: debt.map(|_| super::pay_back_by(package, clock::swedish_date(decision.decided_at))),
        at: tenant.clock.now(),
    };
    rows::settle(tx, &row).await?;
    budgets::settle(tx, tenant, &granted, &decision, &settled).await?;
    // Whatever else was to be reported of it is settled too.
    for duty in rows::of_case(tx, granted.id).await? {
        rows::done(tx, duty.id, tenant.clock.now()).await?;
    }
    payments::refresh_holds(tx, tenant, case.organisation_id).await?;
    let body = json!({
        "granted": granted.id, "granted_ore": settled.granted, "paid_ore": settled.paid, "final_ore": settled.came_to_be,
        "rest_ore": settled.rest, "claimed_ore": settled.claimed, "debt": debt,
    });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "grant.settled", body: body.clone(), texts: &[] })
        .await?;
    history::record(tx, tenant, Stream::Case(granted.id), &Actor::Service, Event { kind: "grant.settled", body, texts: &[] }).await
}

/// Why the applicant is heard before a decision on a report: less would be left than she was paid (förvaltningslagen 25 §).
///
/// # Errors
/// When the database cannot be read.
pub async fn claims_back(
    tx: &mut Tx,
    package: &Package,
    case: &CaseRow,
    (outcome, amount): (Outcome, crate::domain::Money),
) -> ServiceResult<Option<String>> {
    // What cannot be settled so is refused when it is decided; until then nobody is troubled.
    let settled = match super::settles(tx, package, case, (outcome, amount)).await {
        Ok(settled) => settled,
        Err(ServiceError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    Ok(settled.filter(|settled| settled.claimed.is_positive()).map(|settled| {
        format!(
            "Enligt redovisningen blir bidraget {}. {} är redan utbetalt, så {} skulle betalas tillbaka. Föreningen ska få yttra sig.",
            number::money(settled.came_to_be),
            number::money(settled.paid),
            number::money(settled.claimed)
        )
    }))
}
