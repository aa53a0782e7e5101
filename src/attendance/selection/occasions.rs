//! Filters that judge a whole occasion.

use std::cmp::Reverse;

use super::{ByDate, Group, Keep, Selection, SelectionError, age, index};
use crate::domain::attendance::OccasionFacts;

/// How many leaders count by how many participants there are: the first step whose `to` is not exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderStep {
    /// The highest number of participants of the step; `None` for all above.
    pub to: Option<i64>,
    /// How many leaders count.
    pub leaders: i64,
}

impl Selection {
    /// Cuts occasions shorter than so many whole minutes.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion; so for all filters.
    pub fn min_minutes(self, minutes: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.cut_occasions("min_minutes", |_, occasion, _| Ok(occasion.minutes() < *minutes.on(occasion.date())?))
    }

    /// Cuts occasions without a present leader of the right age, and the marks of leaders of another age.
    ///
    /// A participant marked as temporary leader leads, but is still counted as a participant. Age is by calendar year.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn with_leader(self, ages: &ByDate<(i64, i64)>) -> Result<Self, SelectionError> {
        let mut next = self;
        let step = next.begin_step("with_leader")?;
        let frame = std::sync::Arc::clone(&next.frame);
        let mut count = 0;
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            if !next.has_kept(span.clone()) {
                continue;
            }
            let (from, to) = *ages.on(occasion.date())?;
            let of_age = |at: usize| (from..=to).contains(&age(frame.person(frame.data.marks[at]), occasion.date()));
            let leads = |at: usize| next.groups[at] == Group::Leaders || frame.data.marks[at].class.is_temporary_leader();
            let led = next.kept_in(span.clone()).any(|at| leads(at) && of_age(at));
            let condemned: Vec<usize> =
                next.kept_in(span.clone()).filter(|at| !led || (next.groups[*at] == Group::Leaders && !of_age(*at))).collect();
            for at in condemned {
                next.cut[at] = step;
                count += 1;
            }
        }
        next.end_step(count);
        Ok(next)
    }

    /// Cuts occasions with fewer than so many participants.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn at_least(self, participants: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.cut_occasions("at_least", |selection, occasion, span| {
            let present = i64::try_from(selection.participants(span)).unwrap_or(i64::MAX);
            Ok(present < *participants.on(occasion.date())?)
        })
    }

    /// Keeps at most so many participants of an occasion. Leaders are not counted and not cut.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`]; [`SelectionError::NoRates`] for [`Keep::BestPaid`] without rates.
    pub fn at_most(self, participants: &ByDate<i64>, keep: Keep) -> Result<Self, SelectionError> {
        self.keep_some("at_most", keep, |_, occasion, group, _| {
            if group == Group::Leaders { Ok(None) } else { participants.on(occasion.date()).copied().map(Some) }
        })
    }

    /// Keeps only so many leaders of an occasion as its participants allow, the first ones in the total order.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn max_leaders(self, steps: &ByDate<Vec<LeaderStep>>) -> Result<Self, SelectionError> {
        self.keep_some("max_leaders", Keep::First, |_, occasion, group, participants| {
            if group != Group::Leaders {
                return Ok(None);
            }
            let steps = steps.on(occasion.date())?;
            let allowed = steps.iter().find(|step| step.to.is_none_or(|to| participants <= to)).map(|step| step.leaders);
            Ok(Some(allowed.unwrap_or(i64::MAX)))
        })
    }

    /// Cuts occasions whose activity has one of the words as a word of its own or as the last part of a compound.
    ///
    /// In Swedish the last part of a compound says what the thing is: `fest` cuts "Julfest" but neither
    /// "Festkommitté" nor "Manifestation". Capitals and small letters are the same.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn without_words(self, words: &ByDate<Vec<String>>) -> Result<Self, SelectionError> {
        self.cut_occasions("excluded_kinds", |_, occasion, _| Ok(mentions(occasion, words.on(occasion.date())?)))
    }

    /// Keeps the best marks of each occasion and limited group. `limit` says how many of a group's side
    /// (leaders or participants) may stay, `None` when the group is not limited.
    fn keep_some(
        mut self,
        id: &str,
        keep: Keep,
        limit: impl Fn(&Self, &OccasionFacts, Group, i64) -> Result<Option<i64>, SelectionError>,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        let mut chosen: Vec<usize> = Vec::new();
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            if !self.has_kept(span.clone()) {
                continue;
            }
            let participants = i64::try_from(self.participants(span.clone())).unwrap_or(i64::MAX);
            for leaders in [false, true] {
                let side = if leaders { Group::Leaders } else { Group::Nobody };
                let Some(limit) = limit(&self, occasion, side, participants)? else { continue };
                chosen.clear();
                chosen.extend(self.kept_in(span.clone()).filter(|at| (self.groups[*at] == Group::Leaders) == leaders));
                let limit = usize::try_from(limit).unwrap_or(if limit < 0 { 0 } else { usize::MAX });
                if chosen.len() <= limit {
                    continue;
                }
                self.rank(&mut chosen, keep)?;
                for at in &chosen[limit..] {
                    self.cut[*at] = step;
                    count += 1;
                }
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Puts marks in the order they are to be kept. The sort is stable, so ties stay in the total order.
    fn rank(&self, marks: &mut [usize], keep: Keep) -> Result<(), SelectionError> {
        match keep {
            Keep::First => Ok(()),
            Keep::BestPaid => {
                let mut failed = None;
                marks.sort_by_cached_key(|at| {
                    let date = self.frame.occasion(self.frame.data.marks[*at]).date();
                    Reverse(self.rate(self.groups[*at], date).unwrap_or_else(|error| {
                        failed = Some(error);
                        rust_decimal::Decimal::ZERO
                    }))
                });
                failed.map_or(Ok(()), Err)
            }
        }
    }

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
            let loser = match keep {
                Keep::First => at,
                Keep::BestPaid => {
                    let holder = holders[person];
                    let better = self.rate(self.groups[at], date)? > self.rate(self.groups[holder], date)?;
                    if better { std::mem::replace(&mut holders[person], at) } else { at }
                }
            };
            self.cut[loser] = step;
            count += 1;
        }
        self.end_step(count);
        Ok(self)
    }
}

/// Whether the activity has one of the words (or phrases) as a word of its own or as the last part of a compound.
pub(super) fn mentions(occasion: &OccasionFacts, words: &[String]) -> bool {
    let activity = in_words(&occasion.activity);
    words.iter().any(|word| activity.contains(&in_words(word)))
}

/// Small letters, one space after each word: what ends a word then ends with a space.
fn in_words(text: &str) -> String {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).fold(String::new(), |mut words, word| {
        words.push_str(word);
        words.push(' ');
        words
    })
}
