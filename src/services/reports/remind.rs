//! Reminding of reports: before the last day, and once it has passed.

use serde_json::{Value, json};

use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::{SystemClock, swedish_date};
use crate::domain::localized::Language;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, extensions, messages, packages, payments};
use crate::store::jobs::{self, JobRow};
use crate::store::reports::{self as rows, DutyLine, DutyRow};
use crate::store::{Tx, cases, events};
use crate::text::number;

/// Carries out a reminder's job: a mail that there is something to do, in the granted case.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost.
pub async fn run_job(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = job.reference.ok_or_else(|| anyhow::anyhow!("a reminder without a duty"))?;
    let mut tx = tenant.db.write().await?;
    if !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    if let Some(duty) = rows::by_id(&mut tx, id).await?.filter(|duty| duty.done_at.is_none() && duty.report_case_id.is_none()) {
        remind(&mut tx, tenant, &duty).await?;
    }
    // What is overdue holds the association's payments.
    if let Some(duty) = rows::by_id(&mut tx, id).await? {
        payments::refresh_holds(&mut tx, tenant, duty.organisation_id).await?;
    }
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    tx.commit().await?;
    Ok(())
}

/// Where the clock has passed several days there is one mail, for the day it is.
async fn remind(tx: &mut Tx, tenant: &Tenant, duty: &DutyRow) -> ServiceResult<()> {
    let case = cases::by_id(tx, duty.case_id).await?.ok_or(ServiceError::NotFound)?;
    let last_day = last_day(tx, tenant, duty).await?;
    let today = tenant.clock.today();
    messages::queue_once(tx, tenant, &case, messages::About::Report, &format!("{}/{today}", duty.grant_type)).await?;
    let body = json!({ "duty": duty.id, "due": last_day, "overdue": today > last_day });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "report.reminded", body, texts: &[] }).await
}

/// Whether somebody of the staff has reminded of a duty on a day. What the service sent by itself does not hinder her.
pub(super) async fn by_hand_on(tx: &mut Tx, duty: &DutyLine, day: chrono::NaiveDate) -> ServiceResult<bool> {
    let (kind, stream) = Stream::Case(duty.case_id).key();
    for event in events::of_stream(tx, kind, stream).await? {
        let hers = event.kind == "report.reminded" && event.actor.starts_with("user:") && swedish_date(event.at) == day;
        if hers && serde_json::from_slice::<Value>(&event.body)?.get("duty") == Some(&json!(duty.id)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Notes that somebody of the staff has reminded of a duty.
pub(super) async fn note(tx: &mut Tx, tenant: &Tenant, actor: &Actor, duty: &DutyLine, today: chrono::NaiveDate) -> ServiceResult<()> {
    let body = json!({ "duty": duty.id, "due": duty.due, "overdue": today > duty.due });
    history::record(tx, tenant, Stream::Case(duty.case_id), actor, Event { kind: "report.reminded", body, texts: &[] }).await
}

/// The last day of a duty, with the time that was given.
pub(in crate::services) async fn last_day(tx: &mut Tx, tenant: &Tenant, duty: &DutyRow) -> ServiceResult<chrono::NaiveDate> {
    let Some((_, package)) = packages::governing(tx, tenant, &duty.grant_type, &duty.period).await? else { return Ok(duty.due) };
    let Some(period) = package.form.period(&duty.period) else { return Ok(duty.due) };
    Ok(extensions::last_day(tx, &duty.grant_type, period, duty.organisation_id).await?.max(duty.due))
}

/// What is written to an association that has not reported.
pub(super) fn words(title: &str, last_day: chrono::NaiveDate, today: chrono::NaiveDate) -> String {
    let day = number::date(last_day, Language::Sv);
    if today > last_day {
        format!(
            "{title} skulle ha kommit in senast {day}. Skicka in den på Mina sidor. Tills den har kommit in betalar vi inte ut några bidrag till er, och bidraget kan krävas tillbaka."
        )
    } else {
        format!("{title} ska komma in senast {day}. Skicka in den på Mina sidor.")
    }
}
