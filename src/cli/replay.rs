//! `bifall replay`: calculates decided cases again.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::json;

use super::instance::Instance;
use super::{out, show};
use crate::services::replay::{self, Answer};
use crate::store;

/// Calculates decided cases again, from the locked attendance and with the rules of their version, and compares the
/// results to the byte.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall replay \"KFN 2026/1-3\"
  bifall replay --all

Exit code 1 when a result differs.")]
pub struct Args {
    /// The case, by diary number or id
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    case: Option<String>,
    /// Every decided case
    #[arg(long)]
    all: bool,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a case is not decided or the database cannot be read.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let answers = instance.with(async |tenant| {
        let mut tx = tenant.db.read().await?;
        let decisions = match &args.case {
            Some(text) => {
                let case = show::find(&mut tx, text).await?;
                let decision = store::decisions::standing(&mut tx, case.id).await?;
                vec![decision.ok_or_else(|| anyhow!("{} är inte beslutat.", case.number))?]
            }
            None => store::decisions::all_standing(&mut tx).await?,
        };
        drop(tx);
        let progress = out::bar(decisions.len(), "Räknar om");
        let mut answers = Vec::with_capacity(decisions.len());
        for decision in &decisions {
            answers.push(replay::replay(tenant, decision).await?);
            progress.inc(1);
        }
        progress.finish_and_clear();
        Ok(answers)
    })?;
    let different = answers.iter().filter(|replayed| matches!(replayed.answer, Answer::Different { .. })).count();
    if args.json {
        out::json(&json!({ "replayed": answers.len(), "different": different, "cases": answers }))?;
    } else {
        let mut out = out::stdout();
        for replayed in &answers {
            match &replayed.answer {
                Answer::Same if args.all => {}
                Answer::Same => writeln!(out, "{}: samma resultat", replayed.number)?,
                Answer::Disposed { input_hash } => writeln!(out, "{}: underlag gallrat (indata {input_hash})", replayed.number)?,
                Answer::Different { what } => {
                    let what: Vec<&str> = what.iter().map(|what| what.words()).collect();
                    writeln!(out, "{}: skiljer sig: {}", replayed.number, what.join(", "))?;
                }
            }
        }
        let disposed = answers.iter().filter(|replayed| matches!(replayed.answer, Answer::Disposed { .. })).count();
        let same = answers.len() - different - disposed;
        writeln!(out, "{} beslut omräknade: {same} lika, {different} olika, {disposed} med gallrat underlag.", answers.len())?;
        out.flush()?;
    }
    Ok(out::verdict(different == 0))
}
