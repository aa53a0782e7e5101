//! Sections of associations, as dated facts.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{OrganisationId, UserId};
use crate::text::order;

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SectionRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// The sport or activity.
    pub activity: String,
    /// Who answers for it, and how she is reached; empty for nobody of its own.
    pub contact: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Who entered it.
    pub entered_by: Option<UserId>,
    /// When.
    pub entered_at: DateTime<Utc>,
}

/// Adds a section.
pub async fn insert(tx: &mut Tx, row: &SectionRow) -> Result<()> {
    run!(
        tx,
        "insert into association_section (id, organisation_id, name, activity, contact, valid_from, valid_to, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.organisation_id,
        &row.name,
        &row.activity,
        &row.contact,
        row.valid_from,
        row.valid_to,
        row.entered_by,
        row.entered_at
    )?;
    Ok(())
}

/// Ends a section with a day, one that has not begun with its first; `false` when it is not there or has ended.
pub async fn end(tx: &mut Tx, organisation: OrganisationId, id: Uuid, last: NaiveDate) -> Result<bool> {
    let done = run!(
        tx,
        "update association_section set valid_to = case when valid_from > $3 then valid_from else $3 end
         where id = $1 and organisation_id = $2 and valid_to is null",
        id,
        organisation,
        last
    )?;
    Ok(done == 1)
}

/// The sections, those of today and before, by name.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<SectionRow>> {
    let sql = "select * from association_section where organisation_id = $1 order by valid_from, id";
    let mut found = all!(tx, SectionRow, sql, organisation)?;
    found.sort_by_cached_key(|row| order::key(&row.name));
    Ok(found)
}
