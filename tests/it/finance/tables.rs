//! The ledger's table and the list to pay by hand from.

use bifall::domain::account_number::AccountKind;
use bifall::domain::payment::{LineKind, settle};
use bifall::integrations::finance::{FileError, Message, PaymentFile, ledger, manual};
use proptest::prelude::*;

use super::files::{any_file, line, number, payment, sample};

#[test]
fn the_ledger_gets_a_row_a_line() {
    let mut file = sample();
    file.payments[1].settlement = settle(vec![line(LineKind::Grant, 1_200_000), line(LineKind::SetOff, -50_050)]).expect("a settlement");
    let rows = rows(&ledger::write(&file).expect("a table").bytes);
    assert_eq!(rows[0], ledger::COLUMNS);
    let line = |id: &str, name: &str, kind: &str, account: &str, row: &str, amount: &str, diary: &str| {
        [
            "UTB-2026-000123",
            "2026-11-25",
            id,
            diary,
            name,
            "8024001235",
            kind,
            account,
            row,
            amount,
            "4530",
            "",
            "",
            "",
            "",
            "00000000-0000-0000-0000-000000000007",
            "Aktivitetsstöd",
            diary,
        ]
        .map(str::to_owned)
        .to_vec()
    };
    assert_eq!(
        rows[1..],
        [
            line("BIDRAG-2026-0042-1", "Testby Idrottsförening", "BG", "50123454", "bidrag", "12000,00", "KFN 2026/123"),
            line("BIDRAG-2026-0042-1", "Testby Idrottsförening", "BG", "50123454", "kvittning", "-500,50", "KFN 2026/123"),
            line("BIDRAG-2026-0042-2", "Testby Scoutkår", "PG", "4123451", "bidrag", "2500,50", "KFN 2026/124"),
            line("BIDRAG-2026-0042-3", "Testby Fritidsgård", "KONTO", "8327-9123456789", "bidrag", "10000,00", "KFN 2026/125"),
        ]
    );
}

#[test]
fn the_list_can_be_paid_from() {
    let mut file = sample();
    file.payments[0].message = Message::Ocr("1234566".parse().expect("a reference"));
    file.payments[2].settlement = settle(vec![line(LineKind::Grant, 100), line(LineKind::SetOff, -300)]).expect("a settlement");
    let text = String::from_utf8(manual::write(&file).expect("a list").bytes).expect("UTF-8");
    assert_eq!(
        text,
        "\u{FEFF}Nr;Betalas;Mottagare;Betalningssätt;Kontonummer;Belopp (kr);Meddelande;Diarienummer;Referens\r\n\
         1;2026-11-25;Testby Idrottsförening;Bankgiro;5012-3454;12000,00;KFN 2026/123;KFN 2026/123;BIDRAG-2026-0042-1\r\n\
         2;2026-11-25;Testby Fritidsgård;Bankkonto;8327-9, 123456789;10000,00;1234566;KFN 2026/125;BIDRAG-2026-0042-3\r\n\
         ;;Summa, 2 betalningar;;;22000,00;;;\r\n",
        "what comes to zero is not there to pay"
    );
    file.payments = vec![file.payments[2].clone()];
    assert_eq!(manual::write(&file), Err(FileError::Empty));
    assert!(ledger::write(&file).is_ok(), "and yet it is booked");
}

#[test]
fn a_name_is_never_a_formula() {
    for (name, cell) in [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("+46 70", "'+46 70"),
        ("-IF", "'-IF"),
        ("\t=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("IF = bra; \"ja\"", "IF = bra; \"ja\""),
        ("rad\r\nrad", "rad  rad"),
    ] {
        let file = PaymentFile { payments: vec![payment("A1", name, number(AccountKind::Bankgiro, "5012-3454"), 100, "x")], ..sample() };
        for rows in [rows(&ledger::write(&file).expect("a table").bytes), rows(&manual::write(&file).expect("a list").bytes)] {
            assert!(rows[1].iter().any(|found| found == cell), "{name:?} gave {:?}", rows[1]);
        }
    }
}

proptest! {
    #[test]
    fn every_row_holds_its_columns_and_no_formula(file in any_file()) {
        let rows = rows(&ledger::write(&file).expect("a table").bytes);
        prop_assert_eq!(rows.len(), file.payments.len() + 1);
        for row in &rows {
            prop_assert_eq!(row.len(), ledger::COLUMNS.len());
            prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{:?}", row);
        }
        let mut turned = file.clone();
        turned.payments.reverse();
        prop_assert_eq!(ledger::write(&turned), ledger::write(&file));
        prop_assert_eq!(manual::write(&turned), manual::write(&file));
    }
}

/// The table as a spreadsheet would open it.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}
