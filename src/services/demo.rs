//! Reads for the demonstration's bar and mailbox.

use chrono::{DateTime, NaiveDate, Utc};

use super::{ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::calendar;
use crate::domain::id::{OutboxId, UserId};
use crate::integrations::mail::Message;
use crate::store::{outbox, users};

/// Somebody one may play.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Name and role: `Anna Lindqvist, handläggare och delegat`.
    pub title: String,
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

/// The staff, officers first.
///
/// # Errors
/// When the database cannot be read.
pub async fn people(tenant: &Tenant) -> ServiceResult<Vec<Person>> {
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut people = Vec::new();
    for user in users::all(&mut tx).await? {
        let mut roles: Vec<users::Role> = users::roles(&mut tx, user.id, today).await?.into_iter().map(|role| role.role).collect();
        roles.sort_by_key(|role| rank(*role));
        roles.dedup();
        let words: Vec<&str> = roles.iter().map(|role| word(*role)).collect();
        people.push((
            roles.first().map_or(9, |role| rank(*role)),
            Person { id: user.id, title: format!("{}, {}", user.name, words.join(" och ")) },
        ));
    }
    people.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
    Ok(people.into_iter().map(|(_, person)| person).collect())
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
    for (_, package) in packages::active(&mut tx, tenant).await? {
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

const fn rank(role: users::Role) -> u8 {
    match role {
        users::Role::Officer => 0,
        users::Role::Delegate => 1,
        users::Role::Reviewer => 2,
        users::Role::Attester => 3,
        users::Role::Administrator => 4,
        users::Role::ProtectedIdentities => 5,
        users::Role::Auditor => 6,
    }
}

const fn word(role: users::Role) -> &'static str {
    match role {
        users::Role::Officer => "handläggare",
        users::Role::Delegate => "delegat",
        users::Role::Reviewer => "granskningsattestant",
        users::Role::Attester => "beslutsattestant",
        users::Role::Administrator => "administratör",
        users::Role::ProtectedIdentities => "ser skyddade uppgifter",
        users::Role::Auditor => "revisor",
    }
}
