//! Numbers that marks keep: each participant's first of the week, her second, and so on.
//!
//! Numbered once, a mark keeps its number and is worth what its number pays, whoever is cut after that. A choice among the
//! persons of an occasion by what is best paid then gives the same sum whoever is chosen: equals are equal in kronor.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Ranked, Selection, SelectionError, Sports, Unit};

/// A step of a ladder of numbers: the last number it covers (all further ones, where there is none), and what it pays.
pub type Rung = (Option<i64>, Decimal);

/// The number of each mark, and what numbers pay.
#[derive(Debug)]
pub(super) struct Numbers {
    /// By mark, from 1; 0 for who had none when they were numbered: leaders, and what was cut.
    of: Vec<u32>,
    steps: Vec<Rung>,
    unit: Unit,
    sports: Sports,
}

impl Selection {
    /// Numbers each person's kept participant marks within every unit of time (and sport). Nothing is cut.
    ///
    /// # Errors
    /// See [`Selection::at_most_per_person_and_sport`].
    pub fn numbered(mut self, steps: Vec<Rung>, unit: Unit, sports: Sports) -> Result<Self, SelectionError> {
        let apart = match sports {
            Sports::Together => None,
            Sports::Apart => Some(self.sport_of_occasions()?),
        };
        let mut of = vec![0; self.cut.len()];
        for run in self.runs(unit, apart.as_deref()).each() {
            for (number, at) in (1..).zip(run) {
                of[*at] = number;
            }
        }
        self.numbers = Some(Arc::new(Numbers { of, steps, unit, sports }));
        Ok(self)
    }

    /// What a mark's number pays, nothing beyond the last step; none where it has no number.
    pub(super) fn worth_of_number(&self, at: usize) -> Option<Decimal> {
        let numbers = self.numbers.as_deref()?;
        let number = numbers.of.get(at).copied().filter(|number| *number > 0)?;
        let rung = numbers.steps.iter().find(|(to, _)| to.is_none_or(|to| i64::from(number) <= to));
        Some(rung.map_or(Decimal::ZERO, |(_, worth)| *worth))
    }

    /// Kept marks by the step of the number they keep, where they were numbered in this way.
    pub(super) fn ranked_as_numbered(&self, steps: &[Option<i64>], unit: Unit, sports: Sports) -> Option<Ranked> {
        let numbers = self.numbers.as_deref().filter(|numbers| (numbers.unit, numbers.sports) == (unit, sports))?;
        let mut ranked = Ranked { steps: vec![0; steps.len()], rest: 0 };
        for (cut, number) in self.cut.iter().zip(&numbers.of) {
            if *cut != 0 || *number == 0 {
                continue;
            }
            match steps.iter().position(|to| to.is_none_or(|to| i64::from(*number) <= to)) {
                Some(step) => ranked.steps[step] += 1,
                None => ranked.rest += 1,
            }
        }
        Some(ranked)
    }
}
