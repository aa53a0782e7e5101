//! `bifall submit`: hands in an application for an association.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;

use super::instance::Instance;
use super::{answers, organisation, out};
use crate::domain::localized::Language;
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::applications::{Submission, submit};
use crate::services::packages;
use crate::text::number;

/// Hands in an application, or replaces the one handed in before until the last day.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall submit --organisation 802999-9904 --grant aktivitetsstod --period 2026-H1 \\
      --answers svar.toml --signed-by \"Eva Ek\" --key 2026-H1-eva

The answers are written field = value, as in cases.toml, or as a JSON object. The same key again answers with the first receipt.")]
pub struct Args {
    /// The association's organisation number
    #[arg(long, value_name = "NUMBER")]
    organisation: OrganisationNumber,
    /// The grant type
    #[arg(long, value_name = "ID")]
    grant: String,
    /// The activity period
    #[arg(long, value_name = "ID")]
    period: String,
    /// The answers, TOML or JSON
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// Who signed
    #[arg(long, value_name = "NAME")]
    signed_by: String,
    /// A key of the sender's own; the same key never makes two applications
    #[arg(long)]
    key: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the answers must be corrected or the period is not open.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let receipt = instance.with(async |tenant| {
        let actor = organisation::acting(tenant, args.organisation, &args.signed_by).await?;
        let mut tx = tenant.db.read().await?;
        let governing = packages::governing(&mut tx, tenant, &args.grant, &args.period).await?;
        drop(tx);
        let (_, package) = governing.ok_or_else(|| anyhow!("Bidraget {} har ingen period {}.", args.grant, args.period))?;
        let answers = answers::read(&args.answers, &package.form)?;
        let submission = Submission {
            organisation: organisation::find(tenant, args.organisation).await?,
            grant_type: &args.grant,
            period: &args.period,
            answers: &answers,
            signed_by: &args.signed_by,
            idempotency_key: &args.key,
        };
        Ok(submit(tenant, &actor, submission).await?)
    })?;
    if args.json {
        out::json(&receipt)?;
    } else {
        let mut out = out::stdout();
        let replaces = if receipt.replaces { " och ersätter den tidigare" } else { "" };
        writeln!(out, "Ansökan är mottagen{replaces}: {}, {}.", receipt.number, number::moment(receipt.received_at, Language::Sv))?;
        if receipt.late {
            writeln!(out, "Den kom in efter sista ansökningsdag.")?;
        }
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}
