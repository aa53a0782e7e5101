//! Scores of an assessment: a level by criterion, weighed together to points of a hundred.
//!
//! Everything is whole-number arithmetic: two assessors in either order, and a thousand cases in any, give the same points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A criterion that cases are scored by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Stable id.
    pub id: String,
    /// How much it weighs beside the others.
    pub weight: u32,
    /// The highest level of its scale; the lowest counts as nothing only where it is 0.
    pub highest: u32,
}

/// What one assessor gave: a level by criterion.
pub type Levels = BTreeMap<String, u32>;

/// Points of a hundred, in hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(i64);

impl Points {
    /// No points at all.
    pub const ZERO: Self = Self(0);
    /// All there are.
    pub const FULL: Self = Self(10_000);

    /// Points from hundredths, as they are stored; none outside 0–100 points.
    #[must_use]
    pub fn from_hundredths(hundredths: i64) -> Option<Self> {
        (0..=Self::FULL.0).contains(&hundredths).then_some(Self(hundredths))
    }

    /// Hundredths of a point.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        self.0
    }
}

/// How far apart two assessors may be before it is called a disagreement: one level is a matter of taste.
pub const AGREED_WITHIN: u32 = 1;

/// The points that assessors' levels give together: every assessor counts the same, every criterion by its weight.
/// Rounded half up to hundredths. `None` without assessors, without criteria that weigh, or when a level is missing.
#[must_use]
pub fn points(criteria: &[Criterion], sheets: &[Levels]) -> Option<Points> {
    let mut reached: i128 = 0;
    let mut possible: i128 = 0;
    for criterion in criteria {
        let weight = i128::from(criterion.weight);
        for sheet in sheets {
            let level = sheet.get(&criterion.id)?;
            reached += weight * i128::from(*level.min(&criterion.highest));
            possible += weight * i128::from(criterion.highest);
        }
    }
    let full = i128::from(Points::FULL.0);
    let rounded = (reached * full * 2 + possible).checked_div(possible * 2)?;
    i64::try_from(rounded).ok().and_then(Points::from_hundredths)
}

/// How many levels lie between the lowest and the highest that assessors gave for a criterion.
#[must_use]
pub fn spread(criterion: &str, sheets: &[Levels]) -> u32 {
    let levels = || sheets.iter().filter_map(|sheet| sheet.get(criterion)).copied();
    levels().max().unwrap_or_default() - levels().min().unwrap_or_default()
}

/// The criteria that assessors disagree about, by id, in the criteria's order.
#[must_use]
pub fn disagreements<'c>(criteria: &'c [Criterion], sheets: &[Levels]) -> Vec<&'c str> {
    criteria.iter().filter(|criterion| spread(&criterion.id, sheets) > AGREED_WITHIN).map(|criterion| criterion.id.as_str()).collect()
}
