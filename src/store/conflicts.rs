//! Conflict of interest: ties, what is declared in cases, overrides, and the yearly going through.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::conflict::{CaseRef, Declared, Ground, Lifted, OverrideWhy, Tie, TieKind};
use crate::domain::id::{CaseId, OrganisationId, UserId};

stored_words! {
    Ground {
        Concerned = "concerned", Close = "close", Represents = "represents", EarlierInstance = "earlier_instance", Other = "other",
    }
    TieKind { Board = "board", Member = "member", Employed = "employed", Relative = "relative", Other = "other" }
    OverrideWhy { NoImportance = "no_importance", NobodyElse = "nobody_else" }
}

/// A tie between a member of the staff or an elected person and an association.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TieRow {
    /// Identity.
    pub id: Uuid,
    /// Who.
    pub user_id: UserId,
    /// Tied to whom.
    pub organisation_id: OrganisationId,
    /// What the tie is.
    pub kind: TieKind,
    /// The same in words.
    pub reason: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// When it was entered; none for those from before that was kept.
    pub entered_at: Option<DateTime<Utc>>,
}

impl TieRow {
    /// What of it keeps her away.
    #[must_use]
    pub const fn tie(&self) -> Tie {
        Tie { organisation: self.organisation_id, from: self.valid_from, to: self.valid_to, entered: self.entered_at }
    }
}

/// What somebody has declared in a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeclarationRow {
    /// Identity.
    pub id: Uuid,
    /// In which case.
    pub case_id: CaseId,
    /// Who applies in it.
    pub organisation_id: OrganisationId,
    /// Who.
    pub user_id: UserId,
    /// On which ground.
    pub ground: Ground,
    /// When.
    pub declared_at: DateTime<Utc>,
}

impl DeclarationRow {
    /// What of it keeps her away.
    #[must_use]
    pub const fn declared(&self) -> Declared {
        Declared { about: CaseRef { case: self.case_id, applicant: self.organisation_id }, at: self.declared_at }
    }
}

/// An override.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OverrideRow {
    /// Identity.
    pub id: Uuid,
    /// In which case.
    pub case_id: CaseId,
    /// Who applies in it.
    pub organisation_id: OrganisationId,
    /// Who may take part.
    pub user_id: UserId,
    /// Why.
    pub why: OverrideWhy,
    /// Who gave it: never herself.
    pub given_by: UserId,
    /// When.
    pub given_at: DateTime<Utc>,
    /// When it was ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// By whom.
    pub ended_by: Option<UserId>,
}

impl OverrideRow {
    /// What of it lets her back, while it stands.
    #[must_use]
    pub fn lifted(&self) -> Option<Lifted> {
        let about = CaseRef { case: self.case_id, applicant: self.organisation_id };
        self.ended_at.is_none().then_some(Lifted { about, at: self.given_at })
    }
}

/// A name in an association's register: on its board, its auditor, a contact or somebody who signs for it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedRow {
    /// Which association.
    pub organisation_id: OrganisationId,
    /// The name.
    pub name: String,
    /// As what, as the register says it.
    pub role: String,
}

/// Enters a tie.
pub async fn insert_tie(tx: &mut Tx, row: &TieRow) -> Result<()> {
    run!(
        tx,
        "insert into conflict_of_interest (id, user_id, organisation_id, kind, reason, valid_from, valid_to, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.user_id,
        row.organisation_id,
        row.kind,
        &row.reason,
        row.valid_from,
        row.valid_to,
        row.entered_at
    )?;
    Ok(())
}

/// Gives a tie its last day; false when it has one already or is none of hers.
pub async fn end_tie(tx: &mut Tx, user: UserId, id: Uuid, last: NaiveDate) -> Result<bool> {
    let done = run!(
        tx,
        "update conflict_of_interest set valid_to = case when valid_from > $3 then valid_from else $3 end
         where id = $1 and user_id = $2 and (valid_to is null or valid_to > $3)",
        id,
        user,
        last
    )?;
    Ok(done == 1)
}

/// Every tie of a person, ended ones too, the newest first.
pub async fn ties_of(tx: &mut Tx, user: UserId) -> Result<Vec<TieRow>> {
    all!(tx, TieRow, "select * from conflict_of_interest where user_id = $1 order by valid_from desc, id desc", user)
}

/// Every tie of everybody.
pub async fn ties(tx: &mut Tx) -> Result<Vec<TieRow>> {
    all!(tx, TieRow, "select * from conflict_of_interest order by valid_from desc, id desc")
}

/// The ties to an association.
pub async fn ties_to(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<TieRow>> {
    all!(tx, TieRow, "select * from conflict_of_interest where organisation_id = $1 order by valid_from, id", organisation)
}

/// Enters a declaration.
pub async fn insert_declaration(tx: &mut Tx, row: &DeclarationRow) -> Result<()> {
    run!(
        tx,
        "insert into conflict_declaration (id, case_id, user_id, ground, declared_at) values ($1, $2, $3, $4, $5)",
        row.id,
        row.case_id,
        row.user_id,
        row.ground,
        row.declared_at
    )?;
    Ok(())
}

/// What a person has declared.
pub async fn declarations_of(tx: &mut Tx, user: UserId) -> Result<Vec<DeclarationRow>> {
    all!(
        tx,
        DeclarationRow,
        "select d.*, c.organisation_id from conflict_declaration d join cases c on c.id = d.case_id where d.user_id = $1
         order by d.declared_at, d.id",
        user
    )
}

/// What is declared in a case, by time.
pub async fn declarations_in(tx: &mut Tx, case: CaseId) -> Result<Vec<DeclarationRow>> {
    all!(
        tx,
        DeclarationRow,
        "select d.*, c.organisation_id from conflict_declaration d join cases c on c.id = d.case_id where d.case_id = $1
         order by d.declared_at, d.id",
        case
    )
}

/// Every declaration, the newest first.
pub async fn declarations(tx: &mut Tx) -> Result<Vec<DeclarationRow>> {
    all!(
        tx,
        DeclarationRow,
        "select d.*, c.organisation_id from conflict_declaration d join cases c on c.id = d.case_id order by d.declared_at desc, d.id"
    )
}

/// Gives an override; one stands at most in a case for a person.
pub async fn insert_override(tx: &mut Tx, row: &OverrideRow) -> Result<()> {
    run!(
        tx,
        "insert into conflict_override (id, case_id, user_id, why, given_by, given_at) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.case_id,
        row.user_id,
        row.why,
        row.given_by,
        row.given_at
    )?;
    Ok(())
}

/// Ends a person's override in a case; false when none stands.
pub async fn end_override(tx: &mut Tx, case: CaseId, user: UserId, by: UserId, at: DateTime<Utc>) -> Result<bool> {
    let done = run!(
        tx,
        "update conflict_override set ended_at = $4, ended_by = $3 where case_id = $1 and user_id = $2 and ended_at is null",
        case,
        user,
        by,
        at
    )?;
    Ok(done == 1)
}

/// A person's overrides, ended ones too.
pub async fn overrides_of(tx: &mut Tx, user: UserId) -> Result<Vec<OverrideRow>> {
    all!(
        tx,
        OverrideRow,
        "select o.*, c.organisation_id from conflict_override o join cases c on c.id = o.case_id where o.user_id = $1
         order by o.given_at, o.id",
        user
    )
}

/// The overrides in a case, ended ones too.
pub async fn overrides_in(tx: &mut Tx, case: CaseId) -> Result<Vec<OverrideRow>> {
    all!(
        tx,
        OverrideRow,
        "select o.*, c.organisation_id from conflict_override o join cases c on c.id = o.case_id where o.case_id = $1
         order by o.given_at, o.id",
        case
    )
}

/// Every override, the newest first.
pub async fn overrides(tx: &mut Tx) -> Result<Vec<OverrideRow>> {
    all!(
        tx,
        OverrideRow,
        "select o.*, c.organisation_id from conflict_override o join cases c on c.id = o.case_id order by o.given_at desc, o.id"
    )
}

/// Notes that somebody has gone through her ties for a year; the last time counts.
pub async fn put_review(tx: &mut Tx, user: UserId, year: i64, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "insert into tie_review (user_id, year, reviewed_at) values ($1, $2, $3)
         on conflict (user_id, year) do update set reviewed_at = excluded.reviewed_at",
        user,
        year,
        at
    )?;
    Ok(())
}

/// Who has gone through her ties for a year, and when.
pub async fn reviews(tx: &mut Tx, year: i64) -> Result<Vec<(UserId, DateTime<Utc>)>> {
    all!(tx, (UserId, DateTime<Utc>), "select user_id, reviewed_at from tie_review where year = $1 order by user_id", year)
}

/// Notes that a name in an association's register is not hers.
pub async fn put_hint_answer(tx: &mut Tx, user: UserId, organisation: OrganisationId, key: &str, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "insert into tie_hint_answer (user_id, organisation_id, name_key, answered_at) values ($1, $2, $3, $4)
         on conflict (user_id, organisation_id, name_key) do update set answered_at = excluded.answered_at",
        user,
        organisation,
        key,
        at
    )?;
    Ok(())
}

/// The names that a person has said are not hers, folded.
pub async fn hint_answers(tx: &mut Tx, user: UserId) -> Result<Vec<(OrganisationId, String)>> {
    all!(tx, (OrganisationId, String), "select organisation_id, name_key from tie_hint_answer where user_id = $1", user)
}

/// Every name in the associations' registers on a day: boards, auditors, contacts, and who may sign or act for them.
pub async fn named(tx: &mut Tx, on: NaiveDate) -> Result<Vec<NamedRow>> {
    all!(
        tx,
        NamedRow,
        "select organisation_id, name, role from association_officer where valid_from <= $1 and (valid_to is null or valid_to >= $1)
         union select organisation_id, name, role from organisation_contact where valid_from <= $1 and (valid_to is null or valid_to >= $1)
         union select m.organisation_id, u.name, m.kind from mandate m join app_user u on u.id = m.user_id
                where m.ended_at is null and m.valid_from <= $1 and (m.valid_to is null or m.valid_to >= $1)
         order by organisation_id, role, name",
        on
    )
}

/// The same of one association.
pub async fn named_in(tx: &mut Tx, organisation: OrganisationId, on: NaiveDate) -> Result<Vec<NamedRow>> {
    all!(
        tx,
        NamedRow,
        "select organisation_id, name, role from association_officer
                where organisation_id = $2 and valid_from <= $1 and (valid_to is null or valid_to >= $1)
         union select organisation_id, name, role from organisation_contact
                where organisation_id = $2 and valid_from <= $1 and (valid_to is null or valid_to >= $1)
         union select m.organisation_id, u.name, m.kind from mandate m join app_user u on u.id = m.user_id
                where m.organisation_id = $2 and m.ended_at is null and m.valid_from <= $1 and (m.valid_to is null or m.valid_to >= $1)
         order by organisation_id, role, name",
        on,
        organisation
    )
}
