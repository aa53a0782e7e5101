//! Reads for the page of a round's ranking.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{hash, left, lines, rows, try_out};
use crate::app::Tenant;
use crate::domain::id::{CaseId, UserId};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money};
use crate::forms::{FieldKind, Form};
use crate::packages::Package;
use crate::services::actor::{Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, packages, protection};
use crate::store::rankings::{LineRow, ListedRow};
use crate::store::{Tx, users};

pub use crate::domain::ranking::{Ranked, Terms, Why};
pub use crate::domain::score::Points;

/// Points as they are typed, with comma or point; none outside 0–100.
#[must_use]
pub fn parse_points(typed: &str) -> Option<Points> {
    let number: rust_decimal::Decimal = typed.replace(',', ".").parse().ok()?;
    let hundredths = (number * rust_decimal::Decimal::ONE_HUNDRED).trunc();
    Points::from_hundredths(i64::try_from(hundredths).ok()?)
}

/// A round's ranking by terms that are tried, or as it was proposed.
#[derive(Clone, Debug)]
pub struct RoundView {
    /// The grant's name.
    pub grant: Localized,
    /// The period.
    pub period: ActivityPeriod,
    /// By which terms.
    pub terms: Terms,
    /// The applications in their order.
    pub rows: Vec<RankedView>,
    /// What was applied for altogether.
    pub applied: Money,
    /// What is proposed altogether.
    pub amount: Money,
    /// What each district gets, where the form asks for districts: name, how many applications, how much.
    pub districts: Vec<(Localized, usize, Money)>,
    /// How many cases are still being assessed.
    pub still_assessed: i64,
    /// How many the actor is kept from.
    pub kept: usize,
    /// Whether it is the one that was settled, and nothing waits to be ranked.
    pub settled: bool,
    /// The proposal that waits to be settled.
    pub proposal: Option<ProposalView>,
    /// Earlier proposals, the newest first.
    pub earlier: Vec<ProposalView>,
    /// What tells this ranking from another.
    pub hash: String,
    /// Whether the actor may propose or settle.
    pub may_prepare: bool,
    /// Whether the form asks for districts.
    pub has_districts: bool,
}

/// An application in its place.
#[derive(Clone, Debug)]
pub struct RankedView {
    /// Place, from 1.
    pub place: u32,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub applicant: String,
    /// What kind it is.
    pub category: Option<Localized>,
    /// Where.
    pub district: Option<Localized>,
    /// Points.
    pub points: Points,
    /// What was applied for.
    pub applied: Money,
    /// What the assessment proposes.
    pub assessed: Money,
    /// What she got of this grant the last time.
    pub before: Option<Money>,
    /// What it gets.
    pub amount: Money,
    /// Why.
    pub why: Why,
    /// Whether it got in through its district's part.
    pub through_district: bool,
}

/// A ranking as somebody proposed it.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// Which.
    pub id: Uuid,
    /// Its place among the round's.
    pub seq: i64,
    /// Who proposed it.
    pub by: String,
    /// Whether the actor did.
    pub own: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// Who settled it, and when.
    pub settled: Option<(String, DateTime<Utc>)>,
    /// Who turned it down, when and why.
    pub turned_down: Option<(String, DateTime<Utc>, String)>,
}

/// The rounds there are to rank: grant type, period, the grant's name, the period, how many wait.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn rounds(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<(String, Localized, ActivityPeriod, i64)>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for (grant_type, period, waiting) in rows::rounds(&mut tx).await? {
        let Some((_, package)) = packages::governing(&mut tx, tenant, &grant_type, &period).await? else { continue };
        let Some(dates) = package.form.period(&period).cloned() else { continue };
        found.push((grant_type, package.form.title.clone(), dates, waiting));
    }
    Ok(found)
}

/// A round by the terms that are tried; by those of the proposal that waits, where one does; without either, by the year's
/// budget alone.
///
/// # Errors
/// [`ServiceError::NotFound`] where there is no such round; [`ServiceError::Invalid`] for terms that contradict themselves.
pub async fn round(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str, tried: Option<Terms>) -> ServiceResult<RoundView> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(period).cloned().ok_or(ServiceError::NotFound)?;
    if package.form.ranking.is_none() {
        return Err(ServiceError::NotFound);
    }
    let proposals = rows::of_round(&mut tx, grant_type, period).await?;
    let waiting = proposals.iter().find(|row| row.settled_at.is_none() && row.turned_down_at.is_none());
    let (listed, kept) = rows::candidates(&mut tx, &actor.scope()?, grant_type, period, tenant.clock.today()).await?;
    // What was proposed stands as it was proposed, also for who may not see all of it; so does what was settled.
    let settled = proposals.iter().find(|row| row.settled_at.is_some()).filter(|_| waiting.is_none() && listed.is_empty() && kept == 0);
    let (terms, listed, ranked) = match waiting.filter(|_| kept > 0).or(settled) {
        Some(row) => {
            let listed = rows::ranked(&mut tx, &actor.scope()?, row, tenant.clock.today()).await?;
            let ranked = as_kept(&listed, &rows::lines(&mut tx, row.id).await?);
            (serde_json::from_slice(&row.terms)?, listed, ranked)
        }
        None => {
            let terms = match (waiting, tried) {
                (Some(row), _) => serde_json::from_slice(&row.terms)?,
                (None, Some(tried)) => tried,
                (None, None) => Terms {
                    budget: left(&mut tx, tenant, &package).await?.unwrap_or_default(),
                    most_percent: None,
                    least_points: None,
                    district_percent: None,
                    rest_to_next: true,
                },
            };
            let ranked = try_out(&listed, &terms)?;
            (terms, listed, ranked)
        }
    };
    let settled = settled.is_some();
    let rows = ranked.iter().filter_map(|ranked| Some(view(&package, listed.get(ranked.candidate)?, ranked))).collect::<Vec<_>>();
    let user = actor.user().map(|user| user.id);
    let mut proposal = None;
    let mut earlier = Vec::new();
    for row in proposals {
        let view = proposed(&mut tx, row, user).await?;
        if view.settled.is_none() && view.turned_down.is_none() { proposal = Some(view) } else { earlier.push(view) }
    }
    Ok(RoundView {
        grant: package.form.title.clone(),
        terms,
        applied: rows.iter().map(|row| row.applied).sum(),
        amount: rows.iter().map(|row| row.amount).sum(),
        districts: by_district(&package.form, &rows),
        still_assessed: crate::store::rankings::still_assessed(&mut tx, grant_type, period).await?,
        kept,
        hash: hash(&terms, &lines(Uuid::nil(), &listed, &ranked))?,
        may_prepare: authorize(actor, Action::Prepare { committee: &package.form.diary.committee }).is_ok(),
        has_districts: package.form.ranking.as_ref().is_some_and(|ranking| ranking.district.is_some()),
        period: dates,
        settled,
        proposal,
        earlier,
        rows,
    })
}

/// The lines of a ranking that was kept, as far as the list holds their cases.
fn as_kept(listed: &[ListedRow], lines: &[LineRow]) -> Vec<Ranked> {
    let at: BTreeMap<CaseId, usize> = listed.iter().enumerate().map(|(at, row)| (row.case_id, at)).collect();
    let line = |line: &LineRow| {
        Some(Ranked {
            candidate: *at.get(&line.case_id)?,
            place: u32::try_from(line.place).ok()?,
            amount: line.amount_ore,
            why: line.why,
            through_district: false,
        })
    };
    lines.iter().filter_map(line).collect()
}

async fn proposed(tx: &mut Tx, row: rows::RankingRow, user: Option<UserId>) -> ServiceResult<ProposalView> {
    let by = name(tx, row.proposed_by).await?;
    let settled = match (row.settled_by, row.settled_at) {
        (Some(by), Some(at)) => Some((name(tx, by).await?, at)),
        _ => None,
    };
    let turned_down = match (row.turned_down_by, row.turned_down_at) {
        (Some(by), Some(at)) => Some((name(tx, by).await?, at, row.turned_down_why.unwrap_or_default())),
        _ => None,
    };
    Ok(ProposalView { id: row.id, seq: row.seq, own: user == Some(row.proposed_by), by, at: row.proposed_at, settled, turned_down })
}

async fn name(tx: &mut Tx, user: UserId) -> ServiceResult<String> {
    Ok(users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name))
}

fn view(package: &Package, row: &ListedRow, ranked: &Ranked) -> RankedView {
    let ranking = package.form.ranking.as_ref();
    let hidden = protection::hides(row.protected, row.kind);
    RankedView {
        place: ranked.place,
        case: row.case_id,
        number: row.number.clone(),
        applicant: if hidden { protection::HIDDEN_PERSON.to_owned() } else { row.name.clone() },
        category: choice(
            &package.form,
            ranking.and_then(|ranking| ranking.category.as_ref()).map(|field| field.value.as_str()),
            row.category.as_deref(),
        ),
        district: choice(
            &package.form,
            ranking.and_then(|ranking| ranking.district.as_ref()).map(|field| field.value.as_str()),
            row.district.as_deref(),
        ),
        points: Points::from_hundredths(row.points).unwrap_or(Points::ZERO),
        applied: row.applied_ore,
        assessed: row.assessed_ore,
        before: row.before_ore,
        amount: ranked.amount,
        why: ranked.why,
        through_district: ranked.through_district,
    }
}

/// What a choice is called in the form.
fn choice(form: &Form, field: Option<&str>, id: Option<&str>) -> Option<Localized> {
    match &form.field(field?)?.kind {
        FieldKind::Choice(choices) => {
            choices.choices.iter().find(|choice| Some(choice.id.as_str()) == id).map(|choice| choice.label.clone())
        }
        _ => None,
    }
}

fn by_district(form: &Form, rows: &[RankedView]) -> Vec<(Localized, usize, Money)> {
    let Some(field) = form.ranking.as_ref().and_then(|ranking| ranking.district.as_ref()) else { return Vec::new() };
    let Some(FieldKind::Choice(choices)) = form.field(&field.value).map(|field| &field.kind) else { return Vec::new() };
    let district = |label: &Localized| {
        let own: Vec<&RankedView> = rows.iter().filter(|row| row.district.as_ref() == Some(label)).collect();
        (label.clone(), own.len(), own.iter().map(|row| row.amount).sum())
    };
    choices.choices.iter().map(|choice| district(&choice.label)).collect()
}
