//! Whether a case is ripe for decision, what the decision would be, and who may make it.

use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::calculation::{Evaluation, RowKind};
use crate::domain::grant::{AppealForm, DecisionMode, Outcome};
use crate::domain::id::{CalculationId, CaseId};
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::withdrawal;
use crate::services::drafts::cosign;
use crate::services::{Actor, ServiceError, ServiceResult, calculation, conflicts, packages, ranking, reports, rounds};
use crate::store::Tx;
use crate::store::calculations::{self, CalculationKind};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions as rows;
use crate::workflows::StateKind;

use super::granted;

/// The decider's reasons; where nothing is granted and the rules give none, why there is nothing.
pub(super) fn reasons(motivation: &[String], outcome: Outcome, evaluation: &Evaluation) -> Vec<String> {
    let mut reasons = motivation.to_vec();
    if !reasons.is_empty() {
        return reasons;
    }
    // What was proposed after an assessment has its own words.
    let proposed = evaluation.rows.iter().filter(|row| row.kind == RowKind::Factor).find_map(|row| row.reason.as_ref());
    match outcome {
        Outcome::Avslag => {
            let nothing = calculation::nothing_gives(evaluation);
            reasons.extend(nothing.map(|nothing| proposed.map_or(nothing.sv, |reason| reason.sv.clone())));
        }
        Outcome::DelvisBifall => reasons.extend(proposed.map(|reason| reason.sv.clone())),
        Outcome::Bifall | Outcome::Avvisning | Outcome::Avskrivning => {}
    }
    reasons
}

/// A case that can be decided, with what the decision would be.
pub(super) struct Ripe {
    /// The case, locked.
    pub case: CaseRow,
    /// Its rules.
    pub package: std::sync::Arc<Package>,
    /// The calculation that it rests on.
    pub basis: calculations::CalculationRow,
    /// What that says.
    pub evaluation: Evaluation,
    /// How it would come out.
    pub outcome: Outcome,
    /// How much would be granted.
    pub amount: Money,
}

/// A case as it would be decided now.
///
/// # Errors
/// [`ServiceError::Refused`] when it is not ready; [`ServiceError::Stale`] when it rests on another calculation than was seen.
pub(super) async fn ripe(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case_id: CaseId, seen: Option<CalculationId>) -> ServiceResult<Ripe> {
    let case = cases::lock(tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    // Whoever is kept away learns nothing of how it stands; and somebody may be by now who was not when she opened the page.
    authorize(actor, Action::Read(About::Case(case.about())))?;
    conflicts::must_be_free(tx, tenant, actor, case.about()).await?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let ready = package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Decision));
    if !ready {
        return Err(ServiceError::refused("Ärendet är inte klart för beslut.", "The case is not ready for decision."));
    }
    if rows::standing(tx, case.id).await?.is_some() {
        return Err(ServiceError::refused("Ärendet är redan beslutat.", "The case is already decided."));
    }
    if cosign::awaited(tx, case.id).await? {
        return Err(ServiceError::refused(
            "Ansökan väntar på en andra underskrift. Den kan beslutas när underskriften har kommit eller tiden för den har gått ut.",
            "The application waits for a second signature. It can be decided when that has come or its time has run out.",
        ));
    }
    if withdrawal::stands(tx, case.id).await? {
        return Err(ServiceError::refused(
            "Sökanden har tagit tillbaka ansökan. Avskriv ärendet i stället.",
            "The applicant has taken the application back. Close the case instead.",
        ));
    }
    let basis = calculations::newest(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    if seen.is_some_and(|seen| seen != basis.id) {
        return Err(ServiceError::Stale);
    }
    if basis.kind != CalculationKind::Final {
        return Err(ServiceError::refused("Beräkningen är inte slutlig.", "The calculation is not final."));
    }
    rounds::must_be_shared(tx, &package, &case, &basis.inputs).await?;
    let evaluation = calculation::evaluation(&basis)?;
    let outcome = ranking::outcome(tx, &package, &case, &evaluation).await?;
    let amount = if granted(outcome) { basis.total_ore } else { Money::ZERO };
    reports::settles(tx, &package, &case, (outcome, amount)).await?;
    Ok(Ripe { case, package, basis, evaluation, outcome, amount })
}

/// Whether an actor may decide a case by delegation, and by which point of the order.
///
/// # Errors
/// [`ServiceError::Refused`] when it is the committee's, above the delegation, or a person's to decide.
pub(super) fn may_decide(
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    evaluation: &Evaluation,
    amount: Money,
) -> ServiceResult<Option<String>> {
    if evaluation.route.is_some() {
        return Err(ServiceError::refused(
            "Reglerna lägger ärendet hos nämnden. Bered det till ett sammanträde.",
            "The rules send this case to the committee. Prepare it for a meeting.",
        ));
    }
    match (package.form.decision_mode, actor) {
        (DecisionMode::Committee, _) => Err(ServiceError::refused(
            "Ärendet beslutas av nämnden. Bered det till ett sammanträde.",
            "The committee decides this case. Prepare it for a meeting.",
        )),
        (DecisionMode::Automatic, Actor::Service) if package.form.appeal == AppealForm::Forvaltningsbesvar => Ok(None),
        // kommunallagen 6 kap. 38 §.
        (_, Actor::Service) => Err(ServiceError::refused("Beslutet måste fattas av en människa.", "A person must make the decision.")),
        (DecisionMode::BatchDelegate | DecisionMode::Officer | DecisionMode::Automatic, _) => {
            let action = Action::Decide { about: case.about(), committee: &case.committee, grant_type: &case.grant_type, amount };
            Ok(authorize(actor, action)?.and_then(|role| role.reference.clone()))
        }
    }
}
