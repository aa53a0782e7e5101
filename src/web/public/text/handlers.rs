//! The accessibility statement and how personal data are handled.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fluent_bundle::FluentValue;

use crate::services::accessibility::{self, Report};
use crate::text::fluent;
use crate::web::Error;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::page::{Page, Section, html_with};
use crate::web::parts::{Action, Field, FieldKind, Weight};
use crate::web::public::text::{Part, TextPage};
use crate::web::site::{Site, Visitor};

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
    show(&site, &visitor, "access-title", ACCESS, Some(&Typed::default())).await
}

/// A report of what is not accessible.
pub(in crate::web) async fn report(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let report =
        Report { name: value(&sent, "name"), email: value(&sent, "email"), page: value(&sent, "page"), text: value(&sent, "text") };
    match accessibility::report(&site.tenant, report).await {
        Ok(()) => Ok(Redirect::to("/tillganglighet?kvitto=brist").into_response()),
        Err(error) => show(&site, &visitor, "access-title", ACCESS, Some(&Typed::refused(sent, error, &[])?)).await,
    }
}

/// The form, with what was typed.
fn form(page: &mut Page, typed: &Typed) -> Action {
    let field =
        |name: &str, key: &str, optional, kind| Field { name: name.to_owned(), label: page.t(key), optional, kind, ..Field::default() };
    let mut fields = vec![
        Field { hint: Some(page.t("access-form-text-hint")), ..field("text", "access-form-text", false, FieldKind::LongText) },
        Field { hint: Some(page.t("access-form-page-hint")), ..field("page", "access-form-page", true, FieldKind::Text) },
        field("name", "access-form-name", true, FieldKind::Text),
        Field { hint: Some(page.t("access-form-email-hint")), ..field("email", "access-form-email", true, FieldKind::Text) },
    ];
    page.errors = typed.fill(page.language, &mut fields);
    Action { url: "/tillganglighet".to_owned(), title: page.t("access-form-send"), fields, weight: Weight::Primary, ..Action::default() }
}

/// How personal data are handled.
pub(in crate::web) async fn personal_data(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, "privacy-title", PRIVACY, None).await
}

/// The page; with a form in the part that asks for reports, where there is one.
async fn show(site: &Site, visitor: &Visitor, title: &str, parts: &[(&str, &str)], typed: Option<&Typed>) -> Result<Response, Error> {
    let mut page = visitor.page(site, Section::Public, visitor.t(title), Vec::new()).await?;
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
        form: None,
    };
    let mut parts: Vec<Part> = parts.iter().map(part).collect();
    let heading = visitor.t("access-report");
    if let (Some(typed), Some(part)) = (typed, parts.iter_mut().find(|part| part.heading == heading)) {
        part.form = Some(form(&mut page, typed));
    }
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &TextPage { parts, page })
}
