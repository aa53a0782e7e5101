//! Taking back an application: the applicant asks, a person closes the case (avskrivning).

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, DecisionId, TaskId};
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::cases::queue;
use crate::services::diary::{self, NewDocument};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, decisions, packages, paper, protection, tasks};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions as decision_rows;
use crate::store::diary::Direction;
use crate::store::tasks::{self as task_rows, TaskRow};
use crate::store::{Tx, organisations};

/// The task beside the workflow that a withdrawal opens.
pub const WITHDRAWAL: &str = "withdrawal";

/// The applicant takes her application back. It is registered, and an officer gets it to close.
///
/// # Errors
/// [`ServiceError::Refused`] when the case is decided; [`ServiceError::NotFound`] where it is not hers.
pub async fn request(tenant: &Tenant, actor: &Actor, id: CaseId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::SignFor(case.organisation_id))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    register(&mut tx, tenant, actor, &package, &case, text).await?;
    tx.commit().await?;
    Ok(())
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
    register(&mut tx, tenant, actor, &package, &case, text.trim()).await?;
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
    authorize(actor, Action::Read(case.organisation_id))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let open = task_rows::open_of_case(&mut tx, id).await?.into_iter().find(|task| task.task == WITHDRAWAL);
    let Some(task) = open else {
        return Err(ServiceError::refused("Ingen har tagit tillbaka ansökan.", "Nobody has taken the application back."));
    };
    let decision = decisions::close_withdrawn(&mut tx, tenant, actor, &package, &mut case).await?;
    task_rows::close(&mut tx, task.id, tenant.clock.now()).await?;
    queue::refresh(&mut tx, tenant, id).await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(decision)
}

async fn register(tx: &mut Tx, tenant: &Tenant, actor: &Actor, package: &Package, case: &CaseRow, text: &str) -> ServiceResult<()> {
    if case.closed_at.is_some() || decision_rows::standing(tx, case.id).await?.is_some() {
        return Err(ServiceError::refused(
            "Ärendet är redan beslutat. Då går ansökan inte att ta tillbaka.",
            "The case is already decided. The application can then not be taken back.",
        ));
    }
    if task_rows::open_of_case(tx, case.id).await?.iter().any(|task| task.task == WITHDRAWAL) {
        return Err(ServiceError::refused("Ansökan är redan återtagen.", "The application is already taken back."));
    }
    let name = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
    let page = paper::plain("Återkallelse av ansökan", &case.number, &name, &[("Ansökan återkallas", text)]);
    let file = diary::note_file(tx, &diary::store_file(tenant, page.as_bytes(), "text/html; charset=utf-8")?).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(&name),
        subject: "Återkallelse av ansökan",
        masked: protection::masks_party(tx, case).await?,
        document_type: "aterkallelse",
        file: Some(file),
    };
    let document = diary::register(tx, tenant, &package.form.diary, document).await?;
    let task = TaskRow {
        id: TaskId(tenant.ids.uuid()),
        case_id: case.id,
        entered: 0,
        task: WITHDRAWAL.to_owned(),
        role: "officer".to_owned(),
        reason: "Sökanden har tagit tillbaka ansökan. Avskriv ärendet.".to_owned(),
        opened_at: tenant.clock.now(),
        due: None,
        closed_at: None,
    };
    task_rows::insert(tx, &task).await?;
    let event = Event { kind: "application.withdrawn", body: json!({ "document": document }), texts: &[("text", text)] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    queue::refresh(tx, tenant, case.id).await
}
