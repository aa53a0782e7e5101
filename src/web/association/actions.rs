//! What an association changes of itself: each a form of its own, which comes back with what was written.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::own::{self, Returned};
use crate::domain::Localized;
use crate::domain::account_number::{AccountKind, parse};
use crate::domain::association::{BoardRole, SigningRule};
use crate::domain::mandate::Mandate;
use crate::services::associations::sections::{self, NewSection};
use crate::services::associations::{self, Details, NewContact, NewOfficer, NewSigning};
use crate::services::{ServiceError, ServiceResult, mandates, organisations};
use crate::web::Error;
use crate::web::site::{Site, Visitor};

/// The fields of a form as they were sent.
type Sent = Vec<(String, String)>;

fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

/// On to the association's page, or the page again with what is wrong; `names` turns a service's places into fields.
async fn answer(
    site: &Site,
    visitor: &Visitor,
    url: &'static str,
    sent: Sent,
    names: &[(&str, &str)],
    done: ServiceResult<()>,
) -> Result<Response, Error> {
    let Err(error) = done else { return Ok(Redirect::to("/forening?kvitto=sparat").into_response()) };
    let returned = Returned::of(visitor, url, sent, renamed(error, names))?;
    own::show(site, visitor, &returned).await
}

fn renamed(error: ServiceError, names: &[(&str, &str)]) -> ServiceError {
    let ServiceError::Invalid(mut findings) = error else { return error };
    for finding in &mut findings {
        if let Some((_, name)) = names.iter().find(|(place, _)| *place == finding.place) {
            finding.place = (*name).to_owned();
        }
    }
    ServiceError::Invalid(findings)
}

fn date(sent: &Sent, name: &str) -> ServiceResult<NaiveDate> {
    value(sent, name).parse().map_err(|_| {
        ServiceError::invalid(
            name,
            "bad_date",
            Localized::both("Skriv ett datum, till exempel 2026-05-01.", "Write a date, such as 2026-05-01."),
        )
    })
}

pub(super) async fn details(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let details =
        Details { federation: value(&sent, "federation"), seat_address: value(&sent, "address"), year_end: value(&sent, "year_end") };
    let done = associations::set_details(&site.tenant, actor, id, &details).await;
    answer(&site, &visitor, "/forening/uppgifter", sent, &[], done).await
}

pub(super) async fn add_officer(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let role = BoardRole::from_word(value(&sent, "role")).unwrap_or(BoardRole::Member);
    let done = match date(&sent, "from") {
        Ok(from) => associations::add_officer(&site.tenant, actor, id, &NewOfficer { role, name: value(&sent, "name"), from }).await,
        Err(error) => Err(error),
    };
    answer(&site, &visitor, "/forening/styrelse", sent, &[], done).await
}

pub(super) async fn end_officer(State(site): State<Site>, visitor: Visitor, Path(officer): Path<Uuid>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    associations::end_officer(&site.tenant, actor, id, officer).await?;
    Ok(Redirect::to("/forening?kvitto=sparat").into_response())
}

pub(super) async fn signing(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let rule = SigningRule::from_word(value(&sent, "rule")).unwrap_or(SigningRule::TwoTogether);
    let done = match date(&sent, "decided_on") {
        Ok(decided_on) => {
            let new = NewSigning { rule, paragraph: value(&sent, "paragraph"), decided_on };
            associations::set_signing(&site.tenant, actor, id, &new).await
        }
        Err(error) => Err(error),
    };
    answer(&site, &visitor, "/forening/firmateckning", sent, &[], done).await
}

pub(super) async fn add_contact(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let new = NewContact { name: value(&sent, "contact_name"), email: value(&sent, "email"), role: value(&sent, "contact_role") };
    let done = associations::add_contact(&site.tenant, actor, id, &new).await;
    answer(&site, &visitor, "/forening/kontakter", sent, &[("name", "contact_name")], done).await
}

pub(super) async fn end_contact(State(site): State<Site>, visitor: Visitor, Path(contact): Path<Uuid>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let done = associations::end_contact(&site.tenant, actor, id, contact).await;
    answer(&site, &visitor, "", Vec::new(), &[], done).await
}

pub(super) async fn add_section(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let (name, activity, contact) = (value(&sent, "section_name"), value(&sent, "activity"), value(&sent, "section_contact"));
    let done = match date(&sent, "section_from") {
        Ok(from) => sections::add(&site.tenant, actor, id, &NewSection { name, activity, contact, from }).await,
        Err(error) => Err(error),
    };
    answer(&site, &visitor, "/forening/sektioner", sent, &[("name", "section_name")], done).await
}

pub(super) async fn end_section(State(site): State<Site>, visitor: Visitor, Path(section): Path<Uuid>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let done = sections::end(&site.tenant, actor, id, section).await;
    answer(&site, &visitor, "", Vec::new(), &[], done).await
}

pub(super) async fn account(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let kind = match value(&sent, "kind") {
        "plusgiro" => AccountKind::Plusgiro,
        "konto" => AccountKind::Bank,
        _ => AccountKind::Bankgiro,
    };
    let done = match parse(kind, value(&sent, "number")) {
        Ok(read) => organisations::set_account(&site.tenant, actor, id, &read.number).await,
        Err(error) => Err(ServiceError::invalid("number", "bad_account", error.message())),
    };
    answer(&site, &visitor, "/forening/konto", sent, &[], done).await
}

pub(super) async fn invite(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let kind = Mandate::from_word(value(&sent, "mandate")).unwrap_or(Mandate::Reader);
    match associations::invite(&site.tenant, actor, id, value(&sent, "person"), value(&sent, "email"), kind).await {
        Ok(()) => Ok(Redirect::to("/forening/personer?kvitto=inbjuden").into_response()),
        Err(error) => {
            let returned = Returned::of(&visitor, "/forening/personer", sent, renamed(error, &[("name", "person")]))?;
            own::show_people(&site, &visitor, &returned).await
        }
    }
}

pub(super) async fn end_mandate(State(site): State<Site>, visitor: Visitor, Path(mandate): Path<Uuid>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    match mandates::end(&site.tenant, actor, id, mandate).await {
        Ok(()) => Ok(Redirect::to("/forening/personer?kvitto=sparat").into_response()),
        Err(error) => {
            let returned = Returned::of(&visitor, "", Vec::new(), error)?;
            own::show_people(&site, &visitor, &returned).await
        }
    }
}
