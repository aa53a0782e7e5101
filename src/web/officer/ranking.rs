//! A round's applications in order against the budget: tried by an address, proposed by a form, settled by a colleague.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::typed::{Post, Sent, Typed, value};
use super::words::{many, say};
use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::services::ranking::views::{ProposalView, RankedView, RoundView, Terms, Why};
use crate::services::ranking::{self, views};
use crate::services::{ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::case::posts::amount;
use crate::web::page::Section;
use crate::web::parts::{Action, Field, FieldKind, Line, LineKind, Link, State as Shown, Weight};
use crate::web::site::words::of_case;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// A round's ranking.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/ranking.html")]
pub struct RankingPage {
    /// The page around it.
    pub page: Page,
    /// How many applications, for how much, in a sentence.
    pub lead: String,
    /// What hinders: cases still being assessed, a tie; empty for nothing.
    pub hindrances: Vec<String>,
    /// What is tried, as fields of a form that is sent to the page itself; none while a proposal waits.
    pub tried: Vec<Field>,
    /// By which terms, as figures.
    pub terms: Vec<Line>,
    /// The applications in their order.
    pub rows: Vec<RankingLine>,
    /// The conditions besides the budget, a sentence each.
    pub conditions: Vec<String>,
    /// Each district with what it gets: name, applications, amount.
    pub districts: Vec<(String, String, String)>,
    /// What can be done: proposing, settling, turning down.
    pub actions: Vec<Action>,
    /// What waits or was done: who proposed, settled, turned down.
    pub told: Vec<String>,
}

/// An application in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankingLine {
    /// Place.
    pub place: String,
    /// Its case, called by the applicant.
    pub link: Link,
    /// Its number, kind and district.
    pub about: String,
    /// Points.
    pub points: String,
    /// What was applied for.
    pub applied: String,
    /// What the assessment proposes.
    pub assessed: String,
    /// What she got the last time; empty for nothing.
    pub before: String,
    /// What it gets.
    pub amount: String,
    /// In full, in part or nothing.
    pub verdict: Shown,
    /// Why, where it is not as the assessment proposes.
    pub why: String,
    /// Whether the line is drawn above it.
    pub first_below: bool,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    budget: Option<String>,
    #[serde(default)]
    andel: String,
    #[serde(default)]
    lagst: String,
    #[serde(default)]
    omrade: String,
    #[serde(default)]
    rest: String,
}

impl Asked {
    fn of(sent: &Sent) -> Self {
        let own = |name: &str| value(sent, name).to_owned();
        Self { budget: Some(own("budget")), andel: own("andel"), lagst: own("lagst"), omrade: own("omrade"), rest: own("rest") }
    }

    /// The terms that are tried; none where the address says nothing.
    fn terms(&self) -> ServiceResult<Option<Terms>> {
        let Some(budget) = &self.budget else { return Ok(None) };
        let percent = |place: &str, typed: &str| match typed.trim().trim_end_matches('%').trim() {
            "" => Ok(None),
            digits => digits.parse::<u32>().map(Some).map_err(|_| {
                let message = Localized::both("Skriv hela procent, till exempel 50.", "Write whole percent, such as 50.");
                ServiceError::invalid(place, "not_a_number", message)
            }),
        };
        let least = match self.lagst.trim() {
            "" => None,
            typed => Some(views::parse_points(typed).ok_or_else(|| {
                let message = Localized::both(
                    "Skriv poäng från 0 till 100, till exempel 50 eller 66,67.",
                    "Write points from 0 to 100, such as 50 or 66.67.",
                );
                ServiceError::invalid("lagst", "not_a_number", message)
            })?),
        };
        Ok(Some(Terms {
            budget: amount(budget).map_err(|_| {
                let message =
                    Localized::both("Skriv budgeten i kronor, till exempel 500 000.", "Write the budget in kronor, such as 500 000.");
                ServiceError::invalid("budget", "not_an_amount", message)
            })?,
            most_percent: percent("andel", &self.andel)?,
            least_points: least,
            district_percent: percent("omrade", &self.omrade)?.filter(|percent| *percent > 0),
            rest_to_next: self.rest == "ja",
        }))
    }
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let tried = asked.terms();
    let shown = match tried {
        Ok(terms) => views::round(&site.tenant, visitor.staff()?, &grant, &period, terms).await,
        Err(error) => Err(error),
    };
    match shown {
        Ok(view) => html(&fill(&site, &visitor, &view, &grant, None).await?),
        Err(error) => {
            let view = views::round(&site.tenant, visitor.staff()?, &grant, &period, None).await?;
            let typed = Typed::refused(sent_of(&asked), error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &view, &grant, Some(&typed)).await?)
        }
    }
}

fn sent_of(asked: &Asked) -> Sent {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        own("budget", asked.budget.as_deref().unwrap_or_default()),
        own("andel", &asked.andel),
        own("lagst", &asked.lagst),
        own("omrade", &asked.omrade),
        own("rest", &asked.rest),
    ]
}

pub(in crate::web) async fn propose(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period)): Path<(String, String)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let terms = Asked::of(&sent).terms().and_then(|terms| terms.ok_or(ServiceError::Stale));
    let done = match &terms {
        Ok(terms) => ranking::propose(&site.tenant, actor, &grant, &period, terms, Some(value(&sent, "visad"))).await.map(|_| ()),
        Err(_) => Err(ServiceError::Stale),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?kvitto=rangordnat", address(&grant, &period))).into_response()),
        Err(error) => {
            let view = views::round(&site.tenant, actor, &grant, &period, terms.ok()).await?;
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, &view, &grant, Some(&typed)).await?)
        }
    }
}

pub(in crate::web) async fn settle(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period, id)): Path<(String, String, Uuid)>,
) -> Result<Response, Error> {
    let done = ranking::settle(&site.tenant, visitor.staff()?, id).await.map(|_| ());
    answer(&site, &visitor, (&grant, &period), Sent::new(), done, "faststallt").await
}

pub(in crate::web) async fn turn_down(
    State(site): State<Site>,
    visitor: Visitor,
    Path((grant, period, id)): Path<(String, String, Uuid)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let done = ranking::turn_down(&site.tenant, visitor.staff()?, id, value(&sent, "skal")).await;
    answer(&site, &visitor, (&grant, &period), sent, done, "avvisat").await
}

async fn answer(
    site: &Site,
    visitor: &Visitor,
    (grant, period): (&str, &str),
    sent: Sent,
    done: ServiceResult<()>,
    receipt: &str,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?kvitto={receipt}", address(grant, period))).into_response()),
        Err(error) => {
            let view = views::round(&site.tenant, visitor.staff()?, grant, period, None).await?;
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, &view, grant, Some(&typed)).await?)
        }
    }
}

/// A round's address.
pub(super) fn address(grant: &str, period: &str) -> String {
    format!("/namnd/rangordning/{grant}/{period}")
}

async fn fill(site: &Site, visitor: &Visitor, view: &RoundView, grant: &str, typed: Option<&Typed>) -> Result<RankingPage, Error> {
    let language = visitor.language;
    let period = of_case(Some(&view.period), &view.period.id, language);
    let title = say(language, "ranking-title", &[("grant", view.grant.get(language)), ("period", &period)]);
    let crumbs = vec![Link::new("/namnd", visitor.t("nav-committee")), Link::here(title.clone())];
    let mut page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let url = address(grant, &view.period.id);
    let mut tried = if view.proposal.is_none() && !view.settled { tried(view, language) } else { Vec::new() };
    // What cannot be tried cannot be proposed either.
    let untried = typed.is_some() && view.proposal.is_none();
    let mut actions = if untried { Vec::new() } else { actions(view, &url, language) };
    if let Some(typed) = typed {
        let fields = tried.iter_mut().chain(actions.iter_mut().flat_map(|action| action.fields.iter_mut()));
        page.errors = typed.fill(language, fields);
    }
    let first_below = view.rows.iter().position(|row| row.why == Why::BelowLine);
    Ok(RankingPage {
        lead: lead(view, language),
        hindrances: hindrances(view, language),
        terms: terms(view, language),
        conditions: conditions(&view.terms, language),
        rows: view.rows.iter().enumerate().map(|(at, row)| line(row, Some(at) == first_below, language)).collect(),
        districts: view
            .districts
            .iter()
            .map(|(name, count, amount)| {
                let count = i64::try_from(*count).unwrap_or(i64::MAX);
                (name.get(language).to_owned(), number::integer(count), number::money(*amount))
            })
            .collect(),
        told: view.proposal.iter().chain(&view.earlier).flat_map(|proposal| told(proposal, language)).collect(),
        tried,
        actions,
        page,
    })
}

fn lead(view: &RoundView, language: Language) -> String {
    let count = i64::try_from(view.rows.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return say(language, "ranking-none", &[]);
    }
    let applications = many(language, "ranking-count", count);
    let key = if view.settled { "ranking-lead-settled" } else { "ranking-lead" };
    let places =
        [("applications", applications.as_str()), ("applied", &number::money(view.applied)), ("amount", &number::money(view.amount))];
    say(language, key, &places)
}

fn hindrances(view: &RoundView, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    if view.still_assessed > 0 {
        found.push(many(language, "ranking-still-assessed", view.still_assessed));
    }
    if view.kept > 0 {
        found.push(many(language, "ranking-kept", i64::try_from(view.kept).unwrap_or(i64::MAX)));
    }
    found
}

fn tried(view: &RoundView, language: Language) -> Vec<Field> {
    let text = |name: &str, label: &str, hint: &str, value: String| Field {
        name: name.to_owned(),
        label: say(language, label, &[]),
        hint: Some(say(language, hint, &[])),
        value,
        optional: true,
        kind: FieldKind::Amount,
        ..Field::default()
    };
    let percent = |percent: Option<u32>| percent.map_or_else(String::new, |percent| percent.to_string());
    let least = view.terms.least_points.map_or_else(String::new, |points| number::points(points, Language::Sv));
    let mut fields = vec![
        Field { optional: false, ..text("budget", "ranking-budget", "ranking-budget-hint", number::decimal(view.terms.budget.kronor())) },
        text("andel", "ranking-most", "ranking-most-hint", percent(view.terms.most_percent)),
        text("lagst", "ranking-least", "ranking-least-hint", least),
    ];
    if view.has_districts {
        fields.push(text("omrade", "ranking-district", "ranking-district-hint", percent(view.terms.district_percent)));
    }
    fields.push(Field {
        name: "rest".to_owned(),
        label: say(language, "ranking-rest", &[]),
        value: if view.terms.rest_to_next { "ja".to_owned() } else { String::new() },
        kind: FieldKind::Tick,
        optional: true,
        ..Field::default()
    });
    fields
}

fn terms(view: &RoundView, language: Language) -> Vec<Line> {
    let line = |key: &str, value: String, kind: LineKind| Line { text: say(language, key, &[]), value, kind, ..Line::default() };
    let left = view.terms.budget.checked_sub(view.amount).unwrap_or_default();
    vec![
        line("ranking-budget", number::money(view.terms.budget), LineKind::Adds),
        line("ranking-proposed-sum", number::money(view.amount), LineKind::Adds),
        line("ranking-left", number::money(left), LineKind::Total),
    ]
}

/// By what else than the budget it was ranked.
fn conditions(terms: &Terms, language: Language) -> Vec<String> {
    let percent = |key: &str, percent: Option<u32>| Some(say(language, key, &[("percent", &percent?.to_string())]));
    let least = terms.least_points.map(|points| say(language, "ranking-by-least", &[("points", &number::points(points, language))]));
    let rest = terms.rest_to_next.then(|| say(language, "ranking-by-rest", &[]));
    let most = percent("ranking-by-most", terms.most_percent);
    [most, least, percent("ranking-by-district", terms.district_percent), rest].into_iter().flatten().collect()
}

fn line(row: &RankedView, first_below: bool, language: Language) -> RankingLine {
    let about = [
        Some(row.number.as_str()),
        row.category.as_ref().map(|text| text.get(language)),
        row.district.as_ref().map(|text| text.get(language)),
    ];
    let (verdict, key) = match row.why {
        Why::AsProposed if row.amount >= row.applied => (Shown::ok(say(language, "ranking-full", &[])), None),
        Why::AsProposed => (Shown::ok(say(language, "ranking-part", &[])), None),
        Why::MostPercent => (Shown::ok(say(language, "ranking-part", &[])), Some("ranking-why-most")),
        Why::Rest => (Shown::wait(say(language, "ranking-part", &[])), Some("ranking-why-rest")),
        Why::BelowLeast => (Shown::stop(say(language, "ranking-nothing", &[])), Some("ranking-why-least")),
        Why::BelowLine => (Shown::stop(say(language, "ranking-nothing", &[])), Some("ranking-why-line")),
        Why::NothingProposed => (Shown::stop(say(language, "ranking-nothing", &[])), Some("ranking-why-nothing")),
    };
    let key = if row.through_district { Some("ranking-why-district") } else { key };
    RankingLine {
        place: row.place.to_string(),
        link: Link::new(format!("/arenden/{}", row.case), row.applicant.clone()),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        points: number::points(row.points, language),
        applied: number::money(row.applied),
        assessed: number::money(row.assessed),
        before: row.before.map_or_else(String::new, number::money),
        amount: number::money(row.amount),
        verdict,
        why: key.map_or_else(String::new, |key| say(language, key, &[])),
        first_below,
    }
}

fn actions(view: &RoundView, url: &str, language: Language) -> Vec<Action> {
    if !view.may_prepare || view.settled {
        return Vec::new();
    }
    let Some(proposal) = &view.proposal else {
        if view.rows.is_empty() || !hindrances(view, language).is_empty() {
            return Vec::new();
        }
        let hidden = |name: &str, value: String| Field { name: name.to_owned(), value, kind: FieldKind::Hidden, ..Field::default() };
        let mut fields: Vec<Field> = tried(view, language).into_iter().map(|field| hidden(&field.name, field.value)).collect();
        fields.push(hidden("visad", view.hash.clone()));
        return vec![Action {
            url: url.to_owned(),
            title: say(language, "ranking-propose", &[]),
            explanation: say(language, "ranking-propose-text", &[]),
            button: say(language, "ranking-propose", &[]),
            weight: Weight::Primary,
            fields,
        }];
    };
    let why = Field {
        name: "skal".to_owned(),
        label: say(language, "ranking-turn-down-why", &[]),
        kind: FieldKind::LongText,
        ..Field::default()
    };
    let turn_down = Action {
        url: format!("{url}/{}/avvisa", proposal.id),
        title: say(language, if proposal.own { "ranking-take-back" } else { "ranking-turn-down" }, &[]),
        explanation: String::new(),
        button: say(language, if proposal.own { "ranking-take-back" } else { "ranking-turn-down" }, &[]),
        weight: Weight::Secondary,
        fields: vec![why],
    };
    let settle = Action {
        url: format!("{url}/{}/faststall", proposal.id),
        title: say(language, "ranking-settle", &[]),
        explanation: say(language, "ranking-settle-text", &[]),
        button: say(language, "ranking-settle", &[]),
        weight: Weight::Primary,
        fields: Vec::new(),
    };
    let settles = std::iter::once(settle).filter(|_| !proposal.own && view.kept == 0);
    settles.chain(std::iter::once(turn_down).filter(|_| proposal.own || view.kept == 0)).collect()
}

fn told(proposal: &ProposalView, language: Language) -> Vec<String> {
    let at = |at| number::moment(at, language);
    let seq = proposal.seq.to_string();
    let mut told = vec![say(language, "ranking-told-proposed", &[("number", &seq), ("who", &proposal.by), ("time", &at(proposal.at))])];
    if let Some((who, when)) = &proposal.settled {
        told.push(say(language, "ranking-told-settled", &[("number", &seq), ("who", who), ("time", &at(*when))]));
    }
    if let Some((who, when, why)) = &proposal.turned_down {
        told.push(say(language, "ranking-told-turned-down", &[("number", &seq), ("who", who), ("time", &at(*when)), ("why", why)]));
    }
    told
}
