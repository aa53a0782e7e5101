//! Reads for the page of periods.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::period::ActivityPeriod;
use crate::forms::ClashDefault;
use crate::services::actor::{Action, authorize};
use crate::services::attendance::half_years;
use crate::services::{Actor, ServiceError, ServiceResult, extensions, packages};
use crate::store::attendance::{self, SourceKind};
use crate::store::clashes::{self, Scope};
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

/// What closing a period would lock.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The period.
    pub view: PeriodView,
    /// Whether attendance counts for it.
    pub attendance: bool,
    /// Files that were taken in for it.
    pub files: i64,
    /// Associations with attendance for it.
    pub associations: i64,
    /// Clashes that somebody was asked of and has not answered.
    pub unanswered: i64,
    /// What holds for those.
    pub default: Option<ClashDefault>,
}

/// What closing a period would lock, for who may close it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a period that is not there, or is closed; [`ServiceError::Refused`] for who may not.
pub async fn preview(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str) -> ServiceResult<Preview> {
    authorize(actor, Action::Administer)?;
    let found = all(tenant, actor).await?.into_iter().find(|view| view.grant_type == grant_type && view.period.id == period);
    let view = found.filter(|view| view.closed_at.is_none() && view.last_day < tenant.clock.today()).ok_or(ServiceError::NotFound)?;
    let mut tx = tenant.db.read().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let mut imports = Vec::new();
    if package.form.uses_attendance() {
        for half in half_years(view.period.covers) {
            imports.extend(attendance::taken_in(&mut tx, &half).await?);
        }
    }
    let associations: BTreeSet<_> = imports.iter().map(|(organisation, _)| *organisation).collect();
    let files = imports.iter().filter(|(_, source)| *source != SourceKind::Hand).count();
    let open = clashes::of_period(&mut tx, grant_type, period)
        .await?
        .into_iter()
        .filter(|clash| clash.asked && (clash.answer_a.is_none() || (clash.scope == Scope::Across && clash.answer_b.is_none())));
    Ok(Preview {
        attendance: package.form.uses_attendance(),
        files: i64::try_from(files).unwrap_or(i64::MAX),
        associations: i64::try_from(associations.len()).unwrap_or(i64::MAX),
        unanswered: i64::try_from(open.count()).unwrap_or(i64::MAX),
        default: package.form.clash.as_ref().map(|clash| clash.default),
        view,
    })
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
    for (_, package) in packages::offered(&mut tx, tenant).await? {
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
