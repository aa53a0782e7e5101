//! In which language a page speaks: the link in the footer, else the cookie it left, else Swedish.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};

use super::Transport;
use crate::domain::localized::Language;

/// The visitor's language, for handlers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken(pub Language);

impl<S: Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Language>().copied().unwrap_or_default()))
    }
}

/// The language of a request.
pub(super) fn choose(uri: &Uri, headers: &HeaderMap) -> Language {
    chosen_now(uri).or_else(|| remembered(headers)).unwrap_or_default()
}

/// The language the visitor asks for with this very request.
pub(super) fn chosen_now(uri: &Uri) -> Option<Language> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(parse)
}

/// What stays of a query when the same page is asked for in the other language: not the language, and nothing that
/// was to be said once.
pub(super) fn kept(query: &str) -> String {
    let once = ["lang=", "kvitto=", "fel="];
    query.split('&').filter(|pair| !pair.is_empty() && !once.iter().any(|word| pair.starts_with(word))).collect::<Vec<_>>().join("&")
}

/// The cookie that remembers the choice for a year. It says nothing about the visitor.
pub(super) fn cookie(language: Language, transport: Transport) -> HeaderValue {
    HeaderValue::from_static(match (language, transport) {
        (Language::Sv, Transport::Plain) => "lang=sv; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        (Language::En, Transport::Plain) => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        (Language::Sv, Transport::Tls) => "lang=sv; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure",
        (Language::En, Transport::Tls) => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure",
    })
}

fn remembered(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix("lang=")).and_then(parse)
}

fn parse(code: &str) -> Option<Language> {
    match code {
        "sv" => Some(Language::Sv),
        "en" => Some(Language::En),
        _ => None,
    }
}
