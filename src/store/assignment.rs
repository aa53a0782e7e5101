//! Officers in units, when they are away, and which cases each has been given by load.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{CaseId, UserId};

/// A time when somebody is away.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AbsenceRow {
    /// Identity.
    pub id: Uuid,
    /// Who.
    pub user_id: UserId,
    /// The first day.
    pub from_day: NaiveDate,
    /// The last day.
    pub until_day: NaiveDate,
    /// Who stands in for her.
    pub substitute_id: Option<UserId>,
    /// When she said so.
    pub entered_at: DateTime<Utc>,
    /// When she came back before the last day, or said something else.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A case given by load.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AssignmentRow {
    /// Its number.
    pub no: i64,
    /// Case.
    pub case_id: CaseId,
    /// To whom.
    pub user_id: UserId,
    /// Of which unit, where a route named one.
    pub unit: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Notes that somebody is away.
pub async fn insert_absence(tx: &mut Tx, row: &AbsenceRow) -> Result<()> {
    run!(
        tx,
        "insert into absence (id, user_id, from_day, until_day, substitute_id, entered_at) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.user_id,
        row.from_day,
        row.until_day,
        row.substitute_id,
        row.entered_at
    )?;
    Ok(())
}

/// Ends what somebody has said of being away, now or to come; answers how many times that was.
pub async fn end_absences(tx: &mut Tx, user: UserId, today: NaiveDate, at: DateTime<Utc>) -> Result<u64> {
    run!(tx, "update absence set ended_at = $3 where user_id = $1 and until_day >= $2 and ended_at is null", user, today, at)
}

/// Everybody's absence that holds on a day.
pub async fn away(tx: &mut Tx, on: NaiveDate) -> Result<Vec<AbsenceRow>> {
    all!(
        tx,
        AbsenceRow,
        "select * from absence where from_day <= $1 and until_day >= $1 and ended_at is null order by user_id, entered_at desc",
        on
    )
}

/// What somebody has said of being away, now or to come, the nearest first.
pub async fn absences_of(tx: &mut Tx, user: UserId, today: NaiveDate) -> Result<Vec<AbsenceRow>> {
    all!(
        tx,
        AbsenceRow,
        "select * from absence where user_id = $1 and until_day >= $2 and ended_at is null order by from_day, id",
        user,
        today
    )
}

/// Everybody's units: unit and who.
pub async fn members(tx: &mut Tx) -> Result<Vec<(String, UserId)>> {
    all!(tx, (String, UserId), "select unit, user_id from unit_member order by unit, user_id")
}

/// Who belongs to a unit.
pub async fn members_of(tx: &mut Tx, unit: &str) -> Result<Vec<UserId>> {
    all!(tx, (UserId,), "select user_id from unit_member where unit = $1 order by user_id", unit)
        .map(|rows| rows.into_iter().map(|(user,)| user).collect())
}

/// Adds somebody to a unit.
pub async fn join(tx: &mut Tx, unit: &str, user: UserId, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "insert into unit_member (unit, user_id, since) values ($1, $2, $3) on conflict (unit, user_id) do nothing", unit, user, at)?;
    Ok(())
}

/// Takes somebody out of a unit.
pub async fn leave(tx: &mut Tx, unit: &str, user: UserId) -> Result<()> {
    run!(tx, "delete from unit_member where unit = $1 and user_id = $2", unit, user)?;
    Ok(())
}

/// How many open cases each officer handles; who handles none is not among them.
pub async fn loads(tx: &mut Tx) -> Result<Vec<(UserId, i64)>> {
    all!(
        tx,
        (UserId, i64),
        "select officer_id, count(*) from case_queue where officer_id is not null and waits <> 'nothing' group by officer_id"
    )
}

/// How many cases each officer has been given since a moment.
pub async fn given_since(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<(UserId, i64)>> {
    all!(tx, (UserId, i64), "select user_id, count(*) from assignment where at >= $1 group by user_id", since)
}

/// Notes that a case was given by load.
pub async fn insert(tx: &mut Tx, row: &AssignmentRow) -> Result<()> {
    run!(
        tx,
        "insert into assignment (no, case_id, user_id, unit, at) values ($1, $2, $3, $4, $5)",
        row.no,
        row.case_id,
        row.user_id,
        row.unit.as_deref(),
        row.at
    )?;
    Ok(())
}
