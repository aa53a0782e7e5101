//! Clocks that count running days and stand still in some states. Dates, not moments: legal time is reckoned in days.

use chrono::{Days, NaiveDate};

/// A time a clock stood still: from the first day it stood until the day it ran again, that day not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pause {
    /// The first day the clock stood still.
    pub from: NaiveDate,
    /// The day it ran again; none while it still stands.
    pub until: Option<NaiveDate>,
}

/// How many days the clock has run from `start` up to `today`, days within pauses left out (overlaps counted once).
#[must_use]
pub fn running_days(start: NaiveDate, today: NaiveDate, pauses: &[Pause]) -> i64 {
    if today <= start {
        return 0;
    }
    (today - start).num_days() - paused_days(start, today, pauses)
}

/// The last day of a clock of `days`: the day on which so many days have run. `None` while the clock
/// stands still, or beyond the calendar.
#[must_use]
pub fn due(start: NaiveDate, days: u32, pauses: &[Pause]) -> Option<NaiveDate> {
    let mut due = start.checked_add_days(Days::new(u64::from(days)))?;
    loop {
        if pauses.iter().any(|pause| pause.until.is_none() && pause.from < due) {
            return None;
        }
        // Each round takes in the pauses that the later day has reached; it ends since there are finitely many.
        let short = i64::from(days) - running_days(start, due, pauses);
        let Some(more) = u64::try_from(short).ok().filter(|more| *more > 0) else { return Some(due) };
        due = due.checked_add_days(Days::new(more))?;
    }
}

/// The days of `[start, end)` that lie in a pause.
fn paused_days(start: NaiveDate, end: NaiveDate, pauses: &[Pause]) -> i64 {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = pauses
        .iter()
        .map(|pause| (pause.from.max(start), pause.until.unwrap_or(end).min(end)))
        .filter(|(from, until)| from < until)
        .collect();
    spans.sort_unstable();
    let (mut total, mut reached) = (0, start);
    for (from, until) in spans {
        let from = from.max(reached);
        if from < until {
            total += (until - from).num_days();
            reached = until;
        }
    }
    total
}
