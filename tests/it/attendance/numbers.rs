//! Personal and organisation numbers.

use std::fs;
use std::path::PathBuf;

use bifall::attendance::identity::person_hmac;
use bifall::attendance::report::masked_id;
use bifall::domain::attendance::Sex;
use bifall::domain::organisation_number::{OrganisationNumber, OrganisationNumberError};
use bifall::domain::person_number::{PersonNumber, PersonNumberError, PersonNumberKind};
use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;

use super::generate;

fn vectors(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schemas/personnummer-meta").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_shared_vectors_agree() {
    let all = vectors("structured.json");
    let mut checked = 0;
    for kind in ["ssn", "con"] {
        for validity in ["valid", "invalid"] {
            for text in all[kind]["string"][validity].as_array().unwrap() {
                let text = text.as_str().unwrap();
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                let parsed = PersonNumber::parse(text);
                match (digits, validity) {
                    (12, "valid") => {
                        let number = parsed.unwrap();
                        let expected = if kind == "ssn" { PersonNumberKind::Personal } else { PersonNumberKind::Coordination };
                        assert_eq!(number.kind(), expected);
                    }
                    (_, "valid") => assert_eq!(parsed, Err(PersonNumberError::Century)),
                    _ => assert!(parsed.is_err()),
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 40);
}

#[test]
fn sex_and_date_of_the_shared_vectors_agree() {
    let mut checked = 0;
    for row in vectors("list.json").as_array().unwrap().iter().filter(|row| row["valid"] == true) {
        let number = PersonNumber::from_twelve_digits(row["long_format"].as_str().unwrap()).unwrap();
        assert_eq!(number.sex() == Sex::Male, row["isMale"] == true);
        let mut date = row["long_format"].as_str().unwrap()[..8].parse::<u32>().unwrap();
        if row["type"] == "con" {
            date -= 60;
        }
        assert_eq!(number.birth().format("%Y%m%d").to_string(), date.to_string());
        checked += 1;
    }
    assert!(checked > 5);
}

#[test]
fn interim_numbers_are_refused_as_such() {
    for row in vectors("interim.json").as_array().unwrap() {
        let expected = if row["valid"] == true { PersonNumberError::Interim } else { PersonNumberError::Form };
        assert_eq!(PersonNumber::parse(row["separated_long"].as_str().unwrap()), Err(expected));
    }
}

#[test]
fn every_reason_has_its_case() {
    let cases = [
        ("", PersonNumberError::Missing),
        ("20160211-2383", PersonNumberError::Form),
        ("1602112383", PersonNumberError::Century),
        ("201602110000", PersonNumberError::Placeholder),
        ("20160211T220", PersonNumberError::Interim),
        ("19960119TF12", PersonNumberError::Reserve),
        ("992016021123", PersonNumberError::Reserve),
        ("201602302383", PersonNumberError::Date),
        ("201602602383", PersonNumberError::Date),
        ("201602112384", PersonNumberError::CheckDigit),
        ("20160211238é", PersonNumberError::Form),
    ];
    for (text, reason) in cases {
        assert_eq!(PersonNumber::from_twelve_digits(text), Err(reason), "{}", reason.code());
        assert!(!reason.text().sv.is_empty() && reason.text().en.is_some());
    }
}

#[test]
fn a_coordination_number_is_born_sixty_days_earlier() {
    let number = PersonNumber::from_twelve_digits("201304822396").unwrap();
    assert_eq!(number.birth(), NaiveDate::from_ymd_opt(2013, 4, 22).unwrap());
    assert_eq!((number.kind(), number.sex()), (PersonNumberKind::Coordination, Sex::Male));
}

#[test]
fn numbers_show_themselves_masked() {
    let number = PersonNumber::parse("20160211-2383").unwrap();
    assert_eq!(format!("{number} {number:?} {:?}", Some(number)), "20160211-**** 20160211-**** Some(20160211-****)");
    assert_eq!(number.expose(), "201602112383");
    assert_eq!(masked_id("p-201602112383"), "p-20160211****");
    assert_eq!(masked_id("20160211-2383"), "20160211-****");
    assert_eq!(masked_id("813F28C9-BE1F-4599-969B-A28008A2C001"), "813F28C9-BE1F-4599-969B-A28008A2C001");
    assert_eq!(masked_id("3301000"), "3301000");
}

#[test]
fn keyed_identities_depend_on_key_and_number() {
    let number = PersonNumber::from_twelve_digits("201602112383").unwrap();
    // printf 201602112383 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
    let expected = "881459e19b80355e582711e863db9ab1";
    let hex: String = person_hmac(&[7; 32], number).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, expected);
    assert_ne!(person_hmac(&[8; 32], number), person_hmac(&[7; 32], number));
}

#[test]
fn organisation_numbers_are_read_in_all_their_forms() {
    for row in vectors("orgnumber.json").as_array().unwrap() {
        let short = row["short_format"].as_str().unwrap();
        let number: OrganisationNumber = short.parse().unwrap();
        assert_eq!(number.to_string(), row["separated_format"].as_str().unwrap());
        assert_eq!(format!("16{short}").parse(), Ok(number));
        assert_eq!(number.to_string().parse(), Ok(number));
        assert_eq!(number.digits(), short);
    }
    let parse = |text: &str| text.parse::<OrganisationNumber>().unwrap_err();
    assert_eq!(parse("802005-1953"), OrganisationNumberError::CheckDigit);
    assert_eq!(parse("160211-2383"), OrganisationNumberError::PersonalNumber);
    for text in ["", "802005", "80200-51952", "188020051952", "802005-1952-", "8020051952345"] {
        assert_eq!(parse(text), OrganisationNumberError::Form);
    }
}

proptest! {
    #[test]
    fn any_text_is_a_number_or_a_reason(text in "\\PC{0,16}") {
        let _ = PersonNumber::parse(&text);
        let _ = text.parse::<OrganisationNumber>();
        let _ = masked_id(&text);
    }

    #[test]
    fn test_numbers_are_valid_and_one_wrong_digit_is_noticed(nth in 0_u64..20_000, place in 2_usize..12, add in 1_u8..10) {
        let text = generate::number(1950, nth);
        let number = PersonNumber::from_twelve_digits(&text).unwrap();
        prop_assert_eq!(number.expose(), text.clone());
        prop_assert_eq!(number.sex(), if nth.is_multiple_of(2) { Sex::Female } else { Sex::Male });
        prop_assert!(number.birth().year() >= 1950);
        let mut wrong = text.into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + add) % 10;
        prop_assert!(PersonNumber::from_twelve_digits(std::str::from_utf8(&wrong).unwrap()).is_err());
    }
}
