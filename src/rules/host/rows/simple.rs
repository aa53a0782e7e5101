//! Rows that add one amount, and rows that show a figure.

use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;

use super::super::super::parameters::{Kind, Parameter};
use super::super::super::texts::Placeholder;
use super::super::checks::not_negative;
use super::super::values::{Number, Unknown, number, on_value, on_value_and_name};
use super::super::words::Figure;
use super::super::{Answer, Host};
use super::{Draft, KRONOR, amounts, known, times};
use crate::domain::calculation::RowKind;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    on_value_and_name(engine, "row", row);
    on_value_and_name(engine, "percent_of", percent_of);
    on_value_and_name(engine, "input", |host, id, value, unit| input(host, "input", id, value, unit).map(|_| ()));
    on_value_and_name(engine, "measure", measure);
    on_value(engine, "amount_row", amount_row);
    on_value(engine, "deduct", deduct);
    engine
        .register_fn("proposed_row", |context: NativeCallContext, id: &str| proposed_row(&Host::of(&context)?, id))
        .register_fn("granted_row", |context: NativeCallContext, id: &str| granted_row(&Host::of(&context)?, id))
        .register_fn("allocated_row", |context: NativeCallContext, id: &str| allocated_row(&Host::of(&context)?, id))
        .register_fn("fixed", |context: NativeCallContext, id: &str, amount: &str| fixed(&Host::of(&context)?, id, amount))
        .register_fn("multiply", |context: NativeCallContext, id: &str, factor: &str| multiply(&Host::of(&context)?, id, factor));
}

fn row(host: &Host, id: &str, quantity: &Dynamic, rate_id: &str) -> Answer<()> {
    let (parameter, rate) = host.number(rate_id)?;
    let Some(quantity) = known(host, "row", id, quantity)?.map(not_negative).transpose()? else { return Ok(()) };
    multiplied(host, "row", (id, id), quantity, rate, (rate_id, parameter), None)
}

/// A row of a quantity and a rate; `band` is what the words may show of the span it concerns.
pub(super) fn multiplied(
    host: &Host,
    operation: &str,
    (id, words): (&str, &str),
    quantity: Decimal,
    rate: Decimal,
    (rate_id, parameter): (&str, &Parameter),
    band: Option<String>,
) -> Answer<()> {
    let value = times(quantity, rate)?;
    // The values of bands and steps are kronor wherever they are the rate of a row.
    let kind = match parameter.kind {
        Kind::Bands | Kind::Steps => Kind::Money,
        other => other,
    };
    let mut figures = vec![
        (Placeholder::Quantity, Figure::Number(quantity)),
        (Placeholder::Rate, Figure::like(kind, rate)),
        (Placeholder::Amount, Figure::Kronor(value)),
        (Placeholder::Value, Figure::Kronor(value)),
    ];
    figures.extend(band.map(|band| (Placeholder::Band, Figure::Words(band))));
    let draft = Draft {
        quantity: Some(quantity),
        rate: Some(rate),
        refs: vec![format!("parameter:{rate_id}")],
        parameter: Some(parameter),
        ..Draft::amount(RowKind::Factor, value)
    };
    host.put_as(operation, id, words, draft, &figures)
}

fn amount_row(host: &Host, id: &str, amount: &Dynamic) -> Answer<()> {
    let Some(value) = known(host, "amount_row", id, amount)?.map(not_negative).transpose()? else { return Ok(()) };
    host.put("amount_row", id, Draft::amount(RowKind::Factor, value), &amounts(value))
}

/// The amount an officer proposed, with her reason; without a proposal an officer must make one.
fn proposed_row(host: &Host, id: &str) -> Answer<()> {
    let Some(proposed) = host.inputs().proposed.clone() else {
        return host.unknown("proposed_row", id, &Unknown { what: "proposed".to_owned() });
    };
    let value = not_negative(proposed.amount.kronor())?;
    let draft = Draft { refs: vec!["proposed".to_owned()], ..Draft::amount(RowKind::Factor, value) };
    host.put("proposed_row", id, draft, &amounts(value))?;
    if let Some(row) = host.state().rows.last_mut() {
        row.reason = Some(proposed.reason);
    }
    Ok(())
}

/// The case's part of its round's pot; before the pot is shared it is not known. Below zero when all had to give way.
fn allocated_row(host: &Host, id: &str) -> Answer<()> {
    let Some(allocated) = host.inputs().allocated else {
        return host.unknown("allocated_row", id, &Unknown { what: "allocated".to_owned() });
    };
    let value = allocated.kronor();
    let kind = if value.is_sign_negative() { RowKind::Deduction } else { RowKind::Factor };
    let draft = Draft { refs: vec!["allocated".to_owned()], ..Draft::amount(kind, value) };
    host.put("allocated_row", id, draft, &amounts(value.abs()))
}

/// What was granted by the decision that a report is about: the sum before the report takes anything off it.
fn granted_row(host: &Host, id: &str) -> Answer<()> {
    let Some(granted) = host.inputs().granted else {
        return host.unknown("granted_row", id, &Unknown { what: "granted".to_owned() });
    };
    let value = granted.kronor();
    let draft = Draft { refs: vec!["granted".to_owned()], ..Draft::amount(RowKind::Factor, value) };
    host.put("granted_row", id, draft, &amounts(value))
}

fn fixed(host: &Host, id: &str, amount_id: &str) -> Answer<()> {
    let (parameter, value) = host.number(amount_id)?;
    let mut figures = amounts(value);
    figures.push((Placeholder::Rate, Figure::Kronor(value)));
    let draft = Draft { refs: vec![format!("parameter:{amount_id}")], parameter: Some(parameter), ..Draft::amount(RowKind::Factor, value) };
    host.put("fixed", id, draft, &figures)
}

fn percent_of(host: &Host, id: &str, base: &Dynamic, percent_id: &str) -> Answer<()> {
    let (parameter, share) = host.number(percent_id)?;
    let Some(base) = known(host, "percent_of", id, base)?.map(not_negative).transpose()? else { return Ok(()) };
    let value = times(base, share)?;
    let mut figures = amounts(value);
    figures.extend([(Placeholder::Quantity, Figure::Kronor(base)), (Placeholder::Percent, Figure::Share(share))]);
    let draft = Draft {
        quantity: Some(base),
        rate: Some(share),
        refs: vec![format!("parameter:{percent_id}")],
        parameter: Some(parameter),
        ..Draft::amount(RowKind::Factor, value)
    };
    host.put("percent_of", id, draft, &figures)
}

fn input(host: &Host, operation: &str, id: &str, value: &Dynamic, unit: &str) -> Answer<Option<Decimal>> {
    let Some(value) = known(host, operation, id, value)? else { return Ok(None) };
    let figure = if unit == KRONOR { Figure::Kronor(value) } else { Figure::Number(value) };
    let draft = Draft { unit: unit.to_owned(), ..Draft::amount(RowKind::Input, value) };
    host.put(operation, id, draft, &vec![(Placeholder::Value, figure)])?;
    Ok(Some(value))
}

/// Shows a figure that the round shares by. When it is not known the round has to wait for this case.
fn measure(host: &Host, id: &str, value: &Dynamic, unit: &str) -> Answer<()> {
    if let Number::Known(number) = number(value)? {
        not_negative(number)?;
    }
    let value = input(host, "measure", id, value, unit)?;
    host.state().measures.insert(id.to_owned(), value.map(|value| value.normalize()));
    Ok(())
}

/// The sum so far times a factor: the difference is the row.
fn multiply(host: &Host, id: &str, factor_id: &str) -> Answer<()> {
    let (parameter, factor) = host.number(factor_id)?;
    let factor = not_negative(factor)?;
    let sum = host.sum()?;
    let value = times(sum, factor - Decimal::ONE)?;
    if value.is_zero() {
        return Ok(());
    }
    let kind = if value.is_sign_negative() { RowKind::Deduction } else { RowKind::Factor };
    let mut figures = amounts(value.abs());
    figures.extend([(Placeholder::Quantity, Figure::Kronor(sum)), (Placeholder::Rate, Figure::Number(factor))]);
    let draft = Draft {
        quantity: Some(sum),
        rate: Some(factor - Decimal::ONE),
        refs: vec![format!("parameter:{factor_id}")],
        parameter: Some(parameter),
        ..Draft::amount(kind, value)
    };
    host.put("multiply", id, draft, &figures)
}

fn deduct(host: &Host, id: &str, amount: &Dynamic) -> Answer<()> {
    let Some(value) = known(host, "deduct", id, amount)?.map(not_negative).transpose()? else { return Ok(()) };
    if value.is_zero() {
        return Ok(());
    }
    host.put("deduct", id, Draft::amount(RowKind::Deduction, -value), &amounts(value))
}
