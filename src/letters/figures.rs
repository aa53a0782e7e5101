//! Figures in a letter's columns; all other figures are `text::number`'s.

use rust_decimal::Decimal;

use crate::text::number::{BEFORE_UNIT, decimal};

/// An amount as it stands in a column: always two decimals, so that the figures line up.
pub fn column_kronor(amount: Decimal) -> String {
    format!("{}{BEFORE_UNIT}kr", two_decimals(amount))
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
