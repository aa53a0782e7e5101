//! Log-ins, the identities behind them, and the receipts of forms.

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::id::{OrganisationId, UserId};

/// A log-in. All times are real time, not product time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Who.
    pub user_id: UserId,
    /// For whom she acts; none while she has not chosen, and for the staff.
    pub organisation_id: Option<OrganisationId>,
    /// When she logged in.
    pub begun_at: DateTime<Utc>,
    /// When she was last seen.
    pub seen_at: DateTime<Utc>,
    /// When it ends whatever she does.
    pub ends_at: DateTime<Utc>,
    /// When she logged out.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Where the first sending of a form led.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FormReceiptRow {
    /// Who sent it.
    pub user_id: UserId,
    /// To which address.
    pub path: String,
    /// Where it led; none while it is being handled.
    pub location: Option<String>,
}

/// Begins a session.
pub async fn insert(tx: &mut Tx, row: &SessionRow) -> Result<()> {
    run!(
        tx,
        "insert into session (token_hash, user_id, organisation_id, begun_at, seen_at, ends_at) values ($1, $2, $3, $4, $5, $6)",
        &row.token_hash,
        row.user_id,
        row.organisation_id,
        row.begun_at,
        row.seen_at,
        row.ends_at
    )?;
    Ok(())
}

/// The session of a token's hash, ended ones left out.
pub async fn open(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    optional!(tx, SessionRow, "select * from session where token_hash = $1 and ended_at is null", token_hash)
}

/// Notes that somebody was seen.
pub async fn seen(tx: &mut Tx, token_hash: &[u8], at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update session set seen_at = $2 where token_hash = $1 and ended_at is null", token_hash, at)?;
    Ok(())
}

/// Notes for whom somebody acts from now on.
pub async fn act_for(tx: &mut Tx, token_hash: &[u8], organisation: Option<OrganisationId>) -> Result<()> {
    run!(tx, "update session set organisation_id = $2 where token_hash = $1 and ended_at is null", token_hash, organisation)?;
    Ok(())
}

/// Ends a session.
pub async fn end(tx: &mut Tx, token_hash: &[u8], at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update session set ended_at = $2 where token_hash = $1 and ended_at is null", token_hash, at)?;
    Ok(())
}

/// Whom an identity of a log-in service belongs to.
pub async fn user_of_identity(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    let found: Option<(UserId,)> =
        optional!(tx, (UserId,), "select user_id from identity where issuer = $1 and subject = $2", issuer, subject)?;
    Ok(found.map(|row| row.0))
}

/// Links an identity of a log-in service to a person.
pub async fn insert_identity(tx: &mut Tx, issuer: &str, subject: &str, user: UserId) -> Result<()> {
    run!(tx, "insert into identity (issuer, subject, user_id) values ($1, $2, $3)", issuer, subject, user)?;
    Ok(())
}

/// Claims a form's key; false when it was claimed before. A claim of the same person and form that led nowhere and is
/// older than `abandoned` is taken over: its request was dropped.
pub async fn claim_form(tx: &mut Tx, key: &str, user: UserId, path: &str, at: DateTime<Utc>, abandoned: DateTime<Utc>) -> Result<bool> {
    let done = run!(
        tx,
        "insert into form_receipt (form_key, user_id, path, at) values ($1, $2, $3, $4)
         on conflict (form_key) do update set at = excluded.at
         where form_receipt.location is null and form_receipt.user_id = excluded.user_id and form_receipt.path = excluded.path
           and form_receipt.at < $5",
        key,
        user,
        path,
        at,
        abandoned
    )?;
    Ok(done == 1)
}

/// What a form's key led to.
pub async fn form_receipt(tx: &mut Tx, key: &str) -> Result<Option<FormReceiptRow>> {
    optional!(tx, FormReceiptRow, "select user_id, path, location from form_receipt where form_key = $1", key)
}

/// Notes where a form led.
pub async fn settle_form(tx: &mut Tx, key: &str, location: &str) -> Result<()> {
    run!(tx, "update form_receipt set location = $2 where form_key = $1", key, location)?;
    Ok(())
}

/// Gives a form's key free: it changed nothing.
pub async fn release_form(tx: &mut Tx, key: &str) -> Result<()> {
    run!(tx, "delete from form_receipt where form_key = $1 and location is null", key)?;
    Ok(())
}
