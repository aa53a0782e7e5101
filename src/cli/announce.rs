//! `bifall announce`: the announcement of a meeting's minutes, which starts the time for appeal.

use std::io::Write;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;

use super::instance::{Instance, staff};
use super::out;
use crate::services::decisions::meetings;

/// Records when the adjusted minutes were announced and taken down. The time for appeal runs from the announcement,
/// and payments held for it are released when it is over (kommunallagen 13 kap. 5 §).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall announce --committee KFN --held 2026-09-17 --announced 2026-09-22 --removed 2026-10-14 --as \"Dag Holm\"")]
pub struct Args {
    /// The committee's code
    #[arg(long, value_name = "CODE")]
    committee: String,
    /// The day of the meeting
    #[arg(long, value_name = "DATE")]
    held: NaiveDate,
    /// The day the announcement went up
    #[arg(long, value_name = "DATE")]
    announced: NaiveDate,
    /// The day it was taken down
    #[arg(long, value_name = "DATE")]
    removed: NaiveDate,
    /// Who records it: an administrator
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such meeting, the announcement came down too early, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        Ok(meetings::announce(tenant, &actor, &args.committee, args.held, args.announced, args.removed).await?)
    })?;
    let last = crate::domain::calendar::last_day_to_appeal(args.announced);
    if args.json {
        out::json(&json!({ "committee": args.committee, "held_on": args.held, "last_day_to_appeal": last }))?;
    } else {
        writeln!(std::io::stdout(), "Anslaget är antecknat. Sista dag att överklaga är {last}.")?;
    }
    Ok(ExitCode::SUCCESS)
}
