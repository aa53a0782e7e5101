//! What becomes of answers in a script: which fields of a repetition are read, and which conditions nobody can decide when an
//! answer is missing. The script is walked as it would run, with every way of every choice.

mod meaning;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use rhai::{AST, ASTNode, Expr, Position, Stmt, StmtBlock, SwitchCasesCollection};

use super::super::errors::place;
use super::super::reads::{Asked, Hook, Part, Undecided, begins};
use crate::text::definition::Located;
use meaning::{Meaning, Scope, merged};

/// How many statements are walked at most: functions that call each other, and loops in loops, could go on without end.
const STATEMENTS: usize = 20_000;

/// How many loops within each other are walked a second time, for what the first turn leaves to the next.
const LOOPS: usize = 3;

/// The fields that are read of repetitions, and the conditions that a missing answer leaves undecided, each once.
pub(super) fn answers(file: &str, ast: &AST) -> (Vec<Part>, Vec<Undecided>) {
    let functions = functions(ast);
    let mut walk = Walk {
        file,
        functions: &functions,
        scope: Scope::default(),
        settled: BTreeSet::new(),
        beside: BTreeSet::new(),
        returned: Vec::new(),
        calls: Vec::new(),
        loops: 0,
        left: STATEMENTS,
        parts: Vec::new(),
        undecided: Vec::new(),
    };
    for ((name, _), function) in &functions {
        if Hook::ALL.iter().any(|hook| hook.name() == name) {
            walk.function(name, function, Vec::new());
        }
    }
    let (mut parts, mut undecided) = (walk.parts, walk.undecided);
    parts.sort_by(|a, b| (&a.field.place, &a.group).cmp(&(&b.field.place, &b.group)));
    parts.dedup();
    undecided.sort_by(|a, b| (&a.place, &a.asked).cmp(&(&b.place, &b.asked)));
    undecided.dedup_by(|a, b| (&a.place, &a.asked) == (&b.place, &b.asked));
    (parts, undecided)
}

/// A function of the script; closures are functions too.
struct Function {
    parameters: Vec<String>,
    body: Vec<Stmt>,
}

type Functions = BTreeMap<(String, usize), Function>;

/// The tree tells the statements of a function only where it is the sole one.
fn functions(ast: &AST) -> Functions {
    let of = |name: &str, count: usize| {
        let (mut own, mut body) = (ast.clone(), Vec::new());
        own.clear_statements().retain_functions(|_, _, other, parameters| other == name && parameters == count);
        own.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                body.push((*statement).clone());
            }
            true
        });
        body
    };
    ast.iter_functions()
        .map(|function| {
            let parameters: Vec<String> = function.params.iter().map(|name| (*name).to_owned()).collect();
            let body = of(function.name, parameters.len());
            ((function.name.to_owned(), parameters.len()), Function { parameters, body })
        })
        .collect()
}

/// Where the walk stands.
struct Walk<'w> {
    file: &'w str,
    functions: &'w Functions,
    scope: Scope,
    /// What the conditions around have found to be answered.
    settled: BTreeSet<Asked>,
    /// What the conditions around look at.
    beside: BTreeSet<Asked>,
    /// What the function that is walked gives back.
    returned: Vec<Meaning>,
    /// The functions that are being walked; one that calls itself is not walked again.
    calls: Vec<String>,
    loops: usize,
    left: usize,
    parts: Vec<Part>,
    undecided: Vec<Undecided>,
}

/// What a statement comes to, and whether it leaves the block it stands in.
type Outcome = (Meaning, bool);

impl Walk<'_> {
    /// A function's value when it is given these.
    fn function(&mut self, name: &str, function: &Function, given: Vec<Meaning>) -> Meaning {
        if self.calls.iter().any(|call| call == name) {
            return Meaning::default();
        }
        self.calls.push(name.to_owned());
        let mut given = given.into_iter();
        let own = function.parameters.iter().map(|name| (name.clone(), given.next().unwrap_or_default())).collect();
        let (scope, returned) = (std::mem::replace(&mut self.scope, own), std::mem::take(&mut self.returned));
        let (last, _) = self.block(&function.body);
        let value = std::mem::replace(&mut self.returned, returned).into_iter().fold(last, Meaning::or);
        self.scope = scope;
        self.calls.pop();
        value
    }

    /// What conditions settle in a block holds to its end.
    fn block(&mut self, statements: &[Stmt]) -> Outcome {
        let (names, settled, beside) = (self.scope.len(), self.settled.clone(), self.beside.clone());
        let mut outcome = Outcome::default();
        for statement in statements {
            let (value, leaves) = self.statement(statement);
            outcome = (value, outcome.1 || leaves);
        }
        self.scope.truncate(names);
        (self.settled, self.beside) = (settled, beside);
        outcome
    }

    fn statement(&mut self, statement: &Stmt) -> Outcome {
        let Some(left) = self.left.checked_sub(1) else { return Outcome::default() };
        self.left = left;
        match statement {
            Stmt::Expr(expression) => (self.value(expression), false),
            Stmt::FnCall(call, _) => (self.call(call), false),
            Stmt::Block(block) => self.block(block.statements()),
            Stmt::If(flow, _) => self.choice(&flow.expr, &flow.body, &flow.branch),
            Stmt::Switch(parts, _) => self.switch(&parts.0, &parts.1),
            Stmt::Var(parts, ..) => {
                let value = self.value(&parts.1);
                self.scope.push((parts.0.name.to_string(), value));
                Outcome::default()
            }
            Stmt::Assignment(parts) => {
                let value = self.value(&parts.1.rhs);
                match &parts.1.lhs {
                    Expr::Variable(name, ..) => self.assign(&name.1, value, parts.0.is_op_assignment()),
                    other => drop(self.value(other)),
                }
                Outcome::default()
            }
            Stmt::For(parts, _) => {
                let list = self.value(&parts.2.expr);
                let names = self.scope.len();
                self.scope.push((parts.0.name.to_string(), list.repetition()));
                self.scope.extend(parts.1.iter().map(|counter| (counter.name.to_string(), Meaning::default())));
                self.turns(|walk| drop(walk.block(parts.2.body.statements())));
                self.scope.truncate(names);
                Outcome::default()
            }
            Stmt::While(flow, _) => {
                self.turns(|walk| drop(walk.choice(&flow.expr, &flow.body, &flow.branch)));
                Outcome::default()
            }
            Stmt::Do(flow, ..) => {
                self.turns(|walk| {
                    walk.block(flow.body.statements());
                    walk.condition(&flow.expr);
                });
                Outcome::default()
            }
            Stmt::Return(value, ..) => {
                if let Some(value) = value {
                    let value = self.value(value);
                    self.returned.push(value);
                }
                (Meaning::default(), true)
            }
            Stmt::BreakLoop(value, ..) => {
                value.iter().for_each(|value| drop(self.value(value)));
                (Meaning::default(), true)
            }
            _ => Outcome::default(),
        }
    }

    fn assign(&mut self, name: &str, value: Meaning, adds: bool) {
        if let Some((_, known)) = self.scope.iter_mut().rev().find(|(known, _)| known == name) {
            *known = if adds { std::mem::take(known).or(value) } else { value };
        }
    }

    /// A loop: what one turn leaves may meet the next, and there may be no turn at all.
    fn turns(&mut self, mut turn: impl FnMut(&mut Self)) {
        self.loops += 1;
        for _ in 0..(if self.loops > LOOPS { 1 } else { 2 }) {
            let before = self.scope.clone();
            turn(self);
            self.scope = merged(before, std::mem::take(&mut self.scope));
        }
        self.loops -= 1;
    }

    fn choice(&mut self, condition: &Expr, body: &StmtBlock, branch: &StmtBlock) -> Outcome {
        let condition = self.condition(condition);
        let before = self.scope.clone();
        let (then, leaves_then) = self.way(body.statements(), &condition.when_true, &condition);
        let after_then = std::mem::replace(&mut self.scope, before);
        let (otherwise, leaves_otherwise) = self.way(branch.statements(), &condition.when_false, &condition);
        let after_otherwise = std::mem::take(&mut self.scope);
        let (scope, settles) = match (leaves_then, leaves_otherwise) {
            (true, false) => (after_otherwise, Some(condition.when_false)),
            (false, true) => (after_then, Some(condition.when_true)),
            (true, true) | (false, false) => (merged(after_then, after_otherwise), None),
        };
        self.scope = scope;
        if let Some(settles) = settles {
            self.settled.extend(settles);
            self.beside.extend(condition.looks_at);
        }
        (then.or(otherwise), leaves_then && leaves_otherwise)
    }

    /// One way of a choice, with what its condition has settled.
    fn way(&mut self, statements: &[Stmt], settles: &BTreeSet<Asked>, condition: &Meaning) -> Outcome {
        let (settled, beside) = (self.settled.clone(), self.beside.clone());
        self.settled.extend(settles.iter().cloned());
        self.beside.extend(condition.looks_at.iter().cloned());
        let (value, leaves) = self.block(statements);
        for (_, known) in &mut self.scope {
            known.settle(&self.settled);
        }
        (self.settled, self.beside) = (settled, beside);
        (value, leaves)
    }

    /// A way that names a value is gone only when the value is known; the default is for all others.
    fn switch(&mut self, on: &Expr, cases: &SwitchCasesCollection) -> Outcome {
        let on = self.value(on);
        let before = self.scope.clone();
        let mut after = before.clone();
        let mut value = Meaning::default();
        for (at, case) in cases.expressions.iter().enumerate() {
            self.scope.clone_from(&before);
            let known = if cases.def_case == Some(at) { BTreeSet::new() } else { on.needs.keys().cloned().collect() };
            let (settled, beside) = (self.settled.clone(), self.beside.clone());
            self.settled.extend(known);
            self.beside.extend(on.looks_at.iter().cloned());
            let guard = self.condition(&case.lhs);
            self.settled.extend(guard.when_true);
            let way = self.value(&case.rhs);
            value = value.or(way);
            (self.settled, self.beside) = (settled, beside);
            after = merged(after, std::mem::take(&mut self.scope));
        }
        self.scope = after;
        (value, false)
    }

    /// A value that must be true or false. Beyond it, what it needs is known.
    fn condition(&mut self, expression: &Expr) -> Meaning {
        let mut value = self.value(expression);
        if !value.bare {
            self.undecided(begins(expression), &value);
        }
        let known: Vec<Asked> = std::mem::take(&mut value.needs).into_keys().collect();
        value.when_true.extend(known.iter().cloned());
        value.when_false.extend(known);
        value
    }

    fn undecided(&mut self, position: Position, value: &Meaning) {
        for (asked, written) in &value.needs {
            self.undecided.push(Undecided {
                asked: asked.clone(),
                written: written.clone(),
                place: place(self.file, position),
                beside: self.beside.union(&value.looks_at).filter(|other| *other != asked).cloned().collect(),
            });
        }
    }

    fn part(&mut self, group: &str, field: &str, position: Position) {
        let field = Located { value: field.to_owned(), place: place(self.file, position) };
        self.parts.push(Part { group: group.to_owned(), field });
    }
}
