//! Every page filled with an invented municipality's day. Amounts add up; names are nobody's.

use std::sync::Arc;

use bifall::domain::localized::Language;
use bifall::web::page::{DemoBar, NavItem, Section};
use bifall::web::parts::{Choice, Line, LineKind};
use bifall::web::{Frame, Page, assets};

mod case;
mod officer;
mod public;

pub use case::{case, case_with_errors, decided_case, trace};
pub use officer::{cases, decide, import, no_cases, nothing_to_decide};
pub use public::{diary, letter, mailbox, no_mails, start};

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
    Line { text: text.to_owned(), how: some(how), paragraph: some(paragraph), value: value.to_owned(), kind, behind: None }
}
