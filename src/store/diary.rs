//! The diary: series, cases and documents (OSL 5:1-2).

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::id::{CaseId, DocumentId, FileId, OrganisationId};

/// Which way a document went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Received.
    In,
    /// Sent.
    Out,
    /// Drawn up here.
    Internal,
}

stored_words! { Direction { In = "in", Out = "out", Internal = "internal" } }

/// A diary case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DiaryCaseRow {
    /// Identity.
    pub id: Uuid,
    /// Committee.
    pub committee: String,
    /// Year of the series.
    pub year: i64,
    /// Number in the series.
    pub number: i64,
    /// In short what it concerns.
    pub subject: String,
    /// Classification code.
    pub classification: String,
    /// Opened.
    pub opened_on: NaiveDate,
    /// Closed.
    pub closed_on: Option<NaiveDate>,
    /// Why the number is void.
    pub void_reason: Option<String>,
    /// The round that shares it.
    pub round_key: Option<String>,
    /// How many documents it has.
    pub documents: i64,
}

/// A registered document.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DocumentRow {
    /// Identity.
    pub id: DocumentId,
    /// Diary case.
    pub diary_case_id: Uuid,
    /// Number within it.
    pub no: i64,
    /// The case it belongs to.
    pub case_id: Option<CaseId>,
    /// Which way it went.
    pub direction: Direction,
    /// Day it came in or was drawn up.
    pub dated: NaiveDate,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// From or to whom.
    pub party: Option<String>,
    /// In short what it concerns.
    pub subject: String,
    /// Whether party and subject are left out of the public extract.
    pub masked: bool,
    /// Document type.
    pub document_type: String,
    /// Keep, or dispose of when and by which decision.
    pub retention: String,
    /// The stored file.
    pub file_id: Option<FileId>,
}

/// Takes the lock of a committee's year, so that a round's case is looked for and opened by one at a time.
pub async fn lock_series(tx: &mut Tx, committee: &str, year: i64) -> Result<()> {
    run!(
        tx,
        "insert into diary_series (committee, year, last) values ($1, $2, 0)
         on conflict (committee, year) do update set last = diary_series.last",
        committee,
        year
    )?;
    Ok(())
}

/// Draws the next number of a committee's year.
pub async fn next_number(tx: &mut Tx, committee: &str, year: i64) -> Result<i64> {
    scalar!(
        tx,
        i64,
        "insert into diary_series (committee, year, last) values ($1, $2, 1)
         on conflict (committee, year) do update set last = diary_series.last + 1 returning last",
        committee,
        year
    )
}

/// Opens a diary case.
pub async fn insert_case(tx: &mut Tx, row: &DiaryCaseRow) -> Result<()> {
    run!(
        tx,
        "insert into diary_case (id, committee, year, number, subject, classification, opened_on, round_key, documents)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        &row.committee,
        row.year,
        row.number,
        &row.subject,
        &row.classification,
        row.opened_on,
        row.round_key.as_deref(),
        row.documents
    )?;
    Ok(())
}

/// The diary case that a round shares, locked.
pub async fn of_round(tx: &mut Tx, round_key: &str) -> Result<Option<DiaryCaseRow>> {
    optional!(tx, DiaryCaseRow, "update diary_case set documents = documents where round_key = $1 returning *", round_key)
}

/// A diary case.
pub async fn case_by_id(tx: &mut Tx, id: Uuid) -> Result<DiaryCaseRow> {
    one!(tx, DiaryCaseRow, "select * from diary_case where id = $1", id)
}

/// Draws the next document number of a diary case.
pub async fn next_document(tx: &mut Tx, diary_case: Uuid) -> Result<i64> {
    scalar!(tx, i64, "update diary_case set documents = documents + 1 where id = $1 returning documents", diary_case)
}

/// Registers a document.
pub async fn insert_document(tx: &mut Tx, row: &DocumentRow) -> Result<()> {
    run!(
        tx,
        "insert into document (id, diary_case_id, no, case_id, direction, dated, registered_at, party, subject, masked, document_type, retention, file_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        row.id,
        row.diary_case_id,
        row.no,
        row.case_id,
        row.direction,
        row.dated,
        row.registered_at,
        row.party.as_deref(),
        &row.subject,
        row.masked,
        &row.document_type,
        &row.retention,
        row.file_id
    )?;
    Ok(())
}

/// Leaves party and subject out of the public extract: of a case's documents, and of what the applicant has sent besides.
pub async fn mask_documents(tx: &mut Tx, case: CaseId, applicant: OrganisationId) -> Result<()> {
    run!(
        tx,
        "update document set masked = $3 where case_id = $1 or file_id in (
             select file_id from attendance_import where organisation_id = $2
             union all select file_id from member_import where organisation_id = $2)",
        case,
        applicant,
        true
    )?;
    Ok(())
}

/// A case's documents, in order.
pub async fn documents_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<DocumentRow>> {
    all!(tx, DocumentRow, "select * from document where case_id = $1 order by no", case)
}

/// The documents that a stored file is registered as, oldest first.
pub async fn documents_of_file(tx: &mut Tx, file: FileId) -> Result<Vec<DocumentRow>> {
    all!(tx, DocumentRow, "select * from document where file_id = $1 order by registered_at, id", file)
}

/// The files that associations sent and that stand in no diary.
pub async fn unregistered_files(tx: &mut Tx) -> Result<Vec<FileId>> {
    let rows = all!(
        tx,
        (FileId,),
        "select file_id from (select file_id from attendance_import union all select file_id from member_import) sent
         where not exists (select 1 from document where document.file_id = sent.file_id)"
    )?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// A document.
pub async fn document_by_id(tx: &mut Tx, id: DocumentId) -> Result<Option<DocumentRow>> {
    optional!(tx, DocumentRow, "select * from document where id = $1", id)
}

/// The diary of a committee and year.
pub async fn cases(tx: &mut Tx, committee: &str, year: i64) -> Result<Vec<DiaryCaseRow>> {
    all!(tx, DiaryCaseRow, "select * from diary_case where committee = $1 and year = $2 order by number", committee, year)
}

/// Every document of a committee and year, in diary order.
pub async fn documents(tx: &mut Tx, committee: &str, year: i64) -> Result<Vec<DocumentRow>> {
    all!(
        tx,
        DocumentRow,
        "select d.* from document d join diary_case c on c.id = d.diary_case_id
         where c.committee = $1 and c.year = $2 order by c.number, d.no",
        committee,
        year
    )
}

/// What is wanted of the public extract.
#[derive(Clone, Debug)]
pub struct ExtractFilter {
    /// The year of the series.
    pub year: i64,
    /// Words in small letters; empty for all.
    pub words: String,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
    /// Which way.
    pub direction: Option<Direction>,
}

/// A document with its case's number.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExtractRow {
    /// Committee.
    pub committee: String,
    /// Year of the series.
    pub year: i64,
    /// Number in the series.
    pub number: i64,
    /// In short what the case concerns.
    pub matter: String,
    /// Number within the case.
    pub no: i64,
    /// Which way it went.
    pub direction: Direction,
    /// Day it came in or was drawn up.
    pub dated: NaiveDate,
    /// From or to whom.
    pub party: Option<String>,
    /// In short what it concerns.
    pub subject: String,
    /// Whether party and subject are left out of the public extract.
    pub masked: bool,
    /// Document type.
    pub document_type: String,
    /// Keep, or dispose of when and by which decision.
    pub retention: String,
}

/// What both queries of the extract ask. SQLite knows the small letters of a–z alone; the rest that Swedish names have are named.
macro_rules! of_extract {
    () => {
        " from diary_case c join document d on d.diary_case_id = c.id
         where c.year = $1 and ($2 = '' or replace(replace(replace(replace(
             lower(c.committee || ' ' || c.year || '/' || c.number || '-' || d.no || case when d.masked then '' else ' ' || d.subject || ' '
                 || coalesce(d.party, '') end), 'Å', 'å'), 'Ä', 'ä'), 'Ö', 'ö'), 'É', 'é') like $2 escape '!')
             and ($3 is null or d.dated >= $3) and ($4 is null or d.dated <= $4) and ($5 is null or d.direction = $5)"
    };
}

/// Documents of the public extract, the latest number first.
pub async fn extract(tx: &mut Tx, filter: &ExtractFilter, skip: i64, most: i64) -> Result<Vec<ExtractRow>> {
    all!(
        tx,
        ExtractRow,
        concat!(
            "select c.committee, c.year, c.number, c.subject as matter, d.no, d.direction, d.dated, d.party, d.subject, d.masked,
                 d.document_type, d.retention",
            of_extract!(),
            " order by c.committee, c.number desc, d.no desc limit $6 offset $7"
        ),
        filter.year,
        pattern(&filter.words),
        filter.from,
        filter.to,
        filter.direction,
        most,
        skip
    )
}

/// How many documents there are.
pub async fn extract_count(tx: &mut Tx, filter: &ExtractFilter) -> Result<i64> {
    if filter.words.is_empty() && filter.from.is_none() && filter.to.is_none() && filter.direction.is_none() {
        // Each case counts its documents.
        return scalar!(tx, i64, "select cast(coalesce(sum(documents), 0) as bigint) from diary_case where year = $1", filter.year);
    }
    scalar!(
        tx,
        i64,
        concat!("select count(*)", of_extract!()),
        filter.year,
        pattern(&filter.words),
        filter.from,
        filter.to,
        filter.direction
    )
}

/// Words as they are looked for inside others.
fn pattern(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let plain = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// The series: committee, year, last number.
pub async fn series(tx: &mut Tx) -> Result<Vec<(String, i64, i64)>> {
    all!(tx, (String, i64, i64), "select committee, year, last from diary_series order by committee, year")
}

/// Closes a diary case.
pub async fn close_case(tx: &mut Tx, id: Uuid, on: NaiveDate) -> Result<()> {
    run!(tx, "update diary_case set closed_on = $2 where id = $1", id, on)?;
    Ok(())
}

/// Whether another case than one lies open in a diary case.
pub async fn others_open(tx: &mut Tx, diary_case: Uuid, but: CaseId) -> Result<bool> {
    let open = scalar!(tx, i64, "select count(*) from cases where diary_case_id = $1 and id <> $2 and closed_at is null", diary_case, but)?;
    Ok(open > 0)
}
