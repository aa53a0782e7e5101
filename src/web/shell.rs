//! What stands around every page: security headers, the origin check, limits, and error pages.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, SET_COOKIE, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::limit::RequestBodyLimitLayer;

use super::error::Fault;
use super::error_page::{ErrorPage, problem_json};
use super::language;
use super::page::{Frame, OwnPage};
use super::{Error, assets};
use crate::domain::Ids;
use crate::domain::localized::Language;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Whether visitors reach the service over TLS, by itself or through a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain HTTP: a demonstration on one's own machine.
    Plain,
    /// HTTPS: browsers are told never to use anything else.
    Tls,
}

/// What the shell needs to know.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The municipality, for the error pages.
    pub frame: Arc<Frame>,
    /// Where incident numbers come from.
    pub ids: Arc<dyn Ids>,
    /// How visitors reach the service.
    pub transport: Transport,
    /// Origins besides our own that a form may be sent on to: the log-in service (`https://idp.example`).
    pub form_targets: Vec<String>,
    /// How many bytes a form may hold; a route with uploads raises it with its own `DefaultBodyLimit`.
    pub form_bytes: usize,
    /// How many bytes any request may hold.
    pub upload_bytes: usize,
    /// How long a request may take.
    pub patience: Duration,
    /// How long a request with a file may take: a phone on a bad line sends slowly.
    pub upload_patience: Duration,
}

impl Shell {
    /// The usual limits: forms of 256 KiB, uploads of 201 MB, 30 seconds and a quarter of an hour for files.
    #[must_use]
    pub fn new(frame: Arc<Frame>, ids: Arc<dyn Ids>, transport: Transport) -> Self {
        Self {
            frame,
            ids,
            transport,
            form_targets: Vec::new(),
            form_bytes: 256 * 1024,
            upload_bytes: 201_000_000,
            patience: Duration::from_secs(30),
            upload_patience: Duration::from_secs(15 * 60),
        }
    }
}

/// Puts the shell around a router: assets, error pages, headers on every answer, the origin check
/// (a form sent from another site is refused before any handler runs), limits, and a net under panics.
pub fn shell(router: Router, shell: Shell) -> Router {
    let finisher = Finisher { headers: headers(&shell), shell: shell.clone() };
    router
        .merge(assets::router())
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(DefaultBodyLimit::max(shell.form_bytes))
        .layer(RequestBodyLimitLayer::new(shell.upload_bytes))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state((shell.patience, shell.upload_patience), in_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::new(finisher), finish))
}

/// Ends what takes too long.
async fn in_time(State((patience, for_uploads)): State<(Duration, Duration)>, request: Request, next: Next) -> Response {
    let file = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let limit = if file { for_uploads } else { patience };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

struct Finisher {
    shell: Shell,
    headers: HeaderMap,
}

async fn finish(State(finisher): State<Arc<Finisher>>, mut request: Request, next: Next) -> Response {
    let incident = finisher.shell.ids.uuid().to_string();
    let language = language::choose(request.uri(), request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(language);
    let remember = language::chosen_now(request.uri());

    let response = next.run(request).await;
    let mut response = if response.status().is_client_error() || response.status().is_server_error() {
        log(&response, &incident, &method, &path);
        explain(response, &finisher.shell, language, &incident, &path)
    } else {
        response
    };

    let headers = response.headers_mut();
    for (name, value) in &finisher.headers {
        headers.insert(name.clone(), value.clone());
    }
    // Pages hold personal data and change: nothing but assets may be kept by a browser or a proxy.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&incident) {
        headers.insert(REQUEST_ID, value);
    }
    if let Some(language) = remember {
        headers.append(SET_COOKIE, language::cookie(language, finisher.shell.transport));
    }
    response
}

/// Puts a readable page in the place of a bare error answer; a page that is already our own stays.
fn explain(response: Response, shell: &Shell, language: Language, incident: &str, path: &str) -> Response {
    if response.extensions().get::<OwnPage>().is_some() {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    parts.headers.remove(axum::http::header::TRANSFER_ENCODING);
    let explanation = parts.extensions.get::<Fault>().and_then(|fault| fault.explanation.clone());
    let explanation = explanation.map(|text| text.get(language).to_owned());
    let (content_type, body) = if path.starts_with("/api/") {
        ("application/problem+json", problem_json(language, parts.status, explanation, incident))
    } else {
        let page = ErrorPage::new(Arc::clone(&shell.frame), language, parts.status, explanation, incident, path);
        ("text/html; charset=utf-8", page.html())
    };
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Response::from_parts(parts, Body::from(body))
}

/// One line per failed request. The query is left out: it may hold what somebody searched for.
fn log(response: &Response, incident: &str, method: &Method, path: &str) {
    let status = response.status();
    let causes = response.extensions().get::<Fault>().map_or("", |fault| fault.causes.as_str());
    let foreign = response.extensions().get::<ProtectionError>().map(ToString::to_string).unwrap_or_default();
    if status.is_server_error() {
        tracing::error!(incident, %method, path, status = status.as_u16(), causes, "request failed");
    } else {
        tracing::info!(incident, %method, path, status = status.as_u16(), causes, foreign, "request refused");
    }
}

fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned());
    Error::internal(format!("panic: {text}")).into_response()
}

fn headers(shell: &Shell) -> HeaderMap {
    let targets = shell.form_targets.iter().fold("'self'".to_owned(), |all, target| format!("{all} {target}"));
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    // Not `no-referrer`: that makes browsers send `Origin: null` with our own forms.
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if shell.transport == Transport::Tls {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers
}
