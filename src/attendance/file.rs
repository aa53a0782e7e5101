//! What an attendance file says, compactly: a mark is eight bytes and a person stands once.

use crate::domain::attendance::{MarkClass, OccasionFacts};
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::person_number::PersonNumber;

use super::finding::PersonName;

/// An accepted file: everything in it holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceFile {
    /// The municipality it is sent to, four digits.
    pub municipality: String,
    /// The associations, in the file's order.
    pub associations: Vec<FileAssociation>,
    /// Everyone with a mark, each once, in the order of the file's registers.
    pub persons: Vec<FilePerson>,
}

/// An association and its attendance cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAssociation {
    /// Its id in the municipality's system, as the sender knows it (DAK `foereningsID`).
    pub id: String,
    /// Its name, when sent.
    pub name: Option<String>,
    /// Its organisation number, when sent and valid.
    pub organisation_number: Option<OrganisationNumber>,
    /// Its attendance cards.
    pub cards: Vec<FileCard>,
}

/// An attendance card: a group with its occasions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCard {
    /// Its number in the sending system.
    pub number: i32,
    /// Its name, when sent.
    pub name: Option<String>,
    /// What the group does.
    pub activity: String,
    /// Where.
    pub place: String,
    /// The occasions, in the file's order.
    pub occasions: Vec<FileOccasion>,
}

/// An occasion as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOccasion {
    /// Its facts.
    pub facts: OccasionFacts,
    /// What the sender wants done with it.
    pub method: Method,
    /// The line it begins on.
    pub line: u64,
    /// Who was marked, by person and then role; persons without a valid number are left out.
    pub marks: Vec<FileMark>,
}

/// What a sender wants done with an occasion (DAK `Metod`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Insert; a later sending with the same code replaces the whole occasion.
    Add,
    /// Change only the marks that are sent.
    Update,
    /// Take the occasion away.
    Remove,
}

/// One person's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// Index into [`AttendanceFile::persons`].
    pub person: u32,
    /// What the mark says.
    pub class: MarkClass,
}

/// A person in a file. E-mail addresses and telephone numbers are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePerson {
    /// Her personal number.
    pub number: PersonNumber,
    /// Her name as the file first has it.
    pub name: PersonName,
}

impl AttendanceFile {
    /// All occasions with their association, in the file's order.
    pub fn occasions(&self) -> impl Iterator<Item = (&FileAssociation, &FileOccasion)> {
        self.associations
            .iter()
            .flat_map(|association| association.cards.iter().flat_map(|card| &card.occasions).map(move |occasion| (association, occasion)))
    }
}
