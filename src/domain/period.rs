//! Spans of dates and the periods that grants are applied for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A span of dates, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateRange {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl DateRange {
    /// Whether a date lies in the span.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// What happens to a last application day that falls on a weekend or holiday.
///
/// The act on computation of time (1930:173) governs time set by statute; a committee's own
/// last day follows the grant type's setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekend {
    /// The day stands as written.
    #[default]
    Exact,
    /// The day moves to the next weekday.
    NextWeekday,
}

/// An activity period and when one may apply for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActivityPeriod {
    /// The id, such as `2026-H1`.
    pub id: String,
    /// The days whose activity is paid for.
    pub covers: DateRange,
    /// The first day to apply.
    pub opens: NaiveDate,
    /// The last day to apply in time, as written.
    pub closes: NaiveDate,
    /// The last day on which a late application is taken up, when there is one.
    pub late_until: Option<NaiveDate>,
    /// What happens when `closes` is no weekday.
    pub weekend: Weekend,
}
