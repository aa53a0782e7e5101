//! Approvals that end: the association is told by mail some days before, and on its own pages from the first of those
//! days on.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, flow, messages, packages};
use crate::app::Tenant;
use crate::domain::clock::SystemClock;
use crate::domain::id::OrganisationId;
use crate::domain::localized::Language;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Clock, Localized, calendar};
use crate::forms::ApprovalSettings;
use crate::integrations::mail::Message;
use crate::letters::mail;
use crate::packages::Package;
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::organisations::{self, ApprovalRow};
use crate::store::{Tx, cases, decisions};
use crate::text::{fluent, number};

/// The job that reminds of an approval.
pub const REMIND: &str = "approval_remind";

/// An approval that ends soon, or has ended, and that no other takes over from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The approval's grant type.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Whether that day has passed.
    pub over: bool,
    /// The period that a new one can be applied for now.
    pub open: Option<ActivityPeriod>,
}

/// Plans the reminders of an approval: a job for each day to remind that is still to come.
pub(super) async fn schedule(tx: &mut Tx, tenant: &Tenant, settings: &ApprovalSettings, approval: &ApprovalRow) -> ServiceResult<()> {
    let today = tenant.clock.today();
    for days in &settings.remind_days {
        let Some(day) = before(approval.valid_to, *days).filter(|day| *day > today) else { continue };
        let job = NewJob {
            id: tenant.ids.uuid(),
            kind: JobKind::Wait,
            // It belongs to the approval: the case it came from is closed long before.
            case_id: None,
            reference: Some(approval.id),
            entered: 0,
            step: REMIND,
            dedup_key: format!("{REMIND}/{}/{days}", approval.id),
            run_at: flow::start_of(day),
        };
        jobs::add(tx, job).await?;
    }
    Ok(())
}

/// Plans the reminders of an approval taken over from an older system, as the grant type in force asks for.
pub(super) async fn schedule_taken_over(tx: &mut Tx, tenant: &Tenant, approval: &ApprovalRow) -> ServiceResult<()> {
    let settings = package(tx, tenant, &approval.grant_type).await?.map_or_else(ApprovalSettings::default, |package| settings(&package));
    schedule(tx, tenant, &settings, approval).await
}

/// Carries out a reminder's job. Where the clock has passed several days there is one mail, for the nearest.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost.
pub async fn run_job(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = job.reference.ok_or_else(|| anyhow::anyhow!("a reminder without an approval"))?;
    let mut tx = tenant.db.write().await?;
    if !jobs::hold(&mut tx, job, SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    if let Some(approval) = organisations::approval_by_id(&mut tx, id).await? {
        remind(&mut tx, tenant, &approval).await?;
    }
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    tx.commit().await?;
    Ok(())
}

async fn remind(tx: &mut Tx, tenant: &Tenant, approval: &ApprovalRow) -> ServiceResult<()> {
    let today = tenant.clock.today();
    let package = package(tx, tenant, &approval.grant_type).await?;
    let settings = package.as_deref().map_or_else(ApprovalSettings::default, settings);
    let Some(nearest) = settings.remind_days.iter().copied().filter(|days| reached(approval.valid_to, *days, today)).min() else {
        return Ok(());
    };
    if approval.valid_to < today || !stands(tx, approval).await? || renewed(tx, approval).await? {
        return Ok(());
    }
    let day = number::date(approval.valid_to, Language::Sv);
    let args: [fluent::Arg<'_>; 3] = [
        ("day", day.as_str().into()),
        ("municipality", tenant.profile.name.as_str().into()),
        ("address", tenant.profile.base_url.as_str().into()),
    ];
    let text = fluent::t(Language::Sv, "mail-approval-text", &args);
    let mut told = false;
    for contact in organisations::contacts(tx, approval.organisation_id, today).await? {
        let message = Message {
            to: contact.email.clone(),
            subject: fluent::t(Language::Sv, "mail-approval-subject", &args),
            html: mail::paragraphs(&text),
            text: text.clone(),
        };
        let key = format!("mail/approval/{}/{nearest}/{}", approval.id, contact.id);
        told |= messages::queue_letter(tx, tenant, &message, "approval", key).await?;
    }
    if told {
        let body = json!({ "approval": approval.id, "grant_type": approval.grant_type, "to": approval.valid_to, "days": nearest });
        let event = Event { kind: "approval.reminded", body, texts: &[] };
        history::record(tx, tenant, Stream::Organisation(approval.organisation_id), &Actor::Service, event).await?;
    }
    Ok(())
}

/// The approvals of an association that are to be renewed, the one that ends first before.
pub(super) async fn ending(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<Ending>> {
    let today = tenant.clock.today();
    let mut found: Vec<Ending> = Vec::new();
    let all = cases::of_organisation(tx, organisation).await?;
    for approval in organisations::approvals(tx, organisation).await? {
        let Some(package) = package(tx, tenant, &approval.grant_type).await? else { continue };
        let reminds = settings(&package).remind_days.iter().any(|days| reached(approval.valid_to, *days, today));
        if !reminds || renewed(tx, &approval).await? || !stands(tx, &approval).await? {
            continue;
        }
        let handed_in = |period: &ActivityPeriod| all.iter().any(|case| case.grant_type == approval.grant_type && case.period == period.id);
        let open = package.form.periods.iter().map(|period| &period.dates);
        let open = open.filter(|period| period.opens <= today && today <= calendar::last_day(period) && !handed_in(period));
        found.push(Ending {
            title: package.form.title.clone(),
            last_day: approval.valid_to,
            over: approval.valid_to < today,
            open: open.max_by_key(|period| period.covers.to).cloned(),
            grant_type: approval.grant_type,
        });
    }
    found.sort_by_key(|ending| ending.last_day);
    Ok(found)
}

/// Whether the decision that an approval rests on still holds.
async fn stands(tx: &mut Tx, approval: &ApprovalRow) -> ServiceResult<bool> {
    let Some(id) = approval.decision_id else { return Ok(true) };
    Ok(decisions::by_id(tx, id).await?.is_some_and(|decision| decision.undone_at.is_none()))
}

/// Whether another approval takes over, or one is applied for and not decided yet: who has done it is not asked again.
async fn renewed(tx: &mut Tx, approval: &ApprovalRow) -> ServiceResult<bool> {
    let all = organisations::approvals(tx, approval.organisation_id).await?;
    let later = |other: &ApprovalRow| other.id != approval.id && (other.valid_to, other.id) > (approval.valid_to, approval.id);
    if all.iter().any(|other| other.grant_type == approval.grant_type && later(other)) {
        return Ok(true);
    }
    let cases = cases::of_organisation(tx, approval.organisation_id).await?;
    Ok(cases.iter().any(|case| case.grant_type == approval.grant_type && case.closed_at.is_none()))
}

async fn package(tx: &mut Tx, tenant: &Tenant, grant_type: &str) -> ServiceResult<Option<Arc<Package>>> {
    Ok(packages::active(tx, tenant).await?.into_iter().map(|(_, package)| package).find(|package| package.id == grant_type))
}

fn settings(package: &Package) -> ApprovalSettings {
    package.form.approval.clone().unwrap_or_default()
}

fn before(last_day: NaiveDate, days: u32) -> Option<NaiveDate> {
    last_day.checked_sub_days(Days::new(u64::from(days)))
}

fn reached(last_day: NaiveDate, days: u32, today: NaiveDate) -> bool {
    before(last_day, days).is_some_and(|day| day <= today)
}
