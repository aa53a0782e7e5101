//! Deciding, undoing before dispatch, dispatching.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::actor::{Action, authorize};
use super::cases::queue;
use super::cases::withdrawal;
use super::diary::{self, NewDocument};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, budgets, conflicts, flow, messages, packages, payments, protection, renewals, reports};
use crate::app::Tenant;
use crate::domain::calculation::Evaluation;
use crate::domain::canonical::{self, Sha};
use crate::domain::change::ChangeKind;
use crate::domain::clock::SystemClock;
use crate::domain::grant::{DecisionMode, GrantKind, Outcome};
use crate::domain::id::{CalculationId, CaseId, DecisionId};
use crate::domain::inputs::Answer;
use crate::domain::{Clock, Money};
use crate::letters::{self, DecisionLetter};
use crate::packages::Package;
use crate::store::Tx;
use crate::store::agenda;
use crate::store::calculations;
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::{self as rows, DecisionRow};
use crate::store::diary::Direction;
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::organisations::{self, ApprovalRow, EarlierRow};
use crate::workflows::ClockEnd;
use crate::workflows::machine::{self, Grant};

pub mod batch;
pub mod changing;
mod letter;
pub(super) use letter::{By, appeal_text, head, official};
pub mod meetings;
mod ripe;
pub mod views;

use ripe::{Ripe, may_decide, reasons, ripe};

/// What became of one case in a batch.
#[derive(Debug)]
pub struct Decided {
    /// The case.
    pub case: CaseId,
    /// The decision, or why it was left out.
    pub result: ServiceResult<DecisionId>,
}

/// Decides cases as proposed, each its own decision with the delegate's name. A case that cannot be decided is left
/// out with the reason; the others stand. What was decided is sealed at once.
///
/// # Errors
/// When the seal cannot be written; the decisions then stand and are sealed with the next.
pub async fn decide_batch(tenant: &Tenant, actor: &Actor, list: &[CaseId]) -> ServiceResult<Vec<Decided>> {
    let mut done = Vec::with_capacity(list.len());
    for case in list {
        let result = conflicts::noting(tenant, actor, decide(tenant, actor, *case, &[]).await).await?;
        done.push(Decided { case: *case, result });
    }
    let mut tx = tenant.db.write().await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(done)
}

/// Decides one case as proposed, with the decider's own reasons where the rules give none.
///
/// # Errors
/// [`ServiceError::Refused`] when the case is not ready, the amount is above the actor's delegation, or the grant is
/// the committee's to decide.
pub async fn decide(tenant: &Tenant, actor: &Actor, case_id: CaseId, motivation: &[String]) -> ServiceResult<DecisionId> {
    decide_on(tenant, actor, case_id, motivation, None).await
}

/// Decides one case as proposed, if it still rests on the calculation that the decider has seen.
///
/// # Errors
/// As [`decide`], and [`ServiceError::Stale`] when the case was calculated again meanwhile.
pub async fn decide_resting_on(tenant: &Tenant, actor: &Actor, case_id: CaseId, seen: CalculationId) -> ServiceResult<DecisionId> {
    decide_on(tenant, actor, case_id, &[], Some(seen)).await
}

async fn decide_on(
    tenant: &Tenant,
    actor: &Actor,
    case_id: CaseId,
    motivation: &[String],
    seen: Option<CalculationId>,
) -> ServiceResult<DecisionId> {
    let mut tx = tenant.db.write().await?;
    let Ripe { mut case, package, basis, evaluation, outcome, amount } = ripe(&mut tx, tenant, actor, case_id, seen).await?;
    let delegation = may_decide(actor, &package, &case, &evaluation, amount)?;
    let reasons = reasons(motivation, outcome, &evaluation);
    let ruling = letter::Ruling { outcome, amount, by: By::Delegate(delegation.as_deref()), motivation: &reasons };
    let id = write(&mut tx, tenant, actor, &package, &mut case, &basis, &evaluation, ruling).await?;
    tx.commit().await?;
    Ok(id)
}

/// Records what the committee decided in a case, in the caller's transaction: a decision of its own, as proposed, with the
/// meeting's date and §.
///
/// # Errors
/// [`ServiceError::Refused`] when the case is not ready, or is not the committee's to decide.
pub(super) async fn decide_in_committee(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case_id: CaseId,
    by: By<'_>,
    motivation: &[String],
) -> ServiceResult<DecisionId> {
    let Ripe { mut case, package, basis, evaluation, outcome, amount } = ripe(tx, tenant, actor, case_id, None).await?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    let reasons = reasons(motivation, outcome, &evaluation);
    let ruling = letter::Ruling { outcome, amount, by, motivation: &reasons };
    write(tx, tenant, actor, &package, &mut case, &basis, &evaluation, ruling).await
}

/// Closes a case whose application was withdrawn (avskrivning): a decision of its own, with letter and time to undo.
///
/// # Errors
/// [`ServiceError::Refused`] when it is decided already, not calculated yet, or not the actor's to decide.
pub async fn close_withdrawn(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &mut CaseRow,
) -> ServiceResult<DecisionId> {
    if case.closed_at.is_some() || rows::standing(tx, case.id).await?.is_some() {
        return Err(ServiceError::refused("Ärendet är redan beslutat.", "The case is already decided."));
    }
    let Some(basis) = calculations::newest(tx, case.id).await? else {
        return Err(ServiceError::refused(
            "Ansökan är inte färdigläst än. Försök igen om en stund.",
            "The application is not read yet. Try again in a while.",
        ));
    };
    let action = Action::Decide { about: case.about(), committee: &case.committee, grant_type: &case.grant_type, amount: Money::ZERO };
    let delegation = authorize(actor, action)?.and_then(|role| role.reference.clone());
    conflicts::must_be_free(tx, tenant, actor, case.about()).await?;
    let motivation = ["Sökanden har tagit tillbaka ansökan.".to_owned()];
    let ruling = letter::Ruling {
        outcome: Outcome::Avskrivning,
        amount: Money::ZERO,
        by: By::Delegate(delegation.as_deref()),
        motivation: &motivation,
    };
    write(tx, tenant, actor, package, case, &basis, &Evaluation::default(), ruling).await
}

#[expect(clippy::too_many_arguments, reason = "what a decision is made of; a struct would be taken apart at once")]
async fn write(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &mut CaseRow,
    basis: &calculations::CalculationRow,
    evaluation: &Evaluation,
    ruling: letter::Ruling<'_>,
) -> ServiceResult<DecisionId> {
    let before = rows::of_case(tx, case.id).await?;
    let id = DecisionId(tenant.ids.uuid());
    let now = tenant.clock.now();
    let (outcome, amount) = (ruling.outcome, ruling.amount);
    let (mode, delegation, meeting_id) = match ruling.by {
        By::Delegate(point) => (package.form.decision_mode, point.map(str::to_owned), None),
        By::Committee { meeting, .. } => (DecisionMode::Committee, None, Some(meeting)),
    };
    let letter = letter::compose(tx, tenant, actor, package, case, evaluation, ruling).await?;
    let bytes = canonical::to_bytes(&letter)?;
    let row = DecisionRow {
        id,
        case_id: case.id,
        version: before.last().map_or(1, |last| last.version + 1),
        outcome,
        amount_ore: amount,
        calculation_id: basis.id,
        mode,
        appeal: package.form.appeal,
        decided_by: actor.user().map(|user| user.id),
        delegation,
        decided_at: now,
        dispatch_at: may_be_undone_until(package, now),
        dispatched_at: None,
        undone_at: None,
        letter_hash: Sha::of(&bytes).hex(),
        letter: bytes,
        document_id: None,
        meeting_id,
        changes: None,
        change_kind: None,
        change_ground: None,
        replaced_at: None,
    };
    rows::insert(tx, &row).await?;
    match package.form.kind {
        // What a report makes of the grant is settled when the decision has left.
        GrantKind::Report => reports::hold_still(tx, tenant, package, case, (outcome, amount)).await?,
        GrantKind::General | GrantKind::Selective | GrantKind::Approval => budgets::charge(tx, case, &row).await?,
    }
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Dispatch,
        case_id: Some(case.id),
        reference: Some(id.0),
        entered: case.entered,
        step: "",
        dedup_key: dispatch_key(id),
        run_at: row.dispatch_at,
    };
    jobs::add(tx, job).await?;
    case.outcome = Some(outcome);
    case.amount_ore = Some(amount);
    let entered = case.entered;
    if !cases::update(tx, case, entered).await? {
        return Err(ServiceError::Stale);
    }
    queue::refresh(tx, tenant, case.id).await?;
    let body = json!({
        "decision": id, "version": row.version, "outcome": outcome.word(), "amount_ore": amount, "calculation": basis.id,
        "result": basis.result_hash, "letter": row.letter_hash, "delegation": row.delegation, "dispatch_at": row.dispatch_at,
        "appeal": row.appeal.word(),
    });
    history::record(tx, tenant, Stream::Case(case.id), actor, Event { kind: "decision.made", body, texts: &[] }).await?;
    Ok(id)
}

/// Takes back a decision that was not sent yet. The decision stays in the history; the case is ready for decision again.
///
/// # Errors
/// [`ServiceError::Refused`] when it was sent or undone already; [`ServiceError::Invalid`] without a reason.
pub async fn undo(tenant: &Tenant, actor: &Actor, id: DecisionId, reason: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let mut case = cases::lock(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
    let action = Action::Decide { about: case.about(), committee: &case.committee, grant_type: &case.grant_type, amount: row.amount_ore };
    // What the committee decided was written in by an officer, and she may correct her own entry.
    let entry = Action::Handle { about: case.about(), committee: &case.committee };
    authorize(actor, if row.mode == DecisionMode::Committee { entry } else { action })?;
    conflicts::must_be_free(&mut tx, tenant, actor, case.about()).await?;
    if reason.trim().is_empty() {
        let message = crate::domain::Localized::both("Skriv varför beslutet tas tillbaka.", "Write why the decision is taken back.");
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("reason", reason)?;
    if !rows::undo(&mut tx, id, tenant.clock.now()).await? {
        return Err(ServiceError::refused(
            "Beslutet är redan skickat eller återtaget. Ett skickat beslut ändras genom ett nytt beslut.",
            "The decision was already sent or taken back. A decision that was sent is changed by a new decision.",
        ));
    }
    jobs::close(&mut tx, &dispatch_key(id), "undone", tenant.clock.now()).await?;
    match row.changes {
        Some(old) => changing::undone(&mut tx, tenant, &mut case, &row, old).await?,
        None => undone(&mut tx, tenant, &mut case, &row).await?,
    }
    let event = Event { kind: "decision.undone", body: json!({ "decision": id }), texts: &[("reason", reason)] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// A case's first decision was undone: it is ready for decision again.
async fn undone(tx: &mut Tx, tenant: &Tenant, case: &mut CaseRow, row: &DecisionRow) -> ServiceResult<()> {
    budgets::give_back(tx, tenant, case, row).await?;
    if let Some(granted) = reports::granted_case(tx, case).await? {
        payments::thaw(tx, tenant, granted).await?;
    }
    agenda::reopen(tx, row.id).await?;
    // The application is still taken back.
    if row.outcome == Outcome::Avskrivning {
        withdrawal::await_closing(tx, tenant, case.id).await?;
    }
    case.outcome = None;
    let entered = case.entered;
    cases::update(tx, case, entered).await?;
    queue::refresh(tx, tenant, case.id).await
}

/// Sends a decision whose time for undoing is over: the letter is drawn up and registered, the case moves on.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost or the decision was undone or sent meanwhile.
pub async fn dispatch(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = DecisionId(job.reference.ok_or_else(|| anyhow::anyhow!("a dispatch without a decision"))?);
    let mut read = tenant.db.read().await?;
    let row = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    let organisation = case_of(&mut read, row.case_id).await?.organisation_id;
    let name = organisations::name(&mut read, organisation, tenant.clock.today()).await?;
    drop(read);
    let pdf = pdf(&row).await?;
    let file = diary::store_file(tenant, &pdf, "application/pdf")?;
    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
    if !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let file = diary::note_file(&mut tx, &file).await?;
    let kind = match row.change_kind {
        None => "Beslut",
        Some(ChangeKind::Correction) => "Rättat beslut",
        Some(ChangeKind::Change) => "Ändrat beslut",
    };
    let subject = format!("{kind}: {}", outcome_words(row.outcome));
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::Out,
        party: Some(&name),
        subject: &subject,
        masked: protection::masks_party(&mut tx, &case).await?,
        document_type: "beslut",
        file: Some(file),
    };
    let document = diary::register(&mut tx, tenant, &package.form.diary, document).await?;
    if !rows::dispatch(&mut tx, id, tenant.clock.now(), document).await? {
        return Err(ServiceError::Stale);
    }
    if row.changes.is_none() {
        take_effect(&mut tx, tenant, &package, &case, &row).await?;
        flow::stop_clocks(&mut tx, tenant, &package, &case, ClockEnd::Decided).await?;
    }
    payments::refresh_holds(&mut tx, tenant, case.organisation_id).await?;
    let body = json!({ "decision": id, "document": document });
    history::record(&mut tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "decision.dispatched", body, texts: &[] })
        .await?;
    if row.changes.is_some() {
        // The case has gone its way already.
        changing::dispatched(&mut tx, tenant, &package, &case, &row).await?;
    } else if row.outcome == Outcome::Avskrivning {
        messages::queue(&mut tx, tenant, &case, messages::About::Decision).await?;
        flow::end(&mut tx, tenant, &package, &mut case, &Actor::Service).await?;
    } else {
        let grant = if granted(row.outcome) { Grant::Something } else { Grant::Nothing };
        flow::advance(&mut tx, tenant, &package, &mut case, &Actor::Service, &machine::Outcome::Decided(grant), None).await?;
    }
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    // The sending may have failed before.
    queue::refresh(&mut tx, tenant, case.id).await?;
    tx.commit().await?;
    Ok(())
}

/// A decision's letter as PDF/UA, drawn up anew from what was decided: the same bytes every time.
///
/// # Errors
/// When the stored letter cannot be read or drawn up.
pub async fn pdf(row: &DecisionRow) -> ServiceResult<Vec<u8>> {
    pdf_of(serde_json::from_slice(&row.letter)?).await
}

/// A letter as PDF/UA.
///
/// # Errors
/// When it cannot be drawn up.
pub async fn pdf_of(letter: DecisionLetter) -> ServiceResult<Vec<u8>> {
    let drawn = tokio::task::spawn_blocking(move || letters::pdf(&letter)).await.map_err(|error| anyhow::anyhow!("no letter: {error}"))?;
    Ok(drawn.map_err(anyhow::Error::from)?)
}

/// A decision's letter as HTML.
///
/// # Errors
/// When the stored letter cannot be read.
pub fn html(row: &DecisionRow) -> ServiceResult<String> {
    let letter: DecisionLetter = serde_json::from_slice(&row.letter)?;
    Ok(letters::html(&letter).map_err(anyhow::Error::from)?)
}

/// Whether an outcome grants something.
#[must_use]
pub fn granted(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Bifall | Outcome::DelvisBifall => true,
        Outcome::Avslag | Outcome::Avvisning | Outcome::Avskrivning => false,
    }
}

/// An outcome in a word.
#[must_use]
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Bifall => "bifall",
        Outcome::DelvisBifall => "delvis bifall",
        Outcome::Avslag => "avslag",
        Outcome::Avvisning => "avvisning",
        Outcome::Avskrivning => "avskrivning",
    }
}

/// The day a decision was made: the committee's meeting where it decided, whenever that was written in.
///
/// # Errors
/// When the stored letter cannot be read.
pub fn decided_on(row: &DecisionRow) -> ServiceResult<chrono::NaiveDate> {
    let letter: DecisionLetter = serde_json::from_slice(&row.letter)?;
    Ok(letter.decided_on())
}

/// What a decision changes outside its case: an approval's dates, the record of grants.
async fn take_effect(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, row: &DecisionRow) -> ServiceResult<()> {
    if !granted(row.outcome) {
        return Ok(());
    }
    if package.form.kind == GrantKind::Report {
        return Ok(());
    }
    if package.form.kind != GrantKind::Approval {
        reports::owe(tx, tenant, package, case, row).await?;
        let grant = EarlierRow { grant_type: case.grant_type.clone(), period: case.period.clone(), amount_ore: row.amount_ore };
        organisations::record_grant(tx, case.organisation_id, &grant, &case.number).await?;
        return Ok(());
    }
    let settings = package.form.approval.clone().unwrap_or_default();
    let covers = package.form.period(&case.period).ok_or_else(|| anyhow::anyhow!("no period {}", case.period))?.covers;
    let application = cases::application(tx, case.id).await?;
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&application.answers)?;
    // Reckoned from the association's own financial year where the form asks for it.
    let year_end = match settings.year_end.as_ref().and_then(|field| answers.get(&field.value)) {
        Some(Answer::Date(date)) => *date,
        _ => covers.to,
    };
    let until = year_end.checked_add_months(chrono::Months::new(settings.months_after_year_end)).unwrap_or(year_end);
    let approval = ApprovalRow {
        id: tenant.ids.uuid(),
        organisation_id: case.organisation_id,
        grant_type: case.grant_type.clone(),
        valid_from: tenant.clock.today().min(covers.from),
        valid_to: until,
        decision_id: Some(row.id),
    };
    organisations::insert_approval(tx, &approval).await?;
    renewals::schedule(tx, tenant, &settings, &approval).await
}

async fn case_of(tx: &mut Tx, id: CaseId) -> ServiceResult<CaseRow> {
    cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)
}

/// Until when a decision made now can be undone; its letter leaves then.
fn may_be_undone_until(package: &Package, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::minutes(i64::from(package.form.undo_minutes))
}

fn dispatch_key(id: DecisionId) -> String {
    format!("dispatch/{id}")
}
