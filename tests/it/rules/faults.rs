//! What is wrong, where it is, and what to do about it.

use bifall::domain::Problem;
use bifall::domain::problem::Severity;
use bifall::rules::compile;

use super::support::sources;

const PARAMETERS: &str = r#"
[belopp]
type = "money"
unit = "kr"
paragraph = "§ 4"
values = [{ from = 2026-01-01, value = "9.89" }]
[alder]
type = "range"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = [7, 25] }]
[antal]
type = "integer"
paragraph = "§ 2"
values = [{ from = 2026-01-01, value = 3 }]
"#;

const TEXTS: &str = r#"
[rad]
text = "{quantity} à {rate}"
[krav]
text = "krav"
"#;

fn problems(script: &str) -> Vec<Problem> {
    compile(&sources(script, PARAMETERS, TEXTS)).1
}

fn found<'p>(problems: &'p [Problem], code: &str) -> &'p Problem {
    let problem = problems.iter().find(|problem| problem.code == code).unwrap_or_else(|| panic!("no {code}: {problems:#?}"));
    assert!(!problem.message.sv.is_empty() && problem.message.en.is_some(), "{code} in both languages");
    assert!(!problem.hint.sv.is_empty() && problem.hint.en.is_some(), "{code} says what to do");
    problem
}

/// A script on a line of its own inside `calculate`, and where its fault is.
fn at(line: &str, code: &str, column: usize) -> Problem {
    let all = problems(&format!("fn calculate(application) {{\n{line}\n}}"));
    let problem = found(&all, code).clone();
    assert_eq!((problem.place.line, problem.place.column), (2, column), "{code} in {line}: {problem:#?}");
    assert_eq!(problem.place.file, "rules.rhai");
    problem
}

#[test]
fn a_misspelt_parameter_gets_its_nearest() {
    let problem = at(r#"row("rad", 1, "belop");"#, "unknown_parameter", 15);
    assert!(problem.hint.sv.contains("”belopp”"), "{}", problem.hint.sv);
}

#[test]
fn a_misspelt_text_gets_its_nearest() {
    let problem = at(r#"row("rada", 1, "belopp");"#, "missing_text", 5);
    assert!(problem.hint.sv.contains("”rad”"), "{}", problem.hint.sv);
}

#[test]
fn a_row_without_text_is_told_to_write_one() {
    let problem = at(r#"row("nagot_helt_annat", 1, "belopp");"#, "missing_text", 5);
    assert!(problem.hint.sv.contains("texts.toml"), "{}", problem.hint.sv);
}

#[test]
fn a_number_where_a_parameter_belongs() {
    at(r#"row("rad", 1, 9.89);"#, "number_for_parameter", 15);
    at("cap(40000);", "number_for_parameter", 5);
}

#[test]
fn a_name_that_is_put_together_cannot_be_checked() {
    at(r#"row("rad", 1, "bel" + "opp");"#, "name_expected", 15);
    at(r#"let n = "rad"; row(n, 1, "belopp");"#, "name_expected", 20);
    at(r#"let n = "x"; fact(n);"#, "name_expected", 19);
}

#[test]
fn a_parameter_of_the_wrong_type() {
    let problem = at(r#"cap("alder");"#, "wrong_parameter_type", 5);
    assert!(problem.hint.sv.contains("money"), "{}", problem.hint.sv);
    at(r#"application.attendance.min_minutes("belopp");"#, "wrong_parameter_type", 36);
}

#[test]
fn a_misspelt_operation_gets_its_nearest() {
    let problem = at(r#"rowe("rad", 1, "belopp");"#, "unknown_function", 1);
    assert!(problem.hint.sv.contains("”row”"), "{}", problem.hint.sv);
    let problem = at(r#"application.attendance.min_minuter("antal");"#, "unknown_function", 24);
    assert!(problem.hint.sv.contains("min_minutes"), "{}", problem.hint.sv);
}

#[test]
fn the_wrong_number_of_arguments() {
    at(r#"row("rad", 1);"#, "wrong_arguments", 1);
    at(r#"application.attendance.min_minutes();"#, "wrong_arguments", 24);
}

#[test]
fn swedish_letters_in_names_get_their_own_message() {
    let problem = at("let ålder = 1;", "non_ascii_name", 5);
    assert!(problem.hint.sv.contains("alder i stället för ålder"), "{}", problem.hint.sv);
}

#[test]
fn reserved_words() {
    let all = problems("fn validate(case) { }");
    assert!(found(&all, "reserved_word").hint.sv.contains("application"));
    let all = problems("fn validate(is) { }");
    found(&all, "reserved_word");
    at("try { } catch { }", "reserved_word", 1);
    at(r#"throw "nej";"#, "reserved_word", 1);
}

#[test]
fn unfinished_lines() {
    let all = problems("fn calculate(application) {\nlet a =\n}");
    assert_eq!(found(&all, "unexpected_token").place.line, 3);
    at(r#"let a = "halv;"#, "open_text", 9);
    let all = problems("fn calculate(application) { if true { }");
    found(&all, if all[0].code == "unexpected_end" { "unexpected_end" } else { "missing_token" });
}

#[test]
fn an_unknown_variable() {
    at("let a = summa;", "unknown_variable", 9);
}

#[test]
fn a_statement_outside_functions() {
    let all = problems("let x = 1;\nfn calculate(application) { }");
    assert_eq!(found(&all, "global_statement").place.line, 1);
}

#[test]
fn a_misspelt_hook_and_one_with_wrong_arguments() {
    let all = problems("// fn berakna\n  fn calcuate(application) { }");
    let problem = found(&all, "unknown_hook");
    assert_eq!((problem.place.line, problem.place.column), (2, 3));
    assert!(problem.hint.sv.contains("”calculate”"));
    let all = problems("fn calculate(application, mer) { }");
    found(&all, "wrong_hook_arguments");
    let all = problems("fn calculate(application) { } fn row(x) { }");
    found(&all, "name_taken");
    let all = problems("fn calculate(application) { validate(application); } fn validate(application) { }");
    found(&all, "unknown_function");
}

#[test]
fn best_paid_must_know_the_rates() {
    at(r#"application.attendance.at_most("antal", "best_paid");"#, "best_paid_without_rates", 24);
    let fine = problems(
        r#"fn calculate(application) {
            let a = application.attendance.rates(#{ female: "belopp" }).at_most("antal", "best_paid");
        }"#,
    );
    assert!(fine.iter().all(|problem| problem.code != "best_paid_without_rates"), "{fine:#?}");
    at(r#"application.attendance.at_most("antal", "bast");"#, "unknown_word", 41);
    at(r#"application.attendance.rates(#{ girls: "belopp" });"#, "unknown_group", 40);
}

#[test]
fn at_least_before_filters_of_persons_is_warned_of() {
    let problem = at(r#"application.attendance.at_least("antal").eligible("alder");"#, "at_least_too_early", 24);
    assert_eq!(problem.severity, Severity::Warning);
    let fine =
        problems(r#"fn calculate(application) { application.attendance.eligible("alder").at_least("antal").at_most("antal", "first"); }"#);
    assert!(fine.iter().all(|problem| problem.code != "at_least_too_early"), "{fine:#?}");
}

#[test]
fn answers_are_named_in_one_piece() {
    at("let a = application.answers; let b = a.x;", "answer_without_name", 21);
    at(r#"let n = "x"; let b = application.answers[n];"#, "answer_without_name", 34);
    let problem = at("if application.answers.ja { }", "bare_answer", 16);
    assert_eq!(problem.severity, Severity::Warning);
}

#[test]
fn columns_of_filters_are_a_closed_list() {
    let problem = at("let a = application.attendance.filter(|minuter| minuter > 45);", "unknown_column", 32);
    assert!(problem.hint.sv.contains("minutes"), "{}", problem.hint.sv);
    let fine = problems(
        r#"fn calculate(application) {
            let n = param("antal");
            let a = application.attendance.filter(|minutes, age| minutes > n && age > 6);
            let l = application.answers.lista.filter(|post| post > 1);
        }"#,
    );
    assert!(fine.iter().all(|problem| !problem.is_error()), "{fine:#?}");
}

#[test]
fn what_is_not_used_is_warned_of() {
    let all = problems("fn calculate(application) { }");
    assert_eq!(found(&all, "unused_parameter").severity, Severity::Warning);
    assert_eq!(found(&all, "unused_text").place.file, "texts.toml");
}

#[test]
fn an_unused_parameter_whose_number_stands_in_the_script_is_told_where() {
    let hint = |statement: &str, parameter: &str| {
        let script = format!("fn calculate(application) {{\n    let n = 2;\n    {statement}\n}}");
        let (_, all) = compile(&sources(&script, parameter, ""));
        found(&all, "unused_parameter").hint.clone()
    };
    let of = |kind: &str, value: &str| {
        format!("[gransen]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2026-01-01, value = {value} }}]")
    };
    for (statement, kind, value, number) in [
        ("let x = n > 45;", "integer", "45", "45"),
        ("let x = n * 9.89;", "money", "\"9.890\"", "9.89"),
        ("let x = n * 0.65;", "percent", "65", "0.65"),
        ("let x = n * 65 / 100;", "percent", "65", "65"),
        ("let x = [1, 45];", "integer", "45", "45"),
    ] {
        let hint = hint(statement, &of(kind, value));
        let words = format!("Talet {number} står utskrivet på rad 3 i rules.rhai.");
        assert!(hint.sv.contains(&words) && hint.sv.contains("param(\"gransen\")"), "{statement}: {}", hint.sv);
        assert!(hint.en.is_some_and(|hint| hint.contains("line 3")), "{statement}");
    }
    for (statement, kind, value) in
        [("let x = n > 44;", "integer", "45"), ("let x = 0;", "integer", "0"), ("let x = 7;", "range", "[7, 25]")]
    {
        assert!(!hint(statement, &of(kind, value)).sv.contains("utskrivet"), "{statement}");
    }
}

#[test]
fn a_place_in_a_text_that_its_operation_cannot_fill() {
    let (_, all) = compile(&sources(r#"fn validate(application) { require("krav", true); }"#, "", "[krav]\ntext = \"minst {limit}\""));
    let problem = found(&all, "placeholder_without_figure");
    assert_eq!((problem.place.file.as_str(), problem.place.line), ("texts.toml", 1));
}

#[test]
fn faults_in_texts() {
    for (text, code) in [
        ("[a]\ntext = \"{varde}\"", "unknown_placeholder"),
        ("[a]\ntext = \"{value\"", "open_placeholder"),
        ("[a]\ntext = \"value}\"", "open_placeholder"),
        ("[a]\nmotivation = \"x\"", "missing_key"),
        ("[a]\ntext = \"x\"\ntxet = \"y\"", "unknown_key"),
        ("[\"Ä\"]\ntext = \"x\"", "bad_id"),
        ("[a\ntext", "toml_syntax"),
    ] {
        let (rules, all) = compile(&sources("", "", text));
        assert!(rules.is_none(), "{text}");
        assert!(found(&all, code).place.line > 0, "{text}");
    }
}

#[test]
fn what_a_script_names_is_known_with_places() {
    let script = r#"fn eligible(org) { require_approved("krav"); }
fn calculate(application) {
    let a = application.answers.ort;
    let b = application.answers["kostnad"];
    let c = fact("skuld");
    let d = table("lokaler").get(application.org.number);
    let e = granted("annat", "previous");
    let f = application.attendance.aged("alder");
    row("rad", f, "belopp");
    if approved("gk") { cap("rad"); }
}
fn route(application) { to("namnd"); }"#;
    let parameters = format!("{PARAMETERS}\n[rad]\ntype = \"money\"\nparagraph = \"§ 9\"\nvalues = [{{ from = 2026-01-01, value = 5 }}]");
    let (rules, all) = compile(&sources(script, &parameters, "[rad]\ntext = \"x\"\n[krav]\ntext = \"krav\""));
    let rules = rules.unwrap_or_else(|| panic!("{all:#?}"));
    let reads = rules.reads();
    let names = |list: &[bifall::text::definition::Located<String>]| list.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    assert_eq!(names(&reads.answers), ["ort", "kostnad"]);
    assert_eq!((reads.answers[0].place.line, reads.answers[0].place.column), (3, 33));
    assert_eq!(names(&reads.facts), ["skuld"]);
    assert_eq!(names(&reads.tables), ["lokaler"]);
    assert_eq!(names(&reads.grants), ["annat"]);
    assert_eq!(names(&reads.approvals), ["krav", "gk"]);
    assert_eq!(names(&reads.parameters), ["alder", "belopp", "rad"]);
    assert_eq!(names(&reads.rows), ["rad", "rad"]);
    assert_eq!(names(&reads.checks), ["krav"]);
    assert_eq!(names(&reads.routes), ["namnd"]);
    assert!(reads.attendance);
    assert_eq!(reads.hooks.iter().map(|hook| hook.value.name()).collect::<Vec<_>>(), ["eligible", "calculate", "route"]);
}

#[test]
fn everything_a_rule_may_call_stands_in_the_guide() {
    let guide = include_str!("../../../docs/RULES.md");
    // The language itself uses these for closures; nobody writes them.
    let inner = ["call", "curry"];
    let missing: Vec<_> =
        bifall::rules::operation_names().filter(|name| !inner.contains(name)).filter(|name| !guide.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
