//! Check digits by modulus 10 and modulus 11.

use super::AccountError;

/// The digits of a text that may hold spaces, hyphens and dots as people write them.
pub(super) fn digits(text: &str) -> Result<String, AccountError> {
    let digits = text
        .chars()
        .filter(|sign| !is_separator(*sign))
        .map(|sign| if sign.is_ascii_digit() { Ok(sign) } else { Err(AccountError::Sign(sign)) })
        .collect::<Result<String, _>>()?;
    if digits.is_empty() { Err(AccountError::Empty) } else { Ok(digits) }
}

/// White space, hyphens and dashes of every sort, and dots.
pub(super) fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '.' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Whether the last digit is right by modulus 10 (Luhn): weights 1, 2, 1, 2 ... from the right, digit sums.
pub(super) fn modulus_10(digits: &str) -> bool {
    let sum: u32 = values(digits).rev().zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit_sum(digit * weight)).sum();
    sum.is_multiple_of(10)
}

/// Whether the last digit is right by modulus 11: weights 1, 2 ... 10, 1 ... from the right.
pub(super) fn modulus_11(digits: &str) -> bool {
    let sum: u32 = values(digits).rev().zip((1..=10).cycle()).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(11)
}

fn values(digits: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    digits.chars().filter_map(|sign| sign.to_digit(10))
}

/// The digit sum of a number below twenty.
fn digit_sum(number: u32) -> u32 {
    number / 10 + number % 10
}
