//! What comes from the court: its requests for an answer (föreläggande), and what it decides.

use chrono::NaiveDate;

use super::{Came, Noted, Opened, next, note, open, register, taken, written};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::appeal::{Act, Judgment, StepKind};
use crate::domain::id::AppealId;
use crate::domain::localized::Language;
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, packages};
use crate::store::appeals as rows;
use crate::store::cases;
use crate::store::files::FileRow;
use crate::text::number;

/// Something that came from the court.
#[derive(Clone, Copy, Debug)]
pub struct FromCourt<'a> {
    /// The day it came.
    pub on: Option<NaiveDate>,
    /// What it says, in short.
    pub text: &'a str,
    /// The paper itself, where there is a file.
    pub file: Option<&'a [u8]>,
}

/// Notes that the court asks for an answer (föreläggande), with its last day.
///
/// # Errors
/// [`ServiceError::Refused`] when the court does not have it, [`ServiceError::Invalid`] with a finding at its place.
pub async fn request(tenant: &Tenant, actor: &Actor, id: AppealId, came: FromCourt<'_>, last_day: Option<NaiveDate>) -> ServiceResult<()> {
    let (opened, file, on) = from_court(tenant, actor, id, &came).await?;
    let last_day = last_day.filter(|day| *day >= on);
    let Some(last_day) = last_day else {
        let message = Localized::both("Skriv sista dagen att svara domstolen.", "Write the last day to answer the court.");
        return Err(ServiceError::invalid("last_day", "missing", message));
    };
    next(&opened.appeal, Act::Request(last_day))?;
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, Act::Request(last_day))?;
    let until = number::date(last_day, Language::Sv);
    let parts = [("Domstolen begär", came.text.trim()), ("Svara senast", until.as_str())];
    let sheet =
        Came { subject: "Föreläggande från domstolen", document_type: "forelaggande", party: &tenant.profile.court, parts: &parts, on };
    let document = register(&mut tx, tenant, &opened.package, &opened.case, sheet, file).await?;
    let noted = Noted { kind: StepKind::Requested, on, text: came.text, document: Some(document) };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes what the court has decided.
///
/// # Errors
/// As [`request`].
pub async fn judge(tenant: &Tenant, actor: &Actor, id: AppealId, came: FromCourt<'_>, judgment: Judgment) -> ServiceResult<()> {
    let (opened, file, on) = from_court(tenant, actor, id, &came).await?;
    next(&opened.appeal, Act::Judge(judgment))?;
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, Act::Judge(judgment))?;
    let how = match judgment {
        Judgment::Stands => "Beslutet står fast",
        Judgment::Changed => "Beslutet är ändrat av domstolen",
        Judgment::SetAside => "Beslutet är upphävt",
        Judgment::Withdrawn => "Överklagandet är återkallat, målet är avskrivet",
    };
    let parts = [("Utgång", how), ("Det som står i domen", came.text.trim())];
    let sheet = Came { subject: "Dom eller beslut från domstolen", document_type: "dom", party: &tenant.profile.court, parts: &parts, on };
    let document = register(&mut tx, tenant, &opened.package, &opened.case, sheet, file).await?;
    let noted = Noted { kind: StepKind::Judged, on, text: came.text, document: Some(document) };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    tx.commit().await?;
    Ok(())
}

/// Looks at what came from the court before anything is written.
async fn from_court(
    tenant: &Tenant,
    actor: &Actor,
    id: AppealId,
    came: &FromCourt<'_>,
) -> ServiceResult<(Opened, Option<FileRow>, NaiveDate)> {
    let mut read = tenant.db.read().await?;
    let appeal = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::by_id(&mut read, appeal.case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    let package = packages::version(&mut read, tenant, case.package_version_id).await?;
    drop(read);
    written("text", came.text, "Skriv kort vad domstolen säger.", "Write in short what the court says.")?;
    let today = tenant.clock.today();
    let Some(on) = came.on.filter(|day| appeal.received_on <= *day && *day <= today) else {
        let message = Localized::both(
            "Skriv dagen då det kom: från överklagandets dag till i dag.",
            "Write the day it came: from the day of the appeal until today.",
        );
        return Err(ServiceError::invalid("on", "not_a_day", message));
    };
    let file = match came.file {
        Some(bytes) => Some(taken(tenant, bytes)?),
        None => None,
    };
    Ok((Opened { appeal, case, package }, file, on))
}
