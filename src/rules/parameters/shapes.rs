//! Parameter values that are more than one number: spans, words, steps, tables, bands.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::read::percent;
use super::{MonthDay, Step, Value};
use crate::domain::Localized;
use crate::domain::bands::{Band, Bands, BandsError};
use crate::text::definition::{Table, Value as Written};

pub(super) fn range(written: &Written<'_>) -> Option<Value> {
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

pub(super) fn list(written: &Written<'_>) -> Option<Value> {
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

/// Which limit the steps of a parameter have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rung {
    Number,
    Day,
    Open,
}

pub(super) fn steps(written: &Written<'_>) -> Option<Value> {
    let mut steps: Vec<Step> = Vec::new();
    let mut before: Option<(Rung, Step)> = None;
    for item in written.items() {
        let table = item.table_like("{ days = 7, percent = 25 }")?;
        let step = step(&table)?;
        let rung = match (step.to, step.until) {
            (Some(_), _) => Rung::Number,
            (None, Some(_)) => Rung::Day,
            (None, None) => Rung::Open,
        };
        // The days of a ladder need not rise within the year: one that begins in December goes on in January.
        let rises = match &before {
            None => true,
            Some((Rung::Number, last)) => match rung {
                Rung::Number => step.to > last.to,
                Rung::Open => true,
                Rung::Day => false,
            },
            Some((Rung::Day, last)) => match rung {
                Rung::Day => step.until != last.until,
                Rung::Open => true,
                Rung::Number => false,
            },
            Some((Rung::Open, _)) => false,
        };
        if !rises {
            item.problem(
                "steps_out_of_order",
                Localized::both(
                    "Stegen ska stiga, alla ha samma slags gräns, och bara det sista får sakna gräns.",
                    "Steps must rise and all have the same kind of limit, and only the last may lack one.",
                ),
                Localized::both("Skriv det lägsta steget först.", "Write the lowest step first."),
            );
        }
        before = Some((rung, step));
        steps.push(step);
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

fn step(table: &Table<'_>) -> Option<Step> {
    // Ask for all keys, so that only others are reported as unknown.
    let limits = [table.get("days"), table.get("to")];
    let until_key = table.get("until");
    let (percent_key, value_key) = (table.get("percent"), table.get("value"));
    let [days, to] = limits;
    let given: Vec<&Written<'_>> = [&days, &to, &until_key].into_iter().flatten().collect();
    if let [_, second, ..] = given.as_slice() {
        second.problem(
            "two_limits",
            Localized::both("Steget har två gränser.", "The step has two limits."),
            Localized::both("Ett steg har en av days, to och until.", "A step has one of days, to and until."),
        );
        return None;
    }
    let (in_days, in_percent) = (days.is_some(), percent_key.is_some());
    let limit = days.as_ref().or(to.as_ref());
    let to = limit.and_then(Written::integer);
    if let Some(limit) = limit.filter(|_| to.is_some_and(|to| to < 1)) {
        limit.problem(
            "bad_limit",
            Localized::both("Ett stegs gräns är ett heltal från 1.", "The limit of a step is a whole number from 1."),
            Localized::both("Skriv till exempel { days = 7, percent = 25 }.", "Write for example { days = 7, percent = 25 }."),
        );
        return None;
    }
    let until = until_key.map(|value| month_day(&value));
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
    let until = match until {
        Some(None) => return None,
        Some(Some(day)) => Some(day),
        None => None,
    };
    Some(Step { to, until, value: value?, in_days, in_percent })
}

fn month_day(written: &Written<'_>) -> Option<MonthDay> {
    let day = written.text().and_then(MonthDay::parse);
    if day.is_none() && written.is_text() {
        written.problem(
            "bad_month_day",
            Localized::both("Här ska det stå en månad och en dag.", "This must be a month and a day."),
            Localized::both("Skriv till exempel \"09-01\" för den 1 september.", "Write for example \"09-01\" for 1 September."),
        );
    }
    day
}

pub(super) fn by_key(written: &Written<'_>) -> Option<Value> {
    let table = written.table_like("{ ungdom = 200000, pensionar = \"100000.50\" }")?;
    let entries = table.entries();
    let count = entries.len();
    let values: BTreeMap<String, Decimal> =
        entries.into_iter().filter_map(|(key, value)| value.decimal().map(|number| (key.value, number))).collect();
    (values.len() == count).then_some(Value::Table(values))
}

/// Spans with a value each. A hole between two of them is said, since what falls there has no value.
pub(super) fn bands(written: &Written<'_>) -> Option<Value> {
    let mut bands = Vec::new();
    let mut items = Vec::new();
    for item in written.items() {
        let table = item.table_like("{ from = 7, to = 12, value = \"3.50\" }")?;
        let from = table.require("from").and_then(|value| value.integer());
        let to_key = table.get("to");
        let to = to_key.as_ref().and_then(Written::integer);
        let value = table.require("value").and_then(|value| value.decimal());
        table.finish();
        if to_key.is_some() && to.is_none() {
            return None;
        }
        bands.push(Band { from: from?, to, value: value? });
        items.push(item);
    }
    let at = |index: usize| items.get(index).unwrap_or(written);
    match Bands::new(bands) {
        Ok(bands) => {
            for later in bands.holes() {
                at(later).warning(
                    "hole_between_bands",
                    Localized::both(
                        "Det finns ett hål före det här bandet: det som hamnar där får inget värde och blir en handläggares.",
                        "There is a hole before this band: what falls into it has no value and goes to an officer.",
                    ),
                    Localized::both(
                        "Låt bandet börja där det förra slutar, eller skriv ett band med value = 0.",
                        "Let the band begin where the one before ends, or write a band with value = 0.",
                    ),
                );
            }
            Some(Value::Bands(bands))
        }
        Err(BandsError::Empty) => {
            written.problem(
                "no_values",
                Localized::both("Listan av band är tom.", "The list of bands is empty."),
                Localized::both(
                    "Skriv minst ett band: { from = 7, to = 12, value = \"3.50\" }.",
                    "Write at least one band: { from = 7, to = 12, value = \"3.50\" }.",
                ),
            );
            None
        }
        Err(BandsError::Reversed(index)) => {
            at(index).problem(
                "bad_range",
                Localized::both("Bandet slutar innan det börjar.", "The band ends before it begins."),
                Localized::both("Skriv det lägsta talet i from.", "Write the lowest number in from."),
            );
            None
        }
        Err(BandsError::Overlap(index)) => {
            at(index).problem(
                "overlapping_bands",
                Localized::both(
                    "Bandet börjar innan det förra har slutat: ett tal skulle få två värden.",
                    "The band begins before the one before it has ended: a number would have two values.",
                ),
                Localized::both(
                    "Skriv banden i ordning, det lägsta först; båda ändarna räknas med.",
                    "Write the bands in order, the lowest first; both ends are included.",
                ),
            );
            None
        }
    }
}
