//! Handing a case over to a colleague: what follows along, and to whom.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::Opened;
use super::{CaseHead, Said, Task, shown};
use crate::domain::id::{CaseId, UserId};
use crate::services::cases::handing_over;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::many;
use crate::web::parts::{Action, Choice, Field, FieldKind, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// What a colleague is about to be given, with the form.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/hand_over.html")]
pub struct HandOverPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// The case.
    pub head: CaseHead,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// Messages that nobody has answered, in words; empty for none.
    pub unanswered: String,
    /// What colleagues have noted.
    pub notes: Vec<Said>,
    /// Handing over; none for who may not.
    pub form: Option<Action>,
    /// Why there is none.
    pub closed: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn hand_over(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let to: Option<UserId> = value(&sent, "till").parse().ok();
    match handing_over::hand_over(&site.tenant, visitor.staff()?, id, to, value(&sent, "halsning")).await {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{id}?kvitto=overlamnat")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<HandOverPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "case-way-hand-over").await?;
    let Opened { view, beside } = &opened;
    let mut colleagues = vec![Choice { value: String::new(), text: visitor.t("hand-over-choose"), selected: true }];
    colleagues.extend(beside.colleagues.iter().filter(|user| Some(user.id) != beside.handling.officer_id).map(|user| Choice {
        value: user.id.to_string(),
        text: user.name.clone(),
        selected: false,
    }));
    let alone = colleagues.len() == 1;
    let mut form = (beside.may_handle && !alone).then(|| Action {
        url: format!("/arenden/{id}/overlamna"),
        button: visitor.t("hand-over-button"),
        weight: Weight::Primary,
        fields: vec![
            Field { name: "till".to_owned(), label: visitor.t("hand-over-to"), kind: FieldKind::Select(colleagues), ..Field::default() },
            Field {
                name: "halsning".to_owned(),
                label: visitor.t("hand-over-word"),
                hint: Some(visitor.t("hand-over-word-hint")),
                kind: FieldKind::LongText,
                optional: true,
                ..Field::default()
            },
        ],
        ..Action::default()
    });
    if let Some(typed) = typed {
        page.errors = typed.fill(language, form.iter_mut().flat_map(|form| form.fields.iter_mut()));
    }
    Ok(HandOverPage {
        about: opened.about(language),
        head: shown::head(view, beside, language),
        tasks: shown::tasks(view, beside, language, None).into_iter().filter(|task| !task.url.is_empty()).collect(),
        unanswered: if beside.handling.unread > 0 { many(language, "cases-unread", beside.handling.unread) } else { String::new() },
        notes: opened.notes(language),
        closed: match (beside.may_handle, alone) {
            (false, _) => visitor.t("act-only-read"),
            (true, true) => visitor.t("hand-over-alone"),
            (true, false) => String::new(),
        },
        form,
        page,
    })
}
