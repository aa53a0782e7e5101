//! A form that came after the log-in had ended: nothing that was typed is lost.
//!
//! The page holds what was sent, unseen; after logging in again, in another tab, the visitor sends it once more.

use askama::Template;
use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::Site;
use crate::domain::localized::Language;
use crate::web::Error;
use crate::web::page::{Page, Section, html_with};

/// How large a form is kept for sending again, in bytes.
const FORM_BYTES: usize = 256 * 1024;
/// How much of a form with files is read for its texts, in bytes.
const UPLOAD_BYTES: usize = 25 * 1024 * 1024;

/// The page that asks to log in again and keeps the form.
#[derive(Clone, Debug, Template)]
#[template(path = "account/resend.html")]
pub struct ResendPage {
    /// What stands around it.
    pub page: Page,
    /// Where the form was going.
    pub action: String,
    /// What was sent, in its order, without its files.
    pub fields: Vec<(String, String)>,
    /// Whether files came with it, which must be chosen again.
    pub files: bool,
}

/// The texts of a form that came with files, as far as they arrive; the files are passed by.
async fn texts(mut request: Request) -> Vec<(String, String)> {
    DefaultBodyLimit::max(UPLOAD_BYTES).apply(&mut request);
    let mut kept = Vec::new();
    let mut size = 0;
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return kept };
    while let Ok(Some(mut field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some();
        let mut bytes = Vec::new();
        while let Ok(Some(piece)) = field.chunk().await {
            if !is_file {
                size += piece.len();
                bytes.extend_from_slice(&piece);
            }
            if size > FORM_BYTES {
                return kept;
            }
        }
        if !is_file {
            kept.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    kept
}

/// Answers a form of somebody who is not logged in any more.
pub(super) async fn page(site: &Site, request: Request) -> Response {
    let language = request.extensions().get::<Language>().copied().unwrap_or_default();
    let action = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let upload = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let fields = if upload {
        texts(request).await
    } else if form {
        match to_bytes(request.into_body(), FORM_BYTES).await {
            Ok(bytes) => form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            Err(_) => return Error::TooLarge.into_response(),
        }
    } else {
        Vec::new()
    };
    let mut page = Page::new(std::sync::Arc::clone(&site.frame), language, Section::Public, "");
    page.title = page.t("resend-title");
    page.path = "/".to_owned();
    html_with(StatusCode::UNAUTHORIZED, &ResendPage { page, action, fields, files: upload }).unwrap_or_else(IntoResponse::into_response)
}
