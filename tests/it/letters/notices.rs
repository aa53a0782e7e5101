//! The other letters of a case, and e-mail.

use bifall::domain::grant::AppealForm;
use bifall::domain::localized::Language;
use bifall::domain::{Localized, Money};
use bifall::letters::mail::{self, Asks, Mail};
use bifall::letters::{self, Channel, Letter, LetterError, MaskedAccount, Notice, PaymentLine, PaymentNotice, Receipt};

use super::decisions::lines;
use super::samples::{day, head};

fn supplement() -> Notice {
    let missing = vec![Localized::sv("Årsmötesprotokoll för 2026"), Localized::sv("Hyreskontrakt för lokalen på Storgatan 4")];
    let consequence = Localized::sv("Då kan vi besluta att inte pröva ansökan.");
    Notice::supplement(head(), missing, day("2026-09-28"), consequence).expect("a request")
}

#[test]
fn a_request_for_supplement_says_what_by_when_and_what_happens_otherwise() {
    let lines = lines(&supplement());
    for line in [
        "! Skicka in det som saknas senast den 28 september 2026.",
        "- Årsmötesprotokoll för 2026",
        "- Hyreskontrakt för lokalen på Storgatan 4",
        "## Så gör ni",
        "## Om uppgifterna inte kommer in i tid",
        "Då kan vi besluta att inte pröva ansökan.",
    ] {
        assert!(lines.iter().any(|other| other == line), "{line:?} is not in {lines:#?}");
    }
}

#[test]
fn a_request_for_supplement_cannot_lack_its_parts() {
    let what = || vec![Localized::sv("Protokoll")];
    let otherwise = || Localized::sv("Då prövas ansökan inte.");
    let build = |missing, by: &str, consequence| Notice::supplement(head(), missing, day(by), consequence);
    assert!(matches!(build(Vec::new(), "2026-09-28", otherwise()), Err(LetterError::Missing("missing"))));
    assert!(matches!(build(what(), "2026-09-28", Localized::sv(" ")), Err(LetterError::Missing("consequence"))));
    assert!(matches!(build(what(), "2026-09-14", otherwise()), Err(LetterError::NoTimeToAnswer)), "the same day is no time");
    assert!(build(what(), "2026-09-15", otherwise()).is_ok());
}

#[test]
fn a_receipt_gives_number_and_dates_and_tells_of_lateness_without_refusing() {
    let mut receipt = Receipt {
        received: day("2026-08-25"),
        period_closes: Some(day("2026-08-25")),
        decision_by: Some(day("2026-11-23")),
        payment_around: None,
    };
    let in_time = lines(&Notice::receipt(head(), receipt.clone()));
    assert!(in_time.contains(&"Ärendet har diarienummer KFN 2026/131. Ange det när ni kontaktar oss.".to_owned()), "{in_time:#?}");
    assert!(in_time.contains(&"Beslut väntas senast: 23 november 2026".to_owned()), "{in_time:#?}");
    assert!(!in_time.iter().any(|line| line.contains("efter den sista")), "{in_time:#?}");
    receipt.received = day("2026-08-26");
    let late = lines(&Notice::receipt(head(), receipt));
    assert!(late.iter().any(|line| line.contains("efter den sista ansökningsdagen, som var den 25 augusti 2026")), "{late:#?}");
}

#[test]
fn a_delay_has_a_reason_and_tells_of_the_right_that_applies() {
    let build = |reason: &str, appeal| Notice::delay(head(), day("2026-04-01"), day("2026-10-30"), reason.to_owned(), appeal);
    assert!(matches!(build("", AppealForm::Forvaltningsbesvar), Err(LetterError::Missing("reason"))));
    let complaint = lines(&build("Vi har fått ovanligt många ansökningar.", AppealForm::Forvaltningsbesvar).expect("a letter"));
    assert!(complaint.contains(&"! Beslutet blir försenat. Vi räknar med att besluta senast den 30 oktober 2026.".to_owned()));
    assert!(complaint.contains(&"Vi har fått ovanligt många ansökningar.".to_owned()));
    assert!(complaint.iter().any(|line| line.contains("sex månader")));
    // Förvaltningslagen 2 §: section 12 does not apply where decisions are reviewed for legality.
    let review = lines(&build("Vi har fått ovanligt många ansökningar.", AppealForm::Laglighetsprovning).expect("a letter"));
    assert!(!review.iter().any(|line| line.contains("sex månader")));
}

#[test]
fn a_payment_notice_sums_its_lines() {
    let payment = |lines| PaymentNotice {
        date: day("2026-09-30"),
        account: MaskedAccount::new(Channel::Plusgiro, "28 65 43-4"),
        reference: "KFN 2026/131".to_owned(),
        lines,
    };
    let line = |text: &str, ore| PaymentLine { text: Localized::sv(text), amount: Money::from_ore(ore) };
    let notice = Notice::payment(head(), payment(vec![line("Aktivitetsstöd", 1_508_000), line("Kvittning mot återkrav", -208_050)]))
        .expect("a notice");
    let text = lines(&notice);
    assert!(text.contains(&"! Vi betalar ut 12 999,50 kr den 30 september 2026.".to_owned()), "{text:#?}");
    assert!(text.iter().any(|line| line.contains("plusgiro som slutar på 5434")), "{text:#?}");
    let nothing = Notice::payment(head(), payment(vec![line("Bidrag", 100), line("Kvittning", -100)])).expect("a notice");
    assert!(matches!(nothing.document(), Err(LetterError::OutcomeAndAmount)), "nothing is paid");
    assert!(matches!(Notice::payment(head(), payment(Vec::new())), Err(LetterError::Missing("lines"))));
}

#[test]
fn every_notice_is_an_accessible_pdf_and_a_page() {
    let receipt = Receipt { received: day("2026-08-25"), period_closes: None, decision_by: None, payment_around: None };
    for notice in [supplement(), Notice::receipt(head(), receipt)] {
        assert!(letters::pdf(&notice).expect("a PDF/UA file").starts_with(b"%PDF-"));
        assert!(letters::html(&notice).expect("HTML").contains("<h1>"));
    }
}

fn message() -> Mail {
    Mail {
        language: Language::Sv,
        asks: Asks::Read,
        municipality: "Exempelstads kommun".to_owned(),
        reference: "KFN 2026/131".to_owned(),
        login: "https://bidrag.exempelstad.example/logga-in?a=1&b=2".to_owned(),
    }
}

#[test]
fn mail_says_only_that_there_is_something_to_read() {
    assert_eq!(mail::subject(&message()), "Nytt meddelande från Exempelstads kommun i ärende KFN 2026/131");
    let text = "Hej!\n\nDet finns ett nytt meddelande i ärende KFN 2026/131. Logga in för att läsa det.\n\n\
                Logga in: https://bidrag.exempelstad.example/logga-in?a=1&b=2\n\n\
                Det går inte att svara på det här mejlet.\nVi frågar aldrig efter koder eller lösenord i mejl.\n\n\
                Exempelstads kommun\n";
    assert_eq!(mail::text(&message()), text);
    let html = mail::html(&message()).expect("HTML");
    assert!(html.contains("href=\"https://bidrag.exempelstad.example/logga-in?a=1&#38;b=2\""), "{html}");
    assert!(html.contains("Det finns ett nytt meddelande i ärende KFN 2026/131. Logga in för att läsa det."), "{html}");
}

#[test]
fn a_receipt_and_a_signature_asked_for_are_told_apart_by_subject_first_sentence_and_link() {
    let received = Mail { asks: Asks::Received, ..message() };
    assert_eq!(mail::subject(&received), "Vi har tagit emot er ansökan, ärende KFN 2026/131");
    let sign = Mail { asks: Asks::Sign, ..message() };
    assert_eq!(mail::subject(&sign), "Skriv under ansökan i ärende KFN 2026/131");
    let (received, sign) = (mail::text(&received), mail::text(&sign));
    assert!(received.contains("Ni behöver inte göra något nu.") && received.contains("Läs kvittensen: https://"), "{received}");
    assert!(sign.contains("väntar på en underskrift till") && sign.contains("Läs och skriv under: https://"), "{sign}");
}

#[test]
fn mail_headers_cannot_be_forged_and_links_are_web_links() {
    let mut mail = message();
    mail.municipality = "Exempel\r\nBcc: alla@example.com".to_owned();
    assert!(!mail::subject(&mail).contains(['\r', '\n']));
    mail.login = "javascript:alert(1)".to_owned();
    assert!(matches!(mail::html(&mail), Err(LetterError::Missing("login"))));
}
