//! The tour that a newcomer runs (docs/tour.sh), held against a calculation that shares nothing with the product.

mod commands;
mod tampered;

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::program::{Program, reckoned, said};
use crate::support::{TestTenant, on_both};

const ASSOCIATIONS: [&str; 4] = ["802999-9904", "802999-9912", "802999-9920", "802999-9938"];

/// The account's lines in the order of the rules' filters: what the product calls them and what the independent
/// calculation calls them.
const ACCOUNT: [(&str, &str); 11] = [
    ("imported", "imported"),
    ("absent", "absent"),
    ("min_minutes", "too_short"),
    ("excluded_kinds", "excluded_kind"),
    ("with_leader", "no_leader"),
    ("eligible", "not_eligible"),
    ("without_collisions", "clash"),
    ("once_per_person_and_day", "once_per_person_and_day"),
    ("at_least", "too_few"),
    ("at_most", "too_many"),
    ("paid", "paid"),
];

async fn run(t: TestTenant) {
    let program = Program::of(&t);
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tour.sh"))
        .env("BIFALL", env!("CARGO_BIN_EXE_bifall"))
        .env("BIFALL_DATA", &program.data)
        .env("BIFALL_DATABASE", &program.database)
        .env("TOUR_DIR", folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));

    let file = |number: &str| folder.path().join("files").join(format!("{number}.xml"));
    let cases = program.json(&["cases"]);
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), ASSOCIATIONS.len());
    let mut sum = 0;
    for number in ASSOCIATIONS {
        // The grant's rule for clashes is that none of the registrations counts, whichever association made them; some
        // persons stand in several of the files, so each is reckoned beside the other three.
        let others: Vec<PathBuf> = ASSOCIATIONS.iter().filter(|other| **other != number).map(|other| file(other)).collect();
        let expected = reckoned(&file(number), &others);
        let case = cases.iter().find(|case| case["organisation"] == number.replace('-', "")).unwrap();
        let shown = program.json(&["show", case["number"].as_str().unwrap()]);
        assert_eq!(shown["state"], "closed", "{number}");
        assert_eq!(shown["amount_ore"], expected["total_ore"], "{number}");
        assert_eq!(shown["decisions"][0]["amount_ore"], expected["total_ore"], "{number}");
        assert_eq!(account(&shown), expected_account(&expected), "{number}");
        sum += expected["total_ore"].as_i64().unwrap();
    }
    assert!(sum > 0);

    let payments = folder.path().join("payments").join("UTB-2026-000001.xml");
    let text = std::fs::read_to_string(&payments).unwrap();
    assert_eq!(between(&text, "<CtrlSum>", "</CtrlSum>"), format!("{}.{:02}", sum / 100, sum % 100));
    assert_eq!(between(&text, "<NbOfTxs>", "</NbOfTxs>"), ASSOCIATIONS.len().to_string());
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/schemas/iso20022/pain.001.001.03.sepaxml.xsd");
    let lint = Command::new("xmllint").args(["--noout", "--nonet", "--schema", schema]).arg(&payments).output();
    let lint = lint.expect("xmllint is installed; ./tests/run sees to it");
    assert!(lint.status.success(), "{}", said(&lint));
}

fn account(shown: &Value) -> Vec<(String, i64)> {
    let lines = shown["calculation"]["account"].as_array().unwrap();
    lines.iter().map(|line| (line["id"].as_str().unwrap().to_owned(), line["marks"].as_i64().unwrap())).collect()
}

/// What was cut is negative in the product's account.
fn expected_account(expected: &Value) -> Vec<(String, i64)> {
    let lines = expected["account"].as_array().unwrap();
    ACCOUNT
        .iter()
        .map(|(ours, theirs)| {
            let line = lines.iter().find(|line| line["id"] == *theirs).unwrap_or_else(|| panic!("no line {theirs}"));
            let marks = line["marks"].as_i64().unwrap();
            ((*ours).to_owned(), if matches!(*ours, "imported" | "paid") { marks } else { -marks })
        })
        .collect()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map(|(inner, _)| inner).unwrap_or_default()
}

#[test]
fn the_tour_pays_what_an_independent_calculation_gives() {
    on_both(run);
}
