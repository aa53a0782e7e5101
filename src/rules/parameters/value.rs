//! The kinds of parameter values.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::bands::Bands;
use crate::domain::localized::Language;
use crate::text::number;

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A number of percent; scripts see the share (65 % is 0.65).
    Percent,
    /// An amount in kronor; rates may have parts of an öre.
    Money,
    /// A date.
    Date,
    /// A span of whole numbers, both ends included.
    Range,
    /// A list of words.
    List,
    /// Steps: `{ days, percent }`, `{ until, percent }` or `{ to, value }`.
    Steps,
    /// Numbers by key.
    Table,
    /// Numbers by span of whole numbers (ages, sizes): `{ from, to, value }`.
    Bands,
}

impl Kind {
    /// All kinds by the word that names them in `parameters.toml`.
    pub const WORDS: [(&'static str, Self); 10] = [
        ("integer", Self::Integer),
        ("decimal", Self::Decimal),
        ("percent", Self::Percent),
        ("money", Self::Money),
        ("date", Self::Date),
        ("range", Self::Range),
        ("list", Self::List),
        ("steps", Self::Steps),
        ("table", Self::Table),
        ("bands", Self::Bands),
    ];

    /// The word that names the kind in `parameters.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Date => "date",
            Self::Range => "range",
            Self::List => "list",
            Self::Steps => "steps",
            Self::Table => "table",
            Self::Bands => "bands",
        }
    }
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A number of percent, as written: 65 is 65 %.
    Percent(Decimal),
    /// Kronor.
    Money(Decimal),
    /// A date.
    Date(NaiveDate),
    /// A span, both ends included.
    Range(i64, i64),
    /// Words.
    List(Vec<String>),
    /// Steps in rising order.
    Steps(Vec<Step>),
    /// Numbers by key.
    Table(BTreeMap<String, Decimal>),
    /// Numbers by span.
    Bands(Bands),
}

/// A day of any year, such as 1 September.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// From a text such as `09-01`; 29 February is no day of every year.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let digits = |part: &str| (part.len() == 2).then(|| part.parse().ok()).flatten();
        let (month, day) = (digits(month)?, digits(day)?);
        NaiveDate::from_ymd_opt(2025, month, day).map(|_| Self { month, day })
    }

    /// The first such day on or after a date.
    #[must_use]
    pub fn from(self, date: NaiveDate) -> Option<NaiveDate> {
        let this = NaiveDate::from_ymd_opt(date.year(), self.month, self.day)?;
        if this >= date { Some(this) } else { NaiveDate::from_ymd_opt(date.year() + 1, self.month, self.day) }
    }
}

/// A step: up to and including `to` (or `until`), the value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The highest number (of days, participants …) of the step; `None` for all above.
    pub to: Option<i64>,
    /// The last day of the step, for ladders by date.
    pub until: Option<MonthDay>,
    /// The step's value (percent, number …).
    pub value: Decimal,
    /// Whether `to` counts days.
    pub in_days: bool,
    /// Whether the value is a percentage.
    pub in_percent: bool,
}

impl Value {
    /// What scripts calculate with, for the kinds that are one number; a percentage as a share.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) | Self::Money(number) => Some(*number),
            Self::Percent(percent) => Some(percent / Decimal::ONE_HUNDRED),
            Self::Date(_) | Self::Range(..) | Self::List(_) | Self::Steps(_) | Self::Table(_) | Self::Bands(_) => None,
        }
    }

    /// In words, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Integer(number) => number::integer(*number),
            Self::Decimal(number) => number::decimal(*number),
            Self::Percent(percent) => number::percent(*percent),
            Self::Money(amount) => number::kronor(*amount),
            Self::Date(date) => number::date(*date, language),
            Self::Range(from, to) => format!("{from}–{to}"),
            Self::List(words) => words.join(", "),
            Self::Steps(steps) => steps.iter().map(|step| step_text(step, language)).collect::<Vec<_>>().join(", "),
            Self::Table(table) => {
                table.iter().map(|(key, value)| format!("{key}: {}", number::decimal(*value))).collect::<Vec<_>>().join(", ")
            }
            Self::Bands(bands) => {
                let band = |band: &crate::domain::bands::Band| format!("{}: {}", band.figures(), number::decimal(band.value));
                bands.all().iter().map(band).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

fn step_text(step: &Step, language: Language) -> String {
    let value = if step.in_percent { number::percent(step.value) } else { number::decimal(step.value) };
    let (up_to, above, days) = match language {
        Language::Sv => ("upp till", "därutöver", if step.to == Some(1) { " dag" } else { " dagar" }),
        Language::En => ("up to", "above that", if step.to == Some(1) { " day" } else { " days" }),
    };
    let days = if step.in_days { days } else { "" };
    match (step.to, step.until) {
        (Some(to), _) => format!("{up_to} {}{days}: {value}", number::integer(to)),
        (None, Some(until)) => format!("{up_to} {}/{}: {value}", until.day, until.month),
        (None, None) => format!("{above}: {value}"),
    }
}
