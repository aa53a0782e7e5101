//! A file that somebody sent, and whether it is hers to send.

use std::collections::BTreeSet;
use std::io::Read;

use super::{half_words, half_year};
use crate::attendance::file::AttendanceFile;
use crate::attendance::finding::{Finding, FindingCode, Subject};
use crate::attendance::report::{Report, masked_id};
use crate::domain::Localized;
use crate::domain::id::OrganisationId;
use crate::domain::localized::Language;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::problem::Severity;
use crate::services::ServiceResult;
use crate::store::Tx;
use crate::store::attendance::{self as rows, SourceKind};
use crate::store::organisations::OrganisationRow;

/// A file that somebody sent.
pub struct Received {
    /// Whose attendance.
    pub organisation: OrganisationId,
    /// How it came.
    pub source: SourceKind,
    /// What the file is called where it comes from.
    pub name: String,
    /// The half-year it was sent for; a file that cannot be read is kept there.
    pub half: Option<String>,
    /// Which attendance from another source it may take the place of.
    pub replaces: Replaces,
    /// The bytes.
    pub bytes: Box<dyn Read + Send>,
}

/// Which half-years' attendance from another source a file may take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// That of every half-year it touches.
    Any,
    /// That of these alone; a file that would withdraw more is refused.
    Only(Vec<String>),
}

impl Received {
    /// A file without a name that takes the place of whatever was there.
    #[must_use]
    pub fn new(organisation: OrganisationId, source: SourceKind, bytes: impl Read + Send + 'static) -> Self {
        Self { organisation, source, name: String::new(), half: None, replaces: Replaces::Any, bytes: Box::new(bytes) }
    }

    /// The same, called something.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { name: shown_name(name), ..self }
    }

    /// The same, sent for a half-year.
    #[must_use]
    pub fn meant_for(self, half: &str) -> Self {
        Self { half: Some(half.to_owned()), ..self }
    }

    /// The same, that may take the place of another source in some half-years alone.
    #[must_use]
    pub fn replacing(self, halves: Vec<String>) -> Self {
        Self { replaces: Replaces::Only(halves), ..self }
    }
}

/// A file's own name without its folders, fit to be shown: browsers send what the visitor's machine calls it.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|symbol| !symbol.is_control()).take(100).collect();
    masked_id(&plain)
}

/// A file for another association is refused: the sender's id or the organisation number must be ours.
pub(super) fn foreign(file: &AttendanceFile, organisation: &OrganisationRow, known_as: &[String], report: &mut Report) {
    let ours = organisation.number.parse::<OrganisationNumber>().ok();
    let strange = file.associations.iter().find(|association| {
        let number = association.organisation_number;
        let by_number = number.is_some() && number == ours;
        let other_number = number.is_some() && number != ours;
        other_number || !(by_number || known_as.contains(&association.id))
    });
    let alone = file.associations.len() == 1;
    let message = if alone {
        Localized::both(
            "Filen gäller en annan förening än er. Kontrollera att ni valde rätt fil. Är det er fil ska ert organisationsnummer stå i den: ändra det i ert närvarosystem och hämta filen igen.",
            "The file is for another association than yours. See that you chose the right file. If it is yours your organisation number should stand in it: change it in your attendance system and fetch the file again.",
        )
    } else {
        Localized::both(
            "Filen gäller inte bara er förening. Skicka den fil som ert närvarosystem gör för er förening.",
            "The file is not for your association alone. Send the file that your attendance system makes for your association.",
        )
    };
    if strange.is_some() || !alone {
        report.accepted = false;
        report.findings.insert(
            0,
            Finding {
                line: 0,
                code: FindingCode::ForeignAssociation,
                severity: Severity::Error,
                message,
                subject: Subject::default(),
                name: None,
            },
        );
    }
}

/// A file that would withdraw what came from another source, where nobody has agreed to it, is refused.
pub(super) async fn displaced(
    tx: &mut Tx,
    file: &AttendanceFile,
    organisation: OrganisationId,
    source: SourceKind,
    allowed: &[String],
    report: &mut Report,
) -> ServiceResult<()> {
    let touched: BTreeSet<String> = file.occasions().map(|(_, occasion)| half_year(occasion.facts.date())).collect();
    for half in touched.iter().filter(|half| !allowed.contains(half)) {
        if rows::active_source(tx, organisation, half).await?.is_none_or(|active| active == source) {
            continue;
        }
        report.accepted = false;
        let when = half_words(half);
        let message = Localized::both(
            format!(
                "Filen har sammankomster i {}, där ni redan har närvaro på ett annat sätt. Öppna den perioden och välj att byta.",
                when.get(Language::Sv)
            ),
            format!(
                "The file has occasions in {}, where you have attendance in another way. Open that period and choose to change.",
                when.get(Language::En)
            ),
        );
        let finding = Finding {
            line: 0,
            code: FindingCode::OtherSource,
            severity: Severity::Error,
            message,
            subject: Subject::default(),
            name: None,
        };
        report.findings.insert(0, finding);
    }
    Ok(())
}
