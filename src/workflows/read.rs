//! Reads a workflow from its TOML definition.

use std::collections::BTreeMap;

use super::model::{AutomaticCondition, Clock, ClockEnd, ClockStart, Next, State, StateKind, Step, Target, Task, WaitFor, Workflow};
use super::read_task::read_task;
use crate::domain::{Localized, Problem};
use crate::text::definition::{Located, Source, Table, Value};

/// The workflow of a definition, with every problem in it.
#[must_use]
pub fn read(file: &str, text: &str) -> (Option<Workflow>, Vec<Problem>) {
    let source = Source::new(file, text);
    let (workflow, mut problems) = source.read(read_workflow);
    if let Some(workflow) = &workflow {
        problems.extend(super::reach::problems(workflow, file));
        problems.sort_by(|a, b| a.place.cmp(&b.place));
    }
    (workflow, problems)
}

fn read_workflow(table: &Table<'_>) -> Option<Workflow> {
    let id = table.require("id").and_then(|value| value.id());
    let title = table.get("title").and_then(|value| value.localized());
    let clocks = table.tables("clock").iter().filter_map(read_clock).collect();
    table.require("state");
    let states: Vec<State> = table.tables("state").iter().filter_map(read_state).collect();
    let mut seen = BTreeMap::new();
    for item in table.tables("state") {
        let Some(id) = item.get("id").and_then(|value| value.text().map(str::to_owned)) else { continue };
        if let Some(line) = seen.insert(id.clone(), item.place().line) {
            item.problem(
                "duplicate_id",
                Localized::both(
                    format!("Läget ”{id}” finns redan på rad {line}."),
                    format!("The state \"{id}\" exists already on line {line}."),
                ),
                Localized::both("Ge läget ett eget id.", "Give the state an id of its own."),
            );
        }
    }
    Some(Workflow { id: id?, title, clocks, states })
}

fn read_clock(table: &Table<'_>) -> Option<Clock> {
    let id = table.require("id").and_then(|value| value.id());
    let starts = table.require("starts").and_then(|value| {
        value.one_of(&[("received", ClockStart::Received), ("complete", ClockStart::Complete), ("period_close", ClockStart::PeriodClose)])
    });
    let stops = table
        .require("stops")
        .and_then(|value| value.one_of(&[("decided", ClockEnd::Decided), ("paid", ClockEnd::Paid), ("closed", ClockEnd::Closed)]));
    let pauses_in = table.get("pauses_in").map(|value| value.items().iter().filter_map(Value::located_text).collect()).unwrap_or_default();
    let days = table.require("days").and_then(|value| days(&value));
    table.finish();
    Some(Clock { id: id?, starts: starts?, stops: stops?, pauses_in, days: days? })
}

fn days(value: &Value<'_>) -> Option<u32> {
    count(value, 1, 3650)
}

pub(super) fn count(value: &Value<'_>, min: u32, max: u32) -> Option<u32> {
    let number = value.integer()?;
    let fits = u32::try_from(number).ok().filter(|number| (min..=max).contains(number));
    if fits.is_none() {
        value.problem(
            "out_of_range",
            Localized::both(
                format!("{number} går inte; talet ska vara {min}–{max}."),
                format!("{number} will not do; the number must be {min}–{max}."),
            ),
            Localized::both(format!("Skriv ett tal från {min} till {max}."), format!("Write a number from {min} to {max}.")),
        );
    }
    fits
}

#[derive(Clone, Copy)]
enum KindWord {
    Automatic,
    Task,
    Decision,
    Wait,
    End,
}

fn read_state(table: &Table<'_>) -> Option<State> {
    let id = table.require("id").and_then(|value| value.id());
    let label = table.get("label").and_then(|value| value.localized());
    let word = table.require("kind").and_then(|value| {
        value.one_of(&[
            ("automatic", KindWord::Automatic),
            ("task", KindWord::Task),
            ("decision", KindWord::Decision),
            ("wait", KindWord::Wait),
            ("end", KindWord::End),
        ])
    });
    let next = table.get("next").map(|value| value.items().iter().filter_map(read_next).collect()).unwrap_or_default();
    // Without a kind nobody knows which keys fit: one problem is enough.
    let Some(word) = word else {
        table.entries();
        return None;
    };
    let kind = match word {
        KindWord::Automatic => Some(StateKind::Automatic(table.get("steps").map(|value| steps(&value)).unwrap_or_default())),
        KindWord::Task => {
            let tasks: Vec<Task> = table.tables("task").iter().filter_map(read_task).collect();
            if table.get("task").is_none() {
                table.problem(
                    "state_without_task",
                    Localized::both("Läget har inga uppgifter.", "The state has no tasks."),
                    Localized::both("Lägg till [[state.task]] under läget.", "Add [[state.task]] under the state."),
                );
            }
            Some(StateKind::Task(tasks))
        }
        KindWord::Decision => Some(StateKind::Decision),
        KindWord::Wait => {
            let until = table.require("for").and_then(|value| {
                value.one_of(&[
                    ("applicant", WaitFor::Applicant),
                    ("period_close", WaitFor::PeriodClose),
                    ("legal_force", WaitFor::LegalForce),
                    ("report", WaitFor::Report),
                    ("ranking", WaitFor::Ranking),
                ])
            });
            let days = table.get("days").and_then(|value| days(&value));
            until.map(|until| StateKind::Wait { until, days })
        }
        KindWord::End => Some(StateKind::End),
    };
    table.finish();
    Some(State { id: id?, label, kind: kind?, next, place: table.place() })
}

fn steps(value: &Value<'_>) -> Vec<Step> {
    value.items().iter().filter_map(|item| item.one_of(&Step::ALL)).collect()
}

fn read_next(value: &Value<'_>) -> Option<Next> {
    let table = value.table()?;
    let to_value = table.require("to");
    let to = to_value.as_ref().and_then(|value| match value.text()? {
        "return" => Some(Target::Return),
        _ => value.id().map(Target::State),
    });
    let when = table.get("when").and_then(|value| value.one_of(&AutomaticCondition::ALL));
    let action = table.get("action").and_then(|value| value.id());
    let guard = table.get("guard").and_then(|value| value.condition());
    let label = table.get("label").and_then(|value| value.localized());
    let letter = table.get("letter").and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }));
    let rerun = table.get("rerun").map(|value| steps(&value)).unwrap_or_default();
    table.finish();
    Some(Next { to: to?, when, action, guard, label, letter, rerun, place: to_value.map_or_else(|| table.place(), |value| value.place()) })
}
