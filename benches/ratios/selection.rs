//! The activity grant over a city's half-year in one go, against the same rule written by hand in Rust.

use std::collections::HashMap;
use std::sync::Arc;

use bifall::domain::attendance::{ActivityKind, AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo, Sex};
use bifall::domain::calculation::RowKind;
use bifall::rules::{Mode, evaluate_within};
use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use crate::city::Dice;
use crate::measure::{median, millions_a_second, peak_mib, tell, timed, times_as_long};
use crate::place::date;
use crate::rule::{compiled, general};

const OCCASIONS: u32 = 89_000;
const PEOPLE: u32 = 65_000;
const ROUNDS: usize = 5;

/// Measures both on the same data.
pub fn run() {
    let rules = compiled(
        include_str!("../../rules/aktivitetsstod/rules.rhai"),
        include_str!("../../rules/aktivitetsstod/parameters.toml"),
        include_str!("../../rules/aktivitetsstod/texts.toml"),
    );
    let data = Arc::new(half_year());
    let marks = u64::try_from(data.marks.len()).unwrap();
    let inputs = general();
    let (mut floors, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (floor, time) = timed(|| by_hand(&data));
        floors.push(time);
        let patience = std::time::Duration::from_secs(60);
        let (done, time) = timed(|| evaluate_within(&rules, &inputs, Some(Arc::clone(&data)), Mode::Plain, patience).unwrap());
        runs.push(time);
        let sum: Decimal = done.evaluation.rows.iter().filter(|row| row.kind == RowKind::Factor).map(|row| row.value).sum();
        assert_eq!(sum, floor, "both give the same sum");
    }
    let (floor, run) = (median(floors), median(runs));
    let what = format!("activity grant over {:.2} M marks", millions_a_second(marks, std::time::Duration::from_secs(1)));
    tell(&format!("{what}: by hand (floor)"), format!("{:.1} M marks/s", millions_a_second(marks, floor)));
    let speed = millions_a_second(marks, run);
    tell(&what, format!("{speed:.1} M marks/s, {:.1}x the time", times_as_long(run, floor)));
    tell(&format!("{what}: peak resident, data and all"), format!("{} MiB", peak_mib()));
}

/// The rule of `rules/aktivitetsstod`, its numbers of 2026 written out.
fn by_hand(data: &AttendanceData) -> Decimal {
    const WORDS: [&str; 9] =
        ["fest", "läxläsning", "läxhjälp", "högtid", "gudstjänst", "andakt", "partimöte", "studiecirkel", "öppen verksamhet"];
    let rates = [Decimal::new(989, 2), Decimal::new(802, 2), Decimal::new(802, 2), Decimal::new(802, 2)];
    let mut barred: HashMap<&str, bool> = HashMap::new();
    let mut counted = [0_i64; 4];
    let mut holder: Vec<(NaiveDate, usize)> = vec![(NaiveDate::MIN, 0); data.persons.len()];
    // Per mark: the group it counts in, 4 when it does not.
    let mut groups = vec![4_u8; data.marks.len()];
    let spans: Vec<&[Mark]> = data.marks.chunk_by(|a, b| a.occasion == b.occasion).collect();
    let mut from = 0;
    for span in &spans {
        let first = from;
        from += span.len();
        let occasion = &data.occasions[place(span[0].occasion)];
        let activity = occasion.activity.as_str();
        let barred = *barred.entry(activity).or_insert_with(|| {
            let small = activity.to_lowercase();
            small.split(' ').any(|word| WORDS.iter().any(|end| word.ends_with(end)))
        });
        let age = |mark: &Mark| occasion.start.year() - data.persons[place(mark.person)].birth.year();
        let leads =
            |mark: &Mark| mark.class.is_present() && (mark.class.is_leader() || mark.class.is_temporary_leader()) && age(mark) >= 13;
        if barred || occasion.minutes() < 45 || !span.iter().any(leads) {
            continue;
        }
        let day = occasion.date();
        for (at, mark) in (first..).zip(*span) {
            if !mark.class.is_present() || mark.lost_clash {
                continue;
            }
            let years = age(mark);
            let group = match (mark.class.is_leader(), data.persons[place(mark.person)].sex) {
                (true, _) if years >= 13 => 2,
                (true, _) => continue,
                (false, Sex::Female) if years >= 7 && (years <= 25 || mark.class.has_disability()) => 0,
                (false, Sex::Male) if years >= 7 && (years <= 25 || mark.class.has_disability()) => 1,
                (false, _) if years >= 65 => 3,
                (false, _) => continue,
            };
            groups[at] = group;
            let held = &mut holder[place(mark.person)];
            if held.0 != day {
                *held = (day, at);
            } else if rates[usize::from(group)] > rates[usize::from(groups[held.1])] {
                groups[held.1] = 4;
                held.1 = at;
            } else {
                groups[at] = 4;
            }
        }
    }
    let mut from = 0;
    for span in &spans {
        let own = &mut groups[from..from + span.len()];
        from += span.len();
        let participants = own.iter().filter(|group| matches!(group, 0 | 1 | 3)).count();
        if participants < 3 {
            continue;
        }
        let mut beyond = participants.saturating_sub(40);
        // The worst paid go first, the last of them before the others.
        for worst in [&[1_u8, 3][..], &[0][..]] {
            for group in own.iter_mut().rev().filter(|group| worst.contains(*group)).take(beyond) {
                *group = 4;
                beyond -= 1;
            }
        }
        for group in own.iter().filter(|group| **group < 4) {
            counted[usize::from(*group)] += 1;
        }
    }
    counted.into_iter().zip(rates).map(|(count, rate)| Decimal::from(count) * rate).sum()
}

/// About 1.25 million marks in the total order: mostly children, some leaders, some older, some too short, some lost.
fn half_year() -> AttendanceData {
    let mut dice = Dice(0x5eed);
    let first_birth = date("1931-01-01");
    let persons = (0..PEOPLE)
        .map(|at| PersonFacts {
            no: PersonNo(i64::from(at) + 1),
            birth: if dice.below(4) == 0 { first_birth } else { date("2000-01-01") } + Days::new(u64::from(dice.below(7_000))),
            sex: if at % 2 == 0 { Sex::Female } else { Sex::Male },
            resident: None,
        })
        .collect();
    let mut data = AttendanceData { occasions: Vec::new(), persons, marks: Vec::new() };
    for occasion in 0..OCCASIONS {
        let day = date("2026-01-01") + Days::new(u64::from(occasion) * 180 / u64::from(OCCASIONS));
        let start = day.and_hms_opt(17, 0, 0).unwrap();
        data.occasions.push(OccasionFacts {
            card: i32::try_from(occasion).unwrap(),
            code: format!("{occasion:06}"),
            start,
            stop: start + chrono::Duration::minutes(i64::from(30 + dice.below(90))),
            kind: ActivityKind::Training,
            activity: ["Träning 1", "Träning 2", "Match", "Julfest", "Festkommitté"][usize::try_from(dice.below(5)).unwrap()].to_owned(),
            place: "Hallen".to_owned(),
            team_sport: None,
            registered: None,
        });
        let count = if dice.below(50) == 0 { 45 + dice.below(20) } else { 8 + dice.below(11) };
        let mut people: Vec<u32> = (0..count).map(|_| dice.below(PEOPLE)).collect();
        people.sort_unstable();
        people.dedup();
        for (at, person) in people.into_iter().enumerate() {
            let class = if at % 12 == 0 { MarkClass::LEADER_PRESENT } else { MarkClass::PARTICIPANT };
            data.marks.push(Mark { occasion, person, class, lost_clash: dice.below(40) == 0 });
        }
    }
    data
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap()
}
