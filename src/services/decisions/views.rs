//! Reads for the page where a delegate decides.

use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::grant::Outcome;
use crate::domain::id::CaseId;
use crate::services::{ServiceResult, calculation, packages};
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
