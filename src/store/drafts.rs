//! Applications that are being written.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::conflict::{About, CaseRef};
use crate::domain::draft::{AnswerSource, DraftKind};
use crate::domain::id::{CaseId, DraftId, FileId, OrganisationId, UserId};

stored_words! {
    DraftKind { Application = "application", Replacement = "replacement", Supplement = "supplement" }
    AnswerSource { Typed = "typed", Earlier = "earlier", Register = "register" }
    ClosedAs { Sent = "sent", ThrownAway = "thrown_away" }
}

/// How a draft ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedAs {
    /// It was handed in.
    Sent,
    /// Somebody threw it away.
    ThrownAway,
}

/// A draft.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DraftRow {
    /// Identity.
    pub id: DraftId,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// What it will become.
    pub kind: DraftKind,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// The case it replaces or supplements, or became.
    pub case_id: Option<CaseId>,
    /// The earlier case its first answers came from.
    pub prefilled_from: Option<CaseId>,
    /// Who began.
    pub begun_by: Option<UserId>,
    /// When.
    pub begun_at: DateTime<Utc>,
    /// When somebody last changed something.
    pub touched_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// How.
    pub closed_as: Option<ClosedAs>,
    /// Whether an officer writes in what came on paper: it is the municipality's draft then.
    pub on_paper: bool,
}

impl DraftRow {
    /// What it is about: the case that it replaces or supplements, else the association alone.
    #[must_use]
    pub const fn about(&self) -> About {
        match self.case_id {
            Some(case) => About::Case(CaseRef { case, applicant: self.organisation_id }),
            None => About::Association(self.organisation_id),
        }
    }
}

/// An answer as it lies.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    /// Draft.
    pub draft_id: DraftId,
    /// Field.
    pub field: String,
    /// Counts up with each change.
    pub version: i64,
    /// Where it came from.
    pub source: AnswerSource,
    /// What was typed, sealed.
    pub content: Vec<u8>,
    /// Who wrote it.
    pub written_by: Option<UserId>,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// A file chosen for an answer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DraftFileRow {
    /// Identity.
    pub id: Uuid,
    /// Draft.
    pub draft_id: DraftId,
    /// Field.
    pub field: String,
    /// The stored file.
    pub file_id: FileId,
    /// The name it had, sealed.
    pub name: Vec<u8>,
    /// Who chose it.
    pub uploaded_by: Option<UserId>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// A file with what the store of files knows of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KnownFile {
    /// Identity of the choice.
    pub id: Uuid,
    /// Draft.
    pub draft_id: DraftId,
    /// Field.
    pub field: String,
    /// The stored file.
    pub file_id: FileId,
    /// The name it had, sealed.
    pub name: Vec<u8>,
    /// When it was chosen.
    pub uploaded_at: DateTime<Utc>,
    /// Hash of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// Media type.
    pub media_type: String,
}

/// Begins a draft.
///
/// # Errors
/// [`StoreError::Conflict`](super::StoreError::Conflict) when one of its kind is open.
pub async fn insert(tx: &mut Tx, row: &DraftRow) -> Result<()> {
    run!(
        tx,
        "insert into draft (id, organisation_id, kind, grant_type, period, case_id, prefilled_from, begun_by, begun_at, touched_at, on_paper)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        row.id,
        row.organisation_id,
        row.kind,
        &row.grant_type,
        &row.period,
        row.case_id,
        row.prefilled_from,
        row.begun_by,
        row.begun_at,
        row.touched_at,
        row.on_paper
    )?;
    Ok(())
}

/// A draft.
pub async fn by_id(tx: &mut Tx, id: DraftId) -> Result<Option<DraftRow>> {
    optional!(tx, DraftRow, "select * from draft where id = $1", id)
}

/// A draft, locked for the rest of the transaction.
pub async fn lock(tx: &mut Tx, id: DraftId) -> Result<Option<DraftRow>> {
    optional!(tx, DraftRow, "update draft set touched_at = touched_at where id = $1 returning *", id)
}

/// The open draft of a kind for a grant's period.
pub async fn open_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    grant_type: &str,
    period: &str,
    kind: DraftKind,
) -> Result<Option<DraftRow>> {
    optional!(
        tx,
        DraftRow,
        "select * from draft where organisation_id = $1 and grant_type = $2 and period = $3 and kind = $4 and closed_at is null and not on_paper",
        organisation,
        grant_type,
        period,
        kind
    )
}

/// What is being written in of a grant's period from paper.
pub async fn on_paper_of(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> Result<Option<DraftRow>> {
    optional!(
        tx,
        DraftRow,
        "select * from draft where organisation_id = $1 and grant_type = $2 and period = $3 and closed_at is null and on_paper",
        organisation,
        grant_type,
        period
    )
}

/// What is being written in of an association from paper, the one touched last first.
pub async fn on_paper(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DraftRow>> {
    all!(
        tx,
        DraftRow,
        "select * from draft where organisation_id = $1 and closed_at is null and on_paper order by touched_at desc, id",
        organisation
    )
}

/// An association's own open drafts, the one touched last first.
pub async fn open(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DraftRow>> {
    all!(
        tx,
        DraftRow,
        "select * from draft where organisation_id = $1 and closed_at is null and not on_paper order by touched_at desc, id",
        organisation
    )
}

/// The drafts that led to a case or concern it, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<DraftRow>> {
    all!(tx, DraftRow, "select * from draft where case_id = $1 order by begun_at, id", case)
}

/// Notes that something was changed.
pub async fn touch(tx: &mut Tx, id: DraftId, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update draft set touched_at = $2 where id = $1", id, at)?;
    Ok(())
}

/// Ends a draft; the case it became stays with it.
pub async fn close(tx: &mut Tx, id: DraftId, how: ClosedAs, case: Option<CaseId>, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "update draft set closed_at = $2, closed_as = $3, case_id = coalesce($4, case_id) where id = $1 and closed_at is null",
        id,
        at,
        how,
        case
    )?;
    Ok(())
}

/// The answers of a draft.
pub async fn answers(tx: &mut Tx, draft: DraftId) -> Result<Vec<AnswerRow>> {
    all!(tx, AnswerRow, "select * from draft_answer where draft_id = $1 order by field", draft)
}

/// Writes an answer; the caller holds the draft's lock and has judged the version.
pub async fn put_answer(tx: &mut Tx, row: &AnswerRow) -> Result<()> {
    run!(
        tx,
        "insert into draft_answer (draft_id, field, version, source, content, written_by, written_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (draft_id, field) do update set version = excluded.version, source = excluded.source, content = excluded.content,
             written_by = excluded.written_by, written_at = excluded.written_at",
        row.draft_id,
        &row.field,
        row.version,
        row.source,
        &row.content,
        row.written_by,
        row.written_at
    )?;
    Ok(())
}

/// Forgets what was typed in a draft that was thrown away.
pub async fn forget(tx: &mut Tx, draft: DraftId) -> Result<()> {
    run!(tx, "delete from draft_answer where draft_id = $1", draft)?;
    run!(tx, "delete from draft_section where draft_id = $1", draft)?;
    Ok(())
}

/// Notes that somebody went through a section.
pub async fn see_section(tx: &mut Tx, draft: DraftId, section: &str, at: DateTime<Utc>) -> Result<()> {
    run!(
        tx,
        "insert into draft_section (draft_id, section, seen_at) values ($1, $2, $3) on conflict (draft_id, section) do nothing",
        draft,
        section,
        at
    )?;
    Ok(())
}

/// The sections somebody went through.
pub async fn seen_sections(tx: &mut Tx, draft: DraftId) -> Result<Vec<String>> {
    Ok(all!(tx, (String,), "select section from draft_section where draft_id = $1 order by section", draft)?
        .into_iter()
        .map(|row| row.0)
        .collect())
}

/// Notes a file chosen for an answer.
pub async fn insert_file(tx: &mut Tx, row: &DraftFileRow) -> Result<()> {
    run!(
        tx,
        "insert into draft_file (id, draft_id, field, file_id, name, uploaded_by, uploaded_at) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.draft_id,
        &row.field,
        row.file_id,
        &row.name,
        row.uploaded_by,
        row.uploaded_at
    )?;
    Ok(())
}

/// The files chosen in a draft, oldest first.
pub async fn files(tx: &mut Tx, draft: DraftId) -> Result<Vec<KnownFile>> {
    all!(
        tx,
        KnownFile,
        "select d.id, d.draft_id, d.field, d.file_id, d.name, d.uploaded_at, f.sha256, f.size, f.media_type
         from draft_file d join file f on f.id = d.file_id where d.draft_id = $1 order by d.uploaded_at, d.id",
        draft
    )
}

/// Every file an association has sent with a draft that was handed in, newest first: what is on file.
pub async fn sent_files(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<KnownFile>> {
    all!(
        tx,
        KnownFile,
        "select d.id, d.draft_id, d.field, d.file_id, d.name, d.uploaded_at, f.sha256, f.size, f.media_type
         from draft_file d join draft o on o.id = d.draft_id join file f on f.id = d.file_id
         where o.organisation_id = $1 and o.closed_as = 'sent' order by d.uploaded_at desc, d.id desc",
        organisation
    )
}
