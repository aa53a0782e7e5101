//! `bifall worker`: carries out the steps that are due.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;

use super::instance::Instance;
use super::out;
use crate::app::Tenant;
use crate::pipeline::worker::Worker;
use crate::store::jobs;

/// How often a worker that waits for other workers' jobs looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Carries out what is due: steps of cases, waits that run out, decisions to send, messages. A database file has one
/// worker; a PostgreSQL database may have several, in several processes and on several machines.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall worker
  bifall worker --once --today \"2026-08-26 09:30\"

Exit code 1 when a step failed; bifall show tells which. A worker that is told to stop (SIGTERM) finishes what it does first.")]
pub struct Args {
    /// Stop when nothing is due any more
    #[arg(long)]
    once: bool,
    /// How long a step belongs to a worker that has died before another takes it, in seconds (PostgreSQL)
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=3_600))]
    lease: i64,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When another process works on the database file, or the queue cannot be read.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let worker = Worker::start(tenant, &instance.worker_lock()).await?.with_lease(TimeDelta::seconds(args.lease));
        if args.once { once(&worker, tenant, &args).await } else { until_stopped(&worker, tenant).await }
    })
}

async fn once(worker: &Worker, tenant: &Tenant, args: &Args) -> anyhow::Result<ExitCode> {
    let progress = out::spinner("Arbetar");
    let mut carried = 0;
    loop {
        carried += worker.run_due(tenant).await?;
        let mut tx = tenant.db.read().await?;
        // What is due still belongs to another worker: a living one finishes it, a dead one's lease runs out.
        if jobs::due(&mut tx, tenant.clock.now()).await? == 0 {
            break;
        }
        drop(tx);
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    progress.finish_and_clear();
    let mut tx = tenant.db.read().await?;
    let troubled = jobs::troubled(&mut tx).await?;
    if args.json {
        let troubled: Vec<_> = troubled
            .iter()
            .map(|job| json!({ "case": job.case_id, "kind": job.kind.word(), "step": job.step, "error": job.last_error, "given_up": job.dead_at.is_some() }))
            .collect();
        out::json(&json!({ "carried_out": carried, "troubled": troubled }))?;
    } else {
        let mut out = out::stdout();
        writeln!(out, "{carried} steg utförda.")?;
        for job in &troubled {
            let case = job.case_id.map_or_else(String::new, |case| format!(" i ärende {case}"));
            let fate = if job.dead_at.is_some() { "uppgivet" } else { "försöks igen" };
            writeln!(
                out,
                "Steget {} {}{case} gick inte: {} ({fate})",
                job.kind.word(),
                job.step,
                job.last_error.as_deref().unwrap_or("okänt fel")
            )?;
        }
        out.flush()?;
    }
    Ok(out::verdict(troubled.is_empty()))
}

async fn until_stopped(worker: &Worker, tenant: &Tenant) -> anyhow::Result<ExitCode> {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        // The worker may have stopped by itself; then nobody listens.
        let _ = stop.send(true);
    });
    writeln!(std::io::stderr(), "Arbetar. Stoppa med Ctrl-C.")?;
    worker.run(tenant, stopped).await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or, where there is one, SIGTERM.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
