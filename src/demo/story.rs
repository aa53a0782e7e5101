//! What the buttons of the demo's clock lead to, and what happens on the way.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::clock::{on_the_wall, swedish};
use super::seed;
use crate::app::Tenant;
use crate::domain::calendar;
use crate::services::{ServiceResult, packages};
use crate::store::jobs::{self, JobKind, JobRow};
use crate::store::{Tx, cases, clashes, organisations, snapshots};
use crate::workflows::{StateKind, WaitFor};

/// When the club that forgot the last day sends its application, in Swedish time.
pub const LATE: &str = "2026-08-28 09:15";

/// A moment worth moving the clock to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    /// When.
    pub moment: DateTime<Utc>,
    /// What happens then, in Swedish.
    pub label: String,
}

/// The moments ahead that change something, nearest first; what happens at the same time is one line each.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_milestones(tenant: &Tenant) -> ServiceResult<Vec<Milestone>> {
    let now = tenant.clock.now();
    let mut found = Vec::new();
    let mut tx = tenant.db.read().await?;
    rounds(&mut tx, tenant, &mut found).await?;
    waits(&mut tx, tenant, now, &mut found).await?;
    accounts(&mut tx, tenant, &mut found).await?;
    drop(tx);
    if seed::is_done(tenant).await? && !seed::late_has_come(tenant).await? {
        found.push(Milestone { moment: swedish(LATE)?, label: "En ansökan kommer in för sent".to_owned() });
    }
    found.retain(|milestone| milestone.moment > now);
    found.sort();
    found.dedup();
    Ok(found)
}

/// Lets happen what the story holds up to a moment: once, and only where the seed was sown.
///
/// # Errors
/// When a service refuses.
pub async fn catch_up(tenant: &Tenant, moment: DateTime<Utc>) -> ServiceResult<()> {
    let late = swedish(LATE)?;
    if moment < late || !seed::is_done(tenant).await? || seed::late_has_come(tenant).await? {
        return Ok(());
    }
    seed::seed_late(tenant, late.max(tenant.clock.now())).await?;
    Ok(())
}

/// The first and last days of every round, and the day it can be closed.
async fn rounds(tx: &mut Tx, tenant: &Tenant, found: &mut Vec<Milestone>) -> ServiceResult<()> {
    for (_, package) in packages::offered(tx, tenant).await? {
        let title = &package.form.title.sv;
        let waits = package.workflow.states.iter().any(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::PeriodClose, .. }));
        for period in &package.form.periods {
            let (id, last) = (&period.dates.id, calendar::last_day(&period.dates));
            found.push(morning(period.dates.opens, format!("{title} {id} öppnar för ansökan")));
            found.push(morning(last, format!("Sista ansökningsdag för {} {id}", title.to_lowercase())));
            let closed = snapshots::of_period(tx, &package.id, id).await?.is_some();
            if let Some(after) = last.succ_opt().filter(|_| waits && !closed) {
                let label = format!("Dagen efter sista ansökningsdag: {} {id} kan stängas", title.to_lowercase());
                found.push(morning(after, label));
            }
        }
    }
    Ok(())
}

/// What cases wait for: letters to be sent, answers, clashes.
async fn waits(tx: &mut Tx, tenant: &Tenant, now: DateTime<Utc>, found: &mut Vec<Milestone>) -> ServiceResult<()> {
    for case in cases::all(tx).await?.into_iter().filter(|case| case.closed_at.is_none()) {
        let name = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
        for job in jobs::of_case(tx, case.id).await?.iter().filter(|job| waiting(job) && job.run_at > now) {
            let label = match job.kind {
                JobKind::Dispatch => format!("Ångertiden är slut: beslutet till {name} skickas ({})", case.number),
                JobKind::Wait => format!("Tiden för svar är ute för {name} ({})", case.number),
                JobKind::Step | JobKind::Outbox | JobKind::Bundle => continue,
            };
            found.push(Milestone { moment: job.run_at, label });
        }
        let asked = clashes::of_organisation(tx, case.organisation_id, &case.grant_type, &case.period).await?;
        let open = asked.iter().filter(|row| row.asked && row.answer_a.is_none() && row.answer_b.is_none());
        for after in open.filter_map(|row| row.answer_by.succ_opt()) {
            found.push(morning(after, "Tiden för att svara på krockar är ute".to_owned()));
        }
    }
    Ok(())
}

/// When holds after changed accounts end.
async fn accounts(tx: &mut Tx, tenant: &Tenant, found: &mut Vec<Milestone>) -> ServiceResult<()> {
    for organisation in organisations::all(tx).await? {
        let account = organisations::account(tx, organisation.id).await?;
        let Some(after) = account.and_then(|account| account.hold_until).and_then(|until| until.succ_opt()) else { continue };
        let name = organisations::name(tx, organisation.id, tenant.clock.today()).await?;
        found.push(morning(after, format!("Karenstiden efter kontobytet är slut för {name}")));
    }
    Ok(())
}

fn waiting(job: &JobRow) -> bool {
    job.done_at.is_none() && job.dead_at.is_none()
}

/// Eight in the morning of a day.
fn morning(day: NaiveDate, label: String) -> Milestone {
    let eight = NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock");
    Milestone { moment: on_the_wall(day.and_time(eight)), label }
}
