//! Caps per person and time, held against what they promise.

use std::collections::BTreeMap;
use std::sync::Arc;

use bifall::attendance::selection::{AgeBasis, ByDate, Group, Keep, KeepOccasion, Limit, Rate, Rates, Selection, Unit};
use bifall::domain::attendance::AttendanceData;
use bifall::domain::bands::{Band, Bands};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::generated::{Dice, attendance, shared, shuffled};

const RUNS: u64 = 1_500;

fn band(from: i64, to: Option<i64>, value: i64) -> Band {
    Band { from, to, value: Decimal::from(value) }
}

fn rates() -> Rates {
    let flat = |ore| ByDate::always(Rate::All(Decimal::new(ore, 2)));
    let aged = Bands::new(vec![band(0, Some(12), 3), band(13, None, 13)]).expect("bands");
    Rates { female: flat(989), male: ByDate::always(Rate::Aged(aged)), leaders: flat(802), older: flat(500) }
}

fn all(data: &Arc<AttendanceData>) -> Selection {
    let all = Selection::all(data).expect("the data hold together").with_rates(rates());
    all.eligible(&ByDate::always((5, 25)), &ByDate::always(60)).expect("eligible")
}

/// A day's week, without the calendar of the code under test.
fn week(date: NaiveDate) -> i64 {
    (date - NaiveDate::from_ymd_opt(2026, 1, 5).expect("a Monday")).num_days().div_euclid(7)
}

fn unit_of(unit: Unit, date: NaiveDate) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    match unit {
        Unit::Day => (date - NaiveDate::MIN).num_days(),
        Unit::Week => week(date),
        Unit::Month => year * 100 + month,
        Unit::HalfYear => year * 10 + i64::from(month > 6),
        Unit::Year => year,
        Unit::Period => 1,
    }
}

/// What a mark pays, from the rates as written above.
fn ore(data: &AttendanceData, at: usize, group: Group) -> Decimal {
    let (mark, when) = (data.marks[at], occasion(data, at).start.year());
    match group {
        Group::Female => Decimal::new(989, 2),
        Group::Male if when - data.persons[usize::try_from(mark.person).expect("small")].birth.year() <= 12 => Decimal::from(3),
        Group::Male => Decimal::from(13),
        Group::Leaders => Decimal::new(802, 2),
        Group::Older => Decimal::from(5),
        Group::Nobody => Decimal::ZERO,
    }
}

fn occasion(data: &AttendanceData, at: usize) -> &bifall::domain::attendance::OccasionFacts {
    &data.occasions[usize::try_from(data.marks[at].occasion).expect("small")]
}

type Runs = BTreeMap<(u32, i64, String), Vec<usize>>;

/// Participants' marks by person, unit and (where asked) activity, in the order they happened.
fn runs(data: &AttendanceData, marks: impl Iterator<Item = (usize, Group)>, unit: Unit, by_sport: bool) -> Runs {
    let mut runs = Runs::new();
    for (at, group) in marks {
        if group == Group::Leaders {
            continue;
        }
        let held = occasion(data, at);
        let sport = if by_sport { held.activity.clone() } else { String::new() };
        runs.entry((data.marks[at].person, unit_of(unit, held.date()), sport)).or_default().push(at);
    }
    for run in runs.values_mut() {
        run.sort_by_key(|at| {
            (occasion(data, *at).start, occasion(data, *at).card, occasion(data, *at).code.clone(), data.marks[*at].class)
        });
    }
    runs
}

#[test]
fn a_cap_is_never_exceeded_never_wasted_and_keeps_those_it_says() {
    let units = [Unit::Day, Unit::Week, Unit::Month, Unit::HalfYear, Unit::Year, Unit::Period];
    let keeps = [Keep::First, Keep::Last, Keep::BestPaid];
    for seed in 0..RUNS {
        let mut dice = Dice::new(seed);
        let data = shared(attendance(&mut dice));
        let (unit, keep, by_sport) = (units[dice.index(6)], keeps[dice.index(3)], dice.one_in(2));
        let most = i64::try_from(dice.below(4)).expect("small");
        let before = all(&data);
        let limit = ByDate::always(Limit::All(most));
        let after = if by_sport {
            before.clone().at_most_per_person_and_sport(&limit, unit, keep)
        } else {
            before.clone().at_most_per_person(&limit, unit, keep)
        }
        .expect("capped");
        let groups: BTreeMap<usize, Group> = before.kept().collect();
        let leaders = |selection: &Selection| selection.kept().filter(|(_, group)| *group == Group::Leaders).count();
        assert_eq!(leaders(&before), leaders(&after), "leaders are not touched");
        let kept: Vec<usize> = after.kept().map(|(at, _)| at).collect();
        let most = usize::try_from(most).expect("small");
        for (key, run) in runs(&data, before.kept(), unit, by_sport) {
            let (stay, go): (Vec<usize>, Vec<usize>) = run.iter().partition(|at| kept.contains(at));
            assert_eq!(stay.len(), run.len().min(most), "seed {seed}, {unit:?}, {key:?}");
            let pays = |at: &usize| ore(&data, *at, groups[at]);
            match keep {
                Keep::First => assert_eq!(stay, run[..stay.len()]),
                Keep::Last => assert_eq!(stay, run[run.len() - stay.len()..]),
                Keep::BestPaid => {
                    let least = stay.iter().map(pays).min();
                    assert!(go.iter().all(|at| least.is_none_or(|least| pays(at) <= least)), "seed {seed}: best paid stay");
                }
            }
        }
    }
}

#[test]
fn a_cap_by_age_is_each_ones_own() {
    let limits = ByDate::always(Limit::Aged(Bands::new(vec![band(7, Some(9), 1), band(10, Some(25), 2)]).expect("bands")));
    for seed in 0..RUNS {
        let data = shared(attendance(&mut Dice::new(seed)));
        let before = all(&data);
        let after = before.clone().at_most_per_person(&limits, Unit::Week, Keep::First).expect("capped");
        let kept: Vec<usize> = after.kept().map(|(at, _)| at).collect();
        for ((person, ..), run) in runs(&data, before.kept(), Unit::Week, false) {
            let first = occasion(&data, run[0]).start.year();
            let most = match first - data.persons[usize::try_from(person).expect("small")].birth.year() {
                7..=9 => 1,
                10..=25 => 2,
                _ => usize::MAX,
            };
            let stay = run.iter().filter(|at| kept.contains(at)).count();
            assert_eq!(stay, run.len().min(most), "seed {seed}");
        }
    }
}

#[test]
fn who_came_too_seldom_is_not_counted_at_all() {
    for seed in 0..RUNS {
        let data = shared(attendance(&mut Dice::new(seed)));
        let before = all(&data);
        let after = before.clone().min_attendances(&ByDate::always(Limit::All(3))).expect("filtered");
        let count = |selection: &Selection, person: u32| {
            selection.kept().filter(|(at, group)| data.marks[*at].person == person && *group != Group::Leaders).count()
        };
        for person in 0..u32::try_from(data.persons.len()).expect("small") {
            let had = count(&before, person);
            assert_eq!(count(&after, person), if had >= 3 { had } else { 0 }, "seed {seed}");
        }
    }
}

#[test]
fn one_occasion_a_day_for_a_group_is_the_one_the_rule_names() {
    for seed in 0..RUNS {
        let mut dice = Dice::new(seed);
        let data = shared(attendance(&mut dice));
        let rule = [KeepOccasion::First, KeepOccasion::Longest, KeepOccasion::Largest, KeepOccasion::BestPaid][dice.index(4)];
        let before = all(&data);
        let after = before.clone().once_per_group_and_day(rule).expect("filtered");
        let mut held: BTreeMap<(i32, NaiveDate), BTreeMap<u32, Decimal>> = BTreeMap::new();
        for (at, group) in before.kept() {
            let of = occasion(&data, at);
            let worth = match rule {
                KeepOccasion::First => Decimal::ZERO,
                KeepOccasion::Longest => Decimal::from((of.stop - of.start).num_seconds()),
                KeepOccasion::Largest => Decimal::from(i32::from(group != Group::Leaders)),
                KeepOccasion::BestPaid => ore(&data, at, group),
            };
            let slot = held.entry((of.card, of.date())).or_default().entry(data.marks[at].occasion).or_default();
            let adds = matches!(rule, KeepOccasion::Largest | KeepOccasion::BestPaid);
            *slot = if adds { *slot + worth } else { worth };
        }
        for (key, occasions) in held {
            let best = occasions.values().max().copied().expect("there is one");
            // Occasions stand in the order they began: the first of the best stays.
            let wanted = occasions.iter().find(|(_, worth)| **worth == best).map(|(at, _)| *at).expect("there is one");
            for occasion in occasions.keys() {
                let kept = after.kept().filter(|(at, _)| data.marks[*at].occasion == *occasion).count();
                let had = before.kept().filter(|(at, _)| data.marks[*at].occasion == *occasion).count();
                assert_eq!(kept, if *occasion == wanted { had } else { 0 }, "seed {seed}, {rule:?}, {key:?}");
            }
        }
    }
}

/// Many filters after each other, drawn by dice.
fn drawn(dice: &mut Dice, from: Selection) -> Selection {
    use bifall::attendance::selection::{Disability, UnknownResidence};
    let whole = |number| ByDate::always(number);
    let mut selection = from;
    for _ in 0..dice.index(9) {
        let keep = [Keep::First, Keep::Last, Keep::BestPaid][dice.index(3)];
        selection = match dice.below(18) {
            0 => selection.min_minutes(&whole(45)),
            1 => selection.min_minutes_disability(&whole(60), &whole(30), Disability::Any),
            2 => selection.min_minutes_own(&whole(60), &whole(30)),
            3 => selection.with_leaders(&ByDate::always((13, 99)), &whole(2)),
            4 => selection.leaders_not_participants(),
            5 => selection.leaders_one_at_a_time(),
            6 => selection.residents(UnknownResidence::Cut),
            7 => selection.resident_share_at_least(&ByDate::always(Decimal::new(5, 1))),
            8 => selection.once_per_person_and_day(keep),
            9 => selection.once_per_person_sport_and_day(keep),
            10 => selection.once_per_group_and_day(KeepOccasion::Largest),
            11 => selection.camp_days(&ByDate::always(vec!["läger".to_owned()]), &whole(1)),
            12 => selection.at_least_disability(&whole(4), &whole(2), Disability::All),
            13 => selection.at_most(&whole(3), keep),
            14 => selection.at_most_per_leader(&whole(2), keep),
            15 => selection.at_most_per_person(&ByDate::always(Limit::All(2)), Unit::Week, keep),
            16 => selection.registered_within(&whole(28)),
            _ => Ok(selection.with_ages(AgeBasis::Occasion).leaders_also_participants(ByDate::always((13, 25)))),
        }
        .expect("the filter holds together");
    }
    selection
}

#[test]
fn whatever_filters_stand_after_each_other_the_account_adds_up() {
    for seed in 0..RUNS * 2 {
        let mut dice = Dice::new(seed);
        let data = shared(attendance(&mut dice));
        let selection = drawn(&mut dice, all(&data));
        let account = selection.account();
        let cut: u64 = account.steps.iter().map(|step| step.cut).sum();
        assert_eq!(usize::try_from(account.imported).ok(), Some(data.marks.len()));
        assert_eq!(account.imported - cut, account.kept);
        let mut seen: Vec<usize> = selection.cuts().map(|(at, _)| at).chain(selection.kept().map(|(at, _)| at)).collect();
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..data.marks.len()), "seed {seed}: every mark stands in the account once");
    }
}

#[test]
fn the_order_in_which_attendance_is_given_never_changes_a_result() {
    for seed in 0..RUNS * 2 {
        let mut dice = Dice::new(seed);
        let data = attendance(&mut dice);
        let other = shared(shuffled(&data, &mut dice));
        let data = shared(data);
        let (mut one, mut two) = (Dice::new(seed + 7), Dice::new(seed + 7));
        let (a, b) = (drawn(&mut one, all(&data)), drawn(&mut two, all(&other)));
        assert_eq!(a.account(), b.account(), "seed {seed}");
        let named = |data: &AttendanceData, selection: &Selection| {
            let mut kept: Vec<(String, u32, u8)> = selection
                .kept()
                .map(|(at, _)| (occasion(data, at).code.clone(), data.marks[at].person, data.marks[at].class.bits()))
                .collect();
            kept.sort();
            kept
        };
        assert_eq!(named(&data, &a), named(&other, &b), "seed {seed}");
        assert_eq!(a.amount(), b.amount());
    }
}
