//! What goes wrong in a request, as a page that says what to do.

use std::error::Error as StdError;

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::domain::Localized;
use crate::domain::conflict::About;

/// The one error of a handler. [`super::shell()`] turns it into a page with an incident number and logs it once.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be understood; the text tells the visitor what to change.
    #[error("bad request: {}", .0.sv)]
    BadRequest(Localized),
    /// Nobody is logged in where somebody must be.
    #[error("not logged in")]
    NotLoggedIn,
    /// The visitor may not do this.
    #[error("forbidden")]
    Forbidden,
    /// There is no such page, or the visitor may not know that there is one.
    #[error("not found")]
    NotFound,
    /// The same to the visitor; the attempt is noted (`web::site`).
    #[error("not found: a conflict of interest")]
    KeptAway(About),
    /// Somebody else was faster, or the case has moved on; the text tells what has happened.
    #[error("conflict: {}", .0.sv)]
    Conflict(Localized),
    /// The request carries more than the service takes.
    #[error("too large")]
    TooLarge,
    /// Something that the service depends on does not answer just now.
    #[error("unavailable")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// A fault of ours with its cause.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotLoggedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound | Self::KeptAway(_) => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// What the shell needs to tell the visitor and the log. Travels with the response, never to the visitor's browser.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Instead of the status' own explanation.
    pub explanation: Option<Localized>,
    /// The chain of causes, for the log.
    pub causes: String,
}

/// What a visitor must keep away from and reached for. Travels with the response to the door, which notes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptAway(pub About);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        let causes = chain(&self);
        let mut kept_away = None;
        let explanation = match self {
            Self::BadRequest(text) | Self::Conflict(text) => Some(text),
            Self::KeptAway(about) => {
                kept_away = Some(about);
                None
            }
            Self::NotLoggedIn | Self::Forbidden | Self::NotFound | Self::TooLarge | Self::Unavailable(_) | Self::Internal(_) => None,
        };
        let mut response = (status, Extension(Fault { explanation, causes })).into_response();
        if let Some(about) = kept_away {
            response.extensions_mut().insert(KeptAway(about));
        }
        response
    }
}

fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
