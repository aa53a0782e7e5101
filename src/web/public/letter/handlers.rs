//! Letters and stored documents.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::domain::id::{CaseId, DecisionId, DocumentId};
use crate::services::decisions;
use crate::services::documents;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::public::letter::{LetterBody, LetterPage};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, id)): Path<(CaseId, DecisionId)>,
) -> Result<Response, Error> {
    let view = decisions::views::letter(&site.tenant, visitor.actor()?, case, id).await?;
    let back = Link::new(format!("/arenden/{case}"), view.number.clone());
    let crumbs = vec![Link::new("/arenden", "Ärenden"), back, Link::here("Beslutsbrev")];
    let page = visitor.page(&site, Section::Officer, format!("Beslutsbrev {}", view.number), crumbs).await?;
    let (state, sending) = match (view.undone, view.sent_at) {
        (true, _) => (Shown::none("Återtaget"), "Beslutet togs tillbaka innan brevet skickades.".to_owned()),
        (false, Some(at)) => (Shown::ok("Skickat"), format!("Skickat {}.", words::moment(at))),
        (false, None) => {
            (Shown::wait("Inte skickat"), format!("Skickas {}. Till dess kan beslutet tas tillbaka.", words::moment(view.dispatch_at)))
        }
    };
    html(&LetterPage {
        state,
        sending,
        pdf: Some(Link::new(format!("/arenden/{case}/brev/{id}/pdf"), "Hämta som PDF")),
        body: LetterBody::of(&view.letter)?,
        page,
    })
}

pub(in crate::web) async fn pdf(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, id)): Path<(CaseId, DecisionId)>,
) -> Result<Response, Error> {
    let view = decisions::views::letter(&site.tenant, visitor.actor()?, case, id).await?;
    let name = view.number.replace([' ', '/'], "-");
    let bytes = decisions::pdf_of(view.letter).await?;
    let headers =
        [(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"beslut-{name}.pdf\""))];
    Ok((headers, bytes).into_response())
}

pub(in crate::web) async fn document(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, id)): Path<(CaseId, DocumentId)>,
) -> Result<Response, Error> {
    let found = documents::read(&site.tenant, visitor.actor()?, case, id).await?;
    // Whatever is in it, a browser only saves it (ASVS 3.2.1).
    let headers = [
        (CONTENT_TYPE, found.media_type),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"handling-{}.{}\"", found.no, found.ending)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, found.bytes).into_response())
}
