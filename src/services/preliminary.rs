//! What an association would get if it applied now: the rules run on the attendance and answers as they are.
//!
//! Nothing is stored and nothing happens: the same engine call as for a decision, with what is known today.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::actor::{Action, authorize};
use super::calculation::{Asked, inputs_of, rule_error};
use super::{Actor, Claim, ServiceError, ServiceResult, attendance, packages};
use crate::app::Tenant;
use crate::domain::calculation::{AccountLine, Check, CheckStatus, Row};
use crate::domain::id::OrganisationId;
use crate::domain::inputs::Answer;
use crate::domain::{Localized, Money, calendar, clock};
use crate::forms;
use crate::rules::{self, Mode};
use crate::store::{cases, snapshots};

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
    authorize(actor, Action::Read(organisation))?;
    let claim = Claim { organisation, grant_type, period };
    let mut tx = tenant.db.read().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(period).ok_or(ServiceError::NotFound)?.clone();
    let today = tenant.clock.today();
    let handed_in = cases::open_of(&mut tx, organisation, grant_type, period).await?;
    let received = handed_in.as_ref().map_or(today, |case| clock::swedish_date(case.received_at));
    let asked = Asked {
        claim,
        received,
        complete: handed_in.as_ref().and_then(|case| case.complete_on),
        due: handed_in.as_ref().map_or_else(|| calendar::last_day(&dates), |case| case.due),
        answers: forms::sent_answers(&package.form, answers, &forms::Facts::new()),
        proposed: None,
    };
    let inputs = inputs_of(&mut tx, tenant, &package, asked).await?;
    let (data, rests_on) = if package.form.uses_attendance() {
        let locked = snapshots::of_period(&mut tx, grant_type, period).await?.is_some();
        let read = attendance::of(&mut tx, tenant, &package, &claim).await?;
        let rests_on = match (read.data.occasions.is_empty(), locked) {
            (true, _) => RestsOn::NoAttendance,
            (false, true) => RestsOn::LockedAttendance,
            (false, false) => RestsOn::OpenAttendance,
        };
        (Some(std::sync::Arc::new(read.data)), rests_on)
    } else {
        (None, RestsOn::Answers)
    };
    drop(tx);
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
        last_day: calendar::last_day(&dates),
        rests_on,
    })
}
