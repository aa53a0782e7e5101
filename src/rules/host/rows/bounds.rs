//! Rows that hold the sum within bounds: caps, floors, and what is taken off for being late.

use chrono::NaiveDate;
use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;

use super::super::super::errors::Fault;
use super::super::super::parameters::{Kind, Parameter, Step, Value};
use super::super::super::texts::Placeholder;
use super::super::attendance::Attendance;
use super::super::checks::not_negative;
use super::super::values::{Unknown, unknown};
use super::super::words::{Figure, Figures};
use super::super::{Answer, Host, wrong_kind};
use super::{Draft, amounts, known, times};
use crate::attendance::selection::{Bounded, Selection, SelectionError};
use crate::domain::bands::Bands;
use crate::domain::calculation::RowKind;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_fn("late_reduction", |context: NativeCallContext, steps: &str| {
            let host = Host::of(&context)?;
            late_reduction(&host, steps, host.inputs().received)
        })
        .register_fn("late_reduction", |context: NativeCallContext, steps: &str, counted_to: &str| {
            let host = Host::of(&context)?;
            let inputs = host.inputs();
            let handed_in = if counted_to == "complete" { inputs.complete.unwrap_or(inputs.received) } else { inputs.received };
            late_reduction(&host, steps, handed_in)
        })
        .register_fn("cap", |context: NativeCallContext, limit: &str| cap(&Host::of(&context)?, limit, None))
        .register_fn("cap", |context: NativeCallContext, limit: &str, key: Dynamic| cap(&Host::of(&context)?, limit, Some(&key)))
        .register_fn("cap_share", |context: NativeCallContext, percent: &str, base: Dynamic| {
            cap_share(&Host::of(&context)?, percent, &base)
        })
        .register_fn("cap_less", |context: NativeCallContext, limit: &str, already: Dynamic| {
            cap_less(&Host::of(&context)?, limit, &already)
        })
        .register_fn("cap_to", |context: NativeCallContext, id: &str, amount: Dynamic| cap_to(&Host::of(&context)?, id, &amount))
        .register_fn("cap_per_occasion", |context: NativeCallContext, limit: &str, from: Attendance| {
            of_marks(&Host::of(&context)?, "cap_per_occasion", limit, &from, Selection::above_per_occasion)
        })
        .register_fn("cap_per_person", |context: NativeCallContext, limit: &str, from: Attendance| {
            of_marks(&Host::of(&context)?, "cap_per_person", limit, &from, Selection::above_per_person)
        })
        .register_fn("floor_per_occasion", |context: NativeCallContext, limit: &str, from: Attendance| {
            of_marks(&Host::of(&context)?, "floor_per_occasion", limit, &from, Selection::below_per_occasion)
        })
        .register_fn("floor", |context: NativeCallContext, limit: &str| floor(&Host::of(&context)?, limit))
        .register_fn("smallest_payout", |context: NativeCallContext, limit: &str| smallest_payout(&Host::of(&context)?, limit));
}

/// Takes off a percentage by how late the application was: the first step that is not exceeded; after the last everything.
///
/// Late is what comes after the last day to be in time for this applicant, extension included. The day of receipt
/// decides (förvaltningslagen 22 §): to answer in the time the authority gave costs nothing, unless the grant's own
/// rule says "complete". Steps by days count from the last day in time; steps by date stand in the calendar, from the
/// period's own closing day on.
fn late_reduction(host: &Host, id: &str, handed_in: NaiveDate) -> Answer<()> {
    let inputs = host.inputs();
    let days = (handed_in - inputs.due).num_days();
    let (parameter, value) = host.value(id)?;
    let Value::Steps(steps) = value else { return Err(wrong_kind(id, parameter).into()) };
    if days <= 0 {
        return Ok(());
    }
    let not_exceeded = |step: &&Step| match (step.to, step.until) {
        (Some(to), _) => days <= to,
        (None, Some(until)) => until.from(inputs.period.closes).is_none_or(|until| handed_in <= until),
        (None, None) => true,
    };
    let share = steps.iter().find(not_exceeded).map_or(Decimal::ONE_HUNDRED, |step| step.value) / Decimal::ONE_HUNDRED;
    let sum = host.sum()?;
    let value = times(sum, share)?;
    if value.is_zero() {
        return Ok(());
    }
    let mut figures = amounts(value);
    figures.extend([
        (Placeholder::Days, Figure::Number(Decimal::from(days))),
        (Placeholder::Percent, Figure::Share(share)),
        (Placeholder::Quantity, Figure::Kronor(sum)),
    ]);
    let draft = Draft {
        quantity: Some(sum),
        rate: Some(share),
        refs: vec![format!("parameter:{id}")],
        parameter: Some(parameter),
        ..Draft::amount(RowKind::Deduction, -value)
    };
    host.put("late_reduction", id, draft, &figures)
}

/// The value of the band a number falls in; unknown outside the bands.
pub(in super::super) fn in_band(bands: &Bands, id: &str, number: Decimal) -> Result<Decimal, Unknown> {
    let whole = rust_decimal::prelude::ToPrimitive::to_i64(&number.floor());
    let band = whole.and_then(|whole| bands.of(whole));
    band.map(|band| band.value).ok_or_else(|| Unknown { what: format!("band:{id}/{}", number.normalize()) })
}

/// The limit of an operation: a number, the entry of a table, or the value of a band.
fn limit<'h>(host: &'h Host, operation: &str, id: &str, key: Option<&Dynamic>) -> Answer<Option<(&'h Parameter, Decimal)>> {
    let (parameter, value) = host.value(id)?;
    match (value, key) {
        (Value::Table(table), Some(key)) => {
            let name = key.clone().into_immutable_string().unwrap_or_default();
            match table.get(name.as_str()) {
                Some(limit) => Ok(Some((parameter, *limit))),
                None => {
                    let missing = unknown(format!("parameter:{id}/{name}"));
                    known(host, operation, id, &missing).map(|_| None)
                }
            }
        }
        (Value::Bands(bands), Some(key)) => {
            let Some(number) = known(host, operation, id, key)? else { return Ok(None) };
            match in_band(bands, id, number) {
                Ok(limit) => Ok(Some((parameter, limit))),
                Err(missing) => host.unknown(operation, id, &missing).map(|()| None),
            }
        }
        (Value::Table(_) | Value::Bands(_), None) => Err(wrong_kind(id, parameter).into()),
        (_, None) => host.number(id).map(Some),
        (_, Some(_)) => Err(wrong_kind(id, parameter).into()),
    }
}

fn bound(host: &Host, operation: &str, id: &str, kind: RowKind, value: Decimal, parameter: &Parameter, limit: Decimal) -> Answer<()> {
    bounded(host, operation, id, (kind, value), Some(parameter), limit, Vec::new())
}

fn bounded(
    host: &Host,
    operation: &str,
    id: &str,
    (kind, value): (RowKind, Decimal),
    parameter: Option<&Parameter>,
    limit: Decimal,
    more: Figures,
) -> Answer<()> {
    let mut figures = amounts(value.abs());
    figures.push((Placeholder::Limit, Figure::like(Kind::Money, limit)));
    figures.extend(more);
    let refs = parameter.map(|_| format!("parameter:{id}")).into_iter().collect();
    let draft = Draft { refs, parameter, ..Draft::amount(kind, value) };
    host.put(operation, id, draft, &figures)
}

fn cap(host: &Host, id: &str, key: Option<&Dynamic>) -> Answer<()> {
    let Some((parameter, limit)) = limit(host, "cap", id, key)? else { return Ok(()) };
    let over = host.sum()? - limit;
    if over <= Decimal::ZERO { Ok(()) } else { bound(host, "cap", id, RowKind::Cap, -over, parameter, limit) }
}

/// At most a share of something, as of the costs.
fn cap_share(host: &Host, id: &str, base: &Dynamic) -> Answer<()> {
    let (parameter, share) = host.number(id)?;
    let Some(base) = known(host, "cap_share", id, base)?.map(not_negative).transpose()? else { return Ok(()) };
    let limit = times(base, share)?;
    let over = host.sum()? - limit;
    if over <= Decimal::ZERO {
        return Ok(());
    }
    let more = vec![(Placeholder::Percent, Figure::Share(share)), (Placeholder::Quantity, Figure::Kronor(base))];
    bounded(host, "cap_share", id, (RowKind::Cap, -over), Some(parameter), limit, more)
}

/// At most what is left of a cap after what was given earlier.
fn cap_less(host: &Host, id: &str, already: &Dynamic) -> Answer<()> {
    let (parameter, limit) = host.number(id)?;
    let Some(already) = known(host, "cap_less", id, already)?.map(not_negative).transpose()? else { return Ok(()) };
    let left = (limit - already).max(Decimal::ZERO);
    let over = host.sum()? - left;
    if over <= Decimal::ZERO {
        return Ok(());
    }
    let more = vec![(Placeholder::Quantity, Figure::Kronor(left))];
    bounded(host, "cap_less", id, (RowKind::Cap, -over), Some(parameter), limit, more)
}

/// At most an amount that is reckoned, such as the loss that was made.
fn cap_to(host: &Host, id: &str, amount: &Dynamic) -> Answer<()> {
    let Some(limit) = known(host, "cap_to", id, amount)?.map(not_negative).transpose()? else { return Ok(()) };
    let over = host.sum()? - limit;
    if over <= Decimal::ZERO { Ok(()) } else { bounded(host, "cap_to", id, (RowKind::Cap, -over), None, limit, Vec::new()) }
}

/// What occasions or persons earn beyond a bound, by the rates of the selection.
fn of_marks(
    host: &Host,
    operation: &str,
    id: &str,
    from: &Attendance,
    beyond: fn(&Selection, Decimal) -> Result<Bounded, SelectionError>,
) -> Answer<()> {
    let (parameter, limit) = host.number(id)?;
    let found = match from.figure(|selection| beyond(selection, limit))? {
        Ok(found) => found,
        Err(missing) => return host.unknown(operation, id, &missing),
    };
    if found.amount.is_zero() {
        return Ok(());
    }
    let change = if operation == "floor_per_occasion" { (RowKind::Factor, found.amount) } else { (RowKind::Cap, -found.amount) };
    if host.sum()? + change.1 < Decimal::ZERO {
        return Err(Fault::new(
            "cap_before_rows",
            ("Taket tar bort mer än raderna har gett.", "The cap takes more than the rows have given."),
            ("Skriv raderna först, med samma satser som i rates(…).", "Write the rows first, with the same rates as in rates(…)."),
        )
        .into());
    }
    let more = vec![(Placeholder::Quantity, Figure::Number(Decimal::from(found.count)))];
    bounded(host, operation, id, change, Some(parameter), limit, more)
}

/// Raises a sum above zero to the lowest amount.
fn floor(host: &Host, id: &str) -> Answer<()> {
    let Some((parameter, limit)) = limit(host, "floor", id, None)? else { return Ok(()) };
    let sum = host.sum()?;
    if sum <= Decimal::ZERO || sum >= limit {
        return Ok(());
    }
    bound(host, "floor", id, RowKind::Factor, limit - sum, parameter, limit)
}

/// Takes away a sum too small to be paid out.
fn smallest_payout(host: &Host, id: &str) -> Answer<()> {
    let Some((parameter, limit)) = limit(host, "smallest_payout", id, None)? else { return Ok(()) };
    let sum = host.sum()?;
    if sum <= Decimal::ZERO || sum >= limit {
        return Ok(());
    }
    bound(host, "smallest_payout", id, RowKind::Deduction, -sum, parameter, limit)
}
