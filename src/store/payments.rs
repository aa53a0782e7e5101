//! Payment orders, their lines and holds, batches and files.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::{CaseId, DecisionId, OrganisationId, PaymentBatchId, PaymentOrderId, UserId};

/// The kind of a payment file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// pain.001.001.03 for the bank.
    Pain001,
    /// SIE 4I for the ledger.
    Sie4i,
    /// One file for the ledger, which pays itself.
    Ledger,
    /// A list for payment by hand.
    Manual,
}

stored_words! { FileKind { Pain001 = "pain001", Sie4i = "sie4i", Ledger = "ledger", Manual = "manual" } }

/// A payment order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrderRow {
    /// Identity.
    pub id: PaymentOrderId,
    /// Case.
    pub case_id: CaseId,
    /// Decision.
    pub decision_id: DecisionId,
    /// Instalment, from 1.
    pub instalment: i64,
    /// To whom.
    pub organisation_id: OrganisationId,
    /// The sum of the lines.
    pub amount_ore: Money,
    /// State word of `domain::payment`.
    pub state: String,
    /// Unique for ever; what the bank tells duplicates by.
    pub end_to_end_id: String,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// Granskningsattest.
    pub reviewed_by: Option<UserId>,
    /// When.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Beslutsattest.
    pub attested_by: Option<UserId>,
    /// When.
    pub attested_at: Option<DateTime<Utc>>,
    /// The account paid to, frozen with the batch.
    pub account: Option<String>,
    /// The batch it left in.
    pub batch_id: Option<PaymentBatchId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A line of an order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LineRow {
    /// Order.
    pub order_id: PaymentOrderId,
    /// Place, from 1.
    pub no: i64,
    /// Kind word of `domain::payment`.
    pub kind: String,
    /// Amount; set-off and recovery are negative.
    pub amount_ore: Money,
    /// In words.
    pub text: String,
    /// Account of the chart.
    pub account: String,
    /// Cost centre.
    pub cost_centre: String,
    /// Activity.
    pub activity: String,
    /// Project.
    pub project: String,
    /// Counterpart.
    pub counterpart: String,
}

/// A hold.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HoldRow {
    /// Identity.
    pub id: Uuid,
    /// Order.
    pub order_id: PaymentOrderId,
    /// Reason word of `domain::payment`.
    pub reason: String,
    /// In words.
    pub note: String,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// The last day it holds by itself; for ever when `None`.
    pub until: Option<NaiveDate>,
    /// When it was released.
    pub released_at: Option<DateTime<Utc>>,
    /// By whom.
    pub released_by: Option<UserId>,
}

/// A batch.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BatchRow {
    /// Identity.
    pub id: PaymentBatchId,
    /// Number as shown, `UTB-2026-000123`.
    pub number: String,
    /// Channel word of `domain::payment`.
    pub channel: String,
    /// The bank day it is executed.
    pub execution_on: NaiveDate,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: UserId,
    /// How many orders.
    pub orders: i64,
    /// Their sum.
    pub total_ore: Money,
}

/// A file of a batch.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PaymentFileRow {
    /// Batch.
    pub batch_id: PaymentBatchId,
    /// Kind.
    pub kind: FileKind,
    /// File name.
    pub name: String,
    /// The bytes that left.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub sha256: String,
}

/// Adds an order.
pub async fn insert(tx: &mut Tx, row: &OrderRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_order (id, case_id, decision_id, instalment, organisation_id, amount_ore, state, end_to_end_id, decided_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        row.id,
        row.case_id,
        row.decision_id,
        row.instalment,
        row.organisation_id,
        row.amount_ore,
        &row.state,
        &row.end_to_end_id,
        row.decided_by,
        row.created_at
    )?;
    Ok(())
}

/// Writes what may change of an order, if it is still in the state the caller read.
pub async fn update(tx: &mut Tx, row: &OrderRow, expected_state: &str) -> Result<bool> {
    let changed = run!(
        tx,
        "update payment_order set state = $3, reviewed_by = $4, reviewed_at = $5, attested_by = $6, attested_at = $7, account = $8, batch_id = $9
         where id = $1 and state = $2",
        row.id,
        expected_state,
        &row.state,
        row.reviewed_by,
        row.reviewed_at,
        row.attested_by,
        row.attested_at,
        row.account.as_deref(),
        row.batch_id
    )?;
    Ok(changed == 1)
}

/// Adds lines.
pub async fn insert_lines(tx: &mut Tx, lines: &[LineRow]) -> Result<()> {
    for line in lines {
        run!(
            tx,
            "insert into payment_line (order_id, no, kind, amount_ore, text, account, cost_centre, activity, project, counterpart)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            line.order_id,
            line.no,
            &line.kind,
            line.amount_ore,
            &line.text,
            &line.account,
            &line.cost_centre,
            &line.activity,
            &line.project,
            &line.counterpart
        )?;
    }
    Ok(())
}

/// An order.
pub async fn by_id(tx: &mut Tx, id: PaymentOrderId) -> Result<Option<OrderRow>> {
    optional!(tx, OrderRow, "select * from payment_order where id = $1", id)
}

/// All orders, oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<OrderRow>> {
    all!(tx, OrderRow, "select * from payment_order order by created_at, id")
}

/// Orders in a state, oldest first.
pub async fn in_state(tx: &mut Tx, state: &str) -> Result<Vec<OrderRow>> {
    all!(tx, OrderRow, "select * from payment_order where state = $1 order by created_at, id", state)
}

/// A case's orders.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<OrderRow>> {
    all!(tx, OrderRow, "select * from payment_order where case_id = $1 order by instalment, id", case)
}

/// A batch's orders.
pub async fn of_batch(tx: &mut Tx, batch: PaymentBatchId) -> Result<Vec<OrderRow>> {
    all!(tx, OrderRow, "select * from payment_order where batch_id = $1 order by end_to_end_id", batch)
}

/// An order's lines.
pub async fn lines(tx: &mut Tx, order: PaymentOrderId) -> Result<Vec<LineRow>> {
    all!(tx, LineRow, "select * from payment_line where order_id = $1 order by no", order)
}

/// Places a hold.
pub async fn insert_hold(tx: &mut Tx, row: &HoldRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_hold (id, order_id, reason, note, placed_at, until) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.order_id,
        &row.reason,
        &row.note,
        row.placed_at,
        row.until
    )?;
    Ok(())
}

/// An order's holds, released ones too.
pub async fn holds(tx: &mut Tx, order: PaymentOrderId) -> Result<Vec<HoldRow>> {
    all!(tx, HoldRow, "select * from payment_hold where order_id = $1 order by placed_at, id", order)
}

/// A hold.
pub async fn hold_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<HoldRow>> {
    optional!(tx, HoldRow, "select * from payment_hold where id = $1", id)
}

/// Releases a hold; `false` when it was released already.
pub async fn release_hold(tx: &mut Tx, id: Uuid, at: DateTime<Utc>, by: UserId) -> Result<bool> {
    Ok(run!(tx, "update payment_hold set released_at = $2, released_by = $3 where id = $1 and released_at is null", id, at, by)? == 1)
}

/// Changes the last day of a hold.
pub async fn date_hold(tx: &mut Tx, id: Uuid, until: Option<NaiveDate>) -> Result<()> {
    run!(tx, "update payment_hold set until = $2 where id = $1 and released_at is null", id, until)?;
    Ok(())
}

/// An organisation's orders that have not left.
pub async fn waiting_of(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<OrderRow>> {
    all!(
        tx,
        OrderRow,
        "select * from payment_order where organisation_id = $1 and state in ('draft', 'reviewed', 'attested') order by created_at, id",
        organisation
    )
}

/// Dates the holds of an order for a reason: they end by themselves after a day.
pub async fn end_holds(tx: &mut Tx, order: PaymentOrderId, reason: &str, until: NaiveDate) -> Result<()> {
    run!(
        tx,
        "update payment_hold set until = $3 where order_id = $1 and reason = $2 and released_at is null and until is null",
        order,
        reason,
        until
    )?;
    Ok(())
}

/// Adds a batch.
pub async fn insert_batch(tx: &mut Tx, row: &BatchRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_batch (id, number, channel, execution_on, created_at, created_by, orders, total_ore) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        &row.number,
        &row.channel,
        row.execution_on,
        row.created_at,
        row.created_by,
        row.orders,
        row.total_ore
    )?;
    Ok(())
}

/// Adds a file of a batch.
pub async fn insert_file(tx: &mut Tx, row: &PaymentFileRow) -> Result<()> {
    run!(
        tx,
        "insert into payment_file (batch_id, kind, name, bytes, sha256) values ($1, $2, $3, $4, $5)",
        row.batch_id,
        row.kind,
        &row.name,
        &row.bytes,
        &row.sha256
    )?;
    Ok(())
}

/// All batches, newest first.
pub async fn batches(tx: &mut Tx) -> Result<Vec<BatchRow>> {
    all!(tx, BatchRow, "select * from payment_batch order by created_at desc, id desc")
}

/// A batch.
pub async fn batch_by_id(tx: &mut Tx, id: PaymentBatchId) -> Result<Option<BatchRow>> {
    optional!(tx, BatchRow, "select * from payment_batch where id = $1", id)
}

/// A batch's files.
pub async fn files(tx: &mut Tx, batch: PaymentBatchId) -> Result<Vec<PaymentFileRow>> {
    all!(tx, PaymentFileRow, "select * from payment_file where batch_id = $1 order by kind", batch)
}
