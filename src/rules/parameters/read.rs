//! Reads `parameters.toml` and says what is wrong in it.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;

use super::shapes::{bands, by_key, list, range, steps};
use super::{Basis, Dated, Kind, Parameter, Parameters, Value};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::{Located, Source, Table, Value as Written, is_id};

/// Reads the parameters of a grant type.
pub fn read(file: &str, text: &str) -> (Option<Parameters>, Vec<Problem>) {
    Source::new(file, text).read(|root| {
        let mut parameters = BTreeMap::new();
        for (key, value) in root.entries() {
            check_id(&key, &value);
            let like = "{ type = \"money\", paragraph = \"§ 4\", values = [{ from = 2026-01-01, value = 100 }] }";
            if let Some(parameter) = value.table_like(like).and_then(|table| parameter(&key.place, &table)) {
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
    let label = table.get("label").and_then(|value| value.localized());
    let unit = table.get("unit").map_or_else(|| Some(String::new()), |value| short(&value));
    let paragraph = table.require("paragraph").and_then(|value| short(&value));
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
    let values = values.inspect(|values| gaps(table, values));
    Some(Parameter { label, kind: kind?, unit: unit?, paragraph: paragraph?, source, basis, values: values?, place: place.clone() })
}

/// The most characters of a unit or paragraph, which stand on every row that uses them.
const LONGEST: usize = 200;

fn short(written: &Written<'_>) -> Option<String> {
    let text = written.text()?;
    let length = text.chars().count();
    if length <= LONGEST {
        return Some(text.to_owned());
    }
    written.problem(
        "too_long",
        Localized::both(
            format!("Texten är {length} tecken lång; högst {LONGEST} får plats på en rad."),
            format!("The text is {length} characters long; at most {LONGEST} fit on a row."),
        ),
        Localized::both(
            "Skriv kort här, till exempel \"§ 4\". Längre ord står i texts.toml.",
            "Be brief here, as \"§ 4\". Longer words stand in texts.toml.",
        ),
    );
    None
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
        let Some(table) = item.table_like("{ from = 2026-01-01, value = … }") else { continue };
        let from = table.require("from");
        let date = from.as_ref().and_then(Written::date);
        let until_key = table.get("until");
        let until = until_key.as_ref().and_then(Written::date);
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
        if let (Some(key), Some(until)) = (&until_key, until)
            && until < date
        {
            key.problem(
                "ends_before_it_begins",
                Localized::both(
                    format!("Värdet slutar gälla {until}, innan det börjar."),
                    format!("The value ends on {until}, before it begins."),
                ),
                Localized::both("Skriv den sista dagen i until.", "Write the last day in until."),
            );
        }
        if let Some(last) = values.last().filter(|last| last.from < date && last.until.is_some_and(|until| date <= until)) {
            from.problem(
                "overlapping_dates",
                Localized::both(
                    format!("Värdet från {} gäller fortfarande den {date}.", last.from),
                    format!("The value from {} still holds on {date}.", last.from),
                ),
                Localized::both(
                    "Låt det förra sluta dagen före, eller ta bort dess until.",
                    "End the earlier one the day before, or remove its until.",
                ),
            );
        }
        if let Some(value) = value {
            values.push(Dated { from: date, until, shown: value.text(crate::domain::localized::Language::Sv), value });
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
        Kind::Bands => bands(written),
    }
}

pub(super) fn percent(written: &Written<'_>) -> Option<Decimal> {
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

/// A thousand billion kronor: what is multiplied by marks still fits in öre, and nobody means more.
const MOST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

fn money(written: &Written<'_>) -> Option<Value> {
    let amount = written.decimal()?;
    if amount > MOST {
        written.problem(
            "amount_too_large",
            Localized::both("Beloppet är större än någon budget.", "The amount is larger than any budget."),
            Localized::both("Kontrollera antalet nollor; belopp skrivs i kronor.", "Check the number of zeros; amounts are in kronor."),
        );
        return None;
    }
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

/// Says where a value has ended and the next one has not begun.
fn gaps(table: &Table<'_>, values: &[Dated]) {
    for pair in values.windows(2) {
        let [Dated { until: Some(until), .. }, next] = pair else { continue };
        let Some(day) = until.succ_opt().filter(|day| *day < next.from) else { continue };
        table.report(Problem::warning(
            table.place(),
            "gap_in_dates",
            Localized::both(
                format!("Inget värde gäller från {day} till dagen före {}.", next.from),
                format!("No value holds from {day} to the day before {}.", next.from),
            ),
            Localized::both(
                "Låt värdena ta vid varandra, eller lägg till ett för tiden emellan.",
                "Let the values follow each other, or add one for the time between.",
            ),
        ));
    }
}
