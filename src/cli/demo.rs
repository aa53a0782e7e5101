//! `bifall demo`: a lifelike municipality, ready to click.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::instance::Instance;
use super::{out, serve};
use crate::demo;
use crate::pipeline::worker::Worker;
use crate::web::Site;

/// Makes a lifelike municipality on an embedded database, drives its cases through the pipeline and serves the pages.
/// The time is 20 August 2026; the bar at the top of every page moves it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall demo
  bifall --data my-demo demo --fresh

Everything lies in the data folder (data/demo when --data is left out); --fresh begins again.")]
pub struct Args {
    #[command(flatten)]
    serve: serve::Args,
    /// Throw away an earlier demo in the folder and begin again
    #[arg(long)]
    fresh: bool,
    /// Make the municipality and stop, without serving
    #[arg(long)]
    seed_only: bool,
}

/// Runs the command.
///
/// # Errors
/// When the folder cannot be used, the seed stops half way, or the address is taken.
pub fn run(args: &Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let instance = instance.clone().for_demo();
    if args.fresh {
        instance.throw_away_demo()?;
    }
    instance.mark_as_demo()?;
    instance.with_new(async |tenant| {
        let progress = out::spinner("Gör en kommun med föreningar, närvaro och ärenden");
        let mut tenant = tenant.clone();
        // Links in its mails lead to where it is served.
        Arc::make_mut(&mut tenant.profile).base_url = format!("http://{}", args.serve.listen);
        let demo = demo::open(tenant.clone()).await?;
        progress.finish_and_clear();
        let made = &demo.seeded;
        writeln!(
            std::io::stderr(),
            "{} är klar: {} föreningar, {} ärenden, {} närvarofiler.",
            tenant.profile.name,
            made.associations,
            made.cases,
            made.files
        )?;
        if args.seed_only {
            return Ok(ExitCode::SUCCESS);
        }
        let worker = Worker::start(&demo.tenant, &instance.worker_lock()).await?;
        let mut site = Site::new(demo.tenant.clone());
        site.demo = Some(demo.clock);
        serve::until_stopped(site, &args.serve, worker, &demo.tenant).await
    })
}
