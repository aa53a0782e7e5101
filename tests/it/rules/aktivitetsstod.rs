//! The built-in activity grant: Göteborg's rule of 2026, by hand.

use bifall::domain::attendance::{MarkClass, Sex};
use bifall::domain::calculation::CheckStatus;
use bifall::domain::inputs::{Approval, Inputs};
use bifall::domain::money::Money;
use bifall::rules::{RuleSet, RuleSources, compile};

use super::support::{Attendance, account, check, day, inputs, row, run};

pub fn package() -> RuleSet {
    let (rules, problems) = compile(&RuleSources {
        id: "aktivitetsstod",
        script: Some(("rules/aktivitetsstod/rules.rhai", include_str!("../../../rules/aktivitetsstod/rules.rhai"))),
        parameters: Some(("rules/aktivitetsstod/parameters.toml", include_str!("../../../rules/aktivitetsstod/parameters.toml"))),
        texts: Some(("rules/aktivitetsstod/texts.toml", include_str!("../../../rules/aktivitetsstod/texts.toml"))),
    });
    assert!(problems.is_empty(), "{problems:#?}");
    rules.expect("the package compiles")
}

pub fn approved() -> Inputs {
    let mut inputs = inputs();
    inputs.approvals.insert("godkand-forening".to_owned(), Approval { from: day("2026-01-01"), to: day("2026-12-31") });
    inputs
}

#[test]
fn a_typical_occasion_pays_by_group() {
    let mut attendance = Attendance::default();
    let girls = attendance.people(5, Sex::Female, "2014-05-01");
    let boys = attendance.people(4, Sex::Male, "2014-05-01");
    let leader = attendance.person(Sex::Female, "1985-01-01");
    let older = attendance.person(Sex::Male, "1950-01-01");
    let adult = attendance.person(Sex::Male, "1990-01-01");
    let occasion = attendance.occasion("2026-02-03", 60);
    attendance.all_at(occasion, &girls, MarkClass::PARTICIPANT);
    attendance.all_at(occasion, &boys, MarkClass::PARTICIPANT);
    attendance.mark(occasion, leader, MarkClass::LEADER_PRESENT);
    attendance.mark(occasion, older, MarkClass::PARTICIPANT);
    attendance.mark(occasion, adult, MarkClass::PARTICIPANT);
    let evaluated = run(&package(), &approved(), Some(&attendance.build()));

    // 5 * 9.89 = 49.45; 4 * 8.02 = 32.08; 8.02 + 8.02 = 16.04; together 97.57, in whole kronor 98.
    assert_eq!(row(&evaluated, "flickor_och_kvinnor").value.to_string(), "49.45");
    assert_eq!(row(&evaluated, "pojkar_och_man").value.to_string(), "32.08");
    assert_eq!(row(&evaluated, "ledare").value.to_string(), "8.02");
    assert_eq!(row(&evaluated, "aldre").value.to_string(), "8.02");
    assert_eq!(row(&evaluated, "rounding").value.to_string(), "0.43");
    assert_eq!(evaluated.evaluation.total_ore, Money::from_ore(98_00));
    assert_eq!(evaluated.evaluation.rows.last().map(|row| row.id.as_str()), Some("total"));
    assert_eq!(row(&evaluated, "flickor_och_kvinnor").text.sv, "Flickor och kvinnor: 5 deltagartillfällen à 9,89\u{A0}kr");
    assert_eq!(check(&evaluated, "godkand-forening").status, CheckStatus::Ok);
    let account = account(&evaluated);
    assert_eq!(account.first(), Some(&("imported", 12)));
    assert!(account.contains(&("eligible", -1)));
    assert_eq!(account.last(), Some(&("paid", 11)));
}
