//! What a selection counts.

use rhai::{Dynamic, Engine, INT, Map};
use rust_decimal::Decimal;

use super::super::super::errors::Fault;
use super::super::super::parameters::Value;
use super::super::super::vocabulary;
use super::super::values::{Unknown, unknown};
use super::super::{Answer, too_large};
use super::Attendance;
use super::read::{ages, bands, hours, integer, list, number, range};
use crate::attendance::selection::{ByDate, Group, Points, Selection, SelectionError};
use crate::domain::attendance::Sex;
use crate::text::definition::did_you_mean;

/// Registers the figures.
pub(super) fn register(engine: &mut Engine) {
    of_groups(engine);
    counted(engine, "count", |selection| Ok(selection.count()));
    counted(engine, "occasions", |selection| Ok(selection.occasions()));
    counted(engine, "persons", |selection| Ok(selection.persons()));
    counted(engine, "participants", |selection| Ok(selection.participants_in_all()));
    counted(engine, "with_disability", |selection| Ok(selection.with_disability()));
    counted(engine, "participant_persons", |selection| Ok(selection.participant_persons()));
    counted(engine, "unregistered", Selection::unregistered);
    counted(engine, "first_leaders", |selection| selection.occasions_with_leaders(1));
    counted(engine, "occasions_with_extra_leader", |selection| selection.occasions_with_leaders(2));
    counted(engine, "extra_leaders", |selection| {
        Ok(selection.count_of(Group::Leaders).saturating_sub(selection.occasions_with_leaders(1)?))
    });
    counted(engine, "person_days", Selection::person_days);
    counted(engine, "person_nights", Selection::person_nights);
    counted_by(engine, "aged", range, |selection, span| selection.aged(span, None));
    counted_by(engine, "female_aged", range, |selection, span| selection.aged(span, Some(Sex::Female)));
    counted_by(engine, "male_aged", range, |selection, span| selection.aged(span, Some(Sex::Male)));
    counted_by(engine, "persons_aged", range, Selection::persons_aged);
    counted_by(engine, "occasions_led_by", ages, Selection::occasions_led_by);
    counted_by(engine, "mentions", list, Selection::mentions);
    engine
        .register_fn("hours", |from: &mut Attendance, most: &str, rule: &str| {
            let (most, hours) = (from.host.by_date(most, integer)?, hours(rule)?);
            from.count(|selection| selection.hours(&most, hours))
        })
        .register_fn("participant_hours", |from: &mut Attendance, most: &str, rule: &str| {
            let (most, hours) = (from.host.by_date(most, integer)?, hours(rule)?);
            from.count(|selection| selection.participant_hours(&most, hours))
        })
        .register_get("resident_share", |from: &mut Attendance| -> Answer<Dynamic> {
            let share = from.figure(|selection| Ok(selection.resident_share()))?;
            Ok(share.ok().flatten().map_or_else(|| unknown("attendance:residence"), |share| Dynamic::from_decimal(share.normalize())))
        })
        .register_get("amount", |from: &mut Attendance| from.decimal(Selection::amount))
        .register_fn("points", |from: &mut Attendance, by_age: &str| {
            let bands = from.host.by_date(by_age, bands)?;
            let points = Points { bands, female_factor: None, male_factor: None, disability: None, older: None, leaders: None };
            from.decimal(|selection| selection.points(&points))
        })
        .register_fn("points", |from: &mut Attendance, by_age: &str, named: Map| {
            let points = points(from, by_age, &named)?;
            from.decimal(|selection| selection.points(&points))
        });
}

fn of_groups(engine: &mut Engine) {
    counted(engine, "female", |selection| Ok(selection.count_of(Group::Female)));
    counted(engine, "male", |selection| Ok(selection.count_of(Group::Male)));
    counted(engine, "leaders", |selection| Ok(selection.count_of(Group::Leaders)));
    counted(engine, "older", |selection| Ok(selection.count_of(Group::Older)));
}

/// A whole number that needs nothing.
fn counted(engine: &mut Engine, name: &str, count: fn(&Selection) -> Result<u64, SelectionError>) {
    engine.register_get(name, move |from: &mut Attendance| from.count(count));
}

/// A whole number by one parameter.
fn counted_by<T: 'static>(
    engine: &mut Engine,
    name: &str,
    read: fn(&Value) -> Option<T>,
    count: fn(&Selection, &ByDate<T>) -> Result<u64, SelectionError>,
) {
    engine.register_fn(name, move |from: &mut Attendance, parameter: &str| {
        let value = from.host.by_date(parameter, read)?;
        from.count(|selection| count(selection, &value))
    });
}

impl Attendance {
    fn count(&self, count: impl FnOnce(&Selection) -> Result<u64, SelectionError>) -> Answer<Dynamic> {
        match self.figure(count)? {
            Ok(number) => INT::try_from(number).map(Dynamic::from).map_err(|_| too_large().into()),
            Err(Unknown { what }) => Ok(unknown(what)),
        }
    }

    fn decimal(&self, figure: impl FnOnce(&Selection) -> Result<Decimal, SelectionError>) -> Answer<Dynamic> {
        match self.figure(figure)? {
            Ok(number) => Ok(Dynamic::from_decimal(number.normalize())),
            Err(Unknown { what }) => Ok(unknown(what)),
        }
    }
}

fn points(from: &Attendance, by_age: &str, named: &Map) -> Answer<Points> {
    if let Some(other) = named.keys().find(|key| !vocabulary::POINTS.contains(&key.as_str())) {
        return Err(Fault {
            hint: did_you_mean(other, vocabulary::POINTS.iter().copied()),
            ..Fault::new("unknown_group", (format!("”{other}” finns inte här."), format!("There is no \"{other}\" here.")), ("", ""))
        }
        .into());
    }
    let value = |key: &str| match named.get(key) {
        None => Ok(None),
        Some(id) => from.host.by_date(&id.clone().into_immutable_string().unwrap_or_default(), number).map(Some),
    };
    Ok(Points {
        bands: from.host.by_date(by_age, bands)?,
        female_factor: value("female_factor")?,
        male_factor: value("male_factor")?,
        disability: value("disability_points")?,
        older: value("older_points")?,
        leaders: value("leader_points")?,
    })
}
