//! The embedded diary: series per committee and year, documents, the public extract (OSL 5 kap. 1-2 §§).

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{ServiceError, ServiceResult, packages, paper, protection};
use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::domain::canonical::Sha;
use crate::domain::id::{CaseId, DocumentId, FileId, OrganisationId};
use crate::forms::{DiarySettings, Register, Retention};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::diary::{self, DiaryCaseRow, Direction, DocumentRow};
use crate::store::files::{self, FileRow};
use crate::store::{Tx, organisations};

/// A reserved number.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// The diary case.
    pub diary_case: Uuid,
    /// The number as shown: `KFN 2026/131`, or `KFN 2026/131-17` within a round's case.
    pub number: String,
}

/// A document to be registered.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    /// Diary case.
    pub diary_case: Uuid,
    /// Case.
    pub case: Option<CaseId>,
    /// Which way it went.
    pub direction: Direction,
    /// From or to whom.
    pub party: Option<&'a str>,
    /// In short what it concerns.
    pub subject: &'a str,
    /// Whether party and subject are left out of the public extract.
    pub masked: bool,
    /// Id of the document type in the grant type's settings.
    pub document_type: &'a str,
    /// The stored file.
    pub file: Option<FileId>,
}

/// A page drawn up in a case: a heading and texts under their own.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Which way it goes.
    pub direction: Direction,
    /// In short what it concerns; its heading too.
    pub subject: &'a str,
    /// Id of the document type in the grant type's settings.
    pub document_type: &'a str,
    /// Heading and text.
    pub parts: &'a [(&'a str, &'a str)],
    /// What follows, as a whole page of its own; empty for nothing.
    pub appendix: &'a str,
}

/// Draws up a page in a case, keeps it and registers it. From or to whom is the applicant, whom the public extract shows
/// unless she is protected herself (OSL 5 kap. 2 §).
///
/// # Errors
/// When the database or the file store refuses.
pub async fn register_sheet(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    sheet: Sheet<'_>,
) -> ServiceResult<DocumentId> {
    let party = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
    let page = paper::plain(sheet.subject, &case.number, &party, sheet.parts) + sheet.appendix;
    let file = note_file(tx, &store_file(tenant, page.as_bytes(), "text/html; charset=utf-8")?).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: sheet.direction,
        party: Some(&party),
        subject: sheet.subject,
        masked: protection::masks_party(tx, case).await?,
        document_type: sheet.document_type,
        file: Some(file),
    };
    register(tx, tenant, &package.form.diary, document).await
}

/// Reserves a number for an application: a case of its own, or a place in its round's case.
///
/// # Errors
/// When the database refuses.
pub async fn reserve(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    grant_type: &str,
    round: &str,
    subject: &str,
) -> ServiceResult<Reserved> {
    match settings.register {
        Register::CaseEach => {
            let case = open(tx, tenant, settings, subject, None).await?;
            Ok(Reserved { number: number(&case), diary_case: case.id })
        }
        Register::CasePerRound => {
            let key = format!("{grant_type}/{round}");
            diary::lock_series(tx, &settings.committee, i64::from(tenant.clock.today().year())).await?;
            let case = match diary::of_round(tx, &key).await? {
                Some(case) => case,
                None => open(tx, tenant, settings, subject, Some(key)).await?,
            };
            // A case's place in its round is a document's number, so that the two kinds of number never meet. The case
            // holds it until its first application is registered there (register_application); `verify` counts it so,
            // and from then on demands the document.
            let place = diary::next_document(tx, case.id).await?;
            Ok(Reserved { number: format!("{}-{place}", number(&case)), diary_case: case.id })
        }
    }
}

/// Reserves a place in the diary case that another case lies in.
///
/// # Errors
/// When the database refuses.
pub async fn reserve_beside(tx: &mut Tx, other: CaseId) -> ServiceResult<Reserved> {
    let other = crate::store::cases::by_id(tx, other).await?.ok_or(ServiceError::NotFound)?;
    let case = diary::case_by_id(tx, other.diary_case_id).await?;
    let place = diary::next_document(tx, case.id).await?;
    Ok(Reserved { number: format!("{}-{place}", number(&case)), diary_case: case.id })
}

async fn open(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    subject: &str,
    round_key: Option<String>,
) -> ServiceResult<DiaryCaseRow> {
    let today = tenant.clock.today();
    let year = i64::from(today.year());
    let row = DiaryCaseRow {
        id: tenant.ids.uuid(),
        committee: settings.committee.clone(),
        year,
        number: diary::next_number(tx, &settings.committee, year).await?,
        subject: subject.to_owned(),
        classification: settings.classification.clone().unwrap_or_default(),
        opened_on: today,
        closed_on: None,
        void_reason: None,
        round_key,
        documents: 0,
    };
    diary::insert_case(tx, &row).await?;
    Ok(row)
}

/// Registers a document; answers its id.
///
/// # Errors
/// When the database refuses.
pub async fn register(tx: &mut Tx, tenant: &Tenant, settings: &DiarySettings, new: NewDocument<'_>) -> ServiceResult<DocumentId> {
    register_dated(tx, tenant, settings, new, tenant.clock.today()).await
}

/// The same, for what came on another day than today.
///
/// # Errors
/// When the database refuses.
pub async fn register_dated(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    new: NewDocument<'_>,
    dated: NaiveDate,
) -> ServiceResult<DocumentId> {
    let no = diary::next_document(tx, new.diary_case).await?;
    register_as(tx, tenant, settings, new, no, dated).await
}

/// Registers a case's application: the first one under the place that was reserved for it within its round, a later
/// one as the next document.
///
/// # Errors
/// When the database refuses.
pub async fn register_application(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    case: &CaseRow,
    new: NewDocument<'_>,
    received: NaiveDate,
) -> ServiceResult<DocumentId> {
    let round = number(&diary::case_by_id(tx, case.diary_case_id).await?);
    let reserved = case.number.strip_prefix(&round).and_then(|place| place.strip_prefix('-')).and_then(|place| place.parse().ok());
    let taken: Vec<i64> = diary::documents_of_case(tx, case.id).await?.into_iter().map(|document| document.no).collect();
    let place = match reserved.filter(|place| !taken.contains(place)) {
        Some(place) => place,
        None => diary::next_document(tx, new.diary_case).await?,
    };
    register_as(tx, tenant, settings, new, place, received).await
}

/// Registers an attendance file that a case rests on. One that came in before there was a case is in the diary already:
/// the subject says where.
///
/// # Errors
/// When the database refuses.
pub async fn register_attendance(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    case: &CaseRow,
    party: &str,
    file: FileId,
    received: NaiveDate,
) -> ServiceResult<DocumentId> {
    let mut subject = "Närvarofil".to_owned();
    if let Some(earlier) = diary::documents_of_file(tx, file).await?.first() {
        let _ = write!(subject, ", även {}-{}", number(&diary::case_by_id(tx, earlier.diary_case_id).await?), earlier.no);
    }
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(party),
        subject: &subject,
        masked: protection::masks_party(tx, case).await?,
        document_type: "narvaro",
        file: Some(file),
    };
    let no = diary::next_document(tx, case.diary_case_id).await?;
    register_as(tx, tenant, settings, document, no, received).await
}

/// Something that came in from an association and belongs to no case.
#[derive(Clone, Copy, Debug)]
pub struct Loose<'a> {
    /// Whose.
    pub sender: OrganisationId,
    /// In short what it is.
    pub subject: &'a str,
    /// Id of the document type.
    pub document_type: &'a str,
    /// The stored file.
    pub file: FileId,
}

/// Registers what belongs to no case, in a diary case of the committee and the year: what has come in is in the diary at
/// once, whether anybody applies for anything or not, and whether it could be read or not (OSL 5 kap. 1 §). The committee
/// is that of the first grant type that `reads` such material, else the municipality's first.
///
/// # Errors
/// When the database refuses.
pub async fn register_loose(tx: &mut Tx, tenant: &Tenant, reads: impl Fn(&Package) -> bool, loose: Loose<'_>) -> ServiceResult<DocumentId> {
    let reader = packages::active(tx, tenant).await?.into_iter().map(|(_, package)| package).find(|package| reads(package));
    let mut settings = reader.map(|package| package.form.diary.clone()).unwrap_or_default();
    if tenant.profile.committee(&settings.committee).is_none() {
        let first = tenant.profile.committees.first().ok_or_else(|| anyhow::anyhow!("bifall.toml names no committee"))?;
        settings.committee.clone_from(&first.code);
    }
    let year = tenant.clock.today().year();
    let key = format!("foreningar/{}/{year}", settings.committee);
    diary::lock_series(tx, &settings.committee, i64::from(year)).await?;
    let case = match diary::of_round(tx, &key).await? {
        Some(case) => case,
        None => open(tx, tenant, &settings, &format!("Uppgifter från föreningar {year}"), Some(key)).await?,
    };
    let party = organisations::name(tx, loose.sender, tenant.clock.today()).await?;
    let document = NewDocument {
        diary_case: case.id,
        case: None,
        direction: Direction::In,
        party: Some(&party),
        subject: loose.subject,
        masked: protection::masks_sender(tx, loose.sender).await?,
        document_type: loose.document_type,
        file: Some(loose.file),
    };
    register(tx, tenant, &settings, document).await
}

async fn register_as(
    tx: &mut Tx,
    tenant: &Tenant,
    settings: &DiarySettings,
    new: NewDocument<'_>,
    no: i64,
    dated: NaiveDate,
) -> ServiceResult<DocumentId> {
    let id = DocumentId(tenant.ids.uuid());
    let row = DocumentRow {
        id,
        diary_case_id: new.diary_case,
        no,
        case_id: new.case,
        direction: new.direction,
        dated,
        registered_at: tenant.clock.now(),
        party: new.party.map(str::to_owned),
        subject: new.subject.to_owned(),
        masked: new.masked,
        document_type: new.document_type.to_owned(),
        retention: retention(settings, new.document_type),
        file_id: new.file,
    };
    diary::insert_document(tx, &row).await?;
    Ok(id)
}

/// Stores a file that the service drew up or received, under a key of its own that the tenant's file key wraps. Call it
/// before the transaction; [`note_file`] in the transaction makes it known. A file whose transaction fails is an orphan.
///
/// # Errors
/// When the disk refuses.
pub fn store_file(tenant: &Tenant, bytes: &[u8], media_type: &str) -> ServiceResult<FileRow> {
    let id = FileId(tenant.ids.uuid());
    let key = Secret::random();
    let stored = tenant.files.put(id.0, &key, bytes)?;
    Ok(FileRow {
        id,
        name: stored.name,
        sha256: stored.sha256.hex(),
        size: i64::try_from(stored.size).map_err(|_| ServiceError::Internal(anyhow::anyhow!("file too large")))?,
        media_type: media_type.to_owned(),
        data_key_id: None,
        wrapped_key: tenant.keys.file.seal(id.0.as_bytes(), key.bytes()),
        stored_at: tenant.clock.now(),
    })
}

/// Reads a stored file.
///
/// # Errors
/// [`ServiceError::Refused`] when its data key was destroyed at disposal; an internal error when the file is not what was stored.
pub async fn read_file(tx: &mut Tx, tenant: &Tenant, id: FileId) -> ServiceResult<Vec<u8>> {
    let row = files::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let wrapping = match row.data_key_id {
        None => tenant.keys.file.clone(),
        Some(key) => super::attendance::open_data_key(tx, tenant, key).await?,
    };
    let bytes = wrapping.open(id.0.as_bytes(), &row.wrapped_key).map_err(anyhow::Error::from)?;
    let key = Secret::new(bytes.try_into().map_err(|_| anyhow::anyhow!("a file key of the wrong length"))?);
    let plain = tenant.files.get(&row.name, &key)?;
    if Sha::of(&plain).hex() != row.sha256 {
        return Err(anyhow::anyhow!("the stored file {id} is not what was stored").into());
    }
    Ok(plain)
}

/// Makes a stored file known.
///
/// # Errors
/// When the database refuses.
pub async fn note_file(tx: &mut Tx, row: &FileRow) -> ServiceResult<FileId> {
    files::insert(tx, row).await?;
    Ok(row.id)
}

/// A diary case's number as shown.
fn number(case: &DiaryCaseRow) -> String {
    format!("{} {}/{}", case.committee, case.year, case.number)
}

fn retention(settings: &DiarySettings, document_type: &str) -> String {
    settings.documents.iter().find(|known| known.id == document_type).map_or_else(
        // Nothing is disposed of without a decision (arkivlagen 10 §).
        || "Bevaras (inget gallringsbeslut)".to_owned(),
        |known| match known.retention {
            Retention::Keep => format!("Bevaras ({})", known.reference),
            Retention::Dispose { years } => format!("Gallras efter {years} år ({})", known.reference),
        },
    )
}
