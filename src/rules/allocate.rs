//! Shares a round's pot: one engine call over all its cases.

use std::sync::Arc;

use super::compile::RuleSet;
use super::evaluate::{DEFAULT_DEADLINE, RuleError, UsedParameter, call, rule_error};
use super::host::Host;
use super::host::round::{Entry, Sharing};
use super::reads::Hook;
use super::{deadline, engine};
use crate::domain::Money;
use crate::domain::calculation::Row;
use crate::domain::inputs::Inputs;

/// How a pot was shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// The round's own account: the pot, what was set aside, what was shared, what nobody got.
    pub rows: Vec<Row>,
    /// Each case that takes part and what it gets beside its own sum; below zero where all sums were scaled down.
    pub parts: Vec<(String, Money)>,
    /// What nobody got.
    pub left: Money,
    /// The parameter values that were used.
    pub used: Vec<UsedParameter>,
}

/// Shares the pot of a round. `inputs` says which period and which days; the order of the cases means nothing.
///
/// # Errors
/// [`RuleError::Fault`] when the rule is at fault, a case is not complete or the pot is too small;
/// [`RuleError::Deadline`] when it ran for too long.
pub fn allocate(rules: &RuleSet, inputs: &Inputs, entries: Vec<Entry>) -> Result<Allocated, RuleError> {
    let host = Host::new(rules.clone(), Arc::new(inputs.clone()), None);
    host.state().sharing = Some(Sharing::new(entries));
    if let Some(entry) = rules.entry(Hook::Allocate) {
        deadline::within(DEFAULT_DEADLINE, || call(engine::plain(), entry, &host, Hook::Allocate))
            .map_err(|error| rule_error(rules, Hook::Allocate, &error))?;
    }
    let used = host.take_used();
    let mut state = host.state();
    let sharing = state.sharing.take().unwrap_or_default();
    Ok(Allocated {
        rows: std::mem::take(&mut state.rows),
        parts: sharing.given().map(|(id, part)| (id.to_owned(), part)).collect(),
        left: sharing.left(),
        used,
    })
}
