//! The word of a decision follows from what is granted against what was reckoned.

use bifall::domain::calculation::{Check, CheckStatus, Evaluation, Row, RowKind};
use bifall::domain::grant::{GrantKind, Outcome};
use bifall::domain::{Localized, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn row(kind: RowKind, ore: i64) -> Row {
    Row {
        id: "rad".to_owned(),
        kind,
        text: Localized::sv("Rad"),
        quantity: None,
        rate: None,
        value: Decimal::new(ore, 2),
        unit: "kr".to_owned(),
        paragraph: None,
        refs: Vec::new(),
        reason: None,
    }
}

/// A sum of whole kronor or öre, with what was taken off it by rule.
fn reckoned(factor: i64, deductions: &[i64]) -> Evaluation {
    let mut rows = vec![row(RowKind::Factor, factor)];
    rows.extend(deductions.iter().map(|ore| row(RowKind::Deduction, -ore)));
    let total = factor - deductions.iter().sum::<i64>();
    Evaluation { rows, total_ore: Money::from_ore(total), ..Evaluation::default() }
}

/// The same rounded to the krona, half away from zero, by a row of its own.
fn rounded(mut evaluation: Evaluation) -> Evaluation {
    let ore = evaluation.total_ore.ore();
    let whole = (ore + 50).div_euclid(100) * 100;
    if whole != ore {
        evaluation.rows.push(row(RowKind::Rounding, whole - ore));
    }
    evaluation.total_ore = Money::from_ore(whole);
    evaluation
}

#[test]
fn a_late_application_that_an_officer_grants_in_full_is_granted() {
    // 57.47 kr less a quarter is 43.10, rounded 43 kr; the officer grants the 57 kr it would have been.
    let mut late = rounded(reckoned(5_747, &[1_437]));
    assert_eq!(late.outcome(GrantKind::General), Outcome::DelvisBifall);
    late.change(Money::from_ore(5_700), "Förseningen berodde på oss.");
    assert_eq!(late.outcome(GrantKind::General), Outcome::Bifall);
    let mut less = rounded(reckoned(5_747, &[1_437]));
    less.change(Money::from_ore(5_600), "Nästan.");
    assert_eq!(less.outcome(GrantKind::General), Outcome::DelvisBifall);
}

#[test]
fn a_requirement_that_is_not_met_refuses_whatever_the_sum() {
    let check = Check {
        id: "krav".to_owned(),
        status: CheckStatus::Fail,
        text: Localized::sv("Krav"),
        motivation: None,
        paragraph: None,
        field: None,
    };
    let failed = Evaluation { checks: vec![check], ..reckoned(10_000, &[]) };
    assert_eq!(failed.outcome(GrantKind::Selective), Outcome::Avslag);
    let dismissed = Evaluation { dismissed: vec!["krav".to_owned()], ..failed };
    assert_eq!(dismissed.outcome(GrantKind::Selective), Outcome::Avvisning);
}

proptest! {
    #[test]
    fn the_word_is_what_granted_is_against_reckoned(
        factor in 1_i64..10_000_000,
        shares in prop::collection::vec(0_i64..50, 0..3),
        given in prop::option::of(0_i64..12_000_000),
    ) {
        let deductions: Vec<i64> = shares.iter().map(|share| factor * share / 200).collect();
        let mut evaluation = reckoned(factor, &deductions);
        if let Some(given) = given {
            evaluation.change(Money::from_ore(given), "Skäl.");
        }
        let granted = evaluation.total_ore.ore();
        let expected = match granted {
            0 => Outcome::Avslag,
            granted if granted < factor => Outcome::DelvisBifall,
            _ => Outcome::Bifall,
        };
        prop_assert_eq!(evaluation.outcome(GrantKind::General), expected);
        prop_assert_eq!(evaluation.outcome(GrantKind::Selective), expected);
        prop_assert_eq!(evaluation.outcome(GrantKind::Approval), Outcome::Bifall);
    }

    #[test]
    fn rounding_alone_never_makes_a_part(factor in 50_i64..10_000_000, back in any::<bool>()) {
        let mut evaluation = rounded(reckoned(factor, &[]));
        if back {
            let whole = evaluation.total_ore;
            evaluation.change(whole, "Som det var.");
        }
        prop_assert_eq!(evaluation.outcome(GrantKind::General), Outcome::Bifall);
    }
}
