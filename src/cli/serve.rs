//! `bifall serve`: the pages and, on a database file, the worker in the same process.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

use super::instance::Instance;
use super::stop::asked_to_stop;
use crate::app::Tenant;
use crate::pipeline::worker::Worker;
use crate::web::{Site, Transport};

/// Serves the pages and works through the queue. Log-in by e-legitimation is not there yet: only the public pages answer
/// outside the demonstration.
#[derive(Debug, clap::Args)]
#[group(id = "listening")]
#[command(after_help = "Example:\n  bifall serve --listen 127.0.0.1:8470")]
pub struct Args {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8470", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Visitors come over HTTPS, by a proxy in front
    #[arg(long)]
    pub tls: bool,
}

/// Runs the command.
///
/// # Errors
/// When the address is taken, or another process works on the database file.
pub fn run(args: &Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let worker = Worker::start(tenant, &instance.worker_lock()).await?;
        crate::services::cases::queue::catch_up(tenant).await?;
        until_stopped(Site::new(tenant.clone()), args, worker, tenant).await
    })
}

/// Serves and works until told to stop; what is under way is finished first.
///
/// # Errors
/// When the address is taken or the listener fails.
pub(super) async fn until_stopped(site: Site, args: &Args, worker: Worker, tenant: &Tenant) -> anyhow::Result<ExitCode> {
    let listener = tokio::net::TcpListener::bind(args.listen).await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        // Server and worker may have stopped by themselves; then nobody listens.
        let _ = stop.send(true);
    });
    let working = {
        let (tenant, stopped) = (tenant.clone(), stopped.clone());
        tokio::spawn(async move { worker.run(&tenant, stopped).await })
    };
    writeln!(std::io::stderr(), "Öppna http://{address} i webbläsaren. Stoppa med Ctrl-C.")?;
    let transport = if args.tls { Transport::Tls } else { Transport::Plain };
    crate::web::serve(site, transport, listener, stopped).await?;
    working.await??;
    Ok(ExitCode::SUCCESS)
}
