//! Reads for the page where a delegate decides.

use chrono::{DateTime, Utc};

use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::grant::Outcome;
use crate::domain::id::{CaseId, DecisionId};
use crate::letters::DecisionLetter;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, calculation, packages};
use crate::store::{Tx, calculations, cases, decisions, organisations};
use crate::workflows::StateKind;

/// A case ready for decision.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// Diary number.
    pub number: String,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Applicant.
    pub applicant: String,
    /// How it would come out.
    pub outcome: Outcome,
    /// How much.
    pub amount: Money,
    /// What was granted the last time.
    pub before: Option<Money>,
    /// Paid marks, where attendance was used.
    pub marks: Option<i64>,
    /// What asks for a human eye; only those without are preselected.
    pub remarks: Vec<String>,
}

/// Every case that is ready for decision, by grant type, period and applicant.
///
/// # Errors
/// When the database cannot be read.
pub async fn ready(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<Candidate>> {
    let mut found = Vec::new();
    for case in cases::all(tx).await?.into_iter().filter(|case| case.closed_at.is_none()) {
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        let waits = package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Decision));
        if !waits || decisions::standing(tx, case.id).await?.is_some() {
            continue;
        }
        let Some(basis) = calculations::newest(tx, case.id).await? else { continue };
        let evaluation = calculation::evaluation(&basis)?;
        let earlier = organisations::earlier(tx, case.organisation_id).await?;
        let before = earlier.iter().filter(|grant| grant.grant_type == case.grant_type && grant.period != case.period);
        let reasons = cases::checkpoints(tx, case.id).await?;
        found.push(Candidate {
            case: case.id,
            applicant: organisations::name(tx, case.organisation_id, tenant.clock.today()).await?,
            outcome: calculation::outcome(package.form.kind, &evaluation),
            amount: basis.total_ore,
            before: before.max_by(|a, b| a.period.cmp(&b.period)).map(|grant| grant.amount_ore),
            marks: evaluation.account.last().map(|line| line.marks),
            remarks: reasons.into_iter().map(|(_, _, reason)| reason).collect(),
            number: case.number,
            grant_type: case.grant_type,
            period: case.period,
        });
    }
    found.sort_by(|a, b| (&a.grant_type, &a.period, &a.applicant).cmp(&(&b.grant_type, &b.period, &b.applicant)));
    Ok(found)
}

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
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn letter(tenant: &Tenant, actor: &Actor, case: CaseId, id: DecisionId) -> ServiceResult<LetterView> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(case.organisation_id))?;
    let row = decisions::by_id(&mut tx, id).await?.filter(|row| row.case_id == case.id).ok_or(ServiceError::NotFound)?;
    Ok(LetterView {
        number: case.number,
        letter: serde_json::from_slice(&row.letter)?,
        undone: row.undone_at.is_some(),
        sent_at: row.dispatched_at,
        dispatch_at: row.dispatch_at,
    })
}
