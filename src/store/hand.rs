//! Attendance cards kept by hand: groups, and who is on them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::OrganisationId;

/// What somebody is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupRole {
    /// Takes part.
    Participant,
    /// Leads.
    Leader,
}

stored_words! { GroupRole { Participant = "participant", Leader = "leader" } }

/// A group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GroupRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Its number among the association's cards.
    pub card: i64,
    /// Name.
    pub name: String,
    /// What it does.
    pub activity: String,
    /// Where.
    pub place: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Somebody on a card, sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HandPersonRow {
    /// Identity.
    pub id: Uuid,
    /// Whose register.
    pub organisation_id: OrganisationId,
    /// Keyed hash of the personal number.
    pub hmac: Vec<u8>,
    /// The key that opens the rest.
    pub data_key_id: Uuid,
    /// Number and name, sealed.
    pub ciphertext: Vec<u8>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// Somebody in a group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MemberRow {
    /// The group.
    pub group_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// As what.
    pub role: GroupRole,
    /// Since when.
    pub added_at: DateTime<Utc>,
    /// When she left.
    pub removed_at: Option<DateTime<Utc>>,
}

/// Adds a group.
pub async fn insert_group(tx: &mut Tx, row: &GroupRow) -> Result<()> {
    run!(
        tx,
        "insert into hand_group (id, organisation_id, card, name, activity, place, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.organisation_id,
        row.card,
        &row.name,
        &row.activity,
        &row.place,
        row.created_at
    )?;
    Ok(())
}

/// An organisation's groups, in the order they were made.
pub async fn groups(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<GroupRow>> {
    all!(tx, GroupRow, "select * from hand_group where organisation_id = $1 order by card", organisation)
}

/// A group.
pub async fn group(tx: &mut Tx, id: Uuid) -> Result<Option<GroupRow>> {
    optional!(tx, GroupRow, "select * from hand_group where id = $1", id)
}

/// Adds somebody to an organisation's register.
pub async fn insert_person(tx: &mut Tx, row: &HandPersonRow) -> Result<()> {
    run!(
        tx,
        "insert into hand_person (id, organisation_id, hmac, data_key_id, ciphertext, created_at) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.organisation_id,
        &row.hmac,
        row.data_key_id,
        &row.ciphertext,
        row.created_at
    )?;
    Ok(())
}

/// Writes somebody's name or details anew.
pub async fn rewrite_person(tx: &mut Tx, row: &HandPersonRow) -> Result<()> {
    run!(tx, "update hand_person set ciphertext = $2, data_key_id = $3 where id = $1", row.id, &row.ciphertext, row.data_key_id)?;
    Ok(())
}

/// Somebody of an organisation by her keyed hash.
pub async fn person_by_hmac(tx: &mut Tx, organisation: OrganisationId, hmac: &[u8]) -> Result<Option<HandPersonRow>> {
    optional!(tx, HandPersonRow, "select * from hand_person where organisation_id = $1 and hmac = $2", organisation, hmac)
}

/// Everybody who is or has been in a group.
pub async fn persons(tx: &mut Tx, group: Uuid) -> Result<Vec<HandPersonRow>> {
    all!(
        tx,
        HandPersonRow,
        "select p.* from hand_member m join hand_person p on p.id = m.person_id where m.group_id = $1 order by p.id",
        group
    )
}

/// The places in a group, of those who have left too.
pub async fn members(tx: &mut Tx, group: Uuid) -> Result<Vec<MemberRow>> {
    all!(tx, MemberRow, "select * from hand_member where group_id = $1 order by person_id", group)
}

/// The places in every group of an organisation that are filled now.
pub async fn members_of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<MemberRow>> {
    all!(
        tx,
        MemberRow,
        "select m.* from hand_group g join hand_member m on m.group_id = g.id where g.organisation_id = $1 and m.removed_at is null",
        organisation
    )
}

/// Puts somebody in a group, or changes what she is there.
pub async fn put_member(tx: &mut Tx, row: &MemberRow) -> Result<()> {
    run!(
        tx,
        "insert into hand_member (group_id, person_id, role, added_at, removed_at) values ($1, $2, $3, $4, null)
         on conflict (group_id, person_id) do update set role = excluded.role, removed_at = null",
        row.group_id,
        row.person_id,
        row.role,
        row.added_at
    )?;
    Ok(())
}

/// Takes somebody out of a group. Tells whether she was there.
pub async fn remove_member(tx: &mut Tx, group: Uuid, person: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let changed = run!(
        tx,
        "update hand_member set removed_at = $3 where group_id = $1 and person_id = $2 and removed_at is null",
        group,
        person,
        at
    )?;
    Ok(changed == 1)
}
