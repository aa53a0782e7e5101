//! What an association does about rows that were left out of a file: correct one, or leave them out for good.

use std::io::Cursor;

use serde_json::json;

use super::{Received, Replaces, reports, take_in};
use crate::app::Tenant;
use crate::attendance::dak;
use crate::attendance::file::{AttendanceFile, FileAssociation, FileCard, FileMark, FileOccasion, FilePerson, Method};
use crate::attendance::report::ExcludedPerson;
use crate::domain::Localized;
use crate::domain::id::ImportId;
use crate::domain::person_number::PersonNumber;
use crate::services::actor::{About, Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::Tx;
use crate::store::attendance::{self, ImportRow};
use crate::store::own_attendance::{self, ChoiceRow, RowChoice};

/// Corrects the number of somebody whose marks were left out. Her marks come in as an update of their occasions, in a file of
/// its own that stays beside the first.
///
/// # Errors
/// [`ServiceError::Invalid`] for a number that is none; [`ServiceError::Refused`] when the file does not count any more;
/// [`ServiceError::NotFound`] when there is no such row or it is not hers.
pub async fn correct(tenant: &Tenant, actor: &Actor, id: ImportId, line: u64, written: &str) -> ServiceResult<ImportId> {
    let mut tx = tenant.db.read().await?;
    let row = own(&mut tx, actor, id).await?;
    let active = attendance::active_source(&mut tx, row.organisation_id, &row.period).await?;
    if !row.accepted || active != Some(row.source) {
        return Err(ServiceError::refused(
            "Filen räknas inte längre, så det finns inget att rätta i den. Rätta i den närvaro som används nu.",
            "The file does not count any more, so there is nothing to correct in it. Correct the attendance that is used now.",
        ));
    }
    let number = PersonNumber::parse(written).map_err(|error| ServiceError::invalid("personnummer", error.code(), error.text()))?;
    if number.birth() > tenant.clock.today() {
        let text = Localized::both("Födelsedatumet ligger i framtiden.", "The date of birth lies in the future.");
        return Err(ServiceError::invalid("personnummer", "future", text));
    }
    let (reading, options) = reports::open(&mut tx, tenant, &row).await?.ok_or_else(disposed)?;
    drop(tx);
    let outcome = reports::read(reading, options).await?;
    let person =
        outcome.report.excluded.into_iter().find(|person| person.line == line && person.marks > 0).ok_or(ServiceError::NotFound)?;
    let file = outcome.file.ok_or(ServiceError::NotFound)?;
    let mut update = Vec::new();
    dak::write(&mut update, &update_of(&file, person, number))?;
    let received = Received::new(row.organisation_id, row.source, Cursor::new(update));
    let received = Received { name: row.file_name.clone(), replaces: Replaces::Only(Vec::new()), ..received };
    let imported = take_in(tenant, actor, received).await?;
    if !imported.report.accepted {
        let first = imported.report.errors().next().map(|finding| finding.message.clone());
        return Err(ServiceError::invalid("personnummer", "refused", first.unwrap_or_else(|| Localized::sv("Raden kunde inte läsas."))));
    }
    let mut tx = tenant.db.write().await?;
    let choice = ChoiceRow {
        import_no: row.no,
        line: i64::try_from(line).map_err(anyhow::Error::from)?,
        choice: RowChoice::Corrected,
        by_import: Some(imported.no),
        at: tenant.clock.now(),
        actor: actor.code(),
    };
    own_attendance::choose(&mut tx, &choice).await?;
    let body = json!({ "import": row.no, "line": line, "by": imported.no });
    let event = Event { kind: "attendance.corrected", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(row.organisation_id), actor, event).await?;
    tx.commit().await?;
    Ok(imported.id)
}

/// Leaves out for good every row of a file about which nothing was said yet; answers how many marks that are.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not hers.
pub async fn leave_out(tenant: &Tenant, actor: &Actor, id: ImportId) -> ServiceResult<u64> {
    let mut tx = tenant.db.write().await?;
    let row = own(&mut tx, actor, id).await?;
    let report: crate::attendance::report::Report = serde_json::from_slice(&row.report)?;
    let said: Vec<i64> = own_attendance::choices(&mut tx, row.no).await?.into_iter().map(|choice| choice.line).collect();
    let mut marks = 0;
    for person in report.excluded.iter().filter(|person| person.marks > 0) {
        let line = i64::try_from(person.line).map_err(anyhow::Error::from)?;
        if said.contains(&line) {
            continue;
        }
        marks += person.marks;
        let choice =
            ChoiceRow { import_no: row.no, line, choice: RowChoice::LeftOut, by_import: None, at: tenant.clock.now(), actor: actor.code() };
        own_attendance::choose(&mut tx, &choice).await?;
    }
    if marks > 0 {
        let event = Event { kind: "attendance.left_out", body: json!({ "import": row.no, "marks": marks }), texts: &[] };
        history::record(&mut tx, tenant, Stream::Organisation(row.organisation_id), actor, event).await?;
    }
    tx.commit().await?;
    Ok(marks)
}

/// An import that is the actor's to do something about.
async fn own(tx: &mut Tx, actor: &Actor, id: ImportId) -> ServiceResult<ImportRow> {
    let row = attendance::import_by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::ActFor(About::Association(row.organisation_id)))?;
    Ok(row)
}

/// A file with the person's marks alone, as updates of the occasions they belong to.
fn update_of(file: &AttendanceFile, person: ExcludedPerson, number: PersonNumber) -> AttendanceFile {
    let mut place = 0;
    let mut associations = Vec::with_capacity(file.associations.len());
    for association in &file.associations {
        let mut cards: Vec<FileCard> = Vec::new();
        for card in &association.cards {
            let mut occasions = Vec::new();
            for occasion in &card.occasions {
                let classes = person.marked.iter().filter(|(at, _)| *at == place).map(|(_, class)| *class);
                let marks: Vec<FileMark> = classes.map(|class| FileMark { person: 0, class }).collect();
                if !marks.is_empty() && occasion.method != Method::Remove {
                    occasions.push(FileOccasion { facts: occasion.facts.clone(), method: Method::Update, line: 0, marks });
                }
                place += 1;
            }
            if !occasions.is_empty() {
                cards.push(FileCard { occasions, ..card.clone() });
            }
        }
        associations.push(FileAssociation { cards, ..association.clone() });
    }
    AttendanceFile { municipality: file.municipality.clone(), associations, persons: vec![FilePerson { number, name: person.name }] }
}

fn disposed() -> ServiceError {
    ServiceError::refused("Underlaget är gallrat.", "The records have been disposed of.")
}
