//! Attendance cards kept by hand (närvarokort): groups, who is on them, and their occasions.
//!
//! What is saved goes the same way in as a system's file, as source `hand`: collisions, close and replay hold for it too.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::open_data_key;
use crate::app::Tenant;
use crate::attendance::finding::PersonName;
use crate::domain::Localized;
use crate::domain::id::OrganisationId;
use crate::domain::person_number::PersonNumber;
use crate::services::actor::{About, Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::hand::{self as rows, HandPersonRow};
pub use crate::store::hand::{GroupRole, GroupRow};
use crate::store::{Tx, organisations};

mod occasions;
mod people;

pub use occasions::{Entry, Kept, Marked, Suggestion, card, kept, remove, save, suggestion};
pub use people::{NewPerson, add_person, remove_person};

/// The half-year's stand-in in the key of an association's own register of people, which lasts over half-years.
const REGISTER: &str = "register";

/// A group with how many are on its card.
#[derive(Clone, Debug)]
pub struct Group {
    /// The group.
    pub row: GroupRow,
    /// Participants.
    pub participants: usize,
    /// Leaders.
    pub leaders: usize,
}

/// Somebody on a card, for the eyes of the association's own people.
#[derive(Clone, Debug)]
pub struct Member {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: PersonName,
    /// Personal number; it shows itself masked.
    pub number: PersonNumber,
    /// As what.
    pub role: GroupRole,
    /// Whether she is marked with a disability.
    pub disability: Disability,
    /// Whether she is in the group now; who has left stands on old occasions alone.
    pub present: Membership,
    hmac: Vec<u8>,
}

/// Whether somebody counts with a disability, which takes away the upper age where the grant says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disability {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// She does.
    Yes,
}

/// Whether somebody is in a group now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// She is.
    Now,
    /// She was.
    Before,
}

/// A group that somebody writes down.
#[derive(Clone, Copy, Debug)]
pub struct NewGroup<'a> {
    /// Name, as the members say it.
    pub name: &'a str,
    /// What it does.
    pub activity: &'a str,
    /// Where.
    pub place: &'a str,
}

/// What is sealed of a person.
#[derive(Serialize, Deserialize)]
struct Sealed {
    number: String,
    given: String,
    family: String,
    #[serde(default)]
    disability: Disability,
}

/// An association's groups.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn groups(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<Group>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let members = rows::members_of_organisation(&mut tx, organisation).await?;
    let count = |group: Uuid, role: GroupRole| members.iter().filter(|member| member.group_id == group && member.role == role).count();
    let groups = rows::groups(&mut tx, organisation).await?;
    Ok(groups
        .into_iter()
        .map(|row| Group { participants: count(row.id, GroupRole::Participant), leaders: count(row.id, GroupRole::Leader), row })
        .collect())
}

/// Begins a card for a group.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per field.
pub async fn add_group(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, new: NewGroup<'_>) -> ServiceResult<Uuid> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let mut findings = Vec::new();
    let name = text(&mut findings, "namn", new.name, 50, ("Skriv vad gruppen heter.", "Write what the group is called."));
    let activity = text(&mut findings, "aktivitet", new.activity, 150, ("Skriv vad gruppen gör.", "Write what the group does."));
    let place = text(&mut findings, "plats", new.place, 150, ("Skriv var gruppen håller till.", "Write where the group meets."));
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, organisation).await?;
    let known = rows::groups(&mut tx, organisation).await?;
    if known.iter().any(|group| group.name.to_lowercase() == name.to_lowercase()) {
        let text = Localized::both("Det finns redan en grupp som heter så. Välj ett annat namn.", "There is a group of that name already.");
        return Err(ServiceError::invalid("namn", "taken", text));
    }
    let row = GroupRow {
        id: tenant.ids.uuid(),
        organisation_id: organisation,
        card: known.iter().map(|group| group.card).max().unwrap_or(0) + 1,
        name,
        activity,
        place,
        created_at: tenant.clock.now(),
    };
    rows::insert_group(&mut tx, &row).await?;
    let event = Event { kind: "attendance.group_begun", body: json!({ "group": row.id, "card": row.card }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, event).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// A group of the actor's association with everybody on its card, by name; leaders first.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not hers.
pub async fn group(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, id: Uuid) -> ServiceResult<(GroupRow, Vec<Member>)> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let group = own_group(&mut tx, organisation, id).await?;
    let members = members(&mut tx, tenant, id).await?;
    Ok((group, members))
}

async fn own_group(tx: &mut Tx, organisation: OrganisationId, id: Uuid) -> ServiceResult<GroupRow> {
    rows::group(tx, id).await?.filter(|group| group.organisation_id == organisation).ok_or(ServiceError::NotFound)
}

/// Everybody on a card, opened, by role and name.
async fn members(tx: &mut Tx, tenant: &Tenant, group: Uuid) -> ServiceResult<Vec<Member>> {
    let places = rows::members(tx, group).await?;
    let mut keys = std::collections::HashMap::new();
    let mut found = Vec::with_capacity(places.len());
    for row in rows::persons(tx, group).await? {
        let Some(place) = places.iter().find(|place| place.person_id == row.id) else { continue };
        if let std::collections::hash_map::Entry::Vacant(place) = keys.entry(row.data_key_id) {
            place.insert(open_data_key(tx, tenant, row.data_key_id).await?);
        }
        let sealed = open(&keys[&row.data_key_id], &row)?;
        let number = PersonNumber::from_twelve_digits(&sealed.number).map_err(anyhow::Error::from)?;
        found.push(Member {
            id: row.id,
            name: PersonName { given: sealed.given, family: sealed.family },
            number,
            role: place.role,
            disability: sealed.disability,
            present: if place.removed_at.is_none() { Membership::Now } else { Membership::Before },
            hmac: row.hmac,
        });
    }
    found.sort_by_cached_key(|member| {
        let name = &member.name;
        (member.role == GroupRole::Participant, name.given.to_lowercase(), name.family.to_lowercase(), member.id)
    });
    Ok(found)
}

fn open(key: &crate::app::keys::Secret, row: &HandPersonRow) -> ServiceResult<Sealed> {
    let plain = key.open(row.id.as_bytes(), &row.ciphertext).map_err(anyhow::Error::from)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// A text that must be there and no longer than so many characters.
fn text(findings: &mut Vec<Finding>, place: &str, written: &str, most: usize, missing: (&str, &str)) -> String {
    let written: String = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let (code, message) = if written.is_empty() {
        ("missing", Localized::both(missing.0, missing.1))
    } else if written.chars().count() > most {
        ("too_long", Localized::both(format!("Skriv högst {most} tecken."), format!("Write at most {most} characters.")))
    } else {
        return written;
    };
    findings.push(Finding { place: place.to_owned(), code: code.to_owned(), message });
    written
}
