//! The whole register of ties and conflicts, for administrators and auditors.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::ties::{TieLine, entered, entering_form, tie_line};
use super::words;
use crate::domain::id::CaseId;
use crate::services::conflicts::register::{self, Person};
use crate::text::number;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::{many, say};
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/ties_all.html")]
pub struct RegisterPage {
    /// The page around it.
    pub page: Page,
    /// How many have gone through their ties this year, in a sentence.
    pub summary: String,
    /// The staff and the elected.
    pub people: Vec<PersonLine>,
    /// What was declared in cases.
    pub declared: Vec<CaseLine>,
    /// Overrides.
    pub overrides: Vec<CaseLine>,
    /// Entering a tie of somebody; none for who may not.
    pub enter: Option<Action>,
}

/// A person with her ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonLine {
    /// Who.
    pub name: String,
    /// Whether she has gone through them.
    pub state: Shown,
    /// When.
    pub when: String,
    /// Her ties.
    pub ties: Vec<TieLine>,
    /// How often she was turned away; empty for never.
    pub turned_away: String,
}

/// Something that was said of somebody in a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseLine {
    /// The case; without address where the visitor must keep away from it.
    pub link: Link,
    /// Who.
    pub name: String,
    /// What.
    pub what: String,
    /// When.
    pub when: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn enter(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let whose = value(&sent, "vem").parse().ok();
    match entered(&site, visitor.staff()?, whose, &sent).await {
        Ok(()) => Ok(Redirect::to("/bindningar/alla?kvitto=bindning").into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<RegisterPage, Error> {
    let language = visitor.language;
    let found = register::read(&site.tenant, visitor.staff()?).await?;
    let crumbs = vec![Link::new("/bindningar", visitor.t("ties-title")), Link::here(visitor.t("ties-all"))];
    let mut page = visitor.page(site, Section::Officer, visitor.t("ties-all"), crumbs).await?;
    let mut enter = found.may_enter.then(|| {
        let mut form = entering_form(visitor, "/bindningar/alla");
        let mut people = vec![Choice { value: String::new(), text: visitor.t("conflict-lift-choose"), selected: true }];
        people.extend(found.people.iter().map(|person| Choice {
            value: person.user.id.to_string(),
            text: person.user.name.clone(),
            selected: false,
        }));
        let whose =
            Field { name: "vem".to_owned(), label: visitor.t("conflict-lift-whom"), kind: FieldKind::Select(people), ..Field::default() };
        form.fields.insert(0, whose);
        form
    });
    if let Some(typed) = typed {
        page.errors = typed.fill(language, enter.iter_mut().flat_map(|form| form.fields.iter_mut()));
    }
    let case = |case: &Option<(CaseId, String)>| match case {
        Some((id, number)) => Link::new(format!("/arenden/{id}"), number.clone()),
        None => Link::here(visitor.t("ties-kept-away")),
    };
    let declared = found.declared.iter().map(|one| CaseLine {
        link: case(&one.case),
        name: one.name.clone(),
        what: words::ground(one.ground, language),
        when: number::moment(one.at, language),
    });
    let overrides = found.overrides.iter().map(|one| {
        let key = if one.ended_at.is_some() { "ties-override-ended" } else { "ties-override" };
        CaseLine {
            link: case(&one.case),
            name: one.name.clone(),
            what: say(language, key, &[("why", &words::why(one.why, language)), ("by", &one.by)]),
            when: number::moment(one.at, language),
        }
    });
    let gone = found.people.iter().filter(|person| person.confirmed.is_some()).count();
    let figures = [("gone", gone.to_string()), ("all", found.people.len().to_string()), ("year", found.year.to_string())];
    Ok(RegisterPage {
        summary: say(language, "ties-all-summary", &figures.each_ref().map(|(name, text)| (*name, text.as_str()))),
        people: found.people.iter().map(|person| person_line(person, visitor)).collect(),
        declared: declared.collect(),
        overrides: overrides.collect(),
        enter,
        page,
    })
}

fn person_line(person: &Person, visitor: &Visitor) -> PersonLine {
    let language = visitor.language;
    let turned_away = i64::try_from(person.turned_away).unwrap_or(i64::MAX);
    PersonLine {
        name: person.user.name.clone(),
        state: match person.confirmed {
            Some(_) => Shown::ok(visitor.t("ties-gone-through")),
            None => Shown::wait(visitor.t("ties-not-gone-through")),
        },
        when: person.confirmed.map_or_else(String::new, |at| number::moment(at, language)),
        ties: person.ties.iter().map(|line| tie_line(line, language)).collect(),
        turned_away: if turned_away > 0 { many(language, "ties-turned-away", turned_away) } else { String::new() },
    }
}
