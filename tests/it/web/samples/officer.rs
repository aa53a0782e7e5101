//! The pages for those who handle, decide and pay.

use bifall::domain::localized::Language;
use bifall::web::officer::cases::{CaseFilter, CaseRow, CasesPage, SavedView};
use bifall::web::officer::decide::{Budget, DecidePage, DecideRow, ExcludedRow};
use bifall::web::officer::import::{ImportPage, ImportProblem};
use bifall::web::page::Section;
use bifall::web::parts::{Choice, LineKind, Link, Shape, State};

use super::{choice, line, page};

/// The list of cases.
pub fn cases(language: Language) -> CasesPage {
    let row = |number: &str, association: &str, grant: &str, state: State, why: &str, amount: &str, age: &str, due: &str| CaseRow {
        id: number.replace(['/', ' '], "-"),
        href: "/arenden/123".to_owned(),
        diary_number: number.to_owned(),
        association: association.to_owned(),
        officer: String::new(),
        officer_away: String::new(),
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
        opened: None,
        today: Vec::new(),
        page,
        summary: "5 av 214 ärenden behöver handläggas. 209 är utan anmärkning och klara för beslut.".to_owned(),
        review: Some(Link::new("/bindningar", "Gå igenom dina bindningar för 2026")),
        batch: Some(Link::new("/beslut", "Granska och besluta (209)")),
        filter: CaseFilter {
            query: String::new(),
            grants: vec![Choice { selected: true, ..choice("", "Alla bidrag") }, choice("aktivitetsstod", "Aktivitetsstöd")],
            todos: vec![Choice { selected: true, ..choice("", "Allt att göra") }, choice("kontroll", "Kontroll")],
            ..CaseFilter::default()
        },
        saved: vec![SavedView {
            name: "Mina sena".to_owned(),
            href: "/arenden?forsenat=ja".to_owned(),
            forget: "/arenden/vyer/1/ta-bort".to_owned(),
            current: false,
        }],
        query: String::new(),
        may_ask: true,
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
        opened: None,
        today: Vec::new(),
        summary: String::new(),
        review: None,
        batch: None,
        filter: CaseFilter { query: "ridklubben".to_owned(), active: true, ..full.filter },
        saved: Vec::new(),
        query: "sok=ridklubben".to_owned(),
        may_ask: true,
        cases: Vec::new(),
        found: "0".to_owned(),
        previous: None,
        next: None,
        page: full.page,
    }
}

/// Many cases to decide.
pub fn decide(language: Language) -> DecidePage {
    let row = |number: &str, name: &str, outcome: State, why: &str, amount: &str, ore: i64, change: &str, check: State| DecideRow {
        id: number.to_owned(),
        shown: format!("{number}:a81277e0"),
        marks: "2\u{202f}214".to_owned(),
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
        round: "aktivitetsstod/2026-H1".to_owned(),
        next: None,
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
        left_out: Vec::new(),
        total: "198\u{202f}431\u{a0}kr".to_owned(),
        selected: 6,
        budget: Some(Budget {
            title: "Årets budget 2026".to_owned(),
            description: "Av budgeten 18 miljoner kronor är 7,9 miljoner beslutade, det här beslutet tar 0,2 miljoner och 9,9 miljoner är kvar.".to_owned(),
            decided: "7,9\u{a0}Mkr".to_owned(),
            batch: "0,2\u{a0}Mkr".to_owned(),
            left: "9,9\u{a0}Mkr".to_owned(),
            decided_share: 439,
            batch_share: 11,
            overdrawn: false,
            left_ore: 1_010_000_000,
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

/// The report of a file that was accepted with remarks.
pub fn import(language: Language) -> ImportPage {
    let problem = |state: State, line: &str, message: &str, marks: &str| ImportProblem {
        state,
        line: line.to_owned(),
        message: message.to_owned(),
        marks: marks.to_owned(),
    };
    let heading = "Närvarofil 14 juli 2026 kl. 19.42".to_owned();
    let title = format!("{heading}, KFN 2026/123");
    let mut page = page(language, Section::Officer, &title, "/arenden/123/filer/7", "/arenden");
    page.crumbs = vec![Link::new("/arenden", "Ärenden"), Link::new("/arenden/123", "KFN 2026/123"), Link::here(heading.clone())];
    ImportPage {
        page,
        about: "Aktivitetsstöd januari–juni 2026, Björkens Scoutkår, dnr KFN 2026/123".to_owned(),
        heading,
        state: State::wait("Delvis inläst"),
        verdict: "Filen är inläst, men 3 markeringar räknas inte förrän föreningen har rättat dem.".to_owned(),
        remarks: vec!["Det är samma fil som kom 12 juli 2026 kl. 08.10. Den har bara räknats en gång.".to_owned()],
        facts: vec![
            ("Kom in".to_owned(), "14 juli 2026 kl. 19.42".to_owned()),
            ("Kom in som".to_owned(), "Uppladdad fil".to_owned()),
            ("Format".to_owned(), "DAK 2.0".to_owned()),
            ("Period".to_owned(), "januari–juni 2026".to_owned()),
        ],
        summary: vec![
            line(LineKind::Figure, "Sammankomster", "", "", "184"),
            line(LineKind::Figure, "Personer", "", "", "52"),
            line(LineKind::Adds, "Deltagartillfällen", "", "", "2\u{202f}421"),
            line(LineKind::Minus, "Markeringar utanför", "", "", "3"),
        ],
        effect: vec![line(LineKind::Adds, "Nya eller ändrade sammankomster", "", "", "12")],
        problems: vec![
            problem(State::stop("Räknas inte"), "1\u{202f}204", "Kontrollsiffran stämmer inte.", "3"),
            problem(State::none("Att veta"), "88", "Platsen saknas på sammankomsten 12 mars.", ""),
        ],
        more: 1,
    }
}
