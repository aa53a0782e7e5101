//! The accessibility statement and how personal data are handled.

use axum::extract::State;
use axum::response::Response;
use fluent_bundle::FluentValue;

use crate::text::fluent;
use crate::web::page::Section;
use crate::web::public::text::{Part, TextPage};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// What a statement must hold (lagen 2018:1937, 13 §, and MDFFS 2019:2): heading and text of each part.
const ACCESS: &[(&str, &str)] = &[
    ("access-scope", "access-scope-text"),
    ("access-status", "access-status-text"),
    ("access-faults", "access-faults-text"),
    ("access-help", "access-help-text"),
    ("access-report", "access-report-text"),
    ("access-authority", "access-authority-text"),
    ("access-tested", "access-tested-text"),
];

/// What those whose data are processed must be told (GDPR art. 13 and 14).
const PRIVACY: &[(&str, &str)] = &[
    ("privacy-who", "privacy-who-text"),
    ("privacy-why", "privacy-why-text"),
    ("privacy-what", "privacy-what-text"),
    ("privacy-source", "privacy-source-text"),
    ("privacy-protection", "privacy-protection-text"),
    ("privacy-recipients", "privacy-recipients-text"),
    ("privacy-time", "privacy-time-text"),
    ("privacy-automatic", "privacy-automatic-text"),
    ("privacy-rights", "privacy-rights-text"),
];

/// The accessibility statement.
pub(in crate::web) async fn accessibility(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, "access-title", ACCESS).await
}

/// How personal data are handled.
pub(in crate::web) async fn personal_data(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, "privacy-title", PRIVACY).await
}

async fn show(site: &Site, visitor: &Visitor, title: &str, parts: &[(&str, &str)]) -> Result<Response, Error> {
    let page = visitor.page(site, Section::Public, visitor.t(title), Vec::new()).await?;
    let profile = &site.tenant.profile;
    let committees: Vec<&str> = profile.committees.iter().map(|committee| committee.name.as_str()).collect();
    let facts = [
        ("municipality", FluentValue::from(profile.name.clone())),
        ("committee", FluentValue::from(committees.join(", "))),
        ("contact", FluentValue::from(format!("{}, {}", profile.phone, profile.email))),
    ];
    let part = |(heading, text): &(&str, &str)| Part {
        heading: visitor.t(heading),
        paragraphs: fluent::t(visitor.language, text, &facts).split("\n\n").map(|one| one.replace('\n', " ")).collect(),
    };
    html(&TextPage { parts: parts.iter().map(part).collect(), page })
}
