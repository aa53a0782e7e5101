//! One text to many cases: a request for what is missing, each with a document of its own.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::case::acts::{sections, supplement_fields};
use super::case::posts::SUPPLEMENT;
use super::typed::{Post, Sent, Typed, value};
use crate::domain::id::CaseId;
use crate::services::ServiceError;
use crate::services::cases::list;
use crate::services::tasks::{self, SupplementRequest};
use crate::web::Page;
use crate::web::officer::words::many;
use crate::web::page::Section;
use crate::web::parts::{Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// The form. It sends `arende` = ids, `saknas`, `avsnitt_…`, `senast`, `foljd` to its own address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/ask.html")]
pub struct AskPage {
    /// The page around it.
    pub page: Page,
    /// How many are asked.
    pub lead: String,
    /// Those who are asked.
    pub cases: Vec<Asked>,
    /// What is asked.
    pub fields: Vec<Field>,
}

/// A case that is asked about, or why it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The case.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Who applies.
    pub name: String,
    /// Grant and period.
    pub grant: String,
    /// Why she could not be asked, after the form was sent.
    pub error: Option<String>,
}

/// How many can be asked at once.
const MOST: usize = 200;

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let sent: Sent = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    html(&fill(&site, &visitor, &chosen(&sent), None, &BTreeMap::new()).await?)
}

pub(in crate::web) async fn send(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    // What she may not see is not there to be asked about.
    let seen = list::some(&site.tenant, actor, &chosen(&sent)).await?;
    let seen: Vec<CaseId> = seen.into_iter().map(|line| line.row.standing.case_id).collect();
    let aimed = sections(&sent);
    let request = SupplementRequest {
        missing: value(&sent, "saknas"),
        // A day that cannot be read is none to come: the service says so at its place.
        last_day: value(&sent, "senast").parse().unwrap_or_default(),
        consequence: value(&sent, "foljd"),
        sections: &aimed,
    };
    let mut failed: BTreeMap<CaseId, String> = BTreeMap::new();
    let mut wrong = None;
    for (case, result) in tasks::request_supplements(&site.tenant, actor, &seen, &request).await {
        match result {
            Ok(()) => {}
            Err(error @ ServiceError::Invalid(_)) => {
                failed.insert(case, String::new());
                wrong = Some(error);
            }
            Err(ServiceError::Refused(text)) => {
                failed.insert(case, text.get(visitor.language).to_owned());
            }
            Err(ServiceError::Stale) => {
                failed.insert(case, visitor.t("officer-moved-on"));
            }
            Err(
                other @ (ServiceError::NotFound
                | ServiceError::KeptAway(_)
                | ServiceError::Definition(_)
                | ServiceError::Store(_)
                | ServiceError::Internal(_)),
            ) => {
                return Err(other.into());
            }
        }
    }
    if failed.is_empty() && !seen.is_empty() {
        return Ok(Redirect::to("/arenden?kvitto=komplettering").into_response());
    }
    // What could not be asked stays on the page, with all that was typed; the others are asked.
    let left: Vec<CaseId> = seen.into_iter().filter(|case| failed.contains_key(case)).collect();
    let typed = match wrong {
        Some(error) => Typed::refused(sent, error, SUPPLEMENT)?,
        None => Typed::kept(sent),
    };
    let mut page = fill(&site, &visitor, &left, Some(&typed), &failed).await?;
    if page.page.errors.is_empty() && !left.is_empty() {
        let text = many(visitor.language, "ask-not-asked", i64::try_from(left.len()).unwrap_or(i64::MAX));
        page.page.errors = vec![Link::new("#h-cases", text)];
    }
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn chosen(sent: &Sent) -> Vec<CaseId> {
    let ids: BTreeSet<CaseId> = sent.iter().filter(|(key, _)| key == "arende").filter_map(|(_, id)| id.parse().ok()).collect();
    ids.into_iter().take(MOST).collect()
}

async fn fill(
    site: &Site,
    visitor: &Visitor,
    chosen: &[CaseId],
    typed: Option<&Typed>,
    failed: &BTreeMap<CaseId, String>,
) -> Result<AskPage, Error> {
    let (lines, sections) = list::asked(&site.tenant, visitor.staff()?, chosen).await?;
    let language = visitor.language;
    let in_two_weeks = site.tenant.clock.today().checked_add_days(chrono::Days::new(14)).unwrap_or_default();
    let mut fields = supplement_fields(language, &sections, in_two_weeks.to_string());
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(visitor.t("act-supplement"))];
    let mut page = visitor.page(site, Section::Officer, visitor.t("ask-title"), crumbs).await?;
    if let Some(typed) = typed {
        page.errors = typed.fill(language, &mut fields);
    }
    let lead = many(language, "ask-lead", i64::try_from(lines.len()).unwrap_or(i64::MAX));
    let cases = lines.into_iter().map(|line| {
        let id = line.row.standing.case_id;
        Asked {
            id: id.to_string(),
            href: format!("/arenden/{id}"),
            number: line.row.number,
            name: line.applicant,
            grant: format!("{}, {}", line.grant.get(language), line.period.get(language)),
            error: failed.get(&id).cloned().filter(|text| !text.is_empty()),
        }
    });
    Ok(AskPage { lead, cases: cases.collect(), fields, page })
}
