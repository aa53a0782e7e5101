//! The register of addresses: each room of pages hands in its own, with who may come there at all.
//!
//! The register is what the router is built from and what the matrix of all routes and persons is tested with.
//! [`Access`] turns away at the door; whose case or association it is, the services judge.

use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::routing::{MethodRouter, on};

use super::{Site, door, returned};
use crate::domain::mandate::Mandate;
use crate::domain::role::Role;

/// Who may come to an address at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, logged in or not.
    Everybody,
    /// Whoever is logged in.
    LoggedIn,
    /// Who acts for an association, at least this far.
    Applicant(Mandate),
    /// The same, and officers: whose draft it is, the service judges.
    Draft(Mandate),
    /// Anybody with a role in the municipality.
    Staff,
    /// Anybody with one of these roles.
    Roles(&'static [Role]),
}

/// An address with its handler.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path with its places, as `/arenden/{case}`.
    pub path: &'static str,
    /// Who may come there.
    pub access: Access,
    handler: MethodRouter<Site>,
}

impl Route {
    /// A page.
    pub(in crate::web) fn get<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        Self { method: Method::GET, path, access, handler: on(axum::routing::MethodFilter::GET, handler) }
    }

    /// Where a form is sent.
    pub(in crate::web) fn post<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        Self { method: Method::POST, path, access, handler: on(axum::routing::MethodFilter::POST, handler) }
    }
}

/// Every address of the service.
#[must_use]
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(crate::web::public::routes());
    routes.extend(crate::web::account::routes());
    routes.extend(crate::web::association::routes());
    routes.extend(crate::web::apply::routes());
    routes.extend(crate::web::attendance::routes());
    routes.extend(crate::web::dialogue::routes());
    routes.extend(crate::web::expert::routes());
    routes.extend(crate::web::officer::routes());
    routes.extend(crate::web::pay::routes());
    routes.extend(crate::web::statistics::routes());
    #[cfg(feature = "demo")]
    routes.extend(super::demo::routes());
    routes
}

/// The router of the register.
pub(super) fn router(site: &Site) -> Router<Site> {
    let routes = all().into_iter().fold(Router::new(), |router, route| {
        let door = door::Door { site: site.clone(), access: route.access };
        router.route(route.path, route.handler.layer(axum::middleware::from_fn_with_state(door, door::pass)))
    });
    // Set here and not by the shell alone, so that what came back from an address that has no page of its own is found too.
    let routes = routes.method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED });
    routes.layer(axum::middleware::from_fn_with_state(site.clone(), returned::around))
}
