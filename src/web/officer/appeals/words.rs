//! Appeals in words.

use crate::domain::appeal::{AppealOutcome, AppealState, StepKind};
use crate::domain::grant::AppealForm;
use crate::domain::localized::Language;
use crate::services::appeals::views::{AppealRow, LastDay, Standing};
use crate::text::{fluent, number};
use crate::web::officer::words::say;
use crate::web::parts::State as Shown;

/// Where an appeal stands.
pub(in crate::web) fn state(state: AppealState, outcome: Option<AppealOutcome>, language: Language) -> Shown {
    let t = |key: &str| fluent::plain(language, key);
    match (state, outcome) {
        (_, Some(AppealOutcome::Rejected)) => Shown::none(t("appealed-rejected")),
        (_, Some(AppealOutcome::ChangedAsAsked)) => Shown::ok(t("appealed-changed-by-us")),
        (_, Some(AppealOutcome::Stands)) => Shown::ok(t("appealed-stands")),
        (_, Some(AppealOutcome::Changed)) => Shown::stop(t("appealed-changed")),
        (_, Some(AppealOutcome::SetAside)) => Shown::stop(t("appealed-set-aside")),
        (_, Some(AppealOutcome::Withdrawn)) => Shown::none(t("appealed-withdrawn")),
        (AppealState::Received | AppealState::Closed, None) => Shown::wait(t("appealed-received")),
        (AppealState::ToForward, None) => Shown::wait(t("appealed-to-forward")),
        (AppealState::AtCourt, None) => Shown::wait(t("appealed-at-court")),
        (AppealState::Requested, None) => Shown::wait(t("appealed-requested")),
    }
}

/// What is to be done with an open appeal.
pub(super) fn todo(row: &AppealRow, language: Language) -> String {
    let key = match (row.state, row.form) {
        (AppealState::Received, AppealForm::Forvaltningsbesvar) => "appealed-todo-try",
        (AppealState::Received, AppealForm::Laglighetsprovning) => "appealed-todo-send-on",
        (AppealState::ToForward, _) => "appealed-todo-forward",
        (AppealState::AtCourt, _) => "appealed-todo-wait",
        (AppealState::Requested, _) => "appealed-todo-answer",
        (AppealState::Closed, _) => "appealed-todo-nothing",
    };
    fluent::plain(language, key)
}

/// A step.
pub(in crate::web) fn step(kind: StepKind, language: Language) -> String {
    fluent::plain(
        language,
        match kind {
            StepKind::Rejected => "appealed-step-rejected",
            StepKind::Reconsidered => "appealed-step-reconsidered",
            StepKind::Forwarded => "appealed-step-forwarded",
            StepKind::Requested => "appealed-step-requested",
            StepKind::Answered => "appealed-step-answered",
            StepKind::Judged => "appealed-step-judged",
            StepKind::Withdrawn => "appealed-step-withdrawn",
        },
    )
}

/// The last day to appeal, in a sentence.
pub(in crate::web) fn last_day(last_day: LastDay, language: Language) -> String {
    match last_day {
        LastDay::ReadWhenSent(day) => say(language, "appealed-last-day-read", &[("day", &number::date(day, language))]),
        LastDay::Announced(day) => say(language, "appealed-last-day", &[("day", &number::date(day, language))]),
        LastDay::NotBegun => fluent::plain(language, "appealed-last-day-not-begun"),
    }
}

/// How a case stands with appeals, as facts: what, and how it is.
pub(in crate::web) fn facts(standing: &Standing, language: Language) -> Vec<(String, String)> {
    let until = match standing.last_day {
        LastDay::Announced(day) => number::date(day, language),
        other @ (LastDay::ReadWhenSent(_) | LastDay::NotBegun) => last_day(other, language),
    };
    let mut facts = vec![(fluent::plain(language, "appealed-fact-last-day"), until)];
    facts.extend(standing.appeals.iter().map(|(came, at, outcome)| {
        let shown = state(*at, *outcome, language).word;
        let places = [("day", number::date(*came, language)), ("state", shown)];
        let text = say(language, "appealed-fact-text", &places.each_ref().map(|(name, value)| (*name, value.as_str())));
        (fluent::plain(language, "appealed-fact"), text)
    }));
    facts
}
