//! Parts of the granted sum that are paid at their own time: advance and remainder, 90 and 10 percent.

use rhai::{Engine, NativeCallContext};
use rust_decimal::{Decimal, RoundingStrategy};

use super::super::super::errors::Fault;
use super::super::super::reads::Hook;
use super::super::super::texts::Placeholder;
use super::super::words::Figure;
use super::super::{Answer, Host, to_money};
use super::{amounts, times};
use crate::domain::calculation::{PaidWhen, PayoutPart};

/// A part before the sum is known.
#[derive(Clone, Debug)]
pub struct Planned {
    id: String,
    /// The share; `None` for what remains.
    share: Option<Decimal>,
    when: PaidWhen,
}

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_fn("payout_share", |context: NativeCallContext, id: &str, percent: &str, when: &str| {
            let host = Host::of(&context)?;
            let (_, share) = host.number(percent)?;
            plan(&host, "payout_share", Planned { id: id.to_owned(), share: Some(share), when: paid_when(when)? })
        })
        .register_fn("payout_rest", |context: NativeCallContext, id: &str, when: &str| {
            plan(&Host::of(&context)?, "payout_rest", Planned { id: id.to_owned(), share: None, when: paid_when(when)? })
        });
}

fn paid_when(when: &str) -> Answer<PaidWhen> {
    match when {
        "decision" => Ok(PaidWhen::Decision),
        "requisition" => Ok(PaidWhen::Requisition),
        "report" => Ok(PaidWhen::Report),
        other => Err(Fault::new(
            super::super::super::vocabulary::UNKNOWN_WORD,
            (format!("”{other}” går inte att välja här."), format!("\"{other}\" cannot be chosen here.")),
            ("Skriv \"decision\", \"requisition\" eller \"report\".", "Write \"decision\", \"requisition\" or \"report\"."),
        )
        .into()),
    }
}

fn plan(host: &Host, operation: &str, part: Planned) -> Answer<()> {
    host.only_in(operation, &[Hook::Calculate])?;
    host.state().planned.push(part);
    Ok(())
}

/// Shares out the total: each share half up to whole öre, what remains to the rest. The parts sum to the total;
/// a part of nothing is not written.
pub(super) fn share_out(host: &Host, total: Decimal) -> Answer<()> {
    let planned = std::mem::take(&mut host.state().planned);
    if planned.is_empty() {
        return Ok(());
    }
    let shares: Vec<Decimal> = planned.iter().filter_map(|part| part.share).collect();
    let whole: Decimal = shares.iter().sum();
    let rests = planned.len() - shares.len();
    if rests > 1 || (rests == 0 && whole != Decimal::ONE) || whole > Decimal::ONE {
        return Err(Fault::new(
            "payout_parts",
            ("Utbetalningens delar blir inte hela summan.", "The parts of the payment do not make the whole sum."),
            (
                "Låt andelarna vara högst 100 procent och skriv payout_rest en gång för resten.",
                "Let the shares be at most 100 percent and write payout_rest once for the rest.",
            ),
        )
        .into());
    }
    let mut left = total;
    let mut parts = Vec::with_capacity(planned.len());
    let last = planned.iter().rposition(|part| part.share.is_none()).unwrap_or(planned.len() - 1);
    let mut given = vec![Decimal::ZERO; planned.len()];
    for (at, part) in planned.iter().enumerate().filter(|(at, _)| *at != last) {
        let share = times(total, part.share.unwrap_or_default())?;
        let rounded = share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).min(left);
        given[at] = rounded;
        left -= rounded;
    }
    given[last] = left;
    for (part, amount) in planned.into_iter().zip(given).filter(|(_, amount)| !amount.is_zero()) {
        let mut figures = amounts(amount);
        figures.push((Placeholder::Quantity, Figure::Kronor(total)));
        figures.extend(part.share.map(|share| (Placeholder::Percent, Figure::Share(share))));
        let text = host.words(&part.id, &figures, false).text;
        parts.push(PayoutPart { id: part.id, text, when: part.when, amount_ore: to_money(amount)? });
    }
    host.state().payouts = parts;
    Ok(())
}
