//! The names that calls are given: parameters, texts, words, facts, measures.

use super::super::errors::place;
use super::super::host::is_builtin;
use super::super::parameters::Kind;
use super::super::reads::{Adverse, Call, Written};
use super::super::texts::{Placeholder, Texts};
use super::super::vocabulary::{self, Argument, Effect, Operation, Receiver};
use super::Lint;
use crate::domain::{Localized, Problem};
use crate::text::definition::{Located, did_you_mean};

impl Lint<'_> {
    pub(super) fn argument(&mut self, operation: &'static Operation, expected: Argument, written: &Written) {
        let shows = operation.shows;
        match expected {
            Argument::Value | Argument::Function => {}
            Argument::Map(keys, kinds) => self.map(written, keys, kinds),
            Argument::OneOf(words) => self.one_of(written, words),
            Argument::Rows => {
                self.text(written, shows, Uses::Row);
                if let Written::Text(id, position) = written {
                    self.reads.families.push(Located { value: id.clone(), place: place(self.file, *position) });
                }
            }
            Argument::Measure => {
                self.text(written, shows, Uses::Row);
                let measure = self.literal(written);
                self.reads.measures.extend(measure);
            }
            Argument::MeasureOf => {
                if let Some(measure) = self.literal(written) {
                    self.wanted.push(measure);
                }
            }
            Argument::Payout => {
                self.text(written, shows, Uses::Row);
                let payout = self.literal(written);
                self.reads.payouts.extend(payout);
            }
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
            Argument::Parameter(kinds) => {
                self.parameter(written, kinds);
                self.one_day(operation, written);
            }
            Argument::ParameterRow(kinds) => {
                self.parameter(written, kinds);
                self.one_day(operation, written);
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

    pub(super) fn text(&mut self, written: &Written, shows: &'static [Placeholder], uses: Uses) {
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

    fn one_of(&mut self, written: &Written, words: &[&'static str]) {
        let Some(word) = self.literal(written) else { return };
        if !words.contains(&word.value.as_str()) {
            self.problems.push(Problem::error(
                word.place,
                vocabulary::UNKNOWN_WORD,
                Localized::both(format!("”{}” går inte att välja här.", word.value), format!("\"{}\" cannot be chosen here.", word.value)),
                did_you_mean(&word.value, words.iter().copied()),
            ));
        }
    }

    fn map(&mut self, written: &Written, keys: &[&'static str], kinds: &[Kind]) {
        let Written::Map(entries, _) = written else {
            self.literal(written);
            return;
        };
        for (key, written) in entries {
            self.parameter(written, kinds);
            if !keys.contains(&key.as_str()) {
                self.error(
                    written.position(),
                    "unknown_group",
                    (format!("”{key}” finns inte här."), format!("There is no \"{key}\" here.")),
                    did_you_mean(key, keys.iter().copied()),
                );
            }
        }
    }

    /// Outside filters of attendance a parameter has the value of one day of the case.
    fn one_day(&mut self, operation: &'static Operation, written: &Written) {
        if let (false, Written::Text(id, position)) = (operation.method == Receiver::Attendance, written) {
            self.reads.one_day.push(Located { value: id.clone(), place: place(self.file, *position) });
        }
    }

    /// Notes what may go against the applicant, with the parameter it rests on.
    pub(super) fn adverse(&mut self, call: &Call, operation: &'static Operation) {
        let scales = match operation.effect {
            Effect::Refuses | Effect::Reduces => false,
            Effect::Scales => true,
            Effect::None | Effect::Adds | Effect::Acts => return,
        };
        let Some(Written::Text(id, position)) = call.arguments.first() else { return };
        let named = operation.arguments.iter().zip(&call.arguments).find_map(|(expected, written)| match (expected, written) {
            (Argument::Parameter(_) | Argument::ParameterRow(_), Written::Text(name, _)) => Some(name.clone()),
            _ => None,
        });
        let id = Located { value: id.clone(), place: place(self.file, *position) };
        self.reads.adverse.push(Adverse { id, parameter: named, scales });
    }

    /// Figures that a round wants and no case puts.
    pub(super) fn measures(&mut self) {
        for wanted in std::mem::take(&mut self.wanted) {
            if self.reads.measures.iter().any(|measure| measure.value == wanted.value) {
                continue;
            }
            let known: Vec<String> = self.reads.measures.iter().map(|measure| measure.value.clone()).collect();
            self.problems.push(Problem::error(
                wanted.place,
                "unknown_measure",
                Localized::both(format!("Inget ärende mäter ”{}”.", wanted.value), format!("No case measures \"{}\".", wanted.value)),
                if known.is_empty() {
                    Localized::both(
                        format!("Skriv measure(\"{}\", …, \"enhet\") i calculate.", wanted.value),
                        format!("Write measure(\"{}\", …, \"unit\") in calculate.", wanted.value),
                    )
                } else {
                    did_you_mean(&wanted.value, known.iter().map(String::as_str))
                },
            ));
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Uses {
    Row,
    Check,
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
