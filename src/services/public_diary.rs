//! The public extract of the diary: what anybody may read, without what is masked (OSL 5 kap. 2 § 2 st.).

use chrono::NaiveDate;

use super::ServiceResult;
use crate::store::Tx;
use crate::store::diary::{self, Direction, ExtractFilter, ExtractRow};

/// What somebody wants to see of it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The year of the series.
    pub year: i64,
    /// Words in the number, the subject or the party; empty for all.
    pub query: &'a str,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
    /// Which way, by its word (in, out, internal); any other word for all.
    pub direction: &'a str,
    /// How many documents to leave out, the latest first.
    pub skip: i64,
    /// How many at most.
    pub most: i64,
}

impl Wanted<'_> {
    /// Everything of a year.
    #[must_use]
    pub fn of(year: i64) -> Self {
        Self { year, query: "", from: None, to: None, direction: "", skip: 0, most: i64::MAX }
    }
}

/// A part of the extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// Its documents, by number, the latest first.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub found: i64,
}

/// A document of the extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number with document number.
    pub number: String,
    /// In short what the case concerns; empty when masked.
    pub matter: String,
    /// Day it came in or was drawn up.
    pub dated: NaiveDate,
    /// Which way it went.
    pub direction: Direction,
    /// From or to whom.
    pub party: Option<String>,
    /// In short what it concerns.
    pub subject: Option<String>,
    /// Document type.
    pub document_type: String,
    /// Keep or dispose.
    pub retention: String,
}

/// The public extract. What is masked is not found by words that it holds.
///
/// # Errors
/// When the database cannot be read.
pub async fn extract(tx: &mut Tx, wanted: &Wanted<'_>) -> ServiceResult<Extract> {
    let &Wanted { year, from, to, skip, most, .. } = wanted;
    let (words, direction) = (wanted.query.trim().to_lowercase(), Direction::from_word(wanted.direction));
    let filter = ExtractFilter { year, words, from, to, direction };
    let lines = diary::extract(tx, &filter, skip, most).await?.into_iter().map(line).collect();
    Ok(Extract { lines, found: diary::extract_count(tx, &filter).await? })
}

/// The years that there is a diary of, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn years(tx: &mut Tx) -> ServiceResult<Vec<i64>> {
    let mut years: Vec<i64> = diary::series(tx).await?.into_iter().map(|(_, year, _)| year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(years)
}

fn line(row: ExtractRow) -> Line {
    // The case's subject may name the applicant: it is masked with the document.
    let open = !row.masked;
    Line {
        number: format!("{} {}/{}-{}", row.committee, row.year, row.number, row.no),
        matter: if open { row.matter } else { String::new() },
        dated: row.dated,
        direction: row.direction,
        party: row.party.filter(|_| open),
        subject: Some(row.subject).filter(|_| open),
        document_type: row.document_type,
        retention: row.retention,
    }
}
