//! The engine calls of a simulation, off the threads that wait for the database.

use std::sync::Arc;
use std::time::Duration;

use super::super::{ServiceResult, calculation};
use super::gather::{Before, Job, Looked, Round};
use crate::app::Tenant;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::Evaluation;
use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Money, Place};
use crate::packages::Package;
use crate::rules::{self, Entry, Mode, RuleError};
use crate::store::cases::CaseRow;

/// How long a script may run: nobody waits at a page for it, and a machine that is busy must not fail a case.
const LIMIT: Duration = Duration::from_secs(5);

/// What a case comes to before its part of a pot.
#[derive(Clone, Debug)]
pub(super) struct Own {
    /// The sum of its own rows.
    pub total: Money,
    /// Whether a requirement refuses it, or it is not to be tried.
    pub refused: bool,
    /// The requirements that are not met, in words.
    pub failed: Vec<Localized>,
    /// What it brings to the pot, where there is one.
    pub entry: Option<Entry>,
}

/// What became of a case.
#[derive(Debug)]
pub(super) enum Run {
    /// It was run.
    Done {
        /// By the rules in force.
        before: Own,
        /// By the changed ones.
        after: Own,
        /// Whether an officer has set its sum.
        set_by_officer: bool,
    },
    /// It could not be.
    Failed {
        /// Where in the rules.
        place: Place,
        /// Why.
        why: Localized,
    },
    /// Its attendance was disposed of.
    Disposed,
}

impl Run {
    /// By the rules in force.
    pub(super) fn before(&self) -> Option<&Own> {
        match self {
            Self::Done { before, .. } => Some(before),
            Self::Failed { .. } | Self::Disposed => None,
        }
    }

    /// By the changed ones.
    pub(super) fn after(&self) -> Option<&Own> {
        match self {
            Self::Done { after, .. } => Some(after),
            Self::Failed { .. } | Self::Disposed => None,
        }
    }
}

/// Runs all cases, some at a time, and reads the next while these run. What they rest on is dropped once they have run.
pub(super) async fn all(tenant: &Tenant, round: &Round, cases: &[CaseRow], progress: impl Fn(usize, usize)) -> ServiceResult<Vec<Run>> {
    let mut done = Vec::with_capacity(cases.len());
    let mut running: Option<tokio::task::JoinHandle<Vec<Run>>> = None;
    progress(0, cases.len());
    for (at, chunk) in cases.chunks(round.at_a_time()).enumerate() {
        let mut tx = tenant.db.read().await?;
        let looked = round.look_up(&mut tx, tenant, chunk, at * round.at_a_time()).await?;
        drop(tx);
        if let Some(before) = running.take() {
            done.extend(before.await.map_err(anyhow::Error::from)?);
            progress(done.len(), cases.len());
        }
        let draft = Arc::clone(&round.draft);
        running = Some(tokio::task::spawn_blocking(move || looked.into_iter().map(|looked| one(&draft, looked)).collect()));
    }
    if let Some(last) = running {
        done.extend(last.await.map_err(anyhow::Error::from)?);
        progress(done.len(), cases.len());
    }
    Ok(done)
}

fn one(draft: &Package, looked: Looked) -> Run {
    let job = match looked {
        Looked::Job(job) => *job,
        Looked::Disposed => return Run::Disposed,
    };
    let Job { case, order, before, inputs, attendance } = job;
    let before = match before {
        Before::Known(own) => Ok(own),
        Before::Run { package, inputs, attendance } => {
            evaluated(&package, *inputs, attendance).map(|evaluation| Own::of(&package, case, order, &evaluation))
        }
    };
    let set_by_officer = inputs.changed.is_some();
    let after = evaluated(draft, inputs, attendance).map(|evaluation| Own::of(draft, case, order, &evaluation));
    match (before, after) {
        (Ok(before), Ok(after)) => Run::Done { before, after, set_by_officer },
        (_, Err(error)) | (Err(error), _) => failed(error),
    }
}

fn evaluated(package: &Package, inputs: Inputs, attendance: Option<Arc<AttendanceData>>) -> Result<Evaluation, RuleError> {
    let changed = inputs.changed.clone();
    let mut evaluation = rules::evaluate_within(&package.rules, inputs, attendance, Mode::Plain, LIMIT)?.evaluation;
    calculation::apply_change(&mut evaluation, changed);
    Ok(evaluation)
}

fn failed(error: RuleError) -> Run {
    match error {
        RuleError::Fault(problem) => Run::Failed { place: problem.place, why: problem.message },
        RuleError::Deadline => Run::Failed {
            place: Place::default(),
            why: Localized::both("Reglerna blev inte klara i tid.", "The rules did not finish in time."),
        },
    }
}
