//! What a script names: read off its syntax tree, so that the package can be checked before any case is.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position, Stmt};
use rust_decimal::Decimal;

use super::errors::place;
use super::vocabulary::{self, Argument, Receiver};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::Located;

/// A named entry point of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hook {
    /// The pre-check: may the applicant apply at all?
    Eligible,
    /// Is the application in order?
    Validate,
    /// How much?
    Calculate,
    /// Where does the case go?
    Route,
    /// What does each case of a round get of the pot?
    Allocate,
}

impl Hook {
    /// All hooks in the order they run.
    pub const ALL: [Self; 5] = [Self::Eligible, Self::Validate, Self::Calculate, Self::Route, Self::Allocate];

    /// The function's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Validate => "validate",
            Self::Calculate => "calculate",
            Self::Route => "route",
            Self::Allocate => "allocate",
        }
    }
}

/// Everything a script names, with places. A name used twice stands twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Fields of the form.
    pub answers: Vec<Located<String>>,
    /// Facts about the case.
    pub facts: Vec<Located<String>>,
    /// Reference tables.
    pub tables: Vec<Located<String>>,
    /// Approvals.
    pub approvals: Vec<Located<String>>,
    /// Other grant types whose earlier grants are looked at.
    pub grants: Vec<Located<String>>,
    /// Parameters.
    pub parameters: Vec<Located<String>>,
    /// Ids of rows and named filters.
    pub rows: Vec<Located<String>>,
    /// Ids of checks.
    pub checks: Vec<Located<String>>,
    /// Where cases may be routed.
    pub routes: Vec<Located<String>>,
    /// The hooks that are defined.
    pub hooks: Vec<Located<Hook>>,
    /// Whether attendance is looked at.
    pub attendance: bool,
    /// Whether it matters when occasions were registered.
    pub registration: bool,
    /// Parameters whose value is taken on one day of the case, not on each occasion's.
    pub one_day: Vec<Located<String>>,
    /// What the ids of several rows begin with.
    pub families: Vec<Located<String>>,
    /// Figures that a round may share by.
    pub measures: Vec<Located<String>>,
    /// Rows that wait for the round's pot to be shared.
    pub allocated: Vec<Located<String>>,
    /// Parts that are paid at their own time.
    pub payouts: Vec<Located<String>>,
    /// Rows and checks that may refuse or reduce.
    pub adverse: Vec<Adverse>,
    /// Fields that are read of repetitions of a repeating group.
    pub parts: Vec<Part>,
    /// Conditions that cannot be decided when an answer is missing.
    pub undecided: Vec<Undecided>,
}

/// A question of the form, in a repeating group or outside any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// The repeating group it stands in.
    pub group: Option<String>,
    /// Its id.
    pub id: String,
}

/// A field that is read of a repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The answer whose repetitions are gone through; only a repeating group has fields.
    pub group: String,
    /// The field.
    pub field: Located<String>,
}

/// A condition that looks at an answer without first asking whether there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The question.
    pub asked: Asked,
    /// How the script writes its answer, as `resa.mil`.
    pub written: String,
    /// Where the condition begins.
    pub place: Place,
    /// The questions that this and the conditions around it look at besides.
    pub beside: BTreeSet<Asked>,
}

/// A row or check that may go against the applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adverse {
    /// Its id.
    pub id: Located<String>,
    /// The parameter it rests on, where it names one.
    pub parameter: Option<String>,
    /// Whether it only reduces when that parameter is below one.
    pub scales: bool,
}

impl Reads {
    /// Whether a hook is defined.
    #[must_use]
    pub fn defines(&self, hook: Hook) -> bool {
        self.hooks.iter().any(|defined| defined.value == hook)
    }

    /// The ids of rows and checks.
    pub fn texts(&self) -> impl Iterator<Item = &Located<String>> {
        self.rows.iter().chain(&self.checks)
    }
}

/// What the functions of a hook read of the application, each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub answers: BTreeSet<String>,
    /// Every property that is read anywhere; those of the application are among them.
    pub properties: BTreeSet<String>,
}

/// Reads that off a hook's own tree.
pub(super) fn seen(ast: &AST) -> Seen {
    let script = walk("", ast);
    let answers: BTreeSet<String> = script.answers.into_iter().map(|answer| answer.value).collect();
    let mut properties: BTreeSet<String> = script.properties.into_iter().collect();
    properties.extend((!answers.is_empty()).then(|| "answers".to_owned()));
    Seen { answers, properties }
}

/// A call in the script.
#[derive(Debug)]
pub(super) struct Call {
    pub name: String,
    /// What is written in the brackets; the receiver of a method is not among them.
    pub arguments: Vec<Written>,
    pub method: bool,
    pub operator: bool,
    pub position: Position,
    /// The branches it stands in: which `if` or `switch`, and which way.
    pub branches: Vec<(usize, usize)>,
}

/// What is written as an argument, as far as a linter cares.
#[derive(Debug)]
pub(super) enum Written {
    Text(String, Position),
    Number(Position),
    Map(Vec<(String, Written)>, Position),
    /// A closure: its function's name and how many variables it captures.
    Closure(String, usize, Position),
    Else(Position),
}

impl Written {
    /// Where it stands.
    pub(super) fn position(&self) -> Position {
        match self {
            Self::Text(_, position)
            | Self::Number(position)
            | Self::Map(_, position)
            | Self::Closure(_, _, position)
            | Self::Else(position) => *position,
        }
    }
}

/// The calls of a script, its chains of filters and its uses of answers.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub calls: Vec<Call>,
    /// The names of the methods of each chain, with positions.
    pub chains: Vec<Chain>,
    pub answers: Vec<Located<String>>,
    pub attendance: bool,
    pub registration: bool,
    /// The properties that are read.
    pub properties: Vec<String>,
    /// The numbers that are written out.
    pub numbers: Vec<(Decimal, Position)>,
    /// What is written to behind a point: the variable and what follows it.
    pub assigned: Vec<(String, Located<String>)>,
    pub problems: Vec<Problem>,
}

/// A value and the methods called on it, one after the other.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub methods: Vec<(String, Position)>,
    /// Whether attendance is what they are called on, as far as can be seen.
    pub attendance: bool,
}

/// Walks the tree.
pub(super) fn walk(file: &str, ast: &AST) -> Script {
    let mut script = Script::default();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some((node, parents)) = path.split_last() {
            visit(file, &mut script, *node, parents);
        }
        true
    });
    script.calls.sort_by_key(|call| call.position);
    script
}

fn visit(file: &str, script: &mut Script, node: ASTNode<'_>, parents: &[ASTNode<'_>]) {
    script.problems.extend(super::lint::constant(file, node));
    match node {
        ASTNode::Expr(Expr::IntegerConstant(number, position)) => script.numbers.push((Decimal::from(*number), *position)),
        ASTNode::Expr(Expr::DynamicConstant(value, position)) => {
            script.numbers.extend(value.read_lock::<Decimal>().map(|number| (*number, *position)));
        }
        ASTNode::Stmt(Stmt::FnCall(call, position)) | ASTNode::Expr(Expr::FnCall(call, position)) => {
            script.calls.push(Call { branches: branches(node, parents), ..written_call(call, false, *position) });
        }
        ASTNode::Expr(Expr::MethodCall(call, position)) => {
            script.calls.push(Call { branches: branches(node, parents), ..written_call(call, true, *position) });
        }
        ASTNode::Stmt(Stmt::Assignment(assignment)) => {
            let mut links = Vec::new();
            flatten(&assignment.1.lhs, &mut links);
            if let [Link::Plain(Expr::Variable(variable, ..)), Link::Plain(Expr::Property(property, position)), ..] = links.as_slice() {
                let property = Located { value: property.2.to_string(), place: place(file, *position) };
                script.assigned.push((variable.1.to_string(), property));
            }
        }
        ASTNode::Expr(chain @ (Expr::Dot(..) | Expr::Index(..))) if !continues(chain, parents) => {
            let mut links = Vec::new();
            flatten(chain, &mut links);
            read_chain(file, script, &links, parents);
        }
        _ => {}
    }
}

/// Which way of each choice a node stands in.
fn branches(node: ASTNode<'_>, parents: &[ASTNode<'_>]) -> Vec<(usize, usize)> {
    let path: Vec<ASTNode<'_>> = parents.iter().copied().chain([node]).collect();
    path.windows(2)
        .filter_map(|pair| match pair {
            [ASTNode::Stmt(choice @ Stmt::If(flow, _)), ASTNode::Stmt(inside)] => {
                let within = |block: &rhai::StmtBlock| block.iter().any(|statement| std::ptr::eq(statement, *inside));
                let way = usize::from(within(&flow.branch));
                (within(&flow.body) || way == 1).then_some((std::ptr::from_ref(*choice).addr(), way))
            }
            [ASTNode::Stmt(choice @ Stmt::Switch(parts, _)), ASTNode::Expr(inside)] => {
                let way = parts.1.expressions.iter().position(|block| std::ptr::eq(&raw const block.rhs, *inside))?;
                Some((std::ptr::from_ref(*choice).addr(), way))
            }
            _ => None,
        })
        .collect()
}

fn written_call(call: &FnCallExpr, method: bool, position: Position) -> Call {
    Call {
        name: call.name.to_string(),
        arguments: call.args.iter().map(written).collect(),
        method,
        operator: call.is_operator_call(),
        position,
        branches: Vec::new(),
    }
}

fn written(expression: &Expr) -> Written {
    match expression {
        Expr::StringConstant(text, position) => Written::Text(text.to_string(), *position),
        Expr::IntegerConstant(_, position) => Written::Number(*position),
        Expr::DynamicConstant(value, position) if value.is_decimal() => Written::Number(*position),
        Expr::Map(entries, position) => {
            Written::Map(entries.0.iter().map(|(key, value)| (key.name.to_string(), written(value))).collect(), *position)
        }
        Expr::DynamicConstant(value, position) => {
            closure(value).map_or(Written::Else(*position), |name| Written::Closure(name, 0, *position))
        }
        Expr::FnCall(call, position) if call.name == "curry" => match call.args.split_first() {
            Some((Expr::DynamicConstant(value, _), captured)) => {
                closure(value).map_or(Written::Else(*position), |name| Written::Closure(name, captured.len(), *position))
            }
            _ => Written::Else(*position),
        },
        other => Written::Else(begins(other)),
    }
}

/// The function of a value that is a closure.
pub(super) fn closure(value: &rhai::Dynamic) -> Option<String> {
    value.read_lock::<rhai::FnPtr>().map(|function| function.fn_name().to_owned())
}

/// Whether a chain is the tail of a longer one, which is read as a whole.
fn continues(chain: &Expr, parents: &[ASTNode<'_>]) -> bool {
    match parents.last() {
        Some(ASTNode::Expr(Expr::Dot(pair, ..) | Expr::Index(pair, ..))) => {
            std::ptr::eq(&raw const pair.rhs, chain) && !matches!(parents.last(), Some(ASTNode::Expr(Expr::Index(..))))
                || std::ptr::eq(&raw const pair.lhs, chain)
        }
        _ => false,
    }
}

/// A link of a chain: a name, a property, a method, or something in brackets.
pub(super) enum Link<'e> {
    Plain(&'e Expr),
    Bracket(&'e Expr),
}

/// The links of a chain in the order they are written.
pub(super) fn flatten<'e>(expression: &'e Expr, links: &mut Vec<Link<'e>>) {
    match expression {
        Expr::Dot(pair, ..) => {
            flatten(&pair.lhs, links);
            flatten(&pair.rhs, links);
        }
        Expr::Index(pair, ..) => {
            flatten(&pair.lhs, links);
            bracket(&pair.rhs, links);
        }
        other => links.push(Link::Plain(other)),
    }
}

/// What stands in brackets, and what follows it: `a["x"].b` is written as a[("x".b)] in the tree, `a["x"]["y"]` as a[("x"["y"])].
fn bracket<'e>(expression: &'e Expr, links: &mut Vec<Link<'e>>) {
    match expression {
        Expr::Dot(inner, ..) => {
            links.push(Link::Bracket(&inner.lhs));
            flatten(&inner.rhs, links);
        }
        Expr::Index(inner, ..) => {
            links.push(Link::Bracket(&inner.lhs));
            bracket(&inner.rhs, links);
        }
        inside => links.push(Link::Bracket(inside)),
    }
}

/// Where an expression begins: an operator's own position is that of the sign between its sides.
pub(super) fn begins(expression: &Expr) -> Position {
    match expression {
        Expr::FnCall(call, position) if call.is_operator_call() => call.args.first().map_or(*position, begins),
        Expr::And(sides, position) | Expr::Or(sides, position) => sides.first().map_or(*position, begins),
        other => other.start_position(),
    }
}

fn read_chain(file: &str, script: &mut Script, links: &[Link<'_>], parents: &[ASTNode<'_>]) {
    let mut chain = Chain::default();
    for (at, link) in links.iter().enumerate() {
        match link {
            Link::Plain(Expr::Property(property, position)) if property.2 == "answers" => {
                read_answer(file, script, links.get(at + 1), *position);
                if at + 2 == links.len() && is_condition(parents) {
                    script.problems.push(bare_answer(file, *position));
                }
            }
            Link::Plain(Expr::Property(property, _)) => {
                chain.attendance |= property.2 == "attendance";
                script.registration |= property.2 == "unregistered";
                script.properties.push(property.2.to_string());
            }
            Link::Plain(Expr::MethodCall(call, position)) => {
                let operation = vocabulary::operation(&call.name);
                chain.attendance |= operation.is_some_and(|operation| operation.method == Receiver::Attendance);
                script.registration |= call.name == "registered_within";
                chain.methods.push((call.name.to_string(), *position));
            }
            Link::Plain(_) | Link::Bracket(_) => {}
        }
    }
    script.attendance |= chain.attendance;
    script.chains.push(chain);
}

fn read_answer(file: &str, script: &mut Script, next: Option<&Link<'_>>, position: Position) {
    match next {
        Some(Link::Plain(Expr::Property(property, position))) => {
            script.answers.push(Located { value: property.2.to_string(), place: place(file, *position) });
        }
        Some(Link::Bracket(Expr::StringConstant(name, position))) => {
            script.answers.push(Located { value: name.to_string(), place: place(file, *position) });
        }
        _ => script.problems.push(Problem::error(
            place(file, position),
            "answer_without_name",
            Localized::both("Här ska det stå vilket svar som menas.", "This must say which answer is meant."),
            Localized::both(
                "Skriv application.answers.faltets_id i ett stycke, så att formuläret kan kontrolleras mot regeln.",
                "Write application.answers.field_id in one piece, so that the form can be checked against the rule.",
            ),
        )),
    }
}

/// Whether the innermost parent takes a value as true or false.
fn is_condition(parents: &[ASTNode<'_>]) -> bool {
    match parents.last() {
        Some(ASTNode::Expr(Expr::And(..) | Expr::Or(..)) | ASTNode::Stmt(Stmt::If(..) | Stmt::While(..))) => true,
        Some(ASTNode::Expr(Expr::FnCall(call, _))) => call.name == "!",
        _ => false,
    }
}

fn bare_answer(file: &str, position: Position) -> Problem {
    Problem::warning(
        place(file, position),
        "bare_answer",
        Localized::both("Ett obesvarat svar är varken sant eller falskt.", "An unanswered question is neither true nor false."),
        Localized::both("Skriv yes(…) eller answered(…) runt svaret.", "Write yes(…) or answered(…) around the answer."),
    )
}

/// The arguments of a call with what each is to be; `None` when the call has the wrong form.
pub(super) fn aligned<'c>(
    call: &'c Call,
    operation: &'static vocabulary::Operation,
) -> Option<impl Iterator<Item = (Argument, &'c Written)> + use<'c>> {
    let is_method = operation.method != Receiver::None;
    let (skip_written, skip_expected) = match (is_method, call.method) {
        (true, true) | (false, false) => (0, 0),
        // min_minutes(a, "x") and a.yes() are the same calls written the other way.
        (true, false) => (1, 0),
        (false, true) => match operation.arguments.first() {
            Some(Argument::Value) => (0, 1),
            _ => return None,
        },
    };
    let count = (call.arguments.len() + skip_expected).checked_sub(skip_written)?;
    if count < operation.required || count > operation.arguments.len() || operation.never.contains(&count) {
        return None;
    }
    Some(operation.arguments.iter().copied().skip(skip_expected).zip(call.arguments.iter().skip(skip_written)))
}

/// The places of the script's functions, by name: the tree does not keep them.
pub(super) fn place_of_function(file: &str, source: &str, name: &str) -> Place {
    for (line, text) in (1..).zip(source.lines()) {
        let code = text.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("fn ") {
            let rest = code[at + 3..].trim_start();
            if rest.strip_prefix(name).is_some_and(|after| after.trim_start().starts_with('(')) {
                return Place { file: file.to_owned(), line, column: code[..at].chars().count() + 1 };
            }
        }
    }
    Place { file: file.to_owned(), line: 0, column: 0 }
}
