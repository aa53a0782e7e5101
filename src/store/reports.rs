//! Duties to report on grants, how reports settled them, and plans for paying back.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::conflict::CaseRef;
use crate::domain::id::{CaseId, DecisionId, OrganisationId, PackageVersionId, UserId};

/// A duty to report on a granted case, or to requisition a part of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DutyRow {
    /// Identity.
    pub id: Uuid,
    /// The granted case.
    pub case_id: CaseId,
    /// The decision that grants.
    pub decision_id: DecisionId,
    /// The grant type of the report.
    pub grant_type: String,
    /// The period, of both.
    pub period: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// The last day.
    pub due: NaiveDate,
    /// When it was born.
    pub created_at: DateTime<Utc>,
    /// The case of the report, once it has come.
    pub report_case_id: Option<CaseId>,
    /// When it was met.
    pub done_at: Option<DateTime<Utc>>,
}

/// How an accepted report settled its grant (slutavräkning).
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FinalSettlementRow {
    /// The case of the report.
    pub report_case_id: CaseId,
    /// The granted case.
    pub case_id: CaseId,
    /// The decision on the report.
    pub decision_id: DecisionId,
    /// What was granted.
    pub granted_ore: Money,
    /// What of it had left before.
    pub paid_ore: Money,
    /// What the grant came to be.
    pub final_ore: Money,
    /// What is still paid.
    pub rest_ore: Money,
    /// What is claimed back.
    pub claimed_ore: Money,
    /// The debt that the claim is.
    pub debt_id: Option<Uuid>,
    /// The last day to pay back.
    pub due: Option<NaiveDate>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A part of a plan for paying back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecoveryPartRow {
    /// The case of the report.
    pub report_case_id: CaseId,
    /// Which plan; the newest counts.
    pub version: i64,
    /// Its place.
    pub no: i64,
    /// The last day.
    pub due: NaiveDate,
    /// How much.
    pub amount_ore: Money,
    /// When the plan was set.
    pub set_at: DateTime<Utc>,
    /// By whom.
    pub set_by: UserId,
}

/// Adds a duty; `false` when the case has one of its kind already.
pub async fn insert(tx: &mut Tx, row: &DutyRow) -> Result<bool> {
    let added = run!(
        tx,
        "insert into report_duty (id, case_id, decision_id, grant_type, period, organisation_id, due, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (case_id, grant_type) do nothing",
        row.id,
        row.case_id,
        row.decision_id,
        &row.grant_type,
        &row.period,
        row.organisation_id,
        row.due,
        row.created_at
    )?;
    Ok(added == 1)
}

/// A duty.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<DutyRow>> {
    optional!(tx, DutyRow, "select * from report_duty where id = $1", id)
}

/// The duty of an association, for a report's grant type and period, that nothing has come for: the one that is due first.
pub async fn unanswered(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> Result<Option<DutyRow>> {
    optional!(
        tx,
        DutyRow,
        "select * from report_duty where organisation_id = $1 and grant_type = $2 and period = $3 and done_at is null
           and report_case_id is null order by due, created_at, id limit 1",
        organisation,
        grant_type,
        period
    )
}

/// The last day of an association's duty that is not met, for a report's grant type and period: the first.
pub async fn due(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> Result<Option<NaiveDate>> {
    scalar!(
        tx,
        Option<NaiveDate>,
        "select min(due) from report_duty where organisation_id = $1 and grant_type = $2 and period = $3 and done_at is null",
        organisation,
        grant_type,
        period
    )
}

/// The latest last day that an association has let pass before a day without anything having come; later days that were given
/// are counted. A claim that the municipality has opened is no report: what is overdue stays so while it is tried.
pub async fn overdue_since(tx: &mut Tx, organisation: OrganisationId, today: NaiveDate) -> Result<Option<NaiveDate>> {
    scalar!(
        tx,
        Option<NaiveDate>,
        "select max(r.due) from report_duty r where r.organisation_id = $1 and r.done_at is null and r.due < $2
           and (r.report_case_id is null or exists (select 1 from application a where a.case_id = r.report_case_id
               and a.replaced_at is null and a.idempotency_key like 'claim/%'))
           and not exists (select 1 from extension e where e.grant_type = r.grant_type and e.period = r.period and e.until >= $2
               and (e.organisation_id is null or e.organisation_id = r.organisation_id))",
        organisation,
        today
    )
}

/// An association's duties that are not met, the one that is due first before.
pub async fn open_of(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<DutyRow>> {
    all!(tx, DutyRow, "select * from report_duty where organisation_id = $1 and done_at is null order by due, id", organisation)
}

/// The duties of a granted case.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<DutyRow>> {
    all!(tx, DutyRow, "select * from report_duty where case_id = $1 order by due, id", case)
}

/// The duty that a report meets.
pub async fn of_report(tx: &mut Tx, report: CaseId) -> Result<Option<DutyRow>> {
    optional!(tx, DutyRow, "select * from report_duty where report_case_id = $1", report)
}

/// A report has come, or the one that came was taken back.
pub async fn answer(tx: &mut Tx, duty: Uuid, report: Option<CaseId>) -> Result<()> {
    run!(tx, "update report_duty set report_case_id = $2 where id = $1 and done_at is null", duty, report)?;
    Ok(())
}

/// A duty is met.
pub async fn done(tx: &mut Tx, duty: Uuid, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update report_duty set done_at = $2 where id = $1 and done_at is null", duty, at)?;
    Ok(())
}

/// A duty with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DutyLine {
    /// Identity.
    pub id: Uuid,
    /// The granted case.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// Its committee.
    pub committee: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Her name.
    pub applicant: String,
    /// Whether the case names somebody protected.
    pub protected: bool,
    /// The grant type of the report.
    pub grant_type: String,
    /// The period.
    pub period: String,
    /// The rules of the granted case.
    pub package_version_id: PackageVersionId,
    /// The last day, later ones that were given counted.
    pub due: NaiveDate,
    /// What was granted.
    pub granted_ore: Money,
    /// The case of the report, once it has come.
    pub report_case_id: Option<CaseId>,
    /// When she was last written to in the granted case.
    pub written: Option<DateTime<Utc>>,
}

impl DutyLine {
    /// What it is about.
    #[must_use]
    pub const fn about(&self) -> CaseRef {
        CaseRef { case: self.case_id, applicant: self.organisation_id }
    }
}

/// Every duty in scope that is not met, the one that is due first before.
pub async fn open(tx: &mut Tx, scope: &Scope, on: NaiveDate) -> Result<Vec<DutyLine>> {
    build!(tx, "select r.id, r.case_id, c.number, c.committee, r.organisation_id, c.protected, r.grant_type, r.period, c.package_version_id,
            r.report_case_id, d.amount_ore as granted_ore,
            coalesce((select max(e.until) from extension e where e.grant_type = r.grant_type and e.period = r.period and e.until > r.due
                and (e.organisation_id is null or e.organisation_id = r.organisation_id)), r.due) as due,
            (select max(m.at) from message m where m.case_id = r.case_id and m.side = 'municipality') as written,
            (select n.name from organisation_name n where n.organisation_id = r.organisation_id order by case when n.valid_from <= ", query => {
        query.push_bind(on);
        query.push(" then 0 else 1 end, n.valid_from desc limit 1) as applicant
             from report_duty r join cases c on c.id = r.case_id join decision d on d.id = r.decision_id where r.done_at is null and ");
        match scope {
            Scope::Association(own) => {
                query.push("c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("1 = 1");
                keep_away!(query, except, "c.organisation_id", "c.id");
            }
        }
        query.push(" order by 12, c.number, r.grant_type");
    }, all DutyLine)
}

/// Keeps how a report settled its grant.
pub async fn settle(tx: &mut Tx, row: &FinalSettlementRow) -> Result<()> {
    run!(
        tx,
        "insert into final_settlement (report_case_id, case_id, decision_id, granted_ore, paid_ore, final_ore, rest_ore, claimed_ore, debt_id,
                                       due, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        row.report_case_id,
        row.case_id,
        row.decision_id,
        row.granted_ore,
        row.paid_ore,
        row.final_ore,
        row.rest_ore,
        row.claimed_ore,
        row.debt_id,
        row.due,
        row.at
    )?;
    Ok(())
}

/// How a granted case was settled.
pub async fn settlement_of(tx: &mut Tx, case: CaseId) -> Result<Option<FinalSettlementRow>> {
    optional!(tx, FinalSettlementRow, "select * from final_settlement where case_id = $1", case)
}

/// How a report settled its grant.
pub async fn settlement_by(tx: &mut Tx, report: CaseId) -> Result<Option<FinalSettlementRow>> {
    optional!(tx, FinalSettlementRow, "select * from final_settlement where report_case_id = $1", report)
}

/// Every settlement, oldest first.
pub async fn settlements(tx: &mut Tx) -> Result<Vec<FinalSettlementRow>> {
    all!(tx, FinalSettlementRow, "select * from final_settlement order by at, report_case_id")
}

/// A claim with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimLine {
    /// The case of the report.
    pub report_case_id: CaseId,
    /// Its number.
    pub number: String,
    /// The granted case.
    pub case_id: CaseId,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Her name.
    pub applicant: String,
    /// Whether the case names somebody protected.
    pub protected: bool,
    /// The debt that it is.
    pub debt_id: Uuid,
    /// What is claimed back.
    pub claimed_ore: Money,
    /// What is left to pay.
    pub remaining_ore: Money,
    /// The last day, without a plan.
    pub due: NaiveDate,
}

/// Every claim in scope, the oldest last day first.
pub async fn claims(tx: &mut Tx, scope: &Scope, on: NaiveDate) -> Result<Vec<ClaimLine>> {
    build!(tx, "select f.report_case_id, c.number, f.case_id, c.organisation_id, c.protected, t.id as debt_id, f.claimed_ore, t.remaining_ore, f.due,
            (select n.name from organisation_name n where n.organisation_id = c.organisation_id order by case when n.valid_from <= ", query => {
        query.push_bind(on);
        query.push(" then 0 else 1 end, n.valid_from desc limit 1) as applicant
             from final_settlement f join cases c on c.id = f.report_case_id join debt t on t.id = f.debt_id where ");
        match scope {
            Scope::Association(own) => {
                query.push("c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("1 = 1");
                keep_away!(query, except, "c.organisation_id", "c.id");
            }
        }
        query.push(" order by f.due, c.number");
    }, all ClaimLine)
}

/// The parts of the plan that counts, in order.
pub async fn plan(tx: &mut Tx, report: CaseId) -> Result<Vec<RecoveryPartRow>> {
    all!(
        tx,
        RecoveryPartRow,
        "select * from recovery_part where report_case_id = $1
           and version = (select max(version) from recovery_part where report_case_id = $1) order by no",
        report
    )
}

/// The parts of the plan that counts for a debt, in order; none where it is paid all at once, or is no claim of a grant.
pub async fn plan_of_debt(tx: &mut Tx, debt: Uuid) -> Result<Vec<RecoveryPartRow>> {
    all!(
        tx,
        RecoveryPartRow,
        "select p.* from recovery_part p join final_settlement f on f.report_case_id = p.report_case_id where f.debt_id = $1
           and p.version = (select max(version) from recovery_part where report_case_id = p.report_case_id) order by p.no",
        debt
    )
}

/// Adds a part of a plan.
pub async fn insert_part(tx: &mut Tx, row: &RecoveryPartRow) -> Result<()> {
    run!(
        tx,
        "insert into recovery_part (report_case_id, version, no, due, amount_ore, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7)",
        row.report_case_id,
        row.version,
        row.no,
        row.due,
        row.amount_ore,
        row.set_at,
        row.set_by
    )?;
    Ok(())
}
