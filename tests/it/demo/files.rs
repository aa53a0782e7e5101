//! The generated files: the same every time, as the schema wants them, with numbers of the test series.

use std::collections::BTreeSet;

use bifall::attendance::dak::{self, Options};
use bifall::demo::municipality::{ASSOCIATIONS, Attendance};
use bifall::demo::people::{Book, Dice, test_number};
use bifall::demo::samples;
use bifall::demo::seed::cast::Cast;
use bifall::domain::attendance::Sex;
use bifall::domain::person_number::PersonNumber;
use chrono::NaiveDate;
use proptest::prelude::*;

fn cast() -> Cast {
    Cast::call("1480").unwrap()
}

#[test]
fn the_same_files_are_written_every_time() {
    let (once, again) = (cast(), cast());
    assert!(once.files == again.files, "the files differ");
    assert_eq!(once.files.len(), 18);
}

#[test]
fn every_file_is_accepted_and_looks_like_a_clubs() {
    let mut generated = 0;
    for (at, bytes) in cast().files {
        let options = Options { municipality: Some("1480".to_owned()), ..Options::on("2026-08-20".parse().unwrap()) };
        let read = dak::read(&mut bytes.as_slice(), &options).unwrap();
        let receipt = &read.report.receipt;
        assert!(read.report.accepted, "{}", ASSOCIATIONS[at].name);
        if matches!(ASSOCIATIONS[at].attendance, Attendance::Generated(_)) {
            generated += receipt.participant_marks + receipt.leader_marks;
            assert!(receipt.occasions >= 18, "{} meets {} times", ASSOCIATIONS[at].name, receipt.occasions);
            assert!(receipt.persons >= 10, "{} has {} persons", ASSOCIATIONS[at].name, receipt.persons);
        }
    }
    assert!((4_000..9_000).contains(&generated), "{generated} marks were generated");
}

#[test]
fn nobody_has_another_persons_number() {
    let cast = cast();
    let numbers: BTreeSet<PersonNumber> = cast.residents.iter().map(|resident| resident.number).collect();
    assert_eq!(numbers.len(), cast.residents.len());
    let serials: BTreeSet<String> = numbers.iter().map(|number| number.expose()[8..11].to_owned()).collect();
    assert_eq!(serials, BTreeSet::from(["238".to_owned(), "239".to_owned()]), "a number outside the test series");
    for (at, bytes) in &cast.files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let strangers = samples::numbers(text).into_iter().filter(|number| !numbers.contains(number)).count();
        assert_eq!(strangers, 0, "the register does not know everybody of {}", ASSOCIATIONS[*at].name);
    }
}

#[test]
fn a_year_has_room_for_all_its_days_and_then_goes_on() {
    let (mut book, mut dice) = (Book::default(), Dice::new(1));
    let people: Vec<PersonNumber> = (0..400).map(|_| book.number(&mut dice, 2013, Sex::Female)).collect();
    assert_eq!(people.iter().collect::<BTreeSet<_>>().len(), 400);
    assert_eq!(people.iter().filter(|number| number.expose().starts_with("2013")).count(), 365);
    assert_eq!(people.iter().filter(|number| number.expose().starts_with("2014")).count(), 35);
}

proptest! {
    #[test]
    fn test_numbers_tell_birth_and_sex(day in 0_i32..30_000, woman: bool) {
        let birth = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap() + chrono::Days::new(u64::try_from(day).unwrap());
        let sex = if woman { Sex::Female } else { Sex::Male };
        let number = test_number(birth, sex);
        prop_assert_eq!((number.birth(), number.sex()), (birth, sex));
    }
}
