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
    Ok(Document { no: row.no, ending: ending(&media_type), media_type, bytes })
}

/// The ending of a file's name by its media type.
#[must_use]
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "application/xml" => "xml",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "text/csv" => "csv",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/vnd.oasis.opendocument.spreadsheet" => "ods",
        text if text.starts_with("text/html") => "html",
        _ => "bin",
    }
}
