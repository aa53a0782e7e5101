//! What the associations answer in their applications.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::Money;
use crate::domain::attendance::Sex;
use crate::domain::canonical::Sha;
use crate::domain::inputs::{Answer, Attachment, Budget, BudgetLine, MemberCount};

/// Answers by field id.
pub type Answers = BTreeMap<String, Answer>;

/// Whether a club has moved during the period, and whether it sent the lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Premises {
    /// The same as before.
    Same,
    /// New, and the lease is missing: an officer asks for it.
    NewWithoutLease,
    /// New, with the lease.
    New,
}

/// Activity grant.
#[must_use]
pub fn activity(account: &str, premises: Premises) -> Answers {
    let mut answers = answers([
        ("narvaro_stammer", Answer::YesNo(true)),
        ("ny_lokal", Answer::YesNo(premises != Premises::Same)),
        ("kontonummer", text(account)),
        ("intygar", Answer::YesNo(true)),
    ]);
    if premises == Premises::New {
        answers.insert("hyreskontrakt".to_owned(), uploaded("hyreskontrakt"));
    }
    answers
}

/// Premises grant.
#[must_use]
pub fn premises(account: &str, whom: &str, costs: &[(&str, i64)], incomes: &[(&str, i64)], own_use: i64) -> Answers {
    answers([
        ("inriktning", Answer::Choice(whom.to_owned())),
        ("agandeform", Answer::Choice("hyr".to_owned())),
        ("kontrakt_fran", Answer::Date(day(2025, 1, 1))),
        ("kontrakt_till", Answer::Date(day(2027, 12, 31))),
        ("hyreskontrakt", uploaded("hyreskontrakt")),
        ("egen_anvandning", Answer::Integer(own_use)),
        ("kalkyl", budget(costs, incomes)),
        ("kontonummer", text(account)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// Start-up grant.
#[must_use]
pub fn start_up(account: &str, purpose: &str) -> Answers {
    answers([
        ("verksamhet", text(purpose)),
        ("stadgar", uploaded("stadgar")),
        ("konstituerande_protokoll", uploaded("protokoll")),
        ("kontonummer", text(account)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// An event and what it costs.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// What happens.
    pub description: &'a str,
    /// When.
    pub on: NaiveDate,
    /// Costs in kronor.
    pub costs: &'a [(&'a str, i64)],
    /// Incomes in kronor.
    pub incomes: &'a [(&'a str, i64)],
    /// Applied for, in kronor.
    pub applied: i64,
}

/// Event grant.
#[must_use]
pub fn event(account: &str, event: Event<'_>) -> Answers {
    answers([
        ("beskrivning", text(event.description)),
        ("datum", Answer::Date(event.on)),
        ("oppet", Answer::YesNo(true)),
        ("kalkyl", budget(event.costs, event.incomes)),
        ("sokt_belopp", Answer::Money(kronor(event.applied))),
        ("kontonummer", text(account)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// A report on an event: costs and incomes as they came to be, in kronor.
#[must_use]
pub fn event_report(costs: &[(&str, i64)], incomes: &[(&str, i64)]) -> Answers {
    answers([
        ("beskrivning", text("Många kom, och det blev något billigare än vi hade räknat med.")),
        ("genomfort", Answer::YesNo(true)),
        ("utfall", budget(costs, incomes)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// A culture project.
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// Its name.
    pub name: &'static str,
    /// The art form, by id.
    pub form: &'static str,
    /// The district, by id.
    pub district: &'static str,
    /// What it costs, in kronor.
    pub costs: i64,
    /// What is applied for, in kronor.
    pub applied: i64,
}

/// Project grant for culture.
#[must_use]
pub fn project(account: &str, project: &Project) -> Answers {
    answers([
        ("namn", text(project.name)),
        ("konstform", Answer::Choice(project.form.to_owned())),
        ("stadsdel", Answer::Choice(project.district.to_owned())),
        ("beskrivning", text("Vi arbetar i öppna verkstäder under hösten och visar resultatet för alla som vill komma.")),
        ("unga", text("Ungdomar är med och planerar, gör och leder delar av arbetet.")),
        ("start", Answer::Date(day(2026, 10, 5))),
        ("i_kommunen", Answer::YesNo(true)),
        ("kalkyl", budget(&[("Arvoden", project.costs * 2 / 3), ("Lokal och material", project.costs / 3)], &[])),
        ("sokt_belopp", Answer::Money(kronor(project.applied))),
        ("kontonummer", text(account)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// How the yearly documents come with an approval's application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// All of them.
    Complete,
    /// The auditor's report is promised.
    AuditLater,
}

/// Approved association.
#[must_use]
pub fn approval(chair: &str, treasurer: &str, members: i64, papers: Papers) -> Answers {
    let audit = match papers {
        Papers::Complete => uploaded("revisionsberattelse"),
        Papers::AuditLater => Answer::Attachment(Attachment::Later),
    };
    answers([
        ("medlemmar", Answer::Members(member_table(members))),
        ("arsavgift", Answer::Money(kronor(250))),
        ("planerade_aktiviteter", Answer::Integer(64)),
        ("ordforande", text(chair)),
        ("kassor", text(treasurer)),
        ("antal_i_styrelsen", Answer::Integer(6)),
        ("verksamhetsar_slut", Answer::Date(day(2025, 12, 31))),
        ("stadgar", uploaded("stadgar")),
        ("arsmotesprotokoll", uploaded("arsmotesprotokoll")),
        ("verksamhetsberattelse", uploaded("verksamhetsberattelse")),
        ("ekonomisk_berattelse", uploaded("ekonomisk_berattelse")),
        ("revisionsberattelse", audit),
        ("skuldfri", Answer::YesNo(true)),
        ("intygar", Answer::YesNo(true)),
    ])
}

/// Members by year of birth and sex, both sexes and all ages, nine of ten resident.
#[must_use]
pub fn member_table(total: i64) -> Vec<MemberCount> {
    let years = [1958, 1979, 1999, 2006, 2009, 2011, 2013, 2015, 2017, 2019];
    let shares = [4, 8, 6, 8, 12, 16, 16, 14, 10, 6];
    let mut left = total;
    let mut table = Vec::new();
    for (birth_year, share) in years.into_iter().zip(shares) {
        let here = (total * share / 100).min(left);
        left -= here;
        let women = here / 2 + here % 2;
        for (sex, count) in [(Sex::Female, women), (Sex::Male, here - women)] {
            let away = count / 10;
            table.push(MemberCount { birth_year, sex, resident: true, count: count - away });
            table.push(MemberCount { birth_year, sex, resident: false, count: away });
        }
    }
    table.push(MemberCount { birth_year: 2012, sex: Sex::Female, resident: true, count: left });
    table.retain(|row| row.count > 0);
    table
}

fn answers<const N: usize>(list: [(&str, Answer); N]) -> Answers {
    list.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn uploaded(what: &str) -> Answer {
    Answer::Attachment(Attachment::Uploaded(Sha::of(what.as_bytes()).hex()))
}

fn budget(costs: &[(&str, i64)], incomes: &[(&str, i64)]) -> Answer {
    let lines =
        |list: &[(&str, i64)]| list.iter().map(|(what, amount)| BudgetLine { text: (*what).to_owned(), amount: kronor(*amount) }).collect();
    Answer::Budget(Budget { costs: lines(costs), incomes: lines(incomes) })
}

fn kronor(kronor: i64) -> Money {
    Money::from_kronor(kronor).expect("the story's amounts are small")
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the story's dates are dates")
}
