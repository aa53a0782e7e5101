//! Member lists in Göteborg's form: text rows with semicolons, of 2023 (six columns) and of 2026 (four).

use std::collections::HashSet;
use std::io::{self, Read};

use chrono::NaiveDate;
use csv::StringRecord;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::finding::{Finding, FindingCode, Findings, PersonName, Subject};
use super::source::newlines;
use crate::domain::Localized;
use crate::domain::person_number::{PersonNumber, PersonNumberError};
use crate::domain::problem::Severity;

/// The largest list that is read, in bytes.
pub const MAX_BYTES: u64 = 20_000_000;

/// The most members that are read.
pub const MAX_ROWS: usize = 100_000;

const MAX_COLUMNS: usize = 100;

/// A member as the list has her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The line, from 1.
    pub line: u64,
    /// Her name.
    pub name: PersonName,
    /// Her personal number.
    pub number: PersonNumber,
    /// Her postcode, five digits, when the list has it.
    pub postcode: Option<String>,
    /// Whether the list says she lives in the municipality: the sender's guess from the postcode, not a fact.
    pub resident: Option<bool>,
    /// Whether the list says she has a disability (health data: kept only where a grant reads it).
    pub disability: Option<bool>,
}

/// What came of reading a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberList {
    /// The members, in the list's order; empty when it was refused.
    pub rows: Vec<MemberRow>,
    /// Faults and oddities by line.
    pub findings: Vec<Finding>,
    /// Findings that did not fit.
    pub findings_left_out: u64,
    /// Whether the list was taken in.
    pub accepted: bool,
}

/// Reads a list in UTF-8 (with or without byte order mark) or Windows-1252.
///
/// Who has no valid personal number is left out, with a finding.
///
/// # Errors
/// Only when the bytes cannot be had.
pub fn read(raw: impl Read, today: NaiveDate) -> io::Result<MemberList> {
    let mut bytes = Vec::new();
    raw.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let mut findings = Findings::default();
    let rows = if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES) {
        rows(&decoded(&bytes), today, &mut findings)
    } else {
        findings.push(whole(FindingCode::TooLarge, "Listan är större än 20 MB. Dela upp den.", "The list is larger than 20 MB. Split it."));
        Vec::new()
    };
    if rows.is_empty() && !findings.refused() {
        findings.push(whole(
            FindingCode::Missing,
            "Ingen rad i listan har en medlem som kan räknas. Kontrollera personnumren.",
            "No row of the list has a member who can be counted. Check the personal numbers.",
        ));
    }
    let accepted = !findings.refused();
    let (findings, findings_left_out) = findings.finish();
    Ok(MemberList { rows: if accepted { rows } else { Vec::new() }, findings, findings_left_out, accepted })
}

/// Text by its byte order mark; else UTF-8 if it is, else what spreadsheets on Windows write.
fn decoded(bytes: &[u8]) -> String {
    let encoding =
        Encoding::for_bom(bytes).map_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }, |(found, _)| found);
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}

/// Where the columns are.
struct Columns {
    given: usize,
    family: usize,
    number: usize,
    postcode: Option<usize>,
    resident: Option<usize>,
    disability: Option<usize>,
}

fn rows(text: &str, today: NaiveDate, findings: &mut Findings) -> Vec<MemberRow> {
    if text.contains('\0') {
        findings.push(whole(
            FindingCode::BadValue,
            "Filen är inte en textfil. Spara listan som CSV (semikolonavgränsad).",
            "The file is not a text file. Save the list as CSV with semicolons.",
        ));
        return Vec::new();
    }
    let head = text.lines().next().unwrap_or_default();
    let mut delimiter = b';';
    for other in [b',', b'\t'] {
        if count(head, other) > count(head, delimiter) {
            delimiter = other;
        }
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), counted: 0, newlines: 0 };
    let mut record = StringRecord::new();
    let mut columns = None;
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                findings.push(fault(lines.newlines + 1, FindingCode::BadValue, "Raden går inte att läsa.", "The row cannot be read."));
                break;
            }
        }
        let line = lines.of(&record);
        if record.len() > MAX_COLUMNS {
            findings.push(fault(line, FindingCode::BadLength, "Raden har fler än 100 kolumner.", "The row has more than 100 columns."));
            break;
        }
        let Some(columns) = &columns else {
            columns = columns_of(&record, findings);
            if columns.is_none() {
                return Vec::new();
            }
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if members.len() == MAX_ROWS {
            findings.push(fault(
                line,
                FindingCode::TooLarge,
                "Listan har fler än 100 000 medlemmar.",
                "The list has more than 100,000 members.",
            ));
            break;
        }
        if let Some(member) = member(&record, line, columns, today, findings) {
            if seen.insert(member.number) {
                members.push(member);
            } else {
                findings.push(Finding {
                    severity: Severity::Warning,
                    name: Some(member.name),
                    ..fault(
                        line,
                        FindingCode::DuplicateMark,
                        &format!("Personnumret {} finns redan i listan. Raden räknas inte.", member.number),
                        &format!("The personal number {} is already in the list. The row does not count.", member.number),
                    )
                });
            }
        }
    }
    if columns.is_none() {
        findings.push(whole(FindingCode::Missing, "Listan är tom.", "The list is empty."));
    }
    members
}

/// Lines of records. The reader's own count is one short where lines end with both carriage return and newline.
struct Lines<'a> {
    text: &'a [u8],
    counted: usize,
    newlines: u64,
}

impl Lines<'_> {
    fn of(&mut self, record: &StringRecord) -> u64 {
        let position = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.counted);
        let blank = self.text[position..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = (position + blank).max(self.counted);
        self.newlines += newlines(&self.text[self.counted..start]);
        self.counted = start;
        self.newlines + 1
    }
}

fn columns_of(record: &StringRecord, findings: &mut Findings) -> Option<Columns> {
    let heads: Vec<String> = record.iter().map(|head| head.trim().to_lowercase()).collect();
    let find = |name: &str| heads.iter().position(|head| head.starts_with(name));
    let columns = (|| {
        Some(Columns {
            given: find("förnamn")?,
            family: find("efternamn")?,
            number: find("personnummer")?,
            postcode: find("postnummer"),
            resident: find("är bosatt"),
            disability: find("har funktionsnedsättning"),
        })
    })();
    if columns.is_none() {
        findings.push(fault(
            1,
            FindingCode::Missing,
            "Första raden ska ha kolumnerna Förnamn, Efternamn och Personnummer, åtskilda med semikolon.",
            "The first row must have the columns Förnamn, Efternamn and Personnummer, with semicolons between.",
        ));
    }
    columns
}

fn member(record: &StringRecord, line: u64, columns: &Columns, today: NaiveDate, findings: &mut Findings) -> Option<MemberRow> {
    let cell = |column: usize| record.get(column).unwrap_or_default().trim();
    let optional = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty());
    let name = PersonName { given: cell(columns.given).to_owned(), family: cell(columns.family).to_owned() };
    let number = match PersonNumber::parse(cell(columns.number)) {
        Ok(number) if number.birth() <= today => number,
        other => {
            let reason = other.err().unwrap_or(PersonNumberError::Date);
            let code =
                if reason == PersonNumberError::Missing { FindingCode::PersonNumberMissing } else { FindingCode::PersonNumberInvalid };
            let text = reason.text();
            findings.push(Finding {
                severity: Severity::Warning,
                name: Some(name),
                ..fault(
                    line,
                    code,
                    &format!("{} Medlemmen räknas inte med.", text.sv),
                    &format!("{} The member is left out.", text.en.unwrap_or_default()),
                )
            });
            return None;
        }
    };
    let mut answer = |column: Option<usize>| match optional(column).map(str::to_lowercase).as_deref() {
        Some("ja") => Some(true),
        Some("nej") => Some(false),
        None => None,
        Some(_) => {
            findings.push(Finding {
                severity: Severity::Warning,
                ..fault(line, FindingCode::BadValue, "Skriv Ja eller Nej. Svaret används inte.", "Write Ja or Nej. The answer is not used.")
            });
            None
        }
    };
    let (resident, disability) = (answer(columns.resident), answer(columns.disability));
    let postcode = optional(columns.postcode)
        .map(|text| text.chars().filter(|symbol| !symbol.is_whitespace()).collect::<String>())
        .filter(|text| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()));
    Some(MemberRow { line, name, number, postcode, resident, disability })
}

fn count(text: &str, byte: u8) -> usize {
    text.bytes().filter(|other| *other == byte).count()
}

fn whole(code: FindingCode, sv: &str, en: &str) -> Finding {
    fault(0, code, sv, en)
}

fn fault(line: u64, code: FindingCode, sv: &str, en: &str) -> Finding {
    Finding { line, code, severity: Severity::Error, message: Localized::both(sv, en), subject: Subject::default(), name: None }
}
