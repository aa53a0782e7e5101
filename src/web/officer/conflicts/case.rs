//! The conflicts of one case: who has one, declaring one's own, and letting somebody take part all the same.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::words;
use crate::domain::conflict::{Ground, OverrideWhy};
use crate::domain::id::{CaseId, UserId};
use crate::domain::localized::Language;
use crate::services::ServiceResult;
use crate::services::conflicts::declaring::{self, Declaration};
use crate::services::conflicts::overriding;
use crate::services::conflicts::views::{self, CaseConflicts, Person};
use crate::text::number;
use crate::web::officer::case::opened::Opened;
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::officer::words::say;
use crate::web::parts::{Action, Choice, Field, FieldKind, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/conflicts_case.html")]
pub struct ConflictsPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Who has a conflict of interest in it.
    pub people: Vec<Line>,
    /// Declaring one's own.
    pub declare: Action,
    /// Letting somebody take part; none where there is nobody, or for who may not.
    pub lift: Option<Action>,
    /// What the minutes say, a line each; empty for nothing.
    pub minutes: String,
}

/// Somebody with a conflict of interest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub name: String,
    /// Whether she takes part.
    pub state: Shown,
    /// Grounds, ties and reasons, a sentence each.
    pub told: Vec<String>,
    /// Where an override is taken back (POST); empty where the visitor cannot.
    pub end: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn declare(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let said =
        Declaration { ground: Ground::from_word(value(&sent, "grund")), words: value(&sent, "ord"), to: value(&sent, "till").parse().ok() };
    let done = declaring::declare(&site.tenant, visitor.staff()?, id, &said).await;
    // The case is not there for her any more.
    answer(&site, &visitor, id, sent, done, "/arenden?kvitto=jav").await
}

pub(in crate::web) async fn lift(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let (person, why) = (value(&sent, "vem").parse().ok(), OverrideWhy::from_word(value(&sent, "varfor")));
    let done = overriding::give(&site.tenant, visitor.staff()?, id, person, why, value(&sent, "skal")).await;
    answer(&site, &visitor, id, sent, done, &format!("/arenden/{id}/jav?kvitto=undantag")).await
}

pub(in crate::web) async fn end(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, person)): Path<(CaseId, UserId)>,
) -> Result<Response, Error> {
    let done = overriding::end(&site.tenant, visitor.staff()?, id, person).await;
    answer(&site, &visitor, id, Sent::new(), done, &format!("/arenden/{id}/jav?kvitto=undantag-slut")).await
}

async fn answer(site: &Site, visitor: &Visitor, id: CaseId, sent: Sent, done: ServiceResult<()>, then: &str) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(then).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, id, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, id: CaseId, typed: Option<&Typed>) -> Result<ConflictsPage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let language = visitor.language;
    let found = views::of_case(&site.tenant, visitor.staff()?, id).await?;
    let mut page = opened.page(site, visitor, "conflict-way").await?;
    let mut declare = declaring_form(&found, id, visitor);
    let own = visitor.staff()?.person();
    let mut lift = lifting_form(&found, id, own, visitor);
    if let Some(typed) = typed {
        let fields = declare.fields.iter_mut().chain(lift.iter_mut().flat_map(|action| action.fields.iter_mut()));
        page.errors = typed.fill(language, fields);
    }
    Ok(ConflictsPage {
        about: opened.about(language),
        people: found.people.iter().map(|person| line(person, &found, id, language)).collect(),
        declare,
        lift,
        minutes: found.minutes.join("\n"),
        page,
    })
}

fn line(person: &Person, found: &CaseConflicts, id: CaseId, language: Language) -> Line {
    let t = |key: &str| crate::text::fluent::plain(language, key);
    let mut told = Vec::new();
    for (ground, at) in &person.declared {
        let places = [("ground", words::ground(*ground, language)), ("when", number::moment(*at, language))];
        told.push(say(language, "conflict-told-declared", &places.each_ref().map(|(name, text)| (*name, text.as_str()))));
    }
    told.extend(person.words.iter().map(|text| say(language, "conflict-told-words", &[("text", text)])));
    if let Some((kind, since)) = person.tied {
        let places = [("kind", words::tie(kind, language)), ("day", number::date(since, language))];
        told.push(say(language, "conflict-told-tied", &places.each_ref().map(|(name, text)| (*name, text.as_str()))));
    }
    if let Some((why, by, at)) = &person.lifted {
        let places = [("why", words::why(*why, language)), ("by", by.clone()), ("when", number::moment(*at, language))];
        told.push(say(language, "conflict-told-lifted", &places.each_ref().map(|(name, text)| (*name, text.as_str()))));
        told.push(person.reason.clone());
    }
    let may_end = person.lifted.is_some() && found.may_override;
    Line {
        name: person.name.clone(),
        state: if person.kept { Shown::stop(t("conflict-out")) } else { Shown::wait(t("conflict-in")) },
        told,
        end: if may_end { format!("/arenden/{id}/jav/undantag/{}/ta-bort", person.user) } else { String::new() },
    }
}

fn choice(value: &str, text: String) -> Choice {
    Choice { value: value.to_owned(), text, selected: false }
}

fn declaring_form(found: &CaseConflicts, id: CaseId, visitor: &Visitor) -> Action {
    let language = visitor.language;
    let grounds = Ground::ALL.map(|ground| choice(ground.word(), words::ground(ground, language)));
    let mut fields = vec![
        Field {
            name: "grund".to_owned(),
            label: visitor.t("conflict-ground"),
            kind: FieldKind::Radios(grounds.to_vec()),
            ..Field::default()
        },
        Field {
            name: "ord".to_owned(),
            label: visitor.t("conflict-words"),
            hint: Some(visitor.t("conflict-words-hint")),
            kind: FieldKind::LongText,
            optional: true,
            ..Field::default()
        },
    ];
    if found.hers && !found.colleagues.is_empty() {
        let mut colleagues = vec![Choice { selected: true, ..choice("", visitor.t("conflict-to-nobody")) }];
        colleagues.extend(found.colleagues.iter().map(|user| choice(&user.id.to_string(), user.name.clone())));
        fields.push(Field {
            name: "till".to_owned(),
            label: visitor.t("conflict-to"),
            kind: FieldKind::Select(colleagues),
            optional: true,
            ..Field::default()
        });
    }
    Action {
        url: format!("/arenden/{id}/jav"),
        button: visitor.t("conflict-declare-button"),
        explanation: visitor.t("conflict-declare-text"),
        weight: Weight::Primary,
        fields,
        ..Action::default()
    }
}

fn lifting_form(found: &CaseConflicts, id: CaseId, own: Option<UserId>, visitor: &Visitor) -> Option<Action> {
    let mut people: Vec<Choice> = (found.people.iter())
        .filter(|person| person.kept && Some(person.user) != own)
        .map(|person| choice(&person.user.to_string(), person.name.clone()))
        .collect();
    if !found.may_override || people.is_empty() {
        return None;
    }
    people.insert(0, Choice { selected: true, ..choice("", visitor.t("conflict-lift-choose")) });
    let reasons = OverrideWhy::ALL.map(|why| choice(why.word(), words::why(why, visitor.language)));
    let field =
        |name: &str, label: &str, kind: FieldKind| Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() };
    Some(Action {
        url: format!("/arenden/{id}/jav/undantag"),
        button: visitor.t("conflict-lift-button"),
        explanation: visitor.t("conflict-lift-text"),
        fields: vec![
            field("vem", "conflict-lift-whom", FieldKind::Select(people)),
            field("varfor", "conflict-lift-why", FieldKind::Radios(reasons.to_vec())),
            Field { hint: Some(visitor.t("conflict-lift-reason-hint")), ..field("skal", "conflict-lift-reason", FieldKind::LongText) },
        ],
        ..Action::default()
    })
}
