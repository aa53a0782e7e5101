//! `bifall budget`: what may be granted, and what is left.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Asked;
use super::instance::{Instance, staff};
use super::out;
use crate::domain::Money;
use crate::services::budgets::{self, Which};
use crate::store::budgets::BudgetRow;
use crate::text::number;

/// Budgets per grant type, committee and budget year. No decision can grant more than what is left, and a budget cannot be
/// set below what is granted already. A grant type without a budget is not counted.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Sets what may be granted in a year.
    Set(Set),
    /// Lists every budget with what is granted of it.
    List(List),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall budget set --grant aktivitetsstod --committee KFN --year 2026 --amount 4500000 --as \"Dag Holm\"")]
struct Set {
    /// The grant type
    #[arg(long, value_name = "ID")]
    grant: String,
    /// The committee whose money it is, by its code
    #[arg(long, value_name = "CODE")]
    committee: String,
    /// The year of the decisions, not of the activity
    #[arg(long, value_name = "YEAR")]
    year: i64,
    /// Kronor: 4500000 or "4 500 000,50"
    #[arg(long, value_name = "KRONOR", value_parser = super::arguments::kronor)]
    amount: Money,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall budget list --as \"Dag Holm\"")]
struct List {
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
///
/// # Errors
/// When more is granted already, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let (budgets, as_json) = match args.what {
        What::Set(set) => {
            let row = instance.with(async |tenant| {
                let actor = staff(tenant, &set.asked.actor).await?;
                let which = Which { grant_type: &set.grant, unit: &set.committee, year: set.year };
                Ok(budgets::set(tenant, &actor, which, set.amount).await?)
            })?;
            (vec![row], set.asked.json)
        }
        What::List(list) => {
            let rows = instance.with(async |tenant| Ok(budgets::list(tenant, &staff(tenant, &list.asked.actor).await?).await?))?;
            (rows, list.asked.json)
        }
    };
    let nothing = "Ingen budget är satt. Sätt en med: bifall budget set --help";
    out::list(as_json, &budgets, machine, person, nothing)?;
    Ok(ExitCode::SUCCESS)
}

fn person(row: &BudgetRow) -> String {
    let left = row.amount_ore.checked_sub(row.used_ore).unwrap_or_default();
    let [amount, used, left] = [row.amount_ore, row.used_ore, left].map(number::money);
    format!("{} {} {}: {amount}, beviljat {used}, kvar {left}", row.grant_type, row.unit, row.year)
}

fn machine(row: &BudgetRow) -> serde_json::Value {
    json!({
        "grant_type": row.grant_type, "committee": row.unit, "year": row.year, "amount_ore": row.amount_ore,
        "used_ore": row.used_ore,
    })
}
