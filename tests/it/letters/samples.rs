//! Letters to test with.

use bifall::domain::calculation::{AccountLine, Check, CheckStatus, Row, RowKind};
use bifall::domain::grant::{ApplicantKind, GrantKind, Outcome};
use bifall::domain::localized::Language;
use bifall::domain::{Localized, Money};
use bifall::letters::{
    Appeal, Channel, Contact, Decider, DecisionLetter, Head, LegalBasis, Legality, MaskedAccount, NameShown, Official, Payment,
    PaymentTime, Recipient, Record, RuleVersion,
};
use chrono::NaiveDate;

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn official(name: &str, sv: &str, en: &str) -> Official {
    Official { name: name.to_owned(), role: Localized::both(sv, en), shown: NameShown::Shown }
}

pub fn head() -> Head {
    Head {
        language: Language::Sv,
        municipality: "Exempelstads kommun".to_owned(),
        committee: "Kultur- och fritidsnämnden".to_owned(),
        contact: Contact {
            official: official("Anna Ek", "föreningskonsulent", "grants officer"),
            phone: "0123-45 67 89".to_owned(),
            email: "forening@exempelstad.example".to_owned(),
        },
        date: day("2026-09-14"),
        diary_number: "KFN 2026/131".to_owned(),
        recipient: Recipient {
            kind: ApplicantKind::Association,
            name: "Åsa och Älvbyns idrottsförening".to_owned(),
            organisation_number: Some("802412-3454".to_owned()),
            address: vec!["c/o Karin Öberg".to_owned(), "Björkvägen 12".to_owned(), "123 45 Exempelstad".to_owned()],
        },
        grant: Localized::both("Aktivitetsstöd", "Activity grant"),
        period: Some(Localized::both("första halvåret 2026", "first half of 2026")),
    }
}

fn row(id: &str, kind: RowKind, text: Localized, figures: Option<(&str, &str)>, value: &str, paragraph: &str) -> Row {
    Row {
        id: id.to_owned(),
        kind,
        text,
        quantity: figures.map(|(quantity, _)| quantity.parse().expect("a number")),
        rate: figures.map(|(_, rate)| rate.parse().expect("a number")),
        value: value.parse().expect("a number"),
        unit: "kr".to_owned(),
        paragraph: (!paragraph.is_empty()).then(|| paragraph.to_owned()),
        refs: Vec::new(),
        reason: None,
    }
}

/// Granted in part: 1 214 x 9,89 + 1 000 x 8,10 = 12 006,46 + 8 100,00 = 20 106,46; late, so a quarter off
/// = -5 026,62 (5 026,615 rounded away from zero); 15 079,84; rounded to 15 080.
pub fn decision() -> DecisionLetter {
    let mut late = row(
        "forsening",
        RowKind::Deduction,
        Localized::both("Sen ansökan: 25 % lägre belopp", "Late application: 25% less"),
        None,
        "-5026.62",
        "§ 7",
    );
    late.reason = Some(Localized::both(
        "Ansökan kom in den 28 augusti 2026. Det är 3 dagar efter sista ansökningsdag.",
        "The application arrived on 28 August 2026. That is 3 days after the last day to apply.",
    ));
    DecisionLetter {
        head: head(),
        kind: GrantKind::General,
        outcome: Outcome::DelvisBifall,
        amount: Some(Money::from_ore(1_508_000)),
        applied: None,
        checks: vec![Check {
            id: "for_fa_medlemmar".to_owned(),
            status: CheckStatus::Ok,
            text: Localized::both("Medlemmar i rätt ålder: 84, krav 20", "Members of the right age: 84, required 20"),
            motivation: None,
            paragraph: Some("§ 2".to_owned()),
            field: None,
        }],
        rows: vec![
            row(
                "flickor",
                RowKind::Factor,
                Localized::both("Flickor och kvinnor", "Girls and women"),
                Some(("1214", "9.89")),
                "12006.46",
                "§ 4",
            ),
            row("pojkar", RowKind::Factor, Localized::both("Pojkar och män", "Boys and men"), Some(("1000", "8.10")), "8100", "§ 4"),
            row("fore", RowKind::Subtotal, Localized::both("Summa före avdrag", "Sum before deductions"), None, "20106.46", ""),
            late,
            row("avrundning", RowKind::Rounding, Localized::both("Avrundning till hel krona", "Rounding"), None, "0.16", ""),
            row("summa", RowKind::Total, Localized::both("Bidrag", "Grant"), None, "15080", ""),
        ],
        account: vec![
            account("imported", "Inlämnade markeringar", "Marks sent in", 2418, None),
            account("eligible", "Under 7 eller över 25 år", "Under 7 or over 25", -61, Some("§ 3")),
            account("at_least", "Sammankomster med färre än 3 deltagare", "Occasions with fewer than 3", -143, Some("§ 5")),
            account("paid", "Markeringar som ger bidrag", "Marks paid for", 2214, None),
        ],
        motivation: vec!["Föreningen har godkända handlingar för 2026.".to_owned()],
        basis: LegalBasis {
            provisions: vec![Localized::both("2 kap. 1 och 3 §§ kommunallagen", "Chapter 2, sections 1 and 3 of the Local Government Act")],
            rules: RuleVersion {
                title: Localized::both("Bestämmelser för aktivitetsstöd", "Rules for the activity grant"),
                version: "2026.2".to_owned(),
                decided_by: "Kultur- och fritidsnämnden".to_owned(),
                decided_on: day("2025-12-11"),
                paragraph: Some("§ 118".to_owned()),
                diary_number: Some("KFN 2025/402".to_owned()),
            },
        },
        conditions: vec![Localized::both(
            "Föreningen ska spara närvarolistorna till och med den 31 december 2027.",
            "The association must keep the attendance lists until 31 December 2027.",
        )],
        revocation: Some(Localized::both(
            "Kommunen kan kräva tillbaka bidraget om uppgifterna i ansökan var fel.",
            "The municipality may recover the grant if the application was wrong.",
        )),
        payment: Some(Payment {
            when: PaymentTime::Around { date: day("2026-09-30") },
            account: Some(MaskedAccount::new(Channel::Bankgiro, "991-2346")),
            set_off: false,
        }),
        settled: None,
        record: Record {
            decided_by: Decider::Delegate {
                official: official("Maria Lundh", "enhetschef", "head of unit"),
                delegation_point: "punkt 4.2".to_owned(),
            },
            rapporteurs: vec![official("Anna Ek", "föreningskonsulent", "grants officer")],
            present: Vec::new(),
        },
        appeal: legality(Legality::Reported { meeting: day("2026-10-07"), paragraph: None }, None),
    }
}

fn account(id: &str, sv: &str, en: &str, marks: i64, paragraph: Option<&str>) -> AccountLine {
    AccountLine { id: id.to_owned(), text: Localized::both(sv, en), marks, paragraph: paragraph.map(str::to_owned) }
}

pub fn legality(minutes: Legality, last_day: Option<NaiveDate>) -> Appeal {
    Appeal::Laglighetsprovning {
        court: "Förvaltningsrätten i Exempelstad".to_owned(),
        court_address: vec!["Box 1, 123 00 Exempelstad".to_owned(), "forvaltningsratten@domstol.example".to_owned()],
        minutes,
        last_day,
    }
}

pub fn complaint(last_day: Option<NaiveDate>) -> Appeal {
    Appeal::Forvaltningsbesvar {
        court: "Förvaltningsrätten i Exempelstad".to_owned(),
        authority: "kultur- och fritidsnämnden".to_owned(),
        authority_address: vec!["Exempelstads kommun, 123 00 Exempelstad".to_owned(), "kfn@exempelstad.example".to_owned()],
        last_day,
    }
}

/// Refused, with the reason from a failed requirement and no calculation.
pub fn refusal() -> DecisionLetter {
    let mut letter = decision();
    letter.outcome = Outcome::Avslag;
    letter.amount = None;
    letter.payment = None;
    letter.rows = Vec::new();
    letter.account = Vec::new();
    letter.motivation = Vec::new();
    letter.checks = vec![Check {
        id: "for_fa_medlemmar".to_owned(),
        status: CheckStatus::Fail,
        text: Localized::both("Medlemmar i rätt ålder: 14, krav 20", "Members of the right age: 14, required 20"),
        motivation: Some(Localized::both(
            "Bidraget kräver minst 20 medlemmar mellan 7 och 25 år. Föreningen har 14.",
            "The grant requires at least 20 members aged 7 to 25. The association has 14.",
        )),
        paragraph: Some("§ 2".to_owned()),
        field: None,
    }];
    letter
}
