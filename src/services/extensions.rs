//! More time to apply (anstånd): a dated fact that last days and rules about lateness go by.

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{About, Action, authorize, lacks};
use super::diary::{self};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, messages, packages};
use crate::app::Tenant;
use crate::domain::id::OrganisationId;
use crate::domain::localized::Language;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, calendar};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::diary::Direction;
use crate::store::extensions::{self as rows, ExtensionRow};
use crate::store::{Tx, cases, organisations, reports, snapshots, users};
use crate::text::number;

/// The last day on which an applicant is in time: the period's own, or a later one that she or all were given.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_day(tx: &mut Tx, grant_type: &str, period: &ActivityPeriod, organisation: OrganisationId) -> ServiceResult<NaiveDate> {
    // What is to be reported has a last day of its own.
    let own = reports::due(tx, organisation, grant_type, &period.id).await?.unwrap_or_else(|| calendar::last_day(period));
    Ok(rows::latest(tx, grant_type, &period.id, organisation).await?.map_or(own, |given| given.max(own)))
}

/// The last day on which anybody is in time: a period is not closed before it has passed.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_day_of_all(tx: &mut Tx, grant_type: &str, period: &ActivityPeriod) -> ServiceResult<NaiveDate> {
    let own = calendar::last_day(period);
    Ok(rows::latest_of_any(tx, grant_type, &period.id).await?.map_or(own, |given| given.max(own)))
}

/// What somebody is given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Grant type.
    pub grant_type: &'a str,
    /// Period.
    pub period: &'a str,
    /// For whom; `None` for all.
    pub organisation: Option<OrganisationId>,
    /// The last day to be in time.
    pub until: NaiveDate,
    /// Why.
    pub reason: &'a str,
}

/// Gives more time, to one or to all. Cases that have come in already are in time by it too.
///
/// # Errors
/// [`ServiceError::Invalid`] without reason or for a day that gives no more time; [`ServiceError::Refused`] when the
/// period is closed or the actor may not.
pub async fn give(tenant: &Tenant, actor: &Actor, given: &Given<'_>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (_, package) = packages::governing(&mut tx, tenant, given.grant_type, given.period).await?.ok_or(ServiceError::NotFound)?;
    let period = package.form.period(given.period).ok_or(ServiceError::NotFound)?.clone();
    let case = match given.organisation {
        Some(organisation) => cases::open_of(&mut tx, organisation, given.grant_type, given.period).await?,
        None => None,
    };
    let user = may(actor, &package, given, case.as_ref())?;
    let before = match given.organisation {
        Some(organisation) => last_day(&mut tx, given.grant_type, &period, organisation).await?,
        None => calendar::last_day(&period),
    };
    check(given, before, tenant.clock.today())?;
    if snapshots::of_period(&mut tx, given.grant_type, given.period).await?.is_some() {
        return Err(ServiceError::refused(
            "Perioden är stängd. Anstånd kan inte ges längre.",
            "The period is closed. More time cannot be given any longer.",
        ));
    }
    let row = ExtensionRow {
        id: tenant.ids.uuid(),
        grant_type: given.grant_type.to_owned(),
        period: given.period.to_owned(),
        organisation_id: given.organisation,
        until: given.until,
        reason: given.reason.trim().to_owned(),
        user_id: user,
        at: tenant.clock.now(),
    };
    rows::insert(&mut tx, &row).await?;
    cases::extend(&mut tx, given.grant_type, given.period, given.organisation, given.until).await?;
    let body = json!({ "extension": row.id, "grant_type": row.grant_type, "period": row.period, "until": row.until });
    let stream = given.organisation.map_or(Stream::System, Stream::Organisation);
    let event = Event { kind: "extension.given", body: body.clone(), texts: &[("reason", &row.reason)] };
    history::record(&mut tx, tenant, stream, actor, event).await?;
    // As it stands with the new day.
    let case = match given.organisation {
        Some(organisation) => cases::open_of(&mut tx, organisation, given.grant_type, given.period).await?,
        None => None,
    };
    if let Some(case) = case {
        note(&mut tx, tenant, actor, &package, &case, &row).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn may(actor: &Actor, package: &Package, given: &Given<'_>, case: Option<&CaseRow>) -> ServiceResult<crate::domain::id::UserId> {
    let committee = package.form.diary.committee.as_str();
    match given.organisation {
        Some(applicant) => {
            authorize(actor, Action::Read(About::Association(applicant)))?;
            match case {
                Some(case) => authorize(actor, Action::Handle { about: case.about(), committee })?,
                None if actor.handles(committee) => None,
                None => return Err(lacks("handlägga ärenden för nämnden", "handle this committee's cases")),
            };
        }
        None if actor.handles(committee) => {}
        None => {
            authorize(actor, Action::Administer)?;
        }
    }
    actor.user().map(|user| user.id).ok_or(ServiceError::NotFound)
}

fn check(given: &Given<'_>, before: NaiveDate, today: NaiveDate) -> ServiceResult<()> {
    let mut findings: Vec<Finding> = crate::services::free_text::finding("skal", given.reason).into_iter().collect();
    let mut demand = |wrong: bool, place: &str, message: Localized| {
        if wrong {
            findings.push(Finding { place: place.to_owned(), code: "wrong".to_owned(), message });
        }
    };
    demand(given.reason.trim().is_empty(), "skal", Localized::both("Skriv varför anstånd ges.", "Write why more time is given."));
    demand(
        given.until <= before,
        "till",
        Localized::both(
            format!("Välj en dag efter {}, som redan gäller.", number::date(before, Language::Sv)),
            format!("Choose a day after {}, which already holds.", number::date(before, Language::En)),
        ),
    );
    demand(given.until < today, "till", Localized::both("Dagen har redan varit.", "The day has already been."));
    if findings.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(findings)) }
}

/// Tells the applicant, and the diary.
async fn note(tx: &mut Tx, tenant: &Tenant, actor: &Actor, package: &Package, case: &CaseRow, row: &ExtensionRow) -> ServiceResult<()> {
    let until = number::date(row.until, Language::Sv);
    let sheet = diary::Sheet {
        direction: Direction::Out,
        subject: "Anstånd",
        document_type: "anstand",
        parts: &[("Ni har tid till och med", &until), ("Varför", &row.reason)],
        appendix: "",
    };
    let document = diary::register_sheet(tx, tenant, package, case, sheet).await?;
    let event = Event { kind: "case.extended", body: json!({ "until": row.until, "document": document }), texts: &[] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    messages::queue_once(tx, tenant, case, messages::About::Extension, &row.id.to_string()).await
}

/// An extension as a list shows it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The extension.
    pub row: ExtensionRow,
    /// The grant type's name.
    pub grant: Localized,
    /// The period in words.
    pub period: Localized,
    /// For whom; none for all.
    pub whose: Option<String>,
    /// Who gave it.
    pub by: String,
}

/// Every extension that the actor may see, newest first.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn list(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<Line>> {
    authorize(actor, Action::Browse)?;
    let scope = actor.scope()?;
    let mut tx = tenant.db.read().await?;
    let mut lines = Vec::new();
    for row in rows::all(&mut tx).await? {
        if row.organisation_id.is_some_and(|organisation| !scope.holds(organisation)) {
            continue;
        }
        let governing = packages::governing(&mut tx, tenant, &row.grant_type, &row.period).await?;
        let whose = match row.organisation_id {
            Some(organisation) => Some(organisations::name(&mut tx, organisation, tenant.clock.today()).await?),
            None => None,
        };
        let form = governing.as_ref().map(|(_, package)| &package.form);
        lines.push(Line {
            grant: form.map_or_else(|| Localized::sv(row.grant_type.clone()), |form| form.title.clone()),
            period: form.map_or_else(|| Localized::sv(row.period.clone()), |form| form.period_words(&row.period)),
            whose,
            by: users::by_id(&mut tx, row.user_id).await?.map_or_else(String::new, |user| user.name),
            row,
        });
    }
    Ok(lines)
}
