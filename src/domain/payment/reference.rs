//! The number that follows a payment through the bank and back.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::canonical::Sha;
use crate::domain::id::DecisionId;

/// A payment's own reference, `EndToEndId` in bank files: at most 35 signs of `A-Z0-9-`, never used for another payment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaymentId(String);

/// A text that is no payment reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a payment reference is 1 to 35 signs of A-Z, 0-9 and hyphen")]
pub struct PaymentIdError;

impl PaymentId {
    /// The reference of a decision's instalment (from 1; 1 where all is paid at once). The same two always give the
    /// same reference, so a payment that is made twice by mistake is stopped by the store and by the bank.
    #[must_use]
    pub fn of(decision: DecisionId, instalment: u32) -> Self {
        let digest = Sha::of_parts(&[b"payment", decision.0.as_bytes(), &instalment.to_be_bytes()]);
        // 128 bits: two prefix letters and 32 digits stay within 35 signs.
        let half: String = digest.hex().chars().take(32).collect();
        Self(format!("BF{}", half.to_ascii_uppercase()))
    }

    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for PaymentId {
    type Err = PaymentIdError;

    fn from_str(text: &str) -> Result<Self, PaymentIdError> {
        let right = (1..=35).contains(&text.len())
            && text.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'-')
            // A spreadsheet would take it for a formula.
            && !text.starts_with('-');
        if right { Ok(Self(text.to_owned())) } else { Err(PaymentIdError) }
    }
}

impl TryFrom<String> for PaymentId {
    type Error = PaymentIdError;

    fn try_from(text: String) -> Result<Self, PaymentIdError> {
        text.parse()
    }
}

impl From<PaymentId> for String {
    fn from(id: PaymentId) -> Self {
        id.0
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
