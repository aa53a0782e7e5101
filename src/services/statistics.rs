//! Applied for, granted, ordered, paid and budget, by grant type and period.
//!
//! *Applied for* is what the applications came to when they were last calculated. *Granted* is what standing decisions
//! gave. *Ordered* is what standing payment orders come to, sent or not. *Paid* is confirmed: the money has left the
//! account and has not come back. Where single persons have
//! applied, and fewer than five of them, the line's figures are hidden and left out of every sum, so that nobody learns by
//! subtraction what a person was given.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::json;

use super::actor::{Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::{Localized, Money};
use crate::store::scope::Scope;
use crate::store::statistics::{self as rows, BudgetRow};

/// The fewest persons whose figures are shown.
pub const FEWEST: i64 = 5;

/// What the statistics are limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One grant type; all when empty.
    pub grant_type: String,
    /// One period; all when empty.
    pub period: String,
}

/// A grant type's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Grant type.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// Period.
    pub period: String,
    /// Its figures; none where they would tell of too few persons.
    pub figures: Option<Figures>,
    /// The newest budget and the decision it rests on.
    pub budget: Option<(Money, String)>,
}

/// Counts and sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Applications.
    pub cases: i64,
    /// What they came to.
    pub applied: Money,
    /// Applications that were granted, wholly or in part.
    pub granted_cases: i64,
    /// What was granted.
    pub granted: Money,
    /// What payment orders come to that stand, paid or not.
    pub ordered: Money,
    /// Applications that have been paid for.
    pub paid_cases: i64,
    /// What was paid.
    pub paid: Money,
}

/// The statistics.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// Lines, by grant and period, the latest period first.
    pub lines: Vec<Line>,
    /// The sum of what is shown.
    pub total: Figures,
    /// The sum of the budgets, where there is one.
    pub budget: Option<Money>,
    /// What was granted where there is a budget: what the budgets are held against.
    pub granted_of_budget: Money,
    /// How many lines are hidden.
    pub hidden: usize,
    /// Whether associations are left out because the reader must keep away from them.
    pub limited: bool,
    /// Every grant type that pays money.
    pub grants: Vec<(String, Localized)>,
    /// Every period there is something of, the latest first.
    pub periods: Vec<String>,
}

/// The statistics that a member of the staff may see.
///
/// # Errors
/// [`ServiceError::NotFound`] for whoever is no staff, or when the database cannot be read.
pub async fn read(tenant: &Tenant, actor: &Actor, filter: &Filter) -> ServiceResult<Statistics> {
    authorize(actor, Action::Browse)?;
    let scope = actor.scope()?;
    let mut tx = tenant.db.read().await?;
    let grants: BTreeMap<String, Localized> = (packages::active(&mut tx, tenant).await?.into_iter())
        .filter(|(_, package)| package.form.kind.gives_money())
        .map(|(_, package)| (package.id.clone(), package.form.title.clone()))
        .collect();
    let mut figures: BTreeMap<(String, String), (Figures, i64)> = BTreeMap::new();
    for row in rows::applied(&mut tx, &scope).await? {
        let (of, persons) = figures.entry((row.grant_type, row.period)).or_default();
        (of.cases, of.applied, *persons) = (row.cases, row.amount_ore, row.persons);
    }
    for row in rows::granted(&mut tx, &scope).await? {
        let (of, _) = figures.entry((row.grant_type, row.period)).or_default();
        (of.granted_cases, of.granted) = (row.cases, row.amount_ore);
    }
    for row in rows::ordered(&mut tx, &scope).await? {
        let (of, _) = figures.entry((row.grant_type, row.period)).or_default();
        of.ordered = row.amount_ore;
    }
    for row in rows::paid(&mut tx, &scope).await? {
        let (of, _) = figures.entry((row.grant_type, row.period)).or_default();
        (of.paid_cases, of.paid) = (row.cases, row.amount_ore);
    }
    let mut budgets: BTreeMap<(String, String), (Money, String)> = BTreeMap::new();
    for row in rows::budgets(&mut tx).await? {
        // The newest of a period comes first.
        budgets.entry((row.grant_type, row.period)).or_insert((row.amount_ore, row.reference));
    }
    drop(tx);
    for key in budgets.keys() {
        figures.entry(key.clone()).or_default();
    }
    figures.retain(|(grant, _), _| grants.contains_key(grant));
    let mut periods: Vec<String> = figures.keys().map(|(_, period)| period.clone()).collect();
    periods.sort_by(|a, b| b.cmp(a));
    periods.dedup();
    let wanted = |value: &str, asked: &str| asked.is_empty() || value == asked;
    let mut lines: Vec<Line> = figures
        .into_iter()
        .filter(|((grant, period), _)| wanted(grant, &filter.grant_type) && wanted(period, &filter.period))
        .map(|((grant, period), (figures, persons))| Line {
            title: grants.get(&grant).cloned().unwrap_or_else(|| Localized::sv(grant.clone())),
            budget: budgets.get(&(grant.clone(), period.clone())).cloned(),
            figures: (!(1..FEWEST).contains(&persons)).then_some(figures),
            grant_type: grant,
            period,
        })
        .collect();
    lines.sort_by(|a, b| (&a.title.sv, &b.period).cmp(&(&b.title.sv, &a.period)));
    let limited = match &scope {
        Scope::Staff { except } => !except.is_nothing(),
        Scope::Association(_) => true,
    };
    let total = total(&lines)?;
    let budget = lines.iter().filter_map(|line| line.budget.as_ref()).map(|(amount, _)| *amount);
    let with_budget = lines.iter().filter(|line| line.budget.is_some()).filter_map(|line| line.figures);
    Ok(Statistics {
        budget: lines.iter().any(|line| line.budget.is_some()).then(|| Money::sum(budget)).transpose().map_err(anyhow::Error::from)?,
        granted_of_budget: Money::sum(with_budget.map(|figures| figures.granted)).map_err(anyhow::Error::from)?,
        hidden: lines.iter().filter(|line| line.figures.is_none()).count(),
        total,
        lines,
        limited,
        grants: grants.into_iter().collect(),
        periods,
    })
}

fn total(lines: &[Line]) -> ServiceResult<Figures> {
    let shown: Vec<Figures> = lines.iter().filter_map(|line| line.figures).collect();
    let sum = |pick: fn(&Figures) -> Money| Money::sum(shown.iter().map(pick)).map_err(anyhow::Error::from);
    Ok(Figures {
        cases: shown.iter().map(|of| of.cases).sum(),
        applied: sum(|of| of.applied)?,
        granted_cases: shown.iter().map(|of| of.granted_cases).sum(),
        granted: sum(|of| of.granted)?,
        ordered: sum(|of| of.ordered)?,
        paid_cases: shown.iter().map(|of| of.paid_cases).sum(),
        paid: sum(|of| of.paid)?,
    })
}

/// How large a share one sum is of another, in percent with at most one decimal; none of nothing.
#[must_use]
pub fn share(part: Money, whole: Money) -> Option<Decimal> {
    let whole = whole.is_positive().then(|| whole.kronor())?;
    Some((part.kronor() / whole * Decimal::ONE_HUNDRED).round_dp(1).normalize())
}

/// A budget as somebody enters it.
#[derive(Clone, Debug)]
pub struct NewBudget<'a> {
    /// Grant type.
    pub grant_type: &'a str,
    /// Period.
    pub period: &'a str,
    /// How much; none when what was typed is no amount.
    pub amount: Option<Money>,
    /// The decision it rests on.
    pub reference: &'a str,
}

/// Enters the budget of a grant type's period. The one before stays in the history.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is no such period, no amount or no decision named.
pub async fn set_budget(tenant: &Tenant, actor: &Actor, new: &NewBudget<'_>) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let active = packages::active(&mut tx, tenant).await?;
    let package = active.iter().map(|(_, package)| package).find(|package| package.id == new.grant_type);
    let known = package.is_some_and(|package| package.form.kind.gives_money() && package.form.period(new.period).is_some());
    let mut findings = Vec::new();
    let mut wrong = |place: &str, sv: &str, en: &str| {
        findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
    };
    if !known {
        wrong("omgang", "Välj ett bidrag och en period.", "Choose a grant and a period.");
    }
    let amount = new.amount.filter(|amount| !amount.is_negative());
    if amount.is_none() {
        wrong("belopp", "Skriv ett belopp i kronor, till exempel 8 500 000.", "Write an amount in kronor, such as 8 500 000.");
    }
    if new.reference.trim().is_empty() {
        wrong("underlag", "Skriv vilket beslut budgeten bygger på.", "Write which decision the budget rests on.");
    }
    let Some(amount_ore) = amount.filter(|_| findings.is_empty()) else { return Err(ServiceError::Invalid(findings)) };
    let row = BudgetRow {
        id: tenant.ids.uuid(),
        grant_type: new.grant_type.to_owned(),
        period: new.period.to_owned(),
        amount_ore,
        reference: new.reference.trim().to_owned(),
        entered_at: tenant.clock.now(),
        entered_by: actor.person(),
    };
    rows::insert_budget(&mut tx, &row).await?;
    let body = json!({ "grant_type": row.grant_type, "period": row.period, "amount_ore": row.amount_ore });
    let event = Event { kind: "budget.entered", body, texts: &[("reference", &row.reference)] };
    history::record(&mut tx, tenant, Stream::System, actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The rounds that a budget can be entered for: grant type, its name and period, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn rounds(tenant: &Tenant) -> ServiceResult<Vec<(String, Localized, String)>> {
    let mut tx = tenant.db.read().await?;
    let active = packages::active(&mut tx, tenant).await?;
    let mut rounds: Vec<_> = active
        .iter()
        .filter(|(_, package)| package.form.kind.gives_money())
        .flat_map(|(_, package)| {
            package.form.periods.iter().map(|period| (package.id.clone(), package.form.title.clone(), period.dates.id.clone()))
        })
        .collect();
    rounds.sort_by(|a, b| (&a.1.sv, &b.2).cmp(&(&b.1.sv, &a.2)));
    Ok(rounds)
}
