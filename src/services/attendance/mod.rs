//! Attendance: taking it in, and reading it as a calculation wants it.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::domain::attendance::ActivityKind;
use crate::domain::id::OrganisationId;
use crate::domain::period::DateRange;
use crate::store::Tx;
use crate::store::persons::{self, DataKeyRow};

mod import;
mod read;
pub mod views;

pub(super) use import::Tee;
pub use import::{Imported, Received, import};
pub use read::{Read, Registration, Residence, assemble, facts, for_case, hash, identities, in_days};

/// The half-years a span of dates touches: `2026-H1`.
#[must_use]
pub fn half_years(span: DateRange) -> Vec<String> {
    let mut found: Vec<String> = span.from.iter_days().take_while(|day| *day <= span.to).step_by(28).map(half_year).collect();
    found.push(half_year(span.to));
    found.dedup();
    found
}

/// The half-year a date lies in.
#[must_use]
pub fn half_year(date: NaiveDate) -> String {
    format!("{}-H{}", date.year(), if date.month() <= 6 { 1 } else { 2 })
}

/// Days since 1970-01-01.
#[must_use]
pub fn day_number(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

const fn kind_number(kind: ActivityKind) -> i32 {
    match kind {
        ActivityKind::Training => 0,
        ActivityKind::Match => 1,
        ActivityKind::Meeting => 2,
        ActivityKind::Other => 3,
    }
}

const fn kind_of(number: i32) -> ActivityKind {
    match number {
        0 => ActivityKind::Training,
        1 => ActivityKind::Match,
        2 => ActivityKind::Meeting,
        _ => ActivityKind::Other,
    }
}

/// The data key of an association and half-year, made on first use.
pub(super) async fn data_key(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId, period: &str) -> ServiceResult<(Uuid, Secret)> {
    if let Some(row) = persons::data_key(tx, organisation, period).await? {
        return Ok((row.id, unwrap(tenant, &row)?));
    }
    let (id, key) = (tenant.ids.uuid(), Secret::random());
    let wrapped = tenant.keys.wrap.seal(id.as_bytes(), key.bytes());
    let row = DataKeyRow { id, organisation_id: organisation, period: period.to_owned(), wrapped: Some(wrapped), destroyed_at: None };
    persons::insert_data_key(tx, &row).await?;
    Ok((id, key))
}

/// A data key by its id.
///
/// # Errors
/// [`ServiceError::Refused`] when it was destroyed at disposal.
pub async fn open_data_key(tx: &mut Tx, tenant: &Tenant, id: Uuid) -> ServiceResult<Secret> {
    let row = persons::data_key_by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    unwrap(tenant, &row)
}

fn unwrap(tenant: &Tenant, row: &DataKeyRow) -> ServiceResult<Secret> {
    let Some(wrapped) = &row.wrapped else {
        return Err(ServiceError::refused("Underlaget är gallrat.", "The records have been disposed of."));
    };
    let bytes = tenant.keys.wrap.open(row.id.as_bytes(), wrapped).map_err(anyhow::Error::from)?;
    Ok(Secret::new(bytes.try_into().map_err(|_| anyhow::anyhow!("a data key of the wrong length"))?))
}
