//! Every sample and every odd file gets its verdict, with line and reason.

use std::fs::File;
use std::path::PathBuf;

use bifall::attendance::dak::{self, Options, Outcome, Strictness};
use bifall::attendance::file::{FileOccasion, Method};
use bifall::domain::attendance::{ActivityKind, MarkClass};
use chrono::NaiveDate;

/// The day the samples are judged on.
pub(super) fn options() -> Options {
    Options::on(NaiveDate::from_ymd_opt(2026, 8, 20).unwrap())
}

pub(super) fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/attendance").join(name)
}

pub(super) fn read_with(name: &str, options: &Options) -> Outcome {
    dak::read(File::open(fixture(name)).unwrap(), options).unwrap()
}

fn read(name: &str) -> Outcome {
    read_with(name, &options())
}

/// Line and code of each finding.
pub(super) fn findings(outcome: &Outcome) -> Vec<(u64, &'static str)> {
    outcome.report.findings.iter().map(|finding| (finding.line, finding.code.as_str())).collect()
}

/// Occasions, participants, leaders, persons.
fn counts(outcome: &Outcome) -> (u64, u64, u64, u64) {
    let receipt = outcome.report.receipt;
    (receipt.occasions, receipt.participant_marks, receipt.leader_marks, receipt.persons)
}

fn occasion<'a>(outcome: &'a Outcome, code: &str) -> &'a FileOccasion {
    let file = outcome.file.as_ref().unwrap();
    file.occasions().find(|(_, occasion)| occasion.facts.code == code).unwrap().1
}

#[test]
fn the_small_file_of_a_real_exporter_is_accepted() {
    let outcome = read("dak22_skojjt-v1_small.xml");
    assert_eq!(findings(&outcome), []);
    assert!(outcome.report.accepted);
    assert_eq!(counts(&outcome), (17, 235, 42, 22));
    assert_eq!((outcome.report.version.as_str(), outcome.report.municipality.as_deref()), ("2.2", Some("1480")));
    let file = outcome.file.as_ref().unwrap();
    let association = &file.associations[0];
    assert_eq!(association.name.as_deref(), Some("Ängsholmens Scoutkår (påhittad)"));
    assert_eq!(association.organisation_number.unwrap().to_string(), "802999-9904");
    assert_eq!((association.id.as_str(), association.cards[0].number, file.persons.len()), ("4711", 21874, 22));
    let first = occasion(&outcome, "012021874");
    assert_eq!((first.line, first.facts.minutes(), first.facts.kind), (11, 90, ActivityKind::Meeting));
}

#[test]
fn the_large_gzipped_file_is_accepted() {
    let outcome = read("dak22_skojjt-v1_large.xml.gz");
    assert_eq!(findings(&outcome), []);
    assert_eq!(counts(&outcome), (80, 20_238, 1_128, 380));
}

#[test]
fn all_features_are_understood() {
    let outcome = read("dak22_all-features.xml");
    assert_eq!(findings(&outcome), []);
    assert_eq!(counts(&outcome), (10, 32, 10, 9));
    let with_absent = occasion(&outcome, "323-20260203");
    assert_eq!(with_absent.marks.iter().filter(|mark| !mark.class.is_present()).count(), 1);
    let para = occasion(&outcome, "324-20260120");
    assert_eq!(para.marks.iter().filter(|mark| mark.class == MarkClass::PARTICIPANT.disability()).count(), 1);
    let file = outcome.file.as_ref().unwrap();
    assert_eq!(file.occasions().flat_map(|(_, occasion)| &occasion.marks).filter(|mark| mark.class.is_temporary_leader()).count(), 1);
    assert_eq!(file.occasions().filter(|(_, occasion)| occasion.facts.team_sport == Some(true)).count(), 1);
    assert!(file.occasions().all(|(_, occasion)| occasion.method == Method::Add));
    let over_midnight: Vec<_> = file.occasions().filter(|(_, o)| o.facts.start.date() != o.facts.stop.date()).collect();
    assert_eq!(over_midnight.len(), 1);
}

#[test]
fn in_version_2_1_a_stop_at_or_before_the_start_is_the_next_day() {
    let outcome = read("dak21_midnight.xml");
    assert_eq!(findings(&outcome), []);
    assert_eq!(outcome.report.version, "2.1");
    assert_eq!(occasion(&outcome, "n01").facts.minutes(), 120);
    assert_eq!(occasion(&outcome, "n02").facts.minutes(), 24 * 60);
    // Nine are registered, four have marks: the others are not kept.
    assert_eq!((counts(&outcome).3, outcome.file.unwrap().persons.len()), (9, 4));
}

#[test]
fn oddities_that_the_format_allows_are_accepted() {
    let plain = read("bad/utf8_bom.xml");
    let latin = read("bad/iso-8859-1.xml");
    for outcome in [&plain, &latin] {
        assert_eq!(findings(outcome), []);
        assert_eq!(counts(outcome), (7, 23, 7, 9));
    }
    assert_eq!(plain.file, latin.file, "the encoding changes nothing");
}

#[test]
fn personal_numbers_in_other_forms_exclude_their_marks() {
    let outcome = read("bad/personnummer_forms.xml");
    assert!(outcome.report.accepted);
    assert_eq!(counts(&outcome), (7, 0, 0, 0));
    assert_eq!(outcome.report.receipt.excluded_marks, 31, "23 + 7 present and one absent");
    let rows: Vec<_> = outcome.report.excluded.iter().map(|person| (person.line, person.reason.as_str())).collect();
    assert_eq!(
        rows,
        [
            (225, "form"),
            (230, "century"),
            (235, "placeholder"),
            (240, "check_digit"),
            (245, "reserve"),
            (250, "form"),
            (255, "century"),
            (262, "placeholder"),
            (269, "check_digit"),
        ]
    );
    assert_eq!(outcome.report.excluded[0].name.family, "Ekblad");
    assert_eq!(outcome.report.excluded.iter().map(|person| person.marks).sum::<u64>(), 31);
}

#[test]
fn reports_hold_neither_numbers_nor_names() {
    let report = read("bad/personnummer_forms.xml").report;
    let stored = serde_json::to_string(&report).unwrap();
    let shown = format!("{report:?}");
    for text in [stored, shown] {
        for secret in ["2383", "2393", "150000", "2397", "TF12", "2386", "2390", "Ekblad", "Forsgren", "Leif"] {
            assert!(!text.contains(secret), "{secret} leaks");
        }
    }
}

#[test]
fn strict_refuses_what_upload_only_excludes() {
    let strict = Options { strictness: Strictness::RefuseFile, ..options() };
    let outcome = read_with("bad/personnummer_forms.xml", &strict);
    assert!(outcome.file.is_none());
    assert_eq!(outcome.report.errors().count(), 9);
}

#[test]
fn broken_files_are_refused_with_line_and_reason() {
    let verdicts = [
        ("duplicate_kod", (47, "duplicate_code"), "används redan på rad 10"),
        ("future_date", (10, "future_date"), "2027-02-07 är efter 2026-08-20"),
        ("kort_not_int32", (5, "number_out_of_range"), "3230000000 är för stort"),
        ("stop_before_start", (10, "stop_not_after_start"), "slutar inte efter att den börjar"),
        ("truncated", (65, "not_well_formed"), "Filen är avbruten"),
        ("unknown_person_ref", (31, "dangling_reference"), "C004 har närvaro men finns inte i DeltagarRegister"),
        ("xxe_entity", (2, "doctype"), "DOCTYPE"),
    ];
    for (name, expected, reason) in verdicts {
        let outcome = read(&format!("bad/{name}.xml"));
        assert_eq!(findings(&outcome), [expected], "{name}");
        assert!(outcome.file.is_none() && !outcome.report.accepted, "{name}");
        assert!(outcome.report.findings[0].message.sv.contains(reason), "{name}: {}", outcome.report.findings[0].message.sv);
    }
}

#[test]
fn a_date_is_in_the_future_only_after_the_day() {
    let on_the_day = Options { today: NaiveDate::from_ymd_opt(2027, 2, 7).unwrap(), ..options() };
    assert!(read_with("bad/future_date.xml", &on_the_day).report.accepted);
}

#[test]
fn a_file_for_another_municipality_is_refused() {
    let elsewhere = Options { municipality: Some("0180".into()), ..options() };
    assert_eq!(findings(&read_with("dak21_midnight.xml", &elsewhere)), [(3, "foreign_municipality")]);
    let here = Options { municipality: Some("1480".into()), ..options() };
    assert!(read_with("dak21_midnight.xml", &here).report.accepted);
}

#[test]
fn a_file_larger_than_the_limit_is_refused() {
    let small = Options { max_bytes: 1_000_000, ..options() };
    let outcome = read_with("dak22_skojjt-v1_large.xml.gz", &small);
    assert!(findings(&outcome).iter().any(|(_, code)| *code == "too_large"));
    assert!(outcome.file.is_none());
}
