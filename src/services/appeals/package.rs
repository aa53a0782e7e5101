//! What goes to the court: a packed file with the statement, the appeal, the decision and the case's material, registered as
//! sent.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Noted, Opened, goes_to_court, next, note, open, written};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::appeal::{Act, StepKind};
use crate::domain::grant::DecisionMode;
use crate::domain::id::AppealId;
use crate::domain::localized::Language;
use crate::services::actor::{About, Action, authorize};
use crate::services::diary::{self, NewDocument};
use crate::services::{Actor, ServiceError, ServiceResult, decisions as deciding, documents, paper, protection};
use crate::store::appeals::{self as rows, AppealRow};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::DecisionRow;
use crate::store::diary::{self as diary_rows, Direction, DocumentRow};
use crate::store::{Tx, decisions, files, organisations};
use crate::text::{folding, number};

/// What we say to the court.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// Our view (yttrande).
    pub text: &'a str,
    /// Where the committee decided on it; asked for where the decision is the committee's own, for such a statement may not be
    /// delegated (kommunallagen 6 kap. 38 § 2).
    pub decided: &'a str,
}

/// Forwards an appeal to the court: within a week under förvaltningsbesvär, after the reconsideration; at once under legality
/// review.
///
/// # Errors
/// [`ServiceError::Refused`] when it is not there that it stands, or when the material is protected and the actor may not read it.
pub async fn forward(tenant: &Tenant, actor: &Actor, id: AppealId, statement: Statement<'_>) -> ServiceResult<()> {
    send(tenant, actor, id, statement, Act::Forward).await
}

/// Answers the court's request.
///
/// # Errors
/// As [`forward`].
pub async fn answer(tenant: &Tenant, actor: &Actor, id: AppealId, statement: Statement<'_>) -> ServiceResult<()> {
    send(tenant, actor, id, statement, Act::Answer).await
}

async fn send(tenant: &Tenant, actor: &Actor, id: AppealId, statement: Statement<'_>, act: Act) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let appeal = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::by_id(&mut read, appeal.case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    next(&appeal, act)?;
    let decision = decisions::by_id(&mut read, appeal.decision_id).await?.ok_or(ServiceError::NotFound)?;
    check(&decision, &statement)?;
    let bytes = packed(&mut read, tenant, actor, &case, &appeal, &statement).await?;
    drop(read);
    let file = diary::store_file(tenant, &bytes, "application/zip")?;
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, act)?;
    let file = diary::note_file(&mut tx, &file).await?;
    let (kind, subject) = if goes_to_court(opened.appeal.state) {
        (StepKind::Forwarded, "Överlämnande av överklagande")
    } else {
        (StepKind::Answered, "Yttrande till domstolen")
    };
    let Opened { case, package, .. } = &opened;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::Out,
        party: Some(&tenant.profile.court),
        subject,
        masked: protection::masks_party(&mut tx, case).await?,
        document_type: TO_COURT,
        file: Some(file),
    };
    let document = diary::register(&mut tx, tenant, &package.form.diary, document).await?;
    let noted = Noted { kind, on: tenant.clock.today(), text: statement.text, document: Some(document) };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    tx.commit().await?;
    Ok(())
}

/// The type of what goes to the court; it holds the others and is not packed again.
const TO_COURT: &str = "till_domstol";

fn check(decision: &DecisionRow, statement: &Statement<'_>) -> ServiceResult<()> {
    written("text", statement.text, "Skriv vad vi säger till domstolen.", "Write what we say to the court.")?;
    crate::services::free_text::refuse_person_numbers("decided", statement.decided)?;
    if decision.mode == DecisionMode::Committee && statement.decided.trim().is_empty() {
        let message = Localized::both(
            "Skriv nämndens sammanträdesdag och paragraf. Ett yttrande över nämndens eget beslut får inte delegeras.",
            "Write the committee's meeting and paragraph. A statement on the committee's own decision may not be delegated.",
        );
        return Err(ServiceError::invalid("decided", "missing", message));
    }
    Ok(())
}

/// The packed file. What was disposed of is told in the list; what is protected needs the role.
async fn packed(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case: &CaseRow,
    appeal: &AppealRow,
    statement: &Statement<'_>,
) -> ServiceResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut add = |name: &str, bytes: &[u8]| -> ServiceResult<()> {
        archive.start_file(name, options).map_err(anyhow::Error::from)?;
        Ok(archive.write_all(bytes)?)
    };
    let documents = diary_rows::documents_of_case(tx, case.id).await?;
    let mut listed = String::new();
    let mut material = Vec::new();
    for document in documents.iter().filter(|document| document.document_type != TO_COURT) {
        let bytes = bytes(tx, tenant, actor, case, document).await?;
        let _ = write!(listed, "{}. {}. {}", document.no, number::date(document.dated, Language::Sv), document.subject);
        match bytes {
            Some((bytes, ending)) => {
                let name = format!("handlingar/{:03}-{}.{ending}", document.no, folding::slug(&document.subject));
                listed.push_str(". Bifogas.\n");
                if document.id == appeal.document_id {
                    add(&format!("2-overklagande.{ending}"), &bytes)?;
                }
                material.push((name, bytes));
            }
            None => listed.push_str(". Gallrad eller utan fil.\n"),
        }
    }
    add("1-yttrande.html", statement_page(tenant, case, appeal, statement).as_bytes())?;
    for decision in decisions::of_case(tx, case.id).await?.iter().filter(|decision| decision.left()) {
        let pdf = deciding::pdf(decision).await?;
        add(&format!("3-beslut-{}.pdf", decision.version), &pdf)?;
    }
    let list = paper::plain("Handlingar i ärendet", &case.number, &tenant.profile.name, &[("Förteckning", &listed)]);
    add("4-handlingar.html", list.as_bytes())?;
    for (name, bytes) in material {
        add(&name, &bytes)?;
    }
    Ok(archive.finish().map_err(anyhow::Error::from)?.into_inner())
}

/// A document's bytes with the ending of its file name; none where there is no file any more.
async fn bytes(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case: &CaseRow,
    document: &DocumentRow,
) -> ServiceResult<Option<(Vec<u8>, &'static str)>> {
    let package = crate::services::packages::version(tx, tenant, case.package_version_id).await?;
    let applicant = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    if protection::reserves(case, applicant.kind, &package, document) && !protection::may_read(actor) {
        return Err(protection::refusal());
    }
    let Some(file) = document.file_id else { return Ok(None) };
    let ending = documents::ending(&files::by_id(tx, file).await?.ok_or(ServiceError::NotFound)?.media_type);
    match diary::read_file(tx, tenant, file).await {
        Ok(bytes) => Ok(Some((bytes, ending))),
        // Its data key was destroyed at disposal.
        Err(ServiceError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn statement_page(tenant: &Tenant, case: &CaseRow, appeal: &AppealRow, statement: &Statement<'_>) -> String {
    let came = number::date(appeal.received_on, Language::Sv);
    let committee = tenant.profile.committee(&case.committee).map_or(case.committee.as_str(), |committee| committee.name.as_str());
    let mut parts =
        vec![("Klagande", appeal.appellant.as_str()), ("Överklagandet kom in", came.as_str()), ("Yttrande", statement.text.trim())];
    if !statement.decided.trim().is_empty() {
        parts.push(("Beslutat av nämnden", statement.decided.trim()));
    }
    parts.push(("Från", committee));
    paper::plain("Yttrande", &case.number, &tenant.profile.court, &parts)
}
