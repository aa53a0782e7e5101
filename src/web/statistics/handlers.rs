//! Figures in words, bars and a table, and the same as a file.

use std::collections::BTreeMap;

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::Money;
use crate::services::ServiceError;
use crate::services::actor::{Action as Wish, authorize};
use crate::services::packages::{self, PeriodWords};
use crate::services::statistics::{self, FEWEST, Figures, Filter, Line, NewBudget, Statistics};
use crate::text::number;
use crate::web::page::{Page, Section, html_with};
use crate::web::parts::{Action, Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::statistics::{Bar, StatLine, StatisticsPage};
use crate::web::{Error, html};

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    bidrag: String,
    #[serde(default)]
    period: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter { grant_type: self.bidrag.clone(), period: self.period.clone() }
    }

    fn query(&self) -> String {
        let pairs = [("bidrag", &self.bidrag), ("period", &self.period)];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish()
    }
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    html(&shown(&site, &visitor, &asked).await?)
}

async fn shown(site: &Site, visitor: &Visitor, asked: &Asked) -> Result<StatisticsPage, Error> {
    let actor = visitor.staff()?;
    let found = statistics::read(&site.tenant, actor, &asked.filter()).await?;
    let language = visitor.language;
    let page = visitor.page(site, Section::Officer, visitor.t("stat-title"), Vec::new()).await?;
    let longest = longest(&found.lines);
    let words = packages::period_words(&site.tenant).await?;
    let choice = |value: &str, text: String, chosen: &str| Choice { value: value.to_owned(), text, selected: value == chosen };
    let mut grants = vec![choice("", page.t("stat-all-grants"), &asked.bidrag)];
    grants.extend(found.grants.iter().map(|(id, title)| choice(id, title.get(language).to_owned(), &asked.bidrag)));
    let mut periods = vec![choice("", page.t("stat-all-periods"), &asked.period)];
    periods.extend(found.periods.iter().map(|period| choice(period, words.any(period).get(language).to_owned(), &asked.period)));
    let query = asked.query();
    let budget = match authorize(actor, Wish::Administer) {
        Ok(_) => Some(budget_form(site, &page).await?),
        Err(_) => None,
    };
    let mut left_out = Vec::new();
    if found.hidden > 0 {
        left_out.push(page.fill2("stat-hidden", ("lines", &found.hidden.to_string()), ("fewest", &FEWEST.to_string())));
    }
    if found.limited {
        left_out.push(page.t("stat-limited"));
    }
    Ok(StatisticsPage {
        finding: finding(&page, &found),
        lines: found.lines.iter().map(|line| line_shown(&page, line, &words, longest)).collect(),
        total: (found.lines.len() > 1).then(|| total(&page, &found)),
        filtered: !query.is_empty(),
        csv: if query.is_empty() { "/statistik.csv".to_owned() } else { format!("/statistik.csv?{query}") },
        updated: page.fill("stat-updated", "when", number::moment(site.tenant.clock.now(), language)),
        grants,
        periods,
        left_out,
        budget,
        page,
    })
}

/// The longest bar there is, which all others are drawn against.
fn longest(lines: &[Line]) -> Money {
    let figures = lines.iter().filter_map(|line| line.figures).flat_map(|of| [of.applied, of.granted, of.ordered, of.paid]);
    figures.chain(lines.iter().filter_map(|line| line.budget.as_ref()).map(|(amount, _)| *amount)).max().unwrap_or_default()
}

fn finding(page: &Page, found: &Statistics) -> String {
    if found.total.cases == 0 {
        return page.t("stat-nothing");
    }
    let of = found.total;
    let granted = page.fill3(
        "stat-finding",
        ("granted", &number::money(of.granted)),
        ("cases", &number::integer(of.granted_cases)),
        ("paid", &number::money(of.paid)),
    );
    let of_budget = found.budget.and_then(|budget| {
        let share = statistics::share(found.granted_of_budget, budget)?;
        Some(page.fill2("stat-finding-budget", ("share", &number::percent(share)), ("budget", &number::money(budget))))
    });
    [Some(granted), of_budget].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn line_shown(page: &Page, line: &Line, words: &PeriodWords, longest: Money) -> StatLine {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("att_gora", "alla"), ("handlaggare", "alla"), ("bidrag", &line.grant_type), ("period", &line.period)])
        .finish();
    let budget = line.budget.as_ref();
    let mut shown = StatLine {
        link: Link::new(format!("/arenden?{query}"), line.title.get(page.language)),
        period: words.of(&line.grant_type, &line.period).get(page.language).to_owned(),
        budget: budget.map_or_else(|| "–".to_owned(), |(amount, _)| number::money(*amount)),
        reference: budget.map(|(_, reference)| reference.clone()).unwrap_or_default(),
        ..StatLine::default()
    };
    match line.figures {
        Some(of) => {
            figures(&mut shown, of);
            shown.used = budget.and_then(|(amount, _)| statistics::share(of.granted, *amount)).map(number::percent).unwrap_or_default();
            shown.over = budget.is_some_and(|(amount, _)| of.granted > *amount);
            shown.bars = bars(page, of, budget.map(|(amount, _)| *amount), longest);
        }
        None => {
            for cell in
                [&mut shown.cases, &mut shown.applied, &mut shown.granted_cases, &mut shown.granted, &mut shown.ordered, &mut shown.paid]
            {
                HIDDEN.clone_into(cell);
            }
        }
    }
    shown
}

/// What stands where a figure is hidden.
const HIDDEN: &str = "..";

fn figures(shown: &mut StatLine, of: Figures) {
    shown.cases = number::integer(of.cases);
    shown.applied = number::money(of.applied);
    shown.granted_cases = number::integer(of.granted_cases);
    shown.granted = number::money(of.granted);
    shown.ordered = number::money(of.ordered);
    shown.paid = number::money(of.paid);
}

fn bars(page: &Page, of: Figures, budget: Option<Money>, longest: Money) -> Vec<Bar> {
    let bar = |key: &str, amount: Money, class| Bar {
        label: page.t(key),
        value: number::money(amount),
        length: thousandths(amount, longest),
        class,
    };
    let mut bars = vec![
        bar("stat-applied", of.applied, "applied"),
        bar("stat-granted", of.granted, "granted"),
        bar("stat-ordered", of.ordered, "ordered"),
        bar("stat-paid", of.paid, "paid"),
    ];
    bars.extend(budget.map(|amount| bar("stat-budget", amount, "budget")));
    bars
}

fn thousandths(part: Money, whole: Money) -> i64 {
    let part = part.ore().max(0);
    if whole.is_positive() { part.saturating_mul(1000) / whole.ore() } else { 0 }
}

fn total(page: &Page, found: &Statistics) -> StatLine {
    let mut shown = StatLine { link: Link::here(page.t("stat-total")), ..StatLine::default() };
    figures(&mut shown, found.total);
    shown.budget = found.budget.map_or_else(|| "–".to_owned(), number::money);
    shown.used =
        found.budget.and_then(|budget| statistics::share(found.granted_of_budget, budget)).map(number::percent).unwrap_or_default();
    shown
}

/// What a round's choice sends: the grant and the period with a slash between.
async fn budget_form(site: &Site, page: &Page) -> Result<Action, Error> {
    let rounds = statistics::rounds(&site.tenant).await?;
    let rounds = rounds.iter().map(|(grant, title, period)| Choice {
        value: format!("{grant}/{period}"),
        text: format!("{} {period}", title.get(page.language)),
        selected: false,
    });
    let none = Choice { text: page.t("stat-choose-round"), ..Choice::default() };
    Ok(Action {
        url: "/statistik/budget".to_owned(),
        title: page.t("stat-budget-enter"),
        explanation: page.t("stat-budget-text"),
        fields: vec![
            Field {
                name: "omgang".to_owned(),
                label: page.t("stat-budget-round"),
                kind: FieldKind::Select([none].into_iter().chain(rounds).collect()),
                ..Field::default()
            },
            Field { name: "belopp".to_owned(), label: page.t("stat-budget-amount"), kind: FieldKind::Amount, ..Field::default() },
            Field {
                name: "underlag".to_owned(),
                label: page.t("stat-budget-reference"),
                hint: Some(page.t("stat-budget-hint")),
                ..Field::default()
            },
        ],
        ..Action::default()
    })
}

pub(in crate::web) async fn budget(
    State(site): State<Site>,
    visitor: Visitor,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let (grant_type, period) = value("omgang").split_once('/').unwrap_or_default();
    let amount = number::parse(value("belopp")).ok().and_then(|kronor| Money::exact(kronor).ok());
    let new = NewBudget { grant_type, period, amount, reference: value("underlag") };
    let findings = match statistics::set_budget(&site.tenant, visitor.staff()?, &new).await {
        Ok(()) => return Ok(Redirect::to("/statistik?kvitto=budget").into_response()),
        Err(ServiceError::Invalid(findings)) => findings,
        Err(other) => return Err(other.into()),
    };
    let mut page = shown(&site, &visitor, &Asked::default()).await?;
    let text = |finding: &crate::services::error::Finding| finding.message.get(visitor.language).to_owned();
    page.page.errors = findings.iter().map(|finding| Link::new(format!("#{}", finding.place), text(finding))).collect();
    for field in page.budget.iter_mut().flat_map(|action| &mut action.fields) {
        value(&field.name).clone_into(&mut field.value);
        field.error = findings.iter().find(|finding| finding.place == field.name).map(text);
        if let FieldKind::Select(choices) = &mut field.kind {
            choices.iter_mut().for_each(|choice| choice.selected = choice.value == field.value);
        }
    }
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(in crate::web) async fn csv(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let found = statistics::read(&site.tenant, visitor.staff()?, &asked.filter()).await?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heads = [
        "stat-grant",
        "stat-period",
        "stat-cases",
        "stat-applied",
        "stat-granted-cases",
        "stat-granted",
        "stat-ordered",
        "stat-paid",
        "stat-budget",
    ];
    writer.write_record(heads.map(|key| visitor.t(key))).map_err(Error::internal)?;
    for line in &found.lines {
        let budget = line.budget.as_ref().map_or_else(String::new, |(amount, _)| plain(*amount));
        writer.write_record(record(line.title.get(visitor.language), &line.period, line.figures, &budget)).map_err(Error::internal)?;
    }
    let budget = found.budget.map_or_else(String::new, plain);
    writer.write_record(record(&visitor.t("stat-total"), "", Some(found.total), &budget)).map_err(Error::internal)?;
    let mut bytes = vec![0xEF, 0xBB, 0xBF];
    bytes.extend(writer.into_inner().map_err(|error| Error::internal(error.to_string()))?);
    let name = "attachment; filename=\"statistik.csv\"";
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn record(name: &str, period: &str, figures: Option<Figures>, budget: &str) -> [String; 9] {
    let hidden = || HIDDEN.to_owned();
    let count = |pick: fn(Figures) -> i64| figures.map_or_else(hidden, |of| pick(of).to_string());
    let sum = |pick: fn(Figures) -> Money| figures.map_or_else(hidden, |of| plain(pick(of)));
    [
        name.to_owned(),
        period.to_owned(),
        count(|of| of.cases),
        sum(|of| of.applied),
        count(|of| of.granted_cases),
        sum(|of| of.granted),
        sum(|of| of.ordered),
        sum(|of| of.paid),
        budget.to_owned(),
    ]
}

/// Kronor as spreadsheets read them in Sweden: `1234,50`.
fn plain(amount: Money) -> String {
    amount.to_string().replace('.', ",")
}
