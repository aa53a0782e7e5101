//! Taking back an application: the applicant asks, a person closes the case (avskrivning).

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, DecisionId};
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::queue;
use crate::services::diary::{self, Sheet};
use crate::services::history::{self, Event, Stream};
use crate::services::reports::claiming;
use crate::services::{Actor, ServiceError, ServiceResult, decisions, packages, tasks};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions as decision_rows;
use crate::store::diary::Direction;
use crate::store::tasks::{self as task_rows};
use crate::store::{Tx, cosignatures};

/// The task beside the workflow that a withdrawal opens.
pub const WITHDRAWAL: &str = "withdrawal";

/// The applicant takes her application back: who may sign for her does. It is registered, and an officer gets it to close.
/// A second press changes nothing.
///
/// # Errors
/// [`ServiceError::Refused`] when the case is decided; [`ServiceError::NotFound`] where it is not hers.
pub async fn request(tenant: &Tenant, actor: &Actor, id: CaseId, reason: &str) -> ServiceResult<()> {
    let Actor::Association { name, .. } = actor else { return Err(ServiceError::NotFound) };
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::SignFor(About::Case(case.about())))?;
    if stands(&mut tx, id).await? {
        return Ok(());
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    if claiming::without_report(&mut tx, &package, id).await? {
        return Err(ServiceError::refused(
            "Kommunen har öppnat ärendet. Det finns ingen redovisning att ta tillbaka.",
            "The municipality opened the case. There is no report to take back.",
        ));
    }
    let parts = [("Återkallad av", name.as_str()), ("Skäl", reason.trim())];
    let parts = if reason.trim().is_empty() { &parts[..1] } else { &parts[..] };
    register(&mut tx, tenant, actor, &package, &case, parts).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether a case's application was taken back, and nobody has closed the case, handed in anew or found that it does not hold.
///
/// # Errors
/// When the database cannot be read.
pub async fn stands(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    Ok(task_rows::open_of_case(tx, case).await?.iter().any(|task| task.task == WITHDRAWAL))
}

/// Ends a withdrawal that another application has come after.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn end(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    for task in task_rows::open_of_case(tx, case).await?.into_iter().filter(|task| task.task == WITHDRAWAL) {
        task_rows::close(tx, task.id, tenant.clock.now()).await?;
    }
    Ok(())
}

/// Gives an officer the withdrawal to close: the case waits for that and nothing else.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn await_closing(tx: &mut Tx, tenant: &Tenant, case: CaseId) -> ServiceResult<()> {
    let reason = "Sökanden har tagit tillbaka ansökan. Avskriv ärendet, eller skriv varför återkallelsen inte gäller.";
    tasks::open_beside(tx, tenant, case, WITHDRAWAL, reason, None).await
}

/// An officer notes that the applicant has taken her application back: on the phone, by mail, on paper.
///
/// # Errors
/// As [`request`], and [`ServiceError::Invalid`] without how it was said.
pub async fn note(tenant: &Tenant, actor: &Actor, id: CaseId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, package) = tasks::open_case(&mut tx, tenant, actor, id).await?;
    if text.trim().is_empty() {
        let message = Localized::both("Skriv hur och när sökanden tog tillbaka ansökan.", "Write how and when the applicant took it back.");
        return Err(ServiceError::invalid("text", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("text", text)?;
    if stands(&mut tx, id).await? {
        return Err(ServiceError::refused("Ansökan är redan återtagen.", "The application is already taken back."));
    }
    register(&mut tx, tenant, actor, &package, &case, &[("Så här togs ansökan tillbaka", text.trim())]).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes a case whose application was taken back.
///
/// # Errors
/// [`ServiceError::Refused`] when nobody has taken it back, or the actor may not decide.
pub async fn close(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<DecisionId> {
    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    if !stands(&mut tx, id).await? {
        return Err(ServiceError::refused("Ingen har tagit tillbaka ansökan.", "Nobody has taken the application back."));
    }
    let decision = decisions::close_withdrawn(&mut tx, tenant, actor, &package, &mut case).await?;
    end(&mut tx, tenant, id).await?;
    queue::refresh(&mut tx, tenant, id).await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(decision)
}

async fn register(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    parts: &[(&str, &str)],
) -> ServiceResult<()> {
    if case.closed_at.is_some() || decision_rows::standing(tx, case.id).await?.is_some() {
        return Err(ServiceError::refused(
            "Ärendet är redan beslutat. Då går ansökan inte att ta tillbaka.",
            "The case is already decided. The application can then not be taken back.",
        ));
    }
    let sheet =
        Sheet { direction: Direction::In, subject: "Återkallelse av ansökan", document_type: "aterkallelse", parts, appendix: "" };
    let document = diary::register_sheet(tx, tenant, package, case, sheet).await?;
    // Nobody needs to sign what was taken back.
    if let Some(open) = cosignatures::open_of_case(tx, case.id).await? {
        cosignatures::end(tx, open.id, tenant.clock.now()).await?;
    }
    await_closing(tx, tenant, case.id).await?;
    let text = parts.last().map_or("", |(_, text)| *text);
    let event = Event { kind: "application.withdrawn", body: json!({ "document": document }), texts: &[("text", text)] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await
}
