//! The messages of a case between applicant and municipality.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::{CaseId, DocumentId, UserId};

/// Whose message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The applicant's.
    Applicant,
    /// The municipality's.
    Municipality,
}

stored_words! { Side { Applicant = "applicant", Municipality = "municipality" } }

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    /// Identity.
    pub id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// Whose.
    pub side: Side,
    /// Who wrote it, where she had logged in.
    pub user_id: Option<UserId>,
    /// The name under it.
    pub sender: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
    /// The document in the diary.
    pub document_id: DocumentId,
    /// When the other side first opened it.
    pub read_at: Option<DateTime<Utc>>,
}

/// A dialogue in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThreadRow {
    /// Case.
    pub case_id: CaseId,
    /// Diary number.
    pub number: String,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// When something was last written.
    pub last_at: DateTime<Utc>,
    /// How many messages there are.
    pub messages: i64,
    /// How many of the municipality's the applicant has not opened.
    pub unread: i64,
}

/// Adds a message.
pub async fn insert(tx: &mut Tx, row: &MessageRow) -> Result<()> {
    run!(
        tx,
        "insert into message (id, case_id, side, user_id, sender, at, text, document_id) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.case_id,
        row.side,
        row.user_id,
        &row.sender,
        row.at,
        &row.text,
        row.document_id
    )?;
    Ok(())
}

/// The messages of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<MessageRow>> {
    all!(tx, MessageRow, "select * from message where case_id = $1 order by at, id", case)
}

/// Notes that one side has opened what the other wrote; answers how many were new.
pub async fn open(tx: &mut Tx, case: CaseId, written_by: Side, at: DateTime<Utc>) -> Result<u64> {
    run!(tx, "update message set read_at = $3 where case_id = $1 and side = $2 and read_at is null", case, written_by, at)
}

/// The dialogues somebody may see, the latest first.
pub async fn threads(tx: &mut Tx, scope: &Scope, most: i64) -> Result<Vec<ThreadRow>> {
    build!(tx, "select c.id as case_id, c.number, c.grant_type, c.period, m.last_at, m.messages, m.unread from cases c
            join (select case_id, max(at) as last_at, count(*) as messages,
                         sum(case when side = 'municipality' and read_at is null then 1 else 0 end) as unread
                  from message group by case_id) m on m.case_id = c.id where ", query => {
        match scope {
            Scope::Association(own) => {
                query.push("c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("1 = 1");
                keep_away!(query, except, "c.organisation_id", "c.id");
            }
        }
        query.push(" order by m.last_at desc, c.id desc limit ").push_bind(most);
    }, all ThreadRow)
}
