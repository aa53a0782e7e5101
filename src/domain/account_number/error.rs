//! What can be wrong with an account number, and what to do about it.

use super::{AccountKind, Localized};
use crate::domain::localized::Language;

/// Why a text is no account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// Nothing is written.
    #[error("the account number is empty")]
    Empty,
    /// Something else than digits, spaces, hyphens and dots.
    #[error("the account number holds the sign {0:?}")]
    Sign(char),
    /// Too few or too many digits.
    #[error("{found} digits in a number that has {least} to {most}")]
    Length {
        /// What was to be read.
        kind: AccountKind,
        /// How many digits were written (without the clearing number).
        found: usize,
        /// The fewest that are right.
        least: usize,
        /// The most that are right.
        most: usize,
    },
    /// The last digit does not follow from the others.
    #[error("the check digit is wrong")]
    CheckDigit(AccountKind),
    /// A clearing number is four digits, at Swedbank (8000-8999) four or five.
    #[error("a clearing number has four digits, or five when it begins with 8")]
    Clearing,
    /// An OCR number is 2 to 25 digits with a check digit.
    #[error("not an OCR number")]
    Ocr,
    /// Not an IBAN, or its check digits are wrong.
    #[error("not an IBAN")]
    Iban,
    /// Not a BIC.
    #[error("not a BIC")]
    Bic,
}

impl AccountError {
    /// Stable code for tests and documentation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "account_empty",
            Self::Sign(_) => "account_sign",
            Self::Length { .. } => "account_length",
            Self::CheckDigit(_) => "account_check_digit",
            Self::Clearing => "account_clearing",
            Self::Ocr => "account_ocr",
            Self::Iban => "account_iban",
            Self::Bic => "account_bic",
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> Localized {
        match self {
            Self::Empty => Localized::both("Numret saknas.", "The number is missing."),
            Self::Sign(sign) => {
                Localized::both(format!("Numret innehåller tecknet ”{sign}”."), format!("The number contains the character “{sign}”."))
            }
            Self::Length { kind, found, least, most } => {
                let name = kind.name();
                let (sv, en) = if least == most {
                    (format!("{least}"), format!("{least}"))
                } else {
                    (format!("{least}–{most}"), format!("{least}–{most}"))
                };
                Localized::both(
                    format!("{}: numret har {found} siffror men ska ha {sv}.", name.sv),
                    format!("{}: the number has {found} digits but should have {en}.", name.get(Language::En)),
                )
            }
            Self::CheckDigit(kind) => {
                let name = kind.name();
                Localized::both(
                    format!("{}: numret stämmer inte, kontrollsiffran är fel.", name.sv),
                    format!("{}: the number is not right, its check digit is wrong.", name.get(Language::En)),
                )
            }
            Self::Clearing => {
                Localized::both("Clearingnumret har fel antal siffror.", "The clearing number has the wrong number of digits.")
            }
            Self::Ocr => Localized::both("Det här är inget OCR-nummer.", "This is not an OCR number."),
            Self::Iban => Localized::both("Det här är inget giltigt IBAN.", "This is not a valid IBAN."),
            Self::Bic => Localized::both("Det här är ingen giltig BIC-kod.", "This is not a valid BIC."),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Localized {
        match self {
            Self::Empty => Localized::both(
                "Skriv bankgiro, plusgiro eller clearingnummer och kontonummer.",
                "Write a bankgiro, a plusgiro, or a clearing number and an account number.",
            ),
            Self::Sign(_) => Localized::both(
                "Använd bara siffror. Mellanslag och bindestreck går också bra.",
                "Use digits only. Spaces and hyphens are also fine.",
            ),
            Self::Length { kind: AccountKind::Bankgiro, .. } => Localized::both(
                "Ett bankgironummer ser ut som 123-4567 eller 1234-5678.",
                "A bankgiro number looks like 123-4567 or 1234-5678.",
            ),
            Self::Length { kind: AccountKind::Plusgiro, .. } => {
                Localized::both("Ett plusgironummer ser ut som 12 34 56-7.", "A plusgiro number looks like 12 34 56-7.")
            }
            Self::Length { kind: AccountKind::Bank, .. } => Localized::both(
                "Skriv clearingnumret först och sedan hela kontonumret, till exempel 6789, 123 456 789.",
                "Write the clearing number first and then the whole account number, such as 6789, 123 456 789.",
            ),
            Self::CheckDigit(_) => Localized::both(
                "Jämför siffra för siffra med kontoutdraget eller internetbanken.",
                "Compare digit by digit with the bank statement or the Internet bank.",
            ),
            Self::Clearing => Localized::both(
                "Clearingnumret har fyra siffror, hos Swedbank och sparbankerna fem om det börjar på 8. Sätt ett komma före kontonumret.",
                "A clearing number has four digits, five at Swedbank and the savings banks if it begins with 8. Put a comma before the account number.",
            ),
            Self::Ocr => Localized::both(
                "Ett OCR-nummer har 2–25 siffror och står på betalningsavin.",
                "An OCR number has 2–25 digits and is printed on the payment slip.",
            ),
            Self::Iban => Localized::both(
                "Ett svenskt IBAN börjar på SE och har 24 tecken. Det står i internetbanken.",
                "A Swedish IBAN begins with SE and has 24 characters. The Internet bank shows it.",
            ),
            Self::Bic => Localized::both(
                "BIC har 8 eller 11 tecken, till exempel SWEDSESS. Banken uppger den.",
                "A BIC has 8 or 11 characters, such as SWEDSESS. The bank tells it.",
            ),
        }
    }
}

/// What looks wrong although the banks let it pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountWarning {
    /// The clearing number is not in Bankgirot's table of 2024-02-22; a newer bank may have it.
    UnknownClearing,
    /// The check digit is wrong at a bank where some real accounts have none (Swedbank 8000-8999, Plusgirot's accounts).
    CheckDigit,
    /// The fifth digit of a Swedbank clearing number is not its check digit.
    ClearingCheckDigit,
}

impl AccountWarning {
    /// What to look at.
    #[must_use]
    pub fn message(self) -> Localized {
        match self {
            Self::UnknownClearing => Localized::both(
                "Clearingnumret finns inte i vår lista över banker. Kontrollera att det är rätt.",
                "The clearing number is not in our list of banks. Check that it is right.",
            ),
            Self::CheckDigit => Localized::both(
                "Kontonumrets kontrollsiffra stämmer inte. Några äldre konton är sådana, men jämför gärna med kontoutdraget.",
                "The check digit of the account number is wrong. Some older accounts are like that, but please compare with the bank statement.",
            ),
            Self::ClearingCheckDigit => Localized::both(
                "Den femte siffran i clearingnumret stämmer inte. Jämför med kontoutdraget.",
                "The fifth digit of the clearing number is wrong. Compare with the bank statement.",
            ),
        }
    }
}
