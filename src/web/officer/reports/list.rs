//! What is to be reported: reminding, reviewing, and claiming back what nobody reports on.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{ReportsPage, Row};
use crate::forms::Releases;
use crate::services::reports::views::{self, ToReport};
use crate::text::number;
use crate::web::officer::typed::{Post, Typed};
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn remind(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let chosen: Vec<_> = sent.iter().filter(|(key, _)| key == "redovisning").filter_map(|(_, id)| id.parse().ok()).collect();
    match views::remind(&site.tenant, visitor.staff()?, &chosen).await {
        Ok(_) => Ok(Redirect::to("/redovisningar?kvitto=pamint").into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<ReportsPage, Error> {
    let actor = visitor.staff()?;
    let mut page = visitor.page(site, Section::Officer, visitor.t("reports-title"), Vec::new()).await?;
    if let Some(typed) = typed {
        page.errors = typed.fill(visitor.language, []);
    }
    let found = views::waited_for(&site.tenant, actor).await?;
    let claims = views::claims(&site.tenant, actor).await?.into_iter().filter(|claim| claim.next.is_some()).count();
    let row = |line: &ToReport| shown(line, visitor);
    let of = |come: bool| found.iter().filter(move |line| line.row.report_case_id.is_some() == come);
    Ok(ReportsPage {
        waited_for: of(false).map(row).collect(),
        come: of(true).map(row).collect(),
        may_remind: of(false).any(|line| line.may_handle),
        claims: if claims == 0 { String::new() } else { page.count("reports-claims", claims) },
        page,
    })
}

fn shown(line: &ToReport, visitor: &Visitor) -> Row {
    let language = visitor.language;
    let row = &line.row;
    let state = match (row.report_case_id, line.overdue) {
        (Some(_), _) if line.claimed => Shown::stop(visitor.t("reports-tried")),
        (Some(_), _) => Shown::wait(visitor.t("reports-come")),
        (None, true) => Shown::stop(visitor.t("reports-overdue")),
        (None, false) => Shown::none(visitor.t("reports-waits")),
    };
    let way = match (row.report_case_id, line.overdue, line.releases) {
        (Some(report), _, _) => Some(Link::new(format!("/arenden/{report}"), visitor.t("reports-review"))),
        (None, true, Releases::Report) if line.may_handle => {
            Some(Link::new(format!("/redovisningar/{}/aterkrav", row.id), visitor.t("reports-claim")))
        }
        (None, _, _) => None,
    };
    let name = if row.applicant.is_empty() { visitor.t("reports-reserved") } else { row.applicant.clone() };
    let what = format!("{}, {}", line.title.get(language), line.period.get(language));
    Row {
        choose: say(language, "reports-choose-one", &[("what", &what), ("name", &name)]),
        id: row.id.to_string(),
        name,
        what,
        case: Link::new(format!("/arenden/{}", row.case_id), row.number.clone()),
        amount: number::money(row.granted_ore),
        due: number::date(row.due, language),
        written: row.written.map_or_else(String::new, |at| number::date(crate::domain::clock::swedish_date(at), language)),
        can_remind: line.may_handle && row.report_case_id.is_none(),
        state,
        way,
    }
}
