//! Making files, fetching them, taking in the bank's report.

use std::collections::BTreeMap;

use axum::extract::{Form, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::id::PaymentBatchId;
use crate::domain::payment::PaymentState;
use crate::domain::{Localized, Money};
use crate::services::actor::{Action as Wish, authorize};
use crate::services::payments::views::{self, BatchShown, List};
use crate::services::payments::{self, Channel};
use crate::services::{ServiceError, packages};
use crate::text::number;
use crate::web::page::{Page, Section, html_with};
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::pay::batches::{Batch, BatchPage, BatchesPage, FileLink, StateLine};
use crate::web::pay::orders::handlers::{after, not_made, outcome_actions};
use crate::web::pay::words;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    efter: String,
    #[serde(default)]
    okanda: String,
    /// Payments that went back to be reviewed when the files were made.
    #[serde(default)]
    tillbaka: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&all(&site, &visitor, &asked).await?)
}

async fn all(site: &Site, visitor: &Visitor, asked: &Asked) -> Result<BatchesPage, Error> {
    let actor = visitor.staff()?;
    let (found, more) = views::batch_page(&site.tenant, actor, after(&asked.efter)).await?;
    let crumbs = vec![Link::new("/utbetalningar", visitor.t("pay-title")), Link::here(visitor.t("pay-batches"))];
    let page = visitor.page(site, Section::Officer, visitor.t("pay-batches"), crumbs).await?;
    let payer = authorize(actor, Wish::Pay).is_ok();
    let next = found.last().filter(|_| more).map(|last| {
        let address = format!("/utbetalningar/buntar?efter={}_{}", last.row.created_at.timestamp_micros(), last.row.id);
        Link::new(address, page.t("page-next"))
    });
    Ok(BatchesPage {
        batches: found.iter().map(|batch| shown(&page, batch, payer)).collect(),
        may_report: payer,
        report_error: None,
        next,
        page,
    })
}

fn shown(page: &Page, batch: &BatchShown, payer: bool) -> Batch {
    let row = &batch.row;
    let of = |wanted: &[PaymentState]| {
        batch
            .states
            .iter()
            .filter(|(state, ..)| wanted.contains(state))
            .fold((0, Money::ZERO), |(count, sum), (_, more, total)| (count + more, sum.checked_add(*total).unwrap_or(sum)))
    };
    let paid = of(&[PaymentState::Booked, PaymentState::Accepted]);
    let open = of(&[PaymentState::Exported, PaymentState::Unknown]);
    let failed = of(&[PaymentState::Rejected, PaymentState::Returned]);
    let state = match (failed.0, open.0) {
        (1.., _) => Shown::stop(page.t("pay-batch-failed")),
        (_, 1..) => Shown::wait(page.t("pay-batch-open")),
        (_, _) => Shown::ok(page.t("pay-batch-done")),
    };
    let open_link = if batch.closed { String::new() } else { format!("/utbetalningar/buntar/{}", row.id) };
    Batch {
        link: Link::new(open_link, row.number.clone()),
        pay_date: number::date(row.execution_on, page.language),
        count: number::integer(row.orders),
        total: number::money(row.total_ore),
        reconciled: page.fill3(
            "pay-reconciled",
            ("paid", &number::money(paid.1)),
            ("open", &number::money(open.1)),
            ("failed", &number::money(failed.1)),
        ),
        state,
        states: batch
            .states
            .iter()
            .map(|(state, count, total)| StateLine {
                state: words::state(*state, page.language),
                count: number::integer(*count),
                total: number::money(*total),
            })
            .collect(),
        files: if batch.closed { Vec::new() } else { batch.files.iter().map(|file| file_link(page, file, payer)).collect() },
        closed: batch.closed.then(|| page.t("pay-batch-closed")),
    }
}

fn file_link(page: &Page, file: &crate::services::payments::views::FileHead, payer: bool) -> FileLink {
    let word = file.kind.word();
    let href = if payer { format!("/utbetalningar/buntar/{}/{word}", file.batch_id) } else { String::new() };
    FileLink {
        link: Link::new(href, file.name.clone()),
        kind: page.t(match word {
            "pain001" => "pay-file-pain001",
            "sie4i" => "pay-file-sie4i",
            "ledger" => "pay-file-ledger",
            _ => "pay-file-manual",
        }),
        detail: format!("{} byte, sha256 {}…", number::integer(file.size), &file.sha256[..12]),
    }
}

pub(in crate::web) async fn one(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<PaymentBatchId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let batch = views::batch(&site.tenant, actor, id).await?;
    let found = views::page(&site.tenant, actor, List::Batch(id), after(&asked.efter)).await?;
    let titles = packages::titles(&site.tenant).await?;
    let periods = packages::period_words(&site.tenant).await?;
    let crumbs = vec![
        Link::new("/utbetalningar", visitor.t("pay-title")),
        Link::new("/utbetalningar/buntar", visitor.t("pay-batches")),
        Link::here(batch.row.number.clone()),
    ];
    let page = visitor.page(&site, Section::Officer, batch.row.number.clone(), crumbs).await?;
    let payer = authorize(actor, Wish::Pay).is_ok();
    let orders = found.orders.iter().map(|order| {
        let mut row = words::row(&page, &titles, &periods, order);
        if payer {
            row.actions = outcome_actions(&page, order);
        }
        row
    });
    let foreign: usize = asked.okanda.parse().unwrap_or(0);
    html(&BatchPage {
        orders: orders.collect(),
        batch: shown(&page, &batch, payer),
        sent_back: sent_back(&site, &visitor, &asked.tillbaka).await?,
        foreign: (foreign > 0).then(|| page.count("pay-report-foreign", foreign)),
        next: found.next.map(|(at, order)| {
            let address = format!("/utbetalningar/buntar/{id}?efter={}_{order}", at.timestamp_micros());
            Link::new(address, page.t("page-next"))
        }),
        page,
    })
}

pub(in crate::web) async fn build(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    authorize(visitor.staff()?, Wish::Pay)?;
    let channel = Channel::from_word(value("kanal"))
        .ok_or_else(|| Error::BadRequest(Localized::both("Välj hur utbetalningen ska lämnas.", "Choose how the payment leaves.")))?;
    let day = match value("dag").trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| {
            let message = Localized::both("Skriv dagen som 2026-09-01.", "Write the day as 2026-09-01.");
            ServiceError::invalid("dag", "unreadable", message)
        }),
    };
    let made = match day {
        Ok(day) => payments::make(&site.tenant, visitor.staff()?, channel, day).await,
        Err(error) => Err(error),
    };
    let made = match made {
        Ok(made) => made,
        Err(ServiceError::Invalid(findings)) => return not_made(&site, &visitor, &findings, &sent).await,
        Err(other) => return Err(other.into()),
    };
    let back = made.sent_back.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
    let back = if back.is_empty() { back } else { format!("&tillbaka={back}") };
    Ok(match made.batch {
        Some(id) => Redirect::to(&format!("/utbetalningar/buntar/{id}?kvitto=bunt{back}")),
        None => Redirect::to(&format!("/utbetalningar?kvitto=ingen{back}")),
    }
    .into_response())
}

/// Payments that went back to be reviewed, each in a sentence with a link to its case.
pub(in crate::web::pay) async fn sent_back(site: &Site, visitor: &Visitor, ids: &str) -> Result<Vec<(Link, String)>, Error> {
    let ids: Vec<_> = ids.split('.').take(SENT_BACK).filter_map(|id| id.parse().ok()).collect();
    let orders = views::some(&site.tenant, visitor.staff()?, &ids).await?;
    let told = orders
        .into_iter()
        .map(|order| (Link::new(format!("/arenden/{}", order.line.case_id), order.line.number.clone()), order.line.payee));
    Ok(told.collect())
}

/// How many payments that went back are named.
const SENT_BACK: usize = 50;

/// How large a report may be, in bytes: a status of a few hundred bytes for each of 10 000 payments.
const REPORT_BYTES: usize = 8 * 1024 * 1024;

pub(in crate::web) async fn report(State(site): State<Site>, visitor: Visitor, mut parts: Multipart) -> Result<Response, Error> {
    let mut bytes = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| Error::TooLarge)? {
        if part.name() == Some("fil") {
            bytes = part.bytes().await.map_err(|_| Error::TooLarge)?.to_vec();
        }
    }
    if bytes.len() > REPORT_BYTES {
        return Err(Error::TooLarge);
    }
    match payments::import_report(&site.tenant, visitor.staff()?, &bytes).await {
        Ok(imported) => {
            let foreign = imported.foreign.len();
            Ok(Redirect::to(&format!("/utbetalningar/buntar/{}?kvitto=rapport&okanda={foreign}", imported.batch)).into_response())
        }
        Err(ServiceError::Invalid(findings)) => {
            let text = findings.first().map_or_else(String::new, |finding| finding.message.get(visitor.language).to_owned());
            let mut page = all(&site, &visitor, &Asked::default()).await?;
            page.page.errors = vec![Link::new("#fil", text.clone())];
            page.report_error = Some(text);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((batch, kind)): Path<(PaymentBatchId, String)>,
) -> Result<Response, Error> {
    let file = views::file(&site.tenant, visitor.staff()?, batch, &kind).await?;
    let headers =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name))];
    Ok((headers, file.bytes).into_response())
}

/// The form that makes files of everything that is ready.
pub(in crate::web::pay) fn make(page: &Page) -> Action {
    let choice = |value: &str, key: &str, selected| Choice { value: value.to_owned(), text: page.t(key), selected };
    Action {
        url: "/utbetalningar/buntar".to_owned(),
        title: page.t("pay-make"),
        explanation: page.t("pay-make-text"),
        weight: Weight::Primary,
        fields: vec![
            Field {
                name: "dag".to_owned(),
                label: page.t("pay-make-day"),
                hint: Some(page.t("pay-make-day-hint")),
                optional: true,
                kind: FieldKind::Date,
                ..Field::default()
            },
            Field {
                name: "kanal".to_owned(),
                label: page.t("pay-make-channel"),
                kind: FieldKind::Radios(vec![
                    choice("bank", "pay-channel-bank", true),
                    choice("ledger", "pay-channel-ledger", false),
                    choice("manual", "pay-channel-manual", false),
                ]),
                ..Field::default()
            },
        ],
        ..Action::default()
    }
}
