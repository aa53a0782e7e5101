//! The lines of a payment order and what they come to. An order never falls below zero: what a deduction cannot
//! take from it stays a debt.

use serde::{Deserialize, Serialize};

use super::AccountingString;
use crate::domain::id::DecisionId;
use crate::domain::money::MoneyError;
use crate::domain::{Localized, Money};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A granted amount, paid at once.
    Grant,
    /// A part of a granted amount.
    Instalment,
    /// A debt to the municipality that is set off (kvittning).
    SetOff,
    /// An earlier grant that is taken back (återkrav).
    Recovery,
}

impl LineKind {
    /// Whether the line lessens what is paid.
    #[must_use]
    pub fn deducts(self) -> bool {
        match self {
            Self::Grant | Self::Instalment => false,
            Self::SetOff | Self::Recovery => true,
        }
    }

    /// The name for a reader.
    #[must_use]
    pub fn name(self) -> Localized {
        match self {
            Self::Grant => Localized::both("Bidrag", "Grant"),
            Self::Instalment => Localized::both("Delutbetalning", "Instalment"),
            Self::SetOff => Localized::both("Kvittning", "Set-off"),
            Self::Recovery => Localized::both("Återkrav", "Recovery"),
        }
    }
}

/// A line of a payment order: the ground for one entry in the books (lag 2018:597, 3 kap. 1 and 8 §§).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PaymentLine {
    /// What it is.
    pub kind: LineKind,
    /// Signed: above zero for grants and instalments, below zero for set-off and recovery.
    pub amount: Money,
    /// Where it is booked.
    pub accounting: AccountingString,
    /// The decision it rests on; for a deduction the decision that made the debt.
    pub decision: DecisionId,
    /// What it is, in words for the letter and the books.
    pub text: String,
}

/// Part of a deduction that the order had no money for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RemainingDebt {
    /// Whether a set-off or a recovery remains.
    pub kind: LineKind,
    /// The decision that made the debt.
    pub decision: DecisionId,
    /// What remains, above zero.
    pub amount: Money,
}

/// Lines that together are not below zero, their sum, and what remains as debt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settlement {
    lines: Vec<PaymentLine>,
    payable: Money,
    remaining: Vec<RemainingDebt>,
}

/// Why lines make no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// An order without anything granted.
    #[error("the order has no grant")]
    NoGrant,
    /// A line whose amount has the wrong sign or is zero; the index counts from 0.
    #[error("line {0} has an amount of the wrong sign")]
    Sign(usize),
    /// The sum does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl LineError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(self) -> Localized {
        match self {
            Self::NoGrant => Localized::both(
                "Utbetalningen innehåller inget bidrag. Lägg till det beviljade beloppet.",
                "The payment holds no grant. Add the granted amount.",
            ),
            Self::Sign(line) => Localized::both(
                format!("Rad {} har fel tecken. Bidrag ska vara större än noll, avdrag mindre än noll.", line + 1),
                format!("Line {} has the wrong sign. Grants are above zero, deductions below zero.", line + 1),
            ),
            Self::Money(_) => Localized::both("Beloppet är för stort. Kontrollera raderna.", "The amount is too large. Check the lines."),
        }
    }
}

/// Sets deductions off against what is granted, in the order they are written. A deduction that is larger than what
/// is left is cut, and the rest is told as remaining debt; one that finds nothing left makes no line at all.
///
/// # Errors
/// [`LineError`] when a sign is wrong, nothing is granted or the sum does not fit.
pub fn settle(lines: Vec<PaymentLine>) -> Result<Settlement, LineError> {
    for (at, line) in lines.iter().enumerate() {
        let right = if line.kind.deducts() { line.amount.is_negative() } else { line.amount.is_positive() };
        if !right {
            return Err(LineError::Sign(at));
        }
    }
    let (deductions, mut kept): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.kind.deducts());
    if kept.is_empty() {
        return Err(LineError::NoGrant);
    }
    let mut payable = Money::sum(kept.iter().map(|line| line.amount))?;
    let mut remaining = Vec::new();
    for line in deductions {
        let after = payable.checked_add(line.amount).ok_or(MoneyError::Overflow)?;
        if !after.is_negative() {
            payable = after;
            kept.push(line);
            continue;
        }
        remaining.push(RemainingDebt { kind: line.kind, decision: line.decision, amount: negated(after)? });
        if payable.is_positive() {
            kept.push(PaymentLine { amount: negated(payable)?, ..line });
            payable = Money::ZERO;
        }
    }
    Ok(Settlement { lines: kept, payable, remaining })
}

impl Settlement {
    /// The lines, grants first; their sum is [`Settlement::payable`].
    #[must_use]
    pub fn lines(&self) -> &[PaymentLine] {
        &self.lines
    }

    /// What is paid out; never below zero.
    #[must_use]
    pub fn payable(&self) -> Money {
        self.payable
    }

    /// What the order had no money for.
    #[must_use]
    pub fn remaining(&self) -> &[RemainingDebt] {
        &self.remaining
    }
}

fn negated(amount: Money) -> Result<Money, MoneyError> {
    Money::ZERO.checked_sub(amount).ok_or(MoneyError::Overflow)
}
