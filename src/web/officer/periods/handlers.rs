//! Closing periods.

use std::collections::BTreeMap;

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike;

use crate::domain::localized::Language;
use crate::domain::period::ActivityPeriod;
use crate::forms::ClashDefault;
use crate::services::actor::{Action as Wish, authorize};
use crate::services::periods::{self, views};
use crate::text::number;
use crate::web::officer::periods::{ClosePage, PeriodRow, PeriodsPage};
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let today = site.tenant.clock.today();
    let found = views::all(&site.tenant, actor).await?;
    let may = authorize(actor, Wish::Administer).is_ok();
    let rows = found.iter().map(|period| {
        let over = period.last_day < today;
        PeriodRow {
            grant: period.grant.get(visitor.language).to_owned(),
            period: period_words(&period.period, visitor.language),
            last_day: number::date(period.last_day, visitor.language),
            waiting: number::integer(period.waiting),
            state: match (period.closed_at, over) {
                (Some(at), _) => Shown::ok(say(visitor.language, "periods-closed", &[("at", &number::moment(at, visitor.language))])),
                (None, true) => Shown::wait(visitor.t("periods-can-close")),
                (None, false) => Shown::none(visitor.t("periods-open")),
            },
            ways: if period.closed_at.is_none() { ways(&visitor, period, today) } else { Vec::new() },
            close: (period.closed_at.is_none() && over && may).then(|| Link::new(close_url(period), visitor.t("periods-close"))),
        }
    });
    let rows = rows.collect();
    let page = visitor.page(&site, Section::Officer, visitor.t("periods-title"), Vec::new()).await?;
    html(&PeriodsPage { periods: rows, page })
}

/// Which period is to be closed.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    bidrag: String,
    #[serde(default)]
    period: String,
}

pub(in crate::web) async fn before_close(
    State(site): State<Site>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let found = periods::views::preview(&site.tenant, visitor.staff()?, &asked.bidrag, &asked.period).await?;
    let t = |key: &str| visitor.t(key);
    let crumbs = vec![Link::new("/perioder", t("periods-title")), Link::here(t("periods-close"))];
    let page = visitor.page(&site, Section::Officer, t("periods-close"), crumbs).await?;
    let mut facts = vec![(t("periods-close-cases"), number::integer(found.view.waiting))];
    if found.attendance {
        facts.push((t("periods-close-files"), number::integer(found.files)));
        facts.push((t("periods-close-associations"), number::integer(found.associations)));
        facts.push((t("periods-close-unanswered"), number::integer(found.unanswered)));
    }
    let default = found.default.filter(|_| found.unanswered > 0).map(|default| match default {
        ClashDefault::None => t("periods-default-none"),
        ClashDefault::First => t("periods-default-first"),
        ClashDefault::Both => t("periods-default-both"),
        ClashDefault::Officer => t("periods-default-officer"),
    });
    html(&ClosePage {
        about: format!("{} · {}", found.view.grant.get(visitor.language), period_words(&found.view.period, visitor.language)),
        facts,
        unanswered: default.unwrap_or_default(),
        close: close_action(&visitor, &found.view),
        page,
    })
}

fn close_url(period: &views::PeriodView) -> String {
    let pairs = [("bidrag", period.grant_type.as_str()), ("period", period.period.id.as_str())];
    format!("/perioder/stang?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

pub(in crate::web) async fn close(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.iter().find(|(key, _)| key.starts_with(name)).map(|(_, value)| value.as_str()).unwrap_or_default();
    periods::close(&site.tenant, visitor.staff()?, value("bidrag"), value("period")).await?;
    Ok(Redirect::to("/perioder?kvitto=stangd").into_response())
}

fn ways(visitor: &Visitor, period: &views::PeriodView, today: chrono::NaiveDate) -> Vec<Link> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("omgang", &crate::web::officer::rounds::word(period)).finish();
    let mut ways = vec![Link::new(format!("/perioder/anstand?{query}"), visitor.t("periods-extend"))];
    if today <= period.last_day {
        ways.push(Link::new(format!("/perioder/paminnelser?{query}"), visitor.t("periods-remind")));
    }
    ways
}

/// A period in words: `januari–juni 2026`, `2026`, or its dates.
fn period_words(period: &ActivityPeriod, language: Language) -> String {
    let (from, to) = (period.covers.from, period.covers.to);
    let month = |day: chrono::NaiveDate| number::date(day, language).split(' ').nth(1).unwrap_or_default().to_owned();
    let whole_months = from.day() == 1 && to.succ_opt().is_some_and(|next| next.day() == 1);
    match (from.year() == to.year() && whole_months, from.month(), to.month()) {
        (true, 1, 12) => from.year().to_string(),
        (true, _, _) => format!("{}–{} {}", month(from), month(to), to.year()),
        (false, _, _) => format!("{} – {}", number::date(from, language), number::date(to, language)),
    }
}

fn close_action(visitor: &Visitor, period: &views::PeriodView) -> Action {
    let hidden = |name: &str, value: &str| Field {
        name: format!("{name}-{}-{}", period.grant_type, period.period.id),
        value: value.to_owned(),
        kind: FieldKind::Hidden,
        ..Field::default()
    };
    Action {
        url: "/perioder/stang".to_owned(),
        title: visitor.t("periods-close"),
        explanation: visitor.t("periods-close-text"),
        button: visitor.t("periods-close-button"),
        weight: Weight::Primary,
        fields: vec![hidden("bidrag", &period.grant_type), hidden("period", &period.period.id)],
    }
}
