//! Clearing number and account number.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::check::{digits, is_separator, modulus_10, modulus_11};
use super::clearing::{self, Scheme};
use super::{AccountError, AccountKind, AccountWarning, bank_name};

/// A clearing number and an account number, as digits.
///
/// `Debug` masks the account: a personal account's number can be its owner's personal number (Nordea 3300 and 3782).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct BankAccount {
    clearing: String,
    account: String,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    clearing: String,
    account: String,
}

impl BankAccount {
    /// An account from its two parts.
    ///
    /// # Errors
    /// What is wrong with the one or the other. A wrong check digit is an error where the bank's numbers always
    /// have one, and a warning where some have none.
    pub fn new(clearing: &str, account: &str) -> Result<(Self, Option<AccountWarning>), AccountError> {
        let clearing = digits(clearing)?;
        let account = digits(account)?;
        let swedbank_five = clearing.len() == 5 && clearing.starts_with('8');
        if clearing.len() != 4 && !swedbank_five {
            return Err(AccountError::Clearing);
        }
        let four = clearing.get(..4).and_then(|four| four.parse().ok()).ok_or(AccountError::Clearing)?;
        let warning = match clearing::find(four) {
            None => {
                length(&account, 2, 12)?;
                Some(AccountWarning::UnknownClearing)
            }
            Some(range) => match_scheme(range.scheme, &clearing, &account)?,
        };
        let warning = warning.or_else(|| (swedbank_five && !modulus_10(&clearing)).then_some(AccountWarning::ClearingCheckDigit));
        Ok((Self { clearing, account }, warning))
    }

    /// Reads both parts from one text: `8327-9, 123 456 789-3`, `6789-123 456 789`, `50001234567`.
    ///
    /// A comma or a slash parts them for certain. Else the first four digits are the clearing number, five where they
    /// begin with 8 and the fifth is their check digit: a payment file comes out the same either way, because the
    /// fifth digit is moved into the account there.
    ///
    /// # Errors
    /// As [`BankAccount::new`].
    pub fn parse(text: &str) -> Result<(Self, Option<AccountWarning>), AccountError> {
        if let Some((clearing, account)) = text.split_once([',', '/']) {
            return Self::new(clearing, account);
        }
        // "8327-9 123456": what stands before the first space may be the whole clearing number.
        if let Some((clearing, account)) = text.trim().split_once(char::is_whitespace)
            && let 4..=5 = clearing.chars().filter(|sign| !is_separator(*sign)).count()
            && let Ok(found) = Self::new(clearing, account)
        {
            return Ok(found);
        }
        let all = digits(text)?;
        let five = all.get(..5).is_some_and(|five| five.starts_with('8') && modulus_10(five));
        let (clearing, account) = all.split_at_checked(if five { 5 } else { 4 }).ok_or(AccountError::Clearing)?;
        Self::new(clearing, account)
    }

    /// The clearing number: four digits, five where a Swedbank customer wrote the fifth.
    #[must_use]
    pub fn clearing(&self) -> &str {
        &self.clearing
    }

    /// The account number without the clearing number.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The clearing number that payment files name the bank by: always four digits.
    #[must_use]
    pub fn routing_clearing(&self) -> &str {
        self.clearing.get(..4).unwrap_or(&self.clearing)
    }

    /// The account number in payment files: the fifth digit of a Swedbank clearing number stands first in it.
    #[must_use]
    pub fn routing_account(&self) -> String {
        format!("{}{}", self.clearing.get(4..).unwrap_or_default(), self.account)
    }

    /// The bank's name, when its clearing number is in the table.
    #[must_use]
    pub fn bank(&self) -> Option<&'static str> {
        self.routing_clearing().parse().ok().and_then(bank_name)
    }
}

/// `6789, 123456789`; a fifth digit after a hyphen: `8327-9, 123456789`.
impl fmt::Display for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.routing_clearing())?;
        if let Some(fifth) = self.clearing.get(4..).filter(|fifth| !fifth.is_empty()) {
            write!(f, "-{fifth}")?;
        }
        write!(f, ", {}", self.account)
    }
}

impl fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BankAccount({}, {})", self.clearing, "*".repeat(self.account.len()))
    }
}

impl TryFrom<Parts> for BankAccount {
    type Error = AccountError;

    fn try_from(parts: Parts) -> Result<Self, AccountError> {
        Self::new(&parts.clearing, &parts.account).map(|(account, _)| account)
    }
}

impl From<BankAccount> for Parts {
    fn from(account: BankAccount) -> Self {
        Self { clearing: account.clearing, account: account.account }
    }
}

fn match_scheme(scheme: Scheme, clearing: &str, account: &str) -> Result<Option<AccountWarning>, AccountError> {
    let right = match scheme {
        Scheme::ElevenWithoutFirst => {
            length(account, 7, 7)?;
            modulus_11(&format!("{}{account}", clearing.get(1..).unwrap_or_default()))
        }
        Scheme::ElevenWhole => {
            length(account, 7, 7)?;
            modulus_11(&format!("{clearing}{account}"))
        }
        Scheme::TenAlone => {
            length(account, 10, 10)?;
            modulus_10(account)
        }
        Scheme::ElevenAlone => {
            // Older accounts are written with eight digits; a zero before them changes nothing in the check.
            length(account, 8, 9)?;
            modulus_11(account)
        }
        Scheme::TenLenient => {
            length(account, 2, 10)?;
            return Ok((!modulus_10(account)).then_some(AccountWarning::CheckDigit));
        }
    };
    if right { Ok(None) } else { Err(AccountError::CheckDigit(AccountKind::Bank)) }
}

fn length(account: &str, least: usize, most: usize) -> Result<(), AccountError> {
    let found = account.len();
    if (least..=most).contains(&found) { Ok(()) } else { Err(AccountError::Length { kind: AccountKind::Bank, found, least, most }) }
}
