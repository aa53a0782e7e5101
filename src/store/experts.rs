//! Experts from outside the municipality who are asked to score one case each (sakkunniga).

use chrono::{DateTime, NaiveDate, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::{CaseId, InvitationId, TaskId, UserId};

/// What she has said of her own conflict of interest (förvaltningslagen 16 §).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Declared {
    /// She has none.
    NoTie,
    /// She has one, or is not sure: she is kept away for good.
    Tie,
}

stored_words! { Declared { NoTie = "no_tie", Tie = "tie" } }

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationRow {
    /// Identity.
    pub id: InvitationId,
    /// The one case she may see of.
    pub case_id: CaseId,
    /// The case's `entered` it belongs to: when the case moves on, it is over.
    pub entered: i64,
    /// Her place among the assessors.
    pub task_id: TaskId,
    /// Who is asked.
    pub user_id: UserId,
    /// Who asked her.
    pub invited_by: UserId,
    /// When.
    pub invited_at: DateTime<Utc>,
    /// The last day to finish.
    pub last_day: NaiveDate,
    /// What she has said of her own conflict of interest; none before she has.
    pub declared: Option<Declared>,
    /// When.
    pub declared_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub revoked_by: Option<UserId>,
    /// When.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When she handed in her sheet.
    pub done_at: Option<DateTime<Utc>>,
}

impl InvitationRow {
    /// Whether nothing has ended it and its last day has not passed.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.done_at.is_none() && self.revoked_at.is_none() && self.declared != Some(Declared::Tie) && today <= self.last_day
    }
}

/// Adds an invitation that nothing has come of yet.
pub async fn insert(tx: &mut Tx, row: &InvitationRow) -> Result<()> {
    run!(
        tx,
        "insert into expert (id, case_id, entered, task_id, user_id, invited_by, invited_at, last_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.case_id,
        row.entered,
        row.task_id,
        row.user_id,
        row.invited_by,
        row.invited_at,
        row.last_day
    )?;
    Ok(())
}

/// An invitation.
pub async fn by_id(tx: &mut Tx, id: InvitationId) -> Result<Option<InvitationRow>> {
    optional!(tx, InvitationRow, "select * from expert where id = $1", id)
}

/// A case's invitations, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<InvitationRow>> {
    all!(tx, InvitationRow, "select * from expert where case_id = $1 order by invited_at, id", case)
}

/// A person's invitations, newest first.
pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<InvitationRow>> {
    all!(tx, InvitationRow, "select * from expert where user_id = $1 order by invited_at desc, id desc", user)
}

/// Whether somebody has been invited to anything.
pub async fn is_invited(tx: &mut Tx, user: UserId) -> Result<bool> {
    Ok(optional_scalar!(tx, i64, "select count(*) from expert where user_id = $1", user)?.unwrap_or(0) > 0)
}

/// Notes what she says of her own conflict of interest; `false` when she has said so before.
pub async fn declare(tx: &mut Tx, id: InvitationId, declared: Declared, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update expert set declared = $2, declared_at = $3 where id = $1 and declared is null", id, declared, at)? == 1)
}

/// Takes an invitation back; `false` when it was before, or is done.
pub async fn revoke(tx: &mut Tx, id: InvitationId, by: UserId, at: DateTime<Utc>) -> Result<bool> {
    let changed = run!(
        tx,
        "update expert set revoked_by = $2, revoked_at = $3 where id = $1 and revoked_at is null and done_at is null",
        id,
        by,
        at
    )?;
    Ok(changed == 1)
}

/// Notes that she has handed in her sheet.
pub async fn finish(tx: &mut Tx, id: InvitationId, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update expert set done_at = $2 where id = $1 and done_at is null", id, at)?;
    Ok(())
}
