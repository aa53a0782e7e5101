//! Clashes: the same person registered at two places at the same time.

use chrono::{DateTime, NaiveDate, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::attendance::PersonNo;
use crate::domain::id::{ClashId, OrganisationId};

/// Within one association or across two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Within one.
    Within,
    /// Across two.
    Across,
}

stored_words! { Scope { Within = "within", Across = "across" } }

/// What an association answers about its own registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClashAnswer {
    /// Ours is right.
    Keep,
    /// Leave ours out.
    Withdraw,
}

stored_words! { ClashAnswer { Keep = "keep", Withdraw = "withdraw" } }

/// A clash; `a` comes before `b` in the total order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ClashRow {
    /// Identity.
    pub id: ClashId,
    /// Grant type that the period belongs to.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Who.
    pub person_no: PersonNo,
    /// Occasion version.
    pub occasion_a: i64,
    /// Whose.
    pub organisation_a: OrganisationId,
    /// Occasion version.
    pub occasion_b: i64,
    /// Whose.
    pub organisation_b: OrganisationId,
    /// Within or across.
    pub scope: Scope,
    /// Whether the associations are asked; a protected person is never asked about.
    pub asked: bool,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// The answer of `a`.
    pub answer_a: Option<ClashAnswer>,
    /// The answer of `b`.
    pub answer_b: Option<ClashAnswer>,
}

/// Adds a clash; one already known stays with its answers. Tells whether it was new.
pub async fn insert(tx: &mut Tx, row: &ClashRow) -> Result<bool> {
    let added = run!(
        tx,
        "insert into clash (id, grant_type, period, person_no, occasion_a, organisation_a, occasion_b, organisation_b, scope, asked, found_at, answer_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (grant_type, period, person_no, occasion_a, occasion_b) do nothing",
        row.id,
        &row.grant_type,
        &row.period,
        row.person_no,
        row.occasion_a,
        row.organisation_a,
        row.occasion_b,
        row.organisation_b,
        row.scope,
        row.asked,
        row.found_at,
        row.answer_by
    )?;
    Ok(added == 1)
}

/// A clash.
pub async fn by_id(tx: &mut Tx, id: ClashId) -> Result<Option<ClashRow>> {
    optional!(tx, ClashRow, "select * from clash where id = $1", id)
}

/// The clashes of a grant type's period.
pub async fn of_period(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<ClashRow>> {
    all!(tx, ClashRow, "select * from clash where grant_type = $1 and period = $2 order by id", grant_type, period)
}

/// The clashes that concern an organisation.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> Result<Vec<ClashRow>> {
    all!(
        tx,
        ClashRow,
        "select * from clash where (organisation_a = $1 or organisation_b = $1) and grant_type = $2 and period = $3 order by id",
        organisation,
        grant_type,
        period
    )
}

/// Records answers; `None` leaves an answer as it is.
pub async fn answer(tx: &mut Tx, id: ClashId, a: Option<ClashAnswer>, b: Option<ClashAnswer>) -> Result<()> {
    run!(tx, "update clash set answer_a = coalesce($2, answer_a), answer_b = coalesce($3, answer_b) where id = $1", id, a, b)?;
    Ok(())
}
