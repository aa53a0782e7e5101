//! The answer document of DAK for systems that send by machine.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::finding::{Finding, FindingCode};
use super::report::Report;

/// What kind of error the document says it is (DAK `feltyp`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `AllmaentFel`: anything else.
    General,
    /// `Personnummer`: a person's number.
    PersonNumber,
    /// `Period`: the date of an occasion, or its period.
    Period,
}

/// One error of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseError {
    /// What kind.
    pub kind: ErrorKind,
    /// The municipality, four digits.
    pub municipality: Option<String>,
    /// The association (`foereningsID`).
    pub association: Option<String>,
    /// The occasion (`kod`).
    pub occasion: Option<String>,
    /// The person's id in the sending system.
    pub person: Option<String>,
    /// What is wrong, in Swedish and masked.
    pub text: String,
}

/// The errors of a refused file, in its own order.
#[must_use]
pub fn errors(report: &Report) -> Vec<ResponseError> {
    report.errors().map(|finding| error(report, finding)).collect()
}

/// Writes the document: `OK="true"` without errors, else every error. `sender` is the sending system's id with the municipality.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut impl Write, sender: &str, errors: &[ResponseError]) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="utf-8"?>"#)?;
    if errors.is_empty() {
        return writeln!(out, r#"<Response OK="true"/>"#);
    }
    writeln!(out, r#"<Response OK="false">"#)?;
    writeln!(out, "  <ImportError>")?;
    writeln!(out, r#"    <Errors foeretag="{}">"#, clean(sender))?;
    for error in errors {
        write!(out, r#"      <Error feltyp="{}""#, kind_name(error.kind))?;
        let attributes =
            [("kommunID", &error.municipality), ("foereningsID", &error.association), ("kod", &error.occasion), ("id", &error.person)];
        for (name, value) in attributes {
            if let Some(value) = value {
                write!(out, r#" {name}="{}""#, clean(value))?;
            }
        }
        writeln!(out, ">{}</Error>", clean(&error.text))?;
    }
    writeln!(out, "    </Errors>")?;
    writeln!(out, "  </ImportError>")?;
    writeln!(out, "</Response>")
}

fn error(report: &Report, finding: &Finding) -> ResponseError {
    let place = if finding.line == 0 { String::new() } else { format!("Rad {}: ", finding.line) };
    ResponseError {
        kind: kind(finding.code),
        // An error of one person names that person alone, as the format's own example does.
        municipality: report.municipality.clone().filter(|_| finding.subject.person.is_none()),
        association: finding.subject.association.clone(),
        occasion: finding.subject.occasion.clone(),
        person: finding.subject.person.clone(),
        text: format!("{place}{}", finding.message.sv),
    }
}

fn kind(code: FindingCode) -> ErrorKind {
    match code {
        FindingCode::PersonNumberMissing | FindingCode::PersonNumberInvalid | FindingCode::SharedPersonNumber => ErrorKind::PersonNumber,
        FindingCode::FutureDate => ErrorKind::Period,
        FindingCode::NotWellFormed
        | FindingCode::Doctype
        | FindingCode::TooLarge
        | FindingCode::DamagedArchive
        | FindingCode::Encoding
        | FindingCode::UnknownFormat
        | FindingCode::Unexpected
        | FindingCode::Missing
        | FindingCode::Repeated
        | FindingCode::BadValue
        | FindingCode::BadLength
        | FindingCode::NumberOutOfRange
        | FindingCode::DanglingReference
        | FindingCode::DuplicateCode
        | FindingCode::DuplicateCard
        | FindingCode::DuplicatePersonId
        | FindingCode::DuplicateMark
        | FindingCode::StopNotAfterStart
        | FindingCode::VeryLong
        | FindingCode::ForeignMunicipality
        | FindingCode::ForeignAssociation
        | FindingCode::OtherSource
        | FindingCode::VersionMismatch
        | FindingCode::BadOrganisationNumber
        | FindingCode::Ignored => ErrorKind::General,
    }
}

const fn kind_name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::General => "AllmaentFel",
        ErrorKind::PersonNumber => "Personnummer",
        ErrorKind::Period => "Period",
    }
}

fn clean(text: &str) -> String {
    let printable: String = text.chars().filter(|symbol| !symbol.is_control() && !matches!(symbol, '\u{fffe}' | '\u{ffff}')).collect();
    escape(printable.as_str()).into_owned()
}
