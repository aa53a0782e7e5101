//! Sends a decision whose time for undoing is over: letter drawn up, registered, case moved on.

use crate::app::Tenant;
use crate::services::{ServiceResult, decisions};
use crate::store::jobs::JobRow;

/// Dispatches the decision a job names.
///
/// # Errors
/// [`crate::services::ServiceError::Stale`] when it was undone or dispatched meanwhile.
pub async fn run(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    decisions::dispatch(tenant, job).await
}
