//! What marks are worth: rates, points, and the bounds of occasions and persons.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{ByDate, Group, Selection, SelectionError, index};
use crate::domain::attendance::Sex;
use crate::domain::bands::Bands;

/// What a mark pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rate {
    /// The same for all.
    All(Decimal),
    /// By band of age.
    Aged(Bands),
}

impl From<Decimal> for Rate {
    fn from(rate: Decimal) -> Self {
        Self::All(rate)
    }
}

/// The rate of each group, for [`super::Keep::BestPaid`] and amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// For [`Group::Female`].
    pub female: ByDate<Rate>,
    /// For [`Group::Male`].
    pub male: ByDate<Rate>,
    /// For [`Group::Leaders`].
    pub leaders: ByDate<Rate>,
    /// For [`Group::Older`].
    pub older: ByDate<Rate>,
}

/// How points are reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points {
    /// By age.
    pub bands: ByDate<Bands>,
    /// Multiplies for girls and women.
    pub female_factor: Option<ByDate<Decimal>>,
    /// Multiplies for boys and men.
    pub male_factor: Option<ByDate<Decimal>>,
    /// Instead of the band, for those with a disability.
    pub disability: Option<ByDate<Decimal>>,
    /// Instead of the band, for the group of older participants.
    pub older: Option<ByDate<Decimal>>,
    /// For leaders; without it they give none.
    pub leaders: Option<ByDate<Decimal>>,
}

/// What lies outside a bound, and how many occasions or persons it concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounded {
    /// The sum beyond the bound.
    pub amount: Decimal,
    /// How many went beyond it.
    pub count: u64,
}

impl Selection {
    /// What a mark pays on the day of its occasion; an age outside the bands pays nothing.
    pub(super) fn rate_at(&self, at: usize) -> Result<Decimal, SelectionError> {
        match self.rated(at)? {
            Some(rate) => Ok(rate),
            None => Ok(Decimal::ZERO),
        }
    }

    fn rated(&self, at: usize) -> Result<Option<Decimal>, SelectionError> {
        self.rate_in(self.groups[at], at)
    }

    fn rate_in(&self, group: Group, at: usize) -> Result<Option<Decimal>, SelectionError> {
        let participant = matches!(group, Group::Female | Group::Male | Group::Older);
        if let Some(worth) = self.worth_of_number(at).filter(|_| participant) {
            return Ok(Some(worth));
        }
        let rates = self.rates.as_deref().ok_or(SelectionError::NoRates)?;
        let rate = match group {
            Group::Nobody => return Ok(Some(Decimal::ZERO)),
            Group::Female => &rates.female,
            Group::Male => &rates.male,
            Group::Leaders => &rates.leaders,
            Group::Older => &rates.older,
        };
        match rate.on(self.frame.occasion(self.frame.data.marks[at]).date())? {
            Rate::All(rate) => Ok(Some(*rate)),
            Rate::Aged(bands) => Ok(bands.of(self.age_at(at)).map(|band| band.value)),
        }
    }

    /// What a kept mark pays in all: as a leader and, where she also counts, as a participant.
    fn worth(&self, at: usize) -> Result<Decimal, SelectionError> {
        let no_band = || SelectionError::NoBand(self.age_at(at));
        let own = self.rated(at)?.ok_or_else(no_band)?;
        match self.also_group(at) {
            None => Ok(own),
            Some(group) => add(own, self.rate_in(group, at)?.ok_or_else(no_band)?),
        }
    }

    /// The group in which a leader also counts as a participant.
    pub(super) fn also_group(&self, at: usize) -> Option<Group> {
        self.also_participates(at).then(|| match self.frame.person(self.frame.data.marks[at]).sex {
            Sex::Female => Group::Female,
            Sex::Male => Group::Male,
        })
    }

    /// What the kept marks of an occasion pay.
    pub(super) fn earned(&self, span: Range<usize>) -> Result<Decimal, SelectionError> {
        self.kept_in(span).try_fold(Decimal::ZERO, |sum, at| add(sum, self.worth(at)?))
    }

    /// What all kept marks pay.
    ///
    /// # Errors
    /// [`SelectionError::NoRates`] without rates, [`SelectionError::NoBand`] for an age that no rate covers.
    pub fn amount(&self) -> Result<Decimal, SelectionError> {
        self.earned(0..self.cut.len())
    }

    /// What occasions pay above a cap.
    ///
    /// # Errors
    /// See [`Selection::amount`].
    pub fn above_per_occasion(&self, cap: Decimal) -> Result<Bounded, SelectionError> {
        self.outside(|earned| earned - cap)
    }

    /// What occasions that pay something lack to a floor.
    ///
    /// # Errors
    /// See [`Selection::amount`].
    pub fn below_per_occasion(&self, floor: Decimal) -> Result<Bounded, SelectionError> {
        self.outside(|earned| if earned > Decimal::ZERO { floor - earned } else { Decimal::ZERO })
    }

    fn outside(&self, beyond: impl Fn(Decimal) -> Decimal) -> Result<Bounded, SelectionError> {
        let mut bounded = Bounded::default();
        for span in &self.frame.spans {
            bounded.note(beyond(self.earned(span.clone())?))?;
        }
        Ok(bounded)
    }

    /// What persons earn above a cap, over all their kept marks.
    ///
    /// # Errors
    /// See [`Selection::amount`].
    pub fn above_per_person(&self, cap: Decimal) -> Result<Bounded, SelectionError> {
        let mut earned = vec![Decimal::ZERO; self.frame.data.persons.len()];
        for at in self.kept_in(0..self.cut.len()) {
            let sum = &mut earned[index(self.frame.data.marks[at].person)];
            *sum = add(*sum, self.worth(at)?)?;
        }
        let mut bounded = Bounded::default();
        for sum in earned {
            bounded.note(sum - cap)?;
        }
        Ok(bounded)
    }

    /// The points of the kept marks.
    ///
    /// # Errors
    /// [`SelectionError::NoBand`] for an age that has no points, [`SelectionError::NoValue`] before the first value.
    pub fn points(&self, points: &Points) -> Result<Decimal, SelectionError> {
        let mut sum = Decimal::ZERO;
        for at in self.kept_in(0..self.cut.len()) {
            let date = self.frame.occasion(self.frame.data.marks[at]).date();
            if self.groups[at] == Group::Leaders
                && let Some(each) = &points.leaders
            {
                sum = add(sum, *each.on(date)?)?;
            }
            if let Some(group) = self.participant_group(at) {
                sum = add(sum, self.points_of(points, group, at)?)?;
            }
        }
        Ok(sum)
    }

    fn points_of(&self, points: &Points, group: Group, at: usize) -> Result<Decimal, SelectionError> {
        let mark = self.frame.data.marks[at];
        let date = self.frame.occasion(mark).date();
        let instead = match (&points.disability, &points.older) {
            (Some(instead), _) if mark.class.has_disability() => Some(instead),
            (_, Some(instead)) if group == Group::Older => Some(instead),
            (Some(_) | None, Some(_) | None) => None,
        };
        let each = match instead {
            Some(instead) => *instead.on(date)?,
            None => {
                let age = self.age_at(at);
                points.bands.on(date)?.of(age).ok_or(SelectionError::NoBand(age))?.value
            }
        };
        let factor = match self.frame.person(mark).sex {
            Sex::Female => &points.female_factor,
            Sex::Male => &points.male_factor,
        };
        match factor {
            Some(factor) => each.checked_mul(*factor.on(date)?).ok_or(SelectionError::TooLarge),
            None => Ok(each),
        }
    }
}

impl Bounded {
    fn note(&mut self, beyond: Decimal) -> Result<(), SelectionError> {
        if beyond > Decimal::ZERO {
            self.amount = add(self.amount, beyond)?;
            self.count += 1;
        }
        Ok(())
    }
}

fn add(a: Decimal, b: Decimal) -> Result<Decimal, SelectionError> {
    a.checked_add(b).ok_or(SelectionError::TooLarge)
}
