//! The first page.

use axum::extract::State;
use axum::response::Response;

use crate::services::cases::views as case_views;
use crate::services::grants;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::public::start::{GrantRow, NextDay, Shortcut, StartPage};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let today = site.tenant.clock.today();
    let offers = grants::offers(&site.tenant).await?;
    let next =
        offers.iter().filter_map(|offer| offer.open.as_ref().map(|period| (offer, period))).min_by_key(|(_, period)| period.last_day);
    let next = next.map(|(offer, period)| NextDay {
        date: words::date(period.last_day),
        left: format!("om {}", words::days((period.last_day - today).num_days())),
        what: format!("{} {}", offer.title.get(visitor.language), words::period(&period.period)),
        calendar: None,
    });
    let rows = offers.iter().map(|offer| {
        let open = offer.open.as_ref();
        let coming = offer.coming.as_ref();
        let shown = open.or(coming);
        GrantRow {
            href: String::new(),
            name: offer.title.get(visitor.language).to_owned(),
            note: offer.summary.as_ref().map_or_else(String::new, |text| text.get(visitor.language).to_owned()),
            who: offer.applicants.get(visitor.language).to_owned(),
            what: offer.how.get(visitor.language).to_owned(),
            state: match (open, coming) {
                (Some(_), _) => Shown::ok("Öppen"),
                (None, Some(period)) => Shown::none(format!("Öppnar {}", words::date(period.period.opens))),
                (None, None) => Shown::none("Stängd"),
            },
            last_day: shown.map_or_else(String::new, |period| words::date(period.last_day)),
            period: shown.map_or_else(String::new, |period| words::period(&period.period)),
            payment: offer.payment.get(visitor.language).to_owned(),
        }
    });
    let page = visitor.page(&site, Section::Public, "Sök bidrag för er förening", Vec::new()).await?;
    html(&StartPage {
        lead: "Här ser ni vilka bidrag som finns, hur de räknas och när ni senast kan söka.".to_owned(),
        ways: Vec::new(),
        next,
        grants: rows.collect(),
        work: work(&site, &visitor).await?,
        page,
    })
}

/// What waits for those who work here.
async fn work(site: &Site, visitor: &Visitor) -> Result<Vec<Shortcut>, Error> {
    let Ok(actor) = visitor.staff() else { return Ok(Vec::new()) };
    let counts = case_views::counts(&site.tenant, actor).await?;
    let shortcut = |href: &str, text: &str, how: String| Shortcut { link: Link::new(href, text), text: how };
    Ok(vec![
        shortcut("/arenden", "Ärenden", format!("{} av {} ärenden behöver en handläggare", counts.todo, counts.open)),
        shortcut("/beslut", "Besluta", format!("{} ärenden är klara för beslut", counts.ready)),
        shortcut("/perioder", "Perioder", format!("{} ärenden väntar på att en period stänger", counts.close)),
        shortcut("/utbetalningar", "Utbetalning", "Granska, attestera och gör filer till bank och ekonomisystem".to_owned()),
    ])
}
