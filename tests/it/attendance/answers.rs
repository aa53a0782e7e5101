//! What senders are told: the answer document and the command's output.

use std::process::{Command, Output};

use bifall::attendance::dak::{Options, Strictness};
use bifall::attendance::report::Report;
use bifall::attendance::response::{ErrorKind, ResponseError, errors, write};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::samples::{fixture, options, read_with};

fn document(errors: &[ResponseError]) -> String {
    let mut out = Vec::new();
    write(&mut out, "0123", errors).unwrap();
    String::from_utf8(out).unwrap()
}

/// Elements with their attribute names, without text.
fn shape(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let mut shape = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let names: Vec<_> = tag.attributes().map(|attribute| attribute.unwrap().key.into_inner().to_owned()).collect();
                shape.push(format!("{} {}", tag.name().into_inner(), names.join(" ")));
            }
            Event::Eof => return shape,
            _ => {}
        }
    }
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(fixture(name)).unwrap()
}

#[test]
fn an_accepted_file_is_answered_as_the_sample_has_it() {
    assert_eq!(document(&[]), sample("response_ok.xml"));
}

#[test]
fn errors_have_the_shape_of_the_sample() {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let error = |kind, municipality, association, occasion, person| ResponseError {
        kind,
        municipality: text(municipality),
        association: text(association),
        occasion: text(occasion),
        person: text(person),
        text: "å <&> ö".to_owned(),
    };
    let written = document(&[
        error(ErrorKind::General, Some("1480"), Some("4711"), None, None),
        error(ErrorKind::PersonNumber, None, None, None, Some("54321")),
        error(ErrorKind::Period, Some("1480"), Some("4711"), Some("323-20260120"), None),
    ]);
    assert_eq!(shape(&written), shape(&sample("response_error.xml")));
    assert!(written.contains("å &lt;&amp;&gt; ö"));
}

#[test]
fn refused_files_are_answered_masked() {
    let strict = Options { strictness: Strictness::RefuseFile, ..options() };
    let persons = document(&errors(&read_with("bad/personnummer_forms.xml", &strict).report));
    assert_eq!(persons.matches("feltyp=\"Personnummer\" id=\"").count(), 9);
    for secret in ["2383", "150000", "TF12", "Ekblad"] {
        assert!(!persons.contains(secret));
    }
    let future = document(&errors(&read_with("bad/future_date.xml", &strict).report));
    assert!(future.contains("<Error feltyp=\"Period\" kommunID=\"1480\" foereningsID=\"4711\" kod=\"x01\">Rad 10: "), "{future}");
}

#[test]
fn a_stored_report_reads_back_without_names() {
    let report = read_with("bad/personnummer_forms.xml", &options()).report;
    let stored = serde_json::to_vec(&report).unwrap();
    let read: Report = serde_json::from_slice(&stored).unwrap();
    assert_eq!((read.receipt, read.findings.len(), read.excluded.len()), (report.receipt, 9, 9));
    assert!(read.excluded.iter().all(|person| person.name.family.is_empty()));
}

fn check(name: &str, more: &[&str]) -> Output {
    let path = fixture(name);
    Command::new(env!("CARGO_BIN_EXE_bifall"))
        .args(["attendance", "check"])
        .arg(path)
        .args(["--today", "2026-08-20"])
        .args(more)
        .output()
        .unwrap()
}

#[test]
fn the_command_answers_machines() {
    let output = check("dak22_skojjt-v1_large.xml.gz", &["--json"]);
    assert_eq!(output.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({
        "format": "dak", "version": "2.2", "municipality": "1480", "associations": 1, "occasions": 80,
        "participant_marks": 20238, "leader_marks": 1128, "persons": 380, "accepted": true, "errors": [], "warnings": [],
    });
    assert_eq!(answer, expected);
    let refused = check("bad/xxe_entity.xml", &["--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(
        (&answer["accepted"], &answer["errors"][0]["line"], &answer["errors"][0]["code"]),
        (&false.into(), &2.into(), &"doctype".into())
    );
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("DOCTYPE"));
}

#[test]
fn the_command_answers_people_in_swedish() {
    let output = check("bad/stop_before_start.xml", &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("Filen tas inte emot"));
    assert!(text.contains("rad 10      Sammankomsten slutar inte efter att den börjar."));
    assert_eq!(check("dak21_midnight.xml", &["--municipality", "0180"]).status.code(), Some(1));
    assert_eq!(check("bad/personnummer_forms.xml", &[]).status.code(), Some(0));
    assert_eq!(check("bad/personnummer_forms.xml", &["--strict"]).status.code(), Some(1));
    assert_eq!(check("no_such_file.xml", &[]).status.code(), Some(2));
}
