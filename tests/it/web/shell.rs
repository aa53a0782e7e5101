//! What every answer carries, and what is refused before a handler runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use axum::routing::{get, post};
use bifall::domain::Localized;
use bifall::domain::clock::SystemIds;
use bifall::web::{Error, Shell, Transport, shell};
use tower::ServiceExt;

use super::samples;

/// A router with every way to fail, and how often its one changing handler has run.
fn app(transport: Transport) -> (Router, Arc<AtomicUsize>) {
    let writes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&writes);
    let write = move |body: String| {
        let counter = Arc::clone(&counter);
        async move {
            counter.fetch_add(1, Ordering::SeqCst);
            body.len().to_string()
        }
    };
    let router = Router::new()
        .route("/ok", get(|| async { "ok" }))
        .route("/write", post(write))
        .route("/bad", get(|| async { Err::<(), _>(Error::BadRequest(Localized::both("Datumet saknas.", "The date is missing."))) }))
        .route("/login", get(|| async { Err::<(), _>(Error::NotLoggedIn) }))
        .route("/forbidden", get(|| async { Err::<(), _>(Error::Forbidden) }))
        .route("/conflict", get(|| async { Err::<(), _>(Error::Conflict(Localized::sv("Ärendet är redan beslutat."))) }))
        .route("/ours", get(|| async { Err::<(), _>(Error::internal("disk full at /var/lib/secret")) }))
        .route("/busy", get(|| async { Err::<(), _>(Error::Unavailable("no answer".into())) }))
        .route("/oops", get(panics))
        .route("/slow", get(std::future::pending::<()>))
        .route("/api/v1/ours", get(|| async { Err::<(), _>(Error::internal("disk full")) }));
    let mut config = Shell::new(samples::frame(), Arc::new(SystemIds), transport);
    config.form_bytes = 100;
    config.upload_bytes = 1000;
    config.patience = Duration::from_millis(50);
    config.form_targets = vec!["https://idp.example".to_owned()];
    (shell(router, config), writes)
}

async fn panics() {
    panic!("a proof that did not hold");
}

async fn send(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> (Response<()>, String, usize) {
    let (router, writes) = app(Transport::Tls);
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    (Response::from_parts(parts, ()), body, writes.load(Ordering::SeqCst))
}

async fn look(path: &str) -> (Response<()>, String) {
    let (response, body, _) = send(Method::GET, path, &[], "").await;
    (response, body)
}

fn header<'r>(response: &'r Response<()>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let paths = [
        ("/ok", 200),
        ("/bad", 400),
        ("/login", 401),
        ("/forbidden", 403),
        ("/nowhere", 404),
        ("/write", 405),
        ("/conflict", 409),
        ("/ours", 500),
        ("/oops", 500),
        ("/busy", 503),
        ("/slow", 503),
        ("/api/v1/ours", 500),
        ("/assets/0/app.css", 404),
        (&bifall::web::assets::url("app.css"), 200),
    ];
    for (path, status) in paths {
        let (response, _) = look(path).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "same-origin", "{path}");
        assert_eq!(header(&response, "x-frame-options"), "DENY", "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
        assert_eq!(
            header(&response, "content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
             form-action 'self' https://idp.example; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert!(header(&response, "content-type").contains("charset=utf-8") || path.starts_with("/api/"), "{path}");
        let kept = path.starts_with("/assets/") && status == 200;
        assert_eq!(header(&response, "cache-control"), if kept { "public, max-age=31536000, immutable" } else { "no-store" }, "{path}");
        assert_eq!(header(&response, "x-request-id").len(), 36, "{path}");
    }
}

#[tokio::test]
async fn plain_transport_does_not_promise_tls() {
    let (router, _) = app(Transport::Plain);
    let response = router.oneshot(Request::builder().uri("/ok").body(Body::empty()).unwrap()).await.unwrap();
    assert!(response.headers().get("strict-transport-security").is_none());
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_before_the_handler_runs() {
    let foreign: [&[(&str, &str)]; 4] = [
        &[("host", "bidrag.example"), ("origin", "https://evil.example")],
        &[("host", "bidrag.example"), ("origin", "null")],
        &[("host", "bidrag.example"), ("sec-fetch-site", "cross-site"), ("origin", "https://bidrag.example")],
        &[("host", "bidrag.example"), ("sec-fetch-site", "same-site")],
    ];
    for headers in foreign {
        let (response, body, writes) = send(Method::POST, "/write", headers, "x").await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(writes, 0, "{headers:?}");
        assert!(body.contains("Du har inte tillgång"), "{headers:?}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{headers:?}");
    }
}

#[tokio::test]
async fn our_own_form_reaches_the_handler() {
    let own: [&[(&str, &str)]; 3] = [
        &[("host", "bidrag.example"), ("origin", "https://bidrag.example")],
        &[("host", "bidrag.example"), ("sec-fetch-site", "same-origin")],
        &[("host", "bidrag.example")],
    ];
    for headers in own {
        let (response, body, writes) = send(Method::POST, "/write", headers, "hej").await;
        assert_eq!((response.status(), body.as_str(), writes), (StatusCode::OK, "3", 1), "{headers:?}");
    }
}

#[tokio::test]
async fn a_form_or_a_file_that_is_too_large_is_refused() {
    for bytes in [101, 1001] {
        let (response, body, writes) = send(Method::POST, "/write", &[("content-length", &bytes.to_string())], &"x".repeat(bytes)).await;
        assert_eq!((response.status(), writes), (StatusCode::PAYLOAD_TOO_LARGE, 0), "{bytes}");
        assert!(body.contains("Det du skickade är för stort"), "{bytes}");
    }
    let (response, _, writes) = send(Method::POST, "/write", &[], &"x".repeat(100)).await;
    assert_eq!((response.status(), writes), (StatusCode::OK, 1));
}

#[tokio::test]
async fn an_error_page_says_what_to_do_and_shows_its_incident_number() {
    for path in ["/bad", "/forbidden", "/nowhere", "/conflict", "/ours", "/oops", "/slow"] {
        let (response, body) = look(path).await;
        let incident = header(&response, "x-request-id");
        assert!(body.contains(incident), "{path}");
        assert!(body.contains("<h1>") && body.contains("Exempelstad"), "{path}");
        assert!(body.contains("lang=\"sv\""), "{path}");
    }
    let (_, body) = look("/bad").await;
    assert!(body.contains("Datumet saknas."));
    let (_, body) = look("/conflict").await;
    assert!(body.contains("Ärendet är redan beslutat."));
}

#[tokio::test]
async fn a_fault_of_ours_tells_the_visitor_nothing_of_its_cause() {
    for path in ["/ours", "/oops", "/busy", "/api/v1/ours"] {
        let (_, body) = look(path).await;
        for secret in ["disk full", "/var/lib", "proof", "panic", "no answer"] {
            assert!(!body.contains(secret), "{path}: {secret}");
        }
    }
}

#[tokio::test]
async fn the_api_fails_in_json() {
    let (response, body) = look("/api/v1/ours").await;
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(problem["status"], 500);
    assert_eq!(problem["instance"], format!("urn:uuid:{}", header(&response, "x-request-id")));
}

#[tokio::test]
async fn the_language_is_the_links_then_the_cookies_then_swedish() {
    let (_, body) = look("/nowhere").await;
    assert!(body.contains("Sidan finns inte"));
    let (response, body) = look("/nowhere?lang=en").await;
    assert!(body.contains("There is no such page") && body.contains("<html lang=\"en\""));
    assert_eq!(header(&response, "set-cookie"), "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure");
    let (response, body, _) = send(Method::GET, "/nowhere", &[("cookie", "session=1; lang=en")], "").await;
    assert!(body.contains("There is no such page"));
    assert_eq!(header(&response, "set-cookie"), "");
    let (_, body, _) = send(Method::GET, "/nowhere?lang=sv", &[("cookie", "lang=en")], "").await;
    assert!(body.contains("Sidan finns inte"));
    let (response, _) = look("/nowhere?lang=%0d%0aset-cookie:x").await;
    assert_eq!(header(&response, "set-cookie"), "");
}
