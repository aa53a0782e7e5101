//! Account numbers: vectors from Bankgirot's rules and public examples, and properties of the check digits.

use bifall::domain::account_number::{
    AccountError, AccountKind, AccountNumber, AccountWarning, BankAccount, Bankgiro, Bic, Iban, Ocr, Plusgiro, bank_name, parse,
};
use proptest::prelude::*;

use super::files::{any_account, with_check_digit};

#[test]
fn giro_numbers_are_read_as_people_write_them() {
    for (text, printed) in [
        ("5012-3454", "5012-3454"),
        ("50123454", "5012-3454"),
        (" 999 12 33 ", "999-1233"),
        ("5805–6201", "5805-6201"),
        ("991-2346", "991-2346"),
    ] {
        assert_eq!(text.parse::<Bankgiro>().map(|number| number.to_string()), Ok(printed.to_owned()), "{text}");
    }
    for (text, printed) in [
        ("41 23 45-1", "41 23 45-1"),
        ("9020033", "90 20 03-3"),
        ("902090-0", "90 20 90-0"),
        ("414", "41-4"),
        ("75", "7-5"),
        ("12345674", "1 23 45 67-4"),
    ] {
        assert_eq!(text.parse::<Plusgiro>().map(|number| number.to_string()), Ok(printed.to_owned()), "{text}");
    }
}

#[test]
fn giro_numbers_tell_what_is_wrong() {
    let bankgiro = |text: &str| parse(AccountKind::Bankgiro, text).expect_err(text);
    assert_eq!(bankgiro(" - "), AccountError::Empty);
    assert_eq!(bankgiro("5012-345x"), AccountError::Sign('x'));
    assert_eq!(bankgiro("123456"), AccountError::Length { kind: AccountKind::Bankgiro, found: 6, least: 7, most: 8 });
    assert_eq!(bankgiro("5012-3455"), AccountError::CheckDigit(AccountKind::Bankgiro));
    assert_eq!(bankgiro("0000-0000"), AccountError::CheckDigit(AccountKind::Bankgiro));
    assert_eq!(bankgiro("٥٠١٢٣٤٥٤"), AccountError::Sign('٥'), "digits of other scripts are no digits here");
    let long = AccountError::Length { kind: AccountKind::Plusgiro, found: 9, least: 2, most: 8 };
    assert_eq!(parse(AccountKind::Plusgiro, "123456789"), Err(long));
    let told = bankgiro("5012-3455");
    assert_eq!(told.message().sv, "Bankgiro: numret stämmer inte, kontrollsiffran är fel.");
    assert_eq!(told.message().en.as_deref(), Some("Bankgiro: the number is not right, its check digit is wrong."));
    assert!(told.hint().sv.contains("kontoutdraget"));
}

#[test]
fn every_error_explains_itself_in_two_languages() {
    let kinds = [AccountKind::Bankgiro, AccountKind::Plusgiro, AccountKind::Bank];
    let lengths = kinds.map(|kind| AccountError::Length { kind, found: 3, least: 7, most: 8 });
    let others = [
        AccountError::Empty,
        AccountError::Sign('x'),
        AccountError::CheckDigit(AccountKind::Bank),
        AccountError::Clearing,
        AccountError::Ocr,
        AccountError::Iban,
        AccountError::Bic,
    ];
    for error in lengths.into_iter().chain(others) {
        for text in [error.message(), error.hint()] {
            assert!(text.sv.ends_with('.') && text.en.is_some_and(|en| en.ends_with('.')), "{error:?}");
        }
    }
}

/// One account for each way of checking, its digits found by a script of its own.
const RIGHT: [(&str, &str, &str); 15] = [
    ("5000", "1234501", "SEB"),
    ("1200", "1234503", "Danske Bank"),
    ("3400", "1234505", "Länsförsäkringar Bank"),
    ("7000", "1234501", "Swedbank"),
    ("9071", "4172383", "Multitude Bank"),
    ("4000", "1234508", "Nordea"),
    ("9020", "1234507", "Länsförsäkringar Bank"),
    ("9150", "1234503", "Skandiabanken"),
    ("2300", "1234502", "Ålandsbanken"),
    ("9789", "1111113", "Klarna Bank"),
    ("9180", "1234567806", "Danske Bank"),
    ("9570", "1234567806", "Sparbanken Syd"),
    ("9890", "1234567806", "Riksgälden"),
    ("6000", "123456703", "Handelsbanken"),
    ("6789", "123456789", "Handelsbanken"),
];

#[test]
fn each_way_of_checking_accepts_right_and_refuses_wrong() {
    for (clearing, account, bank) in RIGHT {
        let (read, warning) = BankAccount::new(clearing, account).unwrap_or_else(|error| panic!("{clearing} {account}: {error}"));
        assert_eq!((read.bank(), warning), (Some(bank), None), "{clearing} {account}");
        let last = account.len() - 1;
        let wrong = if account.ends_with('9') { format!("{}0", &account[..last]) } else { format!("{}9", &account[..last]) };
        assert_eq!(BankAccount::new(clearing, &wrong), Err(AccountError::CheckDigit(AccountKind::Bank)), "{clearing} {wrong}");
        assert!(matches!(BankAccount::new(clearing, &format!("{account}0")), Err(AccountError::Length { .. })), "{clearing} {account}0");
    }
}

#[test]
fn swedbank_moves_its_fifth_digit_into_the_account() {
    let (account, warning) = BankAccount::parse("8327-9, 123 456 789").expect("an account");
    assert_eq!((account.clearing(), account.account()), ("83279", "123456789"));
    assert_eq!((account.routing_clearing(), account.routing_account().as_str()), ("8327", "9123456789"));
    assert_eq!(account.to_string(), "8327-9, 123456789");
    assert_eq!(warning, Some(AccountWarning::CheckDigit), "the account has no right check digit, and the bank lets it pass");
    let public = BankAccount::parse("8424-4,983 189 224-6").expect("an account");
    assert_eq!((public.0.clearing(), public.0.account(), public.1), ("84244", "9831892246", None));
    let wrong_fifth = BankAccount::parse("8424-1,983 189 224-6").expect("an account");
    assert_eq!(wrong_fifth.1, Some(AccountWarning::ClearingCheckDigit));
}

#[test]
fn the_file_is_the_same_however_the_fifth_digit_is_written() {
    let one = BankAccount::parse("83279 123456789").expect("an account").0;
    for text in ["8327-9, 123456789", "8327-9 123456789", "83279123456789", "8327 9123456789", "8327/9123456789"] {
        let other = BankAccount::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).0;
        assert_eq!((one.routing_clearing(), one.routing_account()), (other.routing_clearing(), other.routing_account()), "{text}");
    }
}

#[test]
fn an_account_is_read_as_people_write_it() {
    for text in ["6789, 123 456 789", "6789-123456789", "6789 123 456 789", "6789123456789", "6789/123.456.789"] {
        let (account, _) = BankAccount::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((account.clearing(), account.account()), ("6789", "123456789"), "{text}");
    }
}

#[test]
fn what_the_table_does_not_know_is_a_warning() {
    assert_eq!(bank_name(1000), None);
    let (account, warning) = BankAccount::new("1000", "1234567").expect("an account");
    assert_eq!((account.bank(), warning), (None, Some(AccountWarning::UnknownClearing)));
    assert_eq!(BankAccount::new("123", "1234567"), Err(AccountError::Clearing));
    assert_eq!(BankAccount::new("67891", "123456789"), Err(AccountError::Clearing), "five digits are Swedbank's alone");
    assert_eq!(BankAccount::parse("67"), Err(AccountError::Clearing));
}

#[test]
fn every_range_of_the_table_is_read_and_none_overlaps() {
    let table = include_str!("../../../src/domain/account_number/clearing.csv");
    let mut ranges = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for clearing in [cells[1], cells[2]] {
            assert_eq!(bank_name(clearing.parse().expect("a number")), Some(cells[0]), "{line}");
        }
        ranges.push((cells[1], cells[2]));
    }
    assert_eq!(ranges.len(), 54, "the edition of 2024-02-22 has 54 ranges");
    ranges.sort_unstable();
    assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "no clearing number has two banks");
}

#[test]
fn debug_shows_no_personal_account() {
    let (account, _) = BankAccount::new("9570", "1234567806").expect("an account");
    assert_eq!(format!("{account:?}"), "BankAccount(9570, **********)");
}

#[test]
fn iban_and_bic_and_references() {
    let iban: Iban = "se45 5000 0000 0583 9825 7466".parse().expect("the example of the IBAN register");
    assert_eq!((iban.as_str(), iban.to_string().as_str()), ("SE4550000000058398257466", "SE45 5000 0000 0583 9825 7466"));
    assert!("DE89 3704 0044 0532 0130 00".parse::<Iban>().is_ok());
    for wrong in ["SE4650000000058398257466", "SE455000000005839825746", "", "4550000000058398257466SE", "SE45åäö"] {
        assert_eq!(wrong.parse::<Iban>(), Err(AccountError::Iban), "{wrong}");
    }
    assert!("SWEDSESS".parse::<Bic>().is_ok() && "nordsess123".parse::<Bic>().is_ok());
    for wrong in ["SWEDSES", "SWED5ESS", "SWEDSESSXX", "SWEDSESO", "SWEDSE1S"] {
        assert_eq!(wrong.parse::<Bic>(), Err(AccountError::Bic), "{wrong}");
    }
    assert_eq!("123 4566".parse::<Ocr>().map(|ocr| ocr.digits().to_owned()), Ok("1234566".into()));
    assert_eq!("1234567".parse::<Ocr>(), Err(AccountError::Ocr));
    assert_eq!("0".repeat(26).parse::<Ocr>(), Err(AccountError::Ocr));
}

#[test]
fn numbers_are_stored_as_digits_and_checked_when_read() {
    let account = AccountNumber::Bankgiro("5012-3454".parse().expect("a bankgiro"));
    let json = serde_json::to_string(&account).expect("JSON");
    assert_eq!(json, r#"{"kind":"bankgiro","number":"50123454"}"#);
    assert!(serde_json::from_str::<AccountNumber>(&json.replace("454", "455")).is_err());
    let bank = r#"{"kind":"bank","number":{"clearing":"6789","account":"123456789"}}"#;
    assert_eq!(serde_json::to_string(&serde_json::from_str::<AccountNumber>(bank).expect("an account")).expect("JSON"), bank);
    assert!(serde_json::from_str::<AccountNumber>(&bank.replace("456789\"}", "456780\"}")).is_err());
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(account in any_account()) {
        let read = parse(account.kind(), &account.to_string()).expect("a number");
        prop_assert_eq!(&read.number, &account);
        let json = serde_json::to_string(&account).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<AccountNumber>(&json).expect("a number"), account);
    }

    #[test]
    fn one_wrong_digit_is_always_seen(digits in "[1-9][0-9]{5,6}", at in 0_usize..7, by in 1_u8..10) {
        let right = with_check_digit(&digits);
        prop_assert!(right.parse::<Bankgiro>().is_ok());
        let mut wrong = right.into_bytes();
        let at = at % wrong.len();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        let wrong = String::from_utf8(wrong).expect("digits");
        prop_assert!(wrong.parse::<Bankgiro>().is_err(), "{}", wrong);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}", digits in "[0-9 ,/-]{0,30}") {
        for kind in [AccountKind::Bankgiro, AccountKind::Plusgiro, AccountKind::Bank] {
            for text in [&text, &digits] {
                if let Ok(read) = parse(kind, text) {
                    prop_assert_eq!(read.number.kind(), kind);
                }
            }
        }
        let _ = text.parse::<Iban>();
        let _ = text.parse::<Bic>();
    }
}
