//! The last days to apply: as a page, and as a file for people's own calendars (RFC 5545).

use askama::Template;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::services::grants::calendar;
use crate::text::number;
use crate::web::page::Section;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// A day of the calendar.
#[derive(Clone, Debug, Default)]
pub struct CalendarRow {
    /// The last day.
    pub day: String,
    /// The grant's page.
    pub href: String,
    /// The grant.
    pub grant: String,
    /// The period.
    pub period: String,
    /// From when one can apply.
    pub opens: String,
}

/// The page of last days.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/calendar.html")]
pub struct CalendarPage {
    /// What stands around it.
    pub page: Page,
    /// The days, the next first.
    pub days: Vec<CalendarRow>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let days = calendar::days(&site.tenant).await?;
    let language = visitor.language;
    let days = days.into_iter().map(|day| CalendarRow {
        day: number::date(day.last_day, language),
        href: format!("/bidrag/{}", day.grant),
        grant: day.title.get(language).to_owned(),
        period: number::span(day.period.covers, language),
        opens: number::date(day.opens, language),
    });
    let days = days.collect();
    let page = visitor.page(&site, Section::Public, visitor.t("calendar-title"), Vec::new()).await?;
    html(&CalendarPage { page, days })
}

pub(super) async fn file(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let mut calendar = Calendar::new();
    let name = format!("{} – {}", visitor.t("calendar-title"), site.tenant.profile.name);
    calendar.name(&name);
    let host = site.tenant.profile.base_url.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    for day in calendar::days(&site.tenant).await? {
        let summary = format!(
            "{}: {} {}",
            visitor.t("calendar-last-day"),
            day.title.get(visitor.language),
            number::span(day.period.covers, visitor.language)
        );
        let event = Event::new()
            // The same identity every time, so that a calendar that fetches the file again changes its entry.
            .uid(&format!("{}-{}@{host}", day.grant, day.period.id))
            .timestamp(site.tenant.clock.now())
            .all_day(day.last_day)
            .summary(&summary)
            .url(&format!("{}/bidrag/{}", site.tenant.profile.base_url, day.grant))
            .done();
        calendar.push(event);
    }
    let headers = [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"bidrag.ics\"")];
    Ok((headers, calendar.done().to_string()).into_response())
}
