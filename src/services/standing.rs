//! How associations stand with the world and with the municipality: dated status, and debts that are set off.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::actor::{Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, payments};
use crate::app::Tenant;
use crate::domain::id::{OrganisationId, PaymentOrderId};
use crate::domain::{Localized, Money};
use crate::store::standing::{self as rows, DebtRow, Status, StatusRow};
use crate::store::{Tx, organisations};

/// How an association stands from a day.
#[derive(Clone, Debug)]
pub struct NewStatus<'a> {
    /// How.
    pub status: Status,
    /// From which day; one to come takes effect that day.
    pub from: NaiveDate,
    /// From where it is known.
    pub source: &'a str,
}

/// Enters how an association stands. Liquidation, bankruptcy and dissolution hold her payments from their day on, those
/// that were ordered before too; what is put right lets go.
///
/// # Errors
/// [`ServiceError::Invalid`] without a source; [`ServiceError::NotFound`] for an association that is not there.
pub async fn set_status(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewStatus<'_>) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    if new.source.trim().is_empty() {
        let message = Localized::both("Skriv varifrån uppgiften kommer.", "Write where this is known from.");
        return Err(ServiceError::invalid("source", "missing", message));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let row = StatusRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        status: new.status,
        valid_from: new.from,
        source: new.source.trim().to_owned(),
        entered_at: tenant.clock.now(),
    };
    rows::insert_status(&mut tx, &row).await?;
    let body = json!({ "status": row.status.word(), "from": row.valid_from });
    let event = Event { kind: "organisation.status", body, texts: &[("source", &row.source)] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    payments::refresh_holds(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

/// How an association has stood and will stand, newest first.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's to see.
pub async fn statuses(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<Vec<StatusRow>> {
    authorize(actor, Action::Read(id))?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::statuses(&mut tx, id).await?)
}

/// Enters a debt to the municipality: it is taken off payments that are ordered from now on, the oldest debt first.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason or a positive amount.
pub async fn enter_debt(tenant: &Tenant, actor: &Actor, id: OrganisationId, amount: Money, reason: &str) -> ServiceResult<Uuid> {
    authorize(actor, Action::Pay).or_else(|_| authorize(actor, Action::Administer))?;
    let mut findings = Vec::new();
    let mut demand = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(!amount.is_positive(), "amount", "Skulden ska vara större än noll.", "The debt must be more than nothing.");
    demand(reason.trim().is_empty(), "reason", "Skriv vad skulden gäller.", "Write what the debt is for.");
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let row = DebtRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        reason: reason.trim().to_owned(),
        amount_ore: amount,
        remaining_ore: amount,
        created_at: tenant.clock.now(),
    };
    rows::insert_debt(&mut tx, &row).await?;
    let event =
        Event { kind: "debt.entered", body: json!({ "debt": row.id, "amount_ore": amount }), texts: &[("reason", row.reason.as_str())] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Reduces a debt that was paid in another way, or written off.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, or for more than is left; [`ServiceError::NotFound`] for a debt that is not there.
pub async fn reduce_debt(tenant: &Tenant, actor: &Actor, id: Uuid, amount: Money, reason: &str) -> ServiceResult<()> {
    authorize(actor, Action::Pay).or_else(|_| authorize(actor, Action::Administer))?;
    if reason.trim().is_empty() {
        let message = Localized::both(
            "Skriv hur skulden är betald eller varför den skrivs av.",
            "Write how the debt was paid or why it is written off.",
        );
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    let mut tx = tenant.db.write().await?;
    let organisation = rows::debt_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?.organisation_id;
    organisations::lock(&mut tx, organisation).await?;
    // Read again: a set-off may have taken of it while the lock was waited for.
    let debt = rows::debt_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if !amount.is_positive() || amount > debt.remaining_ore {
        let message = Localized::both(
            format!("Skriv ett belopp som är större än noll och högst det som är kvar, {} kr.", debt.remaining_ore),
            format!("Write an amount above nothing and at most what is left, SEK {}.", debt.remaining_ore),
        );
        return Err(ServiceError::invalid("amount", "beyond", message));
    }
    rows::settle_debt(&mut tx, id, amount).await?;
    let event = Event { kind: "debt.reduced", body: json!({ "debt": id, "amount_ore": amount }), texts: &[("reason", reason.trim())] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// What an association owes, oldest first.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's to see.
pub async fn debts(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<Vec<DebtRow>> {
    authorize(actor, Action::Read(id))?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::debts(&mut tx, id).await?)
}

/// Takes what an order sets off from the debts, the oldest first; the association is locked by the caller.
///
/// # Errors
/// When the database refuses.
pub async fn set_off(tx: &mut Tx, tenant: &Tenant, debts: &[DebtRow], order: PaymentOrderId, mut taken: Money) -> ServiceResult<()> {
    for debt in debts {
        let part = taken.min(debt.remaining_ore);
        if !part.is_positive() {
            continue;
        }
        rows::settle_debt(tx, debt.id, part).await?;
        taken = taken.checked_sub(part).unwrap_or_default();
        let body = json!({ "debt": debt.id, "amount_ore": part, "order": order });
        let event = Event { kind: "debt.set_off", body, texts: &[] };
        history::record(tx, tenant, Stream::Organisation(debt.organisation_id), &Actor::Service, event).await?;
    }
    Ok(())
}
