//! Whose attendance a page is about, and where its pages lie: the visitor's own association's, or that of a paper which
//! an officer writes in (förvaltningslagen 6 §).

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::words;
use crate::domain::id::{DraftId, OrganisationId};
use crate::services::Actor;
use crate::services::drafts::on_paper;
use crate::text::fluent;
use crate::web::Error;
use crate::web::page::Section;
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor, words as site_words};

/// The half-year of an address.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct InHalf {
    pub half: String,
}

/// A visitor at the attendance of an association.
#[derive(Debug)]
pub(in crate::web) struct Place {
    pub visitor: Visitor,
    pub organisation: OrganisationId,
    /// Under what the pages lie: `/narvaro`, or a paper's own.
    pub base: String,
    paper: Option<Paper>,
}

#[derive(Debug)]
struct Paper {
    draft: DraftId,
    name: String,
}

impl FromRequestParts<Site> for Place {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let visitor = Visitor::from_request_parts(parts, site).await?;
        let places = RawPathParams::from_request_parts(parts, site).await.map_err(Error::internal)?;
        let named = |name: &str| places.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let Some(draft) = named("draft") else {
            let (organisation, _) = visitor.applicant()?;
            return Ok(Self { organisation, base: "/narvaro".to_owned(), paper: None, visitor });
        };
        let draft = draft.parse().map_err(|_| Error::NotFound)?;
        let draft = on_paper::attendance(&site.tenant, visitor.staff()?, draft, named("half").unwrap_or_default()).await?;
        let language = visitor.language;
        let what = format!("{} {}", draft.package.form.title.get(language).to_lowercase(), site_words::period(&draft.period, language));
        Ok(Self {
            organisation: draft.organisation,
            base: format!("/utkast/{}/narvaro", draft.id),
            paper: Some(Paper { draft: draft.id, name: what }),
            visitor,
        })
    }
}

impl Place {
    /// Who acts.
    ///
    /// # Errors
    /// [`Error::NotLoggedIn`] never: the place was found for her.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.visitor.actor()
    }

    /// Whether the association's own people see it: what she alone answers is shown to them alone.
    pub const fn is_own(&self) -> bool {
        self.paper.is_none()
    }

    /// The part of the service its pages belong to.
    pub const fn section(&self) -> Section {
        if self.is_own() { Section::Applicant } else { Section::Officer }
    }

    /// The way to a page of a half-year.
    pub fn crumbs(&self, half: Option<(&str, &str)>, here: &str) -> Vec<Link> {
        let Some(paper) = &self.paper else { return words::crumbs(&self.visitor, half, here) };
        let mut way = vec![
            Link::new(format!("/foreningar/{}/papper", self.organisation), self.visitor.t("paper-title")),
            Link::new(format!("/utkast/{}", paper.draft), paper.name.clone()),
        ];
        if let Some((id, words)) = half {
            way.push(Link::new(format!("{}/{id}", self.base), words));
        }
        way.push(Link::here(here));
        way
    }

    /// The way back to the paper that is being written in.
    pub fn way_back(&self) -> Option<Link> {
        let paper = self.paper.as_ref()?;
        let text = fluent::t(self.visitor.language, "att-way-back", &[("what", paper.name.clone().into())]);
        Some(Link::new(format!("/utkast/{}", paper.draft), text))
    }
}
