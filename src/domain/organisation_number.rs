//! Organisation numbers of legal persons.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Localized;
use super::person_number::luhn;

/// A valid organisation number (lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.):
/// ten digits, the third at least 2 so that it is no one's date of birth, the last a check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationNumber(u64);

/// Why a text is no organisation number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OrganisationNumberError {
    /// Not ten digits.
    #[error("an organisation number is ten digits")]
    Form,
    /// The third digit is 0 or 1: a personal number, such as that of a sole trader.
    #[error("a personal number, not an organisation number")]
    PersonalNumber,
    /// The last digit does not fit the others.
    #[error("the check digit of the organisation number is wrong")]
    CheckDigit,
}

impl OrganisationNumberError {
    /// What is wrong and what to do, for the one who wrote the number.
    #[must_use]
    pub fn text(self) -> Localized {
        match self {
            Self::Form => Localized::both(
                "Organisationsnumret ska vara tio siffror, NNNNNN-NNNN.",
                "Write the organisation number with ten digits, NNNNNN-NNNN.",
            ),
            Self::PersonalNumber => Localized::both(
                "Det är ett personnummer, inte ett organisationsnummer.",
                "This is a personal number, not an organisation number.",
            ),
            Self::CheckDigit => Localized::both(
                "Organisationsnumrets kontrollsiffra stämmer inte. Kontrollera alla siffror.",
                "The check digit of the organisation number is wrong. Check all the digits.",
            ),
        }
    }
}

impl OrganisationNumber {
    /// The ten digits without a hyphen, as registers and files want them.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }
}

impl FromStr for OrganisationNumber {
    type Err = OrganisationNumberError;

    /// Reads ten digits, with or without a hyphen before the last four, with or without the prefix `16` of twelve-digit forms.
    fn from_str(text: &str) -> Result<Self, OrganisationNumberError> {
        let text = text.trim();
        let mut digits = [0; 12];
        let mut count = 0;
        for (place, byte) in text.bytes().enumerate() {
            match byte {
                b'0'..=b'9' if count < 12 => {
                    digits[count] = byte;
                    count += 1;
                }
                b'-' if place + 5 == text.len() => {}
                _ => return Err(OrganisationNumberError::Form),
            }
        }
        let digits = match count {
            10 => &digits[..10],
            12 if digits.starts_with(b"16") => &digits[2..],
            _ => return Err(OrganisationNumberError::Form),
        };
        if digits[2] < b'2' {
            return Err(OrganisationNumberError::PersonalNumber);
        }
        if !luhn(digits) {
            return Err(OrganisationNumberError::CheckDigit);
        }
        Ok(Self(digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))))
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl From<OrganisationNumber> for String {
    fn from(number: OrganisationNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for OrganisationNumber {
    type Error = OrganisationNumberError;

    fn try_from(text: String) -> Result<Self, OrganisationNumberError> {
        text.parse()
    }
}
