//! `bifall report-meeting`: reports delegated decisions to a committee's meeting.

use std::io::Write;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;

use super::instance::{Instance, staff};
use super::out;
use crate::services::decisions::{meetings, outcome_words};
use crate::text::number;

/// Reports every delegated decision that was sent and that no meeting has been told of (kommunallagen 6 kap. 40 §).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall report-meeting --committee KFN --held 2026-09-17 --paragraph \"§ 88\" --as \"Dag Holm\"")]
pub struct Args {
    /// The committee's code
    #[arg(long, value_name = "CODE")]
    committee: String,
    /// The day of the meeting
    #[arg(long, value_name = "DATE")]
    held: NaiveDate,
    /// The paragraph of the minutes
    #[arg(long, value_name = "TEXT")]
    paragraph: Option<String>,
    /// Who reports: an administrator
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the actor may not or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let (meeting, list) = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let meeting = meetings::report(tenant, &actor, &args.committee, args.held, args.paragraph.as_deref()).await?;
        let mut tx = tenant.db.read().await?;
        let list = meetings::list(&mut tx, tenant, &meeting).await?;
        Ok((meeting, list))
    })?;
    if args.json {
        let decisions: Vec<_> = list
            .decisions
            .iter()
            .map(|line| json!({
                "number": line.diary_number, "date": line.date, "subject": line.subject, "outcome": line.outcome, "amount_ore": line.amount,
            }))
            .collect();
        out::json(
            &json!({ "committee": meeting.committee, "held_on": meeting.held_on, "paragraph": meeting.paragraph, "decisions": decisions }),
        )?;
    } else {
        let mut out = out::stdout();
        for line in &list.decisions {
            let amount = line.amount.map_or_else(String::new, number::money);
            writeln!(out, "{:<16} {}  {:<14} {amount:>14}  {}", line.diary_number, line.date, outcome_words(line.outcome), line.subject)?;
        }
        writeln!(out, "{} beslut anmälda till {} den {}.", list.decisions.len(), meeting.committee, meeting.held_on)?;
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}
