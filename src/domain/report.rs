//! What a report makes of its grant (slutavräkning): what is still paid, or claimed back.

use serde::{Deserialize, Serialize};

use super::{Localized, Money};

/// A grant settled by its report. What was paid and what is still paid, less what is claimed back, is what it came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// What was granted.
    pub granted: Money,
    /// What of it has been paid.
    pub paid: Money,
    /// What the grant came to be.
    pub came_to_be: Money,
    /// What is still paid.
    pub rest: Money,
    /// What is claimed back.
    pub claimed: Money,
}

/// Why a report cannot settle a grant so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSettle {
    /// A report never gives more than was granted.
    #[error("the report gives {came_to_be}, more than the {granted} that was granted")]
    MoreThanGranted {
        /// What the grant would come to be.
        came_to_be: Money,
        /// What was granted.
        granted: Money,
    },
    /// The decision that grants reserved nothing (förvaltningslagen 37 § second paragraph 1).
    #[error("{claimed} would be claimed back, but the decision reserved nothing")]
    NothingReserved {
        /// What would be claimed back.
        claimed: Money,
    },
}

impl CannotSettle {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(self) -> Localized {
        let words = |amount: Money| amount.to_string().replace('.', ",");
        match self {
            Self::MoreThanGranted { came_to_be, granted } => Localized::both(
                format!(
                    "Redovisningen ger {} kr, men {} kr är beviljat. Ändra beloppet till högst det beviljade.",
                    words(came_to_be),
                    words(granted)
                ),
                format!("The report gives SEK {came_to_be}, but SEK {granted} is granted. Change the amount to that at most."),
            ),
            Self::NothingReserved { claimed } => Localized::both(
                format!(
                    "{} kr skulle krävas tillbaka, men det ursprungliga beslutet har inget förbehåll om återkrav (förvaltningslagen 37 §). \
                     Ändra beloppet till minst det som är utbetalt.",
                    words(claimed)
                ),
                format!(
                    "SEK {claimed} would be claimed back, but the decision reserves nothing (Administrative Procedure Act, section 37). \
                     Change the amount to at least what has been paid."
                ),
            ),
        }
    }
}

/// Settles a grant.
///
/// # Errors
/// [`CannotSettle`] when it would come to be more than was granted, or something would be claimed back that was not reserved.
pub fn settle(granted: Money, paid: Money, came_to_be: Money, reserves: Reserves) -> Result<Settled, CannotSettle> {
    if came_to_be > granted {
        return Err(CannotSettle::MoreThanGranted { came_to_be, granted });
    }
    let over = |a: Money, b: Money| a.checked_sub(b).unwrap_or_default().max(Money::ZERO);
    let (rest, claimed) = (over(came_to_be, paid), over(paid, came_to_be));
    match reserves {
        Reserves::Nothing if claimed.is_positive() => Err(CannotSettle::NothingReserved { claimed }),
        Reserves::Nothing | Reserves::ToClaimBack => Ok(Settled { granted, paid, came_to_be, rest, claimed }),
    }
}

/// What the decision that grants has reserved (återkallelseförbehåll).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserves {
    /// Nothing.
    Nothing,
    /// That money can be claimed back.
    ToClaimBack,
}
