//! What a reader found wrong or odd in a received file.

use serde::{Deserialize, Serialize};

use crate::domain::Localized;
use crate::domain::problem::Severity;

/// How many findings a report lists; what comes after is only counted.
pub const MAX_FINDINGS: usize = 1_000;

/// One fault or oddity, with the line it is on.
///
/// Messages never hold a name or a whole personal number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The line in the file, from 1; 0 when it concerns the whole file.
    pub line: u64,
    /// What kind of finding.
    pub code: FindingCode,
    /// Whether it refuses the file.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: Localized,
    /// The part of the file it concerns, as the sending system names it.
    #[serde(default, skip_serializing_if = "Subject::is_empty")]
    pub subject: Subject,
    /// The person's name as the file has it, for the eyes of the one who sent it; not stored with the report.
    #[serde(skip)]
    pub name: Option<PersonName>,
}

/// The sending system's own names of what a finding concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The association (DAK `foereningsID`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<String>,
    /// The occasion (DAK `kod`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<String>,
    /// The person (DAK `id`), masked where it could be a personal number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

impl Subject {
    fn is_empty(&self) -> bool {
        self.association.is_none() && self.occasion.is_none() && self.person.is_none()
    }
}

/// A name that does not show itself in debug output.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
}

impl PersonName {
    /// Given and family name.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(..)")
    }
}

/// The kinds of findings. The code is stable: machines that send files may act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The XML breaks off, or tags do not match.
    NotWellFormed,
    /// The file has a DTD, which could make it reach out to other files.
    Doctype,
    /// The file is larger than what is received.
    TooLarge,
    /// The compressed file is damaged.
    DamagedArchive,
    /// The bytes are not in the encoding the file says.
    Encoding,
    /// Not an attendance file of a version we know.
    UnknownFormat,
    /// An element, attribute or column that has no place there.
    Unexpected,
    /// An element, attribute or column that must be there.
    Missing,
    /// An element that may be there once.
    Repeated,
    /// A value of the wrong form.
    BadValue,
    /// A value longer or shorter than the format allows.
    BadLength,
    /// A number too large for the format (a card number is a 32-bit integer).
    NumberOutOfRange,
    /// A mark of somebody who is not in the register.
    DanglingReference,
    /// The same occasion code twice.
    DuplicateCode,
    /// The same card number twice.
    DuplicateCard,
    /// The same id twice in a register.
    DuplicatePersonId,
    /// The same person twice on one list of an occasion.
    DuplicateMark,
    /// One personal number under different names.
    SharedPersonNumber,
    /// The occasion does not end after it begins.
    StopNotAfterStart,
    /// The occasion lasts more than two weeks.
    VeryLong,
    /// The occasion lies in the future.
    FutureDate,
    /// The file is for another municipality.
    ForeignMunicipality,
    /// The file is not for the association that sent it alone.
    ForeignAssociation,
    /// The file would take the place of attendance from another source, and nobody has agreed to it.
    OtherSource,
    /// The version attribute says something else than the namespace.
    VersionMismatch,
    /// The association's organisation number is none.
    BadOrganisationNumber,
    /// A person without a personal number.
    PersonNumberMissing,
    /// A person whose personal number is none.
    PersonNumberInvalid,
    /// Something in the file is not read.
    Ignored,
}

impl FindingCode {
    /// The code as reports and machine answers write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotWellFormed => "not_well_formed",
            Self::Doctype => "doctype",
            Self::TooLarge => "too_large",
            Self::DamagedArchive => "damaged_archive",
            Self::Encoding => "encoding",
            Self::UnknownFormat => "unknown_format",
            Self::Unexpected => "unexpected",
            Self::Missing => "missing",
            Self::Repeated => "repeated",
            Self::BadValue => "bad_value",
            Self::BadLength => "bad_length",
            Self::NumberOutOfRange => "number_out_of_range",
            Self::DanglingReference => "dangling_reference",
            Self::DuplicateCode => "duplicate_code",
            Self::DuplicateCard => "duplicate_card",
            Self::DuplicatePersonId => "duplicate_person_id",
            Self::DuplicateMark => "duplicate_mark",
            Self::SharedPersonNumber => "shared_person_number",
            Self::StopNotAfterStart => "stop_not_after_start",
            Self::VeryLong => "very_long",
            Self::FutureDate => "future_date",
            Self::ForeignMunicipality => "foreign_municipality",
            Self::ForeignAssociation => "foreign_association",
            Self::OtherSource => "other_source",
            Self::VersionMismatch => "version_mismatch",
            Self::BadOrganisationNumber => "bad_organisation_number",
            Self::PersonNumberMissing => "person_number_missing",
            Self::PersonNumberInvalid => "person_number_invalid",
            Self::Ignored => "ignored",
        }
    }
}

/// Findings while a file is read: errors are kept before warnings when there are too many.
#[derive(Debug, Default)]
pub(super) struct Findings {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
    error_count: u64,
    warning_count: u64,
}

impl Findings {
    pub(super) fn warning(&mut self, line: u64, code: FindingCode, message: Localized) {
        self.push(Finding { line, code, severity: Severity::Warning, message, subject: Subject::default(), name: None });
    }

    pub(super) fn push(&mut self, finding: Finding) {
        let (list, count) = match finding.severity {
            Severity::Error => (&mut self.errors, &mut self.error_count),
            Severity::Warning => (&mut self.warnings, &mut self.warning_count),
        };
        *count += 1;
        if list.len() < MAX_FINDINGS {
            list.push(finding);
        }
    }

    pub(super) fn refused(&self) -> bool {
        self.error_count > 0
    }

    /// The findings by line, at most [`MAX_FINDINGS`], and how many were left out.
    pub(super) fn finish(mut self) -> (Vec<Finding>, u64) {
        self.warnings.truncate(MAX_FINDINGS - self.errors.len());
        let mut all = self.errors;
        all.append(&mut self.warnings);
        let left_out = self.error_count + self.warning_count - u64::try_from(all.len()).unwrap_or(u64::MAX);
        all.sort_by_key(|finding| finding.line);
        (all, left_out)
    }
}
