//! `bifall init`: an instance with the grant types that come with the service.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;

use super::instance::Instance;
use super::out;
use crate::services::packages;

/// Makes an instance: folder, key, database and the built-in grant types. What is there stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall init --data /srv/bifall
  bifall init --data /srv/bifall --database postgres://bifall@localhost/bifall

The municipality's settings are read from bifall.toml in the folder; without it the example municipality is used.
Keep a copy of master.key somewhere else: without it the stored files cannot be read.")]
pub struct Args {
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the instance cannot be made.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let location = instance.location();
    let (imported, name, engine) = instance.with_new(async |tenant| {
        let progress = out::spinner("Läser in bidragen");
        let imported = packages::import_builtin(tenant).await?;
        progress.finish_and_clear();
        Ok((imported, tenant.profile.name.clone(), tenant.db.engine()))
    })?;
    let sound = !imported.problems.iter().any(crate::domain::Problem::is_error);
    if args.json {
        let problems: Vec<String> = imported.problems.iter().map(out::problem).collect();
        out::json(&json!({
            "municipality": name, "database": engine, "new": imported.new, "unchanged": imported.unchanged, "problems": problems,
        }))?;
    } else {
        let mut out = out::stdout();
        writeln!(out, "Instansen finns i {} ({engine}), för {name}.", location.data.display())?;
        if !imported.new.is_empty() {
            writeln!(out, "Bidrag: {}", imported.new.join(", "))?;
        }
        for problem in &imported.problems {
            writeln!(out, "{}", super::out::problem(problem))?;
        }
        if !location.data.join("bifall.toml").exists() {
            writeln!(out, "Här finns ingen bifall.toml: exempelkommunens inställningar gäller.")?;
        }
        out.flush()?;
    }
    Ok(out::verdict(sound))
}
