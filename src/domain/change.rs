//! Decisions that take the place of earlier ones: correcting an obvious slip, and changing what was decided
//! (förvaltningslagen 36-39 §§).

use serde::{Deserialize, Serialize};

use super::Money;

/// As what a decision takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// An obvious slip is put right (rättelse, förvaltningslagen 36 §): outcome and amount stay.
    Correction,
    /// Something else is decided (ändring, förvaltningslagen 37-39 §§).
    Change,
}

/// Why a decision takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeGround {
    /// Correction: a slip of the pen (skrivfel).
    Misspelt,
    /// Correction: a slip in counting (räknefel) in what was written, not in what was granted.
    Miscounted,
    /// Correction: another such oversight (förbiseende).
    Oversight,
    /// Change, also to the detriment: the decision reserves it (förbehåll).
    Reservation,
    /// Change, also to the detriment: compelling reasons of safety demand it at once.
    Safety,
    /// Change, also to the detriment: the party's wrong or misleading information caused the mistake.
    Misled,
    /// Change in the party's favour.
    Favourable,
    /// Change in the party's favour after an appeal (omprövning).
    Reconsidered,
}

impl ChangeGround {
    /// Every ground, corrections first.
    pub const ALL: [Self; 8] = [
        Self::Misspelt,
        Self::Miscounted,
        Self::Oversight,
        Self::Favourable,
        Self::Reconsidered,
        Self::Reservation,
        Self::Safety,
        Self::Misled,
    ];

    /// As what a decision on this ground takes the place of another.
    #[must_use]
    pub const fn kind(self) -> ChangeKind {
        match self {
            Self::Misspelt | Self::Miscounted | Self::Oversight => ChangeKind::Correction,
            Self::Reservation | Self::Safety | Self::Misled | Self::Favourable | Self::Reconsidered => ChangeKind::Change,
        }
    }
}

/// Whether the original decision's letter reserves that it may be changed or recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// It does.
    Made,
    /// It does not.
    Missing,
}

/// A change that somebody wants to make.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    /// On which ground.
    pub ground: ChangeGround,
    /// What the decision in force grants.
    pub before: Money,
    /// What the new one would grant.
    pub after: Money,
    /// Whether the original letter has a reservation.
    pub reservation: Reservation,
    /// What has been paid or is on its way.
    pub paid: Money,
}

/// Why a change cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// A correction changes no amount.
    #[error("a correction leaves the amount as it is")]
    CorrectionOfAmount,
    /// The amount is what it was.
    #[error("nothing is changed")]
    Nothing,
    /// It is less, and the ground allows only what is in the party's favour.
    #[error("a change to the detriment needs a ground of förvaltningslagen 37 §")]
    Detriment,
    /// It is less by a reservation that the original letter does not have.
    #[error("the original decision has no reservation")]
    NoReservation,
    /// It is more, so another ground is right.
    #[error("the ground is for a lower amount")]
    NotLower,
    /// It is less than what was paid: recovery is a matter of its own.
    #[error("more than that is paid")]
    Paid(Money),
}

impl Weighed {
    /// Whether the law allows the change (förvaltningslagen 36-37 §§).
    ///
    /// # Errors
    /// Why it does not.
    pub fn may(&self) -> Result<(), ChangeRefused> {
        match self.ground {
            ChangeGround::Misspelt | ChangeGround::Miscounted | ChangeGround::Oversight => {
                return if self.after == self.before { Ok(()) } else { Err(ChangeRefused::CorrectionOfAmount) };
            }
            _ if self.after == self.before => return Err(ChangeRefused::Nothing),
            ChangeGround::Favourable | ChangeGround::Reconsidered if self.after < self.before => return Err(ChangeRefused::Detriment),
            ChangeGround::Reservation | ChangeGround::Safety | ChangeGround::Misled if self.after > self.before => {
                return Err(ChangeRefused::NotLower);
            }
            ChangeGround::Reservation if self.reservation == Reservation::Missing => return Err(ChangeRefused::NoReservation),
            ChangeGround::Favourable
            | ChangeGround::Reconsidered
            | ChangeGround::Reservation
            | ChangeGround::Safety
            | ChangeGround::Misled => {}
        }
        if self.after < self.paid { Err(ChangeRefused::Paid(self.paid)) } else { Ok(()) }
    }
}
