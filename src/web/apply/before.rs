//! Before one begins: may we apply, what is needed, what is there already.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::section::handlers::may_write;
use super::words;
use crate::domain::calculation::CheckStatus;
use crate::domain::grant::SignedBy;
use crate::domain::localized::Language;
use crate::forms::PayWhen;
use crate::services::drafts::{self, Earlier, Precheck, Start};
use crate::text::{fluent, number};
use crate::web::page::{Page, Section};
use crate::web::parts::{CheckLine, Link};
use crate::web::site::words as shared;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The page before an application.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/before.html")]
pub struct BeforePage {
    /// What stands around it.
    pub page: Page,
    /// Where the form is sent.
    pub action: String,
    /// The grant's name.
    pub title: String,
    /// What it is for.
    pub summary: Option<String>,
    /// The period and the applicant.
    pub about: String,
    /// Requirements that are not met.
    pub refused: Vec<CheckLine>,
    /// Requirements that could not be judged, or are met.
    pub judged: Vec<CheckLine>,
    /// Other grants that fit.
    pub others: Vec<OtherGrant>,
    /// What to know: name and text.
    pub facts: Vec<(String, String)>,
    /// Documents to have at hand.
    pub needed: Vec<(String, String)>,
    /// A draft that is there.
    pub draft: Option<(String, String)>,
    /// An application that was handed in: its address and number.
    pub case: Option<(String, String)>,
    /// Why one cannot begin yet.
    pub not_yet: Option<String>,
    /// Whether the last day has passed.
    pub late: Option<String>,
    /// Whether she may only read.
    pub reads_only: bool,
}

/// Another grant that fits.
#[derive(Clone, Debug, Default)]
pub struct OtherGrant {
    /// Where it is applied for.
    pub href: String,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub summary: String,
    /// Until when.
    pub last_day: String,
}

pub(super) async fn newest(State(site): State<Site>, Path(grant): Path<String>) -> Result<Response, Error> {
    let period = drafts::period_now(&site.tenant, &grant).await?;
    Ok(Redirect::to(&format!("/ansok/{grant}/{period}")).into_response())
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period)): Path<(String, String)>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let found = drafts::precheck(&site.tenant, actor, organisation, &grant, &period).await?;
    let language = visitor.language;
    let wording = found.wording;
    let title = fluent::worded(
        language,
        wording,
        "before-title",
        &[("grant", words::within(found.title.get(language)).into()), ("title", found.title.get(language).to_owned().into())],
    );
    let crumbs = vec![Link::new("/mina-sidor", visitor.t("my-title")), Link::here(title.clone())];
    let mut page = visitor.page(&site, Section::Applicant, title.clone(), crumbs).await?;
    page.wording = wording;
    let today = site.tenant.clock.today();
    let checks = |wanted: &[CheckStatus]| -> Vec<CheckLine> {
        found.checks.iter().filter(|check| wanted.contains(&check.status)).map(|check| shared::check(check, language)).collect()
    };
    let date = |day| number::date(day, language);
    let (draft, case) = match &found.earlier {
        Earlier::Nothing => (None, None),
        Earlier::Draft { id, begun, touched } => {
            let begun = number::date(crate::domain::clock::swedish_date(*begun), language);
            let args = [("day", begun.into()), ("touched", words::moment(*touched, language).into())];
            (Some((format!("/utkast/{id}"), fluent::t(language, "before-draft", &args))), None)
        }
        Earlier::Case { id, number } => (None, Some((format!("/mina-sidor/arenden/{id}"), page.fill("before-case", "number", number)))),
    };
    html(&BeforePage {
        action: format!("/ansok/{grant}/{period}"),
        title,
        summary: found.summary.as_ref().map(|text| text.get(language).to_owned()),
        about: format!("{} · {}", words::period(&found.period, language), found.applicant),
        refused: checks(&[CheckStatus::Fail]),
        judged: checks(&[CheckStatus::Ok, CheckStatus::Unknown, CheckStatus::Soft]),
        others: found.others.iter().map(|other| other_grant(other, language)).collect(),
        facts: facts(&found, &page, language),
        needed: found
            .needed
            .iter()
            .map(|needed| {
                let note = match (needed.later, needed.depends) {
                    (true, _) => page.t("before-later"),
                    (false, true) => page.t("before-depends"),
                    (false, false) => String::new(),
                };
                (needed.label.get(language).to_owned(), note)
            })
            .collect(),
        draft,
        case,
        not_yet: (today < found.period.opens).then(|| page.fill("before-opens", "day", date(found.period.opens))),
        late: (today > found.last_day).then(|| page.fill("before-late", "day", date(found.last_day))),
        reads_only: !may_write(actor),
        page,
    })
}

fn other_grant(other: &drafts::Other, language: Language) -> OtherGrant {
    OtherGrant {
        href: format!("/ansok/{}/{}", other.grant_type, other.period.id),
        title: other.title.get(language).to_owned(),
        summary: other.summary.as_ref().map_or_else(String::new, |text| text.get(language).to_owned()),
        last_day: number::date(other.last_day, language),
    }
}

fn facts(found: &Precheck, page: &Page, language: Language) -> Vec<(String, String)> {
    let signs = match found.signed_by {
        SignedBy::Role => "before-signs-role",
        SignedBy::OneSignatory => "before-signs-one",
        SignedBy::Firmateckning => "before-signs-rule",
    };
    let mut facts = vec![
        (page.t("before-last-day"), number::date(found.last_day, language)),
        (page.t("before-parts"), page.count("before-parts-count", found.sections)),
        (page.t("before-signs"), page.t(signs)),
    ];
    if found.attendance {
        facts.push((page.t("before-attendance"), page.t("before-attendance-text")));
    }
    if let Some(pays) = pays(found.pays, found.kind, page) {
        facts.push((page.t("before-pays"), pays));
    }
    facts
}

/// When money comes.
pub(super) fn pays(when: PayWhen, kind: crate::domain::grant::GrantKind, page: &Page) -> Option<String> {
    use crate::domain::grant::GrantKind;
    match kind {
        GrantKind::Approval | GrantKind::Report => None,
        GrantKind::General | GrantKind::Selective => Some(page.t(match when {
            PayWhen::AtOnce => "pays-at-once",
            PayWhen::AfterLegalForce => "pays-after-force",
            PayWhen::Manual => "pays-manual",
        })),
    }
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    hur: String,
}

pub(super) async fn begin(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period)): Path<(String, String)>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let start = if chosen.hur == "om" { Start::Anew } else { Start::GoOn };
    let id = drafts::begin(&site.tenant, actor, organisation, &grant, &period, start).await?;
    Ok(Redirect::to(&format!("/utkast/{id}")).into_response())
}
