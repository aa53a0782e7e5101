//! The card with the preliminary amount: what an association would get and how it comes about.
//!
//! It renders itself: `{{ amount }}` in a page's template, or on its own where a page swaps it in.

use askama::Template;
use askama::filters::HtmlSafe;
use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use super::parts::{CheckLine, Line, Link};
use super::site::words;
use crate::domain::calculation::{CheckStatus, Row, RowKind};
use crate::domain::localized::Language;
use crate::services::preliminary::{Preliminary, RestsOn};
use crate::text::{fluent, number};

/// A paragraph this short stands in a column of its own.
const SHORT: usize = 7;

/// The card.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/live_amount.html")]
pub struct LiveAmount {
    /// Its heading.
    pub title: String,
    /// The amount, large.
    pub total: String,
    /// How it comes about; the last line is the total.
    pub rows: Vec<AmountLine>,
    /// What stands over the requirements that are not met.
    pub refused_title: String,
    /// Requirements that are not met: there would be no grant.
    pub refused: Vec<CheckLine>,
    /// What stands over what an officer will look at.
    pub look_title: String,
    /// What an officer will look at.
    pub look: Vec<CheckLine>,
    /// With which rules, and what may still change it.
    pub note: String,
    /// Whether the grant counts attendance and none has come.
    pub no_attendance: bool,
    /// How many questions about clashes wait for an answer, in a sentence.
    pub questions: Option<String>,
    /// Where they are answered.
    pub answer: Option<Link>,
}

/// The template escapes what it is given.
impl HtmlSafe for LiveAmount {}

/// A line with its paragraph where it fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountLine {
    /// The line.
    pub line: Line,
    /// Whether the paragraph stands in its own column; else it follows the line.
    pub short: bool,
}

impl AmountLine {
    /// How the value came about, with a paragraph that is too long for its own column.
    #[must_use]
    pub fn how(&self) -> Option<String> {
        let paragraph = self.line.paragraph.clone().filter(|_| !self.short);
        match (self.line.how.clone(), paragraph) {
            (Some(how), Some(paragraph)) => Some(format!("{how} · {paragraph}")),
            (how, paragraph) => how.or(paragraph),
        }
    }
}

impl LiveAmount {
    /// The card of a preliminary amount.
    #[must_use]
    pub fn of(amount: &Preliminary, language: Language) -> Self {
        let t = |key: &str| fluent::plain(language, key);
        let year = || ("year", FluentValue::from(amount.rules_of.to_string()));
        let day = || ("day", FluentValue::from(day_and_month(amount.last_day, language)));
        let none = amount.rests_on == RestsOn::NoAttendance;
        let checks = |wanted: &[CheckStatus]| -> Vec<CheckLine> {
            amount.checks.iter().filter(|check| wanted.contains(&check.status)).map(|check| words::check(check, language)).collect()
        };
        Self {
            title: t("live-title"),
            total: if none { t("live-none") } else { number::money(amount.total) },
            rows: if none {
                Vec::new()
            } else {
                amount.rows.iter().filter(|row| says_something(row)).map(|row| line(row, language)).collect()
            },
            refused_title: t("live-refused"),
            refused: checks(&[CheckStatus::Fail]),
            look_title: t("live-look"),
            look: checks(&[CheckStatus::Soft]),
            no_attendance: none,
            questions: amount.questions.as_ref().map(|(count, _)| counted(*count, language)),
            answer: amount.questions.as_ref().map(|(_, half)| Link::new(format!("/narvaro/{half}/krockar"), t("live-answer"))),
            note: match amount.rests_on {
                RestsOn::NoAttendance => t("live-none-text"),
                RestsOn::Answers => fluent::t(language, "live-rules", &[year()]),
                RestsOn::OpenAttendance => fluent::t(language, "live-open", &[year(), day()]),
                RestsOn::LockedAttendance => fluent::t(language, "live-locked", &[year()]),
            },
        }
    }
}

fn counted(count: usize, language: Language) -> String {
    let number = number::integer(i64::try_from(count).unwrap_or(i64::MAX));
    fluent::t(language, "live-questions", &[("count", FluentValue::from(count)), ("number", number.into())])
}

/// A row that multiplies by nothing is left out of so small a card.
fn says_something(row: &Row) -> bool {
    row.kind != RowKind::Factor || !row.value.is_zero()
}

/// `25 augusti`: the year stands in the sentence already.
fn day_and_month(day: chrono::NaiveDate, language: Language) -> String {
    let written = number::date(day, language);
    written.rsplit_once(' ').map_or(written.clone(), |(short, _)| short.to_owned())
}

/// A row whose text repeats its own figures, as decision letters want them, keeps what stands before the colon.
fn line(row: &Row, language: Language) -> AmountLine {
    let mut line = words::row(row, language);
    let quantity = row.quantity.map(|quantity: Decimal| number::decimal(quantity));
    if let (Some(quantity), Some((head, rest))) = (quantity, line.text.split_once(": "))
        && row.rate.is_some()
        && rest.contains(&quantity)
    {
        line.text = head.to_owned();
    }
    let short = line.paragraph.as_ref().is_none_or(|paragraph| paragraph.chars().count() <= SHORT);
    AmountLine { line, short }
}
