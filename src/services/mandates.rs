//! Who acts for an association. The association hands it out itself; each mandate is a dated fact.

use serde_json::json;
use uuid::Uuid;

use super::actor::{About, Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::mandate::Mandate;
use crate::store::mandates::{self as rows, MandateRow};
use crate::store::users::{self, UserRow};
use crate::store::{Tx, organisations};

/// Somebody who acts for an association.
#[derive(Clone, Debug)]
pub struct Representative {
    /// The mandate.
    pub mandate: MandateRow,
    /// Who.
    pub person: UserRow,
}

/// Makes a person known, so that a log-in service's identity can be tied to her.
///
/// # Errors
/// [`ServiceError::Invalid`] without a name; when the actor may not.
pub async fn add_person(tenant: &Tenant, actor: &Actor, name: &str, email: Option<&str>) -> ServiceResult<UserId> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let id = insert_person(&mut tx, tenant, actor, name, email).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a person a mandate from today. An earlier one of hers for the same association ends.
///
/// # Errors
/// [`ServiceError::Refused`] when the actor is no signatory; [`ServiceError::NotFound`] for an association or person that is not there.
pub async fn give(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, user: UserId, kind: Mandate) -> ServiceResult<Uuid> {
    authorize(actor, Action::SignFor(About::Association(organisation)))
        .or_else(|refused| authorize(actor, Action::Administer).map_err(|_| refused))?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, organisation).await?;
    let id = put(&mut tx, tenant, actor, organisation, user, kind).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a mandate within a transaction that holds the association's lock.
pub(super) async fn put(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    user: UserId,
    kind: Mandate,
) -> ServiceResult<Uuid> {
    users::by_id(tx, user).await?.ok_or(ServiceError::NotFound)?;
    let today = tenant.clock.today();
    for earlier in rows::of_user(tx, user, today).await?.iter().filter(|row| row.organisation_id == organisation) {
        if earlier.kind == kind {
            return Ok(earlier.id);
        }
        guard_last_signatory(tx, tenant, earlier).await?;
        rows::end(tx, earlier.id, today.max(earlier.valid_from), tenant.clock.now()).await?;
    }
    let row = MandateRow {
        id: tenant.ids.uuid(),
        user_id: user,
        organisation_id: organisation,
        kind,
        given_by: actor.person(),
        valid_from: today,
        valid_to: None,
        ended_at: None,
    };
    rows::insert(tx, &row).await?;
    let body = json!({ "mandate": row.id, "user": user, "kind": kind.word() });
    history::record(tx, tenant, Stream::Organisation(organisation), actor, Event { kind: "organisation.mandate_given", body, texts: &[] })
        .await?;
    Ok(row.id)
}

/// Takes a mandate back: from this moment it allows nothing.
///
/// # Errors
/// [`ServiceError::Refused`] for the last signatory: somebody must be able to act for the association.
pub async fn end(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, id: Uuid) -> ServiceResult<()> {
    authorize(actor, Action::SignFor(About::Association(organisation)))
        .or_else(|refused| authorize(actor, Action::Administer).map_err(|_| refused))?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, organisation).await?;
    let row = rows::by_id(&mut tx, id).await?.filter(|row| row.organisation_id == organisation).ok_or(ServiceError::NotFound)?;
    guard_last_signatory(&mut tx, tenant, &row).await?;
    let today = tenant.clock.today();
    rows::end(&mut tx, id, today.max(row.valid_from), tenant.clock.now()).await?;
    let body = json!({ "mandate": id, "user": row.user_id });
    history::record(
        &mut tx,
        tenant,
        Stream::Organisation(organisation),
        actor,
        Event { kind: "organisation.mandate_ended", body, texts: &[] },
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Who acts for an association today.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's to know.
pub async fn of(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<Representative>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for mandate in rows::of_organisation(&mut tx, organisation, tenant.clock.today()).await? {
        let person = users::by_id(&mut tx, mandate.user_id).await?.ok_or(ServiceError::NotFound)?;
        found.push(Representative { mandate, person });
    }
    Ok(found)
}

pub(super) async fn insert_person(tx: &mut Tx, tenant: &Tenant, actor: &Actor, name: &str, email: Option<&str>) -> ServiceResult<UserId> {
    if name.trim().is_empty() {
        return Err(ServiceError::invalid("name", "missing", Localized::both("Skriv personens namn.", "Write the person's name.")));
    }
    let id = UserId(tenant.ids.uuid());
    users::insert(tx, &UserRow { id, name: name.trim().to_owned(), email: email.map(str::to_owned), hide_name: false }).await?;
    let event = Event { kind: "user.added", body: json!({ "roles": [] }), texts: &[("name", name.trim())] };
    history::record(tx, tenant, Stream::User(id), actor, event).await?;
    Ok(id)
}

async fn guard_last_signatory(tx: &mut Tx, tenant: &Tenant, row: &MandateRow) -> ServiceResult<()> {
    if row.kind != Mandate::Signatory {
        return Ok(());
    }
    let today = tenant.clock.today();
    let all = rows::of_organisation(tx, row.organisation_id, today).await?;
    if all.iter().any(|other| other.id != row.id && other.kind == Mandate::Signatory) {
        return Ok(());
    }
    Err(ServiceError::refused(
        "Någon måste kunna skriva under för föreningen. Ge någon annan rätt att skriva under först.",
        "Somebody must be able to sign for the association. Let somebody else sign first.",
    ))
}
