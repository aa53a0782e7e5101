//! Compiled packages, by immutable version: a convenience that never has to be emptied.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::id::PackageVersionId;
use crate::packages::Package;

/// The packages that were compiled since the start.
#[derive(Clone, Debug, Default)]
pub struct PackageCache(Arc<RwLock<HashMap<PackageVersionId, Arc<Package>>>>);

impl PackageCache {
    /// A compiled version.
    #[must_use]
    pub fn get(&self, id: PackageVersionId) -> Option<Arc<Package>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Keeps a compiled version.
    pub fn put(&self, id: PackageVersionId, package: Arc<Package>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, package);
    }
}
