//! How associations stand, and what they owe.

use std::io::Write;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::cli::instance::{Instance, staff};
use crate::cli::out;
use crate::domain::Money;
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::Actor;
use crate::services::standing::{self, NewStatus};
use crate::store::standing::Status;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation status 802999-9904 bankruptcy --from 2026-09-03 --source 'Post- och Inrikes Tidningar' --as Dag")]
pub(super) struct Enter {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// How it stands: active, dormant, liquidation, bankruptcy or dissolved. The last three hold payments
    #[arg(value_name = "STATUS", value_parser = status)]
    status: Status,
    /// From which day; today when left out
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// From where it is known
    #[arg(long, value_name = "TEXT")]
    source: String,
    /// Who enters it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation debt 802999-9904 1500 --reason 'Återkrav KFN 2025/9' --as Bo")]
pub(super) struct Owe {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// How much, in kronor
    #[arg(value_name = "AMOUNT", value_parser = crate::cli::arguments::kronor)]
    amount: Money,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who enters it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation reduce-debt 0199f2a0-6c1e-7b7a-9c0e-0d9a3f6d2f11 500 --reason 'Betalt till bankgiro' --as Bo")]
pub(super) struct Reduce {
    /// The debt's id: see bifall organisation debts
    #[arg(value_name = "ID")]
    debt: Uuid,
    /// How much of it, in kronor
    #[arg(value_name = "AMOUNT", value_parser = crate::cli::arguments::kronor)]
    amount: Money,
    /// How it was paid, or why it is written off
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who enters it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation debts 802999-9904 --json")]
pub(super) struct List {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

pub(super) fn enter(args: &Enter, instance: &Instance) -> anyhow::Result<ExitCode> {
    let from = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let id = super::find(tenant, args.number).await?;
        let from = args.from.unwrap_or_else(|| tenant.clock.today());
        standing::set_status(tenant, &actor, id, &NewStatus { status: args.status, from, source: &args.source }).await?;
        Ok(from)
    })?;
    let holds = matches!(args.status, Status::Liquidation | Status::Bankruptcy | Status::Dissolved);
    let told = if holds { " Utbetalningar till föreningen hålls inne." } else { "" };
    writeln!(std::io::stdout(), "{} gäller från {from}.{told}", words(args.status))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn owe(args: &Owe, instance: &Instance) -> anyhow::Result<ExitCode> {
    let debt = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let id = super::find(tenant, args.number).await?;
        Ok(standing::enter_debt(tenant, &actor, id, args.amount, &args.reason).await?)
    })?;
    if args.json {
        out::json(&json!({ "debt": debt, "amount_ore": args.amount }))?;
    } else {
        writeln!(std::io::stdout(), "Skulden på {} kr är inlagd ({debt}). Den dras av på kommande utbetalningar.", args.amount)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn reduce(args: &Reduce, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        Ok(standing::reduce_debt(tenant, &actor, args.debt, args.amount, &args.reason).await?)
    })?;
    writeln!(std::io::stdout(), "Skulden är minskad med {} kr.", args.amount)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn list(args: &List, instance: &Instance) -> anyhow::Result<ExitCode> {
    let debts = instance.with(async |tenant| {
        let id = super::find(tenant, args.number).await?;
        Ok(standing::debts(tenant, &Actor::Service, id).await?)
    })?;
    if args.json {
        let line = |debt: &crate::store::standing::DebtRow| json!({ "debt": debt.id, "reason": debt.reason, "amount_ore": debt.amount_ore, "remaining_ore": debt.remaining_ore });
        out::json(&json!({ "debts": debts.iter().map(line).collect::<Vec<_>>() }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = out::stdout();
    if debts.is_empty() {
        writeln!(out, "Föreningen har inga skulder. Lägg in en med: bifall organisation debt {} BELOPP --reason …", args.number)?;
    }
    for debt in debts {
        writeln!(out, "{}  {} av {} kr kvar  {}", debt.id, debt.remaining_ore, debt.amount_ore, debt.reason)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn status(word: &str) -> Result<Status, String> {
    Status::from_word(word).ok_or_else(|| "skriv active, dormant, liquidation, bankruptcy eller dissolved".to_owned())
}

const fn words(status: Status) -> &'static str {
    match status {
        Status::Active => "Aktiv",
        Status::Dormant => "Vilande",
        Status::Liquidation => "Likvidation",
        Status::Bankruptcy => "Konkurs",
        Status::Dissolved => "Upplöst",
    }
}
