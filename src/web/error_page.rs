//! The page of an error, and its JSON for the API.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use serde_json::json;

use super::page::{Frame, Page, Section};
use crate::domain::localized::Language;
use crate::text::fluent;

/// What went wrong, what to do, and a number to give the municipality.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    page: Page,
    status: u16,
    explanation: String,
    advice: String,
    incident: String,
}

impl ErrorPage {
    /// The page for a status. `explanation` replaces the status' own.
    #[must_use]
    pub fn new(frame: Arc<Frame>, language: Language, status: StatusCode, explanation: Option<String>, incident: &str, path: &str) -> Self {
        let name = text_name(status);
        let title = fluent::t(language, &format!("error-{name}-title"), &[]);
        let mut page = Page::new(frame, language, Section::Error, title);
        path.clone_into(&mut page.path);
        Self {
            status: status.as_u16(),
            explanation: explanation.unwrap_or_else(|| page.t(&format!("error-{name}-text"))),
            advice: page.t(&format!("error-{name}-advice")),
            incident: incident.to_owned(),
            page,
        }
    }

    /// The page, or a bare sentence when even that fails.
    #[must_use]
    pub fn html(&self) -> String {
        self.render().unwrap_or_else(|_| format!("{} ({})", self.page.title, self.incident))
    }
}

/// The error as `application/problem+json` (RFC 9457).
pub(super) fn problem_json(language: Language, status: StatusCode, explanation: Option<String>, incident: &str) -> String {
    let name = text_name(status);
    json!({
        "type": "about:blank",
        "title": fluent::t(language, &format!("error-{name}-title"), &[]),
        "status": status.as_u16(),
        "detail": explanation.unwrap_or_else(|| fluent::t(language, &format!("error-{name}-text"), &[])),
        "instance": format!("urn:uuid:{incident}"),
    })
    .to_string()
}

/// Which texts belong to a status; statuses without their own take those of their class.
fn text_name(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "login",
        403 => "forbidden",
        404 | 410 => "missing",
        405 => "method",
        409 => "conflict",
        413 => "large",
        429 => "often",
        503 | 504 => "busy",
        code if code < 500 => "request",
        _ => "ours",
    }
}
