//! Tables of outside figures, in versions that hold from a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::{Result, StoreError, Tx};

/// A version of a table.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TableRow {
    /// The table.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// Where the figures come from.
    pub source: String,
    /// Hash of the file as it came.
    pub sha256: String,
    /// How many figures.
    pub entries: i64,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Who brought it.
    pub actor: String,
}

/// Adds a version with its figures.
pub async fn insert(tx: &mut Tx, row: &TableRow, values: &BTreeMap<String, Decimal>) -> Result<()> {
    run!(
        tx,
        "insert into reference_table (id, version, valid_from, source, sha256, entries, at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &row.id,
        row.version,
        row.valid_from,
        &row.source,
        &row.sha256,
        row.entries,
        row.at,
        &row.actor
    )?;
    let values: Vec<(&String, String)> = values.iter().map(|(key, value)| (key, value.normalize().to_string())).collect();
    for chunk in values.chunks(5_000) {
        build!(tx, "insert into reference_value (table_id, version, key, value) ", query => {
            query.push_values(chunk, |mut line, (key, value)| {
                line.push_bind(&row.id).push_bind(row.version).push_bind(*key).push_bind(value);
            });
        }, execute)?;
    }
    Ok(())
}

/// Every version of every table, the newest of each first.
pub async fn all(tx: &mut Tx) -> Result<Vec<TableRow>> {
    all!(tx, TableRow, "select * from reference_table order by id, version desc")
}

/// The newest version of a table.
pub async fn newest(tx: &mut Tx, id: &str) -> Result<Option<TableRow>> {
    optional!(tx, TableRow, "select * from reference_table where id = $1 order by version desc limit 1", id)
}

/// The version that holds on a day: of those that have begun, the one that began last, and of these the newest.
pub async fn on(tx: &mut Tx, id: &str, day: NaiveDate) -> Result<Option<TableRow>> {
    optional!(
        tx,
        TableRow,
        "select * from reference_table where id = $1 and valid_from <= $2 order by valid_from desc, version desc limit 1",
        id,
        day
    )
}

/// The figures of a version.
pub async fn values(tx: &mut Tx, id: &str, version: i64) -> Result<BTreeMap<String, Decimal>> {
    let rows = all!(tx, (String, String), "select key, value from reference_value where table_id = $1 and version = $2", id, version)?;
    rows.into_iter()
        .map(|(key, value)| {
            let number = value.parse().map_err(|_| StoreError::Corrupt(format!("the figure {key} of {id} version {version}")))?;
            Ok((key, number))
        })
        .collect()
}
