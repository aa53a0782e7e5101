//! How old a person is: by calendar year, on the day of the occasion, or on one day for all.

use chrono::{Datelike, NaiveDate};

use super::Selection;
use crate::domain::attendance::PersonFacts;

/// How ages are reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeBasis {
    /// The year of the occasion less the year of birth: what most rules mean.
    CalendarYear,
    /// Birthdays that have been on the day of the occasion.
    Occasion,
    /// Birthdays that have been on one day, whenever the occasion was.
    On(NaiveDate),
}

impl AgeBasis {
    /// A person's age for an occasion of a day. Somebody not yet born is below zero.
    #[must_use]
    pub fn age(self, person: &PersonFacts, date: NaiveDate) -> i64 {
        match self {
            Self::CalendarYear => i64::from(date.year()) - i64::from(person.birth.year()),
            Self::Occasion => birthdays(person.birth, date),
            Self::On(day) => birthdays(person.birth, day),
        }
    }
}

/// Who is born on 29 February has her birthday on 1 March in other years.
fn birthdays(birth: NaiveDate, on: NaiveDate) -> i64 {
    let years = i64::from(on.year()) - i64::from(birth.year());
    if (on.month(), on.day()) < (birth.month(), birth.day()) { years - 1 } else { years }
}

impl Selection {
    /// The same, reckoning ages in another way from here on.
    #[must_use]
    pub fn with_ages(mut self, ages: AgeBasis) -> Self {
        self.ages = ages;
        self
    }

    /// The age of a mark's person.
    pub(super) fn age_at(&self, at: usize) -> i64 {
        let mark = self.frame.data.marks[at];
        self.ages.age(self.frame.person(mark), self.frame.occasion(mark).date())
    }
}
