//! Deciding many cases in one sitting.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::Money;
use crate::domain::grant::Outcome;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::list::{self, Waits};
use crate::services::decisions::batch::{self, Batch, Candidate, Reviewed, Round};
use crate::services::{Actor, ServiceError, budgets, packages};
use crate::text::{fluent, number};
use crate::web::officer::decide::{Budget, DecidePage, DecideRow, ExcludedRow, LeftOut};
use crate::web::officer::words::{many, say, waits, why};
use crate::web::page::Section;
use crate::web::parts::{Choice, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// How many cases a page shows at most: what one can review in a sitting.
const MOST: usize = 300;

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    omgang: String,
    #[serde(default)]
    efter: String,
    /// Cases that were chosen and left out, for they had changed.
    #[serde(default)]
    utelamnade: String,
}

impl Asked {
    fn round(&self) -> Round<'_> {
        let (grant_type, period) = self.omgang.split_once('/').unwrap_or_default();
        let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
        Round { grant_type: given(grant_type), period: given(period) }
    }
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, &asked).await?)
}

/// The fields of a form as they were sent.
type Sent = Vec<(String, String)>;

pub(in crate::web) async fn decide(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let value = |name: &str| sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let reviewed = Reviewed {
        shown: sent.iter().filter(|(key, _)| key == "visad").filter_map(|(_, row)| shown(row)).collect(),
        chosen: sent.iter().filter(|(key, _)| key == "arende").filter_map(|(_, id)| id.parse().ok()).collect(),
    };
    let asked = Asked { omgang: value("omgang"), ..Asked::default() };
    let missing = match (reviewed.chosen.is_empty(), value("bekrafta") == "ja") {
        (true, _) => Some("decide-choose-some"),
        (false, false) => Some("decide-confirm-missing"),
        (false, true) => None,
    };
    if let Some(missing) = missing {
        let mut page = fill(&site, &visitor, &asked).await?;
        let place = if reviewed.chosen.is_empty() { "#h-ready" } else { "#bekrafta" };
        let text = visitor.t(missing);
        page.page.errors = vec![Link::new(place, text.clone())];
        page.confirm_error = Some(text);
        for row in &mut page.ready {
            row.selected = reviewed.chosen.iter().any(|id| id.to_string() == row.id);
        }
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let done = batch::decide_reviewed(&site.tenant, visitor.staff()?, &reviewed).await?;
    let (chosen, mut left_out) = (done.len(), Vec::new());
    for one in done {
        match one.result {
            Ok(_) => {}
            Err(ServiceError::Refused(_) | ServiceError::Stale | ServiceError::NotFound | ServiceError::KeptAway(_)) => {
                left_out.push(one.case.to_string())
            }
            Err(error) => return Err(error.into()),
        }
    }
    let receipt = match left_out.len() {
        0 => "beslutat",
        some if some < chosen => "delvis",
        _ => "inget-beslutat",
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("omgang", &asked.omgang)
        .append_pair("utelamnade", &left_out.join("."))
        .append_pair("kvitto", receipt)
        .finish();
    Ok(Redirect::to(&format!("/beslut?{query}")).into_response())
}

/// A row that was shown, with its mark.
fn shown(row: &str) -> Option<(CaseId, String)> {
    let (case, mark) = row.split_once(':')?;
    Some((case.parse().ok()?, mark.to_owned()))
}

async fn fill(site: &Site, visitor: &Visitor, asked: &Asked) -> Result<DecidePage, Error> {
    let actor = visitor.staff()?;
    let language = visitor.language;
    let after = crate::web::officer::cases::handlers::after(&asked.efter);
    let found = batch::shown(&site.tenant, actor, asked.round(), after, MOST).await?;
    let rounds = batch::rounds(&site.tenant, actor).await?;
    let words = packages::period_words(&site.tenant).await?;
    let left_out: Vec<&str> = asked.utelamnade.split('.').filter(|id| !id.is_empty()).collect();
    let ready: Vec<DecideRow> = found.ready.iter().map(|one| row(language, one, &left_out)).collect();
    let total: Money = found.ready.iter().zip(&ready).filter(|(_, row)| row.selected).map(|(one, _)| one.amount).sum();
    let mut choices = vec![Choice { value: String::new(), text: visitor.t("decide-all-rounds"), selected: asked.omgang.is_empty() }];
    choices.extend(rounds.iter().map(|(grant_type, name, period)| {
        let value = format!("{grant_type}/{period}");
        let text = format!("{}, {}", name.get(language), words.of(grant_type, period).get(language));
        Choice { selected: value == asked.omgang, text, value }
    }));
    let title = match rounds.iter().find(|(grant_type, _, period)| format!("{grant_type}/{period}") == asked.omgang) {
        Some((grant_type, name, period)) => {
            let period = words.of(grant_type, period);
            say(language, "decide-title-round", &[("grant", &name.get(language).to_lowercase()), ("period", period.get(language))])
        }
        None => visitor.t("decide-title"),
    };
    let page = visitor.page(site, Section::Officer, title, Vec::new()).await?;
    let grants: std::collections::BTreeSet<&str> = match asked.round().grant_type {
        Some(chosen) => std::iter::once(chosen).collect(),
        None => rounds.iter().map(|(grant_type, ..)| grant_type.as_str()).collect(),
    };
    // Several grants have several budgets: none of them is that of the batch.
    let budget = match grants.iter().next() {
        Some(only) if grants.len() == 1 => budgets::this_year(&site.tenant, actor, only).await?,
        _ => None,
    };
    let budget = budget.map(|budget| Budget::of(&budget, total, language));
    Ok(DecidePage {
        rounds: choices,
        round: asked.omgang.clone(),
        mandate: mandate(language, actor, ready.len(), &found.ready),
        url: if may(actor) { "/beslut".to_owned() } else { String::new() },
        selected: ready.iter().filter(|row| row.selected).count(),
        total: number::money(total),
        excluded: excluded(language, &found),
        budget,
        left_out: left_out_of_it(site, visitor, &left_out).await?,
        conflicts: usize::try_from(found.conflicts).unwrap_or_default(),
        next: found.next.map(|next| {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("omgang", &asked.omgang)
                .append_pair("efter", &crate::web::officer::cases::handlers::place(next))
                .finish();
            format!("/beslut?{query}")
        }),
        undo: many(language, "minutes", 30),
        confirm_error: None,
        ready,
        page,
    })
}

/// What was chosen and left out, by name, with what has happened to each.
async fn left_out_of_it(site: &Site, visitor: &Visitor, ids: &[&str]) -> Result<Vec<LeftOut>, Error> {
    let ids: Vec<CaseId> = ids.iter().take(MOST).filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let lines = list::some(&site.tenant, visitor.staff()?, &ids).await?;
    let told = lines.into_iter().map(|line| LeftOut {
        link: Link::new(format!("/arenden/{}", line.row.standing.case_id), line.row.number),
        why: if line.row.standing.waits == Waits::Decision {
            visitor.t("decide-left-changed")
        } else {
            say(visitor.language, "decide-left-moved", &[("state", line.state.get(visitor.language))])
        },
        association: line.applicant,
    });
    Ok(told.collect())
}

fn row(language: Language, one: &Candidate, left_out: &[&str]) -> DecideRow {
    let t = |key: &str| fluent::plain(language, key);
    let id = one.case.to_string();
    let changed = left_out.contains(&id.as_str());
    let failed = one.failed.iter().map(|text| text.get(language).trim_end_matches('.').to_owned());
    let mut reasons: Vec<String> = failed.chain(one.remarks.iter().map(|remark| remark.trim_end_matches('.').to_owned())).collect();
    reasons.dedup();
    let why = if changed { t("decide-changed") } else { reasons.join(". ") };
    DecideRow {
        href: format!("/arenden/{id}"),
        shown: format!("{id}:{}", one.mark),
        diary_number: one.number.clone(),
        association: one.applicant.clone(),
        outcome: outcome(language, one.outcome),
        why,
        marks: one.marks.map_or_else(String::new, number::integer),
        amount: number::money(one.amount),
        ore: one.amount.ore(),
        change: change(one.before, one.amount),
        check: match (changed, one.failed.is_empty(), one.remarks.is_empty()) {
            (true, ..) => Shown::wait(t("decide-check-changed")),
            (false, false, _) => Shown::stop(t("decide-check-failed")),
            (false, true, true) => Shown::ok(t("decide-check-none")),
            (false, true, false) => Shown::wait(t("decide-check-remark")),
        },
        // Who is refused is looked at first: a tick that nobody set refuses nobody.
        selected: one.remarks.is_empty() && matches!(one.outcome, Outcome::Bifall | Outcome::DelvisBifall) && !changed,
        id,
    }
}

/// An outcome as a state.
fn outcome(language: Language, outcome: Outcome) -> Shown {
    let t = |key: &str| fluent::plain(language, key);
    match outcome {
        Outcome::Bifall => Shown::ok(t("case-outcome-bifall")),
        Outcome::DelvisBifall => Shown::wait(t("case-outcome-delvis")),
        Outcome::Avslag => Shown::stop(t("case-outcome-avslag")),
        Outcome::Avvisning => Shown::stop(t("case-outcome-avvisning")),
        Outcome::Avskrivning => Shown::none(t("case-outcome-avskrivning")),
    }
}

fn excluded(language: Language, found: &Batch) -> Vec<ExcludedRow> {
    let hindered = found.hindered.iter().map(|one| ExcludedRow {
        href: format!("/arenden/{}", one.case),
        diary_number: one.number.clone(),
        association: one.applicant.clone(),
        amount: number::money(one.amount),
        reason: one.hindrance.as_ref().map_or_else(String::new, |text| text.get(language).to_owned()),
        state: outcome(language, one.outcome),
    });
    let under_way = found.not_ready.iter().map(|line| {
        let standing = &line.row.standing;
        ExcludedRow {
            href: format!("/arenden/{}", standing.case_id),
            diary_number: line.row.number.clone(),
            association: line.applicant.clone(),
            amount: line.row.amount_ore.map_or_else(String::new, number::money),
            reason: standing.why.clone().unwrap_or_else(|| why(language, standing.waits)),
            state: waits(standing.waits, line.state.get(language), language),
        }
    });
    hindered.chain(under_way).collect()
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

/// By which delegation she decides what.
fn mandate(language: Language, actor: &Actor, count: usize, ready: &[Candidate]) -> String {
    let Some((point, most)) = delegations(actor).next() else { return fluent::plain(language, "decide-only-read") };
    let cases = many(language, "decide-cases", i64::try_from(count).unwrap_or(i64::MAX));
    let sum = number::money(ready.iter().map(|one| one.amount).sum());
    match most {
        Some(most) => {
            say(language, "decide-mandate-limit", &[("cases", &cases), ("sum", &sum), ("point", point), ("limit", &number::money(most))])
        }
        None => say(language, "decide-mandate", &[("cases", &cases), ("sum", &sum), ("point", point)]),
    }
}

/// Against the last time, in whole percent.
pub(in crate::web) fn change(before: Option<Money>, now: Money) -> String {
    let Some(before) = before.filter(|before| before.is_positive()) else { return String::new() };
    let percent = (now.kronor() - before.kronor()) * rust_decimal::Decimal::ONE_HUNDRED / before.kronor();
    let whole = percent.round();
    let sign = if whole > rust_decimal::Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", number::percent(whole))
}
