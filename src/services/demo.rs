//! Reads for the demonstration's bar and mailbox.

use chrono::{DateTime, NaiveDate, Utc};

use super::{ServiceResult, experts, packages};
use crate::app::Tenant;
use crate::domain::id::{OutboxId, UserId};
use crate::domain::localized::Language;
use crate::domain::mandate::Mandate;
use crate::domain::role::Role;
use crate::domain::{Localized, calendar};
use crate::integrations::mail::Message;
use crate::store::{mandates, organisations, outbox, users};
use crate::text::order;

/// Somebody one may play.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// What she does: `handläggare och delegat`, or for whom she acts and how far.
    pub what: Localized,
    /// Whether she has a role in the municipality.
    pub staff: bool,
}

/// A message of the mailbox.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Which.
    pub id: OutboxId,
    /// What it says.
    pub message: Message,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// Who can be played: the staff, officers first, then those who act for associations.
///
/// # Errors
/// When the database cannot be read.
pub async fn people(tenant: &Tenant) -> ServiceResult<Vec<Person>> {
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut people = Vec::new();
    for user in users::all(&mut tx).await? {
        let mut roles: Vec<Role> = users::roles(&mut tx, user.id, today).await?.into_iter().map(|role| role.role).collect();
        roles.sort_by_key(|role| rank(*role));
        roles.dedup();
        let rank = roles.first().map_or(9, |role| rank(*role));
        let what = if roles.is_empty() {
            let mut acts = Vec::new();
            for mandate in mandates::of_user(&mut tx, user.id, today).await? {
                let (sv, en) = far(mandate.kind);
                let name = organisations::name(&mut tx, mandate.organisation_id, today).await?;
                acts.push(Localized::both(format!("{sv} {name}"), format!("{en} {name}")));
            }
            if experts::is_invited(&mut tx, user.id).await? {
                acts.push(Localized::both("sakkunnig", "expert"));
            }
            join(&acts)
        } else {
            join(&roles.iter().map(|role| word(*role)).map(|(sv, en)| Localized::both(sv, en)).collect::<Vec<_>>())
        };
        // Those of one association stand together.
        let place = (rank, if roles.is_empty() { what.sv.rsplit(" för ").next().unwrap_or_default().to_owned() } else { String::new() });
        people.push((place, Person { id: user.id, name: user.name, what, staff: !roles.is_empty() }));
    }
    people.sort_by_cached_key(|((rank, place), person)| (*rank, order::key(place), order::key(&person.name)));
    Ok(people.into_iter().map(|(_, person)| person).collect())
}

fn join(parts: &[Localized]) -> Localized {
    let of = |language, and: &str| parts.iter().map(|part| part.get(language).to_owned()).collect::<Vec<_>>().join(and);
    Localized::both(of(Language::Sv, " och "), of(Language::En, " and "))
}

/// Leaps of the clock worth making: dates, or minutes as `+31`.
///
/// # Errors
/// When the database cannot be read.
pub async fn jumps(tenant: &Tenant) -> ServiceResult<Vec<(String, String)>> {
    let today = tenant.clock.today();
    let mut jumps = vec![("+31".to_owned(), "31 minuter framåt".to_owned())];
    if let Some(tomorrow) = today.succ_opt() {
        jumps.push((tomorrow.to_string(), "Till i morgon".to_owned()));
    }
    let mut tx = tenant.db.read().await?;
    let mut last_days: Vec<(NaiveDate, String)> = Vec::new();
    for (_, package) in packages::offered(&mut tx, tenant).await? {
        for period in &package.form.periods {
            let after = calendar::last_day(&period.dates).succ_opt().filter(|day| *day > today && period.dates.opens <= today);
            if let Some(after) = after {
                last_days.push((after, package.form.title.sv.clone()));
            }
        }
    }
    last_days.sort();
    last_days.dedup_by_key(|(day, _)| *day);
    jumps.extend(
        last_days.into_iter().take(2).map(|(day, title)| (day.to_string(), format!("Till dagen efter sista ansökningsdag ({title})"))),
    );
    Ok(jumps)
}

/// The messages, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn mails(tenant: &Tenant) -> ServiceResult<Vec<Mail>> {
    let mut tx = tenant.db.read().await?;
    let rows = outbox::newest(&mut tx, 200).await?;
    rows.into_iter().map(|row| Ok(Mail { id: row.id, message: serde_json::from_slice(&row.request)?, sent_at: row.sent_at })).collect()
}

const fn rank(role: Role) -> u8 {
    match role {
        Role::Officer => 0,
        Role::Delegate => 1,
        Role::Reviewer => 2,
        Role::Attester => 3,
        Role::Administrator => 4,
        Role::ProtectedIdentities => 5,
        Role::Auditor => 6,
    }
}

const fn word(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Officer => ("handläggare", "officer"),
        Role::Delegate => ("delegat", "delegate"),
        Role::Reviewer => ("granskningsattestant", "reviewer of payments"),
        Role::Attester => ("beslutsattestant", "attester of payments"),
        Role::Administrator => ("administratör", "administrator"),
        Role::ProtectedIdentities => ("ser skyddade uppgifter", "sees protected identities"),
        Role::Auditor => ("revisor", "auditor"),
    }
}

const fn far(mandate: Mandate) -> (&'static str, &'static str) {
    match mandate {
        Mandate::Reader => ("läser för", "reads for"),
        Mandate::Writer => ("fyller i för", "fills in for"),
        Mandate::Signatory => ("skriver under för", "signs for"),
    }
}
