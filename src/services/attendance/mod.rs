//! Attendance: taking it in, and reading it as a calculation wants it.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{Actor, ServiceError, ServiceResult, clashes};
use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::domain::Localized;
use crate::domain::attendance::ActivityKind;
use crate::domain::id::OrganisationId;
use crate::domain::period::DateRange;
use crate::store::persons::{self, DataKeyRow};
use crate::store::{Tx, attendance};

mod corrections;
pub mod halves;
pub mod hand;
mod import;
pub mod listing;
mod names;
pub mod of_case;
mod read;
mod received;
pub mod reports;
mod sources;
pub mod views;

pub use corrections::{correct, leave_out};
pub(super) use import::Tee;
pub use import::{Imported, import};
pub use names::names;
pub use read::{Read, Registration, Residence, assemble, facts, hash, identities, in_days, of};
pub use received::{Received, Replaces};
pub use sources::use_again;

/// How attendance came, an import, and what was said of rows left out, as pages show them.
pub use crate::store::attendance::{ImportRow, SourceKind};
pub use crate::store::own_attendance::RowChoice;

/// Takes in a file and looks at once for registrations that overlap with others, in the days it touched.
///
/// # Errors
/// See [`import`] and [`clashes::look`].
pub async fn take_in(tenant: &Tenant, actor: &Actor, received: Received) -> ServiceResult<Imported> {
    let organisation = received.organisation;
    let imported = import(tenant, actor, received).await?;
    look_for_clashes(tenant, organisation, imported.no).await?;
    Ok(imported)
}

/// Looks for clashes in the days that an import touched. Where it cannot, the case's own step finds them later.
async fn look_for_clashes(tenant: &Tenant, organisation: OrganisationId, import: i64) -> ServiceResult<()> {
    let mut tx = tenant.db.read().await?;
    let days = attendance::occasions_of_import(&mut tx, import).await?;
    drop(tx);
    let day = |days: Option<&i32>| days.and_then(|day| NaiveDate::from_epoch_days(*day));
    if let (Some(from), Some(to)) = (day(days.iter().min()), day(days.iter().max())) {
        clashes::look(tenant, organisation, DateRange { from, to }).await?;
    }
    Ok(())
}

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

/// The days of a half-year: `2026-H1`.
#[must_use]
pub fn span_of(half_year: &str) -> Option<DateRange> {
    let (year, half) = half_year.split_once("-H")?;
    let year: i32 = year.parse().ok()?;
    let (from, to) = if half == "1" { ((1, 1), (6, 30)) } else { ((7, 1), (12, 31)) };
    Some(DateRange { from: NaiveDate::from_ymd_opt(year, from.0, from.1)?, to: NaiveDate::from_ymd_opt(year, to.0, to.1)? })
}

/// A half-year in words: `januari–juni 2026`.
#[must_use]
pub fn half_words(half_year: &str) -> Localized {
    let (year, half) = half_year.split_once("-H").unwrap_or((half_year, ""));
    match half {
        "1" => Localized::both(format!("januari–juni {year}"), format!("January–June {year}")),
        "2" => Localized::both(format!("juli–december {year}"), format!("July–December {year}")),
        _ => Localized::both(half_year, half_year),
    }
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
