//! Reads `parameters.toml` and says what is wrong in it.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;

use super::{Basis, Dated, Kind, Parameter, Parameters, Step, Value};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::{Located, Source, Table, Value as Written, is_id};

/// Reads the parameters of a grant type.
pub fn read(file: &str, text: &str) -> (Option<Parameters>, Vec<Problem>) {
    Source::new(file, text).read(|root| {
        let mut parameters = BTreeMap::new();
        for (key, value) in root.entries() {
            check_id(&key, &value);
            if let Some(parameter) = value.table().and_then(|table| parameter(&key.place, &table)) {
                parameters.insert(key.value, parameter);
            }
        }
        Some(Parameters(parameters))
    })
}

fn check_id(key: &Located<String>, value: &Written<'_>) {
    if !is_id(&key.value) || key.value.contains('-') {
        value.problem(
            "bad_id",
            Localized::both(
                format!("”{}” är inget giltigt namn på en parameter.", key.value),
                format!("\"{}\" is not a valid parameter name.", key.value),
            ),
            Localized::both(
                "Ett namn börjar med en liten bokstav a–z och har sedan bara a–z, 0–9 och _. Skriv å och ä som a, ö som o.",
                "A name begins with a letter a–z and has only a–z, 0–9 and _ after that.",
            ),
        );
    }
}

fn parameter(place: &Place, table: &Table<'_>) -> Option<Parameter> {
    let kind = table.require("type").and_then(|value| value.one_of(&Kind::WORDS));
    let unit = table.get("unit").map_or_else(|| Some(String::new()), |value| value.text().map(str::to_owned));
    let paragraph = table.require("paragraph").and_then(|value| value.text().map(str::to_owned));
    let source = table.get("source").and_then(|value| value.text().map(str::to_owned));
    let basis = table.get("basis").and_then(|value| {
        value.one_of(&[
            ("period_start", Basis::PeriodStart),
            ("period_end", Basis::PeriodEnd),
            ("received", Basis::Received),
            ("due", Basis::Due),
        ])
    });
    let values = table.require("values").map(|values| match kind {
        Some(kind) => dated_values(&values, kind),
        None => Vec::new(),
    });
    table.finish();
    Some(Parameter { kind: kind?, unit: unit?, paragraph: paragraph?, source, basis, values: values?, place: place.clone() })
}

fn dated_values(written: &Written<'_>, kind: Kind) -> Vec<Dated> {
    let items = written.items();
    if items.is_empty() && written.is_array() {
        written.problem(
            "no_values",
            Localized::both("Parametern har inget värde.", "The parameter has no value."),
            Localized::both(
                "Lägg till minst en rad: { from = 2026-01-01, value = … }.",
                "Add at least one: { from = 2026-01-01, value = … }.",
            ),
        );
    }
    let mut values: Vec<Dated> = Vec::new();
    let mut seen = HashSet::new();
    for item in items {
        let Some(table) = item.table() else { continue };
        let from = table.require("from");
        let date = from.as_ref().and_then(Written::date);
        let value = table.require("value").and_then(|value| one_value(&value, kind));
        table.finish();
        let (Some(from), Some(date)) = (from, date) else { continue };
        if !seen.insert(date) {
            from.problem(
                "duplicate_date",
                Localized::both(format!("Två värden börjar gälla {date}."), format!("Two values begin on {date}.")),
                Localized::both("Ta bort det ena eller ändra dess datum.", "Remove one of them or change its date."),
            );
        } else if values.last().is_some_and(|last| last.from > date) {
            from.problem(
                "dates_out_of_order",
                Localized::both(
                    format!("Värdet från {date} står efter ett senare datum."),
                    format!("The value from {date} stands after a later date."),
                ),
                Localized::both("Skriv värdena i tidsordning, det äldsta först.", "Write the values in order of time, the oldest first."),
            );
        }
        if let Some(value) = value {
            values.push(Dated { from: date, value });
        }
    }
    values.sort_by_key(|dated| dated.from);
    values
}

fn one_value(written: &Written<'_>, kind: Kind) -> Option<Value> {
    match kind {
        Kind::Integer => written.integer().map(Value::Integer),
        Kind::Decimal => written.decimal().map(Value::Decimal),
        Kind::Percent => percent(written).map(Value::Percent),
        Kind::Money => money(written),
        Kind::Date => written.date().map(Value::Date),
        Kind::Range => range(written),
        Kind::List => list(written),
        Kind::Steps => steps(written),
        Kind::Table => by_key(written),
    }
}

fn percent(written: &Written<'_>) -> Option<Decimal> {
    let percent = written.decimal()?;
    if (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent) {
        return Some(percent);
    }
    written.problem(
        "percent_out_of_range",
        Localized::both(format!("{percent} procent ligger utanför 0–100."), format!("{percent} percent is outside 0–100.")),
        Localized::both("Skriv 65 för 65 procent.", "Write 65 for 65 percent."),
    );
    None
}

fn money(written: &Written<'_>) -> Option<Value> {
    let amount = written.decimal()?;
    if !amount.is_sign_negative() {
        return Some(Value::Money(amount));
    }
    written.problem(
        "negative_amount",
        Localized::both("Ett belopp i en parameter kan inte vara under noll.", "An amount in a parameter cannot be below zero."),
        Localized::both("Skriv beloppet utan minustecken; avdrag görs i regeln.", "Write the amount without a minus sign; rules deduct."),
    );
    None
}

fn range(written: &Written<'_>) -> Option<Value> {
    let ends: Vec<i64> = written.items().iter().filter_map(Written::integer).collect();
    match ends.as_slice() {
        [from, to] if from <= to => Some(Value::Range(*from, *to)),
        _ => {
            written.problem(
                "bad_range",
                Localized::both("Ett spann är två heltal, det lägsta först.", "A span is two whole numbers, the lowest first."),
                Localized::both("Skriv till exempel [7, 25]; båda räknas med.", "Write for example [7, 25]; both are included."),
            );
            None
        }
    }
}

fn list(written: &Written<'_>) -> Option<Value> {
    let items = written.items();
    let words: Vec<String> = items.iter().filter_map(Written::text).map(str::to_owned).collect();
    if let Some(empty) = items.iter().find(|item| item.is_text() && item.text().is_some_and(|word| word.trim().is_empty())) {
        empty.problem(
            "empty_word",
            Localized::both("Ett ord i listan är tomt.", "A word in the list is empty."),
            Localized::both("Ta bort det: ett tomt ord passar in på allt.", "Remove it: an empty word matches everything."),
        );
        return None;
    }
    (words.len() == items.len()).then_some(Value::List(words))
}

fn steps(written: &Written<'_>) -> Option<Value> {
    let mut steps: Vec<Step> = Vec::new();
    for item in written.items() {
        let table = item.table()?;
        let to = table.get("days").or_else(|| table.get("to")).and_then(|value| value.integer());
        // Ask for all four keys, so that only others are reported as unknown.
        let (percent_key, value_key) = (table.get("percent"), table.get("value"));
        let _ = table.get("to");
        let value = match (percent_key, value_key) {
            (Some(written), _) => percent(&written),
            (None, Some(written)) => written.decimal(),
            (None, None) => {
                table.problem(
                    "missing_key",
                    Localized::both("Steget saknar värde.", "The step has no value."),
                    Localized::both(
                        "Skriv { days = 7, percent = 25 } eller { to = 10, value = 1 }.",
                        "Write { days = 7, percent = 25 } or { to = 10, value = 1 }.",
                    ),
                );
                None
            }
        };
        table.finish();
        let rising = match (steps.last(), to) {
            (None, _) => true,
            (Some(Step { to: Some(last), .. }), Some(to)) => to > *last,
            (Some(Step { to: Some(_), .. }), None) => true,
            (Some(Step { to: None, .. }), _) => false,
        };
        if !rising {
            item.problem(
                "steps_out_of_order",
                Localized::both(
                    "Stegen ska stiga, och bara det sista får sakna gräns.",
                    "Steps must rise, and only the last may lack a limit.",
                ),
                Localized::both("Skriv det lägsta steget först.", "Write the lowest step first."),
            );
        }
        steps.push(Step { to, value: value? });
    }
    if steps.is_empty() {
        written.problem(
            "no_values",
            Localized::both("Listan av steg är tom.", "The list of steps is empty."),
            Localized::both("Skriv minst ett steg: { days = 7, percent = 25 }.", "Write at least one step: { days = 7, percent = 25 }."),
        );
        return None;
    }
    Some(Value::Steps(steps))
}

fn by_key(written: &Written<'_>) -> Option<Value> {
    let table = written.table()?;
    let entries = table.entries();
    let count = entries.len();
    let values: BTreeMap<String, Decimal> =
        entries.into_iter().filter_map(|(key, value)| value.decimal().map(|number| (key.value, number))).collect();
    (values.len() == count).then_some(Value::Table(values))
}
