//! `bifall cases`: the list of cases.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;

use super::instance::Instance;
use super::out;
use crate::services::packages;
use crate::store;
use crate::text::number;

/// Lists cases with state and amount, oldest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall cases
  bifall cases --grant aktivitetsstod --period 2026-H1 --json")]
pub struct Args {
    /// Only this grant type
    #[arg(long, value_name = "ID")]
    grant: Option<String>,
    /// Only this period
    #[arg(long, value_name = "ID")]
    period: Option<String>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the database cannot be read.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let rows = instance.with(async |tenant| {
        let mut tx = tenant.db.read().await?;
        let fits = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        let mut rows = Vec::new();
        let mut all = store::cases::all(&mut tx).await?;
        all.retain(|case| fits(&args.grant, &case.grant_type) && fits(&args.period, &case.period));
        all.sort_by_key(|case| (case.received_at, case.id));
        for case in all {
            let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
            let label = package.workflow.state(&case.state).and_then(|state| state.label.clone());
            let label = label.map_or_else(|| case.state.clone(), |label| label.sv);
            let name = store::organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?;
            let number = store::organisations::by_id(&mut tx, case.organisation_id).await?.map(|row| row.number).unwrap_or_default();
            rows.push((case, label, name, number));
        }
        Ok(rows)
    })?;
    if args.json {
        let line = |(case, _, name, organisation): &(store::cases::CaseRow, String, String, String)| {
            json!({
                "case": case.id, "number": case.number, "organisation": organisation, "applicant": name, "grant_type": case.grant_type,
                "period": case.period, "state": case.state, "amount_ore": case.amount_ore,
                "outcome": case.outcome.map(crate::domain::grant::Outcome::word), "closed": case.closed_at.is_some(),
            })
        };
        out::json(&json!({ "cases": rows.iter().map(line).collect::<Vec<_>>() }))?;
    } else {
        let mut out = out::stdout();
        for (case, label, name, _) in &rows {
            let amount = case.amount_ore.map_or_else(String::new, number::money);
            writeln!(out, "{:<16} {:<18} {:<9} {label:<32} {amount:>14}  {name}", case.number, case.grant_type, case.period)?;
        }
        writeln!(out, "{} ärenden.", rows.len())?;
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}
