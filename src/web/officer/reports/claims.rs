//! What is claimed back, and claiming a grant back that nobody has reported on.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::{ClaimBackPage, ClaimRow, ClaimsPage};
use crate::services::reports::claiming;
use crate::services::reports::views::{self, Claim};
use crate::text::number;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let mut claims = views::claims(&site.tenant, visitor.staff()?).await?;
    claims.sort_by_key(|claim| (claim.next.is_none(), claim.next));
    let crumbs = vec![Link::new("/redovisningar", visitor.t("reports-title")), Link::here(visitor.t("claims-title"))];
    let page = visitor.page(&site, Section::Officer, visitor.t("claims-title"), crumbs).await?;
    html(&ClaimsPage { claims: claims.iter().map(|claim| shown(claim, &visitor)).collect(), page })
}

fn shown(claim: &Claim, visitor: &Visitor) -> ClaimRow {
    let language = visitor.language;
    let row = &claim.row;
    ClaimRow {
        name: if row.applicant.is_empty() { visitor.t("reports-reserved") } else { row.applicant.clone() },
        case: Link::new(format!("/arenden/{}", row.report_case_id), row.number.clone()),
        claimed: number::money(row.claimed_ore),
        left: number::money(row.remaining_ore),
        next: claim.next.map_or_else(String::new, |day| number::date(day, language)),
        set_off: match claim.set_off.is_positive() {
            true => say(language, "claims-set-off-amount", &[("amount", &number::money(claim.set_off))]),
            false => String::new(),
        },
        state: match (claim.next, claim.overdue, claim.parts) {
            (None, _, _) if claim.set_off.is_positive() => Shown::wait(visitor.t("claims-set-off")),
            (None, _, _) => Shown::ok(visitor.t("claims-paid")),
            (Some(_), true, _) => Shown::stop(visitor.t("claims-overdue")),
            (Some(_), false, 0) => Shown::wait(visitor.t("claims-at-once")),
            (Some(_), false, _) => Shown::wait(visitor.t("claims-by-plan")),
        },
        plan: claim.next.map(|_| Link::new(format!("/arenden/{}/avbetalning", row.report_case_id), visitor.t("claims-plan"))),
    }
}

pub(in crate::web) async fn before(State(site): State<Site>, visitor: Visitor, Path(id): Path<Uuid>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn open(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    match claiming::open(&site.tenant, visitor.staff()?, id, value(&sent, "skal")).await {
        Ok(case) => Ok(Redirect::to(&format!("/arenden/{case}?kvitto=aterkrav")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, id: Uuid, typed: Option<&Typed>) -> Result<ClaimBackPage, Error> {
    let language = visitor.language;
    let found = views::waited_for(&site.tenant, visitor.staff()?).await?;
    let line = found.into_iter().find(|line| line.row.id == id).ok_or(Error::NotFound)?;
    let title = visitor.t("claim-title");
    let crumbs = vec![Link::new("/redovisningar", visitor.t("reports-title")), Link::here(title.clone())];
    let mut page = visitor.page(site, Section::Officer, title.clone(), crumbs).await?;
    let reason = Field { name: "skal".to_owned(), label: visitor.t("claim-why"), kind: FieldKind::LongText, ..Field::default() };
    let action = Action {
        url: format!("/redovisningar/{id}/aterkrav"),
        button: visitor.t("claim-button"),
        fields: vec![reason],
        weight: Weight::Primary,
        ..Action::default()
    };
    let mut forms = if line.may_handle && line.overdue { vec![action] } else { Vec::new() };
    if let Some(typed) = typed {
        page.errors = typed.fill(language, forms.iter_mut().flat_map(|form| form.fields.iter_mut()));
    }
    let closed = if forms.is_empty() { visitor.t(if line.may_handle { "claim-not-yet" } else { "act-only-read" }) } else { String::new() };
    Ok(ClaimBackPage {
        about: format!("{} · {} · {}", line.row.number, line.title.get(language), line.row.applicant),
        heading: title,
        lead: page.fill("claim-lead", "day", number::date(line.row.due, language)),
        rows: Vec::new(),
        forms,
        closed,
        page,
    })
}
