//! `bifall import`: takes in an association's attendance file or member list.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;
use serde_json::json;

use super::instance::Instance;
use super::{attendance, organisation, out};
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::attendance::{Received, import};
use crate::services::members;
use crate::store::attendance::SourceKind;

/// Takes in an attendance file (DAK XML 2.1 or 2.2, gzipped or not) or, with --members, a member list (CSV). The file is
/// kept as received, with its report, whether it is accepted or not. The same file may be sent again: what is unchanged
/// stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall import --organisation 802999-9904 narvaro-vt2026.xml.gz
  bifall import --organisation 802999-9904 --members --as-of 2025-12-31 medlemmar.csv

Exit code 0 when the file was accepted, 1 when it was refused, 2 when it could not be taken in.")]
pub struct Args {
    /// The association's organisation number
    #[arg(long, value_name = "NUMBER")]
    organisation: OrganisationNumber,
    /// The file
    file: PathBuf,
    /// The file is a member list with the columns Förnamn, Efternamn and Personnummer
    #[arg(long)]
    members: bool,
    /// The day the member list is of; today when left out
    #[arg(long, value_name = "DATE", requires = "members")]
    as_of: Option<NaiveDate>,
    /// How it came: upload, push or hand
    #[arg(long, default_value = "upload", value_parser = source)]
    source: SourceKind,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let unreadable = || format!("Det går inte att läsa {}", args.file.display());
    let file = File::open(&args.file).with_context(unreadable)?;
    let size = file.metadata().with_context(unreadable)?.len();
    if args.members {
        return list(&args, instance, file);
    }
    let imported = instance.with(async |tenant| {
        let actor = organisation::acting(tenant, args.organisation, "Kommandoraden").await?;
        let id = organisation::find(tenant, args.organisation).await?;
        let progress = out::bytes(size, "Läser filen");
        let bytes = Box::new(progress.wrap_read(file));
        let imported = import(tenant, &actor, Received::new(id, args.source, bytes)).await?;
        progress.finish_and_clear();
        Ok(imported)
    })?;
    if args.json {
        out::json(&json!({
            "import": imported.id, "no": imported.no, "written": imported.written, "unchanged": imported.unchanged,
            "withdrawn": imported.withdrawn, "report": attendance::machine(&imported.report),
        }))?;
    } else {
        let mut out = out::stdout();
        attendance::human(&mut out, &args.file, &imported.report)?;
        if imported.report.accepted {
            writeln!(out)?;
            writeln!(
                out,
                "Sammankomster: {} nya eller ändrade, {} oförändrade, {} borttagna.",
                imported.written, imported.unchanged, imported.withdrawn
            )?;
        }
        out.flush()?;
    }
    Ok(out::verdict(imported.report.accepted))
}

fn list(args: &Args, instance: &Instance, file: File) -> anyhow::Result<ExitCode> {
    let imported = instance.with(async |tenant| {
        let actor = organisation::acting(tenant, args.organisation, "Kommandoraden").await?;
        let id = organisation::find(tenant, args.organisation).await?;
        let as_of = args.as_of.unwrap_or_else(|| tenant.clock.today());
        Ok(members::import(tenant, &actor, members::Received { organisation: id, as_of, bytes: Box::new(file) }).await?)
    })?;
    let report = &imported.report;
    if args.json {
        out::json(&json!({
            "import": imported.id, "accepted": report.accepted, "members": report.members,
            "findings": report.findings.iter().map(attendance::line).collect::<Vec<_>>(), "findings_left_out": report.findings_left_out,
        }))?;
    } else {
        let mut out = out::stdout();
        attendance::list(&mut out, &args.file, report)?;
        out.flush()?;
    }
    Ok(out::verdict(report.accepted))
}

fn source(word: &str) -> Result<SourceKind, String> {
    SourceKind::from_word(word).ok_or_else(|| "skriv upload, push eller hand".to_owned())
}
