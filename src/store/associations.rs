//! What associations say of themselves, as dated facts, and the register's list.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::association::{BoardRole, SigningRule};
use crate::domain::id::{OrganisationId, UserId};
use crate::text::order;

stored_words! {
    BoardRole {
        Chair = "chair", ViceChair = "vice_chair", Treasurer = "treasurer", Secretary = "secretary", Member = "member",
        Deputy = "deputy", Auditor = "auditor",
    }
    SigningRule { Each = "each", TwoTogether = "two_together" }
}

/// Details from a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DetailRow {
    /// Whose.
    pub organisation_id: OrganisationId,
    /// First day.
    pub valid_from: NaiveDate,
    /// The federation (riksorganisation); empty for none.
    pub federation: String,
    /// Address for letters.
    pub seat_address: String,
    /// The last day of the financial year (verksamhetsår), as `12-31`.
    pub year_end: String,
    /// Who entered it.
    pub entered_by: Option<UserId>,
    /// When.
    pub entered_at: DateTime<Utc>,
}

/// Somebody on the board, or the auditor.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OfficerRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// As what.
    pub role: BoardRole,
    /// Name.
    pub name: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Who entered it.
    pub entered_by: Option<UserId>,
    /// When.
    pub entered_at: DateTime<Utc>,
}

/// How an association signs, from a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SigningRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// How.
    pub rule: SigningRule,
    /// The paragraph of the minutes.
    pub paragraph: String,
    /// When the board or the meeting decided it.
    pub decided_on: NaiveDate,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Who entered it.
    pub entered_by: Option<UserId>,
    /// When.
    pub entered_at: DateTime<Utc>,
}

/// A line of the register's list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListRow {
    /// Identity.
    pub id: OrganisationId,
    /// Organisation number, ten digits.
    pub number: String,
    /// Name today.
    pub name: String,
    /// What it sorts by.
    pub sort_key: String,
    /// Classification.
    pub category: Option<String>,
    /// The last day of its longest approval.
    pub approved_to: Option<NaiveDate>,
}

/// Enters details; those of the same day are replaced.
pub async fn put_detail(tx: &mut Tx, row: &DetailRow) -> Result<()> {
    run!(
        tx,
        "insert into association_detail (organisation_id, valid_from, federation, seat_address, year_end, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (organisation_id, valid_from) do update set federation = excluded.federation,
             seat_address = excluded.seat_address, year_end = excluded.year_end, entered_by = excluded.entered_by,
             entered_at = excluded.entered_at",
        row.organisation_id,
        row.valid_from,
        &row.federation,
        &row.seat_address,
        &row.year_end,
        row.entered_by,
        row.entered_at
    )?;
    Ok(())
}

/// The details that hold on a day.
pub async fn detail(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> Result<Option<DetailRow>> {
    optional!(
        tx,
        DetailRow,
        "select * from association_detail where organisation_id = $1 and valid_from <= $2 order by valid_from desc limit 1",
        organisation,
        on
    )
}

/// Enters somebody on the board.
pub async fn insert_officer(tx: &mut Tx, row: &OfficerRow) -> Result<()> {
    run!(
        tx,
        "insert into association_officer (id, organisation_id, role, name, valid_from, valid_to, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.organisation_id,
        row.role,
        &row.name,
        row.valid_from,
        row.valid_to,
        row.entered_by,
        row.entered_at
    )?;
    Ok(())
}

/// Ends a place with a last day; false when it is not the association's or has ended.
pub async fn end_officer(tx: &mut Tx, organisation: OrganisationId, id: Uuid, last: NaiveDate) -> Result<bool> {
    let done = run!(
        tx,
        "update association_officer set valid_to = $3 where id = $1 and organisation_id = $2 and valid_to is null and valid_from <= $3",
        id,
        organisation,
        last
    )?;
    Ok(done == 1)
}

/// Board and auditor, those of today and before.
pub async fn officers(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<OfficerRow>> {
    all!(tx, OfficerRow, "select * from association_officer where organisation_id = $1 order by valid_from, id", organisation)
}

/// Enters how an association signs; what held before ends the day before.
pub async fn put_signing(tx: &mut Tx, row: &SigningRow, day_before: NaiveDate) -> Result<()> {
    run!(
        tx,
        "update association_signing set valid_to = case when valid_from > $2 then valid_from else $2 end
         where organisation_id = $1 and valid_to is null",
        row.organisation_id,
        day_before
    )?;
    run!(
        tx,
        "insert into association_signing (id, organisation_id, rule, paragraph, decided_on, valid_from, valid_to, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.organisation_id,
        row.rule,
        &row.paragraph,
        row.decided_on,
        row.valid_from,
        row.valid_to,
        row.entered_by,
        row.entered_at
    )?;
    Ok(())
}

/// How an association signs today; none where nobody has written it.
pub async fn signing(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<SigningRow>> {
    optional!(
        tx,
        SigningRow,
        "select * from association_signing where organisation_id = $1 and valid_to is null order by entered_at desc, id desc limit 1",
        organisation
    )
}

/// Ends a contact with a last day; false when it is not the association's.
pub async fn end_contact(tx: &mut Tx, organisation: OrganisationId, id: Uuid, last: NaiveDate) -> Result<bool> {
    let done = run!(
        tx,
        "update organisation_contact set valid_to = $3 where id = $1 and organisation_id = $2 and valid_to is null",
        id,
        organisation,
        last
    )?;
    Ok(done == 1)
}

/// The register by name: those whose name or number begins with a word, after a name and identity. One query.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    word: &str,
    after: Option<(&str, OrganisationId)>,
    on: NaiveDate,
    most: i64,
) -> Result<Vec<ListRow>> {
    // Neither key has signs that a pattern gives a meaning.
    let prefix = format!("{}%", order::key(word));
    let inside = format!("% {prefix}");
    let number: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    build!(tx, "select o.id, o.number, n.name, n.sort_key, o.category, (select max(a.valid_to) from approval a where a.organisation_id = o.id) as approved_to from organisation o join organisation_name n on n.organisation_id = o.id where n.valid_from <= ", query => {
        query.push_bind(on).push(" and (n.valid_to is null or n.valid_to >= ").push_bind(on).push(")");
        if let Some((name, id)) = after {
            query.push(" and (n.sort_key, o.id) > (").push_bind(name.to_owned()).push(", ").push_bind(id).push(")");
        }
        if !word.is_empty() {
            query.push(" and (n.sort_key like ").push_bind(prefix.clone()).push(" or n.sort_key like ").push_bind(inside.clone());
            if !number.is_empty() {
                query.push(" or o.number like ").push_bind(format!("{number}%"));
            }
            query.push(")");
        }
        match scope {
            Scope::Association(own) => {
                query.push(" and o.id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                for kept in except.organisations() {
                    query.push(" and o.id <> ").push_bind(kept);
                }
            }
        }
        query.push(" order by n.sort_key, o.id limit ").push_bind(most);
    }, all ListRow)
}
