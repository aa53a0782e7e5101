//! Closing periods.

use std::collections::BTreeMap;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::services::actor::{Action as Wish, authorize};
use crate::services::periods::{self, views};
use crate::web::officer::periods::{PeriodRow, PeriodsPage};
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, State as Shown, Weight};
use crate::web::site::{Site, Visitor, words};
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
            period: words::period(&period.period),
            last_day: words::date(period.last_day),
            waiting: period.waiting.to_string(),
            state: match (period.closed_at, over) {
                (Some(at), _) => Shown::ok(format!("Stängd {}", words::moment(at))),
                (None, true) => Shown::wait("Kan stängas"),
                (None, false) => Shown::none("Öppen"),
            },
            close: (period.closed_at.is_none() && over && may).then(|| close_action(period)),
        }
    });
    let rows = rows.collect();
    let page = visitor.page(&site, Section::Officer, "Perioder", Vec::new()).await?;
    html(&PeriodsPage { periods: rows, page })
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

fn close_action(period: &views::PeriodView) -> Action {
    let hidden = |name: &str, value: &str| Field {
        name: format!("{name}-{}-{}", period.grant_type, period.period.id),
        value: value.to_owned(),
        kind: FieldKind::Hidden,
        ..Field::default()
    };
    Action {
        url: "/perioder/stang".to_owned(),
        title: "Stäng perioden".to_owned(),
        weight: Weight::Primary,
        fields: vec![hidden("bidrag", &period.grant_type), hidden("period", &period.period.id)],
        ..Action::default()
    }
}
