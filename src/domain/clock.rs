//! Product time and identity, injected so that every run can be repeated.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use chrono_tz::Europe::Stockholm;
use uuid::Uuid;

/// Product time. Leases and time-outs use monotonic time instead.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The moment now in UTC, whole microseconds (what both databases can keep).
    fn now(&self) -> DateTime<Utc>;

    /// The date now in Sweden, which legal deadlines are reckoned in.
    fn today(&self) -> NaiveDate {
        swedish_date(self.now())
    }
}

/// Identities that nobody can guess and that sort by time.
pub trait Ids: Send + Sync + std::fmt::Debug {
    /// A new UUID version 7.
    fn uuid(&self) -> Uuid;
}

/// The date in Sweden at a moment.
#[must_use]
pub fn swedish_date(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&Stockholm).date_naive()
}

/// The first moment of a day in Sweden.
#[must_use]
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    // Swedish clocks change at two in the night, so midnight is always there once.
    let local = day.and_time(chrono::NaiveTime::MIN);
    local.and_local_timezone(Stockholm).earliest().map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// Noon of a day in Sweden: the moment of what is known to have come that day and no more.
#[must_use]
pub fn noon(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(12);
    // No change to or from summer time is made at noon.
    local.and_local_timezone(Stockholm).earliest().map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// The machine's own time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's time")]
        Utc::now().trunc_subsecs(6)
    }
}

/// Time that stands still, for tests and for commands with `--today`.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Random version 7 identities from the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}
