//! What a decision letter must say and what it refuses.

use bifall::domain::calculation::RowKind;
use bifall::domain::grant::{ApplicantKind, GrantKind, Outcome};
use bifall::domain::{Localized, Money};
use bifall::letters::document::Block;
use bifall::letters::{Channel, Decider, DecisionLetter, Legality, Letter, LetterError, MaskedAccount, NameShown, Payment, PaymentTime};

use super::samples::{complaint, day, decision, legality, official, refusal};

/// The letter as plain lines, without its head.
pub fn lines(letter: &impl Letter) -> Vec<String> {
    let document = letter.document().expect("a document");
    let mut lines = vec![document.title];
    for block in document.blocks {
        match block {
            Block::Lead { text } => lines.push(format!("! {text}")),
            Block::Heading { text } | Block::Annex { text } => lines.push(format!("## {text}")),
            Block::Subheading { text } => lines.push(format!("### {text}")),
            Block::Paragraph { text } => lines.push(text),
            Block::List { items } => lines.extend(items.into_iter().map(|item| format!("- {item}"))),
            Block::Address { lines: address } => lines.extend(address.into_iter().map(|line| format!("> {line}"))),
            Block::Facts { items } => lines.extend(items.into_iter().map(|fact| format!("{}: {}", fact.label, fact.value))),
            Block::Table(table) => lines.push(format!("[{}]", table.caption)),
        }
    }
    // Ordinary spaces, so that expectations can be read.
    lines.into_iter().map(|line| line.replace(['\u{A0}', '\u{202F}'], " ")).collect()
}

#[track_caller]
fn says(letter: &impl Letter, expected: &[&str]) {
    let lines = lines(letter);
    for line in expected {
        assert!(lines.iter().any(|other| other == line), "{line:?} is not in {lines:#?}");
    }
}

fn granted() -> DecisionLetter {
    let mut letter = decision();
    letter.outcome = Outcome::Bifall;
    letter
}

#[test]
fn a_partial_grant_gives_amount_reasons_conditions_payment_and_record() {
    says(
        &decision(),
        &[
            "Beslut: Aktivitetsstöd, första halvåret 2026",
            "! Ni får 15 080 kr.",
            "Kultur- och fritidsnämnden beviljar Åsa och Älvbyns idrottsförening 15 080 kr i bidrag och avslår ansökan i övrigt. \
             Bidraget gäller Aktivitetsstöd, första halvåret 2026.",
            "Beloppet är lägre än det hade kunnat vara. Det beror på detta:",
            "- Ansökan kom in den 28 augusti 2026. Det är 3 dagar efter sista ansökningsdag. (§ 7)",
            "Vi betalar ut 15 080 kr. Pengarna kommer omkring den 30 september 2026. De sätts in på bankgiro som slutar på 2346. \
             Kontakta oss genast om kontot inte stämmer.",
            "- Föreningen ska spara närvarolistorna till och med den 31 december 2027.",
            "Nämnden har gjort detta förbehåll: Kommunen kan kräva tillbaka bidraget om uppgifterna i ansökan var fel.",
            "Kommunens regler: Bestämmelser för aktivitetsstöd",
            "Version: 2026.2",
            "Reglerna beslutades: Kultur- och fritidsnämnden den 11 december 2025, § 118, diarienummer KFN 2025/402",
        ],
    );
}

#[test]
fn the_record_has_the_five_contents_of_forvaltningslagen_31() {
    let mut committee = decision();
    committee.record.decided_by = Decider::Committee { meeting: day("2026-09-14"), paragraph: "§ 88".to_owned() };
    committee.record.present = vec![official("Per Ås", "ekonom", "economist")];
    let mut automatic = decision();
    automatic.record.decided_by = Decider::Automatic;
    automatic.appeal = complaint(None);
    automatic.record.rapporteurs.clear();
    let common = ["Beslutsdatum: 14 september 2026", "Beslut: Delvis bifall, 15 080 kr"];
    let cases: [(&DecisionLetter, &[&str]); 3] = [
        (
            &decision(),
            &[
                "Beslutat av: Maria Lundh, enhetschef",
                "Rätt att besluta: På uppdrag av Kultur- och fritidsnämnden, delegationsordningen punkt 4.2",
                "Föredragande: Anna Ek, föreningskonsulent",
                "Övriga som deltog: Ingen",
            ],
        ),
        (
            &committee,
            &[
                "Beslutat av: Kultur- och fritidsnämnden",
                "Sammanträde: 14 september 2026, § 88",
                "Föredragande: Anna Ek, föreningskonsulent",
                "Övriga som deltog: Per Ås, ekonom",
            ],
        ),
        (
            &automatic,
            &[
                "Beslutat av: Automatiserat beslut. Kultur- och fritidsnämnden ansvarar för beslutet.",
                "Version: 2026.2",
                "Föredragande: Ingen",
                "Övriga som deltog: Ingen",
            ],
        ),
    ];
    for (letter, expected) in cases {
        says(letter, &common);
        says(letter, expected);
    }
}

#[test]
fn each_outcome_has_its_own_words() {
    says(&granted(), &["! Ni får 15 080 kr.", "Ansökan uppfyller kraven i reglerna.", "Beslut: Bifall, 15 080 kr"]);
    says(
        &refusal(),
        &[
            "! Ni får inget bidrag.",
            "Ansökan uppfyller inte alla krav i reglerna. Det beror på detta:",
            "- Bidraget kräver minst 20 medlemmar mellan 7 och 25 år. Föreningen har 14. (§ 2)",
            "Beslut: Avslag",
        ],
    );
    let mut other = refusal();
    other.checks.clear();
    other.motivation = vec!["Ansökan är inte undertecknad.".to_owned()];
    other.outcome = Outcome::Avvisning;
    says(
        &other,
        &[
            "! Vi prövar inte ansökan.",
            "Ansökan kan inte prövas. Det beror på detta:",
            "Ansökan är inte undertecknad.",
            "Beslut: Avvisning",
        ],
    );
    other.outcome = Outcome::Avskrivning;
    other.motivation = vec!["Föreningen har tagit tillbaka ansökan.".to_owned()];
    says(
        &other,
        &[
            "! Vi avslutar ärendet utan att pröva ansökan.",
            "Kultur- och fritidsnämnden avskriver ärendet. Det betyder att ärendet är avslutat och att ansökan inte prövas. \
             Ansökan gällde Aktivitetsstöd, första halvåret 2026.",
            "Beslut: Avskrivning",
        ],
    );
}

#[test]
fn an_approval_has_no_amount() {
    let mut letter = refusal();
    letter.kind = GrantKind::Approval;
    says(&letter, &["! Föreningen blir inte godkänd."]);
    letter.outcome = Outcome::Bifall;
    says(&letter, &["! Föreningen är godkänd.", "Beslut: Bifall"]);
    letter.amount = Some(Money::from_ore(100));
    assert!(matches!(letter.document(), Err(LetterError::OutcomeAndAmount)));
}

#[test]
fn a_person_is_du_and_all_others_are_ni() {
    let mut letter = granted();
    letter.head.recipient.kind = ApplicantKind::Person;
    says(&letter, &["! Du får 15 080 kr."]);
    letter.appeal = complaint(None);
    says(&letter, &["Du får överklaga om beslutet har gått dig emot."]);
}

#[test]
fn an_automatic_decision_under_legality_review_cannot_be_written() {
    let mut letter = decision();
    letter.record.decided_by = Decider::Automatic;
    assert!(matches!(letter.document(), Err(LetterError::AutomaticUnderLegalityReview)));
    letter.appeal = complaint(None);
    assert!(letter.document().is_ok());
}

#[test]
fn nothing_is_refused_without_a_reason() {
    for outcome in [Outcome::DelvisBifall, Outcome::Avslag, Outcome::Avvisning, Outcome::Avskrivning] {
        let mut letter = refusal();
        letter.outcome = outcome;
        letter.amount = (outcome == Outcome::DelvisBifall).then(|| Money::from_ore(100));
        letter.checks.clear();
        letter.motivation = vec!["  ".to_owned()];
        assert!(matches!(letter.document(), Err(LetterError::NoReason)), "{outcome:?}");
        letter.motivation.push("Pengarna räcker inte.".to_owned());
        assert!(letter.document().is_ok(), "{outcome:?}");
    }
}

#[test]
fn outcome_amount_rows_and_payment_must_agree() {
    let mut one_ore = decision();
    one_ore.amount = Some(Money::from_ore(1_508_001));
    assert!(matches!(one_ore.document(), Err(LetterError::Sum { .. })));
    let mut nothing = granted();
    nothing.amount = None;
    assert!(matches!(nothing.document(), Err(LetterError::OutcomeAndAmount)));
    let mut zero = granted();
    zero.rows.retain(|row| row.kind != RowKind::Total);
    zero.amount = Some(Money::ZERO);
    assert!(matches!(zero.document(), Err(LetterError::OutcomeAndAmount)));
    let mut refused = refusal();
    refused.amount = Some(Money::from_ore(1));
    assert!(matches!(refused.document(), Err(LetterError::OutcomeAndAmount)));
    let mut paid = refusal();
    paid.payment = Some(Payment { when: PaymentTime::AfterAppeal, account: None, set_off: false });
    assert!(matches!(paid.document(), Err(LetterError::OutcomeAndAmount)));
}

#[test]
fn what_the_letter_cannot_do_without_is_named() {
    let mut letter = decision();
    letter.head.diary_number = " ".to_owned();
    assert!(matches!(letter.document(), Err(LetterError::Missing("diary_number"))));
    let mut letter = decision();
    letter.basis.rules.version.clear();
    assert!(matches!(letter.document(), Err(LetterError::Missing("basis.rules.version"))));
}

#[test]
fn an_omitted_name_stands_nowhere_in_the_letter() {
    let mut letter = decision();
    letter.head.contact.official.shown = NameShown::Omitted;
    letter.record.rapporteurs[0].shown = NameShown::Omitted;
    let Decider::Delegate { official, .. } = &mut letter.record.decided_by else { unreachable!("the sample has a delegate") };
    official.shown = NameShown::Omitted;
    let html = bifall::letters::html(&letter).expect("HTML");
    for name in ["Anna", "Maria", "Lundh"] {
        assert!(!html.contains(name), "{name}");
    }
    says(&letter, &["Beslutat av: enhetschef (namnet anges inte här)"]);
}

#[test]
fn an_address_made_of_an_omitted_name_is_refused() {
    let mut letter = decision();
    letter.head.contact.official = official("Åsa Öberg", "handläggare", "officer");
    letter.head.contact.email = "asa.oberg@exempelstad.example".to_owned();
    assert!(letter.document().is_ok());
    letter.head.contact.official.shown = NameShown::Omitted;
    assert!(matches!(letter.document(), Err(LetterError::NameInContact)));
}

#[test]
fn payment_is_told_as_it_will_be() {
    let mut letter = decision();
    letter.payment = Some(Payment { when: PaymentTime::AfterAppeal, account: None, set_off: false });
    says(&letter, &["Vi betalar ut 15 080 kr. Pengarna kommer när tiden för att överklaga har gått ut och ingen har överklagat."]);
    letter.payment = Some(Payment { when: PaymentTime::AfterAppeal, account: None, set_off: true });
    says(
        &letter,
        &[
            "Vi betalar ut 15 080 kr. Pengarna kommer när tiden för att överklaga har gått ut och ingen har överklagat. Er skuld till kommunen dras av innan vi betalar ut.",
        ],
    );
    let reason = Localized::sv("Kontot är nytt och behöver bekräftas av två firmatecknare.");
    letter.payment = Some(Payment { when: PaymentTime::Held { reason }, account: None, set_off: false });
    says(&letter, &["Utbetalningen väntar. Kontot är nytt och behöver bekräftas av två firmatecknare."]);
}

#[test]
fn an_account_shows_four_digits_and_a_short_one_fewer() {
    let text = |number| MaskedAccount::new(Channel::BankAccount, number).text(bifall::domain::localized::Language::Sv);
    assert_eq!(text("8105-9, 744 202 466"), "bankkonto som slutar på 2466");
    assert_eq!(text("12345"), "bankkonto som slutar på 45");
    assert!(!format!("{:?}", MaskedAccount::new(Channel::Bankgiro, "991-2346")).contains("991"), "the rest is not kept");
}

#[test]
fn no_codes_from_the_rules_stand_in_a_letter() {
    let mut letter = refusal();
    letter.rows = decision().rows;
    let html = bifall::letters::html(&letter).expect("HTML");
    for code in ["for_fa_medlemmar", "forsening", "flickor\"", "laglighetsprovning", "delvis_bifall", "⟦"] {
        assert!(!html.contains(code), "{code}");
    }
}

#[test]
fn a_decision_of_the_committee_itself_names_the_meeting_in_the_appeal() {
    let mut letter = decision();
    letter.record.decided_by = Decider::Committee { meeting: day("2026-09-14"), paragraph: "§ 88".to_owned() };
    letter.appeal = legality(Legality::Decided { meeting: day("2026-09-14"), paragraph: "§ 88".to_owned() }, Some(day("2026-10-12")));
    says(&letter, &["Sista dagen att överklaga är den 12 oktober 2026."]);
}
