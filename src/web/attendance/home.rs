//! The attendance of an association, half-year by half-year.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::words;
use crate::services::attendance::halves::{self, Half};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::{Link, State as Shown};
use crate::web::site::{Site, Visitor, words as site_words};
use crate::web::{Error, html};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/home.html")]
pub struct HomePage {
    /// The page around it.
    pub page: Page,
    /// The half-years, the newest first.
    pub halves: Vec<HalfCard>,
}

/// A half-year.
#[derive(Clone, Debug, Default)]
pub struct HalfCard {
    /// Where it is opened.
    pub href: String,
    /// In words.
    pub title: String,
    /// Where it stands.
    pub state: Shown,
    /// How it came, where it did.
    pub source: String,
    /// Occasions.
    pub occasions: String,
    /// Marks of participants.
    pub participants: String,
    /// The grants it is for, with their last days.
    pub uses: Vec<String>,
}

pub(super) async fn page(axum::extract::State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let halves = halves::halves(&site.tenant, actor, organisation).await?;
    let title = visitor.t("att-title");
    let crumbs = vec![Link::new("/mina-sidor", visitor.t("nav-home")), Link::here(title.clone())];
    let page = visitor.page(&site, Section::Applicant, title, crumbs).await?;
    let halves = halves.iter().map(|half| card(half, &visitor)).collect();
    html(&HomePage { page, halves })
}

fn card(half: &Half, visitor: &Visitor) -> HalfCard {
    HalfCard {
        href: format!("/narvaro/{}", half.id),
        title: half.words.get(visitor.language).to_owned(),
        state: words::state(half, visitor.language),
        source: half.source.map_or_else(String::new, |source| visitor.t(words::source_key(source))),
        occasions: words::figure(half.sum.occasions),
        participants: words::figure(half.sum.participants),
        uses: half.uses.iter().map(|one| used_for(one, visitor)).collect(),
    }
}

/// The ways back to the applications that are being written, as `Tillbaka till ansökan: aktivitetsstöd januari–juni 2026`.
pub(super) async fn ways_back(site: &Site, visitor: &Visitor, half: &str) -> Result<Vec<Link>, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let drafts = halves::drafts(&site.tenant, actor, organisation, half).await?;
    let link = |one: halves::Drafted| {
        let what = format!("{} {}", one.title.get(visitor.language).to_lowercase(), site_words::period(&one.period, visitor.language));
        let text = crate::text::fluent::t(visitor.language, "att-way-back", &[("what", what.into())]);
        Link::new(format!("/utkast/{}", one.draft), text)
    };
    Ok(drafts.into_iter().map(link).collect())
}

/// `Aktivitetsstöd januari–juni 2026, sök senast 25 augusti 2026`.
pub(super) fn used_for(one: &halves::Use, visitor: &Visitor) -> String {
    let (grant, period) = (one.title.get(visitor.language), site_words::period(&one.period, visitor.language));
    let last = number::date(one.last_day, visitor.language);
    crate::text::fluent::t(
        visitor.language,
        if one.case.is_some() { "att-used-applied" } else { "att-used-for" },
        &[("grant", grant.into()), ("period", period.into()), ("day", last.into())],
    )
}
