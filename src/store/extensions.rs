//! More time to apply (anstånd), as dated facts.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{OrganisationId, UserId};

/// More time, for one or for all.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ExtensionRow {
    /// Identity.
    pub id: Uuid,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// For whom; `None` for all.
    pub organisation_id: Option<OrganisationId>,
    /// The last day to be in time.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub user_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds one.
pub async fn insert(tx: &mut Tx, row: &ExtensionRow) -> Result<()> {
    run!(
        tx,
        "insert into extension (id, grant_type, period, organisation_id, until, reason, user_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        &row.grant_type,
        &row.period,
        row.organisation_id,
        row.until,
        &row.reason,
        row.user_id,
        row.at
    )?;
    Ok(())
}

/// The latest day that an applicant has been given, by those for her and those for all.
pub async fn latest(tx: &mut Tx, grant_type: &str, period: &str, organisation: OrganisationId) -> Result<Option<NaiveDate>> {
    scalar!(
        tx,
        Option<NaiveDate>,
        "select max(until) from extension where grant_type = $1 and period = $2 and (organisation_id is null or organisation_id = $3)",
        grant_type,
        period,
        organisation
    )
}

/// The latest day that anybody has been given.
pub async fn latest_of_any(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Option<NaiveDate>> {
    scalar!(tx, Option<NaiveDate>, "select max(until) from extension where grant_type = $1 and period = $2", grant_type, period)
}

/// Every extension of a period with who gave it, newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<ExtensionRow>> {
    all!(tx, ExtensionRow, "select * from extension order by at desc, id desc")
}
