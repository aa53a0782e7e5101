//! The messages of a case between applicant and municipality.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::{CaseId, DocumentId, FileId, UserId};

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
    /// The name of who opened it; none where that was not kept.
    pub read_by: Option<String>,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageFileRow {
    /// Identity.
    pub id: Uuid,
    /// The message.
    pub message_id: Uuid,
    /// Its place among the message's files, from 1.
    pub no: i64,
    /// The stored file.
    pub file_id: FileId,
    /// The document in the diary.
    pub document_id: DocumentId,
    /// The name it had, sealed.
    pub name: Vec<u8>,
    /// Its size in bytes.
    #[sqlx(default)]
    pub size: i64,
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

/// Adds a message; `form_key` is that of the form it was written in.
pub async fn insert(tx: &mut Tx, row: &MessageRow, form_key: Option<&str>) -> Result<()> {
    run!(
        tx,
        "insert into message (id, case_id, side, user_id, sender, at, text, document_id, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        row.case_id,
        row.side,
        row.user_id,
        &row.sender,
        row.at,
        &row.text,
        row.document_id,
        form_key
    )?;
    Ok(())
}

/// Whether a form's key has written a message in a case already.
pub async fn written(tx: &mut Tx, case: CaseId, form_key: &str) -> Result<bool> {
    let count = scalar!(tx, i64, "select count(*) from message where case_id = $1 and form_key = $2", case, form_key)?;
    Ok(count > 0)
}

/// Adds a file of a message.
pub async fn insert_file(tx: &mut Tx, row: &MessageFileRow) -> Result<()> {
    run!(
        tx,
        "insert into message_file (id, message_id, no, file_id, document_id, name) values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.message_id,
        row.no,
        row.file_id,
        row.document_id,
        &row.name
    )?;
    Ok(())
}

/// The files of a case's messages, in the order they came.
pub async fn files_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<MessageFileRow>> {
    all!(
        tx,
        MessageFileRow,
        "select a.*, f.size from message_file a join message m on m.id = a.message_id join file f on f.id = a.file_id
         where m.case_id = $1 order by m.at, m.id, a.no",
        case
    )
}

/// The messages of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<MessageRow>> {
    all!(tx, MessageRow, "select * from message where case_id = $1 order by at, id", case)
}

/// Notes that one side has opened what the other wrote; answers how many were new.
pub async fn open(tx: &mut Tx, case: CaseId, written_by: Side, at: DateTime<Utc>, by: &str) -> Result<u64> {
    run!(tx, "update message set read_at = $3, read_by = $4 where case_id = $1 and side = $2 and read_at is null", case, written_by, at, by)
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
