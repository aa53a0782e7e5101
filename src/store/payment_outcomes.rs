//! What became of payments: the banks' reports as they came, and each thing that was told of an order.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::payments::{BatchRow, OrderRow};
use super::{Result, Tx};
use crate::domain::id::{PaymentOrderId, UserId};

/// A report as it came.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReportRow {
    /// Identity.
    pub id: Uuid,
    /// The hash of the bytes; the same report is taken in once.
    pub sha256: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Who handed it in.
    pub received_by: UserId,
}

/// Something that was told of an order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutcomeRow {
    /// Identity.
    pub id: Uuid,
    /// Order.
    pub order_id: PaymentOrderId,
    /// The state word it led to.
    pub state: String,
    /// The bank's code.
    pub code: Option<String>,
    /// In words.
    pub reason: String,
    /// The report that told it; none when it was entered by hand.
    pub report_id: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by_user: UserId,
}

/// Keeps a report.
pub async fn insert_report(tx: &mut Tx, row: &ReportRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_report (id, sha256, bytes, received_at, received_by) values ($1, $2, $3, $4, $5)",
        row.id,
        &row.sha256,
        &row.bytes,
        row.received_at,
        row.received_by
    )?;
    Ok(())
}

/// A report by its hash.
pub async fn report_by_hash(tx: &mut Tx, sha256: &str) -> Result<Option<ReportRow>> {
    optional!(tx, ReportRow, "select * from payment_report where sha256 = $1", sha256)
}

/// Keeps what was told of an order.
pub async fn insert(tx: &mut Tx, row: &OutcomeRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_outcome (id, order_id, state, code, reason, report_id, at, by_user) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.order_id,
        &row.state,
        row.code.as_deref(),
        &row.reason,
        row.report_id,
        row.at,
        row.by_user
    )?;
    Ok(())
}

/// The newest thing told of each of several orders.
pub async fn newest(tx: &mut Tx, orders: &[PaymentOrderId]) -> Result<Vec<OutcomeRow>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = build!(tx, "select * from payment_outcome where order_id in (", query => {
        let mut separated = query.separated(", ");
        for order in orders {
            separated.push_bind(*order);
        }
        query.push(") order by at desc, id desc");
    }, all OutcomeRow)?;
    let mut seen = std::collections::HashSet::new();
    rows.retain(|row| seen.insert(row.order_id));
    Ok(rows)
}

/// The order of a reference.
pub async fn order_by_reference(tx: &mut Tx, reference: &str) -> Result<Option<OrderRow>> {
    optional!(tx, OrderRow, "select * from payment_order where end_to_end_id = $1", reference)
}

/// Whether an order has been made again.
pub async fn is_replaced(tx: &mut Tx, order: PaymentOrderId) -> Result<bool> {
    Ok(optional_scalar!(tx, PaymentOrderId, "select id from payment_order where replaces = $1", order)?.is_some())
}

/// A batch by its number.
pub async fn batch_by_number(tx: &mut Tx, number: &str) -> Result<Option<BatchRow>> {
    optional!(tx, BatchRow, "select * from payment_batch where number = $1", number)
}
