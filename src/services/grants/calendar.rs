//! The last days of the year, for people's own calendars.

use chrono::NaiveDate;

use super::{ServiceResult, periods, versions};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::period::ActivityPeriod;
use crate::text::order;

/// A day to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The grant type.
    pub grant: String,
    /// Its name.
    pub title: Localized,
    /// For which period.
    pub period: ActivityPeriod,
    /// The first day to apply.
    pub opens: NaiveDate,
    /// The last day to apply.
    pub last_day: NaiveDate,
}

/// The rounds that have not passed, by their last days.
///
/// # Errors
/// When the database cannot be read.
pub async fn days(tenant: &Tenant) -> ServiceResult<Vec<Day>> {
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut days = Vec::new();
    for (_, package) in versions::offered(&mut tx, tenant).await? {
        for period in periods(&package.form).into_iter().filter(|period| today <= period.last_day) {
            days.push(Day {
                grant: package.id.clone(),
                title: package.form.title.clone(),
                opens: period.period.opens,
                last_day: period.last_day,
                period: period.period,
            });
        }
    }
    days.sort_by_cached_key(|day| (day.last_day, order::key(&day.title.sv)));
    Ok(days)
}
