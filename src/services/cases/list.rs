//! The queue as a page shows it, its counts, and the filters that people keep.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, PackageVersionId, UserId};
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, packages, protection};
use crate::store::queue::{self, Count, QueueRow};
pub use crate::store::queue::{After, Filter, Waits, Which, Whose};
use crate::store::saved_views::{self, SavedViewRow};
use crate::store::{Tx, cases, users};

/// A case in the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it stands.
    pub row: QueueRow,
    /// The applicant, or that she is protected.
    pub applicant: String,
    /// The grant type's name.
    pub grant: Localized,
    /// The period in words.
    pub period: Localized,
    /// The state's name.
    pub state: Localized,
}

/// How many wait for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything.
    pub all: i64,
    /// Open cases.
    pub open: i64,
    /// What a person has to look at.
    pub todo: i64,
    /// Ready for decision.
    pub ready: i64,
    /// Of those, without remarks and not the committee's.
    pub clean: i64,
    /// What waits for a period to close.
    pub close: i64,
    /// What waits for the applicant.
    pub applicant: i64,
    /// Open and past the last day of their clock.
    pub overdue: i64,
}

impl Counts {
    fn of(rows: &[Count]) -> Self {
        let sum = |fits: &dyn Fn(&Count) -> bool, figure: &dyn Fn(&Count) -> i64| rows.iter().filter(|row| fits(row)).map(figure).sum();
        let cases = |row: &Count| row.cases;
        Self {
            all: sum(&|_| true, &cases),
            open: sum(&|row| row.waits != Waits::Nothing, &cases),
            todo: sum(&|row| row.todo, &cases),
            ready: sum(&|row| row.waits == Waits::Decision, &cases),
            clean: sum(&|row| row.waits == Waits::Decision, &|row| row.clean),
            close: sum(&|row| row.waits == Waits::Close, &cases),
            applicant: sum(&|row| row.waits == Waits::Applicant, &cases),
            overdue: sum(&|row| row.waits != Waits::Nothing, &|row| row.overdue),
        }
    }
}

/// A page of the queue: what needs a person first, the oldest first; where the next page goes on.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn page(
    tenant: &Tenant,
    actor: &Actor,
    filter: &Filter<'_>,
    after: Option<After>,
    most: usize,
) -> ServiceResult<(Vec<Line>, Option<After>)> {
    authorize(actor, Action::Browse)?;
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let asked = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = queue::page(&mut tx, &actor.scope()?, filter, today, after, asked).await?;
    let more = rows.len() > most;
    rows.truncate(most);
    let next =
        rows.last().filter(|_| more).map(|row| After { rank: row.rank, received_at: row.standing.received_at, case: row.standing.case_id });
    Ok((lines(&mut tx, tenant, actor, rows).await?, next))
}

/// Some cases by their identities, those that the actor may see.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn some(tenant: &Tenant, actor: &Actor, cases: &[CaseId]) -> ServiceResult<Vec<Line>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let rows = queue::of_cases(&mut tx, &actor.scope()?, cases, tenant.clock.today()).await?;
    lines(&mut tx, tenant, actor, rows).await
}

/// Cases that are asked for the same, with the sections that all their forms have.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn asked(tenant: &Tenant, actor: &Actor, cases: &[CaseId]) -> ServiceResult<(Vec<Line>, Vec<(String, Localized)>)> {
    let lines = some(tenant, actor, cases).await?;
    let mut tx = tenant.db.read().await?;
    let mut versions: Vec<PackageVersionId> = lines.iter().map(|line| line.row.package_version_id).collect();
    versions.sort_unstable();
    versions.dedup();
    let mut common: Option<Vec<(String, Localized)>> = None;
    for version in versions {
        let package = packages::version(&mut tx, tenant, version).await?;
        let own = package.form.sections.iter().map(|section| (section.id.clone(), section.title.clone()));
        common = Some(match common {
            None => own.collect(),
            Some(before) => before.into_iter().filter(|(id, _)| package.form.sections.iter().any(|section| section.id == *id)).collect(),
        });
    }
    Ok((lines, common.unwrap_or_default()))
}

/// Lines with their names in words.
pub(in crate::services) async fn lines(tx: &mut Tx, tenant: &Tenant, actor: &Actor, rows: Vec<QueueRow>) -> ServiceResult<Vec<Line>> {
    let may_read = protection::may_read(actor);
    let mut known: BTreeMap<PackageVersionId, std::sync::Arc<Package>> = BTreeMap::new();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let package = match known.get(&row.package_version_id) {
            Some(package) => package.clone(),
            None => packages::version(tx, tenant, row.package_version_id).await?,
        };
        let state = package.workflow.state(&row.standing.state).and_then(|state| state.label.clone());
        lines.push(Line {
            applicant: if protection::hides(row.protected, row.kind) && !may_read {
                protection::HIDDEN_PERSON.to_owned()
            } else {
                row.applicant.clone()
            },
            grant: package.form.title.clone(),
            period: package.form.period_words(&row.standing.period),
            state: state.unwrap_or_else(|| Localized::sv(row.standing.state.clone())),
            row: QueueRow { applicant: String::new(), ..row },
        });
        let last = lines.last().map(|line| line.row.package_version_id);
        if let Some(id) = last {
            known.insert(id, package);
        }
    }
    Ok(lines)
}

/// How many of the cases a filter finds wait for what.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn counts_of(tenant: &Tenant, actor: &Actor, filter: &Filter<'_>) -> ServiceResult<Counts> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    Ok(Counts::of(&queue::counts(&mut tx, &actor.scope()?, filter, tenant.clock.today()).await?))
}

/// How many of all cases wait for what.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn counts(tenant: &Tenant, actor: &Actor) -> ServiceResult<Counts> {
    counts_of(tenant, actor, &Filter { which: Which::All, ..Filter::default() }).await
}

/// What one may limit the queue to.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Grant types with cases: id and name.
    pub grants: Vec<(String, Localized)>,
    /// Periods with cases.
    pub periods: Vec<String>,
    /// Who handles cases.
    pub officers: Vec<(UserId, String)>,
}

/// What one may limit the queue to.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read cases.
pub async fn choices(tenant: &Tenant, actor: &Actor) -> ServiceResult<Choices> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found = Choices::default();
    for (grant_type, period) in queue::rounds(&mut tx).await? {
        if !found.grants.iter().any(|(known, _)| *known == grant_type) {
            let governing = packages::governing(&mut tx, tenant, &grant_type, &period).await?;
            let name = governing.map_or_else(|| Localized::sv(grant_type.clone()), |(_, package)| package.form.title.clone());
            found.grants.push((grant_type, name));
        }
        if !found.periods.contains(&period) {
            found.periods.push(period);
        }
    }
    found.periods.sort_by(|a, b| b.cmp(a));
    found.officers =
        users::with_role(&mut tx, users::Role::Officer, tenant.clock.today()).await?.into_iter().map(|user| (user.id, user.name)).collect();
    Ok(found)
}

/// Puts a case away until a day, or takes it back with `None`. It comes back by itself when something happens in it.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that is not to come; [`ServiceError::NotFound`] where the actor may not handle it.
pub async fn snooze(tenant: &Tenant, actor: &Actor, id: CaseId, until: Option<NaiveDate>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    if until.is_some_and(|until| until <= tenant.clock.today()) {
        let message = Localized::both("Välj en dag efter i dag.", "Choose a day after today.");
        return Err(ServiceError::invalid("until", "not_to_come", message));
    }
    queue::snooze(&mut tx, id, until).await?;
    tx.commit().await?;
    Ok(())
}

/// The filters somebody keeps.
///
/// # Errors
/// When the database cannot be read.
pub async fn saved(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<SavedViewRow>> {
    let Some(user) = actor.user() else { return Ok(Vec::new()) };
    let mut tx = tenant.db.read().await?;
    Ok(saved_views::of(&mut tx, user.id).await?)
}

/// Keeps a filter under a name; one of the same name is replaced.
///
/// # Errors
/// [`ServiceError::Invalid`] without a name.
pub async fn save(tenant: &Tenant, actor: &Actor, name: &str, query: &str) -> ServiceResult<()> {
    authorize(actor, Action::Browse)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let name: String = name.trim().chars().take(60).collect();
    if name.is_empty() {
        return Err(ServiceError::invalid("name", "missing", Localized::both("Skriv vad vyn ska heta.", "Write what to call the view.")));
    }
    let mut tx = tenant.db.write().await?;
    let query: String = query.chars().take(500).collect();
    let row = SavedViewRow { id: tenant.ids.uuid(), user_id: user.id, name, query, saved_at: tenant.clock.now() };
    saved_views::put(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws away a filter of hers.
///
/// # Errors
/// [`ServiceError::NotFound`] when she has none of that identity.
pub async fn forget(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<()> {
    let user = actor.user().ok_or(ServiceError::NotFound)?;
    let mut tx = tenant.db.write().await?;
    if !saved_views::delete(&mut tx, user.id, id).await? {
        return Err(ServiceError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
