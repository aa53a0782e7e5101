//! Filters that judge a person's mark.

use super::{ByDate, Group, Selection, SelectionError, age};

impl Selection {
    /// Keeps participants of the right age or with a disability, the older ones and leaders, each in a group; cuts the rest.
    ///
    /// Age is by calendar year of the occasion. A disability takes away the upper age, not the lower one, and
    /// such a participant counts among girls and women or boys and men, not among the older. Leaders have no
    /// age here; [`Selection::with_leader`] judges theirs.
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when there is no value on the day of an occasion.
    pub fn eligible(self, ages: &ByDate<(i64, i64)>, older_from: &ByDate<i64>) -> Result<Self, SelectionError> {
        let mut next = self;
        let step = next.begin_step("eligible")?;
        let frame = std::sync::Arc::clone(&next.frame);
        let mut count = 0;
        for (at, mark) in frame.data.marks.iter().enumerate() {
            if next.cut[at] != 0 || next.groups[at] == Group::Leaders {
                continue;
            }
            let date = frame.occasion(*mark).date();
            let age = age(frame.person(*mark), date);
            let (from, to) = *ages.on(date)?;
            if age >= from && (age <= to || mark.class.has_disability()) {
                continue;
            }
            if age >= *older_from.on(date)? {
                next.groups[at] = Group::Older;
            } else {
                next.groups[at] = Group::Nobody;
                next.cut[at] = step;
                count += 1;
            }
        }
        next.end_step(count);
        Ok(next)
    }

    /// Cuts marks over which another registration took precedence when the period was locked.
    ///
    /// # Errors
    /// [`SelectionError::TooManyFilters`].
    pub fn without_collisions(self) -> Result<Self, SelectionError> {
        self.cut_marks("without_collisions", |_, mark| Ok(mark.lost_clash))
    }
}
