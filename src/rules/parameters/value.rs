//! The kinds of parameter values.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

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
    /// Steps: `{ days, percent }` or `{ to, value }`.
    Steps,
    /// Numbers by key.
    Table,
}

impl Kind {
    /// All kinds by the word that names them in `parameters.toml`.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("integer", Self::Integer),
        ("decimal", Self::Decimal),
        ("percent", Self::Percent),
        ("money", Self::Money),
        ("date", Self::Date),
        ("range", Self::Range),
        ("list", Self::List),
        ("steps", Self::Steps),
        ("table", Self::Table),
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
}

/// A step: up to and including `to`, the value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The highest number (of days, participants …) of the step; `None` for all above.
    pub to: Option<i64>,
    /// The step's value (percent, number …).
    pub value: Decimal,
}

impl Value {
    /// What scripts calculate with, for the kinds that are one number; a percentage as a share.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) | Self::Money(number) => Some(*number),
            Self::Percent(percent) => Some(percent / Decimal::ONE_HUNDRED),
            Self::Date(_) | Self::Range(..) | Self::List(_) | Self::Steps(_) | Self::Table(_) => None,
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
            Self::Steps(steps) => steps.iter().map(step_text).collect::<Vec<_>>().join(", "),
            Self::Table(table) => {
                table.iter().map(|(key, value)| format!("{key}: {}", number::decimal(*value))).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

fn step_text(step: &Step) -> String {
    let value = number::decimal(step.value);
    step.to.map_or_else(|| format!("> {value}"), |to| format!("≤ {to}: {value}"))
}
