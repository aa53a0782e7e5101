//! Reads for the page of periods.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::period::ActivityPeriod;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceResult, extensions, packages};
use crate::store::queue::{self, Filter, Waits, Which};
use crate::store::snapshots;

/// A period as the page shows it.
#[derive(Clone, Debug)]
pub struct PeriodView {
    /// Grant type.
    pub grant_type: String,
    /// Its name.
    pub grant: Localized,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day on which anybody is in time.
    pub last_day: NaiveDate,
    /// How many cases wait for it to close.
    pub waiting: i64,
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
    let scope = actor.scope()?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for (_, package) in packages::active(&mut tx, tenant).await? {
        for period in &package.form.periods {
            let round = Filter { grant_type: Some(&package.id), period: Some(&period.dates.id), which: Which::All, ..Filter::default() };
            let here = queue::counts(&mut tx, &scope, &round, today).await?;
            let closed_at = snapshots::of_period(&mut tx, &package.id, &period.dates.id).await?.map(|snapshot| snapshot.at);
            let last_day = extensions::last_day_of_all(&mut tx, &package.id, &period.dates).await?;
            let open = period.dates.opens <= today && today <= last_day;
            if here.is_empty() && !open {
                continue;
            }
            found.push(PeriodView {
                grant_type: package.id.clone(),
                grant: package.form.title.clone(),
                period: period.dates.clone(),
                last_day,
                waiting: here.iter().filter(|count| count.waits == Waits::Close).map(|count| count.cases).sum(),
                closed_at,
            });
        }
    }
    found.sort_by_key(|view| (view.closed_at.is_some(), view.last_day, view.grant_type.clone()));
    Ok(found)
}
