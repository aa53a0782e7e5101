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

/// Values that scripts have named so far, to see what changed.
#[derive(Debug, Default)]
pub struct Tracer {
    lines: Vec<TraceLine>,
    seen: Vec<(String, String)>,
    /// The statement that was begun last: what changed since then is its work.
    line: usize,
}

impl Tracer {
    /// Notes what the variables are before the statement on `line` runs.
    fn look(&mut self, variables: Vec<(String, String)>, line: usize) {
        for (name, value) in &variables {
            if !self.seen.iter().any(|(known, old)| known == name && old == value) && self.lines.len() < LONGEST {
                self.lines.push(TraceLine { line: self.line, text: format!("{name} = {value}") });
            }
        }
        self.seen = variables;
        self.line = line;
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
            if let (DebuggerEvent::Start | DebuggerEvent::Step, ASTNode::Stmt(_)) = (event, node)
                && let Some(line) = position.line()
            {
                look(context, line);
            }
            Ok(DebuggerCommand::StepInto)
        },
    );
}

fn look(mut context: EvalContext<'_, '_, '_, '_, '_, '_>, line: usize) {
    let Some(host) = context.tag().clone().try_cast::<Host>() else { return };
    let variables = context.scope_mut().iter_raw().filter_map(|(name, _, value)| Some((name.to_owned(), shown(value)?))).collect();
    host.trace(|tracer| tracer.look(variables, line));
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
