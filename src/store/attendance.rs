//! Imports, cards and occasion versions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::attendance::PersonNo;
use crate::domain::id::{FileId, ImportId, OrganisationId};

/// How attendance came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A file that the association uploaded.
    Upload,
    /// A file that her attendance system sent.
    Push,
    /// Entered by hand.
    Hand,
}

stored_words! { SourceKind { Upload = "upload", Push = "push", Hand = "hand" } }

/// An import.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ImportRow {
    /// The watermark.
    pub no: i64,
    /// Identity.
    pub id: ImportId,
    /// Whose attendance.
    pub organisation_id: OrganisationId,
    /// How it came.
    pub source: SourceKind,
    /// Half-year of its occasions.
    pub period: String,
    /// The file as received.
    pub file_id: FileId,
    /// Hash of the file as received.
    pub sha256: String,
    /// Whether it was taken.
    pub accepted: bool,
    /// The report that stays, canonical JSON.
    pub report: Vec<u8>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// What the file was called where it came from; empty where it had no name.
    pub file_name: String,
}

/// A card.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CardRow {
    /// Small number.
    pub no: i64,
    /// Organisation's small number.
    pub organisation_no: i64,
    /// How it came.
    pub source: SourceKind,
    /// The sender's number.
    pub card: i64,
    /// The group's name.
    pub name: String,
}

/// An occasion version, still packed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OccasionRow {
    /// Identity of the version.
    pub id: i64,
    /// Card.
    pub card_no: i64,
    /// The sender's code.
    pub code: String,
    /// Days since 1970-01-01.
    pub day: i32,
    /// Second of the day it began.
    pub start_second: i32,
    /// Length in seconds.
    pub length_second: i32,
    /// Kind: 0 training, 1 match, 2 meeting, 3 other.
    pub kind: i32,
    /// Word number of the activity.
    pub activity_word: i32,
    /// Word number of the place.
    pub place_word: i32,
    /// Team sport as sent.
    pub team_sport: Option<i32>,
    /// The marks, packed.
    pub marks: Vec<u8>,
    /// Import that wrote the version.
    pub from_import: i64,
    /// Import that replaced it.
    pub replaced_by: Option<i64>,
}

/// An occasion version to be written; `id` and `replaced_by` are the database's.
pub type NewOccasion = OccasionRow;

const OCCASION_COLUMNS: &str =
    "id, card_no, code, day, start_second, length_second, kind, activity_word, place_word, team_sport, marks, from_import, replaced_by";

/// Adds an import.
pub async fn insert_import(tx: &mut Tx, row: &ImportRow) -> Result<()> {
    run!(
        tx,
        "insert into attendance_import (no, id, organisation_id, source, period, file_id, sha256, accepted, report, at, actor, file_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        row.no,
        row.id,
        row.organisation_id,
        row.source,
        &row.period,
        row.file_id,
        &row.sha256,
        row.accepted,
        &row.report,
        row.at,
        &row.actor,
        &row.file_name
    )?;
    Ok(())
}

/// An organisation's imports, newest first.
pub async fn imports(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<ImportRow>> {
    all!(tx, ImportRow, "select * from attendance_import where organisation_id = $1 order by no desc", organisation)
}

/// An import.
pub async fn import_by_id(tx: &mut Tx, id: ImportId) -> Result<Option<ImportRow>> {
    optional!(tx, ImportRow, "select * from attendance_import where id = $1", id)
}

/// The source that counts for an organisation and half-year, and since which import.
pub async fn active_source(tx: &mut Tx, organisation: OrganisationId, period: &str) -> Result<Option<SourceKind>> {
    optional_scalar!(
        tx,
        SourceKind,
        "select source from attendance_source where organisation_id = $1 and period = $2",
        organisation,
        period
    )
}

/// Makes a source the one that counts.
pub async fn set_active_source(tx: &mut Tx, organisation: OrganisationId, period: &str, source: SourceKind, import: i64) -> Result<()> {
    run!(
        tx,
        "insert into attendance_source (organisation_id, period, source, since_import) values ($1, $2, $3, $4)
         on conflict (organisation_id, period) do update set source = excluded.source, since_import = excluded.since_import",
        organisation,
        period,
        source,
        import
    )?;
    Ok(())
}

/// An organisation's cards.
pub async fn cards(tx: &mut Tx, organisation_no: i64) -> Result<Vec<CardRow>> {
    all!(tx, CardRow, "select * from attendance_card where organisation_no = $1", organisation_no)
}

/// The cards with these numbers.
pub async fn cards_by_no(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<CardRow>> {
    let mut found = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(30_000) {
        found.extend(build!(tx, "select * from attendance_card where no in (", query => {
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all CardRow)?);
    }
    Ok(found)
}

/// Every card, for the collisions of a city.
pub async fn all_cards(tx: &mut Tx) -> Result<Vec<CardRow>> {
    all!(tx, CardRow, "select * from attendance_card order by no")
}

/// Adds cards.
pub async fn insert_cards(tx: &mut Tx, cards: &[CardRow]) -> Result<()> {
    for chunk in cards.chunks(1_000) {
        build!(tx, "insert into attendance_card (no, organisation_no, source, card, name) ", query => {
            query.push_values(chunk, |mut row, card| {
                row.push_bind(card.no).push_bind(card.organisation_no).push_bind(card.source).push_bind(card.card).push_bind(&card.name);
            });
        }, execute)?;
    }
    Ok(())
}

/// Notes who has been marked on which card; what is known already stays.
pub async fn insert_members(tx: &mut Tx, members: &[(i64, PersonNo)]) -> Result<()> {
    for chunk in members.chunks(15_000) {
        build!(tx, "insert into attendance_member (card_no, person_no) ", query => {
            query.push_values(chunk, |mut row, (card, person)| { row.push_bind(*card).push_bind(*person); });
            query.push(" on conflict (card_no, person_no) do nothing");
        }, execute)?;
    }
    Ok(())
}

/// An organisation's cards and every other card that has had a mark of the same person.
pub async fn cards_sharing_people(tx: &mut Tx, organisation_no: i64) -> Result<Vec<i64>> {
    let rows = all!(
        tx,
        (i64,),
        "select distinct other.card_no from attendance_card own
         join attendance_member mine on mine.card_no = own.no
         join attendance_member other on other.person_no = mine.person_no
         where own.organisation_no = $1",
        organisation_no
    )?;
    Ok(rows.into_iter().map(|(card,)| card).collect())
}

/// The numbers of words, adding those that are new; `draw` hands out numbers.
pub async fn words(tx: &mut Tx, words: &[String]) -> Result<HashMap<String, i32>> {
    let mut known = HashMap::with_capacity(words.len());
    for chunk in words.chunks(10_000) {
        let rows = build!(tx, "select word, no from attendance_word where word in (", query => {
            let mut list = query.separated(", ");
            for word in chunk {
                list.push_bind(word);
            }
            query.push(")");
        }, all (String, i64))?;
        known.extend(rows.into_iter().map(|(word, no)| (word, i32::try_from(no).unwrap_or(0))));
    }
    let missing: Vec<&String> = words.iter().filter(|word| !known.contains_key(*word)).collect();
    if missing.is_empty() {
        return Ok(known);
    }
    let first = super::counters::draw(tx, super::counters::Counter::Word, i64::try_from(missing.len()).unwrap_or(0)).await?;
    let numbered: Vec<(i64, &String)> = (first..).zip(missing).collect();
    for chunk in numbered.chunks(10_000) {
        build!(tx, "insert into attendance_word (no, word) ", query => {
            query.push_values(chunk, |mut row, (no, word)| { row.push_bind(*no).push_bind(*word); });
        }, execute)?;
    }
    known.extend(numbered.into_iter().map(|(no, word)| (word.clone(), i32::try_from(no).unwrap_or(0))));
    Ok(known)
}

/// The words with these numbers.
pub async fn words_by_no(tx: &mut Tx, numbers: &[i64]) -> Result<HashMap<i64, String>> {
    let mut found = HashMap::with_capacity(numbers.len());
    for chunk in numbers.chunks(30_000) {
        let rows = build!(tx, "select no, word from attendance_word where no in (", query => {
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all (i64, String))?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes occasion versions, many rows a statement: a statement costs more than a row.
pub async fn insert_occasions(tx: &mut Tx, occasions: &[NewOccasion]) -> Result<()> {
    for chunk in occasions.chunks(2_500) {
        build!(
            tx,
            "insert into occasion (card_no, code, day, start_second, length_second, kind, activity_word, place_word, team_sport, marks, from_import) ",
            query => {
                query.push_values(chunk, |mut row, occasion| {
                    row.push_bind(occasion.card_no).push_bind(&occasion.code).push_bind(occasion.day).push_bind(occasion.start_second)
                        .push_bind(occasion.length_second).push_bind(occasion.kind).push_bind(occasion.activity_word)
                        .push_bind(occasion.place_word).push_bind(occasion.team_sport).push_bind(&occasion.marks)
                        .push_bind(occasion.from_import);
                });
            },
            execute
        )?;
    }
    Ok(())
}

/// Marks versions as replaced by an import.
pub async fn replace_occasions(tx: &mut Tx, ids: &[i64], by_import: i64) -> Result<()> {
    for chunk in ids.chunks(30_000) {
        build!(tx, "update occasion set replaced_by = ", query => {
            query.push_bind(by_import);
            query.push(" where replaced_by is null and id in (");
            let mut list = query.separated(", ");
            for id in chunk {
                list.push_bind(*id);
            }
            query.push(")");
        }, execute)?;
    }
    Ok(())
}

/// The occasion versions of some cards that are valid at a watermark and lie on some days, both ends included.
pub async fn occasions(tx: &mut Tx, cards: &[i64], days: (i32, i32), watermark: i64) -> Result<Vec<OccasionRow>> {
    let mut found = Vec::new();
    for chunk in cards.chunks(30_000) {
        found.extend(build!(tx, "select ", query => {
            query.push(OCCASION_COLUMNS);
            query.push(" from occasion where card_no in (");
            let mut list = query.separated(", ");
            for card in chunk {
                list.push_bind(*card);
            }
            query.push(") and day >= ");
            query.push_bind(days.0);
            query.push(" and day <= ");
            query.push_bind(days.1);
            query.push(" and from_import <= ");
            query.push_bind(watermark);
            query.push(" and (replaced_by is null or replaced_by > ");
            query.push_bind(watermark);
            query.push(")");
        }, all OccasionRow)?);
    }
    Ok(found)
}

/// Every association's occasion versions that are valid at a watermark and lie on some days, both ends included.
pub async fn occasions_on(tx: &mut Tx, days: (i32, i32), watermark: i64) -> Result<Vec<OccasionRow>> {
    all!(
        tx,
        OccasionRow,
        "select id, card_no, code, day, start_second, length_second, kind, activity_word, place_word, team_sport, marks, from_import, replaced_by
         from occasion where day >= $1 and day <= $2 and from_import <= $3 and (replaced_by is null or replaced_by > $3)",
        days.0,
        days.1,
        watermark
    )
}

/// Occasion versions by id, as a snapshot names them.
pub async fn occasions_by_id(tx: &mut Tx, ids: &[i64]) -> Result<Vec<OccasionRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(30_000) {
        found.extend(build!(tx, "select ", query => {
            query.push(OCCASION_COLUMNS);
            query.push(" from occasion where id in (");
            let mut list = query.separated(", ");
            for id in chunk {
                list.push_bind(*id);
            }
            query.push(")");
        }, all OccasionRow)?);
    }
    Ok(found)
}

/// How many occasion versions there are and how many bytes their marks take.
pub async fn volume(tx: &mut Tx) -> Result<(i64, i64)> {
    one!(tx, (i64, i64), "select count(*), cast(coalesce(sum(length(marks)), 0) as bigint) from occasion")
}

/// The accepted imports of an association that wrote or replaced occasions of some days, oldest first.
pub async fn imports_touching(tx: &mut Tx, organisation: OrganisationId, days: (i32, i32)) -> Result<Vec<ImportRow>> {
    let imports = imports(tx, organisation).await?;
    let mut found = Vec::new();
    for import in imports.into_iter().rev().filter(|import| import.accepted) {
        if occasions_of_import(tx, import.no).await?.iter().any(|day| (days.0..=days.1).contains(day)) {
            found.push(import);
        }
    }
    Ok(found)
}

/// Whose imports were taken in for a half-year, and how each came, every import by itself.
pub async fn taken_in(tx: &mut Tx, half: &str) -> Result<Vec<(OrganisationId, SourceKind)>> {
    all!(
        tx,
        (OrganisationId, SourceKind),
        "select organisation_id, source from attendance_import where period = $1 and accepted order by no",
        half
    )
}

/// The days of the occasion versions that an import wrote or replaced. They are on its own association's cards: by those they
/// are found without reading what everybody else has sent.
pub async fn occasions_of_import(tx: &mut Tx, import: i64) -> Result<Vec<i32>> {
    let rows = all!(
        tx,
        (i32,),
        "select distinct o.day from attendance_import i
         join organisation g on g.id = i.organisation_id
         join attendance_card c on c.organisation_no = g.no
         join occasion o on o.card_no = c.no
         where i.no = $1 and (o.from_import = $1 or o.replaced_by = $1)",
        import
    )?;
    Ok(rows.into_iter().map(|(day,)| day).collect())
}
