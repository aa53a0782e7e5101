//! Logging in and out, and for whom somebody acts meanwhile.
//!
//! Whoever vouches for a person (an e-legitimation service, the demonstration's list) hands her over to [`log_in`];
//! everything after that is the same. Log-ins last in real time: the demonstration's clock does not end them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, experts};
use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::domain::Clock;
use crate::domain::canonical::Sha;
use crate::domain::clock::SystemClock;
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::mandate::Mandate;
use crate::store::sessions::{self as rows, SessionRow};
use crate::store::{mandates, organisations, users};

/// A session ends after this long without a visit, in minutes (ASVS 7.3.1).
const IDLE_MINUTES: i64 = 60;
/// A session ends after this long whatever happens, in hours (ASVS 7.3.2).
const LONGEST_HOURS: i64 = 10;
/// How often "last seen" is written, in minutes: not with every page.
const SEEN_EVERY_MINUTES: i64 = 2;

/// The secret that a browser holds while somebody is logged in. Never logged, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(Sha(*Secret::random().bytes()).hex())
    }

    /// A token as a browser sent it.
    #[must_use]
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the browser keeps.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> Vec<u8> {
        Sha::of(self.0.as_bytes()).0.to_vec()
    }
}

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who, with what she may do just now.
    pub actor: Actor,
    /// Her name.
    pub name: String,
    /// Whom she may act for, with the name of each.
    pub associations: Vec<(OrganisationId, String, Mandate)>,
    /// Whether she has been asked to assess something as an expert.
    pub invited: bool,
}

/// Begins a session for a person somebody vouches for.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such person.
pub async fn log_in(tenant: &Tenant, user: UserId) -> ServiceResult<Token> {
    let token = Token::random();
    let now = SystemClock.now();
    let today = tenant.clock.today();
    let mut tx = tenant.db.write().await?;
    let person = users::by_id(&mut tx, user).await?.ok_or(ServiceError::NotFound)?;
    // Who acts for one association alone need not choose.
    let mandates = mandates::of_user(&mut tx, user, today).await?;
    let only = match mandates.as_slice() {
        [one] => Some(one.organisation_id),
        [] | [_, ..] => None,
    };
    let row = SessionRow {
        token_hash: token.hash(),
        user_id: person.id,
        organisation_id: only,
        begun_at: now,
        seen_at: now,
        ends_at: now + TimeDelta::hours(LONGEST_HOURS),
        ended_at: None,
    };
    rows::insert(&mut tx, &row).await?;
    let actor = Actor::Person { user: person };
    history::record(&mut tx, tenant, Stream::User(user), &actor, Event { kind: "user.logged_in", body: json!({}), texts: &[] }).await?;
    tx.commit().await?;
    Ok(token)
}

/// Who holds a token now; none when it was never given, is too old, or she logged out.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_token(tenant: &Tenant, token: &Token) -> ServiceResult<Option<Session>> {
    let hash = token.hash();
    let now = SystemClock.now();
    let mut tx = tenant.db.read().await?;
    let Some(row) = rows::open(&mut tx, &hash).await?.filter(|row| is_fresh(row, now)) else { return Ok(None) };
    let today = tenant.clock.today();
    let user = users::by_id(&mut tx, row.user_id).await?.ok_or(ServiceError::NotFound)?;
    let name = user.name.clone();
    let mut associations = Vec::new();
    for mandate in mandates::of_user(&mut tx, user.id, today).await? {
        let name = organisations::name(&mut tx, mandate.organisation_id, today).await?;
        associations.push((mandate.organisation_id, name, mandate.kind));
    }
    let acting = row.organisation_id.and_then(|chosen| associations.iter().find(|(id, _, _)| *id == chosen));
    let actor = match acting {
        Some((organisation, _, mandate)) => {
            Actor::Association { organisation: *organisation, name: name.clone(), user: Some(user.id), mandate: *mandate }
        }
        None => Actor::with_roles(&mut tx, user, today).await?,
    };
    let invited = experts::is_invited(&mut tx, row.user_id).await?;
    drop(tx);
    if now - row.seen_at > TimeDelta::minutes(SEEN_EVERY_MINUTES) {
        let mut tx = tenant.db.write().await?;
        rows::seen(&mut tx, &hash, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Session { actor, name, associations, invited }))
}

/// Acts for an association from now on, or only for herself with none.
///
/// # Errors
/// [`ServiceError::NotFound`] when she has no mandate for it.
pub async fn act_for(tenant: &Tenant, token: &Token, organisation: Option<OrganisationId>) -> ServiceResult<()> {
    let hash = token.hash();
    let mut tx = tenant.db.write().await?;
    let row = rows::open(&mut tx, &hash).await?.filter(|row| is_fresh(row, SystemClock.now())).ok_or(ServiceError::NotFound)?;
    if let Some(wanted) = organisation {
        let mandates = mandates::of_user(&mut tx, row.user_id, tenant.clock.today()).await?;
        if !mandates.iter().any(|mandate| mandate.organisation_id == wanted) {
            return Err(ServiceError::NotFound);
        }
    }
    rows::act_for(&mut tx, &hash, organisation).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a session. A token that nobody holds is no error.
///
/// # Errors
/// When the database refuses.
pub async fn log_out(tenant: &Tenant, token: &Token) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    rows::end(&mut tx, &token.hash(), SystemClock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// After how long a form that led nowhere may be sent again: no request is worked on for as long, so its sender hung up.
const FORM_ABANDONED: TimeDelta = TimeDelta::seconds(60);

/// What is known of a form's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKey {
    /// It is sent for the first time: go on.
    First,
    /// It was sent before and led there.
    Led(String),
    /// It was sent before and is still being handled.
    UnderWay,
}

/// Claims the key of a form, so that it acts once however often it is sent.
///
/// # Errors
/// [`ServiceError::Refused`] when another person or another form used the key.
pub async fn claim_form(tenant: &Tenant, user: UserId, path: &str, key: &str) -> ServiceResult<FormKey> {
    let mut tx = tenant.db.write().await?;
    let now = SystemClock.now();
    if rows::claim_form(&mut tx, key, user, path, now, now - FORM_ABANDONED).await? {
        tx.commit().await?;
        return Ok(FormKey::First);
    }
    let before = rows::form_receipt(&mut tx, key).await?.ok_or(ServiceError::Stale)?;
    if before.user_id != user || before.path != path {
        return Err(ServiceError::refused(
            "Formuläret har redan använts. Ladda om sidan och försök igen.",
            "The form was used before. Reload the page and try again.",
        ));
    }
    Ok(before.location.map_or(FormKey::UnderWay, FormKey::Led))
}

/// Notes where a form led, or gives its key free where it changed nothing.
///
/// # Errors
/// When the database refuses.
pub async fn settle_form(tenant: &Tenant, key: &str, location: Option<&str>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    match location {
        Some(location) => rows::settle_form(&mut tx, key, location).await?,
        None => rows::release_form(&mut tx, key).await?,
    }
    tx.commit().await?;
    Ok(())
}

fn is_fresh(row: &SessionRow, now: DateTime<Utc>) -> bool {
    now < row.ends_at && now - row.seen_at < TimeDelta::minutes(IDLE_MINUTES)
}
