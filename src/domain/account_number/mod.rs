//! Swedish account numbers: bankgiro, plusgiro, and clearing number with account.
//!
//! Sources: Bankgirot "10-modul" for the giro numbers and "Bankernas kontonummer" (2024-02-22) for the
//! banks' own. What the banks themselves let pass is a warning here, never an obstacle.

mod bank;
mod check;
mod clearing;
mod error;
mod giro;
mod international;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use bank::BankAccount;
pub use clearing::bank_name;
pub use error::{AccountError, AccountWarning};
pub use giro::{Bankgiro, Ocr, Plusgiro};
pub use international::{Bic, Iban};

use super::Localized;

/// What sort of account number somebody says she writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A bankgiro number.
    Bankgiro,
    /// A plusgiro number.
    Plusgiro,
    /// Clearing number and account number.
    Bank,
}

impl AccountKind {
    /// The name for a reader.
    #[must_use]
    pub fn name(self) -> Localized {
        match self {
            Self::Bankgiro => Localized::both("Bankgiro", "Bankgiro"),
            Self::Plusgiro => Localized::both("Plusgiro", "Plusgiro"),
            Self::Bank => Localized::both("Bankkonto", "Bank account"),
        }
    }
}

/// Where money is paid.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "number")]
pub enum AccountNumber {
    /// A bankgiro number.
    Bankgiro(Bankgiro),
    /// A plusgiro number.
    Plusgiro(Plusgiro),
    /// Clearing number and account number.
    Bank(BankAccount),
}

/// A number that can be used, and what somebody should look at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The number.
    pub number: AccountNumber,
    /// What looks wrong although the banks let it pass.
    pub warning: Option<AccountWarning>,
}

/// Reads a number as a person writes it, with spaces, hyphens and dots.
///
/// # Errors
/// [`AccountError`] says what is wrong and how to put it right.
pub fn parse(kind: AccountKind, text: &str) -> Result<Checked, AccountError> {
    match kind {
        AccountKind::Bankgiro => Ok(Checked { number: AccountNumber::Bankgiro(text.parse()?), warning: None }),
        AccountKind::Plusgiro => Ok(Checked { number: AccountNumber::Plusgiro(text.parse()?), warning: None }),
        AccountKind::Bank => {
            let (account, warning) = BankAccount::parse(text)?;
            Ok(Checked { number: AccountNumber::Bank(account), warning })
        }
    }
}

impl AccountNumber {
    /// What sort of number it is.
    #[must_use]
    pub fn kind(&self) -> AccountKind {
        match self {
            Self::Bankgiro(_) => AccountKind::Bankgiro,
            Self::Plusgiro(_) => AccountKind::Plusgiro,
            Self::Bank(_) => AccountKind::Bank,
        }
    }
}

/// As it is printed: `5012-3454`, `41 23 45-1`, `8327-9, 123456789`.
impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bankgiro(number) => number.fmt(f),
            Self::Plusgiro(number) => number.fmt(f),
            Self::Bank(account) => account.fmt(f),
        }
    }
}
