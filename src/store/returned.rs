//! Pages that came back from a form with their errors, sealed.

use chrono::{DateTime, Utc};

use super::{Result, Tx};

/// A page that came back.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReturnedRow {
    /// The key its address carries.
    pub page_key: String,
    /// Who may see it.
    pub owner: String,
    /// The path of the form.
    pub address: String,
    /// The HTTP status it is answered with.
    pub status: i64,
    /// The page, sealed.
    pub sealed: Vec<u8>,
    /// When it came back, in real time.
    pub at: DateTime<Utc>,
}

/// Keeps a page.
pub async fn insert(tx: &mut Tx, row: &ReturnedRow) -> Result<()> {
    run!(
        tx,
        "insert into returned_page (page_key, owner, address, status, sealed, at) values ($1, $2, $3, $4, $5, $6)",
        &row.page_key,
        &row.owner,
        &row.address,
        row.status,
        &row.sealed,
        row.at
    )?;
    Ok(())
}

/// A page by its key, where it is of this owner and address.
pub async fn by_key(tx: &mut Tx, key: &str, owner: &str, address: &str) -> Result<Option<ReturnedRow>> {
    optional!(tx, ReturnedRow, "select * from returned_page where page_key = $1 and owner = $2 and address = $3", key, owner, address)
}

/// Forgets a page of an owner.
pub async fn forget(tx: &mut Tx, key: &str, owner: &str) -> Result<()> {
    run!(tx, "delete from returned_page where page_key = $1 and owner = $2", key, owner)?;
    Ok(())
}

/// Forgets what came back before a moment.
pub async fn forget_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    run!(tx, "delete from returned_page where at < $1", before)?;
    Ok(())
}
