//! A form that comes back with its errors gets an address of its own, so that a browser goes back and forward over it.
//!
//! The answer of a sent form cannot be gone back to: the pages are not for a browser's keeping, and browsers then ask to
//! send the form again or show an error of their own. So the page is kept by the service and the browser led to it, here,
//! in one place for every form; handlers and templates know nothing of it.

use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Site, visitor};
use crate::services::returned::{self, Owner, Returned};
use crate::services::sessions::Token;
use crate::web::page::OwnPage;
use crate::web::{Error, Transport};

/// The word of the address that carries a page's key.
const KEY: &str = "fel";
/// The largest page that is kept, in bytes.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// Leads a form that came back to its own address, and answers there.
pub(super) async fn around(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    if request.method() == Method::GET {
        return match shown(&site, &uri, &headers).await {
            Ok(Some(page)) => page,
            Ok(None) => next.run(request).await,
            Err(error) => error.into_response(),
        };
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::SEE_OTHER {
        if let Err(error) = settled(&site, &headers).await {
            tracing::error!(?error, "a page that came back was not forgotten");
        }
        return response;
    }
    // A script that asked is not led anywhere.
    let script = headers.get("sec-fetch-dest").is_some_and(|dest| dest.as_bytes() == b"empty");
    if script || response.extensions().get::<OwnPage>().is_none() || !response.status().is_client_error() {
        return response;
    }
    lead(&site, &uri, &headers, response).await.unwrap_or_else(IntoResponse::into_response)
}

async fn shown(site: &Site, uri: &Uri, headers: &HeaderMap) -> Result<Option<Response>, Error> {
    let Some(key) = key_in(uri.query().unwrap_or_default()) else { return Ok(None) };
    let owners = owners(site, headers).await?;
    let Some(kept) = returned::find(&site.tenant, &owners, uri.path(), key).await? else { return Ok(None) };
    let status = StatusCode::from_u16(kept.status).map_err(Error::internal)?;
    Ok(Some((status, Extension(OwnPage), [(CONTENT_TYPE, "text/html; charset=utf-8")], kept.page).into_response()))
}

async fn lead(site: &Site, uri: &Uri, headers: &HeaderMap, response: Response) -> Result<Response, Error> {
    let status = response.status().as_u16();
    let page = to_bytes(Body::new(response.into_body()), PAGE_BYTES).await.map_err(Error::internal)?.to_vec();
    let known = owners(site, headers).await?;
    let (owner, fresh) = match known.into_iter().next() {
        Some(owner) => (owner, None),
        None => {
            let token = Token::random();
            (Owner::Browser(token.clone()), Some(token))
        }
    };
    let key = returned::keep(&site.tenant, &owner, uri.path(), &Returned { status, page }).await?;
    let mut query: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !is_key(pair)).collect();
    let own = format!("{KEY}={key}");
    query.push(&own);
    let mut answer = Redirect::to(&format!("{}?{}", uri.path(), query.join("&"))).into_response();
    if let Some(token) = fresh {
        let value = HeaderValue::from_str(&cookie(site.transport, &token)).map_err(Error::internal)?;
        answer.headers_mut().insert(SET_COOKIE, value);
    }
    Ok(answer)
}

/// What was sent again from a page that had come back, and led on, need not come back any more.
async fn settled(site: &Site, headers: &HeaderMap) -> Result<(), Error> {
    let from = headers.get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(key) = from.split_once('?').and_then(|(_, query)| key_in(query)) else { return Ok(()) };
    Ok(returned::forget(&site.tenant, &owners(site, headers).await?, key).await?)
}

/// Who asks: whoever is logged in, and the browser itself where it was given a secret.
async fn owners(site: &Site, headers: &HeaderMap) -> Result<Vec<Owner>, Error> {
    let known = visitor::identify(site, headers).await?;
    let person = known.and_then(|known| known.session.actor.person()).map(Owner::Person);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let own = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let browser = own.into_iter().find(|(name, _)| *name == cookie_name(site.transport));
    let browser = browser.map(|(_, secret)| Owner::Browser(Token::received(secret)));
    Ok(person.into_iter().chain(browser).collect())
}

fn cookie_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-returned",
        Transport::Plain => "returned",
    }
}

/// Ends with the browser: nobody is logged in there, and the pages are forgotten after an hour anyway.
fn cookie(transport: Transport, token: &Token) -> String {
    let secure = if transport == Transport::Tls { "; Secure" } else { "" };
    format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(transport), token.secret())
}

fn is_key(pair: &str) -> bool {
    pair.split_once('=').is_some_and(|(name, _)| name == KEY)
}

fn key_in(query: &str) -> Option<&str> {
    let query = query.split('#').next()?;
    query.split('&').find(|pair| is_key(pair)).and_then(|pair| pair.split_once('=')).map(|(_, key)| key)
}
