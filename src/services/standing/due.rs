//! What of a debt may be set off on a day, and what is set off in payments that have not left.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::DebtRow;
use crate::domain::Money;
use crate::domain::id::{OrganisationId, PaymentOrderId};
use crate::domain::payment::PaymentState;
use crate::services::ServiceResult;
use crate::services::history::Stream;
use crate::store::{Tx, events, payments, reports, standing as rows};

/// A debt and what of it may be set off.
#[derive(Clone, Debug)]
pub struct Due {
    /// The debt.
    pub debt: DebtRow,
    /// What of it may be set off.
    pub amount: Money,
}

/// What of an association's debts may be set off on a day, the oldest debt first. A plan gives time to pay (anstånd): what has not
/// fallen due by it is not there to be set off, for only a claim that is due can be.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::services) async fn due(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> ServiceResult<Vec<Due>> {
    let mut found = Vec::new();
    for debt in rows::debts(tx, organisation).await? {
        let later = reports::plan_of_debt(tx, debt.id).await?.into_iter().filter(|part| part.due > on).map(|part| part.amount_ore);
        let later = Money::sum(later).map_err(anyhow::Error::from)?;
        // What was paid is taken as paid on the earliest parts.
        let amount = debt.remaining_ore.checked_sub(later).unwrap_or_default();
        if amount.is_positive() {
            found.push(Due { debt, amount });
        }
    }
    Ok(found)
}

/// What of each debt of an association is set off in payments that have not left: it is taken from the debt, but could come back.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::services) async fn not_left(tx: &mut Tx, organisation: OrganisationId) -> ServiceResult<BTreeMap<Uuid, Money>> {
    let (kind, stream) = Stream::Organisation(organisation).key();
    let mut waits: HashMap<PaymentOrderId, bool> = HashMap::new();
    let mut found: BTreeMap<Uuid, Money> = BTreeMap::new();
    for event in events::of_stream(tx, kind, stream).await?.into_iter().filter(|event| event.kind == "debt.set_off") {
        let body: Value = serde_json::from_slice(&event.body)?;
        let id = |name: &str| body.get(name).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
        let (Some(debt), Some(order)) = (id("debt"), id("order").map(PaymentOrderId)) else { continue };
        if let std::collections::hash_map::Entry::Vacant(unknown) = waits.entry(order) {
            let row = payments::by_id(tx, order).await?;
            // One that was called off has given back what it took.
            unknown.insert(row.and_then(|row| PaymentState::from_code(&row.state)).is_some_and(PaymentState::can_be_held));
        }
        if waits.get(&order) == Some(&true) {
            let amount = body.get("amount_ore").and_then(Value::as_i64).map(Money::from_ore).unwrap_or_default();
            let sum = found.entry(debt).or_default();
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
    }
    Ok(found)
}
