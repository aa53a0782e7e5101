//! The most marks a person may have in a day, a week, a half-year, a year.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::{ByDate, Group, Keep, Selection, SelectionError, Unit, index};
use crate::domain::bands::Bands;

/// A number for everybody, or by age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The same for all.
    All(i64),
    /// By band of age; an age outside the bands has none.
    Aged(Bands),
}

impl Limit {
    /// The limit at an age.
    pub(super) fn at(&self, age: i64) -> Result<Option<i64>, SelectionError> {
        match self {
            Self::All(limit) => Ok(Some(*limit)),
            Self::Aged(bands) => bands.of(age).map(|band| band.value.to_i64().ok_or(SelectionError::TooLarge)).transpose(),
        }
    }
}

impl Selection {
    /// Keeps at most so many of a person's participant marks in each unit of time.
    ///
    /// The limit is that of the unit's first mark: its day, and the person's age then.
    ///
    /// # Errors
    /// See [`Selection::at_most`].
    pub fn at_most_per_person(self, most: &ByDate<Limit>, unit: Unit, keep: Keep) -> Result<Self, SelectionError> {
        self.capped("at_most_per_person", unit, None, |selection, at| selection.limit_at(most, at), keep)
    }

    /// The same for each sport by itself.
    ///
    /// # Errors
    /// See [`Selection::at_most`].
    pub fn at_most_per_person_and_sport(self, most: &ByDate<Limit>, unit: Unit, keep: Keep) -> Result<Self, SelectionError> {
        let sports = self.sport_of_occasions()?;
        let id = "at_most_per_person_and_sport";
        self.capped(id, unit, Some(&sports), |selection, at| selection.limit_at(most, at), keep)
    }

    /// Keeps one participant's mark per person, sport and day. Leaders are neither counted nor cut.
    ///
    /// # Errors
    /// See [`Selection::at_most`].
    pub fn once_per_person_sport_and_day(self, keep: Keep) -> Result<Self, SelectionError> {
        let sports = self.sport_of_occasions()?;
        self.capped("once_per_person_sport_and_day", Unit::Day, Some(&sports), |_, _| Ok(Some(1)), keep)
    }

    fn limit_at(&self, most: &ByDate<Limit>, at: usize) -> Result<Option<i64>, SelectionError> {
        most.on(self.frame.occasion(self.frame.data.marks[at]).date())?.at(self.age_at(at))
    }

    fn capped(
        mut self,
        id: &str,
        unit: Unit,
        sports: Option<&[u32]>,
        limit: impl Fn(&Self, usize) -> Result<Option<i64>, SelectionError>,
        keep: Keep,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let mut count = 0;
        let mut runs = self.runs(unit, sports);
        let Runs { marks, ends } = &mut runs;
        let mut start = 0;
        for end in ends.iter() {
            let run = &mut marks[start..*end];
            start = *end;
            let Some(first) = run.first() else { continue };
            if let Some(most) = limit(&self, *first)? {
                count += self.keep_best(step, run, most, keep)?;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// The kept participants' marks of each person and unit of time (and sport), each run in the total order.
    pub(super) fn runs(&self, unit: Unit, sports: Option<&[u32]>) -> Runs {
        let data = &self.frame.data;
        let units: Vec<i32> = data.occasions.iter().map(|occasion| unit.of(occasion.date())).collect();
        let unit_of = |at: usize| units[index(data.marks[at].occasion)];
        let counted = |at: &usize| self.cut[*at] == 0 && self.groups[*at] != Group::Leaders;
        // Counting sort by person: the marks of each stay in order of time.
        let mut places = vec![0_usize; data.persons.len() + 1];
        for at in (0..self.cut.len()).filter(counted) {
            places[index(data.marks[at].person) + 1] += 1;
        }
        for person in 1..places.len() {
            places[person] += places[person - 1];
        }
        let mut marks = vec![0_usize; places.last().copied().unwrap_or_default()];
        let mut next = places.clone();
        for at in (0..self.cut.len()).filter(counted) {
            let place = &mut next[index(data.marks[at].person)];
            marks[*place] = at;
            *place += 1;
        }
        let mut ends = Vec::with_capacity(data.persons.len());
        for person in places.windows(2) {
            let [from, to] = *person else { continue };
            let mut begin = from;
            while begin < to {
                let this = unit_of(marks[begin]);
                let end = begin + marks[begin..to].iter().take_while(|at| unit_of(**at) == this).count();
                end_runs(&mut marks, begin..end, sports.map(|sports| (sports, data.marks.as_slice())), &mut ends);
                begin = end;
            }
        }
        Runs { marks, ends }
    }
}

/// Marks in runs, and where each run ends.
pub(super) struct Runs {
    pub marks: Vec<usize>,
    pub ends: Vec<usize>,
}

impl Runs {
    /// The runs.
    pub(super) fn each(&self) -> impl Iterator<Item = &[usize]> {
        self.ends.iter().scan(0, |start, end| {
            let run = self.marks.get(*start..*end);
            *start = *end;
            run
        })
    }
}

/// Ends a run, or one for each sport of it.
fn end_runs(marks: &mut [usize], run: Range<usize>, sports: Option<(&[u32], &[crate::domain::attendance::Mark])>, ends: &mut Vec<usize>) {
    let Some((sports, all)) = sports else {
        ends.push(run.end);
        return;
    };
    let sport = |at: &usize| sports[index(all[*at].occasion)];
    let part = &mut marks[run.clone()];
    part.sort_by_key(sport);
    let mut end = run.start;
    for same in part.chunk_by(|a, b| sport(a) == sport(b)) {
        end += same.len();
        ends.push(end);
    }
}
