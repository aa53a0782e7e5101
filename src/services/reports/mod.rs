//! Reports on grants. A report is an application about a granted case: it is written in the same wizard, tried by rules of its own
//! and decided like any other (`docs/adr/0011`). What is its own lies here: the duty to report, and what the report makes of the
//! grant and its payment.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::grant::{GrantKind, Outcome};
use crate::domain::id::CaseId;
use crate::domain::inputs::Answer;
use crate::domain::report::{Reserves, Settled, settle as settled};
use crate::domain::{Money, calendar, clock};
use crate::forms::{DueAfter, Form, ReportSettings};
use crate::letters::DecisionLetter;
use crate::packages::Package;
use crate::store::Tx;
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::{self, DecisionRow};
use crate::store::jobs::{self, JobKind, NewJob};
use crate::store::reports::{self as rows, DutyRow};

pub mod claiming;
pub mod recovery;
pub mod remind;
pub mod returning;
pub mod settling;
pub mod views;

/// What was granted by the decision that a report is about; none for what is no report.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn granted(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Money>> {
    if package.form.kind != GrantKind::Report {
        return Ok(None);
    }
    let Some(duty) = rows::of_report(tx, case.id).await? else { return Ok(None) };
    let decision = decisions::standing(tx, duty.case_id).await?;
    Ok(decision.map(|decision| decision.amount_ore))
}

/// The granted case that a report's case is about; none for what is no report.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn granted_case(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Option<CaseId>> {
    Ok(rows::of_report(tx, case.id).await?.map(|duty| duty.case_id))
}

/// Notes what a decision that was sent obliges its applicant to report, and plans the reminders.
///
/// # Errors
/// When the database refuses.
pub(super) async fn owe(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, decision: &DecisionRow) -> ServiceResult<()> {
    for (_, newest) in packages::active(tx, tenant).await? {
        if newest.form.report.as_ref().is_none_or(|report| report.of.value != case.grant_type) {
            continue;
        }
        // A report follows the version of its period, as an application does.
        let Some((_, report)) = packages::governing(tx, tenant, &newest.id, &case.period).await? else { continue };
        let Some(settings) = report.form.report.as_ref() else { continue };
        let duty = DutyRow {
            id: tenant.ids.uuid(),
            case_id: case.id,
            decision_id: decision.id,
            grant_type: report.id.clone(),
            period: case.period.clone(),
            organisation_id: case.organisation_id,
            due: due(tx, &package.form, case, decision, settings).await?,
            created_at: tenant.clock.now(),
            report_case_id: None,
            done_at: None,
        };
        if !rows::insert(tx, &duty).await? {
            continue;
        }
        plan_reminders(tx, tenant, &duty, settings).await?;
        let body = json!({ "duty": duty.id, "grant_type": duty.grant_type, "due": duty.due });
        history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "report.owed", body, texts: &[] }).await?;
    }
    Ok(())
}

/// The last day of a report. A day that a municipality has set itself is kind where it falls on a holiday: the next weekday.
async fn due(tx: &mut Tx, form: &Form, case: &CaseRow, decision: &DecisionRow, settings: &ReportSettings) -> ServiceResult<NaiveDate> {
    let decided = clock::swedish_date(decision.decided_at);
    let period_ends = form.period(&case.period).map_or(decided, |period| period.covers.to);
    let from = match &settings.due_after {
        DueAfter::Decision => decided,
        DueAfter::Period => period_ends,
        DueAfter::Answer(field) => {
            let answers: std::collections::BTreeMap<String, Answer> =
                serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?;
            match answers.get(&field.value) {
                Some(Answer::Date(date)) => *date,
                Some(Answer::DateRange(range)) => range.to,
                _ => period_ends,
            }
        }
    };
    // What was decided after the fact is reported as long after the decision.
    let from = from.max(decided);
    Ok(calendar::move_deadline(from.checked_add_days(Days::new(u64::from(settings.due_days))).unwrap_or(from)))
}

/// The job that reminds of a duty.
pub const REMIND: &str = "report_remind";

async fn plan_reminders(tx: &mut Tx, tenant: &Tenant, duty: &DutyRow, settings: &ReportSettings) -> ServiceResult<()> {
    let today = tenant.clock.today();
    // The day after the last day too: then it is overdue, and payments wait for it.
    let before =
        settings.remind_days.iter().filter_map(|days| Some((i64::from(*days), duty.due.checked_sub_days(Days::new(u64::from(*days)))?)));
    for (days, day) in before.chain(duty.due.succ_opt().map(|day| (-1, day))) {
        if day <= today {
            continue;
        }
        let job = NewJob {
            id: tenant.ids.uuid(),
            kind: JobKind::Wait,
            // It belongs to the duty: the case it came from is closed long before.
            case_id: None,
            reference: Some(duty.id),
            entered: 0,
            step: REMIND,
            dedup_key: format!("{REMIND}/{}/{days}", duty.id),
            run_at: super::flow::start_of(day),
        };
        jobs::add(tx, job).await?;
    }
    Ok(())
}

/// The duty that a report's case would meet: a report without one is no report.
///
/// # Errors
/// [`ServiceError::NotFound`] when nothing is to be reported.
pub(super) async fn to_meet(tx: &mut Tx, package: &Package, claim: super::Claim<'_>) -> ServiceResult<Option<DutyRow>> {
    if package.form.kind != GrantKind::Report {
        return Ok(None);
    }
    let duty = rows::unanswered(tx, claim.organisation, claim.grant_type, claim.period).await?;
    duty.map(Some).ok_or(ServiceError::NotFound)
}

/// Whether something can be handed in: anything but a report can, and a report that is owed.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn owed(tx: &mut Tx, package: &Package, claim: super::Claim<'_>) -> ServiceResult<bool> {
    match to_meet(tx, package, claim).await {
        Ok(_) => Ok(true),
        Err(ServiceError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A case has begun about a duty: a report has come, or the municipality claims without one. Whoever was kept from the granted case is
/// kept from it too.
///
/// # Errors
/// When the database refuses.
pub(super) async fn begun(tx: &mut Tx, tenant: &Tenant, duty: &DutyRow, case: &CaseRow) -> ServiceResult<()> {
    rows::answer(tx, duty.id, Some(case.id)).await?;
    super::conflicts::declaring::follow(tx, tenant, duty.case_id, case.id).await
}

/// A report has come, by itself or into a claim: payments that waited for an overdue report wait no longer.
///
/// # Errors
/// When the database refuses.
pub(super) async fn come(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<()> {
    let Some(duty) = rows::of_report(tx, case.id).await? else { return Ok(()) };
    super::payments::refresh_holds(tx, tenant, duty.organisation_id).await?;
    let body = json!({ "duty": duty.id, "report": case.id });
    history::record(tx, tenant, Stream::Case(duty.case_id), &Actor::Service, Event { kind: "report.come", body, texts: &[] }).await
}

/// A report's case has ended without settling anything, by withdrawal or untried: what was to be reported still is.
///
/// # Errors
/// When the database refuses.
pub(super) async fn ended(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    if package.form.kind != GrantKind::Report {
        return Ok(());
    }
    match rows::of_report(tx, case.id).await? {
        Some(duty) if duty.done_at.is_none() => Ok(rows::answer(tx, duty.id, None).await?),
        Some(_) | None => Ok(()),
    }
}

/// Whether a diary case must stay open: something of it is to be reported still.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn keeps_open(tx: &mut Tx, case: &CaseRow) -> ServiceResult<bool> {
    Ok(rows::of_case(tx, case.id).await?.iter().any(|duty| duty.done_at.is_none()))
}

/// What a decision on a report makes of the grant; none for what is no report, and for a report that is not tried.
///
/// # Errors
/// [`ServiceError::Refused`] when it would give more than was granted, or claim back what was not reserved.
pub(super) async fn settles(
    tx: &mut Tx,
    package: &Package,
    case: &CaseRow,
    (outcome, amount): (Outcome, Money),
) -> ServiceResult<Option<Settled>> {
    if package.form.kind != GrantKind::Report {
        return Ok(None);
    }
    match outcome {
        Outcome::Bifall | Outcome::DelvisBifall | Outcome::Avslag => {}
        Outcome::Avvisning | Outcome::Avskrivning => return Ok(None),
    }
    let duty = rows::of_report(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    let decision = decisions::standing(tx, duty.case_id).await?.ok_or(ServiceError::Stale)?;
    if decision.dispatched_at.is_none() {
        return Err(ServiceError::refused(
            "Beslutet om bidraget håller på att ändras. Vänta tills det nya beslutet är skickat.",
            "The decision on the grant is being changed. Wait until the new decision has been sent.",
        ));
    }
    let paid = super::payments::parts_of(tx, duty.case_id).await?.gone;
    let letter: DecisionLetter = serde_json::from_slice(&decision.letter)?;
    let reserves = if letter.revocation.is_some() { Reserves::ToClaimBack } else { Reserves::Nothing };
    settled(decision.amount_ore, paid, amount, reserves).map(Some).map_err(|error| ServiceError::Refused(error.message()))
}

/// Keeps what is not paid of a grant from leaving while the decision that settles it can still be undone.
///
/// # Errors
/// As [`settles`].
pub(super) async fn hold_still(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    decided: (Outcome, Money),
) -> ServiceResult<()> {
    let settled = settles(tx, package, case, decided).await?;
    match granted_case(tx, case).await?.filter(|_| settled.is_some()) {
        Some(granted) => super::payments::freeze(tx, tenant, granted).await,
        None => Ok(()),
    }
}

/// The last day to pay back what a decision claims.
#[must_use]
pub(super) fn pay_back_by(package: &Package, decided_on: NaiveDate) -> NaiveDate {
    let days = package.form.report.as_ref().map_or(30, |report| report.pay_back_days);
    calendar::move_deadline(decided_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(decided_on))
}
