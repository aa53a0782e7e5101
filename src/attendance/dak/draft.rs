//! What has been read of an occasion, a mark or a person before its end tag comes.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::value::TimeOfDay;
use crate::attendance::file::{FileMark, Method};
use crate::domain::attendance::{ActivityKind, MarkClass, OccasionFacts};

/// The rules of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 2015, and the files without namespace: a stop at or before the start is on the next day.
    V21,
    /// 2022: the stop is on the day of the start unless another day is written.
    V22,
}

impl Version {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::V21 => "2.1",
            Self::V22 => "2.2",
        }
    }
}

/// An occasion being read. While it is, its marks point at the sender's ids.
#[derive(Debug, Default)]
pub(super) struct OccasionDraft {
    pub(super) line: u64,
    pub(super) date: Option<NaiveDate>,
    pub(super) code: Option<String>,
    pub(super) start: Option<NaiveTime>,
    pub(super) stop: Option<TimeOfDay>,
    pub(super) stop_date: Option<NaiveDate>,
    pub(super) activity: String,
    pub(super) place: String,
    pub(super) kind: ActivityKind,
    pub(super) method: Option<Method>,
    pub(super) team_sport: Option<bool>,
    pub(super) marks: Vec<FileMark>,
}

impl OccasionDraft {
    /// Makes room for the next occasion and keeps the memory of the marks.
    pub(super) fn reset(&mut self, line: u64) {
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        *self = Self { line, marks, ..Self::default() };
    }

    /// When it begins and ends by the version's midnight rule; `None` when something was not readable.
    pub(super) fn span(&self, version: Version) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let (date, start, stop) = (self.date?, self.start?, self.stop?);
        let begins = date.and_time(start);
        let last_day = match version {
            Version::V21 => date,
            Version::V22 => self.stop_date.unwrap_or(date),
        };
        let ends = match stop {
            TimeOfDay::EndOfDay => next_day(last_day)?.and_time(NaiveTime::MIN),
            TimeOfDay::At(time) => last_day.and_time(time),
        };
        let ends = if version == Version::V21 && ends <= begins { next_day(date)?.and_time(ends.time()) } else { ends };
        Some((begins, ends))
    }

    /// The facts, once all of them were readable.
    pub(super) fn facts(&mut self, card: i32, version: Version) -> Option<OccasionFacts> {
        let (start, stop) = self.span(version)?;
        Some(OccasionFacts {
            card,
            code: self.code.take()?,
            start,
            stop,
            kind: self.kind,
            activity: std::mem::take(&mut self.activity),
            place: std::mem::take(&mut self.place),
            team_sport: self.team_sport,
            registered: None,
        })
    }
}

/// A mark being read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MarkDraft {
    pub(super) local: Option<u32>,
    pub(super) class: MarkClass,
}

/// A register entry being read.
#[derive(Debug, Default)]
pub(super) struct PersonDraft {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) number: String,
}

fn next_day(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_add_days(Days::new(1))
}
