//! The same as somebody typed it: everything that cannot be read is told at once, each at its field.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{NewStatus, Status, enter_debt, keeps_accounts, reduce_debt, rows, set_status};
use crate::app::Tenant;
use crate::domain::id::OrganisationId;
use crate::domain::{Localized, Money};
use crate::services::actor::{Action, authorize};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError, ServiceResult};

/// The years that a status can be from: a browser turns a year of two digits into one of the first century.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Enters how an association stands: the status' word, a date as `2026-05-01`, and where it is known from.
///
/// # Errors
/// [`ServiceError::Invalid`] at `status`, `from` and `source`; else those of [`set_status`].
pub async fn status_as_typed(
    tenant: &Tenant,
    actor: &Actor,
    id: OrganisationId,
    (status, from, source): (&str, &str, &str),
) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let day = from.trim().parse().ok().filter(|day: &NaiveDate| YEARS.contains(&day.year()));
    match (Status::from_word(status), day, source.trim()) {
        (Some(status), Some(from), source) if !source.is_empty() => {
            set_status(tenant, actor, id, &NewStatus { status, from, source }).await
        }
        (status, day, source) => Err(ServiceError::Invalid(told([
            (status.is_none(), "status", "Välj hur föreningen står.", "Choose how the association stands."),
            (
                day.is_none(),
                "from",
                "Skriv från vilken dag det gäller, till exempel 2026-05-01.",
                "Write from which day it holds, such as 2026-05-01.",
            ),
            (source.is_empty(), "source", "Skriv varifrån uppgiften kommer.", "Write where this is known from."),
        ]))),
    }
}

/// Enters a debt: an amount as `1 234,50` and what it is for.
///
/// # Errors
/// [`ServiceError::Invalid`] at `amount` and `reason`; else those of [`enter_debt`].
pub async fn debt_as_typed(tenant: &Tenant, actor: &Actor, id: OrganisationId, amount: &str, reason: &str) -> ServiceResult<Uuid> {
    keeps_accounts(actor)?;
    match money(amount) {
        Some(amount) => enter_debt(tenant, actor, id, amount, reason).await,
        None => Err(unreadable(reason, "Skriv vad skulden gäller.", "Write what the debt is for.")),
    }
}

/// Reduces a debt of an association: an amount as `1 234,50` and why.
///
/// # Errors
/// [`ServiceError::Invalid`] at `amount` and `reason`; [`ServiceError::NotFound`] for another association's debt; else those
/// of [`reduce_debt`].
pub async fn reduction_as_typed(
    tenant: &Tenant,
    actor: &Actor,
    (owes, debt): (OrganisationId, Uuid),
    amount: &str,
    reason: &str,
) -> ServiceResult<()> {
    keeps_accounts(actor)?;
    let mut tx = tenant.db.read().await?;
    rows::debt_by_id(&mut tx, debt).await?.filter(|row| row.organisation_id == owes).ok_or(ServiceError::NotFound)?;
    drop(tx);
    match money(amount) {
        Some(amount) => reduce_debt(tenant, actor, debt, amount, reason).await,
        None => Err(unreadable(
            reason,
            "Skriv hur skulden är betald eller varför den skrivs av.",
            "Write how the debt was paid or why it is written off.",
        )),
    }
}

fn money(typed: &str) -> Option<Money> {
    crate::forms::parse_money(typed).ok()
}

/// An amount that cannot be read, and the reason where it is missing too.
fn unreadable(reason: &str, sv: &'static str, en: &'static str) -> ServiceError {
    ServiceError::Invalid(told([
        (true, "amount", "Skriv beloppet i kronor, till exempel 12 500.", "Write the amount in kronor, such as 12 500."),
        (reason.trim().is_empty(), "reason", sv, en),
    ]))
}

fn told<const N: usize>(demands: [(bool, &str, &str, &str); N]) -> Vec<Finding> {
    let missing = demands.into_iter().filter(|(missing, ..)| *missing);
    missing
        .map(|(_, place, sv, en)| Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) })
        .collect()
}
