//! `bifall verify`: is everything stored whole, and does it agree?

use std::io::Write;
use std::process::ExitCode;

use super::instance::Instance;
use super::out;
use crate::services::verify;

/// Checks the history's chains and seals, every stored file, calculations, decisions, locked snapshots, payments, the
/// diary's series, and that no case stands where nothing will move it. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall verify
  bifall verify --json | jq .wrong

Exit code 1 when something is wrong.")]
pub struct Args {
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the database cannot be read.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let report = instance.with(async |tenant| {
        let progress = out::spinner("Kontrollerar");
        let report = verify::verify(tenant, &|stage| progress.set_message(stage.words())).await;
        progress.finish_and_clear();
        Ok(report?)
    })?;
    if args.json {
        out::json(&report)?;
        return Ok(out::verdict(report.sound()));
    }
    let mut out = out::stdout();
    let history = &report.history;
    let lines = [
        ("Händelser", history.events, format!("i {} kedjor", history.streams)),
        ("Förseglingar", history.seals, String::new()),
        ("Filer", report.files, format!("{} gallrade, {} utan ägare", report.files_disposed, report.files_orphaned)),
        ("Låsta underlag", report.snapshots, String::new()),
        ("Beräkningar", report.calculations, format!("{} med gallrat underlag", report.calculations_disposed)),
        ("Beslut", report.decisions, String::new()),
        ("Utbetalningar", report.orders, format!("i {} betalningar", report.batches)),
        ("Handlingar i diariet", report.documents, String::new()),
        ("Ärenden", report.cases, String::new()),
        ("Meddelanden", report.messages, String::new()),
    ];
    for (what, count, more) in &lines {
        writeln!(out, "  {what:<22}{count:>8}  {more}")?;
    }
    for wrong in &report.wrong {
        writeln!(out, "FEL {}: {} [{}]", wrong.place, wrong.message.sv, wrong.code)?;
    }
    match report.wrong.len() {
        0 => writeln!(out, "Allt är helt och stämmer.")?,
        count => writeln!(out, "{count} fel.")?,
    }
    out.flush()?;
    Ok(super::out::verdict(report.sound()))
}
