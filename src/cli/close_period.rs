//! `bifall close-period`: locks a period.

use std::io::Write;
use std::process::ExitCode;

use super::instance::{Instance, staff};
use super::out;
use crate::services::periods;

/// Locks a grant type's period, the day after the last application day at the earliest. Clashes are settled, residence
/// is fixed, and every waiting case goes on to its final calculation. What was locked never changes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall close-period --grant aktivitetsstod --period 2026-H1 --as \"Dag Holm\" --today 2026-08-26")]
pub struct Args {
    /// The grant type
    #[arg(long, value_name = "ID")]
    grant: String,
    /// The activity period
    #[arg(long, value_name = "ID")]
    period: String,
    /// Who closes it: an administrator
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When it is too early, clashes wait for an officer, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let closed = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let progress = out::spinner("Läser periodens närvaro");
        let closed = periods::close(tenant, &actor, &args.grant, &args.period).await;
        progress.finish_and_clear();
        Ok(closed?)
    })?;
    if args.json {
        out::json(&closed)?;
    } else {
        let mut out = out::stdout();
        let state = if closed.already { "var redan stängd" } else { "är stängd" };
        writeln!(out, "{} {} {state}.", args.grant, args.period)?;
        writeln!(
            out,
            "{} föreningar, {} sammankomster, {} markeringar förlorade i krockar, {} ärenden går vidare.",
            closed.associations, closed.occasions, closed.lost, closed.cases
        )?;
        writeln!(out, "Låst underlag: {}", closed.sha256)?;
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}
