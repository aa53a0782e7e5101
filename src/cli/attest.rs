//! `bifall attest`: the two attests of a payment.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;

use super::instance::{Instance, staff};
use super::out;
use crate::domain::Money;
use crate::domain::payment::PaymentState;
use crate::services::ServiceError;
use crate::services::payments::views::OrderShown;
use crate::services::payments::{self, views};
use crate::text::number;

/// Attests payments: first the review (granskningsattest), then the payment (beslutsattest), by two persons who did
/// not decide the cases.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall attest --as \"Bo Dahl\" --kind review --all
  bifall attest --as \"Cilla Lind\" --kind payment --all

Exit code 1 when a payment was left out.")]
pub struct Args {
    /// Who attests
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Which attest
    #[arg(long, value_enum)]
    kind: Kind,
    /// Everything that waits for this attest
    #[arg(long, conflicts_with = "cases", required_unless_present = "cases")]
    all: bool,
    /// The cases, by diary number
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Granskningsattest: the payment agrees with its grounds
    Review,
    /// Beslutsattest: it may be paid
    Payment,
}

/// Runs the command.
///
/// # Errors
/// When the actor is not there or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let done = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let mut orders = views::all(tenant, &actor).await?;
        if args.all {
            let waits = match args.kind {
                Kind::Review => PaymentState::Draft,
                Kind::Payment => PaymentState::Reviewed,
            };
            orders.retain(|order| order.state == waits);
        } else {
            if let Some(unknown) = args.cases.iter().find(|number| !orders.iter().any(|order| order.line.number == **number)) {
                return Err(anyhow!("{unknown} har ingen utbetalning att attestera."));
            }
            orders.retain(|order| args.cases.contains(&order.line.number));
        }
        let mut done: Vec<(OrderShown, Result<(), ServiceError>)> = Vec::with_capacity(orders.len());
        for order in orders {
            let result = match args.kind {
                Kind::Review => payments::review(tenant, &actor, order.line.id).await,
                Kind::Payment => payments::attest(tenant, &actor, order.line.id).await,
            };
            done.push((order, result));
        }
        Ok(done)
    })?;
    let attested = done.iter().filter(|(_, result)| result.is_ok());
    let total = Money::sum(attested.clone().map(|(order, _)| order.line.amount_ore)).unwrap_or_default();
    let count = attested.count();
    if args.json {
        let line = |(order, result): &(OrderShown, Result<(), ServiceError>)| {
            json!({
                "order": order.line.id, "number": order.line.number, "amount_ore": order.line.amount_ore,
                "refused": result.as_ref().err().map(out::words),
            })
        };
        out::json(&json!({ "attested": count, "total_ore": total, "orders": done.iter().map(line).collect::<Vec<_>>() }))?;
    } else {
        let mut out = out::stdout();
        for (order, result) in &done {
            let said = result.as_ref().err().map_or_else(|| "attesterad".to_owned(), super::out::words);
            writeln!(out, "{:<16} {:>14}  {}: {said}", order.line.number, number::money(order.line.amount_ore), order.line.payee)?;
        }
        writeln!(out, "{count} av {} attesterade, {}.", done.len(), number::money(total))?;
        out.flush()?;
    }
    Ok(out::verdict(count == done.len()))
}
