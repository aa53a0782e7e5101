//! `bifall round`: a pot that a period's cases share.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;
use uuid::Uuid;

use super::arguments::Asked;
use super::instance::{Instance, staff};
use super::out;
use crate::services::cases::list;
use crate::services::rounds;
use crate::store::allocations::AllocationRow;
use crate::text::number;

/// Shares the pot of a grant type's period over its cases by the rules (allocate in rules.rhai). Sharing settles nothing: it is
/// done again as often as wanted, and one sharing is then locked. Each case gets its part, and can be decided.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Shares the pot and shows what each case would get.
    Share(Share),
    /// Locks a sharing: it is what the cases get.
    Lock(Lock),
    /// Lists a period's sharings.
    List(Share),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bifall round share --grant foreningsstod --period 2026 --as \"Dag Holm\"
  bifall round list --grant foreningsstod --period 2026 --as \"Dag Holm\"")]
struct Share {
    /// The grant type
    #[arg(long, value_name = "ID")]
    grant: String,
    /// The period
    #[arg(long, value_name = "ID")]
    period: String,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall round lock 019c0f6e-1d2a-7c1e-9a55-0d5a3f4c2b11 --as \"Dag Holm\"")]
struct Lock {
    /// The sharing, as share and list name it
    #[arg(value_name = "SHARING")]
    id: Uuid,
    /// Who locks it: an administrator
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
}

/// Runs the command.
///
/// # Errors
/// When cases are not finally calculated, the round is locked, a case has changed since, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Share(wanted) => share(&wanted, instance),
        What::Lock(lock) => {
            let count = instance.with(async |tenant| Ok(rounds::lock(tenant, &staff(tenant, &lock.actor).await?, lock.id).await?))?;
            writeln!(std::io::stdout(), "Fördelningen är låst. {count} ärenden har fått sin del och kan beslutas.")?;
            Ok(ExitCode::SUCCESS)
        }
        What::List(wanted) => listed(&wanted, instance),
    }
}

fn share(wanted: &Share, instance: &Instance) -> anyhow::Result<ExitCode> {
    let (shared, lines) = instance.with(async |tenant| {
        let actor = staff(tenant, &wanted.asked.actor).await?;
        let shared = rounds::share(tenant, &actor, &wanted.grant, &wanted.period).await?;
        let cases: Vec<_> = shared.parts.iter().map(|part| part.case_id).collect();
        Ok((shared, list::some(tenant, &actor, &cases).await?))
    })?;
    let named = |case| lines.iter().find(|line| line.row.standing.case_id == case);
    if wanted.asked.json {
        let part = |part: &crate::store::allocations::PartRow| {
            let number = named(part.case_id).map(|line| line.row.number.as_str());
            json!({ "case": number, "own_ore": part.own_ore, "part_ore": part.part_ore })
        };
        let parts: Vec<_> = shared.parts.iter().map(part).collect();
        out::json(&json!({ "sharing": shared.id, "seq": shared.seq, "rows": shared.rows, "parts": parts, "left_ore": shared.left }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = out::stdout();
    for row in &shared.rows {
        writeln!(out, "{:<60} {:>16}", row.text.sv, number::kronor(row.value))?;
    }
    for part in &shared.parts {
        let what = named(part.case_id).map_or_else(String::new, |line| format!("{} {}", line.row.number, line.applicant));
        writeln!(out, "  {what:<58} {:>16}", number::money(part.part_ore))?;
    }
    let again = if shared.as_before { " Alla får detsamma som vid förra fördelningen." } else { "" };
    writeln!(out, "Fördelning {}, {} ärenden, kvar {}.{again}", shared.seq, shared.parts.len(), number::money(shared.left))?;
    writeln!(out, "Lås den med: bifall round lock {} --as \"{}\"", shared.id, wanted.asked.actor)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn listed(wanted: &Share, instance: &Instance) -> anyhow::Result<ExitCode> {
    let rows = instance.with(async |tenant| {
        let actor = staff(tenant, &wanted.asked.actor).await?;
        Ok(rounds::of_round(tenant, &actor, &wanted.grant, &wanted.period).await?)
    })?;
    out::list(wanted.asked.json, &rows, machine, person, "Potten är inte fördelad än.")?;
    Ok(ExitCode::SUCCESS)
}

fn machine(row: &AllocationRow) -> serde_json::Value {
    json!({ "sharing": row.id, "seq": row.seq, "at": row.at, "left_ore": row.left_ore, "locked_at": row.locked_at })
}

fn person(row: &AllocationRow) -> String {
    let state = if row.locked_at.is_some() { "låst" } else { "inte låst" };
    format!("{}. {} {state}, kvar {}", row.seq, row.id, number::money(row.left_ore))
}
