//! What the checker says to somebody who writes rules: what is missing, what was meant, and what to write.

use bifall::domain::Problem;
use bifall::domain::problem::Severity;
use bifall::packages::{Files, Surroundings, load_all};

use super::{check, good, with};

const FORM: &str = "forms/prov.toml";
const RULES: &str = "rules/prov/rules.rhai";
const PARAMETERS: &str = "rules/prov/parameters.toml";
const CASES: &str = "rules/prov/cases.toml";

fn problems(files: &Files) -> Vec<Problem> {
    check(files).into_iter().flat_map(|checked| checked.problems).collect()
}

/// The only problem, which speaks both languages.
fn only(files: &Files) -> Problem {
    let mut found = problems(files);
    assert_eq!(found.len(), 1, "{found:#?}");
    let problem = found.remove(0);
    assert!(problem.message.en.is_some() && problem.hint.en.is_some(), "{problem:#?}");
    problem
}

/// A form that asks more, and rules that begin `calculate` with these statements.
fn asking(statements: &str) -> Files {
    let questions = r#"

[[section.field]]
id = "avgift"
type = "money"
label = "Avgift"

[[section.field]]
id = "hyra"
type = "money"
label = "Hyra"
required = true
show_if = "form == 'hyr'"

[[section.field]]
id = "resor"
type = "group"
label = "Resor"

[[section.field.field]]
id = "mil"
type = "integer"
label = "Mil"

[[section.field.field]]
id = "personer"
type = "integer"
label = "Personer"
required = true
"#;
    // What steers nothing else is looked at here, so that only the statements can be at fault.
    let rest = "for r in application.answers.resor { let m = r.mil; }
    let rest = [application.answers.avgift, application.answers.hyra, application.answers.form];\n";
    let mut files = with(RULES, "    row(\"per_styck\"", &format!("{rest}    {statements}\n    row(\"per_styck\""));
    let texts = "rules/prov/texts.toml";
    let more = "\n[avdrag]\ntext = \"Avdrag\"\nmotivation = \"Det dras av.\"\nparagraph = \"§ 7\"\n";
    if statements.contains("avdrag") {
        let text = format!("{}{more}", files.text(texts).expect("the texts"));
        files.0.insert(texts.to_owned(), text.into_bytes());
    }
    let form = format!("{}{questions}", files.text(FORM).expect("the form"));
    files.0.insert(FORM.to_owned(), form.into_bytes());
    files
}

fn codes(files: &Files) -> Vec<String> {
    problems(files).into_iter().map(|problem| problem.code).collect()
}

#[test]
fn rules_without_a_form_are_told_which_form_to_write() {
    let mut files = good();
    files.0.remove(FORM);
    let problem = only(&files);
    assert_eq!((problem.code.as_str(), problem.place.file.as_str()), ("missing_form", FORM));
    assert!(problem.hint.sv.contains("forms/prov.toml") && problem.hint.sv.contains("id = \"prov\""), "{}", problem.hint.sv);
    assert!(!problem.hint.sv.contains("Ta bort"), "{}", problem.hint.sv);
}

#[test]
fn rules_in_a_folder_with_a_misspelt_name_are_told_of_the_form_next_to_them() {
    let mut files = good();
    let script = files.0[RULES].clone();
    files.0.insert("rules/prow/rules.rhai".to_owned(), script);
    let problem = only(&files);
    assert_eq!(problem.place.file, "forms/prow.toml");
    assert!(problem.hint.sv.contains("forms/prow.toml") && problem.hint.sv.contains("forms/prov.toml"), "{}", problem.hint.sv);
}

#[test]
fn a_misspelt_field_of_a_group_is_found_however_the_group_is_gone_through() {
    for statements in [
        "for resa in application.answers.resor { let n = resa.persner; }",
        "let alla = application.answers.resor.map(|resa| resa.persner);",
        "let stora = application.answers.resor.filter(|resa| resa.personer > 8).map(|resa| resa.persner);",
        "let nagon = application.answers.resor.some(|resa| resa.persner > 8);",
        "let alla = application.answers.resor.reduce(|summa, resa| summa + resa.persner, 0);",
        "let resor = application.answers.resor; for resa in resor { let n = resa.persner; }",
        "let forsta = application.answers.resor[0]; let n = forsta.persner;",
        "let n = application.answers.resor[0].persner;",
        "let n = application.answers[\"resor\"][0][\"persner\"];",
        "for resa in application.answers.resor { let a = antal(resa); } } fn antal(resa) { resa.persner } fn mer(application) { mer(application);",
    ] {
        let problems = problems(&asking(statements));
        let problem = problems.iter().find(|problem| problem.code == "unknown_answer");
        let problem = problem.unwrap_or_else(|| panic!("{statements}: {problems:#?}"));
        assert!(problem.is_error() && problem.place.file == RULES && problem.place.line >= 11, "{problem:#?}");
        assert!(problem.message.sv.contains("”resor”") && problem.message.sv.contains("”persner”"), "{}", problem.message.sv);
        assert_eq!(problem.hint.sv, "Menade du ”personer”?", "{statements}");
    }
    let fine = [
        "for resa in application.answers.resor { let n = resa.personer; }",
        "let alla = application.answers.resor.map(|resa| resa.personer);",
        "let n = count(application.answers.resor.filter(|resa| resa.personer > 8));",
        "let tabell = #{ persner: 1 }; let n = tabell.persner;",
    ];
    for statements in fine {
        assert_eq!(codes(&asking(statements)), Vec::<String>::new(), "{statements}");
    }
}

#[test]
fn a_condition_on_what_may_be_unanswered_is_warned_of_before_any_case() {
    for (statements, field, written) in [
        ("if application.answers.avgift > 100 { let x = 1; }", "avgift", "application.answers.avgift"),
        ("if application.answers.avgift * 2 + 1 > 100 { let x = 1; }", "avgift", "application.answers.avgift"),
        ("let dubbelt = application.answers.avgift * 2; if dubbelt > 100 { let x = 1; }", "avgift", "application.answers.avgift"),
        ("for resa in application.answers.resor { if resa.mil > 100 { let x = 1; } }", "mil", "resa.mil"),
        ("let n = 0; for resa in application.answers.resor { n += resa.mil; } if n > 100 { let x = 1; }", "mil", "resa.mil"),
        ("for resa in application.answers.resor { if yes(true) && resa.mil > 100 { let x = 1; } }", "mil", "resa.mil"),
        ("for resa in application.answers.resor { if resa.mil > 100 || answered(resa.mil) { let x = 1; } }", "mil", "resa.mil"),
        ("for resa in application.answers.resor { if answered(resa.personer) && resa.mil > 1 { let x = 1; } }", "mil", "resa.mil"),
        ("let langa = application.answers.resor.filter(|resa| resa.mil > 100);", "mil", "resa.mil"),
        ("if count(application.answers.resor) > 3 { let x = 1; }", "resor", "application.answers.resor"),
        ("if application.answers.hyra > 100 { let x = 1; }", "hyra", "application.answers.hyra"),
        // Comparing with nothing is no way to ask: what is unknown stays so.
        ("if application.answers.avgift != () { let x = 1; }", "avgift", "application.answers.avgift"),
    ] {
        let problem = only(&asking(statements));
        assert_eq!((problem.code.as_str(), problem.severity), ("may_be_unanswered", Severity::Warning), "{statements}");
        assert!(problem.message.sv.contains(&format!("”{field}”")), "{}", problem.message.sv);
        assert!(problem.hint.sv.contains(&format!("answered({written})")), "{statements}: {}", problem.hint.sv);
        assert_eq!((problem.place.file.as_str(), problem.place.line), (RULES, 11), "{statements}: {problem:#?}");
    }
}

#[test]
fn no_warning_where_the_answer_is_required_asked_for_first_or_may_well_be_unknown() {
    for statements in [
        "if application.answers.antal > 100 { let x = 1; }",
        "for resa in application.answers.resor { if resa.personer > 8 { let x = 1; } }",
        "if answered(application.answers.avgift) && application.answers.avgift > 100 { let x = 1; }",
        "if answered(application.answers.avgift) { if application.answers.avgift > 100 { let x = 1; } }",
        "if !answered(application.answers.avgift) || application.answers.avgift > 100 { let x = 1; }",
        "if !answered(application.answers.avgift) { let x = 1; } else if application.answers.avgift > 100 { let x = 1; }",
        "for resa in application.answers.resor { if !answered(resa.mil) { continue; } if resa.mil > 100 { let x = 1; } }",
        "let avgift = if answered(application.answers.avgift) { application.answers.avgift } else { 0 }; if avgift > 1 { let x = 1; }",
        "let avgift = application.answers.avgift; if !answered(avgift) { avgift = 0; } if avgift > 1 { let x = 1; }",
        "let finns = answered(application.answers.avgift); if finns && application.answers.avgift > 1 { let x = 1; }",
        "let langa = application.answers.resor.filter(|resa| answered(resa.mil) && resa.mil > 100);",
        "if answered(application.answers.form) && application.answers.form == \"hyr\" && application.answers.hyra > 1 { let x = 1; }",
        // A row or a check of what is unknown goes to an officer, which is what it should do.
        "warn_if(\"har_skuld\", application.answers.avgift > 100);",
        "deduct(\"avdrag\", application.answers.avgift * 2);",
        "if yes(application.answers.avgift) { let x = 1; }",
    ] {
        let found = problems(&asking(statements));
        assert!(!found.iter().any(|problem| problem.is_error() || problem.code == "may_be_unanswered"), "{statements}: {found:#?}");
    }
}

#[test]
fn a_warning_of_what_may_be_unanswered_is_accepted_in_words() {
    let said = "// ok may_be_unanswered: fältet visas bara för dem som svarar\n    if application.answers.avgift > 100 { let x = 1; }";
    assert_eq!(codes(&asking(said)), Vec::<String>::new());
}

#[test]
fn allowed_words_are_listed_once() {
    let problem = |files: &Files| problems(files).into_iter().find(|problem| problem.code == "unknown_word").expect("unknown_word");
    let far = problem(&with(PARAMETERS, "type = \"integer\"", "type = \"heltal\""));
    for hint in [far.hint.sv, far.hint.en.expect("English")] {
        assert_eq!(hint.matches("integer").count(), 1, "{hint}");
    }
    let near = problem(&with(PARAMETERS, "type = \"integer\"", "type = \"interger\""));
    assert_eq!(
        near.hint.sv,
        "Menade du ”integer”? Tillåtna ord: integer, decimal, percent, money, date, range, list, steps, table, bands."
    );
}

#[test]
fn a_table_that_is_none_is_shown_one_of_its_own_kind() {
    let hint = |files: &Files| {
        let problem = problems(files).into_iter().find(|problem| problem.code == "wrong_type").expect("wrong_type");
        assert!(problem.hint.en.is_some());
        problem.hint.sv
    };
    let tables =
        |written: &str| hint(&with(CASES, "facts = { skuld = false }", &format!("facts = {{ skuld = false }}\ntables = {written}")));
    assert!(tables("5").contains("{ lokaler = { \"8020010001\" = 1500 } }"), "{}", tables("5"));
    assert!(tables("{ lokaler = 1500 }").contains("{ \"8020010001\" = 1500 }"));
    let parameter = with(PARAMETERS, "type = \"money\"\nunit = \"kr\"", "type = \"table\"\nunit = \"kr\"");
    assert!(hint(&parameter).contains("{ ungdom = 200000, pensionar = \"100000.50\" }"), "{}", hint(&parameter));
    let declared = with(FORM, "signed_by", "table = \"lokaler\"\nsigned_by");
    assert!(hint(&declared).contains("[[table]]"), "{}", hint(&declared));
    let single = with(FORM, "[[fact]]", "[fact]");
    assert!(hint(&single).contains("[[fact]]"), "{}", hint(&single));
}

#[test]
fn a_delegates_limit_that_is_no_parameter_is_told_where_to_write_it() {
    let find = |files: &Files| {
        let found = problems(files);
        found.iter().find(|problem| problem.place.file == FORM && problem.code == "unknown_parameter").cloned().expect("the problem")
    };
    let problem = find(&with(FORM, "delegation_limit = \"tak\"", "delegation_limit = \"delegationsgrans\""));
    assert!(problem.message.sv.contains("delegation_limit"), "{}", problem.message.sv);
    for words in ["[delegationsgrans]", "type = \"money\"", "rules/prov/parameters.toml", "Ta bort raden"] {
        assert!(problem.hint.sv.contains(words), "{words}: {}", problem.hint.sv);
    }
    let misspelt = find(&with(FORM, "delegation_limit = \"tak\"", "delegation_limit = \"takk\""));
    assert!(misspelt.hint.sv.starts_with("Menade du ”tak”?"), "{}", misspelt.hint.sv);
    let number = find(&with(FORM, "delegation_limit = \"tak\"", "delegation_limit = \"minst\""));
    assert!(number.hint.sv.starts_with("Ändra [minst]"), "{}", number.hint.sv);
}

#[test]
fn a_parameter_that_only_the_form_names_is_used() {
    let mut files = with(FORM, "delegation_limit = \"tak\"", "delegation_limit = \"delegationsgrans\"");
    let more =
        "\n[delegationsgrans]\ntype = \"money\"\nunit = \"kr\"\nparagraph = \"§ 5\"\nvalues = [{ from = 2026-01-01, value = 50000 }]\n";
    let parameters = format!("{}{more}", files.text(PARAMETERS).expect("the parameters"));
    files.0.insert(PARAMETERS.to_owned(), parameters.into_bytes());
    assert_eq!(codes(&files), Vec::<String>::new());
}

#[test]
fn a_file_without_cases_is_as_good_as_none() {
    for text in ["", "# inga än\n"] {
        let mut files = good();
        files.0.insert(CASES.to_owned(), text.as_bytes().to_vec());
        let problem = only(&files);
        assert_eq!((problem.code.as_str(), problem.severity), ("no_cases", Severity::Warning));
        assert!(problem.hint.sv.contains("minst 5 fall") && problem.hint.sv.contains(CASES), "{}", problem.hint.sv);
    }
    // A case that cannot be read has its own fault, and no further word that there is none.
    let unread = codes(&with(CASES, "received = 2026-08-01", "received = \"i tid\""));
    assert_eq!(unread, ["wrong_type"]);
}

#[test]
fn a_case_that_expects_nothing_is_no_case() {
    let text = good().text(CASES).unwrap().to_owned();
    let (start, rest) = text.split_once("[case.expect]").unwrap();
    let mut files = good();
    files.0.insert(CASES.to_owned(), format!("{start}{}", &rest[rest.find("\n\n").unwrap_or(rest.len())..]).into_bytes());
    let found = only(&files);
    assert_eq!((found.code.as_str(), found.severity, found.place.file.as_str()), ("nothing_expected", Severity::Warning, CASES));
    assert!(found.hint.sv.contains("[case.expect]"), "{found:#?}");
}

#[test]
fn a_file_that_nothing_reads_is_told_of() {
    for (path, meant) in [
        ("rules/prov/parametrar.toml", Some("parameters.toml")),
        ("rules/prov/text.toml", Some("texts.toml")),
        ("letters/prov/hittepa.txt", None),
    ] {
        let mut files = good();
        files.0.insert(path.to_owned(), Vec::new());
        let found = only(&files);
        assert_eq!((found.code.as_str(), found.severity, found.place.file.as_str()), ("unread_file", Severity::Warning, path));
        assert!(meant.is_none_or(|meant| found.hint.sv.contains(meant)), "{found:#?}");
    }
}

#[test]
fn every_shipped_grant_is_free_of_these_warnings() {
    let around = Surroundings::built_in();
    let found: Vec<Problem> = load_all(&Files::built_in(), &around).into_iter().flat_map(|checked| checked.problems).collect();
    assert_eq!(found, []);
}

#[test]
fn the_guide_tells_of_each_new_warning() {
    let guide = include_str!("../../../docs/RULES.md");
    for code in ["may_be_unanswered", "no_cases", "unused_parameter", "missing_form", "nothing_expected", "unread_file"] {
        assert!(guide.contains(code), "{code}");
    }
}
