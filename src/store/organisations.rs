//! Organisations and their dated facts.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, StoreError, Tx};
use crate::domain::Money;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{DecisionId, OrganisationId, UserId};
use crate::domain::inputs::MemberCount;
use crate::text::order;

/// An organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganisationRow {
    /// Identity.
    pub id: OrganisationId,
    /// Small number for bulky tables.
    pub no: i64,
    /// Organisation number, ten digits.
    pub number: String,
    /// What it is.
    pub kind: ApplicantKind,
    /// Free classification.
    pub category: Option<String>,
    /// When it was founded.
    pub founded: Option<NaiveDate>,
    /// The municipality of its seat.
    pub seat: Option<String>,
    /// Postal town, for payments.
    pub town: String,
    /// When it was registered here.
    pub created_at: DateTime<Utc>,
}

/// A bank account with its hold.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// The account in machine form, `bankgiro:5012-3454`.
    pub account: String,
    /// When it was entered.
    pub changed_at: DateTime<Utc>,
    /// The last day of the hold that follows a change.
    pub hold_until: Option<NaiveDate>,
    /// When a second person confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When another took its place.
    pub replaced_at: Option<DateTime<Utc>>,
    /// Who entered it, where somebody did who has logged in.
    pub entered_by: Option<UserId>,
    /// Who confirmed it: never who entered it.
    pub confirmed_by: Option<UserId>,
}

/// An approval with its dates.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ApprovalRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// The approval's grant type.
    pub grant_type: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// The decision it rests on, when made here.
    pub decision_id: Option<DecisionId>,
}

/// A grant decided earlier, here or in an older system.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EarlierRow {
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Amount.
    pub amount_ore: Money,
}

/// A contact that messages go to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ContactRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role in the organisation.
    pub role: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

/// Adds an organisation.
pub async fn insert(tx: &mut Tx, row: &OrganisationRow) -> Result<()> {
    run!(
        tx,
        "insert into organisation (id, no, number, kind, category, founded, seat, town, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.no,
        &row.number,
        row.kind,
        row.category.as_deref(),
        row.founded,
        row.seat.as_deref(),
        &row.town,
        row.created_at
    )?;
    Ok(())
}

/// An organisation.
pub async fn by_id(tx: &mut Tx, id: OrganisationId) -> Result<Option<OrganisationRow>> {
    optional!(tx, OrganisationRow, "select * from organisation where id = $1", id)
}

/// Takes an organisation's lock for the rest of the transaction: what is handed in or set off for her comes one after
/// the other.
pub async fn lock(tx: &mut Tx, id: OrganisationId) -> Result<()> {
    run!(tx, "update organisation set town = town where id = $1", id)?;
    Ok(())
}

/// An organisation by its number of ten digits.
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<OrganisationRow>> {
    optional!(tx, OrganisationRow, "select * from organisation where number = $1", number)
}

/// The organisation that a sender knows under an id, on a day.
pub async fn by_external_id(tx: &mut Tx, sender: &str, external: &str, on: NaiveDate) -> Result<Option<OrganisationId>> {
    optional_scalar!(
        tx,
        OrganisationId,
        "select organisation_id from organisation_external_id
         where sender = $1 and external_id = $2 and valid_from <= $3 and (valid_to is null or valid_to >= $3)",
        sender,
        external,
        on
    )
}

/// All organisations, by number.
pub async fn all(tx: &mut Tx) -> Result<Vec<OrganisationRow>> {
    all!(tx, OrganisationRow, "select * from organisation order by number")
}

/// Those with these numbers of ours, by organisation number.
pub async fn by_no(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<OrganisationRow>> {
    let mut found = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(30_000) {
        found.extend(build!(tx, "select * from organisation where no in (", query => {
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all OrganisationRow)?);
    }
    found.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(found)
}

/// Gives an organisation a name from a day; the name before ends the day before.
pub async fn rename(tx: &mut Tx, id: OrganisationId, name: &str, from: NaiveDate) -> Result<()> {
    let before = from.pred_opt().unwrap_or(from);
    run!(tx, "update organisation_name set valid_to = $2 where organisation_id = $1 and valid_to is null", id, before)?;
    run!(
        tx,
        "insert into organisation_name (organisation_id, name, sort_key, valid_from) values ($1, $2, $3, $4)",
        id,
        name,
        order::key(name),
        from
    )?;
    // The cases there are answer to the new name too.
    super::queue::add_words_of(tx, id, &crate::text::folding::words(name)).await
}

/// The name on a day, the newest when none is recorded for it.
pub async fn name(tx: &mut Tx, id: OrganisationId, on: NaiveDate) -> Result<String> {
    scalar!(
        tx,
        String,
        "select name from organisation_name where organisation_id = $1
         order by case when valid_from <= $2 then 0 else 1 end, valid_from desc limit 1",
        id,
        on
    )
}

/// Links an id that a sending system uses.
pub async fn link_external_id(tx: &mut Tx, id: OrganisationId, sender: &str, external: &str, from: NaiveDate) -> Result<()> {
    run!(
        tx,
        "insert into organisation_external_id (organisation_id, sender, external_id, valid_from) values ($1, $2, $3, $4)",
        id,
        sender,
        external,
        from
    )?;
    Ok(())
}

/// The ids that senders know an organisation under, on a day.
pub async fn external_ids(tx: &mut Tx, id: OrganisationId, on: NaiveDate) -> Result<Vec<String>> {
    let rows = all!(
        tx,
        (String,),
        "select external_id from organisation_external_id
         where organisation_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)",
        id,
        on
    )?;
    Ok(rows.into_iter().map(|(external,)| external).collect())
}

/// Records members as reported for a day.
pub async fn set_members(tx: &mut Tx, id: OrganisationId, as_of: NaiveDate, members: &[MemberCount]) -> Result<()> {
    let body = serde_json::to_string(members).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    run!(
        tx,
        "insert into organisation_members (organisation_id, as_of, body) values ($1, $2, $3)
         on conflict (organisation_id, as_of) do update set body = excluded.body",
        id,
        as_of,
        body
    )?;
    Ok(())
}

/// The members as last reported on or before a day.
pub async fn members(tx: &mut Tx, id: OrganisationId, on: NaiveDate) -> Result<Option<Vec<MemberCount>>> {
    let body = optional_scalar!(
        tx,
        String,
        "select body from organisation_members where organisation_id = $1 and as_of <= $2 order by as_of desc limit 1",
        id,
        on
    )?;
    body.map(|body| serde_json::from_str(&body).map_err(|error| StoreError::Corrupt(error.to_string()))).transpose()
}

/// Enters a new account; the one before is kept as replaced.
pub async fn set_account(tx: &mut Tx, row: &AccountRow) -> Result<()> {
    run!(
        tx,
        "update bank_account set replaced_at = $2 where organisation_id = $1 and replaced_at is null",
        row.organisation_id,
        row.changed_at
    )?;
    run!(
        tx,
        "insert into bank_account (id, organisation_id, account, changed_at, hold_until, confirmed_at, entered_by, confirmed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.organisation_id,
        &row.account,
        row.changed_at,
        row.hold_until,
        row.confirmed_at,
        row.entered_by,
        row.confirmed_by
    )?;
    Ok(())
}

/// The account in force.
pub async fn account(tx: &mut Tx, id: OrganisationId) -> Result<Option<AccountRow>> {
    optional!(tx, AccountRow, "select * from bank_account where organisation_id = $1 and replaced_at is null", id)
}

/// Every account there was, newest first.
pub async fn accounts(tx: &mut Tx, id: OrganisationId) -> Result<Vec<AccountRow>> {
    all!(tx, AccountRow, "select * from bank_account where organisation_id = $1 order by changed_at desc", id)
}

/// Notes that a second person confirmed the account, and until when payments to it are held all the same.
pub async fn confirm_account(tx: &mut Tx, row: &AccountRow) -> Result<()> {
    run!(
        tx,
        "update bank_account set confirmed_at = $2, confirmed_by = $3, hold_until = $4 where id = $1",
        row.id,
        row.confirmed_at,
        row.confirmed_by,
        row.hold_until
    )?;
    Ok(())
}

/// Adds an approval.
pub async fn insert_approval(tx: &mut Tx, row: &ApprovalRow) -> Result<()> {
    run!(
        tx,
        "insert into approval (id, organisation_id, grant_type, valid_from, valid_to, decision_id) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.organisation_id,
        &row.grant_type,
        row.valid_from,
        row.valid_to,
        row.decision_id
    )?;
    Ok(())
}

/// An approval.
pub async fn approval_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<ApprovalRow>> {
    optional!(tx, ApprovalRow, "select * from approval where id = $1", id)
}

/// An organisation's approvals, newest first.
pub async fn approvals(tx: &mut Tx, id: OrganisationId) -> Result<Vec<ApprovalRow>> {
    all!(tx, ApprovalRow, "select * from approval where organisation_id = $1 order by valid_to desc", id)
}

/// Records what was granted for a period.
pub async fn record_grant(tx: &mut Tx, id: OrganisationId, grant: &EarlierRow, source: &str) -> Result<()> {
    run!(
        tx,
        "insert into earlier_grant (organisation_id, grant_type, period, amount_ore, source) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, grant_type, period) do update set amount_ore = excluded.amount_ore, source = excluded.source",
        id,
        &grant.grant_type,
        &grant.period,
        grant.amount_ore,
        source
    )?;
    Ok(())
}

/// What was granted earlier.
pub async fn earlier(tx: &mut Tx, id: OrganisationId) -> Result<Vec<EarlierRow>> {
    all!(
        tx,
        EarlierRow,
        "select grant_type, period, amount_ore from earlier_grant where organisation_id = $1 order by grant_type, period",
        id
    )
}

/// Records a fact from elsewhere, as canonical JSON.
pub async fn set_fact(tx: &mut Tx, id: OrganisationId, fact: &str, value: &str, source: &str, from: NaiveDate) -> Result<()> {
    run!(
        tx,
        "insert into organisation_fact (organisation_id, fact, value, source, valid_from) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, fact, valid_from) do update set value = excluded.value, source = excluded.source",
        id,
        fact,
        value,
        source,
        from
    )?;
    Ok(())
}

/// The facts that hold on a day: name and canonical JSON.
pub async fn facts(tx: &mut Tx, id: OrganisationId, on: NaiveDate) -> Result<Vec<(String, String)>> {
    all!(
        tx,
        (String, String),
        "select fact, value from organisation_fact f where organisation_id = $1 and valid_from = (
             select max(valid_from) from organisation_fact g where g.organisation_id = f.organisation_id and g.fact = f.fact and g.valid_from <= $2)
         order by fact",
        id,
        on
    )
}

/// Adds a contact.
pub async fn insert_contact(tx: &mut Tx, row: &ContactRow) -> Result<()> {
    run!(
        tx,
        "insert into organisation_contact (id, organisation_id, name, email, role, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.organisation_id,
        &row.name,
        &row.email,
        &row.role,
        row.valid_from,
        row.valid_to
    )?;
    Ok(())
}

/// The contacts that hold on a day.
pub async fn contacts(tx: &mut Tx, id: OrganisationId, on: NaiveDate) -> Result<Vec<ContactRow>> {
    let mut found = all!(
        tx,
        ContactRow,
        "select * from organisation_contact where organisation_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)
         order by id",
        id,
        on
    )?;
    found.sort_by_cached_key(|row| (order::key(&row.role), order::key(&row.name)));
    Ok(found)
}
