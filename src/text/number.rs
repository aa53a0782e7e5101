//! Swedish figures: narrow no-break space between thousands, decimal comma, a real minus sign.
//!
//! Follows Språkrådet's "Svenska skrivregler": `1 234,50 kr`, `25 %`, `25 augusti 2026`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;

use crate::domain::Money;
use crate::domain::localized::Language;
use crate::domain::period::DateRange;
use crate::domain::score::Points;

/// Between groups of three digits (U+202F).
pub const THOUSANDS: char = '\u{202F}';
/// Between a figure and its unit (U+00A0).
pub const BEFORE_UNIT: char = '\u{A0}';
/// The minus sign (U+2212).
pub const MINUS: char = '\u{2212}';

/// Why an entry is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// A character that does not belong in a number.
    #[error("not a number")]
    NotANumber,
    /// Spaces that do not group by three, as in `1 23`.
    #[error("digits are not grouped by three")]
    Grouping,
    /// A point that may mean thousands or decimals, as in `1.234`.
    #[error("a point may mean thousands or decimals")]
    AmbiguousPoint,
    /// More digits than can be kept exactly.
    #[error("too many digits")]
    TooLong,
}

/// A whole number: `1 234`.
#[must_use]
pub fn integer(number: i64) -> String {
    decimal(Decimal::from(number))
}

/// An exact number without needless zeros: `1 234,5`.
#[must_use]
pub fn decimal(number: Decimal) -> String {
    let mut text = String::new();
    push_decimal(&mut text, number);
    text
}

/// Kronor, exactly: `1 234 kr` when whole, else at least two decimals: `1 234,50 kr`.
#[must_use]
pub fn kronor(amount: Decimal) -> String {
    let mut text = String::new();
    push_kronor(&mut text, amount);
    text
}

/// Writes what [`decimal`] gives at the end of a text.
pub fn push_decimal(text: &mut String, number: Decimal) {
    push_digits(text, number.normalize());
}

/// Writes what [`kronor`] gives at the end of a text.
pub fn push_kronor(text: &mut String, amount: Decimal) {
    let amount = amount.normalize();
    push_digits(text, amount);
    if amount.scale() == 1 {
        text.push('0');
    }
    text.push(BEFORE_UNIT);
    text.push_str("kr");
}

/// Writes what [`percent`] gives at the end of a text.
pub fn push_percent(text: &mut String, number: Decimal) {
    push_decimal(text, number);
    text.push(BEFORE_UNIT);
    text.push('%');
}

/// An amount: `1 234 kr` or `1 234,50 kr`.
#[must_use]
pub fn money(amount: Money) -> String {
    kronor(amount.kronor())
}

/// Points of a hundred with the decimals they have: `72,5`, in English `72.5`.
#[must_use]
pub fn points(points: Points, language: Language) -> String {
    let text = decimal(Decimal::new(points.hundredths(), 2).normalize());
    match language {
        Language::Sv => text,
        Language::En => text.replace(',', "."),
    }
}

/// A number of percent (25 is a quarter): `25 %`.
#[must_use]
pub fn percent(number: Decimal) -> String {
    let mut text = String::new();
    push_percent(&mut text, number);
    text
}

/// A date in words: `25 augusti 2026`, `25 August 2026`.
#[must_use]
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

/// A span of dates in words: `januari–juni 2026`, `2026`, or its dates.
#[must_use]
pub fn span(covers: DateRange, language: Language) -> String {
    let (from, to) = (covers.from, covers.to);
    let whole_months = from.day() == 1 && to.succ_opt().is_some_and(|next| next.day() == 1);
    let name = |day: NaiveDate| date(day, language).split(' ').nth(1).unwrap_or_default().to_owned();
    match (from.year() == to.year(), whole_months) {
        (true, true) if from.month() == 1 && to.month() == 12 => from.year().to_string(),
        (true, true) => format!("{}–{} {}", name(from), name(to), to.year()),
        _ => format!("{} – {}", date(from, language), date(to, language)),
    }
}

/// A moment in Swedish time: `25 augusti 2026 kl. 23.10`, `25 August 2026 at 23:10`.
#[must_use]
pub fn moment(at: DateTime<Utc>, language: Language) -> String {
    local_moment(at.with_timezone(&chrono_tz::Europe::Stockholm).naive_local(), language)
}

/// A date with its time of day, as `7 juli 2026 kl. 21.03`, of a moment that is told in Swedish time already.
#[must_use]
pub fn local_moment(local: NaiveDateTime, language: Language) -> String {
    let day = date(local.date(), language);
    match language {
        Language::Sv => format!("{day} kl. {}", local.format("%H.%M")),
        Language::En => format!("{day} at {}", local.format("%H:%M")),
    }
}

/// Reads what a person writes: `1 234,50`, `1234,5`, `−12`, `1 234 kr`; spaces of any kind between thousands.
///
/// A point with one or two digits after it counts as a comma (number pads have no comma); a point
/// before three digits is refused, since it may mean thousands.
///
/// # Errors
/// [`NumberError`] says what stands in the way.
pub fn parse(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    let text = text.strip_suffix("kr").map_or(text, str::trim_end);
    let (negative, digits) = match text.strip_prefix([MINUS, '-', '\u{2013}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    if digits.is_empty() {
        return Err(NumberError::Empty);
    }
    let (whole, fraction) = split_fraction(digits)?;
    let groups: Vec<&str> = whole.split([' ', '\u{A0}', THOUSANDS, '\u{2009}']).collect();
    if groups.iter().any(|group| group.is_empty() || !group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(NumberError::NotANumber);
    }
    let well_grouped =
        groups.len() == 1 || (groups.first().is_some_and(|first| first.len() <= 3) && groups.iter().skip(1).all(|group| group.len() == 3));
    if !well_grouped {
        return Err(NumberError::Grouping);
    }
    let mut plain = groups.concat();
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    let number = Decimal::from_str_exact(&plain).map_err(|_| NumberError::TooLong)?;
    Ok(if negative { -number } else { number })
}

fn split_fraction(digits: &str) -> Result<(&str, &str), NumberError> {
    let Some((whole, fraction)) = digits.split_once([',', '.']) else {
        return Ok((digits, ""));
    };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    if !digits.contains(',') && fraction.len() > 2 {
        return Err(NumberError::AmbiguousPoint);
    }
    Ok((whole, fraction))
}

/// The digits of a number by threes, with a Swedish comma and minus. A letter has dozens of figures, in two languages, so they
/// are written where they are to stand.
fn push_digits(text: &mut String, number: Decimal) {
    if number.is_sign_negative() && !number.is_zero() {
        text.push(MINUS);
    }
    let decimals = usize::try_from(number.scale()).unwrap_or_default();
    // A mantissa has at most 29 digits, and as many decimals at most.
    let mut digits = [b'0'; 32];
    let mut count = 0;
    let mantissa = number.mantissa().unsigned_abs();
    let mut put = |digit: u8| {
        digits[count] = b'0' + digit;
        count += 1;
        count <= decimals
    };
    // Small numbers, nearly all of them, need no arithmetic of 128 bits.
    if let Ok(mut rest) = u64::try_from(mantissa) {
        while put(u8::try_from(rest % 10).unwrap_or_default()) || rest > 9 {
            rest /= 10;
        }
    } else {
        let mut rest = mantissa;
        while put(u8::try_from(rest % 10).unwrap_or_default()) || rest > 9 {
            rest /= 10;
        }
    }
    for at in (0..count).rev() {
        text.push(char::from(digits[at]));
        if at == decimals && at > 0 {
            text.push(',');
        } else if at > decimals && (at - decimals).is_multiple_of(3) {
            text.push(THOUSANDS);
        }
    }
}
