//! "Ändra med motivering": an officer's change of an amount. It is a row of the calculation with her reason; the rules'
//! own rows stay, and calculating again gives the same.

use std::sync::Arc;

use serde_json::json;

use crate::app::Tenant;
use crate::domain::calculation::CheckStatus;
use crate::domain::id::{CalculationId, CaseId};
use crate::domain::inputs::Changed;
use crate::domain::{Localized, Money};
use crate::rules::Evaluated;
use crate::services::actor::{Action, authorize};
use crate::services::calculation::{self, Basis};
use crate::services::cases::queue;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, free_text, packages, ranking, rounds, tasks};
use crate::store::Tx;
use crate::store::cases::{self, CaseRow};
use crate::store::overrides::{self, OverrideRow};
use crate::store::{calculations, decisions};
use crate::workflows::StateKind;

/// A change that was tried with the rules, and is not written yet.
pub(in crate::services) struct Tried {
    case: CaseId,
    entered: i64,
    newest: Option<CalculationId>,
    amount: Option<Money>,
    reason: String,
    basis: Basis,
    done: Evaluated,
}

/// Changes the amount of a case, or with `None` takes back what was changed before. The case is calculated again at once.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason or for more than was applied for; [`ServiceError::Refused`] when the case is decided
/// or at work, when a requirement is not met, when the grant is paid in parts, or before the case has its part of a pot.
pub async fn change(tenant: &Tenant, actor: &Actor, id: CaseId, amount: Option<Money>, reason: &str) -> ServiceResult<()> {
    let tried = try_out(tenant, actor, id, amount, reason).await?;
    let mut tx = tenant.db.write().await?;
    keep(&mut tx, tenant, actor, &tried).await?;
    tx.commit().await?;
    Ok(())
}

/// Tries a change: the rules run outside the write transaction.
///
/// # Errors
/// As [`change`].
pub(in crate::services) async fn try_out(
    tenant: &Tenant,
    actor: &Actor,
    id: CaseId,
    amount: Option<Money>,
    reason: &str,
) -> ServiceResult<Tried> {
    let mut read = tenant.db.read().await?;
    let seen = cases::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: seen.about(), committee: &seen.committee })?;
    let reason = reason.trim();
    if reason.is_empty() {
        let message = Localized::both(
            "Skriv skälen för ändringen. De står i beslutet.",
            "Write the reasons for the change. They stand in the decision.",
        );
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    free_text::refuse_person_numbers("skal", reason)?;
    let package = packages::version(&mut read, tenant, seen.package_version_id).await?;
    refuse_in(&package, &seen)?;
    let applied = ranking::applied(&mut read, &package, &seen).await?;
    if let (Some(amount), Some(applied)) = (amount, applied)
        && amount > applied
    {
        return Err(ServiceError::invalid("belopp", "over_applied", ranking::over_applied(applied)));
    }
    let mut basis = calculation::gather(&mut read, tenant, &package, &seen).await?;
    let newest = calculations::newest(&mut read, id).await?;
    if let (Some(_), Some(newest)) = (amount, &newest) {
        // What the pot gives comes on top of the case's own sum: a sum set before that would be undone by its part.
        rounds::must_be_shared(&mut read, &package, &seen, &newest.inputs).await?;
    }
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
    let newest = newest.map(|row| row.id);
    Ok(Tried { case: id, entered: seen.entered, newest, amount, reason: reason.to_owned(), basis, done })
}

/// Writes a change that was tried, in the caller's transaction.
///
/// # Errors
/// [`ServiceError::Stale`] when the case moved, was calculated again or decided meanwhile.
pub(in crate::services) async fn keep(tx: &mut Tx, tenant: &Tenant, actor: &Actor, tried: &Tried) -> ServiceResult<()> {
    let id = tried.case;
    let (mut case, _) = tasks::open_case(tx, tenant, actor, id).await?;
    let moved = case.entered != tried.entered || calculations::newest(tx, id).await?.map(|row| row.id) != tried.newest;
    if moved || decisions::standing(tx, id).await?.is_some() {
        return Err(ServiceError::Stale);
    }
    let row = OverrideRow {
        id: tenant.ids.uuid(),
        case_id: id,
        no: overrides::newest(tx, id).await?.map_or(1, |before| before.no + 1),
        amount_ore: tried.amount,
        reason: tried.reason.clone(),
        user_id: actor.user().ok_or(ServiceError::NotFound)?.id,
        at: tenant.clock.now(),
    };
    overrides::insert(tx, &row).await?;
    let event = Event {
        kind: "case.overridden",
        body: json!({ "override": row.id, "amount_ore": tried.amount }),
        texts: &[("reason", tried.reason.as_str())],
    };
    history::record(tx, tenant, Stream::Case(id), actor, event).await?;
    calculation::keep(tx, tenant, &mut case, &tried.basis, &tried.done).await?;
    let entered = case.entered;
    if !cases::update(tx, &case, entered).await? {
        return Err(ServiceError::Stale);
    }
    queue::refresh(tx, tenant, id).await
}

fn refuse_in(package: &crate::packages::Package, case: &CaseRow) -> ServiceResult<()> {
    match package.workflow.state(&case.state).map(|state| &state.kind) {
        Some(StateKind::Task(_) | StateKind::Decision | StateKind::Wait { .. }) => Ok(()),
        Some(StateKind::Automatic(_) | StateKind::End) | None => {
            Err(ServiceError::refused("Beloppet kan inte ändras i det här läget.", "The amount cannot be changed in this state."))
        }
    }
}
