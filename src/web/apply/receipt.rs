//! The receipt: it came in, under which number, and what happens next.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{before, words};
use crate::domain::id::CaseId;
use crate::services::drafts::cosign::CosignState;
use crate::services::drafts::my;
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The receipt.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/receipt.html")]
pub struct ReceiptPage {
    /// What stands around it.
    pub page: Page,
    /// The case's address.
    pub case: String,
    /// The diary number.
    pub number: String,
    /// What was applied for, in which period, by whom.
    pub about: String,
    /// Name and text.
    pub facts: Vec<(String, String)>,
    /// What happens next, a step each.
    pub next: Vec<String>,
    /// That a second signature is needed.
    pub unsigned: Option<String>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let found = my::case(&site.tenant, visitor.actor()?, id).await?;
    if found.claim {
        // Nothing has come in that could be acknowledged.
        return Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}")).into_response());
    }
    let language = visitor.language;
    let case = &found.view.line.case;
    let title = visitor.t("receipt-page-title");
    let crumbs = vec![
        Link::new("/mina-sidor", visitor.t("my-title")),
        Link::new(format!("/mina-sidor/arenden/{id}"), case.number.clone()),
        Link::here(title.clone()),
    ];
    let mut page = visitor.page(&site, Section::Applicant, format!("{title} {}", case.number), crumbs).await?;
    page.wording = found.expected.wording;
    let date = |day| number::date(day, language);
    let expected = &found.expected;
    let decided = match (expected.closes, expected.decided_by) {
        (Some(closes), _) => page.fill("expected-after-close", "day", date(closes)),
        (None, Some(day)) => page.fill("expected-by", "day", date(day)),
        (None, None) => page.t("expected-soon"),
    };
    let mut facts = vec![
        (page.t("receipt-page-number"), case.number.clone()),
        (page.t("receipt-received"), words::moment(case.received_at, language)),
        (page.t("receipt-decision"), decided),
    ];
    let pays = before::pays(expected.pays, expected.kind, &page);
    facts.extend(pays.map(|pays| (page.t("before-pays"), pays)));
    let unsigned = found.cosignature.as_ref().filter(|awaited| awaited.state == CosignState::Open).map(|awaited| {
        let names = awaited.others.join(", ");
        format!("{} {}", page.fill("cosign-needed", "names", names), page.fill("cosign-by", "day", date(awaited.last_day)))
    });
    let mut next = Vec::new();
    next.extend(unsigned.as_ref().map(|_| page.t("next-cosign")));
    next.push(page.t("next-check"));
    if found.may_replace {
        next.push(page.fill("next-replace", "day", date(case.due)));
    }
    next.push(page.t("next-decision"));
    html(&ReceiptPage {
        case: format!("/mina-sidor/arenden/{id}"),
        number: case.number.clone(),
        about: format!(
            "{} · {} · {}",
            found.view.line.grant.get(language),
            words::of_case(found.period.as_ref(), &case.period, language),
            found.view.line.applicant
        ),
        facts,
        next,
        unsigned,
        page,
    })
}
