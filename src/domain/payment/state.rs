//! Where a payment order stands, and the only ways on from there.

use serde::{Deserialize, Serialize};

use crate::domain::Localized;

/// Where a payment order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Made from a decision.
    Draft,
    /// Checked against its grounds by a first person (granskningsattest).
    Reviewed,
    /// Released for payment by a second person (beslutsattest).
    Attested,
    /// Sent in a file; no answer yet.
    Exported,
    /// The bank or the ledger has taken it.
    Accepted,
    /// The bank or the ledger has refused it; nothing was paid.
    Rejected,
    /// No answer came, or one that says nothing. Never sent again by itself.
    Unknown,
    /// The money has left the account.
    Booked,
    /// The money came back.
    Returned,
    /// Called off before it was sent.
    Cancelled,
}

/// What can happen to a payment order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// A first person has checked it.
    Review,
    /// A second person releases it.
    Attest,
    /// It goes back to be put right.
    SendBack,
    /// It leaves in a file.
    Export,
    /// The receiver has taken it.
    Accept,
    /// The receiver has refused it.
    Reject,
    /// No answer came.
    LoseTrack,
    /// The money has left the account.
    Book,
    /// The money came back.
    Return,
    /// It is called off.
    Cancel,
}

/// A transition that a state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{transition:?} is not possible in the state {state:?}")]
pub struct WrongState {
    /// Where the order stands.
    pub state: PaymentState,
    /// What was asked for.
    pub transition: Transition,
}

impl WrongState {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> Localized {
        let (state, english) = (self.state.name(), self.state.name().en.unwrap_or_default());
        Localized::both(
            format!("Det går inte nu: utbetalningen är ”{}”. Ladda om sidan för att se vad som kan göras.", state.sv),
            format!("Not possible now: the payment is “{english}”. Reload the page to see what can be done."),
        )
    }
}

impl PaymentState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Reviewed,
        Self::Attested,
        Self::Exported,
        Self::Accepted,
        Self::Rejected,
        Self::Unknown,
        Self::Booked,
        Self::Returned,
        Self::Cancelled,
    ];

    /// The word it is stored as.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
            Self::Attested => "attested",
            Self::Exported => "exported",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Booked => "booked",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state stored as a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name for a reader.
    #[must_use]
    pub fn name(self) -> Localized {
        match self {
            Self::Draft => Localized::both("Utkast", "Draft"),
            Self::Reviewed => Localized::both("Granskad", "Reviewed"),
            Self::Attested => Localized::both("Attesterad", "Attested"),
            Self::Exported => Localized::both("Skickad", "Sent"),
            Self::Accepted => Localized::both("Mottagen av banken", "Accepted by the bank"),
            Self::Rejected => Localized::both("Nekad av banken", "Rejected by the bank"),
            Self::Unknown => Localized::both("Okänt utfall", "Unknown outcome"),
            Self::Booked => Localized::both("Utbetald", "Paid"),
            Self::Returned => Localized::both("Returnerad", "Returned"),
            Self::Cancelled => Localized::both("Makulerad", "Cancelled"),
        }
    }

    /// Whether holds can still stop it: it has not left.
    #[must_use]
    pub fn can_be_held(self) -> bool {
        match self {
            Self::Draft | Self::Reviewed | Self::Attested | Self::Rejected => true,
            Self::Exported | Self::Accepted | Self::Unknown | Self::Booked | Self::Returned | Self::Cancelled => false,
        }
    }

    /// Draft to reviewed.
    ///
    /// # Errors
    /// [`WrongState`] from every other state.
    pub fn review(self) -> Result<Self, WrongState> {
        match self {
            Self::Draft => Ok(Self::Reviewed),
            Self::Reviewed
            | Self::Attested
            | Self::Exported
            | Self::Accepted
            | Self::Rejected
            | Self::Unknown
            | Self::Booked
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::Review)),
        }
    }

    /// Reviewed to attested.
    ///
    /// # Errors
    /// [`WrongState`] from every other state.
    pub fn attest(self) -> Result<Self, WrongState> {
        match self {
            Self::Reviewed => Ok(Self::Attested),
            Self::Draft
            | Self::Attested
            | Self::Exported
            | Self::Accepted
            | Self::Rejected
            | Self::Unknown
            | Self::Booked
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::Attest)),
        }
    }

    /// Back to draft, to be put right: before it was sent, or after a refusal (then nothing was paid). Both attests
    /// must be given anew.
    ///
    /// # Errors
    /// [`WrongState`] when it is a draft already, or when money may have left.
    pub fn send_back(self) -> Result<Self, WrongState> {
        match self {
            Self::Reviewed | Self::Attested | Self::Rejected => Ok(Self::Draft),
            Self::Draft | Self::Exported | Self::Accepted | Self::Unknown | Self::Booked | Self::Returned | Self::Cancelled => {
                Err(self.refuse(Transition::SendBack))
            }
        }
    }

    /// Attested to exported.
    ///
    /// # Errors
    /// [`WrongState`] from every other state: what was sent, or may have been, is never sent again.
    pub fn export(self) -> Result<Self, WrongState> {
        match self {
            Self::Attested => Ok(Self::Exported),
            Self::Draft
            | Self::Reviewed
            | Self::Exported
            | Self::Accepted
            | Self::Rejected
            | Self::Unknown
            | Self::Booked
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::Export)),
        }
    }

    /// The receiver has taken it, told at once or after a time of not knowing.
    ///
    /// # Errors
    /// [`WrongState`] unless it is exported or unknown.
    pub fn accept(self) -> Result<Self, WrongState> {
        match self {
            Self::Exported | Self::Unknown => Ok(Self::Accepted),
            Self::Draft
            | Self::Reviewed
            | Self::Attested
            | Self::Accepted
            | Self::Rejected
            | Self::Booked
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::Accept)),
        }
    }

    /// The receiver has refused it. A bank may accept on receipt and refuse on the day of payment.
    ///
    /// # Errors
    /// [`WrongState`] unless it is exported, accepted or unknown.
    pub fn reject(self) -> Result<Self, WrongState> {
        match self {
            Self::Exported | Self::Accepted | Self::Unknown => Ok(Self::Rejected),
            Self::Draft | Self::Reviewed | Self::Attested | Self::Rejected | Self::Booked | Self::Returned | Self::Cancelled => {
                Err(self.refuse(Transition::Reject))
            }
        }
    }

    /// No answer came, or one that says nothing.
    ///
    /// # Errors
    /// [`WrongState`] unless it is exported.
    pub fn lose_track(self) -> Result<Self, WrongState> {
        match self {
            Self::Exported => Ok(Self::Unknown),
            Self::Draft
            | Self::Reviewed
            | Self::Attested
            | Self::Accepted
            | Self::Rejected
            | Self::Unknown
            | Self::Booked
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::LoseTrack)),
        }
    }

    /// The money has left the account. The statement is the truth, so it needs no acceptance before it.
    ///
    /// # Errors
    /// [`WrongState`] unless it is exported, accepted or unknown.
    pub fn book(self) -> Result<Self, WrongState> {
        match self {
            Self::Exported | Self::Accepted | Self::Unknown => Ok(Self::Booked),
            Self::Draft | Self::Reviewed | Self::Attested | Self::Rejected | Self::Booked | Self::Returned | Self::Cancelled => {
                Err(self.refuse(Transition::Book))
            }
        }
    }

    /// The money came back. A new payment is a new order with its own number.
    ///
    /// # Errors
    /// [`WrongState`] unless it is booked or accepted (when the return is told before the payment).
    pub fn give_back(self) -> Result<Self, WrongState> {
        match self {
            Self::Accepted | Self::Booked => Ok(Self::Returned),
            Self::Draft
            | Self::Reviewed
            | Self::Attested
            | Self::Exported
            | Self::Rejected
            | Self::Unknown
            | Self::Returned
            | Self::Cancelled => Err(self.refuse(Transition::Return)),
        }
    }

    /// Called off: before it was sent, or after a refusal.
    ///
    /// # Errors
    /// [`WrongState`] when money may have left.
    pub fn cancel(self) -> Result<Self, WrongState> {
        match self {
            Self::Draft | Self::Reviewed | Self::Attested | Self::Rejected => Ok(Self::Cancelled),
            Self::Exported | Self::Accepted | Self::Unknown | Self::Booked | Self::Returned | Self::Cancelled => {
                Err(self.refuse(Transition::Cancel))
            }
        }
    }

    fn refuse(self, transition: Transition) -> WrongState {
        WrongState { state: self, transition }
    }
}
