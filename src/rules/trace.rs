//! Writes down each value a script names, line by line: "line 4: tak = 9000".
//!
//! The debugger interface is the only one that sees values; it is marked volatile, so it is used in this file alone.

use rhai::debugger::{DebuggerCommand, DebuggerEvent};
use rhai::{ASTNode, Dynamic, Engine, EvalContext};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::host::Host;
use crate::text::number;

/// What a line of the script did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceLine {
    /// The line, from 1.
    pub line: usize,
    /// In words: `name = value`.
    pub text: String,
}

/// How many lines a trace may have.
const LONGEST: usize = 2_000;

/// What scripts have named so far, to see what changes.
#[derive(Debug, Default)]
pub struct Tracer {
    lines: Vec<TraceLine>,
    /// The variables of each function that runs, the innermost last.
    seen: Vec<Vec<(String, String)>>,
    /// The statement that was begun last: what changed since then is its work.
    line: usize,
}

impl Tracer {
    /// Notes what the variables of the innermost function are.
    fn look(&mut self, level: usize, variables: Vec<(String, String)>) {
        self.seen.resize_with(level + 1, Vec::new);
        let seen = self.seen.last_mut().expect("resized to at least one");
        for (name, value) in &variables {
            if !seen.iter().any(|(known, old)| known == name && old == value) && self.lines.len() < LONGEST {
                self.lines.push(TraceLine { line: self.line, text: format!("{name} = {value}") });
            }
        }
        *seen = variables;
    }

    /// The lines so far.
    pub fn take(&mut self) -> Vec<TraceLine> {
        std::mem::take(&mut self.lines)
    }
}

/// Lets an engine trace.
#[expect(deprecated, reason = "the crate marks its debugger interface as volatile this way; it is used in this file alone")]
pub fn register(engine: &mut Engine) {
    engine.register_debugger(
        |_, debugger| debugger,
        |context, event, node, _, position| {
            if matches!(event, DebuggerEvent::Start | DebuggerEvent::Step) {
                look(context, matches!(node, ASTNode::Stmt(_)).then_some(position.line()).flatten());
            }
            Ok(DebuggerCommand::StepInto)
        },
    );
}

/// Looks before each statement and expression. Only a statement is given the work that follows it.
fn look(mut context: EvalContext<'_, '_, '_, '_, '_, '_>, statement: Option<usize>) {
    let Some(host) = context.tag().clone().try_cast::<Host>() else { return };
    let level = context.call_level();
    let mut variables: Vec<(String, String)> = Vec::new();
    // The latest come first: what they shadow is not looked at.
    for (name, _, value) in context.scope_mut().iter_raw() {
        if let Some(value) = shown(value)
            && !variables.iter().any(|(known, _)| known == name)
        {
            variables.push((name.to_owned(), value));
        }
    }
    variables.reverse();
    host.trace(|tracer| {
        tracer.look(level, variables);
        tracer.line = statement.unwrap_or(tracer.line);
    });
}

/// A value in words; `None` for those that say nothing in a line (applications, selections).
fn shown(value: &Dynamic) -> Option<String> {
    if let Some(number) = value.read_lock::<Decimal>() {
        return Some(number::decimal(*number));
    }
    if let Some(number) = value.read_lock::<rhai::INT>() {
        return Some(number::integer(*number));
    }
    if value.is_bool() || value.is_string() {
        return Some(value.to_string());
    }
    None
}
