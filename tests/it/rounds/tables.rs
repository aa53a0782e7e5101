//! Tables of outside figures: read with places, kept in versions, compared, frozen with what is calculated.

use std::collections::BTreeMap;

use bifall::domain::calculation::CheckStatus;
use bifall::domain::inputs::Inputs;
use bifall::packages::read_table;
use bifall::services::tables::{self, NewTable};
use bifall::services::{ServiceError, calculation};
use rust_decimal::Decimal;

use super::support::{applied, closed, take_into_use};
use crate::support::actors::{day, invented};
use crate::support::on_both;

const GRANT: &str = "procentbidrag";

fn table<'a>(from: &str, bytes: &'a [u8]) -> NewTable<'a> {
    NewTable { id: "rf_lok", valid_from: day(from), source: "Riksidrottsförbundet", file: "rf.csv", bytes }
}

#[test]
fn a_key_is_the_same_however_it_is_written() {
    for (written, key) in [
        ("802400-1234", "8024001234"),
        (" 8024001234 ", "8024001234"),
        ("411 01", "41101"),
        ("Ängås  Skola", "ängås skola"),
        ("2026", "2026"),
        ("12-3", "12-3"),
    ] {
        assert_eq!(bifall::domain::reference::key(written), key);
    }
}

#[test]
fn a_table_is_read_with_either_sign_and_letters_as_spreadsheets_write_them() {
    let read = |bytes: &[u8]| read_table("t.csv", bytes).0.unwrap();
    let wanted = BTreeMap::from([("8024001234".to_owned(), Decimal::new(1_250_050, 2)), ("ängås".to_owned(), Decimal::from(3))]);
    assert_eq!(read("Nyckel;Värde\n802400-1234;12 500,50\nÄngås;3\n\n".as_bytes()), wanted);
    assert_eq!(read("\u{FEFF}key,note,value\n8024001234,x,\"12500,50\"\nÄngås,,3".as_bytes()), wanted);
    assert_eq!(read(b"nyckel;v\xe4rde\n802400-1234;12500,50\n\xc4ng\xe5s;3"), wanted);
}

#[test]
fn everything_wrong_in_a_table_has_a_line_and_a_way_out() {
    let codes = |text: &str| -> Vec<(String, usize)> {
        let (table, problems) = read_table("t.csv", text.as_bytes());
        assert!(table.is_none(), "{text}");
        assert!(problems.iter().all(|problem| !problem.hint.sv.is_empty() && problem.hint.en.is_some()));
        problems.into_iter().map(|problem| (problem.code, problem.place.line)).collect()
    };
    assert_eq!(codes("nyckl;värde\na;1"), [("missing_column".to_owned(), 1)]);
    assert_eq!(codes("nyckel;värde\n"), [("empty_table".to_owned(), 0)]);
    assert_eq!(codes(""), [("missing_column".to_owned(), 1)]);
    assert_eq!(
        codes("nyckel;värde\na;\nb;tre\n;4\nc;1.234\n802400-1234;1\n8024001234;2"),
        [("not_a_number", 2), ("not_a_number", 3), ("missing_key", 4), ("not_a_number", 5), ("key_twice", 7)]
            .map(|(code, line)| (code.to_owned(), line))
    );
    assert_eq!(codes("nyckel;värde\na;1\u{0}"), [("not_a_table".to_owned(), 0)]);
}

#[test]
fn versions_are_compared_hold_from_their_day_and_are_never_edited() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let dag = t.officer("dag").await;
        let first = tables::take_in(&t.tenant, &dag.actor, table("2026-01-01", b"key;value\na;1\nb;2\n")).await.unwrap();
        assert!(first.new && first.row.version == 1 && first.diff.added.len() == 2);
        let same = tables::take_in(&t.tenant, &dag.actor, table("2026-01-01", b"key,value\nb,2.00\na,1\n")).await.unwrap();
        assert!(!same.new && same.row.version == 1, "the same figures are no new version");
        let compared = tables::compare(&t.tenant, &dag.actor, table("2026-07-01", b"key;value\na;1\nb;3\nc;4\n")).await.unwrap();
        assert_eq!(compared.changed, BTreeMap::from([("b".to_owned(), (Decimal::TWO, Decimal::from(3)))]));
        assert_eq!((compared.added.len(), compared.removed.len()), (1, 0));
        tables::take_in(&t.tenant, &dag.actor, table("2026-07-01", b"key;value\na;1\nb;3\nc;4\n")).await.unwrap();
        // Put right afterwards: a newer version from the same day.
        let right = tables::take_in(&t.tenant, &dag.actor, table("2026-01-01", b"key;value\na;1\nb;2,5\n")).await.unwrap();
        assert_eq!((right.row.version, right.diff.changed.len()), (3, 1));
        let mut tx = t.tenant.db.read().await.unwrap();
        for (on, version) in [("2025-12-31", None), ("2026-01-01", Some(3)), ("2026-06-30", Some(3)), ("2026-07-01", Some(2))] {
            let row = bifall::store::tables::on(&mut tx, "rf_lok", day(on)).await.unwrap();
            assert_eq!(row.map(|row| row.version), version, "{on}");
        }
        drop(tx);
        let wrong = tables::take_in(&t.tenant, &dag.actor, table("2027-01-01", b"key;value\na;tre\n")).await;
        assert!(matches!(wrong, Err(ServiceError::Definition(_))), "{wrong:?}");
        assert_eq!(tables::list(&t.tenant, &dag.actor).await.unwrap().len(), 3, "nothing is half taken in");
        assert!(t.execute("update reference_value set value = '9'".to_owned()).await.is_err());
        let nameless = NewTable { id: "RF LOK", ..table("2026-01-01", b"key;value\na;1\n") };
        assert!(matches!(tables::take_in(&t.tenant, &dag.actor, nameless).await, Err(ServiceError::Invalid(_))));
        let anna = t.officer("anna").await;
        assert!(tables::take_in(&t.tenant, &anna.actor, table("2026-01-01", b"key;value\na;1\n")).await.is_err());
    });
}

#[test]
fn a_case_is_calculated_on_its_own_figures_and_a_missing_key_goes_to_an_officer() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let script = r#"fn calculate(application) {
            input("narvaro", application.attendance.count, "st");
            percent_of("andel", table("rf_lok").get(application.org.number), "procent");
            round_to_krona();
        }"#;
        let parameters = "[procent]\ntype = \"percent\"\nparagraph = \"§ 1\"\nvalues = [{ from = 2020-01-01, value = 50 }]";
        let texts = "[narvaro]\ntext = \"{value}\"\n[andel]\ntext = \"{percent} av {quantity}\"";
        take_into_use(&t, GRANT, script, parameters, texts).await;
        let csv = format!("nyckel;värde;förening\n{};1001,00;A\n802400-9999;7;Någon annan\n", invented(1));
        tables::take_in(&t.tenant, &t.officer("dag").await.actor, table("2026-01-01", csv.as_bytes())).await.unwrap();
        let known = applied(&t, 1, GRANT, &["2026-02-03"], 3).await;
        let unknown = applied(&t, 2, GRANT, &["2026-02-03"], 3).await;
        t.work().await;
        closed(&t, GRANT).await;
        // Half of 1 001 kr is 500,50, rounded 501.
        assert_eq!(t.total(known).await, 50_100);
        let inputs: Inputs = serde_json::from_slice(&t.newest(known).await.inputs).unwrap();
        let frozen: Vec<_> = inputs.tables["rf_lok"].keys().collect();
        assert_eq!(frozen, [&bifall::domain::reference::key(&invented(1))], "no other association's figure lies in the case");
        let evaluation = calculation::evaluation(&t.newest(unknown).await).unwrap();
        let check = evaluation.checks.iter().find(|check| check.id == "andel").unwrap();
        assert_eq!((check.status, evaluation.total_ore.ore()), (CheckStatus::Unknown, 0));
        assert_eq!(t.case(unknown).await.state, "check", "unknown is an officer's, never zero");
        // A new version changes no case that has been calculated.
        tables::take_in(&t.tenant, &t.officer("dag").await.actor, table("2026-01-01", b"key;value\nx;1\n")).await.unwrap();
        let decision = t.decided(known).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = bifall::store::decisions::by_id(&mut tx, decision).await.unwrap().unwrap();
        drop(tx);
        let replayed = bifall::services::replay::replay(&t.tenant, &row).await.unwrap();
        assert_eq!(replayed.answer, bifall::services::replay::Answer::Same);
    });
}
