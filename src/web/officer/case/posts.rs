//! What people do on a case's own page: each form is one service call, and comes back with its errors and all that was
//! typed.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::acts::sections;
use crate::domain::id::{CaseId, DecisionId, TaskId};
use crate::domain::{Localized, Money};
use crate::services::cases::{list, withdrawal};
use crate::services::reports::returning::REASON;
use crate::services::tasks::{self, Filled, SupplementRequest};
use crate::services::{ServiceError, ServiceResult, decisions};
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// A form of the page that came back.
#[derive(Clone, Debug, Default)]
pub(super) struct Returned {
    /// The form's address.
    pub url: String,
    /// What was typed and what is wrong.
    pub typed: Typed,
}

/// A form of the page: where it stands, and what its fields are called by the services.
pub(super) struct Filling<'a> {
    /// The case.
    pub case: CaseId,
    /// The end of the form's address.
    pub last: String,
    /// What the services call its fields, and what it does.
    pub places: &'a [(&'a str, &'a str)],
}

/// Leads on with a receipt, or shows the page again with what is wrong at its field.
pub(super) async fn answer(
    site: &Site,
    visitor: &Visitor,
    filling: Filling<'_>,
    sent: Sent,
    done: ServiceResult<()>,
    receipt: &str,
) -> Result<Response, Error> {
    let Filling { case, last, places } = filling;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{case}?kvitto={receipt}")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, places)?;
            let returned = Returned { url: format!("/arenden/{case}/{last}"), typed };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &super::handlers::fill(site, visitor, case, None, Some(returned)).await?)
        }
    }
}

pub(in crate::web) async fn complete(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, task)): Path<(CaseId, TaskId)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let mut filled = Filled::default();
    for (_, id) in sent.iter().filter(|(key, _)| key == "klar") {
        filled.checked.insert(id.clone(), true);
    }
    if !value(&sent, REASON).is_empty() {
        filled.texts.insert(REASON.to_owned(), value(&sent, REASON).to_owned());
    }
    let mut wrong = None;
    if !value(&sent, "belopp").is_empty() {
        match amount(value(&sent, "belopp")) {
            Ok(amount) => filled.amount = Some(amount),
            Err(error) => wrong = Some(error),
        }
    }
    let comments = sent.iter().filter(|(key, value)| key.starts_with("kommentar") && !value.trim().is_empty());
    let comments: Vec<&str> = comments.map(|(_, value)| value.trim()).collect();
    let done = match wrong {
        Some(error) => Err(error),
        None => tasks::complete(&site.tenant, visitor.staff()?, task, value(&sent, "val"), &filled, &comments.join("\n")).await,
    };
    let filling = Filling { case, last: format!("uppgift/{task}"), places: &[] };
    answer(&site, &visitor, filling, sent, done, "klar").await
}

/// What the services call the fields of a supplement request.
pub(in crate::web::officer) const SUPPLEMENT: &[(&str, &str)] = &[("missing", "saknas"), ("last_day", "senast"), ("consequence", "foljd")];

pub(in crate::web) async fn supplement(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let aimed = sections(&sent);
    let request = SupplementRequest {
        missing: value(&sent, "saknas"),
        // A day that cannot be read is none to come: the service says so at its place.
        last_day: value(&sent, "senast").parse().unwrap_or_default(),
        consequence: value(&sent, "foljd"),
        sections: &aimed,
    };
    let done = tasks::request_supplement(&site.tenant, visitor.staff()?, case, &request).await;
    let filling = Filling { case, last: "komplettering".to_owned(), places: SUPPLEMENT };
    answer(&site, &visitor, filling, sent, done, "komplettering").await
}

pub(in crate::web) async fn undo(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, decision)): Path<(CaseId, DecisionId)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let done = decisions::undo(&site.tenant, visitor.staff()?, decision, value(&sent, "skal")).await;
    let filling = Filling { case, last: format!("angra/{decision}"), places: &[("reason", "skal")] };
    answer(&site, &visitor, filling, sent, done, "angrat").await
}

pub(in crate::web) async fn close(State(site): State<Site>, visitor: Visitor, Path(case): Path<CaseId>) -> Result<Response, Error> {
    let done = withdrawal::close(&site.tenant, visitor.staff()?, case).await.map(|_| ());
    answer(&site, &visitor, Filling { case, last: "avskriv".to_owned(), places: &[] }, Sent::new(), done, "avskrivet").await
}

pub(in crate::web) async fn snooze(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let until = match value(&sent, "till") {
        "" => None,
        // A day that cannot be read is none to come: the service says so at its place.
        day => Some(day.parse().unwrap_or_default()),
    };
    let done = list::snooze(&site.tenant, visitor.staff()?, case, until).await;
    let receipt = if until.is_some() { "undanlagt" } else { "framtaget" };
    answer(&site, &visitor, Filling { case, last: "undan".to_owned(), places: &[("until", "till")] }, sent, done, receipt).await
}

/// An amount as it was typed.
pub(in crate::web::officer) fn amount(typed: &str) -> ServiceResult<Money> {
    crate::forms::parse_money(typed).map_err(|_| {
        let message = Localized::both("Skriv beloppet i kronor, till exempel 12 500.", "Write the amount in kronor, such as 12 500.");
        ServiceError::invalid("belopp", "not_an_amount", message)
    })
}
