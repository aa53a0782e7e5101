//! Parameter values and words as selections want them.

use std::str::FromStr;

use rhai::EvalAltResult;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::super::errors::Fault;
use super::super::super::parameters::Value;
use super::super::super::vocabulary;
use super::super::{Answer, Host};
use crate::attendance::selection::{AgeBasis, Disability, Hours, Keep, KeepOccasion, LeaderStep, Limit, Rate, Unit, UnknownResidence};
use crate::domain::attendance::ActivityKind;
use crate::domain::bands::Bands;
use crate::text::definition::did_you_mean;

pub(super) fn integer(value: &Value) -> Option<i64> {
    if let Value::Integer(number) = value { Some(*number) } else { None }
}

pub(super) fn number(value: &Value) -> Option<Decimal> {
    value.number()
}

pub(super) fn range(value: &Value) -> Option<(i64, i64)> {
    if let Value::Range(from, to) = value { Some((*from, *to)) } else { None }
}

/// A span, or a lowest age.
pub(super) fn ages(value: &Value) -> Option<(i64, i64)> {
    range(value).or_else(|| integer(value).map(|from| (from, i64::MAX)))
}

pub(super) fn list(value: &Value) -> Option<Vec<String>> {
    if let Value::List(words) = value { Some(words.clone()) } else { None }
}

pub(super) fn types(value: &Value) -> Option<Vec<ActivityKind>> {
    let known = |word: &String| match word.as_str() {
        "training" => Some(ActivityKind::Training),
        "match" => Some(ActivityKind::Match),
        "meeting" => Some(ActivityKind::Meeting),
        "other" => Some(ActivityKind::Other),
        _ => None,
    };
    list(value)?.iter().map(known).collect()
}

pub(super) fn bands(value: &Value) -> Option<Bands> {
    if let Value::Bands(bands) = value { Some(bands.clone()) } else { None }
}

/// A whole number for all or by age.
pub(super) fn limit(value: &Value) -> Option<Limit> {
    if let Some(bands) = bands(value) {
        return bands.all().iter().all(|band| band.value.is_integer()).then_some(Limit::Aged(bands));
    }
    integer(value).map(Limit::All)
}

/// A rate for all or by age.
pub(super) fn rate(value: &Value) -> Option<Rate> {
    bands(value).map(Rate::Aged).or_else(|| value.number().map(Rate::All))
}

pub(super) fn leader_steps(value: &Value) -> Option<Vec<LeaderStep>> {
    let Value::Steps(steps) = value else { return None };
    steps.iter().map(|step| Some(LeaderStep { to: step.to, leaders: step.value.to_i64()? })).collect()
}

/// A word of a closed list, or what is wrong with it.
fn word<T: Copy>(written: &str, known: &[(&'static str, T)]) -> Answer<T> {
    known.iter().find(|(name, _)| *name == written).map(|(_, value)| *value).ok_or_else(|| {
        let fault = Fault::new(
            vocabulary::UNKNOWN_WORD,
            (format!("”{written}” går inte att välja här."), format!("\"{written}\" cannot be chosen here.")),
            ("", ""),
        );
        Box::<EvalAltResult>::from(Fault { hint: did_you_mean(written, known.iter().map(|(name, _)| *name)), ..fault })
    })
}

pub(super) fn keep(rule: &str) -> Answer<Keep> {
    word(rule, &[("best_paid", Keep::BestPaid), ("first", Keep::First), ("last", Keep::Last)])
}

pub(super) fn keep_occasion(rule: &str) -> Answer<KeepOccasion> {
    word(
        rule,
        &[
            ("first", KeepOccasion::First),
            ("longest", KeepOccasion::Longest),
            ("largest", KeepOccasion::Largest),
            ("best_paid", KeepOccasion::BestPaid),
        ],
    )
}

pub(super) fn whose(rule: &str) -> Answer<Disability> {
    word(rule, &[("any", Disability::Any), ("all", Disability::All)])
}

pub(super) fn unknown_residence(rule: &str) -> Answer<UnknownResidence> {
    word(rule, &[("keep_unknown", UnknownResidence::Keep), ("cut_unknown", UnknownResidence::Cut)])
}

/// A unit of time by its word.
pub(in super::super) fn unit(rule: &str) -> Answer<Unit> {
    word(
        rule,
        &[
            ("day", Unit::Day),
            ("week", Unit::Week),
            ("month", Unit::Month),
            ("half_year", Unit::HalfYear),
            ("year", Unit::Year),
            ("period", Unit::Period),
        ],
    )
}

/// How minutes become hours, by its word.
pub(in super::super) fn hours(rule: &str) -> Answer<Hours> {
    word(rule, &[("whole", Hours::Whole), ("nearest", Hours::Nearest), ("begun", Hours::Begun), ("at_least_one", Hours::AtLeastOne)])
}

/// How ages are reckoned, by its word.
pub(super) fn age_basis(host: &Host, rule: &str) -> Answer<AgeBasis> {
    let covers = host.inputs().period.covers;
    // The last day of a calendar year exists in every year.
    let year_end = chrono::NaiveDate::from_str(&format!("{:04}-12-31", chrono::Datelike::year(&covers.to))).unwrap_or(covers.to);
    word(
        rule,
        &[
            ("year", AgeBasis::CalendarYear),
            ("occasion", AgeBasis::Occasion),
            ("period_start", AgeBasis::On(covers.from)),
            ("period_end", AgeBasis::On(covers.to)),
            ("december_31", AgeBasis::On(year_end)),
        ],
    )
}
