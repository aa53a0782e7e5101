//! Workflows: definitions, the machine and clocks.

use std::collections::BTreeSet;

use bifall::domain::condition::{Literal, Lookup, Seen};
use bifall::workflows::clock::{Pause, due, running_days};
use bifall::workflows::machine::{Grant, MoveError, Outcome, Position, advance, start};
use bifall::workflows::{AutomaticCondition, State, StateKind, Step, Workflow, read};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

struct Nothing;

impl Lookup for Nothing {
    fn seen(&self, _name: &str) -> Seen {
        Seen::Unknown
    }
}

fn shipped(name: &str) -> Workflow {
    let path = format!("{}/workflows/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let (workflow, problems) = read("w.toml", &std::fs::read_to_string(path).expect("a workflow"));
    assert_eq!(problems, []);
    workflow.expect("a workflow")
}

fn walk(workflow: &Workflow, outcomes: &[Outcome]) -> (Vec<String>, Vec<Step>) {
    let mut position = start(workflow).expect("a workflow");
    let (mut states, mut rerun) = (vec![position.state.clone()], Vec::new());
    for outcome in outcomes {
        let moved = advance(workflow, &position, outcome, &Nothing).expect("a workflow");
        rerun.extend(moved.rerun);
        position = moved.to;
        states.push(position.state.clone());
    }
    (states, rerun)
}

fn done(circumstances: &[AutomaticCondition]) -> Outcome {
    Outcome::StepsDone(circumstances.iter().copied().collect())
}

fn chose(action: &str) -> Outcome {
    Outcome::Action(action.to_owned())
}

/// Every workflow that comes with the service.
const SHIPPED: [&str; 8] = ["approval", "assessed", "continuous", "general", "investment", "officer", "report", "requisition"];

/// Everything that can happen in a state.
fn happenings(state: &State) -> Vec<Outcome> {
    match &state.kind {
        StateKind::Automatic(_) => {
            let conditions = AutomaticCondition::ALL.iter().map(|(_, condition)| *condition);
            let mut all: Vec<Outcome> = conditions.clone().map(|condition| done(&[condition])).collect();
            all.extend([done(&[]), Outcome::StepsDone(conditions.collect())]);
            all
        }
        StateKind::Task(_) => state.next.iter().filter_map(|next| next.action.as_deref()).map(chose).collect(),
        StateKind::Decision => vec![Outcome::Decided(Grant::Something), Outcome::Decided(Grant::Nothing), Outcome::ReferredBack],
        StateKind::Wait { .. } => vec![Outcome::WaitOver],
        StateKind::End => Vec::new(),
    }
}

/// Where a case can come from a position, in one step.
fn steps(workflow: &Workflow, position: &Position) -> Vec<Position> {
    let state = workflow.state(&position.state).expect("a state");
    happenings(state).iter().filter_map(|outcome| advance(workflow, position, outcome, &Nothing).ok()).map(|moved| moved.to).collect()
}

fn is_end(workflow: &Workflow, position: &Position) -> bool {
    workflow.state(&position.state).is_some_and(|state| matches!(state.kind, StateKind::End))
}

/// Whether an end can be reached from a position, by looking at every way on.
fn can_end(workflow: &Workflow, from: &Position) -> bool {
    let (mut open, mut seen) = (vec![from.clone()], vec![from.clone()]);
    while let Some(position) = open.pop() {
        if is_end(workflow, &position) {
            return true;
        }
        // Asking for a supplement within a supplement again and again leads to no other state.
        for next in steps(workflow, &position).into_iter().filter(|next| next.came_from.len() <= 3) {
            if !seen.contains(&next) {
                seen.push(next.clone());
                open.push(next);
            }
        }
    }
    false
}

#[test]
fn every_shipped_workflow_is_tried() {
    let folder = std::fs::read_dir(format!("{}/workflows", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut names: Vec<String> = folder.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, SHIPPED);
}

#[test]
fn a_plain_case_goes_straight_through() {
    let (states, _) = walk(&shipped("general"), &[done(&[]), Outcome::WaitOver, done(&[]), Outcome::Decided(Grant::Something), done(&[])]);
    assert_eq!(states, ["received", "awaiting_close", "final", "proposed", "pay", "closed"]);
    let (states, _) = walk(&shipped("general"), &[done(&[]), Outcome::WaitOver, done(&[]), Outcome::Decided(Grant::Nothing), done(&[])]);
    assert_eq!(states, ["received", "awaiting_close", "final", "proposed", "refused", "closed"]);
}

#[test]
fn a_supplement_returns_to_where_it_was_asked_for() {
    let workflow = shipped("general");
    let outcomes = [
        done(&[AutomaticCondition::Checkpoint]),
        chose("request_supplement"),
        Outcome::WaitOver,
        chose("request_supplement"),
        Outcome::WaitOver,
        chose("approve"),
    ];
    let (states, rerun) = walk(&workflow, &outcomes);
    assert_eq!(states, ["received", "check", "supplement", "check", "supplement", "check", "awaiting_close"]);
    assert_eq!(rerun, [Step::Validate, Step::Calculate, Step::Validate, Step::Calculate]);
}

#[test]
fn reduced_cases_are_communicated_first() {
    let (states, _) =
        walk(&shipped("general"), &[done(&[]), Outcome::WaitOver, done(&[AutomaticCondition::ReducedOnUnseenMaterial]), Outcome::WaitOver]);
    assert_eq!(states, ["received", "awaiting_close", "final", "communicate", "proposed"]);
}

#[test]
fn what_cannot_happen_is_a_typed_error() {
    let workflow = shipped("general");
    let at = |state: &str| Position { state: state.to_owned(), came_from: Vec::new() };
    let moved = |state: &str, outcome| advance(&workflow, &at(state), &outcome, &Nothing).unwrap_err();
    assert_eq!(moved("closed", Outcome::WaitOver), MoveError::Closed);
    assert_eq!(moved("received", Outcome::WaitOver), MoveError::WrongOutcome { state: "received".to_owned() });
    assert_eq!(moved("check", chose("hej")), MoveError::UnknownAction { state: "check".to_owned(), action: "hej".to_owned() });
    assert_eq!(moved("supplement", Outcome::WaitOver), MoveError::NowhereToReturn { state: "supplement".to_owned() });
    assert_eq!(moved("finns_inte", Outcome::WaitOver), MoveError::UnknownState("finns_inte".to_owned()));
}

#[test]
fn an_unknown_guard_is_closed() {
    struct Large;
    impl Lookup for Large {
        fn seen(&self, _name: &str) -> Seen {
            Seen::One(Literal::Number(11.into()))
        }
    }
    let text = r#"
id = "w"
[[state]]
id = "a"
kind = "automatic"
next = [{ to = "b", guard = "belopp > 10" }, { to = "c" }]
[[state]]
id = "b"
kind = "end"
[[state]]
id = "c"
kind = "end"
"#;
    let (workflow, problems) = read("w.toml", text);
    assert_eq!(problems, []);
    let workflow = workflow.unwrap();
    let position = start(&workflow).unwrap();
    assert_eq!(advance(&workflow, &position, &done(&[]), &Nothing).unwrap().to.state, "c");
    assert_eq!(advance(&workflow, &position, &done(&[]), &Large).unwrap().to.state, "b");
}

#[test]
fn faults_in_workflows_have_places() {
    let text = r#"
id = "fel"
[[clock]]
id = "handling"
starts = "received"
stops = "decided"
pauses_in = ["suplement"]
days = 90
[[state]]
id = "a"
kind = "automatic"
steps = ["validate", "calulate"]
next = [{ to = "b", when = "checkpont" }, { to = "bb" }]
[[state]]
id = "b"
kind = "task"
next = [{ to = "c" }]
[[state]]
id = "c"
kind = "automatic"
next = [{ to = "d", when = "checkpoint" }]
[[state]]
id = "d"
kind = "automatic"
next = [{ to = "c" }]
[[state]]
id = "ensam"
kind = "wait"
for = "godot"
next = []
[[state]]
id = "slut"
kind = "end"
next = [{ to = "a" }]
"#;
    let (_, problems) = read("workflows/fel.toml", text);
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}:{} {} | {}", problem.place.line, problem.place.column, problem.code, problem.hint.sv))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn clocks_stand_still_while_the_applicant_is_waited_for() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let pause = |from, until| Pause { from, until };
    // 30 days from 1 September is 1 October; a pause of ten days moves it to 11 October.
    assert_eq!(due(day(9, 1), 30, &[]), Some(day(10, 1)));
    assert_eq!(due(day(9, 1), 30, &[pause(day(9, 5), Some(day(9, 15)))]), Some(day(10, 11)));
    // A pause that begins on the new last stretch counts too.
    assert_eq!(due(day(9, 1), 30, &[pause(day(9, 5), Some(day(9, 15))), pause(day(10, 5), Some(day(10, 8)))]), Some(day(10, 14)));
    // Overlaps count once.
    assert_eq!(due(day(9, 1), 30, &[pause(day(9, 5), Some(day(9, 15))), pause(day(9, 10), Some(day(9, 15)))]), Some(day(10, 11)));
    assert_eq!(due(day(9, 1), 30, &[pause(day(9, 5), None)]), None);
    assert_eq!(running_days(day(9, 1), day(9, 20), &[pause(day(9, 5), None)]), 4);
}

fn pauses() -> impl Strategy<Value = Vec<Pause>> {
    let base = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    prop::collection::vec((0_u64..200, 0_u64..40), 0..6).prop_map(move |spans| {
        spans
            .into_iter()
            .map(|(from, length)| Pause { from: base + Days::new(from), until: Some(base + Days::new(from + length)) })
            .collect()
    })
}

proptest! {
    #[test]
    fn pauses_never_shorten_and_exactly_the_days_run(days in 1_u32..120, pauses in pauses(), offset in 0_u64..60) {
        let begin = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(offset);
        let last = due(begin, days, &pauses).unwrap();
        prop_assert!(last >= begin + Days::new(u64::from(days)));
        prop_assert_eq!(running_days(begin, last, &pauses), i64::from(days));
        // Day by day: a day runs unless some pause has it.
        let run = begin.iter_days().take_while(|day| *day < last).filter(|day| !pauses.iter().any(|pause| pause.from <= *day && *day < pause.until.unwrap())).count();
        prop_assert_eq!(run, days as usize);
        for more in 0..pauses.len() {
            prop_assert!(due(begin, days, &pauses[..more]).unwrap() <= last);
        }
    }

    #[test]
    fn the_machine_never_leaves_its_states(choices in prop::collection::vec((0_u8..5, 0_usize..4), 0..40), which in 0_usize..8) {
        let workflow = shipped(SHIPPED[which]);
        let mut position = start(&workflow).unwrap();
        for (kind, at) in choices {
            let state: &State = workflow.state(&position.state).unwrap();
            let outcome = match kind {
                0 => Outcome::StepsDone(BTreeSet::new()),
                1 => Outcome::StepsDone(AutomaticCondition::ALL.iter().map(|(_, condition)| *condition).collect()),
                2 => Outcome::Decided(if at == 0 { Grant::Something } else { Grant::Nothing }),
                3 => Outcome::WaitOver,
                _ => Outcome::Action(state.next.get(at).and_then(|next| next.action.clone()).unwrap_or_default()),
            };
            match advance(&workflow, &position, &outcome, &Nothing) {
                Ok(moved) => position = moved.to,
                Err(error) => {
                    let closed = matches!(state.kind, StateKind::End);
                    prop_assert_eq!(closed, error == MoveError::Closed);
                }
            }
            prop_assert!(workflow.state(&position.state).is_some());
        }
    }

    #[test]
    fn every_path_of_every_shipped_workflow_ends(choices in prop::collection::vec(0_usize..64, 400), which in 0_usize..8) {
        let workflow = shipped(SHIPPED[which]);
        let mut position = start(&workflow).unwrap();
        for choice in choices {
            if is_end(&workflow, &position) {
                break;
            }
            // Wherever a case has come, it is nowhere stuck and its end can be reached.
            let ways = steps(&workflow, &position);
            prop_assert!(!ways.is_empty(), "{} is a dead end", position.state);
            prop_assert!(can_end(&workflow, &position), "{} leads to no end", position.state);
            position = ways[choice % ways.len()].clone();
        }
        prop_assert!(is_end(&workflow, &position), "four hundred steps taken at random have not ended: {}", position.state);
    }

    /// Workflows made at random: what is let through has no dead end, and what has one is told with the way to it.
    #[test]
    fn a_workflow_that_is_let_through_has_no_dead_end(ways in prop::collection::vec(prop::collection::vec(0_usize..6, 1..3), 2..6)) {
        let count = ways.len();
        let mut text = "id = \"prov\"\n".to_owned();
        for (at, to) in ways.iter().enumerate() {
            text.push_str(&format!("[[state]]\nid = \"s{at}\"\nkind = \"task\"\nnext = ["));
            for (no, to) in to.iter().enumerate() {
                text.push_str(&format!("{{ to = \"s{}\", action = \"a{no}\" }}, ", to % (count + 1)));
            }
            text.push_str("]\n[[state.task]]\nid = \"t\"\nrole = \"officer\"\n");
        }
        text.push_str(&format!("[[state]]\nid = \"s{count}\"\nkind = \"end\"\n"));
        let (workflow, problems) = read("w.toml", &text);
        let workflow = workflow.unwrap();
        let first = start(&workflow).unwrap();
        let (mut open, mut reached) = (vec![first.clone()], vec![first]);
        while let Some(position) = open.pop() {
            for next in steps(&workflow, &position) {
                if !reached.contains(&next) {
                    reached.push(next.clone());
                    open.push(next);
                }
            }
        }
        let stuck: BTreeSet<&str> = reached.iter().filter(|position| !can_end(&workflow, position)).map(|position| position.state.as_str()).collect();
        let told: BTreeSet<&str> = workflow
            .states
            .iter()
            .filter(|state| problems.iter().any(|problem| problem.code == "end_not_reachable" && problem.place == state.place))
            .map(|state| state.id.as_str())
            .collect();
        prop_assert_eq!(&stuck, &told);
        for problem in problems.iter().filter(|problem| problem.code == "end_not_reachable") {
            prop_assert!(problem.message.sv.contains("Dit kommer det så här: s0"), "{}", problem.message.sv);
        }
    }
}
