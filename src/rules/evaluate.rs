//! Runs a grant type's rules on a case: one engine call for preview, test, simulation and decision.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use rhai::{CallFnOptions, Dynamic, Engine, EvalAltResult, Scope};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::compile::{Entry, RuleSet};
use super::errors::{self, Failure};
use super::host::{Host, applicant, round, to_money};
use super::reads::Hook;
use super::trace::TraceLine;
use super::{deadline, engine};
use crate::attendance::selection::Selection;
use crate::domain::Problem;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::Evaluation;
use crate::domain::inputs::Inputs;

/// How long a script may run where nothing else is said. Host operations on attendance are not counted.
pub const DEFAULT_DEADLINE: Duration = Duration::from_millis(200);

/// Whether a run is traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Previews, tests, simulations.
    Plain,
    /// Decisions: every value a script names is written down.
    Traced,
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// Checks, rows, account and sum.
    pub evaluation: Evaluation,
    /// Figures the case's round shares by; `None` for one that is not known.
    pub measures: BTreeMap<String, Option<Decimal>>,
    /// The parameter values that were used.
    pub used: Vec<UsedParameter>,
    /// What the script named, when the run was traced.
    pub trace: Vec<TraceLine>,
}

/// A parameter value that a run used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedParameter {
    /// The parameter.
    pub id: String,
    /// The first day the value holds.
    pub date: NaiveDate,
    /// The value in words.
    pub value: String,
    /// The paragraph of the municipality's rules.
    pub paragraph: String,
}

/// Why a run gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The rule is at fault; running it again changes nothing.
    #[error("{}:{}: {}", .0.place.file, .0.place.line, .0.message.sv)]
    Fault(Box<Problem>),
    /// The script did not finish in time; the step may be tried again. Never a refusal.
    #[error("the rule did not finish in time")]
    Deadline,
}

/// Runs the hooks that are defined: eligible, validate, calculate, route.
///
/// # Errors
/// [`RuleError::Fault`] when the rule is at fault, [`RuleError::Deadline`] when it ran for too long.
pub fn evaluate(
    rules: &RuleSet,
    inputs: impl Into<Arc<Inputs>>,
    attendance: Option<Arc<AttendanceData>>,
    mode: Mode,
) -> Result<Evaluated, RuleError> {
    evaluate_within(rules, inputs, attendance, mode, DEFAULT_DEADLINE)
}

/// The same with a time limit of one's own.
///
/// # Errors
/// See [`evaluate`].
pub fn evaluate_within(
    rules: &RuleSet,
    inputs: impl Into<Arc<Inputs>>,
    attendance: Option<Arc<AttendanceData>>,
    mode: Mode,
    limit: Duration,
) -> Result<Evaluated, RuleError> {
    run(rules, inputs.into(), attendance, mode, limit, &[Hook::Eligible, Hook::Validate, Hook::Calculate, Hook::Route])
}

/// Runs the calculation for the selection behind its account: which mark was cut by which step. `None` where the rules count
/// no attendance.
///
/// # Errors
/// See [`evaluate`].
pub fn selection(
    rules: &RuleSet,
    inputs: impl Into<Arc<Inputs>>,
    attendance: Option<Arc<AttendanceData>>,
) -> Result<Option<Arc<Selection>>, RuleError> {
    let host = Host::new(rules.clone(), inputs.into(), attendance);
    run_hooks(rules, &host, Mode::Plain, DEFAULT_DEADLINE, &[Hook::Calculate])?;
    let selection = host.state().shown.take();
    Ok(selection)
}

/// Runs the pre-check alone: "which grants can we apply for?".
///
/// # Errors
/// See [`evaluate`].
pub fn evaluate_eligible(rules: &RuleSet, inputs: impl Into<Arc<Inputs>>) -> Result<Evaluated, RuleError> {
    run(rules, inputs.into(), None, Mode::Plain, DEFAULT_DEADLINE, &[Hook::Eligible])
}

fn run(
    rules: &RuleSet,
    inputs: Arc<Inputs>,
    attendance: Option<Arc<AttendanceData>>,
    mode: Mode,
    limit: Duration,
    hooks: &[Hook],
) -> Result<Evaluated, RuleError> {
    let host = Host::new(rules.clone(), inputs, attendance);
    run_hooks(rules, &host, mode, limit, hooks)?;
    finish(rules, &host)
}

/// Runs hooks for what they leave in the host.
pub(super) fn run_hooks(rules: &RuleSet, host: &Host, mode: Mode, limit: Duration, hooks: &[Hook]) -> Result<(), RuleError> {
    let engine = match mode {
        Mode::Plain => engine::plain(),
        Mode::Traced => engine::traced(),
    };
    deadline::within(limit, || {
        for hook in hooks {
            if let Some(entry) = rules.entry(*hook) {
                call(engine, entry, host, *hook).map_err(|error| rule_error(rules, *hook, &error))?;
            }
        }
        Ok(())
    })
}

pub(super) fn call(engine: &Engine, entry: &Entry, host: &Host, hook: Hook) -> Result<(), Box<EvalAltResult>> {
    host.begin(hook);
    let options = CallFnOptions::new().with_tag(host.clone()).eval_ast(false);
    let argument = match hook {
        Hook::Eligible => Dynamic::from(applicant::Org(host.clone())),
        Hook::Validate | Hook::Calculate | Hook::Route => applicant::application(host, &entry.seen)?,
        Hook::Allocate => Dynamic::from(round::Round(host.clone())),
    };
    let _: Dynamic = engine.call_fn_with_options(options, &mut Scope::new(), &entry.ast, hook.name(), (argument,))?;
    match hook {
        Hook::Calculate => host.close(),
        Hook::Allocate => host.close_round(),
        Hook::Eligible | Hook::Validate | Hook::Route => Ok(()),
    }
}

fn finish(rules: &RuleSet, host: &Host) -> Result<Evaluated, RuleError> {
    let total_ore = host.sum().and_then(to_money).map_err(|error| rule_error(rules, Hook::Calculate, &error))?;
    let used = host.take_used();
    let mut state = host.state();
    let evaluation = Evaluation {
        checks: std::mem::take(&mut state.checks),
        rows: std::mem::take(&mut state.rows),
        account: state.account.take().unwrap_or_default(),
        total_ore,
        route: state.route.take(),
        payouts: std::mem::take(&mut state.payouts),
        dismissed: std::mem::take(&mut state.dismissed),
    };
    let measures = std::mem::take(&mut state.measures);
    Ok(Evaluated { evaluation, measures, used, trace: state.tracer.take() })
}

/// What an error means. One that has no place of its own, as a loop that never ends, is at the hook that ran.
pub(super) fn rule_error(rules: &RuleSet, hook: Hook, error: &EvalAltResult) -> RuleError {
    match errors::failure(rules.script_path(), error) {
        Failure::OutOfTime => RuleError::Deadline,
        Failure::Fault(mut problem) => {
            if let Some(defined) = rules.reads().hooks.iter().find(|known| known.value == hook).filter(|_| problem.place.line == 0) {
                problem.place = defined.place.clone();
            }
            RuleError::Fault(Box::new(problem))
        }
    }
}
