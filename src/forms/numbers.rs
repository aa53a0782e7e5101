//! Numbers, amounts, dates and identity numbers as people in Sweden type them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::Money;

/// Why a typed value cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// It is no number.
    #[error("not a number")]
    NotANumber,
    /// It has decimals where a whole number is asked for.
    #[error("not a whole number")]
    NotWhole,
    /// It has parts of an öre.
    #[error("parts of an öre")]
    PartsOfOre,
    /// `1.234` may mean 1 234 or 1,234.
    #[error("a point before three digits is ambiguous")]
    Ambiguous,
    /// It is too large to keep.
    #[error("too large")]
    TooLarge,
}

/// A decimal number: `1 234,5`, `1234.5`, `−3`; spaces (narrow and non-breaking too) group thousands.
///
/// # Errors
/// [`EntryFault`] says what is wrong; `1.234` is refused since it may mean either of two numbers.
pub fn parse_decimal(typed: &str) -> Result<Decimal, EntryFault> {
    let text: String = typed.trim().chars().map(|c| if matches!(c, '\u{2212}' | '\u{2013}') { '-' } else { c }).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let digits = ungrouped(digits.trim()).ok_or(EntryFault::NotANumber)?;
    let (whole, fraction) = match (digits.matches(',').count(), digits.matches('.').count()) {
        (0, 0) => (digits.as_str(), ""),
        (1, 0) => digits.split_once(',').ok_or(EntryFault::NotANumber)?,
        (0, 1) => {
            let (whole, fraction) = digits.split_once('.').ok_or(EntryFault::NotANumber)?;
            if fraction.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0" {
                return Err(EntryFault::Ambiguous);
            }
            (whole, fraction)
        }
        _ => return Err(EntryFault::NotANumber),
    };
    let all_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with([',', '.']) {
        return Err(EntryFault::NotANumber);
    }
    let plain = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    Decimal::from_str_exact(&plain).map_err(|_| EntryFault::TooLarge)
}

/// The text without spaces that group thousands; `None` when a space stands elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    if !text.contains(is_space) {
        return Some(text.to_owned());
    }
    let whole_end = text.find([',', '.']).unwrap_or(text.len());
    let (whole, fraction) = text.split_at(whole_end);
    let groups: Vec<&str> = whole.split(is_space).collect();
    let fits = groups.iter().enumerate().all(|(at, group)| if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 });
    (fits && !fraction.contains(is_space)).then(|| groups.concat() + fraction)
}

/// A whole number: `1 234`, `-3`, `12,0`.
///
/// # Errors
/// [`EntryFault`] says what is wrong.
pub fn parse_integer(typed: &str) -> Result<i64, EntryFault> {
    use rust_decimal::prelude::ToPrimitive;
    let number = parse_decimal(typed)?;
    if !number.fract().is_zero() {
        return Err(EntryFault::NotWhole);
    }
    number.to_i64().ok_or(EntryFault::TooLarge)
}

/// An amount in kronor and öre: `1 234,50`, `1 234,50 kr`, `500:-`, `500 SEK`.
///
/// # Errors
/// [`EntryFault`] says what is wrong.
pub fn parse_money(typed: &str) -> Result<Money, EntryFault> {
    let text = typed.trim();
    let text = ["kronor", "kr.", "kr", "SEK", ":-"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end();
    Money::exact(parse_decimal(text)?).map_err(|error| match error {
        crate::domain::money::MoneyError::Fraction => EntryFault::PartsOfOre,
        crate::domain::money::MoneyError::Overflow | crate::domain::money::MoneyError::NotANumber => EntryFault::TooLarge,
    })
}

/// A date: `2026-01-31`, `20260131` or `31/1 2026`.
pub(super) fn parse_date(typed: &str) -> Option<NaiveDate> {
    let text = typed.trim();
    ["%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d/%m/%Y"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .filter(|date| (1900..=2199).contains(&date.year()))
}

/// The digits of a text that otherwise has only spaces and hyphens.
pub(super) fn digits(typed: &str) -> Option<String> {
    let kept: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\u{2013}')).collect();
    (!kept.is_empty() && kept.chars().all(|c| c.is_ascii_digit())).then_some(kept)
}
