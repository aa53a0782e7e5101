//! Personal identity numbers and coordination numbers.
//!
//! Folkbokföringslagen (1991:481) 18 § (personnummer) and lagen (2022:1697) om samordningsnummer:
//! birth date, three digits of which the last tells legal sex, and a check digit. A coordination
//! number has 60 added to the day. The number is never shown whole: `Debug` and `Display` mask it.

use std::fmt;

use chrono::NaiveDate;

use super::Localized;
use super::attendance::Sex;

/// A valid personal identity number or coordination number with century.
///
/// Kept as the number its twelve digits make, so that it is small, ordered and cheap to compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNumber(u64);

/// What was issued: numbers for residents or for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonNumberKind {
    /// Personnummer.
    Personal,
    /// Samordningsnummer: the day is 61 to 91.
    Coordination,
}

/// Why a text is no personal number. The text itself is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PersonNumberError {
    /// Nothing was written.
    #[error("the personal number is missing")]
    Missing,
    /// Not in the form asked for.
    #[error("the personal number is not twelve digits")]
    Form,
    /// Ten digits: who is over a hundred cannot be told from a child.
    #[error("the personal number lacks the century")]
    Century,
    /// Ends with `0000`, what systems write when they do not know.
    #[error("the last four digits are a placeholder")]
    Placeholder,
    /// An interim number (T-number): a letter first among the last four.
    #[error("an interim number, not a personal number")]
    Interim,
    /// A reserve number of health care: two letters among the last four, or a century of 99.
    #[error("a reserve number, not a personal number")]
    Reserve,
    /// The first eight digits are no day of any year from 1800 to 2099.
    #[error("the personal number does not begin with a date")]
    Date,
    /// The last digit does not fit the others.
    #[error("the check digit of the personal number is wrong")]
    CheckDigit,
}

impl PersonNumberError {
    /// A stable code for reports and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Form => "form",
            Self::Century => "century",
            Self::Placeholder => "placeholder",
            Self::Interim => "interim",
            Self::Reserve => "reserve",
            Self::Date => "date",
            Self::CheckDigit => "check_digit",
        }
    }

    /// What is wrong and what to do, for the one who wrote the number.
    #[must_use]
    pub fn text(self) -> Localized {
        match self {
            Self::Missing => Localized::both("Personnummer saknas.", "The personal number is missing."),
            Self::Form => Localized::both(
                "Personnumret ska skrivas med tolv siffror, ÅÅÅÅMMDDNNNN.",
                "Write the personal number with twelve digits, YYYYMMDDNNNN.",
            ),
            Self::Century => Localized::both(
                "Personnumret saknar århundrade. Skriv födelseåret med fyra siffror.",
                "The personal number lacks the century. Write the year of birth with four digits.",
            ),
            Self::Placeholder => Localized::both(
                "Personnumret slutar på 0000, som inte är ett riktigt nummer. Skriv hela personnumret.",
                "The personal number ends with 0000, which is not a real number. Write the whole number.",
            ),
            Self::Interim => Localized::both(
                "Det är ett tillfälligt nummer (T-nummer). Endast personnummer och samordningsnummer kan tas emot.",
                "This is an interim number (T-number). Only personal and coordination numbers can be received.",
            ),
            Self::Reserve => Localized::both(
                "Det är ett reservnummer. Endast personnummer och samordningsnummer kan tas emot.",
                "This is a reserve number. Only personal and coordination numbers can be received.",
            ),
            Self::Date => Localized::both(
                "Personnumret börjar inte med ett datum som finns. Kontrollera de första åtta siffrorna.",
                "The personal number does not begin with a real date. Check the first eight digits.",
            ),
            Self::CheckDigit => Localized::both(
                "Personnumrets kontrollsiffra stämmer inte. Kontrollera alla siffror.",
                "The check digit of the personal number is wrong. Check all the digits.",
            ),
        }
    }
}

impl PersonNumber {
    /// Reads exactly twelve digits, the only form the attendance format (DAK) knows.
    ///
    /// # Errors
    /// The first reason why it is none.
    pub fn from_twelve_digits(text: &str) -> Result<Self, PersonNumberError> {
        if text.is_empty() {
            return Err(PersonNumberError::Missing);
        }
        let bytes = text.as_bytes();
        let Ok(digits) = <&[u8; 12]>::try_from(bytes) else {
            return Err(if bytes.len() == 10 && bytes.iter().all(u8::is_ascii_digit) {
                PersonNumberError::Century
            } else {
                PersonNumberError::Form
            });
        };
        check(digits)
    }

    /// Reads what people write: twelve digits, with or without a hyphen (or `+`) before the last four.
    ///
    /// # Errors
    /// The first reason why it is none.
    pub fn parse(text: &str) -> Result<Self, PersonNumberError> {
        let text = text.trim();
        match text.as_bytes() {
            [head @ .., b'-' | b'+', a, b, c, d] if head.len() == 8 => {
                let mut digits = [*a; 12];
                digits[..8].copy_from_slice(head);
                digits[9..].copy_from_slice(&[*b, *c, *d]);
                check(&digits)
            }
            [head @ .., b'-' | b'+', _, _, _, _] if head.len() == 6 && head.iter().all(u8::is_ascii_digit) => {
                Err(PersonNumberError::Century)
            }
            _ => Self::from_twelve_digits(text),
        }
    }

    /// The twelve digits. For ciphertext, keyed hashes and register lookups only; never for logs, addresses or pages.
    #[must_use]
    pub fn expose(self) -> String {
        format!("{:012}", self.0)
    }

    /// Date of birth (a coordination number's day less 60).
    #[must_use]
    pub fn birth(self) -> NaiveDate {
        date_of(self.0).expect("every PersonNumber was checked to hold a date when it was made")
    }

    /// Legal sex: the next to last digit is even for women.
    #[must_use]
    pub fn sex(self) -> Sex {
        if (self.0 / 10).is_multiple_of(2) { Sex::Female } else { Sex::Male }
    }

    /// What kind of number it is.
    #[must_use]
    pub fn kind(self) -> PersonNumberKind {
        if (self.0 / 10_000) % 100 > 60 { PersonNumberKind::Coordination } else { PersonNumberKind::Personal }
    }
}

/// Whether a personal or coordination number stands somewhere in a text, with or without century and hyphen.
#[must_use]
pub fn stands_in(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let begins = |at: usize| chars[at].is_ascii_digit() && (at == 0 || !chars[at - 1].is_ascii_digit());
    (0..chars.len()).filter(|at| begins(*at)).any(|at| begins_with_one(&chars[at..]))
}

fn begins_with_one(chars: &[char]) -> bool {
    [8, 6].into_iter().any(|head| {
        let divided = usize::from(matches!(chars.get(head), Some('-' | '+' | ' ' | '\u{2013}')));
        let end = head + divided + 4;
        let (Some(first), Some(last)) = (chars.get(..head), chars.get(head + divided..end)) else { return false };
        let digits: String = first.iter().chain(last).collect();
        let alone = !chars.get(end).is_some_and(char::is_ascii_digit) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let centuries: &[&str] = if head == 8 { &[""] } else { &["19", "20"] };
        alone && centuries.iter().any(|century| PersonNumber::from_twelve_digits(&format!("{century}{digits}")).is_ok())
    })
}

impl fmt::Display for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}-****", self.0 / 10_000)
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn check(digits: &[u8; 12]) -> Result<PersonNumber, PersonNumberError> {
    if let Some(error) = letters(digits) {
        return Err(error);
    }
    let number = digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
    if number / 10_000_000_000 == 99 {
        return Err(PersonNumberError::Reserve);
    }
    if date_of(number).is_none() {
        return Err(PersonNumberError::Date);
    }
    if number.is_multiple_of(10_000) {
        return Err(PersonNumberError::Placeholder);
    }
    if !luhn(&digits[2..]) {
        return Err(PersonNumberError::CheckDigit);
    }
    // Serial 000 is never issued even where its check digit fits.
    if (number / 10).is_multiple_of(1000) {
        return Err(PersonNumberError::Placeholder);
    }
    Ok(PersonNumber(number))
}

/// Interim numbers have one of eleven letters in place nine; reserve numbers have two letters.
fn letters(digits: &[u8; 12]) -> Option<PersonNumberError> {
    if digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if !digits[..8].iter().all(u8::is_ascii_digit) {
        return Some(PersonNumberError::Form);
    }
    let tail = &digits[8..];
    if matches!(tail[0].to_ascii_uppercase(), b'T' | b'R' | b'S' | b'U' | b'W' | b'X' | b'J' | b'K' | b'L' | b'M' | b'N')
        && tail[1..].iter().all(u8::is_ascii_digit)
    {
        return Some(PersonNumberError::Interim);
    }
    if tail.iter().all(u8::is_ascii_alphanumeric) && tail.iter().filter(|byte| byte.is_ascii_alphabetic()).count() >= 2 {
        return Some(PersonNumberError::Reserve);
    }
    Some(PersonNumberError::Form)
}

fn date_of(number: u64) -> Option<NaiveDate> {
    let date = u32::try_from(number / 10_000).ok()?;
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    if !(1800..2100).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, if day > 60 { day - 60 } else { day })
}

/// The check of modulus 10 over a row of ASCII digits, the last of which is the check digit.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0');
            match (place % 2, value) {
                (0, value) => value,
                (_, value) if value > 4 => value * 2 - 9,
                (_, value) => value * 2,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
