//! Reference tables: taken in as CSV, kept in versions, compared, and frozen with what is calculated.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

use super::actor::{Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, calculation};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::attendance::AttendanceData;
use crate::domain::canonical::Sha;
use crate::domain::inputs::Inputs;
use crate::packages::{Package, TableDiff, read_table};
use crate::store::Tx;
use crate::store::tables::{self as rows, TableRow};
use crate::text::definition::is_id;

/// A table as it comes.
#[derive(Clone, Copy, Debug)]
pub struct NewTable<'a> {
    /// The table's id, as rules name it.
    pub id: &'a str,
    /// The first day its figures hold.
    pub valid_from: NaiveDate,
    /// Where the figures come from.
    pub source: &'a str,
    /// The file's name, for what is wrong in it.
    pub file: &'a str,
    /// The file.
    pub bytes: &'a [u8],
}

/// What became of a table that was taken in.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// The version; the one there was, when nothing changed.
    pub row: TableRow,
    /// How it differs from what held on its first day before.
    pub diff: TableDiff,
    /// Whether a new version was made.
    pub new: bool,
}

/// Looks through a table without keeping it: how it would differ.
///
/// # Errors
/// [`ServiceError::Definition`] with the place of everything that is wrong in the file.
pub async fn compare(tenant: &Tenant, actor: &Actor, table: NewTable<'_>) -> ServiceResult<TableDiff> {
    authorize(actor, Action::Administer)?;
    let values = read(table)?;
    let mut tx = tenant.db.read().await?;
    Ok(TableDiff::between(&held(&mut tx, table.id, table.valid_from).await?, &values))
}

/// Takes in a table as a new version. The same figures from the same day make no new version.
///
/// # Errors
/// [`ServiceError::Definition`] with the place of everything that is wrong in the file; nothing is then kept.
pub async fn take_in(tenant: &Tenant, actor: &Actor, table: NewTable<'_>) -> ServiceResult<TakenIn> {
    authorize(actor, Action::Administer)?;
    if !is_id(table.id) {
        let message = Localized::both(
            "Tabellens id har bara a–z, 0–9, _ och - och börjar med en bokstav.",
            "The table's id has only a–z, 0–9, _ and - and begins with a letter.",
        );
        return Err(ServiceError::invalid("id", "bad_id", message));
    }
    if table.source.trim().is_empty() {
        let message = Localized::both("Skriv varifrån siffrorna kommer.", "Write where the figures come from.");
        return Err(ServiceError::invalid("source", "missing", message));
    }
    let values = read(table)?;
    let mut tx = tenant.db.write().await?;
    let before = held(&mut tx, table.id, table.valid_from).await?;
    let diff = TableDiff::between(&before, &values);
    if let Some(row) =
        rows::on(&mut tx, table.id, table.valid_from).await?.filter(|row| row.valid_from == table.valid_from && diff.is_empty())
    {
        return Ok(TakenIn { row, diff, new: false });
    }
    let row = TableRow {
        id: table.id.to_owned(),
        version: rows::newest(&mut tx, table.id).await?.map_or(1, |newest| newest.version + 1),
        valid_from: table.valid_from,
        source: table.source.to_owned(),
        sha256: Sha::of(table.bytes).hex(),
        entries: i64::try_from(values.len()).unwrap_or(i64::MAX),
        at: tenant.clock.now(),
        actor: actor.code(),
    };
    rows::insert(&mut tx, &row, &values).await?;
    let body = json!({
        "table": row.id, "version": row.version, "valid_from": row.valid_from, "sha256": row.sha256, "entries": row.entries,
        "added": diff.added.len(), "removed": diff.removed.len(), "changed": diff.changed.len(),
    });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "table.taken_in", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(TakenIn { row, diff, new: true })
}

/// Every version of every table.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn list(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<TableRow>> {
    authorize(actor, Action::Browse)?;
    Ok(rows::all(&mut tenant.db.read().await?).await?)
}

/// Gives a case the figures its rules look up, and no others: they are frozen with what is calculated, and a table of a
/// thousand associations does not lie in every case. What holds is the version of the period's last day.
///
/// # Errors
/// When the database refuses or the rules fail.
pub(super) async fn freeze(
    tx: &mut Tx,
    package: &Package,
    inputs: &mut Inputs,
    attendance: Option<&Arc<AttendanceData>>,
) -> ServiceResult<()> {
    let wanted = &package.rules.reads().tables;
    if wanted.is_empty() {
        return Ok(());
    }
    for table in wanted {
        if let std::collections::btree_map::Entry::Vacant(place) = inputs.tables.entry(table.value.clone()) {
            place.insert(held(tx, &table.value, inputs.period.covers.to).await?);
        }
    }
    let (rules, whole, attendance) = (package.rules.clone(), inputs.clone(), attendance.cloned());
    let looked_up = tokio::task::spawn_blocking(move || crate::rules::looked_up(&rules, whole, attendance))
        .await
        .map_err(|error| anyhow::anyhow!("the rule run was not carried out: {error}"))?
        .map_err(calculation::rule_error)?;
    for (table, figures) in &mut inputs.tables {
        figures.retain(|key, _| looked_up.contains(&(table.clone(), key.clone())));
    }
    Ok(())
}

/// What holds of a table on a day.
pub(super) async fn held(tx: &mut Tx, id: &str, day: NaiveDate) -> ServiceResult<BTreeMap<String, Decimal>> {
    match rows::on(tx, id, day).await? {
        Some(row) => Ok(rows::values(tx, id, row.version).await?),
        None => Ok(BTreeMap::new()),
    }
}

fn read(table: NewTable<'_>) -> ServiceResult<BTreeMap<String, Decimal>> {
    let (values, problems) = read_table(table.file, table.bytes);
    values.ok_or(ServiceError::Definition(problems))
}
