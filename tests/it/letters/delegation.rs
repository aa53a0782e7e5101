//! The list of delegated decisions.

use bifall::domain::Money;
use bifall::domain::grant::Outcome;
use bifall::domain::localized::Language;
use bifall::domain::period::DateRange;
use bifall::letters::{self, DelegatedDecision, DelegationList, Letter, LetterError, NameShown, delegation_list};

use super::samples::{day, official};

fn list() -> DelegationList {
    let decision = |number: &str, subject: &str, outcome, ore: Option<i64>| DelegatedDecision {
        diary_number: format!("KFN 2026/{number}"),
        date: day("2026-09-14"),
        delegate: official("Maria Lundh", "enhetschef", "head of unit"),
        delegation_point: "4.2".to_owned(),
        subject: subject.to_owned(),
        outcome,
        amount: ore.map(Money::from_ore),
    };
    DelegationList {
        language: Language::Sv,
        municipality: "Exempelstads kommun".to_owned(),
        committee: "Kultur- och fritidsnämnden".to_owned(),
        meeting: day("2026-10-07"),
        period: DateRange { from: day("2026-09-01"), to: day("2026-09-30") },
        decisions: vec![
            decision("131", "Aktivitetsstöd, Åsa IF", Outcome::DelvisBifall, Some(1_508_000)),
            decision("132", "=HYPERLINK(\"http://x\")", Outcome::Avslag, None),
            decision("133", " @klubb; \"nytt\"", Outcome::Bifall, Some(1_234_567)),
        ],
    }
}

#[test]
fn the_csv_has_all_rows_a_sum_and_no_formulas() {
    let bytes = delegation_list::csv(&list()).expect("CSV");
    let text = std::str::from_utf8(&bytes).expect("UTF-8").strip_prefix('\u{FEFF}').expect("a byte order mark");
    let expected = [
        "Diarienummer;Datum;Beslutat av;Delegation;Ärende;Beslut;Belopp (kr)",
        "KFN 2026/131;2026-09-14;Maria Lundh, enhetschef;4.2;Aktivitetsstöd, Åsa IF;Delvis bifall;15080,00",
        "KFN 2026/132;2026-09-14;Maria Lundh, enhetschef;4.2;\"'=HYPERLINK(\"\"http://x\"\")\";Avslag;",
        "KFN 2026/133;2026-09-14;Maria Lundh, enhetschef;4.2;\"' @klubb; \"\"nytt\"\"\";Bifall;12345,67",
        "Summa;;;;;;27425,67",
        "",
    ];
    assert_eq!(text.split("\r\n").collect::<Vec<_>>(), expected);
}

#[test]
fn the_page_and_the_pdf_give_the_same_sum() {
    let html = letters::html(&list()).expect("HTML").replace(['\u{A0}', '\u{202F}'], " ");
    assert!(html.contains("Listan har 3 beslut. Summan av beviljade belopp är 27 425,67 kr."), "{html}");
    assert!(html.contains("Listan gäller beslut som har fattats på uppdrag av Kultur- och fritidsnämnden"), "{html}");
    assert!(html.contains("class=\"letter letter-wide\""), "{html}");
    assert!(letters::pdf(&list()).expect("a PDF/UA file").starts_with(b"%PDF-"));
}

#[test]
fn an_empty_list_says_so() {
    let mut list = list();
    list.decisions.clear();
    assert!(letters::html(&list).expect("HTML").contains("Inga beslut har fattats på delegation under tiden."));
    assert!(letters::pdf(&list).is_ok());
    list.language = Language::En;
    assert!(letters::html(&list).expect("HTML").contains("The Swedish text applies."));
}

#[test]
fn one_decision_is_told_in_the_singular() {
    let mut list = list();
    list.decisions.truncate(1);
    assert!(letters::html(&list).expect("HTML").contains("Listan har ett beslut."));
}

#[test]
fn a_sum_that_does_not_fit_is_an_error_and_an_omitted_name_stays_out() {
    let mut list = list();
    list.decisions[0].delegate.shown = NameShown::Omitted;
    list.decisions.truncate(1);
    let csv = delegation_list::csv(&list).expect("CSV");
    assert!(!String::from_utf8_lossy(&csv).contains("Lundh"));
    let mut huge = list.decisions[0].clone();
    huge.amount = Some(Money::from_ore(i64::MAX));
    list.decisions.push(huge);
    assert!(matches!(list.document(), Err(LetterError::Money(_))));
    assert!(matches!(delegation_list::csv(&list), Err(LetterError::Money(_))));
}
