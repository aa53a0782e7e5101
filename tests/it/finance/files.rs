//! A batch to write: the data of `tests/fixtures/integration/pain.001.001.03-se.xml`, and random ones.

use bifall::domain::Money;
use bifall::domain::account_number::{AccountKind, AccountNumber, BankAccount, parse};
use bifall::domain::id::DecisionId;
use bifall::domain::payment::{AccountingString, LineKind, PaymentLine, Settlement, settle};
use bifall::integrations::finance::{Debtor, Message, Payee, Payment, PaymentFile};
use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use uuid::Uuid;

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

pub(super) fn number(kind: AccountKind, text: &str) -> AccountNumber {
    parse(kind, text).unwrap_or_else(|error| panic!("{error}")).number
}

pub(super) fn codes(account: &str) -> AccountingString {
    AccountingString::new(account).expect("an account")
}

pub(super) fn line(kind: LineKind, ore: i64) -> PaymentLine {
    PaymentLine {
        kind,
        amount: Money::from_ore(ore),
        accounting: codes("4530"),
        decision: DecisionId(Uuid::from_u128(7)),
        text: "Aktivitetsstöd".into(),
    }
}

pub(super) fn granted(ore: i64) -> Settlement {
    settle(vec![line(LineKind::Grant, ore)]).expect("a grant")
}

pub(super) fn payment(id: &str, name: &str, account: AccountNumber, ore: i64, message: &str) -> Payment {
    Payment {
        id: id.parse().expect("a reference"),
        settlement: granted(ore),
        payee: Payee { name: name.into(), organisation_number: Some("8024001235".into()), town: Some("Teststad".into()), account },
        message: Message::Text(message.into()),
        diary_number: message.into(),
    }
}

pub(super) fn debtor() -> Debtor {
    Debtor {
        name: "Testkommunen".into(),
        organisation_number: "2120009994".into(),
        town: "Teststad".into(),
        bic: "SWEDSESS".parse().expect("a BIC"),
        iban: "SE45 5000 0000 0583 9825 7466".parse().expect("an IBAN"),
        account: Some(BankAccount::new("6789", "123456789").expect("an account").0),
        bankgiro: Some("9991233".parse().expect("a bankgiro")),
    }
}

pub(super) fn sample() -> PaymentFile {
    let swedbank = BankAccount::new("83279", "123456789").expect("Swedbank's check digits only warn").0;
    PaymentFile {
        number: "UTB-2026-000123".into(),
        created: Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).single().expect("a moment"),
        execution: day(2026, 11, 25),
        debtor: debtor(),
        payments: vec![
            payment("BIDRAG-2026-0042-3", "Testby Fritidsgård", AccountNumber::Bank(swedbank), 1_000_000, "KFN 2026/125"),
            payment("BIDRAG-2026-0042-1", "Testby Idrottsförening", number(AccountKind::Bankgiro, "5012-3454"), 1_200_000, "KFN 2026/123"),
            payment("BIDRAG-2026-0042-2", "Testby Scoutkår", number(AccountKind::Plusgiro, "412345-1"), 250_050, "KFN 2026/124"),
        ],
    }
}

/// A check digit by modulus 10, reckoned the way one does on paper.
pub(super) fn with_check_digit(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0');
            if at % 2 == 1 {
                digit
            } else if digit < 5 {
                2 * digit
            } else {
                2 * digit - 9
            }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

pub(super) fn any_account() -> impl Strategy<Value = AccountNumber> {
    let bankgiro = "[1-9][0-9]{5,6}".prop_map(|digits| number(AccountKind::Bankgiro, &with_check_digit(&digits)));
    let plusgiro = "[1-9][0-9]{0,6}".prop_map(|digits| number(AccountKind::Plusgiro, &with_check_digit(&digits)));
    let swedbank = ("8[0-9]{3}", "[1-9][0-9]{5,9}")
        .prop_map(|(clearing, account)| AccountNumber::Bank(BankAccount::new(&clearing, &account).expect("Swedbank only warns").0));
    let personal = "[1-9][0-9]{8}".prop_map(|digits| {
        AccountNumber::Bank(BankAccount::new("9570", &with_check_digit(&digits)).expect("ten digits with check digit").0)
    });
    prop_oneof![bankgiro, plusgiro, swedbank, personal]
}

prop_compose! {
    /// A name as people have them, and as nobody has: markup, quotation marks, formulas, other scripts, line breaks.
    pub(super) fn any_name()(head in "[A-Za-zÅÄÖåäö]", tail in "[ -~åäöéüßøÅÄÖ–”&<>'\"=+@;\\\\\n\tЖ漢😀{}]{0,60}") -> String {
        format!("{head}{tail}")
    }
}

prop_compose! {
    pub(super) fn any_payment()(
        id in "[A-Z0-9][A-Z0-9-]{7,34}",
        name in any_name(),
        account in any_account(),
        ore in 1_i64..100_000_000_000,
        text in any_name(),
    ) -> Payment {
        payment(&id, &name, account, ore, &text)
    }
}

prop_compose! {
    pub(super) fn any_file()(payments in prop::collection::vec(any_payment(), 1..40)) -> PaymentFile {
        let mut seen = std::collections::BTreeSet::new();
        let payments = payments.into_iter().filter(|payment| seen.insert(payment.id.clone())).collect();
        PaymentFile { payments, ..sample() }
    }
}
