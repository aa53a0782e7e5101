//! A filter by a pure function over columns of closed domains, asked once per distinct tuple.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, Timelike};

use super::{AgeBasis, Group, Selection, SelectionError};
use crate::domain::attendance::{ActivityKind, Mark, OccasionFacts, PersonFacts, Sex};

/// What a custom filter may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Whole minutes of the occasion.
    Minutes,
    /// Kept participants of the occasion when the filter begins.
    Participants,
    /// Kept leaders of the occasion when the filter begins.
    Leaders,
    /// Day of the week, 1 = Monday.
    Weekday,
    /// Month, 1 = January.
    Month,
    /// The hour the occasion began, 0-23.
    Hour,
    /// What kind of activity: the index in [`Column::KINDS`].
    Kind,
    /// The person's age by calendar year.
    Age,
    /// Whether the person is a girl or woman: 0 or 1.
    IsFemale,
    /// Whether the mark is a leader's: 0 or 1.
    IsLeader,
    /// Whether the mark says disability: 0 or 1.
    HasDisability,
    /// Whether the person is known to live in the municipality: 0 or 1.
    IsResident,
}

impl Column {
    /// All columns by name.
    pub const ALL: [(&'static str, Self); 12] = [
        ("minutes", Self::Minutes),
        ("participants", Self::Participants),
        ("leaders", Self::Leaders),
        ("weekday", Self::Weekday),
        ("month", Self::Month),
        ("hour", Self::Hour),
        ("kind", Self::Kind),
        ("age", Self::Age),
        ("is_female", Self::IsFemale),
        ("is_leader", Self::IsLeader),
        ("has_disability", Self::HasDisability),
        ("is_resident", Self::IsResident),
    ];

    /// The words of [`Column::Kind`], by value.
    pub const KINDS: [&'static str; 4] = ["training", "match", "meeting", "other"];

    /// The column of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// Whether the value is true or false.
    #[must_use]
    pub fn is_yes_no(self) -> bool {
        matches!(self, Self::IsFemale | Self::IsLeader | Self::HasDisability | Self::IsResident)
    }
}

impl Selection {
    /// Keeps the marks for which `keep` says so. It must be pure: it is asked once per distinct tuple of the columns.
    ///
    /// # Errors
    /// What `keep` answers, and [`SelectionError::TooManyFilters`].
    pub fn filter<E: From<SelectionError>>(
        mut self,
        id: &str,
        columns: &[Column],
        mut keep: impl FnMut(&[i64]) -> Result<bool, E>,
    ) -> Result<Self, E> {
        let step = self.begin_step(id)?;
        let frame = Arc::clone(&self.frame);
        let mut answers: HashMap<Vec<i64>, bool> = HashMap::new();
        let mut tuple = vec![0; columns.len()];
        let mut last: Option<(Vec<i64>, bool)> = None;
        let mut count = 0;
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            let here = Here {
                participants: crowd(self.participants(span.clone())),
                leaders: crowd(self.kept_in(span.clone()).filter(|at| self.groups[*at] == Group::Leaders).count()),
                ages: self.ages,
                occasion,
            };
            for at in span.clone() {
                if self.cut[at] != 0 {
                    continue;
                }
                let mark = frame.data.marks[at];
                for (value, column) in tuple.iter_mut().zip(columns) {
                    *value = here.value(*column, mark, frame.person(mark));
                }
                let known = last.as_ref().filter(|(same, _)| *same == tuple).map(|(_, answer)| *answer);
                let stays = match known.or_else(|| answers.get(&tuple).copied()) {
                    Some(answer) => answer,
                    None => {
                        let answer = keep(&tuple)?;
                        answers.insert(tuple.clone(), answer);
                        answer
                    }
                };
                if known.is_none() {
                    last = Some((tuple.clone(), stays));
                }
                if !stays {
                    self.cut[at] = step;
                    count += 1;
                }
            }
        }
        self.end_step(count);
        Ok(self)
    }
}

struct Here<'o> {
    occasion: &'o OccasionFacts,
    participants: i64,
    leaders: i64,
    ages: AgeBasis,
}

impl Here<'_> {
    fn value(&self, column: Column, mark: Mark, person: &PersonFacts) -> i64 {
        match column {
            Column::Minutes => self.occasion.minutes(),
            Column::Participants => self.participants,
            Column::Leaders => self.leaders,
            Column::Weekday => i64::from(self.occasion.date().weekday().number_from_monday()),
            Column::Month => i64::from(self.occasion.date().month()),
            Column::Hour => i64::from(self.occasion.start.hour()),
            Column::Kind => match self.occasion.kind {
                ActivityKind::Training => 0,
                ActivityKind::Match => 1,
                ActivityKind::Meeting => 2,
                ActivityKind::Other => 3,
            },
            Column::Age => self.ages.age(person, self.occasion.date()),
            Column::IsFemale => i64::from(person.sex == Sex::Female),
            Column::IsLeader => i64::from(mark.class.is_leader()),
            Column::HasDisability => i64::from(mark.class.has_disability()),
            Column::IsResident => i64::from(person.resident == Some(true)),
        }
    }
}

fn crowd(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
