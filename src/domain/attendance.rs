//! Facts about who was where: what readers produce, stores keep and filters select from.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Our own number of a person, unique in the municipality; says nothing about her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonNo(pub i64);

/// Legal sex as the personal number tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Girls and women.
    Female,
    /// Boys and men.
    Male,
}

/// What a mark says of a person at an occasion, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkClass(u8);

impl MarkClass {
    /// All bits that mean something.
    pub const ALL: u8 = 0b1111;
    const LEADER: u8 = 0b0001;
    const ABSENT: u8 = 0b0010;
    const TEMPORARY_LEADER: u8 = 0b0100;
    const DISABILITY: u8 = 0b1000;

    /// A present participant.
    pub const PARTICIPANT: Self = Self(0);
    /// A present leader.
    pub const LEADER_PRESENT: Self = Self(Self::LEADER);

    /// A class from its bits; `None` when a bit means nothing.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits & !Self::ALL == 0 { Some(Self(bits)) } else { None }
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The same, on the leaders' list.
    #[must_use]
    pub const fn leader(self) -> Self {
        Self(self.0 | Self::LEADER)
    }

    /// The same, marked as not present.
    #[must_use]
    pub const fn absent(self) -> Self {
        Self(self.0 | Self::ABSENT)
    }

    /// The same, marked as temporary leader.
    #[must_use]
    pub const fn temporary_leader(self) -> Self {
        Self(self.0 | Self::TEMPORARY_LEADER)
    }

    /// The same, marked with a disability (health data, GDPR art. 9).
    #[must_use]
    pub const fn disability(self) -> Self {
        Self(self.0 | Self::DISABILITY)
    }

    /// The same without the disability bit, for grant types that do not read it.
    #[must_use]
    pub const fn without_disability(self) -> Self {
        Self(self.0 & !Self::DISABILITY)
    }

    /// Whether the person stood on the leaders' list.
    #[must_use]
    pub const fn is_leader(self) -> bool {
        self.0 & Self::LEADER != 0
    }

    /// Whether the person was present.
    #[must_use]
    pub const fn is_present(self) -> bool {
        self.0 & Self::ABSENT == 0
    }

    /// Whether a participant led this once.
    #[must_use]
    pub const fn is_temporary_leader(self) -> bool {
        self.0 & Self::TEMPORARY_LEADER != 0
    }

    /// Whether the sender marked a disability.
    #[must_use]
    pub const fn has_disability(self) -> bool {
        self.0 & Self::DISABILITY != 0
    }
}

/// What kind of activity an occasion was (DAK `Typ`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// Training.
    Training,
    /// Match or competition.
    Match,
    /// Meeting.
    Meeting,
    /// Anything else.
    #[default]
    Other,
}

/// An occasion's facts, without its marks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OccasionFacts {
    /// The attendance card's number in the sending system.
    pub card: i32,
    /// The occasion's code in the sending system.
    pub code: String,
    /// When it began, local time.
    pub start: NaiveDateTime,
    /// When it ended, local time; after `start`.
    pub stop: NaiveDateTime,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// What the sender called the activity.
    pub activity: String,
    /// Where.
    pub place: String,
    /// The sender's mark for team sports, when it was sent.
    pub team_sport: Option<bool>,
    /// The day it was first sent to the municipality, where a grant's rules ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<NaiveDate>,
}

impl OccasionFacts {
    /// The day it is counted on: the day it began.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.start.date()
    }

    /// How many calendar days it touches: 1, or more for a camp.
    #[must_use]
    pub fn days(&self) -> i64 {
        // What ends at midnight does not touch the day that then begins.
        let last = self.stop.checked_sub_signed(chrono::TimeDelta::seconds(1)).unwrap_or(self.stop).date();
        (last - self.date()).num_days() + 1
    }

    /// Whole minutes from start to stop, seconds dropped (89 min 59 s is 89).
    #[must_use]
    pub fn minutes(&self) -> i64 {
        (self.stop - self.start).num_minutes()
    }
}

/// A person as rules may know her: never a name or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonFacts {
    /// Our number.
    pub no: PersonNo,
    /// Date of birth (a coordination number's day less 60).
    pub birth: NaiveDate,
    /// Legal sex.
    pub sex: Sex,
    /// Whether she was registered in the municipality on the reference day; `None` when not known or protected.
    pub resident: Option<bool>,
}

/// A mark in a calculation's input: indices into its occasions and persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Index of the occasion.
    pub occasion: u32,
    /// Index of the person.
    pub person: u32,
    /// What the mark says.
    pub class: MarkClass,
    /// Whether another registration took precedence when the period was locked.
    pub lost_clash: bool,
}

/// All attendance one calculation sees: one association, one period, ordered by date, start, card, code, person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttendanceData {
    /// The occasions, in the total order.
    pub occasions: Vec<OccasionFacts>,
    /// The persons, by number.
    pub persons: Vec<PersonFacts>,
    /// The marks, by occasion then person then role (participant before leader). Absent marks are kept out by the filters, not here.
    pub marks: Vec<Mark>,
}
