//! The addresses of the service: each handler takes what was asked, calls one service and fills a page.

use std::sync::Arc;

use axum::Router;

use super::page::Frame;
use super::{Shell, Transport, assets, shell};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::services::ServiceError;

#[cfg(feature = "demo")]
mod demo;
mod door;
mod receipts;
pub(in crate::web) mod report;
mod resend;
mod returned;
pub mod routes;
pub(in crate::web) mod visitor;
pub(in crate::web) mod words;

pub use visitor::Visitor;

/// What every handler reaches.
#[derive(Clone, Debug)]
pub struct Site {
    /// The municipality.
    pub tenant: Tenant,
    /// How every page shows her.
    pub frame: Arc<Frame>,
    /// How visitors reach the service.
    pub transport: Transport,
    /// The movable clock of the demonstration.
    #[cfg(feature = "demo")]
    pub demo: Option<Arc<crate::demo::clock::DemoClock>>,
}

impl Site {
    /// A site of a tenant, without demonstration.
    #[must_use]
    pub fn new(tenant: Tenant) -> Self {
        let frame = Frame {
            municipality: tenant.profile.name.clone(),
            arms: assets::url("arms.svg"),
            phone: tenant.profile.phone.clone(),
            accessibility: "/tillganglighet".to_owned(),
            personal_data: "/personuppgifter".to_owned(),
        };
        Self {
            tenant,
            frame: Arc::new(frame),
            transport: Transport::Plain,
            #[cfg(feature = "demo")]
            demo: None,
        }
    }
}

/// All addresses with everything that stands around them.
pub fn router(site: Site, transport: Transport) -> Router {
    let around = Shell::new(Arc::clone(&site.frame), Arc::clone(&site.tenant.ids), transport);
    let site = Site { transport, ..site };
    shell(routes::router(&site).with_state(site), around)
}

/// What a service refused, as an answer: what the visitor may read of it.
impl From<ServiceError> for super::Error {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Self::NotFound,
            ServiceError::KeptAway(about) => Self::KeptAway(*about),
            ServiceError::Refused(text) => Self::Conflict(text),
            ServiceError::Stale => Self::Conflict(Localized::both(
                "Någon annan hann före, eller så har ärendet gått vidare. Ladda om sidan och se hur det står.",
                "Somebody was faster, or the case has moved on. Reload the page to see how it stands.",
            )),
            ServiceError::Invalid(findings) => Self::BadRequest(findings.into_iter().next().map_or_else(
                || Localized::both("Något är inte rätt ifyllt.", "Something is not filled in correctly."),
                |finding| finding.message,
            )),
            error @ (ServiceError::Definition(_) | ServiceError::Store(_) | ServiceError::Internal(_)) => Self::internal(error),
        }
    }
}

/// Serves a site until told to stop; requests under way are finished first.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    site: Site,
    transport: Transport,
    listener: tokio::net::TcpListener,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> std::io::Result<()> {
    let stopped = async move {
        // An error means that the sender is gone, which is a stop too.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    axum::serve(listener, router(site, transport)).with_graceful_shutdown(stopped).await
}
