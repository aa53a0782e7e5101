//! Files chosen for an answer.

use chrono::{DateTime, Utc};

use super::{about, handed_in, load, may, seal, unseal};
use crate::app::Tenant;
use crate::domain::draft::AnswerSource;
use crate::domain::id::{DraftId, FileId};
use crate::forms::{Entry, Field, FieldKind};
use crate::services::actor::Action;
use crate::services::documents::{Document, ending};
use crate::services::uploads::{Incoming, safe_name};
use crate::services::{Actor, ServiceError, ServiceResult, diary};
use crate::store::drafts::{self, AnswerRow, DraftFileRow};
use crate::store::files::{self, FileRow};
use crate::store::{Tx, drafts as rows};

/// A file chosen for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The question.
    pub field: String,
    /// The name it had.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Hash of its bytes.
    pub sha256: String,
    /// The stored file.
    pub file: FileId,
    /// When it was chosen.
    pub at: DateTime<Utc>,
}

/// A file on its way in. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub struct Upload {
    draft: DraftId,
    field: Field,
    incoming: Incoming,
}

impl Upload {
    /// Begins to take in a file for a question of a draft.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the draft is not the actor's or the question takes no file;
    /// [`ServiceError::Refused`] when it was handed in or she may only read.
    pub async fn begin(tenant: &Tenant, actor: &Actor, draft: DraftId, field: &str) -> ServiceResult<Self> {
        let mut tx = tenant.db.read().await?;
        let row = rows::by_id(&mut tx, draft).await?.ok_or(ServiceError::NotFound)?;
        may(actor, &row, Action::ActFor(row.about()))?;
        if row.closed_at.is_some() {
            return Err(handed_in());
        }
        let open = load::assemble(&mut tx, tenant, row).await?;
        let field = open.package.form.field(field).ok_or(ServiceError::NotFound)?.clone();
        let FieldKind::Attachment(settings) = field.kind.clone() else { return Err(ServiceError::NotFound) };
        let incoming = Incoming::begin(tenant, &field.id, settings)?;
        Ok(Self { draft, field, incoming })
    }

    /// Takes in a piece.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] as soon as it is larger than the question takes; when the disk refuses.
    pub fn write(&mut self, piece: &[u8]) -> ServiceResult<()> {
        self.incoming.write(piece)
    }
}

/// Makes an uploaded file the answer to its question. The same file once more changes nothing.
///
/// # Errors
/// [`ServiceError::Invalid`] when it is empty or of a kind the question does not take.
pub async fn attach(tenant: &Tenant, actor: &Actor, upload: Upload, name: &str) -> ServiceResult<()> {
    let Upload { draft, field, incoming } = upload;
    let file = incoming.finish(tenant)?;
    let kept = keep(tenant, actor, draft, &field, &file, name).await;
    if !matches!(kept, Ok(true)) {
        tenant.files.remove(&file.name)?;
    }
    kept.map(drop)
}

/// Notes a stored file as the answer; `false` when it is the answer already.
async fn keep(tenant: &Tenant, actor: &Actor, id: DraftId, field: &Field, file: &FileRow, name: &str) -> ServiceResult<bool> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    if draft.closed {
        return Err(handed_in());
    }
    let entry = Entry::One(format!("uploaded:{}", file.sha256));
    let stands = draft.written.get(&field.id);
    if stands.is_some_and(|written| written.entry == entry) {
        return Ok(false);
    }
    let now = tenant.clock.now();
    files::insert(&mut tx, file).await?;
    let choice = tenant.ids.uuid();
    let row = DraftFileRow {
        id: choice,
        draft_id: id,
        field: field.id.clone(),
        file_id: file.id,
        name: seal(tenant, &about_name(choice), &safe_name(name))?,
        uploaded_by: actor.person(),
        uploaded_at: now,
    };
    drafts::insert_file(&mut tx, &row).await?;
    let answer = AnswerRow {
        draft_id: id,
        field: field.id.clone(),
        version: stands.map_or(0, |written| written.version) + 1,
        source: AnswerSource::Typed,
        content: seal(tenant, &about(id, &field.id), &entry)?,
        written_by: actor.person(),
        written_at: now,
    };
    drafts::put_answer(&mut tx, &answer).await?;
    drafts::touch(&mut tx, id, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// A chosen file's bytes, for those who fill in.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not one of the draft's.
pub async fn read(tenant: &Tenant, actor: &Actor, draft: DraftId, file: FileId) -> ServiceResult<Document> {
    let mut tx = tenant.db.read().await?;
    let row = rows::by_id(&mut tx, draft).await?.ok_or(ServiceError::NotFound)?;
    may(actor, &row, Action::Read(row.about()))?;
    let known = drafts::files(&mut tx, draft).await?.into_iter().find(|known| known.file_id == file).ok_or(ServiceError::NotFound)?;
    let bytes = diary::read_file(&mut tx, tenant, file).await?;
    Ok(Document { no: 0, ending: ending(&known.media_type), media_type: known.media_type, bytes })
}

/// The files chosen in a draft, oldest first.
pub(super) async fn of(tx: &mut Tx, tenant: &Tenant, draft: DraftId) -> ServiceResult<Vec<Chosen>> {
    let mut found = Vec::new();
    for row in drafts::files(tx, draft).await? {
        found.push(Chosen {
            name: unseal(tenant, &about_name(row.id), &row.name)?,
            field: row.field,
            size: row.size,
            sha256: row.sha256,
            file: row.file_id,
            at: row.uploaded_at,
        });
    }
    Ok(found)
}

/// What a file's name is sealed with.
pub(super) fn about_name(choice: uuid::Uuid) -> Vec<u8> {
    format!("draft-file/{choice}").into_bytes()
}
