//! Which instance a command works on, and on which day.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Europe::Stockholm;

use crate::app::{Location, Tenant};
use crate::domain::Clock;
use crate::domain::clock::{FixedClock, SystemClock};
use crate::services::{Actor, ServiceError};

/// The file that tells a demo's folder from others.
#[cfg(feature = "demo")]
const DEMO_MARK: &str = "DEMO";

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
pub struct Instance {
    /// The folder of keys, files, settings (bifall.toml) and, unless --database says otherwise, the database
    #[arg(long, global = true, env = "BIFALL_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
    /// The database: sqlite:FILE or postgres://…; a file in the data folder when left out
    #[arg(long, global = true, env = "BIFALL_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    /// The day to act on, 2026-08-26, or moment, "2026-08-26 09:30", Swedish time; a day alone means its noon
    #[arg(long, global = true, value_name = "DATE", value_parser = moment)]
    today: Option<DateTime<Utc>>,
}

impl Instance {
    /// Where it lies.
    #[must_use]
    pub fn location(&self) -> Location {
        Location { data: self.data.clone(), database: self.database.clone() }
    }

    /// The clock that `--today` asks for, or the machine's own.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        match self.today {
            Some(moment) => Arc::new(FixedClock(moment)),
            None => Arc::new(SystemClock),
        }
    }

    /// The file that the one worker of a database file locks.
    #[must_use]
    pub fn worker_lock(&self) -> PathBuf {
        self.data.join("worker.lock")
    }

    /// The same, in a folder of the demo's own where none was named, so that it never mixes with an instance in use.
    #[cfg(feature = "demo")]
    #[must_use]
    pub fn for_demo(mut self) -> Self {
        if self.data == std::path::Path::new("data") {
            self.data = self.data.join("demo");
        }
        self
    }

    /// Removes an earlier demo. Only a folder that a demo made is touched.
    ///
    /// # Errors
    /// When the folder holds something else, or cannot be removed.
    #[cfg(feature = "demo")]
    pub fn throw_away_demo(&self) -> anyhow::Result<()> {
        if !self.data.exists() {
            return Ok(());
        }
        if !self.data.join(DEMO_MARK).exists() {
            bail!("Mappen {} är inte gjord av bifall demo och rörs därför inte.", self.data.display());
        }
        if self.database.is_some() {
            bail!("--fresh tar bara bort en demo i en mapp. Töm databasen själv.");
        }
        Ok(std::fs::remove_dir_all(&self.data)?)
    }

    /// Marks the folder as a demo's.
    ///
    /// # Errors
    /// When it cannot be written.
    #[cfg(feature = "demo")]
    pub fn mark_as_demo(&self) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.data)?;
        Ok(std::fs::write(self.data.join(DEMO_MARK), "bifall demo --fresh removes this folder\n")?)
    }

    /// Works on an instance that is there.
    ///
    /// # Errors
    /// When there is none, it cannot be opened, or the work fails.
    pub fn with<T>(&self, work: impl AsyncFnOnce(&Tenant) -> anyhow::Result<T>) -> anyhow::Result<T> {
        // The key comes first when an instance is made: without it there is nothing to open.
        if !self.data.join("master.key").exists() {
            bail!("Det finns ingen instans i mappen {}. Gör en med: bifall init --data {0}", self.data.display());
        }
        self.with_new(work)
    }

    /// Works on an instance, which is made where it is not there.
    ///
    /// # Errors
    /// When it cannot be opened or the work fails.
    pub fn with_new<T>(&self, work: impl AsyncFnOnce(&Tenant) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let tenant = Tenant::open(&self.location(), Some(self.clock())).await?;
            let result = work(&tenant).await;
            tenant.db.close().await;
            result
        })
    }
}

/// Somebody of the staff, by the name that `--as` gives.
///
/// # Errors
/// When there is nobody of that name.
pub async fn staff(tenant: &Tenant, name: &str) -> anyhow::Result<Actor> {
    Actor::staff_named(tenant, name).await.map_err(|error| match error {
        ServiceError::NotFound => {
            anyhow!("Ingen i personalen heter ”{name}”. Lägg till med: bifall staff add ”{name}” --role officer")
        }
        other => other.into(),
    })
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    let local = match text.parse::<NaiveDate>() {
        Ok(day) => NaiveTime::from_hms_opt(12, 0, 0).map(|noon| day.and_time(noon)),
        Err(_) => ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok()),
    };
    local
        .and_then(|local| local.and_local_timezone(Stockholm).earliest())
        .map(|moment| moment.to_utc())
        .ok_or_else(|| "skriv en dag som 2026-08-26 eller ett klockslag som \"2026-08-26 09:30\"".to_owned())
}
