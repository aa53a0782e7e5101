//! The files of attendance that a case's period was counted from or could have been, for those who handle the case.

use super::half_years;
use super::reports::{self, OwnReport};
use crate::app::Tenant;
use crate::domain::id::{CaseId, ImportId};
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, packages, protection};
use crate::store::Tx;
use crate::store::attendance::{self, ImportRow, SourceKind};
use crate::store::cases::{self, CaseRow};

/// A file that came.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The import.
    pub row: ImportRow,
    /// Whether it was taken in and its source counts for the half-year now.
    pub counts: bool,
    /// Marks that were left out of it.
    pub left_out: u64,
    /// Whether its report is kept from the actor: it names somebody whose data are protected.
    pub reserved: bool,
}

/// The files of a case, the newest first; those that were refused are among them.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see.
pub async fn files(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Vec<CaseFile>> {
    let mut tx = tenant.db.read().await?;
    let (case, package) = opened(&mut tx, tenant, actor, id).await?;
    let mut found = Vec::new();
    for row in of(&mut tx, &package, &case).await? {
        let active = attendance::active_source(&mut tx, row.organisation_id, &row.period).await?;
        let reserved = !protection::may_read(actor) && protection::reserves_import(&mut tx, tenant, &row).await?;
        found.push(CaseFile {
            counts: row.accepted && active == Some(row.source),
            left_out: if reserved { 0 } else { left_out(&row)? },
            reserved,
            row,
        });
    }
    Ok(found)
}

/// The report of a case's file: without names for the staff, and noted where somebody is protected.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see, or the file is not of the case;
/// [`ServiceError::Refused`] when it is reserved.
pub async fn report(tenant: &Tenant, actor: &Actor, id: CaseId, import: ImportId) -> ServiceResult<OwnReport> {
    let mut tx = tenant.db.read().await?;
    let (case, package) = opened(&mut tx, tenant, actor, id).await?;
    let row = attendance::import_by_id(&mut tx, import).await?.ok_or(ServiceError::NotFound)?;
    if row.organisation_id != case.organisation_id || !covers(&package, &case, &row) {
        return Err(ServiceError::NotFound);
    }
    drop(tx);
    reports::report(tenant, actor, import).await
}

/// The imports of a case. The caller has seen that the actor may read it.
pub(in crate::services) async fn of(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Vec<ImportRow>> {
    if !package.form.uses_attendance() {
        return Ok(Vec::new());
    }
    let mut rows = attendance::imports(tx, case.organisation_id).await?;
    rows.retain(|row| covers(package, case, row));
    Ok(rows)
}

async fn opened(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<(CaseRow, std::sync::Arc<Package>)> {
    let case = cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok((case, package))
}

/// Whether a file is of a half-year that the case's period touches. What was entered by hand is no file.
fn covers(package: &Package, case: &CaseRow, row: &ImportRow) -> bool {
    let period = package.form.period(&case.period).filter(|_| package.form.uses_attendance() && row.source != SourceKind::Hand);
    period.is_some_and(|period| half_years(period.covers).contains(&row.period))
}

fn left_out(row: &ImportRow) -> ServiceResult<u64> {
    let report: crate::attendance::report::Report = serde_json::from_slice(&row.report)?;
    Ok(report.receipt.excluded_marks)
}
