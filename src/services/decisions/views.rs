//! Reads for the page where a delegate decides.

use chrono::{DateTime, Utc};

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::appeal::AppealState;
use crate::domain::grant::AppealForm;
use crate::domain::id::{CaseId, DecisionId};
use crate::letters::DecisionLetter;
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, calculation, packages, protection};
use crate::store::decisions::DecisionRow;
use crate::store::{appeals, calculations, cases, decisions};

pub use super::batch::{Candidate, ready};

/// A decision's letter and how it stands with the sending.
#[derive(Clone, Debug)]
pub struct LetterView {
    /// Diary number.
    pub number: String,
    /// What the letter says.
    pub letter: DecisionLetter,
    /// Whether the decision was taken back.
    pub undone: bool,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it is sent.
    pub dispatch_at: DateTime<Utc>,
}

/// The letter of a decision.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see; [`ServiceError::Refused`] when it names
/// somebody whose data are protected.
pub async fn letter(tenant: &Tenant, actor: &Actor, case: CaseId, id: DecisionId) -> ServiceResult<LetterView> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    if protection::masks_party(&mut tx, &case).await? && !protection::may_read(actor) {
        return Err(protection::refusal());
    }
    let row = decisions::by_id(&mut tx, id).await?.filter(|row| row.case_id == case.id).ok_or(ServiceError::NotFound)?;
    Ok(LetterView {
        number: case.number,
        letter: serde_json::from_slice(&row.letter)?,
        undone: row.undone_at.is_some(),
        sent_at: row.dispatched_at,
        dispatch_at: row.dispatch_at,
    })
}

/// The decision that a change would take the place of, for the page where it is made.
#[derive(Clone, Debug)]
pub struct Changeable {
    /// The decision that stands.
    pub decision: DecisionRow,
    /// What its letter gives as the decider's own reasons.
    pub motivation: Vec<String>,
    /// Why the actor cannot change it.
    pub hindrance: Option<Localized>,
    /// Whether an appeal waits to be reconsidered.
    pub reconsidering: bool,
}

/// What can be changed in a case; `None` where nothing is decided.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see.
pub async fn changeable(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<Option<Changeable>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let Some(decision) = decisions::standing(&mut tx, case.id).await? else { return Ok(None) };
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let basis = calculations::by_id(&mut tx, decision.calculation_id).await?;
    let letter: DecisionLetter = serde_json::from_slice(&decision.letter)?;
    let hindrance = match super::changing::may_change(actor, &package, &case, &decision, &calculation::evaluation(&basis)?) {
        Ok(()) => None,
        Err(ServiceError::Refused(text)) => Some(text),
        Err(error) => return Err(error),
    };
    let mut open = appeals::open_of_case(&mut tx, case.id).await?;
    let reconsidering = open.any(|row| row.form == AppealForm::Forvaltningsbesvar && row.state == AppealState::Received);
    Ok(Some(Changeable { decision, motivation: letter.motivation, hindrance, reconsidering }))
}
