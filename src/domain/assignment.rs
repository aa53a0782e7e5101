//! Who gets a case by itself: of those who can take it, whoever has the least to do.

use super::id::UserId;

/// An officer who can take a case: free of conflict of interest, not away, of the right committee and unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Her name as it sorts.
    pub name_key: String,
    /// How many open cases she has.
    pub open: i64,
    /// How many she has been given lately.
    pub lately: i64,
}

/// What told her from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// Nobody else could take it.
    Only,
    /// She has the fewest open cases.
    Open,
    /// As few open cases as another, but she has been given fewer lately.
    Lately,
    /// Alike in both; her name comes first.
    Name,
}

impl Because {
    /// The word the history keeps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Open => "open",
            Self::Lately => "lately",
            Self::Name => "name",
        }
    }
}

/// The one who gets it and what told her from the others: the fewest open cases, then the fewest given lately, then by name.
/// The same people in another order give the same answer. `None` when nobody can take it.
#[must_use]
pub fn choose(candidates: &[Candidate]) -> Option<(&Candidate, Because)> {
    let best = candidates.iter().min_by(|a, b| order(a).cmp(&order(b)))?;
    let others = || candidates.iter().filter(|other| other.user != best.user);
    let because = if others().next().is_none() {
        Because::Only
    } else if others().all(|other| other.open > best.open) {
        Because::Open
    } else if others().filter(|other| other.open == best.open).all(|other| other.lately > best.lately) {
        Because::Lately
    } else {
        Because::Name
    };
    Some((best, because))
}

/// Namesakes are told apart by their identity, so that the answer is always one.
fn order(candidate: &Candidate) -> (i64, i64, &str, UserId) {
    (candidate.open, candidate.lately, &candidate.name_key, candidate.user)
}
