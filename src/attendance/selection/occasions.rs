//! Filters that judge a whole occasion by its length and its people.

use std::cmp::Reverse;
use std::ops::Range;

use super::{ByDate, Disability, Group, Keep, Selection, SelectionError};
use crate::domain::attendance::OccasionFacts;

impl Selection {
    /// Cuts occasions shorter than so many whole minutes.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion; so for all filters.
    pub fn min_minutes(self, minutes: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.cut_occasions("min_minutes", |_, occasion, _| Ok(occasion.minutes() < *minutes.on(occasion.date())?))
    }

    /// The same with a limit of its own for occasions whose participants have a disability.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn min_minutes_disability(
        self,
        minutes: &ByDate<i64>,
        with_disability: &ByDate<i64>,
        whose: Disability,
    ) -> Result<Self, SelectionError> {
        self.cut_occasions("min_minutes", |selection, occasion, span| {
            let limit = if selection.has_disability(span, whose) { with_disability } else { minutes };
            Ok(occasion.minutes() < *limit.on(occasion.date())?)
        })
    }

    /// The same, judging each participant by what her own mark says. Leaders stay where somebody stays.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn min_minutes_own(mut self, minutes: &ByDate<i64>, with_disability: &ByDate<i64>) -> Result<Self, SelectionError> {
        let step = self.begin_step("min_minutes")?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            let long_enough = occasion.minutes() >= *minutes.on(occasion.date())?;
            if long_enough {
                continue;
            }
            let with_disability = occasion.minutes() >= *with_disability.on(occasion.date())?;
            let stays = |selection: &Self, at: usize| {
                with_disability && selection.groups[at] != Group::Leaders && frame.data.marks[at].class.has_disability()
            };
            let somebody = self.kept_in(span.clone()).any(|at| stays(&self, at));
            for at in span.clone() {
                let kept = if self.groups[at] == Group::Leaders { somebody } else { stays(&self, at) };
                if self.cut[at] == 0 && !kept {
                    self.cut[at] = step;
                    count += 1;
                }
            }
        }
        self.end_step(count);
        Ok(self)
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

    /// The same with a limit of its own for occasions whose participants have a disability.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn at_least_disability(
        self,
        participants: &ByDate<i64>,
        with_disability: &ByDate<i64>,
        whose: Disability,
    ) -> Result<Self, SelectionError> {
        self.cut_occasions("at_least", |selection, occasion, span| {
            let limit = if selection.has_disability(span.clone(), whose) { with_disability } else { participants };
            let present = i64::try_from(selection.participants(span)).unwrap_or(i64::MAX);
            Ok(present < *limit.on(occasion.date())?)
        })
    }

    /// Keeps at most so many participants of an occasion. Leaders are not counted and not cut.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`]; [`SelectionError::NoRates`] for [`Keep::BestPaid`] without rates.
    pub fn at_most(self, participants: &ByDate<i64>, keep: Keep) -> Result<Self, SelectionError> {
        self.keep_some(
            "at_most",
            keep,
            |_, occasion, leaders, _| {
                if leaders { Ok(None) } else { participants.on(occasion.date()).copied().map(Some) }
            },
        )
    }

    /// Whether the kept participants of an occasion have a disability.
    fn has_disability(&self, span: Range<usize>, whose: Disability) -> bool {
        let mut participants = self.kept_in(span).filter(|at| self.groups[*at] != Group::Leaders).peekable();
        let has = |at: usize| self.frame.data.marks[at].class.has_disability();
        match whose {
            Disability::Any => participants.any(has),
            Disability::All => participants.peek().is_some() && participants.all(has),
        }
    }

    /// Keeps some marks of each occasion. `limit` is asked for the participants' side, then for the leaders': how many
    /// may stay, `None` when that side is not limited.
    pub(super) fn keep_some(
        mut self,
        id: &str,
        keep: Keep,
        limit: impl Fn(&Self, &OccasionFacts, bool, Range<usize>) -> Result<Option<i64>, SelectionError>,
    ) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        let mut chosen: Vec<usize> = Vec::new();
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            if !self.has_kept(span.clone()) {
                continue;
            }
            for leaders in [false, true] {
                let Some(limit) = limit(&self, occasion, leaders, span.clone())? else { continue };
                chosen.clear();
                chosen.extend(self.kept_in(span.clone()).filter(|at| (self.groups[*at] == Group::Leaders) == leaders));
                count += self.keep_best(step, &mut chosen, limit, keep)?;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Cuts the marks beyond a limit; answers how many. The marks are given in the total order.
    pub(super) fn keep_best(&mut self, step: u8, marks: &mut [usize], limit: i64, keep: Keep) -> Result<u64, SelectionError> {
        let limit = usize::try_from(limit).unwrap_or(if limit < 0 { 0 } else { usize::MAX });
        if marks.len() <= limit {
            return Ok(0);
        }
        self.rank(marks, keep)?;
        let mut count = 0;
        for at in &marks[limit..] {
            self.cut[*at] = step;
            count += 1;
        }
        Ok(count)
    }

    /// Puts marks in the order they are to be kept. The sort is stable, so ties stay in the total order.
    fn rank(&self, marks: &mut [usize], keep: Keep) -> Result<(), SelectionError> {
        match keep {
            Keep::First => Ok(()),
            Keep::Last => {
                marks.reverse();
                Ok(())
            }
            Keep::BestPaid => {
                let mut failed = None;
                marks.sort_by_cached_key(|at| {
                    Reverse(self.rate_at(*at).unwrap_or_else(|error| {
                        failed = Some(error);
                        rust_decimal::Decimal::ZERO
                    }))
                });
                failed.map_or(Ok(()), Err)
            }
        }
    }
}
