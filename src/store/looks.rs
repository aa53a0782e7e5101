//! Which cases somebody has opened, so that she finds again what she did not finish.

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::id::{CaseId, UserId};

/// Whether somebody has opened a case in the state it is in.
pub async fn known(tx: &mut Tx, user: UserId, case: CaseId, entered: i64) -> Result<bool> {
    let sql = "select count(*) from case_look where user_id = $1 and case_id = $2 and entered = $3";
    Ok(scalar!(tx, i64, sql, user, case, entered)? > 0)
}

/// Notes that somebody has opened a case for the first time in the state it is in.
pub async fn put(tx: &mut Tx, user: UserId, case: CaseId, entered: i64, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "insert into case_look (case_id, user_id, entered, seq, at)
         values ($1, $2, $3, (select coalesce(max(s.seq), 0) from stream s where s.kind = 'case' and s.id = $1), $4)
         on conflict (user_id, case_id) do update set entered = excluded.entered, seq = excluded.seq, at = excluded.at",
        case,
        user,
        entered,
        at
    )?;
    Ok(())
}
