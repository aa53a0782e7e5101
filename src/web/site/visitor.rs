//! Who visits, and the frame around her pages.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Site;
use crate::domain::localized::Language;
use crate::services::Actor;
use crate::web::page::{NavItem, Page, Section};
use crate::web::parts::Link;
use crate::web::{Error, Spoken};

/// A visitor: anybody, or a member of the staff.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Her language.
    pub language: Language,
    /// The path she asked for.
    pub path: String,
    /// The word of the receipt to show, from the address.
    pub receipt: Option<String>,
    actor: Option<Actor>,
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let Ok(Spoken(language)) = Spoken::from_request_parts(parts, site).await;
        let query = parts.uri.query().unwrap_or_default();
        let receipt = query.split('&').find_map(|pair| pair.strip_prefix("kvitto=")).map(str::to_owned);
        Ok(Self { language, path: parts.uri.path().to_owned(), receipt, actor: who(parts, site).await? })
    }
}

/// Log-in by e-legitimation is a later adapter; until then only the demonstration knows anybody.
#[cfg(feature = "demo")]
async fn who(parts: &Parts, site: &Site) -> Result<Option<Actor>, Error> {
    super::demo::actor(parts, site).await
}

#[cfg(not(feature = "demo"))]
#[expect(clippy::unused_async, reason = "the demonstration's twin asks the database")]
async fn who(_: &Parts, _: &Site) -> Result<Option<Actor>, Error> {
    Ok(None)
}

impl Visitor {
    /// The member of the staff she is.
    ///
    /// # Errors
    /// [`Error::NotLoggedIn`] when she is none.
    pub fn staff(&self) -> Result<&Actor, Error> {
        self.actor.as_ref().ok_or(Error::NotLoggedIn)
    }

    /// Whether she is a member of the staff.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.actor.is_some()
    }

    /// A page for her.
    ///
    /// # Errors
    /// When the demonstration's bar cannot be filled.
    pub async fn page(&self, site: &Site, section: Section, title: impl Into<String>, crumbs: Vec<Link>) -> Result<Page, Error> {
        let mut page = Page::new(std::sync::Arc::clone(&site.frame), self.language, section, title);
        page.path.clone_from(&self.path);
        page.form_key = site.tenant.ids.uuid().to_string();
        page.crumbs = crumbs;
        page.notice = super::receipt(self.receipt.as_deref());
        page.nav = self.nav(&page);
        #[cfg(feature = "demo")]
        {
            page.demo = super::demo::bar(site, self).await?;
        }
        Ok(page)
    }

    fn nav(&self, page: &Page) -> Vec<NavItem> {
        let item = |href: &str, key: &str| {
            let current = if href == "/" { self.path == "/" } else { self.path.starts_with(href) };
            NavItem { href: href.to_owned(), text: page.t(key), current }
        };
        let mut nav = vec![item("/", "nav-grants")];
        if self.is_staff() {
            nav.extend([item("/arenden", "nav-cases"), item("/beslut", "nav-decide"), item("/utbetalningar", "nav-payments")]);
        }
        nav.push(item("/diarium", "nav-diary"));
        nav
    }
}
