//! Reads for the payment page.

use crate::app::Tenant;
use crate::domain::payment::PaymentState;
use crate::services::ServiceResult;
use crate::store::organisations;
use crate::store::payments::{self as rows, BatchRow, HoldRow, OrderRow};
use crate::store::{Tx, cases};

/// An order as the payment page shows it.
#[derive(Clone, Debug)]
pub struct OrderView {
    /// The order.
    pub order: OrderRow,
    /// Where it stands.
    pub state: PaymentState,
    /// Diary number.
    pub number: String,
    /// Payee.
    pub payee: String,
    /// The account it goes to, as printed.
    pub account: Option<String>,
    /// The account before, when it was changed after the last payment.
    pub account_before: Option<String>,
    /// What holds it today.
    pub holds: Vec<HoldRow>,
}

/// Every order, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn orders(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<OrderView>> {
    let today = tenant.clock.today();
    let mut found = Vec::new();
    for order in rows::all(tx).await? {
        let accounts = organisations::accounts(tx, order.organisation_id).await?;
        let printed =
            |at: usize| accounts.get(at).and_then(|row| super::account_number(&row.account).ok()).map(|number| number.to_string());
        let holds = rows::holds(tx, order.id).await?;
        let case = cases::by_id(tx, order.case_id).await?;
        found.push(OrderView {
            state: PaymentState::from_code(&order.state).unwrap_or(PaymentState::Unknown),
            number: case.map_or_else(String::new, |case| case.number),
            payee: organisations::name(tx, order.organisation_id, today).await?,
            account: printed(0),
            account_before: printed(1),
            holds: holds.into_iter().filter(|hold| hold.released_at.is_none() && hold.until.is_none_or(|until| today <= until)).collect(),
            order,
        });
    }
    Ok(found)
}

/// Every batch, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn batches(tx: &mut Tx) -> ServiceResult<Vec<BatchRow>> {
    Ok(rows::batches(tx).await?)
}
