//! What stands in the wrong order, in the wrong place, twice, or never rounded.

use std::collections::BTreeMap;

use rhai::Position;

use super::super::errors::place;
use super::super::host::no_rates;
use super::super::reads::{Call, Chain, Hook, Script, Written};
use super::super::vocabulary::{self, Argument, Effect, Receiver};
use super::Lint;
use crate::domain::{Localized, Problem};

/// Filters that choose among the persons of an occasion.
const AMONG_PERSONS: [&str; 2] = ["at_most", "at_most_per_leader"];

/// What is reckoned for each person: it matters who was chosen.
const PERSONS_COUNTED: [&str; 7] =
    ["rank_rows", "rank_rows_by_sport", "cap_per_person", "persons", "participant_persons", "persons_aged", "resident_share"];

/// The function a place belongs to: the last one that begins before it.
pub(super) struct Functions(Vec<((usize, usize), String)>);

impl Functions {
    /// From the places of functions.
    pub(super) fn new(mut begins: Vec<((usize, usize), String)>) -> Self {
        begins.sort();
        Self(begins)
    }

    fn hook_at(&self, position: Position) -> Option<Hook> {
        let place = (position.line()?, position.position()?);
        let after = self.0.partition_point(|(begins, _)| *begins <= place);
        let (_, name) = self.0.get(after.checked_sub(1)?)?;
        Hook::ALL.into_iter().find(|hook| hook.name() == name)
    }
}

impl Lint<'_> {
    /// Operations that stand where nothing is known yet, or where nothing may be said.
    pub(super) fn wrong_hook(&mut self, call: &Call, functions: &Functions) {
        let Some(operation) = vocabulary::operation(&call.name) else { return };
        let Some(hook) = functions.hook_at(call.position) else { return };
        if operation.hooks.is_empty() || operation.hooks.contains(&hook) {
            return;
        }
        let wanted = operation.hooks.iter().map(|hook| hook.name()).collect::<Vec<_>>().join(", ");
        let hint = if call.name == "total" {
            Localized::both(
                "Summan finns först i calculate, när raderna skrivs.",
                "There is no sum before calculate, where rows are written.",
            )
        } else {
            Localized::both(format!("Flytta den till {wanted}."), format!("Move it to {wanted}."))
        };
        self.error(
            call.position,
            "wrong_hook",
            (
                format!("”{}” går inte att använda i {}.", call.name, hook.name()),
                format!("\"{}\" cannot be used in {}.", call.name, hook.name()),
            ),
            hint,
        );
    }

    /// `best_paid` before the rates are named, and `at_least` before what thins it out.
    pub(super) fn chains(&mut self, script: &Script) {
        let names_rates = |call: &&Call| matches!(call.name.as_str(), "rates" | "numbered" | "numbered_by_sport");
        let named_rates = script.calls.iter().find(names_rates).map(|call| call.position);
        for call in &script.calls {
            let keeps = vocabulary::operation(&call.name).is_some_and(|operation| operation.method == Receiver::Attendance);
            let best = call.arguments.iter().any(|written| matches!(written, Written::Text(text, _) if text == "best_paid"));
            let paid = matches!(call.name.as_str(), "cap_per_occasion" | "cap_per_person" | "floor_per_occasion");
            if ((best && keeps) || paid) && named_rates.is_none_or(|rates| rates > call.position) {
                let fault = no_rates();
                self.problems.push(Problem::error(place(self.file, call.position), fault.code, fault.message, fault.hint));
            }
        }
        for chain in &script.chains {
            self.thinned_out(chain);
            self.chosen_by_number(chain, script);
        }
        for call in script.calls.iter().filter(|call| AMONG_PERSONS.contains(&call.name.as_str())) {
            let rule = call.arguments.last();
            if matches!(rule, Some(Written::Text(rule, _)) if rule == "first" || rule == "last") {
                self.warn_chosen(call.position, &call.name);
            }
        }
    }

    /// A choice among persons before what is reckoned for each person: who is chosen then changes the sum.
    fn chosen_by_number(&mut self, chain: &Chain, script: &Script) {
        const EACH_PERSON: [&str; 5] = [
            "at_most_per_person",
            "at_most_per_person_and_sport",
            "once_per_person_and_day",
            "once_per_person_sport_and_day",
            "min_attendances",
        ];
        let chain = &chain.methods;
        let Some(at) = chain.iter().position(|(name, _)| AMONG_PERSONS.contains(&name.as_str())) else { return };
        let later = chain[at..].iter().any(|(name, _)| EACH_PERSON.contains(&name.as_str()));
        // What was numbered before the choice keeps its number: rows by those numbers are the same whoever is chosen.
        let before = chain[..at].iter().map(|(_, position)| *position);
        let numbered: Vec<&Call> =
            before.filter_map(|position| script.calls.iter().find(|call| call.position == position && numbers(call).is_some())).collect();
        let kept = |call: &Call| numbered.last().is_some_and(|last| numbers(last) == numbers(call));
        let counted = script.calls.iter().any(|call| PERSONS_COUNTED.contains(&call.name.as_str()) && !kept(call))
            || script.properties.iter().any(|name| PERSONS_COUNTED.contains(&name.as_str()));
        if later || counted {
            self.warn_chosen(chain[at].1, &chain[at].0);
        }
    }

    /// Everybody is to be treated alike (kommunallagen 2 kap. 3 §): a number in our register must not decide a sum.
    fn warn_chosen(&mut self, position: Position, name: &str) {
        self.warn(
            position,
            "chosen_by_number",
            (
                format!("”{name}” väljer här bland lika personer efter nummer, och vem som väljs påverkar summan."),
                format!("\"{name}\" chooses among equal persons by number here, and who is chosen changes the sum."),
            ),
            (
                "Skriv \"best_paid\", och sätt filtret efter de filter som räknar varje person för sig.",
                "Write \"best_paid\", and put the filter after those that reckon each person by herself.",
            ),
        );
    }

    /// `at_least` does not look again at what later filters thin out.
    fn thinned_out(&mut self, chain: &Chain) {
        const THINNING: [&str; 10] = [
            "eligible",
            "eligible_only",
            "residents",
            "without_collisions",
            "once_per_person_and_day",
            "once_per_person_sport_and_day",
            "leaders_not_participants",
            "min_minutes_aged",
            "min_attendances",
            "filter",
        ];
        let chain = &chain.methods;
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

    /// Rows: none twice, none that acts on a sum before there is one, and a rounding the municipality has chosen.
    pub(super) fn rows(&mut self, script: &Script, functions: &Functions) {
        let mut seen: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
        let (mut first_sum, mut fractions, mut rounded) = (None, None, false);
        for call in script.calls.iter().filter(|call| functions.hook_at(call.position) == Some(Hook::Calculate)) {
            let Some(operation) = vocabulary::operation(&call.name) else { continue };
            let adds = operation.effect == Effect::Adds;
            let acts = matches!(operation.effect, Effect::Reduces | Effect::Acts | Effect::Scales);
            first_sum = first_sum.or(adds.then_some(call.position));
            rounded |= call.name.starts_with("round_");
            let whole = matches!(call.name.as_str(), "fixed" | "proposed_row" | "allocated_row" | "band_fixed");
            fractions = fractions.or((adds && !whole).then_some(call.position));
            if acts && first_sum.is_none() {
                self.warn(
                    call.position,
                    "nothing_to_act_on",
                    (
                        format!("”{}” står före den första raden: då finns ingen summa att ändra.", call.name),
                        format!("\"{}\" stands before the first row: there is no sum to change yet.", call.name),
                    ),
                    ("Flytta den efter raderna.", "Move it after the rows."),
                );
            }
            let writes =
                matches!(operation.arguments.first(), Some(Argument::Row | Argument::Rows | Argument::ParameterRow(_) | Argument::Measure));
            if let (true, Some(Written::Text(id, _))) = (writes, call.arguments.first()) {
                let earlier = seen.entry(id.as_str()).or_default();
                if earlier.iter().any(|earlier| !excludes(earlier, call)) {
                    self.warn(
                        call.position,
                        "row_twice",
                        (format!("Raden ”{id}” skrivs två gånger."), format!("The row \"{id}\" is written twice.")),
                        (
                            "Ge den ena ett annat id, så att beslutet går att läsa.",
                            "Give one of them another id, so that the decision can be read.",
                        ),
                    );
                }
                earlier.push(call);
            }
        }
        if let (Some(position), false) = (fractions, rounded) {
            self.warn(
                position,
                "no_rounding",
                ("Beloppet avrundas inte av regeln.", "The rule does not round the amount."),
                (
                    "Skriv round_to_krona() sist i calculate; utan den avrundar systemet till hela ören.",
                    "Write round_to_krona() last in calculate; without it the service rounds to whole öre.",
                ),
            );
        }
    }

    fn warn(&mut self, position: Position, code: &str, message: (impl Into<String>, impl Into<String>), hint: (&str, &str)) {
        let place = place(self.file, position);
        self.problems.push(Problem::warning(place, code, Localized::both(message.0, message.1), Localized::both(hint.0, hint.1)));
    }
}

/// How a call numbers marks: within which unit of time, and whether within each sport.
fn numbers(call: &Call) -> Option<(&str, bool)> {
    let by_sport = match call.name.as_str() {
        "numbered" | "rank_rows" => false,
        "numbered_by_sport" | "rank_rows_by_sport" => true,
        _ => return None,
    };
    match call.arguments.last() {
        Some(Written::Text(unit, _)) => Some((unit, by_sport)),
        _ => None,
    }
}

/// Whether two calls never both happen: they stand in different ways of the same choice.
fn excludes(a: &Call, b: &Call) -> bool {
    a.branches.iter().any(|(choice, way)| b.branches.iter().any(|(other, another)| choice == other && way != another))
}
