//! Reads for pages: imports and their reports.

use crate::app::Tenant;
use crate::attendance::report::Report;
use crate::domain::id::{ImportId, OrganisationId};
use crate::services::actor::{About, Action, authorize};
use crate::services::history::Stream;
use crate::services::{Actor, ServiceError, ServiceResult, protection};
use crate::store::attendance::{self, ImportRow};

/// An import with its report as it stays: masked, without names. Where somebody of hers is protected it is read by who has
/// the role, and the reading is noted: a date of birth and a line of the file tell more than enough.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see; [`ServiceError::Refused`] when it is reserved.
pub async fn report(tenant: &Tenant, actor: &Actor, id: ImportId) -> ServiceResult<(ImportRow, Report)> {
    let mut tx = tenant.db.read().await?;
    let row = attendance::import_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Association(row.organisation_id)))?;
    let reserved = protection::reserves_import(&mut tx, tenant, &row).await?;
    if reserved && !protection::may_read(actor) {
        return Err(protection::refusal());
    }
    drop(tx);
    if reserved && actor.user().is_some() {
        protection::note_reading(tenant, actor, Stream::Organisation(row.organisation_id), "import", &id.to_string()).await?;
    }
    let report = serde_json::from_slice(&row.report)?;
    Ok((row, report))
}

/// An association's imports, newest first; what is reserved comes without its report.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn imports(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<ImportRow>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut rows = attendance::imports(&mut tx, organisation).await?;
    if !protection::may_read(actor) {
        for row in &mut rows {
            if protection::reserves_import(&mut tx, tenant, row).await? {
                row.report.clear();
            }
        }
    }
    Ok(rows)
}
