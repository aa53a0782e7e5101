//! Deciding many cases in one sitting.

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::id::CaseId;
use crate::domain::{Localized, Money};
use crate::services::Actor;
use crate::services::decisions::{self, views};
use crate::text::number;
use crate::web::officer::decide::{DecidePage, DecideRow, ExcludedRow};
use crate::web::page::Section;
use crate::web::parts::{Choice, State as Shown};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html, html_with};

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    omgang: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, &asked.omgang, None).await?)
}

/// The fields of a form as they were sent.
type Sent = Vec<(String, String)>;

pub(in crate::web) async fn decide(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let chosen: Vec<CaseId> = sent.iter().filter(|(key, _)| key == "arende").filter_map(|(_, id)| id.parse().ok()).collect();
    let confirmed = sent.iter().any(|(key, value)| key == "bekrafta" && value == "ja");
    let missing = match (chosen.is_empty(), confirmed) {
        (true, _) => Some("Välj minst ett ärende att besluta."),
        (false, false) => Some("Bekräfta att du har gått igenom raderna."),
        (false, true) => None,
    };
    if let Some(missing) = missing {
        let mut page = fill(&site, &visitor, "", Some(missing.to_owned())).await?;
        for row in &mut page.ready {
            row.selected = chosen.iter().any(|id| id.to_string() == row.id);
        }
        return html_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let done = decisions::decide_batch(&site.tenant, visitor.staff()?, &chosen).await?;
    let refused: Vec<String> = done
        .into_iter()
        .filter_map(|one| one.result.err())
        .map(|error| match error {
            crate::services::ServiceError::Refused(text) => text.sv,
            crate::services::ServiceError::Stale => "Ett ärende har gått vidare.".to_owned(),
            other => other.to_string(),
        })
        .collect();
    match refused.first() {
        None => Ok(Redirect::to("/beslut?kvitto=beslutat").into_response()),
        Some(first) => Err(Error::Conflict(Localized::both(
            format!("{} av {} ärenden beslutades inte: {first}", refused.len(), chosen.len()),
            format!("{} of {} cases were not decided: {first}", refused.len(), chosen.len()),
        ))),
    }
}

async fn fill(site: &Site, visitor: &Visitor, round: &str, confirm_error: Option<String>) -> Result<DecidePage, Error> {
    let actor = visitor.staff()?;
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let all = views::ready(&mut tx, &site.tenant).await?;
    drop(tx);
    let mut rounds: Vec<String> = all.iter().map(|one| format!("{}/{}", one.grant_type, one.period)).collect();
    rounds.dedup();
    let here: Vec<_> = all.into_iter().filter(|one| round.is_empty() || round == format!("{}/{}", one.grant_type, one.period)).collect();
    let limit = limit(actor);
    let (mut ready, mut excluded) = (Vec::new(), Vec::new());
    for one in &here {
        let href = format!("/arenden/{}", one.case);
        if limit.is_none_or(|most| one.amount <= most) && may(actor) {
            ready.push(DecideRow {
                id: one.case.to_string(),
                href,
                diary_number: one.number.clone(),
                association: one.applicant.clone(),
                outcome: words::outcome(one.outcome),
                why: one.remarks.first().cloned().unwrap_or_default(),
                amount: number::money(one.amount),
                ore: one.amount.ore(),
                change: change(one.before, one.amount),
                check: if one.remarks.is_empty() { Shown::ok("Utan anmärkning") } else { Shown::wait("Granskad anmärkning") },
                selected: one.remarks.is_empty(),
            });
        } else {
            excluded.push(ExcludedRow {
                href,
                diary_number: one.number.clone(),
                association: one.applicant.clone(),
                amount: number::money(one.amount),
                reason: if may(actor) { "Beloppet är högre än din delegation".to_owned() } else { "Du har ingen delegation".to_owned() },
                state: Shown::none("Utanför bunten"),
            });
        }
    }
    let chosen: Vec<Money> = ready.iter().filter(|row| row.selected).map(|row| Money::from_ore(row.ore)).collect();
    let total: Money = chosen.iter().copied().sum();
    let choice = |value: &str, text: String| Choice { value: value.to_owned(), selected: value == round, text };
    let mut choices = vec![choice("", "Alla omgångar".to_owned())];
    choices.extend(rounds.iter().map(|name| choice(name, name.replace('/', " "))));
    let page = visitor.page(site, Section::Officer, "Besluta flera ärenden", Vec::new()).await?;
    Ok(DecidePage {
        rounds: choices,
        mandate: mandate(actor, here.len(), total),
        url: if may(actor) { "/beslut".to_owned() } else { String::new() },
        version: String::new(),
        selected: chosen.len(),
        total: number::money(total),
        ready,
        excluded,
        budget: None,
        conflicts: 0,
        undo: "30 minuter".to_owned(),
        confirm_error,
        page,
    })
}

fn delegations(actor: &Actor) -> impl Iterator<Item = (&str, Option<Money>)> {
    let roles = match actor {
        Actor::Staff { roles, .. } => roles.as_slice(),
        Actor::Association { .. } | Actor::Person { .. } | Actor::Service => &[],
    };
    roles
        .iter()
        .filter(|role| role.role.word() == "delegate")
        .map(|role| (role.reference.as_deref().unwrap_or("delegationsordningen"), role.max_ore))
}

fn may(actor: &Actor) -> bool {
    delegations(actor).next().is_some()
}

/// The highest limit; none when one of the delegations has none.
fn limit(actor: &Actor) -> Option<Money> {
    let mut highest = Money::ZERO;
    for (_, most) in delegations(actor) {
        highest = highest.max(most?);
    }
    Some(highest)
}

fn mandate(actor: &Actor, count: usize, total: Money) -> String {
    let Some((point, most)) = delegations(actor).next() else {
        return "Du kan läsa, men har ingen delegation att besluta.".to_owned();
    };
    let limit = most.map_or_else(String::new, |most| format!(", högst {} per ärende", number::money(most)));
    format!(
        "{count} ärenden, {} förvalda. Du beslutar enligt {point} i delegationsordningen{limit}. Varje ärende får sitt eget beslut.",
        number::money(total)
    )
}

/// Against the last time, in whole percent.
fn change(before: Option<Money>, now: Money) -> String {
    let Some(before) = before.filter(|before| before.is_positive()) else { return String::new() };
    let percent = (now.kronor() - before.kronor()) * rust_decimal::Decimal::ONE_HUNDRED / before.kronor();
    let whole = percent.round();
    let sign = if whole > rust_decimal::Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", number::percent(whole))
}
