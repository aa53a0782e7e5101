//! Filters on leaders and on what they make of an occasion.

use super::{ByDate, Group, Keep, Selection, SelectionError, index};

/// How many leaders count by how many participants there are: the first step whose `to` is not exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderStep {
    /// The highest number of participants of the step; `None` for all above.
    pub to: Option<i64>,
    /// How many leaders count.
    pub leaders: i64,
}

impl Selection {
    /// Cuts occasions without a present leader of the right age, and the marks of leaders of another age.
    ///
    /// A participant marked as temporary leader leads, but is still counted as a participant.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn with_leader(self, ages: &ByDate<(i64, i64)>) -> Result<Self, SelectionError> {
        self.led("with_leader", ages, &ByDate::always(1))
    }

    /// The same with a number of leaders that must be there.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn with_leaders(self, ages: &ByDate<(i64, i64)>, least: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.led("with_leaders", ages, least)
    }

    fn led(mut self, id: &str, ages: &ByDate<(i64, i64)>, least: &ByDate<i64>) -> Result<Self, SelectionError> {
        let step = self.begin_step(id)?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        let mut condemned: Vec<usize> = Vec::new();
        for (occasion, span) in frame.data.occasions.iter().zip(&frame.spans) {
            if !self.has_kept(span.clone()) {
                continue;
            }
            let (from, to) = *ages.on(occasion.date())?;
            let least = *least.on(occasion.date())?;
            let of_age = |at: usize| (from..=to).contains(&self.age_at(at));
            let leads = self.kept_in(span.clone()).filter(|at| self.leads(*at) && of_age(*at));
            let led = i64::try_from(leads.count()).unwrap_or(i64::MAX) >= least;
            condemned.clear();
            condemned.extend(self.kept_in(span.clone()).filter(|at| !led || (self.groups[*at] == Group::Leaders && !of_age(*at))));
            for at in &condemned {
                self.cut[*at] = step;
                count += 1;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Cuts the participant's mark of whoever also has a kept leader's mark at the occasion.
    ///
    /// # Errors
    /// [`SelectionError::TooManyFilters`].
    pub fn leaders_not_participants(mut self) -> Result<Self, SelectionError> {
        let step = self.begin_step("leaders_not_participants")?;
        let frame = std::sync::Arc::clone(&self.frame);
        let mut count = 0;
        for span in &frame.spans {
            // The marks of a person stand together.
            for persons in frame.data.marks[span.clone()].chunk_by(|a, b| a.person == b.person).scan(span.start, |start, marks| {
                let from = *start;
                *start += marks.len();
                Some(from..*start)
            }) {
                if !self.kept_in(persons.clone()).any(|at| self.groups[at] == Group::Leaders) {
                    continue;
                }
                for at in persons {
                    if self.cut[at] == 0 && self.groups[at] != Group::Leaders {
                        self.cut[at] = step;
                        count += 1;
                    }
                }
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Leaders of an age also count as participants from here on. No mark is cut.
    #[must_use]
    pub fn leaders_also_participants(mut self, ages: ByDate<(i64, i64)>) -> Self {
        self.also = Some(std::sync::Arc::new(ages));
        self
    }

    /// Whether a kept leader's mark also counts as a participant's.
    pub(super) fn also_participates(&self, at: usize) -> bool {
        let Some(ages) = self.also.as_deref() else { return false };
        if self.groups[at] != Group::Leaders {
            return false;
        }
        let date = self.frame.occasion(self.frame.data.marks[at]).date();
        ages.on(date).is_ok_and(|(from, to)| (*from..=*to).contains(&self.age_at(at)))
    }

    /// A leader who leads two occasions that overlap in time keeps the one that began first.
    ///
    /// # Errors
    /// [`SelectionError::TooManyFilters`].
    pub fn leaders_one_at_a_time(mut self) -> Result<Self, SelectionError> {
        let step = self.begin_step("leaders_one_at_a_time")?;
        let frame = std::sync::Arc::clone(&self.frame);
        // Marks come in the order the occasions began: what a leader was last busy with is enough to know.
        let mut busy_until = vec![chrono::NaiveDateTime::MIN; frame.data.persons.len()];
        let mut count = 0;
        for at in 0..self.cut.len() {
            if self.cut[at] != 0 || self.groups[at] != Group::Leaders {
                continue;
            }
            let mark = frame.data.marks[at];
            let occasion = frame.occasion(mark);
            let busy = &mut busy_until[index(mark.person)];
            if occasion.start < *busy {
                self.cut[at] = step;
                count += 1;
            } else {
                *busy = occasion.stop;
            }
        }
        self.end_step(count);
        Ok(self)
    }

    /// Keeps only so many leaders of an occasion as its participants allow, the first ones in the total order.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn max_leaders(self, steps: &ByDate<Vec<LeaderStep>>) -> Result<Self, SelectionError> {
        self.keep_some("max_leaders", Keep::First, |selection, occasion, leaders, span| {
            if !leaders {
                return Ok(None);
            }
            let participants = i64::try_from(selection.participants(span)).unwrap_or(i64::MAX);
            let steps = steps.on(occasion.date())?;
            let allowed = steps.iter().find(|step| step.to.is_none_or(|to| participants <= to)).map(|step| step.leaders);
            Ok(Some(allowed.unwrap_or(i64::MAX)))
        })
    }

    /// Keeps at most so many participants for each leader; temporary leaders lead too, but once a person.
    ///
    /// # Errors
    /// See [`Selection::at_most`].
    pub fn at_most_per_leader(self, participants: &ByDate<i64>, keep: Keep) -> Result<Self, SelectionError> {
        self.keep_some("at_most_per_leader", keep, |selection, occasion, leaders, span| {
            if leaders {
                return Ok(None);
            }
            let mut persons: Vec<u32> =
                selection.kept_in(span).filter(|at| selection.leads(*at)).map(|at| selection.frame.data.marks[at].person).collect();
            persons.dedup();
            let leaders = i64::try_from(persons.len()).unwrap_or(i64::MAX);
            Ok(Some(participants.on(occasion.date())?.saturating_mul(leaders)))
        })
    }

    /// Whether a mark is of somebody who leads: a leader, or a participant who led this once.
    pub(super) fn leads(&self, at: usize) -> bool {
        self.groups[at] == Group::Leaders || self.frame.data.marks[at].class.is_temporary_leader()
    }
}
