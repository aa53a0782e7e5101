//! `bifall payout`: payment files of everything attested.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use serde_json::json;

use super::instance::{Instance, staff};
use super::out;
use crate::app::Tenant;
use crate::services::payments::{self, Channel, views};
use crate::store::payments::{self as rows, BatchRow, PaymentFileRow};
use crate::text::number;

/// Puts everything attested that nothing holds into a batch and writes its files. A batch leaves once; its files can
/// be written again, and are then compared with what was made the first time, to the byte.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall payout --as \"Cilla Lind\" --channel bank --on 2026-09-04 --out betalfiler
  bifall payout --again UTB-2026-000001 --out betalfiler

Exit code 1 when a file made again differs.")]
pub struct Args {
    /// Who makes the files: somebody who may attest
    #[arg(long = "as", value_name = "NAME", required_unless_present = "again")]
    actor: Option<String>,
    /// Which way they leave: bank (pain.001 and SIE 4I), ledger or manual
    #[arg(long, default_value = "bank", value_parser = channel)]
    channel: Channel,
    /// The day the bank is to pay; the next bank day when left out
    #[arg(long, value_name = "DATE", conflicts_with = "again")]
    on: Option<NaiveDate>,
    /// The folder that the files are written to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write the files of an earlier batch again
    #[arg(long, value_name = "BATCH", conflicts_with = "actor")]
    again: Option<String>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// A batch with its files, and those that came out otherwise when made again.
struct Written {
    batch: BatchRow,
    files: Vec<PaymentFileRow>,
    different: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// When the actor may not, a payment cannot be made, or a file cannot be written.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let (written, last) = instance.with(async |tenant| {
        let written = match &args.again {
            Some(number) => Some(again(tenant, number).await?),
            None => new(tenant, &args).await?,
        };
        let mut tx = tenant.db.read().await?;
        Ok((written, views::batches(&mut tx).await?.into_iter().next()))
    })?;
    if let Some(written) = &written {
        write_all(&args.out, &written.files)?;
    }
    if args.json {
        machine(&args, written.as_ref())?
    } else {
        human(&args, written.as_ref(), last.as_ref())?
    }
    Ok(out::verdict(written.is_none_or(|written| written.different.is_empty())))
}

async fn new(tenant: &Tenant, args: &Args) -> anyhow::Result<Option<Written>> {
    let actor = staff(tenant, args.actor.as_deref().unwrap_or_default()).await?;
    let Some(id) = payments::build(tenant, &actor, args.channel, args.on).await? else { return Ok(None) };
    let mut tx = tenant.db.read().await?;
    let batch = rows::batch_by_id(&mut tx, id).await?.ok_or_else(|| anyhow!("betalningen finns inte"))?;
    Ok(Some(Written { batch, files: rows::files(&mut tx, id).await?, different: Vec::new() }))
}

async fn again(tenant: &Tenant, number: &str) -> anyhow::Result<Written> {
    let mut tx = tenant.db.read().await?;
    let batch = views::batches(&mut tx).await?.into_iter().find(|batch| batch.number == number);
    let batch = batch.ok_or_else(|| anyhow!("Det finns ingen betalning med numret {number}."))?;
    let files = rows::files(&mut tx, batch.id).await?;
    let made = payments::regenerate(&mut tx, tenant, batch.id).await?;
    let same = |file: &PaymentFileRow| made.iter().any(|made| made.kind == file.kind && made.bytes == file.bytes);
    let different = files.iter().filter(|file| !same(file)).map(|file| file.name.clone()).collect();
    Ok(Written { batch, files, different })
}

/// Whole files or none: each is written beside its place and then moved there.
fn write_all(folder: &Path, files: &[PaymentFileRow]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("Det går inte att skapa {}", folder.display()))?;
    for file in files {
        let path = folder.join(&file.name);
        write(&path, &file.bytes).with_context(|| format!("Det går inte att skriva {}", path.display()))?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_added_extension("part");
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, path)
}

fn machine(args: &Args, written: Option<&Written>) -> anyhow::Result<()> {
    let Some(written) = written else { return out::json(&json!({ "batch": null })) };
    let batch = &written.batch;
    let files: Vec<_> = written
        .files
        .iter()
        .map(|file| json!({ "kind": file.kind.word(), "path": args.out.join(&file.name), "sha256": file.sha256 }))
        .collect();
    out::json(&json!({
        "batch": batch.number, "channel": batch.channel, "execution_on": batch.execution_on, "orders": batch.orders,
        "total_ore": batch.total_ore, "files": files, "different": written.different,
    }))
}

fn human(args: &Args, written: Option<&Written>, last: Option<&BatchRow>) -> anyhow::Result<()> {
    let mut out = out::stdout();
    match (written, last) {
        (Some(written), _) => {
            let batch = &written.batch;
            writeln!(
                out,
                "{}: {} utbetalningar, {}, betalas {}.",
                batch.number,
                batch.orders,
                number::money(batch.total_ore),
                batch.execution_on
            )?;
            for file in &written.files {
                writeln!(out, "  {}", args.out.join(&file.name).display())?;
            }
            for name in &written.different {
                writeln!(out, "  {name} blir en annan fil när den görs om. Den först gjorda är skriven.")?;
            }
        }
        (None, Some(last)) => writeln!(
            out,
            "Inget attesterat att betala ut. Den senaste betalningen är {0}; skriv dess filer igen med --again {0}.",
            last.number
        )?,
        (None, None) => writeln!(out, "Inget attesterat att betala ut.")?,
    }
    out.flush()?;
    Ok(())
}

fn channel(word: &str) -> Result<Channel, String> {
    Channel::from_word(word).ok_or_else(|| "skriv bank, ledger eller manual".to_owned())
}
