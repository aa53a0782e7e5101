//! Reading a case's documents.

use super::actor::{About, Action, authorize};
use super::history::Stream;
use super::{Actor, ServiceError, ServiceResult, diary, packages, protection};
use crate::app::Tenant;
use crate::domain::id::{CaseId, DocumentId};
use crate::store::{cases, diary as rows, files, organisations};

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

/// A document of a case. One that names somebody protected is read by who has the role, and the reading is noted.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see; [`ServiceError::Refused`] when it is
/// reserved, and after disposal.
pub async fn read(tenant: &Tenant, actor: &Actor, case: CaseId, id: DocumentId) -> ServiceResult<Document> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let row = rows::document_by_id(&mut tx, id).await?.filter(|row| row.case_id == Some(case.id)).ok_or(ServiceError::NotFound)?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let applicant = organisations::by_id(&mut tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let reserved = protection::reserves(&case, applicant.kind, &package, &row);
    if reserved && !protection::may_read(actor) {
        return Err(protection::refusal());
    }
    let file = row.file_id.ok_or(ServiceError::NotFound)?;
    let media_type = files::by_id(&mut tx, file).await?.ok_or(ServiceError::NotFound)?.media_type;
    let bytes = diary::read_file(&mut tx, tenant, file).await?;
    drop(tx);
    if reserved && actor.user().is_some() {
        protection::note_reading(tenant, actor, Stream::Case(case.id), "document", &id.to_string()).await?;
    }
    Ok(Document { no: row.no, ending: ending(&media_type), media_type, bytes })
}

/// The ending of a file's name by its media type.
#[must_use]
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "application/xml" => "xml",
        "application/zip" => "zip",
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
