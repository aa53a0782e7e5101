//! Holds what came out of a test case against what must.

use rust_decimal::Decimal;

use super::cases::Case;
use super::run::Difference;
use crate::domain::calculation::CheckStatus;
use crate::domain::{Localized, Place};
use crate::rules::Evaluated;

/// Everything that came out otherwise than expected.
pub(super) fn differences(case: &Case, evaluated: &Evaluated) -> Vec<Difference> {
    let (expect, got) = (&case.expect, &evaluated.evaluation);
    let mut found = Vec::new();
    let mut differ = |place: &Place, what: (String, String), expected: String, got: String| {
        found.extend(difference(place, (&what.0, &what.1), &expected, &got));
    };
    if let Some(total) = &expect.total {
        differ(&total.place, ("summa".to_owned(), "total".to_owned()), total.value.to_string(), got.total_ore.to_string());
    }
    for (id, value) in &expect.rows {
        let rows: Vec<Decimal> = got.rows.iter().filter(|row| row.id == id.value).map(|row| row.value).collect();
        let sum = (!rows.is_empty()).then(|| rows.iter().sum::<Decimal>().normalize().to_string());
        let what = (format!("rad {}", id.value), format!("row {}", id.value));
        differ(&id.place, what, value.normalize().to_string(), sum.unwrap_or_else(|| "ingen rad".to_owned()));
    }
    for (id, status) in &expect.checks {
        let check = got.checks.iter().filter(|check| check.id == id.value).map(|check| check.status).max();
        let what = (format!("krav {}", id.value), format!("check {}", id.value));
        differ(&id.place, what, word(*status).to_owned(), check.map_or("inget krav", word).to_owned());
    }
    for (id, marks) in &expect.account {
        let line = got.account.iter().find(|line| line.id == id.value).map(|line| line.marks.to_string());
        let what = (format!("konto {}", id.value), format!("account {}", id.value));
        differ(&id.place, what, marks.to_string(), line.unwrap_or_else(|| "ingen rad".to_owned()));
    }
    if let Some(route) = &expect.route {
        differ(&route.place, ("väg".to_owned(), "route".to_owned()), route.value.clone(), got.route.clone().unwrap_or_default());
    }
    for (id, amount) in &expect.payouts {
        let part = got.payouts.iter().find(|part| part.id == id.value).map(|part| part.amount_ore.to_string());
        let what = (format!("utbetalning {}", id.value), format!("payout {}", id.value));
        differ(&id.place, what, amount.to_string(), part.unwrap_or_else(|| "ingen del".to_owned()));
    }
    for (id, value) in &expect.measures {
        let measured = evaluated.measures.get(&id.value).copied().flatten().map(|measured| measured.normalize().to_string());
        let what = (format!("mått {}", id.value), format!("measure {}", id.value));
        differ(&id.place, what, value.normalize().to_string(), measured.unwrap_or_else(|| "inget värde".to_owned()));
    }
    if let Some(dismissed) = &expect.dismissed {
        let what = ("avvisas".to_owned(), "dismissed".to_owned());
        differ(&dismissed.place, what, yes_no(dismissed.value), yes_no(!got.dismissed.is_empty()));
    }
    found
}

/// What came out otherwise than expected, if it did.
pub(super) fn difference(place: &Place, (sv, en): (&str, &str), expected: &str, got: &str) -> Option<Difference> {
    (expected != got).then(|| Difference {
        place: place.clone(),
        message: Localized::both(format!("{sv}: väntade {expected}, fick {got}"), format!("{en}: expected {expected}, got {got}")),
    })
}

fn yes_no(yes: bool) -> String {
    if yes { "ja" } else { "nej" }.to_owned()
}

fn word(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Ok => "ok",
        CheckStatus::Soft => "soft",
        CheckStatus::Unknown => "unknown",
        CheckStatus::Fail => "fail",
    }
}
