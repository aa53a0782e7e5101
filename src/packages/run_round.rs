//! Runs a test round: every case by itself, the pot over all of them, and every case again with its part.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::case_rounds::{Member, RoundCase};
use super::cases::Case;
use super::compare::difference;
use super::load::Package;
use super::run::{CaseResult, Difference, attendance};
use crate::domain::calculation::CheckStatus;
use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Money, Place};
use crate::rules::{self, Entry, Evaluated, Mode, RuleError};

/// Runs one round.
#[must_use]
pub fn run_round(package: &Package, round: &RoundCase) -> CaseResult {
    let differences = match shared(package, round) {
        Ok(differences) => differences,
        Err(difference) => vec![difference],
    };
    CaseResult { id: round.id.clone(), place: round.place.clone(), differences, evaluation: None, fault: None }
}

fn shared(package: &Package, round: &RoundCase) -> Result<Vec<Difference>, Difference> {
    let at = |message: Localized, place: Place| Difference { place, message };
    let mut entries = Vec::with_capacity(round.members.len());
    for (order, member) in (0..).zip(&round.members) {
        entries.push(match member {
            Member::Bare { id, own, measures } => {
                let measures = measures.iter().map(|(id, value)| (id.clone(), Some(*value))).collect();
                Entry { id: id.clone(), order, own: *own, measures, takes_part: true }
            }
            Member::Case(id) => {
                let Some(case) = package.cases.iter().find(|case| case.id == *id) else { continue };
                let evaluated = evaluate(package, case, None)?;
                entry_of(id.clone(), order, evaluated)
            }
        });
    }
    let own: BTreeMap<String, Money> = entries.iter().map(|entry| (entry.id.clone(), entry.own)).collect();
    let allocated = rules::allocate(&package.rules, &round.inputs, entries).map_err(|error| match error {
        RuleError::Fault(problem) => at(problem.message.clone(), problem.place.clone()),
        RuleError::Deadline => at(Localized::both("Regeln blev inte klar i tid.", "The rule did not finish in time."), round.place.clone()),
    })?;
    let parts: BTreeMap<&str, Money> = allocated.parts.iter().map(|(id, part)| (id.as_str(), *part)).collect();
    let mut found = Vec::new();
    for (id, share) in &round.shares {
        let got = parts.get(id.value.as_str()).map_or_else(|| "ingen del".to_owned(), Money::to_string);
        let (sv, en) = (format!("andel {}", id.value), format!("share {}", id.value));
        found.extend(difference(&id.place, (&sv, &en), &share.to_string(), &got));
    }
    for (id, value) in &round.rows {
        let rows: Vec<Decimal> = allocated.rows.iter().filter(|row| row.id == id.value).map(|row| row.value).collect();
        let got = (!rows.is_empty()).then(|| rows.iter().sum::<Decimal>().normalize().to_string());
        let (sv, en) = (format!("rad {}", id.value), format!("row {}", id.value));
        found.extend(difference(&id.place, (&sv, &en), &value.normalize().to_string(), &got.unwrap_or_else(|| "ingen rad".to_owned())));
    }
    // Each case again, with its part: what the applicant gets is its own rows and the part, to the öre.
    for member in &round.members {
        let Member::Case(id) = member else { continue };
        let Some(case) = package.cases.iter().find(|case| case.id == *id) else { continue };
        let part = parts.get(id.as_str()).copied().unwrap_or_default();
        let total = evaluate(package, case, Some(part))?.evaluation.total_ore;
        let sum = own.get(id).copied().unwrap_or_default().checked_add(part).unwrap_or_default();
        let (sv, en) = (format!("slutsumma {id} (egen del och andel)"), format!("final sum {id} (own part and share)"));
        found.extend(difference(&round.place, (&sv, &en), &sum.to_string(), &total.to_string()));
        if let Some((at, expected)) = round.totals.iter().find(|(total, _)| total.value == *id) {
            found.extend(difference(
                &at.place,
                (&format!("slutsumma {id}"), &format!("final sum {id}")),
                &expected.to_string(),
                &total.to_string(),
            ));
        }
    }
    Ok(found)
}

/// What a case's own run says of it in a round.
#[must_use]
pub fn entry_of(id: String, order: u64, evaluated: Evaluated) -> Entry {
    let takes_part = evaluated.evaluation.checks.iter().all(|check| check.status != CheckStatus::Fail);
    Entry { id, order, own: evaluated.evaluation.total_ore, measures: evaluated.measures, takes_part }
}

fn evaluate(package: &Package, case: &Case, allocated: Option<Money>) -> Result<Evaluated, Difference> {
    let data = attendance(package, case).map_err(|(message, place)| Difference { place, message })?;
    let inputs = Inputs { allocated, ..case.inputs.clone() };
    rules::evaluate(&package.rules, &inputs, data.map(Arc::new), Mode::Plain).map_err(|error| match error {
        RuleError::Fault(problem) => Difference { place: problem.place.clone(), message: problem.message.clone() },
        RuleError::Deadline => Difference {
            place: case.place.clone(),
            message: Localized::both("Regeln blev inte klar i tid.", "The rule did not finish in time."),
        },
    })
}
