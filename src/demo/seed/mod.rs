//! The lifelike municipality Exempelstad, seeded through the services at the times things would have happened.

use anyhow::{bail, ensure};

use super::clock::START;
use crate::app::Tenant;
use crate::services::history;
use crate::store::{attendance, cases, organisations, settings};

pub mod cast;
mod culture;
mod reports;
mod scenes;
pub mod stage;

use cast::Cast;
use stage::Stage;

/// The setting that tells how far the seed came.
const PROGRESS: &str = "demo.seed";
const BEGUN: &str = "begun";
const DONE: &str = "done";

/// What the seed made, or found made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeded {
    /// Whether it was seeded before; nothing is then changed.
    pub already: bool,
    /// Associations.
    pub associations: usize,
    /// Cases.
    pub cases: usize,
    /// Attendance files received.
    pub files: usize,
}

/// Seeds a tenant, once.
///
/// # Errors
/// When the tenant holds something else, when an earlier seed stopped half way, or when a service refuses.
pub async fn seed(tenant: &Tenant) -> anyhow::Result<Seeded> {
    if is_done(tenant).await? {
        return count(tenant, true).await;
    }
    begin(tenant).await?;
    let code = tenant.profile.code.clone();
    let cast = tokio::task::spawn_blocking(move || Cast::call(&code)).await??;
    let stage = Stage::with_worker(tenant, "2026-01-07 08:30").await?;
    scenes::winter(&stage, &cast).await?;
    reports::winter(&stage).await?;
    scenes::spring(&stage).await?;
    scenes::summer(&stage, &cast).await?;
    reports::summer(&stage).await?;
    culture::autumn(&stage).await?;
    stage.at(START).await?;
    let mut tx = stage.tenant.db.write().await?;
    history::seal(&mut tx, &stage.tenant).await?;
    settings::set(&mut tx, PROGRESS, DONE).await?;
    tx.commit().await?;
    count(tenant, false).await
}

/// Whether a tenant is seeded.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_done(tenant: &Tenant) -> anyhow::Result<bool> {
    let mut tx = tenant.db.read().await?;
    Ok(settings::get(&mut tx, PROGRESS).await?.as_deref() == Some(DONE))
}

/// The application that comes after the last day: received once the clock has passed [`super::story::LATE`].
///
/// # Errors
/// When a service refuses.
pub async fn seed_late(tenant: &Tenant, moment: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    let code = tenant.profile.code.clone();
    let cast = tokio::task::spawn_blocking(move || Cast::call(&code)).await??;
    scenes::late(&Stage::at_moment(tenant, moment), &cast).await
}

/// Whether the late application has come.
///
/// # Errors
/// When the database cannot be read.
pub async fn late_has_come(tenant: &Tenant) -> anyhow::Result<bool> {
    let mut tx = tenant.db.read().await?;
    Ok(cases::application_by_key(&mut tx, &scenes::late_key()).await?.is_some())
}

async fn begin(tenant: &Tenant) -> anyhow::Result<()> {
    let mut tx = tenant.db.write().await?;
    if settings::get(&mut tx, PROGRESS).await?.as_deref() == Some(BEGUN) {
        bail!("an earlier seed of the demo stopped half way: begin with an empty database");
    }
    ensure!(organisations::all(&mut tx).await?.is_empty(), "the database holds associations already: the demo wants one of its own");
    settings::set(&mut tx, PROGRESS, BEGUN).await?;
    tx.commit().await?;
    Ok(())
}

async fn count(tenant: &Tenant, already: bool) -> anyhow::Result<Seeded> {
    let mut tx = tenant.db.read().await?;
    let organisations = organisations::all(&mut tx).await?;
    let mut files = 0;
    for organisation in &organisations {
        files += attendance::imports(&mut tx, organisation.id).await?.len();
    }
    Ok(Seeded { already, associations: organisations.len(), cases: cases::all(&mut tx).await?.len(), files })
}
