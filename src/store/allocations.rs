//! Pots that were shared over a round.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::id::{CaseId, PackageVersionId};

/// A pot as it was shared. What went in and came out is never edited.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AllocationRow {
    /// Identity.
    pub id: Uuid,
    /// The grant type.
    pub grant_type: String,
    /// The round's period.
    pub period: String,
    /// Place among the round's sharings, from 1.
    pub seq: i64,
    /// The rules' version.
    pub package_version_id: PackageVersionId,
    /// What parameters were read by, canonical JSON.
    pub inputs: Vec<u8>,
    /// What each case brought, canonical JSON.
    pub entries: Vec<u8>,
    /// The round's rows and every part, canonical JSON.
    pub result: Vec<u8>,
    /// Its hash.
    pub result_hash: String,
    /// What nobody got.
    pub left_ore: Money,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// When it was locked, where it was.
    pub locked_at: Option<DateTime<Utc>>,
}

/// What a case got.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    /// The sharing.
    pub allocation_id: Uuid,
    /// The case.
    pub case_id: CaseId,
    /// What its own rows sum to.
    pub own_ore: Money,
    /// What it gets beside that.
    pub part_ore: Money,
}

/// Adds a sharing with its parts; `seq` is the next of the round.
pub async fn insert(tx: &mut Tx, row: &AllocationRow, parts: &[PartRow]) -> Result<()> {
    run!(
        tx,
        "insert into allocation (id, grant_type, period, seq, package_version_id, inputs, entries, result, result_hash, left_ore, at, actor)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        row.id,
        &row.grant_type,
        &row.period,
        row.seq,
        row.package_version_id,
        &row.inputs,
        &row.entries,
        &row.result,
        &row.result_hash,
        row.left_ore,
        row.at,
        &row.actor
    )?;
    for chunk in parts.chunks(5_000) {
        build!(tx, "insert into allocation_part (allocation_id, case_id, own_ore, part_ore) ", query => {
            query.push_values(chunk, |mut values, part| {
                values.push_bind(part.allocation_id).push_bind(part.case_id).push_bind(part.own_ore).push_bind(part.part_ore);
            });
        }, execute)?;
    }
    Ok(())
}

/// The next place among a round's sharings.
pub async fn next_seq(tx: &mut Tx, grant_type: &str, period: &str) -> Result<i64> {
    scalar!(tx, i64, "select coalesce(max(seq), 0) + 1 from allocation where grant_type = $1 and period = $2", grant_type, period)
}

/// A round's sharings, oldest first.
pub async fn of_round(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<AllocationRow>> {
    all!(tx, AllocationRow, "select * from allocation where grant_type = $1 and period = $2 order by seq", grant_type, period)
}

/// A sharing.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<AllocationRow>> {
    optional!(tx, AllocationRow, "select * from allocation where id = $1", id)
}

/// The sharing of a round that is locked.
pub async fn locked(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Option<AllocationRow>> {
    optional!(
        tx,
        AllocationRow,
        "select * from allocation where grant_type = $1 and period = $2 and locked_at is not null",
        grant_type,
        period
    )
}

/// Locks a sharing; false when it was locked already. That another of the round is locked is a conflict.
pub async fn lock(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update allocation set locked_at = $2 where id = $1 and locked_at is null", id, at)? == 1)
}

/// What the cases of a sharing got.
pub async fn parts(tx: &mut Tx, id: Uuid) -> Result<Vec<PartRow>> {
    all!(tx, PartRow, "select * from allocation_part where allocation_id = $1 order by case_id", id)
}

/// What a case got in its round's locked sharing; nothing while none is locked.
pub async fn part_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<Money>> {
    optional_scalar!(
        tx,
        Money,
        "select p.part_ore from allocation_part p join allocation a on a.id = p.allocation_id where p.case_id = $1 and a.locked_at is not null",
        case
    )
}

/// The cases of a round in the order they were received, those that were withdrawn left out.
pub async fn cases_of_round(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<CaseId>> {
    let rows = all!(
        tx,
        (CaseId,),
        "select id from cases where grant_type = $1 and period = $2 and (outcome is null or outcome <> 'avskrivning')
         order by received_at, number",
        grant_type,
        period
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
