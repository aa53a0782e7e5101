//! What an association would get if it applied now: the rules run on the attendance and answers as they are.
//!
//! Nothing is stored and nothing happens: the same engine call as for a decision, with what is known today.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::actor::{About, Action, authorize};
use super::attendance::half_year;
use super::calculation::{Asked, inputs_of, rule_error};
use super::clashes::views::open_count;
use super::{Actor, Claim, ServiceError, ServiceResult, attendance, extensions, packages, tables};
use crate::app::Tenant;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{AccountLine, Check, CheckStatus, Row};
use crate::domain::id::OrganisationId;
use crate::domain::inputs::{Answer, Inputs};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money, clock};
use crate::forms;
use crate::packages::Package;
use crate::rules::{self, Mode};
use crate::store::{Tx, cases, snapshots};

/// What an association would get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preliminary {
    /// The grant's name.
    pub title: Localized,
    /// The requirements and how they come out today.
    pub checks: Vec<Check>,
    /// From imported marks to those that count; empty when the grant counts no attendance or none has come.
    pub account: Vec<AccountLine>,
    /// The calculation; the last row is the total.
    pub rows: Vec<Row>,
    /// The sum.
    pub total: Money,
    /// The year whose rules were used: that of the period's last day.
    pub rules_of: i32,
    /// The last day to apply in time; attendance is compared with others' after it.
    pub last_day: NaiveDate,
    /// What the sum rests on.
    pub rests_on: RestsOn,
    /// How many questions about clashes wait for the applicant, and the half-year in which they are answered: until then their marks
    /// may not count.
    pub questions: Option<(usize, String)>,
}

/// What a preliminary sum rests on, so that a page can say what may still change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// The answers alone: the grant counts no attendance.
    Answers,
    /// A grant that counts attendance, and none has come for the period.
    NoAttendance,
    /// Attendance that is compared with other associations' when the period closes.
    OpenAttendance,
    /// Attendance as it was locked.
    LockedAttendance,
}

impl Preliminary {
    /// Whether a requirement is not met: the sum would not be granted.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.checks.iter().any(|check| check.status == CheckStatus::Fail)
    }
}

/// Runs the rules of a grant type's period for an association as if she handed in these answers today; those that are
/// hidden are left out, as they are when she does. Where she has
/// handed in already, her application counts as received when it was. Nothing is stored.
///
/// # Errors
/// [`ServiceError::NotFound`] when she is not the actor's to read or there is no such grant or period;
/// [`ServiceError::Definition`] when a rule is at fault.
pub async fn amount(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    grant_type: &str,
    period: &str,
    answers: &BTreeMap<String, Answer>,
) -> ServiceResult<Preliminary> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let ready = gather(&mut tx, tenant, &Claim { organisation, grant_type, period }, answers).await?;
    drop(tx);
    run(ready).await
}

/// The same with the answers that were handed in, or none where nothing was.
///
/// # Errors
/// See [`amount`].
pub async fn as_it_stands(tenant: &Tenant, actor: &Actor, claim: &Claim<'_>) -> ServiceResult<Preliminary> {
    authorize(actor, Action::Read(About::Association(claim.organisation)))?;
    let mut tx = tenant.db.read().await?;
    let answers = handed_in(&mut tx, claim).await?;
    let ready = gather(&mut tx, tenant, claim, &answers).await?;
    drop(tx);
    run(ready).await
}

/// The answers of a claim that was handed in.
pub(super) async fn handed_in(tx: &mut Tx, claim: &Claim<'_>) -> ServiceResult<BTreeMap<String, Answer>> {
    match cases::open_of(tx, claim.organisation, claim.grant_type, claim.period).await? {
        Some(case) => Ok(serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?),
        None => Ok(BTreeMap::new()),
    }
}

/// All that a run rests on.
pub(super) struct Ready {
    /// The grant type's version.
    pub package: Arc<Package>,
    /// Everything besides attendance.
    pub inputs: Inputs,
    /// The attendance.
    pub data: Option<Arc<AttendanceData>>,
    rests_on: RestsOn,
    questions: usize,
    dates: ActivityPeriod,
    last_day: NaiveDate,
}

/// Gathers what a run rests on as it is now.
pub(super) async fn gather(tx: &mut Tx, tenant: &Tenant, claim: &Claim<'_>, answers: &BTreeMap<String, Answer>) -> ServiceResult<Ready> {
    let (_, package) = packages::governing(tx, tenant, claim.grant_type, claim.period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(claim.period).ok_or(ServiceError::NotFound)?.clone();
    let today = tenant.clock.today();
    let handed_in = cases::open_of(tx, claim.organisation, claim.grant_type, claim.period).await?;
    let last_day = extensions::last_day(tx, claim.grant_type, &dates, claim.organisation).await?;
    let asked = Asked {
        claim: *claim,
        received: handed_in.as_ref().map_or(today, |case| clock::swedish_date(case.received_at)),
        complete: handed_in.as_ref().and_then(|case| case.complete_on),
        due: handed_in.as_ref().map_or(last_day, |case| case.due),
        answers: forms::sent_answers(&package.form, answers, &forms::Facts::new()),
        proposed: None,
        changed: None,
        allocated: None,
        granted: None,
    };
    let mut inputs = inputs_of(tx, tenant, &package, asked).await?;
    let (data, rests_on) = if package.form.uses_attendance() {
        let locked = snapshots::of_period(tx, claim.grant_type, claim.period).await?.is_some();
        let read = attendance::of(tx, tenant, &package, claim).await?;
        let rests_on = match (read.data.occasions.is_empty(), locked) {
            (true, _) => RestsOn::NoAttendance,
            (false, true) => RestsOn::LockedAttendance,
            (false, false) => RestsOn::OpenAttendance,
        };
        (Some(Arc::new(read.data)), rests_on)
    } else {
        (None, RestsOn::Answers)
    };
    tables::freeze(tx, &package, &mut inputs, data.as_ref()).await?;
    let questions =
        if rests_on == RestsOn::OpenAttendance { open_count(tx, tenant, claim.organisation, dates.covers).await?.count } else { 0 };
    Ok(Ready { package, inputs, data, rests_on, questions, dates, last_day })
}

async fn run(ready: Ready) -> ServiceResult<Preliminary> {
    let Ready { package, inputs, data, rests_on, questions, dates, last_day } = ready;
    let title = package.form.title.clone();
    let run = tokio::task::spawn_blocking(move || rules::evaluate(&package.rules, &inputs, data, Mode::Plain));
    let done = run.await.map_err(|error| anyhow::anyhow!("the rule run was not carried out: {error}"))?.map_err(rule_error)?.evaluation;
    Ok(Preliminary {
        title,
        checks: done.checks,
        account: if rests_on == RestsOn::NoAttendance { Vec::new() } else { done.account },
        rows: done.rows,
        total: done.total_ore,
        rules_of: dates.covers.to.year(),
        last_day,
        rests_on,
        questions: (questions > 0).then(|| (questions, half_year(dates.covers.from))),
    })
}
