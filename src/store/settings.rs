//! Settings of the installation.

use super::{Result, Tx};

/// The value of a setting.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    optional_scalar!(tx, String, "select value from setting where key = $1", key)
}

/// Sets a value.
pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    run!(tx, "insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value", key, value)?;
    Ok(())
}
