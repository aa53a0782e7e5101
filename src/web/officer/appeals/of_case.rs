//! A case's appeals, and entering another.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::sent::{self, Brought, FileForm};
use super::words;
use crate::domain::appeal::Via;
use crate::domain::grant::AppealForm;
use crate::domain::id::CaseId;
use crate::services::appeals::views::{self, OfCase};
use crate::services::appeals::{self, NewAppeal};
use crate::text::number;
use crate::web::officer::case::opened::Opened;
use crate::web::officer::typed::{Typed, value};
use crate::web::officer::words::say;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// A case's appeals.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/appeals_case.html")]
pub struct CaseAppealsPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// How its decision is appealed, in a sentence.
    pub lead: String,
    /// The last day to appeal; empty while nothing is decided.
    pub last_day: String,
    /// The appeals, the newest first.
    pub rows: Vec<Row>,
    /// The form for another.
    pub form: Option<FileForm>,
    /// Why there is none.
    pub closed: String,
}

/// An appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Who appeals, leading to its page.
    pub link: Link,
    /// When it came.
    pub came: String,
    /// Where it stands.
    pub state: Shown,
    /// What is to be done, and by when.
    pub todo: String,
}

/// What the service calls a form's fields, and the form itself.
const PLACES: &[(&str, &str)] =
    &[("via", "vart"), ("received_on", "inkom"), ("served_on", "delgiven"), ("appellant", "vem"), ("claim", "yrkande"), ("file", "fil")];

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(case): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, case, None).await?)
}

pub(super) async fn enter(State(site): State<Site>, Path(case): Path<CaseId>, request: Request) -> Result<Response, Error> {
    let Brought { visitor, sent, file } = sent::read(&site, request).await?;
    let new = NewAppeal {
        via: if value(&sent, "vart") == Via::Court.word() { Via::Court } else { Via::Us },
        received_on: value(&sent, "inkom").parse().ok(),
        served_on: value(&sent, "delgiven").parse().ok(),
        appellant: value(&sent, "vem"),
        claim: value(&sent, "yrkande"),
        file: file.as_deref(),
    };
    match appeals::enter(&site.tenant, visitor.staff()?, case, new).await {
        Ok(id) => Ok(Redirect::to(&format!("/arenden/{case}/overklagande/{id}?kvitto=overklagat")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, PLACES)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, case, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, case: CaseId, typed: Option<&Typed>) -> Result<CaseAppealsPage, Error> {
    let found = views::of_case(&site.tenant, visitor.staff()?, case).await?;
    let opened = Opened::of(site, visitor, case).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "appealed-case-title").await?;
    let mut form = form(site, visitor, case, &found);
    if let (Some(typed), Some(form)) = (typed, &mut form) {
        let mut file = Field { name: "fil".to_owned(), ..Field::default() };
        page.errors = typed.fill(language, form.action.fields.iter_mut().chain(std::iter::once(&mut file)));
        form.error = file.error;
    }
    let rows = found.appeals.iter().map(|appeal| {
        let due = appeal.row.due.map(|due| number::date(due, language));
        let todo = words::todo(&appeal.row, language);
        Row {
            link: Link::new(format!("/arenden/{case}/overklagande/{}", appeal.row.id), appeal.row.appellant.clone()),
            came: number::date(appeal.row.received_on, language),
            state: words::state(appeal.row.state, appeal.row.outcome, language),
            todo: due.map_or(todo.clone(), |due| say(language, "appealed-todo-by", &[("todo", &todo), ("day", &due)])),
        }
    });
    Ok(CaseAppealsPage {
        about: opened.about(language),
        lead: found.decision.as_ref().map_or_else(String::new, |(_, _, form)| visitor.t(lead(*form))),
        last_day: found.last_day.map_or_else(String::new, |day| words::last_day(day, language)),
        rows: rows.collect(),
        closed: match (&form, found.decision.is_some()) {
            (Some(_), _) => String::new(),
            (None, false) => visitor.t("appealed-nothing-sent"),
            (None, true) => visitor.t("act-only-read"),
        },
        form,
        page,
    })
}

const fn lead(form: AppealForm) -> &'static str {
    match form {
        AppealForm::Forvaltningsbesvar => "appealed-lead-complaint",
        AppealForm::Laglighetsprovning => "appealed-lead-legality",
    }
}

fn form(site: &Site, visitor: &Visitor, case: CaseId, found: &OfCase) -> Option<FileForm> {
    let (_, _, appeal) = found.decision.as_ref().filter(|_| found.may_handle)?;
    let field = |name: &str, label: &str, kind| Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() };
    let today = site.tenant.clock.today().to_string();
    let day = |name: &str, label: &str| Field { value: today.clone(), ..field(name, label, FieldKind::Date) };
    let mut fields = Vec::new();
    match appeal {
        AppealForm::Laglighetsprovning => {
            let choice = |via: Via, key: &str| Choice { value: via.word().to_owned(), text: visitor.t(key), selected: via == Via::Court };
            let ways = vec![choice(Via::Court, "appealed-via-court"), choice(Via::Us, "appealed-via-us")];
            fields.push(field("vart", "appealed-via", FieldKind::Radios(ways)));
            fields.push(day("inkom", "appealed-came"));
        }
        AppealForm::Forvaltningsbesvar => {
            fields.push(day("inkom", "appealed-came"));
            let sent = found.decision.as_ref().map_or_else(String::new, |(_, decided, _)| decided.to_string());
            fields.push(Field {
                hint: Some(visitor.t("appealed-served-hint")),
                value: sent,
                ..field("delgiven", "appealed-served", FieldKind::Date)
            });
        }
    }
    fields.push(field("vem", "appealed-appellant", FieldKind::Text));
    fields.push(Field { hint: Some(visitor.t("appealed-claim-hint")), ..field("yrkande", "appealed-claim", FieldKind::LongText) });
    Some(FileForm {
        action: Action {
            url: format!("/arenden/{case}/overklagande"),
            title: visitor.t("appealed-enter"),
            explanation: visitor.t("appealed-enter-text"),
            button: visitor.t("appealed-enter-button"),
            weight: Weight::Primary,
            fields,
        },
        id: "fil".to_owned(),
        label: visitor.t("appealed-file"),
        accept: sent::accept(),
        error: None,
    })
}
