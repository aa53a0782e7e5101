//! `bifall decide`: decides cases as proposed.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;

use super::instance::{Instance, staff};
use super::{out, show};
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::services::decisions::{self, Decided, outcome_words, views};
use crate::store;
use crate::text::number;

/// Decides cases as proposed, each its own decision in the delegate's name. A case that cannot be decided is left out
/// with the reason. Letters and payments wait until the time to undo is over.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall decide --as \"Anna Ek\" --all-ready --grant aktivitetsstod --period 2026-H1
  bifall decide --as \"Anna Ek\" \"KFN 2026/1-3\"

Exit code 1 when a case was left out.")]
pub struct Args {
    /// Who decides: a delegate
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// Every case that is ready for decision
    #[arg(long, conflicts_with = "cases", required_unless_present = "cases")]
    all_ready: bool,
    /// The cases, by diary number or id
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Only this grant type
    #[arg(long, value_name = "ID", requires = "all_ready")]
    grant: Option<String>,
    /// Only this period
    #[arg(long, value_name = "ID", requires = "all_ready")]
    period: Option<String>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// What became of a case, with what a reader wants to know of it.
struct Line {
    number: String,
    applicant: String,
    decided: Decided,
    outcome: Option<&'static str>,
    amount: crate::domain::Money,
}

/// Runs the command.
///
/// # Errors
/// When the actor or a case is not there, or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let lines = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let wanted = wanted(tenant, &args).await?;
        let progress = out::bar(wanted.len(), "Beslutar");
        let mut done = Vec::with_capacity(wanted.len());
        // A batch at a time: each ends with a seal, and the bar has something to show.
        for part in wanted.chunks(50) {
            done.extend(decisions::decide_batch(tenant, &actor, part).await?);
            progress.inc(part.len() as u64);
        }
        progress.finish_and_clear();
        lines(tenant, done).await
    })?;
    let left_out = lines.iter().filter(|line| line.decided.result.is_err()).count();
    if args.json {
        machine(&lines)?
    } else {
        human(&lines)?
    }
    Ok(out::verdict(left_out == 0))
}

async fn wanted(tenant: &Tenant, args: &Args) -> anyhow::Result<Vec<CaseId>> {
    let mut tx = tenant.db.read().await?;
    if !args.all_ready {
        let mut found = Vec::with_capacity(args.cases.len());
        for text in &args.cases {
            found.push(show::find(&mut tx, text).await?.id);
        }
        return Ok(found);
    }
    let fits = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
    let ready = views::ready(&mut tx, tenant).await?;
    let fitting = ready.into_iter().filter(|case| fits(&args.grant, &case.grant_type) && fits(&args.period, &case.period));
    Ok(fitting.map(|case| case.case).collect())
}

async fn lines(tenant: &Tenant, done: Vec<Decided>) -> anyhow::Result<Vec<Line>> {
    let mut tx = tenant.db.read().await?;
    let mut lines = Vec::with_capacity(done.len());
    for decided in done {
        let case = store::cases::by_id(&mut tx, decided.case).await?;
        let Some(case) = case else { continue };
        lines.push(Line {
            applicant: store::organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?,
            outcome: case.outcome.map(outcome_words),
            amount: case.amount_ore.unwrap_or_default(),
            number: case.number,
            decided,
        });
    }
    Ok(lines)
}

fn machine(lines: &[Line]) -> anyhow::Result<()> {
    let (mut decided, mut left_out) = (Vec::new(), Vec::new());
    for line in lines {
        match &line.decided.result {
            Ok(id) => decided.push(json!({
                "case": line.decided.case, "number": line.number, "decision": id, "outcome": line.outcome, "amount_ore": line.amount,
            })),
            Err(error) => left_out.push(json!({ "case": line.decided.case, "number": line.number, "reason": out::words(error) })),
        }
    }
    out::json(&json!({ "decided": decided, "left_out": left_out }))
}

fn human(lines: &[Line]) -> anyhow::Result<()> {
    let mut out = out::stdout();
    for line in lines {
        match &line.decided.result {
            Ok(_) => {
                let outcome = line.outcome.unwrap_or_default();
                writeln!(out, "{:<16} {:<14} {:>14}  {}", line.number, outcome, number::money(line.amount), line.applicant)?;
            }
            Err(error) => writeln!(out, "{:<16} utelämnat: {}", line.number, super::out::words(error))?,
        }
    }
    let decided = lines.iter().filter(|line| line.decided.result.is_ok()).count();
    writeln!(out, "{decided} beslutade, {} utelämnade.", lines.len() - decided)?;
    out.flush()?;
    Ok(())
}
