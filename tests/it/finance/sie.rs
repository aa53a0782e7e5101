//! SIE 4I files, read back by a small reader of the format that knows nothing of the writer.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::account_number::AccountKind;
use bifall::domain::payment::{AccountingString, LineKind, settle};
use bifall::domain::period::DateRange;
use bifall::integrations::finance::FileError;
use bifall::integrations::finance::sie::{Dimensions, Voucher, VoucherFile, VoucherLine, voucher, write};
use codepage_437::{BorrowFromCp437, CP437_CONTROL};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::files::{any_file, any_name, codes, day, line, number, payment};

#[test]
fn a_payment_becomes_a_voucher_that_balances() {
    let mut paid = payment("A1", "Testby Idrottsförening", number(AccountKind::Bankgiro, "5012-3454"), 1, "KFN 2026/123");
    paid.settlement = settle(vec![line(LineKind::Grant, 1_200_000), line(LineKind::SetOff, -200_050)]).expect("a settlement");
    let voucher = voucher(&paid, day(2026, 11, 25), &codes("1940")).expect("a voucher");
    let lines: Vec<(&str, i64)> = voucher.lines.iter().map(|line| (line.accounting.account(), line.amount.ore())).collect();
    assert_eq!(lines, [("4530", 1_200_000), ("4530", -200_050), ("1940", -999_950)]);
    assert_eq!(voucher.text, "KFN 2026/123 Testby Idrottsförening");

    paid.settlement = settle(vec![line(LineKind::Grant, 100), line(LineKind::SetOff, -100)]).expect("a settlement");
    let nothing = super::sie::voucher(&paid, day(2026, 11, 25), &codes("1940")).expect("a voucher");
    assert_eq!(nothing.lines.len(), 2, "what is wholly set off needs no bank line");
}

#[test]
fn the_file_is_what_the_format_says() {
    let written = write(&file(vec![Voucher {
        series: Some("BIDR".into()),
        number: Some(1),
        date: day(2026, 11, 25),
        text: "Utbetalning \"våren\" Café 漢".into(),
        lines: vec![
            VoucherLine { accounting: full_codes(), amount: Money::from_ore(1_200_000), text: "Aktivitetsstöd".into() },
            VoucherLine { accounting: codes("1940"), amount: Money::from_ore(-1_200_000), text: String::new() },
        ],
    }]))
    .expect("a file");
    let expected = "#FLAGGA 0\r\n\
        #PROGRAM \"Bifall\" \"0.1.0\"\r\n\
        #FORMAT PC8\r\n\
        #GEN 20261123 \"anna\"\r\n\
        #SIETYP 4\r\n\
        #ORGNR 212000-9994\r\n\
        #FNAMN \"Testkommunen\"\r\n\
        #RAR 0 20260101 20261231\r\n\
        #VALUTA SEK\r\n\
        #KONTO \"1940\" \"Bank\"\r\n\
        #DIM 1 \"Kostnadsställe\"\r\n\
        #DIM 6 \"Projekt\"\r\n\
        #DIM 20 \"Verksamhet\"\r\n\
        #DIM 21 \"Motpart\"\r\n\
        #VER \"BIDR\" \"1\" 20261125 \"Utbetalning \\\"våren\\\" Café ?\" 20261123 \"anna\"\r\n\
        {\r\n\
        #TRANS \"4530\" {\"1\" \"4100\" \"6\" \"P1\" \"20\" \"30\" \"21\" \"85\"} 12000.00 20261125 \"Aktivitetsstöd\"\r\n\
        #TRANS \"1940\" {} -12000.00 20261125 \"\"\r\n\
        }\r\n";
    assert_eq!(decoded(&written.bytes), expected);
    assert!(written.bytes.windows(5).any(|bytes| bytes == b"v\x86ren"), "å is one byte of code page 437");
    assert_eq!(
        written.lost.iter().map(|lost| (lost.place.as_str(), lost.signs.as_slice())).collect::<Vec<_>>(),
        [("verifikation 1", ['漢'].as_slice())]
    );
}

#[test]
fn the_reader_understands_a_file_of_another_program() {
    let read = read(&decoded(include_bytes!("../../fixtures/integration/bidrag.si")));
    assert_eq!(read.vouchers.len(), 1);
    assert_eq!(read.vouchers[0].sum(), Decimal::ZERO);
    assert_eq!(read.vouchers[0].lines[0].objects, BTreeMap::from([("1".to_owned(), "4100".to_owned())]));
}

#[test]
fn what_a_ledger_would_refuse_is_refused() {
    let good = || Voucher { series: None, number: None, date: day(2026, 11, 25), text: "x".into(), lines: balanced(100) };
    let fault = |vouchers| write(&file(vouchers)).expect_err("a fault");
    assert_eq!(fault(vec![]), FileError::Empty);
    assert_eq!(fault(vec![good(), Voucher { lines: vec![], ..good() }]), FileError::NoLines(2));
    let mut off = good();
    off.lines[1].amount = Money::from_ore(-99);
    assert_eq!(fault(vec![good(), off]), FileError::Unbalanced { voucher: 2, off: Money::from_ore(1) });
    assert_eq!(fault(vec![Voucher { date: day(2027, 1, 1), ..good() }]), FileError::OutsideYear(1));
    let numbered = |series: &str, number| Voucher { series: Some(series.into()), number: Some(number), ..good() };
    assert_eq!(fault(vec![numbered("A", 2), numbered("B", 1), numbered("A", 2)]), FileError::VoucherNumber(3));
    assert!(write(&file(vec![numbered("A", 2), numbered("B", 1), numbered("A", 3), good()])).is_ok());
    for (activity, counterpart) in [(20, 20), (7, 21), (0, 21), (1, 21), (19, 21)] {
        let dimensions = Dimensions { activity, counterpart, ..Dimensions::default() };
        assert_eq!(write(&VoucherFile { dimensions, ..file(vec![good()]) }), Err(FileError::Dimensions), "{activity} {counterpart}");
    }
    let wrong_number = VoucherFile { organisation_number: "2120009".into(), ..file(vec![good()]) };
    assert_eq!(write(&wrong_number), Err(FileError::OrganisationNumber));
}

prop_compose! {
    fn any_voucher()(
        amounts in prop::collection::vec(1_i64..1_000_000_000, 1..6),
        text in any_name(),
        line_text in any_name(),
    ) -> Voucher {
        let lines = amounts.into_iter().flat_map(balanced).map(|line| VoucherLine { text: line_text.clone(), ..line }).collect();
        Voucher { series: None, number: None, date: day(2026, 11, 25), text, lines }
    }
}

proptest! {
    #[test]
    fn files_read_back_with_every_voucher_at_zero(vouchers in prop::collection::vec(any_voucher(), 1..10), company in any_name()) {
        let data = VoucherFile { company, ..file(vouchers.clone()) };
        let written = write(&data).expect("a file");
        prop_assert!(written.bytes.iter().all(|byte| !matches!(byte, 0..=9 | 11 | 12 | 14..=31 | 127)), "no control signs");
        let read = read(&decoded(&written.bytes));
        let heading: Vec<&str> = read.records.iter().map(|record| record[0].as_str()).take(9).collect();
        prop_assert_eq!(heading, ["#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#ORGNR", "#FNAMN", "#RAR", "#VALUTA"]);
        prop_assert_eq!(read.vouchers.len(), vouchers.len());
        for (read, sent) in read.vouchers.iter().zip(&vouchers) {
            prop_assert_eq!(read.sum(), Decimal::ZERO);
            let amounts: Vec<Decimal> = sent.lines.iter().map(|line| Decimal::new(line.amount.ore(), 2)).collect();
            prop_assert_eq!(read.lines.iter().map(|line| line.amount).collect::<Vec<_>>(), amounts);
            prop_assert_eq!(&read.lines[0].objects, &BTreeMap::from([("1", "4100"), ("6", "P1"), ("20", "30"), ("21", "85")].map(|(key, code)| (key.to_owned(), code.to_owned()))));
        }
        prop_assert_eq!(write(&data).expect("a file").bytes, written.bytes, "the same data gives the same bytes");
    }

    #[test]
    fn every_payment_of_a_batch_can_be_booked(batch in any_file()) {
        let vouchers: Vec<Voucher> = batch.payments.iter().map(|payment| voucher(payment, day(2026, 11, 25), &codes("1940")).expect("a voucher")).collect();
        let read = read(&decoded(&write(&file(vouchers)).expect("a file").bytes));
        let paid: i64 = batch.payments.iter().map(|payment| payment.amount().ore()).sum();
        let bank: Decimal = read.vouchers.iter().flat_map(|voucher| &voucher.lines).filter(|line| line.account == "1940").map(|line| line.amount).sum();
        prop_assert_eq!(bank, -Decimal::new(paid, 2));
    }
}

fn file(vouchers: Vec<Voucher>) -> VoucherFile {
    VoucherFile {
        program_version: "0.1.0".into(),
        generated: day(2026, 11, 23),
        generated_by: "anna".into(),
        company: "Testkommunen".into(),
        organisation_number: "2120009994".into(),
        year: DateRange { from: day(2026, 1, 1), to: day(2026, 12, 31) },
        dimensions: Dimensions::default(),
        account_names: BTreeMap::from([("1940".into(), "Bank".into()), ("9999".into(), "Används inte".into())]),
        vouchers,
    }
}

fn full_codes() -> AccountingString {
    let with = |codes: AccountingString| codes.with_cost_centre("4100")?.with_activity("30")?.with_project("P1")?.with_counterpart("85");
    with(codes("4530")).expect("codes")
}

fn balanced(ore: i64) -> Vec<VoucherLine> {
    let line = |accounting, ore| VoucherLine { accounting, amount: Money::from_ore(ore), text: "x".into() };
    vec![line(full_codes(), ore), line(codes("1940"), -ore)]
}

fn decoded(bytes: &[u8]) -> String {
    String::borrow_from_cp437(bytes, &CP437_CONTROL)
}

/// What a ledger would take from a file.
struct Read {
    records: Vec<Vec<String>>,
    vouchers: Vec<ReadVoucher>,
}

struct ReadVoucher {
    lines: Vec<ReadLine>,
}

struct ReadLine {
    account: String,
    objects: BTreeMap<String, String>,
    amount: Decimal,
}

impl ReadVoucher {
    fn sum(&self) -> Decimal {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// Reads records and vouchers by the rules of the format: fields parted by blanks, quotation marks around what holds
/// blanks, `\"` for a quotation mark, an object list in braces, and a voucher's braces alone on their lines.
fn read(text: &str) -> Read {
    let (mut records, mut vouchers, mut inside) = (Vec::new(), Vec::new(), false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line {
            "{" => {
                assert!(!inside, "no voucher within a voucher");
                inside = true;
            }
            "}" => {
                assert!(inside, "a voucher ends where one began");
                inside = false;
            }
            record => {
                let (fields, objects) = fields(record);
                match fields[0].as_str() {
                    "#VER" => vouchers.push(ReadVoucher { lines: Vec::new() }),
                    "#TRANS" => {
                        assert!(inside);
                        let amount = fields[2].parse().expect("an amount");
                        let voucher: &mut ReadVoucher = vouchers.last_mut().expect("a voucher");
                        voucher.lines.push(ReadLine { account: fields[1].clone(), objects, amount });
                    }
                    other => assert!(!inside && other.starts_with('#'), "{other}"),
                }
                records.push(fields);
            }
        }
    }
    assert!(!inside);
    Read { records, vouchers }
}

fn fields(line: &str) -> (Vec<String>, BTreeMap<String, String>) {
    let (mut plain, mut objects) = (Vec::new(), Vec::new());
    let mut signs = line.chars().peekable();
    let mut braces = false;
    while let Some(sign) = signs.next() {
        let into = if braces { &mut objects } else { &mut plain };
        match sign {
            ' ' | '\t' => {}
            '{' => braces = true,
            '}' => braces = false,
            '"' => {
                let mut field = String::new();
                loop {
                    match signs.next().expect("a closing quotation mark") {
                        '"' => break,
                        '\\' if signs.peek() == Some(&'"') => field.push(signs.next().expect("a quotation mark")),
                        sign => field.push(sign),
                    }
                }
                into.push(field);
            }
            first => {
                let mut field = String::from(first);
                while let Some(sign) = signs.next_if(|sign| !matches!(sign, ' ' | '\t' | '}')) {
                    field.push(sign);
                }
                into.push(field);
            }
        }
    }
    let objects = objects.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    (plain, objects)
}
