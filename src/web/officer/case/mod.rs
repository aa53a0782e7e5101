//! A case: what was checked, how the amount came about, what has happened and what to do next.

pub(in crate::web::officer) mod acts;
mod comparison;
pub(in crate::web) mod cut;
mod events;
pub(in crate::web) mod experts;
pub(in crate::web) mod files;
pub(in crate::web) mod hand_over;
pub(in crate::web) mod handlers;
pub(in crate::web) mod messages;
pub(in crate::web) mod more;
pub(in crate::web) mod notes;
pub(in crate::web::officer) mod opened;
pub(in crate::web) mod posts;
pub(in crate::web) mod print;
mod shown;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, CheckLine, Event, FieldKind, Line, Link, State};
use crate::web::site::report::ReportBox;

/// The case page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/case.html")]
pub struct CasePage {
    /// The page around it; its title is `KFN 2026/123 Björkens Scoutkår`.
    pub page: Page,
    /// Who applies for what.
    pub head: CaseHead,
    /// What can be done now, the likeliest first. Each is a POST to its own address.
    pub actions: Vec<Action>,
    /// What the case waits for, in a sentence.
    pub waiting: String,
    /// Who has a conflict of interest in it, or takes part in spite of one, a sentence each.
    pub conflicts: Vec<String>,
    /// The last day to appeal and how each appeal stands: what, and how it is.
    pub appeals: Vec<(String, String)>,
    /// That somebody in the applicant's register has the visitor's name; empty for nobody.
    pub hint: String,
    /// The applicant, for the answer to that.
    pub hint_about: String,
    /// The case's identity, for the same.
    pub id: String,
    /// The ways to what has a page of its own.
    pub ways: Vec<More>,
    /// What it has to do with reports on grants.
    pub report: Option<ReportBox>,
    /// The experts from outside; none where there are none and none can be invited.
    pub experts: Option<experts::ExpertsPanel>,
    /// Tasks open and done.
    pub tasks: Vec<Task>,
    /// The requirements.
    pub checks: Vec<CheckLine>,
    /// From imported marks to paid; empty when the grant does not count attendance.
    pub account: Vec<Line>,
    /// Where the attendance came from, in a sentence.
    pub account_source: String,
    /// The calculation; the last line is the total.
    pub rows: Vec<Line>,
    /// What the calculation rests on.
    pub provenance: Provenance,
    /// The answer to "calculate again and compare".
    pub comparison: Option<Comparison>,
    /// The answers beside the register and the period before; empty where they are reserved.
    pub answers: Vec<Answer>,
    /// The period before; empty where there is no case of it.
    pub answers_before: String,
    /// Whether the answers are kept from the visitor.
    pub answers_reserved: bool,
    /// Registrations that overlap with another association's.
    pub clashes: Vec<Clash>,
    /// The case's documents in the diary.
    pub documents: Vec<Document>,
    /// What has happened, the latest first.
    pub events: Vec<Event>,
}

/// A way to a part of the case that has a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Where to.
    pub link: Link,
    /// What is there, as `2 meddelanden`.
    pub note: String,
    /// Whether it calls for somebody.
    pub calls: bool,
}

/// An answer beside what the register says and what was answered the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The part of the application.
    pub section: String,
    /// The question.
    pub label: String,
    /// The answer.
    pub answer: String,
    /// What the register says; empty where it says nothing.
    pub register: String,
    /// What was answered the last time; empty where nothing was.
    pub before: String,
    /// Whether it is another answer than the last time.
    pub differs: bool,
}

/// What somebody has written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
    /// What.
    pub text: String,
    /// Whether it is the applicant's.
    pub theirs: bool,
    /// Whether the other side has read it, in words; empty where that is not told.
    pub read: String,
    /// The files that came with it.
    pub files: Vec<Link>,
}

/// Who applies for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseHead {
    /// The association's name.
    pub association: String,
    /// Its organisation number.
    pub organisation_number: String,
    /// The grant.
    pub grant: String,
    /// The period, as `januari–juni 2026`.
    pub period: String,
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// Where the case stands.
    pub state: State,
    /// When it was received.
    pub received: String,
    /// Who handles it; empty for nobody yet.
    pub officer: String,
    /// The day it must be handled by.
    pub due: String,
    /// What the amount below is: `Preliminärt bidrag`, `Förslag till beslut`, `Beviljat bidrag`.
    pub amount_label: String,
    /// The amount; empty while there is none.
    pub amount: String,
    /// The decision letter, when there is one.
    pub letter: Option<Link>,
    /// Payment: where it stands, with the reason when it is held.
    pub payment: Option<Payment>,
}

/// Where the payment stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// The state.
    pub state: State,
    /// Why it is held, or when it is paid.
    pub text: String,
}

/// A task with its checklist. The form sends `klar` = ids of ticked items, `kommentar_<id>`, `val` and
/// `idempotency_key` to `url`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// The task's id on this page.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Why there is such a task, in a sentence.
    pub reason: String,
    /// Where it stands; who did it and when.
    pub state: State,
    /// Where the form is sent; empty when the visitor cannot do it (or it is done).
    pub url: String,
    /// The page on which it is filled in, where it has one of its own.
    pub page: Option<Link>,
    /// Whether what was written is kept from the visitor until she has judged for herself.
    pub kept: bool,
    /// What to look at.
    pub checklist: Vec<ChecklistItem>,
    /// What can be chosen (`val`), each with its button.
    pub ways: Vec<(String, String)>,
    /// What the words about the whole are called.
    pub comment_label: String,
    /// Whether it asks for an amount (`belopp`).
    pub asks_amount: bool,
    /// The amount as typed.
    pub amount: String,
    /// What was written about the whole (`kommentar`), or is kept of a task that is done.
    pub comment: String,
    /// The reason as typed (`skal`), where a way out of it gives the case back to the association.
    pub reason_back: Option<String>,
    /// What is wrong, when its form came back.
    pub error: Option<String>,
}

/// A point of a checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistItem {
    /// The point's id.
    pub id: String,
    /// What to look at.
    pub label: String,
    /// Whether it is ticked.
    pub done: bool,
    /// What somebody wrote about it.
    pub comment: String,
}

/// What a calculation rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The rule version, as `2026.2`.
    pub version: String,
    /// Who decided on the rules and when, as `beslutad av nämnden 11 december 2025, § 142`.
    pub decided: String,
    /// The version's hash, shortened.
    pub version_hash: String,
    /// The input's hash, shortened.
    pub input_hash: String,
    /// When it was calculated.
    pub at: String,
    /// Calculates again from the stored input and compares: a GET that changes nothing.
    pub compare_href: String,
    /// Every step of the calculation.
    pub trace_href: String,
}

/// The answer to "calculate again and compare".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// `Samma resultat` or what differs.
    pub state: State,
    /// A sentence: which rules, which input, when.
    pub text: String,
    /// What differs, line by line: before, after.
    pub differences: Vec<Difference>,
}

/// A line that came out differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Which line.
    pub text: String,
    /// What was stored.
    pub before: String,
    /// What came out now.
    pub after: String,
}

/// A registration that overlaps with another association's. Says nothing about which one or who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clash {
    /// The day.
    pub day: String,
    /// The time, as `17.00–18.30`.
    pub time: String,
    /// The activity.
    pub activity: String,
    /// How many marks.
    pub marks: String,
    /// How it stands.
    pub state: State,
    /// What was answered or decided.
    pub outcome: String,
}

/// A document in the diary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its number within the case.
    pub number: String,
    /// When it came or was made.
    pub date: String,
    /// Received, made or sent.
    pub direction: String,
    /// What it is.
    pub title: String,
    /// From or to whom.
    pub party: String,
    /// Where to read it; empty when the visitor may not.
    pub href: String,
}
