//! What a selection holds, and the account of what it cut.

use super::{Group, Selection, index};

/// A filter that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Unique in the selection: the filter's id, with `_2`, `_3` … when it was applied again.
    pub id: String,
    /// Which filter.
    pub filter: String,
    /// How many marks it cut.
    pub cut: u64,
}

/// The account of marks: `imported - sum of cuts = kept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account<'s> {
    /// All marks as sent, present or not.
    pub imported: u64,
    /// What each filter cut, in the order they were applied.
    pub steps: &'s [Step],
    /// The marks that remain.
    pub kept: u64,
}

impl Selection {
    /// The account of marks.
    #[must_use]
    pub fn account(&self) -> Account<'_> {
        Account { imported: len(self.cut.len()), steps: &self.steps, kept: self.count() }
    }

    /// Every cut mark: its index in the data as it was given, and the id of the step that cut it.
    pub fn cuts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cut.iter().enumerate().filter_map(|(at, step)| {
            let step = self.steps.get(usize::from(*step).checked_sub(1)?)?;
            Some((self.given_index(at), step.id.as_str()))
        })
    }

    /// Every kept mark: its index in the data as it was given, and its group.
    pub fn kept(&self) -> impl Iterator<Item = (usize, Group)> {
        self.kept_in(0..self.cut.len()).map(|at| (self.given_index(at), self.groups[at]))
    }

    /// How many marks are kept.
    #[must_use]
    pub fn count(&self) -> u64 {
        len(self.cut.iter().filter(|step| **step == 0).count())
    }

    /// How many occasions have a kept mark.
    #[must_use]
    pub fn occasions(&self) -> u64 {
        len(self.frame.spans.iter().filter(|span| self.has_kept((*span).clone())).count())
    }

    /// How many different persons have a kept mark.
    #[must_use]
    pub fn persons(&self) -> u64 {
        let mut seen = vec![false; self.frame.data.persons.len()];
        for at in self.kept_in(0..self.cut.len()) {
            seen[index(self.frame.data.marks[at].person)] = true;
        }
        len(seen.into_iter().filter(|seen| *seen).count())
    }

    fn given_index(&self, at: usize) -> usize {
        self.frame.given.as_ref().map_or(at, |given| given[at])
    }
}

fn len(count: usize) -> u64 {
    u64::try_from(count).expect("a length fits in 64 bits")
}
