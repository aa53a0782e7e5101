//! What an association does with its own attendance: what it said of rows left out, sources it had before, names it sent.

use chrono::{DateTime, Utc};

use super::attendance::{OccasionRow, SourceKind};
use super::persons::SecretRow;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::attendance::PersonNo;
use crate::domain::id::OrganisationId;

/// What an association said of a row that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowChoice {
    /// It was corrected by a later import.
    Corrected,
    /// It stays left out.
    LeftOut,
}

stored_words! { RowChoice { Corrected = "corrected", LeftOut = "left_out" } }

/// A choice with its circumstances.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChoiceRow {
    /// The import.
    pub import_no: i64,
    /// The line of the row in its file.
    pub line: i64,
    /// What was said.
    pub choice: RowChoice,
    /// The import that corrected it.
    pub by_import: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

/// Writes a choice; the last word holds, save that what was corrected stays so.
pub async fn choose(tx: &mut Tx, row: &ChoiceRow) -> Result<()> {
    run!(
        tx,
        "insert into attendance_choice (import_no, line, choice, by_import, at, actor) values ($1, $2, $3, $4, $5, $6)
         on conflict (import_no, line) do update set choice = excluded.choice, by_import = excluded.by_import, at = excluded.at,
         actor = excluded.actor where attendance_choice.choice = 'left_out'",
        row.import_no,
        row.line,
        row.choice,
        row.by_import,
        row.at,
        &row.actor
    )?;
    Ok(())
}

/// What was said of an import's rows, by line.
pub async fn choices(tx: &mut Tx, import_no: i64) -> Result<Vec<ChoiceRow>> {
    all!(tx, ChoiceRow, "select * from attendance_choice where import_no = $1 order by line", import_no)
}

/// The source that counts for each half-year an organisation has sent anything of, the newest half-year first.
pub async fn sources(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(String, SourceKind)>> {
    all!(
        tx,
        (String, SourceKind),
        "select period, source from attendance_source where organisation_id = $1 order by period desc",
        organisation
    )
}

/// How many occasion versions an import wrote, and how many it took away or put others in the place of.
pub async fn effect(tx: &mut Tx, import: i64) -> Result<(i64, i64)> {
    one!(
        tx,
        (i64, i64),
        "select (select count(*) from occasion where from_import = $1), (select count(*) from occasion where replaced_by = $1)",
        import
    )
}

/// The occasion versions of an organisation's source on some days that another source has withdrawn, the newest withdrawal alone:
/// what would count again if the source did.
pub async fn withdrawn(tx: &mut Tx, organisation_no: i64, source: SourceKind, days: (i32, i32)) -> Result<Vec<OccasionRow>> {
    let rows = all!(
        tx,
        OccasionRow,
        "select o.id, o.card_no, o.code, o.day, o.start_second, o.length_second, o.kind, o.activity_word, o.place_word, o.team_sport, o.marks,
                o.from_import, o.replaced_by
         from attendance_card c join occasion o on o.card_no = c.no join attendance_import i on i.no = o.replaced_by
         where c.organisation_no = $1 and c.source = $2 and o.day >= $3 and o.day <= $4 and i.source <> $2 order by o.id",
        organisation_no,
        source,
        days.0,
        days.1
    )?;
    let last = rows.iter().filter_map(|row| row.replaced_by).max();
    Ok(rows.into_iter().filter(|row| row.replaced_by == last).collect())
}

/// The sealed names that an organisation sent of some persons, with the half-year whose key opens each; the newest first.
pub async fn names(tx: &mut Tx, organisation: OrganisationId, persons: &[PersonNo]) -> Result<Vec<(SecretRow, String)>> {
    #[derive(sqlx::FromRow)]
    struct Found {
        import_no: i64,
        person_no: PersonNo,
        ciphertext: Vec<u8>,
        period: String,
    }
    let mut found = Vec::new();
    for chunk in persons.chunks(10_000) {
        let rows = build!(
            tx,
            "select s.import_no, s.person_no, s.ciphertext, i.period from attendance_import i join person_secret s on s.import_no = i.no where i.organisation_id = ",
            query => {
                query.push_bind(organisation);
                query.push(" and s.person_no in (");
                let mut list = query.separated(", ");
                for no in chunk {
                    list.push_bind(*no);
                }
                query.push(") order by s.import_no desc");
            },
            all Found
        )?;
        found.extend(
            rows.into_iter()
                .map(|row| (SecretRow { import_no: row.import_no, person_no: row.person_no, ciphertext: row.ciphertext }, row.period)),
        );
    }
    Ok(found)
}
