//! Who was in two places, and which mark counts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use bifall::attendance::collisions::{
    Answer, Arrival, Clash, DayOccasion, Kind, Knowledge, OccasionRef, OtherSide, Policy, Question, Reach, Resolution, Scope, Verdict,
    find, questions, resolve,
};
use bifall::domain::attendance::{MarkClass, PersonNo};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

const ALVA: PersonNo = PersonNo(1);
const PARTICIPANT: MarkClass = MarkClass::PARTICIPANT;
const LEADER: MarkClass = MarkClass::LEADER_PRESENT;

/// Association, occasion, hour it begins counted from midnight of 20 January, hours it lasts, marks.
type Row<'a> = (u32, u32, i64, i64, &'a [(PersonNo, MarkClass)]);

fn day(nth: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 20).unwrap() + Days::new(nth)
}

fn hour(hour: i64) -> NaiveDateTime {
    day(0).and_hms_opt(0, 0, 0).unwrap() + TimeDelta::hours(hour)
}

fn occasions<'a>(rows: &[Row<'a>]) -> Vec<DayOccasion<'a>> {
    rows.iter()
        .map(|(association, occasion, start, hours, marks)| DayOccasion {
            occasion: OccasionRef { association: *association, occasion: *occasion },
            start: hour(*start),
            stop: hour(start + hours),
            card: 1,
            code: "x",
            arrival: Arrival::InTime,
            marks,
        })
        .collect()
}

/// The pairs of occasions on a day, each with its kind and scope.
fn pairs(clashes: &[Clash]) -> Vec<(u32, u32, Scope, Kind)> {
    clashes.iter().map(|clash| (clash.a.occasion, clash.b.occasion, clash.scope, clash.kind)).collect()
}

fn policy(default: Verdict) -> Policy {
    Policy { reach: Reach::Everywhere, default }
}

/// The occasions whose mark of Alva is lost.
fn lost(resolution: &Resolution) -> Vec<u32> {
    resolution.lost.iter().map(|(occasion, _)| occasion.occasion).collect()
}

#[test]
fn only_overlapping_times_clash() {
    let alva = [(ALVA, PARTICIPANT)];
    let rows = [(1, 1, 18, 2, &alva[..]), (1, 2, 19, 2, &alva), (2, 3, 20, 1, &alva), (2, 4, 22, 1, &alva)];
    assert_eq!(
        pairs(&find(day(0), &occasions(&rows))),
        [(1, 2, Scope::Within, Kind::Participant), (2, 3, Scope::Across, Kind::Participant)],
        "1 ends when 3 begins, 4 begins later"
    );
}

#[test]
fn leaders_clash_too_but_nobody_with_herself_at_one_occasion() {
    let both = [(ALVA, LEADER), (ALVA, PARTICIPANT)];
    assert_eq!(pairs(&find(day(0), &occasions(&[(1, 1, 18, 1, &both)]))), []);
    let leads = [(ALVA, LEADER)];
    let takes_part = [(ALVA, PARTICIPANT)];
    let rows = [(1, 1, 18, 1, &leads[..]), (1, 2, 18, 1, &leads), (1, 3, 18, 1, &takes_part)];
    assert_eq!(
        pairs(&find(day(0), &occasions(&rows))),
        [(1, 2, Scope::Within, Kind::Leader), (1, 3, Scope::Within, Kind::Mixed), (2, 3, Scope::Within, Kind::Mixed)]
    );
}

#[test]
fn those_absent_were_nowhere() {
    let absent = [(ALVA, PARTICIPANT.absent())];
    let present = [(ALVA, PARTICIPANT)];
    assert_eq!(find(day(0), &occasions(&[(1, 1, 18, 1, &absent), (1, 2, 18, 1, &present)])), []);
}

#[test]
fn a_clash_over_midnight_is_told_once_on_the_day_it_begins() {
    let alva = [(ALVA, PARTICIPANT)];
    let rows = [(1, 1, 22, 4, &alva[..]), (2, 2, 23, 3, &alva), (3, 3, 25, 1, &alva)];
    let all = occasions(&rows);
    assert_eq!(pairs(&find(day(0), &all)).len(), 1);
    let next: Vec<_> = pairs(&find(day(1), &all)).into_iter().map(|(a, b, ..)| (a, b)).collect();
    assert_eq!(next, [(1, 3), (2, 3)]);
}

#[test]
fn each_default_does_what_it_says() {
    let alva = [(ALVA, PARTICIPANT)];
    // A chain: 1 and 2 overlap, 2 and 3 overlap, 1 and 3 do not.
    let rows = [(1, 1, 10, 2, &alva[..]), (2, 2, 11, 2, &alva), (1, 3, 12, 2, &alva)];
    let clashes = find(day(0), &occasions(&rows));
    let none = Knowledge::default();
    assert_eq!(lost(&resolve(&clashes, policy(Verdict::None), &none)), [1, 3, 2]);
    assert_eq!(lost(&resolve(&clashes, policy(Verdict::First), &none)), [2], "a lost mark takes no other with it");
    assert_eq!(lost(&resolve(&clashes, policy(Verdict::Both), &none)), [0; 0]);
    let officer = resolve(&clashes, policy(Verdict::Officer), &none);
    assert_eq!((lost(&officer), officer.for_officer.len()), (vec![], 2));
    let within = Policy { reach: Reach::Within, default: Verdict::None };
    assert_eq!(lost(&resolve(&clashes, within, &none)), [0; 0], "both clashes are between two associations");
}

#[test]
fn answers_go_before_the_default_and_late_marks_lose_to_all() {
    let alva = [(ALVA, PARTICIPANT)];
    let mut rows = occasions(&[(1, 1, 10, 2, &alva), (2, 2, 11, 2, &alva)]);
    let clashes = find(day(0), &rows);
    let answered = |answer| Knowledge { answers: BTreeMap::from([((ALVA, clashes[0].a, clashes[0].b), answer)]), ..Knowledge::default() };
    let expected = [(Answer::A, vec![2]), (Answer::B, vec![1]), (Answer::Both, vec![]), (Answer::Neither, vec![1, 2])];
    for (answer, lost_marks) in &expected {
        assert_eq!(lost(&resolve(&clashes, policy(Verdict::None), &answered(*answer))), *lost_marks);
    }
    rows[0].arrival = Arrival::AfterLock;
    let late = find(day(0), &rows);
    assert_eq!((late[0].a.occasion, late[0].b.occasion), (2, 1), "in time goes before late");
    let keep_late = Knowledge { answers: BTreeMap::from([((ALVA, late[0].a, late[0].b), Answer::B)]), ..Knowledge::default() };
    assert_eq!(lost(&resolve(&late, policy(Verdict::Both), &keep_late)), [1]);
}

#[test]
fn protected_persons_are_asked_of_nobody() {
    let alva = [(ALVA, PARTICIPANT)];
    let clashes = find(day(0), &occasions(&[(1, 1, 10, 2, &alva), (2, 2, 11, 2, &alva), (2, 3, 11, 2, &alva)]));
    let open = HashSet::new();
    let policy = policy(Verdict::Officer);
    let own = Question { person: ALVA, own: 2, other: OtherSide::Own(3) };
    let another = |own| Question { person: ALVA, own, other: OtherSide::Another };
    assert_eq!(questions(&clashes, 2, policy, &open), [another(2), another(3), own]);
    assert_eq!(questions(&clashes, 1, policy, &open), [another(1), another(1)]);
    let protected = HashSet::from([ALVA]);
    assert_eq!(questions(&clashes, 2, policy, &protected), []);
    let resolution = resolve(&clashes, policy, &Knowledge { protected, ..Knowledge::default() });
    assert_eq!((lost(&resolution), resolution.for_officer.len()), (vec![2, 3], 0));
}

type Generated = Vec<(u32, i64, i64, Vec<(i64, bool)>)>;

fn world() -> impl Strategy<Value = Generated> {
    let marks = proptest::collection::vec((0_i64..4, any::<bool>()), 0..5);
    proptest::collection::vec((0_u32..3, 0_i64..72, 1_i64..30, marks), 0..12)
}

proptest! {
    #[test]
    fn days_together_find_every_overlapping_pair_once_and_first_leaves_none(world in world()) {
        let marks: Vec<Vec<(PersonNo, MarkClass)>> = world
            .iter()
            .map(|(.., marks)| marks.iter().map(|(no, leads)| (PersonNo(*no), if *leads { LEADER } else { PARTICIPANT })).collect())
            .collect();
        let rows: Vec<Row<'_>> = world
            .iter()
            .zip(&marks)
            .zip(0..)
            .map(|(((association, start, hours, _), marks), occasion)| (*association, occasion, *start, *hours, marks.as_slice()))
            .collect();
        let all = occasions(&rows);
        let mut found = Vec::new();
        for nth in 0..5 {
            let begins = day(nth).and_hms_opt(0, 0, 0).unwrap();
            let ends = begins + TimeDelta::days(1);
            let touching: Vec<_> = all.iter().filter(|one| one.start < ends && one.stop > begins).cloned().collect();
            found.extend(find(day(nth), &touching));
        }
        let mut expected = BTreeSet::new();
        for one in &all {
            for other in all.iter().filter(|other| other.occasion.occasion > one.occasion.occasion) {
                for (person, _) in one.marks {
                    let there = other.marks.iter().any(|(also, _)| also == person);
                    if there && one.start < other.stop && other.start < one.stop {
                        expected.insert((*person, one.occasion.occasion, other.occasion.occasion));
                    }
                }
            }
        }
        let pair = |clash: &Clash| {
            let (a, b) = (clash.a.occasion, clash.b.occasion);
            (clash.person, a.min(b), a.max(b))
        };
        prop_assert_eq!(found.len(), expected.len());
        prop_assert_eq!(found.iter().map(pair).collect::<BTreeSet<_>>(), expected);
        let resolution = resolve(&found, policy(Verdict::First), &Knowledge::default());
        for clash in &found {
            let kept = [clash.a, clash.b].iter().filter(|side| !resolution.lost.contains(&(**side, clash.person))).count();
            prop_assert!(kept <= 1);
        }
        for (occasion, person) in &resolution.lost {
            let beaten = found.iter().any(|clash| clash.person == *person && clash.b == *occasion && !resolution.lost.contains(&(clash.a, *person)));
            prop_assert!(beaten, "a mark is lost only to one that counts");
        }
    }
}
