//! Operations that write a row for each band or step: their words stand once, their ids end with the band.

use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;

use super::super::super::parameters::{Parameter, Step, Value};
use super::super::attendance::{self, Attendance};
use super::super::checks::not_negative;
use super::super::words::Figure;
use super::super::{Answer, Host, wrong_kind};
use super::bounds::in_band;
use super::simple::multiplied;
use super::{Draft, amounts, known};
use crate::attendance::selection::{ByDate, Ranked, Selection, SelectionError, Sports};
use crate::domain::bands::Bands;
use crate::domain::calculation::RowKind;
use crate::rules::texts::Placeholder;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_fn("band_row", |context: NativeCallContext, id: &str, number: Dynamic, rates: &str| {
            band_row(&Host::of(&context)?, id, &number, rates)
        })
        .register_fn("band_fixed", |context: NativeCallContext, id: &str, number: Dynamic, amounts: &str| {
            band_fixed(&Host::of(&context)?, id, &number, amounts)
        })
        .register_fn("band_rows", |context: NativeCallContext, id: &str, from: Attendance, rates: &str| {
            by_band(&Host::of(&context)?, "band_rows", id, &from, rates, Selection::by_age)
        })
        .register_fn("occasion_rows", |context: NativeCallContext, id: &str, from: Attendance, rates: &str| {
            by_band(&Host::of(&context)?, "occasion_rows", id, &from, rates, Selection::occasions_by_size)
        })
        .register_fn("hour_rows", |context: NativeCallContext, id: &str, from: Attendance, rates: &str, most: &str, rule: &str| {
            let host = Host::of(&context)?;
            let hours = attendance::hours(rule)?;
            let (parameter, value) = host.value(most)?;
            let Value::Integer(most_hours) = value else { return Err(wrong_kind(most, parameter).into()) };
            let most = ByDate::always(*most_hours);
            by_band(&host, "hour_rows", id, &from, rates, |selection, bands| selection.hours_by_size(bands, &most, hours))
        })
        .register_fn("rank_rows", |context: NativeCallContext, id: &str, from: Attendance, steps: &str, unit: &str| {
            rank_rows(&Host::of(&context)?, "rank_rows", id, &from, steps, unit, Sports::Together)
        })
        .register_fn("rank_rows_by_sport", |context: NativeCallContext, id: &str, from: Attendance, steps: &str, unit: &str| {
            rank_rows(&Host::of(&context)?, "rank_rows_by_sport", id, &from, steps, unit, Sports::Apart)
        })
        .register_fn("tier_rows", |context: NativeCallContext, id: &str, number: Dynamic, steps: &str| {
            tier_rows(&Host::of(&context)?, id, &number, steps)
        });
}

fn bands_of<'h>(host: &'h Host, id: &str) -> Answer<(&'h Parameter, &'h Bands)> {
    let (parameter, value) = host.value(id)?;
    let Value::Bands(bands) = value else { return Err(wrong_kind(id, parameter).into()) };
    Ok((parameter, bands))
}

/// The whole number at the rate of the band it falls in.
fn band_row(host: &Host, id: &str, number: &Dynamic, rates: &str) -> Answer<()> {
    let (parameter, bands) = bands_of(host, rates)?;
    let Some(number) = known(host, "band_row", id, number)?.map(not_negative).transpose()? else { return Ok(()) };
    match in_band(bands, rates, number) {
        Ok(rate) => multiplied(host, "band_row", (id, id), number, rate, (rates, parameter), band_words(bands, number)),
        Err(missing) => host.unknown("band_row", id, &missing),
    }
}

/// The amount of the band a number falls in.
fn band_fixed(host: &Host, id: &str, number: &Dynamic, amount: &str) -> Answer<()> {
    let (parameter, bands) = bands_of(host, amount)?;
    let Some(number) = known(host, "band_fixed", id, number)?.map(not_negative).transpose()? else { return Ok(()) };
    let value = match in_band(bands, amount, number) {
        Ok(value) => value,
        Err(missing) => return host.unknown("band_fixed", id, &missing),
    };
    let mut figures = amounts(value);
    figures.extend([(Placeholder::Quantity, Figure::Number(number)), (Placeholder::Rate, Figure::Kronor(value))]);
    figures.extend(band_words(bands, number).map(|band| (Placeholder::Band, Figure::Words(band))));
    let draft = Draft { refs: vec![format!("parameter:{amount}")], parameter: Some(parameter), ..Draft::amount(RowKind::Factor, value) };
    host.put("band_fixed", id, draft, &figures)
}

fn band_words(bands: &Bands, number: Decimal) -> Option<String> {
    let whole = rust_decimal::prelude::ToPrimitive::to_i64(&number.floor())?;
    bands.of(whole).map(crate::domain::bands::Band::figures)
}

/// A row for each band that something stands in.
fn by_band(
    host: &Host,
    operation: &str,
    id: &str,
    from: &Attendance,
    rates: &str,
    count: impl FnOnce(&Selection, &Bands) -> Result<Vec<u64>, SelectionError>,
) -> Answer<()> {
    let (parameter, bands) = bands_of(host, rates)?;
    let counts = match from.figure(|selection| count(selection, bands))? {
        Ok(counts) => counts,
        Err(missing) => return host.unknown(operation, id, &missing),
    };
    for (band, count) in bands.all().iter().zip(counts).filter(|(_, count)| *count > 0) {
        let row = format!("{id}_{}", band.id());
        multiplied(host, operation, (&row, id), count.into(), band.value, (rates, parameter), Some(band.figures()))?;
    }
    Ok(())
}

/// The steps of a ladder of numbers.
pub(in crate::rules::host) fn steps_of<'h>(host: &'h Host, id: &str) -> Answer<(&'h Parameter, &'h [Step])> {
    let (parameter, value) = host.value(id)?;
    match value {
        Value::Steps(steps) if steps.iter().all(|step| step.until.is_none()) => Ok((parameter, steps)),
        _ => Err(wrong_kind(id, parameter).into()),
    }
}

/// Marks by their place among the person's own in a week or another unit of time.
fn rank_rows(host: &Host, operation: &str, id: &str, from: &Attendance, steps: &str, unit: &str, sports: Sports) -> Answer<()> {
    let (parameter, rungs) = steps_of(host, steps)?;
    let unit = attendance::unit(unit)?;
    let limits: Vec<Option<i64>> = rungs.iter().map(|step| step.to).collect();
    let Ranked { steps: counts, rest } = match from.figure(|selection| selection.ranked(&limits, unit, sports))? {
        Ok(ranked) => ranked,
        Err(missing) => return host.unknown(operation, id, &missing),
    };
    let mut first = 1;
    for (at, (step, count)) in (1..).zip(rungs.iter().zip(counts)) {
        let band = between(first, step.to);
        first = step.to.map_or(first, |to| to.saturating_add(1));
        if count > 0 {
            multiplied(host, operation, (&format!("{id}_{at}"), id), count.into(), step.value, (steps, parameter), Some(band))?;
        }
    }
    if rest > 0 {
        let band = between(first, None);
        multiplied(host, operation, (&format!("{id}_rest"), id), rest.into(), Decimal::ZERO, (steps, parameter), Some(band))?;
    }
    Ok(())
}

/// The first so many at the first step's rate, the next at the second's.
fn tier_rows(host: &Host, id: &str, number: &Dynamic, steps: &str) -> Answer<()> {
    let (parameter, rungs) = steps_of(host, steps)?;
    let Some(number) = known(host, "tier_rows", id, number)?.map(not_negative).transpose()? else { return Ok(()) };
    let mut from = Decimal::ZERO;
    let mut first = 1;
    for (at, step) in (1..).zip(rungs) {
        let to = step.to.map_or(number, |to| Decimal::from(to).min(number));
        let quantity = (to - from).max(Decimal::ZERO);
        let band = between(first, step.to);
        first = step.to.map_or(first, |to| to.saturating_add(1));
        from = from.max(to);
        if !quantity.is_zero() {
            multiplied(host, "tier_rows", (&format!("{id}_{at}"), id), quantity, step.value, (steps, parameter), Some(band))?;
        }
    }
    Ok(())
}

fn between(first: i64, last: Option<i64>) -> String {
    crate::domain::bands::Band { from: first, to: last, value: Decimal::ZERO }.figures()
}
