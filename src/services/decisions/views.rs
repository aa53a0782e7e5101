//! Reads for the page where a delegate decides.

use chrono::{DateTime, Utc};

use crate::app::Tenant;
use crate::domain::id::{CaseId, DecisionId};
use crate::letters::DecisionLetter;
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, protection};
use crate::store::{cases, decisions};

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
