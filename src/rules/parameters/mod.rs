//! Every number a rule uses: dated, with type, unit and paragraph (`parameters.toml`).

mod read;
mod shapes;
mod value;

pub use value::{Kind, MonthDay, Step, Value};

pub(super) use read::read;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Place};

/// A grant type's parameters by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(pub(super) BTreeMap<String, Parameter>);

/// A number, date, list or table of a rule, and how it has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What the public page calls it; its id in words where nobody wrote anything.
    pub label: Option<Localized>,
    /// What kind of value.
    pub kind: Kind,
    /// The unit in words, such as `kr/deltagartillfälle`.
    pub unit: String,
    /// The paragraph of the municipality's rules.
    pub paragraph: String,
    /// The address of the decision or page the values come from.
    pub source: Option<String>,
    /// Which date decides the value, where it is not the usual one.
    pub basis: Option<Basis>,
    /// The values, by date.
    pub values: Vec<Dated>,
    /// Where the parameter stands.
    pub place: Place,
}

/// A value and the first day it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, where the value was decided for a time; else it holds until the next one.
    pub until: Option<NaiveDate>,
    /// The value.
    pub value: Value,
    /// The value in Swedish, as decisions show it.
    pub shown: String,
}

/// Which date decides a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The first day of the period.
    PeriodStart,
    /// The last day of the period: the usual one outside attendance filters.
    PeriodEnd,
    /// The day the application was received.
    Received,
    /// The last day to apply in time.
    Due,
}

impl Basis {
    /// The date in a case.
    #[must_use]
    pub fn date(self, inputs: &Inputs) -> NaiveDate {
        match self {
            Self::PeriodStart => inputs.period.covers.from,
            Self::PeriodEnd => inputs.period.covers.to,
            Self::Received => inputs.received,
            Self::Due => inputs.due,
        }
    }
}

impl Parameters {
    /// A parameter by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Parameter> {
        self.0.get(id)
    }

    /// All parameters in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.0.iter().map(|(id, parameter)| (id.as_str(), parameter))
    }
}

impl Parameter {
    /// The value that holds on a date; `None` before the first one begins and where one has ended.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Option<&Dated> {
        let after = self.values.partition_point(|dated| dated.from <= date);
        let dated = after.checked_sub(1).and_then(|at| self.values.get(at))?;
        dated.until.is_none_or(|until| date <= until).then_some(dated)
    }

    /// The dates inside a span on which the value changes.
    pub fn changes_within(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let begins = self.values.iter().map(|dated| dated.from);
        let ends = self.values.iter().filter_map(|dated| dated.until?.succ_opt());
        begins.chain(ends).filter(move |date| from < *date && *date <= to)
    }
}
