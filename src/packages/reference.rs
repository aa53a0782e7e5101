//! Reference tables as they come: a CSV file with a key and a figure a row, and how two versions differ.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use rust_decimal::Decimal;

use crate::domain::reference::key;
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::did_you_mean;
use crate::text::number::{self, NumberError};

/// The largest file that is read, in bytes.
pub const MAX_TABLE_BYTES: usize = 20_000_000;

/// The most problems that are told.
const MAX_PROBLEMS: usize = 200;

/// How a version differs from the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TableDiff {
    /// Keys that are new, with their figures.
    pub added: BTreeMap<String, Decimal>,
    /// Keys that are gone, with what they had.
    pub removed: BTreeMap<String, Decimal>,
    /// Keys whose figure changed: before and now.
    pub changed: BTreeMap<String, (Decimal, Decimal)>,
}

impl TableDiff {
    /// What changed from one version to another.
    #[must_use]
    pub fn between(before: &BTreeMap<String, Decimal>, now: &BTreeMap<String, Decimal>) -> Self {
        let keys: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        let mut diff = Self::default();
        for key in keys {
            match (before.get(key), now.get(key)) {
                (None, Some(figure)) => drop(diff.added.insert(key.clone(), *figure)),
                (Some(figure), None) => drop(diff.removed.insert(key.clone(), *figure)),
                (Some(old), Some(new)) if old != new => drop(diff.changed.insert(key.clone(), (*old, *new))),
                (Some(_) | None, Some(_) | None) => {}
            }
        }
        diff
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Reads a table: a head row with `nyckel` and `värde` (or `key` and `value`), then a row for each key. Other columns
/// are notes. There is a table only when every row could be read.
#[must_use]
pub fn read_table(file: &str, bytes: &[u8]) -> (Option<BTreeMap<String, Decimal>>, Vec<Problem>) {
    let mut reading = Reading { file, problems: Vec::new() };
    if bytes.len() > MAX_TABLE_BYTES || bytes.contains(&0) {
        reading.say(
            (0, 0),
            "not_a_table",
            ("Filen är ingen tabell i textform, eller större än 20 MB.", "The file is no table in text form, or larger than 20 MB."),
            ("Spara den som CSV (semikolonavgränsad).", "Save it as CSV with semicolons."),
        );
        return (None, reading.problems);
    }
    let encoding = Encoding::for_bom(bytes)
        .map_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }, |(encoding, _)| encoding);
    let text = encoding.decode_with_bom_removal(bytes).0;
    let table = reading.table(&text);
    let sound = reading.problems.is_empty();
    (table.filter(|_| sound), reading.problems)
}

struct Reading<'f> {
    file: &'f str,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn say(
        &mut self,
        (line, column): (usize, usize),
        code: &str,
        message: (impl Into<String>, impl Into<String>),
        hint: (impl Into<String>, impl Into<String>),
    ) {
        if self.problems.len() < MAX_PROBLEMS {
            let place = Place { file: self.file.to_owned(), line, column };
            self.problems.push(Problem::error(place, code, Localized::both(message.0, message.1), Localized::both(hint.0, hint.1)));
        }
    }

    fn table(&mut self, text: &str) -> Option<BTreeMap<String, Decimal>> {
        let head = text.lines().next().unwrap_or_default();
        let most = |a: &u8, b: &u8| head.bytes().filter(|c| c == a).count().cmp(&head.bytes().filter(|c| c == b).count());
        let delimiter = [b',', b'\t', b';'].into_iter().max_by(most).unwrap_or(b';');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.records();
        let head = records.next().and_then(Result::ok).unwrap_or_default();
        let named = |wanted: [&str; 2]| head.iter().position(|name| wanted.contains(&name.trim().to_lowercase().as_str()));
        let (Some(key_at), Some(value_at)) = (named(["nyckel", "key"]), named(["värde", "value"])) else {
            let nearest = head
                .iter()
                .map(|name| did_you_mean(name.trim(), ["nyckel", "värde"].into_iter()))
                .find(|hint| hint.sv.starts_with("Menade"));
            let hint =
                nearest.unwrap_or_else(|| Localized::both("Skriv nyckel;värde på första raden.", "Write key;value on the first row."));
            self.say(
                (1, 1),
                "missing_column",
                ("Första raden ska ha kolumnerna nyckel och värde.", "The first row must have the columns key and value."),
                (hint.sv.clone(), hint.en.unwrap_or(hint.sv)),
            );
            return None;
        };
        let mut values = BTreeMap::new();
        for (at, record) in (2..).zip(records) {
            let Ok(record) = record else {
                self.say(
                    (at, 1),
                    "bad_row",
                    ("Raden går inte att läsa.", "The row cannot be read."),
                    ("Kontrollera citattecknen.", "Check the quotes."),
                );
                continue;
            };
            let line = record.position().and_then(|position| usize::try_from(position.line()).ok()).unwrap_or(at);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.row(line, (key_at, record.get(key_at)), (value_at, record.get(value_at)), &mut values);
        }
        if values.is_empty() && self.problems.is_empty() {
            self.say(
                (0, 0),
                "empty_table",
                ("Tabellen har inga rader.", "The table has no rows."),
                ("Skriv en rad per nyckel, till exempel 802400-1234;12500,50.", "Write a row for each key, such as 802400-1234;12500.50."),
            );
        }
        Some(values)
    }

    fn row(&mut self, line: usize, name: (usize, Option<&str>), figure: (usize, Option<&str>), values: &mut BTreeMap<String, Decimal>) {
        let key = key(name.1.unwrap_or_default());
        if key.is_empty() {
            self.say(
                (line, name.0 + 1),
                "missing_key",
                ("Raden saknar nyckel.", "The row has no key."),
                ("Skriv till exempel organisationsnumret.", "Write for example the organisation number."),
            );
            return;
        }
        let written = figure.1.unwrap_or_default();
        let value = match number::parse(written) {
            Ok(value) => value,
            Err(error) => {
                let hint = match error {
                    NumberError::Empty => (
                        "Skriv talet, eller ta bort raden: det som saknas är okänt, inte noll.",
                        "Write the number, or remove the row: what is missing is unknown, not zero.",
                    ),
                    NumberError::AmbiguousPoint => (
                        "Skriv decimaler med komma: 1234,50.",
                        "Write 1234.50 without a thousands separator, or with a comma for decimals.",
                    ),
                    NumberError::NotANumber | NumberError::Grouping | NumberError::TooLong => {
                        ("Skriv bara siffror och ett decimalkomma: 1234,50.", "Write digits and one decimal sign only: 1234,50.")
                    }
                };
                self.say(
                    (line, figure.0 + 1),
                    "not_a_number",
                    (format!("”{}” är inget tal.", written.trim()), format!("\"{}\" is no number.", written.trim())),
                    hint,
                );
                return;
            }
        };
        if values.insert(key.clone(), value).is_some() {
            self.say(
                (line, name.0 + 1),
                "key_twice",
                (format!("Nyckeln ”{key}” står två gånger."), format!("The key \"{key}\" stands twice.")),
                (
                    "Behåll en av raderna; ett organisationsnummer med och utan bindestreck är samma nyckel.",
                    "Keep one of the rows; an organisation number with and without a dash is the same key.",
                ),
            );
        }
    }
}
