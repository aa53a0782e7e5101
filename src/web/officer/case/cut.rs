//! Every mark that was not paid, with the rule that cut it, a page at a time and without names.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::domain::attendance::Sex;
use crate::domain::calculation::AccountLine;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::views;
use crate::services::explained::{self, CutMark, CutPage};
use crate::text::{fluent, number};
use crate::web::officer::words::say;
use crate::web::page::{Page, Section};
use crate::web::parts::{Choice, Line, Link};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/cut.html")]
pub struct CutMarksPage {
    /// The page around it.
    pub page: Page,
    /// Where its own form goes.
    pub path: String,
    /// Who applies for what.
    pub about: String,
    /// From sent marks to paid ones.
    pub account: Vec<Line>,
    /// The rules that cut something: one may look at the marks of one.
    pub rules: Vec<Choice>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// Which marks these are, in words.
    pub range: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A mark.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// Who: a number within the case.
    pub who: String,
    /// What may be told of her, and as what she was there.
    pub about: String,
    /// When.
    pub when: String,
    /// What, and on which card.
    pub what: String,
    /// The rule.
    pub why: String,
    /// Its paragraph.
    pub paragraph: Option<String>,
}

/// What is asked for: a line of the account and a page.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    rad: String,
    #[serde(default)]
    sida: usize,
}

fn path(case: CaseId) -> String {
    format!("/arenden/{case}/markeringar")
}

/// A line of the account with the way to the marks it cut.
pub(super) fn linked(line: &AccountLine, shown: Line, case: CaseId, language: Language) -> Line {
    let behind = (line.marks < 0).then(|| Link::new(format!("{}?rad={}", path(case), line.id), fluent::plain(language, "cut-behind")));
    Line { behind, ..shown }
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let language = visitor.language;
    let line = Some(asked.rad.as_str()).filter(|line| !line.is_empty());
    let found = explained::cut_marks(&site.tenant, actor, case, line, asked.sida.max(1)).await?;
    let view = views::case(&site.tenant, actor, case).await?;
    let back = Link::new(format!("/arenden/{case}"), view.line.case.number.clone());
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), back, Link::here(visitor.t("cut-here"))];
    let address = |page: usize| {
        let filter = line.map_or_else(String::new, |line| format!("rad={line}&"));
        format!("{}?{filter}sida={page}", path(case))
    };
    let lines = found.account.len();
    html(&CutMarksPage {
        page: visitor.page(&site, Section::Officer, visitor.t("cut-title"), crumbs).await?,
        about: format!(
            "{} · {} · {}",
            view.line.applicant,
            view.line.grant.get(language),
            words::of_case(view.line.period.as_ref(), &view.line.case.period, language)
        ),
        account: found.account.iter().enumerate().map(|(at, line)| words::account(line, at, lines, language)).collect(),
        rules: rules(&found, line, language),
        marks: found.marks.iter().map(|mark| shown(mark, language)).collect(),
        range: range(&found, language),
        previous: (found.page > 1).then(|| address(found.page - 1)),
        next: (found.page < found.pages).then(|| address(found.page + 1)),
        path: path(case),
    })
}

fn rules(found: &CutPage, chosen: Option<&str>, language: Language) -> Vec<Choice> {
    let cutting = || found.account.iter().filter(|line| line.marks < 0);
    let all: i64 = cutting().map(|line| -line.marks).sum();
    let all = (String::new(), fluent::plain(language, "cut-all"), all);
    let lines = cutting().map(|line| (line.id.clone(), line.text.get(language).to_owned(), -line.marks));
    let choice = |(value, text, count): (String, String, i64)| Choice {
        selected: chosen.unwrap_or_default() == value,
        text: format!("{text} ({})", number::integer(count)),
        value,
    };
    std::iter::once(all).chain(lines).map(choice).collect()
}

fn range(found: &CutPage, language: Language) -> String {
    let first = (found.page - 1) * explained::PAGE;
    let figure = |count: usize| number::integer(i64::try_from(count).unwrap_or(i64::MAX));
    let (from, to, of) = (figure(first + 1), figure(first + found.marks.len()), figure(found.count));
    say(language, "cut-range", &[("from", &from), ("to", &to), ("of", &of)])
}

fn shown(mark: &CutMark, language: Language) -> Mark {
    let role = fluent::plain(language, if mark.leader { "att-role-leader" } else { "att-role-participant" });
    let about = match mark.about {
        Some((year, sex)) => {
            let sex = fluent::plain(language, if sex == Sex::Female { "cut-female" } else { "cut-male" });
            format!("{role}, {sex}, {}", say(language, "cut-born", &[("year", &year.to_string())]))
        }
        None => format!("{role}, {}", fluent::plain(language, "cut-hidden")),
    };
    Mark {
        who: say(language, "cut-person", &[("number", &mark.person.to_string())]),
        about,
        when: number::local_moment(mark.start, language),
        what: say(language, "cut-card", &[("activity", &mark.activity), ("card", &mark.card.to_string())]),
        why: mark.why.get(language).to_owned(),
        paragraph: mark.paragraph.clone(),
    }
}
