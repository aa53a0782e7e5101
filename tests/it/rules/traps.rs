//! The language's silent traps, each of which would have paid a wrong amount.

use bifall::domain::calculation::CheckStatus;
use bifall::domain::inputs::Answer;
use bifall::domain::money::Money;
use bifall::rules::{Mode, RuleError};

use super::support::{check, day, inputs, row, rules, run, try_run};

const TEXTS: &str = r#"
[r]
text = "{amount}"
[c]
text = "{org} {period}"
"#;

/// The value of an expression, as a row.
fn value(statements: &str) -> String {
    let script = format!("fn calculate(application) {{ {statements} }}");
    let rules = rules(&script, "", TEXTS);
    row(&run(&rules, &inputs(), None), "r").value.to_string()
}

/// The code of the fault that a script stops with.
fn fault(statements: &str) -> String {
    let script = format!("fn calculate(application) {{ {statements} }}");
    let rules = rules(&script, "", TEXTS);
    match try_run(&rules, &inputs(), None, Mode::Plain) {
        Err(RuleError::Fault(problem)) => {
            assert_eq!(problem.place.line, 1);
            assert!(problem.message.en.is_some() && !problem.hint.sv.is_empty());
            problem.code
        }
        other => panic!("no fault: {other:?}"),
    }
}

#[test]
fn whole_numbers_divide_exactly() {
    assert_eq!(value(r#"amount_row("r", 7 / 2);"#), "3.5");
    assert_eq!(value(r#"let a = 7; a = a / 2; amount_row("r", a);"#), "3.5");
    assert_eq!(value(r#"amount_row("r", 7 / 0.5);"#), "14");
}

#[test]
fn dividing_in_place_on_a_whole_number_is_refused() {
    assert_eq!(fault(r#"let a = 7; a /= 2; amount_row("r", a);"#), "whole_division");
}

#[test]
fn rounding_is_half_away_from_zero() {
    for (expression, expected) in [
        ("round(2.5)", "3"),
        ("round(2.345, 2)", "2.35"),
        ("2.5.round()", "3"),
        ("2.5.round", "3"),
        ("round(0.5)", "1"),
        ("0 - round(-2.5)", "3"),
        ("round(7, 2)", "7"),
    ] {
        assert_eq!(value(&format!(r#"amount_row("r", {expression});"#)), expected, "{expression}");
    }
}

#[test]
fn decimals_are_exact() {
    assert_eq!(value(r#"if 0.1 + 0.2 == 0.3 { amount_row("r", 1); } else { amount_row("r", 2); }"#), "1");
    assert_eq!(value(r#"if 2 == 2.0 && 2 < 2.5 && 3 >= 2.5 { amount_row("r", 1); } else { amount_row("r", 2); }"#), "1");
    assert_eq!(value(r#"amount_row("r", min(3, 2.5) + max(1.5, 1));"#), "4");
}

#[test]
fn comparing_different_kinds_is_a_fault_and_never_quietly_false() {
    for comparison in [r#""5" == 5"#, r#"5 != "5""#, "application.received == 10", "application.received > 10", r#"true == 1"#] {
        assert_eq!(fault(&format!(r#"if {comparison} {{ amount_row("r", 1); }}"#)), "different_kinds", "{comparison}");
    }
}

#[test]
fn dates_compare_in_all_six_ways() {
    let all = "let a = application.received; let b = application.due;
        if a < b && a <= b && b > a && b >= a && a != b && a == a";
    assert_eq!(value(&format!(r#"{all} {{ amount_row("r", 1); }} else {{ amount_row("r", 2); }}"#)), "1");
}

#[test]
fn overflow_and_division_by_zero_are_faults() {
    assert_eq!(fault(r#"amount_row("r", 9223372036854775807 + 1);"#), "number_too_large");
    assert_eq!(fault(r#"amount_row("r", 79228162514264337593543950335.0 * 10.0);"#), "number_too_large");
    assert_eq!(fault(r#"amount_row("r", 1 / 0);"#), "division_by_zero");
    assert_eq!(fault(r#"amount_row("r", 1.5 / 0.0);"#), "division_by_zero");
    assert_eq!(fault(r#"amount_row("r", 5 % 0);"#), "division_by_zero");
}

#[test]
fn a_missing_property_is_a_fault() {
    assert_eq!(fault(r#"let m = #{ x: 1 }; amount_row("r", m.y);"#), "unknown_property");
    assert_eq!(fault(r#"amount_row("r", application.mottagen);"#), "unknown_property");
}

#[test]
fn what_is_unknown_stays_unknown() {
    let rules = rules(
        r#"fn validate(application) {
            require("c", application.answers.antal * 2 + 1 > 5);
        }
        fn calculate(application) {
            amount_row("r", application.answers.antal / 2);
        }"#,
        "",
        TEXTS,
    );
    let evaluated = run(&rules, &inputs(), None);
    assert_eq!(check(&evaluated, "c").status, CheckStatus::Unknown);
    let missing = evaluated.evaluation.checks.iter().find(|check| check.id == "r").expect("the row left a check");
    assert_eq!((missing.status, missing.field.as_deref()), (CheckStatus::Unknown, Some("antal")));
    assert!(evaluated.evaluation.rows.iter().all(|row| row.id != "r"), "what is unknown is never 0");

    let mut answered = inputs();
    answered.answers.insert("antal".to_owned(), Answer::Integer(7));
    let evaluated = run(&rules, &answered, None);
    assert_eq!(check(&evaluated, "c").status, CheckStatus::Ok);
    assert_eq!(evaluated.evaluation.total_ore, Money::from_ore(350));
}

#[test]
fn a_condition_on_something_unknown_says_what_to_write() {
    let rules = rules(r#"fn calculate(application) { let ja = application.answers.ja; if ja { amount_row("r", 1); } }"#, "", TEXTS);
    let Err(RuleError::Fault(problem)) = try_run(&rules, &inputs(), None, Mode::Plain) else { panic!("no fault") };
    assert_eq!(problem.code, "unknown_condition");
    assert!(problem.hint.sv.contains("yes("));
}

#[test]
fn yes_and_answered_are_false_on_what_is_unknown() {
    let script = r#"fn calculate(application) {
        let n = 0;
        if yes(application.answers.x) { n += 1; }
        if answered(application.answers.x) { n += 10; }
        amount_row("r", n);
    }"#;
    let rules = rules(script, "", TEXTS);
    let value = |answer: Option<Answer>| {
        let mut inputs = inputs();
        inputs.answers.extend(answer.map(|answer| ("x".to_owned(), answer)));
        row(&run(&rules, &inputs, None), "r").value.to_string()
    };
    assert_eq!(value(None), "0");
    assert_eq!(value(Some(Answer::YesNo(false))), "10");
    assert_eq!(value(Some(Answer::YesNo(true))), "11");
    assert_eq!(value(Some(Answer::Text(" ".to_owned()))), "0");
    assert_eq!(value(Some(Answer::Date(day("2026-01-01")))), "10");
}

#[test]
fn a_filter_named_as_a_hook_is_the_filter() {
    let rules = rules(
        r#"fn eligible(org) { require("c", true); }
        fn calculate(application) { input("r", application.attendance.eligible("alder").count, "st"); }"#,
        "[alder]\ntype = \"range\"\nparagraph = \"§ 1\"\nvalues = [{ from = 2020-01-01, value = [7, 25] }]",
        "[r]\ntext = \"{value}\"\n[c]\ntext = \"c\"",
    );
    let evaluated = run(&rules, &inputs(), None);
    assert_eq!(row(&evaluated, "r").value.to_string(), "0");
    assert_eq!(evaluated.evaluation.account[2].id, "eligible");
}
