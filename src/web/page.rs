//! What every page has: the municipality's head, the way back, the foot, and the demonstration's bar.

use std::borrow::Borrow;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentValue;

use super::parts::{Choice, Link, Notice};
use super::{Error, assets};
use crate::domain::localized::Language;
use crate::text::fluent;
use crate::text::fluent::Wording;

/// The municipality as every page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The municipality's name, as `Exempelstad`.
    pub municipality: String,
    /// The address of the municipality's arms: [`assets::url`] or the municipality's own picture on this host.
    pub arms: String,
    /// Whom to call: the number as it is read.
    pub phone: String,
    /// Where the accessibility statement lies (lagen om tillgänglighet till digital offentlig service, 13 §).
    pub accessibility: String,
    /// Where it says how personal data are handled (GDPR art. 13).
    pub personal_data: String,
}

/// Which part of the service a page belongs to; decides the word under the municipality's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Open to everybody.
    #[default]
    Public,
    /// For those who act for an association.
    Applicant,
    /// For officers, delegates and payment officers.
    Officer,
    /// The demonstration's own pages, like its mailbox.
    Demo,
    /// Where something went wrong.
    Error,
}

/// An entry of the main menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub text: String,
    /// Whether the page belongs under it.
    pub current: bool,
}

/// The demonstration's bar: who one plays and what time it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoBar {
    /// The product's time, as `torsdag 20 augusti 2026 kl. 10.00`.
    pub now: String,
    /// The product's date for the date field, as `2026-08-20`.
    pub date: String,
    /// Leaps worth making: value = the date to go to, text = `Till sista ansökningsdag, 25 augusti`.
    pub jumps: Vec<Choice>,
    /// The persons one may be; the one played is selected.
    pub personas: Vec<Choice>,
    /// Who one plays now, as `Anna Ek, handläggare`.
    pub persona: String,
    /// How many mails lie in the demonstration's mailbox.
    pub mails: usize,
}

/// Who is logged in, as the head of every page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Her name.
    pub name: String,
    /// The association she acts for.
    pub acting: Option<String>,
    /// Whether she may choose another one.
    pub may_change: bool,
}

/// Everything around a page's own content.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The municipality.
    pub frame: Arc<Frame>,
    /// The visitor's language.
    pub language: Language,
    /// The page's own title, unique among pages; the municipality's name is added.
    pub title: String,
    /// Which part of the service.
    pub section: Section,
    /// The main menu.
    pub nav: Vec<NavItem>,
    /// The way here, the page itself last and without address; empty on the first page.
    pub crumbs: Vec<Link>,
    /// What has just happened, or what hinders.
    pub notice: Option<Notice>,
    /// What is wrong in the form that was sent; each leads to its field.
    pub errors: Vec<Link>,
    /// The page's path, for the language link.
    pub path: String,
    /// What of its query the language link keeps.
    pub query: String,
    /// The idempotency key of the page's forms: one random value per rendering. The service remembers it
    /// together with the form's address, so that a form sent twice acts once.
    pub form_key: String,
    /// Whether its texts speak of an application or of a report.
    pub wording: Wording,
    /// Who is logged in.
    pub who: Option<Who>,
    /// The demonstration's bar.
    pub demo: Option<DemoBar>,
}

impl Page {
    /// A page without menu, way back or notice.
    #[must_use]
    pub fn new(frame: Arc<Frame>, language: Language, section: Section, title: impl Into<String>) -> Self {
        Self { frame, language, section, title: title.into(), ..Self::default() }
    }

    /// The text of a key in the visitor's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        fluent::worded(self.language, self.wording, key, &[])
    }

    /// The text of a key with one place filled.
    pub fn fill(&self, key: &str, name: &'static str, value: impl std::fmt::Display) -> String {
        fluent::worded(self.language, self.wording, key, &[(name, FluentValue::from(value.to_string()))])
    }

    /// The text of a key with two places filled.
    #[must_use]
    pub fn fill2(&self, key: &str, one: (&'static str, &str), other: (&'static str, &str)) -> String {
        let arg = |(name, value): (&'static str, &str)| (name, FluentValue::from(value.to_owned()));
        fluent::worded(self.language, self.wording, key, &[arg(one), arg(other)])
    }

    /// The text of a key with three places filled.
    #[must_use]
    pub fn fill3(&self, key: &str, one: (&'static str, &str), other: (&'static str, &str), third: (&'static str, &str)) -> String {
        let arg = |(name, value): (&'static str, &str)| (name, FluentValue::from(value.to_owned()));
        fluent::worded(self.language, self.wording, key, &[arg(one), arg(other), arg(third)])
    }

    /// The text of a key that chooses between one and many by `count`.
    pub fn count(&self, key: &str, count: impl Borrow<usize>) -> String {
        fluent::worded(self.language, self.wording, key, &[("count", FluentValue::from(*count.borrow()))])
    }

    /// The language code of the page, for `lang`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.language {
            Language::Sv => "sv",
            Language::En => "en",
        }
    }

    /// The word under the municipality's name.
    #[must_use]
    pub fn section_word(&self) -> String {
        self.t(match self.section {
            Section::Public | Section::Applicant | Section::Error => "section-public",
            Section::Officer => "section-officer",
            Section::Demo => "section-demo",
        })
    }

    /// The same page in the other language: its name in that language, its code and its address.
    #[must_use]
    pub fn other_language(&self) -> (&'static str, &'static str, String) {
        let (name, code) = match self.language {
            Language::Sv => ("English", "en"),
            Language::En => ("Svenska", "sv"),
        };
        let rest = if self.query.is_empty() { String::new() } else { format!("{}&", self.query) };
        (name, code, format!("{}?{rest}lang={code}", self.path))
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, file: &str) -> String {
        assets::url(file)
    }

    /// The phone number as a link wants it: digits and a leading plus.
    #[must_use]
    pub fn dial(&self) -> String {
        self.frame.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// Marks an answer whose error status comes with a page of its own, as a form with its errors shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnPage;

/// A page as an answer.
///
/// # Errors
/// [`Error::Internal`] when the template does not render.
pub fn html(template: &impl Template) -> Result<Response, Error> {
    html_with(StatusCode::OK, template)
}

/// A page as an answer with a status: 422 for a form that comes back with its errors.
///
/// # Errors
/// [`Error::Internal`] when the template does not render.
pub fn html_with(status: StatusCode, template: &impl Template) -> Result<Response, Error> {
    let body = template.render().map_err(Error::internal)?;
    Ok((status, Extension(OwnPage), [(CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
