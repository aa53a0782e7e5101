//! The years' budgets: what decisions may take of each grant, and what they have taken.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::services::budgets::{self, Overview, Typed as Written};
use crate::text::number;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::page::{Page, Section};
use crate::web::parts::{Action, Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "statistics/budgets.html")]
pub struct BudgetsPage {
    /// The page around it.
    pub page: Page,
    /// The budgets, the latest year first.
    pub budgets: Vec<BudgetLine>,
    /// Setting one; none for who may not.
    pub set: Option<Action>,
}

/// A year's budget of a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BudgetLine {
    /// The grant.
    pub grant: String,
    /// The committee.
    pub committee: String,
    /// The year.
    pub year: String,
    /// What may be granted.
    pub amount: String,
    /// What decisions have taken.
    pub used: String,
    /// What is left.
    pub left: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn set(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let written = Written {
        grant_type: value(&sent, "bidrag"),
        unit: value(&sent, "namnd"),
        year: value(&sent, "ar"),
        amount: value(&sent, "belopp"),
    };
    match budgets::set_as_typed(&site.tenant, visitor.staff()?, written).await {
        Ok(()) => Ok(Redirect::to("/budget?kvitto=arsbudget").into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[("amount", "belopp")])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<BudgetsPage, Error> {
    let found = budgets::overview(&site.tenant, visitor.staff()?).await?;
    let crumbs = vec![Link::new("/statistik", visitor.t("stat-title")), Link::here(visitor.t("budgets-title"))];
    let mut page = visitor.page(site, Section::Officer, visitor.t("budgets-title"), crumbs).await?;
    let mut set = found.may_set.then(|| form(site, visitor, &found));
    if let Some(typed) = typed {
        page.errors = typed.fill(visitor.language, set.iter_mut().flat_map(|action| action.fields.iter_mut()));
    }
    let title = |id: &str| {
        found
            .grants
            .iter()
            .find(|(known, _)| known == id)
            .map_or_else(|| id.to_owned(), |(_, title)| title.get(visitor.language).to_owned())
    };
    let committee = |code: &str| site.tenant.profile.committee(code).map_or_else(|| code.to_owned(), |committee| committee.name.clone());
    let lines = found.budgets.iter().map(|row| BudgetLine {
        grant: title(&row.grant_type),
        committee: committee(&row.unit),
        year: row.year.to_string(),
        amount: number::money(row.amount_ore),
        used: number::money(row.used_ore),
        left: number::money(row.amount_ore.checked_sub(row.used_ore).unwrap_or_default()),
    });
    Ok(BudgetsPage { budgets: lines.collect(), set, page })
}

fn form(site: &Site, visitor: &Visitor, found: &Overview) -> Action {
    let choice = |value: &str, text: &str| Choice { value: value.to_owned(), text: text.to_owned(), selected: false };
    let none = || choice("", &visitor.t("stat-choose-round"));
    let grants = found.grants.iter().map(|(id, title)| choice(id, title.get(visitor.language)));
    let committees = site.tenant.profile.committees.iter().map(|committee| choice(&committee.code, &committee.name));
    let field =
        |name: &str, label: &str, kind: FieldKind| Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() };
    Action {
        url: "/budget".to_owned(),
        title: visitor.t("budgets-set"),
        explanation: visitor.t("budgets-set-text"),
        button: visitor.t("budgets-button"),
        fields: vec![
            field("bidrag", "stat-grant", FieldKind::Select([none()].into_iter().chain(grants).collect())),
            field("namnd", "meetings-whose", FieldKind::Select(committees.collect())),
            Field {
                value: found.year.to_string(),
                hint: Some(visitor.t("budgets-year-hint")),
                ..field("ar", "budgets-year", FieldKind::Text)
            },
            field("belopp", "stat-budget-amount", FieldKind::Amount),
        ],
        ..Action::default()
    }
}
