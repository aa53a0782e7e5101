//! Budgets and what decisions have taken of them. The database refuses an overdraft by itself.

use chrono::{DateTime, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::{CaseId, DecisionId};

/// A budget.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BudgetRow {
    /// The grant type.
    pub grant_type: String,
    /// Whose money: the committee.
    pub unit: String,
    /// The budget year.
    pub year: i64,
    /// What may be granted.
    pub amount_ore: Money,
    /// What has been granted.
    pub used_ore: Money,
}

/// Why something was taken or given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A decision took it.
    Decided,
    /// The decision was undone before it was sent.
    Undone,
}

stored_words! { EntryKind { Decided = "decided", Undone = "undone" } }

/// What took from a budget or gave back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// The grant type.
    pub grant_type: String,
    /// Whose money.
    pub unit: String,
    /// The budget year.
    pub year: i64,
    /// The decision.
    pub decision_id: DecisionId,
    /// Taken or given back.
    pub kind: EntryKind,
    /// How much; below zero when given back.
    pub amount_ore: Money,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision that stands, as budgets see it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StandingRow {
    /// The decision.
    pub id: DecisionId,
    /// Its case.
    pub case_id: CaseId,
    /// What it granted.
    pub amount_ore: Money,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// A budget.
pub async fn of(tx: &mut Tx, grant_type: &str, unit: &str, year: i64) -> Result<Option<BudgetRow>> {
    optional!(tx, BudgetRow, "select * from budget where grant_type = $1 and unit = $2 and year = $3", grant_type, unit, year)
}

/// Every budget.
pub async fn all(tx: &mut Tx) -> Result<Vec<BudgetRow>> {
    all!(tx, BudgetRow, "select * from budget order by year desc, grant_type, unit")
}

/// Adds a budget of which nothing is used; false when there is one.
pub async fn insert(tx: &mut Tx, row: &BudgetRow) -> Result<bool> {
    let changed = run!(
        tx,
        "insert into budget (grant_type, unit, year, amount_ore, used_ore) values ($1, $2, $3, $4, 0)
         on conflict (grant_type, unit, year) do nothing",
        &row.grant_type,
        &row.unit,
        row.year,
        row.amount_ore
    )?;
    Ok(changed == 1)
}

/// Changes what may be granted; false when more than that is granted already.
pub async fn set_amount(tx: &mut Tx, grant_type: &str, unit: &str, year: i64, amount: Money) -> Result<bool> {
    let changed = run!(
        tx,
        "update budget set amount_ore = $4 where grant_type = $1 and unit = $2 and year = $3 and used_ore <= $4",
        grant_type,
        unit,
        year,
        amount
    )?;
    Ok(changed == 1)
}

/// Takes from a budget (gives back, when below zero); false when there is not enough left, or no budget.
///
/// The row is locked by the update, so that of many at once each sees what the one before took.
pub async fn take(tx: &mut Tx, row: &EntryRow) -> Result<bool> {
    let changed = run!(
        tx,
        "update budget set used_ore = used_ore + $4
         where grant_type = $1 and unit = $2 and year = $3 and used_ore + $4 <= amount_ore and used_ore + $4 >= 0",
        &row.grant_type,
        &row.unit,
        row.year,
        row.amount_ore
    )?;
    if changed == 0 {
        return Ok(false);
    }
    run!(
        tx,
        "insert into budget_entry (grant_type, unit, year, decision_id, kind, amount_ore, at) values ($1, $2, $3, $4, $5, $6, $7)",
        &row.grant_type,
        &row.unit,
        row.year,
        row.decision_id,
        row.kind,
        row.amount_ore,
        row.at
    )?;
    Ok(true)
}

/// What a decision took or gave back.
pub async fn entries_of(tx: &mut Tx, decision: DecisionId) -> Result<Vec<EntryRow>> {
    all!(tx, EntryRow, "select * from budget_entry where decision_id = $1 order by kind", decision)
}

/// What was taken and given back of a budget, as its entries sum to.
pub async fn sum_of_entries(tx: &mut Tx, grant_type: &str, unit: &str, year: i64) -> Result<Money> {
    let sum = scalar!(
        tx,
        i64,
        "select cast(coalesce(sum(amount_ore), 0) as bigint) from budget_entry where grant_type = $1 and unit = $2 and year = $3",
        grant_type,
        unit,
        year
    )?;
    Ok(Money::from_ore(sum))
}

/// The decisions of a grant type and committee that stand and granted something.
pub async fn standing(tx: &mut Tx, grant_type: &str, unit: &str) -> Result<Vec<StandingRow>> {
    all!(
        tx,
        StandingRow,
        "select d.id, d.case_id, coalesce(f.final_ore, d.amount_ore) as amount_ore, d.decided_at
         from decision d join cases c on c.id = d.case_id left join final_settlement f on f.case_id = d.case_id
         where c.grant_type = $1 and c.committee = $2 and d.undone_at is null and d.amount_ore > 0 order by d.decided_at, d.id",
        grant_type,
        unit
    )
}
