//! Reading a case's documents.

use super::actor::{Action, authorize};
use super::{Actor, ServiceError, ServiceResult, diary};
use crate::app::Tenant;
use crate::domain::id::{CaseId, DocumentId};
use crate::store::{cases, diary as rows, files};

/// A document's bytes.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its number in the diary case.
    pub no: i64,
    /// Media type as stored.
    pub media_type: String,
    /// The ending of its file name.
    pub ending: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A document of a case.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see; [`ServiceError::Refused`] after disposal.
pub async fn read(tenant: &Tenant, actor: &Actor, case: CaseId, id: DocumentId) -> ServiceResult<Document> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(case.organisation_id))?;
    let row = rows::document_by_id(&mut tx, id).await?.filter(|row| row.case_id == Some(case.id)).ok_or(ServiceError::NotFound)?;
    let file = row.file_id.ok_or(ServiceError::NotFound)?;
    let media_type = files::by_id(&mut tx, file).await?.ok_or(ServiceError::NotFound)?.media_type;
    let bytes = diary::read_file(&mut tx, tenant, file).await?;
    let ending = match media_type.as_str() {
        "application/pdf" => "pdf",
        "application/xml" => "xml",
        text if text.starts_with("text/html") => "html",
        _ => "bin",
    };
    Ok(Document { no: row.no, media_type, ending, bytes })
}
