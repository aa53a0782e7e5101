//! The commands as people and scripts meet them: help with an example, JSON, exit codes, what to do when it fails.

use std::process::{Command, Output};

use crate::support::program::{Program, said};
use crate::support::{Engine, TestTenant};

fn bifall(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bifall")).args(arguments).output().unwrap()
}

/// The commands that a help text lists.
fn listed(arguments: &[&str]) -> Vec<String> {
    let help = said(&bifall(&[arguments, &["--help"]].concat()));
    let Some((_, list)) = help.split_once("Commands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| !line.is_empty());
    let words = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    words.filter(|word| *word != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_has_help_with_an_example() {
    let commands = listed(&[]);
    assert!(commands.len() >= 20, "{commands:?}");
    for command in &commands {
        let below = listed(&[command]);
        let all: Vec<Vec<&str>> =
            if below.is_empty() { vec![vec![command]] } else { below.iter().map(|sub| vec![command.as_str(), sub]).collect() };
        for path in all {
            let help = said(&bifall(&[&path[..], &["--help"]].concat()));
            assert!(help.contains("Example") || help.contains("Exempel"), "{path:?} has no example:\n{help}");
        }
    }
}

#[test]
fn without_an_instance_a_command_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("nothing").display().to_string();
    let output = bifall(&["verify", "--data", &data]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains(&format!("bifall init --data {data}")), "{}", said(&output));
    assert!(!folder.path().join("nothing").exists(), "a command that only looks made an instance");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_write() {
    let output = bifall(&["cases", "--today", "i morgon"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("skriv en dag som 2026-08-26"), "{}", said(&output));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exit_codes_tell_refused_from_broken() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let program = Program::of(&t);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };

    // A file that is no attendance: refused, and kept with its report.
    let output = program.run(&["import", "--organisation", "802999-9904", &file("fel.xml", "<fel/>"), "--today", "2026-08-20"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    // A file that is not there; an association that is not there.
    assert_eq!(program.run(&["import", "--organisation", "802999-9904", "saknas.xml"]).status.code(), Some(2));
    let unknown = program.run(&["import", "--organisation", "802999-9912", &file("a.xml", "<a/>")]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("bifall organisation add 802999-9912"), "{}", said(&unknown));

    // JSON answers are as good as TOML ones, and what is wrong in them stands at its place.
    let submit = |answers: &str, today: &str| {
        let what = ["--grant", "aktivitetsstod", "--period", "2026-H1", "--signed-by", "Eva", "--key", "k", "--answers", answers];
        program.run(&[&["submit", "--organisation", "802999-9904", "--today", today][..], &what].concat())
    };
    let wrong = submit(&file("fel.json", r#"{ "ny_lokall": false }"#), "2026-08-20");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("fel.json:1:"), "{}", said(&wrong));
    let whole = file("svar.json", r#"{ "narvaro_stammer": true, "ny_lokal": false, "kontonummer": "5012-3454", "intygar": true }"#);
    let early = submit(&whole, "2026-06-30");
    assert_eq!(early.status.code(), Some(1), "{}", said(&early));
    assert!(submit(&whole, "2026-08-20").status.success());
    // The same key again is the same application.
    assert!(submit(&whole, "2026-08-20").status.success());
    assert_eq!(program.json(&["cases"])["cases"].as_array().unwrap().len(), 1);

    // Too early to close, and not for the delegate to do.
    let close = ["close-period", "--grant", "aktivitetsstod", "--period", "2026-H1"];
    assert_eq!(program.run(&[&close[..], &["--as", "dag", "--today", "2026-08-25"]].concat()).status.code(), Some(1));
    assert_eq!(program.run(&[&close[..], &["--as", "anna", "--today", "2026-08-26"]].concat()).status.code(), Some(1));
    assert_eq!(program.run(&[&close[..], &["--as", "ingen", "--today", "2026-08-26"]].concat()).status.code(), Some(2));
    assert!(program.run(&["verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_is_kept_from_the_command_line() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let program = Program::of(&t);
    let run = |arguments: &[&str]| program.run(&[&["organisation"], arguments, &["--today", "2026-08-20 10:00"]].concat());
    let code = |arguments: &[&str]| run(arguments).status.code();

    // One enters, another confirms; who only handles cases may neither.
    assert_eq!(code(&["account", "802999-9904", "5012-3462", "--as", "dag"]), Some(0));
    let own = run(&["confirm-account", "802999-9904", "--as", "dag"]);
    assert_eq!(own.status.code(), Some(1));
    assert!(said(&own).contains("Du har själv lagt in kontot."), "{}", said(&own));
    assert_eq!(code(&["confirm-account", "802999-9904", "--as", "anna"]), Some(1));
    assert_eq!(code(&["confirm-account", "802999-9904", "--as", "cilla"]), Some(0));
    let wrong = run(&["account", "802999-9904", "5012-3455", "--as", "dag"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));

    let status = ["status", "802999-9904", "bankruptcy", "--source", "Tingsrätten", "--as", "dag"];
    assert!(said(&run(&status)).contains("Konkurs gäller från 2026-08-20."), "{}", said(&run(&status)));
    assert_eq!(code(&["status", "802999-9904", "pausad", "--source", "x", "--as", "dag"]), Some(2));

    let debt = program.json(&["organisation", "debt", "802999-9904", "1500,50", "--reason", "Återkrav", "--as", "bo"]);
    let id = debt["debt"].as_str().unwrap().to_owned();
    assert_eq!(code(&["reduce-debt", &id, "1501", "--reason", "Betalt", "--as", "bo"]), Some(1), "more than there is");
    assert_eq!(code(&["reduce-debt", &id, "1000", "--reason", "Betalt", "--as", "bo"]), Some(0));
    let left = program.json(&["organisation", "debts", "802999-9904"]);
    assert_eq!(left["debts"][0]["remaining_ore"], 50_050);
    assert!(program.run(&["verify"]).status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_list_is_taken_in_and_its_bad_rows_are_told() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let program = Program::of(&t);
    let folder = tempfile::tempdir().unwrap();
    let import = |text: &str| {
        let path = folder.path().join("medlemmar.csv");
        std::fs::write(&path, text).unwrap();
        let path = path.display().to_string();
        program.run(&["import", "--organisation", "802999-9904", "--members", "--as-of", "2025-12-31", &path, "--today", "2026-08-20"])
    };
    let sample = include_str!("../../fixtures/attendance/medlemmar_goteborg_skojjt-v1_6kol.csv");
    let taken = import(&format!("{sample}Bo;Ek;;41502;Ja;Nej\n"));
    assert!(taken.status.success(), "{}", said(&taken));
    for words in ["Listan är mottagen", "Medlemmar                         22", "rad 24"] {
        assert!(said(&taken).contains(words), "{words}: {}", said(&taken));
    }
    let refused = import("Namn;Nummer\nBo;1\n");
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("Första raden ska ha kolumnerna Förnamn, Efternamn och Personnummer"), "{}", said(&refused));
}
