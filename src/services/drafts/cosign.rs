//! The second signature that an association's rule for signing asks for. The application is received with the first;
//! nothing is decided before the second has come, and when it does not come an officer takes it from there.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;

use super::{changes, own};
use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::association::SigningRule;
use crate::domain::clock::SystemClock;
use crate::domain::id::{CaseId, OrganisationId, UserId};
use crate::domain::mandate::Mandate;
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, diary, flow, messages, packages};
use crate::store::cases::CaseRow;
use crate::store::cosignatures::{self as rows, CosignatureRow};
use crate::store::diary::Direction;
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::{Tx, associations, cases, mandates, users};

/// How many days before the last one the signatories are reminded.
const REMIND_DAYS: u64 = 4;
/// The job that reminds.
const REMIND: &str = "cosign_remind";
/// The job that ends the wait.
const OVER: &str = "cosign_over";

/// A signature that a case waits for, or got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Who signed first, by name.
    pub first: String,
    /// When.
    pub asked: DateTime<Utc>,
    /// The last day.
    pub last_day: NaiveDate,
    /// Who may sign, by name.
    pub others: Vec<String>,
    /// Whether whoever looks may: not who signed first.
    pub hers: bool,
    /// Whether a reminder can be sent today.
    pub may_remind: bool,
    /// How it stands.
    pub state: CosignState,
}

/// How a second signature stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CosignState {
    /// It is waited for.
    Open,
    /// Somebody signed.
    Signed {
        /// Who.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// It did not come in time, or was called off.
    Ended,
}

/// What the second signer reads before she signs.
#[derive(Clone, Debug)]
pub struct ToSign {
    /// The case.
    pub case: CaseId,
    /// Its diary number.
    pub number: String,
    /// The grant type, with its form.
    pub package: std::sync::Arc<Package>,
    /// The period.
    pub period: String,
    /// The signature.
    pub awaited: Awaited,
    /// The answers as they were signed first.
    pub answers: std::collections::BTreeMap<String, crate::domain::inputs::Answer>,
    /// What was changed since the first signature.
    pub changes: Vec<changes::Change>,
}

/// Asks for the second signature, where the association's rule wants one.
pub(super) async fn ask(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    application: uuid::Uuid,
) -> ServiceResult<()> {
    if others(tx, tenant, case.organisation_id, actor.person()).await?.is_empty() {
        return Ok(());
    }
    let today = tenant.clock.today();
    let last_day = today.checked_add_days(Days::new(u64::from(package.form.cosign_days))).unwrap_or(today);
    let row = CosignatureRow {
        id: tenant.ids.uuid(),
        case_id: case.id,
        application_id: application,
        first_signer: actor.person(),
        asked_at: tenant.clock.now(),
        last_day,
        signed_by: None,
        signed_at: None,
        ended_at: None,
        reminded_on: None,
    };
    rows::insert(tx, &row).await?;
    let remind = last_day.checked_sub_days(Days::new(REMIND_DAYS)).filter(|day| *day > today);
    let jobs = [(REMIND, remind), (OVER, last_day.succ_opt())];
    for (step, day) in jobs {
        let Some(day) = day else { continue };
        let job = NewJob {
            id: tenant.ids.uuid(),
            kind: JobKind::Wait,
            // It belongs to the signature: a case that moves on does not make it void.
            case_id: None,
            reference: Some(row.id),
            entered: 0,
            step,
            dedup_key: format!("{step}/{}", row.id),
            run_at: flow::start_of(day),
        };
        jobs::add(tx, job).await?;
    }
    let event = Event { kind: "application.cosignature_asked", body: json!({ "last_day": last_day }), texts: &[] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    messages::queue_once(tx, tenant, case, messages::About::Cosign, &row.id.to_string()).await
}

/// Who may give the second signature: the association's other signatories.
pub(super) async fn others(
    tx: &mut Tx,
    tenant: &Tenant,
    organisation: OrganisationId,
    first: Option<UserId>,
) -> ServiceResult<Vec<(UserId, String)>> {
    let mut found = Vec::new();
    // "Var för sig": the first signature is enough.
    if associations::signing(tx, organisation).await?.is_some_and(|row| row.rule == SigningRule::Each) {
        return Ok(found);
    }
    for mandate in mandates::of_organisation(tx, organisation, tenant.clock.today()).await? {
        if mandate.kind == Mandate::Signatory && Some(mandate.user_id) != first {
            let name = users::by_id(tx, mandate.user_id).await?.map_or_else(String::new, |user| user.name);
            found.push((mandate.user_id, name));
        }
    }
    Ok(found)
}

/// Whether a case still waits for its second signature.
///
/// # Errors
/// When the database cannot be read.
pub async fn awaited(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    Ok(rows::open_of_case(tx, case).await?.is_some())
}

/// How the newest second signature of a case stands, for the association's own pages.
pub(super) async fn of_case(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow) -> ServiceResult<Option<Awaited>> {
    match rows::newest_of_case(tx, case.id).await? {
        Some(row) => Ok(Some(view(tx, tenant, actor, case, &row).await?)),
        None => Ok(None),
    }
}

/// Whether an actor may give a signature that is waited for.
pub(super) fn is_hers(actor: &Actor, case: &CaseRow, row: &CosignatureRow) -> bool {
    authorize(actor, Action::SignFor(About::Case(case.about()))).is_ok() && actor.person().is_some() && actor.person() != row.first_signer
}

async fn view(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow, row: &CosignatureRow) -> ServiceResult<Awaited> {
    let state = match (row.signed_at, row.ended_at) {
        (Some(at), _) => CosignState::Signed { by: name(tx, row.signed_by).await?, at },
        (None, Some(_)) => CosignState::Ended,
        (None, None) => CosignState::Open,
    };
    let others = others(tx, tenant, case.organisation_id, row.first_signer).await?;
    Ok(Awaited {
        first: name(tx, row.first_signer).await?,
        asked: row.asked_at,
        last_day: row.last_day,
        others: others.into_iter().map(|(_, name)| name).collect(),
        hers: is_hers(actor, case, row),
        may_remind: may_remind(row, tenant.clock.today()),
        state,
    })
}

async fn name(tx: &mut Tx, user: Option<UserId>) -> ServiceResult<String> {
    Ok(match user {
        Some(user) => users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name),
        None => String::new(),
    })
}

/// What is to be signed.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not the actor's or waits for no signature.
pub async fn to_sign(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<ToSign> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::Read(About::Case(case.about())))?;
    let row = rows::newest_of_case(&mut tx, case.id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let all = cases::applications(&mut tx, case.id).await?;
    let signed = all.iter().find(|application| application.id == row.application_id).ok_or(ServiceError::NotFound)?;
    let now = all.iter().find(|application| application.replaced_at.is_none()).ok_or(ServiceError::NotFound)?;
    let (signed, now) = (serde_json::from_slice(&signed.answers)?, serde_json::from_slice(&now.answers)?);
    Ok(ToSign {
        awaited: view(&mut tx, tenant, actor, &case, &row).await?,
        changes: changes::between(&package.form, &signed, &now),
        answers: now,
        case: case.id,
        number: case.number,
        period: case.period,
        package,
    })
}

/// Gives the second signature. Once more changes nothing.
///
/// # Errors
/// [`ServiceError::Refused`] for who signed first, who may not sign, and when the time has run out.
pub async fn sign(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::SignFor(About::Case(case.about())))?;
    let row = rows::newest_of_case(&mut tx, case.id).await?.ok_or(ServiceError::NotFound)?;
    if row.signed_at.is_some() && row.signed_by == actor.person() {
        return Ok(());
    }
    if row.first_signer == actor.person() {
        return Err(ServiceError::refused(
            "Du har redan skrivit under. Någon annan som får skriva under för föreningen behöver göra det också.",
            "You have signed already. Somebody else who may sign for the association must sign too.",
        ));
    }
    let now = tenant.clock.now();
    if !rows::sign(&mut tx, row.id, actor.person(), now).await? {
        return Err(no_longer());
    }
    let Actor::Association { name, .. } = actor else { return Err(ServiceError::NotFound) };
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let at = crate::text::number::moment(now, crate::domain::localized::Language::Sv);
    let sheet = diary::Sheet {
        direction: Direction::In,
        subject: "Underskrift av ansökan",
        document_type: "underskrift",
        parts: &[("Underskriven av", name), ("När", &at)],
        appendix: "",
    };
    diary::register_sheet(&mut tx, tenant, &package, &case, sheet).await?;
    let event = Event { kind: "application.cosigned", body: json!({}), texts: &[("signed_by", name)] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    for step in [REMIND, OVER] {
        jobs::close(&mut tx, &format!("{step}/{}", row.id), "signed", now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Reminds those who may sign, at most once a day.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not the actor's; [`ServiceError::Refused`] for who may not sign for the
/// association, when nothing is waited for, and when they were reminded today.
pub async fn remind(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, row) = waiting(&mut tx, actor, case).await?;
    let today = tenant.clock.today();
    if !may_remind(&row, today) || !rows::remind(&mut tx, row.id, today).await? {
        return Err(ServiceError::refused(
            "Ett mejl har redan gått i dag till dem som kan skriva under. Ni kan påminna igen i morgon.",
            "A mail has gone today to those who can sign. You can remind them again tomorrow.",
        ));
    }
    messages::queue_once(&mut tx, tenant, &case, messages::About::Cosign, &format!("remind/{}/{today}", row.id)).await?;
    let event = Event { kind: "application.cosignature_reminded", body: json!({}), texts: &[] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The mail that asked for the signature, or reminded of it, must be a day old: another would only annoy.
fn may_remind(row: &CosignatureRow, today: NaiveDate) -> bool {
    crate::domain::clock::swedish_date(row.asked_at) < today && row.reminded_on.is_none_or(|day| day < today)
}

/// Takes the request for a second signature back: the application stays received, and an officer takes it from there.
///
/// # Errors
/// As [`remind`].
pub async fn call_off(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, row) = waiting(&mut tx, actor, case).await?;
    let now = tenant.clock.now();
    rows::end(&mut tx, row.id, now).await?;
    for step in [REMIND, OVER] {
        jobs::close(&mut tx, &format!("{step}/{}", row.id), "called off", now).await?;
    }
    let reason = "Föreningen har tagit tillbaka sin begäran om en andra underskrift. Hör med föreningen om ansökan ska gälla, ändras eller återkallas.";
    crate::services::tasks::open_beside(&mut tx, tenant, case.id, "underskrift_saknas", reason, None).await?;
    let event = Event { kind: "application.cosignature_called_off", body: json!({}), texts: &[] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The signature a case waits for, locked, for who may sign for the association.
async fn waiting(tx: &mut Tx, actor: &Actor, case: CaseId) -> ServiceResult<(CaseRow, CosignatureRow)> {
    let case = cases::lock(tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::SignFor(About::Case(case.about())))?;
    let row = rows::open_of_case(tx, case.id).await?.ok_or_else(no_longer)?;
    Ok((case, row))
}

fn no_longer() -> ServiceError {
    ServiceError::refused(
        "Ansökan väntar inte längre på en underskrift. Ladda om sidan och se hur det står.",
        "The application does not wait for a signature any more. Reload the page to see how it stands.",
    )
}

/// Carries out a job of a signature: reminds, or hands what did not come in time to an officer.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost.
pub async fn run_job(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = job.reference.ok_or_else(|| anyhow::anyhow!("a signature's job without a signature"))?;
    let mut tx = tenant.db.write().await?;
    if !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::lock(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
    let open = row.signed_at.is_none() && row.ended_at.is_none();
    match job.step.as_str() {
        REMIND if open => messages::queue_once(&mut tx, tenant, &case, messages::About::Cosign, &format!("remind/{id}")).await?,
        OVER if open => {
            rows::end(&mut tx, id, tenant.clock.now()).await?;
            let reason = "Den andra underskriften har inte kommit i tid. Hör med föreningen, begär komplettering eller avgör om ansökan ska avvisas.";
            crate::services::tasks::open_beside(&mut tx, tenant, case.id, "underskrift_saknas", reason, None).await?;
            let event = Event { kind: "application.cosignature_missing", body: json!({ "last_day": row.last_day }), texts: &[] };
            history::record(&mut tx, tenant, Stream::Case(case.id), &Actor::Service, event).await?;
        }
        _ => {}
    }
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    tx.commit().await?;
    Ok(())
}
