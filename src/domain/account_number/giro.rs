//! Giro numbers and the OCR references that go with them; the last digit is a check digit by modulus 10.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::check::{digits, modulus_10};
use super::{AccountError, AccountKind};

macro_rules! digit_string {
    ($name:ident) => {
        impl $name {
            /// The digits, nothing else.
            #[must_use]
            pub fn digits(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = AccountError;

            fn try_from(text: String) -> Result<Self, AccountError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    };
}

/// A bankgiro number: 7 or 8 digits. Serialised as its digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bankgiro(String);

digit_string!(Bankgiro);

impl FromStr for Bankgiro {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        giro(AccountKind::Bankgiro, text, 7, 8).map(Self)
    }
}

/// `NNN-NNNN` or `NNNN-NNNN`.
impl fmt::Display for Bankgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at(self.0.len() - 4);
        write!(f, "{head}-{tail}")
    }
}

/// A plusgiro number: 2 to 8 digits. Serialised as its digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Plusgiro(String);

digit_string!(Plusgiro);

impl FromStr for Plusgiro {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        giro(AccountKind::Plusgiro, text, 2, 8).map(Self)
    }
}

/// Pairs from the right before the check digit: `41 23 45-1`, `4-2`, `1 23-4`.
impl fmt::Display for Plusgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, check) = self.0.split_at(self.0.len() - 1);
        for (at, digit) in head.chars().enumerate() {
            if at > 0 && (head.len() - at).is_multiple_of(2) {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "-{check}")
    }
}

/// An OCR reference: 2 to 25 digits with a check digit. Serialised as its digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ocr(String);

digit_string!(Ocr);

impl FromStr for Ocr {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        let number = digits(text)?;
        if (2..=25).contains(&number.len()) && modulus_10(&number) { Ok(Self(number)) } else { Err(AccountError::Ocr) }
    }
}

impl fmt::Display for Ocr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn giro(kind: AccountKind, text: &str, least: usize, most: usize) -> Result<String, AccountError> {
    let number = digits(text)?;
    if !(least..=most).contains(&number.len()) {
        return Err(AccountError::Length { kind, found: number.len(), least, most });
    }
    // All zeros satisfy every modulus and are nobody's number.
    if !modulus_10(&number) || number.chars().all(|digit| digit == '0') {
        return Err(AccountError::CheckDigit(kind));
    }
    Ok(number)
}
