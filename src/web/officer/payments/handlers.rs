//! Payment: the two attests, holds, and the files for bank and ledger.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::id::PaymentBatchId;
use crate::domain::payment::PaymentState;
use crate::domain::{Localized, Money};
use crate::services::actor::{Action as Wish, authorize};
use crate::services::payments::{self, Channel, views};
use crate::services::{Actor, ServiceError};
use crate::text::number;
use crate::web::officer::payments::{Batch, FileLink, HeldRow, OrderRow, PaymentsPage};
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let orders = views::orders(&mut tx, &site.tenant).await?;
    let stored = views::batches(&mut tx).await?;
    let mut batches = Vec::new();
    for (state, title, url, receipt) in [
        (PaymentState::Draft, "Att granska", "/utbetalningar/granska", "Ge granskningsattest"),
        (PaymentState::Reviewed, "Att beslutsattestera", "/utbetalningar/attestera", "Ge beslutsattest"),
    ] {
        let here: Vec<_> = orders.iter().filter(|order| order.state == state).collect();
        if !here.is_empty() {
            batches.push(waiting(actor, state, title, url, receipt, &here));
        }
    }
    for batch in stored {
        let here: Vec<_> = orders.iter().filter(|order| order.order.batch_id == Some(batch.id)).collect();
        let files = views::files(&mut tx, batch.id).await?;
        batches.push(Batch {
            title: batch.number.clone(),
            state: Shown::ok("Filerna är klara"),
            pay_date: words::date(batch.execution_on),
            count: number::integer(batch.orders),
            total: number::money(batch.total_ore),
            reviewed: String::new(),
            approved: String::new(),
            actions: Vec::new(),
            waiting: String::new(),
            files: files
                .iter()
                .map(|file| FileLink {
                    link: Link::new(format!("/utbetalningar/{}/{}", batch.id, file.kind.word()), file.name.clone()),
                    kind: kind(file.kind.word()).to_owned(),
                    detail: format!(
                        "{} byte, {}",
                        number::integer(i64::try_from(file.bytes.len()).unwrap_or_default()),
                        &file.sha256[..12]
                    ),
                })
                .collect(),
            orders: here.iter().map(|order| row(order)).collect(),
        });
    }
    drop(tx);
    let attested: Vec<_> = orders.iter().filter(|order| order.state == PaymentState::Attested && order.holds.is_empty()).collect();
    let held: Vec<_> = orders.iter().filter(|order| order.state.can_be_held() && !order.holds.is_empty()).collect();
    let total: Money = attested.iter().map(|order| order.order.amount_ore).sum();
    let page = visitor.page(&site, Section::Officer, "Utbetalning", Vec::new()).await?;
    html(&PaymentsPage {
        summary: format!("{} utbetalningar kan läggas i en fil, {}. {} är spärrade.", attested.len(), number::money(total), held.len()),
        ready: attested.iter().map(|order| row(order)).collect(),
        ready_total: number::money(total),
        make_batch: authorize(actor, Wish::Pay).is_ok().then(make_batch),
        held: held.iter().map(|order| held_row(actor, order)).collect(),
        batches,
        page,
    })
}

pub(in crate::web) async fn review(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    each(&site, &visitor, PaymentState::Draft).await
}

pub(in crate::web) async fn attest(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    each(&site, &visitor, PaymentState::Reviewed).await
}

/// Attests every order in a state that the visitor may; the first refusal is told when none could be.
async fn each(site: &Site, visitor: &Visitor, state: PaymentState) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let orders = views::orders(&mut tx, &site.tenant).await?;
    drop(tx);
    let (mut done, mut refused) = (0, None);
    for order in orders.iter().filter(|order| order.state == state) {
        let result = match state {
            PaymentState::Draft => payments::review(&site.tenant, actor, order.order.id).await,
            _ => payments::attest(&site.tenant, actor, order.order.id).await,
        };
        match result {
            Ok(()) => done += 1,
            Err(error @ (ServiceError::Refused(_) | ServiceError::Stale)) => refused = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    match (done, refused) {
        (0, Some(error)) => Err(error.into()),
        (0, None) => Ok(Redirect::to("/utbetalningar?kvitto=ingen").into_response()),
        _ if state == PaymentState::Draft => Ok(Redirect::to("/utbetalningar?kvitto=granskat").into_response()),
        _ => Ok(Redirect::to("/utbetalningar?kvitto=attesterat").into_response()),
    }
}

pub(in crate::web) async fn batch(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let channel = Channel::from_word(value("kanal"))
        .ok_or_else(|| Error::BadRequest(Localized::both("Välj hur utbetalningen ska lämnas.", "Choose how the payment leaves.")))?;
    let built = payments::build(&site.tenant, visitor.staff()?, channel, value("dag").parse().ok()).await?;
    let receipt = if built.is_some() { "bunt" } else { "ingen" };
    Ok(Redirect::to(&format!("/utbetalningar?kvitto={receipt}")).into_response())
}

pub(in crate::web) async fn release(
    State(site): State<Site>,
    visitor: Visitor,
    Path(hold): Path<uuid::Uuid>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let reason = sent.iter().find(|(key, _)| key.starts_with("skal")).map(|(_, value)| value.as_str()).unwrap_or_default();
    payments::release(&site.tenant, visitor.staff()?, hold, reason).await?;
    Ok(Redirect::to("/utbetalningar?kvitto=havd").into_response())
}

pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((batch, kind)): Path<(PaymentBatchId, String)>,
) -> Result<Response, Error> {
    authorize(visitor.staff()?, Wish::Pay)?;
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let files = views::files(&mut tx, batch).await?;
    let file = files.into_iter().find(|file| file.kind.word() == kind).ok_or(Error::NotFound)?;
    let headers =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name))];
    Ok((headers, file.bytes).into_response())
}

fn waiting(actor: &Actor, state: PaymentState, title: &str, url: &str, button: &str, here: &[&views::OrderView]) -> Batch {
    let total: Money = here.iter().map(|order| order.order.amount_ore).sum();
    let highest = here.iter().max_by_key(|order| order.order.amount_ore);
    let refused = highest.and_then(|order| {
        let (payee, amount) = (order.order.organisation_id, order.order.amount_ore);
        let wish = if state == PaymentState::Draft { Wish::Review { payee, amount } } else { Wish::Attest { payee, amount } };
        authorize(actor, wish).err()
    });
    Batch {
        title: title.to_owned(),
        state: Shown::wait("Väntar på attest"),
        pay_date: "–".to_owned(),
        count: here.len().to_string(),
        total: number::money(total),
        actions: if refused.is_none() {
            vec![Action { url: url.to_owned(), title: button.to_owned(), weight: Weight::Primary, ..Action::default() }]
        } else {
            Vec::new()
        },
        waiting: match refused {
            Some(ServiceError::Refused(text)) => text.sv,
            Some(_) | None => String::new(),
        },
        orders: here.iter().map(|order| row(order)).collect(),
        ..Batch::default()
    }
}

fn row(order: &views::OrderView) -> OrderRow {
    let changed = order.account_before.as_ref().map_or_else(String::new, |before| format!(" (tidigare {before})"));
    OrderRow {
        href: format!("/arenden/{}", order.order.case_id),
        diary_number: order.number.clone(),
        association: order.payee.clone(),
        purpose: "Bidrag".to_owned(),
        account: order.account.as_ref().map_or_else(|| "Konto saknas".to_owned(), |account| format!("{account}{changed}")),
        due: String::new(),
        amount: number::money(order.order.amount_ore),
    }
}

fn held_row(actor: &Actor, order: &views::OrderView) -> HeldRow {
    let hold = order.holds.first();
    let until = hold.and_then(|hold| hold.until).map_or_else(String::new, |until| format!(" Till och med {}.", words::date(until)));
    HeldRow {
        order: row(order),
        state: Shown::stop("Spärrad"),
        reason: hold.map_or_else(String::new, |hold| format!("{}{until}", hold.note)),
        release: hold.filter(|_| authorize(actor, Wish::Pay).is_ok()).map(|hold| Action {
            url: format!("/utbetalningar/sparr/{}", hold.id),
            title: "Häv spärren".to_owned(),
            fields: vec![Field { name: format!("skal-{}", hold.id), label: "Varför hävs den?".to_owned(), ..Field::default() }],
            ..Action::default()
        }),
    }
}

fn make_batch() -> Action {
    let choice = |value: &str, text: &str, selected| Choice { value: value.to_owned(), text: text.to_owned(), selected };
    Action {
        url: "/utbetalningar/bunt".to_owned(),
        title: "Gör filer".to_owned(),
        explanation: "Alla attesterade utbetalningar utan spärr läggs i en bunt. De skickas aldrig två gånger.".to_owned(),
        weight: Weight::Primary,
        fields: vec![
            Field {
                name: "dag".to_owned(),
                label: "Betalningsdag".to_owned(),
                hint: Some("Lämna tomt för nästa bankdag.".to_owned()),
                optional: true,
                kind: FieldKind::Date,
                ..Field::default()
            },
            Field {
                name: "kanal".to_owned(),
                label: "Hur ska utbetalningen lämnas?".to_owned(),
                kind: FieldKind::Radios(vec![
                    choice("bank", "Till banken (pain.001) och ekonomisystemet (SIE 4I)", true),
                    choice("ledger", "Till ekonomisystemet, som betalar", false),
                    choice("manual", "Som lista, betalas för hand", false),
                ]),
                ..Field::default()
            },
        ],
        ..Action::default()
    }
}

fn kind(word: &str) -> &'static str {
    match word {
        "pain001" => "Betalfil till banken (pain.001)",
        "sie4i" => "Verifikationer till ekonomisystemet (SIE 4I)",
        "ledger" => "Fil till ekonomisystemet",
        _ => "Betalningslista",
    }
}
