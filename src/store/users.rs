//! People who act, and their dated roles.

use chrono::NaiveDate;
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::UserId;
pub use crate::domain::role::Role;
use crate::text::order;

stored_words! {
    Role {
        Officer = "officer", Delegate = "delegate", Reviewer = "reviewer", Attester = "attester",
        Administrator = "administrator", Auditor = "auditor", ProtectedIdentities = "protected_identities",
    }
}

/// A person who acts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UserRow {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Leave the name out of outgoing decisions (förvaltningslagen 33 § 4 st.).
    pub hide_name: bool,
}

/// A role with its bounds and dates.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RoleRow {
    /// Identity.
    pub id: Uuid,
    /// Who.
    pub user_id: UserId,
    /// What.
    pub role: Role,
    /// For which committee.
    pub committee: String,
    /// For which grant type alone.
    pub grant_type: Option<String>,
    /// Up to which amount a case.
    pub max_ore: Option<Money>,
    /// The point in the delegation order.
    pub reference: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

/// Adds a person.
pub async fn insert(tx: &mut Tx, user: &UserRow) -> Result<()> {
    run!(
        tx,
        "insert into app_user (id, name, email, hide_name) values ($1, $2, $3, $4)",
        user.id,
        &user.name,
        user.email.as_deref(),
        user.hide_name
    )?;
    Ok(())
}

/// Adds a role.
pub async fn insert_role(tx: &mut Tx, role: &RoleRow) -> Result<()> {
    run!(
        tx,
        "insert into user_role (id, user_id, role, committee, grant_type, max_ore, reference, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        role.id,
        role.user_id,
        role.role,
        &role.committee,
        role.grant_type.as_deref(),
        role.max_ore,
        role.reference.as_deref(),
        role.valid_from,
        role.valid_to
    )?;
    Ok(())
}

/// A person.
pub async fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<UserRow>> {
    optional!(tx, UserRow, "select * from app_user where id = $1", id)
}

/// A person by name, for the command line.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<UserRow>> {
    optional!(tx, UserRow, "select * from app_user where name = $1", name)
}

/// A person by e-mail, whatever its case.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<UserRow>> {
    optional!(tx, UserRow, "select * from app_user where lower(email) = lower($1) order by id limit 1", email)
}

/// All persons, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<UserRow>> {
    Ok(in_order(all!(tx, UserRow, "select * from app_user order by id")?))
}

/// Those who have a role on a day, by name.
pub async fn with_role(tx: &mut Tx, role: Role, on: NaiveDate) -> Result<Vec<UserRow>> {
    let found = all!(
        tx,
        UserRow,
        "select * from app_user where id in (select user_id from user_role where role = $1 and valid_from <= $2
         and (valid_to is null or valid_to >= $2)) order by id",
        role,
        on
    )?;
    Ok(in_order(found))
}

fn in_order(mut people: Vec<UserRow>) -> Vec<UserRow> {
    people.sort_by_cached_key(|row| order::key(&row.name));
    people
}

/// A person's roles that hold on a day.
pub async fn roles(tx: &mut Tx, user: UserId, on: NaiveDate) -> Result<Vec<RoleRow>> {
    all!(tx, RoleRow, "select * from user_role where user_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)", user, on)
}
