//! From sources to a set of rules that can be run.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rhai::AST;

use super::parameters::{Parameters, Value};
use super::reads::{self, Hook, Reads, Seen};
use super::texts::Texts;
use super::{engine, errors, lint, parameters, texts};
use crate::domain::Problem;

/// The sources of a grant type's rules: path (shown in problems) and text of each.
#[derive(Clone, Copy, Debug)]
pub struct RuleSources<'a> {
    /// The grant type's id.
    pub id: &'a str,
    /// `rules.rhai`.
    pub script: Option<(&'a str, &'a str)>,
    /// `parameters.toml`.
    pub parameters: Option<(&'a str, &'a str)>,
    /// `texts.toml`.
    pub texts: Option<(&'a str, &'a str)>,
}

/// A grant type's rules, ready to run. Cheap to clone, and shared between threads.
#[derive(Clone, Debug)]
pub struct RuleSet(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    id: String,
    path: String,
    /// One tree per hook, without the other hooks: in a shared one, `.eligible("alder")` would call the hook.
    hooks: HashMap<Hook, Entry>,
    parameters: Parameters,
    texts: Texts,
    reads: Reads,
    closures: HashMap<String, Vec<String>>,
}

/// A hook's tree, and what it reads of the application.
#[derive(Debug)]
pub(super) struct Entry {
    pub ast: AST,
    pub seen: Seen,
}

/// Compiles rules and says everything that is wrong with them. There is a rule set only when nothing is in error.
#[must_use]
pub fn compile(sources: &RuleSources<'_>) -> (Option<RuleSet>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut note = |found: Vec<Problem>| problems.extend(found);
    let parameters = sources.parameters.map_or_else(
        || Some(Parameters::default()),
        |(path, text)| {
            let (parameters, found) = parameters::read(path, text);
            note(found);
            parameters
        },
    );
    let texts = sources.texts.map_or_else(
        || Some(Texts::default()),
        |(path, text)| {
            let (texts, found) = texts::read(path, text);
            note(found);
            texts
        },
    );
    let (path, source) = sources.script.unwrap_or(("rules.rhai", ""));
    let ast = match engine::plain().compile(source) {
        Ok(ast) => ast,
        Err(error) => {
            problems.push(errors::syntax(path, source, &error));
            return (None, problems);
        }
    };
    let (Some(parameters), Some(texts)) = (parameters, texts) else { return (None, problems) };
    let (read, found) = lint::lint(path, source, &ast, &parameters, &texts);
    problems.extend(found.into_iter().filter(|problem| !accepted(path, source, problem)));
    if problems.iter().any(Problem::is_error) {
        return (None, problems);
    }
    let closures = ast
        .iter_functions()
        .filter(|function| function.name.starts_with("anon$"))
        .map(|function| (function.name.to_owned(), function.params.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    let hooks = read.hooks.iter().map(|hook| (hook.value, alone(&ast, hook.value))).collect();
    let compiled = Compiled { id: sources.id.to_owned(), path: path.to_owned(), hooks, parameters, texts, reads: read, closures };
    (Some(RuleSet(Arc::new(compiled))), problems)
}

/// Whether the author has accepted a warning in words, on its line or the one before: `// ok chosen_by_number: why`.
#[must_use]
pub fn accepted(path: &str, source: &str, problem: &Problem) -> bool {
    if problem.is_error() || problem.place.file != path {
        return false;
    }
    let lines = source.lines().skip(problem.place.line.saturating_sub(2)).take(if problem.place.line > 1 { 2 } else { 1 });
    lines.filter_map(|line| line.split_once("// ok ")).any(|(_, said)| {
        let (code, why) = said.split_once(':').unwrap_or((said, ""));
        code.trim() == problem.code && !why.trim().is_empty()
    })
}

fn alone(ast: &AST, hook: Hook) -> Entry {
    let mut own = ast.clone();
    own.retain_functions(|_, _, name, _| name == hook.name() || Hook::ALL.iter().all(|other| other.name() != name));
    Entry { seen: reads::seen(&own), ast: own }
}

impl RuleSet {
    /// The grant type's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// What the script names, for the cross-check with forms, facts and other grant types.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.0.reads
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.0.parameters
    }

    /// The texts.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.0.texts
    }

    /// A parameter's value on a date; `None` when there is none yet, or no such parameter.
    #[must_use]
    pub fn parameter_at(&self, id: &str, date: NaiveDate) -> Option<&Value> {
        self.0.parameters.get(id)?.on(date).map(|dated| &dated.value)
    }

    /// The script's path, for problems.
    pub(super) fn script_path(&self) -> &str {
        &self.0.path
    }

    /// The tree of a hook that is defined.
    pub(super) fn entry(&self, hook: Hook) -> Option<&Entry> {
        self.0.hooks.get(&hook)
    }

    /// The names of a closure's parameters, captured ones first.
    pub(super) fn closure_parameters(&self, function: &str) -> Option<&[String]> {
        self.0.closures.get(function).map(Vec::as_slice)
    }
}
