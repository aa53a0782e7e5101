//! Figures as they stand in a letter.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::Money;
use crate::domain::localized::Language;

pub fn decimal(number: Decimal) -> String {
    grouped(&number.normalize().to_string())
}

pub fn kronor(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() == 1 {
        amount.rescale(2);
    }
    format!("{}\u{A0}kr", grouped(&amount.to_string()))
}

pub fn money(amount: Money) -> String {
    kronor(amount.kronor())
}

pub fn date(date: NaiveDate, language: Language) -> String {
    const SV: [&str; 12] =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
    const EN: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let names = match language {
        Language::Sv => SV,
        Language::En => EN,
    };
    let month = usize::try_from(date.month0()).ok().and_then(|month| names.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// An amount as it stands in a column: always two decimals, so that the figures line up.
pub fn column_kronor(amount: Decimal) -> String {
    format!("{}\u{A0}kr", two_decimals(amount))
}

/// A number with at least two decimals.
pub fn two_decimals(number: Decimal) -> String {
    let text = decimal(number);
    match text.split_once(',') {
        None => format!("{text},00"),
        Some((_, fraction)) if fraction.len() == 1 => format!("{text}0"),
        Some(_) => text,
    }
}

fn grouped(plain: &str) -> String {
    let (minus, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("\u{2212}", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = minus.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push('\u{202F}');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}
