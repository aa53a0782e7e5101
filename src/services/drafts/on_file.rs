//! Documents an association has handed in before and need not hand in again.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{files, seal, unseal};
use crate::app::Tenant;
use crate::domain::clock::swedish_date;
use crate::domain::id::{FileId, OrganisationId};
use crate::services::{ServiceResult, papers};
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
    let mut all = papers::alone(tx, tenant, organisation).await?;
    for row in drafts::sent_files(tx, organisation).await? {
        all.push(OnFile {
            name: name_of(tenant, row.id, &row.name)?,
            kind: row.field,
            handed_in: swedish_date(row.uploaded_at),
            sha256: row.sha256,
            file: row.file_id,
        });
    }
    // Stable: what came the same day keeps its order.
    all.sort_by_key(|paper| std::cmp::Reverse(paper.handed_in));
    let mut found: Vec<OnFile> = Vec::new();
    for paper in all {
        if !found.iter().any(|known| known.kind == paper.kind && known.sha256 == paper.sha256) {
            found.push(paper);
        }
    }
    Ok(found)
}

/// The name of a file, by the identity of its choice.
pub(in crate::services) fn name_of(tenant: &Tenant, choice: Uuid, sealed: &[u8]) -> ServiceResult<String> {
    unseal(tenant, &files::about_name(choice), sealed)
}

/// A file's name as it is kept.
pub(in crate::services) fn seal_name(tenant: &Tenant, choice: Uuid, name: &str) -> ServiceResult<Vec<u8>> {
    seal(tenant, &files::about_name(choice), &name)
}
