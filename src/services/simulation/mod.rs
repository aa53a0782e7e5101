//! A changed grant type tried on a period's real cases: who would gain and lose, and whether the budget suffices.
//!
//! The changed package is never imported and nothing is stored. A case that is finally calculated is calculated from what
//! its calculation rests on, the locked attendance included; one that is not, from what is known now, by the rules in force
//! and by the changed ones. A pot is shared anew: what a case then comes to is its own sum and its part, which is what a
//! locked round holds it to.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;
use serde::Serialize;

use super::actor::{Action, authorize};
use super::{Actor, ServiceError, ServiceResult, packages, rounds};
use crate::app::Tenant;
use crate::domain::grant::{ApplicantKind, GrantKind, Outcome};
use crate::domain::id::CaseId;
use crate::domain::period::ActivityPeriod;
use crate::domain::simulation::{self as arithmetic, BudgetEffect, Pair, Standing, Summary, Worth};
use crate::domain::{Localized, Money, Place, Problem, clock};
use crate::packages::{Checked, Files, Package, Surroundings, load_all, run_cases};
use crate::store::cases::{self, CaseRow};
use crate::store::scope::Scope;
use crate::store::simulation::{self as rows, AboutRow};
use crate::store::{Tx, budgets};

mod gather;
mod run;

use gather::Round;
use run::{Own, Run};

/// A changed grant type, whole and cross-checked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The package.
    pub package: Arc<Package>,
    /// What to look at; nothing of it stops the package from being used.
    pub warnings: Vec<Problem>,
    /// Its test cases.
    pub cases: usize,
    /// Those of them that do not come out as expected.
    pub red: usize,
}

/// What a change would do to a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Simulation {
    /// The grant type.
    pub grant_type: String,
    /// The period.
    pub period: String,
    /// Names the changed package: SHA-256 of its archive.
    pub sha256: String,
    /// Winners, losers, sums.
    pub summary: Summary,
    /// Each case, in the order they were received.
    pub cases: Vec<Simulated>,
    /// The budgets that the cases take from; none when some cases are kept from the actor.
    pub budgets: Vec<BudgetEffect>,
    /// What the changed pot leaves to nobody, where there is one.
    pub pot_left_ore: Option<Money>,
    /// Cases that the rules could not be run on; they are in no sum.
    pub failed: Vec<Failed>,
    /// Diary numbers of cases whose attendance was disposed of; they are in no sum.
    pub disposed: Vec<String>,
    /// Cases that the actor must keep away from; they are in no list and no sum.
    pub kept_from: usize,
}

/// A case as it is and as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Simulated {
    /// Diary number.
    pub number: String,
    /// The association or company; none for persons.
    pub applicant: Option<String>,
    /// As it is and would be.
    #[serde(flatten)]
    pub pair: Pair,
    /// How much more, below zero when less.
    pub difference_ore: Money,
    /// Whether an officer has set the sum: no rule moves it.
    pub set_by_officer: bool,
    /// What newly refuses it, in words; none where the case is a person's or names somebody protected.
    pub refused_by: Vec<Localized>,
}

/// A case that could not be calculated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failed {
    /// Diary number.
    pub number: String,
    /// Where in the rules.
    pub place: Place,
    /// Why.
    pub why: Localized,
}

/// Reads a changed grant type from its files and checks it as an import would, with what the instance has around it.
///
/// # Errors
/// [`ServiceError::Refused`] when the files hold no such grant type, [`ServiceError::Definition`] with everything that is in error.
pub async fn draft(tenant: &Tenant, actor: &Actor, files: &Files, grant_type: &str) -> ServiceResult<Draft> {
    authorize(actor, Action::Administer)?;
    let mut around = Surroundings::built_in();
    let mut tx = tenant.db.read().await?;
    for (_, package) in packages::active(&mut tx, tenant).await? {
        around.know(&package.files);
    }
    drop(tx);
    let checked = load_all(files, &around);
    let there: Vec<&str> = checked.iter().map(|checked| checked.id.as_str()).collect();
    let there = if there.is_empty() { "inget".to_owned() } else { there.join(", ") };
    let Some(Checked { package, problems, .. }) = checked.into_iter().find(|checked| checked.id == grant_type) else {
        return Err(ServiceError::refused(
            format!("Mappen har inte bidraget ”{grant_type}”. Det som finns där: {there}."),
            format!("The folder does not hold the grant \"{grant_type}\". What is there: {there}."),
        ));
    };
    let Some(package) = package else {
        return Err(ServiceError::Definition(problems.into_iter().filter(Problem::is_error).collect()));
    };
    let package = Arc::new(package);
    let tried = Arc::clone(&package);
    let results = tokio::task::spawn_blocking(move || run_cases(&tried)).await.map_err(anyhow::Error::from)?;
    let red = results.iter().filter(|result| !result.passed()).count();
    Ok(Draft { package, warnings: problems, cases: results.len(), red })
}

/// Runs every case of a period with a changed package. Nothing is stored. `progress` is told how many of how many are done.
///
/// # Errors
/// [`ServiceError::Refused`] when the grant or the changed package has no such period;
/// [`ServiceError::Definition`] when a pot cannot be shared.
pub async fn simulate(
    tenant: &Tenant,
    actor: &Actor,
    (grant_type, period): (&str, &str),
    draft: &Arc<Package>,
    progress: impl Fn(usize, usize),
) -> ServiceResult<Simulation> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.read().await?;
    let round = Round::open(&mut tx, tenant, (grant_type, period), Arc::clone(draft)).await?;
    let mut rows: Vec<CaseRow> = cases::of_period(&mut tx, grant_type, period).await?;
    // What was withdrawn was never tried.
    rows.retain(|case| case.outcome != Some(Outcome::Avskrivning));
    let about: BTreeMap<CaseId, AboutRow> = rows::about(&mut tx, grant_type, period).await?.into_iter().map(|row| (row.id, row)).collect();
    drop(tx);
    let ran = run::all(tenant, &round, &rows, progress).await?;
    let (before, after) = shared(&round, grant_type, &ran).await?;

    let except = match actor.scope()? {
        Scope::Staff { except } => except,
        Scope::Association(_) => return Err(ServiceError::NotFound),
    };
    let mut found = Simulation {
        grant_type: grant_type.to_owned(),
        period: period.to_owned(),
        sha256: draft.hash.hex(),
        summary: Summary::default(),
        cases: Vec::new(),
        budgets: Vec::new(),
        pot_left_ore: after.left,
        failed: Vec::new(),
        disposed: Vec::new(),
        kept_from: 0,
    };
    let mut listed = Vec::new();
    for (case, ran) in rows.iter().zip(&ran) {
        if except.from_case(case.about()) {
            found.kept_from += 1;
            continue;
        }
        match ran {
            Run::Disposed => found.disposed.push(case.number.clone()),
            Run::Failed { place, why } => {
                found.failed.push(Failed { number: case.number.clone(), place: place.clone(), why: why.clone() });
            }
            Run::Done { before: own_before, after: own_after, set_by_officer } => {
                let about = about.get(&case.id).ok_or(ServiceError::NotFound)?;
                let pair = Pair {
                    before: worth(round.current.form.kind, own_before, before.part(case.id))?,
                    after: worth(draft.form.kind, own_after, after.part(case.id))?,
                };
                listed.push((case, about, pair));
                found.cases.push(simulated(case, about, pair, own_after, *set_by_officer)?);
            }
        }
    }
    found.summary = arithmetic::summarize(found.cases.iter().map(|case| &case.pair)).map_err(anyhow::Error::from)?;
    if found.kept_from == 0 && draft.form.kind != GrantKind::Approval {
        found.budgets = budget_effects(&mut tenant.db.read().await?, tenant, grant_type, &listed).await?;
    }
    Ok(found)
}

/// A pot's parts.
#[derive(Debug, Default)]
struct Parts {
    parts: BTreeMap<String, Money>,
    left: Option<Money>,
}

impl Parts {
    fn part(&self, case: CaseId) -> Money {
        self.parts.get(&case.to_string()).copied().unwrap_or_default()
    }
}

/// The pot in force, where it is not shared yet, and the changed one.
async fn shared(round: &Round, grant_type: &str, ran: &[Run]) -> ServiceResult<(Parts, Parts)> {
    let entries = |pick: fn(&Run) -> Option<&Own>| ran.iter().filter_map(pick).filter_map(|own| own.entry.clone()).collect();
    let share = async |package: &Arc<Package>, dates: &ActivityPeriod, entries| {
        let allocated = rounds::compute(Arc::clone(package), rounds::round_inputs(grant_type, dates.clone()), entries).await?;
        ServiceResult::Ok(Parts { parts: allocated.parts.into_iter().collect(), left: Some(allocated.left) })
    };
    let before =
        if round.shares_before { share(&round.current, &round.current_dates, entries(Run::before)).await? } else { Parts::default() };
    let after = if round.shares_after { share(&round.draft, &round.dates, entries(Run::after)).await? } else { Parts::default() };
    Ok((before, after))
}

fn worth(kind: GrantKind, own: &Own, part: Money) -> ServiceResult<Worth> {
    let amount = own.total.checked_add(part).ok_or_else(|| anyhow::anyhow!("a sum does not fit"))?;
    let granted = !own.refused && (kind == GrantKind::Approval || amount.is_positive());
    Ok(Worth { amount_ore: amount, standing: if granted { Standing::Granted } else { Standing::Refused } })
}

fn simulated(case: &CaseRow, about: &AboutRow, pair: Pair, after: &Own, set_by_officer: bool) -> ServiceResult<Simulated> {
    // A person's name is nobody's to read in a list of sums, protected or not (OSL 21 kap., 22 kap.).
    let tells = match about.kind {
        ApplicantKind::Person => false,
        ApplicantKind::Association | ApplicantKind::Company => true,
    };
    Ok(Simulated {
        number: case.number.clone(),
        applicant: tells.then(|| about.name.clone()),
        pair,
        difference_ore: pair.difference().map_err(anyhow::Error::from)?,
        set_by_officer,
        refused_by: if pair.newly_refused() && tells && !case.protected { after.failed.clone() } else { Vec::new() },
    })
}

/// Each budget that the cases take from, or would: that of a case's committee and of the year it was decided, or this one.
async fn budget_effects(
    tx: &mut Tx,
    tenant: &Tenant,
    grant_type: &str,
    cases: &[(&CaseRow, &AboutRow, Pair)],
) -> ServiceResult<Vec<BudgetEffect>> {
    let add = |a: Money, b: Money| a.checked_add(b).ok_or_else(|| anyhow::anyhow!("a sum does not fit"));
    let mut effects: BTreeMap<(String, i64), (BudgetEffect, Money)> = BTreeMap::new();
    for (case, about, pair) in cases {
        let year = i64::from(about.decided_at.map_or_else(|| tenant.clock.today(), clock::swedish_date).year());
        let (effect, decided) = effects.entry((case.committee.clone(), year)).or_insert_with(|| {
            let effect = BudgetEffect {
                unit: case.committee.clone(),
                year,
                amount_ore: None,
                elsewhere_ore: Money::ZERO,
                before_ore: Money::ZERO,
                after_ore: Money::ZERO,
            };
            (effect, Money::ZERO)
        });
        effect.before_ore = add(effect.before_ore, pair.before.amount_ore)?;
        effect.after_ore = add(effect.after_ore, pair.after.amount_ore)?;
        *decided = add(*decided, about.decided_ore.unwrap_or_default())?;
    }
    let mut found = Vec::with_capacity(effects.len());
    for (mut effect, decided) in effects.into_values() {
        if let Some(budget) = budgets::of(tx, grant_type, &effect.unit, effect.year).await? {
            effect.amount_ore = Some(budget.amount_ore);
            effect.elsewhere_ore = budget.used_ore.checked_sub(decided).unwrap_or_default();
        }
        found.push(effect);
    }
    Ok(found)
}
