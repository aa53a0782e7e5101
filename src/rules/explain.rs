//! What a run looked at beside what it said: every mark that a filter cut, every key of a table.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::compile::RuleSet;
use super::evaluate::{DEFAULT_DEADLINE, Mode, RuleError, run_hooks};
use super::host::Host;
use super::reads::Hook;
use crate::attendance::selection::Selection;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::AccountLine;
use crate::domain::inputs::Inputs;

/// The account of a case, and the selection behind it: which step cut which mark.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The lines of the account.
    pub account: Vec<AccountLine>,
    /// The selection.
    pub selection: Arc<Selection>,
}

/// The account that a case shows with the selection behind it; none when the rules count no attendance.
///
/// # Errors
/// As [`super::evaluate`].
pub fn shown(rules: &RuleSet, inputs: impl Into<Arc<Inputs>>, attendance: Option<Arc<AttendanceData>>) -> Result<Option<Shown>, RuleError> {
    let host = Host::new(rules.clone(), inputs.into(), attendance);
    run_hooks(rules, &host, Mode::Plain, DEFAULT_DEADLINE, &[Hook::Eligible, Hook::Validate, Hook::Calculate])?;
    let mut state = host.state();
    let account = state.account.take().unwrap_or_default();
    Ok(state.shown.take().map(|selection| Shown { account, selection }))
}

/// The keys of reference tables that the rules look up in a case, by table; a key that is missing is among them.
///
/// # Errors
/// As [`super::evaluate`].
pub fn looked_up(
    rules: &RuleSet,
    inputs: impl Into<Arc<Inputs>>,
    attendance: Option<Arc<AttendanceData>>,
) -> Result<BTreeSet<(String, String)>, RuleError> {
    let host = Host::new(rules.clone(), inputs.into(), attendance);
    run_hooks(rules, &host, Mode::Plain, DEFAULT_DEADLINE, &[Hook::Eligible, Hook::Validate, Hook::Calculate, Hook::Route])?;
    let keys = std::mem::take(&mut host.state().looked_up);
    Ok(keys)
}
