//! Reads for the page of periods.

use chrono::{DateTime, NaiveDate, Utc};

use super::waits_for_close;
use crate::app::Tenant;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, calendar};
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceResult, packages};
use crate::store::{cases, snapshots};

/// A period as the page shows it.
#[derive(Clone, Debug)]
pub struct PeriodView {
    /// Grant type.
    pub grant_type: String,
    /// Its name.
    pub grant: Localized,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to apply.
    pub last_day: NaiveDate,
    /// How many cases wait for it to close.
    pub waiting: usize,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Every period with cases, or open now; those that can be closed first.
///
/// # Errors
/// When the actor may not read cases or the database cannot be read.
pub async fn all(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<PeriodView>> {
    authorize(actor, Action::Browse)?;
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for (_, package) in packages::active(&mut tx, tenant).await? {
        for period in &package.form.periods {
            let here = cases::of_period(&mut tx, &package.id, &period.dates.id).await?;
            let closed_at = snapshots::of_period(&mut tx, &package.id, &period.dates.id).await?.map(|snapshot| snapshot.at);
            let last_day = calendar::last_day(&period.dates);
            let open = period.dates.opens <= today && today <= last_day;
            if here.is_empty() && !open {
                continue;
            }
            found.push(PeriodView {
                grant_type: package.id.clone(),
                grant: package.form.title.clone(),
                period: period.dates.clone(),
                last_day,
                waiting: here.iter().filter(|case| waits_for_close(&package, case)).count(),
                closed_at,
            });
        }
    }
    found.sort_by_key(|view| (view.closed_at.is_some(), view.last_day, view.grant_type.clone()));
    Ok(found)
}
