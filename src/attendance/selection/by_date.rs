//! Values that change with time.

use chrono::NaiveDate;

use super::SelectionError;

/// A value per span of time: each holds from its date until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByDate<T>(Vec<(NaiveDate, Option<T>)>);

impl<T> ByDate<T> {
    /// From dated values; they are put in order of their dates.
    #[must_use]
    pub fn new(values: Vec<(NaiveDate, T)>) -> Self {
        Self::with_ends(values.into_iter().map(|(from, value)| (from, Some(value))).collect())
    }

    /// The same, where `None` says that nothing holds from a date on.
    #[must_use]
    pub fn with_ends(mut values: Vec<(NaiveDate, Option<T>)>) -> Self {
        values.sort_by_key(|(from, _)| *from);
        Self(values)
    }

    /// One value for all time.
    #[must_use]
    pub fn always(value: T) -> Self {
        Self(vec![(NaiveDate::MIN, Some(value))])
    }

    /// The value that holds on a date.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when the first value begins later or one has ended.
    pub fn on(&self, date: NaiveDate) -> Result<&T, SelectionError> {
        let after = self.0.partition_point(|(from, _)| *from <= date);
        after.checked_sub(1).and_then(|at| self.0.get(at)).and_then(|(_, value)| value.as_ref()).ok_or(SelectionError::NoValue(date))
    }
}
