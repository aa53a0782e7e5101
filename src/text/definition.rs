//! Reads TOML definitions so that every fault has file, line and column.
//!
//! serde's tagged enums lose the place of a fault; this reader keeps it. A definition is read
//! with [`Source::read`], which hands over a [`Table`]; each getter notes what is wrong and
//! returns `None`, so one reading finds every fault; [`Table::finish`] reports keys nobody asked for.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::condition::{self, Fault, Kind, Written};
use crate::domain::{Localized, Place, Problem};

/// A definition file's text and where its lines begin.
#[derive(Debug)]
pub struct Source<'s> {
    file: &'s str,
    text: &'s str,
    lines: Vec<usize>,
}

impl<'s> Source<'s> {
    /// A source; `file` is the path shown in problems, relative to the package root.
    #[must_use]
    pub fn new(file: &'s str, text: &'s str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, lines }
    }

    /// The place of a byte offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Place { file: self.file.to_owned(), line, column }
    }

    /// Parses the text and lets `read` take what it needs. Problems come in the order of their places.
    ///
    /// A text that is no TOML gives its problems and `None`.
    pub fn read<T>(&self, read: impl FnOnce(&Table<'_>) -> Option<T>) -> (Option<T>, Vec<Problem>) {
        let sink = Sink::default();
        let value = match DeTable::parse(self.text) {
            Ok(table) => {
                let context = Rc::new(Context { source: self, sink });
                let root = Table::new(&context, table.get_ref(), table.span());
                let value = read(&root);
                root.finish();
                drop(root);
                return (value, context.sink.take());
            }
            Err(error) => {
                let (message, hint) = super::toml_words::words(error.message());
                sink.push(Problem::error(self.place(error.span().map_or(0, |span| span.start)), "toml_syntax", message, hint));
                None
            }
        };
        (value, sink.take())
    }
}

#[derive(Debug, Default)]
struct Sink(RefCell<Vec<Problem>>);

impl Sink {
    fn push(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    fn take(&self) -> Vec<Problem> {
        let mut problems = self.0.take();
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems
    }
}

#[derive(Debug)]
struct Context<'s> {
    source: &'s Source<'s>,
    sink: Sink,
}

/// A table being read. Getters return `None` after noting what is wrong.
#[derive(Debug)]
pub struct Table<'t> {
    context: &'t Rc<Context<'t>>,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    asked: RefCell<BTreeSet<&'static str>>,
    open: RefCell<bool>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Value<'t> {
    context: &'t Rc<Context<'t>>,
    value: &'t DeValue<'t>,
    span: Range<usize>,
}

/// A value that was read and where it stands, for later cross-checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<'t> Table<'t> {
    fn new(context: &'t Rc<Context<'t>>, table: &'t DeTable<'t>, span: Range<usize>) -> Self {
        Self { context, table, span, asked: RefCell::default(), open: RefCell::new(false) }
    }

    /// Where the table begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.context.source.place(self.span.start)
    }

    /// Notes a fault at the table's beginning.
    pub fn problem(&self, code: &str, message: Localized, hint: Localized) {
        self.context.sink.push(Problem::error(self.place(), code, message, hint));
    }

    /// Notes a problem whose place the caller worked out.
    pub fn report(&self, problem: Problem) {
        self.context.sink.push(problem);
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &'static str) -> Option<Value<'t>> {
        self.asked.borrow_mut().insert(key);
        self.lookup(key)
    }

    fn lookup(&self, key: &str) -> Option<Value<'t>> {
        let (_, value) = self.table.get_key_value(key)?;
        Some(Value { context: self.context, value: value.get_ref(), span: value.span() })
    }

    /// The value of a key that must be there.
    pub fn require(&self, key: &'static str) -> Option<Value<'t>> {
        let value = self.get(key);
        if value.is_none() {
            self.problem(
                "missing_key",
                Localized::both(format!("Uppgiften ”{key}” saknas."), format!("The key \"{key}\" is missing.")),
                Localized::both(format!("Lägg till en rad ”{key} = …” här."), format!("Add a line \"{key} = …\" here.")),
            );
        }
        value
    }

    /// All keys with their values, for tables whose keys are data; unknown keys are then no fault.
    pub fn entries(&self) -> Vec<(Located<String>, Value<'t>)> {
        *self.open.borrow_mut() = true;
        self.table
            .iter()
            .map(|(key, value)| {
                let key_at = Located { value: key.get_ref().to_string(), place: self.context.source.place(key.span().start) };
                (key_at, Value { context: self.context, value: value.get_ref(), span: value.span() })
            })
            .collect()
    }

    /// The tables of an array of tables (`[[key]]`), none when the key is absent.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if value.is_array() {
            return value.items().iter().filter_map(|item| item.table_like(&format!("[[{key}]]"))).collect();
        }
        value.problem(
            "wrong_type",
            Localized::both(format!("”{key}” skrivs en gång för varje."), format!("\"{key}\" is written once for each.")),
            Localized::both(
                format!("Skriv [[{key}]] med dubbla hakparenteser på en egen rad, och dess uppgifter på raderna under."),
                format!("Write [[{key}]] in double brackets on a line of its own, and what belongs to it on the lines below."),
            ),
        );
        Vec::new()
    }

    /// Reports every key that nobody asked for, with the nearest known key as a hint.
    pub fn finish(&self) {
        if *self.open.borrow() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            if asked.contains(key.get_ref().as_ref()) {
                continue;
            }
            let known = asked.iter().copied();
            self.context.sink.push(Problem::error(
                self.context.source.place(key.span().start),
                "unknown_key",
                Localized::both(
                    format!("Uppgiften ”{}” känns inte igen här.", key.get_ref()),
                    format!("The key \"{}\" is not known here.", key.get_ref()),
                ),
                did_you_mean(key.get_ref(), known),
            ));
        }
    }
}

impl<'t> Value<'t> {
    /// Where the value stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.context.source.place(self.span.start)
    }

    /// Notes a fault at the value.
    pub fn problem(&self, code: &str, message: Localized, hint: Localized) {
        self.context.sink.push(Problem::error(self.place(), code, message, hint));
    }

    /// Notes something to look at, at the value.
    pub fn warning(&self, code: &str, message: Localized, hint: Localized) {
        self.context.sink.push(Problem::warning(self.place(), code, message, hint));
    }

    /// Notes a problem whose place the caller worked out.
    pub fn report(&self, problem: Problem) {
        self.context.sink.push(problem);
    }

    /// Where the first character of a quoted text stands: after the opening quote.
    #[must_use]
    pub fn place_in_text(&self) -> Place {
        let raw = self.context.source.text.get(self.span.start..).unwrap_or_default();
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        self.context.source.place(self.span.start + quotes)
    }

    fn wrong_type<T>(&self, sv: &str, en: &str, example: &str) -> Option<T> {
        self.problem(
            "wrong_type",
            Localized::both(format!("Här ska det stå {sv}."), format!("This must be {en}.")),
            Localized::both(format!("Skriv till exempel {example}."), format!("Write for example {example}.")),
        );
        None
    }

    /// A text.
    pub fn text(&self) -> Option<&'t str> {
        self.value.as_str().or_else(|| self.wrong_type("en text inom citattecken", "a quoted text", "\"text\""))
    }

    /// A text with its place.
    pub fn located_text(&self) -> Option<Located<String>> {
        self.text().map(|text| Located { value: text.to_owned(), place: self.place() })
    }

    /// A stable id: `[a-z][a-z0-9_-]*`, at most 64 characters.
    pub fn id(&self) -> Option<String> {
        let text = self.text()?;
        if is_id(text) {
            return Some(text.to_owned());
        }
        self.problem(
            "bad_id",
            Localized::both(format!("”{text}” är inget giltigt id."), format!("\"{text}\" is not a valid id.")),
            Localized::both(
                "Ett id börjar med en liten bokstav a–z och har sedan bara a–z, 0–9, _ och -.",
                "An id begins with a letter a–z and has only a–z, 0–9, _ and - after that.",
            ),
        );
        None
    }

    /// True or false.
    pub fn boolean(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong_type("true eller false", "true or false", "true"))
    }

    /// A whole number.
    pub fn integer(&self) -> Option<i64> {
        self.value
            .as_integer()
            .and_then(|number| i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok())
            .or_else(|| self.wrong_type("ett heltal", "a whole number", "45"))
    }

    /// An exact decimal number: quoted (`"9.89"`) or a whole number. Unquoted decimals are refused:
    /// they invite binary fractions into money.
    pub fn decimal(&self) -> Option<Decimal> {
        let parsed = match self.value {
            DeValue::String(text) => text.parse().ok(),
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        parsed.or_else(|| self.wrong_type("ett tal inom citattecken med punkt", "a quoted number with a point", "\"9.89\""))
    }

    /// A date.
    pub fn date(&self) -> Option<NaiveDate> {
        let date = match self.value {
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.date.and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)))
            }
            _ => None,
        };
        date.or_else(|| self.wrong_type("ett datum", "a date", "2026-01-01"))
    }

    /// A time of day: `18:30` in quotes, or TOML's own `18:30:00`.
    pub fn time(&self) -> Option<NaiveTime> {
        let time = match self.value {
            DeValue::String(text) => NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok(),
            DeValue::Datetime(moment) if moment.date.is_none() && moment.offset.is_none() => moment.time.and_then(|time| {
                NaiveTime::from_hms_opt(u32::from(time.hour), u32::from(time.minute), u32::from(time.second.unwrap_or(0)))
            }),
            _ => None,
        };
        time.or_else(|| self.wrong_type("ett klockslag", "a time of day", "\"18:30\""))
    }

    /// A text in Swedish with an optional English twin: `{ sv = "…", en = "…" }` or a plain Swedish text.
    pub fn localized(&self) -> Option<Localized> {
        if let Some(text) = self.value.as_str() {
            return Some(Localized::sv(text));
        }
        let table = self.table_like("{ sv = \"…\", en = \"…\" }")?;
        let sv = table.require("sv").and_then(|value| value.text().map(str::to_owned));
        let en = table.get("en").and_then(|value| value.text().map(str::to_owned));
        table.finish();
        Some(Localized { sv: sv?, en })
    }

    /// A condition; its place is that of its first character.
    pub fn condition(&self) -> Option<Located<Written>> {
        let text = self.text()?;
        let place = self.place_in_text();
        match condition::parse(text) {
            Ok(written) => Some(Located { value: written, place }),
            Err(fault) => {
                self.report(fault_problem(&place, fault));
                None
            }
        }
    }

    /// A table of keys and values. Where an example of the very table says more, see [`Value::table_like`].
    pub fn table(&self) -> Option<Table<'t>> {
        self.table_like("{ namn = värde }")
    }

    /// A table; the example is what a wrong one is told to be like.
    pub fn table_like(&self, example: &str) -> Option<Table<'t>> {
        let Some(table) = self.value.as_table() else {
            return self.wrong_type("en tabell: namn och värden inom klamrar", "a table: names and values in braces", example);
        };
        Some(Table::new(self.context, table, self.span.clone()))
    }

    /// The items of an array; notes a fault and returns none when it is no array.
    pub fn items(&self) -> Vec<Value<'t>> {
        let Some(items) = self.value.as_array() else {
            self.wrong_type::<()>("en lista inom hakparenteser", "a list in brackets", "[1, 2]");
            return Vec::new();
        };
        items
            .iter()
            .map(|item: &'t Spanned<DeValue<'t>>| Value { context: self.context, value: item.get_ref(), span: item.span() })
            .collect()
    }

    /// Whether the value is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.value.is_array()
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether the value is a text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// One of a closed set of words; the nearest one is the hint.
    pub fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let all = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let mut hint = Localized::both(format!("Tillåtna ord: {all}."), format!("Allowed words: {all}."));
        if let Some(near) = nearest(text, words.iter().map(|(word, _)| *word)) {
            let meant = meant(text, near);
            hint = Localized {
                sv: format!("{} {}", meant.sv, hint.sv),
                en: meant.en.zip(hint.en).map(|(meant, all)| format!("{meant} {all}")),
            };
        }
        self.problem(
            "unknown_word",
            Localized::both(format!("”{text}” är inget av de ord som går att välja."), format!("\"{text}\" is none of the allowed words.")),
            hint,
        );
        None
    }
}

/// What is wrong with a condition's names and types, by what `kind` knows; `names` are offered as "menade du".
pub fn condition_problems(written: &Located<Written>, kind: &dyn Fn(&str) -> Option<Kind>, names: &[&str]) -> Vec<Problem> {
    condition::check(&written.value, kind, &|name| did_you_mean(name, names.iter().copied()))
        .into_iter()
        .map(|fault| fault_problem(&written.place, fault))
        .collect()
}

fn fault_problem(start: &Place, fault: Fault) -> Problem {
    let place = Place { column: start.column + fault.column - 1, ..start.clone() };
    Problem::error(place, fault.code, fault.message, fault.hint)
}

/// Whether a text is a stable id: `[a-z][a-z0-9_-]*`, at most 64 characters.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}

/// "Menade du …?" with the nearest of the known words, or the list of them.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Localized {
    let known: Vec<&str> = known.collect();
    match nearest(word, known.iter().copied()) {
        Some(candidate) => meant(word, candidate),
        None if known.is_empty() => Localized::both("Ta bort den.", "Remove it."),
        None => Localized::both(format!("Det som går att skriva är: {}.", known.join(", ")), format!("Known here: {}.", known.join(", "))),
    }
}

fn meant(word: &str, candidate: &str) -> Localized {
    let (mut sv, mut en) = (format!("Menade du ”{candidate}”?"), format!("Did you mean \"{candidate}\"?"));
    // A letter of another alphabet looks like ours.
    if let Some(sign) = word.chars().find(|sign| !sign.is_ascii()).filter(|_| candidate.is_ascii()) {
        let number = u32::from(sign);
        sv.push_str(&format!(" Tecknet ”{sign}” (U+{number:04X}) hör inte till a–z."));
        en.push_str(&format!(" The character \"{sign}\" (U+{number:04X}) is not of a–z."));
    }
    Localized::both(sv, en)
}

/// The known word that is so like another that it was probably meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (steps, candidate) = known.map(|candidate| (distance(word, candidate), candidate)).min()?;
    (steps <= 1 + word.chars().count() / 3).then_some(candidate)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
