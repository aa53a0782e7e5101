//! Every operation a rule may use, and the other built-in grant types in small.

use std::collections::BTreeMap;

use bifall::domain::Localized;
use bifall::domain::attendance::Sex;
use bifall::domain::calculation::{CheckStatus, RowKind};
use bifall::domain::inputs::{Answer, Approval, Attachment, EarlierGrant, Fact, Inputs};
use bifall::domain::money::Money;
use bifall::rules::{Evaluated, Mode, RuleError, RuleSet, RuleSources, compile, evaluate};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use rust_decimal::Decimal;

use super::aktivitetsstod::{approved, package};
use super::support::{Attendance, check, day, inputs, row, rules, run, try_run};

pub fn parameter(id: &str, kind: &str, value: &str) -> String {
    format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ {id}\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
}

pub fn texts(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("[{id}]\ntext = \"{id}\"\nmotivation = \"{id} därför.\"\n")).collect()
}

pub fn kronor(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn fault(rules: &RuleSet, inputs: &Inputs) -> String {
    match try_run(rules, inputs, None, Mode::Plain) {
        Err(RuleError::Fault(problem)) => problem.code,
        other => panic!("no fault: {other:?}"),
    }
}

/// The sum of a calculation that uses the parameter `p`.
fn with(body: &str, kind: &str, value: &str, inputs: &Inputs) -> Evaluated {
    let script = format!("fn calculate(application) {{ {body} }}");
    run(&rules(&script, &parameter("p", kind, value), &texts(&["r", "p", "q"])), inputs, None)
}

fn sum(body: &str, kind: &str, value: &str) -> String {
    with(body, kind, value, &inputs()).evaluation.total_ore.to_string()
}

#[test]
fn rows_multiply_and_add_exactly() {
    let evaluated = with(r#"row("r", 3, "p");"#, "money", "\"9.89\"", &inputs());
    let row = row(&evaluated, "r");
    assert_eq!((row.kind, row.value.to_string(), row.unit.as_str()), (RowKind::Factor, "29.67".to_owned(), "kr"));
    assert_eq!((row.quantity, row.rate), (Some(Decimal::from(3)), Some(Decimal::new(989, 2))));
    assert_eq!((row.paragraph.as_deref(), row.refs.as_slice()), (Some("§ p"), ["parameter:p".to_owned()].as_slice()));
    assert_eq!(row.reason, None, "a row that adds needs no motivation");
    assert_eq!(evaluated.used[0].value, "9,89\u{A0}kr");
}

#[test]
fn each_operation_does_what_its_name_says() {
    assert_eq!(sum(r#"fixed("r", "p");"#, "money", "5000"), "5000.00");
    assert_eq!(sum(r#"percent_of("r", 1000, "p");"#, "percent", "65"), "650.00");
    assert_eq!(sum(r#"amount_row("r", 10.5); deduct("q", 0.25); input("p", param("p"), "st");"#, "integer", "3"), "10.25");
    assert_eq!(sum(r#"amount_row("r", 300); cap("p");"#, "money", "200"), "200.00");
    assert_eq!(sum(r#"amount_row("r", 200); cap("p");"#, "money", "200"), "200.00");
    assert_eq!(sum(r#"amount_row("r", 300); cap("p", "liten");"#, "table", "{ liten = 100, stor = 250 }"), "100.00");
    assert_eq!(sum(r#"amount_row("r", 1); floor("p");"#, "money", "200"), "200.00");
    assert_eq!(sum(r#"amount_row("r", 0); floor("p");"#, "money", "200"), "0.00");
    assert_eq!(sum(r#"amount_row("r", 99.99); smallest_payout("p");"#, "money", "100"), "0.00");
    assert_eq!(sum(r#"amount_row("r", 100); smallest_payout("p");"#, "money", "100"), "100.00");
    assert_eq!(sum(r#"amount_row("r", 2.5); amount_row("q", param("p")); round_to_krona();"#, "money", "0"), "3.00");
    assert_eq!(sum(r#"amount_row("r", 1.005); amount_row("q", param("p"));"#, "money", "0"), "1.01");
}

/// What a rule computes from an answer is its own; the answer stays what the applicant gave, also for the lines after it.
#[test]
fn an_answer_cannot_be_changed_by_a_rule() {
    let mut inputs = inputs();
    inputs.answers.insert("antal".to_owned(), Answer::Integer(3));
    let copy = r#"let antal = application.answers.antal; antal += 4; amount_row("r", antal); amount_row("q", application.answers.antal);"#;
    assert_eq!(with(copy, "money", "0", &inputs).evaluation.total_ore, kronor("10"));
    for change in ["application.answers.antal = 9;", "application.answers.antal += 9;", r#"application.answers["antal"] = 9;"#] {
        let script = format!("fn calculate(application) {{ {change} amount_row(\"r\", application.answers.antal); }}");
        let sources = RuleSources {
            id: "prov",
            script: Some(("rules.rhai", &script)),
            parameters: None,
            texts: Some(("texts.toml", "[r]\ntext = \"r\"\n")),
        };
        let (compiled, problems) = compile(&sources);
        assert!(compiled.is_none(), "{change}");
        let problem = problems.iter().find(|problem| problem.code == "read_only").unwrap_or_else(|| panic!("{change}: {problems:?}"));
        assert_eq!(problem.place.line, 1);
    }
}

#[test]
fn rows_that_change_nothing_are_not_written() {
    let body = r#"amount_row("r", 200); cap("p"); deduct("q", 0); round_to_krona();"#;
    let evaluated = with(body, "money", "200", &inputs());
    let ids: Vec<_> = evaluated.evaluation.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["r", "total"]);
}

#[test]
fn a_row_that_reduces_says_why() {
    let evaluated = with(r#"amount_row("r", 300); cap("p");"#, "money", "200", &inputs());
    let cap = row(&evaluated, "p");
    assert_eq!((cap.kind, cap.value.to_string()), (RowKind::Cap, "-100".to_owned()));
    assert_eq!(cap.reason, Some(Localized::sv("p därför.")));
}

#[test]
fn lateness_goes_by_days_after_the_last_day() {
    let steps = "[{ days = 7, percent = 25 }, { days = 21, percent = 50 }, { days = 36, percent = 75 }]";
    for (received, complete, expected) in [
        ("2026-08-25", None, "100.00"),
        ("2026-08-26", None, "75.00"),
        ("2026-09-01", None, "75.00"),
        ("2026-09-02", None, "50.00"),
        ("2026-09-15", None, "50.00"),
        ("2026-09-16", None, "25.00"),
        ("2026-09-30", None, "25.00"),
        ("2026-10-01", None, "0.00"),
        // A supplement after the last day costs nothing: the day of receipt decides (förvaltningslagen 22 §).
        ("2026-08-20", Some("2026-08-26"), "100.00"),
    ] {
        let mut late = inputs();
        late.received = day(received);
        late.complete = complete.map(day);
        let evaluated = with(r#"amount_row("r", 100); late_reduction("p");"#, "steps", steps, &late);
        assert_eq!(evaluated.evaluation.total_ore.to_string(), expected, "{received} {complete:?}");
    }
}

#[test]
fn an_extension_moves_the_last_day() {
    let mut extended = inputs();
    extended.due = day("2026-09-10");
    extended.received = day("2026-09-10");
    let evaluated = with(r#"amount_row("r", 100); late_reduction("p");"#, "steps", "[{ percent = 25 }]", &extended);
    assert_eq!(evaluated.evaluation.total_ore.to_string(), "100.00");
}

#[test]
fn a_sum_below_zero_and_negative_figures_are_faults() {
    for (body, code) in [
        (r#"amount_row("r", 10); deduct("q", 11);"#, "negative_total"),
        (r#"deduct("q", -1);"#, "negative_number"),
        (r#"amount_row("r", -1);"#, "negative_number"),
        (r#"row("r", -1, "p");"#, "negative_number"),
        (r#"amount_row("r", "tio");"#, "number_expected"),
        (r#"require("r", 1);"#, "condition_expected"),
        (r#"costs(5);"#, "budget_expected"),
        (r#"months_between(1, 2);"#, "date_expected"),
        (r#"let l = 5; for x in l { let y = x; }"#, "not_a_list"),
        (r#"let l = [1]; let x = l[3];"#, "no_such_item"),
        (r#"const X = 1; X += 1;"#, "constant_changed"),
        (r#"to("namnd");"#, "wrong_hook"),
    ] {
        let script = format!("fn calculate(application) {{ {body} }}");
        let (compiled, problems) = bifall::rules::compile(&super::support::sources(&script, &parameter("p", "money", "1"), ""));
        let texts = texts(&["r", "q"]);
        let found = match compiled {
            Some(_) => fault(&rules(&script, &parameter("p", "money", "1"), &texts), &inputs()),
            None if problems.iter().any(|problem| problem.code == "missing_text") => {
                fault(&rules(&script, &parameter("p", "money", "1"), &texts), &inputs())
            }
            None => problems[0].code.clone(),
        };
        assert_eq!(found, code, "{body}");
    }
}

#[test]
fn rows_belong_in_calculate() {
    // A helper function may be called from any hook, so only the run can tell.
    let rules = rules(r#"fn add() { amount_row("r", 1); } fn validate(application) { add(); }"#, "", &texts(&["r"]));
    assert_eq!(fault(&rules, &inputs()), "wrong_hook");
}

#[test]
fn a_parameter_without_value_on_the_day_is_a_fault() {
    let parameters = "[p]\ntype = \"money\"\nparagraph = \"§\"\nvalues = [{ from = 2027-01-01, value = 1 }]";
    let rules = rules(r#"fn calculate(application) { fixed("r", "p"); }"#, parameters, &texts(&["r"]));
    assert_eq!(fault(&rules, &inputs()), "no_value_on_date");
}

#[test]
fn a_requirement_that_is_not_met_takes_back_the_sum_and_cites_itself() {
    let rules = rules(
        r#"fn eligible(org) { require("krav", false); require("mer", false); }
        fn calculate(application) { amount_row("r", 100.4); round_to_krona(); }
        fn route(application) { if total() == 0 { to("avslag"); } }"#,
        "",
        &texts(&["krav", "mer", "r"]),
    );
    let evaluated = run(&rules, &inputs(), None);
    let back = row(&evaluated, "requirement_not_met");
    assert_eq!((back.kind, back.value.to_string()), (RowKind::Deduction, "-100".to_owned()));
    assert_eq!(back.refs, ["check:krav", "check:mer"]);
    assert_eq!(back.reason, Some(Localized::sv("krav därför. mer därför.")));
    assert_eq!(row(&evaluated, "r").value.to_string(), "100.4", "the applicant still sees the figures");
    assert_eq!(evaluated.evaluation.total_ore, Money::ZERO);
    assert_eq!(evaluated.evaluation.route.as_deref(), Some("avslag"));
    assert_eq!(evaluated.evaluation.worst(), CheckStatus::Fail);
}

#[test]
fn figures_stand_in_the_texts_the_swedish_way() {
    let rules = rules(
        r#"fn eligible(org) { require_at_least("andel", share(4996, 10000), "halften"); require_at_most("kr", 1234.5, "tak"); }"#,
        &[parameter("halften", "percent", "50"), parameter("tak", "money", "\"1000\"")].concat(),
        "[andel]\ntext = { sv = \"{value} av {limit}, {org} {period}\", en = \"{value} of {limit}\" }\nmotivation = \"Bara {value}.\"\nfield = \"medlemmar\"\n[kr]\ntext = \"{value} mot {limit}\"\nparagraph = \"§ 7\"",
    );
    let evaluated = run(&rules, &inputs(), None);
    let share = check(&evaluated, "andel");
    assert_eq!(share.status, CheckStatus::Fail);
    assert_eq!(share.text.sv, "49,9\u{A0}% av 50\u{A0}%, 802400-1234 2026-H1", "what falls short never reads as enough");
    assert_eq!(share.text.en.as_deref(), Some("49,9\u{A0}% of 50\u{A0}%"));
    assert_eq!(share.motivation, Some(Localized::sv("Bara 49,9\u{A0}%.")));
    assert_eq!((share.field.as_deref(), share.paragraph.as_deref()), (Some("medlemmar"), Some("§ halften")));
    let kr = check(&evaluated, "kr");
    assert_eq!((kr.text.sv.as_str(), kr.paragraph.as_deref()), ("1\u{202F}234,50\u{A0}kr mot 1\u{202F}000\u{A0}kr", Some("§ 7")));
}

#[test]
fn a_table_without_the_key_is_unknown_and_never_zero() {
    let rules =
        rules(r#"fn calculate(application) { amount_row("r", table("lokaler").get(application.org.number) * 2); }"#, "", &texts(&["r"]));
    let evaluated = run(&rules, &inputs(), None);
    assert_eq!(check(&evaluated, "r").status, CheckStatus::Unknown);
    let mut known = inputs();
    known.tables.insert("lokaler".to_owned(), BTreeMap::from([("8024001234".to_owned(), Decimal::new(125, 1))]));
    assert_eq!(run(&rules, &known, None).evaluation.total_ore, kronor("25.00"));
}

#[test]
fn dates_months_and_earlier_grants() {
    let value = |expression: &str, inputs: &Inputs| {
        let script = format!(r#"fn calculate(application) {{ input("r", {expression}, "st"); }}"#);
        row(&run(&rules(&script, "", &texts(&["r"])), inputs, None), "r").value.to_string()
    };
    let mut case = inputs();
    case.organisation.founded = Some(day("2026-01-31"));
    for (received, months) in
        [("2026-01-31", "0"), ("2026-02-01", "1"), ("2026-02-28", "1"), ("2026-03-01", "2"), ("2026-04-30", "3"), ("2026-05-01", "4")]
    {
        case.received = day(received);
        assert_eq!(value("months_between(application.org.founded, application.received)", &case), months, "{received}");
    }
    assert_eq!(value("months_between(application.received, application.org.founded)", &case), "-4");
    assert_eq!(value("days_between(application.period.from, application.period.to)", &case), "180");
    assert_eq!(value("plus_months(application.org.founded, 1).day", &case), "28");
    assert_eq!(value("plus_days(application.received, -1).month", &case), "4");
    case.earlier = [("2025-H1", 100), ("2025-H2", 250), ("2025", 999)]
        .map(|(period, ore)| EarlierGrant {
            grant_type: "a".to_owned(),
            period: period.to_owned(),
            amount_ore: Money::from_ore(ore),
            decided: None,
        })
        .to_vec();
    assert_eq!(value(r#"granted("a", "previous")"#, &case), "2.5");
    assert_eq!(value(r#"granted("a", "last_year-H1")"#, &case), "1");
    assert_eq!(value(r#"granted("a", "2025-H2")"#, &case), "2.5");
    assert_eq!(value(r#"granted("b", "previous")"#, &case), "0");
}

#[test]
fn approvals_hold_from_their_first_to_their_last_day() {
    let rules = rules(r#"fn eligible(org) { require_approved("gk"); }"#, "", &texts(&["gk"]));
    let status = |from: &str, to: &str| {
        let mut case = inputs();
        case.approvals.insert("gk".to_owned(), Approval { from: day(from), to: day(to) });
        check(&run(&rules, &case, None), "gk").status
    };
    assert_eq!(status("2026-08-20", "2026-08-20"), CheckStatus::Ok);
    assert_eq!(status("2026-08-21", "2026-12-31"), CheckStatus::Fail);
    assert_eq!(status("2026-01-01", "2026-08-19"), CheckStatus::Fail);
    assert_eq!(check(&run(&rules, &inputs(), None), "gk").status, CheckStatus::Fail);
}

#[test]
fn facts_and_promised_attachments() {
    let script = r#"fn validate(application) {
        require("skuld", !fact("skuld"));
        warn_if("kommer", promised(application.answers.bilaga));
        require("lista", "b" in application.answers.val);
    }"#;
    let rules = rules(script, "", &texts(&["skuld", "kommer", "lista"]));
    let mut case = inputs();
    assert_eq!(check_status_or_fault(&rules, &case, "skuld"), "Unknown");
    case.facts.insert("skuld".to_owned(), Fact::YesNo(true));
    case.answers.insert("bilaga".to_owned(), Answer::Attachment(Attachment::Later));
    case.answers.insert("val".to_owned(), Answer::Choices(vec!["a".to_owned(), "b".to_owned()]));
    let evaluated = run(&rules, &case, None);
    assert_eq!(check(&evaluated, "skuld").status, CheckStatus::Fail);
    assert_eq!(check(&evaluated, "kommer").status, CheckStatus::Soft);
    assert_eq!(check(&evaluated, "lista").status, CheckStatus::Ok);
}

fn check_status_or_fault(rules: &RuleSet, case: &Inputs, id: &str) -> String {
    match try_run(rules, case, None, Mode::Plain) {
        Ok(evaluated) => format!("{:?}", check(&evaluated, id).status),
        Err(error) => error.to_string(),
    }
}

#[test]
fn custom_filters_look_at_columns_by_name() {
    let mut build = Attendance::default();
    let girls = build.people(4, Sex::Female, "2014-01-01");
    let short = build.occasion("2026-02-02", 40);
    let long = build.occasion("2026-02-03", 60);
    build.all_at(short, &girls, bifall::domain::attendance::MarkClass::PARTICIPANT);
    build.all_at(long, &girls, bifall::domain::attendance::MarkClass::PARTICIPANT);
    let data = build.build();
    let count = |filter: &str| {
        let script =
            format!(r#"fn calculate(application) {{ let limit = param("p"); input("r", application.attendance.{filter}.count, "st"); }}"#);
        let rules = rules(&script, &parameter("p", "integer", "45"), &texts(&["r", "korta"]));
        match try_run(&rules, &inputs(), Some(&data), Mode::Plain) {
            Ok(evaluated) => row(&evaluated, "r").value.to_string(),
            Err(RuleError::Fault(problem)) => problem.code,
            Err(RuleError::Deadline) => "deadline".to_owned(),
        }
    };
    assert_eq!(count("filter(|minutes, participants| minutes >= 45 && participants == 4)"), "4");
    assert_eq!(count("filter(|minutes| minutes >= limit)"), "4", "what a closure captures is no column");
    assert_eq!(count("filter(|minutes| { limit -= 15; minutes >= limit })"), "8", "each answer begins with the same values");
    assert_eq!(count("filter(|minutes, weekday| { limit += 10; minutes >= limit })"), "4");
    assert_eq!(count(r#"filter("korta", |minutes| minutes < 45)"#), "4");
    assert_eq!(count(r#"filter(|weekday, kind, is_female| weekday == 1 && kind == "training" && is_female)"#), "4");
    assert_eq!(count(r#"filter(|minutes| { row("r", 1, "p"); true })"#), "wrong_hook", "a filter only answers");
}

#[test]
fn without_attendance_there_is_an_account_of_nothing() {
    let evaluated = run(&package(), &approved(), None);
    assert_eq!(evaluated.evaluation.total_ore, Money::ZERO);
    assert!(evaluated.evaluation.account.iter().all(|line| line.marks == 0));
}

#[test]
fn a_decision_can_be_traced_and_replayed() {
    let script = "fn calculate(application) {\n  let a = 7 / 2;\n  let b = a * 2;\n  b = b + 1;\n  amount_row(\"r\", b);\n}";
    let rules = rules(script, "", &texts(&["r"]));
    let traced = evaluate(&rules, inputs(), None, Mode::Traced).expect("it runs");
    let lines: Vec<_> = traced.trace.iter().map(|line| (line.line, line.text.as_str())).collect();
    assert_eq!(lines, [(2, "a = 3,5"), (3, "b = 7"), (4, "b = 8")]);
    let plain = evaluate(&rules, inputs(), None, Mode::Plain).expect("it runs");
    assert!(plain.trace.is_empty());
    let bytes = |evaluated: &Evaluated| bifall::domain::canonical::to_bytes(&evaluated.evaluation).expect("JSON");
    assert_eq!(bytes(&traced), bytes(&plain));
    let stored: bifall::domain::calculation::Evaluation = serde_json::from_slice(&bytes(&plain)).expect("it reads back");
    let again = evaluate(&rules, inputs(), None, Mode::Plain).expect("it runs");
    assert_eq!(stored, again.evaluation, "a replay says the same");
}

#[test]
fn rule_sets_are_shared_between_threads() {
    let rules = package();
    let totals: Vec<Money> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| run(&rules, &approved(), None).evaluation.total_ore)).collect();
        runs.into_iter().map(|run| run.join().expect("no panic")).collect()
    });
    assert_eq!(totals, [Money::ZERO; 4]);
}

proptest! {
    #[test]
    fn the_total_is_the_exact_sum_of_its_rows(quantity in 0_i64..100_000, other in 0_i64..10_000_000, late in 0_u64..60) {
        let script = r#"fn calculate(application) {
            row("r", application.answers.antal, "p");
            amount_row("q", application.answers.kronor);
            late_reduction("f");
            cap("t");
            round_to_krona();
        }"#;
        let parameters = [
            parameter("p", "money", "\"9.89\""),
            parameter("f", "steps", "[{ days = 7, percent = 25 }, { days = 21, percent = 50 }]"),
            parameter("t", "money", "500000"),
        ].concat();
        let rules = rules(script, &parameters, &texts(&["r", "q", "f", "t"]));
        let mut case = inputs();
        case.received = case.due + chrono::Days::new(late);
        case.answers.insert("antal".to_owned(), Answer::Integer(quantity));
        case.answers.insert("kronor".to_owned(), Answer::Money(Money::from_ore(other)));
        let evaluated = run(&rules, &case, None);
        let adds: Decimal = evaluated.evaluation.rows.iter().filter(|row| row.kind.adds()).map(|row| row.value).sum();
        prop_assert_eq!(adds, evaluated.evaluation.total_ore.kronor());
        // The same in whole öre by hand: share left in quarters, then the cap, then half away from zero.
        let left = i128::from(if late == 0 { 4 } else if late <= 7 { 3 } else if late <= 21 { 2 } else { 0 });
        let quarters = (i128::from(quantity) * 989 + i128::from(other)) * left;
        let capped = quarters.min(500_000 * 100 * 4);
        let krona = (capped + 200) / 400;
        prop_assert_eq!(i128::from(evaluated.evaluation.total_ore.ore()), krona * 100);
        prop_assert!(evaluated.evaluation.rows.last().is_some_and(|row| row.kind == RowKind::Total));
    }
}
