//! Both appeal texts, whole.

use bifall::domain::grant::ApplicantKind;
use bifall::domain::localized::Language;
use bifall::letters::{Appeal, Legality, Letter, LetterError};

use super::decisions::lines;
use super::samples::{complaint, day, decision, legality};

/// The appeal as it stands in a letter.
fn appeal(appeal: Appeal, language: Language, kind: ApplicantKind) -> String {
    let mut letter = decision();
    letter.head.language = language;
    letter.head.recipient.kind = kind;
    letter.appeal = appeal;
    let heading = match language {
        Language::Sv => "## Så här överklagar man",
        Language::En => "## How to appeal",
    };
    let lines = lines(&letter);
    let start = lines.iter().position(|line| line == heading).expect("the heading of the appeal");
    lines[start..].join("\n")
}

fn reported() -> Appeal {
    legality(Legality::Reported { meeting: day("2026-10-07"), paragraph: None }, None)
}

#[test]
fn legality_review_in_swedish() {
    insta::assert_snapshot!(appeal(reported(), Language::Sv, ApplicantKind::Association));
}

#[test]
fn legality_review_in_english() {
    insta::assert_snapshot!(appeal(reported(), Language::En, ApplicantKind::Association));
}

#[test]
fn complaint_in_swedish() {
    insta::assert_snapshot!(appeal(complaint(None), Language::Sv, ApplicantKind::Association));
}

#[test]
fn complaint_in_english() {
    insta::assert_snapshot!(appeal(complaint(None), Language::En, ApplicantKind::Association));
}

#[test]
fn the_meeting_the_paragraph_and_the_last_day_are_told_when_they_are_known() {
    let text = |minutes, last_day| appeal(legality(minutes, last_day), Language::Sv, ApplicantKind::Association);
    let unknown = text(Legality::ToBeReported, None);
    assert!(unknown.contains("Beslutet kommer att anmälas till Kultur- och fritidsnämnden vid ett sammanträde."), "{unknown}");
    assert!(unknown.contains("Sista dagen visas på Mina sidor"), "{unknown}");
    let known = text(Legality::Reported { meeting: day("2026-10-07"), paragraph: Some("§ 57".to_owned()) }, Some(day("2026-11-04")));
    assert!(known.contains("vid sammanträdet den 7 oktober 2026, § 57."), "{known}");
    assert!(known.contains("Sista dagen att överklaga är den 4 november 2026."), "{known}");
    assert!(!known.contains("Mina sidor"), "{known}");
    let decided = text(Legality::Decided { meeting: day("2026-09-14"), paragraph: "§ 88".to_owned() }, None);
    assert!(decided.contains("Kultur- och fritidsnämnden fattade beslutet vid sammanträdet den 14 september 2026, § 88."), "{decided}");
}

#[test]
fn the_two_regimes_never_mix() {
    for kind in [ApplicantKind::Association, ApplicantKind::Company, ApplicantKind::Person] {
        let review = appeal(reported(), Language::Sv, kind);
        for foreign in ["förvaltningslagen", "fick del av beslutet", "ändra det själva", "kultur- och fritidsnämnden:"] {
            assert!(!review.contains(foreign), "{foreign} in a legality review");
        }
        let complaint = appeal(complaint(Some(day("2026-10-07"))), Language::Sv, kind);
        for foreign in ["laglighetsprövning", "anslagstavla", "medlem av kommunen", "lagligt", "Skriv till förvaltningsrätten"] {
            assert!(!complaint.contains(foreign), "{foreign} in a complaint");
        }
    }
}

#[test]
fn an_appeal_without_an_addressee_is_refused() {
    let mut letter = decision();
    letter.appeal = Appeal::Laglighetsprovning {
        court: "Förvaltningsrätten".to_owned(),
        court_address: vec![String::new()],
        minutes: Legality::ToBeReported,
        last_day: None,
    };
    assert!(matches!(letter.document(), Err(LetterError::Missing("appeal.court_address"))));
}
