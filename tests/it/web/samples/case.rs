//! The case page in its different moments, and its trace.

use bifall::domain::localized::Language;
use bifall::web::officer::case::{
    Answer, CaseHead, CasePage, ChecklistItem, Clash, Comparison, Difference, Document, More, Payment, Provenance, Task,
};
use bifall::web::officer::trace::{TracePage, TraceStep, UsedValue};
use bifall::web::page::Section;
use bifall::web::parts::{Action, CheckLine, Choice, Event, Field, FieldKind, LineKind, Link, Notice, Shape, State, Weight};

use super::{choice, line, page};

/// A case with all there can be.
pub fn case(language: Language) -> CasePage {
    let mut page = page(language, Section::Officer, "KFN 2026/123 Björkens Scoutkår", "/arenden/123", "/arenden");
    page.crumbs = vec![Link::new("/", "Start"), Link::new("/arenden", "Ärenden"), Link::here("KFN 2026/123")];
    let check = |state: State, text: &str, detail: &str, paragraph: &str| CheckLine {
        state,
        text: text.to_owned(),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        paragraph: Some(paragraph.to_owned()),
    };
    let event = |text: &str, when: &str, at: &str| Event { text: text.to_owned(), when: when.to_owned(), at: at.to_owned() };
    let document = |number: &str, date: &str, direction: &str, title: &str| Document {
        number: number.to_owned(),
        date: date.to_owned(),
        direction: direction.to_owned(),
        title: title.to_owned(),
        party: "Björkens Scoutkår".to_owned(),
        href: "/arenden/123/handlingar/1".to_owned(),
    };
    CasePage {
        appeals: vec![("Sista dag att överklaga".to_owned(), "5 oktober 2026".to_owned())],
        page,
        report: None,
        experts: None,
        conflicts: vec!["Bo Nyberg har anmält jäv och deltar inte.".to_owned()],
        hint: "Du har samma namn som en person i registret hos Björkens Scoutkår (kassör).".to_owned(),
        hint_about: "1".to_owned(),
        id: "123".to_owned(),
        head: CaseHead {
            association: "Björkens Scoutkår".to_owned(),
            organisation_number: "802481-2395".to_owned(),
            grant: "Aktivitetsstöd".to_owned(),
            period: "januari–juni 2026".to_owned(),
            diary_number: "KFN 2026/123".to_owned(),
            state: State::wait("Kontroll"),
            received: "14 juli 2026".to_owned(),
            officer: "Anna Ek".to_owned(),
            due: "12 oktober 2026".to_owned(),
            amount_label: "Preliminärt bidrag".to_owned(),
            amount: "19\u{202f}789\u{a0}kr".to_owned(),
            letter: None,
            payment: None,
        },
        actions: vec![
            Action {
                url: "/arenden/123/godkann".to_owned(),
                title: "Godkänn kontrollen".to_owned(),
                explanation: "Ärendet går vidare och väntar på att perioden stängs. Sedan räknas det slutliga beloppet.".to_owned(),
                fields: Vec::new(),
                weight: Weight::Primary,
                button: String::new(),
            },
            Action {
                url: "/arenden/123/komplettering".to_owned(),
                title: "Begär komplettering".to_owned(),
                explanation: "Föreningen får ett brev och ärendet väntar på svar.".to_owned(),
                fields: vec![
                    Field {
                        name: "saknas".to_owned(),
                        label: "Vad saknas?".to_owned(),
                        hint: Some("Skriv så att kassören vet vad hon ska skicka.".to_owned()),
                        kind: FieldKind::LongText,
                        ..Field::default()
                    },
                    Field {
                        name: "svar_senast".to_owned(),
                        label: "Svar senast".to_owned(),
                        value: "2026-09-03".to_owned(),
                        kind: FieldKind::Date,
                        ..Field::default()
                    },
                ],
                button: "Skicka begäran".to_owned(),
                weight: Weight::Secondary,
            },
            Action {
                url: "/arenden/123/beslut".to_owned(),
                title: "Föreslå avslag".to_owned(),
                explanation: "En delegat beslutar. Motiveringen går med i beslutet.".to_owned(),
                fields: vec![
                    Field {
                        name: "utfall".to_owned(),
                        label: "Förslag".to_owned(),
                        kind: FieldKind::Radios(vec![
                            Choice { selected: true, ..choice("avslag", "Avslag") },
                            choice("avvisning", "Avvisning: ansökan prövas inte"),
                        ]),
                        ..Field::default()
                    },
                    Field { name: "motivering".to_owned(), label: "Motivering".to_owned(), kind: FieldKind::LongText, ..Field::default() },
                ],
                button: "Lämna förslaget".to_owned(),
                weight: Weight::Secondary,
            },
        ],
        waiting: "Antalet tillfällen har ökat 31\u{a0}% mot förra våren".to_owned(),
        ways: vec![
            More { link: Link::new("/arenden/123/meddelanden", "Meddelanden"), note: "1 obesvarat".to_owned(), calls: true },
            More { link: Link::new("/arenden/123/samtal", "Anteckna samtal"), ..More::default() },
        ],
        tasks: vec![
            Task {
                id: "granska".to_owned(),
                title: "Granska underlagen".to_owned(),
                reason: "Antalet tillfällen har ökat 31\u{a0}% mot förra våren.".to_owned(),
                state: State::wait("Att göra"),
                url: "/arenden/123/uppgift/granska".to_owned(),
                checklist: vec![
                    ChecklistItem { id: "underlag".to_owned(), label: "Underlagen granskade".to_owned(), ..ChecklistItem::default() },
                    ChecklistItem { id: "kontakt".to_owned(), label: "Ökningen förklarad".to_owned(), ..ChecklistItem::default() },
                ],
                ..Task::default()
            },
            Task {
                id: "konto".to_owned(),
                title: "Bekräfta nytt bankgiro".to_owned(),
                state: State::ok("Klar"),
                checklist: vec![ChecklistItem {
                    id: "ringt".to_owned(),
                    label: "Ringt firmatecknaren".to_owned(),
                    done: true,
                    comment: String::new(),
                }],
                comment: "Bekräftat 18 augusti.".to_owned(),
                ..Task::default()
            },
        ],
        checks: vec![
            check(State::ok("Uppfyllt"), "Godkänd förening till och med 31 mars 2027", "", "§ 2"),
            check(State::ok("Uppfyllt"), "Medlemmar i rätt ålder: 41, krav 10", "", "§ 2"),
            check(
                State::wait("Att granska"),
                "Antalet tillfällen har ökat 31\u{a0}% mot våren 2025",
                "Kontrollera att ökningen har en förklaring.",
                "§ 6",
            ),
            check(
                State::none("Vet ej"),
                "Andel bosatta i kommunen är inte känd för 2 personer",
                "De har skyddade personuppgifter eller saknas i registret. En handläggare avgör.",
                "§ 3",
            ),
            check(State::stop("Inte uppfyllt"), "Ansökan kom in 3 dagar för sent", "Bidraget minskas med 25\u{a0}%.", "§ 7"),
        ],
        account: vec![
            line(LineKind::Adds, "Inlästa närvaromarkeringar", "", "", "2\u{202f}418"),
            line(LineKind::Minus, "Yngre än 7 år", "Barnet räknas från det år det fyller 7", "§ 3", "−61"),
            line(LineKind::Minus, "Sammankomsten kortare än 45 minuter", "", "§ 3", "−84"),
            line(LineKind::Minus, "Färre än tre deltagare", "", "§ 3", "−12"),
            line(LineKind::Minus, "Samma dag redan räknad i annan grupp", "", "§ 3", "−47"),
            line(LineKind::Adds, "Krockar med en annan förening", "", "§ 3", "0"),
            line(LineKind::Total, "Bidragsgrundande deltagartillfällen", "", "", "2\u{202f}214"),
        ],
        account_source: "Ur narvaro-varen-2026.xml, inlämnad av föreningens kassör 14 juli 2026 kl. 19.42.".to_owned(),
        rows: vec![
            line(LineKind::Adds, "Flickor och kvinnor", "1\u{202f}087 × 9,89\u{a0}kr", "§ 4", "10\u{202f}750,43"),
            line(LineKind::Adds, "Pojkar och män", "1\u{202f}127 × 8,02\u{a0}kr", "§ 4", "9\u{202f}038,54"),
            line(LineKind::Adds, "Avrundning till hel krona", "", "§ 9", "+0,03"),
            line(LineKind::Total, "Beräknat bidrag", "", "", "19\u{202f}789\u{a0}kr"),
        ],
        provenance: Provenance {
            version: "2026.2".to_owned(),
            decided: "beslutad av kultur- och fritidsnämnden 11 december 2025, § 142".to_owned(),
            version_hash: "5f0e 91ab c2d4".to_owned(),
            input_hash: "a812 77e0 1f3b".to_owned(),
            at: "20 augusti 2026 kl. 08.02".to_owned(),
            compare_href: "/arenden/123?jamfor=1#jamforelse".to_owned(),
            trace_href: "/arenden/123/steg".to_owned(),
        },
        comparison: Some(Comparison {
            state: State::ok("Samma resultat"),
            text: "Omräknat nu med regelversion 2026.2 och det sparade underlaget: varje kontroll, rad och summa stämmer.".to_owned(),
            differences: Vec::new(),
        }),
        answers: vec![Answer {
            section: "Verksamheten".to_owned(),
            label: "Har ni bytt lokal under perioden?".to_owned(),
            answer: "Ja".to_owned(),
            register: String::new(),
            before: "Nej".to_owned(),
            differs: true,
        }],
        answers_before: "2025-H2".to_owned(),
        answers_reserved: false,
        clashes: vec![Clash {
            day: "12 mars 2026".to_owned(),
            time: "17.00–18.30".to_owned(),
            activity: "Spårarmöte".to_owned(),
            marks: "3".to_owned(),
            state: State::wait("Väntar på svar"),
            outcome: "Svar senast 28 augusti, annars räknas de inte".to_owned(),
        }],
        documents: vec![
            document("2", "18 aug 2026", "Inkommen", "Rättad närvarofil"),
            document("1", "14 juli 2026", "Inkommen", "Ansökan om aktivitetsstöd"),
        ],
        events: vec![
            event("Stoppat i kontroll: antalet tillfällen har ökat 31\u{a0}%", "I dag 08.02", "2026-08-20T08:02"),
            event("Beloppet räknades fram: 19\u{202f}789\u{a0}kr", "I dag 08.02", "2026-08-20T08:02"),
            event("41 personer kontrollerade mot folkbokföringen", "I dag 08.01", "2026-08-20T08:01"),
            event("Diariefört som KFN 2026/123", "I dag 08.01", "2026-08-20T08:01"),
            event("Ansökan inkom, underskriven av två firmatecknare", "14 juli 2026 kl. 19.44", "2026-07-14T19:44"),
        ],
    }
}

/// The same case when its form came back with faults.
pub fn case_with_errors(language: Language) -> CasePage {
    let mut case = case(language);
    if let Some(field) = case.actions.get_mut(1).and_then(|action| action.fields.first_mut()) {
        field.error = Some("Skriv vad föreningen ska skicka.".to_owned());
    }
    case.page.errors = vec![Link::new("#saknas", "Skriv vad föreningen ska skicka.")];
    case
}

/// The same case decided, with a letter, a held payment and rules that have been changed by hand.
pub fn decided_case(language: Language) -> CasePage {
    let mut case = case(language);
    case.head.state = State::ok("Bifall");
    case.head.amount_label = "Beviljat bidrag".to_owned();
    case.head.letter = Some(Link::new("/arenden/123/brev", "Läs beslutet"));
    case.head.payment = Some(Payment {
        state: State::wait("Spärrad"),
        text: "Nytt bankgiro: utbetalas när kontot är bekräftat, tidigast 24 augusti.".to_owned(),
    });
    case.actions = Vec::new();
    case.waiting = "Beslutet är fattat och skickat. Utbetalningen väntar på att kontot bekräftas.".to_owned();
    case.clashes = Vec::new();
    case.comparison = Some(Comparison {
        state: State::stop("Skiljer sig"),
        text: "Underlaget är detsamma, men en rad blir en annan.".to_owned(),
        differences: vec![Difference {
            text: "Pojkar och män".to_owned(),
            before: "9\u{202f}038,54".to_owned(),
            after: "9\u{202f}030,52".to_owned(),
        }],
    });
    case.page.notice = Some(Notice {
        shape: Shape::Ok,
        heading: "Beslutet är fattat".to_owned(),
        text: "Det skickas om 30 minuter. Till dess kan det tas tillbaka.".to_owned(),
    });
    case
}

/// Every step of a calculation.
pub fn trace(language: Language) -> TracePage {
    let step = |line: &str, rule: &str, outcomes: &[&str]| TraceStep {
        line: line.to_owned(),
        rule: rule.to_owned(),
        outcomes: outcomes.iter().map(|outcome| (*outcome).to_owned()).collect(),
    };
    let value = |name: &str, value: &str| UsedValue {
        name: name.to_owned(),
        value: value.to_owned(),
        since: "1 januari 2026".to_owned(),
        paragraph: "§ 4".to_owned(),
    };
    let mut page = page(language, Section::Officer, "Steg för steg, KFN 2026/123", "/arenden/123/steg", "/arenden");
    page.crumbs = vec![
        Link::new("/", "Start"),
        Link::new("/arenden", "Ärenden"),
        Link::new("/arenden/123", "KFN 2026/123"),
        Link::here("Steg för steg"),
    ];
    TracePage {
        page,
        source: "Regelversion 2026.2 och underlaget a812 77e0 1f3b.".to_owned(),
        values: vec![value("belopp_flicka", "9,89 kr"), value("belopp_pojke", "8,02 kr")],
        steps: vec![
            step("10", "let valda = a.eligible(\"eligible\");", &[]),
            step("12", "let flickor = valda.female();", &["flickor = 1\u{202f}087"]),
            step("13", "let summa = belopp * flickor;", &["belopp = 9,89", "summa = 10\u{202f}750,43"]),
        ],
    }
}
