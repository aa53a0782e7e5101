//! IBAN and BIC: what the municipality's own account is named by in bank files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::AccountError;

/// An IBAN (ISO 13616) with right check digits, without spaces, in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

impl Iban {
    /// The IBAN without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        let iban: String = text.chars().filter(|sign| !sign.is_whitespace()).map(|sign| sign.to_ascii_uppercase()).collect();
        let bytes = iban.as_bytes();
        let shaped = (15..=34).contains(&bytes.len())
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.iter().take(2).all(u8::is_ascii_uppercase)
            && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit)
            && (!iban.starts_with("SE") || (bytes.len() == 24 && bytes.iter().skip(2).all(u8::is_ascii_digit)));
        if shaped && remainder(&iban) == Some(1) { Ok(Self(iban)) } else { Err(AccountError::Iban) }
    }
}

/// Groups of four, as printed.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            if at > 0 && at.is_multiple_of(4) {
                f.write_str(" ")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

/// ISO 7064 modulus 97-10: the first four signs last, letters as 10 to 35.
fn remainder(iban: &str) -> Option<u32> {
    let (head, tail) = iban.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0_u32, |rest, sign| {
        let value = sign.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

/// A BIC (ISO 9362): 8 or 11 signs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bic(String);

impl Bic {
    /// The BIC in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Bic {
    type Err = AccountError;

    /// The pattern of the payment schema: `[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?`.
    fn from_str(text: &str) -> Result<Self, AccountError> {
        let bic = text.trim().to_ascii_uppercase();
        let right = matches!(bic.len(), 8 | 11)
            && bic.bytes().enumerate().all(|(at, sign)| match at {
                0..=5 => sign.is_ascii_uppercase(),
                6 => sign.is_ascii_uppercase() || (b'2'..=b'9').contains(&sign),
                7 => sign != b'O' && (sign.is_ascii_uppercase() || sign.is_ascii_digit()),
                _ => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
            });
        if right { Ok(Self(bic)) } else { Err(AccountError::Bic) }
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! text_conversions {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = AccountError;

            fn try_from(text: String) -> Result<Self, AccountError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_conversions!(Iban);
text_conversions!(Bic);
