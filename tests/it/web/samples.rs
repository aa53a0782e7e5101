//! Every page filled with an invented municipality's day. Amounts add up; names are nobody's.

use std::sync::Arc;

use bifall::domain::localized::Language;
use bifall::web::officer::case::{CaseHead, CasePage, ChecklistItem, Clash, Comparison, Difference, Document, Payment, Provenance, Task};
use bifall::web::officer::cases::{CaseFilter, CaseRow, CasesPage};
use bifall::web::officer::decide::{Budget, DecidePage, DecideRow, ExcludedRow};
use bifall::web::officer::import::{ImportPage, ImportProblem};
use bifall::web::officer::payments::{Batch, FileLink, HeldRow, OrderRow, PaymentsPage};
use bifall::web::officer::trace::{TracePage, TraceStep};
use bifall::web::page::{DemoBar, NavItem, Section};
use bifall::web::parts::{Action, CheckLine, Choice, Event, Field, FieldKind, Line, LineKind, Link, Notice, Shape, State, Weight};
use bifall::web::public::diary::{DiaryEntry, DiaryFilter, DiaryPage, Shown};
use bifall::web::public::letter::{LetterBody, LetterPage};
use bifall::web::public::mailbox::{MailRow, MailboxPage, OpenMail};
use bifall::web::public::start::{GrantRow, NextDay, Shortcut, StartPage};
use bifall::web::{Frame, Page, assets};

/// The invented municipality.
pub fn frame() -> Arc<Frame> {
    Arc::new(Frame {
        municipality: "Exempelstad".to_owned(),
        arms: assets::url("arms.svg"),
        phone: "070-174 06 05".to_owned(),
        accessibility: "/tillganglighet".to_owned(),
        personal_data: "/personuppgifter".to_owned(),
    })
}

fn page(language: Language, section: Section, title: &str, path: &str, here: &str) -> Page {
    let mut page = Page::new(frame(), language, section, title);
    path.clone_into(&mut page.path);
    page.form_key = "0192f4a0-7c1e-7000-8000-000000000001".to_owned();
    page.nav = [
        ("/", "nav-grants"),
        ("/arenden", "nav-cases"),
        ("/beslut", "nav-decide"),
        ("/utbetalning", "nav-payments"),
        ("/diarium", "nav-diary"),
    ]
    .into_iter()
    .map(|(href, key)| NavItem { href: href.to_owned(), text: page.t(key), current: href == here })
    .collect();
    page.demo = Some(DemoBar {
        now: "torsdag 20 augusti 2026 kl. 10.00".to_owned(),
        date: "2026-08-20".to_owned(),
        jumps: vec![
            choice("2026-08-21", "+1 dag"),
            choice("2026-08-25", "Till sista ansökningsdag, 25 augusti"),
            choice("2026-10-01", "Till beslut, 1 oktober"),
        ],
        personas: vec![
            Choice { selected: true, ..choice("anna", "Anna Ek, handläggare") },
            choice("karin", "Karin Dahl, delegat"),
            choice("omar", "Omar Lind, attestant"),
        ],
        persona: "Anna Ek, handläggare".to_owned(),
        mails: 3,
    });
    page
}

fn choice(value: &str, text: &str) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), selected: false }
}

fn line(kind: LineKind, text: &str, how: &str, paragraph: &str, value: &str) -> Line {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Line { text: text.to_owned(), how: some(how), paragraph: some(paragraph), value: value.to_owned(), kind }
}

/// The first page.
pub fn start(language: Language) -> StartPage {
    let grant = |name: &str, note: &str, who: &str, what: &str, state: State, last_day: &str, period: &str, payment: &str| GrantRow {
        href: "/bidrag/aktivitetsstod".to_owned(),
        name: name.to_owned(),
        note: note.to_owned(),
        who: who.to_owned(),
        what: what.to_owned(),
        state,
        last_day: last_day.to_owned(),
        period: period.to_owned(),
        payment: payment.to_owned(),
    };
    StartPage {
        page: page(language, Section::Public, "Bidrag till föreningar i Exempelstad", "/", "/"),
        lead: "Se vad ni kan söka, ansök och följ ert ärende. Beloppet och hur vi räknat visas redan medan ni fyller i.".to_owned(),
        ways: vec![Link::new("/forkontroll", "Vilka bidrag kan vi söka?"), Link::new("/mina-sidor", "Logga in på Mina sidor")],
        next: Some(NextDay {
            date: "25 augusti 2026".to_owned(),
            left: "om 5 dagar".to_owned(),
            what: "Aktivitetsstöd för januari–juni 2026".to_owned(),
            calendar: Some(Link::new("/kalender.ics", "Lägg in årets datum i kalendern")),
        }),
        grants: vec![
            grant(
                "Aktivitetsstöd",
                "Beräknas utifrån er närvaro",
                "Föreningar med barn och unga 7–25 år",
                "9,89 kr per deltagartillfälle för flickor och kvinnor, 8,02 kr för pojkar och män, ledare och 65+",
                State::ok("Öppen"),
                "25 augusti 2026",
                "Januari–juni 2026",
                "Oktober 2026",
            ),
            grant(
                "Lokalbidrag",
                "Beräknas utifrån era kostnader",
                "Föreningar med aktivitetsstöd",
                "Högst 65\u{a0}% av kostnaden, högst 200\u{202f}000\u{a0}kr",
                State::none("Öppnar 1 februari"),
                "1 mars 2027",
                "Kostnader 2026",
                "Maj 2027",
            ),
            grant(
                "Startbidrag",
                "",
                "Nya föreningar, senast ett år efter bildandet",
                "5\u{202f}000\u{a0}kr",
                State::ok("Öppen"),
                "Löpande",
                "",
                "Inom fyra veckor",
            ),
        ],
        work: vec![
            Shortcut { link: Link::new("/arenden", "Ärenden"), text: "5 av 214 ärenden behöver handläggas".to_owned() },
            Shortcut { link: Link::new("/beslut", "Besluta"), text: "209 ärenden är klara för beslut".to_owned() },
            Shortcut { link: Link::new("/utbetalning", "Utbetalning"), text: "En bunt väntar på attest".to_owned() },
        ],
    }
}

/// The list of cases.
pub fn cases(language: Language) -> CasesPage {
    let row = |number: &str, association: &str, grant: &str, state: State, why: &str, amount: &str, age: &str, due: &str| CaseRow {
        href: "/arenden/123".to_owned(),
        diary_number: number.to_owned(),
        association: association.to_owned(),
        grant: grant.to_owned(),
        state,
        why: why.to_owned(),
        amount: amount.to_owned(),
        age: age.to_owned(),
        due: due.to_owned(),
        late: due == "18 aug",
    };
    let mut page = page(language, Section::Officer, "Ärenden", "/arenden", "/arenden");
    page.crumbs = vec![Link::new("/", "Start"), Link::here("Ärenden")];
    let period = "Aktivitetsstöd, januari–juni 2026";
    CasesPage {
        page,
        summary: "5 av 214 ärenden behöver handläggas. 209 är utan anmärkning och klara för beslut.".to_owned(),
        batch: Some(Link::new("/beslut", "Granska och besluta (209)")),
        filter: CaseFilter {
            query: String::new(),
            grants: vec![Choice { selected: true, ..choice("", "Alla bidrag") }, choice("aktivitetsstod", "Aktivitetsstöd")],
            todos: vec![Choice { selected: true, ..choice("", "Allt att göra") }, choice("kontroll", "Kontroll")],
            active: false,
        },
        cases: vec![
            row(
                "KFN 2026/123",
                "Björkens Scoutkår",
                period,
                State::wait("Svar på komplettering"),
                "Rättad närvarofil inkom i går",
                "19\u{202f}789\u{a0}kr",
                "37 dagar",
                "25 aug",
            ),
            row(
                "KFN 2026/131",
                "IK Norrsken",
                "Lokalbidrag, 2026",
                State::stop("Kontroll"),
                "Kostnaden har ökat 64\u{a0}% mot förra året",
                "133\u{202f}900\u{a0}kr",
                "30 dagar",
                "26 aug",
            ),
            row(
                "KFN 2026/118",
                "Lidens Simklubb",
                period,
                State::stop("Kontroll"),
                "41 krockar med två andra föreningar",
                "84\u{202f}250\u{a0}kr",
                "41 dagar",
                "18 aug",
            ),
            row(
                "KFN 2026/140",
                "Södra Ridklubben",
                period,
                State::ok("Klart för beslut"),
                "",
                "50\u{202f}112\u{a0}kr",
                "12 dagar",
                "2 sep",
            ),
            row(
                "KFN 2026/097",
                "Hammarens IF",
                "Startbidrag",
                State::none("Väntar på föreningen"),
                "Komplettering begärd 12 augusti",
                "5\u{202f}000\u{a0}kr",
                "58 dagar",
                "11 sep",
            ),
        ],
        found: "214".to_owned(),
        previous: None,
        next: Some("/arenden?sida=2".to_owned()),
    }
}

/// The list with nothing in it.
pub fn no_cases(language: Language) -> CasesPage {
    let full = cases(language);
    CasesPage {
        summary: String::new(),
        batch: None,
        filter: CaseFilter { query: "ridklubben".to_owned(), active: true, ..full.filter },
        cases: Vec::new(),
        found: "0".to_owned(),
        previous: None,
        next: None,
        page: full.page,
    }
}

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
        href: "/arenden/123/handlingar/1".to_owned(),
    };
    CasePage {
        page,
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
        waiting: String::new(),
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
            },
            Task {
                id: "konto".to_owned(),
                title: "Bekräfta nytt bankgiro".to_owned(),
                state: State::ok("Klar"),
                checklist: vec![ChecklistItem {
                    id: "ringt".to_owned(),
                    label: "Ringt firmatecknaren".to_owned(),
                    done: true,
                    comment: "Bekräftat 18 augusti.".to_owned(),
                }],
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

/// Many cases to decide.
pub fn decide(language: Language) -> DecidePage {
    let row = |number: &str, name: &str, outcome: State, why: &str, amount: &str, ore: i64, change: &str, check: State| DecideRow {
        id: number.to_owned(),
        href: "/arenden/123".to_owned(),
        diary_number: format!("KFN 2026/{number}"),
        association: name.to_owned(),
        outcome,
        why: why.to_owned(),
        amount: amount.to_owned(),
        ore,
        change: change.to_owned(),
        selected: check.shape == Shape::Ok,
        check,
    };
    let fine = || State::ok("Utan anmärkning");
    let granted = || State::ok("Bifall");
    let mut page = page(language, Section::Officer, "Besluta: aktivitetsstöd våren 2026", "/beslut", "/beslut");
    page.crumbs = vec![Link::new("/", "Start"), Link::here("Besluta")];
    DecidePage {
        page,
        rounds: vec![Choice { selected: true, ..choice("aktivitetsstod:2026-H1", "Aktivitetsstöd, januari–juni 2026") }, choice("lokalbidrag:2026", "Lokalbidrag, 2026")],
        mandate: "7 ärenden kan beslutas. Du beslutar enligt punkt 4.2 i delegationsordningen, högst 200\u{202f}000\u{a0}kr per ärende. Varje ärende får sitt eget beslut.".to_owned(),
        url: "/beslut".to_owned(),
        version: "a81277e0".to_owned(),
        ready: vec![
            row("123", "Björkens Scoutkår", granted(), "", "19\u{202f}789\u{a0}kr", 1_978_900, "+4\u{a0}%", fine()),
            row("124", "Hammarens IF", State::wait("Delvis bifall"), "Minskat 25\u{a0}%: 3 dagar för sent", "53\u{202f}958\u{a0}kr", 5_395_800, "−6\u{a0}%", fine()),
            row("140", "Södra Ridklubben", granted(), "", "50\u{202f}112\u{a0}kr", 5_011_200, "+9\u{a0}%", fine()),
            row("141", "Unga Röster", granted(), "", "8\u{202f}544\u{a0}kr", 854_400, "+12\u{a0}%", fine()),
            row("142", "Nordvikens BTK", State::stop("Avslag"), "8 medlemmar 7–25 år, krav 10", "0\u{a0}kr", 0, "", fine()),
            row("143", "Åsa Gymnastik", granted(), "", "66\u{202f}028\u{a0}kr", 6_602_800, "+3\u{a0}%", fine()),
            row("144", "Liljans Dansförening", granted(), "", "31\u{202f}240\u{a0}kr", 3_124_000, "+58\u{a0}%", State::wait("Stor ökning")),
        ],
        excluded: vec![ExcludedRow {
            href: "/arenden/118".to_owned(),
            diary_number: "KFN 2026/118".to_owned(),
            association: "Lidens Simklubb".to_owned(),
            amount: "84\u{202f}250\u{a0}kr".to_owned(),
            reason: "41 krockar väntar på svar".to_owned(),
            state: State::stop("Kontroll"),
        }],
        total: "198\u{202f}431\u{a0}kr".to_owned(),
        selected: 6,
        budget: Some(Budget {
            title: "Budget 2026".to_owned(),
            description: "Av budgeten 18 miljoner kronor är 7,9 miljoner beslutade, det här beslutet tar 0,2 miljoner och 9,9 miljoner är kvar.".to_owned(),
            decided: "7,9\u{a0}Mkr".to_owned(),
            batch: "0,2\u{a0}Mkr".to_owned(),
            left: "9,9\u{a0}Mkr".to_owned(),
            decided_share: 439,
            batch_share: 11,
            link: None,
        }),
        conflicts: 1,
        undo: "30 minuter".to_owned(),
        confirm_error: None,
    }
}

/// Nothing to decide.
pub fn nothing_to_decide(language: Language) -> DecidePage {
    let full = decide(language);
    DecidePage {
        ready: Vec::new(),
        excluded: Vec::new(),
        rounds: Vec::new(),
        mandate: "Inga ärenden kan beslutas just nu.".to_owned(),
        ..full
    }
}

/// Payments.
pub fn payments(language: Language) -> PaymentsPage {
    let order = |number: &str, name: &str, amount: &str| OrderRow {
        href: "/arenden/123".to_owned(),
        diary_number: format!("KFN 2026/{number}"),
        association: name.to_owned(),
        purpose: "Aktivitetsstöd våren 2026".to_owned(),
        account: "Bankgiro ••••-2395".to_owned(),
        due: "15 okt 2026".to_owned(),
        amount: amount.to_owned(),
    };
    let mut page = page(language, Section::Officer, "Utbetalning", "/utbetalning", "/utbetalning");
    page.crumbs = vec![Link::new("/", "Start"), Link::here("Utbetalning")];
    PaymentsPage {
        page,
        summary: "2 utbetalningar kan göras, 69\u{202f}901\u{a0}kr. 1 är spärrad.".to_owned(),
        ready: vec![order("123", "Björkens Scoutkår", "19\u{202f}789\u{a0}kr"), order("140", "Södra Ridklubben", "50\u{202f}112\u{a0}kr")],
        ready_total: "69\u{202f}901\u{a0}kr".to_owned(),
        make_batch: Some(Action {
            url: "/utbetalning/bunt".to_owned(),
            title: "Samla i en bunt".to_owned(),
            explanation: "Bunten granskas av en person och attesteras av en annan. Sedan skapas filerna.".to_owned(),
            fields: vec![
                Field {
                    name: "betaldag".to_owned(),
                    label: "Betalas ut".to_owned(),
                    value: "2026-10-15".to_owned(),
                    kind: FieldKind::Date,
                    ..Field::default()
                },
                Field {
                    name: "kanal".to_owned(),
                    label: "Betalas genom".to_owned(),
                    kind: FieldKind::Select(vec![
                        choice("bank", "Banken (pain.001 och SIE)"),
                        choice("reskontra", "Leverantörsreskontran"),
                        choice("lista", "Lista att betala för hand"),
                    ]),
                    ..Field::default()
                },
            ],
            button: "Skapa bunten".to_owned(),
            weight: Weight::Primary,
        }),
        held: vec![HeldRow {
            order: order("131", "IK Norrsken", "133\u{202f}900\u{a0}kr"),
            state: State::wait("Nytt konto"),
            reason: "Bankgirot ändrades 3 augusti. Spärren hävs när två firmatecknare har bekräftat det.".to_owned(),
            release: Some(Action {
                url: "/utbetalning/131/hav".to_owned(),
                title: "Häv spärren".to_owned(),
                fields: vec![Field { name: "skal".to_owned(), label: "Skäl".to_owned(), kind: FieldKind::Text, ..Field::default() }],
                ..Action::default()
            }),
        }],
        batches: vec![
            Batch {
                title: "Bunt 14".to_owned(),
                state: State::wait("Väntar på beslutsattest"),
                pay_date: "15 oktober 2026".to_owned(),
                count: "12".to_owned(),
                total: "412\u{202f}300\u{a0}kr".to_owned(),
                reviewed: "Anna Ek, 20 augusti 2026 kl. 09.12".to_owned(),
                waiting: "Du har granskat bunten. En annan person attesterar den.".to_owned(),
                orders: vec![order("101", "Unga Röster", "8\u{202f}544\u{a0}kr")],
                ..Batch::default()
            },
            Batch {
                title: "Bunt 13".to_owned(),
                state: State::ok("Betald"),
                pay_date: "15 juni 2026".to_owned(),
                count: "31".to_owned(),
                total: "1\u{202f}204\u{202f}118\u{a0}kr".to_owned(),
                reviewed: "Anna Ek, 9 juni 2026 kl. 10.40".to_owned(),
                approved: "Omar Lind, 9 juni 2026 kl. 13.05".to_owned(),
                files: vec![
                    FileLink {
                        link: Link::new("/utbetalning/13/pain001.xml", "bunt-13-pain001.xml"),
                        kind: "Betalfil till banken (pain.001)".to_owned(),
                        detail: "18\u{a0}kB, 5f0e91ab".to_owned(),
                    },
                    FileLink {
                        link: Link::new("/utbetalning/13/sie", "bunt-13.se"),
                        kind: "Bokföringsfil (SIE 4)".to_owned(),
                        detail: "6\u{a0}kB, 77e01f3b".to_owned(),
                    },
                ],
                ..Batch::default()
            },
        ],
    }
}

/// No payments at all.
pub fn no_payments(language: Language) -> PaymentsPage {
    let full = payments(language);
    PaymentsPage { summary: String::new(), ready: Vec::new(), make_batch: None, held: Vec::new(), batches: Vec::new(), ..full }
}

/// A letter as the letters' room makes it.
pub fn letter(language: Language) -> LetterPage {
    let mut page = page(language, Section::Officer, "Beslut KFN 2026/123", "/arenden/123/brev", "/arenden");
    page.crumbs =
        vec![Link::new("/", "Start"), Link::new("/arenden", "Ärenden"), Link::new("/arenden/123", "KFN 2026/123"), Link::here("Beslut")];
    LetterPage {
        page,
        state: State::wait("Skickas kl. 10.30"),
        sending: "Till dess kan beslutet tas tillbaka.".to_owned(),
        pdf: Some(Link::new("/arenden/123/brev.pdf", "Hämta som PDF")),
        body: LetterBody::of(&crate::letters::samples::decision()).expect("the letters' own sample is a whole letter"),
    }
}

/// The diary, with what must not be seen left out.
pub fn diary(language: Language) -> DiaryPage {
    let open = |text: &str| Shown::Open(text.to_owned());
    let entry = |number: &str, date: &str, direction: &str, title: Shown, party: Shown| DiaryEntry {
        diary_number: "KFN 2026/123".to_owned(),
        number: number.to_owned(),
        date: date.to_owned(),
        direction: direction.to_owned(),
        matter: open("Aktivitetsstöd januari–juni 2026"),
        title,
        party,
    };
    let mut page = page(language, Section::Public, "Diarium", "/diarium", "/diarium");
    page.crumbs = vec![Link::new("/", "Start"), Link::here("Diarium")];
    DiaryPage {
        page,
        filter: DiaryFilter {
            directions: vec![Choice { selected: true, ..choice("", "Alla") }, choice("in", "Inkommen")],
            ..DiaryFilter::default()
        },
        entries: vec![
            entry("3", "20 aug 2026", "Utgående", open("Begäran om komplettering"), open("Björkens Scoutkår")),
            entry(
                "2",
                "18 aug 2026",
                "Inkommen",
                Shown::Masked("Uppgift utelämnad".to_owned()),
                Shown::Masked("Namn utelämnat".to_owned()),
            ),
            entry("1", "14 juli 2026", "Inkommen", open("Ansökan om aktivitetsstöd"), open("Björkens Scoutkår")),
        ],
        found: "3".to_owned(),
        previous: None,
        next: None,
    }
}

/// The mailbox with a letter open.
pub fn mailbox(language: Language) -> MailboxPage {
    let row = |subject: &str, to: &str, when: &str, current: bool| MailRow {
        href: "/demo/brevlada/1".to_owned(),
        to: to.to_owned(),
        subject: subject.to_owned(),
        when: when.to_owned(),
        current,
    };
    let mut page = page(language, Section::Demo, "Brevlådan", "/demo/brevlada", "");
    page.crumbs = vec![Link::new("/", "Start"), Link::here("Brevlådan")];
    MailboxPage {
        page,
        mails: vec![
            row("Beslut i ert ärende KFN 2026/123", "kassor@bjorken.example", "20 augusti 2026 kl. 10.31", true),
            row("Vi behöver mer från er, KFN 2026/131", "styrelsen@norrsken.example", "19 augusti 2026 kl. 14.02", false),
        ],
        open: Some(OpenMail {
            from: "Exempelstad <bidrag@exempelstad.example>".to_owned(),
            to: "kassor@bjorken.example".to_owned(),
            subject: "Beslut i ert ärende KFN 2026/123".to_owned(),
            when: "20 augusti 2026 kl. 10.31".to_owned(),
            text:
                "Hej!\n\nDet finns ett beslut i ert ärende KFN 2026/123. Beslutet ligger på Mina sidor.\n\nFritid och kultur, Exempelstad"
                    .to_owned(),
            attachments: vec![Link::new("/demo/brevlada/1/beslut.pdf", "Beslut KFN 2026-123.pdf")],
        }),
    }
}

/// An empty mailbox.
pub fn no_mails(language: Language) -> MailboxPage {
    MailboxPage { mails: Vec::new(), open: None, ..mailbox(language) }
}

/// The report of a file that was accepted with remarks.
pub fn import(language: Language) -> ImportPage {
    let problem = |state: State, line: &str, column: &str, value: &str, message: &str, hint: &str| ImportProblem {
        state,
        line: line.to_owned(),
        column: column.to_owned(),
        value: value.to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    };
    let mut page = page(language, Section::Officer, "narvaro-varen-2026.xml", "/import/7", "/arenden");
    page.crumbs = vec![Link::new("/", "Start"), Link::new("/arenden", "Ärenden"), Link::here("narvaro-varen-2026.xml")];
    ImportPage {
        page,
        state: State::wait("Inläst med anmärkningar"),
        verdict: "Filen är inläst. 3 markeringar räknas inte förrän de är rättade i en ny fil.".to_owned(),
        facts: vec![
            ("Förening".to_owned(), "Björkens Scoutkår".to_owned()),
            ("Inlämnad".to_owned(), "14 juli 2026 kl. 19.42 av föreningens kassör".to_owned()),
            ("Format".to_owned(), "DAK 2.0 (XML)".to_owned()),
            ("Kontrollsumma".to_owned(), "a81277e01f3b".to_owned()),
        ],
        summary: vec![
            line(LineKind::Figure, "Sammankomster", "", "", "184"),
            line(LineKind::Figure, "Personer", "", "", "52"),
            line(LineKind::Adds, "Markeringar i filen", "", "", "2\u{202f}421"),
            line(LineKind::Minus, "Saknar giltigt personnummer", "", "", "−3"),
            line(LineKind::Total, "Inlästa närvaromarkeringar", "", "", "2\u{202f}418"),
        ],
        problems: vec![
            problem(
                State::stop("Räknas inte"),
                "1\u{202f}204",
                "Personnummer",
                "20140501-••••",
                "Kontrollsiffran stämmer inte.",
                "Rätta personnumret i medlemssystemet och skicka filen igen.",
            ),
            problem(State::none("Att veta"), "88", "Plats", "", "Platsen saknas på sammankomsten 12 mars.", "Inget behöver göras."),
        ],
        more: 1,
        download: Some(Link::new("/import/7/rapport.csv", "Hämta rapporten (CSV)")),
        again: Some(Link::new("/import/ny", "Skicka en ny fil")),
    }
}

/// Every step of a calculation.
pub fn trace(language: Language) -> TracePage {
    let step = |line: &str, rule: &str, outcome: &str, paragraph: &str| TraceStep {
        line: line.to_owned(),
        rule: rule.to_owned(),
        outcome: outcome.to_owned(),
        paragraph: paragraph.to_owned(),
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
        steps: vec![
            step(
                "12",
                "row(\"flickor_och_kvinnor\", a.female, \"belopp_flicka\")",
                "1\u{202f}087 × 9,89 = 10\u{202f}750,43\u{a0}kr",
                "§ 4",
            ),
            step("13", "row(\"pojkar_och_man\", a.male, \"belopp_pojke\")", "1\u{202f}127 × 8,02 = 9\u{202f}038,54\u{a0}kr", "§ 4"),
            step("18", "round_to_krona()", "+0,03\u{a0}kr", "§ 9"),
        ],
    }
}
