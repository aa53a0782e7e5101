//! The pure machine: from a position and what happened to the next position. No clock, no storage.

use std::collections::BTreeSet;

use super::model::{AutomaticCondition, Next, StateKind, Step, Target, Workflow};
use crate::domain::condition::{Lookup, Truth};

/// Where a case is in its workflow.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// The state's id.
    pub state: String,
    /// The states the case left for a state that can return, innermost last.
    pub came_from: Vec<String>,
}

/// What happened in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The automatic steps are done, with the circumstances they found.
    StepsDone(BTreeSet<AutomaticCondition>),
    /// Somebody chose an action, all needed tasks being done.
    Action(String),
    /// The decision was made.
    Decided(Grant),
    /// The committee sent the case back.
    ReferredBack,
    /// What was waited for came, or its time passed.
    WaitOver,
}

/// Whether a decision grants anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Something is granted.
    Something,
    /// Nothing is granted.
    Nothing,
}

/// A move: where to, and what to do on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The new position.
    pub to: Position,
    /// The letter to send, by id.
    pub letter: Option<String>,
    /// Steps to do again on arrival.
    pub rerun: Vec<Step>,
}

/// Why a case cannot move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// The workflow has no states.
    #[error("the workflow has no states")]
    Empty,
    /// The case is in a state the workflow does not have.
    #[error("the workflow has no state {0}")]
    UnknownState(String),
    /// The case is closed.
    #[error("the case is closed")]
    Closed,
    /// What happened cannot happen in this state.
    #[error("this cannot happen in the state {state}")]
    WrongOutcome {
        /// The state.
        state: String,
    },
    /// The action is none of the state's.
    #[error("the state {state} has no action {action}")]
    UnknownAction {
        /// The state.
        state: String,
        /// The action.
        action: String,
    },
    /// No way out is open.
    #[error("no way out of the state {state} is open")]
    NoWayOut {
        /// The state.
        state: String,
    },
    /// `return` without anywhere to return to.
    #[error("the state {state} has nowhere to return to")]
    NowhereToReturn {
        /// The state.
        state: String,
    },
}

/// Where a new case starts.
///
/// # Errors
/// [`MoveError::Empty`] for a workflow without states.
pub fn start(workflow: &Workflow) -> Result<Position, MoveError> {
    let first = workflow.states.first().ok_or(MoveError::Empty)?;
    Ok(Position { state: first.id.clone(), came_from: Vec::new() })
}

/// The move that follows from what happened. Ways out are tried in their written order; a guard that is unknown is closed.
///
/// # Errors
/// [`MoveError`] when what happened does not fit the state or no way out is open.
pub fn advance(workflow: &Workflow, position: &Position, outcome: &Outcome, lookup: &dyn Lookup) -> Result<Move, MoveError> {
    let name = || position.state.clone();
    let state = workflow.state(&position.state).ok_or_else(|| MoveError::UnknownState(name()))?;
    let circumstances = match (&state.kind, outcome) {
        (StateKind::End, _) => return Err(MoveError::Closed),
        (StateKind::Automatic(_), Outcome::StepsDone(circumstances)) => circumstances.clone(),
        (StateKind::Decision, Outcome::Decided(Grant::Something)) => BTreeSet::from([AutomaticCondition::Granted]),
        (StateKind::Decision, Outcome::Decided(Grant::Nothing)) => BTreeSet::from([AutomaticCondition::NotGranted]),
        (StateKind::Decision, Outcome::ReferredBack) => BTreeSet::from([AutomaticCondition::ReferredBack]),
        (StateKind::Task(_), Outcome::Action(action)) => {
            if !state.next.iter().any(|next| next.action.as_ref() == Some(action)) {
                return Err(MoveError::UnknownAction { state: name(), action: action.clone() });
            }
            BTreeSet::new()
        }
        (StateKind::Wait { .. }, Outcome::WaitOver) => BTreeSet::new(),
        (StateKind::Automatic(_) | StateKind::Decision | StateKind::Task(_) | StateKind::Wait { .. }, _) => {
            return Err(MoveError::WrongOutcome { state: name() });
        }
    };
    let chosen = match outcome {
        Outcome::Action(action) => Some(action),
        Outcome::StepsDone(_) | Outcome::Decided(_) | Outcome::ReferredBack | Outcome::WaitOver => None,
    };
    let open = |next: &&Next| {
        next.action.as_ref() == chosen
            && next.when.is_none_or(|when| circumstances.contains(&when))
            && next.guard.as_ref().is_none_or(|guard| guard.value.condition.evaluate(lookup) == Truth::True)
    };
    let next = state.next.iter().find(open).ok_or_else(|| MoveError::NoWayOut { state: name() })?;
    let to = arrive(workflow, position, next)?;
    Ok(Move { to, letter: next.letter.as_ref().map(|letter| letter.value.clone()), rerun: next.rerun.clone() })
}

fn arrive(workflow: &Workflow, position: &Position, next: &Next) -> Result<Position, MoveError> {
    let mut came_from = position.came_from.clone();
    match &next.to {
        Target::Return => {
            let state = came_from.pop().ok_or_else(|| MoveError::NowhereToReturn { state: position.state.clone() })?;
            Ok(Position { state, came_from })
        }
        Target::State(id) => {
            let state = workflow.state(id).ok_or_else(|| MoveError::UnknownState(id.clone()))?;
            if state.next.iter().any(|next| next.to == Target::Return) {
                came_from.push(position.state.clone());
            } else {
                // Leaving by another way gives up whatever was to be returned to.
                came_from.clear();
            }
            Ok(Position { state: id.clone(), came_from })
        }
    }
}
