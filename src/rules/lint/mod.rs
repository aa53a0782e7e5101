//! What can be said about rules before any case: names, kinds, hooks, conditions and the order of things.

mod conditions;
mod missing;
mod names;
mod order;

pub(super) use conditions::constant;

use std::collections::BTreeSet;

use rhai::{AST, Position};
use rust_decimal::Decimal;

use order::Functions;

use super::errors::{place, unknown_function};
use super::host::is_builtin;
use super::parameters::{Parameter, Parameters, Value};
use super::reads::{Call, Chain, Hook, Reads, Script, Written, aligned, place_of_function, walk};
use super::texts::{Placeholder, Texts};
use super::vocabulary;
use crate::attendance::selection::Column;
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::{Located, did_you_mean};

/// The linter's desk.
struct Lint<'l> {
    file: &'l str,
    parameters: &'l Parameters,
    texts: &'l Texts,
    reads: Reads,
    problems: Vec<Problem>,
    /// What each row or check may show.
    shows: Vec<(String, &'static [Placeholder])>,
    /// Measures that a round shares by.
    wanted: Vec<Located<String>>,
}

/// Reads what the script names and says what is wrong.
pub fn lint(file: &str, source: &str, ast: &AST, parameters: &Parameters, texts: &Texts) -> (Reads, Vec<Problem>) {
    let script = walk(file, ast);
    let mut lint = Lint { file, parameters, texts, reads: Reads::default(), problems: Vec::new(), shows: Vec::new(), wanted: Vec::new() };
    lint.global_statements(ast);
    lint.read_only(ast, &script);
    let functions = lint.functions(source, ast, &script);
    for call in script.calls.iter().filter(|call| !call.operator) {
        lint.call(call, ast, &script.chains);
        lint.wrong_hook(call, &functions);
    }
    lint.chains(&script);
    lint.rows(&script, &functions);
    lint.reads.registration = script.registration;
    lint.reads.answers = script.answers;
    lint.reads.attendance = script.attendance;
    (lint.reads.parts, lint.reads.undecided) = missing::answers(file, ast);
    lint.problems.extend(script.problems);
    lint.measures();
    lint.left_over(&script.numbers);
    lint.placeholders();
    (lint.reads, lint.problems)
}

impl Lint<'_> {
    fn error(&mut self, position: Position, code: &str, message: (impl Into<String>, impl Into<String>), hint: Localized) {
        let place = place(self.file, position);
        self.problems.push(Problem::error(place, code, Localized::both(message.0, message.1), hint));
    }

    fn global_statements(&mut self, ast: &AST) {
        for statement in ast.statements().iter().filter(|statement| !statement.is_noop()) {
            self.error(
                statement.position(),
                "global_statement",
                ("Satsen står utanför en funktion.", "The statement stands outside any function."),
                Localized::both(
                    "Flytta in den i eligible, validate, calculate eller route. Tal hör hemma i parameters.toml.",
                    "Move it into eligible, validate, calculate or route. Numbers belong in parameters.toml.",
                ),
            );
        }
    }

    /// What a hook is given is the case itself: a rule reads it.
    fn read_only(&mut self, ast: &AST, script: &Script) {
        let hooks = ast.iter_functions().filter(|function| Hook::ALL.iter().any(|hook| hook.name() == function.name));
        let given: BTreeSet<&str> = hooks.flat_map(|function| function.params).collect();
        for (_, property) in script.assigned.iter().filter(|(variable, _)| given.contains(variable.as_str())) {
            self.problems.push(Problem::error(
                property.place.clone(),
                "read_only",
                Localized::both(
                    format!("Det går inte att ändra ”{}”.", property.value),
                    format!("\"{}\" cannot be changed.", property.value),
                ),
                Localized::both(
                    "Regler läser ärendet och skriver rader och krav. Jämför gör man med ==.",
                    "Rules read the case and write rows and checks. Compare by ==.",
                ),
            ));
        }
    }

    fn functions(&mut self, source: &str, ast: &AST, script: &Script) -> Functions {
        let mut begins = Vec::new();
        let called: BTreeSet<&str> = script.calls.iter().map(|call| call.name.as_str()).collect();
        for function in ast.iter_functions().filter(|function| !function.name.starts_with("anon$")) {
            let at = place_of_function(self.file, source, function.name);
            begins.push(((at.line, at.column), function.name.to_owned()));
            let hook = Hook::ALL.into_iter().find(|hook| hook.name() == function.name);
            let argument = vocabulary::HOOKS.iter().find(|(name, _)| *name == function.name).map_or("", |(_, argument)| argument);
            match hook {
                Some(hook) if function.params.len() == 1 => self.reads.hooks.push(Located { value: hook, place: at }),
                Some(hook) => self.problems.push(Problem::error(
                    at,
                    "wrong_hook_arguments",
                    Localized::both(
                        format!("{} ska ha exakt ett namn i parentesen.", hook.name()),
                        format!("{} must have exactly one name in the brackets.", hook.name()),
                    ),
                    Localized::both(format!("Skriv fn {}({argument}).", hook.name()), format!("Write fn {}({argument}).", hook.name())),
                )),
                None if vocabulary::is_known(function.name) => self.problems.push(Problem::error(
                    at,
                    "name_taken",
                    Localized::both(
                        format!("”{}” är redan en operation.", function.name),
                        format!("\"{}\" is already an operation.", function.name),
                    ),
                    Localized::both("Ge funktionen ett annat namn.", "Give the function another name."),
                )),
                None if !called.contains(function.name) => self.problems.push(Problem::error(
                    at,
                    "unknown_hook",
                    Localized::both(
                        format!("Funktionen ”{}” anropas aldrig.", function.name),
                        format!("The function \"{}\" is never called.", function.name),
                    ),
                    did_you_mean(function.name, Hook::ALL.iter().map(|hook| hook.name())),
                )),
                None => {}
            }
        }
        self.reads.hooks.sort_by_key(|hook| hook.value);
        Functions::new(begins)
    }

    fn call(&mut self, call: &Call, ast: &AST, chains: &[Chain]) {
        // Hooks are called by the host alone, so that `.eligible(…)` is the filter and never the hook.
        let is_hook = Hook::ALL.iter().any(|hook| hook.name() == call.name);
        if !is_hook && ast.iter_functions().any(|function| function.name == call.name) {
            return;
        }
        let Some(operation) = vocabulary::operation(&call.name) else {
            if !vocabulary::ORDINARY.contains(&call.name.as_str()) {
                let (code, message, hint) = unknown_function(&call.name);
                self.problems.push(Problem::error(place(self.file, call.position), code, message, hint));
            }
            return;
        };
        if operation.name == "filter" {
            self.filter(call, ast, chains);
            return;
        }
        let Some(arguments) = aligned(call, operation) else {
            let wanted = operation.arguments.len();
            self.error(
                call.position,
                "wrong_arguments",
                (
                    format!("”{}” ska ha {wanted} {} i parentesen.", call.name, if wanted == 1 { "värde" } else { "värden" }),
                    format!("\"{}\" takes {wanted} arguments.", call.name),
                ),
                Localized::both("docs/RULES.md visar hur operationen skrivs.", "docs/RULES.md shows how the operation is written."),
            );
            return;
        };
        for (expected, written) in arguments {
            self.argument(operation, expected, written);
        }
        self.adverse(call, operation);
        if let ("allocated_row", Some(Written::Text(id, position))) = (operation.name, call.arguments.first()) {
            self.reads.allocated.push(Located { value: id.clone(), place: place(self.file, *position) });
        }
    }

    /// A filter of attendance may have an id, and its closure looks at columns. Lists have a filter too, with neither.
    fn filter(&mut self, call: &Call, ast: &AST, chains: &[Chain]) {
        let own = if call.method { call.arguments.as_slice() } else { call.arguments.get(1..).unwrap_or_default() };
        let of_attendance =
            chains.iter().any(|chain| chain.attendance && chain.methods.iter().any(|(_, position)| *position == call.position));
        let closure = match own {
            [id @ Written::Text(..), closure] => {
                self.text(id, &[Placeholder::Value], names::Uses::Row);
                closure
            }
            [closure] if of_attendance => closure,
            _ => return,
        };
        let Written::Closure(name, captured, _) = closure else { return };
        let function = ast.iter_functions().find(|function| function.name == name);
        for column in function.iter().flat_map(|function| function.params.iter().skip(*captured)) {
            if Column::named(column).is_none() {
                self.error(
                    call.position,
                    "unknown_column",
                    (format!("Kolumnen ”{column}” finns inte."), format!("There is no column \"{column}\".")),
                    did_you_mean(column, Column::ALL.iter().map(|(name, _)| *name)),
                );
            }
        }
    }

    /// Parameters and texts that nothing uses.
    fn left_over(&mut self, numbers: &[(Decimal, Position)]) {
        let used: BTreeSet<&str> = self.reads.parameters.iter().map(|name| name.value.as_str()).collect();
        let parameters = self.parameters.iter().filter(|(id, _)| !used.contains(id)).map(|(id, parameter)| {
            let (sv, en) = (format!("Parametern ”{id}” används inte."), format!("The parameter \"{id}\" is not used."));
            let problem = unused(&parameter.place, "unused_parameter", &sv, &en);
            match written_out(id, parameter, numbers) {
                Some(hint) => Problem { hint, ..problem },
                None => problem,
            }
        });
        let used: BTreeSet<&str> = self.reads.texts().map(|name| name.value.as_str()).collect();
        let texts = self.texts.iter().filter(|(id, _)| !used.contains(id) && !is_builtin(id)).map(|(id, text)| {
            unused(&text.place, "unused_text", &format!("Texten ”{id}” används inte."), &format!("The text \"{id}\" is not used."))
        });
        let found: Vec<Problem> = parameters.chain(texts).collect();
        self.problems.extend(found);
    }

    /// Places in texts that their operation has no figure for.
    fn placeholders(&mut self) {
        for (id, shows) in &self.shows {
            let Some(text) = self.texts.get(id) else { continue };
            for placeholder in text.placeholders() {
                if shows.contains(&placeholder) || matches!(placeholder, Placeholder::Org | Placeholder::Period) {
                    continue;
                }
                let known: Vec<String> = shows.iter().map(|placeholder| format!("{{{}}}", placeholder.name())).collect();
                let known = if known.is_empty() { "{org}, {period}".to_owned() } else { known.join(", ") };
                self.problems.push(Problem::error(
                    text.place.clone(),
                    "placeholder_without_figure",
                    Localized::both(
                        format!("Texten ”{id}” har {{{}}}, men operationen har inget sådant tal.", placeholder.name()),
                        format!("The text \"{id}\" has {{{}}}, but its operation has no such figure.", placeholder.name()),
                    ),
                    Localized::both(format!("Här går: {known}."), format!("These will do: {known}.")),
                ));
            }
        }
    }
}

/// Where the script has a parameter's value as a number of its own; it would stay when the parameter changes. Zero is in every
/// script for other reasons.
fn written_out(id: &str, parameter: &Parameter, numbers: &[(Decimal, Position)]) -> Option<Localized> {
    let values: Vec<Decimal> = parameter
        .values
        .iter()
        .flat_map(|dated| match &dated.value {
            Value::Percent(percent) => vec![*percent, *percent / Decimal::ONE_HUNDRED],
            other => other.number().into_iter().collect(),
        })
        .filter(|value| !value.is_zero())
        .collect();
    let (number, position) = numbers.iter().find(|(number, _)| values.contains(number))?;
    let (number, line) = (number.normalize(), position.line()?);
    Some(Localized::both(
        format!(
            "Talet {number} står utskrivet på rad {line} i rules.rhai. Är det parameterns, skriv param(\"{id}\") där i stället; ta annars bort parametern."
        ),
        format!(
            "The number {number} is written out on line {line} of rules.rhai. If it is the parameter's, write param(\"{id}\") there instead; otherwise remove the parameter."
        ),
    ))
}

fn unused(place: &Place, code: &str, sv: &str, en: &str) -> Problem {
    Problem::warning(
        place.clone(),
        code,
        Localized::both(sv, en),
        Localized::both("Ta bort den, eller kontrollera stavningen i rules.rhai.", "Remove it, or check the spelling in rules.rhai."),
    )
}
