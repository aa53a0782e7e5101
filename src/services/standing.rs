//! How associations stand with the world and with the municipality: dated status, and debts that are set off.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::actor::{About, Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, free_text, payments};
use crate::app::Tenant;
use crate::domain::id::{OrganisationId, PaymentOrderId};
use crate::domain::localized::Language;
use crate::domain::{Localized, Money};
use crate::store::standing as rows;
use crate::store::{Tx, organisations};
use crate::text::number;

mod due;
mod settled;
mod typed;

pub use due::Due;
pub(super) use due::{due, not_left};
pub use settled::{Settled, settled};
pub use typed::{debt_as_typed, reduction_as_typed, status_as_typed};

/// A debt, how an association stands, and since when, as pages show them.
pub use crate::store::standing::{DebtRow, Status, StatusRow};

/// What of it an actor may enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// How the association stands.
    pub status: bool,
    /// What it owes.
    pub debts: bool,
}

/// What an actor may enter of how an association stands and what it owes.
#[must_use]
pub fn may(actor: &Actor, id: OrganisationId) -> May {
    May { status: authorize(actor, Action::Administer).and_then(|_| keeps_away(actor, id)).is_ok(), debts: may_owe(actor, id).is_ok() }
}

/// Whoever pays or administers keeps the accounts of what is owed.
fn keeps_accounts(actor: &Actor) -> ServiceResult<()> {
    authorize(actor, Action::Pay).or_else(|_| authorize(actor, Action::Administer)).map(|_| ())
}

/// Who is tied to an association enters nothing of it (förvaltningslagen 16 §): to her it is not there.
fn keeps_away(actor: &Actor, id: OrganisationId) -> ServiceResult<()> {
    authorize(actor, Action::Read(About::Association(id))).map(|_| ())
}

fn may_owe(actor: &Actor, id: OrganisationId) -> ServiceResult<()> {
    keeps_accounts(actor)?;
    keeps_away(actor, id)
}

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
/// [`ServiceError::Invalid`] without a source; [`ServiceError::NotFound`] for an association that is not there, or that the
/// actor must keep away from.
pub async fn set_status(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewStatus<'_>) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    keeps_away(actor, id)?;
    if new.source.trim().is_empty() {
        let message = Localized::both("Skriv varifrån uppgiften kommer.", "Write where this is known from.");
        return Err(ServiceError::invalid("source", "missing", message));
    }
    free_text::refuse_person_numbers("source", new.source)?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let known = organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if let Some(founded) = known.founded.filter(|founded| new.from < *founded) {
        let message = Localized::both(
            format!("Dagen är före den dag då föreningen bildades, {}.", number::date(founded, Language::Sv)),
            format!("The day is before the association was founded, {}.", number::date(founded, Language::En)),
        );
        return Err(ServiceError::invalid("from", "before_founding", message));
    }
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
    authorize(actor, Action::Read(About::Association(id)))?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::statuses(&mut tx, id).await?)
}

/// Enters a debt to the municipality: it is taken off payments that are ordered from now on, the oldest debt first.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason or a positive amount; [`ServiceError::NotFound`] for an association that is not
/// there, or that the actor must keep away from.
pub async fn enter_debt(tenant: &Tenant, actor: &Actor, id: OrganisationId, amount: Money, reason: &str) -> ServiceResult<Uuid> {
    may_owe(actor, id)?;
    let mut findings = Vec::new();
    let mut demand = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(!amount.is_positive(), "amount", "Skulden ska vara större än noll.", "The debt must be more than nothing.");
    demand(reason.trim().is_empty(), "reason", "Skriv vad skulden gäller.", "Write what the debt is for.");
    findings.extend(free_text::finding("reason", reason));
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let debt = owe(&mut tx, tenant, actor, id, amount, reason.trim()).await?;
    tx.commit().await?;
    Ok(debt)
}

/// Notes a debt in the caller's transaction; she has locked the association.
///
/// # Errors
/// When the database refuses.
pub(super) async fn owe(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    id: OrganisationId,
    amount: Money,
    reason: &str,
) -> ServiceResult<Uuid> {
    let row = DebtRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        reason: reason.to_owned(),
        amount_ore: amount,
        remaining_ore: amount,
        created_at: tenant.clock.now(),
    };
    rows::insert_debt(tx, &row).await?;
    let event =
        Event { kind: "debt.entered", body: json!({ "debt": row.id, "amount_ore": amount }), texts: &[("reason", row.reason.as_str())] };
    history::record(tx, tenant, Stream::Organisation(id), actor, event).await?;
    Ok(row.id)
}

/// Reduces a debt that was paid in another way, or written off.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, or for more than is left; [`ServiceError::NotFound`] for a debt that is not there.
pub async fn reduce_debt(tenant: &Tenant, actor: &Actor, id: Uuid, amount: Money, reason: &str) -> ServiceResult<()> {
    keeps_accounts(actor)?;
    if reason.trim().is_empty() {
        let message = Localized::both(
            "Skriv hur skulden är betald eller varför den skrivs av.",
            "Write how the debt was paid or why it is written off.",
        );
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    free_text::refuse_person_numbers("reason", reason)?;
    let mut tx = tenant.db.write().await?;
    let organisation = rows::debt_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?.organisation_id;
    keeps_away(actor, organisation)?;
    organisations::lock(&mut tx, organisation).await?;
    // Read again: a set-off may have taken of it while the lock was waited for.
    let debt = rows::debt_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if !amount.is_positive() || amount > debt.remaining_ore {
        let left = number::money(debt.remaining_ore);
        let message = Localized::both(
            format!("Skriv ett belopp som är större än noll och högst det som är kvar, {left}."),
            format!("Write an amount above nothing and at most what is left, {left}."),
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
    authorize(actor, Action::Read(About::Association(id)))?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::debts(&mut tx, id).await?)
}

/// Takes what an order sets off from the debts, the oldest first; the association is locked by the caller.
///
/// # Errors
/// When the database refuses.
pub async fn set_off(tx: &mut Tx, tenant: &Tenant, debts: &[Due], order: PaymentOrderId, mut taken: Money) -> ServiceResult<()> {
    for Due { debt, amount } in debts {
        let part = taken.min(*amount);
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
