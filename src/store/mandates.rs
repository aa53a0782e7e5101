//! For whom people act.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::mandate::Mandate;

stored_words! {
    Mandate { Reader = "reader", Writer = "writer", Signatory = "signatory" }
}

/// What a person may do for an association, with its dates.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MandateRow {
    /// Identity.
    pub id: Uuid,
    /// Who acts.
    pub user_id: UserId,
    /// For whom.
    pub organisation_id: OrganisationId,
    /// How far.
    pub kind: Mandate,
    /// Who gave it; none where it was taken over or given by the municipality.
    pub given_by: Option<UserId>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// When it was taken back: from that moment it allows nothing.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Adds a mandate.
pub async fn insert(tx: &mut Tx, row: &MandateRow) -> Result<()> {
    run!(
        tx,
        "insert into mandate (id, user_id, organisation_id, kind, given_by, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.user_id,
        row.organisation_id,
        row.kind,
        row.given_by,
        row.valid_from,
        row.valid_to
    )?;
    Ok(())
}

/// Takes a mandate back at a moment; `last` is the last day that it held on, for the record.
pub async fn end(tx: &mut Tx, id: Uuid, last: NaiveDate, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update mandate set valid_to = $2, ended_at = $3 where id = $1 and ended_at is null", id, last, at)?;
    Ok(())
}

/// A mandate.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<MandateRow>> {
    optional!(tx, MandateRow, "select * from mandate where id = $1", id)
}

/// A person's mandates that hold on a day.
pub async fn of_user(tx: &mut Tx, user: UserId, on: NaiveDate) -> Result<Vec<MandateRow>> {
    all!(
        tx,
        MandateRow,
        "select * from mandate where user_id = $1 and ended_at is null and valid_from <= $2 and (valid_to is null or valid_to >= $2) order by id",
        user,
        on
    )
}

/// Who acts for an association on a day.
pub async fn of_organisation(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> Result<Vec<MandateRow>> {
    all!(
        tx,
        MandateRow,
        "select * from mandate where organisation_id = $1 and ended_at is null and valid_from <= $2 and (valid_to is null or valid_to >= $2) order by id",
        organisation,
        on
    )
}
