//! Values by span of whole numbers: rates by age, amounts by size of group, caps by number of activities.

use rust_decimal::Decimal;

/// A span and its value. Both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lowest number.
    pub from: i64,
    /// The highest number; `None` for all above.
    pub to: Option<i64>,
    /// What the numbers of the span are worth.
    pub value: Decimal,
}

impl Band {
    /// Whether a number lies in the span.
    #[must_use]
    pub fn contains(&self, number: i64) -> bool {
        self.from <= number && self.to.is_none_or(|to| number <= to)
    }

    /// In figures: `7–12`, or `13–` for an open one.
    #[must_use]
    pub fn figures(&self) -> String {
        match self.to {
            Some(to) if to == self.from => self.from.to_string(),
            Some(to) => format!("{}–{to}", self.from),
            None => format!("{}–", self.from),
        }
    }

    /// As part of a row's id: `7_12`, or `13` for an open one.
    #[must_use]
    pub fn id(&self) -> String {
        self.to.map_or_else(|| self.from.to_string(), |to| format!("{}_{to}", self.from))
    }
}

/// Spans that rise and do not overlap. There may be holes: what lies in one has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands(Vec<Band>);

/// Why spans do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandsError {
    /// There are none.
    #[error("there are no bands")]
    Empty,
    /// A span ends before it begins; by index.
    #[error("band {0} ends before it begins")]
    Reversed(usize),
    /// A span begins before the one before it has ended; by index.
    #[error("band {0} overlaps the one before it")]
    Overlap(usize),
}

impl Bands {
    /// Spans in rising order.
    ///
    /// # Errors
    /// When there are none, one is reversed, or they overlap.
    pub fn new(bands: Vec<Band>) -> Result<Self, BandsError> {
        if bands.is_empty() {
            return Err(BandsError::Empty);
        }
        for (at, band) in bands.iter().enumerate() {
            if band.to.is_some_and(|to| to < band.from) {
                return Err(BandsError::Reversed(at));
            }
            let before = at.checked_sub(1).and_then(|before| bands.get(before));
            if before.is_some_and(|before| before.to.is_none_or(|to| band.from <= to)) {
                return Err(BandsError::Overlap(at));
            }
        }
        Ok(Self(bands))
    }

    /// The span a number lies in.
    #[must_use]
    pub fn of(&self, number: i64) -> Option<&Band> {
        self.index_of(number).and_then(|at| self.0.get(at))
    }

    /// The place of the span a number lies in.
    #[must_use]
    pub fn index_of(&self, number: i64) -> Option<usize> {
        self.0.iter().position(|band| band.contains(number))
    }

    /// The spans.
    #[must_use]
    pub fn all(&self) -> &[Band] {
        &self.0
    }

    /// The spans between which numbers have no value, by the index of the later one.
    pub fn holes(&self) -> impl Iterator<Item = usize> {
        self.0.windows(2).enumerate().filter_map(|(at, pair)| match pair {
            [Band { to: Some(to), .. }, later] if to.saturating_add(1) < later.from => Some(at + 1),
            _ => None,
        })
    }
}
