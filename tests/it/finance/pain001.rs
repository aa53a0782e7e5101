//! The bank's payment file against the ISO schema, the sample and the banks' own rules.

use std::path::Path;
use std::process::Command;

use bifall::domain::account_number::AccountKind;
use bifall::domain::payment::LineKind;
use bifall::integrations::finance::pain001::write;
use bifall::integrations::finance::{
    AddressRule, BankProfile, BankgiroPayees, CategoryPurpose, DebtorForm, FileError, Message, OrgIdForm, PaymentFile, PlusgiroMember,
    PlusgiroScheme, ServiceLevel, Version,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use quick_xml::events::Event;
use rust_decimal::Decimal;

use super::files::{any_file, day, number, payment, sample};

const SAMPLE_03: &str = include_str!("../../fixtures/integration/pain.001.001.03-se.xml");
const SAMPLE_09: &str = include_str!("../../fixtures/integration/pain.001.001.09-se.xml");

#[test]
fn the_sample_comes_out_the_same_from_the_same_data() {
    assert_eq!(leaves(&text(&sample(), &BankProfile::default())), leaves(SAMPLE_03));
}

#[test]
fn the_newer_version_differs_as_its_sample_does() {
    let profile = BankProfile { version: Version::V09, ..BankProfile::default() };
    assert_eq!(leaves(&text(&sample(), &profile)), leaves(SAMPLE_09));
}

#[test]
fn every_profile_holds_to_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (at, profile) in profiles().into_iter().enumerate() {
        let mut file = sample();
        file.payments.push(ocr_payment());
        let path = folder.path().join(format!("{at}-{}.xml", version(&profile)));
        std::fs::write(&path, write(&file, &profile).expect("a file").bytes).expect("written");
        files.push((path, profile.version));
    }
    for wanted in [Version::V03, Version::V09] {
        let paths: Vec<_> = files.iter().filter(|(_, version)| *version == wanted).map(|(path, _)| path.clone()).collect();
        assert!(!paths.is_empty());
        validate(wanted, &paths);
    }
}

#[test]
fn random_batches_hold_to_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut paths = Vec::new();
    for at in 0..150 {
        let file = any_file().new_tree(&mut runner).expect("a batch").current();
        let path = folder.path().join(format!("{at}.xml"));
        std::fs::write(&path, write(&file, &BankProfile::default()).expect("a file").bytes).expect("written");
        paths.push(path);
    }
    validate(Version::V03, &paths);
}

#[test]
fn bankgiro_payees_are_paid_from_the_bankgiro_or_not_at_all() {
    let mut file = sample();
    file.debtor.bankgiro = None;
    assert_eq!(write(&file, &BankProfile::default()), Err(FileError::NoDebtorBankgiro));

    let nordea = BankProfile { bankgiro_payees: BankgiroPayees::FromAccount, ..BankProfile::default() };
    let leaves = leaves(&text(&file, &nordea));
    assert_eq!(all(&leaves, "PmtInf/PmtInfId"), ["UTB-2026-000123-P1"], "one block");
    assert_eq!(all(&leaves, "PmtInf/DbtrAcct/Id/IBAN"), ["SE4550000000058398257466"]);
    assert!(all(&leaves, "PmtInf/DbtrAcct/Id/Othr/Id").is_empty());
}

#[test]
fn the_payers_account_takes_the_form_the_bank_wants() {
    let account = BankProfile { debtor_form: DebtorForm::Bban, ..BankProfile::default() };
    assert_eq!(all(&leaves(&text(&sample(), &account)), "PmtInf/DbtrAcct/Id/Othr/Id"), ["9991233", "6789123456789"]);
    let mut file = sample();
    file.debtor.account = None;
    assert_eq!(write(&file, &account), Err(FileError::NoDebtorAccount));
}

#[test]
fn plusgiro_follows_the_profile() {
    let profile = BankProfile { plusgiro_member: PlusgiroMember::C9500, plusgiro_scheme: PlusgiroScheme::Pgnr, ..BankProfile::default() };
    let leaves = leaves(&text(&sample(), &profile));
    assert_eq!(all(&leaves, "CdtTrfTxInf/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId"), ["9900", "9500", "8327"]);
    assert_eq!(all(&leaves, "CdtTrfTxInf/CdtrAcct/Id/Othr/SchmeNm/Prtry"), ["BGNR", "PGNR"]);
}

#[test]
fn a_reference_is_structured_and_names_its_amount_first() {
    let mut file = sample();
    file.payments = vec![ocr_payment()];
    let xml = text(&file, &BankProfile::default());
    let amount = xml.find("<RmtdAmt Ccy=\"SEK\">100.00</RmtdAmt>").expect("the amount");
    let reference = xml.find("<Ref>1234566</Ref>").expect("the reference");
    assert!(amount < reference);
    assert_eq!(all(&leaves(&xml), "RmtInf/Strd/CdtrRefInf/Tp/CdOrPrtry/Cd"), ["SCOR"]);
    assert!(!xml.contains("Ustrd"));
}

#[test]
fn what_a_bank_would_refuse_is_refused_before_it_leaves() {
    let profile = BankProfile::default();
    let with = |change: fn(&mut PaymentFile)| {
        let mut file = sample();
        change(&mut file);
        write(&file, &profile).expect_err("a fault")
    };
    assert_eq!(with(|file| file.payments.clear()), FileError::Empty);
    assert_eq!(with(|file| file.execution = day(2026, 12, 24)), FileError::NotABankDay(day(2026, 12, 24)));
    assert_eq!(with(|file| file.execution = day(2026, 11, 28)), FileError::NotABankDay(day(2026, 11, 28)));
    assert_eq!(with(|file| file.number = "Å1".into()), FileError::Number("Å1".into()));
    assert_eq!(with(|file| file.number = "X".repeat(29)), FileError::Number("X".repeat(29)));
    assert_eq!(with(|file| file.number = String::new()), FileError::Number(String::new()));
    assert_eq!(with(|file| file.debtor.organisation_number = "16212000".into()), FileError::OrganisationNumber);
    assert_eq!(with(|file| file.payments[0].payee.town = None), FileError::NoTown("BIDRAG-2026-0042-3".into()));
    assert_eq!(with(|file| file.payments[0].payee.name = " \n".into()), FileError::NoText("BIDRAG-2026-0042-3".into()));
    assert_eq!(with(|file| file.payments[1] = file.payments[0].clone()), FileError::Twice("BIDRAG-2026-0042-3".into()));
    let nothing = with(|file| {
        let lines = vec![super::files::line(LineKind::Grant, 100), super::files::line(LineKind::SetOff, -100)];
        file.payments[0].settlement = bifall::domain::payment::settle(lines).expect("a settlement");
    });
    assert_eq!(nothing, FileError::NoAmount("BIDRAG-2026-0042-3".into()));
}

#[test]
fn texts_are_in_the_banks_set_and_cut_and_losses_are_told() {
    let mut file = sample();
    file.payments = vec![payment(
        "A1",
        "Kär & Åkers IF – Café 漢",
        number(AccountKind::Bankgiro, "5012-3454"),
        100,
        "KFN 2026/123 Aktivitetsstöd våren 2026",
    )];
    let written = write(&file, &BankProfile::default()).expect("a file");
    let xml = String::from_utf8(written.bytes).expect("UTF-8");
    assert!(xml.contains("<Nm>Kär + Åkers IF - Cafe ?</Nm>"), "{xml}");
    assert!(xml.contains("<Ustrd>KFN 2026/123 Aktivitetsst</Ustrd>"), "{xml}");
    assert_eq!(
        written.lost.iter().map(|lost| (lost.place.as_str(), lost.signs.as_slice())).collect::<Vec<_>>(),
        [("A1", ['漢'].as_slice())]
    );
}

#[test]
fn a_person_is_paid_without_an_identity_number() {
    let mut file = sample();
    file.payments.truncate(1);
    file.payments[0].payee.organisation_number = None;
    let leaves = leaves(&text(&file, &BankProfile::default()));
    assert!(all(&leaves, "Cdtr/Id/OrgId/Othr/Id").is_empty());
}

#[test]
fn the_time_is_swedish_in_summer_too() {
    let mut file = sample();
    file.created = "2026-07-01T22:30:00Z".parse().expect("a moment");
    assert_eq!(all(&leaves(&text(&file, &BankProfile::default())), "GrpHdr/CreDtTm"), ["2026-07-02T00:30:00+02:00"]);
}

proptest! {
    #[test]
    fn control_sums_are_the_sums_of_the_rendered_amounts(file in any_file()) {
        let leaves = leaves(&text(&file, &BankProfile::default()));
        let amounts: Vec<Decimal> = all(&leaves, "Amt/InstdAmt").iter().map(|text| text.parse().expect("an amount")).collect();
        let total: Decimal = amounts.iter().sum();
        prop_assert_eq!(amounts.len(), file.payments.len());
        prop_assert_eq!(all(&leaves, "GrpHdr/CtrlSum"), [total.to_string()]);
        prop_assert_eq!(all(&leaves, "GrpHdr/NbOfTxs"), [amounts.len().to_string()]);
        let blocks: Decimal = all(&leaves, "PmtInf/CtrlSum").iter().map(|text| text.parse::<Decimal>().expect("a sum")).sum();
        prop_assert_eq!(blocks, total);
    }

    #[test]
    fn the_order_of_the_data_changes_no_byte(file in any_file(), turn in 0_usize..40) {
        let mut turned = file.clone();
        let by = turn % turned.payments.len();
        turned.payments.rotate_left(by);
        let profile = BankProfile::default();
        prop_assert_eq!(write(&file, &profile).expect("a file").bytes, write(&turned, &profile).expect("a file").bytes);
    }

    #[test]
    fn no_sign_outside_the_banks_set_leaves(file in any_file()) {
        for (path, value) in leaves(&text(&file, &BankProfile::default())) {
            // Rule PFH_214.
            let outside: String = value.chars().filter(|sign| !sign.is_ascii_alphanumeric() && !"åäöÅÄÖ/-?:().,'+ ".contains(*sign)).collect();
            prop_assert!(outside.is_empty(), "{} holds {:?}", path, outside);
            if path.ends_with("Ustrd") {
                prop_assert!((1..=25).contains(&value.chars().count()));
            }
        }
    }
}

fn text(file: &PaymentFile, profile: &BankProfile) -> String {
    String::from_utf8(write(file, profile).unwrap_or_else(|error| panic!("{error}")).bytes).expect("UTF-8")
}

fn ocr_payment() -> bifall::integrations::finance::Payment {
    let mut payment =
        payment("BIDRAG-2026-0042-4", "Testby Föreningsråd", number(AccountKind::Bankgiro, "5012-3454"), 10_000, "KFN 2026/126");
    payment.message = Message::Ocr("1234566".parse().expect("a reference"));
    payment
}

fn profiles() -> Vec<BankProfile> {
    let base = BankProfile::default;
    vec![
        base(),
        BankProfile { version: Version::V09, ..base() },
        BankProfile { debtor_form: DebtorForm::Bban, ..base() },
        BankProfile { debtor_form: DebtorForm::Bgnr, ..base() },
        BankProfile { bankgiro_payees: BankgiroPayees::FromAccount, ..base() },
        BankProfile { plusgiro_member: PlusgiroMember::C9500, plusgiro_scheme: PlusgiroScheme::Pgnr, version: Version::V09, ..base() },
        BankProfile { service_level: ServiceLevel::Omitted, ..base() },
        BankProfile { category_purpose: CategoryPurpose::Omitted, ..base() },
        BankProfile { service_level: ServiceLevel::Omitted, category_purpose: CategoryPurpose::Omitted, ..base() },
        BankProfile { org_id_form: OrgIdForm::Agreement("062120009994B001".into()), ..base() },
        BankProfile { address: AddressRule::WhenKnown, text_max: 140, ..base() },
    ]
}

fn version(profile: &BankProfile) -> &'static str {
    match profile.version {
        Version::V03 => "03",
        Version::V09 => "09",
    }
}

/// Validates files against the ISO schema with xmllint (package libxml2-utils), which the tests demand.
fn validate(version: Version, paths: &[std::path::PathBuf]) {
    let name = match version {
        Version::V03 => "pain.001.001.03.sepaxml.xsd",
        Version::V09 => "pain.001.001.09.sepaxml.xsd",
    };
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schemas/iso20022").join(name);
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(paths)
        .output()
        .expect("xmllint is needed for this test: install libxml2-utils");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(told.lines().filter(|line| line.ends_with(" validates")).count(), paths.len(), "{told}");
}

/// Every text of a document with its path and attributes, in order.
fn leaves(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut path, mut text, mut out) = (Vec::<String>::new(), String::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let mut name = start.name().as_ref().to_owned();
                for attribute in start.attributes() {
                    let attribute = attribute.expect("an attribute");
                    if attribute.key.as_ref() == "Ccy" {
                        assert_eq!(attribute.value.as_ref(), "SEK");
                    } else {
                        name.push_str(&format!("[{}]", attribute.value));
                    }
                }
                path.push(name);
                text.clear();
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(entity) => panic!("no text of the banks' set needs the entity {:?}", entity),
            Event::End(_) => {
                if !text.trim().is_empty() {
                    out.push((path.join("/"), text.trim().to_owned()));
                }
                text.clear();
                path.pop();
            }
            Event::Eof => break,
            Event::Empty(_) | Event::CData(_) | Event::PI(_) | Event::DocType(_) => panic!("not in our files"),
            Event::Comment(_) | Event::Decl(_) => {}
        }
    }
    assert!(!out.is_empty());
    out
}

fn all(leaves: &[(String, String)], end: &str) -> Vec<String> {
    leaves.iter().filter(|(path, _)| path.ends_with(&format!("/{end}"))).map(|(_, text)| text.clone()).collect()
}
