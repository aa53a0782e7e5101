//! Member lists of both generations.

use std::fs;

use bifall::attendance::members::{MemberList, read};
use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;

use super::samples::fixture;

const HEAD_2026: &str = "Förnamn;Efternamn;Personnummer;Har funktionsnedsättning";

fn list(bytes: &[u8]) -> MemberList {
    read(bytes, NaiveDate::from_ymd_opt(2026, 8, 20).unwrap()).unwrap()
}

fn findings(list: &MemberList) -> Vec<(u64, &'static str)> {
    list.findings.iter().map(|finding| (finding.line, finding.code.as_str())).collect()
}

#[test]
fn the_list_of_2023_is_read_whatever_its_encoding() {
    let text = fs::read_to_string(fixture("medlemmar_goteborg_skojjt-v1_6kol.csv")).unwrap();
    let plain = list(text.as_bytes());
    assert_eq!((plain.rows.len(), findings(&plain)), (22, vec![]));
    let last = plain.rows.last().unwrap();
    assert_eq!((last.line, last.name.given.as_str(), last.name.family.as_str()), (23, "Östen", "Åström"));
    assert_eq!((last.postcode.as_deref(), last.resident, last.disability), (Some("41502"), Some(true), Some(false)));
    assert_eq!(plain.rows.iter().filter(|row| row.resident == Some(false)).count(), 7);
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let windows = WINDOWS_1252.encode(&text).0;
    let lines = text.replace('\n', "\r\n");
    for other in [list(&with_mark), list(&windows), list(lines.as_bytes())] {
        assert_eq!(other, plain);
    }
}

#[test]
fn the_list_of_2026_has_hyphens_and_no_postcode() {
    let list = list(format!("\u{feff}{HEAD_2026}\r\nAlva;Ek;20160211-2383;Nej\r\n;;;\r\nÅsa;Hägg;20141115-2380;\r\n").as_bytes());
    assert_eq!(findings(&list), []);
    assert_eq!((list.rows.len(), list.rows[1].line, list.rows[1].disability, list.rows[1].postcode.clone()), (2, 4, None, None));
}

#[test]
fn rows_that_cannot_count_are_told_without_number_or_name() {
    let text = format!(
        "{HEAD_2026}\nAlva;Ekblad;201602112383;Ja\nAlva;Ekblad;20160211-2383;Nej\nOlle;Ek;;Nej\nOlle;Ek;1602112383;Nej\nÅsa;Hägg;201411152380;Kanske\n"
    );
    let list = list(text.as_bytes());
    assert!(list.accepted);
    assert_eq!(findings(&list), [(3, "duplicate_mark"), (4, "person_number_missing"), (5, "person_number_invalid"), (6, "bad_value")]);
    assert_eq!(list.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 6]);
    let shown = format!("{list:?}{}", serde_json::to_string(&list.findings).unwrap());
    assert!(!shown.contains("2383") && !shown.contains("Ekblad"));
}

#[test]
fn other_files_are_refused() {
    let wide = format!("{HEAD_2026}\n{}\n", ";".repeat(1_000_000));
    let cases: [(&[u8], &str); 5] = [
        (b"", "missing"),
        (b"Namn;Nummer\nAlva;1\n", "missing"),
        (b"PK\x03\x04\0\0", "bad_value"),
        (wide.as_bytes(), "bad_length"),
        (&vec![b'a'; 20_000_001], "too_large"),
    ];
    for (bytes, code) in cases {
        let list = list(bytes);
        assert_eq!(findings(&list).first().map(|(_, code)| *code), Some(code));
        assert!(!list.accepted && list.rows.is_empty());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut text = format!("{HEAD_2026}\n").into_bytes();
        text.extend(bytes);
        list(&text);
    }

    #[test]
    fn names_survive_in_every_delimiter(names in proptest::collection::vec("[A-Za-zÅÄÖåäöé \"',;-]{1,20}", 1..20), delimiter in prop_oneof![Just(b';'), Just(b','), Just(b'\t')]) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(HEAD_2026.split(';')).unwrap();
        for (nth, name) in (0..).zip(&names) {
            writer.write_record([name.as_str(), "Ek", &super::generate::number(2010, nth), "Nej"]).unwrap();
        }
        let list = list(&writer.into_inner().unwrap());
        let read: Vec<_> = list.rows.iter().map(|row| row.name.given.clone()).collect();
        let expected: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
        prop_assert_eq!(read, expected);
    }
}
