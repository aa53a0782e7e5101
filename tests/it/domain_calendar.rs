//! Holidays, statutory deadlines, appeal days and bank days against an almanac reckoned apart from the service.

use bifall::domain::calendar::{
    Holiday, bank_days_after, easter_day, holiday, is_bank_day, is_weekday, last_day, last_day_to_appeal, move_deadline, next_bank_day,
    next_weekday, weeks_after,
};
use bifall::domain::period::{ActivityPeriod, DateRange, Weekend};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

const ALMANAC: &str = include_str!("../fixtures/calendar/sweden-2026-2030.csv");

struct Line<'a> {
    date: NaiveDate,
    weekday: &'a str,
    name: &'a str,
    deadline_ends: NaiveDate,
    appeal_ends: NaiveDate,
}

fn almanac() -> Vec<Line<'static>> {
    let line = |line: &'static str| {
        let cells: Vec<&str> = line.split(';').collect();
        let date = |at: usize| cells[at].parse().expect("a date");
        Line { date: date(0), weekday: cells[1], name: cells[2], deadline_ends: date(3), appeal_ends: date(4) }
    };
    ALMANAC.lines().filter(|line| !line.starts_with('#')).skip(1).map(line).collect()
}

#[test]
fn holidays_and_deadlines_are_those_of_the_almanac() {
    let almanac = almanac();
    assert!(almanac.iter().filter(|line| !line.name.is_empty()).count() >= 40, "the almanac is there");
    for Line { date, weekday, name, deadline_ends, appeal_ends } in almanac {
        assert_eq!(holiday(date).map(swedish), Some(name).filter(|name| !name.is_empty()), "{date}");
        assert_eq!(move_deadline(date), deadline_ends, "{date}");
        assert_eq!(last_day_to_appeal(date), appeal_ends, "{date}");
        assert_eq!(is_weekday(date), date == deadline_ends, "{date}");
        assert_eq!(is_bank_day(date), !matches!(weekday, "lör" | "sön") && name.is_empty(), "{date}");
    }
}

#[test]
fn easter_falls_where_the_church_puts_it() {
    // Published dates, among them the earliest and latest possible.
    for (year, month, day) in
        [(1818, 3, 22), (1943, 4, 25), (1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)]
    {
        assert_eq!(easter_day(year), NaiveDate::from_ymd_opt(year, month, day));
    }
    assert_eq!(easter_day(0), None);
}

#[test]
fn days_in_a_row_are_counted_over_the_longest_closed_time() {
    // Christmas 2026: Thursday 24 to Sunday 27 December; then Thursday 31 December to Sunday 3 January.
    assert_eq!(next_weekday(day(2026, 12, 23)), day(2026, 12, 28));
    assert_eq!(next_bank_day(day(2026, 12, 24)), day(2026, 12, 28));
    assert_eq!(next_bank_day(day(2026, 12, 28)), day(2026, 12, 28), "a bank day stays");
    assert_eq!(bank_days_after(day(2026, 12, 23), 1), day(2026, 12, 28));
    assert_eq!(bank_days_after(day(2026, 12, 23), 3), day(2026, 12, 30));
    assert_eq!(bank_days_after(day(2026, 12, 23), 4), day(2027, 1, 4));
    assert_eq!(bank_days_after(day(2026, 12, 24), 0), day(2026, 12, 28));
}

#[test]
fn a_period_closes_as_its_own_setting_says() {
    let period = |weekend| ActivityPeriod {
        id: "2026-H1".into(),
        covers: DateRange { from: day(2026, 1, 1), to: day(2026, 6, 30) },
        opens: day(2026, 7, 1),
        closes: day(2026, 8, 30),
        late_until: None,
        weekend,
    };
    assert_eq!(last_day(&period(Weekend::Exact)), day(2026, 8, 30), "a Sunday that stands as written");
    assert_eq!(last_day(&period(Weekend::NextWeekday)), day(2026, 8, 31));
}

proptest! {
    #[test]
    fn a_moved_deadline_is_the_first_weekday_from_the_day(days in 0_u64..40_000) {
        let date = day(2000, 1, 1) + Days::new(days);
        let moved = move_deadline(date);
        prop_assert!(is_weekday(moved));
        prop_assert!(date.iter_days().take_while(|between| *between < moved).all(|between| !is_weekday(between)));
        prop_assert!((moved - date).num_days() <= 5, "{} -> {}", date, moved);
        prop_assert_eq!(move_deadline(moved), moved);
    }

    #[test]
    fn weeks_keep_the_name_of_the_day(days in 0_u64..40_000, weeks in 0_u16..60) {
        let date = day(2000, 1, 1) + Days::new(days);
        prop_assert_eq!(weeks_after(date, weeks).weekday(), date.weekday());
        prop_assert_eq!((weeks_after(date, weeks) - date).num_days(), i64::from(weeks) * 7);
    }

    #[test]
    fn every_year_has_its_sixteen_days(year in 1990_i32..2200) {
        let found: Vec<(Holiday, NaiveDate)> =
            day(year, 1, 1).iter_days().take_while(|date| date.year() == year).filter_map(|date| Some((holiday(date)?, date))).collect();
        // Ascension Day falls on the first of May when Easter is on 23 March, and Whit Sunday can be the national day.
        let easter = easter_day(year).expect("a year");
        let shared = found.iter().filter(|(name, date)| match name {
            Holiday::MayDay => *date == easter + Days::new(39),
            Holiday::NationalDay => *date == easter + Days::new(49),
            _ => false,
        });
        prop_assert_eq!(found.len() + shared.count(), 16);
        for (name, date) in found {
            match name {
                Holiday::MidsummerDay | Holiday::AllSaintsDay => prop_assert_eq!(date.weekday(), Weekday::Sat),
                Holiday::GoodFriday | Holiday::MidsummerEve => prop_assert_eq!(date.weekday(), Weekday::Fri),
                Holiday::EasterDay | Holiday::WhitSunday => prop_assert_eq!(date.weekday(), Weekday::Sun),
                Holiday::EasterMonday => prop_assert_eq!(date.weekday(), Weekday::Mon),
                Holiday::AscensionDay => prop_assert_eq!(date.weekday(), Weekday::Thu),
                Holiday::NewYearsDay | Holiday::Epiphany | Holiday::MayDay | Holiday::NationalDay | Holiday::ChristmasEve
                | Holiday::ChristmasDay | Holiday::BoxingDay | Holiday::NewYearsEve => {}
            }
        }
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn swedish(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYearsDay => "nyårsdagen",
        Holiday::Epiphany => "trettondedag jul",
        Holiday::GoodFriday => "långfredagen",
        Holiday::EasterDay => "påskdagen",
        Holiday::EasterMonday => "annandag påsk",
        Holiday::MayDay => "första maj",
        Holiday::AscensionDay => "Kristi himmelsfärdsdag",
        Holiday::WhitSunday => "pingstdagen",
        Holiday::NationalDay => "nationaldagen",
        Holiday::MidsummerEve => "midsommarafton",
        Holiday::MidsummerDay => "midsommardagen",
        Holiday::AllSaintsDay => "alla helgons dag",
        Holiday::ChristmasEve => "julafton",
        Holiday::ChristmasDay => "juldagen",
        Holiday::BoxingDay => "annandag jul",
        Holiday::NewYearsEve => "nyårsafton",
    }
}
