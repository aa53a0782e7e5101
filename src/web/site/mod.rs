//! The addresses of the service: each handler takes what was asked, calls one service and fills a page.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::page::Frame;
use super::parts::Notice;
use super::{Shell, Transport, assets, shell};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::services::ServiceError;

mod case;
mod cases;
mod decide;
#[cfg(feature = "demo")]
mod demo;
mod diary;
mod letters;
mod payments;
mod periods;
mod start;
mod texts;
mod visitor;
mod words;

pub use visitor::Visitor;

/// What every handler reaches.
#[derive(Clone, Debug)]
pub struct Site {
    /// The municipality.
    pub tenant: Tenant,
    /// How every page shows her.
    pub frame: Arc<Frame>,
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
            #[cfg(feature = "demo")]
            demo: None,
        }
    }
}

/// All addresses with everything that stands around them.
pub fn router(site: Site, transport: Transport) -> Router {
    let around = Shell::new(Arc::clone(&site.frame), Arc::clone(&site.tenant.ids), transport);
    let routes = Router::new()
        .route("/", get(start::page))
        .route("/arenden", get(cases::page))
        .route("/arenden/{case}", get(case::page))
        .route("/arenden/{case}/steg", get(case::trace))
        .route("/arenden/{case}/uppgift/{task}", post(case::complete))
        .route("/arenden/{case}/komplettering", post(case::supplement))
        .route("/arenden/{case}/angra/{decision}", post(case::undo))
        .route("/arenden/{case}/brev/{decision}", get(letters::page))
        .route("/arenden/{case}/brev/{decision}/pdf", get(letters::pdf))
        .route("/arenden/{case}/handling/{document}", get(letters::document))
        .route("/beslut", get(decide::page).post(decide::decide))
        .route("/perioder", get(periods::page))
        .route("/perioder/stang", post(periods::close))
        .route("/utbetalningar", get(payments::page))
        .route("/utbetalningar/granska", post(payments::review))
        .route("/utbetalningar/attestera", post(payments::attest))
        .route("/utbetalningar/bunt", post(payments::batch))
        .route("/utbetalningar/sparr/{hold}", post(payments::release))
        .route("/utbetalningar/{batch}/{kind}", get(payments::file))
        .route("/diarium", get(diary::page))
        .route("/tillganglighet", get(texts::accessibility))
        .route("/personuppgifter", get(texts::personal_data));
    #[cfg(feature = "demo")]
    let routes = routes
        .route("/demo/klocka", post(demo::clock))
        .route("/demo/person", post(demo::persona))
        .route("/demo/brevlada", get(demo::mailbox))
        .route("/demo/brevlada/{mail}", get(demo::mail));
    shell(routes.with_state(site), around)
}

/// What a service refused, as an answer: what the visitor may read of it.
impl From<ServiceError> for super::Error {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Self::NotFound,
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

/// A receipt that the next page shows, carried in its address by a short word.
fn receipt(word: Option<&str>) -> Option<Notice> {
    let (heading, text) = match word? {
        "klar" => ("Uppgiften är klar", "Ärendet går vidare av sig självt."),
        "komplettering" => {
            ("Kompletteringen är begärd", "Föreningen får ett meddelande. Handläggningstiden står stilla tills svaret kommer.")
        }
        "angrat" => ("Beslutet är återtaget", "Inget brev har skickats. Ärendet är klart för beslut igen."),
        "beslutat" => {
            ("Besluten är fattade", "Varje ärende har fått sitt eget beslut. Breven skickas när tiden för att ångra har gått ut.")
        }
        "granskat" => ("Granskningen är klar", "Nu kan en annan person beslutsattestera."),
        "attesterat" => ("Attesterat", "Utbetalningarna kan läggas i en fil."),
        "bunt" => ("Filerna är klara", "Hämta dem nedan och lämna dem till banken och ekonomisystemet."),
        "havd" => ("Spärren är hävd", "Utbetalningen kan gå vidare."),
        "stangd" => ("Perioden är stängd", "Ärendena räknas nu slutligt på den låsta närvaron."),
        "ingen" => ("Inget att göra", "Det fanns inget att göra just nu."),
        _ => return None,
    };
    Some(Notice { shape: super::parts::Shape::Ok, heading: heading.to_owned(), text: text.to_owned() })
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
