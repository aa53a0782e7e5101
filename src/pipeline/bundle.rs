//! Makes the papers of a meeting that somebody asked for.

use crate::app::Tenant;
use crate::services::ServiceResult;
use crate::services::committee::bundle;
use crate::store::jobs::JobRow;

/// Makes the papers a job names.
///
/// # Errors
/// When they cannot be made now; the job is then tried again.
pub async fn run(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    bundle::make(tenant, job).await
}
