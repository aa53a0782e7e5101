//! One occasion a day for a group, one mark a day for a person.

use super::{Keep, Selection, SelectionError, index};

/// Which occasion of a group and day to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeepOccasion {
    /// The first one.
    First,
    /// The one that lasted longest; ties to the first.
    Longest,
    /// The one with most participants; ties to the first.
    Largest,
    /// The one whose marks pay most; ties to the first.
    BestPaid,
}

impl Selection {
    /// Keeps one mark per person and day.
    ///
    /// # Errors
    /// See [`Selection::at_most`].
    pub fn once_per_person_and_day(mut self, keep: Keep) -> Result<Self, SelectionError> {
        let step = self.begin_step("once_per_person_and_day")?;
        let frame = std::sync::Arc::clone(&self.frame);
        let data = &frame.data;
        // The marks come day by day: one slot per person, stamped with the day, needs no hashing.
        let mut stamps = vec![chrono::NaiveDate::MIN; data.persons.len()];
        let mut holders = vec![0_usize; data.persons.len()];
        let mut count = 0;
        for at in 0..self.cut.len() {
            if self.cut[at] != 0 {
                continue;
            }
            let mark = data.marks[at];
            let date = frame.occasion(mark).date();
            let person = index(mark.person);
            if stamps[person] != date {
                stamps[person] = date;
                holders[person] = at;
                continue;
            }
            let holder = holders[person];
            let better = match keep {
                Keep::First => false,
                Keep::Last => true,
                Keep::BestPaid => self.rate_at(at)? > self.rate_at(holder)?,
            };
            let loser = if better { std::mem::replace(&mut holders[person], at) } else { at };
            self.cut[loser] = step;
            count += 1;
        }
        self.end_step(count);
        Ok(self)
    }

    /// Keeps one occasion per attendance card and day: a camp counts once a day however many sessions it has.
    ///
    /// # Errors
    /// [`SelectionError::NoRates`] for [`KeepOccasion::BestPaid`] without rates.
    pub fn once_per_group_and_day(mut self, keep: KeepOccasion) -> Result<Self, SelectionError> {
        let step = self.begin_step("once_per_group_and_day")?;
        let frame = std::sync::Arc::clone(&self.frame);
        let occasions = &frame.data.occasions;
        let mut count = 0;
        let mut begin = 0;
        while begin < occasions.len() {
            let date = occasions[begin].date();
            let end = begin + occasions[begin..].iter().take_while(|occasion| occasion.date() == date).count();
            let mut of_day: Vec<usize> = (begin..end).filter(|at| self.has_kept(frame.spans[*at].clone())).collect();
            // Stable: the occasions of a card stay in the total order.
            of_day.sort_by_key(|at| occasions[*at].card);
            for group in of_day.chunk_by(|a, b| occasions[*a].card == occasions[*b].card) {
                let Some(best) = self.best_of(group, keep)? else { continue };
                for other in group.iter().filter(|at| **at != best) {
                    for cut in self.cut[frame.spans[*other].clone()].iter_mut().filter(|cut| **cut == 0) {
                        *cut = step;
                        count += 1;
                    }
                }
            }
            begin = end;
        }
        self.end_step(count);
        Ok(self)
    }

    fn best_of(&self, group: &[usize], keep: KeepOccasion) -> Result<Option<usize>, SelectionError> {
        let mut best: Option<(rust_decimal::Decimal, usize)> = None;
        for at in group {
            let span = self.frame.spans[*at].clone();
            let worth = match keep {
                KeepOccasion::First => rust_decimal::Decimal::ZERO,
                KeepOccasion::Longest => (self.frame.data.occasions[*at].stop - self.frame.data.occasions[*at].start).num_seconds().into(),
                KeepOccasion::Largest => self.participants(span).into(),
                KeepOccasion::BestPaid => self.earned(span)?,
            };
            if best.is_none_or(|(known, _)| worth > known) {
                best = Some((worth, *at));
            }
        }
        Ok(best.map(|(_, at)| at))
    }
}
