//! The service's words and numbers in the words of a page.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::domain::calculation::{AccountLine, Check, CheckStatus, Row, RowKind};
use crate::domain::localized::Language;
use crate::domain::period::ActivityPeriod;
use crate::services::cases::views::Waits;
use crate::text::{fluent, number};
use crate::web::parts::{CheckLine, Line, LineKind, State};

/// A period in words: `januari–juni 2026`, `2026`, or its dates.
pub(in crate::web) fn period(period: &ActivityPeriod, language: Language) -> String {
    number::span(period.covers, language)
}

/// The period of a case in words, or its id where the package has forgotten it.
pub(in crate::web) fn of_case(known: Option<&ActivityPeriod>, id: &str, language: Language) -> String {
    known.map_or_else(|| id.to_owned(), |known| period(known, language))
}

/// A date in words.
pub(in crate::web) fn date(date: NaiveDate) -> String {
    number::date(date, Language::Sv)
}

/// A moment in words.
pub(in crate::web) fn moment(at: DateTime<Utc>) -> String {
    number::moment(at, Language::Sv)
}

/// What a case waits for, as a state.
pub(in crate::web) fn waits(waits: Waits, label: &str, language: Language) -> State {
    match waits {
        // The workflow's own word is still that of the state in which it was decided.
        Waits::Dispatch => State::ok(fluent::plain(language, "waits-decided")),
        Waits::Officer | Waits::Failed => State::stop(label),
        Waits::Decision | Waits::Applicant => State::wait(label),
        Waits::Service | Waits::Close | Waits::Time => State::none(label),
        Waits::Nothing => State::ok(label),
    }
}

/// A check as a page shows it.
pub(in crate::web) fn check(check: &Check, language: Language) -> CheckLine {
    let state = match check.status {
        CheckStatus::Ok => State::ok(fluent::plain(language, "check-ok")),
        CheckStatus::Soft => State::wait(fluent::plain(language, "check-soft")),
        CheckStatus::Unknown => State::wait(fluent::plain(language, "check-unknown")),
        CheckStatus::Fail => State::stop(fluent::plain(language, "check-fail")),
    };
    let detail = match check.status {
        CheckStatus::Ok => None,
        CheckStatus::Soft | CheckStatus::Unknown | CheckStatus::Fail => check.motivation.as_ref().map(|text| text.get(language).to_owned()),
    };
    CheckLine { state, text: check.text.get(language).to_owned(), detail, paragraph: check.paragraph.clone() }
}

/// A row of a calculation as a page shows it.
pub(in crate::web) fn row(row: &Row, language: Language) -> Line {
    let kind = match row.kind {
        RowKind::Input | RowKind::Parameter => LineKind::Figure,
        RowKind::Subtotal => LineKind::Subtotal,
        RowKind::Total => LineKind::Total,
        RowKind::Factor | RowKind::Rounding | RowKind::Cap | RowKind::Deduction | RowKind::Override => {
            if row.value.is_sign_negative() && !row.value.is_zero() && row.kind != RowKind::Rounding {
                LineKind::Minus
            } else {
                LineKind::Adds
            }
        }
    };
    let how = match (row.quantity, row.rate) {
        (Some(of), Some(share)) if is_share(row, share) => {
            let (percent, of) = (number::percent((share.abs() * Decimal::ONE_HUNDRED).normalize()), number::kronor(of));
            // Words that say both already are not said again.
            let said = row.text.get(language).contains(&percent) && row.text.get(language).contains(&of);
            (!said).then(|| fluent::t(language, "row-share", &[("percent", percent.into()), ("of", of.into())]))
        }
        (Some(quantity), Some(rate)) => Some(format!("{} × {}", number::decimal(quantity), number::kronor(rate))),
        _ => row.reason.as_ref().map(|reason| reason.get(language).to_owned()),
    };
    let value = if row.unit == "kr" { signed(row) } else { format!("{} {}", number::decimal(row.value), row.unit) };
    Line { text: row.text.get(language).to_owned(), how, paragraph: row.paragraph.clone(), value, kind, behind: None }
}

/// Whether a row's rate is a share of an amount, not kronor for each: one that takes a part away, or one whose own words call it
/// so many percent. Rows are kept as they were reckoned and say no more of themselves.
fn is_share(row: &Row, rate: Decimal) -> bool {
    let percent = number::percent((rate * Decimal::ONE_HUNDRED).normalize());
    rate.is_sign_negative() || (rate <= Decimal::ONE && row.text.sv.contains(&percent))
}

fn signed(row: &Row) -> String {
    match row.kind {
        RowKind::Total => number::kronor(row.value),
        RowKind::Rounding if row.value > Decimal::ZERO => format!("+{}", kronor_and_ore(row.value)),
        _ => kronor_and_ore(row.value),
    }
}

/// Kronor with two decimals and no unit, as figures in a column stand.
fn kronor_and_ore(value: Decimal) -> String {
    let whole = value.trunc();
    let ore = ((value - whole).abs() * Decimal::ONE_HUNDRED).round();
    let sign = if value.is_sign_negative() && whole.is_zero() && !value.is_zero() { "−" } else { "" };
    format!("{sign}{},{:02}", number::decimal(whole), ore)
}

/// A line of the account of marks as a page shows it.
pub(in crate::web) fn account(line: &AccountLine, at: usize, lines: usize, language: Language) -> Line {
    let kind = match at {
        0 => LineKind::Figure,
        _ if at + 1 == lines => LineKind::Total,
        _ if line.marks < 0 => LineKind::Minus,
        _ => LineKind::Adds,
    };
    Line {
        text: line.text.get(language).to_owned(),
        how: None,
        paragraph: line.paragraph.clone(),
        value: number::integer(line.marks),
        kind,
        behind: None,
    }
}
