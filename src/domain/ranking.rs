//! A round's applications in order of their points, and who gets what of a budget.
//!
//! Nobody is passed by: where the next in order does not fit in what is left, the line is drawn there. A share of the budget
//! may be kept for every district first. The same candidates in any order give the same ranking.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Money;
use super::score::Points;

/// An application that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its case number: what settles a tie, so that it has to be different for all.
    pub number: String,
    /// What the assessment gave.
    pub points: Points,
    /// What was applied for.
    pub applied: Money,
    /// What the assessment proposes.
    pub proposed: Money,
    /// Where in the municipality, where it is asked for.
    pub district: Option<String>,
}

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What there is to share.
    pub budget: Money,
    /// The greatest part of what was applied for that anybody gets, in percent.
    pub most_percent: Option<u32>,
    /// Fewer points than this get nothing.
    pub least_points: Option<Points>,
    /// The part of the budget, in percent, that goes to every district first, as far as its applications reach.
    pub district_percent: Option<u32>,
    /// Whether the first that does not fit gets what is left.
    pub rest_to_next: bool,
}

/// Why an application gets what it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// As the assessment proposes.
    AsProposed,
    /// The greatest part of what was applied for.
    MostPercent,
    /// What was left of the budget.
    Rest,
    /// Fewer points than the least.
    BelowLeast,
    /// The budget did not reach so far down.
    BelowLine,
    /// The assessment proposes nothing.
    NothingProposed,
}

/// An application's place and what it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which of the candidates, by index.
    pub candidate: usize,
    /// Place, from 1.
    pub place: u32,
    /// What it gets; whole kronor where it was reduced.
    pub amount: Money,
    /// Why.
    pub why: Why,
    /// Whether it got in through its district's part.
    pub through_district: bool,
}

/// Why terms cannot be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// A budget below nothing.
    #[error("the budget is below zero")]
    Budget,
    /// More than a hundred percent of what was applied for, or none of it.
    #[error("the greatest part must be 1-100 percent")]
    MostPercent,
    /// The districts' parts are more than the whole.
    #[error("the parts of {districts} districts are more than the whole budget")]
    Districts {
        /// How many districts there are.
        districts: usize,
    },
    /// Amounts beyond what can be reckoned exactly.
    #[error("the amounts are too large")]
    TooLarge,
}

/// Ranks candidates by points, then number, and shares the budget by the terms.
///
/// # Errors
/// [`TermsError`] when the terms contradict themselves.
pub fn rank(candidates: &[Candidate], terms: &Terms) -> Result<Vec<Ranked>, TermsError> {
    check(candidates, terms)?;
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&candidates[*a], &candidates[*b]);
        b.points.cmp(&a.points).then_with(|| a.number.cmp(&b.number))
    });
    let wanted = candidates.iter().map(|candidate| wanted(candidate, terms)).collect::<Result<Vec<_>, _>>()?;
    let mut left = terms.budget;
    let through = through_districts(candidates, &order, &wanted, terms, &mut left)?;
    let mut line_drawn = false;
    let mut ranked = Vec::with_capacity(order.len());
    for (place, candidate) in (1_u32..).zip(order) {
        let (most, why) = wanted[candidate];
        let through_district = through.contains(&candidate);
        let (amount, why) = if !most.is_positive() || through_district {
            (most, why)
        } else if line_drawn {
            (Money::ZERO, Why::BelowLine)
        } else if most <= left {
            left = left.checked_sub(most).ok_or(TermsError::TooLarge)?;
            (most, why)
        } else {
            line_drawn = true;
            let rest = if terms.rest_to_next { whole_kronor(left) } else { Money::ZERO };
            left = left.checked_sub(rest).ok_or(TermsError::TooLarge)?;
            (rest, if rest.is_positive() { Why::Rest } else { Why::BelowLine })
        };
        ranked.push(Ranked { candidate, place, amount, why, through_district });
    }
    Ok(ranked)
}

fn check(candidates: &[Candidate], terms: &Terms) -> Result<(), TermsError> {
    if terms.budget.is_negative() {
        return Err(TermsError::Budget);
    }
    if terms.most_percent.is_some_and(|percent| !(1..=100).contains(&percent)) {
        return Err(TermsError::MostPercent);
    }
    let districts = districts(candidates).len();
    let each = usize::try_from(terms.district_percent.unwrap_or_default()).unwrap_or(usize::MAX);
    if each.saturating_mul(districts.max(1)) > 100 {
        return Err(TermsError::Districts { districts });
    }
    Ok(())
}

/// What a candidate would get were there money for all.
fn wanted(candidate: &Candidate, terms: &Terms) -> Result<(Money, Why), TermsError> {
    if terms.least_points.is_some_and(|least| candidate.points < least) {
        return Ok((Money::ZERO, Why::BelowLeast));
    }
    if !candidate.proposed.is_positive() {
        return Ok((Money::ZERO, Why::NothingProposed));
    }
    let Some(percent) = terms.most_percent else { return Ok((candidate.proposed, Why::AsProposed)) };
    let most = whole_kronor(part(candidate.applied, percent)?);
    if most < candidate.proposed { Ok((most, Why::MostPercent)) } else { Ok((candidate.proposed, Why::AsProposed)) }
}

/// Who gets in by the districts' parts: in each district the best, until at least its part is given. The one that goes beyond the
/// part gets in where the rest of it fits in what is kept for no district.
fn through_districts(
    candidates: &[Candidate],
    order: &[usize],
    wanted: &[(Money, Why)],
    terms: &Terms,
    left: &mut Money,
) -> Result<BTreeSet<usize>, TermsError> {
    let mut through = BTreeSet::new();
    let Some(percent) = terms.district_percent.filter(|percent| *percent > 0) else { return Ok(through) };
    let part = part(terms.budget, percent)?;
    let minus = |from: Money, what: Money| from.checked_sub(what).ok_or(TermsError::TooLarge);
    // What each district still has to get: its part, as far as its applications reach.
    let mut kept: BTreeMap<&str, Money> = districts(candidates).into_iter().map(|district| (district, Money::ZERO)).collect();
    for (candidate, (most, _)) in candidates.iter().zip(wanted) {
        if let Some(sum) = candidate.district.as_deref().and_then(|district| kept.get_mut(district)) {
            *sum = sum.checked_add(*most).ok_or(TermsError::TooLarge)?.min(part);
        }
    }
    let mut free = minus(*left, kept.values().copied().sum())?;
    let mut full: BTreeSet<&str> = BTreeSet::new();
    for at in order {
        let most = wanted[*at].0;
        let Some(district) = candidates[*at].district.as_deref().filter(|district| !full.contains(district)) else { continue };
        let Some(own) = kept.get_mut(district).filter(|own| own.is_positive() && most.is_positive()) else { continue };
        let beyond = minus(most, *own)?.max(Money::ZERO);
        if beyond > free {
            full.insert(district);
            continue;
        }
        free = minus(free, beyond)?;
        *own = minus(*own, minus(most, beyond)?)?;
        *left = minus(*left, most)?;
        through.insert(*at);
    }
    Ok(through)
}

fn districts(candidates: &[Candidate]) -> BTreeSet<&str> {
    candidates.iter().filter_map(|candidate| candidate.district.as_deref()).collect()
}

fn part(of: Money, percent: u32) -> Result<Money, TermsError> {
    let kronor = of.kronor() * Decimal::from(percent) / Decimal::ONE_HUNDRED;
    Money::exact(kronor.trunc_with_scale(2)).map_err(|_| TermsError::TooLarge)
}

/// An amount without its öre: what is reduced is reduced to whole kronor.
fn whole_kronor(amount: Money) -> Money {
    Money::from_ore(amount.ore() - amount.ore().rem_euclid(100))
}
