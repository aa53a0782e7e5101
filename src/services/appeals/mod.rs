//! Appeals (överklaganden): entered by an officer, with what the appeal form asks of us then. No step is the service's own.
//!
//! Under förvaltningsbesvär we test whether the appeal came in time, reconsider and forward it (förvaltningslagen 43-47 §§).
//! Under legality review the court receives and tests (kommunallagen 13 kap.); its requests are answered. While an appeal is
//! open, payments of the case wait (kommunallagen 13 kap. 14 §, förvaltningslagen 35 §).

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{About, Action, authorize};
use super::decisions::decided_on;
use super::diary::{self, NewDocument};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::uploads::Incoming;
use super::{Actor, ServiceError, ServiceResult, conflicts, free_text, packages, paper, payments, protection};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::appeal::{Act, Appeal, AppealOutcome, AppealState, Next, Reconsidered, StepKind, Via, WrongAct};
use crate::domain::change::ChangeGround;
use crate::domain::grant::AppealForm;
use crate::domain::id::{AppealId, CaseId, DocumentId};
use crate::domain::localized::Language;
use crate::forms::{Accept, AttachmentField};
use crate::packages::Package;
use crate::store::appeals::{self as rows, AppealRow, StepRow};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::DecisionRow;
use crate::store::diary::Direction;
use crate::store::files::FileRow;
use crate::store::{Tx, decisions};
use crate::text::number;

mod court;
mod package;
mod rejecting;
pub mod views;

pub use court::{FromCourt, judge, request};
pub use package::{Statement, answer, forward};
pub use rejecting::reject;

/// The largest file of the appellant's or the court's that is taken, in bytes.
pub const MOST_BYTES: u64 = 20_000_000;

/// What kinds of file are taken.
#[must_use]
pub fn accepted() -> Vec<Accept> {
    vec![Accept::Pdf, Accept::Image, Accept::Document]
}

/// An appeal as an officer enters it.
#[derive(Clone, Copy, Debug)]
pub struct NewAppeal<'a> {
    /// Where it came in.
    pub via: Via,
    /// The day it came in.
    pub received_on: Option<NaiveDate>,
    /// The day the party received the decision; asked for only where we test the time.
    pub served_on: Option<NaiveDate>,
    /// Who appeals.
    pub appellant: &'a str,
    /// What is claimed, in short.
    pub claim: &'a str,
    /// The appeal itself, where there is a file.
    pub file: Option<&'a [u8]>,
}

/// Enters an appeal of the decision in force: it stands in the diary, and payments wait. The same appeal entered twice is one.
///
/// # Errors
/// [`ServiceError::Refused`] when no decision has been sent, [`ServiceError::Invalid`] with a finding per field.
pub async fn enter(tenant: &Tenant, actor: &Actor, case: CaseId, new: NewAppeal<'_>) -> ServiceResult<AppealId> {
    let mut read = tenant.db.read().await?;
    let row = cases::by_id(&mut read, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: row.about(), committee: &row.committee })?;
    let Some(decision) = in_force(&mut read, case).await? else {
        return Err(ServiceError::refused(
            "Det finns inget skickat beslut att överklaga i ärendet.",
            "There is no decision in the case that has been sent and can be appealed.",
        ));
    };
    drop(read);
    let dates = check(tenant, &decision, &new)?;
    let file = match new.file {
        Some(bytes) => Some(taken(tenant, bytes)?),
        None => None,
    };
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    conflicts::must_be_free(&mut tx, tenant, actor, case.about()).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let (appellant, claim) = (new.appellant.trim(), new.claim.trim());
    let known = rows::of_case(&mut tx, case.id).await?.into_iter().find(|row| {
        (row.decision_id, row.received_on, row.appellant.as_str(), row.claim.as_str()) == (decision.id, dates.received, appellant, claim)
    });
    if let Some(known) = known {
        return Ok(known.id);
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let came = number::date(dates.received, Language::Sv);
    let parts = [("Inkommet", came.as_str()), ("Klagande", appellant), ("Det som begärs", claim)];
    let sheet = Came { subject: "Överklagande", document_type: "overklagande", party: appellant, parts: &parts, on: dates.received };
    let document = register(&mut tx, tenant, &package, &case, sheet, file).await?;
    let next = Appeal::begin(decision.appeal, new.via, dates.received);
    let row = AppealRow {
        id: AppealId(tenant.ids.uuid()),
        case_id: case.id,
        decision_id: decision.id,
        form: decision.appeal,
        via: new.via,
        received_on: dates.received,
        served_on: dates.served,
        appellant: appellant.to_owned(),
        claim: claim.to_owned(),
        document_id: document,
        entered_at: tenant.clock.now(),
        entered_by: user,
        state: next.state,
        steps: 0,
        due: next.due,
        outcome: None,
        closed_at: None,
    };
    rows::insert(&mut tx, &row).await?;
    payments::appealed(&mut tx, tenant, case.id).await?;
    let body = json!({
        "appeal": row.id, "decision": decision.id, "via": row.via.word(), "form": row.form.word(), "received_on": row.received_on,
        "document": document,
    });
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, Event { kind: "appeal.entered", body, texts: &[("who", appellant)] })
        .await?;
    tx.commit().await?;
    Ok(row.id)
}

/// The decision in force: the newest that has left.
async fn in_force(tx: &mut Tx, case: CaseId) -> ServiceResult<Option<DecisionRow>> {
    Ok(decisions::of_case(tx, case).await?.into_iter().rev().find(DecisionRow::left))
}

/// The days of a new appeal.
struct Dates {
    received: NaiveDate,
    served: Option<NaiveDate>,
}

fn check(tenant: &Tenant, decision: &DecisionRow, new: &NewAppeal<'_>) -> ServiceResult<Dates> {
    let mut findings = Vec::new();
    let mut wrong = |place: &str, code: &str, sv: &str, en: &str| {
        findings.push(Finding { place: place.to_owned(), code: code.to_owned(), message: Localized::both(sv, en) });
    };
    let today = tenant.clock.today();
    let decided = decided_on(decision)?;
    let fits = |day: NaiveDate| decided <= day && day <= today;
    if !new.received_on.is_some_and(fits) {
        wrong(
            "received_on",
            "not_a_day",
            "Skriv dagen då överklagandet kom in: från beslutets dag till i dag.",
            "Write the day the appeal came in: from the day of the decision until today.",
        );
    }
    let served = match (decision.appeal, new.served_on) {
        (AppealForm::Laglighetsprovning, _) => None,
        (AppealForm::Forvaltningsbesvar, served) => {
            if !served.is_some_and(fits) {
                wrong(
                    "served_on",
                    "not_a_day",
                    "Skriv dagen då sökanden fick del av beslutet: från beslutets dag till i dag.",
                    "Write the day the applicant received the decision: from the day of the decision until today.",
                );
            }
            if new.via == Via::Court {
                wrong(
                    "via",
                    "not_there",
                    "Ett förvaltningsbesvär ska komma till oss. Registrera det som inkommet hit när domstolen har skickat över det.",
                    "Such an appeal is filed with us. Enter it as received here when the court has sent it over.",
                );
            }
            served
        }
    };
    if new.appellant.trim().is_empty() {
        wrong("appellant", "missing", "Skriv vem som överklagar.", "Write who appeals.");
    }
    if new.claim.trim().is_empty() {
        wrong("claim", "missing", "Skriv kort vad som begärs.", "Write in short what is claimed.");
    }
    findings.extend(free_text::finding("appellant", new.appellant));
    findings.extend(free_text::finding("claim", new.claim));
    match new.received_on {
        Some(received) if findings.is_empty() => Ok(Dates { received, served }),
        Some(_) | None => Err(ServiceError::Invalid(findings)),
    }
}

/// A file as it is kept, judged by what is in it.
fn taken(tenant: &Tenant, bytes: &[u8]) -> ServiceResult<FileRow> {
    let settings = AttachmentField { accept: accepted(), max_bytes: MOST_BYTES, on_file: false, later: false };
    let mut incoming = Incoming::begin(tenant, "file", settings)?;
    incoming.write(bytes)?;
    incoming.finish(tenant)
}

/// Something that came in, from the appellant or the court.
struct Came<'a> {
    subject: &'a str,
    document_type: &'a str,
    party: &'a str,
    parts: &'a [(&'a str, &'a str)],
    on: NaiveDate,
}

/// Registers what came in: the file itself, else a page that says what is known of it.
async fn register(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    came: Came<'_>,
    file: Option<FileRow>,
) -> ServiceResult<DocumentId> {
    let file = match file {
        Some(file) => file,
        None => {
            let page = paper::plain(came.subject, &case.number, came.party, came.parts);
            diary::store_file(tenant, page.as_bytes(), "text/html; charset=utf-8")?
        }
    };
    let file = diary::note_file(tx, &file).await?;
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(came.party),
        subject: came.subject,
        masked: protection::masks_party(tx, case).await?,
        document_type: came.document_type,
        file: Some(file),
    };
    diary::register_dated(tx, tenant, &package.form.diary, document, came.on).await
}

/// An appeal that somebody does something with.
struct Opened {
    appeal: AppealRow,
    case: CaseRow,
    package: std::sync::Arc<Package>,
}

/// Opens an appeal in a transaction that writes.
async fn open(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: AppealId) -> ServiceResult<Opened> {
    let appeal = rows::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::lock(tx, appeal.case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    conflicts::must_be_free(tx, tenant, actor, case.about()).await?;
    // As it is now that the case is locked.
    let appeal = rows::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok(Opened { appeal, case, package })
}

/// A step to be noted.
struct Noted<'a> {
    kind: StepKind,
    on: NaiveDate,
    text: &'a str,
    document: Option<DocumentId>,
}

/// The appeal as the ways on see it.
fn seen(row: &AppealRow) -> Appeal {
    Appeal { form: row.form, state: row.state, received_on: row.received_on, served_on: row.served_on }
}

fn next(row: &AppealRow, act: Act) -> ServiceResult<Next> {
    seen(row).act(act).map_err(wrong_act)
}

fn wrong_act(wrong: WrongAct) -> ServiceError {
    match wrong {
        WrongAct::State => ServiceError::refused(
            "Det går inte där överklagandet står nu. Ladda om sidan för att se vad som kan göras.",
            "Not possible where the appeal stands now. Reload the page to see what can be done.",
        ),
        WrongAct::Courts => ServiceError::refused(
            "Vid laglighetsprövning prövar domstolen överklagandet. Skicka det vidare dit.",
            "Under legality review the court tries the appeal. Send it on there.",
        ),
        WrongAct::InTime => ServiceError::refused(
            "Överklagandet kom in i tid och kan inte avvisas som för sent.",
            "The appeal came in time and cannot be rejected as late.",
        ),
    }
}

/// Notes a step with where it leads; a closed appeal lets payments go where the decision still holds.
async fn note(tx: &mut Tx, tenant: &Tenant, actor: &Actor, opened: &Opened, next: Next, noted: Noted<'_>) -> ServiceResult<()> {
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let row = AppealRow {
        state: next.state,
        due: next.due,
        outcome: next.outcome,
        closed_at: next.outcome.map(|_| tenant.clock.now()),
        ..opened.appeal.clone()
    };
    let step = StepRow {
        appeal_id: row.id,
        no: row.steps + 1,
        kind: noted.kind,
        on_day: noted.on,
        due: next.due,
        text: noted.text.trim().to_owned(),
        document_id: noted.document,
        at: tenant.clock.now(),
        by_user: user,
    };
    if !rows::step(tx, &row, &step).await? {
        return Err(ServiceError::Stale);
    }
    if next.outcome.is_some_and(AppealOutcome::lets_pay) && rows::open_of_case(tx, row.case_id).await?.next().is_none() {
        payments::appeal_over(tx, tenant, row.case_id).await?;
    }
    let body = json!({
        "appeal": row.id, "step": step.kind.word(), "state": row.state.word(), "outcome": row.outcome.map(AppealOutcome::word),
        "due": row.due, "document": step.document_id,
    });
    let event = Event { kind: "appeal.step", body, texts: &[("text", step.text.as_str())] };
    history::record(tx, tenant, Stream::Case(row.case_id), actor, event).await
}

fn written(place: &str, text: &str, sv: &str, en: &str) -> ServiceResult<()> {
    if text.trim().is_empty() {
        return Err(ServiceError::invalid(place, "missing", Localized::both(sv, en)));
    }
    free_text::refuse_person_numbers(place, text)
}

/// Says how the reconsideration came out (omprövning, förvaltningslagen 38-39, 46 §§).
///
/// # Errors
/// [`ServiceError::Refused`] under legality review, or when it is said to be changed and no change after the appeal has left.
pub async fn reconsider(tenant: &Tenant, actor: &Actor, id: AppealId, how: Reconsidered, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, Act::Reconsider(how))?;
    written("text", text, "Skriv hur du har bedömt överklagandet.", "Write how you have judged the appeal.")?;
    let changed = decisions::of_case(&mut tx, opened.case.id)
        .await?
        .into_iter()
        .any(|row| row.left() && row.change_ground == Some(ChangeGround::Reconsidered) && row.decided_at >= opened.appeal.entered_at);
    let pending = decisions::standing(&mut tx, opened.case.id).await?.is_some_and(|row| row.dispatched_at.is_none());
    match how {
        Reconsidered::ChangedAsAsked | Reconsidered::ChangedOtherwise if !changed => {
            return Err(ServiceError::refused(
                "Inget beslut är ändrat genom omprövning efter överklagandet. Ändra beslutet först, och vänta tills brevet är skickat.",
                "No decision was changed by reconsideration after the appeal. Change the decision first, and wait until its letter is sent.",
            ));
        }
        Reconsidered::Stands if changed || pending => {
            return Err(ServiceError::refused(
                "Beslutet är ändrat efter överklagandet. Välj att det är ändrat.",
                "The decision was changed after the appeal. Choose that it is changed.",
            ));
        }
        Reconsidered::ChangedAsAsked | Reconsidered::ChangedOtherwise | Reconsidered::Stands => {}
    }
    let noted = Noted { kind: StepKind::Reconsidered, on: tenant.clock.today(), text, document: None };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the appellant has withdrawn the appeal before the court has it.
///
/// # Errors
/// [`ServiceError::Refused`] when the court has it; [`ServiceError::Invalid`] without how it was said.
pub async fn withdraw(tenant: &Tenant, actor: &Actor, id: AppealId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, Act::Withdraw)?;
    written("text", text, "Skriv hur och när överklagandet togs tillbaka.", "Write how and when the appeal was withdrawn.")?;
    let today = tenant.clock.today();
    let parts = [("Så här togs överklagandet tillbaka", text.trim())];
    let sheet = Came {
        subject: "Återkallelse av överklagande",
        document_type: "aterkallelse",
        party: &opened.appeal.appellant,
        parts: &parts,
        on: today,
    };
    let document = register(&mut tx, tenant, &opened.package, &opened.case, sheet, None).await?;
    let noted = Noted { kind: StepKind::Withdrawn, on: today, text, document: Some(document) };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether an appeal is one that waits for the court to be given it.
const fn goes_to_court(state: AppealState) -> bool {
    match state {
        AppealState::Received | AppealState::ToForward => true,
        AppealState::AtCourt | AppealState::Requested | AppealState::Closed => false,
    }
}
