//! Budgets, tables and pots from the command line, as an administrator keeps them.

use serde_json::json;

use super::support::{POT, applied, closed, pot};
use crate::support::program::{Program, said};
use crate::support::{Engine, TestTenant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pot_is_shared_and_locked_and_its_budget_kept() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    pot(&t).await;
    let a = applied(&t, 1, POT, &["2026-02-03", "2026-02-10"], 3).await;
    let b = applied(&t, 2, POT, &["2026-02-03"], 5).await;
    t.work().await;
    let program = Program::of(&t);
    let round = |what: &str, who: &str| program.run(&["round", what, "--grant", POT, "--period", "2026-H1", "--as", who]);

    let early = round("share", "dag");
    assert_eq!(early.status.code(), Some(1));
    assert!(said(&early).contains("är inte slutligt beräknade"), "{}", said(&early));
    assert!(said(&round("list", "dag")).contains("Potten är inte fördelad än."));
    closed(&t, POT).await;
    assert_eq!(round("share", "anna").status.code(), Some(1), "who handles cases shares no pot");
    let shared = round("share", "dag");
    assert!(shared.status.success(), "{}", said(&shared));
    // 20 + 10 kr of their own; 970 kr over 6 + 5 marks: 88.18 kr a mark, so 529 and 441.
    for words in ["529\u{A0}kr", "441\u{A0}kr", "Klubb 1", "Fördelning 1, 2 ärenden, kvar 0\u{A0}kr", "bifall round lock"] {
        assert!(said(&shared).contains(words), "{words}:\n{}", said(&shared));
    }
    let listed = program.json(&["round", "list", "--grant", POT, "--period", "2026-H1", "--as", "dag"]);
    assert_eq!((&listed[0]["seq"], &listed[0]["locked_at"]), (&json!(1), &json!(null)));
    let id = listed[0]["sharing"].as_str().unwrap();
    assert_eq!(program.run(&["round", "lock", id, "--as", "anna"]).status.code(), Some(1));
    let locked = program.run(&["round", "lock", id, "--as", "dag"]);
    assert!(said(&locked).contains("2 ärenden har fått sin del"), "{}", said(&locked));
    assert_eq!([t.total(a).await, t.total(b).await], [54_900, 45_100]);
    assert_eq!(program.run(&["round", "lock", id, "--as", "dag"]).status.code(), Some(1), "once");

    assert!(said(&program.run(&["budget", "list", "--as", "anna"])).contains("Ingen budget är satt."));
    let set = |amount: &str, who: &str| {
        let year = "2026";
        program.run(&["budget", "set", "--grant", POT, "--committee", "KFN", "--year", year, "--amount", amount, "--as", who])
    };
    assert_eq!(set("600", "anna").status.code(), Some(1));
    assert_eq!(set("sexhundra", "dag").status.code(), Some(2));
    assert_eq!(set("-5", "dag").status.code(), Some(2), "a budget is never below zero");
    assert!(said(&set("600,50", "dag")).contains("600,50\u{A0}kr, beviljat 0\u{A0}kr, kvar 600,50\u{A0}kr"));
    t.decided(a).await;
    let budgets = program.json(&["budget", "list", "--as", "anna"]);
    assert_eq!((&budgets[0]["amount_ore"], &budgets[0]["used_ore"]), (&json!(60_050), &json!(54_900)));
    let low = set("548,99", "dag");
    assert_eq!(low.status.code(), Some(1), "not below what is granted: {}", said(&low));
    let verified = program.run(&["verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_is_compared_before_it_is_taken_in() {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    let program = Program::of(&t);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let first = file("rf.csv", "Nyckel;Värde\n802400-1234;12 500,50\nÄngås;3\n");
    let second = file("rf2.csv", "Nyckel;Värde\n802400-1234;13 000\nÅby;1\n");
    let table = |what: &str, file: &str, from: &str, more: &[&str]| {
        program.run(&[&["table", what, "rf_lok", file, "--from", from, "--as", "dag"][..], more].concat())
    };
    let source = ["--source", "Riksidrottsförbundet"];
    assert!(said(&program.run(&["table", "list", "--as", "anna"])).contains("Ingen tabell är inläst."));
    let taken = table("import", &first, "2026-01-01", &source);
    assert!(said(&taken).contains("rf_lok har fått version 1, som gäller från 2026-01-01: 2 värden."), "{}", said(&taken));
    assert!(said(&table("import", &first, "2026-01-01", &source)).contains("är som förut: version 1"));
    let compared = table("compare", &second, "2026-07-01", &[]);
    for words in ["Inget är sparat.", "+ åby: 1", "− ängås: 3", "~ 8024001234: 12\u{202F}500,5 → 13\u{202F}000"] {
        assert!(said(&compared).contains(words), "{words}:\n{}", said(&compared));
    }
    let taken = program.json(&["table", "import", "rf_lok", &second, "--from", "2026-07-01", "--source", "RF", "--as", "dag"]);
    assert_eq!((&taken["version"], &taken["new"]), (&json!(2), &json!(true)));
    let listed = program.json(&["table", "list", "--as", "anna"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);

    // What is wrong stands at its line, and nothing is kept; who may not is told so; a file that is not there is no table.
    let wrong = table("import", &file("fel.csv", "Nyckel;Värde\na;tre\n"), "2026-08-01", &source);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("fel.csv:2:"), "{}", said(&wrong));
    assert_eq!(program.run(&["table", "compare", "rf_lok", &first, "--from", "2026-01-01", "--as", "anna"]).status.code(), Some(1));
    assert_eq!(table("compare", "saknas.csv", "2026-01-01", &[]).status.code(), Some(2));
    assert_eq!(program.json(&["table", "list", "--as", "anna"]).as_array().unwrap().len(), 2);
}
