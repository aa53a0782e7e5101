use bifall::domain::Money;
use bifall::domain::account_number::AccountKind;
use bifall::domain::inputs::Answer;
use bifall::forms::{
    BankAccountKinds, Entry, EntryFault, Field, FieldKind, NumberField, Requirement, account_of, enter, parse_decimal, parse_integer,
    parse_money,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn field(kind: FieldKind) -> Field {
    Field {
        id: "f".to_owned(),
        label: bifall::domain::Localized::sv("F"),
        help: None,
        required: Requirement::Optional,
        show_if: None,
        kind,
        place: bifall::domain::Place::default(),
    }
}

fn typed(kind: FieldKind, text: &str) -> Result<Option<Answer>, &'static str> {
    enter(&field(kind), &Entry::One(text.to_owned())).map_err(|findings| findings[0].code)
}

#[test]
fn numbers_are_read_as_swedes_write_them() {
    for (text, expected) in [
        ("1 234,50", "1234.50"),
        ("1\u{a0}234,5", "1234.5"),
        ("12\u{202f}345\u{202f}678", "12345678"),
        ("1234.5", "1234.5"),
        ("0.125", "0.125"),
        ("\u{2212}3", "-3"),
        ("- 3,5", "-3.5"),
    ] {
        assert_eq!(parse_decimal(text), Ok(expected.parse::<Decimal>().unwrap()), "{text}");
    }
    for (text, fault) in [
        ("1.234", EntryFault::Ambiguous),
        ("12 34", EntryFault::NotANumber),
        ("1 2345", EntryFault::NotANumber),
        ("1,2,3", EntryFault::NotANumber),
        ("1.234,50", EntryFault::NotANumber),
        ("12,", EntryFault::NotANumber),
        (",5", EntryFault::NotANumber),
        ("tolv", EntryFault::NotANumber),
        ("1e3", EntryFault::NotANumber),
        ("99999999999999999999999999999999", EntryFault::TooLarge),
    ] {
        assert_eq!(parse_decimal(text), Err(fault), "{text}");
    }
    assert_eq!(parse_integer("12,0"), Ok(12));
    assert_eq!(parse_integer("12,5"), Err(EntryFault::NotWhole));
    assert_eq!(parse_money("500:-"), Ok(Money::from_ore(50_000)));
    assert_eq!(parse_money("1 234,50 kr"), Ok(Money::from_ore(123_450)));
    assert_eq!(parse_money("0,005"), Err(EntryFault::PartsOfOre));
}

#[test]
fn identity_numbers_are_checked() {
    assert_eq!(typed(FieldKind::OrganisationNumber, "202100-5489"), Ok(Some(Answer::Text("2021005489".to_owned()))));
    assert_eq!(typed(FieldKind::OrganisationNumber, "16202100-5489"), Ok(Some(Answer::Text("2021005489".to_owned()))));
    assert_eq!(typed(FieldKind::OrganisationNumber, "202100-5488"), Err("bad_organisation_number"));
    let accounts = |bankgiro| FieldKind::BankAccount(BankAccountKinds { bankgiro, plusgiro: true, account: true });
    assert_eq!(typed(accounts(true), "991-2346"), Ok(Some(Answer::Text("bankgiro:991-2346".to_owned()))));
    assert_eq!(typed(accounts(true), "Bg 991-2347"), Err("bad_account"));
    assert_eq!(typed(accounts(false), "991-2346"), Err("account_kind"));
    assert_eq!(typed(accounts(true), "28 65 43-4"), Ok(Some(Answer::Text("plusgiro:28 65 43-4".to_owned()))));
    let bank = typed(accounts(true), "8327-9, 123456789");
    assert_eq!(bank.map(|answer| answer.and_then(|answer| account_of(&answer)).map(|account| account.kind())), Ok(Some(AccountKind::Bank)));
    let parts = Entry::Parts([("kind", "bankgiro"), ("number", "9912346")].map(|(k, v)| (k.to_owned(), v.to_owned())).into());
    assert_eq!(enter(&field(accounts(true)), &parts), Ok(Some(Answer::Text("bankgiro:991-2346".to_owned()))));
    let person = || FieldKind::PersonalNumber { justification: bifall::domain::Localized::sv("") };
    // Skatteverket's test series.
    assert_eq!(typed(person(), "19900118-9811"), Ok(Some(Answer::Text("199001189811".to_owned()))));
    assert_eq!(typed(person(), "19900118-9812"), Err("bad_personal_number"));
    assert_eq!(typed(person(), "900118-9811"), Err("bad_personal_number"));
}

#[test]
fn empty_boxes_are_no_answers_and_others_are_understood() {
    assert_eq!(typed(FieldKind::Email, "  "), Ok(None));
    assert_eq!(typed(FieldKind::Email, "anna@forening.se"), Ok(Some(Answer::Text("anna@forening.se".to_owned()))));
    for wrong in ["anna", "anna@se", "an na@forening.se", "@forening.se", "anna@forening..se"] {
        assert_eq!(typed(FieldKind::Email, wrong), Err("bad_email"), "{wrong}");
    }
    assert_eq!(typed(FieldKind::YesNo, "ja"), Ok(Some(Answer::YesNo(true))));
    assert_eq!(typed(FieldKind::Phone, "070-174 06 05"), Ok(Some(Answer::Text("070-174 06 05".to_owned()))));
    assert_eq!(typed(FieldKind::Integer(NumberField::default()), "1 200"), Ok(Some(Answer::Integer(1_200))));
    let parts = Entry::Parts(
        [("street", "Storgatan 1"), ("postcode", "41250"), ("town", "Göteborg")].map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
    );
    assert_eq!(enter(&field(FieldKind::PostalAddress), &parts), Ok(Some(Answer::Text("Storgatan 1\n412 50 Göteborg".to_owned()))));
}

#[test]
fn rows_of_a_budget_keep_costs_and_incomes_apart() {
    let row = |kind: &str, text: &str, amount: &str| {
        [("kind", kind), ("text", text), ("amount", amount)].map(|(k, v)| (k.to_owned(), Entry::One(v.to_owned()))).into_iter().collect()
    };
    let budget = field(FieldKind::Budget { incomes: true });
    let rows = Entry::Rows(vec![row("cost", "Hyra", "1 000"), row("income", "Biljetter", "500,50"), row("cost", "", "")]);
    let Ok(Some(Answer::Budget(read))) = enter(&budget, &rows) else { panic!("a budget") };
    assert_eq!((read.costs.len(), read.costs[0].amount.ore(), read.incomes[0].amount.ore()), (1, 100_000, 50_050));
    let wrong = Entry::Rows(vec![row("cost", "Hyra", "mycket"), row("cost", "", "5"), row("cost", "El", "-5")]);
    let found: Vec<String> =
        enter(&budget, &wrong).unwrap_err().iter().map(|finding| format!("{} {}", finding.field, finding.code)).collect();
    assert_eq!(found, ["f.0.amount not_a_number", "f.1.text missing_text", "f.2.amount negative"]);
}

proptest! {
    #[test]
    fn amounts_written_with_spaces_and_comma_read_back(ore in 0_i64..10_000_000_000) {
        let (kronor, rest) = (ore / 100, ore % 100);
        let digits = kronor.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 { grouped.push('\u{a0}'); }
            grouped.push(digit);
        }
        prop_assert_eq!(parse_money(&format!("{grouped},{rest:02} kr")), Ok(Money::from_ore(ore)));
    }

    #[test]
    fn no_entry_panics(text in ".{0,40}") {
        for kind in [FieldKind::Email, FieldKind::Phone, FieldKind::OrganisationNumber, FieldKind::Municipality, FieldKind::PostalAddress,
            FieldKind::PersonalNumber { justification: bifall::domain::Localized::sv("") },
            FieldKind::BankAccount(BankAccountKinds { bankgiro: true, plusgiro: true, account: true }), FieldKind::Money(NumberField::default())] {
            let _ = typed(kind, &text);
        }
    }
}
