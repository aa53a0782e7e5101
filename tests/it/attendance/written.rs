//! What we write ourselves in DAK is read back as it was.

use bifall::attendance::dak::{self, Options};
use bifall::attendance::file::AttendanceFile;

use chrono::NaiveDate;

const ALL_FEATURES: &[u8] = include_bytes!("../../fixtures/attendance/dak22_all-features.xml");
const MIDNIGHT: &[u8] = include_bytes!("../../fixtures/attendance/dak21_midnight.xml");
const SMALL: &[u8] = include_bytes!("../../fixtures/attendance/dak22_skojjt-v1_small.xml");

fn read(bytes: &[u8]) -> AttendanceFile {
    let outcome = dak::read(bytes, &Options::on(NaiveDate::from_ymd_opt(2026, 8, 20).unwrap())).unwrap();
    assert_eq!(outcome.report.errors().count(), 0);
    outcome.file.unwrap()
}

/// Lines are the file's own, and so is the order of its registers: neither belongs to what it says.
fn said(mut file: AttendanceFile) -> Vec<String> {
    let persons = std::mem::take(&mut file.persons);
    let mut lines = Vec::new();
    for (association, occasion) in file.occasions() {
        let mut marks: Vec<String> = occasion
            .marks
            .iter()
            .map(|mark| {
                let person = &persons[usize::try_from(mark.person).unwrap()];
                format!(
                    "{}/{}/{}",
                    bifall::domain::canonical::Sha::of(person.number.expose().as_bytes()).hex(),
                    person.name.whole(),
                    mark.class.bits()
                )
            })
            .collect();
        marks.sort();
        lines
            .push(format!("{} {:?} {:?} {:?} {marks:?}", association.id, association.organisation_number, occasion.facts, occasion.method));
    }
    lines
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    for sample in [ALL_FEATURES, MIDNIGHT, SMALL] {
        let before = read(sample);
        let mut written = Vec::new();
        dak::write(&mut written, &before).unwrap();
        let after = read(&written);
        assert_eq!(before.persons.len(), after.persons.len());
        let (before, after) = (said(before), said(after));
        assert!(before.len() > 1);
        assert!(before == after, "{} occasions were read back otherwise", before.iter().zip(&after).filter(|(a, b)| a != b).count());
    }
}
