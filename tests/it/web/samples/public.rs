//! The pages for everybody.

use bifall::domain::localized::Language;
use bifall::web::page::Section;
use bifall::web::parts::{Choice, Link, State};
use bifall::web::public::diary::{DiaryEntry, DiaryFilter, DiaryPage, Shown};
use bifall::web::public::letter::{LetterBody, LetterPage};
use bifall::web::public::mailbox::{MailRow, MailboxPage, OpenMail};
use bifall::web::public::start::{GrantRow, NextDay, Shortcut, StartPage};

use super::{choice, page};

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
