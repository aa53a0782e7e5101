//! The closed filters: they loop in Rust, in the order they are written.

use rhai::{Engine, Map};
use rust_decimal::Decimal;

use super::super::super::errors::Fault;
use super::super::super::parameters::Value;
use super::super::super::vocabulary;
use super::super::Answer;
use super::super::rows::steps_of;
use super::Attendance;
use super::read::{age_basis, ages, bands, integer, keep, keep_occasion, leader_steps, limit, list, number, range, rate, types};
use super::read::{unit, unknown_residence, whose};
use crate::attendance::selection::{ByDate, Keep, Limit, Rate, Rates, Selection, SelectionError, Sports, Unit};
use crate::text::definition::did_you_mean;

/// The age from which a participant counts among the older where a rule names no parameter for it.
const OLDER_FROM: i64 = 65;

type Applied = Result<Selection, SelectionError>;

/// Registers the filters.
pub(super) fn register(engine: &mut Engine) {
    by_value(engine, "min_minutes", integer, Selection::min_minutes);
    by_value(engine, "min_minutes_aged", bands, Selection::min_minutes_aged);
    by_value(engine, "with_leader", ages, Selection::with_leader);
    by_value(engine, "at_least", integer, Selection::at_least);
    by_value(engine, "eligible_only", range, Selection::eligible_only);
    by_value(engine, "min_attendances", limit, Selection::min_attendances);
    by_value(engine, "max_leaders", leader_steps, Selection::max_leaders);
    by_value(engine, "excluded_kinds", list, Selection::without_words);
    by_value(engine, "only_activities", list, Selection::only_activities);
    by_value(engine, "excluded_places", list, Selection::excluded_places);
    by_value(engine, "only_places", list, Selection::only_places);
    by_value(engine, "excluded_types", types, Selection::excluded_types);
    by_value(engine, "registered_within", integer, Selection::registered_within);
    by_value(engine, "resident_share_at_least", number, Selection::resident_share_at_least);
    plain(engine, "without_collisions", Selection::without_collisions);
    plain(engine, "leaders_not_participants", Selection::leaders_not_participants);
    plain(engine, "leaders_one_at_a_time", Selection::leaders_one_at_a_time);
    keeping(engine, "once_per_person_and_day", Selection::once_per_person_and_day);
    keeping(engine, "once_per_person_sport_and_day", Selection::once_per_person_sport_and_day);
    keeping_at_most(engine, "at_most", Selection::at_most);
    keeping_at_most(engine, "at_most_per_leader", Selection::at_most_per_leader);
    capping(engine, "at_most_per_person", Selection::at_most_per_person);
    capping(engine, "at_most_per_person_and_sport", Selection::at_most_per_person_and_sport);
    with_two(engine);
    knowing(engine);
}

/// A filter by one parameter.
fn by_value<T: 'static>(engine: &mut Engine, name: &str, read: fn(&Value) -> Option<T>, apply: fn(Selection, &ByDate<T>) -> Applied) {
    engine.register_fn(name, move |from: &mut Attendance, parameter: &str| {
        let value = from.host.by_date(parameter, read)?;
        from.next(Some(parameter), |selection| apply(selection, &value))
    });
}

/// A filter that needs nothing.
fn plain(engine: &mut Engine, name: &str, apply: fn(Selection) -> Applied) {
    engine.register_fn(name, move |from: &mut Attendance| from.next(None, apply));
}

/// A filter that only has a keep rule.
fn keeping(engine: &mut Engine, name: &str, apply: fn(Selection, Keep) -> Applied) {
    engine.register_fn(name, move |from: &mut Attendance, rule: &str| {
        let keep = keep(rule)?;
        from.next(None, |selection| apply(selection, keep))
    });
}

/// A filter by a number, with a keep rule.
fn keeping_at_most(engine: &mut Engine, name: &str, apply: fn(Selection, &ByDate<i64>, Keep) -> Applied) {
    engine.register_fn(name, move |from: &mut Attendance, most: &str, rule: &str| {
        let limit = from.host.by_date(most, integer)?;
        let keep = keep(rule)?;
        from.next(Some(most), |selection| apply(selection, &limit, keep))
    });
}

/// A cap for each person and unit of time, with a keep rule.
fn capping(engine: &mut Engine, name: &str, apply: fn(Selection, &ByDate<Limit>, Unit, Keep) -> Applied) {
    engine.register_fn(name, move |from: &mut Attendance, most: &str, per: &str, rule: &str| {
        let most_of = from.host.by_date(most, limit)?;
        let (unit, keep) = (unit(per)?, keep(rule)?);
        from.next(Some(most), |selection| apply(selection, &most_of, unit, keep))
    });
}

/// Filters by two values.
fn with_two(engine: &mut Engine) {
    engine
        .register_fn("min_minutes", |from: &mut Attendance, minutes: &str, with_disability: &str, rule: &str| {
            let limit = from.host.by_date(minutes, integer)?;
            let other = from.host.by_date(with_disability, integer)?;
            if rule == "own" {
                return from.next(Some(minutes), |selection| selection.min_minutes_own(&limit, &other));
            }
            let whose = whose(rule)?;
            from.next(Some(minutes), |selection| selection.min_minutes_disability(&limit, &other, whose))
        })
        .register_fn("at_least", |from: &mut Attendance, participants: &str, with_disability: &str, rule: &str| {
            let limit = from.host.by_date(participants, integer)?;
            let other = from.host.by_date(with_disability, integer)?;
            let whose = whose(rule)?;
            from.next(Some(participants), |selection| selection.at_least_disability(&limit, &other, whose))
        })
        .register_fn("with_leaders", |from: &mut Attendance, of: &str, least: &str| {
            let (ages, least) = (from.host.by_date(of, ages)?, from.host.by_date(least, integer)?);
            from.next(Some(of), |selection| selection.with_leaders(&ages, &least))
        })
        .register_fn("eligible", |from: &mut Attendance, ages: &str| {
            let limit = from.host.by_date(ages, range)?;
            from.next(Some(ages), |selection| selection.eligible(&limit, &ByDate::always(OLDER_FROM)))
        })
        .register_fn("eligible", |from: &mut Attendance, ages: &str, older: &str| {
            let limit = from.host.by_date(ages, range)?;
            let older = from.host.by_date(older, integer)?;
            from.next(Some(ages), |selection| selection.eligible(&limit, &older))
        })
        .register_fn("residents", |from: &mut Attendance, rule: &str| {
            let unknown = unknown_residence(rule)?;
            from.next(None, |selection| selection.residents(unknown))
        })
        .register_fn("once_per_group_and_day", |from: &mut Attendance, rule: &str| {
            let keep = keep_occasion(rule)?;
            from.next(None, |selection| selection.once_per_group_and_day(keep))
        })
        .register_fn("camp_days", |from: &mut Attendance, words: &str, most: &str| {
            let (words, limit) = (from.host.by_date(words, list)?, from.host.by_date(most, integer)?);
            from.next(Some(most), |selection| selection.camp_days(&words, &limit))
        });
}

/// What later filters and figures are to know; nothing is cut.
fn knowing(engine: &mut Engine) {
    engine
        .register_fn("rates", rates)
        .register_fn("age_on", |from: &mut Attendance, rule: &str| -> Answer<Attendance> {
            let basis = age_basis(&from.host, rule)?;
            Ok(from.knowing(|selection| selection.with_ages(basis)))
        })
        .register_fn("sports", |from: &mut Attendance, words: &str| -> Answer<Attendance> {
            let words = from.host.by_date(words, list)?;
            Ok(from.knowing(|selection| selection.with_sports(words)))
        })
        .register_fn("numbered", |from: &mut Attendance, steps: &str, per: &str| numbered(from, steps, per, Sports::Together))
        .register_fn("numbered_by_sport", |from: &mut Attendance, steps: &str, per: &str| numbered(from, steps, per, Sports::Apart))
        .register_fn("leaders_also_participants", |from: &mut Attendance, ages: &str| -> Answer<Attendance> {
            let ages = from.host.by_date(ages, range)?;
            Ok(from.knowing(|selection| selection.leaders_also_participants(ages)))
        });
}

/// Fixes each participant's numbers within a unit of time, and what they pay.
fn numbered(from: &mut Attendance, steps: &str, per: &str, sports: Sports) -> Answer<Attendance> {
    let (_, ladder) = steps_of(&from.host, steps)?;
    let ladder = ladder.iter().map(|step| (step.to, step.value)).collect();
    let unit = unit(per)?;
    from.trying(|selection| selection.numbered(ladder, unit, sports))
}

/// Names what each group pays, so that `best_paid` can choose and amounts be reckoned.
fn rates(from: &mut Attendance, named: Map) -> Answer<Attendance> {
    if let Some(other) = named.keys().find(|key| !vocabulary::GROUPS.contains(&key.as_str())) {
        return Err(Fault {
            hint: did_you_mean(other, vocabulary::GROUPS.iter().copied()),
            ..Fault::new("unknown_group", (format!("Gruppen ”{other}” finns inte."), format!("There is no group \"{other}\".")), ("", ""))
        }
        .into());
    }
    let rate_of = |group: &str| match named.get(group) {
        None => Ok(ByDate::always(Rate::All(Decimal::ZERO))),
        Some(id) => from.host.by_date(&id.clone().into_immutable_string().unwrap_or_default(), rate),
    };
    let rates = Rates { female: rate_of("female")?, male: rate_of("male")?, leaders: rate_of("leaders")?, older: rate_of("older")? };
    Ok(from.knowing(|selection| selection.with_rates(rates)))
}
