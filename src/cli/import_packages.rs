//! `bifall import-packages`: grant types from a folder or zip into the database.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;

use super::instance::Instance;
use super::{check, out};
use crate::services::{Actor, packages};

/// Imports grant types. Each is imported whole or not at all; a new version governs the periods that no version
/// governs yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall import-packages mitt-bidrag.zip

Exit code 1 when a grant type has errors; bifall check tells more.")]
pub struct Args {
    /// A folder or zip file that holds forms/, rules/ and workflows/
    #[arg(value_name = "DIR|ZIP")]
    path: PathBuf,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the folder cannot be read or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let files = check::read_files(&args.path)?;
    let imported = instance.with(async |tenant| Ok(packages::import(tenant, &Actor::Service, &files).await?))?;
    let problems: Vec<String> = imported.problems.iter().map(out::problem).collect();
    if args.json {
        out::json(&json!({ "new": imported.new, "unchanged": imported.unchanged, "problems": problems }))?;
    } else {
        let mut out = out::stdout();
        for (word, ids) in [("Nya versioner", &imported.new), ("Oförändrade", &imported.unchanged)] {
            if !ids.is_empty() {
                writeln!(out, "{word}: {}", ids.join(", "))?;
            }
        }
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
        out.flush()?;
    }
    let found_any = !(imported.new.is_empty() && imported.unchanged.is_empty());
    Ok(out::verdict(found_any && !imported.problems.iter().any(crate::domain::Problem::is_error)))
}
