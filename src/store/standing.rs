//! How associations stand, and what they owe.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::OrganisationId;

/// How an organisation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Active.
    Active,
    /// Dormant.
    Dormant,
    /// In liquidation: payments are held.
    Liquidation,
    /// Bankrupt: payments are held.
    Bankruptcy,
    /// Dissolved: payments are held.
    Dissolved,
}

stored_words! {
    Status { Active = "active", Dormant = "dormant", Liquidation = "liquidation", Bankruptcy = "bankruptcy", Dissolved = "dissolved" }
}

/// A dated status.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StatusRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// How she stands.
    pub status: Status,
    /// From which day.
    pub valid_from: NaiveDate,
    /// From where it is known, such as an announcement in Post- och Inrikes Tidningar.
    pub source: String,
    /// When it was entered here.
    pub entered_at: DateTime<Utc>,
}

/// A debt that is set off against coming payments.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DebtRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Why.
    pub reason: String,
    /// How much.
    pub amount_ore: Money,
    /// What is left.
    pub remaining_ore: Money,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Adds a status.
pub async fn insert_status(tx: &mut Tx, row: &StatusRow) -> Result<()> {
    run!(
        tx,
        "insert into organisation_status (id, organisation_id, status, valid_from, source, entered_at) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.organisation_id,
        row.status,
        row.valid_from,
        &row.source,
        row.entered_at
    )?;
    Ok(())
}

/// The status that holds on a day; `None` before the first.
pub async fn status_on(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> Result<Option<StatusRow>> {
    optional!(
        tx,
        StatusRow,
        "select * from organisation_status where organisation_id = $1 and valid_from <= $2
         order by valid_from desc, entered_at desc, id desc limit 1",
        organisation,
        on
    )
}

/// Every status there was and is to come, newest first.
pub async fn statuses(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<StatusRow>> {
    all!(
        tx,
        StatusRow,
        "select * from organisation_status where organisation_id = $1 order by valid_from desc, entered_at desc, id desc",
        organisation
    )
}

/// Records a debt.
pub async fn insert_debt(tx: &mut Tx, row: &DebtRow) -> Result<()> {
    run!(
        tx,
        "insert into debt (id, organisation_id, reason, amount_ore, remaining_ore, created_at) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.organisation_id,
        &row.reason,
        row.amount_ore,
        row.remaining_ore,
        row.created_at
    )?;
    Ok(())
}

/// A debt.
pub async fn debt_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<DebtRow>> {
    optional!(tx, DebtRow, "select * from debt where id = $1", id)
}

/// An organisation's debts that are not settled, oldest first.
pub async fn debts(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DebtRow>> {
    all!(tx, DebtRow, "select * from debt where organisation_id = $1 and remaining_ore > 0 order by created_at, id", organisation)
}

/// An organisation's debts of which nothing is left, oldest first.
pub async fn settled_debts(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DebtRow>> {
    all!(tx, DebtRow, "select * from debt where organisation_id = $1 and remaining_ore = 0 order by created_at, id", organisation)
}

/// Every debt there was, for verification.
pub async fn all_debts(tx: &mut Tx) -> Result<Vec<DebtRow>> {
    all!(tx, DebtRow, "select * from debt order by created_at, id")
}

/// Settles a part of a debt.
pub async fn settle_debt(tx: &mut Tx, id: Uuid, amount: Money) -> Result<()> {
    run!(tx, "update debt set remaining_ore = remaining_ore - $2 where id = $1", id, amount)?;
    Ok(())
}
