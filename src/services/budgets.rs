//! Budgets per grant type, committee and budget year: what decisions take can never exceed them.

use chrono::Datelike;
use serde_json::json;

use super::actor::{Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::report::Settled;
use crate::domain::{Localized, Money, clock};
use crate::store::Tx;
use crate::store::budgets::{self as rows, BudgetRow, EntryKind, EntryRow};
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::text::number;

/// Which budget.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// The grant type.
    pub grant_type: &'a str,
    /// Whose money: the committee.
    pub unit: &'a str,
    /// The budget year; not the year of the activity.
    pub year: i64,
}

/// Sets what may be granted. A new budget begins with what decisions of its year have granted already.
///
/// # Errors
/// [`ServiceError::Refused`] when more than that is granted already, or the actor may not.
pub async fn set(tenant: &Tenant, actor: &Actor, which: Which<'_>, amount: Money) -> ServiceResult<BudgetRow> {
    may_set(actor)?;
    let Which { grant_type, unit, year } = which;
    if amount.is_negative() {
        let message = Localized::both("Budgeten kan inte vara under noll.", "The budget cannot be below zero.");
        return Err(ServiceError::invalid("amount", "negative", message));
    }
    let mut tx = tenant.db.write().await?;
    let row = BudgetRow { grant_type: grant_type.to_owned(), unit: unit.to_owned(), year, amount_ore: amount, used_ore: Money::ZERO };
    if rows::insert(&mut tx, &row).await? {
        for decision in rows::standing(&mut tx, grant_type, unit).await? {
            if budget_year(decision.decided_at) != year {
                continue;
            }
            let entry = EntryRow {
                grant_type: grant_type.to_owned(),
                unit: unit.to_owned(),
                year,
                decision_id: decision.id,
                kind: EntryKind::Decided,
                amount_ore: decision.amount_ore,
                at: tenant.clock.now(),
            };
            if !rows::take(&mut tx, &entry).await? {
                return Err(too_low(amount));
            }
        }
    } else if !rows::set_amount(&mut tx, grant_type, unit, year, amount).await? {
        return Err(too_low(amount));
    }
    let body = json!({ "grant_type": grant_type, "unit": unit, "year": year, "amount_ore": amount });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "budget.set", body, texts: &[] }).await?;
    let row = rows::of(&mut tx, grant_type, unit, year).await?.ok_or(ServiceError::NotFound)?;
    tx.commit().await?;
    Ok(row)
}

/// Whoever pays or administers keeps the year's budget.
fn may_set(actor: &Actor) -> ServiceResult<()> {
    authorize(actor, Action::Administer).or_else(|refused| authorize(actor, Action::Pay).map_err(|_| refused)).map(|_| ())
}

/// A year's budget as somebody typed it.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The grant type.
    pub grant_type: &'a str,
    /// The committee.
    pub unit: &'a str,
    /// The year.
    pub year: &'a str,
    /// How much, as `4 500 000`.
    pub amount: &'a str,
}

/// Sets a year's budget as it was typed.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per field; else those of [`set`].
pub async fn set_as_typed(tenant: &Tenant, actor: &Actor, typed: Typed<'_>) -> ServiceResult<()> {
    may_set(actor)?;
    let mut findings = Vec::new();
    let mut wrong = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            let message = Localized::both(sv, en);
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message });
        }
    };
    let grants = grants(&mut tenant.db.read().await?, tenant).await?;
    let this_year = tenant.clock.today().year();
    let year = typed.year.trim().parse::<i32>().ok().filter(|year| (this_year - 5..=this_year + 5).contains(year));
    let amount = crate::forms::parse_money(typed.amount).ok().filter(|amount| !amount.is_negative());
    wrong(!grants.iter().any(|(id, _)| id == typed.grant_type), "bidrag", "Välj ett bidrag.", "Choose a grant.");
    wrong(tenant.profile.committee(typed.unit).is_none(), "namnd", "Välj en nämnd.", "Choose a committee.");
    wrong(year.is_none(), "ar", "Skriv ett år, till exempel 2026.", "Write a year, such as 2026.");
    wrong(amount.is_none(), "belopp", "Skriv beloppet i kronor, till exempel 4 500 000.", "Write the amount in kronor, such as 4 500 000.");
    let (Some(year), Some(amount), true) = (year, amount, findings.is_empty()) else { return Err(ServiceError::Invalid(findings)) };
    set(tenant, actor, Which { grant_type: typed.grant_type, unit: typed.unit, year: i64::from(year) }, amount).await.map(|_| ())
}

/// The years' budgets with what a page needs beside them.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The budgets, the latest year first.
    pub budgets: Vec<BudgetRow>,
    /// The grants that give money, by id.
    pub grants: Vec<(String, Localized)>,
    /// This year.
    pub year: i32,
    /// Whether the actor may set them.
    pub may_set: bool,
}

/// The years' budgets.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn overview(tenant: &Tenant, actor: &Actor) -> ServiceResult<Overview> {
    let budgets = list(tenant, actor).await?;
    let grants = grants(&mut tenant.db.read().await?, tenant).await?;
    Ok(Overview { budgets, grants, year: tenant.clock.today().year(), may_set: may_set(actor).is_ok() })
}

/// The grants that give money, by their names.
async fn grants(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Vec<(String, Localized)>> {
    let active = packages::active(tx, tenant).await?;
    let money = active.iter().filter(|(_, package)| package.form.kind.gives_money());
    let mut found: Vec<_> = money.map(|(_, package)| (package.id.clone(), package.form.title.clone())).collect();
    found.sort_by(|a, b| a.1.sv.cmp(&b.1.sv));
    Ok(found)
}

/// Every budget with what is used of it.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn list(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<BudgetRow>> {
    authorize(actor, Action::Browse)?;
    Ok(rows::all(&mut tenant.db.read().await?).await?)
}

/// What may be granted of a grant type in a year, all committees together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The budget year.
    pub year: i64,
    /// What may be granted.
    pub amount: Money,
    /// What decisions have taken of it.
    pub used: Money,
}

/// The budget that a decision made today burdens; `None` where none is set.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn this_year(tenant: &Tenant, actor: &Actor, grant_type: &str) -> ServiceResult<Option<Year>> {
    let year = i64::from(tenant.clock.today().year());
    let found = list(tenant, actor).await?.into_iter().filter(|budget| budget.grant_type == grant_type && budget.year == year);
    Ok(found.fold(None, |sum: Option<Year>, budget| {
        let sum = sum.unwrap_or(Year { year, amount: Money::ZERO, used: Money::ZERO });
        let amount = [sum.amount, budget.amount_ore].into_iter().sum();
        Some(Year { amount, used: [sum.used, budget.used_ore].into_iter().sum(), ..sum })
    }))
}

/// Takes what a decision grants from its budget, in the decision's own transaction. Without a budget nothing is counted.
///
/// # Errors
/// [`ServiceError::Refused`] when there is not enough left.
pub async fn charge(tx: &mut Tx, case: &CaseRow, decision: &DecisionRow) -> ServiceResult<()> {
    if !decision.amount_ore.is_positive() {
        return Ok(());
    }
    let year = budget_year(decision.decided_at);
    let entry = entry(case, decision, year, EntryKind::Decided, decision.amount_ore);
    if rows::take(tx, &entry).await? {
        return Ok(());
    }
    let Some(budget) = rows::of(tx, &case.grant_type, &case.committee, year).await? else { return Ok(()) };
    let left = budget.amount_ore.checked_sub(budget.used_ore).unwrap_or_default();
    Err(ServiceError::refused(
        format!(
            "Budgeten för {year} räcker inte: {} är kvar och beslutet är på {}. Höj budgeten eller lämna ärendet till nämnden.",
            number::money(left),
            number::money(decision.amount_ore)
        ),
        format!(
            "The budget for {year} is not enough: SEK {left} is left and the decision is SEK {}. Raise the budget or leave the case to the committee.",
            decision.amount_ore
        ),
    ))
}

/// Gives back what an undone decision took.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, decision: &DecisionRow) -> ServiceResult<()> {
    for taken in rows::entries_of(tx, decision.id).await?.into_iter().filter(|entry| entry.kind == EntryKind::Decided) {
        let back = Money::ZERO.checked_sub(taken.amount_ore).ok_or_else(|| anyhow::anyhow!("an amount that has no opposite"))?;
        let entry = EntryRow { at: tenant.clock.now(), ..entry(case, decision, taken.year, EntryKind::Undone, back) };
        if !rows::take(tx, &entry).await? {
            return Err(anyhow::anyhow!("the budget of decision {} does not have what was taken from it", decision.id).into());
        }
    }
    Ok(())
}

/// Gives back what a settled grant did not come to be, to the budget that the grant was taken from.
///
/// # Errors
/// When the database refuses.
pub async fn settle(tx: &mut Tx, tenant: &Tenant, granted: &CaseRow, report: &DecisionRow, settled: &Settled) -> ServiceResult<()> {
    let back = settled.came_to_be.checked_sub(settled.granted).ok_or_else(|| anyhow::anyhow!("an amount that has no opposite"))?;
    let Some(decision) = crate::store::decisions::standing(tx, granted.id).await?.filter(|_| back.is_negative()) else { return Ok(()) };
    // Where the budget was set after the decision, or never, nothing was taken by it.
    for taken in rows::entries_of(tx, decision.id).await?.into_iter().filter(|entry| entry.kind == EntryKind::Decided) {
        let entry = EntryRow { at: tenant.clock.now(), ..entry(granted, report, taken.year, EntryKind::Undone, back) };
        if !rows::take(tx, &entry).await? {
            return Err(anyhow::anyhow!("the budget of decision {} does not have what was taken from it", decision.id).into());
        }
    }
    Ok(())
}

fn entry(case: &CaseRow, decision: &DecisionRow, year: i64, kind: EntryKind, amount: Money) -> EntryRow {
    EntryRow {
        grant_type: case.grant_type.clone(),
        unit: case.committee.clone(),
        year,
        decision_id: decision.id,
        kind,
        amount_ore: amount,
        at: decision.decided_at,
    }
}

/// A decision burdens the budget of the year it is made in.
fn budget_year(decided: chrono::DateTime<chrono::Utc>) -> i64 {
    i64::from(clock::swedish_date(decided).year())
}

fn too_low(amount: Money) -> ServiceError {
    ServiceError::refused(
        format!("Det är redan beviljat mer än {}.", number::money(amount)),
        format!("More than SEK {amount} is granted already."),
    )
}
