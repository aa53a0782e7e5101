//! `bifall table`: reference tables of outside figures.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;
use serde_json::json;

use super::arguments::Asked;
use super::instance::{Instance, staff};
use super::out;
use crate::packages::TableDiff;
use crate::services::tables::{self, NewTable};
use crate::store::tables::TableRow;
use crate::text::number;

/// Tables of figures that others decide and rules look up: sums of the sports federation, areas, standard costs, debts. A
/// table is a CSV file with the columns nyckel and värde (key and value); it is kept in versions, each from its first day.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Shows how a table would differ from the one that holds, and keeps nothing.
    Compare(Compare),
    /// Takes in a table as a new version.
    Import(Import),
    /// Lists every version of every table.
    List(List),
}

#[derive(Debug, clap::Args)]
struct Sent {
    /// The table, as rules name it
    #[arg(value_name = "TABLE")]
    id: String,
    /// The CSV file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The first day its figures hold
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall table compare rf_lok rf-2026.csv --from 2026-01-01 --as \"Dag Holm\"")]
struct Compare {
    #[command(flatten)]
    sent: Sent,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall table import rf_lok rf-2026.csv --from 2026-01-01 --source \"Riksidrottsförbundet\" --as \"Dag Holm\"")]
struct Import {
    #[command(flatten)]
    sent: Sent,
    /// Where the figures come from
    #[arg(long, value_name = "TEXT")]
    source: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall table list --as \"Dag Holm\"")]
struct List {
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
///
/// # Errors
/// When something is wrong in the file, or the actor may not.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Compare(Compare { sent }) => {
            let diff = with_table(instance, &sent, "", async |tenant, actor, table| Ok(tables::compare(tenant, actor, table).await?))?;
            told(&sent, None, &diff)
        }
        What::Import(Import { sent, source }) => {
            let taken =
                with_table(instance, &sent, &source, async |tenant, actor, table| Ok(tables::take_in(tenant, actor, table).await?))?;
            told(&sent, Some((taken.new, taken.row.version, taken.row.entries)), &taken.diff)
        }
        What::List(list) => listed(instance, &list),
    }
}

fn with_table<T>(
    instance: &Instance,
    sent: &Sent,
    source: &str,
    work: impl AsyncFnOnce(&crate::app::Tenant, &crate::services::Actor, NewTable<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let file = sent.file.display().to_string();
    let bytes = std::fs::read(&sent.file).with_context(|| format!("Filen {file} gick inte att läsa"))?;
    let table = NewTable { id: &sent.id, valid_from: sent.from, source, file: &file, bytes: &bytes };
    instance.with(async |tenant| work(tenant, &staff(tenant, &sent.asked.actor).await?, table).await)
}

/// Says what changed; `kept` is whether a new version was made, its number and how many figures it has.
fn told(sent: &Sent, kept: Option<(bool, i64, i64)>, diff: &TableDiff) -> anyhow::Result<ExitCode> {
    if sent.asked.json {
        let version = kept.map(|(_, version, _)| version);
        let body = json!({
            "table": sent.id, "version": version, "new": kept.is_some_and(|(new, ..)| new), "added": diff.added,
            "removed": diff.removed, "changed": diff.changed,
        });
        out::json(&body)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = out::stdout();
    match kept {
        None => writeln!(out, "Så skulle {} ändras från {}. Inget är sparat.", sent.id, sent.from)?,
        Some((true, version, entries)) => {
            writeln!(out, "{} har fått version {version}, som gäller från {}: {entries} värden.", sent.id, sent.from)?;
        }
        Some((false, version, _)) => writeln!(out, "{} är som förut: version {version} gäller fortfarande.", sent.id)?,
    }
    for (key, value) in &diff.added {
        writeln!(out, "  + {key}: {}", number::decimal(*value))?;
    }
    for (key, value) in &diff.removed {
        writeln!(out, "  − {key}: {}", number::decimal(*value))?;
    }
    for (key, (before, after)) in &diff.changed {
        writeln!(out, "  ~ {key}: {} → {}", number::decimal(*before), number::decimal(*after))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn listed(instance: &Instance, list: &List) -> anyhow::Result<ExitCode> {
    let rows = instance.with(async |tenant| Ok(tables::list(tenant, &staff(tenant, &list.asked.actor).await?).await?))?;
    let nothing = "Ingen tabell är inläst. Läs in en med: bifall table import --help";
    out::list(list.asked.json, &rows, machine, person, nothing)?;
    Ok(ExitCode::SUCCESS)
}

fn machine(row: &TableRow) -> serde_json::Value {
    json!({
        "table": row.id, "version": row.version, "valid_from": row.valid_from, "source": row.source, "sha256": row.sha256,
        "entries": row.entries, "at": row.at,
    })
}

fn person(row: &TableRow) -> String {
    format!("{} version {}, från {}: {} värden, {}", row.id, row.version, row.valid_from, row.entries, row.source)
}
