//! The list of cases: what waits, why, and for how long.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Choice, Link, State};

/// The list. Its filter form sends `sok`, `bidrag` and `att_gora` by GET to the page's own address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/cases.html")]
pub struct CasesPage {
    /// The page around it.
    pub page: Page,
    /// One sentence: how many wait, how many are ready.
    pub summary: String,
    /// That the visitor has not gone through her ties this year; none when she has.
    pub review: Option<Link>,
    /// The way to deciding all that are ready, with their number in its text.
    pub batch: Option<Link>,
    /// What the visitor has opened and not finished, with how many in its text; none for nothing.
    pub opened: Option<Link>,
    /// What must be done today, where nothing else was asked for.
    pub today: Vec<CaseRow>,
    /// Filters that the visitor keeps.
    pub saved: Vec<SavedView>,
    /// The address' query, to be kept.
    pub query: String,
    /// What is asked for.
    pub filter: CaseFilter,
    /// The cases, in the order they should be handled.
    pub cases: Vec<CaseRow>,
    /// Whether the visitor may ask several for the same.
    pub may_ask: bool,
    /// Cases found in all, written out; more than `cases` when there are several pages.
    pub found: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// What the list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Words: diary number, association or organisation number (`sok`).
    pub query: String,
    /// Grant types (`bidrag`), the first meaning all.
    pub grants: Vec<Choice>,
    /// Periods (`period`), the first meaning all.
    pub periods: Vec<Choice>,
    /// What there is to do (`att_gora`), the first meaning what needs a person.
    pub todos: Vec<Choice>,
    /// Who handles it (`handlaggare`).
    pub officers: Vec<Choice>,
    /// Only what is past its last day (`forsenat`).
    pub overdue: bool,
    /// The workflow's state (`lage`); from a link alone.
    pub state: String,
    /// Whether one of the seldom used limits is set: they then stand open.
    pub more: bool,
    /// Whether anything is limited: the empty state then offers to show all.
    pub active: bool,
}

/// A filter that the visitor keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedView {
    /// What she calls it.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Where it is thrown away (POST).
    pub forget: String,
    /// Whether it is shown now.
    pub current: bool,
}

/// A case in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseRow {
    /// Its identity, for forms about several.
    pub id: String,
    /// Its page.
    pub href: String,
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// The association's name.
    pub association: String,
    /// The grant and its period.
    pub grant: String,
    /// Where it stands.
    pub state: State,
    /// Why it waits, in a sentence without full stop.
    pub why: String,
    /// The amount proposed or decided.
    pub amount: String,
    /// How long since it was received, as `12 dagar`.
    pub age: String,
    /// The day it must be handled by.
    pub due: String,
    /// Whether that day has passed.
    pub late: bool,
    /// Who handles it; empty for nobody.
    pub officer: String,
    /// Until when she is away; empty when she is here.
    pub officer_away: String,
}
