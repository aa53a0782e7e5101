//! The list of cases.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::id::UserId;
use crate::domain::localized::Language;
use crate::services::Actor;
use crate::services::assignment::views::away_today;
use crate::services::cases::list::{self, After, Counts, Filter, Line, Waits, Which, Whose};
use crate::services::conflicts::ties;
use crate::services::packages::{self, PeriodWords};
use crate::text::{folding, number};
use crate::web::officer::cases::{CaseFilter, CaseRow, CasesPage, SavedView};
use crate::web::officer::words::{many, say, waits, why};
use crate::web::officer::workload;
use crate::web::page::Section;
use crate::web::parts::{Choice, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// How many cases a page shows.
const MOST: usize = 50;
/// How many that are due today stand first.
const MOST_TODAY: usize = 10;

/// What the address asks for; the same words stand in a kept view.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    bidrag: String,
    #[serde(default)]
    period: String,
    #[serde(default)]
    att_gora: String,
    #[serde(default)]
    handlaggare: String,
    #[serde(default)]
    lage: String,
    #[serde(default)]
    forsenat: String,
    #[serde(default)]
    efter: String,
}

impl Asked {
    /// The query of an address that asks for the same, without the page's place.
    fn query(&self) -> String {
        let pairs = [
            ("sok", &self.sok),
            ("bidrag", &self.bidrag),
            ("period", &self.period),
            ("att_gora", &self.att_gora),
            ("handlaggare", &self.handlaggare),
            ("lage", &self.lage),
            ("forsenat", &self.forsenat),
        ];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish()
    }

    fn which(&self, actor: &Actor) -> Which<'static> {
        match self.att_gora.as_str() {
            "alla" => Which::All,
            "beslut" => Which::Waiting(&[Waits::Decision]),
            "sokande" => Which::Waiting(&[Waits::Applicant]),
            "tid" => Which::Waiting(&[Waits::Close, Waits::Time, Waits::Service]),
            "beslutat" => Which::Waiting(&[Waits::Dispatch]),
            "undanlagt" => Which::Snoozed,
            "i-dag" => Which::DueToday,
            "oppnade" => actor.user().map_or(Which::ToDo, |user| Which::Opened(user.id)),
            "avslutat" => Which::Waiting(&[Waits::Nothing]),
            // Who searches for a case wants it wherever it stands.
            _ if !self.sok.trim().is_empty() => Which::All,
            _ => Which::ToDo,
        }
    }

    fn whose(&self, actor: &Actor) -> Whose {
        let Some(user) = actor.user() else { return Whose::Anybody };
        match self.handlaggare.as_str() {
            "mina" => Whose::Hers(user.id),
            "ingen" => Whose::Nobodys,
            "alla" => Whose::Anybody,
            other => match other.parse() {
                Ok(officer) => Whose::Hers(officer),
                Err(_) if self.sok.trim().is_empty() => Whose::HersOrNobodys(user.id),
                Err(_) => Whose::Anybody,
            },
        }
    }
}

fn given(value: &str) -> Option<&str> {
    Some(value).filter(|value| !value.is_empty())
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let language = visitor.language;
    let words = folding::asked(&asked.sok);
    let filter = Filter {
        whose: asked.whose(actor),
        which: asked.which(actor),
        grant_type: given(&asked.bidrag),
        period: given(&asked.period),
        state: given(&asked.lage),
        overdue: asked.forsenat == "ja",
        words: &words,
    };
    let (lines, next) = list::page(&site.tenant, actor, &filter, after(&asked.efter), MOST).await?;
    let found = list::counts_of(&site.tenant, actor, &filter).await?;
    let counts = list::counts(&site.tenant, actor).await?;
    let choices = list::choices(&site.tenant, actor).await?;
    let away = away_today(&site.tenant, actor).await?;
    let today = site.tenant.clock.today();
    let query = asked.query();
    // What must be done today stands first, where nothing else was asked for.
    let today_first = if query.is_empty() && asked.efter.is_empty() {
        let due = Filter { which: Which::DueToday, ..filter.clone() };
        list::page(&site.tenant, actor, &due, None, MOST_TODAY).await?.0
    } else {
        Vec::new()
    };
    let opened = match actor.user() {
        Some(user) => {
            let mine = Filter { which: Which::Opened(user.id), ..Filter::default() };
            list::counts_of(&site.tenant, actor, &mine).await?.all
        }
        None => 0,
    };
    let page = visitor.page(&site, Section::Officer, visitor.t("cases-title"), Vec::new()).await?;
    html(&CasesPage {
        summary: summary(language, &counts),
        opened: (opened > 0).then(|| Link::new("/arenden?att_gora=oppnade&handlaggare=alla", many(language, "cases-opened", opened))),
        today: today_first.iter().map(|line| row(language, line, &away, today)).collect(),
        review: ties::asked(&site.tenant, actor)
            .await?
            .map(|year| Link::new("/bindningar", say(language, "ties-asked", &[("year", &year.to_string())]))),
        batch: (counts.ready > 0).then(|| Link::new("/beslut", many(language, "cases-batch", counts.ready))),
        filter: filter_of(language, &asked, &choices, &packages::period_words(&site.tenant).await?),
        may_ask: actor.has(crate::domain::role::Role::Officer),
        found: number::integer(found.all),
        cases: lines.iter().map(|line| row(language, line, &away, today)).collect(),
        previous: (!asked.efter.is_empty()).then(|| format!("/arenden?{query}")),
        next: next
            .map(|next| format!("/arenden?{}efter={}", if query.is_empty() { String::new() } else { format!("{query}&") }, place(next))),
        saved: saved(&site, actor, &query).await?,
        query,
        page,
    })
}

/// A page's end as a word of an address.
pub(in crate::web) fn place(after: After) -> String {
    format!("{}_{}_{}", after.rank, after.received_at.timestamp_micros(), after.case)
}

/// Where the page before ended; an address that is no such word begins at the beginning.
pub(in crate::web) fn after(word: &str) -> Option<After> {
    let mut parts = word.splitn(3, '_');
    let rank = parts.next()?.parse().ok()?;
    let received_at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    Some(After { rank, received_at, case: parts.next()?.parse().ok()? })
}

fn summary(language: Language, counts: &Counts) -> String {
    let figures = [("todo", counts.todo), ("open", counts.open), ("ready", counts.ready), ("clean", counts.clean)];
    let places = figures.map(|(name, count)| (name, number::integer(count)));
    let places: Vec<_> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say(language, "cases-summary", &places)
}

fn row(language: Language, line: &Line, absent: &BTreeMap<UserId, NaiveDate>, today: NaiveDate) -> CaseRow {
    let standing = &line.row.standing;
    let messages = (line.row.unread > 0).then(|| many(language, "cases-unread", line.row.unread));
    let away = line.row.snoozed_until.filter(|until| *until > today);
    let reason = match (messages, away) {
        (Some(messages), _) => messages,
        (None, Some(until)) => say(language, "cases-away", &[("date", &number::date(until, language))]),
        (None, None) => standing.why.clone().unwrap_or_else(|| why(language, standing.waits)),
    };
    CaseRow {
        id: standing.case_id.to_string(),
        href: format!("/arenden/{}", standing.case_id),
        diary_number: line.row.number.clone(),
        association: line.applicant.clone(),
        grant: format!("{}, {}", line.grant.get(language), line.period.get(language)),
        state: waits(standing.waits, line.state.get(language), language),
        why: reason,
        amount: line.row.amount_ore.map_or_else(String::new, number::money),
        age: many(language, "days", (today - crate::domain::clock::swedish_date(standing.received_at)).num_days()),
        due: standing.due.map_or_else(String::new, |due| number::date(due, language)),
        // Who has decided is late no more.
        late: standing.due.is_some_and(|due| due < today) && !matches!(standing.waits, Waits::Dispatch | Waits::Nothing),
        officer: line.row.officer.clone().unwrap_or_default(),
        officer_away: workload::until(line.row.officer_id.and_then(|officer| absent.get(&officer)), language),
    }
}

fn filter_of(language: Language, asked: &Asked, choices: &list::Choices, words: &PeriodWords) -> CaseFilter {
    let t = |key: &str| crate::text::fluent::plain(language, key);
    let choice = |value: &str, text: String, chosen: &str| Choice { value: value.to_owned(), text, selected: value == chosen };
    let mut grants = vec![choice("", t("cases-all-grants"), &asked.bidrag)];
    grants.extend(choices.grants.iter().map(|(id, name)| choice(id, name.get(language).to_owned(), &asked.bidrag)));
    let mut periods = vec![choice("", t("cases-all-periods"), &asked.period)];
    periods.extend(choices.periods.iter().map(|period| choice(period, words.any(period).get(language).to_owned(), &asked.period)));
    let todos = [
        ("", t("cases-todo-all")),
        ("i-dag", t("cases-todo-today")),
        ("oppnade", t("cases-todo-opened")),
        ("beslut", t("cases-todo-decide")),
        ("sokande", t("cases-todo-applicant")),
        ("tid", t("cases-todo-time")),
        ("beslutat", t("cases-todo-decided")),
        ("undanlagt", t("cases-todo-away")),
        ("avslutat", t("cases-todo-closed")),
        ("alla", t("cases-todo-everything")),
    ];
    let mut officers = vec![
        choice("", t("cases-mine-or-free"), &asked.handlaggare),
        choice("mina", t("cases-mine"), &asked.handlaggare),
        choice("ingen", t("cases-free"), &asked.handlaggare),
        choice("alla", t("cases-everybodys"), &asked.handlaggare),
    ];
    officers.extend(choices.officers.iter().map(|(id, name)| choice(&id.to_string(), name.clone(), &asked.handlaggare)));
    CaseFilter {
        query: asked.sok.clone(),
        grants,
        periods,
        todos: todos.into_iter().map(|(value, text)| choice(value, text, &asked.att_gora)).collect(),
        officers,
        overdue: asked.forsenat == "ja",
        state: asked.lage.clone(),
        more: !(asked.period.is_empty() && asked.handlaggare.is_empty() && asked.forsenat.is_empty()),
        active: !asked.query().is_empty(),
    }
}

async fn saved(site: &Site, actor: &Actor, query: &str) -> Result<Vec<SavedView>, Error> {
    let views = list::saved(&site.tenant, actor).await?;
    Ok(views
        .into_iter()
        .map(|view| SavedView {
            current: view.query == query,
            href: format!("/arenden?{}", view.query),
            forget: format!("/arenden/vyer/{}/ta-bort", view.id),
            name: view.name,
        })
        .collect())
}

/// The fields of a form as they were sent.
type Sent = BTreeMap<String, String>;

pub(in crate::web) async fn save(State(site): State<Site>, visitor: Visitor, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    // What comes back is read as an address' query and written anew: nothing else is kept.
    let address = format!("/?{}", value("fraga")).parse().unwrap_or_default();
    let asked = Query::<Asked>::try_from_uri(&address).map(|Query(asked)| asked).unwrap_or_default();
    list::save(&site.tenant, visitor.staff()?, value("namn"), &asked.query()).await?;
    Ok(Redirect::to(&format!("/arenden?{}{}kvitto=vy", asked.query(), if asked.query().is_empty() { "" } else { "&" })).into_response())
}

pub(in crate::web) async fn forget(State(site): State<Site>, visitor: Visitor, Path(view): Path<Uuid>) -> Result<Response, Error> {
    list::forget(&site.tenant, visitor.staff()?, view).await?;
    Ok(Redirect::to("/arenden?kvitto=vybort").into_response())
}
