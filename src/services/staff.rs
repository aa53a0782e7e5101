//! The staff and what they may do, as dated data.

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceResult};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::UserId;
use crate::store::users::{self, Role, RoleRow, UserRow};

/// A role to be given.
#[derive(Clone, Debug)]
pub struct Grant<'a> {
    /// What.
    pub role: Role,
    /// For which committee.
    pub committee: &'a str,
    /// Up to which amount a case.
    pub up_to: Option<Money>,
    /// The point in the delegation order.
    pub reference: Option<&'a str>,
    /// First day.
    pub from: NaiveDate,
}

/// Adds a member of the staff with roles.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn add(tenant: &Tenant, actor: &Actor, name: &str, email: &str, roles: &[Grant<'_>]) -> ServiceResult<UserId> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let id = UserId(tenant.ids.uuid());
    users::insert(&mut tx, &UserRow { id, name: name.to_owned(), email: Some(email.to_owned()), hide_name: false }).await?;
    for grant in roles {
        let row = RoleRow {
            id: tenant.ids.uuid(),
            user_id: id,
            role: grant.role,
            committee: grant.committee.to_owned(),
            grant_type: None,
            max_ore: grant.up_to,
            reference: grant.reference.map(str::to_owned),
            valid_from: grant.from,
            valid_to: None,
        };
        users::insert_role(&mut tx, &row).await?;
    }
    let given: Vec<_> = roles
        .iter()
        .map(|grant| json!({ "role": grant.role.word(), "committee": grant.committee, "up_to_ore": grant.up_to, "from": grant.from }))
        .collect();
    let event = Event { kind: "user.added", body: json!({ "roles": given }), texts: &[("name", name)] };
    history::record(&mut tx, tenant, Stream::User(id), actor, event).await?;
    tx.commit().await?;
    Ok(id)
}
