//! The door of every address: who is it, may she come in, and was this very form sent before?

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::routes::Access;
use super::visitor::Identified;
use super::{Site, resend};
use crate::domain::Localized;
use crate::domain::id::UserId;
use crate::domain::role::Role;
use crate::services::sessions::{self, FormKey, Session};
use crate::services::{Actor, conflicts};
use crate::web::Error;
use crate::web::error::KeptAway;

/// The field that carries a form's key.
const KEY: &str = "idempotency_key";
/// How large a form is read for its key, in bytes; larger ones are uploads, which know themselves by their content.
const FORM_BYTES: usize = 256 * 1024;

/// What a door knows.
#[derive(Clone, Debug)]
pub(super) struct Door {
    pub site: Site,
    pub access: Access,
}

/// Lets in, sends to the log-in, or answers as if there were nothing.
pub(super) async fn pass(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let identified = match super::visitor::identify(&door.site, request.headers()).await {
        Ok(identified) => identified,
        Err(error) => return error.into_response(),
    };
    let session = identified.as_ref().map(|known| &known.session);
    match (admit(door.access, session), session) {
        (Admission::In, _) => {}
        (Admission::LogIn, _) if request.method() == Method::GET => return to_log_in(&request),
        (Admission::LogIn, _) => return resend::page(&door.site, request).await,
        (Admission::Choose, _) => return Redirect::to("/foretrad").into_response(),
        (Admission::No, _) => return Error::NotFound.into_response(),
    }
    let actor = session.map(|session| session.actor.clone());
    let person = actor.as_ref().and_then(Actor::person);
    request.extensions_mut().insert(Identified::new(identified));
    let response = match person {
        Some(person) if request.method() == Method::POST => once(&door.site, person, request, next).await,
        Some(_) | None => next.run(request).await,
    };
    let kept_away = response.extensions().get::<KeptAway>().map(|KeptAway(about)| *about);
    if let (Some(about), Some(actor)) = (kept_away, &actor)
        && let Err(error) = conflicts::note_attempt(&door.site.tenant, actor, about).await
    {
        // The visitor is turned away all the same.
        tracing::error!(%error, "an attempt of somebody with a conflict of interest was not noted");
    }
    response
}

enum Admission {
    In,
    LogIn,
    Choose,
    No,
}

fn admit(access: Access, session: Option<&Session>) -> Admission {
    let Some(session) = session else {
        return if access == Access::Everybody { Admission::In } else { Admission::LogIn };
    };
    match (access, &session.actor) {
        (Access::Everybody | Access::LoggedIn, _) | (Access::Staff, Actor::Staff { .. }) => Admission::In,
        (Access::Applicant(needed) | Access::Draft(needed), Actor::Association { mandate, .. }) if mandate.covers(needed) => Admission::In,
        (Access::Draft(_), actor) if actor.has(Role::Officer) => Admission::In,
        (Access::Applicant(_) | Access::Draft(_), _)
            if !session.associations.is_empty() && !matches!(session.actor, Actor::Association { .. }) =>
        {
            Admission::Choose
        }
        (Access::Roles(roles), actor) if roles.iter().any(|role| actor.has(*role)) => Admission::In,
        (Access::Applicant(_) | Access::Draft(_) | Access::Staff | Access::Roles(_), _) => Admission::No,
    }
}

fn to_log_in(request: &Request) -> Response {
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    Redirect::to(&format!("/logga-in?till={wanted}")).into_response()
}

/// A form that carries a key acts once: a second sending is led where the first one led.
async fn once(site: &Site, person: UserId, request: Request, next: Next) -> Response {
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !form {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, FORM_BYTES).await else { return Error::TooLarge.into_response() };
    let Some(key) = key_of(&bytes) else { return next.run(Request::from_parts(parts, Body::from(bytes))).await };
    match sessions::claim_form(&site.tenant, person, &path, &key).await {
        Ok(FormKey::First) => {}
        Ok(FormKey::Led(location)) => return Redirect::to(&location).into_response(),
        Ok(FormKey::UnderWay) => {
            return Error::Conflict(Localized::both(
                "Formuläret är redan skickat och behandlas. Vänta några sekunder och ladda om sidan.",
                "The form was already sent and is being handled. Wait some seconds and reload the page.",
            ))
            .into_response();
        }
        Err(error) => return Error::from(error).into_response(),
    }
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    // Only what led on has changed something; a page with errors may be sent again.
    let led = (response.status() == StatusCode::SEE_OTHER).then(|| response.headers().get(LOCATION)).flatten();
    let led = led.and_then(|location| location.to_str().ok()).map(str::to_owned);
    if let Err(error) = sessions::settle_form(&site.tenant, &key, led.as_deref()).await {
        tracing::error!(%error, "the receipt of a form was not written");
    }
    response
}

fn key_of(bytes: &Bytes) -> Option<String> {
    let named = form_urlencoded::parse(bytes).find(|(name, _)| name == KEY);
    named.map(|(_, value)| value.into_owned()).filter(|key| !key.is_empty() && key.len() <= 64)
}
