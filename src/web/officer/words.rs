//! The room's words: what a case waits for, and counts, in the visitor's language.

use fluent_bundle::FluentValue;

use crate::domain::grant::Outcome;
use crate::domain::localized::Language;
use crate::services::cases::views::{Waits, Way};
use crate::text::fluent;
use crate::web::parts::State;

/// A text with places filled.
pub(in crate::web) fn say(language: Language, key: &str, places: &[(&'static str, &str)]) -> String {
    let places: Vec<_> = places.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
    fluent::t(language, key, &places)
}

/// A text that chooses between one and many.
pub(in crate::web) fn many(language: Language, key: &str, count: i64) -> String {
    fluent::t(language, key, &[("count", FluentValue::from(count)), ("number", FluentValue::from(crate::text::number::integer(count)))])
}

/// What a case waits for, as a state with the workflow's own word for it.
pub(super) fn waits(waits: Waits, label: &str, language: Language) -> State {
    crate::web::site::words::waits(waits, label, language)
}

/// Why a case waits, where nobody has written it.
pub(super) fn why(language: Language, waits: Waits) -> String {
    let t = |key: &str| fluent::plain(language, key);
    match waits {
        Waits::Service => t("waits-service"),
        Waits::Failed => t("waits-failed"),
        Waits::Officer => t("waits-officer"),
        Waits::Decision => t("waits-decision"),
        Waits::Dispatch => t("waits-dispatch"),
        Waits::Applicant => t("waits-applicant"),
        Waits::Close => t("waits-close"),
        Waits::Time => t("waits-time"),
        Waits::Nothing => t("waits-nothing"),
    }
}

/// How a case came out, in a word.
pub(super) fn outcome(outcome: Outcome, language: Language) -> String {
    let t = |key: &str| fluent::plain(language, key);
    match outcome {
        Outcome::Bifall => t("case-outcome-bifall"),
        Outcome::DelvisBifall => t("case-outcome-delvis"),
        Outcome::Avslag => t("case-outcome-avslag"),
        Outcome::Avvisning => t("case-outcome-avvisning"),
        Outcome::Avskrivning => t("case-outcome-avskrivning"),
    }
}

/// What a way on from a task is called.
pub(in crate::web) fn way_words(way: &Way, language: Language) -> String {
    match way {
        Way::LeadsTo(state) => say(language, "case-task-way", &[("to", state.get(language))]),
        Way::Says(words) => words.get(language).to_owned(),
    }
}
