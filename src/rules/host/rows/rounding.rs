//! Rounding is a row: what it adds or takes can be seen.

use rhai::{Engine, NativeCallContext};
use rust_decimal::{Decimal, RoundingStrategy};

use super::super::super::errors::Fault;
use super::super::{Answer, Host};
use super::{Draft, amounts, times};
use crate::domain::calculation::RowKind;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_fn("round_to_krona", |context: NativeCallContext| to_decimals(&Host::of(&context)?, 0))
        .register_fn("round_to", |context: NativeCallContext, step: &str| {
            to_multiple(&Host::of(&context)?, "round_to", step, RoundingStrategy::MidpointAwayFromZero)
        })
        .register_fn("round_down_to", |context: NativeCallContext, step: &str| {
            to_multiple(&Host::of(&context)?, "round_down_to", step, RoundingStrategy::ToZero)
        })
        .register_fn("round_up_to", |context: NativeCallContext, step: &str| {
            to_multiple(&Host::of(&context)?, "round_up_to", step, RoundingStrategy::AwayFromZero)
        });
}

/// Rounds the sum half away from zero, by a row that shows the difference.
pub(super) fn to_decimals(host: &Host, decimals: u32) -> Answer<()> {
    let sum = host.sum()?;
    put(host, "round_to_krona", sum.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero) - sum)
}

fn to_multiple(host: &Host, operation: &str, id: &str, strategy: RoundingStrategy) -> Answer<()> {
    let (_, step) = host.number(id)?;
    let sum = host.sum()?;
    let multiple = sum.checked_div(step).filter(|_| step > Decimal::ZERO).ok_or_else(|| {
        Fault::new(
            "bad_rounding_step",
            (format!("Det går inte att avrundas till {step} kr."), format!("There is no rounding to {step} kr.")),
            ("Skriv ett belopp över noll, till exempel 10 eller 100.", "Write an amount above zero, such as 10 or 100."),
        )
    })?;
    put(host, operation, times(multiple.round_dp_with_strategy(0, strategy), step)? - sum)
}

fn put(host: &Host, operation: &str, difference: Decimal) -> Answer<()> {
    if difference.is_zero() {
        return Ok(());
    }
    host.put(operation, "rounding", Draft::amount(RowKind::Rounding, difference), &amounts(difference))
}
