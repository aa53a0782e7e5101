//! The numbers a selection gives: participants by band, hours, persons, places in the week.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{ByDate, Group, Selection, SelectionError, Unit, index};
use crate::domain::attendance::{OccasionFacts, Sex};
use crate::domain::bands::Bands;

/// How minutes become hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hours {
    /// Whole hours only: 119 minutes is 1.
    Whole,
    /// The nearest hour, half an hour upwards: 45 minutes is 1, 90 is 2.
    Nearest,
    /// Begun hours: 61 minutes is 2.
    Begun,
    /// Whole hours, but never less than one.
    AtLeastOne,
}

impl Hours {
    fn of(self, minutes: i64) -> i64 {
        match self {
            Self::Whole => minutes / 60,
            Self::Nearest => (minutes + 30) / 60,
            Self::Begun => (minutes + 59) / 60,
            Self::AtLeastOne => (minutes / 60).max(1),
        }
    }
}

/// How many marks stand in each step, and how many beyond the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranked {
    /// By step.
    pub steps: Vec<u64>,
    /// Beyond the last step.
    pub rest: u64,
}

impl Selection {
    /// The group a kept mark counts in as a participant; `None` for a leader who does not also count.
    pub(super) fn participant_group(&self, at: usize) -> Option<Group> {
        if self.groups[at] == Group::Leaders { self.also_group(at) } else { Some(self.groups[at]) }
    }

    /// The kept marks that count as participants, with their group.
    fn participations(&self) -> impl Iterator<Item = (usize, Group)> {
        self.kept_in(0..self.cut.len()).filter_map(|at| Some((at, self.participant_group(at)?)))
    }

    /// How many kept marks a group has; leaders who also count as participants stand in both groups.
    #[must_use]
    pub fn count_of(&self, group: Group) -> u64 {
        if group == Group::Leaders {
            return len(self.kept_in(0..self.cut.len()).filter(|at| self.groups[*at] == group).count());
        }
        len(self.participations().filter(|(_, of)| *of == group).count())
    }

    /// How many participations there are.
    #[must_use]
    pub fn participants_in_all(&self) -> u64 {
        len(self.participations().count())
    }

    /// How many participations are of an age span; only of a sex where one is given, the older group then apart.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when the span has no value on the day of an occasion.
    pub fn aged(&self, span: &ByDate<(i64, i64)>, of: Option<Sex>) -> Result<u64, SelectionError> {
        let wanted = of.map(|sex| match sex {
            Sex::Female => Group::Female,
            Sex::Male => Group::Male,
        });
        let mut count = 0;
        for (at, group) in self.participations() {
            if wanted.is_some_and(|wanted| wanted != group) {
                continue;
            }
            let (from, to) = *span.on(self.frame.occasion(self.frame.data.marks[at]).date())?;
            count += u64::from((from..=to).contains(&self.age_at(at)));
        }
        Ok(count)
    }

    /// How many participations are marked with a disability.
    #[must_use]
    pub fn with_disability(&self) -> u64 {
        len(self.participations().filter(|(at, _)| self.frame.data.marks[*at].class.has_disability()).count())
    }

    /// How many participations stand in each band of ages.
    ///
    /// # Errors
    /// [`SelectionError::NoBand`] for an age outside the bands.
    pub fn by_age(&self, bands: &Bands) -> Result<Vec<u64>, SelectionError> {
        let mut counts = vec![0; bands.all().len()];
        for (at, _) in self.participations() {
            let age = self.age_at(at);
            counts[bands.index_of(age).ok_or(SelectionError::NoBand(age))?] += 1;
        }
        Ok(counts)
    }

    /// How many occasions stand in each band of participants.
    ///
    /// # Errors
    /// [`SelectionError::NoBand`] for a size outside the bands.
    pub fn occasions_by_size(&self, bands: &Bands) -> Result<Vec<u64>, SelectionError> {
        let mut counts = vec![0; bands.all().len()];
        for span in self.held() {
            counts[self.size_in(bands, span)?] += 1;
        }
        Ok(counts)
    }

    /// How many hours stand in each band of participants, at most so many for an occasion.
    ///
    /// # Errors
    /// [`SelectionError::NoBand`] for a size outside the bands, [`SelectionError::NoValue`] for a day without a value.
    pub fn hours_by_size(&self, bands: &Bands, most: &ByDate<i64>, hours: Hours) -> Result<Vec<u64>, SelectionError> {
        let mut counts = vec![0; bands.all().len()];
        for (occasion, span) in self.frame.data.occasions.iter().zip(&self.frame.spans) {
            if self.has_kept(span.clone()) {
                counts[self.size_in(bands, span.clone())?] += hours_of(occasion, most, hours)?;
            }
        }
        Ok(counts)
    }

    fn size_in(&self, bands: &Bands, span: Range<usize>) -> Result<usize, SelectionError> {
        let size = i64::try_from(self.participants(span)).unwrap_or(i64::MAX);
        bands.index_of(size).ok_or(SelectionError::NoBand(size))
    }

    /// The hours of the occasions, at most so many for each.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] for a day without a value.
    pub fn hours(&self, most: &ByDate<i64>, hours: Hours) -> Result<u64, SelectionError> {
        self.sum_occasions(|_, occasion, _| hours_of(occasion, most, hours))
    }

    /// The hours of the participations, at most so many for each.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] for a day without a value.
    pub fn participant_hours(&self, most: &ByDate<i64>, hours: Hours) -> Result<u64, SelectionError> {
        self.sum_occasions(|selection, occasion, span| {
            Ok(hours_of(occasion, most, hours)?.saturating_mul(len(selection.participants(span))))
        })
    }

    /// Participations times the calendar days of their occasions; a camp may be one occasion.
    ///
    /// # Errors
    /// None of its own.
    pub fn person_days(&self) -> Result<u64, SelectionError> {
        self.sum_occasions(|selection, occasion, span| Ok(whole(occasion.days()).saturating_mul(len(selection.participants(span)))))
    }

    /// Participations times the nights of their occasions.
    ///
    /// # Errors
    /// None of its own.
    pub fn person_nights(&self) -> Result<u64, SelectionError> {
        self.sum_occasions(|selection, occasion, span| Ok(whole(occasion.days() - 1).saturating_mul(len(selection.participants(span)))))
    }

    /// How many occasions have a leader, or a participant who led this once, of an age.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] for a day without a value.
    pub fn occasions_led_by(&self, ages: &ByDate<(i64, i64)>) -> Result<u64, SelectionError> {
        self.count_occasions(|selection, occasion, span| {
            let (from, to) = *ages.on(occasion.date())?;
            Ok(selection.kept_in(span).any(|at| selection.leads(at) && (from..=to).contains(&selection.age_at(at))))
        })
    }

    /// How many occasions have so many leaders or more.
    ///
    /// # Errors
    /// None of its own.
    pub fn occasions_with_leaders(&self, least: usize) -> Result<u64, SelectionError> {
        self.count_occasions(|selection, _, span| {
            Ok(selection.kept_in(span).filter(|at| selection.groups[*at] == Group::Leaders).count() >= least)
        })
    }

    /// How many different persons have a kept participant mark.
    #[must_use]
    pub fn participant_persons(&self) -> u64 {
        len(self.last_marks().into_iter().flatten().count())
    }

    /// How many of them are of an age span, by their last kept occasion.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when the span has no value on that day.
    pub fn persons_aged(&self, span: &ByDate<(i64, i64)>) -> Result<u64, SelectionError> {
        let mut count = 0;
        for at in self.last_marks().into_iter().flatten() {
            let (from, to) = *span.on(self.frame.occasion(self.frame.data.marks[at]).date())?;
            count += u64::from((from..=to).contains(&self.age_at(at)));
        }
        Ok(count)
    }

    /// The share of them that lives here, among those whose residence is known; `None` when nobody's is.
    #[must_use]
    pub fn resident_share(&self) -> Option<Decimal> {
        let (mut known, mut here) = (0_u64, 0_u64);
        for at in self.last_marks().into_iter().flatten() {
            let resident = self.frame.person(self.frame.data.marks[at]).resident;
            known += u64::from(resident.is_some());
            here += u64::from(resident == Some(true));
        }
        Decimal::from(here).checked_div(Decimal::from(known))
    }

    fn last_marks(&self) -> Vec<Option<usize>> {
        let mut last = vec![None; self.frame.data.persons.len()];
        for (at, _) in self.participations() {
            last[index(self.frame.data.marks[at].person)] = Some(at);
        }
        last
    }

    /// Numbers each person's participant marks within every unit of time, and counts them by step. Marks that were numbered in
    /// this way before keep their numbers.
    ///
    /// # Errors
    /// See [`Selection::at_most_per_person_and_sport`].
    pub fn ranked(&self, steps: &[Option<i64>], unit: Unit, by_sport: Sports) -> Result<Ranked, SelectionError> {
        if let Some(ranked) = self.ranked_as_numbered(steps, unit, by_sport) {
            return Ok(ranked);
        }
        let sports = match by_sport {
            Sports::Together => None,
            Sports::Apart => Some(self.sport_of_occasions()?),
        };
        let runs = self.runs(unit, sports.as_deref());
        let mut ranked = Ranked { steps: vec![0; steps.len()], rest: 0 };
        for run in runs.each() {
            let mut from = 0;
            let in_run = len(run.len());
            for (step, to) in steps.iter().enumerate() {
                let to = to.map_or(in_run, |to| u64::try_from(to).unwrap_or_default().min(in_run));
                ranked.steps[step] += to.saturating_sub(from);
                from = to.max(from);
            }
            ranked.rest += in_run - from;
        }
        Ok(ranked)
    }

    /// The spans of the occasions that have a kept mark.
    fn held(&self) -> impl Iterator<Item = Range<usize>> {
        self.frame.spans.iter().filter(|span| self.has_kept((*span).clone())).cloned()
    }

    pub(super) fn count_occasions(
        &self,
        mut which: impl FnMut(&Self, &OccasionFacts, Range<usize>) -> Result<bool, SelectionError>,
    ) -> Result<u64, SelectionError> {
        self.sum_occasions(|selection, occasion, span| which(selection, occasion, span).map(u64::from))
    }

    fn sum_occasions(
        &self,
        mut each: impl FnMut(&Self, &OccasionFacts, Range<usize>) -> Result<u64, SelectionError>,
    ) -> Result<u64, SelectionError> {
        let mut sum = 0_u64;
        for (occasion, span) in self.frame.data.occasions.iter().zip(&self.frame.spans) {
            if self.has_kept(span.clone()) {
                sum = sum.checked_add(each(self, occasion, span.clone())?).ok_or(SelectionError::TooLarge)?;
            }
        }
        Ok(sum)
    }
}

/// Whether a person's marks are numbered over all sports or within each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sports {
    /// Over all sports.
    Together,
    /// Within each sport.
    Apart,
}

fn hours_of(occasion: &OccasionFacts, most: &ByDate<i64>, hours: Hours) -> Result<u64, SelectionError> {
    Ok(whole(hours.of(occasion.minutes()).min(*most.on(occasion.date())?)))
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn len(count: usize) -> u64 {
    u64::try_from(count).expect("a length fits in 64 bits")
}
