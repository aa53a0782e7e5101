//! Faults and freedoms of the format, one at a time, in a file that is right but for them.

use std::fs;

use bifall::attendance::dak::{self, Options, Outcome};
use bifall::attendance::file::Method;
use bifall::attendance::finding::MAX_FINDINGS;
use proptest::prelude::*;

use super::samples::{findings, fixture, options};

const ALVA: &str = r#"<Deltagare id="p1"><Foernamn>Alva</Foernamn><Efternamn>Ek &amp; Lund</Efternamn><Personnummer>201602112383</Personnummer></Deltagare>"#;
const LEIF: &str = r#"<Ledare id="l1"><Foernamn>Leif</Foernamn><Efternamn>Ek</Efternamn><Personnummer>197012102393</Personnummer><Epost>a@example.se</Epost></Ledare>"#;
const MARK: &str = "<Deltagare id=\"p1\"><Handikapp>false</Handikapp><Naervarande>true</Naervarande></Deltagare>";

/// A small file; the occasion begins on line 5 and the registers are on lines 8 and 9.
fn text() -> String {
    format!(
        r#"<?xml version="1.0"?>
<Aktivitetskort xmlns="http://sverigesforeningssystem.se/importSchema.xsd"><Kommun kommunID="180" version="2.2">
<Foerening foereningsID="7"><Naervarokort NaervarokortNummer="1"><Aktivitet>F</Aktivitet><Lokal>L</Lokal><NamnPaaKort>N</NamnPaaKort>
<Sammankomster>
<Sammankomst Datum="2026-01-20" kod="abc"><StartTid>18:00:00</StartTid><StoppTid>19:00:00</StoppTid><Aktivitet>T</Aktivitet>
<Lokal>L</Lokal><Typ>Match</Typ><Metod>Add</Metod><DeltagarLista>{MARK}</DeltagarLista><LedarLista><Ledare id="l1"><Handikapp>0</Handikapp><Naervarande>1</Naervarande></Ledare></LedarLista>
</Sammankomst></Sammankomster></Naervarokort></Foerening></Kommun>
<DeltagarRegister>{ALVA}</DeltagarRegister>
<LedarRegister>{LEIF}</LedarRegister></Aktivitetskort>
"#
    )
}

fn judge(text: &str) -> Outcome {
    dak::read(text.as_bytes(), &options()).unwrap()
}

/// The verdict on the file with one thing changed.
fn with(old: &str, new: &str) -> Outcome {
    let text = text();
    assert!(text.contains(old), "{old}");
    judge(&text.replacen(old, new, 1))
}

#[test]
fn the_file_is_right_as_it_is() {
    let outcome = judge(&text());
    assert_eq!(findings(&outcome), []);
    let file = outcome.file.unwrap();
    assert_eq!(file.municipality, "0180", "a lost leading zero is put back");
    assert_eq!(file.persons[0].name.family, "Ek & Lund", "blanks around a reference are kept");
    let own = Options { municipality: Some("0180".into()), ..options() };
    assert!(dak::read(text().as_bytes(), &own).unwrap().report.accepted);
}

#[test]
fn one_fault_each_with_its_line() {
    let cases = [
        ("Datum=\"2026-01-20\" ", "", 5, "missing"),
        ("2026-01-20", "2026-02-30", 5, "bad_value"),
        ("2026-01-20", "20260120", 5, "bad_value"),
        ("kod=\"abc\"", "kod=\"ab\"", 5, "bad_length"),
        ("18:00:00", "18.00", 5, "bad_value"),
        ("18:00:00", "24:00:00", 5, "bad_value"),
        ("19:00:00", "18:00:00", 5, "stop_not_after_start"),
        ("<StartTid>18:00:00</StartTid>", "", 5, "missing"),
        ("<Typ>Match</Typ>", "<Typ>Cup</Typ>", 6, "bad_value"),
        ("<Typ>Match</Typ>", "<Typ>Match</Typ><Typ>Match</Typ>", 6, "repeated"),
        ("<Typ>Match</Typ>", "<Typ>Match</Typ><Sport/>", 6, "unexpected"),
        ("<Metod>Add</Metod>", "<Metod>add</Metod>", 6, "bad_value"),
        ("<Handikapp>false</Handikapp>", "<Handikapp>nej</Handikapp>", 6, "bad_value"),
        ("<Naervarande>true</Naervarande>", "", 6, "missing"),
        ("<Deltagare id=\"p1\"><Handikapp>", "<Deltagare><Handikapp>", 6, "missing"),
        ("<Deltagare id=\"p1\"><Handikapp>", "<Deltagare id=\"p9\"><Handikapp>", 6, "dangling_reference"),
        ("<Ledare id=\"l1\"><Handikapp>", "<Ledare id=\"p1\"><Handikapp>", 6, "dangling_reference"),
        ("</DeltagarLista>", "text</DeltagarLista>", 6, "unexpected"),
        ("NaervarokortNummer=\"1\"", "NaervarokortNummer=\"ett\"", 3, "bad_value"),
        ("NaervarokortNummer=\"1\"", "NaervarokortNummer=\"-2147483649\"", 3, "number_out_of_range"),
        ("foereningsID=\"7\"", "foereningsNamn=\"7\"", 3, "missing"),
        ("kommunID=\"180\"", "kommunID=\"12345\"", 2, "bad_value"),
        ("sverigesforeningssystem.se", "example.se", 2, "unknown_format"),
        ("<Lokal>L</Lokal><Typ>", "<Lokal>&bomb;</Lokal><Typ>", 6, "not_well_formed"),
        ("<Lokal>L</Lokal><Typ>", "<Lokal>&#0;</Lokal><Typ>", 6, "not_well_formed"),
        ("</Sammankomst>", "</Sammankomster>", 7, "not_well_formed"),
        ("</Aktivitetskort>", "", 10, "not_well_formed"),
        ("</Aktivitetskort>", "</Aktivitetskort><Aktivitetskort/>", 9, "not_well_formed"),
    ];
    for (old, new, line, code) in cases {
        let outcome = with(old, new);
        assert_eq!(findings(&outcome), [(line, code)], "{old} -> {new}");
        assert!(outcome.file.is_none());
    }
}

#[test]
fn oddities_are_told_and_the_file_accepted() {
    let again = format!("{MARK}{MARK}");
    let renamed = format!("{ALVA}{}", ALVA.replace("p1", "p2").replace("Alva", "Olle"));
    let cases = [
        (MARK, again.as_str(), 5, "duplicate_mark"),
        (ALVA, renamed.as_str(), 8, "shared_person_number"),
        ("version=\"2.2\"", "version=\"2.1\"", 2, "version_mismatch"),
        ("foereningsID=\"7\"", "foereningsID=\"7\" organisationsnummer=\"802999-9905\"", 3, "bad_organisation_number"),
        ("</Naervarokort>", "</Naervarokort><BorttagnaSammankomster><Kod>1</Kod></BorttagnaSammankomster>", 7, "ignored"),
        ("<StoppTid>19:00:00</StoppTid>", "<StoppTid>19:00:00</StoppTid><StoppDatum>2026-03-01</StoppDatum>", 5, "very_long"),
        ("201602112383", "", 8, "person_number_missing"),
        ("201602112383", "203002112387", 8, "person_number_invalid"),
    ];
    for (old, new, line, code) in cases {
        let outcome = with(old, new);
        assert_eq!(findings(&outcome), [(line, code)], "{old} -> {new}");
        assert!(outcome.file.is_some(), "{code}");
    }
}

#[test]
fn what_changes_no_meaning_is_not_mentioned() {
    let cases = [
        ("18:00:00", "18:00"),
        ("19:00:00", "24:00:00"),
        ("<Typ>Match</Typ><Metod>Add</Metod>", "<Metod>Add</Metod><!-- ordning --><Typ>Match</Typ>"),
        (MARK, "<Deltagare tillfaelligLedare='true' id='p1'><Handikapp>true</Handikapp><Naervarande>false</Naervarande></Deltagare>"),
        ("<Personnummer>201602112383</Personnummer>", "<Personnummer>201602112383</Personnummer><Kon>K</Kon>"),
        ("<Lokal>L</Lokal><Typ>", "<Lokal><![CDATA[A & B]]></Lokal><Typ>"),
    ];
    for (old, new) in cases {
        assert_eq!(findings(&with(old, new)), [], "{old} -> {new}");
    }
    let prefixed =
        text().replace("xmlns=", "xmlns:d=").replace("</", "</d:").replace('<', "<d:").replace("<d:/d:", "</d:").replace("<d:?", "<?");
    assert_eq!(findings(&judge(&prefixed)), []);
    assert_eq!(judge(&prefixed).file, judge(&text()).file);
}

#[test]
fn files_without_namespace_follow_the_rules_of_2_1() {
    let text = text()
        .replace(" xmlns=\"http://sverigesforeningssystem.se/importSchema.xsd\"", "")
        .replace(" version=\"2.2\"", "")
        .replace("19:00:00", "01:00:00")
        .replace("</Naervarokort>", "</Naervarokort><BorttagnaSammankomster/>");
    let outcome = judge(&text);
    assert_eq!(outcome.report.version, "2.1");
    assert_eq!(findings(&outcome), [(7, "ignored")]);
    assert_eq!(outcome.file.unwrap().occasions().next().unwrap().1.facts.minutes(), 7 * 60);
}

#[test]
fn a_planned_occasion_may_be_removed() {
    let text = text().replace("<Metod>Add", "<Metod>Remove").replace("2026-01-20", "2026-12-24");
    let outcome = judge(&text);
    assert_eq!(findings(&outcome), []);
    assert_eq!((outcome.report.receipt.removals, outcome.report.receipt.participant_marks), (1, 0));
    assert_eq!(outcome.file.unwrap().occasions().next().unwrap().1.method, Method::Remove);
}

#[test]
fn one_person_keeps_her_mark_in_each_role_and_the_present_one_of_two() {
    let leader_too = ALVA.replace("Deltagare", "Ledare").replace("p1", "l2");
    let absent = MARK.replace("true", "false").replace("p1", "p2");
    let text = text()
        .replace("<LedarLista>", "<LedarLista><Ledare id=\"l2\"><Handikapp>false</Handikapp><Naervarande>true</Naervarande></Ledare>")
        .replace(LEIF, &format!("{LEIF}{leader_too}"))
        .replace(MARK, &format!("{absent}{MARK}"))
        .replace(ALVA, &format!("{ALVA}{}", ALVA.replace("p1", "p2")));
    let outcome = judge(&text);
    assert_eq!(findings(&outcome), [(5, "duplicate_mark")]);
    let receipt = outcome.report.receipt;
    assert_eq!((receipt.participant_marks, receipt.leader_marks, receipt.persons), (1, 2, 2));
}

#[test]
fn a_flood_of_findings_is_cut_and_counted() {
    let bad = MARK.replace("false", "nej").repeat(MAX_FINDINGS + 500);
    let outcome = with(MARK, &bad);
    assert_eq!(outcome.report.findings.len(), MAX_FINDINGS);
    assert_eq!(outcome.report.findings_left_out, 501, "500 flags and the merged marks");
}

#[test]
fn an_entity_bomb_is_refused_at_its_declaration() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Aktivitetskort>&b;</Aktivitetskort>";
    assert_eq!(findings(&judge(bomb)), [(1, "doctype")]);
    let deep = format!("<Aktivitetskort>{}", "<a>".repeat(200_000));
    assert_eq!(findings(&judge(&deep)).last(), Some(&(1, "unexpected")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn mutated_files_are_judged_and_never_panic(
        name in prop_oneof![Just("dak22_all-features.xml"), Just("dak21_midnight.xml"), Just("bad/iso-8859-1.xml")],
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = fs::read(fixture(name)).unwrap();
        for (at, length, byte) in cuts {
            let at = at.index(bytes.len());
            match byte % 3 {
                0 => bytes[at] = byte,
                1 => { bytes.drain(at..(at + length.index(80)).min(bytes.len())); }
                _ => {
                    let piece = bytes[at..(at + length.index(200)).min(bytes.len())].to_vec();
                    let to = length.index(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            bytes.push(b'\n');
        }
        let outcome = dak::read(&*bytes, &options()).unwrap();
        prop_assert_eq!(outcome.report.accepted, outcome.file.is_some());
        prop_assert_eq!(outcome.report.accepted, outcome.report.errors().count() == 0);
        let last = u64::try_from(bytes.split(|byte| *byte == b'\n').count()).unwrap();
        prop_assert!(outcome.report.findings.iter().all(|finding| finding.line <= last && !finding.message.sv.is_empty()));
    }

    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let outcome = dak::read(&*bytes, &options()).unwrap();
        prop_assert!(!outcome.report.accepted);
    }
}
