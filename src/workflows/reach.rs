//! Whether a workflow's states hang together.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Next, State, StateKind, Target, Workflow};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::did_you_mean;

pub(super) fn problems(workflow: &Workflow, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let ids: Vec<&str> = workflow.states.iter().map(|state| state.id.as_str()).collect();
    for state in &workflow.states {
        for next in &state.next {
            if let Target::State(to) = &next.to
                && !ids.contains(&to.as_str())
            {
                problems.push(error(
                    &next.place,
                    "unknown_state",
                    (format!("Det finns inget läge ”{to}”."), format!("There is no state \"{to}\".")),
                    did_you_mean(to, ids.iter().copied().chain(["return"])),
                ));
            }
        }
        problems.extend(exits(state));
    }
    for clock in &workflow.clocks {
        for pause in clock.pauses_in.iter().filter(|pause| !ids.contains(&pause.value.as_str())) {
            problems.push(error(
                &pause.place,
                "unknown_state",
                (format!("Det finns inget läge ”{}”.", pause.value), format!("There is no state \"{}\".", pause.value)),
                did_you_mean(&pause.value, ids.iter().copied()),
            ));
        }
    }
    let Some(first) = workflow.states.first() else { return problems };
    let edges = edges(workflow);
    let reached = closure(&first.id, &edges);
    for state in workflow.states.iter().filter(|state| !reached.contains(state.id.as_str())) {
        problems.push(error(
            &state.place,
            "unreachable_state",
            (format!("Inget ärende kan komma till läget ”{}”.", state.id), format!("No case can reach the state \"{}\".", state.id)),
            Localized::both(
                format!("Låt ett annat läge ha {{ to = \"{}\" }}, eller ta bort läget.", state.id),
                format!("Let another state have {{ to = \"{}\" }}, or remove the state.", state.id),
            ),
        ));
    }
    let ends: Vec<&str> =
        workflow.states.iter().filter(|state| matches!(state.kind, StateKind::End)).map(|state| state.id.as_str()).collect();
    if ends.is_empty() {
        problems.push(error(
            &Place { file: file.to_owned(), line: 0, column: 0 },
            "no_end",
            ("Inget läge avslutar ärendet.".to_owned(), "No state closes the case.".to_owned()),
            Localized::both("Lägg till ett läge med kind = \"end\".", "Add a state with kind = \"end\"."),
        ));
        return problems;
    }
    for state in workflow.states.iter().filter(|state| reached.contains(state.id.as_str())) {
        if closure(&state.id, &edges).is_disjoint(&ends.iter().copied().collect()) {
            problems.push(error(
                &state.place,
                "end_not_reachable",
                {
                    let path = path(&first.id, &state.id, &edges).join(" → ");
                    (
                        format!("Från läget ”{}” går det inte att avsluta ärendet. Dit kommer det så här: {path}.", state.id),
                        format!("From the state \"{}\" the case cannot be closed. It comes there like this: {path}.", state.id),
                    )
                },
                Localized::both(
                    "Låt någon väg ut leda till ett läge med kind = \"end\".",
                    "Let a way out lead to a state with kind = \"end\".",
                ),
            ));
        }
    }
    problems.extend(automatic_loops(workflow));
    problems
}

fn error(place: &Place, code: &str, (sv, en): (String, String), hint: Localized) -> Problem {
    Problem::error(place.clone(), code, Localized::both(sv, en), hint)
}

/// Where a case may go from each state; `return` leads back to every state that leads here.
fn edges(workflow: &Workflow) -> BTreeMap<&str, BTreeSet<&str>> {
    let direct = |state: &State| -> Vec<String> {
        state.next.iter().filter_map(|next| if let Target::State(to) = &next.to { Some(to.clone()) } else { None }).collect()
    };
    workflow
        .states
        .iter()
        .map(|state| {
            let mut to: BTreeSet<&str> =
                state.next.iter().filter_map(|next| if let Target::State(to) = &next.to { Some(to.as_str()) } else { None }).collect();
            if state.next.iter().any(|next| next.to == Target::Return) {
                to.extend(workflow.states.iter().filter(|from| direct(from).contains(&state.id)).map(|from| from.id.as_str()));
            }
            (state.id.as_str(), to)
        })
        .collect()
}

fn closure<'w>(start: &'w str, edges: &BTreeMap<&'w str, BTreeSet<&'w str>>) -> BTreeSet<&'w str> {
    let (mut open, mut seen) = (vec![start], BTreeSet::new());
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(edges.get(id).into_iter().flatten());
        }
    }
    seen
}

/// A shortest way from one state to another that it reaches.
fn path<'w>(from: &'w str, to: &str, edges: &BTreeMap<&'w str, BTreeSet<&'w str>>) -> Vec<&'w str> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([from]);
    while let Some(at) = open.pop_front().filter(|at| *at != to) {
        for next in edges.get(at).into_iter().flatten().filter(|next| **next != from) {
            if !before.contains_key(next) {
                before.insert(next, at);
                open.push_back(next);
            }
        }
    }
    let last = edges.get_key_value(to).map_or(from, |(known, _)| *known);
    let mut way = vec![last];
    while let Some(previous) = way.last().and_then(|at| before.get(at)).copied() {
        way.push(previous);
    }
    way.reverse();
    way
}

/// The ways out must fit the kind of state, and one of them must always be open.
fn exits(state: &State) -> Vec<Problem> {
    let open_end = |next: &Next| next.when.is_none() && next.guard.is_none();
    let mut problems = Vec::new();
    match &state.kind {
        StateKind::End => {
            problems.extend(state.next.first().map(|next| {
                error(
                    &next.place,
                    "end_with_next",
                    ("Ett avslutat ärende går inte vidare.".to_owned(), "A closed case goes nowhere.".to_owned()),
                    Localized::both("Ta bort next, eller välj en annan kind.", "Remove next, or choose another kind."),
                )
            }));
            return problems;
        }
        StateKind::Task(_) => {
            for next in state.next.iter().filter(|next| next.action.is_none()) {
                problems.push(error(
                    &next.place,
                    "missing_action",
                    ("Ut ur en uppgift går man genom att välja något.".to_owned(), "One leaves a task by choosing something.".to_owned()),
                    Localized::both("Lägg till action = \"approve\" eller liknande.", "Add action = \"approve\" or the like."),
                ));
            }
        }
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } => {
            for next in state.next.iter().filter(|next| next.action.is_some()) {
                problems.push(error(
                    &next.place,
                    "action_without_task",
                    ("Bara lägen med kind = \"task\" har val.".to_owned(), "Only states of kind \"task\" have actions.".to_owned()),
                    Localized::both("Ta bort action, eller använd when.", "Remove action, or use when."),
                ));
            }
            use super::model::AutomaticCondition::{Granted, NotGranted};
            let has = |wanted| state.next.iter().any(|next| next.when == Some(wanted) && next.guard.is_none());
            let covered = state.next.iter().any(open_end) || (has(Granted) && has(NotGranted));
            if !state.next.is_empty() && !covered {
                problems.push(error(
                    &state.place,
                    "no_open_exit",
                    (
                        format!("Läget ”{}” kan bli stående: alla vägar ut har villkor.", state.id),
                        format!("The state \"{}\" can get stuck: every way out has a condition.", state.id),
                    ),
                    Localized::both("Lägg sist till en väg ut utan when och guard.", "Add a last way out without when and guard."),
                ));
            }
        }
    }
    if state.next.is_empty() {
        problems.push(error(
            &state.place,
            "no_next",
            (format!("Läget ”{}” har ingen väg ut.", state.id), format!("The state \"{}\" has no way out.", state.id)),
            Localized::both(
                "Lägg till next = [{ to = \"…\" }], eller välj kind = \"end\".",
                "Add next = [{ to = \"…\" }], or choose kind = \"end\".",
            ),
        ));
    }
    problems
}

/// A circle of automatic states would run for ever.
fn automatic_loops(workflow: &Workflow) -> Vec<Problem> {
    let automatic: BTreeSet<&str> =
        workflow.states.iter().filter(|state| matches!(state.kind, StateKind::Automatic(_))).map(|state| state.id.as_str()).collect();
    let edges: BTreeMap<&str, BTreeSet<&str>> = edges(workflow)
        .into_iter()
        .filter(|(from, _)| automatic.contains(from))
        .map(|(from, to)| (from, to.into_iter().filter(|to| automatic.contains(to)).collect()))
        .collect();
    workflow
        .states
        .iter()
        .filter(|state| edges.get(state.id.as_str()).is_some_and(|to| to.iter().any(|to| closure(to, &edges).contains(state.id.as_str()))))
        .map(|state| {
            error(
                &state.place,
                "automatic_loop",
                (
                    format!("Från ”{}” går ärendet automatiskt tillbaka till ”{}”, om och om igen.", state.id, state.id),
                    format!("From \"{}\" the case automatically returns to \"{}\", again and again.", state.id, state.id),
                ),
                Localized::both(
                    "Lägg en uppgift, ett beslut eller en väntan i kretsen.",
                    "Put a task, a decision or a wait in the circle.",
                ),
            )
        })
        .collect()
}
