//! Values of XML Schema's types, as far as the attendance format uses them.

use chrono::{NaiveDate, NaiveTime};

/// A time of day; `24:00:00` is the midnight that ends the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeOfDay {
    /// A time within the day.
    At(NaiveTime),
    /// Midnight at its end.
    EndOfDay,
}

/// `xs:boolean`.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// `xs:date` with a four-digit year and without time zone: a local date.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = digits(&bytes[..4])?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, digits(&bytes[5..7])?, digits(&bytes[8..])?)
}

/// `xs:time` without time zone; also `HH:MM`, which some systems send. Parts of seconds are dropped.
pub(super) fn time(text: &str) -> Option<TimeOfDay> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bytes = whole.as_bytes();
    let seconds = match bytes.len() {
        5 if !text.contains('.') => 0,
        8 if bytes[5] == b':' => digits(&bytes[6..])?,
        _ => return None,
    };
    if bytes[2] != b':' {
        return None;
    }
    let (hours, minutes) = (digits(&bytes[..2])?, digits(&bytes[3..5])?);
    if (hours, minutes, seconds) == (24, 0, 0) {
        return Some(TimeOfDay::EndOfDay);
    }
    NaiveTime::from_hms_opt(hours, minutes, seconds).map(TimeOfDay::At)
}

/// What became of an `xs:int`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Int {
    /// A 32-bit number.
    Fits(i32),
    /// A whole number that 32 bits do not hold.
    TooLarge,
    /// No whole number.
    NotANumber,
}

/// `xs:int`.
pub(super) fn int(text: &str) -> Int {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Int::NotANumber;
    }
    text.parse().map_or(Int::TooLarge, Int::Fits)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}
