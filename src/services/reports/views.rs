//! What is to be reported and paid back, as pages show it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::recovery::Part;
use super::{ReportSettings, claiming, remind};
use crate::app::Tenant;
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::report::Settled;
use crate::domain::{Localized, Money};
use crate::forms::Releases;
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, dialogue, extensions, packages, protection, standing as debts};
use crate::store::reports::{self as rows, ClaimLine, DutyLine, DutyRow, FinalSettlementRow};
use crate::store::scope::Scope;
use crate::store::{Tx, cases, decisions, organisations, standing};
use crate::text::fluent::Wording;

/// What is to be reported, in a list.
#[derive(Clone, Debug)]
pub struct ToReport {
    /// The duty.
    pub row: DutyLine,
    /// The report's name.
    pub title: Localized,
    /// The period in words.
    pub period: Localized,
    /// Whether it settles the grant or lets a part of it go.
    pub releases: Releases,
    /// Whether its last day has passed without anything having come.
    pub overdue: bool,
    /// Whether the grant is being claimed back without a report.
    pub claimed: bool,
    /// Whether the actor may write to the association.
    pub may_handle: bool,
}

/// Every report that is waited for or being reviewed, among the cases that the actor may see; the first last day before.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn waited_for(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<ToReport>> {
    authorize(actor, Action::Browse)?;
    let scope = actor.scope()?;
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for mut row in rows::open(&mut tx, &scope, today).await? {
        let Some((package, settings)) = report(&mut tx, tenant, &row.grant_type, &row.period).await? else { continue };
        let kind = organisations::by_id(&mut tx, row.organisation_id).await?.ok_or(ServiceError::NotFound)?.kind;
        if protection::hides(row.protected, kind) {
            row.applicant = String::new();
        }
        let claimed = match row.report_case_id {
            Some(case) => claiming::without_report(&mut tx, &package, case).await?,
            None => false,
        };
        found.push(ToReport {
            claimed,
            title: package.form.title.clone(),
            period: package.form.period_words(&row.period),
            releases: settings.releases,
            overdue: row.report_case_id.is_none() && row.due < today,
            may_handle: actor.handles(&row.committee),
            row,
        });
    }
    Ok(found)
}

/// A report's rules and what it is about.
async fn report(
    tx: &mut Tx,
    tenant: &Tenant,
    grant_type: &str,
    period: &str,
) -> ServiceResult<Option<(std::sync::Arc<Package>, ReportSettings)>> {
    let Some((_, package)) = packages::governing(tx, tenant, grant_type, period).await? else { return Ok(None) };
    let settings = package.form.report.clone();
    Ok(settings.map(|settings| (package, settings)))
}

/// Reminds of reports: a message in each granted case, and a mail that there is one. Answers how many.
///
/// # Errors
/// [`ServiceError::Invalid`] when none was chosen, and when somebody has reminded of one of them today; nobody is reminded then.
pub async fn remind(tenant: &Tenant, actor: &Actor, chosen: &[Uuid]) -> ServiceResult<usize> {
    let lines = waited_for(tenant, actor).await?;
    let today = tenant.clock.today();
    let mut reminded = 0;
    let mut tx = tenant.db.write().await?;
    let mut already = Vec::new();
    for line in lines.iter().filter(|line| chosen.contains(&line.row.id) && line.row.report_case_id.is_none() && line.may_handle) {
        let case = cases::lock(&mut tx, line.row.case_id).await?.ok_or(ServiceError::NotFound)?;
        authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
        if remind::by_hand_on(&mut tx, &line.row, today).await? {
            already.push(if line.row.applicant.is_empty() { case.number } else { format!("{} ({})", line.row.applicant, case.number) });
            continue;
        }
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        let text = remind::words(&line.title.sv, line.row.due, today);
        dialogue::tell(&mut tx, tenant, actor, &package, &case, &text).await?;
        remind::note(&mut tx, tenant, actor, &line.row, today).await?;
        reminded += 1;
    }
    if !already.is_empty() {
        let names = already.join(", ");
        let message = Localized::both(
            format!("Redan påminda i dag: {names}. Ta bort dem ur valet. Ingen har fått en ny påminnelse."),
            format!("Already reminded today: {names}. Remove them from the choice. Nobody has been reminded anew."),
        );
        return Err(ServiceError::invalid("redovisning", "reminded", message));
    }
    if reminded == 0 {
        let message = Localized::both("Välj minst en redovisning att påminna om.", "Choose at least one report to remind of.");
        return Err(ServiceError::invalid("redovisning", "missing", message));
    }
    tx.commit().await?;
    Ok(reminded)
}

/// What an association has to report, on her own pages.
#[derive(Clone, Debug)]
pub struct Own {
    /// The report's grant type and its name.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// The period.
    pub period: crate::domain::period::ActivityPeriod,
    /// The granted case's number.
    pub number: String,
    /// The last day.
    pub last_day: NaiveDate,
    /// Whether it has passed.
    pub overdue: bool,
    /// Whether the grant is being claimed back meanwhile.
    pub claimed: bool,
}

/// What an association has to report and has not handed in.
pub(in crate::services) async fn own(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<Own>> {
    let today = tenant.clock.today();
    let mut found = Vec::new();
    for duty in rows::open_of(tx, organisation).await? {
        let Some((package, _)) = report(tx, tenant, &duty.grant_type, &duty.period).await? else { continue };
        let case = match duty.report_case_id {
            Some(case) => cases::by_id(tx, case).await?,
            None => None,
        };
        if let Some(case) = &case
            && !claiming::takes_report(tx, &package, case).await?
        {
            continue;
        }
        let Some(period) = package.form.period(&duty.period).cloned() else { continue };
        let last_day = extensions::last_day(tx, &duty.grant_type, &period, organisation).await?.max(duty.due);
        found.push(Own {
            number: cases::by_id(tx, duty.case_id).await?.ok_or(ServiceError::NotFound)?.number,
            title: package.form.title.clone(),
            grant_type: duty.grant_type,
            overdue: today > last_day,
            claimed: case.is_some(),
            last_day,
            period,
        });
    }
    Ok(found)
}

/// What a case has to do with reports, on its page: of a granted case what is to be reported, of a report what it is about.
#[derive(Clone, Debug, Default)]
pub struct OfCase {
    /// What is or was to be reported of it.
    pub duties: Vec<Duty>,
    /// The grant that it reports on.
    pub about: Option<About>,
    /// How the grant was settled.
    pub settled: Option<SettledBy>,
}

/// What is or was to be reported of a case.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The duty.
    pub row: DutyRow,
    /// The report's name.
    pub title: Localized,
    /// The last day, with the time that was given.
    pub last_day: NaiveDate,
    /// The report's case, once it has come.
    pub report: Option<(CaseId, String)>,
    /// Whether that is a claim that no report has come into.
    pub claimed: bool,
}

impl OfCase {
    /// By which words the case itself is spoken of.
    #[must_use]
    pub fn wording(&self) -> Wording {
        self.about.as_ref().map_or(Wording::Application, |about| about.wording)
    }
}

/// The grant that a report is about.
#[derive(Clone, Debug)]
pub struct About {
    /// The granted case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// By which words it is spoken of: a report, or a requisition.
    pub wording: Wording,
    /// What was granted.
    pub granted: Money,
    /// What of it has been paid.
    pub paid: Money,
    /// What a decision made now would make of it; none where it cannot be told, or is told by `settled`.
    pub would_be: Option<Settled>,
}

/// How a grant was settled.
#[derive(Clone, Debug)]
pub struct SettledBy {
    /// The amounts.
    pub row: FinalSettlementRow,
    /// What is left to pay back.
    pub left: Money,
    /// The plan for it.
    pub plan: Vec<Part>,
}

/// What a case has to do with reports; the caller has asked whether the actor may see the case.
pub(in crate::services) async fn of_case(tx: &mut Tx, tenant: &Tenant, case: &cases::CaseRow) -> ServiceResult<OfCase> {
    let mut found = OfCase::default();
    for row in rows::of_case(tx, case.id).await? {
        let Some((package, _)) = report(tx, tenant, &row.grant_type, &row.period).await? else { continue };
        let report = match row.report_case_id {
            Some(id) => cases::by_id(tx, id).await?.map(|case| (id, case.number)),
            None => None,
        };
        let last_day = remind::last_day(tx, tenant, &row).await?;
        let claimed = match row.report_case_id {
            Some(case) => claiming::without_report(tx, &package, case).await?,
            None => false,
        };
        found.duties.push(Duty { claimed, title: package.form.title.clone(), last_day, report, row });
    }
    let mut settled = rows::settlement_of(tx, case.id).await?;
    if let Some(duty) = rows::of_report(tx, case.id).await? {
        settled = rows::settlement_by(tx, case.id).await?;
        let granted = cases::by_id(tx, duty.case_id).await?.ok_or(ServiceError::NotFound)?;
        let decision = decisions::standing(tx, granted.id).await?;
        let paid = crate::services::payments::parts_of(tx, granted.id).await?.gone;
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        let would_be = match (&settled, case.outcome, case.amount_ore) {
            (None, None, Some(amount)) if package.form.report.as_ref().is_some_and(|report| report.releases == Releases::Report) => {
                super::settles(tx, &package, case, (crate::domain::grant::Outcome::DelvisBifall, amount)).await.unwrap_or_default()
            }
            _ => None,
        };
        found.about = Some(About {
            case: granted.id,
            number: granted.number,
            wording: package.form.wording(),
            granted: decision.map(|decision| decision.amount_ore).unwrap_or_default(),
            paid: settled.as_ref().map_or(paid, |row| row.paid_ore),
            would_be,
        });
    }
    if let Some(row) = settled {
        let left = match row.debt_id {
            Some(debt) => standing::debt_by_id(tx, debt).await?.map(|debt| debt.remaining_ore).unwrap_or_default(),
            None => Money::ZERO,
        };
        let plan = rows::plan(tx, row.report_case_id).await?;
        found.settled =
            Some(SettledBy { plan: plan.into_iter().map(|part| Part { due: part.due, amount: part.amount_ore }).collect(), left, row });
    }
    Ok(found)
}

/// A claim in a list, with what is due of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claim.
    pub row: ClaimLine,
    /// What is set off in payments that have not left.
    pub set_off: Money,
    /// The next last day of what is left; none when all is paid.
    pub next: Option<NaiveDate>,
    /// Whether something that was due is not paid.
    pub overdue: bool,
    /// How many parts the plan has; none without a plan.
    pub parts: usize,
}

/// Every claim among the cases that the actor may see.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn claims(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<Claim>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found = in_scope(&mut tx, tenant, &actor.scope()?).await?;
    for claim in &mut found {
        let kind = organisations::by_id(&mut tx, claim.row.organisation_id).await?.ok_or(ServiceError::NotFound)?.kind;
        if protection::hides(claim.row.protected, kind) {
            claim.row.applicant = String::new();
        }
    }
    Ok(found)
}

/// What an association has to pay back, the first last day before.
pub(in crate::services) async fn own_claims(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<Claim>> {
    let mut found = in_scope(tx, tenant, &Scope::Association(organisation)).await?;
    found.retain(|claim| claim.next.is_some());
    found.sort_by_key(|claim| claim.next);
    Ok(found)
}

async fn in_scope(tx: &mut Tx, tenant: &Tenant, scope: &Scope) -> ServiceResult<Vec<Claim>> {
    let today = tenant.clock.today();
    let mut found = Vec::new();
    for row in rows::claims(tx, scope, today).await? {
        let plan = rows::plan(tx, row.report_case_id).await?;
        let parts: Vec<Part> = plan.into_iter().map(|part| Part { due: part.due, amount: part.amount_ore }).collect();
        let next = next_due(&row, &parts);
        let set_off = match row.remaining_ore == row.claimed_ore {
            true => Money::ZERO,
            false => debts::not_left(tx, row.organisation_id).await?.remove(&row.debt_id).unwrap_or_default(),
        };
        found.push(Claim { set_off, overdue: next.is_some_and(|day| day < today), next, parts: parts.len(), row });
    }
    Ok(found)
}

/// The last day of the first part that is not paid: what was paid is taken as paid on the earliest parts.
fn next_due(row: &ClaimLine, parts: &[Part]) -> Option<NaiveDate> {
    if !row.remaining_ore.is_positive() {
        return None;
    }
    if parts.is_empty() {
        return Some(row.due);
    }
    // Counted from the end: the parts that what is left still covers.
    let mut covered = Money::ZERO;
    let mut next = None;
    for part in parts.iter().rev() {
        if covered >= row.remaining_ore {
            break;
        }
        covered = covered.checked_add(part.amount).unwrap_or(row.remaining_ore);
        next = Some(part.due);
    }
    next
}

/// The plan that counts of a claim among those that the actor may see.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not hers to see.
pub async fn plan(tenant: &Tenant, actor: &Actor, report: CaseId) -> ServiceResult<Vec<Part>> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, report).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(crate::services::actor::About::Case(case.about())))?;
    let plan = rows::plan(&mut tx, report).await?;
    Ok(plan.into_iter().map(|part| Part { due: part.due, amount: part.amount_ore }).collect())
}
