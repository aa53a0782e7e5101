//! Documents an association has handed in before and need not hand in again.

use chrono::NaiveDate;

use super::{files, unseal};
use crate::app::Tenant;
use crate::domain::clock::swedish_date;
use crate::domain::id::{FileId, OrganisationId};
use crate::services::ServiceResult;
use crate::store::{Tx, drafts};

/// A document on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnFile {
    /// What it was handed in as: the id of the question.
    pub kind: String,
    /// The name it had.
    pub name: String,
    /// When it was handed in.
    pub handed_in: NaiveDate,
    /// Hash of its bytes.
    pub sha256: String,
    /// The stored file.
    pub file: FileId,
}

/// What an association has on file, the newest first, each document once.
pub(super) async fn papers(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<OnFile>> {
    let mut found: Vec<OnFile> = Vec::new();
    for row in drafts::sent_files(tx, organisation).await? {
        if found.iter().any(|paper| paper.kind == row.field && paper.sha256 == row.sha256) {
            continue;
        }
        found.push(OnFile {
            name: unseal(tenant, &files::about_name(row.id), &row.name)?,
            kind: row.field,
            handed_in: swedish_date(row.uploaded_at),
            sha256: row.sha256,
            file: row.file_id,
        });
    }
    Ok(found)
}
