//! The declaration and the signature: with it the application is received.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::section::handlers::live;
use super::{draft as list, words};
use crate::domain::draft::DraftKind;
use crate::domain::grant::SignedBy;
use crate::domain::id::DraftId;
use crate::domain::mandate::Mandate;
use crate::services::drafts::{self, Draft};
use crate::services::{Actor, ServiceError};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, LiveAmount, html_with};

/// The declaration.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/sign.html")]
pub struct SignPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// What is applied for, in which period, by whom.
    pub about: String,
    /// Who signs.
    pub name: String,
    /// What else is asked for.
    pub rule: String,
    /// Whether the last day has passed.
    pub late: Option<String>,
    /// Whether this person may sign.
    pub may_sign: bool,
    /// The preliminary amount: what is signed for.
    pub live: Option<LiveAmount>,
    /// Who may.
    pub who_may: String,
    /// Whether the tick was left out.
    pub error: Option<String>,
    /// Whether everything is filled in.
    pub ready: bool,
    /// Whether it takes the place of one that was handed in.
    pub replaces: bool,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = drafts::open(&site.tenant, visitor.actor()?, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    show(&site, &visitor, &draft, None).await
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Signed {
    #[serde(default)]
    intygar: String,
}

pub(super) async fn send(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<DraftId>,
    Form(signed): Form<Signed>,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    if draft.closed {
        // Pressed twice, or in another tab: the receipt of the first press.
        return Ok(match draft.case {
            Some(case) => Redirect::to(&format!("/mina-sidor/arenden/{case}/kvittens")).into_response(),
            None => list::closed(&draft),
        });
    }
    if signed.intygar != "ja" {
        return show(&site, &visitor, &draft, Some(visitor.t("sign-tick-missing"))).await;
    }
    match drafts::send(&site.tenant, actor, id).await {
        Ok(receipt) => Ok(Redirect::to(&format!("/mina-sidor/arenden/{}/kvittens", receipt.case)).into_response()),
        // Somebody changed something since the page was shown: the answers say what is missing.
        Err(ServiceError::Invalid(findings)) if findings.iter().any(|finding| !finding.place.is_empty()) => {
            Ok(Redirect::to(&format!("/utkast/{id}/granska?kvitto=inte-skickat")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(site: &Site, visitor: &Visitor, draft: &Draft, error: Option<String>) -> Result<Response, Error> {
    let language = visitor.language;
    let form = &draft.package.form;
    let base = format!("/utkast/{}", draft.id);
    let title = visitor.t("sign-title");
    let crumbs = vec![
        Link::new("/mina-sidor", visitor.t("my-title")),
        Link::new(base.clone(), list::name(draft, language)),
        Link::here(title.clone()),
    ];
    let mut page = visitor.page(site, Section::Applicant, format!("{title} – {}", form.title.get(language)), crumbs).await?;
    page.wording = list::wording(draft);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page.errors = error.iter().map(|text| Link::new("#intygar", text.clone())).collect();
    let needed = match form.signed_by {
        SignedBy::Role => Mandate::Writer,
        SignedBy::OneSignatory | SignedBy::Firmateckning => Mandate::Signatory,
    };
    let (name, may_sign) = match visitor.actor()? {
        Actor::Association { name, mandate, .. } => (name.clone(), mandate.covers(needed)),
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => (String::new(), false),
    };
    let rule = match form.signed_by {
        SignedBy::Role => page.t("sign-rule-role"),
        SignedBy::OneSignatory => page.t("sign-rule-one"),
        SignedBy::Firmateckning => page.fill("sign-rule-both", "days", form.cosign_days),
    };
    let late = site.tenant.clock.today() > draft.last_day;
    let answer = SignPage {
        about: format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant),
        late: late.then(|| page.fill("before-late", "day", number::date(draft.last_day, language))),
        who_may: page.t("sign-who-may"),
        ready: draft.is_ready(),
        replaces: draft.kind == DraftKind::Replacement,
        name,
        live: live(site, visitor.actor()?, draft, language).await,
        rule,
        may_sign,
        error,
        base,
        page,
    };
    html_with(status, &answer)
}
