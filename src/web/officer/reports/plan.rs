//! Paying back in parts.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{PartRow, PlanPage};
use crate::domain::Money;
use crate::domain::id::CaseId;
use crate::forms::parse_money;
use crate::services::ServiceError;
use crate::services::reports::recovery::{self, Part};
use crate::services::reports::views;
use crate::text::number;
use crate::web::officer::typed::{Post, Sent, value};
use crate::web::page::Section;
use crate::web::parts::{Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// In how many parts, from which day.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    delar: Option<String>,
    #[serde(default)]
    forsta: String,
}

/// As many as a plan may have.
const MOST: u32 = 36;

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (mut shown, left) = fill(&site, &visitor, id, &asked).await?;
    let first = asked.forsta.parse::<NaiveDate>().ok();
    let count = asked.delar.as_ref().and_then(|typed| typed.trim().parse::<u32>().ok()).filter(|count| (1..=MOST).contains(count));
    let status = match (count, first, asked.delar.is_none()) {
        (Some(count), Some(first), _) if left.is_positive() => {
            shown.parts = recovery::suggest(left, count, first).iter().enumerate().map(|(at, part)| typed_of(at, part)).collect();
            StatusCode::OK
        }
        // Nobody has asked for parts yet; an empty number is as wrong as letters.
        (_, _, true) => StatusCode::OK,
        _ => {
            let text = visitor.t("plan-ask-wrong");
            shown.page.errors = vec![Link::new("#delar", text.clone())];
            if let Some(field) = shown.ask.first_mut() {
                field.error = Some(text);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    html_with(status, &shown)
}

fn typed_of(at: usize, part: &Part) -> PartRow {
    let amount = part.amount.to_string().replace('.', ",");
    PartRow { no: at + 1, due: part.due.to_string(), amount, ..PartRow::default() }
}

pub(in crate::web) async fn set(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let (mut shown, _) = fill(&site, &visitor, id, &Asked::default()).await?;
    shown.parts = rows(&sent);
    let parts = read(&mut shown.parts, &visitor);
    let done = match parts {
        Some(parts) => recovery::set_plan(&site.tenant, visitor.staff()?, id, &parts).await,
        None => Err(ServiceError::Invalid(Vec::new())),
    };
    match done {
        Ok(()) => return Ok(Redirect::to(&format!("/arenden/{id}?kvitto=plan")).into_response()),
        Err(ServiceError::Invalid(findings)) => {
            for finding in findings {
                let text = finding.message.get(visitor.language).to_owned();
                let row = finding.place.split_once('-').and_then(|(word, no)| Some((word, no.parse::<usize>().ok()?)));
                match row.and_then(|(word, no)| Some((word, shown.parts.iter_mut().find(|part| part.no == no)?))) {
                    Some(("dag", part)) => part.due_error = Some(text),
                    Some((_, part)) => part.amount_error = Some(text),
                    None => shown.page.errors.push(Link::new("#h-parts", text)),
                }
            }
        }
        Err(ServiceError::Refused(text)) => shown.page.errors.push(Link::new("#main", text.get(visitor.language))),
        Err(error) => return Err(error.into()),
    }
    for part in &shown.parts {
        shown.page.errors.extend(part.due_error.iter().map(|text| Link::new(format!("#dag-{}", part.no), text.clone())));
        shown.page.errors.extend(part.amount_error.iter().map(|text| Link::new(format!("#belopp-{}", part.no), text.clone())));
    }
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// The parts as they were typed, in order.
fn rows(sent: &Sent) -> Vec<PartRow> {
    let count = sent.iter().filter(|(key, _)| key.starts_with("dag-")).count();
    (1..=count)
        .map(|no| PartRow {
            no,
            due: value(sent, &format!("dag-{no}")).to_owned(),
            amount: value(sent, &format!("belopp-{no}")).to_owned(),
            ..PartRow::default()
        })
        .collect()
}

/// The parts as they were meant; none where one of them cannot be read, with what is wrong at its place.
fn read(rows: &mut [PartRow], visitor: &Visitor) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for row in rows.iter_mut() {
        let due = row.due.parse::<NaiveDate>().ok();
        let amount = parse_money(&row.amount).ok();
        row.due_error = due.is_none().then(|| visitor.t("plan-day-wrong"));
        row.amount_error = amount.is_none().then(|| visitor.t("plan-amount-wrong"));
        if let (Some(due), Some(amount)) = (due, amount) {
            parts.push(Part { due, amount });
        }
    }
    (parts.len() == rows.len()).then_some(parts)
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, asked: &Asked) -> Result<(PlanPage, Money), Error> {
    let language = visitor.language;
    let actor = visitor.staff()?;
    let found = views::claims(&site.tenant, actor).await?;
    let claim = found.into_iter().find(|claim| claim.row.report_case_id == id).ok_or(Error::NotFound)?;
    let plan = views::plan(&site.tenant, actor, id).await?;
    let title = visitor.t("plan-title");
    let crumbs = vec![
        Link::new("/redovisningar/aterkrav", visitor.t("claims-title")),
        Link::new(format!("/arenden/{id}"), claim.row.number.clone()),
        Link::here(title.clone()),
    ];
    let page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let left = claim.row.remaining_ore;
    let field = |name: &str, label: &str, value: &str, kind| Field {
        name: name.to_owned(),
        label: visitor.t(label),
        value: value.to_owned(),
        kind,
        ..Field::default()
    };
    let first = if asked.forsta.is_empty() { claim.row.due.max(site.tenant.clock.today()).to_string() } else { asked.forsta.clone() };
    let shown = PlanPage {
        about: format!("{} · {}", claim.row.number, claim.row.applicant),
        left: page.fill2("plan-left", ("left", &number::money(left)), ("claimed", &number::money(claim.row.claimed_ore))),
        now: plan.iter().map(|part| (number::date(part.due, language), number::money(part.amount))).collect(),
        ask: vec![
            field("delar", "plan-parts", asked.delar.as_deref().unwrap_or_default(), FieldKind::Text),
            field("forsta", "plan-first", &first, FieldKind::Date),
        ],
        parts: Vec::new(),
        action: format!("/arenden/{id}/avbetalning"),
        closed: if left.is_positive() { String::new() } else { visitor.t("plan-nothing-left") },
        page,
    };
    Ok((shown, left))
}
