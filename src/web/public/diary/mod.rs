//! The diary as anybody may read it (offentlighets- och sekretesslagen 5 kap.).

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::Choice;

/// The diary. Its filter form sends `sok`, `ar`, `fran`, `till` and `riktning` by GET to the page's own address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/diary.html")]
pub struct DiaryPage {
    /// The page around it.
    pub page: Page,
    /// What is asked for.
    pub filter: DiaryFilter,
    /// The documents, the latest first.
    pub entries: Vec<DiaryEntry>,
    /// How many in all, written out.
    pub found: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// What the diary is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiaryFilter {
    /// Words (`sok`).
    pub query: String,
    /// Its years (`ar`).
    pub years: Vec<Choice>,
    /// From this date (`fran`), as `2026-08-01`.
    pub from: String,
    /// To this date (`till`).
    pub to: String,
    /// Received, sent or made (`riktning`), the first meaning all.
    pub directions: Vec<Choice>,
    /// Whether anything is limited.
    pub active: bool,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiaryEntry {
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// The document's number within the case.
    pub number: String,
    /// When it came or was made.
    pub date: String,
    /// Received, made or sent.
    pub direction: String,
    /// What the case is about.
    pub matter: Shown,
    /// What it is.
    pub title: Shown,
    /// From whom or to whom.
    pub party: Shown,
}

/// A text of a public register: in the open or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The text.
    Open(String),
    /// Left out; why, in a word or two, as `Namn utelämnat`.
    Masked(String),
}

impl Default for Shown {
    fn default() -> Self {
        Self::Open(String::new())
    }
}
