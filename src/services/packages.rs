//! Grant types in the database: the only source at run time.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::grant::GrantKind;
use crate::domain::id::PackageVersionId;
use crate::domain::{Localized, Problem};
use crate::packages::{self, Package};
use crate::store::Tx;
use crate::store::packages::{self as rows, PackageVersionRow, VersionStatus};

/// A version and its compiled package.
pub type Governing = (PackageVersionId, Arc<Package>);

/// What an import of packages did.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Grant types that got a new version.
    pub new: Vec<String>,
    /// Grant types whose newest version is the same already.
    pub unchanged: Vec<String>,
    /// What is wrong; a package with errors is not imported, and its last good version stays active.
    pub problems: Vec<Problem>,
}

/// Imports the packages that come with the service.
///
/// # Errors
/// When the database refuses.
pub async fn import_builtin(tenant: &Tenant) -> ServiceResult<Imported> {
    import(tenant, &Actor::Service, &packages::Files::built_in()).await
}

/// Imports packages from their files. Each package is imported whole or not at all; a version governs the periods
/// that no version governs yet (an application follows the version of its period).
///
/// # Errors
/// When the database refuses.
pub async fn import(tenant: &Tenant, actor: &Actor, files: &packages::Files) -> ServiceResult<Imported> {
    super::actor::authorize(actor, super::actor::Action::Administer)?;
    let around = packages::Surroundings::built_in().with_units(tenant.profile.units().map(|unit| unit.id.as_str()));
    let (loaded, problems) = packages::load(files, &around);
    let mut imported = Imported { problems, ..Imported::default() };
    let mut tx = tenant.db.write().await?;
    for package in loaded {
        let id = package.id.clone();
        if rows::by_hash(&mut tx, &id, &package.hash.hex()).await?.is_some() {
            imported.unchanged.push(id);
            continue;
        }
        let row = PackageVersionRow {
            id: PackageVersionId(tenant.ids.uuid()),
            package_id: id.clone(),
            version: rows::newest(&mut tx, &id).await? + 1,
            status: VersionStatus::Active,
            sha256: package.hash.hex(),
            host: i64::from(packages::HOST),
            archive: package.files.archive(),
            imported_at: tenant.clock.now(),
        };
        rows::insert(&mut tx, &row).await?;
        for period in &package.form.periods {
            if rows::governing(&mut tx, &id, &period.dates.id).await?.is_none() {
                rows::govern(&mut tx, &id, &period.dates.id, row.id, tenant.clock.now()).await?;
            }
        }
        let body = json!({ "package": id, "version": row.version, "sha256": row.sha256, "host": packages::HOST });
        history::record(&mut tx, tenant, Stream::Package(row.id), actor, Event { kind: "package.imported", body, texts: &[] }).await?;
        tenant.packages.put(row.id, Arc::new(package));
        imported.new.push(id);
    }
    tx.commit().await?;
    Ok(imported)
}

/// The version that governs a period of a grant type, compiled.
///
/// # Errors
/// When the database refuses or the stored package cannot be compiled.
pub async fn governing(tx: &mut Tx, tenant: &Tenant, grant_type: &str, period: &str) -> ServiceResult<Option<Governing>> {
    match rows::governing(tx, grant_type, period).await? {
        Some(id) => Ok(Some((id, version(tx, tenant, id).await?))),
        None => Ok(None),
    }
}

/// A version, compiled.
///
/// # Errors
/// When it is not there or cannot be compiled.
pub async fn version(tx: &mut Tx, tenant: &Tenant, id: PackageVersionId) -> ServiceResult<Arc<Package>> {
    if let Some(package) = tenant.packages.get(id) {
        return Ok(package);
    }
    let row = rows::by_id(tx, id).await?;
    let files = packages::Files::from_archive(&row.archive).map_err(anyhow::Error::from)?;
    // What it leans on was there when it was imported; other grant types may have come and gone since.
    let around = packages::Surroundings { looked_at_before: true, ..packages::Surroundings::built_in() };
    let (loaded, problems) = packages::load(&files, &around);
    let package = loaded.into_iter().find(|package| package.id == row.package_id).ok_or(ServiceError::Definition(problems))?;
    let package = Arc::new(package);
    tenant.packages.put(id, package.clone());
    Ok(package)
}

/// The script of a version as it was imported, for those who follow a calculation line by line.
///
/// # Errors
/// When the database refuses or the stored package cannot be unpacked.
pub async fn script(tenant: &Tenant, id: PackageVersionId) -> ServiceResult<String> {
    let mut tx = tenant.db.read().await?;
    let row = rows::by_id(&mut tx, id).await?;
    let files = packages::Files::from_archive(&row.archive).map_err(anyhow::Error::from)?;
    Ok(files.text(&format!("rules/{}/rules.rhai", row.package_id)).unwrap_or_default().to_owned())
}

/// The newest active version of every grant type, compiled.
///
/// # Errors
/// When the database refuses or a stored package cannot be compiled.
pub async fn active(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<Governing>> {
    let mut found = Vec::new();
    for id in rows::active(tx).await? {
        found.push((id, version(tx, tenant, id).await?));
    }
    Ok(found)
}

/// The newest active version of what one applies for: all but reports, which are owed by who was granted something.
///
/// # Errors
/// As [`active`].
pub async fn offered(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<Governing>> {
    let mut found = active(tx, tenant).await?;
    found.retain(|(_, package)| package.form.kind != GrantKind::Report);
    Ok(found)
}

/// The periods of all grant types in words.
#[derive(Clone, Debug, Default)]
pub struct PeriodWords(BTreeMap<String, Arc<Package>>);

impl PeriodWords {
    /// A period of a grant type, `januari–juni 2026`; its id where the rules have forgotten it.
    #[must_use]
    pub fn of(&self, grant_type: &str, id: &str) -> Localized {
        self.0.get(grant_type).map_or_else(|| Localized::sv(id), |package| package.form.period_words(id))
    }

    /// A period that several grant types may have, where one of them knows it.
    #[must_use]
    pub fn any(&self, id: &str) -> Localized {
        let known = self.0.values().find(|package| package.form.period(id).is_some());
        known.map_or_else(|| Localized::sv(id), |package| package.form.period_words(id))
    }
}

/// The periods of all grant types in words.
///
/// # Errors
/// When the database cannot be read.
pub async fn period_words(tenant: &Tenant) -> ServiceResult<PeriodWords> {
    let mut tx = tenant.db.read().await?;
    let known = active(&mut tx, tenant).await?.into_iter().map(|(_, package)| (package.id.clone(), package));
    Ok(PeriodWords(known.collect()))
}

/// What each grant type is called.
///
/// # Errors
/// When the database cannot be read.
pub async fn titles(tenant: &Tenant) -> ServiceResult<BTreeMap<String, Localized>> {
    let mut tx = tenant.db.read().await?;
    Ok(active(&mut tx, tenant).await?.into_iter().map(|(_, package)| (package.id.clone(), package.form.title.clone())).collect())
}
