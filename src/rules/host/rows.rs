//! The calculation: rows in call order, exact, with the words a decision needs.

use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::{Decimal, RoundingStrategy};

use super::super::errors::Fault;
use super::super::parameters::{Kind, Parameter, Step, Value};
use super::super::reads::Hook;
use super::super::texts::Placeholder;
use super::checks::not_negative;
use super::values::{Number, Unknown, number, unknown};
use super::words::{Figure, Figures, paragraph};
use super::{Answer, Host, wrong_kind};
use crate::domain::Localized;
use crate::domain::calculation::{CheckStatus, Row, RowKind};

/// What kronor are called in a row.
const KRONOR: &str = "kr";

/// Registers the operations on rows.
pub fn register(engine: &mut Engine) {
    engine
        .register_fn("row", |context: NativeCallContext, id: &str, quantity: Dynamic, rate: &str| {
            row(&Host::of(&context)?, id, &quantity, rate)
        })
        .register_fn("amount_row", |context: NativeCallContext, id: &str, amount: Dynamic| amount_row(&Host::of(&context)?, id, &amount))
        .register_fn("proposed_row", |context: NativeCallContext, id: &str| proposed_row(&Host::of(&context)?, id))
        .register_fn("fixed", |context: NativeCallContext, id: &str, amount: &str| fixed(&Host::of(&context)?, id, amount))
        .register_fn("percent_of", |context: NativeCallContext, id: &str, base: Dynamic, percent: &str| {
            percent_of(&Host::of(&context)?, id, &base, percent)
        })
        .register_fn("input", |context: NativeCallContext, id: &str, value: Dynamic, unit: &str| {
            input(&Host::of(&context)?, id, &value, unit)
        })
        .register_fn("deduct", |context: NativeCallContext, id: &str, amount: Dynamic| deduct(&Host::of(&context)?, id, &amount))
        .register_fn("late_reduction", |context: NativeCallContext, steps: &str| late_reduction(&Host::of(&context)?, steps))
        .register_fn("cap", |context: NativeCallContext, limit: &str| cap(&Host::of(&context)?, limit, None))
        .register_fn("cap", |context: NativeCallContext, limit: &str, key: Dynamic| cap(&Host::of(&context)?, limit, Some(&key)))
        .register_fn("floor", |context: NativeCallContext, limit: &str| floor(&Host::of(&context)?, limit))
        .register_fn("smallest_payout", |context: NativeCallContext, limit: &str| smallest_payout(&Host::of(&context)?, limit))
        .register_fn("round_to_krona", |context: NativeCallContext| round_to(&Host::of(&context)?, 0))
        .register_fn("total", |context: NativeCallContext| Host::of(&context)?.sum().map(|sum| sum.normalize()))
        .register_fn("to", |context: NativeCallContext, route: &str| {
            let host = Host::of(&context)?;
            host.only_in("to", &[Hook::Route])?;
            host.state().route = Some(route.to_owned());
            Ok::<_, Box<rhai::EvalAltResult>>(())
        });
}

/// A row before its words.
struct Draft<'p> {
    kind: RowKind,
    quantity: Option<Decimal>,
    rate: Option<Decimal>,
    value: Decimal,
    unit: String,
    refs: Vec<String>,
    parameter: Option<&'p Parameter>,
}

impl Draft<'_> {
    fn amount(kind: RowKind, value: Decimal) -> Self {
        Draft { kind, quantity: None, rate: None, value, unit: KRONOR.to_owned(), refs: Vec::new(), parameter: None }
    }
}

impl Host {
    fn put(&self, operation: &str, id: &str, draft: Draft<'_>, figures: &Figures) -> Answer<()> {
        self.only_in(operation, &[Hook::Calculate])?;
        let words = self.words(id, figures);
        let reduces = draft.kind.adds() && draft.value.is_sign_negative() && !draft.value.is_zero();
        let row = Row {
            id: id.to_owned(),
            kind: draft.kind,
            text: words.text,
            quantity: draft.quantity.map(|quantity| quantity.normalize()),
            rate: draft.rate.map(|rate| rate.normalize()),
            value: draft.value.normalize(),
            unit: draft.unit,
            paragraph: paragraph(words.paragraph, draft.parameter),
            refs: draft.refs,
            reason: if reduces { words.motivation } else { None },
        };
        self.state().rows.push(row);
        Ok(())
    }

    /// Rounds to whole öre, takes back the sum where a requirement is not met, and writes the total.
    pub fn close(&self) -> Answer<()> {
        round_to(self, 2)?;
        let sum = self.sum()?;
        if sum.is_sign_negative() && !sum.is_zero() {
            return Err(Fault::new(
                "negative_total",
                (format!("Summan blir under noll ({sum} kr)."), format!("The sum falls below zero ({sum} kr).")),
                ("Begränsa avdraget: deduct(\"id\", min(total(), …)).", "Limit the deduction: deduct(\"id\", min(total(), …))."),
            )
            .into());
        }
        self.take_back(sum)?;
        let total = self.sum()?;
        let figures = vec![(Placeholder::Amount, Figure::Kronor(total)), (Placeholder::Value, Figure::Kronor(total))];
        self.put("total", "total", Draft::amount(RowKind::Total, total), &figures)
    }

    /// A requirement that is not met brings the sum to nothing, by a row that cites what was not met.
    fn take_back(&self, sum: Decimal) -> Answer<()> {
        let (mut refs, mut reasons) = (Vec::new(), Vec::new());
        for check in self.state().checks.iter().filter(|check| check.status == CheckStatus::Fail) {
            refs.push(format!("check:{}", check.id));
            reasons.push(check.motivation.clone().unwrap_or_else(|| check.text.clone()));
        }
        if refs.is_empty() || sum.is_zero() {
            return Ok(());
        }
        let figures = vec![(Placeholder::Amount, Figure::Kronor(sum)), (Placeholder::Value, Figure::Kronor(sum))];
        self.put("requirement_not_met", "requirement_not_met", Draft { refs, ..Draft::amount(RowKind::Deduction, -sum) }, &figures)?;
        if let Some(row) = self.state().rows.last_mut() {
            row.reason = Some(joined(&reasons));
        }
        Ok(())
    }
}

fn joined(reasons: &[Localized]) -> Localized {
    let join = |texts: Vec<&str>| texts.join(" ");
    let sv = join(reasons.iter().map(|reason| reason.sv.as_str()).collect());
    let en =
        reasons.iter().all(|reason| reason.en.is_some()).then(|| join(reasons.iter().filter_map(|reason| reason.en.as_deref()).collect()));
    Localized { sv, en }
}

/// The number, or `None` after a check has said that it is not known.
fn known(host: &Host, operation: &str, id: &str, value: &Dynamic) -> Answer<Option<Decimal>> {
    match number(value)? {
        Number::Known(number) => Ok(Some(number)),
        Number::Unknown(missing) => host.unknown(operation, id, &missing).map(|()| None),
    }
}

fn row(host: &Host, id: &str, quantity: &Dynamic, rate_id: &str) -> Answer<()> {
    let (parameter, rate) = host.number(rate_id)?;
    let Some(quantity) = known(host, "row", id, quantity)?.map(not_negative).transpose()? else { return Ok(()) };
    let value = quantity.checked_mul(rate).ok_or_else(super::too_large)?;
    let figures = vec![
        (Placeholder::Quantity, Figure::Number(quantity)),
        (Placeholder::Rate, Figure::like(parameter.kind, rate)),
        (Placeholder::Amount, Figure::Kronor(value)),
        (Placeholder::Value, Figure::Kronor(value)),
    ];
    let draft = Draft {
        quantity: Some(quantity),
        rate: Some(rate),
        refs: vec![format!("parameter:{rate_id}")],
        parameter: Some(parameter),
        ..Draft::amount(RowKind::Factor, value)
    };
    host.put("row", id, draft, &figures)
}

fn amounts(value: Decimal) -> Figures {
    vec![(Placeholder::Amount, Figure::Kronor(value)), (Placeholder::Value, Figure::Kronor(value))]
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
    let value = base.checked_mul(share).ok_or_else(super::too_large)?;
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

fn input(host: &Host, id: &str, value: &Dynamic, unit: &str) -> Answer<()> {
    let Some(value) = known(host, "input", id, value)? else { return Ok(()) };
    let figure = if unit == KRONOR { Figure::Kronor(value) } else { Figure::Number(value) };
    let draft = Draft { unit: unit.to_owned(), ..Draft::amount(RowKind::Input, value) };
    host.put("input", id, draft, &vec![(Placeholder::Value, figure)])
}

fn deduct(host: &Host, id: &str, amount: &Dynamic) -> Answer<()> {
    let Some(value) = known(host, "deduct", id, amount)?.map(not_negative).transpose()? else { return Ok(()) };
    if value.is_zero() {
        return Ok(());
    }
    host.put("deduct", id, Draft::amount(RowKind::Deduction, -value), &amounts(value))
}

/// Takes off a percentage by days late: the first step whose days are not exceeded; after the last step everything.
///
/// Counted from the last day to be in time for this applicant to the day the application was complete.
fn late_reduction(host: &Host, id: &str) -> Answer<()> {
    let inputs = host.inputs();
    let days = (inputs.complete.unwrap_or(inputs.received) - inputs.due).num_days();
    let (parameter, value) = host.value(id)?;
    let Value::Steps(steps) = value else { return Err(wrong_kind(id, parameter).into()) };
    if days <= 0 {
        return Ok(());
    }
    let share = step(steps, days).unwrap_or(Decimal::ONE_HUNDRED) / Decimal::ONE_HUNDRED;
    let sum = host.sum()?;
    let value = sum.checked_mul(share).ok_or_else(super::too_large)?;
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

fn step(steps: &[Step], number: i64) -> Option<Decimal> {
    steps.iter().find(|step| step.to.is_none_or(|to| number <= to)).map(|step| step.value)
}

/// The limit of an operation: a number, or the entry of a table.
fn limit<'h>(host: &'h Host, operation: &str, id: &str, key: Option<&Dynamic>) -> Answer<Option<(&'h Parameter, Decimal)>> {
    let (parameter, value) = host.value(id)?;
    let Value::Table(table) = value else {
        return match key {
            None => host.number(id).map(Some),
            Some(_) => Err(wrong_kind(id, parameter).into()),
        };
    };
    let key = key.ok_or_else(|| wrong_kind(id, parameter))?;
    let name = key.clone().into_immutable_string().unwrap_or_default();
    match table.get(name.as_str()) {
        Some(limit) => Ok(Some((parameter, *limit))),
        None => {
            let missing = unknown(format!("parameter:{id}/{name}"));
            known(host, operation, id, &missing).map(|_| None)
        }
    }
}

fn bound(host: &Host, operation: &str, id: &str, kind: RowKind, value: Decimal, parameter: &Parameter, limit: Decimal) -> Answer<()> {
    let mut figures = amounts(value.abs());
    figures.push((Placeholder::Limit, Figure::like(Kind::Money, limit)));
    let draft = Draft { refs: vec![format!("parameter:{id}")], parameter: Some(parameter), ..Draft::amount(kind, value) };
    host.put(operation, id, draft, &figures)
}

fn cap(host: &Host, id: &str, key: Option<&Dynamic>) -> Answer<()> {
    let Some((parameter, limit)) = limit(host, "cap", id, key)? else { return Ok(()) };
    let over = host.sum()? - limit;
    if over <= Decimal::ZERO { Ok(()) } else { bound(host, "cap", id, RowKind::Cap, -over, parameter, limit) }
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

/// Rounds the sum half away from zero, by a row that shows the difference.
fn round_to(host: &Host, decimals: u32) -> Answer<()> {
    let sum = host.sum()?;
    let difference = sum.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero) - sum;
    if difference.is_zero() {
        return Ok(());
    }
    host.put("round_to_krona", "rounding", Draft::amount(RowKind::Rounding, difference), &amounts(difference))
}
