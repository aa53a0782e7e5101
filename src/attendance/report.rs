//! The report of an import: what was received, what was found, and whose marks were left out.

use serde::{Deserialize, Serialize};

use crate::domain::Localized;
use crate::domain::attendance::MarkClass;
use crate::domain::problem::Severity;

use super::finding::{Finding, PersonName};

/// What came of reading a file. Stored without names; the numbers in its texts are masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The format, such as `dak`.
    pub format: String,
    /// The version of the format as it was read, such as `2.2`; empty when it could not be told.
    pub version: String,
    /// The municipality the file says it is for, four digits.
    pub municipality: Option<String>,
    /// Whether the file was taken in. All or nothing.
    pub accepted: bool,
    /// What the sender compares with her own sums.
    pub receipt: Receipt,
    /// Faults and oddities by line, at most [`MAX_FINDINGS`](super::finding::MAX_FINDINGS).
    pub findings: Vec<Finding>,
    /// Findings that did not fit the list.
    pub findings_left_out: u64,
    /// Whose marks were left out, by line.
    pub excluded: Vec<ExcludedPerson>,
}

/// Receipt counts (DAK 2.2: exporter and importer should both show them). Only those present count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Associations.
    pub associations: u64,
    /// Sammankomster, also those to be removed.
    pub occasions: u64,
    /// Sammankomster to be removed.
    pub removals: u64,
    /// Deltagartillfällen: present participants.
    pub participant_marks: u64,
    /// Ledartillfällen: present leaders.
    pub leader_marks: u64,
    /// Persons with a valid number in the registers, each once.
    pub persons: u64,
    /// Marks left out with the persons in [`Report::excluded`].
    pub excluded_marks: u64,
}

/// A person without a valid personal number: her marks are not taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedPerson {
    /// The line of her entry in the register.
    pub line: u64,
    /// Her id in the sending system, masked where it could be a personal number.
    pub id: String,
    /// Why, as [`PersonNumberError::code`](crate::domain::person_number::PersonNumberError::code).
    pub reason: String,
    /// Why, and what to do.
    pub text: Localized,
    /// How many of her marks were left out.
    pub marks: u64,
    /// Her name as the file has it, for the eyes of the one who sent it; not stored with the report.
    #[serde(skip)]
    pub name: PersonName,
    /// Which marks were left out: the occasion's place in the file and what the mark says; not stored with the report.
    #[serde(skip)]
    pub marked: Vec<(usize, MarkClass)>,
}

impl Report {
    /// Takes the names out, as they are out of the report that stays.
    pub fn forget_names(&mut self) {
        for finding in &mut self.findings {
            finding.name = None;
        }
        for excluded in &mut self.excluded {
            excluded.name = PersonName::default();
        }
    }

    /// The findings that refuse the file.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// The findings that do not.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Warning)
    }
}

/// A text of a sending system with the last four of every ten digits or more in a row starred: some systems use personal numbers as ids.
#[must_use]
pub fn masked_id(text: &str) -> String {
    let mut masked: Vec<char> = Vec::with_capacity(text.len());
    let mut row: Vec<usize> = Vec::new();
    for symbol in text.chars().chain(std::iter::once('\n')) {
        if symbol.is_ascii_digit() {
            row.push(masked.len());
        } else if !matches!(symbol, '-' | '+' | ' ') {
            if row.len() >= 10 {
                for place in &row[row.len() - 4..] {
                    masked[*place] = '*';
                }
            }
            row.clear();
        }
        masked.push(symbol);
    }
    masked.pop();
    masked.into_iter().collect()
}
