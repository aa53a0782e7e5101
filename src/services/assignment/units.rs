//! Who belongs to a unit: a named group of officers that cases are given to by load.

use std::collections::BTreeSet;

use serde_json::json;

use crate::app::Tenant;
use crate::domain::id::UserId;
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::assignment as rows;
use crate::store::users::{self, Role};

/// Says who belongs to a unit from now on. Cases that its officers have stay theirs.
///
/// # Errors
/// [`ServiceError::Refused`] for who is no administrator; [`ServiceError::NotFound`] for a unit that the municipality does not
/// have, or for somebody who is no officer.
pub async fn set(tenant: &Tenant, actor: &Actor, unit: &str, members: &[UserId]) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    tenant.profile.unit(unit).ok_or(ServiceError::NotFound)?;
    let mut tx = tenant.db.write().await?;
    let officers: BTreeSet<UserId> =
        users::with_role(&mut tx, Role::Officer, tenant.clock.today()).await?.into_iter().map(|user| user.id).collect();
    let wanted: BTreeSet<UserId> = members.iter().copied().collect();
    if !wanted.is_subset(&officers) {
        return Err(ServiceError::NotFound);
    }
    let before: BTreeSet<UserId> = rows::members_of(&mut tx, unit).await?.into_iter().collect();
    let joined: Vec<UserId> = wanted.difference(&before).copied().collect();
    let left: Vec<UserId> = before.difference(&wanted).copied().collect();
    if joined.is_empty() && left.is_empty() {
        return Ok(());
    }
    for user in &joined {
        rows::join(&mut tx, unit, *user, tenant.clock.now()).await?;
    }
    for user in &left {
        rows::leave(&mut tx, unit, *user).await?;
    }
    let body = json!({ "unit": unit, "joined": joined, "left": left });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "unit.members", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}
