//! Files that come with a message: judged as those of applications are, kept sealed, each a document in the diary.

use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, DocumentId};
use crate::forms::{Accept, AttachmentField};
use crate::packages::Package;
use crate::services::diary::{self, NewDocument};
use crate::services::drafts::on_file;
use crate::services::uploads::{Incoming, safe_name};
use crate::services::{ServiceError, ServiceResult, protection};
use crate::store::cases::CaseRow;
use crate::store::dialogue::{self as rows, MessageFileRow, MessageRow, Side};
use crate::store::diary::Direction;
use crate::store::files::FileRow;
use crate::store::{Tx, organisations};

/// How many files may come with a message.
pub const MOST: usize = 5;
/// How large each may be, in bytes.
pub const MOST_BYTES: u64 = 20_000_000;
/// What kinds of file are taken.
pub const ACCEPT: [Accept; 4] = [Accept::Pdf, Accept::Image, Accept::Document, Accept::Sheet];

/// A file of a message, as a page lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The message.
    pub message: Uuid,
    /// The document in the diary.
    pub document: DocumentId,
    /// The name it had.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
}

/// A file on its way in. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub struct Upload {
    incoming: Incoming,
}

/// A file that is stored and waits for its message.
#[derive(Debug)]
pub struct Attached {
    file: FileRow,
    name: String,
}

impl Upload {
    /// Begins to take in a file after so many others.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when there are as many as a message may have; when the disk refuses.
    pub fn begin(tenant: &Tenant, others: usize) -> ServiceResult<Self> {
        if others >= MOST {
            let message = Localized::both(
                format!("Ett meddelande kan ha högst {MOST} filer. Skicka resten i ett till."),
                format!("A message can have {MOST} files at most. Send the others in another."),
            );
            return Err(ServiceError::invalid("fil", "too_many", message));
        }
        let settings = AttachmentField { accept: ACCEPT.to_vec(), max_bytes: MOST_BYTES, on_file: false, later: false };
        Ok(Self { incoming: Incoming::begin(tenant, "fil", settings)? })
    }

    /// Takes in a piece.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] as soon as it is too large; when the disk refuses.
    pub fn write(&mut self, piece: &[u8]) -> ServiceResult<()> {
        self.incoming.write(piece)
    }

    /// The stored file, if it is of a kind that is taken.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when it is empty or of another kind.
    pub fn finish(self, tenant: &Tenant, name: &str) -> ServiceResult<Attached> {
        Ok(Attached { file: self.incoming.finish(tenant)?, name: safe_name(name) })
    }
}

/// Removes files whose message was not sent.
///
/// # Errors
/// When the disk refuses.
pub fn discard(tenant: &Tenant, files: &[Attached]) -> ServiceResult<()> {
    for attached in files {
        tenant.files.remove(&attached.file.name)?;
    }
    Ok(())
}

/// Registers the files of a message; answers their documents.
pub(super) async fn register(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    message: &MessageRow,
    files: &[Attached],
) -> ServiceResult<Vec<DocumentId>> {
    let party = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
    let mut documents = Vec::with_capacity(files.len());
    for (attached, no) in files.iter().zip(1_i64..) {
        let file = diary::note_file(tx, &attached.file).await?;
        let new = NewDocument {
            diary_case: case.diary_case_id,
            case: Some(case.id),
            direction: match message.side {
                Side::Applicant => Direction::In,
                Side::Municipality => Direction::Out,
            },
            party: Some(&party),
            // Its own name may say too much for the public diary.
            subject: "Bilaga till meddelande",
            masked: protection::masks_party(tx, case).await?,
            document_type: "bilaga",
            file: Some(file),
        };
        let document = diary::register(tx, tenant, &package.form.diary, new).await?;
        let id = tenant.ids.uuid();
        let row = MessageFileRow {
            id,
            message_id: message.id,
            no,
            file_id: file,
            document_id: document,
            name: on_file::seal_name(tenant, id, &attached.name)?,
            size: attached.file.size,
        };
        rows::insert_file(tx, &row).await?;
        documents.push(document);
    }
    Ok(documents)
}

/// The files of a case's messages, in order.
pub(in crate::services) async fn of_case(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<Vec<Attachment>> {
    let mut found = Vec::new();
    for row in rows::files_of_case(tx, case).await? {
        let name = on_file::name_of(tenant, row.id, &row.name)?;
        found.push(Attachment { message: row.message_id, document: row.document_id, name, size: row.size });
    }
    Ok(found)
}

/// What is said where a file did not come whole.
#[must_use]
pub fn broken() -> ServiceError {
    let message = Localized::both("Filen kom inte fram hel. Välj den igen.", "The file did not come whole. Choose it again.");
    ServiceError::invalid("fil", "broken", message)
}
