//! Reads for pages: imports and their reports.

use crate::app::Tenant;
use crate::attendance::report::Report;
use crate::domain::id::{ImportId, OrganisationId};
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::attendance::{self, ImportRow};

/// An import with its report as it stays: masked, without names.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn report(tenant: &Tenant, actor: &Actor, id: ImportId) -> ServiceResult<(ImportRow, Report)> {
    let mut tx = tenant.db.read().await?;
    let row = attendance::import_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(row.organisation_id))?;
    let report = serde_json::from_slice(&row.report)?;
    Ok((row, report))
}

/// An association's imports, newest first.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn imports(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<ImportRow>> {
    authorize(actor, Action::Read(organisation))?;
    let mut tx = tenant.db.read().await?;
    Ok(attendance::imports(&mut tx, organisation).await?)
}
