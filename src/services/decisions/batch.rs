//! The batch that a delegate reviews: what she is shown, and deciding exactly that.
//!
//! Every row has a mark: the hash of what it says. The form sends the marks of all rows she was shown; a row whose mark
//! is another by then has changed and is left out, and what she was shown is kept with its hash.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use crate::app::Tenant;
use crate::domain::calculation::CheckStatus;
use crate::domain::canonical::{self, Sha};
use crate::domain::grant::{DecisionMode, Outcome};
use crate::domain::id::{CalculationId, CaseId};
use crate::domain::{Localized, Money};
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::list::{self, Line};
use crate::services::conflicts::hints;
use crate::services::decisions::{Decided, decide_resting_on};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, calculation, conflicts, packages};
use crate::store::decision_lists::{self, DecisionListRow};
use crate::store::queue::{self, After, Filter, Waits, Which};
use crate::store::{Tx, calculations, cases};

/// A row of the batch.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// Diary number.
    pub number: String,
    /// Grant type.
    pub grant_type: String,
    /// Its name.
    pub grant: Localized,
    /// Period.
    pub period: String,
    /// Applicant, or that she is protected.
    pub applicant: String,
    /// How it would come out.
    pub outcome: Outcome,
    /// How much.
    pub amount: Money,
    /// What was granted the last time.
    pub before: Option<Money>,
    /// Paid marks, where attendance was used.
    pub marks: Option<i64>,
    /// What asked for a human eye; only grants without are preselected.
    pub remarks: Vec<String>,
    /// The requirements that are not met, where it would be refused.
    pub failed: Vec<Localized>,
    /// The last day of the handling clock.
    pub due: Option<NaiveDate>,
    /// What the decision would rest on.
    pub basis: CalculationId,
    /// Why she cannot decide it.
    pub hindrance: Option<Localized>,
    /// The hash of what the row says.
    pub mark: String,
}

/// A batch as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What she may decide, by applicant.
    pub ready: Vec<Candidate>,
    /// What is ready but not hers to decide, with the reason.
    pub hindered: Vec<Candidate>,
    /// What is under way in the same round, with what it waits for.
    pub not_ready: Vec<Line>,
    /// How many cases are ready that she does not see, for she is tied to the applicant (jäv).
    pub conflicts: i64,
    /// Where the next page goes on.
    pub next: Option<After>,
}

/// Which round, where only one is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round<'a> {
    /// Grant type.
    pub grant_type: Option<&'a str>,
    /// Period.
    pub period: Option<&'a str>,
}

/// How many rows under way are told of.
const UNDER_WAY: i64 = 50;

/// The batch of a round as an actor sees it.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn shown(tenant: &Tenant, actor: &Actor, round: Round<'_>, after: Option<After>, most: usize) -> ServiceResult<Batch> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let today = tenant.clock.today();
    let scope = actor.scope()?;
    let filter = |which| Filter { which, grant_type: round.grant_type, period: round.period, ..Filter::default() };
    let asked = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = queue::page(&mut tx, &scope, &filter(Which::Waiting(&[Waits::Decision])), today, after, asked).await?;
    let more = rows.len() > most;
    rows.truncate(most);
    let mut batch = Batch {
        next: rows.last().filter(|_| more).map(|row| After {
            rank: row.rank,
            received_at: row.standing.received_at,
            case: row.standing.case_id,
        }),
        ..Batch::default()
    };
    let lines = list::lines(&mut tx, tenant, actor, rows).await?;
    for candidate in candidates(&mut tx, tenant, actor, lines).await? {
        if candidate.hindrance.is_none() { batch.ready.push(candidate) } else { batch.hindered.push(candidate) }
    }
    let waiting = [Waits::Failed, Waits::Officer, Waits::Applicant];
    if round.grant_type.is_some() {
        let under_way = queue::page(&mut tx, &scope, &filter(Which::Waiting(&waiting)), today, None, UNDER_WAY).await?;
        batch.not_ready = list::lines(&mut tx, tenant, actor, under_way).await?;
    }
    if let crate::store::scope::Scope::Staff { except } = &scope {
        batch.conflicts = queue::kept_from(&mut tx, except, round.grant_type, round.period).await?;
    }
    Ok(batch)
}

/// The rounds that have cases ready for decision: grant type and period.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn rounds(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<(String, Localized, String)>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for (grant_type, period) in queue::ready_rounds(&mut tx, &actor.scope()?).await? {
        let governing = packages::governing(&mut tx, tenant, &grant_type, &period).await?;
        let name = governing.map_or_else(|| Localized::sv(grant_type.clone()), |(_, package)| package.form.title.clone());
        found.push((grant_type, name, period));
    }
    Ok(found)
}

/// Every case that is ready for decision, by grant type, period and applicant: for the command line.
///
/// # Errors
/// When the database cannot be read.
pub async fn ready(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<Candidate>> {
    let actor = Actor::Service;
    let filter = Filter { which: Which::Waiting(&[Waits::Decision]), ..Filter::default() };
    let rows = queue::page(tx, &actor.scope()?, &filter, tenant.clock.today(), None, i64::MAX).await?;
    let lines = list::lines(tx, tenant, &actor, rows).await?;
    let mut found = candidates(tx, tenant, &actor, lines).await?;
    found.sort_by(|a, b| (&a.grant_type, &a.period, &a.applicant).cmp(&(&b.grant_type, &b.period, &b.applicant)));
    Ok(found)
}

/// What a delegate sends: every row she was shown with its mark, and what she chose among them.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// The rows she was shown, with their marks, in the page's order.
    pub shown: Vec<(CaseId, String)>,
    /// What she chose.
    pub chosen: Vec<CaseId>,
}

/// What the service keeps of a row that was shown.
#[derive(Serialize)]
struct Kept<'a> {
    case: CaseId,
    mark: &'a str,
    chosen: bool,
    #[serde(flatten)]
    says: Option<Says<'a>>,
}

/// What a row says; its hash is the row's mark.
#[derive(Serialize)]
struct Says<'a> {
    number: &'a str,
    applicant: &'a str,
    outcome: &'static str,
    amount_ore: Money,
    before_ore: Option<Money>,
    marks: Option<i64>,
    remarks: usize,
    basis: CalculationId,
}

/// Decides what a delegate chose among what she was shown, each its own decision. A row that has changed since is left
/// out with the reason; the others stand. What she was shown is kept with its hash.
///
/// # Errors
/// [`ServiceError::Invalid`] when nothing was chosen, or something that was not shown.
pub async fn decide_reviewed(tenant: &Tenant, actor: &Actor, reviewed: &Reviewed) -> ServiceResult<Vec<Decided>> {
    authorize(actor, Action::Browse)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    if reviewed.chosen.is_empty() {
        let message = Localized::both("Välj minst ett ärende att besluta.", "Choose at least one case to decide.");
        return Err(ServiceError::invalid("arende", "missing", message));
    }
    if reviewed.chosen.iter().any(|case| !reviewed.shown.iter().any(|(shown, _)| shown == case)) {
        let message = Localized::both(
            "Ett valt ärende stod inte på sidan. Ladda om sidan och välj igen.",
            "A chosen case was not on the page. Reload the page and choose again.",
        );
        return Err(ServiceError::invalid("arende", "not_shown", message));
    }
    let now = current(tenant, actor, &reviewed.shown).await?;
    keep(tenant, actor, user.id, reviewed, &now).await?;
    let mut done = Vec::with_capacity(reviewed.chosen.len());
    for (case, mark) in reviewed.shown.iter().filter(|(case, _)| reviewed.chosen.contains(case)) {
        let result = match now.get(case).filter(|candidate| candidate.mark == *mark) {
            Some(candidate) => decide_resting_on(tenant, actor, *case, candidate.basis).await,
            None => Err(kept_or(
                tenant,
                actor,
                *case,
                ServiceError::refused(
                    "Ärendet har ändrats sedan du öppnade sidan. Ladda om och granska det igen.",
                    "The case has changed since you opened the page. Reload and review it again.",
                ),
            )
            .await?),
        };
        let result = conflicts::noting(tenant, actor, result).await?;
        done.push(Decided { case: *case, result });
    }
    let mut tx = tenant.db.write().await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(done)
}

/// Why a row is not there any more: she must keep away from it by now, or else what is said otherwise.
async fn kept_or(tenant: &Tenant, actor: &Actor, case: CaseId, otherwise: ServiceError) -> ServiceResult<ServiceError> {
    let mut tx = tenant.db.read().await?;
    let about = cases::by_id(&mut tx, case).await?.map(|case| About::Case(case.about()));
    Ok(about.filter(|about| actor.is_kept_from(*about)).map_or(otherwise, |about| ServiceError::KeptAway(Box::new(about))))
}

/// The rows as they stand now.
async fn current(tenant: &Tenant, actor: &Actor, shown: &[(CaseId, String)]) -> ServiceResult<BTreeMap<CaseId, Candidate>> {
    let mut tx = tenant.db.read().await?;
    let ids: Vec<CaseId> = shown.iter().map(|(case, _)| *case).collect();
    let rows = queue::of_cases(&mut tx, &actor.scope()?, &ids, tenant.clock.today()).await?;
    let lines = list::lines(&mut tx, tenant, actor, rows).await?;
    let all = candidates(&mut tx, tenant, actor, lines).await?;
    Ok(all.into_iter().map(|candidate| (candidate.case, candidate)).collect())
}

async fn keep(
    tenant: &Tenant,
    actor: &Actor,
    user: crate::domain::id::UserId,
    reviewed: &Reviewed,
    now: &BTreeMap<CaseId, Candidate>,
) -> ServiceResult<()> {
    let rows: Vec<Kept<'_>> = reviewed
        .shown
        .iter()
        .map(|(case, mark)| Kept {
            case: *case,
            mark,
            chosen: reviewed.chosen.contains(case),
            says: now.get(case).filter(|candidate| candidate.mark == *mark).map(says),
        })
        .collect();
    let body = canonical::to_bytes(&rows)?;
    let row = DecisionListRow { id: tenant.ids.uuid(), user_id: user, at: tenant.clock.now(), sha256: Sha::of(&body).hex(), body };
    let mut tx = tenant.db.write().await?;
    decision_lists::insert(&mut tx, &row).await?;
    let body = json!({ "list": row.id, "sha256": row.sha256, "shown": reviewed.shown.len(), "chosen": reviewed.chosen });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "batch.reviewed", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

fn says(candidate: &Candidate) -> Says<'_> {
    Says {
        number: &candidate.number,
        applicant: &candidate.applicant,
        outcome: candidate.outcome.word(),
        amount_ore: candidate.amount,
        before_ore: candidate.before,
        marks: candidate.marks,
        remarks: candidate.remarks.len(),
        basis: candidate.basis,
    }
}

/// The requirements that are not met by a calculation, in words.
async fn not_met(tx: &mut Tx, basis: CalculationId) -> ServiceResult<Vec<Localized>> {
    let row = calculations::by_id(tx, basis).await?;
    let evaluation = calculation::evaluation(&row)?;
    let nothing = calculation::nothing_gives(&evaluation);
    let checks = evaluation.checks.into_iter().filter(|check| check.status == CheckStatus::Fail);
    Ok(checks.map(|check| check.motivation.unwrap_or(check.text)).chain(nothing).collect())
}

async fn candidates(tx: &mut Tx, tenant: &Tenant, actor: &Actor, lines: Vec<Line>) -> ServiceResult<Vec<Candidate>> {
    let with_remarks: Vec<CaseId> =
        lines.iter().filter(|line| line.row.standing.remarks > 0).map(|line| line.row.standing.case_id).collect();
    let mut remarks: BTreeMap<CaseId, Vec<String>> = BTreeMap::new();
    for (case, reason) in cases::checkpoints_of_cases(tx, &with_remarks).await? {
        remarks.entry(case).or_default().push(reason);
    }
    // A name in an applicant's register that may be the delegate's own: she looks before she decides.
    let hints = match actor.user() {
        Some(user) => hints::of(tx, user, tenant.clock.today()).await?,
        None => Vec::new(),
    };
    for line in &lines {
        if hints.iter().any(|hint| hint.organisation == line.row.standing.organisation_id) {
            let reason = "Du har samma namn som någon i föreningens register. Svara på ärendets sida om det är du.";
            remarks.entry(line.row.standing.case_id).or_default().push(reason.to_owned());
        }
    }
    let mut found = Vec::with_capacity(lines.len());
    for Line { row, applicant, grant, .. } in lines {
        let standing = row.standing;
        // Only what is ready has both.
        let (Some(basis), Some(outcome)) = (standing.calculation_id, standing.outcome) else { continue };
        let amount = if super::granted(outcome) { row.amount_ore.unwrap_or_default() } else { Money::ZERO };
        let mode = packages::version(tx, tenant, row.package_version_id).await?.form.decision_mode;
        let action = Action::Decide { about: standing.about(), committee: &standing.committee, grant_type: &standing.grant_type, amount };
        let hindrance = match (standing.routed || mode == DecisionMode::Committee, authorize(actor, action)) {
            (true, _) => Some(Localized::both("Ärendet beslutas av nämnden", "The committee decides this case")),
            (false, Err(ServiceError::Refused(text))) => Some(text),
            (false, Err(_)) => Some(Localized::both("Du får inte besluta i ärendet", "You may not decide this case")),
            (false, Ok(_)) => None,
        };
        let failed = if super::granted(outcome) { Vec::new() } else { not_met(tx, basis).await? };
        let mut candidate = Candidate {
            case: standing.case_id,
            number: row.number,
            grant_type: standing.grant_type,
            grant,
            period: standing.period,
            applicant,
            outcome,
            amount,
            before: row.before_ore,
            marks: standing.marks,
            remarks: remarks.remove(&standing.case_id).unwrap_or_default(),
            failed,
            due: standing.due,
            basis,
            hindrance,
            mark: String::new(),
        };
        candidate.mark = Sha::of(&canonical::to_bytes(&says(&candidate))?).hex();
        found.push(candidate);
    }
    found.sort_by(|a, b| (&a.applicant, &a.number).cmp(&(&b.applicant, &b.number)));
    Ok(found)
}
