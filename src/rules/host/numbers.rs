//! Arithmetic and comparison without the language's silent traps.
//!
//! Whole-number division gives decimals, rounding is half away from zero, and comparing different
//! kinds is a fault instead of quietly false. What is unknown stays unknown through every operator.

use rhai::{Dynamic, Engine, INT};
use rust_decimal::{Decimal, RoundingStrategy};

use super::super::errors::{Fault, kind};
use super::Answer;
use super::values::{Day, Unknown};

/// Registers the operators.
pub fn register(engine: &mut Engine) {
    engine
        .register_fn("/", |a: INT, b: INT| divide(a.into(), b.into()))
        .register_fn("/", |a: INT, b: Decimal| divide(a.into(), b))
        .register_fn("/", |a: Decimal, b: INT| divide(a, b.into()))
        .register_fn("/", divide)
        .register_fn("/=", |_: &mut INT, _: INT| -> Answer<()> { Err(whole_division().into()) })
        .register_fn("round", |value: Decimal| round(value, 0))
        .register_fn("round", round)
        .register_fn("round", |value: INT| value)
        .register_fn("round", |value: INT, _: INT| value)
        .register_get("round", |value: &mut Decimal| round(*value, 0))
        .register_fn("min", |a: Decimal, b: Decimal| a.min(b))
        .register_fn("min", |a: INT, b: Decimal| Decimal::from(a).min(b))
        .register_fn("min", |a: Decimal, b: INT| a.min(b.into()))
        .register_fn("max", |a: Decimal, b: Decimal| a.max(b))
        .register_fn("max", |a: INT, b: Decimal| Decimal::from(a).max(b))
        .register_fn("max", |a: Decimal, b: INT| a.max(b.into()));
    for name in ["+", "-", "*", "/", "%", "**", "min", "max"] {
        engine
            .register_fn(name, |a: Unknown, _: Dynamic| a)
            .register_fn(name, |_: Dynamic, b: Unknown| b)
            .register_fn(name, |a: Unknown, _: Unknown| a);
    }
    engine.register_fn("!", |a: Unknown| a).register_fn("-", |a: Unknown| a);
    engine.register_fn("round", |a: Unknown| a).register_fn("round", |a: Unknown, _: INT| a);
    for (name, wanted) in [
        ("==", Wanted::Same),
        ("!=", Wanted::Different),
        ("<", Wanted::Less),
        ("<=", Wanted::LessOrSame),
        (">", Wanted::More),
        (">=", Wanted::MoreOrSame),
    ] {
        // The usual kinds, found at once.
        engine
            .register_fn(name, move |a: INT, b: INT| wanted.holds(a.cmp(&b)))
            .register_fn(name, move |a: Decimal, b: Decimal| wanted.holds(a.cmp(&b)))
            .register_fn(name, move |a: INT, b: Decimal| wanted.holds(Decimal::from(a).cmp(&b)))
            .register_fn(name, move |a: Decimal, b: INT| wanted.holds(a.cmp(&b.into())))
            .register_fn(name, move |a: Day, b: Day| wanted.holds(a.cmp(&b)));
        // Reached only when no version for the two kinds is registered more exactly.
        engine.register_fn(name, move |a: Dynamic, b: Dynamic| compare(&a, &b, wanted));
    }
}

fn divide(a: Decimal, b: Decimal) -> Answer<Decimal> {
    if b.is_zero() {
        return Err(Fault::new(
            "division_by_zero",
            ("Division med noll.", "Division by zero."),
            (
                "Använd share(del, helhet), som svarar okänt när helheten är noll.",
                "Use share(part, whole), which answers unknown when the whole is zero.",
            ),
        )
        .into());
    }
    a.checked_div(b).map(|quotient| quotient.normalize()).ok_or_else(|| super::too_large().into())
}

fn whole_division() -> Fault {
    Fault::new(
        "whole_division",
        ("/= på ett heltal skulle tappa decimalerna.", "/= on a whole number would lose the decimals."),
        ("Skriv x = x / y; då blir svaret ett decimaltal.", "Write x = x / y; the result is then a decimal number."),
    )
}

/// Half away from zero. At most 28 decimals exist, so more of them changes nothing.
fn round(value: Decimal, digits: INT) -> Answer<Decimal> {
    let digits = u32::try_from(digits).map_err(|_| {
        Fault::new(
            "negative_digits",
            ("Antalet decimaler kan inte vara under noll.", "The number of decimals cannot be below zero."),
            ("Skriv round(x) för hela tal och round(x, 2) för ören.", "Write round(x) for whole numbers and round(x, 2) for öre."),
        )
    })?;
    Ok(value.round_dp_with_strategy(digits.min(28), RoundingStrategy::MidpointAwayFromZero))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Same,
    Different,
    Less,
    LessOrSame,
    More,
    MoreOrSame,
}

impl Wanted {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Same => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrSame => order.is_le(),
            Self::More => order.is_gt(),
            Self::MoreOrSame => order.is_ge(),
        }
    }
}

fn compare(a: &Dynamic, b: &Dynamic, wanted: Wanted) -> Answer<Dynamic> {
    for side in [a, b] {
        if let Some(unknown) = side.read_lock::<Unknown>() {
            return Ok(Dynamic::from(unknown.clone()));
        }
    }
    if let (Some(a), Some(b)) = (decimal(a), decimal(b)) {
        return Ok(wanted.holds(a.cmp(&b)).into());
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Day>(), b.read_lock::<Day>()) {
        return Ok(wanted.holds(a.cmp(&b)).into());
    }
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return Ok(wanted.holds(a.as_str().cmp(b.as_str())).into());
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(wanted.holds(a.cmp(&b)).into());
    }
    let (left, right) = (kind(a.type_name()), kind(b.type_name()));
    Err(Fault::new(
        "different_kinds",
        (
            format!("Olika slags värden går inte att jämföra ({left} och {right})."),
            format!("Values of different kinds cannot be compared ({left} and {right})."),
        ),
        ("Jämför tal med tal, datum med datum och text med text.", "Compare numbers with numbers, dates with dates and texts with texts."),
    )
    .into())
}

fn decimal(value: &Dynamic) -> Option<Decimal> {
    value.read_lock::<Decimal>().map(|number| *number).or_else(|| value.read_lock::<INT>().map(|number| Decimal::from(*number)))
}
