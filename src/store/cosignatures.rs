//! Second signatures that applications wait for.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{CaseId, UserId};

/// A second signature, asked for or given.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CosignatureRow {
    /// Identity.
    pub id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// The application it belongs to.
    pub application_id: Uuid,
    /// Who signed first.
    pub first_signer: Option<UserId>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// The last day.
    pub last_day: NaiveDate,
    /// Who signed.
    pub signed_by: Option<UserId>,
    /// When.
    pub signed_at: Option<DateTime<Utc>>,
    /// When it was called off or its time ran out.
    pub ended_at: Option<DateTime<Utc>>,
    /// The day the association itself last had a reminder sent.
    pub reminded_on: Option<NaiveDate>,
}

/// Asks for a signature.
pub async fn insert(tx: &mut Tx, row: &CosignatureRow) -> Result<()> {
    run!(
        tx,
        "insert into cosignature (id, case_id, application_id, first_signer, asked_at, last_day) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.case_id,
        row.application_id,
        row.first_signer,
        row.asked_at,
        row.last_day
    )?;
    Ok(())
}

/// A signature.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<CosignatureRow>> {
    optional!(tx, CosignatureRow, "select * from cosignature where id = $1", id)
}

/// What a case waits for.
pub async fn open_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<CosignatureRow>> {
    optional!(tx, CosignatureRow, "select * from cosignature where case_id = $1 and signed_at is null and ended_at is null", case)
}

/// The newest signature asked for in a case.
pub async fn newest_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<CosignatureRow>> {
    optional!(tx, CosignatureRow, "select * from cosignature where case_id = $1 order by asked_at desc, id desc limit 1", case)
}

/// Signs; `false` when it was signed or ended already.
pub async fn sign(tx: &mut Tx, id: Uuid, user: Option<UserId>, at: DateTime<Utc>) -> Result<bool> {
    let signed = run!(
        tx,
        "update cosignature set signed_at = $3, signed_by = $2 where id = $1 and signed_at is null and ended_at is null",
        id,
        user,
        at
    )?;
    Ok(signed == 1)
}

/// Ends what a case waits for without a signature; `false` when there was nothing.
pub async fn end(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update cosignature set ended_at = $2 where id = $1 and signed_at is null and ended_at is null", id, at)? == 1)
}

/// Notes a reminder of a day; `false` when there was one that day.
pub async fn remind(tx: &mut Tx, id: Uuid, day: NaiveDate) -> Result<bool> {
    let sql = "update cosignature set reminded_on = $2 where id = $1 and (reminded_on is null or reminded_on < $2)";
    Ok(run!(tx, sql, id, day)? == 1)
}
