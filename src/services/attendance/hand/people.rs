//! Who is on a card: the personal number is written once, sealed, and found again by its keyed hash.

use serde_json::json;
use uuid::Uuid;

use super::{Disability, REGISTER, Sealed, members, own_group, rows, text};
use crate::app::Tenant;
use crate::attendance::identity::person_hmac;
use crate::domain::Localized;
use crate::domain::id::OrganisationId;
use crate::domain::person_number::PersonNumber;
use crate::services::actor::{About, Action, authorize};
use crate::services::attendance::data_key;
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::hand::{GroupRole, HandPersonRow, MemberRow};
use crate::store::organisations;

/// Somebody who is put on a card.
#[derive(Clone, Copy)]
pub struct NewPerson<'a> {
    /// Personal number as written.
    pub number: &'a str,
    /// Given name.
    pub given: &'a str,
    /// Family name.
    pub family: &'a str,
    /// As what.
    pub role: GroupRole,
    /// Whether she counts with a disability.
    pub disability: Disability,
}

/// Puts somebody on a group's card. Who is in the association's register already keeps her identity and gets the name written now.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per field; [`ServiceError::NotFound`] when the group is not hers.
pub async fn add_person(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    group: Uuid,
    new: NewPerson<'_>,
) -> ServiceResult<Uuid> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let mut tx = tenant.db.write().await?;
    own_group(&mut tx, organisation, group).await?;
    let mut findings = Vec::new();
    let given = text(&mut findings, "fornamn", new.given, 50, ("Skriv förnamnet.", "Write the given name."));
    let family = text(&mut findings, "efternamn", new.family, 50, ("Skriv efternamnet.", "Write the family name."));
    let number = match PersonNumber::parse(new.number) {
        Ok(number) if number.birth() <= tenant.clock.today() => Some(number),
        Ok(_) => {
            let message = Localized::both("Födelsedatumet ligger i framtiden.", "The date of birth lies in the future.");
            findings.push(Finding { place: "personnummer".to_owned(), code: "future".to_owned(), message });
            None
        }
        Err(error) => {
            findings.push(Finding { place: "personnummer".to_owned(), code: error.code().to_owned(), message: error.text() });
            None
        }
    };
    let Some(number) = number.filter(|_| findings.is_empty()) else { return Err(ServiceError::Invalid(findings)) };
    organisations::lock(&mut tx, organisation).await?;
    let hmac = person_hmac(tenant.keys.person.bytes(), number).to_vec();
    let already = members(&mut tx, tenant, group).await?;
    if already.iter().any(|member| member.hmac == hmac && member.present == super::Membership::Now && member.role == new.role) {
        let message = Localized::both("Personen står redan på kortet.", "The person is on the card already.");
        return Err(ServiceError::invalid("personnummer", "there", message));
    }
    let (key_id, key) = data_key(&mut tx, tenant, organisation, REGISTER).await?;
    let known = rows::person_by_hmac(&mut tx, organisation, &hmac).await?;
    let id = known.as_ref().map_or_else(|| tenant.ids.uuid(), |row| row.id);
    let sealed = Sealed { number: number.expose(), given, family, disability: new.disability };
    let row = HandPersonRow {
        id,
        organisation_id: organisation,
        hmac,
        data_key_id: key_id,
        ciphertext: key.seal(id.as_bytes(), &serde_json::to_vec(&sealed)?),
        created_at: tenant.clock.now(),
    };
    if known.is_some() {
        rows::rewrite_person(&mut tx, &row).await?;
    } else {
        rows::insert_person(&mut tx, &row).await?;
    }
    let member = MemberRow { group_id: group, person_id: id, role: new.role, added_at: tenant.clock.now(), removed_at: None };
    rows::put_member(&mut tx, &member).await?;
    let body = json!({ "group": group, "person": id, "role": new.role.word() });
    let event = Event { kind: "attendance.member_added", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes somebody off a group's card; what she was marked for stays.
///
/// # Errors
/// [`ServiceError::NotFound`] when she is not on it or the group is not hers.
pub async fn remove_person(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, group: Uuid, person: Uuid) -> ServiceResult<()> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let mut tx = tenant.db.write().await?;
    own_group(&mut tx, organisation, group).await?;
    if !rows::remove_member(&mut tx, group, person, tenant.clock.now()).await? {
        return Err(ServiceError::NotFound);
    }
    let body = json!({ "group": group, "person": person });
    let event = Event { kind: "attendance.member_removed", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, event).await?;
    tx.commit().await?;
    Ok(())
}
