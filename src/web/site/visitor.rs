//! Who visits, and the frame around her pages.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use super::Site;
use crate::domain::localized::Language;
use crate::services::Actor;
use crate::services::sessions::{self, Session, Token};
use crate::text::fluent;
use crate::web::page::{NavItem, Page, Section, Who};
use crate::web::parts::Link;
use crate::web::{Error, Spoken, Transport, language};

/// A log-in that was found good.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub session: Session,
    token: Token,
}

/// Whoever the door has found to come, handed on to the handler.
#[derive(Clone, Debug, Default)]
pub(super) struct Identified(Option<Arc<Known>>);

impl Identified {
    pub(super) fn new(known: Option<Known>) -> Self {
        Self(known.map(Arc::new))
    }
}

/// Who holds the request's session cookie.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn identify(site: &Site, headers: &HeaderMap) -> Result<Option<Known>, Error> {
    let Some(token) = token_of(site, headers) else { return Ok(None) };
    Ok(sessions::by_token(&site.tenant, &token).await?.map(|session| Known { session, token }))
}

fn token_of(site: &Site, headers: &HeaderMap) -> Option<Token> {
    let name = cookie_name(site.transport);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let own = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    own.into_iter().find(|(key, _)| *key == name).map(|(_, value)| Token::received(value))
}

fn cookie_name(transport: Transport) -> &'static str {
    match transport {
        // Browsers take such a cookie only from this very host and over TLS.
        Transport::Tls => "__Host-session",
        Transport::Plain => "session",
    }
}

/// A log-in service that leads back with a cookie is the demonstration's so far.
#[cfg(feature = "demo")]
impl Site {
    /// The cookie that holds a session: out of scripts' reach, never sent along with other sites' forms.
    ///
    /// # Errors
    /// Never: a token is hexadecimal.
    pub(in crate::web) fn session_cookie(&self, token: &Token) -> Result<HeaderValue, Error> {
        let secure = if self.transport == Transport::Tls { "; Secure" } else { "" };
        let text = format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(self.transport), token.secret());
        HeaderValue::from_str(&text).map_err(Error::internal)
    }
}

/// The cookie that makes a browser forget its session.
pub(in crate::web) fn forget_cookie(site: &Site) -> HeaderValue {
    HeaderValue::from_static(match site.transport {
        Transport::Tls => "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
        Transport::Plain => "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    })
}

/// A path of ours, never an address elsewhere: `/` for anything else.
pub(in crate::web) fn own_path(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if own { path } else { "/" }
}

/// Where somebody begins after logging in.
///
/// # Errors
/// When the database cannot be read.
#[cfg(feature = "demo")]
pub(in crate::web) async fn home(site: &Site, token: &Token) -> Result<&'static str, Error> {
    let session = sessions::by_token(&site.tenant, token).await?;
    let invited = session.as_ref().is_some_and(|session| session.invited);
    Ok(match session.map(|session| (session.actor, session.associations.len())) {
        Some((Actor::Staff { .. }, _)) => "/arenden",
        Some((Actor::Association { .. }, _)) => "/mina-sidor",
        Some((Actor::Person { .. }, 1..)) => "/foretrad",
        Some((Actor::Person { .. }, 0)) if invited => "/sakkunnig",
        Some((Actor::Person { .. } | Actor::Service, _)) | None => "/",
    })
}

/// A visitor: anybody, somebody who acts for an association, or a member of the staff.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Her language.
    pub language: Language,
    /// The path she asked for.
    pub path: String,
    /// What of her query the page in the other language is asked for with.
    pub query: String,
    /// The word of the receipt to show, from the address.
    pub receipt: Option<String>,
    known: Option<Arc<Known>>,
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let Ok(Spoken(language)) = Spoken::from_request_parts(parts, site).await;
        let query = parts.uri.query().unwrap_or_default();
        let receipt = query.split('&').find_map(|pair| pair.strip_prefix("kvitto=")).map(str::to_owned);
        // Who does not come through a door, as on an address that is not there, is nobody.
        let Identified(known) = parts.extensions.get::<Identified>().cloned().unwrap_or_default();
        Ok(Self { language, path: parts.uri.path().to_owned(), query: language::kept(query), receipt, known })
    }
}

impl Visitor {
    /// A text in her language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        fluent::plain(self.language, key)
    }

    /// Her log-in.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.known.as_ref().map(|known| &known.session)
    }

    /// The secret of her log-in.
    pub(in crate::web) fn token(&self) -> Option<&Token> {
        self.known.as_ref().map(|known| &known.token)
    }

    /// Who she is to the services.
    ///
    /// # Errors
    /// [`Error::NotLoggedIn`] when she is nobody.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.session().map(|session| &session.actor).ok_or(Error::NotLoggedIn)
    }

    /// The member of the staff she is.
    ///
    /// # Errors
    /// [`Error::NotLoggedIn`] when she is nobody, [`Error::NotFound`] when she is somebody else.
    pub fn staff(&self) -> Result<&Actor, Error> {
        match self.actor()? {
            staff @ Actor::Staff { .. } => Ok(staff),
            Actor::Association { .. } | Actor::Person { .. } | Actor::Service => Err(Error::NotFound),
        }
    }

    /// The association she acts for, with who she is to the services.
    ///
    /// # Errors
    /// [`Error::NotLoggedIn`] when she is nobody, [`Error::NotFound`] when she acts for none.
    pub fn applicant(&self) -> Result<(crate::domain::id::OrganisationId, &Actor), Error> {
        match self.actor()? {
            actor @ Actor::Association { organisation, .. } => Ok((*organisation, actor)),
            Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => Err(Error::NotFound),
        }
    }

    /// Whether she is a member of the staff.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.staff().is_ok()
    }

    /// A page for her.
    ///
    /// # Errors
    /// When the demonstration's bar cannot be filled.
    pub async fn page(&self, site: &Site, section: Section, title: impl Into<String>, crumbs: Vec<Link>) -> Result<Page, Error> {
        let mut page = Page::new(Arc::clone(&site.frame), self.language, section, title);
        page.path.clone_from(&self.path);
        page.query.clone_from(&self.query);
        page.form_key = site.tenant.ids.uuid().to_string();
        page.crumbs = crumbs;
        page.notice = super::receipts::notice(self.language, self.receipt.as_deref());
        page.nav = self.nav();
        page.who = self.session().map(who);
        #[cfg(feature = "demo")]
        {
            page.demo = super::demo::bar(site, self).await?;
        }
        Ok(page)
    }

    fn nav(&self) -> Vec<NavItem> {
        let item = |href: &str, key: &str| {
            let current = if href == "/" { self.path == "/" || self.path.starts_with("/bidrag") } else { self.path.starts_with(href) };
            NavItem { href: href.to_owned(), text: self.t(key), current }
        };
        let mut items = match self.session().map(|session| &session.actor) {
            Some(Actor::Staff { .. }) => vec![
                item("/arenden", "nav-cases"),
                item("/beslut", "nav-decide"),
                item("/overklaganden", "nav-appeals"),
                item("/perioder", "periods-title"),
                item("/redovisningar", "nav-reports"),
                item("/utbetalningar", "nav-payments"),
                item("/namnd", "nav-committee"),
                item("/foreningar", "nav-associations"),
                item("/statistik", "nav-statistics"),
                item("/diarium", "nav-diary"),
            ],
            Some(Actor::Association { .. }) => vec![
                item("/mina-sidor", "nav-home"),
                item("/forening", "nav-association"),
                item("/narvaro", "nav-attendance"),
                item("/", "nav-grants"),
            ],
            Some(Actor::Person { .. } | Actor::Service) => vec![item("/", "nav-grants"), item("/foretrad", "nav-act-for")],
            None => vec![item("/", "nav-grants"), item("/diarium", "nav-diary"), item("/logga-in", "nav-log-in")],
        };
        if self.session().is_some_and(|session| session.invited) {
            items.push(item("/sakkunnig", "nav-expert"));
        }
        items
    }
}

/// Who is logged in, for the head of the page.
fn who(session: &Session) -> Who {
    let acting = match &session.actor {
        Actor::Association { organisation, .. } => {
            session.associations.iter().find(|(id, _, _)| id == organisation).map(|(_, name, _)| name.clone())
        }
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => None,
    };
    Who { name: session.name.clone(), acting, may_change: session.associations.len() > 1 }
}
