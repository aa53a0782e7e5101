//! `bifall undo`: takes back a decision that was not sent yet.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;

use super::instance::{Instance, staff};
use super::{out, show};
use crate::services::decisions;
use crate::store;

/// Takes back a decision before it is sent. It stays in the history; the case is ready for decision again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall undo \"KFN 2026/1-3\" --as \"Anna Ek\" --reason \"Fel förening markerad\"")]
pub struct Args {
    /// The case, by diary number or id
    case: String,
    /// Who takes it back: a delegate who might have decided it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no decision, it was sent already, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let (number, decision) = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let mut tx = tenant.db.read().await?;
        let case = show::find(&mut tx, &args.case).await?;
        let decision = store::decisions::standing(&mut tx, case.id).await?;
        drop(tx);
        let decision = decision.ok_or_else(|| anyhow!("{} har inget beslut att ta tillbaka.", case.number))?;
        decisions::undo(tenant, &actor, decision.id, &args.reason).await?;
        Ok((case.number, decision.id))
    })?;
    if args.json {
        out::json(&json!({ "number": number, "decision": decision }))?;
    } else {
        writeln!(std::io::stdout(), "Beslutet i {number} är återtaget. Ärendet är klart för beslut igen.")?;
    }
    Ok(ExitCode::SUCCESS)
}
