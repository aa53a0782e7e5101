//! Every way that we could think of in which a script or a parameter is wrong: each has its place, its words and a way out, and
//! none of them stops a service that runs on the last good version.

use bifall::domain::Problem;
use bifall::packages::{Files, run_cases};
use bifall::services::{Actor, packages};

use super::{check, good, with};
use crate::support::on_both;

const SCRIPT: &str = "rules/prov/rules.rhai";
const PARAMETERS: &str = "rules/prov/parameters.toml";

/// What is wrong, what is written instead of `cap("tak");` on line 11, and the place and code it gets.
const IN_SCRIPT: [(&str, &str, &str); 24] = [
    ("a text without its end", "cap(\"tak);", "11:9 open_text"),
    ("quotes of a word processor", "cap(“tak”);", "11:9 non_ascii_name"),
    ("single quotes", "cap('tak');", "11:9 single_quotes"),
    ("a bracket too many", "cap(\"tak\"));", "11:15 missing_token"),
    ("no semicolon", "cap(\"tak\")", "12:5 missing_token"),
    ("a block that is not closed", "if true { cap(\"tak\");", "14:1 missing_token"),
    ("a Swedish letter in a name", "let ålder = 1; cap(\"tak\");", "11:9 non_ascii_name"),
    ("a space that is none", "let a\u{A0}= 1; cap(\"tak\");", "11:10 non_ascii_name"),
    ("a character nobody sees", "let a = 1;\u{200B} cap(\"tak\");", "11:15 non_ascii_name"),
    ("a Cyrillic letter in a parameter's name", "cap(\"t\u{0430}k\");", "11:9 unknown_parameter"),
    ("a Cyrillic letter in an operation", "c\u{0430}p(\"tak\");", "11:6 non_ascii_name"),
    ("one equal sign in a condition", "if 1 = 2 { cap(\"tak\"); }", "11:8 wrong_kind"),
    ("a decimal comma", "let x = 9,89; cap(\"tak\");", "11:14 missing_token"),
    ("a percent sign", "let x = 25%; cap(\"tak\");", "11:16 unexpected_token"),
    ("a name without quotes", "cap(tak);", "11:9 unknown_variable"),
    ("too many values", "cap(\"tak\", \"tak\", \"tak\");", "11:5 wrong_arguments"),
    ("a name that is put together", "cap(`t${1}`);", "11:9 name_expected"),
    ("a parameter of another type", "late_reduction(\"tak\");", "11:20 wrong_parameter_type"),
    ("loading of code", "import \"os\" as os; cap(\"tak\");", "11:5 reserved_word"),
    ("code in a text", "eval(\"1\"); cap(\"tak\");", "11:5 reserved_word"),
    ("a hook that stands twice", "cap(\"tak\"); } fn calculate(application) {", "11:19 defined_twice"),
    ("a comment without its end", "cap(\"tak\"); /* slut", "14:1 missing_token"),
    ("a change of the case", "application.received = 1; cap(\"tak\");", "11:17 read_only"),
    ("a name that is reserved", "let case = 1; cap(\"tak\");", "11:9 reserved_word"),
];

/// The same, for what only a run can tell.
const WHEN_RUN: [(&str, &str, &str); 14] = [
    ("division by zero", "let x = 1 / 0; cap(\"tak\");", "11:15 division_by_zero"),
    ("division by what becomes zero", "let x = 1; let y = x / (x - 1); cap(\"tak\");", "11:26 division_by_zero"),
    ("the rest of a division by zero", "let x = 1; let y = x % (x - 1); cap(\"tak\");", "11:26 division_by_zero"),
    ("a whole number beyond the largest", "let x = 9223372036854775807 + 1; cap(\"tak\");", "11:33 number_too_large"),
    ("a decimal beyond the largest", "let n = 10.5; while n > 0 { n = n * n; } cap(\"tak\");", "11:39 number_too_large"),
    ("functions that call each other without end", "a(); cap(\"tak\"); } fn a() { b(); } fn b() { a();", "8:1 too_deep"),
    ("a loop without end", "loop { } cap(\"tak\");", "8:1 too_much_work"),
    ("a text that doubles without end", "let t = \"x\"; loop { t += t; }", "8:1 too_large"),
    ("a list that doubles without end", "let l = [1]; loop { l += l; }", "8:1 too_large"),
    ("a date held against a number", "if application.received > 10 { cap(\"tak\"); }", "11:29 different_kinds"),
    ("a misspelt property", "if application.recieved > application.due { cap(\"tak\"); }", "11:20 unknown_property"),
    ("an item that is not there", "let x = [1, 2, 3]; let y = x[9]; cap(\"tak\");", "11:34 no_such_item"),
    ("yes or no where a number belongs", "row(\"per_styck\", true, \"belopp\"); cap(\"tak\");", "11:5 number_expected"),
    ("a number below zero where none can be", "row(\"per_styck\", 0 - 5, \"belopp\"); cap(\"tak\");", "11:5 negative_number"),
];

const AMOUNTS: &str = "values = [{ from = 2026-01-01, value = \"10.50\" }, { from = 2026-07-01, value = \"11.00\" }]";
const CAP: &str = "values = [{ from = 2026-01-01, value = \"1000\" }]";
const STEP: &str = "value = [{ days = 7, percent = 25 }]";
const LEAST: &str = "type = \"integer\"\nunit = \"styck\"";

/// What is wrong, what stands there in order, what is written instead, and the place and code it gets.
const IN_PARAMETERS: [(&str, &str, &str, &str); 24] = [
    ("a date in quotes", AMOUNTS, "values = [{ from = \"2026-01-01\", value = \"10.50\" }]", "11:20 wrong_type"),
    ("a date that is none", AMOUNTS, "values = [{ from = 2026-02-30, value = \"10.50\" }]", "11:20 toml_syntax"),
    ("a year for a date", AMOUNTS, "values = [{ from = 2026, value = \"10.50\" }]", "11:20 wrong_type"),
    (
        "dates in the wrong order",
        AMOUNTS,
        "values = [{ from = 2026-07-01, value = \"10.50\" }, { from = 2026-01-01, value = \"11\" }]",
        "11:60 dates_out_of_order",
    ),
    (
        "two values from one day",
        AMOUNTS,
        "values = [{ from = 2026-01-01, value = \"10.50\" }, { from = 2026-01-01, value = \"11\" }]",
        "11:60 duplicate_date",
    ),
    (
        "a value that ends before it begins",
        AMOUNTS,
        "values = [{ from = 2026-01-01, until = 2025-01-01, value = \"10.50\" }]",
        "11:40 ends_before_it_begins",
    ),
    ("no type", "type = \"money\"\nunit = \"kr/styck\"", "unit = \"kr/styck\"", "7:1 missing_key"),
    ("no paragraph", "paragraph = \"§ 2\"\n", "", "7:1 missing_key"),
    ("no value at all", AMOUNTS, "values = []", "11:10 no_values"),
    ("a date without a value", AMOUNTS, "values = [{ from = 2026-01-01 }]", "11:11 missing_key"),
    ("an amount with a comma", AMOUNTS, "values = [{ from = 2026-01-01, value = \"10,50\" }]", "11:40 wrong_type"),
    ("an amount with its unit", AMOUNTS, "values = [{ from = 2026-01-01, value = \"10.50 kr\" }]", "11:40 wrong_type"),
    ("an amount below zero", AMOUNTS, "values = [{ from = 2026-01-01, value = \"-10\" }]", "11:40 negative_amount"),
    ("an amount beyond any budget", CAP, "values = [{ from = 2026-01-01, value = \"1000000000001\" }]", "23:40 amount_too_large"),
    ("no number that is a number", AMOUNTS, "values = [{ from = 2026-01-01, value = nan }]", "11:40 wrong_type"),
    ("steps in the wrong order", STEP, "value = [{ days = 21, percent = 25 }, { days = 7, percent = 50 }]", "17:70 steps_out_of_order"),
    ("more than all of it", STEP, "value = [{ days = 7, percent = 125 }]", "17:63 percent_out_of_range"),
    ("days before the last day", STEP, "value = [{ days = -7, percent = 25 }]", "17:50 bad_limit"),
    ("a step with two limits", STEP, "value = [{ days = 7, to = 9, percent = 25 }]", "17:58 two_limits"),
    ("a span where one number stands", LEAST, "type = \"range\"\nunit = \"styck\"", "5:40 bad_range"),
    ("a parameter that stands twice", "[tak]", "[minst]", "19:2 toml_syntax"),
    ("a Swedish letter in a name", "[tak]", "[tåk]", "19:3 toml_syntax"),
    ("a unit that is a number", "unit = \"kr/styck\"", "unit = 5", "9:8 wrong_type"),
    ("a unit without its end", "unit = \"kr/styck\"", "unit = \"kr/styck", "9:17 toml_syntax"),
];

/// What is too long, too deep or too much to be written out in a table.
fn oversized() -> Vec<(&'static str, Files, &'static str)> {
    let script = |text: String| with(SCRIPT, "cap(\"tak\");", &text);
    let long = "x".repeat(70_000);
    let brackets = |open: &str, close: &str| format!("values = {}{}", open.repeat(500), close.repeat(500));
    vec![
        ("a text of seventy thousand characters", script(format!("let t = \"{long}\"; cap(\"tak\");")), "rules.rhai:11:13 too_large"),
        (
            "brackets in brackets",
            script(format!("let x = {}1{}; cap(\"tak\");", "(".repeat(300), ")".repeat(300))),
            "rules.rhai:11:27 too_deep",
        ),
        ("a unit that fills a page", with(PARAMETERS, "unit = \"kr\"", &format!("unit = \"{long}\"")), "parameters.toml:21:8 too_long"),
        (
            "a paragraph that fills a page",
            with(PARAMETERS, "paragraph = \"§ 4\"", &format!("paragraph = \"{long}\"")),
            "parameters.toml:22:13 too_long",
        ),
        ("lists in lists", with(PARAMETERS, CAP, &brackets("[", "]")), "parameters.toml:23:90 toml_syntax"),
        ("tables in tables", with(PARAMETERS, CAP, &brackets("{a=", "}")), "parameters.toml:23:250 toml_syntax"),
    ]
}

/// Every wrong package with the place and code of its fault, and whether it takes a run to find it.
fn every_wrong_package() -> Vec<(&'static str, Files, String, Found)> {
    let mut all: Vec<(&str, Files, String, Found)> = Vec::new();
    for (list, found) in [(IN_SCRIPT.as_slice(), Found::WhenRead), (WHEN_RUN.as_slice(), Found::WhenRun)] {
        all.extend(list.iter().map(|(what, to, at)| (*what, with(SCRIPT, "cap(\"tak\");", to), format!("rules.rhai:{at}"), found)));
    }
    all.extend(
        IN_PARAMETERS
            .iter()
            .map(|(what, from, to, at)| (*what, with(PARAMETERS, from, to), format!("parameters.toml:{at}"), Found::WhenRead)),
    );
    all.extend(oversized().into_iter().map(|(what, files, at)| (what, files, at.to_owned(), Found::WhenRead)));
    all
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    WhenRead,
    WhenRun,
}

/// As `rules.rhai:11:9 open_text`.
fn at(problem: &Problem) -> String {
    let place = &problem.place;
    format!("{}:{}:{} {}", place.file.trim_start_matches("rules/prov/"), place.line, place.column, problem.code)
}

/// The words of the engine and of the reader below us, which are English and about grammar.
const NOT_OURS: [&str; 9] = ["xpect", "nvalid", "nknown", "getter", "verflow:", "isabled", "xceed", "not bound", "ength"];

#[test]
fn every_wrong_package_is_told_where_why_and_what_to_do_in_plain_swedish() {
    let all = every_wrong_package();
    assert!(all.len() >= 60, "{}", all.len());
    for (what, files, wanted, found) in &all {
        let checked = check(files).remove(0);
        let problems = match (found, &checked.package) {
            (Found::WhenRead, None) => checked.problems,
            (Found::WhenRun, Some(package)) => run_cases(package).into_iter().filter_map(|result| result.fault).collect(),
            (_, package) => panic!("{what}: found {found:?}, a package: {}: {:#?}", package.is_some(), checked.problems),
        };
        let problem = problems.iter().find(|problem| at(problem) == *wanted);
        let problem = problem.unwrap_or_else(|| panic!("{what}: no {wanted} in {:#?}", problems.iter().map(at).collect::<Vec<_>>()));
        assert!(problem.is_error() && problem.message.en.is_some() && problem.hint.en.is_some(), "{what}");
        for words in [&problem.message.sv, &problem.hint.sv] {
            assert!((8..400).contains(&words.chars().count()), "{what}: {words}");
            assert!(!NOT_OURS.iter().any(|word| words.contains(word)), "{what}: {words}");
        }
    }
}

#[test]
fn a_service_goes_on_with_the_last_good_version_whatever_is_imported_after_it() {
    on_both(|t| async move {
        let service = Actor::Service;
        packages::import_builtin(&t.tenant).await.unwrap();
        let first = packages::import(&t.tenant, &service, &good()).await.unwrap();
        assert_eq!(first.new, ["prov"], "{:#?}", first.problems);
        let in_force = async || {
            let mut tx = t.tenant.db.read().await.unwrap();
            let (id, package) = packages::governing(&mut tx, &t.tenant, "prov", "2026-H1").await.unwrap().unwrap();
            (id, package.hash.hex(), run_cases(&package).iter().all(bifall::packages::CaseResult::passed))
        };
        let good = in_force().await;
        assert!(good.2);
        for (what, files, _, found) in every_wrong_package() {
            let imported = packages::import(&t.tenant, &service, &files).await.unwrap();
            match found {
                Found::WhenRead => {
                    assert!(imported.new.is_empty() && imported.problems.iter().any(Problem::is_error), "{what}");
                }
                // What only a run can tell is a new version, which governs no period that another governs.
                Found::WhenRun => assert_eq!(imported.new, ["prov"], "{what}"),
            }
        }
        assert_eq!(in_force().await, good);
        // Read anew from the database, as after a restart.
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = bifall::store::packages::by_id(&mut tx, good.0).await.unwrap();
        let again = check(&Files::from_archive(&row.archive).unwrap()).remove(0).package.unwrap();
        assert_eq!(again.hash.hex(), good.1);
    });
}

#[test]
fn a_fault_that_only_a_case_shows_is_told_by_check_with_its_own_hint() {
    let files = with(SCRIPT, "cap(\"tak\");", "let x = 1 / 0; cap(\"tak\");");
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files.0 {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bifall")).arg("check").arg(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("rules/prov/rules.rhai:11:15: fel: Testfallet ”") && said.contains("Division med noll."), "{said}");
    assert!(said.contains("Använd share(del, helhet)") && said.contains("[division_by_zero]"), "{said}");
}
