//! Words that several of the room's pages share.

use chrono::{DateTime, NaiveDateTime, Utc};
use fluent_bundle::FluentValue;

use crate::domain::localized::Language;
use crate::services::attendance::SourceKind;
use crate::services::attendance::halves::Half;
use crate::text::{fluent, number};
use crate::web::parts::{Link, State};
use crate::web::site::Visitor;

/// The key of a source's name.
pub fn source_key(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Upload => "att-source-upload",
        SourceKind::Push => "att-source-push",
        SourceKind::Hand => "att-source-hand",
    }
}

/// Where a half-year stands: what waits for her goes first.
pub fn state(half: &Half, language: Language) -> State {
    let t = |key: &str| fluent::plain(language, key);
    if half.is_locked() {
        return State::none(t("att-state-locked"));
    }
    if half.source.is_none() || half.sum.occasions == 0 {
        return State::none(t("att-state-none"));
    }
    if half.open_questions.count > 0 {
        return State::wait(count(language, "att-state-questions", half.open_questions.count));
    }
    if half.left_out > 0 {
        return State::wait(count(language, "att-state-left-out", usize::try_from(half.left_out).unwrap_or(usize::MAX)));
    }
    State::ok(t("att-state-in"))
}

/// A text that chooses between one and many; the number stands in it as it is written.
pub fn count(language: Language, key: &str, count: usize) -> String {
    let written = number::integer(i64::try_from(count).unwrap_or(i64::MAX));
    fluent::t(language, key, &[("count", FluentValue::from(count)), ("number", FluentValue::from(written))])
}

/// A number as it is written.
pub fn figure(count: usize) -> String {
    number::integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A moment.
pub fn moment(at: DateTime<Utc>, language: Language) -> String {
    number::moment(at, language)
}

/// `3 mars 2026 kl. 18.00–19.30`; over midnight the second day is told.
pub fn span(start: NaiveDateTime, stop: NaiveDateTime, language: Language) -> String {
    let day = number::date(start.date(), language);
    let time = |at: NaiveDateTime| match language {
        Language::Sv => at.format("%H.%M").to_string(),
        Language::En => at.format("%H:%M").to_string(),
    };
    let at = match language {
        Language::Sv => "kl.",
        Language::En => "at",
    };
    format!("{day} {at} {}–{}", time(start), time(stop))
}

/// The way to a page of a half-year.
pub fn crumbs(visitor: &Visitor, half: Option<(&str, &str)>, here: &str) -> Vec<Link> {
    let mut way = vec![Link::new("/mina-sidor", visitor.t("nav-home")), Link::new("/narvaro", visitor.t("att-title"))];
    if let Some((id, words)) = half {
        way.push(Link::new(format!("/narvaro/{id}"), words));
    }
    way.push(Link::here(here));
    way
}
