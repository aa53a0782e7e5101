//! Filters that judge a person's mark.

use super::{ByDate, Group, Limit, Selection, SelectionError, index};
use rust_decimal::Decimal;

/// What happens to those whose residence is not known, as with protected personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnknownResidence {
    /// They are kept.
    Keep,
    /// They are cut.
    Cut,
}

impl Selection {
    /// Keeps participants of the right age or with a disability, the older ones and leaders, each in a group; cuts the rest.
    ///
    /// A disability takes away the upper age, not the lower one, and such a participant counts among girls and
    /// women or boys and men, not among the older. Leaders have no age here; [`Selection::with_leader`] judges theirs.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion.
    pub fn eligible(self, ages: &ByDate<(i64, i64)>, older_from: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.of_age("eligible", ages, Some(older_from))
    }

    /// The same without a group of older participants: whoever is above the span and has no disability is cut.
    ///
    /// # Errors
    /// See [`Selection::eligible`].
    pub fn eligible_only(self, ages: &ByDate<(i64, i64)>) -> Result<Self, SelectionError> {
        self.of_age("eligible_only", ages, None)
    }

    fn of_age(mut self, id: &str, ages: &ByDate<(i64, i64)>, older_from: Option<&ByDate<i64>>) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        for (at, mark) in frame.data.marks.iter().enumerate() {
            if self.cut[at] != 0 || self.groups[at] == Group::Leaders {
                continue;
            }
            let date = frame.occasion(*mark).date();
            let age = self.ages.age(frame.person(*mark), date);
            let (from, to) = *ages.on(date)?;
            if age >= from && (age <= to || mark.class.has_disability()) {
                continue;
            }
            let older = match older_from {
                Some(from) => age >= *from.on(date)?,
                None => false,
            };
            if older {
                self.groups[at] = Group::Older;
            } else {
                self.groups[at] = Group::Nobody;
                self.cut[at] = step;
                count += 1;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Cuts marks over which another registration took precedence when the period was locked.
    ///
    /// # Errors
    /// [`SelectionError::TooManyFilters`].
    pub fn without_collisions(self) -> Result<Self, SelectionError> {
        self.cut_marks("without_collisions", |_, mark| Ok(mark.lost_clash))
    }

    /// Cuts participants who are known not to be registered in the municipality. Leaders are not touched.
    ///
    /// # Errors
    /// [`SelectionError::TooManyFilters`].
    pub fn residents(self, unknown: UnknownResidence) -> Result<Self, SelectionError> {
        let frame = std::sync::Arc::clone(&self.frame);
        self.cut_participants("residents", |_, at| {
            Ok(match frame.person(frame.data.marks[at]).resident {
                Some(resident) => !resident,
                None => unknown == UnknownResidence::Cut,
            })
        })
    }

    /// Cuts occasions where less than a share (0 to 1) of the participants whose residence is known live in the municipality.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion.
    pub fn resident_share_at_least(self, share: &ByDate<Decimal>) -> Result<Self, SelectionError> {
        self.cut_occasions("resident_share_at_least", |selection, occasion, span| {
            let of_participants = selection.kept_in(span).filter(|at| selection.groups[*at] != Group::Leaders);
            let (mut known, mut here) = (0_u64, 0_u64);
            for at in of_participants {
                let resident = selection.frame.person(selection.frame.data.marks[at]).resident;
                known += u64::from(resident.is_some());
                here += u64::from(resident == Some(true));
            }
            Ok(Decimal::from(here) < Decimal::from(known) * share.on(occasion.date())?)
        })
    }

    /// Cuts participants' marks at occasions shorter than their age demands; an age outside the bands demands nothing.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion.
    pub fn min_minutes_aged(self, minutes: &ByDate<crate::domain::bands::Bands>) -> Result<Self, SelectionError> {
        let frame = std::sync::Arc::clone(&self.frame);
        self.cut_participants("min_minutes_aged", |selection, at| {
            let occasion = frame.occasion(frame.data.marks[at]);
            let band = minutes.on(occasion.date())?.of(selection.age_at(at));
            Ok(band.is_some_and(|band| Decimal::from(occasion.minutes()) < band.value))
        })
    }

    /// Cuts all participants' marks of persons who have fewer of them than they must.
    ///
    /// What is demanded is taken on the person's last kept occasion, by her age then.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion.
    pub fn min_attendances(self, least: &ByDate<Limit>) -> Result<Self, SelectionError> {
        let frame = std::sync::Arc::clone(&self.frame);
        let mut counts = vec![0_i64; frame.data.persons.len()];
        let mut last = vec![None; frame.data.persons.len()];
        for at in self.kept_in(0..self.cut.len()).filter(|at| self.groups[*at] != Group::Leaders) {
            let person = index(frame.data.marks[at].person);
            counts[person] += 1;
            last[person] = Some(at);
        }
        let mut too_few = vec![false; counts.len()];
        for (person, at) in last.into_iter().enumerate() {
            let Some(at) = at else { continue };
            let date = frame.occasion(frame.data.marks[at]).date();
            too_few[person] = least.on(date)?.at(self.age_at(at))?.is_some_and(|least| counts[person] < least);
        }
        self.cut_participants("min_attendances", |_, at| Ok(too_few[index(frame.data.marks[at].person)]))
    }

    /// Cuts the participants' marks that `condemn` names; leaders are not touched.
    fn cut_participants(
        mut self,
        id: &str,
        mut condemn: impl FnMut(&Self, usize) -> Result<bool, SelectionError>,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let mut count = 0;
        for at in 0..self.cut.len() {
            if self.cut[at] == 0 && self.groups[at] != Group::Leaders && condemn(&self, at)? {
                self.cut[at] = step;
                count += 1;
            }
        }
        self.end_step(count);
        Ok(self)
    }
}
