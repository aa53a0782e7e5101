//! Values that scripts handle besides numbers, texts and yes or no.

use chrono::{Datelike, Days, Months, NaiveDate};
use rhai::{Array, Dynamic, Engine, INT, NativeCallContext};
use rust_decimal::Decimal;

use super::super::errors::{Fault, kind};
use super::applicant::Members;
use super::{Answer, Host};
use crate::domain::Money;
use crate::domain::inputs::{Answer as Given, Attachment, Budget, Fact};

/// The engine's name for [`Unknown`].
pub const UNKNOWN: &str = "Unknown";

/// Something declared that has no value: an unanswered question, a missing key. It is neither true nor false.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// What it is, as `answer:medlemmar` or `table:lokaler/8024001234`.
    pub what: String,
}

impl IntoIterator for Unknown {
    type Item = Self;
    type IntoIter = std::iter::Empty<Self>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

/// A span of days, both ends included.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: Day,
    to: Day,
}

/// An attachment.
#[derive(Clone, Copy, Debug)]
struct Attached {
    later: bool,
}

/// A table of costs and incomes.
#[derive(Clone, Debug)]
struct Sheet(Budget);

/// One repetition of a repeating group.
#[derive(Clone, Debug)]
struct Repetition(std::collections::BTreeMap<String, Given>);

/// A number, or that it is not known.
#[derive(Clone, Debug)]
pub enum Number {
    /// The number.
    Known(Decimal),
    /// What is not known.
    Unknown(Unknown),
}

/// Registers an operation on an id and a value: once for each kind of value that is usual, and once for any other. The engine
/// finds a function by the exact kinds of what it is given at once, one that takes anything only after trying the rest.
pub fn on_value(engine: &mut Engine, name: &str, operation: impl Fn(&Host, &str, &Dynamic) -> Answer<()> + Copy + Send + Sync + 'static) {
    engine
        .register_fn(name, move |context: NativeCallContext, id: &str, value: INT| operation(&Host::of(&context)?, id, &value.into()))
        .register_fn(name, move |context: NativeCallContext, id: &str, value: bool| operation(&Host::of(&context)?, id, &value.into()))
        .register_fn(name, move |context: NativeCallContext, id: &str, value: Decimal| {
            operation(&Host::of(&context)?, id, &Dynamic::from_decimal(value))
        })
        .register_fn(name, move |context: NativeCallContext, id: &str, value: Dynamic| operation(&Host::of(&context)?, id, &value));
}

/// The same for an operation that is also given a name: a parameter's, or a unit.
pub fn on_value_and_name(
    engine: &mut Engine,
    name: &str,
    operation: impl Fn(&Host, &str, &Dynamic, &str) -> Answer<()> + Copy + Send + Sync + 'static,
) {
    engine
        .register_fn(name, move |context: NativeCallContext, id: &str, value: INT, other: &str| {
            operation(&Host::of(&context)?, id, &value.into(), other)
        })
        .register_fn(name, move |context: NativeCallContext, id: &str, value: Decimal, other: &str| {
            operation(&Host::of(&context)?, id, &Dynamic::from_decimal(value), other)
        })
        .register_fn(name, move |context: NativeCallContext, id: &str, value: Dynamic, other: &str| {
            operation(&Host::of(&context)?, id, &value, other)
        });
}

/// Reads a number from what a script hands over.
pub fn number(value: &Dynamic) -> Answer<Number> {
    if let Some(number) = value.read_lock::<Decimal>() {
        return Ok(Number::Known(*number));
    }
    if let Some(number) = value.read_lock::<INT>() {
        return Ok(Number::Known(Decimal::from(*number)));
    }
    if let Some(unknown) = value.read_lock::<Unknown>() {
        return Ok(Number::Unknown(unknown.clone()));
    }
    let got = kind(value.type_name());
    Err(Fault::new(
        "number_expected",
        (format!("Här behövs ett tal, men det står {got}."), format!("A number is needed here, not {got}.")),
        ("Kontrollera värdet i parentesen.", "Check the value in the brackets."),
    )
    .into())
}

/// An answer as scripts see it; numbers without needless zeros.
pub fn of_answer(given: &Given) -> Dynamic {
    match given {
        Given::Text(text) | Given::Choice(text) => text.clone().into(),
        Given::YesNo(yes) => (*yes).into(),
        Given::Choices(choices) => choices.iter().map(|choice| Dynamic::from(choice.clone())).collect::<Array>().into(),
        Given::Integer(number) => (*number).into(),
        Given::Decimal(number) => Dynamic::from_decimal(number.normalize()),
        Given::Money(amount) => of_money(*amount),
        Given::Date(date) => Dynamic::from(Day(*date)),
        Given::DateRange(span) => Dynamic::from(Span { from: Day(span.from), to: Day(span.to) }),
        Given::Attachment(attachment) => Dynamic::from(Attached {
            later: match attachment {
                Attachment::Uploaded(_) | Attachment::OnFile(_) => false,
                Attachment::Later => true,
            },
        }),
        Given::Group(group) => group.iter().map(|repetition| Dynamic::from(Repetition(repetition.clone()))).collect::<Array>().into(),
        Given::Budget(budget) => Dynamic::from(Sheet(budget.clone())),
        Given::Members(members) => Dynamic::from(Members::new(members.clone().into(), "answer")),
    }
}

/// A fact as scripts see it.
pub fn of_fact(fact: &Fact) -> Dynamic {
    match fact {
        Fact::YesNo(yes) => (*yes).into(),
        Fact::Integer(number) => (*number).into(),
        Fact::Decimal(number) => Dynamic::from_decimal(number.normalize()),
        Fact::Money(amount) => of_money(*amount),
        Fact::Date(date) => Dynamic::from(Day(*date)),
        Fact::Text(text) => text.clone().into(),
    }
}

/// An amount as scripts see it: kronor.
pub fn of_money(amount: Money) -> Dynamic {
    Dynamic::from_decimal(amount.kronor().normalize())
}

/// That something is not known.
pub fn unknown(what: impl Into<String>) -> Dynamic {
    Dynamic::from(Unknown { what: what.into() })
}

/// Registers the values and the functions on them.
pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Unknown>(UNKNOWN)
        .register_type_with_name::<Day>("Date")
        .register_type_with_name::<Span>("Period")
        .register_type_with_name::<Attached>("Attachment")
        .register_type_with_name::<Sheet>("Budget")
        .register_type_with_name::<Repetition>("Group");
    register_unknown(engine);
    engine
        .register_get("year", |day: &mut Day| INT::from(day.0.year()))
        .register_get("month", |day: &mut Day| INT::from(day.0.month()))
        .register_get("day", |day: &mut Day| INT::from(day.0.day()))
        .register_get("from", |span: &mut Span| span.from)
        .register_get("to", |span: &mut Span| span.to)
        .register_get("days", |span: &mut Span| (span.to.0 - span.from.0).num_days() + 1)
        .register_indexer_get(|group: &mut Repetition, name: &str| {
            group.0.get(name).map_or_else(|| unknown(format!("answer:{name}")), of_answer)
        });
    engine
        .register_fn("yes", |value: Dynamic| value.as_bool().unwrap_or(false))
        .register_fn("answered", |value: Dynamic| answered(&value))
        .register_fn("promised", |value: Dynamic| value.read_lock::<Attached>().is_some_and(|attached| attached.later))
        .register_fn("count", |value: Dynamic| count(&value))
        .register_fn("costs", |value: Dynamic| sheet_sum(&value, |budget| &budget.costs))
        .register_fn("incomes", |value: Dynamic| sheet_sum(&value, |budget| &budget.incomes))
        .register_fn("loss", |value: Dynamic| margin(&value, Margin::Loss))
        .register_fn("profit", |value: Dynamic| margin(&value, Margin::Profit))
        .register_fn("less", less)
        .register_fn("sum", sum)
        .register_fn("share", share)
        .register_fn("days_between", |from: Dynamic, to: Dynamic| between(&from, &to, |from, to| (to - from).num_days()))
        .register_fn("months_between", |from: Dynamic, to: Dynamic| between(&from, &to, months_between))
        .register_fn("plus_days", |day: Day, days: INT| {
            plus(day, days, |date, n| date.checked_add_days(Days::new(n)), |date, n| date.checked_sub_days(Days::new(n)))
        })
        .register_fn("plus_months", |day: Day, months: INT| {
            let add = |date: NaiveDate, n: u64| date.checked_add_months(Months::new(u32::try_from(n).ok()?));
            let subtract = |date: NaiveDate, n: u64| date.checked_sub_months(Months::new(u32::try_from(n).ok()?));
            plus(day, months, add, subtract)
        });
}

/// What comes of something unknown is unknown: its properties, its parts, its members. A loop over it has no turns.
fn register_unknown(engine: &mut Engine) {
    engine.register_indexer_get(|unknown: &mut Unknown, _: &str| unknown.clone());
    engine.register_iterator::<Unknown>();
    engine
        .register_fn("contains", |unknown: Unknown, _: Dynamic| unknown)
        .register_fn("members_aged", |unknown: Unknown, _: &str| unknown)
        .register_fn("resident_share", |unknown: Unknown| unknown)
        .register_fn("resident_share", |unknown: Unknown, _: &str| unknown)
        .register_fn("plus_days", |unknown: Unknown, _: Dynamic| unknown)
        .register_fn("plus_months", |unknown: Unknown, _: Dynamic| unknown)
        .register_fn("get", |unknown: Unknown, _: Dynamic| unknown);
}

/// Whether an answer is there: not unknown, not an empty text or list, not an attachment that is to come later.
fn answered(value: &Dynamic) -> bool {
    if value.is::<Unknown>() || value.is_unit() {
        return false;
    }
    if let Some(attached) = value.read_lock::<Attached>() {
        return !attached.later;
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return !text.trim().is_empty();
    }
    value.as_array_ref().map_or(true, |list| !list.is_empty())
}

fn count(value: &Dynamic) -> Dynamic {
    if let Some(unknown) = value.read_lock::<Unknown>() {
        return Dynamic::from(unknown.clone());
    }
    value.as_array_ref().map_or(0, |list| INT::try_from(list.len()).unwrap_or(INT::MAX)).into()
}

fn sheet_sum(value: &Dynamic, lines: impl Fn(&Budget) -> &Vec<crate::domain::inputs::BudgetLine>) -> Answer<Dynamic> {
    if let Some(unknown) = value.read_lock::<Unknown>() {
        return Ok(Dynamic::from(unknown.clone()));
    }
    let Some(sheet) = value.read_lock::<Sheet>() else {
        return Err(Fault::new(
            "budget_expected",
            ("Svaret är ingen tabell med kostnader och intäkter.", "The answer is no table of costs and incomes."),
            (
                "Skriv costs(application.answers.budget), där fältet budget är en sådan tabell.",
                "Write costs(application.answers.budget), where the field budget is such a table.",
            ),
        )
        .into());
    };
    Money::sum(lines(&sheet.0).iter().map(|line| line.amount)).map(of_money).map_err(|_| super::too_large().into())
}

/// Which way costs and incomes differ.
#[derive(Clone, Copy)]
enum Margin {
    Loss,
    Profit,
}

/// What costs exceed incomes by, or incomes costs; never below zero.
fn margin(value: &Dynamic, which: Margin) -> Answer<Dynamic> {
    let (costs, incomes) = (sheet_sum(value, |budget| &budget.costs)?, sheet_sum(value, |budget| &budget.incomes)?);
    match which {
        Margin::Loss => less(costs, incomes),
        Margin::Profit => less(incomes, costs),
    }
}

/// A number less another, never below zero; unknown when one of them is.
fn less(from: Dynamic, what: Dynamic) -> Answer<Dynamic> {
    match (number(&from)?, number(&what)?) {
        (Number::Unknown(missing), _) | (_, Number::Unknown(missing)) => Ok(Dynamic::from(missing)),
        (Number::Known(from), Number::Known(what)) => {
            let left = from.checked_sub(what).ok_or_else(super::too_large)?;
            Ok(Dynamic::from_decimal(left.max(Decimal::ZERO).normalize()))
        }
    }
}

/// The sum of a list of numbers; unknown when one of them is.
fn sum(list: Array) -> Answer<Dynamic> {
    let mut sum = Decimal::ZERO;
    for item in &list {
        match number(item)? {
            Number::Known(number) => sum = sum.checked_add(number).ok_or_else(super::too_large)?,
            Number::Unknown(unknown) => return Ok(Dynamic::from(unknown)),
        }
    }
    Ok(Dynamic::from_decimal(sum.normalize()))
}

/// Part of a whole, 0 to 1; unknown when the whole is zero.
fn share(part: Dynamic, whole: Dynamic) -> Answer<Dynamic> {
    match (number(&part)?, number(&whole)?) {
        (Number::Unknown(missing), _) | (_, Number::Unknown(missing)) => Ok(Dynamic::from(missing)),
        (Number::Known(_), Number::Known(whole)) if whole.is_zero() => Ok(unknown("share:0")),
        (Number::Known(part), Number::Known(whole)) => {
            part.checked_div(whole).map(|share| Dynamic::from_decimal(share.normalize())).ok_or_else(|| super::too_large().into())
        }
    }
}

fn between(from: &Dynamic, to: &Dynamic, measure: impl Fn(NaiveDate, NaiveDate) -> INT) -> Answer<Dynamic> {
    for value in [from, to] {
        if let Some(unknown) = value.read_lock::<Unknown>() {
            return Ok(Dynamic::from(unknown.clone()));
        }
    }
    match (from.read_lock::<Day>(), to.read_lock::<Day>()) {
        (Some(from), Some(to)) => Ok(measure(from.0, to.0).into()),
        _ => Err(Fault::new(
            "date_expected",
            ("Här behövs två datum.", "Two dates are needed here."),
            (
                "Skriv till exempel months_between(application.org.founded, application.received).",
                "Write for example months_between(application.org.founded, application.received).",
            ),
        )
        .into()),
    }
}

/// Begun months: 15 January to 15 April is three, to 16 April four. Negative when the order is reversed.
fn months_between(from: NaiveDate, to: NaiveDate) -> INT {
    if to < from {
        return -months_between(to, from);
    }
    let mut months = INT::from(to.year() - from.year()) * 12 + INT::from(to.month()) - INT::from(from.month());
    let reached = |months: INT| {
        u32::try_from(months).ok().and_then(|months| from.checked_add_months(Months::new(months))).is_some_and(|date| date >= to)
    };
    if !reached(months) {
        months += 1;
    }
    months
}

fn plus(
    day: Day,
    count: INT,
    add: impl Fn(NaiveDate, u64) -> Option<NaiveDate>,
    subtract: impl Fn(NaiveDate, u64) -> Option<NaiveDate>,
) -> Answer<Day> {
    let steps = count.unsigned_abs();
    let date = if count < 0 { subtract(day.0, steps) } else { add(day.0, steps) };
    date.map(Day).ok_or_else(|| {
        Fault::new(
            "date_out_of_range",
            ("Datumet hamnar utanför kalendern.", "The date falls outside the calendar."),
            ("Kontrollera antalet dagar eller månader.", "Check the number of days or months."),
        )
        .into()
    })
}
