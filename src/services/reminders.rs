//! Those who applied for the period before and not for this one, and reminding them.

use chrono::{DateTime, NaiveDate, Utc};

use super::actor::{Action, authorize};
use super::{Actor, ServiceError, ServiceResult, dialogue, extensions, packages, protection};
use crate::app::Tenant;
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::localized::Language;
use crate::domain::{Localized, Money};
use crate::store::cases;
use crate::text::{number, order};

/// Somebody who has not applied this time.
#[derive(Clone, Debug)]
pub struct Missing {
    /// Who.
    pub organisation: OrganisationId,
    /// Her name.
    pub name: String,
    /// Her case of the period before, with its number; none where she was granted in an older system.
    pub case: Option<(CaseId, String)>,
    /// What it gave.
    pub amount: Option<Money>,
    /// When somebody last wrote to her in it.
    pub written: Option<DateTime<Utc>>,
}

/// A period in which one looks for those who are missing.
#[derive(Clone, Debug)]
pub struct Look {
    /// The grant type's name.
    pub grant: Localized,
    /// The period in words.
    pub words: Localized,
    /// The period before, where there is one.
    pub before: Option<String>,
    /// The last day to apply.
    pub last_day: NaiveDate,
    /// Who applied then and not now, by name.
    pub missing: Vec<Missing>,
    /// Whether the actor may remind them.
    pub may_remind: bool,
}

/// Who applied for the period before and has not for this one.
///
/// # Errors
/// [`ServiceError::NotFound`] for a period that is not there, or who is not of the staff.
pub async fn missing(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str) -> ServiceResult<Look> {
    authorize(actor, Action::Browse)?;
    let scope = actor.scope()?;
    let mut tx = tenant.db.read().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(period).ok_or(ServiceError::NotFound)?;
    let earlier = package.form.periods.iter().map(|one| &one.dates).filter(|one| one.covers.to < dates.covers.from);
    let before = earlier.max_by_key(|one| one.covers.to).map(|one| one.id.clone());
    let before = match before {
        Some(before) => Some(before),
        None => cases::period_before(&mut tx, grant_type, period).await?,
    };
    let mut look = Look {
        grant: package.form.title.clone(),
        words: package.form.period_words(period),
        last_day: extensions::last_day_of_all(&mut tx, grant_type, dates).await?,
        before: before.clone(),
        missing: Vec::new(),
        may_remind: actor.handles(&package.form.diary.committee),
    };
    let Some(before) = before else { return Ok(look) };
    for row in cases::not_again(&mut tx, grant_type, &before, period, tenant.clock.today()).await? {
        if scope.holds_case(row.about()) && !protection::hides(row.protected, row.kind) {
            look.missing.push(Missing {
                organisation: row.organisation_id,
                name: row.applicant,
                case: Some((row.case_id, row.number)),
                amount: row.amount_ore,
                written: row.written,
            });
        }
    }
    for (organisation, amount, name) in cases::taken_over_not_again(&mut tx, grant_type, &before, period, tenant.clock.today()).await? {
        if scope.holds(organisation) {
            look.missing.push(Missing { organisation, name, case: None, amount: Some(amount), written: None });
        }
    }
    look.missing.sort_by_cached_key(|one| order::key(&one.name));
    Ok(look)
}

/// Reminds those who are chosen: a message in the case of the period before, and a mail that there is one. Answers how many.
///
/// # Errors
/// [`ServiceError::Invalid`] when nobody was chosen; [`ServiceError::Refused`] when the last day has passed.
pub async fn remind(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str, chosen: &[OrganisationId]) -> ServiceResult<usize> {
    let look = missing(tenant, actor, grant_type, period).await?;
    if !look.may_remind {
        return Err(ServiceError::refused(
            "Du har inte behörighet att skriva till föreningarna.",
            "You are not allowed to write to the associations.",
        ));
    }
    if chosen.is_empty() {
        return Err(nobody());
    }
    if tenant.clock.today() > look.last_day {
        return Err(ServiceError::refused(
            "Sista ansökningsdag har passerat. Det finns inget att påminna om.",
            "The last day to apply has passed. There is nothing to remind of.",
        ));
    }
    let text = format!(
        "Ni sökte {} förra gången men har inte sökt för {}. Sista ansökningsdag är {}.",
        look.grant.sv.to_lowercase(),
        look.words.sv,
        number::date(look.last_day, Language::Sv)
    );
    let mut reminded = 0;
    let mut tx = tenant.db.write().await?;
    for one in look.missing.iter().filter(|one| chosen.contains(&one.organisation)) {
        // What an older system knew has no case to write in.
        let Some((id, _)) = &one.case else { continue };
        let case = cases::lock(&mut tx, *id).await?.ok_or(ServiceError::NotFound)?;
        authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        dialogue::tell(&mut tx, tenant, actor, &package, &case, &text).await?;
        reminded += 1;
    }
    if reminded == 0 {
        return Err(nobody());
    }
    tx.commit().await?;
    Ok(reminded)
}

fn nobody() -> ServiceError {
    let message = Localized::both("Välj minst en förening att påminna.", "Choose at least one association to remind.");
    ServiceError::invalid("forening", "missing", message)
}
