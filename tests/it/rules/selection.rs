//! Which marks count, against a slow and obvious reckoning.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bifall::attendance::selection::{ByDate, Column, Group, Keep, LeaderStep, Rate, Rates, Selection, SelectionError};
use bifall::domain::attendance::{AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo, Sex};
use chrono::{Datelike, Duration};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use rust_decimal::Decimal;

use super::support::{Attendance, day};

const MEMBER: MarkClass = MarkClass::PARTICIPANT;
const LEADER: MarkClass = MarkClass::LEADER_PRESENT;

fn rates() -> Rates {
    let rate = |ore| ByDate::always(Rate::All(Decimal::new(ore, 2)));
    Rates { female: rate(989), male: rate(802), leaders: rate(802), older: rate(802) }
}

/// The filters of the built-in activity grant, in its order.
fn chain(data: &Arc<AttendanceData>) -> Selection {
    Selection::all(data)
        .map(|all| all.with_rates(rates()))
        .and_then(|all| all.min_minutes(&ByDate::always(45)))
        .and_then(|all| all.with_leader(&ByDate::always((13, i64::MAX))))
        .and_then(|all| all.eligible(&ByDate::always((7, 25)), &ByDate::always(65)))
        .and_then(Selection::without_collisions)
        .and_then(|all| all.once_per_person_and_day(Keep::BestPaid))
        .and_then(|all| all.at_least(&ByDate::always(3)))
        .and_then(|all| all.at_most(&ByDate::always(4), Keep::BestPaid))
        .expect("the data hold together")
}

fn attendance() -> impl Strategy<Value = AttendanceData> {
    let people = prop::collection::vec((1950_i32..2024, any::<bool>()), 1..14);
    let occasions = prop::collection::vec((0_i64..6, 0_i64..3, 30_i64..90, 0_i32..2), 1..9);
    let marks = prop::collection::btree_set((0_u32..9, 0_u32..14, any::<bool>()), 0..90);
    let bits = prop::collection::vec((0_u8..16, 0_u8..8), 90);
    (people, occasions, marks, bits).prop_map(|(people, occasions, marks, bits)| {
        let persons: Vec<PersonFacts> = (1..)
            .zip(&people)
            .map(|(no, (year, female))| PersonFacts {
                no: PersonNo(no),
                birth: day(&format!("{year}-06-15")),
                sex: if *female { Sex::Female } else { Sex::Male },
                resident: None,
            })
            .collect();
        let mut occasions: Vec<OccasionFacts> = (0..)
            .zip(&occasions)
            .map(|(number, (on, hour, minutes, card)): (i32, _)| {
                let start = day("2026-02-01").and_hms_opt(16, 0, 0).expect("a time") + Duration::days(*on) + Duration::hours(*hour);
                OccasionFacts {
                    card: *card,
                    code: format!("{number:03}"),
                    start,
                    stop: start + Duration::minutes(*minutes),
                    kind: bifall::domain::attendance::ActivityKind::Training,
                    activity: "Träning".to_owned(),
                    place: String::new(),
                    team_sport: None,
                    registered: None,
                }
            })
            .collect();
        occasions.sort_by(|a, b| (a.start, a.card, &a.code).cmp(&(b.start, b.card, &b.code)));
        let marks = marks
            .into_iter()
            .zip(bits)
            .filter_map(|((occasion, person, leader), (bits, clash))| {
                let class = MarkClass::from_bits(bits & !1 & if bits < 12 { 0b1100 } else { 0b1111 })?;
                let known = usize::try_from(occasion).ok()? < occasions.len() && usize::try_from(person).ok()? < persons.len();
                known.then_some(Mark { occasion, person, class: if leader { class.leader() } else { class }, lost_clash: clash == 0 })
            })
            .collect();
        AttendanceData { occasions, persons, marks }
    })
}

/// The same rule as [`chain`], written with sets and sorting: which marks stay, by occasion, person and role.
fn by_hand(data: &AttendanceData) -> BTreeSet<(u32, u32, bool)> {
    let occasion = |mark: &Mark| &data.occasions[usize::try_from(mark.occasion).expect("small")];
    let person = |mark: &Mark| &data.persons[usize::try_from(mark.person).expect("small")];
    let age = |mark: &Mark| occasion(mark).start.year() - person(mark).birth.year();
    let of = |marks: &[Mark], number: u32| -> Vec<Mark> { marks.iter().filter(|mark| mark.occasion == number).copied().collect() };
    let numbers: BTreeSet<u32> = data.marks.iter().map(|mark| mark.occasion).collect();
    let mut marks: Vec<Mark> = data.marks.iter().filter(|mark| mark.class.is_present()).copied().collect();
    marks.retain(|mark| occasion(mark).minutes() >= 45);
    for number in &numbers {
        let led = of(&marks, *number).iter().any(|mark| (mark.class.is_leader() || mark.class.is_temporary_leader()) && age(mark) >= 13);
        marks.retain(|mark| mark.occasion != *number || (led && (!mark.class.is_leader() || age(mark) >= 13)));
    }
    let young = |mark: &Mark| age(mark) >= 7 && (age(mark) <= 25 || mark.class.has_disability());
    marks.retain(|mark| mark.class.is_leader() || young(mark) || age(mark) >= 65);
    marks.retain(|mark| !mark.lost_clash);
    let ore = |mark: &Mark| {
        if !mark.class.is_leader() && young(mark) && person(mark).sex == Sex::Female { 989 } else { 802 }
    };
    let order = |mark: &Mark| (-ore(mark), mark.occasion, mark.person, mark.class.is_leader());
    let mut best: BTreeMap<_, Mark> = BTreeMap::new();
    for mark in &marks {
        let slot = best.entry((occasion(mark).date(), mark.person)).or_insert(*mark);
        if order(mark) < order(slot) {
            *slot = *mark;
        }
    }
    let mut marks: Vec<Mark> = best.into_values().collect();
    let participants = |marks: &[Mark], number| of(marks, number).into_iter().filter(|mark| !mark.class.is_leader()).collect::<Vec<_>>();
    for number in &numbers {
        if participants(&marks, *number).len() < 3 {
            marks.retain(|mark| mark.occasion != *number);
        }
        let mut surplus = participants(&marks, *number);
        surplus.sort_by_key(order);
        for gone in surplus.iter().skip(4) {
            marks.retain(|mark| mark != gone);
        }
    }
    marks.iter().map(|mark| (mark.occasion, mark.person, mark.class.is_leader())).collect()
}

fn kept(data: &AttendanceData, selection: &Selection) -> BTreeSet<(u32, u32, bool)> {
    selection
        .kept()
        .map(|(at, _)| {
            let mark = data.marks[at];
            (mark.occasion, mark.person, mark.class.is_leader())
        })
        .collect()
}

proptest! {
    #[test]
    fn the_filters_keep_what_a_slow_reckoning_keeps(data in attendance()) {
        let data = Arc::new(data);
        let selection = chain(&data);
        prop_assert_eq!(kept(&data, &selection), by_hand(&data));
    }

    #[test]
    fn the_account_adds_up_and_every_mark_is_in_it_once(data in attendance()) {
        let data = Arc::new(data);
        let selection = chain(&data);
        let account = selection.account();
        let cut: u64 = account.steps.iter().map(|step| step.cut).sum();
        prop_assert_eq!(usize::try_from(account.imported).ok(), Some(data.marks.len()));
        prop_assert_eq!(account.imported - cut, account.kept);
        for step in account.steps {
            let listed = selection.cuts().filter(|(_, id)| *id == step.id).count();
            prop_assert_eq!(u64::try_from(listed).ok(), Some(step.cut));
        }
        let mut seen: Vec<usize> = selection.cuts().map(|(at, _)| at).chain(selection.kept().map(|(at, _)| at)).collect();
        seen.sort_unstable();
        prop_assert!(seen.into_iter().eq(0..data.marks.len()));
        let groups = [Group::Female, Group::Male, Group::Leaders, Group::Older].map(|group| selection.count_of(group));
        prop_assert_eq!(groups.iter().sum::<u64>(), selection.count());
        prop_assert!(selection.kept().all(|(_, group)| group != Group::Nobody));
    }

    #[test]
    fn the_order_marks_are_given_in_means_nothing(data in attendance(), seed: u64) {
        let mut shuffled = data.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.marks.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from(state >> 33).expect("31 bits") % (at + 1);
            shuffled.marks.swap(at, other);
        }
        let (data, shuffled) = (Arc::new(data), Arc::new(shuffled));
        let (a, b) = (chain(&data), chain(&shuffled));
        prop_assert_eq!(a.account(), b.account());
        prop_assert_eq!(kept(&data, &a), kept(&shuffled, &b));
    }

    #[test]
    fn a_custom_filter_is_asked_once_per_tuple(data in attendance()) {
        let data = Arc::new(data);
        let mut asked = Vec::new();
        let selection = Selection::all(&data).expect("whole").filter::<SelectionError>("filter", &[Column::Minutes, Column::Age], |tuple| {
            asked.push(tuple.to_vec());
            Ok(tuple[0] >= 45)
        });
        let distinct: BTreeSet<_> = asked.iter().cloned().collect();
        prop_assert_eq!(distinct.len(), asked.len());
        let selection = selection.expect("whole");
        let other = Selection::all(&data).and_then(|all| all.min_minutes(&ByDate::always(45))).expect("whole");
        prop_assert_eq!(kept(&data, &selection), kept(&data, &other));
    }
}

#[test]
fn absent_marks_are_the_first_to_go() {
    let mut build = Attendance::default();
    let girl = build.person(Sex::Female, "2014-01-01");
    let occasion = build.occasion("2026-02-01", 30);
    build.mark(occasion, girl, MEMBER.absent());
    let selection = Selection::all(&build.build()).and_then(|all| all.min_minutes(&ByDate::always(45))).expect("whole");
    assert_eq!(selection.cuts().collect::<Vec<_>>(), [(0, "absent")]);
}

#[test]
fn a_disability_takes_away_the_upper_age_only() {
    let mut build = Attendance::default();
    let occasion = build.occasion("2026-02-01", 60);
    for born in ["2020-01-01", "1990-01-01", "1950-01-01"] {
        let person = build.person(Sex::Female, born);
        build.mark(occasion, person, MEMBER.disability());
    }
    let older = build.person(Sex::Male, "1950-01-01");
    build.mark(occasion, older, MEMBER);
    let ages = ByDate::always((7, 25));
    let selection = Selection::all(&build.build()).and_then(|all| all.eligible(&ages, &ByDate::always(65))).expect("whole");
    assert_eq!((selection.count_of(Group::Female), selection.count_of(Group::Older)), (2, 1));
    assert_eq!(selection.cuts().collect::<Vec<_>>(), [(0, "eligible")]);
}

#[test]
fn a_temporary_leader_leads_and_is_counted_as_a_participant() {
    let mut build = Attendance::default();
    let (old_enough, too_young) = (build.person(Sex::Male, "2013-12-31"), build.person(Sex::Male, "2014-01-01"));
    let first = build.occasion("2026-02-01", 60);
    let second = build.occasion("2026-02-02", 60);
    build.mark(first, old_enough, MEMBER.temporary_leader());
    build.mark(second, too_young, MEMBER.temporary_leader());
    let selection = Selection::all(&build.build()).and_then(|all| all.with_leader(&ByDate::always((13, 100)))).expect("whole");
    assert_eq!(selection.kept().collect::<Vec<_>>(), [(0, Group::Male)]);
}

#[test]
fn limits_follow_the_day_of_the_occasion() {
    let mut build = Attendance::default();
    let girl = build.person(Sex::Female, "2014-01-01");
    for date in ["2025-12-31", "2026-01-01"] {
        let occasion = build.occasion(date, 50);
        build.mark(occasion, girl, MEMBER);
    }
    let data = build.build();
    let minutes = ByDate::new(vec![(day("2026-01-01"), 45), (day("2020-01-01"), 60)]);
    let selection = Selection::all(&data).and_then(|all| all.min_minutes(&minutes)).expect("whole");
    assert_eq!(selection.cuts().collect::<Vec<_>>(), [(0, "min_minutes")]);
    let late = ByDate::new(vec![(day("2026-01-01"), 45)]);
    let failed = Selection::all(&data).and_then(|all| all.min_minutes(&late)).map(|_| ());
    assert_eq!(failed, Err(SelectionError::NoValue(day("2025-12-31"))));
}

#[test]
fn leaders_beyond_what_the_participants_allow_are_cut_last_first() {
    let mut build = Attendance::default();
    let leaders = build.people(3, Sex::Male, "1990-01-01");
    let members = build.people(11, Sex::Female, "2014-01-01");
    let small = build.occasion("2026-02-01", 60);
    let large = build.occasion("2026-02-02", 60);
    build.all_at(small, &leaders, LEADER);
    build.all_at(small, &members[..10], MEMBER);
    build.all_at(large, &leaders, LEADER);
    build.all_at(large, &members, MEMBER);
    let steps = ByDate::always(vec![LeaderStep { to: Some(10), leaders: 1 }, LeaderStep { to: None, leaders: 2 }]);
    let selection = Selection::all(&build.build()).and_then(|all| all.max_leaders(&steps)).expect("whole");
    assert_eq!(selection.count_of(Group::Leaders), 3);
    assert_eq!(selection.cuts().map(|(at, _)| at).collect::<Vec<_>>(), [1, 2, 15]);
}

#[test]
fn words_match_whole_words_and_the_last_part_of_compounds() {
    let words = ByDate::always(vec!["fest".to_owned(), "Öppen verksamhet".to_owned()]);
    let cut = |activity: &str| {
        let mut build = Attendance::default();
        let girl = build.person(Sex::Female, "2014-01-01");
        let occasion = build.named("2026-02-01", 60, activity);
        build.mark(occasion, girl, MEMBER);
        let selection = Selection::all(&build.build()).and_then(|all| all.without_words(&words)).expect("whole");
        selection.count() == 0
    };
    for activity in ["Fest", "JULFEST!", "Vår fest i hallen", "öppen  verksamhet", "Öppen verksamhet, sön"] {
        assert!(cut(activity), "{activity}");
    }
    for activity in ["Manifestation", "Festkommitté", "Festival", "Öppen träning", "Verksamhet", ""] {
        assert!(!cut(activity), "{activity}");
    }
}

#[test]
fn best_paid_needs_rates_and_a_dangling_mark_is_refused() {
    let mut build = Attendance::default();
    let girl = build.person(Sex::Female, "2014-01-01");
    let (first, second) = (build.occasion("2026-02-01", 60), build.occasion("2026-02-01", 60));
    build.mark(first, girl, MEMBER);
    build.mark(second, girl, MEMBER);
    let data = build.build();
    let best = Selection::all(&data).and_then(|all| all.once_per_person_and_day(Keep::BestPaid)).map(|_| ());
    assert_eq!(best, Err(SelectionError::NoRates));
    let first = Selection::all(&data).and_then(|all| all.once_per_person_and_day(Keep::First)).expect("whole");
    assert_eq!(first.cuts().collect::<Vec<_>>(), [(1, "once_per_person_and_day")]);
    let mut broken = data.as_ref().clone();
    broken.marks[0].person = 7;
    assert_eq!(Selection::all(&Arc::new(broken)).map(|_| ()), Err(SelectionError::Dangling));
}

#[test]
fn a_filter_used_twice_has_two_lines() {
    let mut build = Attendance::default();
    let girl = build.person(Sex::Female, "2014-01-01");
    let occasion = build.occasion("2026-02-01", 60);
    build.mark(occasion, girl, MEMBER);
    build.lose_clash(occasion, girl);
    let once = Selection::all(&build.build()).and_then(|all| all.at_least(&ByDate::always(1))).and_then(Selection::without_collisions);
    let twice = once.and_then(|all| all.at_least(&ByDate::always(1))).expect("whole");
    let ids: Vec<_> = twice.account().steps.iter().map(|step| (step.id.as_str(), step.cut)).collect();
    assert_eq!(ids, [("absent", 0), ("at_least", 0), ("without_collisions", 1), ("at_least_2", 0)]);
}
