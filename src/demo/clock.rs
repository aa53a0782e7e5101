//! Product time that the demo moves: the machine's time and an offset that the database keeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Days, LocalResult, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Europe::Stockholm;

use super::story;
use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::services::{ServiceError, ServiceResult};
use crate::store::{Db, events, settings};

/// The setting that holds the offset, in microseconds.
const OFFSET: &str = "demo.clock.offset_us";

/// When the demo begins, in Swedish time.
pub const START: &str = "2026-08-20 10:00";

/// Product time = machine time + offset. Shared by server and worker, so that both move at once.
#[derive(Debug)]
pub struct DemoClock {
    /// Microseconds that product time is ahead of the machine's.
    offset: AtomicI64,
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::microseconds(self.offset.load(Ordering::Acquire))
    }
}

impl DemoClock {
    /// The clock of a database; it begins at [`START`] where the database has none.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(db: &Db) -> anyhow::Result<Arc<Self>> {
        let mut tx = db.write().await?;
        let offset = match settings::get(&mut tx, OFFSET).await? {
            Some(stored) => stored.parse()?,
            None => {
                let offset = offset_to(swedish(START)?);
                settings::set(&mut tx, OFFSET, &offset.to_string()).await?;
                offset
            }
        };
        tx.commit().await?;
        Ok(Arc::new(Self { offset: AtomicI64::new(offset) }))
    }

    /// Reads the offset again: another process may have moved it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refresh(&self, db: &Db) -> anyhow::Result<()> {
        let mut tx = db.read().await?;
        if let Some(stored) = settings::get(&mut tx, OFFSET).await? {
            self.offset.store(stored.parse()?, Ordering::Release);
        }
        Ok(())
    }

    /// Moves product time; answers the new time. What the story holds until then happens on the way.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when something has already happened after the moment: history has one direction.
    pub async fn move_to(&self, tenant: &Tenant, moment: DateTime<Utc>) -> ServiceResult<DateTime<Utc>> {
        let mut tx = tenant.db.read().await?;
        if let Some(newest) = events::newest_at(&mut tx).await?.filter(|newest| moment < *newest) {
            let local = newest.with_timezone(&Stockholm).format("%Y-%m-%d %H:%M");
            return Err(ServiceError::refused(
                format!("Klockan kan inte gå bakåt förbi det senaste som har hänt ({local}). Välj en senare tid."),
                format!("The clock cannot go back beyond the last thing that happened ({local}). Choose a later time."),
            ));
        }
        drop(tx);
        // The story's own events come before the new time.
        story::catch_up(tenant, moment).await?;
        let mut tx = tenant.db.write().await?;
        let offset = offset_to(moment);
        settings::set(&mut tx, OFFSET, &offset.to_string()).await?;
        tx.commit().await?;
        self.offset.store(offset, Ordering::Release);
        Ok(moment)
    }

    /// Moves product time by whole Swedish days: the clock on the wall shows the same, also over a change to summer time.
    ///
    /// # Errors
    /// As [`DemoClock::move_to`]; also for a date that no calendar has.
    pub async fn move_by(&self, tenant: &Tenant, days: i32) -> ServiceResult<DateTime<Utc>> {
        let moment = days_from(self.now(), days).ok_or_else(|| {
            ServiceError::refused(
                "Så långt kan klockan inte flyttas. Välj färre dagar.",
                "The clock cannot go that far. Choose fewer days.",
            )
        })?;
        self.move_to(tenant, moment).await
    }
}

/// The same time on the wall some days later or earlier.
#[must_use]
pub fn days_from(moment: DateTime<Utc>, days: i32) -> Option<DateTime<Utc>> {
    let local = moment.with_timezone(&Stockholm).naive_local();
    let count = Days::new(u64::from(days.unsigned_abs()));
    let moved = if days < 0 { local.checked_sub_days(count) } else { local.checked_add_days(count) };
    moved.map(on_the_wall)
}

/// The moment that clocks on Swedish walls show a time: the first where it comes twice, an hour later where the
/// change to summer time leaves it out.
#[must_use]
pub fn on_the_wall(local: NaiveDateTime) -> DateTime<Utc> {
    match local.and_local_timezone(Stockholm) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.to_utc(),
        // The time before the gap's is an hour behind; Swedish gaps are one hour.
        LocalResult::None => on_the_wall(local + TimeDelta::hours(1)),
    }
}

/// A moment written in Swedish local time, `2026-08-20 10:00`.
///
/// # Errors
/// When the text is no such time.
pub fn swedish(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(on_the_wall(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")?))
}

fn offset_to(moment: DateTime<Utc>) -> i64 {
    // Microseconds of an i64 reach 292,000 years.
    (moment - SystemClock.now()).num_microseconds().unwrap_or_default()
}
