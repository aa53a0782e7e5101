//! Sums over cases, decisions and payments, and the budgets they are held against.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::UserId;

/// What was applied for in a grant type's period.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AppliedRow {
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// How many applications.
    pub cases: i64,
    /// How many of them by single persons.
    pub persons: i64,
    /// What they came to when last calculated.
    pub amount_ore: Money,
}

/// A count and a sum of a grant type's period.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SumRow {
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// How many.
    pub cases: i64,
    /// How much.
    pub amount_ore: Money,
}

/// A budget as it was entered.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BudgetRow {
    /// Identity.
    pub id: Uuid,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// How much.
    pub amount_ore: Money,
    /// The decision it rests on.
    pub reference: String,
    /// When.
    pub entered_at: DateTime<Utc>,
    /// By whom; none when it was taken over.
    pub entered_by: Option<UserId>,
}

macro_rules! limited {
    ($query:ident, $scope:expr) => {
        match $scope {
            Scope::Association(own) => {
                $query.push(" where c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                $query.push(" where true");
                keep_away!($query, except, "c.organisation_id", "c.id");
            }
        }
    };
}

/// What was applied for.
pub async fn applied(tx: &mut Tx, scope: &Scope) -> Result<Vec<AppliedRow>> {
    build!(tx, "select c.grant_type, c.period, count(*) as cases,
            cast(sum(case when o.kind = 'person' then 1 else 0 end) as bigint) as persons,
            cast(coalesce(sum(c.amount_ore), 0) as bigint) as amount_ore
            from cases c join organisation o on o.id = c.organisation_id", query => {
        limited!(query, scope);
        query.push(" group by c.grant_type, c.period order by c.grant_type, c.period");
    }, all AppliedRow)
}

/// What standing decisions have granted; how many of them granted something.
pub async fn granted(tx: &mut Tx, scope: &Scope) -> Result<Vec<SumRow>> {
    build!(tx, "select c.grant_type, c.period, count(*) as cases, cast(coalesce(sum(d.amount_ore), 0) as bigint) as amount_ore
            from decision d join cases c on c.id = d.case_id", query => {
        limited!(query, scope);
        query.push(" and d.undone_at is null and d.replaced_at is null and d.outcome in ('bifall', 'delvis_bifall') group by c.grant_type, c.period order by c.grant_type, c.period");
    }, all SumRow)
}

/// What standing payment orders come to: neither called off, refused nor returned, paid or not.
pub async fn ordered(tx: &mut Tx, scope: &Scope) -> Result<Vec<SumRow>> {
    build!(tx, "select c.grant_type, c.period, count(distinct c.id) as cases, cast(coalesce(sum(p.amount_ore), 0) as bigint) as amount_ore
            from payment_order p join cases c on c.id = p.case_id", query => {
        limited!(query, scope);
        query.push(" and p.state not in ('cancelled', 'rejected', 'returned') group by c.grant_type, c.period order by c.grant_type, c.period");
    }, all SumRow)
}

/// What is confirmed as paid: the money has left the account and has not come back.
pub async fn paid(tx: &mut Tx, scope: &Scope) -> Result<Vec<SumRow>> {
    build!(tx, "select c.grant_type, c.period, count(distinct c.id) as cases, cast(coalesce(sum(p.amount_ore), 0) as bigint) as amount_ore
            from payment_order p join cases c on c.id = p.case_id", query => {
        limited!(query, scope);
        query.push(" and p.state = 'booked' group by c.grant_type, c.period order by c.grant_type, c.period");
    }, all SumRow)
}

/// Every budget, the newest of a period first.
pub async fn budgets(tx: &mut Tx) -> Result<Vec<BudgetRow>> {
    all!(tx, BudgetRow, "select * from round_budget order by grant_type, period, entered_at desc, id desc")
}

/// Enters a budget.
pub async fn insert_budget(tx: &mut Tx, row: &BudgetRow) -> Result<()> {
    run!(
        tx,
        "insert into round_budget (id, grant_type, period, amount_ore, reference, entered_at, entered_by) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        &row.grant_type,
        &row.period,
        row.amount_ore,
        &row.reference,
        row.entered_at,
        row.entered_by
    )?;
    Ok(())
}
