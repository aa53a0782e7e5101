//! What can be said about rules before any case: names, kinds, hooks and the order of filters.

use std::collections::BTreeSet;

use rhai::{AST, Position};

use super::errors::{place, unknown_function};
use super::host::{is_builtin, no_rates};
use super::parameters::{Kind, Parameters};
use super::reads::{Call, Chain, Hook, Reads, Script, Written, aligned, place_of_function, walk};
use super::texts::{Placeholder, Texts};
use super::vocabulary::{self, Argument};
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
}

/// Reads what the script names and says what is wrong.
pub fn lint(file: &str, source: &str, ast: &AST, parameters: &Parameters, texts: &Texts) -> (Reads, Vec<Problem>) {
    let script = walk(file, ast);
    let mut lint = Lint { file, parameters, texts, reads: Reads::default(), problems: Vec::new(), shows: Vec::new() };
    lint.global_statements(ast);
    lint.functions(source, ast, &script);
    for call in script.calls.iter().filter(|call| !call.operator) {
        lint.call(call, ast, &script.chains);
    }
    lint.chains(&script);
    lint.reads.answers = script.answers;
    lint.reads.attendance = script.attendance;
    lint.problems.extend(script.problems);
    lint.left_over();
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

    fn functions(&mut self, source: &str, ast: &AST, script: &Script) {
        let called: BTreeSet<&str> = script.calls.iter().map(|call| call.name.as_str()).collect();
        for function in ast.iter_functions().filter(|function| !function.name.starts_with("anon$")) {
            let at = place_of_function(self.file, source, function.name);
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
            self.argument(expected, written, operation.shows);
        }
    }

    fn argument(&mut self, expected: Argument, written: &Written, shows: &'static [Placeholder]) {
        match expected {
            Argument::Value | Argument::Function => {}
            Argument::Rates => self.rates(written),
            Argument::Word => {
                self.literal(written);
            }
            Argument::Route => {
                let route = self.literal(written);
                self.reads.routes.extend(route);
            }
            Argument::Check => self.text(written, shows, Uses::Check),
            Argument::Row => self.text(written, shows, Uses::Row),
            Argument::ApprovalCheck => {
                self.text(written, shows, Uses::Check);
                let approval = self.literal(written);
                self.reads.approvals.extend(approval);
            }
            Argument::Parameter(kinds) => self.parameter(written, kinds),
            Argument::ParameterRow(kinds) => {
                self.parameter(written, kinds);
                if matches!(written, Written::Text(..)) {
                    self.text(written, shows, Uses::Row);
                }
            }
            Argument::Fact => {
                let fact = self.literal(written);
                self.reads.facts.extend(fact);
            }
            Argument::Table => {
                let table = self.literal(written);
                self.reads.tables.extend(table);
            }
            Argument::Approval => {
                let approval = self.literal(written);
                self.reads.approvals.extend(approval);
            }
            Argument::Grant => {
                let grant = self.literal(written);
                self.reads.grants.extend(grant);
            }
            Argument::Keep => self.keep(written),
        }
    }

    /// The name written as an argument; anything but a plain text is a fault, since nothing could be checked then.
    fn literal(&mut self, written: &Written) -> Option<Located<String>> {
        if let Written::Text(text, position) = written {
            return Some(Located { value: text.clone(), place: place(self.file, *position) });
        }
        self.error(
            written.position(),
            "name_expected",
            ("Här ska det stå ett namn inom citattecken.", "A quoted name must stand here."),
            Localized::both(
                "Skriv namnet direkt i parentesen; då kan det kontrolleras innan regeln används.",
                "Write the name directly in the brackets; it can then be checked before the rule is used.",
            ),
        );
        None
    }

    fn parameter(&mut self, written: &Written, kinds: &[Kind]) {
        if let Written::Number(position) = written {
            self.error(
                *position,
                "number_for_parameter",
                ("Här ska namnet på en parameter stå, inte ett tal.", "The name of a parameter must stand here, not a number."),
                Localized::both(
                    "Lägg talet i parameters.toml med datum och paragraf, och skriv parameterns namn inom citattecken.",
                    "Put the number in parameters.toml with date and paragraph, and write the parameter's name in quotes.",
                ),
            );
            return;
        }
        let Some(name) = self.literal(written) else { return };
        match self.parameters.get(&name.value) {
            None => self.problems.push(Problem::error(
                name.place.clone(),
                "unknown_parameter",
                Localized::both(
                    format!("Parametern ”{}” finns inte i parameters.toml.", name.value),
                    format!("There is no parameter \"{}\" in parameters.toml.", name.value),
                ),
                did_you_mean(&name.value, self.parameters.iter().map(|(id, _)| id)),
            )),
            Some(parameter) if !kinds.contains(&parameter.kind) => {
                let wanted = kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
                self.problems.push(Problem::error(
                    name.place.clone(),
                    "wrong_parameter_type",
                    Localized::both(
                        format!("Parametern ”{}” är av typen {} och går inte att använda här.", name.value, parameter.kind.word()),
                        format!("The parameter \"{}\" is of type {} and cannot be used here.", name.value, parameter.kind.word()),
                    ),
                    Localized::both(format!("Här går: {wanted}."), format!("These will do: {wanted}.")),
                ));
            }
            Some(_) => {}
        }
        self.reads.parameters.push(name);
    }

    fn text(&mut self, written: &Written, shows: &'static [Placeholder], uses: Uses) {
        let Some(id) = self.literal(written) else { return };
        if self.texts.get(&id.value).is_none() && !is_builtin(&id.value) {
            self.problems.push(Problem::error(
                id.place.clone(),
                "missing_text",
                Localized::both(
                    format!("”{}” saknar text i texts.toml.", id.value),
                    format!("\"{}\" has no text in texts.toml.", id.value),
                ),
                did_you_mean_text(&id.value, self.texts),
            ));
        }
        self.shows.push((id.value.clone(), shows));
        match uses {
            Uses::Row => self.reads.rows.push(id),
            Uses::Check => self.reads.checks.push(id),
        }
    }

    fn keep(&mut self, written: &Written) {
        let Some(rule) = self.literal(written) else { return };
        if !["best_paid", "first"].contains(&rule.value.as_str()) {
            self.problems.push(Problem::error(
                rule.place,
                "unknown_keep_rule",
                Localized::both(
                    format!("”{}” säger inte vilka som ska behållas.", rule.value),
                    format!("\"{}\" does not say which to keep.", rule.value),
                ),
                did_you_mean(&rule.value, ["best_paid", "first"].into_iter()),
            ));
        }
    }

    fn rates(&mut self, written: &Written) {
        let Written::Map(entries, _) = written else {
            self.literal(written);
            return;
        };
        for (group, written) in entries {
            self.parameter(written, &[Kind::Money, Kind::Decimal, Kind::Integer]);
            if !vocabulary::GROUPS.contains(&group.as_str()) {
                let hint = did_you_mean(group, vocabulary::GROUPS.into_iter());
                self.error(
                    written.position(),
                    "unknown_group",
                    (format!("Gruppen ”{group}” finns inte."), format!("There is no group \"{group}\".")),
                    hint,
                );
            }
        }
    }

    /// A filter of attendance may have an id, and its closure looks at columns. Lists have a filter too, with neither.
    fn filter(&mut self, call: &Call, ast: &AST, chains: &[Chain]) {
        let own = if call.method { call.arguments.as_slice() } else { call.arguments.get(1..).unwrap_or_default() };
        let of_attendance =
            chains.iter().any(|chain| chain.attendance && chain.methods.iter().any(|(_, position)| *position == call.position));
        let closure = match own {
            [id @ Written::Text(..), closure] => {
                self.text(id, &[Placeholder::Value], Uses::Row);
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

    fn chains(&mut self, script: &Script) {
        let named_rates = script.calls.iter().find(|call| call.name == "rates").map(|call| call.position);
        for call in &script.calls {
            let best = call.arguments.iter().any(|written| matches!(written, Written::Text(text, _) if text == "best_paid"));
            let keeps = matches!(call.name.as_str(), "once_per_person_and_day" | "at_most");
            if best && keeps && named_rates.is_none_or(|rates| rates > call.position) {
                let fault = no_rates();
                self.problems.push(Problem::error(place(self.file, call.position), fault.code, fault.message, fault.hint));
            }
        }
        for chain in &script.chains {
            self.thinned_out(&chain.methods);
        }
    }

    /// `at_least` does not look again at what later filters thin out.
    fn thinned_out(&mut self, chain: &[(String, Position)]) {
        const THINNING: [&str; 4] = ["eligible", "without_collisions", "once_per_person_and_day", "filter"];
        let Some(last) = chain.iter().rposition(|(name, _)| name == "at_least") else { return };
        let Some((later, _)) = chain[last..].iter().find(|(name, _)| THINNING.contains(&name.as_str())) else { return };
        self.problems.push(Problem::warning(
            place(self.file, chain[last].1),
            "at_least_too_early",
            Localized::both(
                format!("at_least står före {later}, som kan ta bort deltagare; sammankomster som då blir för små räknas ändå."),
                format!("at_least stands before {later}, which may cut participants; occasions that become too small still count."),
            ),
            Localized::both("Flytta at_least efter de filter som tar bort personer.", "Move at_least after the filters that cut persons."),
        ));
    }

    /// Parameters and texts that nothing uses.
    fn left_over(&mut self) {
        let used: BTreeSet<&str> = self.reads.parameters.iter().map(|name| name.value.as_str()).collect();
        let parameters = self.parameters.iter().filter(|(id, _)| !used.contains(id)).map(|(id, parameter)| {
            unused(
                &parameter.place,
                "unused_parameter",
                &format!("Parametern ”{id}” används inte."),
                &format!("The parameter \"{id}\" is not used."),
            )
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

#[derive(Clone, Copy)]
enum Uses {
    Row,
    Check,
}

fn unused(place: &Place, code: &str, sv: &str, en: &str) -> Problem {
    Problem::warning(
        place.clone(),
        code,
        Localized::both(sv, en),
        Localized::both("Ta bort den, eller kontrollera stavningen i rules.rhai.", "Remove it, or check the spelling in rules.rhai."),
    )
}

fn did_you_mean_text(id: &str, texts: &Texts) -> Localized {
    let hint = did_you_mean(id, texts.iter().map(|(id, _)| id));
    if hint.sv.starts_with("Menade") {
        return hint;
    }
    Localized::both(
        format!("Lägg till [{id}] med text och paragraf i texts.toml."),
        format!("Add [{id}] with text and paragraph to texts.toml."),
    )
}
