//! Style sheets, fonts and pictures, built into the program.
//!
//! All of them lie under one path that holds the hash of all of them, so that a style sheet can name
//! its fonts relatively and a browser may keep every file for ever. They are compressed once, at the
//! first request, not at every request.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Error;
use crate::letters;

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/web/"]
struct Embedded;

struct Asset {
    content_type: &'static str,
    plain: Bytes,
    /// Only where it is smaller: fonts are compressed already.
    gzip: Option<Bytes>,
}

struct Assets {
    hash: String,
    etag: HeaderValue,
    files: BTreeMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(load);

/// The address of an asset, as `/assets/5f0e…/app.css`.
#[must_use]
pub fn url(file: &str) -> String {
    format!("/assets/{}/{file}", ASSETS.hash)
}

/// The route of all assets.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{file}", get(serve))
}

async fn serve(Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Result<Response<Body>, Error> {
    let assets = &*ASSETS;
    let asset = assets.files.get(&file).filter(|_| hash == assets.hash).ok_or(Error::NotFound)?;
    let kept = [
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (ETAG, assets.etag.clone()),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if headers.get(IF_NONE_MATCH) == Some(&assets.etag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static(asset.content_type))];
    Ok(match &asset.gzip {
        Some(gzip) if accepts_gzip(&headers) => {
            (kept, content_type, [(CONTENT_ENCODING, HeaderValue::from_static("gzip"))], gzip.clone()).into_response()
        }
        Some(_) | None => (kept, content_type, asset.plain.clone()).into_response(),
    })
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| {
        value.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim().eq_ignore_ascii_case("gzip") && weight.trim().trim_end_matches(['0', '.']) != "q="
        })
    })
}

fn load() -> Assets {
    let mut whole = Sha256::new();
    let mut files = BTreeMap::new();
    let mut names: Vec<_> = Embedded::iter().collect();
    names.sort();
    for name in names {
        let Some(file) = Embedded::get(&name) else { continue };
        whole.update(name.as_bytes());
        whole.update(file.metadata.sha256_hash());
        let plain = Bytes::from(file.data.into_owned());
        files.insert(name.into_owned(), (plain.clone(), smaller(&plain)));
    }
    // The letters' own style sheet, which their PDF and stand-alone forms share.
    whole.update(letters::STYLESHEET.as_bytes());
    let plain = Bytes::from_static(letters::STYLESHEET.as_bytes());
    files.insert("letter.css".to_owned(), (plain.clone(), smaller(&plain)));
    let hash = whole.finalize().iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let etag = HeaderValue::from_str(&format!("\"{hash}\"")).expect("hexadecimal digits and quotes are a valid header");
    let files =
        files.into_iter().map(|(name, (plain, gzip))| (name.clone(), Asset { content_type: content_type(&name), plain, gzip })).collect();
    Assets { hash, etag, files }
}

fn smaller(plain: &Bytes) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).ok()?;
    let gzip = encoder.finish().ok()?;
    (gzip.len() < plain.len()).then(|| Bytes::from(gzip))
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some(_) | None => "application/octet-stream",
    }
}
