//! What an import does to the occasions that are there.

use bifall::attendance::file::Method;
use bifall::attendance::versions::{Change, Current, PersonMark, Plan, Sent, plan};
use bifall::domain::attendance::{ActivityKind, MarkClass, OccasionFacts, PersonNo};
use chrono::NaiveDate;
use proptest::prelude::*;

fn facts(card: i32, code: &str, year: i32, hour: u32) -> OccasionFacts {
    let date = NaiveDate::from_ymd_opt(year, 1, 20).unwrap();
    OccasionFacts {
        card,
        code: code.into(),
        start: date.and_hms_opt(hour, 0, 0).unwrap(),
        stop: date.and_hms_opt(hour + 1, 0, 0).unwrap(),
        kind: ActivityKind::Training,
        activity: String::new(),
        place: String::new(),
        team_sport: None,
        registered: None,
    }
}

fn present(person: i64) -> PersonMark {
    (PersonNo(person), MarkClass::PARTICIPANT)
}

fn absent(person: i64) -> PersonMark {
    (PersonNo(person), MarkClass::PARTICIPANT.absent())
}

fn sent(method: Method, facts: OccasionFacts, marks: &[PersonMark]) -> Sent {
    Sent { method, facts, marks: marks.to_vec() }
}

/// The valid occasions after a plan, as the store would have them.
fn apply(current: &[Current<u32>], plan: &Plan<u32>) -> Vec<Current<u32>> {
    let mut after = current.to_vec();
    let mut next = current.iter().map(|version| version.id + 1).max().unwrap_or(0);
    for change in &plan.changes {
        let (gone, new) = match change {
            Change::Insert { facts, marks } => (None, Some((facts, marks))),
            Change::Replace { replaced, facts, marks } => (Some(*replaced), Some((facts, marks))),
            Change::Withdraw { withdrawn } => (Some(*withdrawn), None),
        };
        after.retain(|version| Some(version.id) != gone);
        if let Some((facts, marks)) = new {
            after.push(Current { id: next, facts: facts.clone(), marks: marks.clone() });
            next += 1;
        }
    }
    after
}

#[test]
fn sending_again_replaces_the_whole_occasion() {
    let first = plan::<u32>(&[], &[sent(Method::Add, facts(1, "a", 2026, 18), &[present(1), present(2)])]);
    let current = apply(&[], &first);
    let again = plan(&current, &[sent(Method::Add, facts(1, "a", 2026, 19), &[present(3)])]);
    assert_eq!(again.changes, [Change::Replace { replaced: 0, facts: facts(1, "a", 2026, 19), marks: vec![present(3)] }]);
}

#[test]
fn sending_the_same_again_changes_nothing_whatever_the_order() {
    let current = [Current { id: 7, facts: facts(1, "a", 2026, 18), marks: vec![present(2), present(1)] }];
    let again = plan(&current, &[sent(Method::Add, facts(1, "a", 2026, 18), &[present(1), present(2)])]);
    assert_eq!((again.changes.len(), again.unchanged), (0, 1));
}

#[test]
fn an_update_changes_only_the_marks_it_sends() {
    let current = [Current { id: 7, facts: facts(1, "a", 2026, 18), marks: vec![present(1), present(2)] }];
    let leader = (PersonNo(1), MarkClass::LEADER_PRESENT);
    let update = plan(&current, &[sent(Method::Update, facts(1, "a", 2026, 20), &[absent(2), present(3), leader])]);
    let marks = vec![present(1), leader, absent(2), present(3)];
    assert_eq!(update.changes, [Change::Replace { replaced: 7, facts: facts(1, "a", 2026, 18), marks }]);
}

#[test]
fn a_removal_withdraws_and_a_second_one_is_reported() {
    let current = [Current { id: 7, facts: facts(1, "a", 2026, 18), marks: vec![present(1)] }];
    let removal = [sent(Method::Remove, facts(1, "a", 2026, 18), &[])];
    let first = plan(&current, &removal);
    assert_eq!(first.changes, [Change::Withdraw { withdrawn: 7 }]);
    let second = plan(&apply(&current, &first), &removal);
    assert_eq!((second.changes, second.unknown), (vec![], vec![0]));
}

#[test]
fn next_years_occasion_with_the_same_code_is_another() {
    let current = [Current { id: 7, facts: facts(1, "012021874", 2026, 18), marks: vec![present(1)] }];
    let next = plan(&current, &[sent(Method::Add, facts(1, "012021874", 2027, 18), &[present(1)])]);
    assert!(matches!(next.changes.as_slice(), [Change::Insert { .. }]));
}

fn import() -> impl Strategy<Value = Vec<Sent>> {
    let method = prop_oneof![3 => Just(Method::Add), 1 => Just(Method::Update), 1 => Just(Method::Remove)];
    let marks = proptest::collection::vec((0_i64..6, 0_u8..16), 0..6);
    let one = (method, 0..3_i32, "[ab]", 2025..2027_i32, 10..14_u32, marks).prop_map(|(method, card, code, year, hour, marks)| {
        let marks: Vec<_> = marks.into_iter().map(|(person, bits)| (PersonNo(person), MarkClass::from_bits(bits).unwrap())).collect();
        sent(method, facts(card, &code, year, hour), &marks)
    });
    // Codes are unique in a file; the reader sees to that.
    proptest::collection::vec(one, 0..12).prop_map(|mut all| {
        let mut seen = std::collections::HashSet::new();
        all.retain(|one| seen.insert((one.facts.card, one.facts.code.clone(), one.facts.start.date())));
        all
    })
}

proptest! {
    #[test]
    fn importing_twice_is_importing_once(before in import(), file in import()) {
        let start = apply(&[], &plan::<u32>(&[], &before));
        let once = apply(&start, &plan(&start, &file));
        let second = plan(&once, &file);
        prop_assert!(second.changes.is_empty());
        prop_assert_eq!(apply(&once, &second), once);
    }

    #[test]
    fn after_an_import_of_additions_the_file_is_what_holds(file in import()) {
        let file: Vec<_> = file.into_iter().map(|one| Sent { method: Method::Add, ..one }).collect();
        let after = apply(&[], &plan::<u32>(&[], &file));
        prop_assert_eq!(after.len(), file.len());
        for (version, sent) in after.iter().zip(&file) {
            prop_assert_eq!(&version.facts, &sent.facts);
            prop_assert!(version.marks.iter().all(|mark| sent.marks.contains(mark)));
        }
    }
}
