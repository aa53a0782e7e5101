//! Attests, holds and outcomes.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::domain::id::PaymentOrderId;
use crate::domain::payment::PaymentState;
use crate::services::actor::{Action as Wish, authorize};
use crate::services::error::Finding;
use crate::services::payments::views::{self, List, OrderShown, Standing};
use crate::services::payments::{self, Attest, Seen, Told};
use crate::services::{ServiceError, packages};
use crate::text::number;
use crate::web::page::{Page, Section, html_with};
use crate::web::parts::{Action, Choice, Field, FieldKind, Link};
use crate::web::pay::orders::{OrdersPage, Tab};
use crate::web::pay::{batches, words};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The lists by what the address says, with their texts' stem.
const LISTS: [(&str, List, &str); 6] = [
    ("granska", List::Review, "review"),
    ("attestera", List::Attest, "attest"),
    ("klart", List::Ready, "ready"),
    ("sparrat", List::Held, "held"),
    ("utred", List::Trouble, "trouble"),
    ("skickat", List::Sent, "sent"),
];

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    visa: String,
    #[serde(default)]
    efter: String,
    /// Payments that went back to be reviewed when files were made.
    #[serde(default)]
    tillbaka: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&shown(&site, &visitor, &asked).await?)
}

async fn shown(site: &Site, visitor: &Visitor, asked: &Asked) -> Result<OrdersPage, Error> {
    let actor = visitor.staff()?;
    let standing = views::standing(&site.tenant, actor).await?;
    let chosen = LISTS.iter().find(|(word, ..)| *word == asked.visa).unwrap_or_else(|| first(visitor, &standing));
    let (word, list, stem) = *chosen;
    let found = views::page(&site.tenant, actor, list, after(&asked.efter)).await?;
    let titles = packages::titles(&site.tenant).await?;
    let periods = packages::period_words(&site.tenant).await?;
    let page = visitor.page(site, Section::Officer, visitor.t("pay-title"), Vec::new()).await?;
    let payer = authorize(actor, Wish::Pay).is_ok();
    let orders = found.orders.iter().map(|order| {
        let mut row = words::row(&page, &titles, &periods, order);
        if payer {
            row.actions = actions(&page, list, order);
        }
        row
    });
    let orders = orders.collect();
    let (count, total) = standing.of(stem);
    let tabs = LISTS.iter().map(|(address, _, own)| Tab {
        link: Link::new(format!("/utbetalningar?visa={address}"), page.t(tab_key(own))),
        count: number::integer(standing.of(own).0),
        current: *address == word,
    });
    Ok(OrdersPage {
        tabs: tabs.collect(),
        heading: page.t(tab_key(stem)),
        lead: page.t(lead_key(stem)),
        empty: page.t(empty_key(stem)),
        summary: page.fill2("pay-summary", ("count", &number::integer(count)), ("total", &number::money(total))),
        attest_url: match list {
            List::Review => "/utbetalningar/granska".to_owned(),
            List::Attest => "/utbetalningar/attestera".to_owned(),
            List::Ready | List::Held | List::Trouble | List::Sent | List::Batch(_) | List::All | List::One(_) => String::new(),
        },
        attest_button: page.t(if list == List::Review { "pay-give-review" } else { "pay-give-attest" }),
        make_batch: (list == List::Ready && payer && count > 0).then(|| batches::handlers::make(&page)),
        next: found
            .next
            .map(|(at, id)| Link::new(format!("/utbetalningar?visa={word}&efter={}_{id}", at.timestamp_micros()), page.t("page-next"))),
        refused: Vec::new(),
        sent_back: batches::handlers::sent_back(site, visitor, &asked.tillbaka).await?,
        orders,
        page,
    })
}

/// The first list that has something for the visitor's role.
fn first(visitor: &Visitor, standing: &Standing) -> &'static (&'static str, List, &'static str) {
    use crate::domain::role::Role;
    let [review, attest, ready, ..] = &LISTS;
    let has = |role| visitor.staff().is_ok_and(|actor| actor.has(role));
    match standing {
        _ if has(Role::Reviewer) && standing.of("review").0 > 0 => review,
        _ if has(Role::Attester) && standing.of("attest").0 > 0 => attest,
        _ if standing.of("ready").0 > 0 => ready,
        _ => LISTS.iter().find(|(_, _, stem)| standing.of(stem).0 > 0).unwrap_or(review),
    }
}

fn tab_key(stem: &str) -> &'static str {
    match stem {
        "review" => "pay-tab-review",
        "attest" => "pay-tab-attest",
        "ready" => "pay-tab-ready",
        "held" => "pay-tab-held",
        "trouble" => "pay-tab-trouble",
        _ => "pay-tab-sent",
    }
}

fn lead_key(stem: &str) -> &'static str {
    match stem {
        "review" => "pay-lead-review",
        "attest" => "pay-lead-attest",
        "ready" => "pay-lead-ready",
        "held" => "pay-lead-held",
        "trouble" => "pay-lead-trouble",
        _ => "pay-lead-sent",
    }
}

fn empty_key(stem: &str) -> &'static str {
    match stem {
        "review" => "pay-empty-review",
        "attest" => "pay-empty-attest",
        "ready" => "pay-empty-ready",
        "held" => "pay-empty-held",
        "trouble" => "pay-empty-trouble",
        _ => "pay-empty-sent",
    }
}

/// Where a page begins, as `1788343200000000_0190…`.
pub(in crate::web::pay) fn after<T: std::str::FromStr>(text: &str) -> Option<(DateTime<Utc>, T)> {
    let (at, id) = text.split_once('_')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
}

/// What a payer can do with an order.
fn actions(page: &Page, list: List, order: &OrderShown) -> Vec<Action> {
    match list {
        List::Held => order.holds.iter().map(|hold| release_action(page, hold)).collect(),
        List::Trouble | List::Sent | List::Batch(_) => outcome_actions(page, order),
        List::Review | List::Attest | List::Ready | List::All | List::One(_) => Vec::new(),
    }
}

fn release_action(page: &Page, hold: &views::HoldShown) -> Action {
    let label = page.t("pay-release-why");
    Action {
        url: format!("/utbetalningar/sparr/{}", hold.row.id),
        title: page.t("pay-release"),
        explanation: hold.meaning.get(page.language).to_owned(),
        fields: vec![Field { name: format!("skal-{}", hold.row.id), label, ..Field::default() }],
        ..Action::default()
    }
}

/// Telling what became of it, and making it again where it was refused or came back.
pub(in crate::web::pay) fn outcome_actions(page: &Page, order: &OrderShown) -> Vec<Action> {
    let id = order.line.id;
    let choices: Vec<Choice> = Told::ALL
        .into_iter()
        .filter(|told| told.fits(order.state))
        .map(|told| Choice {
            value: told.state().code().to_owned(),
            text: told.state().name().get(page.language).to_owned(),
            selected: false,
        })
        .collect();
    let mut actions = Vec::new();
    if matches!(order.state, PaymentState::Rejected | PaymentState::Returned) {
        actions.push(Action {
            url: format!("/utbetalningar/order/{id}/igen"),
            title: page.t("pay-again"),
            explanation: page.t("pay-again-text"),
            ..Action::default()
        });
    }
    if !choices.is_empty() {
        actions.push(Action {
            url: format!("/utbetalningar/order/{id}/utfall"),
            title: page.t("pay-tell"),
            explanation: page.t("pay-tell-text"),
            fields: vec![
                Field {
                    name: format!("utfall-{id}"),
                    label: page.t("pay-tell-what"),
                    kind: FieldKind::Radios(choices),
                    ..Field::default()
                },
                Field { name: format!("skal-{id}"), label: page.t("pay-tell-why"), optional: true, ..Field::default() },
            ],
            ..Action::default()
        });
    }
    actions
}

pub(in crate::web) async fn review(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    each(&site, &visitor, Attest::Review, &sent).await
}

pub(in crate::web) async fn attest(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    each(&site, &visitor, Attest::Payment, &sent).await
}

/// Attests the ticked orders; those that are refused come back with the reason.
async fn each(site: &Site, visitor: &Visitor, which: Attest, sent: &[(String, String)]) -> Result<Response, Error> {
    let ticked: Vec<Seen> = sent.iter().filter(|(name, _)| name == "order").filter_map(|(_, value)| Seen::parse(value)).collect();
    let (visa, receipt) = match which {
        Attest::Review => ("granska", "granskat"),
        Attest::Payment => ("attestera", "attesterat"),
    };
    let asked = Asked { visa: visa.to_owned(), ..Asked::default() };
    if ticked.is_empty() {
        let mut page = shown(site, visitor, &asked).await?;
        page.page.errors = vec![Link::new("#h-list", page.page.t("pay-none-ticked"))];
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let done = payments::attest_seen(&site.tenant, visitor.staff()?, which, &ticked).await?;
    let refused: Vec<String> = done
        .iter()
        .filter_map(|one| {
            let why = match one.result.as_ref().err()? {
                ServiceError::Refused(text) => text.get(visitor.language).to_owned(),
                ServiceError::NotFound
                | ServiceError::KeptAway(_)
                | ServiceError::Invalid(_)
                | ServiceError::Stale
                | ServiceError::Definition(_)
                | ServiceError::Store(_)
                | ServiceError::Internal(_) => visitor.t("pay-gone"),
            };
            Some(if one.number.is_empty() { why } else { format!("{}: {why}", one.number) })
        })
        .collect();
    if refused.is_empty() {
        return Ok(Redirect::to(&format!("/utbetalningar?visa={visa}&kvitto={receipt}")).into_response());
    }
    let mut page = shown(site, visitor, &asked).await?;
    let given = done.len() - refused.len();
    page.page.errors = vec![Link::new(
        "#refused",
        page.page.fill2("pay-some-refused", ("given", &given.to_string()), ("refused", &refused.len().to_string())),
    )];
    page.refused = refused;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(in crate::web) async fn release(
    State(site): State<Site>,
    visitor: Visitor,
    Path(hold): Path<uuid::Uuid>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let name = format!("skal-{hold}");
    let reason = sent.get(&name).map(String::as_str).unwrap_or_default();
    let released = payments::release(&site.tenant, visitor.staff()?, hold, reason).await;
    let typed = [(name.clone(), reason)];
    answer(&site, &visitor, released, ("sparrat", "havd"), &name, &typed).await
}

pub(in crate::web) async fn tell(
    State(site): State<Site>,
    visitor: Visitor,
    Path(order): Path<PaymentOrderId>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(&format!("{name}-{order}")).map(String::as_str).unwrap_or_default();
    let (reason, told) = (value("skal"), Told::from_word(value("utfall")));
    let marked = payments::mark(&site.tenant, visitor.staff()?, order, told, reason).await;
    let missing = if told.is_some() { "skal" } else { "utfall" };
    let list = match told {
        Some(Told::Rejected | Told::Returned | Told::Unknown) if marked.is_ok() => "utred",
        Some(_) | None => "skickat",
    };
    let typed = [(format!("skal-{order}"), reason), (format!("utfall-{order}"), value("utfall"))];
    answer(&site, &visitor, marked, (list, "utfall"), &format!("{missing}-{order}"), &typed).await
}

pub(in crate::web) async fn again(
    State(site): State<Site>,
    visitor: Visitor,
    Path(order): Path<PaymentOrderId>,
) -> Result<Response, Error> {
    payments::pay_again(&site.tenant, visitor.staff()?, order).await?;
    Ok(Redirect::to("/utbetalningar?visa=granska&kvitto=betalas-igen").into_response())
}

/// On to the list with its receipt, or the same page with the error at its field.
async fn answer(
    site: &Site,
    visitor: &Visitor,
    result: Result<(), ServiceError>,
    (list, receipt): (&str, &str),
    field: &str,
    typed: &[(String, &str)],
) -> Result<Response, Error> {
    let findings = match result {
        Ok(()) => return Ok(Redirect::to(&format!("/utbetalningar?visa={list}&kvitto={receipt}")).into_response()),
        Err(ServiceError::Invalid(findings)) => findings,
        Err(other) => return Err(other.into()),
    };
    let text = findings.first().map_or_else(String::new, |finding| finding.message.get(visitor.language).to_owned());
    let mut page = None;
    // The order may stand in any of the lists that have the form.
    for list in [list, "utred", "skickat", "sparrat"] {
        let mut candidate = shown(site, visitor, &Asked { visa: list.to_owned(), ..Asked::default() }).await?;
        if candidate.orders.iter_mut().any(|row| row.actions.iter_mut().any(|action| refill(action, field, &text, typed))) {
            page = Some(candidate);
            break;
        }
        page.get_or_insert(candidate);
    }
    let mut page = page.ok_or(Error::NotFound)?;
    page.page.errors = vec![Link::new(format!("#{field}"), text)];
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The list of what is ready with the form that makes files, as it was sent, and what is wrong at its field.
pub(in crate::web::pay) async fn not_made(
    site: &Site,
    visitor: &Visitor,
    findings: &[Finding],
    sent: &BTreeMap<String, String>,
) -> Result<Response, Error> {
    let mut page = shown(site, visitor, &Asked { visa: "klart".to_owned(), ..Asked::default() }).await?;
    let typed: Vec<(String, &str)> = sent.iter().map(|(name, value)| (name.clone(), value.as_str())).collect();
    for finding in findings {
        let text = finding.message.get(visitor.language);
        page.make_batch.iter_mut().for_each(|action| {
            refill(action, &finding.place, text, &typed);
        });
        page.page.errors.push(Link::new(format!("#{}", finding.place), text));
    }
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Puts the error at its field and what was typed in all of the form; whether it is that form.
fn refill(action: &mut Action, field: &str, error: &str, typed: &[(String, &str)]) -> bool {
    if action.fields.iter().all(|known| known.name != field) {
        return false;
    }
    for known in &mut action.fields {
        let Some((_, value)) = typed.iter().find(|(name, _)| *name == known.name) else { continue };
        (*value).clone_into(&mut known.value);
        if let FieldKind::Radios(choices) = &mut known.kind {
            choices.iter_mut().for_each(|choice| choice.selected = choice.value == *value);
        }
        if known.name == field {
            known.error = Some(error.to_owned());
        }
    }
    true
}
