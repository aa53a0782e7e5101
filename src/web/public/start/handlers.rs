//! The first page.

use axum::extract::State;
use axum::response::Response;

use crate::services::cases::views as case_views;
use crate::services::grants;
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::{Link, State as Shown};
use crate::web::public::start::{GrantRow, NextDay, Shortcut, StartPage};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let today = site.tenant.clock.today();
    let language = visitor.language;
    let offers = grants::offers(&site.tenant).await?;
    let title = visitor.t("start-title").replace('…', &site.tenant.profile.name);
    let page = visitor.page(&site, Section::Public, title, Vec::new()).await?;
    // What has no end to speak of, as an approval that can be sought all the year, is no last day to remember.
    let next =
        offers.iter().filter_map(|offer| offer.open.as_ref().map(|period| (offer, period))).min_by_key(|(_, period)| period.last_day).map(
            |(offer, period)| NextDay {
                date: number::date(period.last_day, language),
                left: left(&page, (period.last_day - today).num_days()),
                what: format!("{} {}", offer.title.get(language), number::span(period.period.covers, language)),
                calendar: Some(Link::new("/kalender.ics", page.t("start-calendar"))),
            },
        );
    let rows = offers.iter().map(|offer| {
        let (open, coming) = (offer.open.as_ref(), offer.coming.as_ref());
        let shown = open.or(coming);
        GrantRow {
            href: format!("/bidrag/{}", offer.id),
            name: offer.title.get(language).to_owned(),
            note: offer.summary.as_ref().map_or_else(String::new, |text| text.get(language).to_owned()),
            who: offer.applicants.get(language).to_owned(),
            what: offer.benefit.as_ref().unwrap_or(&offer.how).get(language).to_owned(),
            state: match (open, coming) {
                (Some(_), _) => Shown::ok(page.t("start-open")),
                (None, Some(period)) => Shown::none(page.fill("start-opens", "date", number::date(period.period.opens, language))),
                (None, None) => Shown::none(page.t("start-closed")),
            },
            last_day: shown.map_or_else(String::new, |period| number::date(period.last_day, language)),
            period: shown.map_or_else(String::new, |period| number::span(period.period.covers, language)),
            payment: offer.payment.get(language).to_owned(),
        }
    });
    let ways = if visitor.is_staff() {
        Vec::new()
    } else {
        let own = if visitor.session().is_some() {
            Link::new("/mina-sidor", page.t("nav-home"))
        } else {
            Link::new("/logga-in?till=%2Fmina-sidor", page.t("start-log-in"))
        };
        vec![Link::new("/vilka-bidrag", page.t("finder-title")), own]
    };
    html(&StartPage { lead: page.t("start-lead"), ways, next, grants: rows.collect(), work: work(&site, &visitor, &page).await?, page })
}

fn left(page: &Page, days: i64) -> String {
    match usize::try_from(days).unwrap_or_default() {
        0 => page.t("start-today"),
        days => page.count("start-days-left", days),
    }
}

/// What waits for those who work here.
async fn work(site: &Site, visitor: &Visitor, page: &Page) -> Result<Vec<Shortcut>, Error> {
    let Ok(actor) = visitor.staff() else { return Ok(Vec::new()) };
    let counts = case_views::counts(&site.tenant, actor).await?;
    let shortcut = |href: &str, key: &str, how: String| Shortcut { link: Link::new(href, page.t(key)), text: how };
    Ok(vec![
        shortcut("/arenden", "nav-cases", page.count("start-work-cases", counted(counts.todo))),
        shortcut("/beslut", "nav-decide", page.count("start-work-decide", counted(counts.ready))),
        shortcut("/perioder", "start-periods", page.count("start-work-periods", counted(counts.close))),
        shortcut("/utbetalningar", "nav-payments", page.t("start-work-payments")),
    ])
}

fn counted(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}
