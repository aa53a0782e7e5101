//! The commands as scripts meet them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::{good, with};

fn bifall(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bifall")).args(arguments).output().expect("the program runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn write(dir: &Path, files: &bifall::packages::Files) {
    for (path, bytes) in &files.0 {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, bytes).expect("the file");
    }
}

fn check(files: &bifall::packages::Files) -> (Option<i32>, Value) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), files);
    let output = bifall(&["check", &dir.path().display().to_string(), "--json"]);
    (output.status.code(), json(&output))
}

#[test]
fn check_answers_in_the_stable_form() {
    let (code, answer) = check(&good());
    assert_eq!(code, Some(0));
    let expected = serde_json::json!({ "packages": [{ "id": "prov", "ok": true, "problems": [], "cases": { "passed": 1, "failed": 0 } }] });
    assert_eq!(answer, expected);

    let (code, answer) = check(&with("rules/prov/rules.rhai", "answers.antal, \"minst\"", "answers.antl, \"minst\""));
    assert_eq!(code, Some(1));
    let package = &answer["packages"][0];
    assert_eq!(package["ok"], false);
    let problem = &package["problems"][0];
    assert_eq!((&problem["file"], &problem["line"], &problem["column"]), (&"rules/prov/rules.rhai".into(), &5.into(), &52.into()));
    assert_eq!(problem["code"], "unknown_answer");
    assert!(problem["hint"].as_str().is_some_and(|hint| hint.contains("antal")));

    let (code, answer) = check(&with("rules/prov/cases.toml", "42.00", "43.00"));
    assert_eq!(code, Some(1));
    assert_eq!(answer["packages"][0]["cases"], serde_json::json!({ "passed": 0, "failed": 1 }));
}

#[test]
fn check_speaks_swedish_with_places() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &with("forms/prov.toml", "kind = \"general\"", "kind = \"generel\""));
    let output = bifall(&["check", &dir.path().display().to_string()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("forms/prov.toml:3:8: fel: ”generel” är inget av de ord som går att välja."), "{text}");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(bifall(&["check", "/finns/inte"]).status.code(), Some(2));
}

#[test]
fn check_says_that_nothing_was_tried_where_there_are_no_cases_or_they_could_not_be_run() {
    let said = |files: &bifall::packages::Files| {
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), files);
        let output = bifall(&["check", &dir.path().display().to_string()]);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().last().expect("a verdict").to_owned()
    };
    assert_eq!(said(&good()), "prov: i ordning, testfall 1 av 1 gröna");
    let mut none = good();
    none.0.insert("rules/prov/cases.toml".to_owned(), Vec::new());
    assert_eq!(said(&none), "prov: i ordning, men inget är prövat: det finns inga testfall, skriv minst 5");
    let wrong = with("forms/prov.toml", "kind = \"general\"", "kind = \"generel\"");
    assert_eq!(said(&wrong), "prov: inte i ordning, testfallen är inte prövade: rätta felen först");
}

/// What `evaluate` says last of the case, when one line of it is changed.
fn outcome(files: &bifall::packages::Files) -> (String, Value) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), files);
    let (package, case) = (dir.path().display().to_string(), dir.path().join("rules/prov/cases.toml").display().to_string());
    let output = bifall(&["evaluate", &package, "--case", &case]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    (text.lines().last().expect("an outcome").to_owned(), json(&bifall(&["evaluate", &package, "--case", &case, "--json"])))
}

#[test]
fn evaluate_says_what_the_case_comes_to_in_plain_words() {
    const CASES: &str = "rules/prov/cases.toml";
    let (text, answer) = outcome(&good());
    assert_eq!((text.trim(), answer.get("dismissed")), ("42.00 kr  att få", None));

    let (text, _) = outcome(&with(CASES, "antal = 4, ", ""));
    assert!(text.starts_with("Beloppet är inte känt: ett svar, en uppgift eller en fördelad pott saknas för ”"), "{text}");
    assert!(!text.contains(" kr"), "{text}");

    let (text, _) = outcome(&with(CASES, "skuld = false", "skuld = true"));
    assert_eq!(text, "Avslag: Föreningen har skulder. Inget beviljas.");

    let mut late = with(
        "rules/prov/rules.rhai",
        "    require(\"har_skuld\"",
        "    dismiss_if(\"har_skuld\", application.received > application.due);\n    require(\"har_skuld\"",
    );
    let cases = late.text(CASES).expect("the cases").replace("2026-08-01", "2026-08-26");
    late.0.insert(CASES.to_owned(), cases.into_bytes());
    let (text, answer) = outcome(&late);
    assert_eq!(text, "Ansökan avvisas och prövas inte i sak: Föreningen har skulder. Inget beviljas.");
    assert_eq!(answer["dismissed"], serde_json::json!(["har_skuld"]));
}

#[test]
fn evaluate_says_that_a_sum_is_only_a_part_of_it() {
    let script = "    row(\"per_styck\", application.answers.antal, \"belopp\");";
    let more = format!("{script}\n    percent_of(\"tillagg\", application.answers.avgift, \"andel\");");
    let mut files = with("rules/prov/rules.rhai", script, &more);
    let mut add = |path: &str, text: &str| {
        let text = format!("{}{text}", files.text(path).expect("the file"));
        files.0.insert(path.to_owned(), text.into_bytes());
    };
    add("rules/prov/parameters.toml", "\n[andel]\ntype = \"percent\"\nparagraph = \"§ 6\"\nvalues = [{ from = 2026-01-01, value = 50 }]\n");
    add("rules/prov/texts.toml", "\n[tillagg]\ntext = \"Halva avgiften\"\n");
    add("forms/prov.toml", "\n[[section.field]]\nid = \"avgift\"\ntype = \"money\"\nlabel = \"Avgift\"\n");
    let (text, _) = outcome(&files);
    assert_eq!(text, "42.00 kr hittills, men allt är inte känt: ett svar, en uppgift eller en fördelad pott saknas för ”Halva avgiften”.");
}

#[test]
fn evaluate_answers_in_the_stable_form() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &good());
    let package = dir.path().display().to_string();
    let case = dir.path().join("rules/prov/cases.toml").display().to_string();
    let answer = json(&bifall(&["evaluate", &package, "--case", &case, "--json"]));
    let keys: Vec<&String> = answer.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["account", "checks", "input_hash", "rows", "total_ore", "version_hash"]);
    assert_eq!(answer["total_ore"], 4200);
    assert_eq!(answer["rows"][0]["id"], "per_styck");
    assert_eq!(answer["version_hash"].as_str().map(str::len), Some(64));
    let again = json(&bifall(&["evaluate", &package, "--case", &case, "--json"]));
    assert_eq!(answer, again);
}

#[test]
fn a_case_is_found_in_a_file_that_has_rounds_too() {
    let package = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grants/gotene-aktivitetsbidrag");
    let case = format!("{package}/rules/gotene-aktivitetsbidrag/cases.toml");
    let output = bifall(&["evaluate", package, "--case", &case, "--id", "fore_fordelningen", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let unknown = |check: &Value| check["status"] == "unknown";
    assert!(json(&output)["checks"].as_array().expect("checks").iter().any(unknown), "the pot is not shared yet");
    let round = bifall(&["evaluate", package, "--case", &case, "--id", "tre_foreningar"]);
    assert_eq!(round.status.code(), Some(2), "a round is no case");
    assert!(String::from_utf8_lossy(&round.stderr).contains("--id"), "{}", String::from_utf8_lossy(&round.stderr));
}

#[test]
fn a_built_in_grant_type_takes_attendance_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let case = dir.path().join("fall.toml");
    let text = "id = \"a\"\nperiod = \"2026-H1\"\nreceived = 2026-08-01\norg = { number = \"8029999904\" }\nanswers = { ny_lokal = false }\napprovals = { \"godkand-forening\" = [2026-01-01, 2026-12-31] }\n";
    std::fs::write(&case, text).expect("the case");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/attendance/dak22_skojjt-v1_small.xml");
    let output = bifall(&["evaluate", "aktivitetsstod", "--case", &case.display().to_string(), "--attendance", file, "--json"]);
    assert_eq!(json(&output)["total_ore"], 205_000, "{}", String::from_utf8_lossy(&output.stderr));
    let unknown = bifall(&["evaluate", "aktivitetsstd", "--case", &case.display().to_string()]);
    assert_eq!(unknown.status.code(), Some(2));
}
