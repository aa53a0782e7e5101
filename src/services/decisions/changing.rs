//! Decisions that take the place of earlier ones: correcting an obvious slip, changing what was decided
//! (förvaltningslagen 36-39 §§).
//!
//! The earlier decision is never edited: the new one is a version of its own with a letter, a calculation and a time to undo.
//! Until its letter has left, payments wait; undone, the earlier one stands again.

use serde_json::json;

use super::letter::{self, By, Ruling};
use super::ripe::may_decide;
use super::{dispatch_key, granted, may_be_undone_until};
use crate::app::Tenant;
use crate::domain::appeal::AppealState;
use crate::domain::calculation::{CheckStatus, Evaluation, RowKind};
use crate::domain::canonical::{self, Sha};
use crate::domain::change::{ChangeGround, ChangeKind, ChangeRefused, Reservation, Weighed};
use crate::domain::grant::{AppealForm, DecisionMode, GrantKind, Outcome};
use crate::domain::id::{CaseId, DecisionId};
use crate::domain::inputs::{Changed, Inputs};
use crate::domain::{Localized, Money};
use crate::letters::{DecisionLetter, Replaces};
use crate::packages::Package;
use crate::rules::Evaluated;
use crate::services::actor::{About, Action, authorize};
use crate::services::calculation::{self, Basis};
use crate::services::cases::queue;
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::replay::{Material, material};
use crate::services::{
    Actor, ServiceError, ServiceResult, budgets, conflicts, free_text, messages, packages, payments, reports as reporting,
};
use crate::store::calculations::{self, CalculationKind, CalculationRow};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::{self as rows, DecisionRow};
use crate::store::jobs::{self, JobKind, NewJob};
use crate::store::organisations::{self, EarlierRow};
use crate::store::{Tx, appeals, reports};
use crate::text::number;
use crate::workflows::StateKind;

/// What somebody wants to put in the place of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Why, as the law says it.
    pub ground: ChangeGround,
    /// Why, in her own words.
    pub why: &'a str,
    /// What is to be granted, where it is a change.
    pub amount: Option<Money>,
    /// The letter's reasons as they shall read, a paragraph a line, where it is a correction.
    pub motivation: &'a str,
}

/// Puts a new decision in the place of the one in force that was seen.
///
/// # Errors
/// [`ServiceError::Refused`] when the law or the delegation does not allow it, [`ServiceError::Invalid`] where something is
/// missing, [`ServiceError::Stale`] when the decision seen is no longer the one that stands.
pub async fn change(tenant: &Tenant, actor: &Actor, case_id: CaseId, seen: DecisionId, wanted: Wanted<'_>) -> ServiceResult<DecisionId> {
    // Computed first: the rules run outside the write transaction.
    let mut read = tenant.db.read().await?;
    let case = cases::by_id(&mut read, case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let old = rows::standing(&mut read, case_id).await?.filter(|row| row.id == seen).ok_or(ServiceError::Stale)?;
    let package = packages::version(&mut read, tenant, case.package_version_id).await?;
    let before = calculations::by_id(&mut read, old.calculation_id).await?;
    may_change(actor, &package, &case, &old, &calculation::evaluation(&before)?)?;
    let amount = amount(&wanted, &old)?;
    let calculated = match wanted.ground.kind() {
        ChangeKind::Correction => None,
        ChangeKind::Change => {
            refuse_untried(&package, &old, &before)?;
            let found = material(&mut read, &package, &case, &before).await?;
            drop(read);
            Some(calculate(&package, &before, found, amount, wanted.why.trim()).await?)
        }
    };
    let evaluation = match &calculated {
        Some((_, done)) => done.evaluation.clone(),
        None => calculation::evaluation(&before)?,
    };
    let outcome = if calculated.is_some() { for_letter(evaluation.clone()).outcome(package.form.kind) } else { old.outcome };

    let mut tx = tenant.db.write().await?;
    let mut case = cases::lock(&mut tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    conflicts::must_be_free(&mut tx, tenant, actor, case.about()).await?;
    let old = rows::standing(&mut tx, case_id).await?.filter(|row| row.id == seen).ok_or(ServiceError::Stale)?;
    refuse_at_work(&mut tx, &package, &case, &old).await?;
    let first = first_letter(&mut tx, &old).await?;
    let reservation = if first.revocation.is_some() { Reservation::Made } else { Reservation::Missing };
    let paid = payments::granted_and_out(&mut tx, case_id).await?;
    let weighed = Weighed { ground: wanted.ground, before: old.amount_ore, after: amount, reservation, paid };
    weighed.may().map_err(refusal)?;
    if wanted.ground.kind() == ChangeKind::Change {
        refuse_reported(&mut tx, case_id).await?;
    }
    if wanted.ground == ChangeGround::Reconsidered {
        refuse_without_appeal(&mut tx, case_id).await?;
    }
    let authority = if amount > old.amount_ore { amount } else { old.amount_ore };
    let delegation = may_decide(actor, &package, &case, &evaluation, authority)?;
    let basis = match &calculated {
        Some((basis, done)) => calculation::keep(&mut tx, tenant, &mut case, basis, done).await?,
        None => before,
    };
    let reasons: Vec<String> = match wanted.ground.kind() {
        ChangeKind::Correction => wanted.motivation.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        ChangeKind::Change => vec![wanted.why.trim().to_owned()],
    };
    let ruling = Ruling { outcome, amount, by: By::Delegate(delegation.as_deref()), motivation: &reasons };
    let letter_evaluation = if calculated.is_some() { for_letter(evaluation) } else { evaluation };
    let mut letter = letter::compose(&mut tx, tenant, actor, &package, &case, &letter_evaluation, ruling).await?;
    letter.replaces = Some(Replaces {
        date: super::decided_on(&old)?,
        ground: wanted.ground,
        why: (wanted.ground.kind() == ChangeKind::Correction).then(|| wanted.why.trim().to_owned()),
        before: old.amount_ore,
    });
    // What is paid on what was paid before stands with the difference.
    letter.payment = None;
    let id = write(&mut tx, tenant, actor, &mut case, &old, New { wanted, basis, outcome, amount, delegation, letter, package: &package })
        .await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether an actor may change a decision at all, before anything of it is looked at.
pub(super) fn may_change(
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    old: &DecisionRow,
    evaluation: &Evaluation,
) -> ServiceResult<()> {
    if old.mode == DecisionMode::Committee || package.form.decision_mode == DecisionMode::Committee {
        return Err(ServiceError::refused(
            "Beslutet är nämndens, och bara nämnden kan rätta eller ändra det. Skriv en tjänsteskrivelse och ta upp det på ett sammanträde.",
            "The decision is the committee's, and only the committee can correct or change it. Write a memo and put it before a meeting.",
        ));
    }
    if actor.user().is_none() {
        return Err(ServiceError::refused("En människa ändrar beslut.", "A person changes decisions."));
    }
    may_decide(actor, package, case, evaluation, old.amount_ore)?;
    if old.dispatched_at.is_none() {
        return Err(ServiceError::refused(
            "Beslutet är inte skickat än. Ta tillbaka det i stället, så kan du besluta på nytt.",
            "The decision has not been sent yet. Take it back instead and decide anew.",
        ));
    }
    Ok(())
}

/// What is wrong with what was written, and the amount that it comes to.
fn amount(wanted: &Wanted<'_>, old: &DecisionRow) -> ServiceResult<Money> {
    let mut findings = Vec::new();
    let mut missing = |place: &str, sv: &str, en: &str| {
        findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
    };
    let correction = wanted.ground.kind() == ChangeKind::Correction;
    if wanted.why.trim().is_empty() {
        missing("why", "Skriv med egna ord varför. Det står i beslutet.", "Write why in your own words. It stands in the decision.");
    }
    if correction && wanted.motivation.trim().is_empty() {
        missing("motivation", "Skriv hur motiveringen ska lyda.", "Write how the reasons shall read.");
    }
    if !correction && wanted.amount.is_none_or(Money::is_negative) {
        missing("amount", "Skriv det nya beloppet i kronor, till exempel 12 500.", "Write the new amount in kronor, such as 12 500.");
    }
    findings.extend(free_text::finding("why", wanted.why));
    findings.extend(free_text::finding("motivation", wanted.motivation));
    match (findings.is_empty(), correction) {
        (false, _) => Err(ServiceError::Invalid(findings)),
        (true, true) => Ok(old.amount_ore),
        (true, false) => Ok(wanted.amount.unwrap_or_default()),
    }
}

fn refuse_untried(package: &Package, old: &DecisionRow, before: &CalculationRow) -> ServiceResult<()> {
    if package.form.kind == GrantKind::Report {
        return Err(ServiceError::refused(
            "Beslutet om en redovisning har redan reglerat bidraget och ändras inte här. Texten kan rättas.",
            "The decision on a report has settled the grant already and is not changed here. Its text can be corrected.",
        ));
    }
    if package.form.kind == GrantKind::Approval {
        return Err(ServiceError::refused(
            "Ett godkännande har inget belopp att ändra. Be föreningen ansöka på nytt.",
            "An approval has no amount to change. Ask the association to apply again.",
        ));
    }
    if old.outcome == Outcome::Avskrivning || before.kind != CalculationKind::Final {
        return Err(ServiceError::refused(
            "Ansökan är inte prövad, så det finns inget att ändra. Sökanden kan ansöka på nytt.",
            "The application was not tried, so there is nothing to change. The applicant can apply again.",
        ));
    }
    if !calculation::evaluation(before)?.payouts.is_empty() {
        return Err(ServiceError::refused(
            "Bidraget betalas i delar som reglerna räknar ut. Beloppet kan inte ändras här.",
            "The grant is paid in parts that the rules work out. The amount cannot be changed here.",
        ));
    }
    Ok(())
}

/// The same material under the same rules, with the new sum as a row of its own: calculating again gives the same.
async fn calculate(
    package: &std::sync::Arc<Package>,
    before: &CalculationRow,
    found: Material,
    amount: Money,
    why: &str,
) -> ServiceResult<(Basis, Evaluated)> {
    let Material::Whole { inputs, attendance } = found else {
        return Err(ServiceError::refused(
            "Underlaget är gallrat. Beslutet kan inte räknas om.",
            "The material was disposed of. The decision cannot be calculated again.",
        ));
    };
    let inputs = Inputs { changed: Some(Changed { amount, reason: why.to_owned(), tried_anew: true }), ..*inputs };
    let attendance = attendance.map(std::sync::Arc::new);
    let basis = Basis {
        hash: calculation::hash(&inputs, attendance.as_deref())?,
        inputs,
        attendance,
        watermark: before.watermark,
        snapshot: before.snapshot_id,
        kind: before.kind,
    };
    let done = calculation::compute(std::sync::Arc::clone(package), basis.inputs.clone(), basis.attendance.clone()).await?;
    Ok((basis, done))
}

/// A calculation as the letter of a changed decision tells it: what was tried anew stands against nothing, and the reasons
/// for the new sum are the decider's own, said once.
fn for_letter(mut evaluation: Evaluation) -> Evaluation {
    evaluation.checks.retain(|check| check.status != CheckStatus::Fail);
    evaluation.dismissed.clear();
    if let Some(row) = evaluation.rows.iter_mut().rev().find(|row| row.kind == RowKind::Override) {
        row.reason = None;
    }
    evaluation
}

/// A case that moves by itself is not changed under its feet: what is to be paid is not ordered yet.
async fn refuse_at_work(tx: &mut Tx, package: &Package, case: &CaseRow, old: &DecisionRow) -> ServiceResult<()> {
    let rests = package.workflow.state(&case.state).is_some_and(|state| match state.kind {
        StateKind::End | StateKind::Task(_) | StateKind::Wait { .. } => true,
        StateKind::Automatic(_) | StateKind::Decision => false,
    });
    let ordered =
        case.closed_at.is_some() || !old.amount_ore.is_positive() || !crate::store::payments::of_case(tx, case.id).await?.is_empty();
    if rests && ordered {
        return Ok(());
    }
    Err(ServiceError::refused(
        "Ärendet är inte färdigt efter beslutet än. Försök igen när utbetalningen är beställd.",
        "The case is not done after the decision yet. Try again when the payment is ordered.",
    ))
}

/// The letter of the decision that the chain of changes began with.
async fn first_letter(tx: &mut Tx, old: &DecisionRow) -> ServiceResult<DecisionLetter> {
    let mut first = old.clone();
    while let Some(before) = first.changes {
        first = rows::by_id(tx, before).await?.ok_or(ServiceError::NotFound)?;
    }
    Ok(serde_json::from_slice(&first.letter)?)
}

/// A grant whose report is decided is settled by that: its amount is no longer the decision's alone.
async fn refuse_reported(tx: &mut Tx, case: CaseId) -> ServiceResult<()> {
    for report in reports::of_case(tx, case).await?.into_iter().filter_map(|duty| duty.report_case_id) {
        if rows::standing(tx, report).await?.is_some() {
            return Err(ServiceError::refused(
                "Redovisningen av bidraget är beslutad och reglerar det. Beloppet kan inte ändras här.",
                "The report on the grant is decided and settles it. The amount cannot be changed here.",
            ));
        }
    }
    Ok(())
}

async fn refuse_without_appeal(tx: &mut Tx, case: CaseId) -> ServiceResult<()> {
    let mut open = appeals::open_of_case(tx, case).await?;
    if open.any(|appeal| appeal.form == AppealForm::Forvaltningsbesvar && appeal.state == AppealState::Received) {
        return Ok(());
    }
    Err(ServiceError::refused(
        "Det finns inget överklagande att ompröva. Registrera överklagandet först, eller välj en annan grund.",
        "There is no appeal to reconsider. Enter the appeal first, or choose another ground.",
    ))
}

/// Why a change is refused, and what to do.
pub(super) fn refusal(refused: ChangeRefused) -> ServiceError {
    match refused {
        ChangeRefused::CorrectionOfAmount => ServiceError::refused(
            "En rättelse ändrar inte beloppet. Ändra beslutet i stället.",
            "A correction does not change the amount. Change the decision instead.",
        ),
        ChangeRefused::Nothing => ServiceError::refused(
            "Beloppet är detsamma som i beslutet. Rätta beslutet om det bara är texten som är fel.",
            "The amount is the same as in the decision. Correct the decision where only the text is wrong.",
        ),
        ChangeRefused::Detriment => ServiceError::refused(
            "Beloppet är lägre än i beslutet. Det får bara sänkas med stöd av ett förbehåll, av tvingande säkerhetsskäl eller om sökanden har vilselett (37 § förvaltningslagen).",
            "The amount is lower than in the decision. It may be lowered only by a reservation, for compelling safety or where the applicant has misled (section 37 of the Administrative Procedure Act).",
        ),
        ChangeRefused::NoReservation => ServiceError::refused(
            "Det första beslutet har inget förbehåll om att det får ändras. Beloppet får inte sänkas på den grunden.",
            "The first decision has no reservation that it may be changed. The amount may not be lowered on that ground.",
        ),
        ChangeRefused::NotLower => ServiceError::refused(
            "Grunden gäller ett lägre belopp. Välj att ändra till sökandens fördel.",
            "That ground is for a lower amount. Choose to change in the applicant's favour.",
        ),
        ChangeRefused::Paid(paid) => {
            let paid = number::money(paid);
            ServiceError::refused(
                format!(
                    "Det nya beloppet är lägre än det som redan är utbetalat eller på väg: {paid}. Återkrav är en egen fråga och prövas för sig."
                ),
                format!(
                    "The new amount is lower than what is paid or on its way: {paid}. Recovery is a matter of its own and is tried by itself."
                ),
            )
        }
    }
}

/// The new decision, weighed and calculated.
struct New<'a> {
    wanted: Wanted<'a>,
    basis: CalculationRow,
    outcome: Outcome,
    amount: Money,
    delegation: Option<String>,
    letter: DecisionLetter,
    package: &'a Package,
}

async fn write(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case: &mut CaseRow,
    old: &DecisionRow,
    new: New<'_>,
) -> ServiceResult<DecisionId> {
    let last = rows::of_case(tx, case.id).await?.last().map_or(0, |row| row.version);
    let now = tenant.clock.now();
    let bytes = canonical::to_bytes(&new.letter)?;
    let ground = new.wanted.ground;
    let row = DecisionRow {
        id: DecisionId(tenant.ids.uuid()),
        case_id: case.id,
        version: last + 1,
        outcome: new.outcome,
        amount_ore: new.amount,
        calculation_id: new.basis.id,
        mode: match new.package.form.decision_mode {
            // A person changes what the service decided.
            DecisionMode::Automatic => DecisionMode::Officer,
            mode @ (DecisionMode::BatchDelegate | DecisionMode::Officer | DecisionMode::Committee) => mode,
        },
        appeal: new.package.form.appeal,
        decided_by: actor.user().map(|user| user.id),
        delegation: new.delegation,
        decided_at: now,
        dispatch_at: may_be_undone_until(new.package, now),
        dispatched_at: None,
        undone_at: None,
        letter_hash: Sha::of(&bytes).hex(),
        letter: bytes,
        document_id: None,
        meeting_id: None,
        changes: Some(old.id),
        change_kind: Some(ground.kind()),
        change_ground: Some(ground),
        replaced_at: None,
    };
    if !rows::replace(tx, old.id, now).await? {
        return Err(ServiceError::Stale);
    }
    rows::insert(tx, &row).await?;
    budgets::charge_change(tx, case, old, &row).await?;
    if row.amount_ore != old.amount_ore {
        payments::changing(tx, tenant, case.id).await?;
    }
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Dispatch,
        case_id: Some(case.id),
        reference: Some(row.id.0),
        entered: case.entered,
        step: "",
        dedup_key: dispatch_key(row.id),
        run_at: row.dispatch_at,
    };
    jobs::add(tx, job).await?;
    note(tx, tenant, case, &row).await?;
    let body = json!({
        "decision": row.id, "version": row.version, "outcome": row.outcome.word(), "amount_ore": row.amount_ore,
        "calculation": new.basis.id, "result": new.basis.result_hash, "letter": row.letter_hash, "delegation": row.delegation,
        "dispatch_at": row.dispatch_at, "appeal": row.appeal.word(), "changes": old.id, "change": ground.kind().word(), "ground": ground.word(),
    });
    let event = Event { kind: "decision.made", body, texts: &[("reason", new.wanted.why.trim())] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    Ok(row.id)
}

/// The case says what its standing decision says.
async fn note(tx: &mut Tx, tenant: &Tenant, case: &mut CaseRow, row: &DecisionRow) -> ServiceResult<()> {
    case.outcome = Some(row.outcome);
    case.amount_ore = Some(row.amount_ore);
    let entered = case.entered;
    if !cases::update(tx, case, entered).await? {
        return Err(ServiceError::Stale);
    }
    queue::refresh(tx, tenant, case.id).await
}

/// A change was undone before it was sent: the decision it took the place of stands again.
pub(super) async fn undone(tx: &mut Tx, tenant: &Tenant, case: &mut CaseRow, row: &DecisionRow, old: DecisionId) -> ServiceResult<()> {
    rows::restore(tx, old).await?;
    let old = rows::by_id(tx, old).await?.ok_or(ServiceError::NotFound)?;
    budgets::give_back_change(tx, tenant, case, &old, row).await?;
    payments::change_taken_back(tx, tenant, case.id).await?;
    if row.calculation_id != old.calculation_id {
        // The newest calculation is the one that stands: the same as before, once more.
        let before = calculations::by_id(tx, old.calculation_id).await?;
        calculation::keep_again(tx, tenant, case, before).await?;
    }
    note(tx, tenant, case, &old).await
}

/// The letter of a change has left: what it grants is recorded and paid, and the applicant is told.
pub(super) async fn dispatched(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, row: &DecisionRow) -> ServiceResult<()> {
    if row.change_kind == Some(ChangeKind::Change) {
        let amount = if granted(row.outcome) { row.amount_ore } else { Money::ZERO };
        let grant = EarlierRow { grant_type: case.grant_type.clone(), period: case.period.clone(), amount_ore: amount };
        organisations::record_grant(tx, case.organisation_id, &grant, &case.number).await?;
        payments::follow(tx, tenant, package, case, row).await?;
        if granted(row.outcome) {
            reporting::owe(tx, tenant, package, case, row).await?;
        } else {
            // Nothing is granted, so there is nothing to report.
            for duty in reports::of_case(tx, case.id).await?.into_iter().filter(|duty| duty.done_at.is_none()) {
                reports::done(tx, duty.id, tenant.clock.now()).await?;
            }
        }
    }
    messages::queue_once(tx, tenant, case, messages::About::Decision, &row.id.to_string()).await
}
