//! An association's papers: what it has handed in with its applications and beside them, by kind, and handing in more.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::actor::{About, Action, authorize};
use super::diary::{self, Loose, register_loose};
use super::documents::{Document, ending};
use super::drafts::on_file;
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::uploads::{Incoming, safe_name};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::clock::swedish_date;
use crate::domain::id::{CaseId, DocumentId, FileId, OrganisationId};
use crate::forms::{AttachmentField, FieldKind};
use crate::store::files::{self, FileRow};
use crate::store::papers::{self as rows, PaperRow};
use crate::store::{Tx, cases, diary as diary_rows, drafts, organisations};

/// The first year that a paper may be about.
const FIRST_YEAR: i32 = 1900;

/// A kind of paper that grants ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The id of the questions it answers.
    pub id: String,
    /// What it is called.
    pub label: Localized,
    /// What every question of the kind takes.
    pub settings: AttachmentField,
}

/// A paper on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Identity.
    pub id: Uuid,
    /// The year it is about; of a case's paper the year that was applied for.
    pub year: String,
    /// The name of its file.
    pub name: String,
    /// When it was handed in.
    pub at: DateTime<Utc>,
    /// Its size in bytes.
    pub size: i64,
    /// Where it came.
    pub came: Came,
}

/// Where a paper came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// With a case.
    With {
        /// Which.
        case: CaseId,
        /// Its diary number.
        number: String,
        /// The grant.
        grant: Localized,
        /// The document in it.
        document: DocumentId,
    },
    /// Beside every case.
    Alone,
}

/// The papers of a kind, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfKind {
    /// What it is called.
    pub label: Localized,
    /// The papers.
    pub papers: Vec<Paper>,
}

/// A paper on its way in. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub struct Upload {
    organisation: OrganisationId,
    kind: Kind,
    year: i32,
    incoming: Incoming,
}

/// The kinds of paper that the grants in force ask for, in the order of their forms.
///
/// # Errors
/// When the database cannot be read.
pub async fn kinds(tenant: &Tenant) -> ServiceResult<Vec<Kind>> {
    let mut tx = tenant.db.read().await?;
    kinds_of(&mut tx, tenant).await
}

pub(super) async fn kinds_of(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<Kind>> {
    let mut found: Vec<Kind> = Vec::new();
    for (_, package) in packages::active(tx, tenant).await? {
        for field in package.form.fields() {
            let FieldKind::Attachment(settings) = &field.kind else { continue };
            if !settings.on_file {
                continue;
            }
            match found.iter_mut().find(|kind| kind.id == field.id) {
                // What one of them would not take could not be used there.
                Some(kind) => {
                    kind.settings.max_bytes = kind.settings.max_bytes.min(settings.max_bytes);
                    if kind.settings.accept.iter().any(|accept| settings.accept.contains(accept)) {
                        kind.settings.accept.retain(|accept| settings.accept.contains(accept));
                    }
                }
                None => found.push(Kind { id: field.id.clone(), label: field.label.clone(), settings: settings.clone() }),
            }
        }
    }
    Ok(found)
}

/// What an association has on file, by kind in the order of the forms; a kind without a paper is left out.
///
/// # Errors
/// [`ServiceError::NotFound`] when the association is not there or not the actor's to see.
pub async fn of(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<OfKind>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let mut all = with_cases(&mut tx, tenant, actor, organisation).await?;
    for row in rows::of_organisation(&mut tx, organisation).await? {
        let paper = Paper {
            id: row.id,
            year: row.year.to_string(),
            name: on_file::name_of(tenant, row.id, &row.name)?,
            at: row.handed_in_at,
            size: row.size,
            came: Came::Alone,
        };
        all.push((row.kind, paper));
    }
    all.sort_by_key(|(_, paper)| std::cmp::Reverse((paper.at, paper.id)));
    let kinds = kinds_of(&mut tx, tenant).await?;
    let mut found = Vec::new();
    for kind in kinds {
        let (own, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(id, _)| *id == kind.id);
        all = rest;
        if !own.is_empty() {
            found.push(OfKind { label: kind.label, papers: own.into_iter().map(|(_, paper)| paper).collect() });
        }
    }
    // A kind that no grant asks for any more is still on file.
    for (id, paper) in all {
        let label = Localized::sv(id);
        match found.iter_mut().find(|known| known.label == label) {
            Some(known) => known.papers.push(paper),
            None => found.push(OfKind { label, papers: vec![paper] }),
        }
    }
    Ok(found)
}

/// What came with cases: what was chosen and not handed in belongs to the draft alone, and is not on file.
async fn with_cases(tx: &mut Tx, tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<(String, Paper)>> {
    let mut found: Vec<(String, Paper)> = Vec::new();
    for row in drafts::sent_files(tx, organisation).await? {
        let draft = drafts::by_id(tx, row.draft_id).await?.ok_or(ServiceError::NotFound)?;
        let Some(case) = draft.case_id else { continue };
        let case = cases::by_id(tx, case).await?.ok_or(ServiceError::NotFound)?;
        if actor.is_kept_from(About::Case(case.about())) {
            continue;
        }
        let documents = diary_rows::documents_of_case(tx, case.id).await?;
        let Some(document) = documents.iter().find(|document| document.file_id == Some(row.file_id)) else { continue };
        let grant = packages::version(tx, tenant, case.package_version_id).await?.form.title.clone();
        let paper = Paper {
            id: row.id,
            year: case.period.chars().take_while(char::is_ascii_digit).collect(),
            name: on_file::name_of(tenant, row.id, &row.name)?,
            at: row.uploaded_at,
            size: row.size,
            came: Came::With { case: case.id, number: case.number, grant, document: document.id },
        };
        found.push((row.field, paper));
    }
    Ok(found)
}

/// A paper that was handed in beside every case.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn read(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, paper: Uuid) -> ServiceResult<Document> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let row = rows::of_organisation(&mut tx, organisation).await?.into_iter().find(|row| row.id == paper).ok_or(ServiceError::NotFound)?;
    let bytes = diary::read_file(&mut tx, tenant, row.file_id).await?;
    Ok(Document { no: 0, ending: ending(&row.media_type), media_type: row.media_type, bytes })
}

impl Upload {
    /// Begins to take in a paper of a kind, about a year as written.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the association is not the actor's, [`ServiceError::Refused`] when she may only
    /// read, [`ServiceError::Invalid`] for a kind that no grant asks for and a year that is none.
    pub async fn begin(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, kind: &str, year: &str) -> ServiceResult<Self> {
        authorize(actor, Action::ActFor(About::Association(organisation)))?;
        let kind = kinds(tenant).await?.into_iter().find(|known| known.id == kind);
        let today = tenant.clock.today();
        let year_read = year.trim().parse::<i32>().ok().filter(|year| (FIRST_YEAR..=today.year()).contains(year));
        match (kind, year_read) {
            (Some(kind), Some(year)) => {
                let incoming = Incoming::begin(tenant, "fil", kind.settings.clone())?;
                Ok(Self { organisation, kind, year, incoming })
            }
            (kind, year) => Err(ServiceError::Invalid(wrong(kind.is_some(), year.is_some(), today))),
        }
    }

    /// Takes in a piece.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] as soon as it is larger than papers of the kind may be; when the disk refuses.
    pub fn write(&mut self, piece: &[u8]) -> ServiceResult<()> {
        self.incoming.write(piece)
    }
}

/// What is wrong with a form whose file did not come: kind, year and file.
#[must_use]
pub fn missing(kind: bool, year: &str, today: NaiveDate) -> Vec<Finding> {
    let year = year.trim().parse::<i32>().is_ok_and(|year| (FIRST_YEAR..=today.year()).contains(&year));
    let mut findings = wrong(kind, year, today);
    let message = Localized::both("Välj filen som ni vill lämna in.", "Choose the file that you want to hand in.");
    findings.push(Finding { place: "fil".to_owned(), code: "missing".to_owned(), message });
    findings
}

fn wrong(kind: bool, year: bool, today: NaiveDate) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !kind {
        let message = Localized::both("Välj vilken handling det är.", "Choose which paper it is.");
        findings.push(Finding { place: "handling".to_owned(), code: "missing".to_owned(), message });
    }
    if !year {
        let message = Localized::both(
            format!("Skriv året som handlingen gäller med fyra siffror, till exempel {}.", today.year() - 1),
            format!("Write the year that the paper is about with four digits, such as {}.", today.year() - 1),
        );
        findings.push(Finding { place: "ar".to_owned(), code: "bad_year".to_owned(), message });
    }
    findings
}

/// Hands in a paper: it is registered in the diary and can be used in every application from now on. The same file of
/// the same kind and year once more changes nothing.
///
/// # Errors
/// [`ServiceError::Invalid`] when it is empty or of a kind that is not taken.
pub async fn hand_in(tenant: &Tenant, actor: &Actor, upload: Upload, name: &str) -> ServiceResult<()> {
    let Upload { organisation, kind, year, incoming } = upload;
    let file = incoming.finish(tenant)?;
    let kept = keep(tenant, actor, (organisation, &kind, year), &file, name).await;
    if !matches!(kept, Ok(true)) {
        tenant.files.remove(&file.name)?;
    }
    kept.map(drop)
}

/// Notes a stored file as a paper; `false` when it was handed in before.
async fn keep(
    tenant: &Tenant,
    actor: &Actor,
    (organisation, kind, year): (OrganisationId, &Kind, i32),
    file: &FileRow,
    name: &str,
) -> ServiceResult<bool> {
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, organisation).await?;
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let known = rows::of_organisation(&mut tx, organisation).await?;
    if known.iter().any(|row| row.kind == kind.id && row.year == i64::from(year) && row.sha256 == file.sha256) {
        return Ok(false);
    }
    files::insert(&mut tx, file).await?;
    // Its own name may say too much for the public diary.
    let subject = format!("{} {year}", kind.label.sv);
    let loose = Loose { sender: organisation, subject: &subject, document_type: "bilaga", file: file.id };
    let asks = |package: &crate::packages::Package| package.form.field(&kind.id).is_some();
    let document = register_loose(&mut tx, tenant, asks, loose).await?;
    let id = tenant.ids.uuid();
    let row = PaperRow {
        id,
        organisation_id: organisation,
        kind: kind.id.clone(),
        year: i64::from(year),
        file_id: file.id,
        document_id: document,
        name: on_file::seal_name(tenant, id, &safe_name(name))?,
        handed_in_by: actor.person(),
        handed_in_at: tenant.clock.now(),
        sha256: file.sha256.clone(),
        size: file.size,
        media_type: file.media_type.clone(),
    };
    rows::insert(&mut tx, &row).await?;
    let body = json!({ "paper": id, "kind": row.kind, "year": year, "document": document, "sha256": row.sha256 });
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, Event { kind: "paper.handed_in", body, texts: &[] })
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// The papers handed in beside every case, as applications may use them.
pub(super) async fn alone(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<on_file::OnFile>> {
    let mut found = Vec::new();
    for row in rows::of_organisation(tx, organisation).await? {
        let (id, file): (Uuid, FileId) = (row.id, row.file_id);
        found.push(on_file::OnFile {
            name: on_file::name_of(tenant, id, &row.name)?,
            kind: row.kind,
            handed_in: swedish_date(row.handed_in_at),
            sha256: row.sha256,
            file,
        });
    }
    Ok(found)
}
