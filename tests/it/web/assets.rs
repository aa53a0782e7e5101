//! Assets: right types, kept for ever, small.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use bifall::web::assets;
use tower::ServiceExt;

async fn fetch(path: &str, headers: &[(&str, &str)]) -> (Response<()>, Vec<u8>) {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router: Router = assets::router();
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (Response::from_parts(parts, ()), to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

fn header<'r>(response: &'r Response<()>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_asset_has_its_type_and_may_be_kept_for_ever() {
    for (file, content_type) in [
        ("app.css", "text/css; charset=utf-8"),
        ("ds.css", "text/css; charset=utf-8"),
        ("theme.css", "text/css; charset=utf-8"),
        ("letter.css", "text/css; charset=utf-8"),
        ("decide.js", "text/javascript; charset=utf-8"),
        ("arms.svg", "image/svg+xml"),
        ("source-sans-3-latin.woff2", "font/woff2"),
        ("source-sans-3-latin-ext.woff2", "font/woff2"),
    ] {
        let (response, body) = fetch(&assets::url(file), &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{file}");
        assert_eq!(header(&response, "content-type"), content_type, "{file}");
        assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable", "{file}");
        assert_eq!(header(&response, "content-encoding"), "", "{file}");
        assert!(!body.is_empty(), "{file}");

        let (again, body) = fetch(&assets::url(file), &[("if-none-match", header(&response, "etag"))]).await;
        assert_eq!((again.status(), body.len()), (StatusCode::NOT_MODIFIED, 0), "{file}");
    }
}

#[tokio::test]
async fn another_hash_or_another_file_is_not_found() {
    for path in ["/assets/0000000000000000/app.css", &assets::url("build"), &assets::url("..%2f..%2fCargo.toml")] {
        assert_eq!(fetch(path, &[]).await.0.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn text_is_compressed_for_those_who_take_it_and_fonts_never() {
    let plain = fetch(&assets::url("ds.css"), &[("accept-encoding", "br, gzip;q=0")]).await;
    let gzip = fetch(&assets::url("ds.css"), &[("accept-encoding", "br, gzip;q=0.8")]).await;
    assert_eq!((header(&plain.0, "content-encoding"), header(&gzip.0, "content-encoding")), ("", "gzip"));
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(gzip.1.as_slice()), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.1);
    let font = fetch(&assets::url("source-sans-3-latin.woff2"), &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&font.0, "content-encoding"), "");
}

/// A first visit takes the style sheets, the latin font and the arms; 100 kB is the bar, the page itself included.
#[tokio::test]
async fn a_first_visit_is_light() {
    let mut bytes = 0;
    for file in ["theme.css", "ds.css", "app.css", "source-sans-3-latin.woff2", "arms.svg"] {
        bytes += fetch(&assets::url(file), &[("accept-encoding", "gzip")]).await.1.len();
    }
    assert!(bytes < 60_000, "{bytes} bytes");
}
