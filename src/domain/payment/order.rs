//! A payment order: a settlement on its way from decision to account.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    AttestAuthority, AttestBasis, AttestKind, AttestRefused, Hold, HoldReason, PaymentId, PaymentState, Settlement, WrongState, may_attest,
};
use crate::domain::Localized;
use crate::domain::id::{PaymentBatchId, UserId};

/// A payment order. Its fields are open so that the store can read and write them; change them by the transitions only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentOrder {
    /// The payment's reference.
    pub id: PaymentId,
    /// What is paid.
    pub settlement: Settlement,
    /// Who decided the grant; `None` when a committee or the service did.
    pub decided_by: Option<UserId>,
    /// Where it stands.
    pub state: PaymentState,
    /// Who gave the granskningsattest.
    pub reviewed_by: Option<UserId>,
    /// Who gave the beslutsattest.
    pub attested_by: Option<UserId>,
    /// The batch it was last sent in.
    pub batch: Option<PaymentBatchId>,
    /// What stops it; one hold a reason.
    pub holds: BTreeSet<Hold>,
}

/// Why something cannot be done with an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// The state does not allow it.
    #[error(transparent)]
    State(#[from] WrongState),
    /// The person may not attest it.
    #[error(transparent)]
    Attest(#[from] AttestRefused),
    /// Holds stop it.
    #[error("the payment is held: {0:?}")]
    Held(Vec<HoldReason>),
    /// A hold came too late: the order has left.
    #[error("the payment has left and cannot be held")]
    TooLateToHold,
}

impl OrderError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> Localized {
        match self {
            Self::State(wrong) => wrong.message(),
            Self::Attest(refused) => refused.message(),
            Self::Held(reasons) => {
                let words: Vec<Localized> = reasons.iter().map(|reason| reason.message()).collect();
                let join = |pick: fn(&Localized) -> &str| words.iter().map(pick).collect::<Vec<_>>().join(" ");
                Localized::both(join(|text| &text.sv), join(|text| text.en.as_deref().unwrap_or(&text.sv)))
            }
            Self::TooLateToHold => Localized::both(
                "Utbetalningen är redan skickad och kan inte spärras. Kontakta banken om den ska stoppas.",
                "The payment has been sent and cannot be held. Contact the bank if it must be stopped.",
            ),
        }
    }
}

impl PaymentOrder {
    /// A draft.
    #[must_use]
    pub fn draft(id: PaymentId, settlement: Settlement, decided_by: Option<UserId>) -> Self {
        Self {
            id,
            settlement,
            decided_by,
            state: PaymentState::Draft,
            reviewed_by: None,
            attested_by: None,
            batch: None,
            holds: BTreeSet::new(),
        }
    }

    /// The granskningsattest.
    ///
    /// # Errors
    /// A wrong state, or a person who may not.
    pub fn review(self, person: UserId, rights: &[AttestAuthority], day: NaiveDate) -> Result<Self, OrderError> {
        let state = self.state.review()?;
        may_attest(AttestKind::Review, person, &self.basis(), rights, day)?;
        Ok(Self { state, reviewed_by: Some(person), ..self })
    }

    /// The beslutsattest.
    ///
    /// # Errors
    /// A wrong state, or a person who may not.
    pub fn attest(self, person: UserId, rights: &[AttestAuthority], day: NaiveDate) -> Result<Self, OrderError> {
        let state = self.state.attest()?;
        may_attest(AttestKind::Payment, person, &self.basis(), rights, day)?;
        Ok(Self { state, attested_by: Some(person), ..self })
    }

    /// Back to draft; both attests fall, because what they vouched for may change.
    ///
    /// # Errors
    /// A wrong state.
    pub fn send_back(self) -> Result<Self, OrderError> {
        let state = self.state.send_back()?;
        Ok(Self { state, reviewed_by: None, attested_by: None, batch: None, ..self })
    }

    /// Leaves in a batch's file.
    ///
    /// # Errors
    /// A wrong state, or holds that stop it on the day.
    pub fn export(self, batch: PaymentBatchId, day: NaiveDate) -> Result<Self, OrderError> {
        let state = self.state.export()?;
        let reasons = self.held_by(day);
        if reasons.is_empty() { Ok(Self { state, batch: Some(batch), ..self }) } else { Err(OrderError::Held(reasons)) }
    }

    /// The receiver has taken it.
    ///
    /// # Errors
    /// A wrong state.
    pub fn accept(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.accept()?, ..self })
    }

    /// The receiver has refused it.
    ///
    /// # Errors
    /// A wrong state.
    pub fn reject(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.reject()?, ..self })
    }

    /// No answer came.
    ///
    /// # Errors
    /// A wrong state.
    pub fn lose_track(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.lose_track()?, ..self })
    }

    /// The money has left the account.
    ///
    /// # Errors
    /// A wrong state.
    pub fn book(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.book()?, ..self })
    }

    /// The money came back.
    ///
    /// # Errors
    /// A wrong state.
    pub fn give_back(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.give_back()?, ..self })
    }

    /// Called off.
    ///
    /// # Errors
    /// A wrong state.
    pub fn cancel(self) -> Result<Self, OrderError> {
        Ok(Self { state: self.state.cancel()?, ..self })
    }

    /// Stops it; a second hold for the same reason replaces the first.
    ///
    /// # Errors
    /// [`OrderError::TooLateToHold`] when it has left.
    pub fn hold(mut self, hold: Hold) -> Result<Self, OrderError> {
        if !self.state.can_be_held() {
            return Err(OrderError::TooLateToHold);
        }
        self.holds.retain(|other| other.reason != hold.reason);
        self.holds.insert(hold);
        Ok(self)
    }

    /// Releases the hold for a reason, if there is one.
    #[must_use]
    pub fn release(mut self, reason: HoldReason) -> Self {
        self.holds.retain(|hold| hold.reason != reason);
        self
    }

    /// What stops it on a day.
    #[must_use]
    pub fn held_by(&self, day: NaiveDate) -> Vec<HoldReason> {
        self.holds.iter().filter(|hold| hold.stops_on(day)).map(|hold| hold.reason).collect()
    }

    fn basis(&self) -> AttestBasis {
        AttestBasis { decided_by: self.decided_by, reviewed_by: self.reviewed_by, payable: self.settlement.payable() }
    }
}
