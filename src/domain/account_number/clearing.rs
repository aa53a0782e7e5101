//! The banks' clearing numbers and how each checks its account numbers.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// How an account number is built ("Bankernas kontonummer", type and comment).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Type 1, comment 1: 7 digits; modulus 11 over the clearing number without its first digit and the account.
    ElevenWithoutFirst,
    /// Type 1, comment 2: 7 digits; modulus 11 over the whole clearing number and the account.
    ElevenWhole,
    /// Type 2, comment 1: 10 digits; modulus 10 over the account alone.
    TenAlone,
    /// Type 2, comment 2 (Handelsbanken): 9 digits; modulus 11 over the account alone.
    ElevenAlone,
    /// Type 2, comment 3 (Swedbank 8000-8999, Plusgirot): up to 10 digits; modulus 10, and some real accounts fail it.
    TenLenient,
}

/// A bank's range of clearing numbers.
#[derive(Debug)]
pub(super) struct Range {
    bank: &'static str,
    clearing: RangeInclusive<u16>,
    pub(super) scheme: Scheme,
}

static TABLE: LazyLock<Vec<Range>> = LazyLock::new(|| include_str!("clearing.csv").lines().filter_map(range).collect());

/// The range a clearing number (its first four digits) lies in.
pub(super) fn find(clearing: u16) -> Option<&'static Range> {
    TABLE.iter().find(|range| range.clearing.contains(&clearing))
}

/// The bank that has a clearing number (its first four digits), as Bankgirot's table of 2024-02-22 says.
#[must_use]
pub fn bank_name(clearing: u16) -> Option<&'static str> {
    find(clearing).map(|range| range.bank)
}

/// A line of the table; comments and the heading give nothing.
fn range(line: &'static str) -> Option<Range> {
    let mut cells = line.split(',');
    let (bank, from, to, kind, comment) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let scheme = match (kind, comment) {
        ("1", "1") => Scheme::ElevenWithoutFirst,
        ("1", "2") => Scheme::ElevenWhole,
        ("2", "1") => Scheme::TenAlone,
        ("2", "2") => Scheme::ElevenAlone,
        ("2", "3") => Scheme::TenLenient,
        (_, _) => return None,
    };
    Some(Range { bank, clearing: from.parse().ok()?..=to.parse().ok()?, scheme })
}
