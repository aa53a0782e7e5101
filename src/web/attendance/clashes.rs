//! Questions about registrations that overlap with another: never which association, never a protected person.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use super::words;
use crate::attendance::collisions::Verdict;
use crate::domain::Localized;
use crate::domain::id::ClashId;
use crate::services::attendance::halves;
use crate::services::clashes::ClashAnswer;
use crate::services::clashes::views::{Question, Registration, questions};
use crate::services::clashes::{self, Side};
use crate::text::{fluent, number};
use crate::web::page::{Page, Section};
use crate::web::parts::State as Shown;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/clashes.html")]
pub struct ClashesPage {
    /// The page around it.
    pub page: Page,
    /// The page's path.
    pub path: String,
    /// The questions, those that wait first.
    pub questions: Vec<Asked>,
    /// How many wait.
    pub open: usize,
    /// Offers one answer for all that wait and are about one registration of her own; empty where one answer settles none.
    pub all: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// How many questions a page asks.
const SHOWN: usize = 25;

/// Which page, from 1.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Turned {
    #[serde(default)]
    sida: usize,
}

/// A question.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Identity.
    pub id: String,
    /// Who, as the association sent her.
    pub who: String,
    /// Her own registration in a sentence: when, what, where.
    pub own: (String, String),
    /// The other one; its when is empty where it is another association's.
    pub other: (String, String),
    /// Where it stands.
    pub state: Shown,
    /// Until when, and what holds without an answer.
    pub terms: String,
    /// The answers: what the form sends and what it says. Empty when there is nothing to answer any more.
    pub answers: Vec<(String, String)>,
    /// Offers the same answer for every open question about the person, where there are several.
    pub all: Option<String>,
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(half): Path<String>,
    Query(turned): Query<Turned>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let half = halves::half(&site.tenant, actor, organisation, &half).await?;
    let mut found = questions(&site.tenant, actor, organisation, half.span).await?;
    found.sort_by_key(|question| !question.is_open());
    let title = fluent::t(visitor.language, "att-clashes-title", &[("period", half.words.get(visitor.language).into())]);
    let crumbs = words::crumbs(&visitor, Some((&half.id, half.words.get(visitor.language))), &visitor.t("att-clashes"));
    let page = visitor.page(&site, Section::Applicant, title, crumbs).await?;
    let today = site.tenant.clock.today();
    let alike = |question: &Question| found.iter().filter(|other| question.is_alike(other)).count();
    let path = format!("/narvaro/{}/krockar", half.id);
    let pages = found.len().div_ceil(SHOWN).max(1);
    let turned = turned.sida.clamp(1, pages);
    let single = found.iter().filter(|question| question.is_open() && question.other.is_none()).count();
    let shown = found.iter().skip((turned - 1) * SHOWN).take(SHOWN);
    html(&ClashesPage {
        open: found.iter().filter(|question| question.is_open()).count(),
        all: if single > 1 { words::count(visitor.language, "att-answer-every", single) } else { String::new() },
        questions: shown.map(|question| asked(question, alike(question), &visitor, today)).collect(),
        previous: (turned > 1).then(|| format!("{path}?sida={}", turned - 1)),
        next: (turned < pages).then(|| format!("{path}?sida={}", turned + 1)),
        path,
        page,
    })
}

/// A question as it is asked; `alike` counts the open ones that one answer can settle.
fn asked(question: &Question, alike: usize, visitor: &Visitor, today: NaiveDate) -> Asked {
    let t = |key: &str| visitor.t(key);
    let registration = |one: &Registration| {
        let role = t(if one.leads { "att-role-leader" } else { "att-role-participant" });
        let group = if one.group.is_empty() || one.group == one.activity { String::new() } else { format!(", {}", one.group) };
        (words::span(one.start, one.stop, visitor.language), format!("{}{group}, {} · {role}", one.activity, one.place))
    };
    let (keep, withdraw) = match &question.other {
        Some(_) => ("att-answer-first", "att-answer-second"),
        None => ("att-answer-keep", "att-answer-withdraw"),
    };
    let state = match (question.answer, question.locked) {
        (Some(ClashAnswer::Keep), _) => Shown::ok(t(keep)),
        (Some(ClashAnswer::Withdraw), _) => Shown::ok(t(withdraw)),
        (None, true) => Shown::none(t("att-clash-closed")),
        (None, false) => Shown::wait(t("att-clash-open")),
    };
    let mut terms: Vec<String> = Vec::new();
    if question.is_open() {
        let day = number::date(question.answer_by, visitor.language);
        let key = if question.answer_by < today { "att-clash-until-past" } else { "att-clash-until" };
        terms.push(fluent::t(visitor.language, key, &[("day", day.into())]));
        terms.push(t(match question.default {
            Verdict::None => "att-default-none",
            Verdict::First => "att-default-first",
            Verdict::Both => "att-default-both",
            Verdict::Officer => "att-default-officer",
        }));
    }
    // What was answered can be changed to the other.
    let given = |answer: ClashAnswer| question.answer == Some(answer);
    let answers = [(ClashAnswer::Keep, "behall", keep), (ClashAnswer::Withdraw, "avsta", withdraw)];
    let answers = answers.into_iter().filter(|(answer, ..)| !question.locked && !given(*answer));
    let change = |key: &str| match question.answer {
        Some(_) => fluent::t(visitor.language, "att-answer-change", &[("answer", t(key).into())]),
        None => t(key),
    };
    let who = question.name.clone().unwrap_or_else(|| t("att-no-name"));
    Asked {
        id: question.id.to_string(),
        answers: answers.map(|(_, value, key)| (value.to_owned(), change(key))).collect(),
        all: (alike > 1).then(|| {
            let values = [("count", alike.to_string().into()), ("who", who.clone().into())];
            fluent::t(visitor.language, "att-answer-all", &values)
        }),
        who,
        own: registration(&question.own),
        other: question.other.as_ref().map_or_else(|| (String::new(), t("att-another")), registration),
        state,
        terms: terms.join(" "),
    }
}

pub(super) async fn answer(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, clash)): Path<(String, ClashId)>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let answer = given(&sent)?;
    if sent.contains_key("alla") {
        clashes::answer_for_person(&site.tenant, actor, organisation, clash, answer).await?;
    } else {
        clashes::answer(&site.tenant, actor, organisation, clash, Side::First, answer).await?;
    }
    Ok(Redirect::to(&format!("/narvaro/{half}/krockar?kvitto=svar")).into_response())
}

/// One answer to every question that waits.
pub(super) async fn answer_all(
    State(site): State<Site>,
    visitor: Visitor,
    Path(half): Path<String>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let answer = given(&sent)?;
    let span = halves::half(&site.tenant, actor, organisation, &half).await?.span;
    clashes::answer_all(&site.tenant, actor, organisation, span, answer).await?;
    Ok(Redirect::to(&format!("/narvaro/{half}/krockar?kvitto=svar")).into_response())
}

fn given(sent: &BTreeMap<String, String>) -> Result<ClashAnswer, Error> {
    match sent.get("svar").map(String::as_str) {
        Some("behall") => Ok(ClashAnswer::Keep),
        Some("avsta") => Ok(ClashAnswer::Withdraw),
        Some(_) | None => {
            let text = Localized::both("Välj ett av svaren på frågan.", "Choose one of the answers to the question.");
            Err(Error::BadRequest(text))
        }
    }
}
