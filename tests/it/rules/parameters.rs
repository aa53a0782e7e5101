//! Parameters by date, and what is wrong with those that are.

use bifall::domain::localized::Language;
use bifall::rules::{Kind, Value, compile};

use super::support::{day, inputs, row, rules, run, sources};

fn codes(parameters: &str) -> Vec<(String, usize)> {
    let (_, problems) = compile(&sources("", parameters, ""));
    problems.into_iter().filter(bifall::domain::Problem::is_error).map(|problem| (problem.code, problem.place.line)).collect()
}

/// One parameter of a type with given values, on four lines; the values stand on the fourth.
fn of(kind: &str, values: &str) -> String {
    format!("[p]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = {values}\n")
}

#[test]
fn wrong_parameters_say_where() {
    for (parameters, code, line) in [
        (of("integer", "[]"), "no_values", 4),
        (of("integer", "[{ from = 2026-01-01, value = \"3\" }]"), "wrong_type", 4),
        (of("integer", "[{ from = \"2026\", value = 3 }]"), "wrong_type", 4),
        (of("integer", "[{ from = 2026-01-01 }]"), "missing_key", 4),
        (of("integer", "[{ from = 2026-01-01, value = 3 }, { from = 2026-01-01, value = 4 }]"), "duplicate_date", 4),
        (of("integer", "[{ from = 2026-01-01, value = 3 }, { from = 2025-01-01, value = 4 }]"), "dates_out_of_order", 4),
        (of("decimal", "[{ from = 2026-01-01, value = 9.89 }]"), "wrong_type", 4),
        (of("money", "[{ from = 2026-01-01, value = \"-1\" }]"), "negative_amount", 4),
        (of("percent", "[{ from = 2026-01-01, value = 101 }]"), "percent_out_of_range", 4),
        (of("date", "[{ from = 2026-01-01, value = 3 }]"), "wrong_type", 4),
        (of("range", "[{ from = 2026-01-01, value = [25, 7] }]"), "bad_range", 4),
        (of("range", "[{ from = 2026-01-01, value = [7] }]"), "bad_range", 4),
        (of("list", "[{ from = 2026-01-01, value = [\"\"] }]"), "empty_word", 4),
        (of("list", "[{ from = 2026-01-01, value = [3] }]"), "wrong_type", 4),
        (of("steps", "[{ from = 2026-01-01, value = [] }]"), "no_values", 4),
        (of("steps", "[{ from = 2026-01-01, value = [{ days = 7, percent = 25 }, { days = 7, percent = 50 }] }]"), "steps_out_of_order", 4),
        (of("steps", "[{ from = 2026-01-01, value = [{ value = 2 }, { to = 7, value = 1 }] }]"), "steps_out_of_order", 4),
        (of("steps", "[{ from = 2026-01-01, value = [{ days = 7 }] }]"), "missing_key", 4),
        (of("table", "[{ from = 2026-01-01, value = { a = \"x\" } }]"), "wrong_type", 4),
        (of("heltal", "[{ from = 2026-01-01, value = 3 }]"), "unknown_word", 2),
        ("[p]\ntype = \"integer\"\nvalues = [{ from = 2026-01-01, value = 3 }]".to_owned(), "missing_key", 1),
        ("[p-q]\ntype = \"integer\"\nparagraph = \"§\"\nvalues = [{ from = 2026-01-01, value = 3 }]".to_owned(), "bad_id", 1),
        (format!("{}basis = \"beslut\"\n", of("integer", "[{ from = 2026-01-01, value = 3 }]")), "unknown_word", 5),
        (format!("{}enhet = \"kr\"\n", of("integer", "[{ from = 2026-01-01, value = 3 }]")), "unknown_key", 5),
    ] {
        let found = codes(&parameters);
        assert!(found.contains(&(code.to_owned(), line)), "{code} on line {line} in\n{parameters}\nnot {found:?}");
    }
}

#[test]
fn every_type_is_read() {
    let all = [
        of("integer", "[{ from = 2026-01-01, value = 3 }]"),
        of("decimal", "[{ from = 2026-01-01, value = \"1.5\" }]"),
        of("percent", "[{ from = 2026-01-01, value = 65 }]"),
        of("money", "[{ from = 2026-01-01, value = \"9.89\" }]"),
        of("date", "[{ from = 2026-01-01, value = 2026-03-01 }]"),
        of("range", "[{ from = 2026-01-01, value = [7, 25] }]"),
        of("list", "[{ from = 2026-01-01, value = [\"fest\"] }]"),
        of("steps", "[{ from = 2026-01-01, value = [{ to = 10, value = 1 }, { value = 2 }] }]"),
        of("table", "[{ from = 2026-01-01, value = { ungdom = 200000 } }]"),
        of("bands", "[{ from = 2026-01-01, value = [{ from = 7, to = 12, value = \"3.50\" }, { from = 13, value = \"13.80\" }] }]"),
    ];
    let kinds: Vec<Kind> = all
        .iter()
        .map(|parameters| {
            let (rules, problems) = compile(&sources("", parameters, ""));
            let rules = rules.unwrap_or_else(|| panic!("{problems:#?}"));
            rules.parameters().get("p").expect("it was read").kind
        })
        .collect();
    assert_eq!(kinds, Kind::WORDS.map(|(_, kind)| kind));
}

#[test]
fn a_value_holds_from_its_date() {
    let rules = rules(
        "fn calculate(application) { fixed(\"p\", \"p\"); }",
        &of("money", "[{ from = 2025-01-01, value = \"9.40\" }, { from = 2026-01-01, value = \"9.89\" }]"),
        "[p]\ntext = \"{amount}\"",
    );
    let text = |date| rules.parameter_at("p", day(date)).map(|value| value.text(Language::Sv));
    assert_eq!(text("2024-12-31"), None);
    assert_eq!(text("2025-12-31").as_deref(), Some("9,40\u{A0}kr"));
    assert_eq!(text("2026-01-01").as_deref(), Some("9,89\u{A0}kr"));
    assert_eq!(rules.parameter_at("q", day("2026-01-01")), None);
    let changes: Vec<_> = rules.parameters().get("p").expect("p").changes_within(day("2025-07-01"), day("2026-06-30")).collect();
    assert_eq!(changes, [day("2026-01-01")]);
}

#[test]
fn the_last_day_of_the_period_decides_unless_a_basis_says_otherwise() {
    let amount = |basis: &str| {
        let parameters = format!(
            "{}{basis}\n",
            of(
                "money",
                "[{ from = 2025-01-01, value = 1 }, { from = 2026-03-01, value = 2 }, { from = 2026-08-01, value = 3 }, { from = 2026-08-25, value = 4 }]"
            )
        );
        let rules = rules("fn calculate(application) { fixed(\"r\", \"p\"); }", &parameters, "[r]\ntext = \"{amount}\"");
        let evaluated = run(&rules, &inputs(), None);
        assert_eq!(evaluated.used.len(), 1);
        assert_eq!(Some(&Value::Money(row(&evaluated, "r").value)), rules.parameter_at("p", evaluated.used[0].date));
        row(&evaluated, "r").value.to_string()
    };
    assert_eq!(amount(""), "2");
    assert_eq!(amount("basis = \"period_start\""), "1");
    assert_eq!(amount("basis = \"period_end\""), "2");
    assert_eq!(amount("basis = \"received\""), "3");
    assert_eq!(amount("basis = \"due\""), "4");
}
