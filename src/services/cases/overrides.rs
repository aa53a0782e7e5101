//! "Ändra med motivering": an officer's change of an amount. It is a row of the calculation with her reason; the rules'
//! own rows stay, and calculating again gives the same.

use std::sync::Arc;

use serde_json::json;

use crate::app::Tenant;
use crate::domain::calculation::CheckStatus;
use crate::domain::id::CaseId;
use crate::domain::inputs::Changed;
use crate::domain::{Localized, Money};
use crate::services::cases::queue;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, calculation, rounds, tasks};
use crate::store::cases::{self, CaseRow};
use crate::store::overrides::{self, OverrideRow};
use crate::store::{calculations, decisions};
use crate::workflows::StateKind;

/// Changes the amount of a case, or with `None` takes back what was changed before. The case is calculated again at once.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason; [`ServiceError::Refused`] when the case is decided or at work, when a
/// requirement is not met, when the grant is paid in parts, or before the case has its part of a pot.
pub async fn change(tenant: &Tenant, actor: &Actor, id: CaseId, amount: Option<Money>, reason: &str) -> ServiceResult<()> {
    // Computed first: the rules run outside the write transaction.
    let mut read = tenant.db.read().await?;
    let seen = cases::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    crate::services::actor::authorize(actor, crate::services::actor::Action::Handle { about: seen.about(), committee: &seen.committee })?;
    let reason = reason.trim();
    if reason.is_empty() {
        let message = Localized::both(
            "Skriv skälen för ändringen. De står i beslutet.",
            "Write the reasons for the change. They stand in the decision.",
        );
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("skal", reason)?;
    let package = crate::services::packages::version(&mut read, tenant, seen.package_version_id).await?;
    refuse_in(&package, &seen)?;
    let mut basis = calculation::gather(&mut read, tenant, &package, &seen).await?;
    let newest = calculations::newest(&mut read, id).await?;
    if let (Some(_), Some(newest)) = (amount, &newest) {
        // What the pot gives comes on top of the case's own sum: a sum set before that would be undone by its part.
        rounds::must_be_shared(&mut read, &package, &seen, &newest.inputs).await?;
    }
    let newest = newest.map(|row| row.id);
    drop(read);
    basis.inputs.changed = amount.map(|amount| Changed { amount, reason: reason.to_owned(), tried_anew: false });
    basis.hash = calculation::hash(&basis.inputs, basis.attendance.as_deref())?;
    let done = calculation::compute(Arc::clone(&package), basis.inputs.clone(), basis.attendance.clone()).await?;
    if amount.is_some() && done.evaluation.checks.iter().any(|check| check.status == CheckStatus::Fail) {
        return Err(ServiceError::refused(
            "Ett krav är inte uppfyllt, så ansökan avslås. Beloppet kan inte ändras.",
            "A requirement is not met, so the application is refused. The amount cannot be changed.",
        ));
    }
    if amount.is_some() && !done.evaluation.payouts.is_empty() {
        return Err(ServiceError::refused(
            "Bidraget betalas i delar som reglerna räknar ut. Beloppet kan inte ändras här.",
            "The grant is paid in parts that the rules work out. The amount cannot be changed here.",
        ));
    }
    let mut tx = tenant.db.write().await?;
    let (mut case, _) = tasks::open_case(&mut tx, tenant, actor, id).await?;
    let moved = case.entered != seen.entered || calculations::newest(&mut tx, id).await?.map(|row| row.id) != newest;
    if moved || decisions::standing(&mut tx, id).await?.is_some() {
        return Err(ServiceError::Stale);
    }
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let no = overrides::newest(&mut tx, id).await?.map_or(1, |before| before.no + 1);
    let row = OverrideRow {
        id: tenant.ids.uuid(),
        case_id: id,
        no,
        amount_ore: amount,
        reason: reason.to_owned(),
        user_id: user.id,
        at: tenant.clock.now(),
    };
    overrides::insert(&mut tx, &row).await?;
    let event = Event { kind: "case.overridden", body: json!({ "override": row.id, "amount_ore": amount }), texts: &[("reason", reason)] };
    history::record(&mut tx, tenant, Stream::Case(id), actor, event).await?;
    calculation::keep(&mut tx, tenant, &mut case, &basis, &done).await?;
    let entered = case.entered;
    if !cases::update(&mut tx, &case, entered).await? {
        return Err(ServiceError::Stale);
    }
    queue::refresh(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

fn refuse_in(package: &crate::packages::Package, case: &CaseRow) -> ServiceResult<()> {
    match package.workflow.state(&case.state).map(|state| &state.kind) {
        Some(StateKind::Task(_) | StateKind::Decision | StateKind::Wait { .. }) => Ok(()),
        Some(StateKind::Automatic(_) | StateKind::End) | None => {
            Err(ServiceError::refused("Beloppet kan inte ändras i det här läget.", "The amount cannot be changed in this state."))
        }
    }
}
