//! The texts that staff write messages from: the list, writing one, and how it would stand in a real case.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::typed::{Post, Sent, Typed, value};
use super::words::say;
use crate::domain::localized::Language;
use crate::services::ServiceError;
use crate::services::dialogue::templates::{self, Filled, TemplateRow, Use};
use crate::text::number;
use crate::text::placeholders::Place;
use crate::web::page::Section;
use crate::web::parts::{Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The templates.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/templates.html")]
pub struct TemplatesPage {
    /// The page around it.
    pub page: Page,
    /// Those in use, by title.
    pub offered: Vec<Line>,
    /// Those that are not any more.
    pub retired: Vec<Line>,
    /// Whether the visitor may write one.
    pub may_write: bool,
}

/// A template in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its page.
    pub link: Link,
    /// How it begins.
    pub begins: String,
    /// When it was written last.
    pub written: String,
}

/// Writing a template.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/template.html")]
pub struct TemplatePage {
    /// The page around it.
    pub page: Page,
    /// Where the form is sent.
    pub url: String,
    /// Which template; empty for a new one.
    pub id: String,
    /// What it is called, its text, and the case to try it on.
    pub fields: Vec<Field>,
    /// The places: the word in its braces, and what it is.
    pub places: Vec<(String, String)>,
    /// How it would stand in a case; none before it was asked for or where there is no case.
    pub preview: Option<Preview>,
    /// Taking it out of use or back: the word sent and the button's text; none for a new one.
    pub wanted: Option<(String, String)>,
    /// Whether the visitor may write.
    pub may_write: bool,
}

/// How a text would stand in a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// In which case.
    pub about: String,
    /// The text.
    pub text: String,
    /// What the case does not have, in words; empty for nothing.
    pub missing: String,
}

pub(in crate::web) async fn list(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let rows = templates::list(&site.tenant, actor).await?;
    let line = |row: &TemplateRow| Line {
        link: Link::new(format!("/mallar/{}", row.id), row.title.clone()),
        begins: begins(&row.text),
        written: number::moment(row.written_at, visitor.language),
    };
    let (retired, offered): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.retired_at.is_some());
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(visitor.t("templates-title"))];
    html(&TemplatesPage {
        offered: offered.into_iter().map(line).collect(),
        retired: retired.into_iter().map(line).collect(),
        may_write: templates::may_write(actor),
        page: visitor.page(&site, Section::Officer, visitor.t("templates-title"), crumbs).await?,
    })
}

/// The first words of a text.
fn begins(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(90).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

pub(in crate::web) async fn new(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None, None, None).await?)
}

pub(in crate::web) async fn create(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    keep(&site, &visitor, None, sent).await
}

pub(in crate::web) async fn edit(State(site): State<Site>, visitor: Visitor, Path(id): Path<Uuid>) -> Result<Response, Error> {
    let row = templates::one(&site.tenant, visitor.staff()?, id).await?;
    let preview = templates::preview(&site.tenant, visitor.staff()?, &row.text, "").await?;
    html(&fill(&site, &visitor, Some(&row), None, preview).await?)
}

pub(in crate::web) async fn save(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let row = templates::one(&site.tenant, visitor.staff()?, id).await?;
    keep(&site, &visitor, Some(row), sent).await
}

async fn keep(site: &Site, visitor: &Visitor, row: Option<TemplateRow>, sent: Sent) -> Result<Response, Error> {
    let id = row.as_ref().map(|row| row.id);
    match templates::save(&site.tenant, visitor.staff()?, id, value(&sent, "namn"), value(&sent, "text")).await {
        Ok(id) => Ok(Redirect::to(&format!("/mallar/{id}?kvitto=mall")).into_response()),
        Err(error) => again(site, visitor, row.as_ref(), sent, error).await,
    }
}

/// What was typed, as it would stand in the case that was named; nothing is kept.
pub(in crate::web) async fn preview(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let row = match value(&sent, "mall").parse() {
        Ok(id) => Some(templates::one(&site.tenant, actor, id).await?),
        Err(_) => None,
    };
    match templates::preview(&site.tenant, actor, value(&sent, "text"), value(&sent, "arende")).await {
        Ok(found) => html(&fill(&site, &visitor, row.as_ref(), Some(&Typed::kept(sent)), found).await?),
        Err(error) => again(&site, &visitor, row.as_ref(), sent, error).await,
    }
}

async fn again(site: &Site, visitor: &Visitor, row: Option<&TemplateRow>, sent: Sent, error: ServiceError) -> Result<Response, Error> {
    let typed = Typed::refused(sent, error, &[])?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, row, Some(&typed), None).await?)
}

pub(in crate::web) async fn set_use(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let (wanted, receipt) = match value(&sent, "anvandning") {
        "ja" => (Use::Offered, "mall-tillbaka"),
        _ => (Use::Retired, "mall-borta"),
    };
    templates::set_use(&site.tenant, visitor.staff()?, id, wanted).await?;
    Ok(Redirect::to(&format!("/mallar?kvitto={receipt}")).into_response())
}

async fn fill(
    site: &Site,
    visitor: &Visitor,
    row: Option<&TemplateRow>,
    typed: Option<&Typed>,
    preview: Option<Filled>,
) -> Result<TemplatePage, Error> {
    let language = visitor.language;
    let title = row.map_or_else(|| visitor.t("templates-new"), |row| row.title.clone());
    let crumbs = vec![
        Link::new("/arenden", visitor.t("cases-title")),
        Link::new("/mallar", visitor.t("templates-title")),
        Link::here(title.clone()),
    ];
    let mut page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let field = |name: &str, key: &str, value: &str, kind| Field {
        name: name.to_owned(),
        label: visitor.t(key),
        value: value.to_owned(),
        kind,
        ..Field::default()
    };
    let own = |pick: fn(&TemplateRow) -> &str| row.map_or("", pick);
    let mut fields = vec![
        field("namn", "templates-name", own(|row| &row.title), FieldKind::Text),
        field("text", "templates-text", own(|row| &row.text), FieldKind::LongText),
        Field {
            hint: Some(visitor.t("templates-case-hint")),
            optional: true,
            ..field("arende", "templates-case", preview.as_ref().map_or("", |filled| &filled.number), FieldKind::Text)
        },
    ];
    if let Some(typed) = typed {
        page.errors = typed.fill(language, &mut fields);
    }
    Ok(TemplatePage {
        url: row.map_or_else(|| "/mallar/ny".to_owned(), |row| format!("/mallar/{}", row.id)),
        id: row.map_or_else(String::new, |row| row.id.to_string()),
        fields,
        places: Place::ALL.map(|place| (format!("{{{}}}", place.word()), visitor.t(explained(place)))).into(),
        preview: preview.map(|filled| shown(&filled, language)),
        wanted: row.map(|row| match row.retired_at {
            Some(_) => ("ja".to_owned(), visitor.t("templates-offer")),
            None => ("nej".to_owned(), visitor.t("templates-retire")),
        }),
        may_write: templates::may_write(visitor.staff()?),
        page,
    })
}

fn shown(filled: &Filled, language: Language) -> Preview {
    let places = filled.missing.iter().map(|place| format!("{{{}}}", place.word())).collect::<Vec<_>>().join(", ");
    Preview {
        about: say(language, "templates-preview-in", &[("number", &filled.number)]),
        text: filled.text.clone(),
        missing: if places.is_empty() { String::new() } else { say(language, "messages-missing", &[("places", &places)]) },
    }
}

/// The key of what a place is.
fn explained(place: Place) -> &'static str {
    match place {
        Place::Number => "place-number",
        Place::Applicant => "place-applicant",
        Place::Grant => "place-grant",
        Place::Period => "place-period",
        Place::LastDay => "place-last-day",
        Place::Officer => "place-officer",
        Place::Amount => "place-amount",
    }
}
