//! Wiring: what a municipality's instance is made of.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;

use crate::domain::clock::{SystemClock, SystemIds};
use crate::domain::{Clock, Ids};
use crate::integrations::population::{Embedded, PopulationRegister};
use crate::store::Db;

pub mod cache;
pub mod files;
pub mod keys;
pub mod profile;

use files::Files;
use keys::Keys;
use profile::Profile;

/// One municipality: her own database, keys, files and clock. Services take it; there are no globals.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Who she is.
    pub profile: Arc<Profile>,
    /// Her database.
    pub db: Db,
    /// Her keys.
    pub keys: Keys,
    /// Her files.
    pub files: Files,
    /// Product time.
    pub clock: Arc<dyn Clock>,
    /// New identities.
    pub ids: Arc<dyn Ids>,
    /// Compiled packages, by immutable version.
    pub packages: cache::PackageCache,
    /// The population register.
    pub population: Arc<dyn PopulationRegister>,
}

/// Where an instance lies.
#[derive(Clone, Debug)]
pub struct Location {
    /// Folder of keys, files and, by default, the database.
    pub data: PathBuf,
    /// Database URL; a file in the data folder when `None`.
    pub database: Option<String>,
}

impl Location {
    /// The database's URL.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("bifall.db").display()))
    }
}

impl Tenant {
    /// Opens an instance, making what is not there yet.
    ///
    /// # Errors
    /// When folder, keys, profile or database cannot be opened.
    pub async fn open(location: &Location, clock: Option<Arc<dyn Clock>>) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&location.data).with_context(|| format!("cannot make {}", location.data.display()))?;
        let profile = Profile::load(&location.data.join("bifall.toml"))?;
        let keys = Keys::load_or_create(&location.data.join("master.key"))?;
        let files = Files::open(&location.data.join("files")).context("cannot open the folder of files")?;
        let db = Db::open(&location.database_url()).await.context("cannot open the database")?;
        Ok(Self {
            profile: Arc::new(profile),
            population: Arc::new(Embedded(db.clone())),
            db,
            keys,
            files,
            clock: clock.unwrap_or_else(|| Arc::new(SystemClock)),
            ids: Arc::new(SystemIds),
            packages: cache::PackageCache::default(),
        })
    }

    /// The same instance with another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }
}
