//! Attendance files as rules see them, without a database: for test cases and `bifall evaluate`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::attendance::dak::{self, Options};
use crate::attendance::file::{AttendanceFile, FileAssociation, FileOccasion, Method};
use crate::domain::Localized;
use crate::domain::attendance::{AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo};
use crate::domain::inputs::Inputs;
use crate::domain::person_number::PersonNumber;

/// An attendance file: its name and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct AttendanceSource<'f> {
    /// What it is called, for messages.
    pub name: &'f str,
    /// What it holds, gzipped or not.
    pub bytes: &'f [u8],
}

/// The applicant's attendance in the period. Files are taken in their order: an occasion sent again
/// replaces the one before, as when they are imported one after the other.
///
/// # Errors
/// What is wrong with a file, in words: it is refused, or none of its associations is the applicant.
pub fn attendance_of(files: &[AttendanceSource<'_>], inputs: &Inputs) -> Result<AttendanceData, Localized> {
    let mut occasions = BTreeMap::new();
    for source in files {
        let file = read(source, inputs)?;
        let association = applicant(&file, inputs).ok_or_else(|| {
            Localized::both(
                format!("{}: ingen av filens föreningar har organisationsnumret {}.", source.name, inputs.organisation.number),
                format!("{}: none of the file's associations has the organisation number {}.", source.name, inputs.organisation.number),
            )
        })?;
        for occasion in association.cards.iter().flat_map(|card| &card.occasions) {
            if inputs.period.covers.contains(occasion.facts.date()) {
                take(&mut occasions, &file, occasion);
            }
        }
    }
    Ok(numbered(occasions))
}

fn read(source: &AttendanceSource<'_>, inputs: &Inputs) -> Result<AttendanceFile, Localized> {
    let failed = |sv: String, en: String| Localized::both(format!("{}: {sv}", source.name), format!("{}: {en}", source.name));
    // A case says when it happens; occasions of its period are not in its future.
    let options = Options::on(inputs.received.max(inputs.period.covers.to));
    let outcome = dak::read(source.bytes, &options).map_err(|error| failed(error.to_string(), error.to_string()))?;
    outcome.file.ok_or_else(|| {
        let first = outcome.report.errors().next();
        let (line, text) =
            first.map_or((0, Localized::both("Filen är avvisad.", "The file is refused.")), |found| (found.line, found.message.clone()));
        let en = text.en.clone().unwrap_or_else(|| text.sv.clone());
        failed(format!("rad {line}: {}", text.sv), format!("line {line}: {en}"))
    })
}

/// The association with the applicant's number; the only one of a file that does not send numbers.
fn applicant<'f>(file: &'f AttendanceFile, inputs: &Inputs) -> Option<&'f FileAssociation> {
    let by_number = |association: &&FileAssociation| {
        association.organisation_number.is_some_and(|number| number.digits() == inputs.organisation.number)
    };
    file.associations.iter().find(by_number).or(match file.associations.as_slice() {
        [only] if only.organisation_number.is_none() => Some(only),
        _ => None,
    })
}

/// What tells occasions of an association apart, in the order in which ties are settled.
type Key = (NaiveDateTime, i32, String);
type Marks = BTreeMap<(PersonNumber, Role), MarkClass>;

/// A person may stand on both lists of an occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Participant,
    Leader,
}

fn take(occasions: &mut BTreeMap<Key, (OccasionFacts, Marks)>, file: &AttendanceFile, occasion: &FileOccasion) {
    let facts = &occasion.facts;
    let same = |known: &OccasionFacts| (known.card, &known.code, known.date()) == (facts.card, &facts.code, facts.date());
    let before = occasions.iter().find(|(_, (known, _))| same(known)).map(|(key, _)| key.clone()).and_then(|key| occasions.remove(&key));
    let mut marks = match occasion.method {
        Method::Remove => return,
        Method::Add => Marks::new(),
        Method::Update => before.map(|(_, marks)| marks).unwrap_or_default(),
    };
    for mark in &occasion.marks {
        let Some(person) = usize::try_from(mark.person).ok().and_then(|index| file.persons.get(index)) else { continue };
        let role = if mark.class.is_leader() { Role::Leader } else { Role::Participant };
        marks.insert((person.number, role), mark.class);
    }
    occasions.insert((facts.start, facts.card, facts.code.clone()), (facts.clone(), marks));
}

/// Persons get their numbers in the order of their personal numbers, so that ties fall the same way each time.
fn numbered(occasions: BTreeMap<Key, (OccasionFacts, Marks)>) -> AttendanceData {
    let numbers: BTreeSet<PersonNumber> = occasions.values().flat_map(|(_, marks)| marks.keys().map(|(number, _)| *number)).collect();
    let index: BTreeMap<PersonNumber, u32> = numbers.iter().copied().zip(0_u32..).collect();
    let persons = numbers
        .iter()
        .zip(1_i64..)
        .map(|(number, no)| PersonFacts { no: PersonNo(no), birth: number.birth(), sex: number.sex(), resident: None })
        .collect();
    let mut data = AttendanceData { persons, ..AttendanceData::default() };
    for (at, (facts, marks)) in (0_u32..).zip(occasions.into_values()) {
        let of_occasion = marks.into_iter().filter_map(|((number, _), class)| {
            index.get(&number).map(|person| Mark { occasion: at, person: *person, class, lost_clash: false })
        });
        data.marks.extend(of_occasion);
        data.occasions.push(facts);
    }
    data
}
