//! Attendance written out in a test case: `[[case.occasion]]`.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::case_answers::sex;
use crate::domain::Localized;
use crate::domain::attendance::{ActivityKind, AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo, Sex};
use crate::text::definition::{Table, Value};

/// The occasions of a case as rules see them; `None` when the case has none.
///
/// A group of participants is the same persons on all dates of its occasion. Groups are different
/// persons, unless they have the same `who`: then the smaller is part of the greater.
pub(super) fn read_occasions(case: &Table<'_>) -> Option<AttendanceData> {
    let tables = case.tables("occasion");
    if tables.is_empty() {
        return None;
    }
    let mut persons = Persons::default();
    let mut held: Vec<(OccasionFacts, Vec<CaseMark>)> = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let occasions = read_occasion(table, at);
        let marks = read_marks(table, &mut persons);
        table.finish();
        held.extend(occasions.into_iter().map(|occasion| (occasion, marks.clone())));
    }
    // The total order in which ties are settled: date, start, card, code, then person.
    held.sort_by(|(a, _), (b, _)| (a.start, a.card, &a.code).cmp(&(b.start, b.card, &b.code)));
    let mut data = AttendanceData { persons: persons.facts, ..AttendanceData::default() };
    for (index, (occasion, mut marks)) in (0..).zip(held) {
        marks.sort_by_key(|(person, class, _)| (*person, class.is_leader()));
        data.marks.extend(marks.into_iter().map(|(person, class, lost_clash)| Mark { occasion: index, person, class, lost_clash }));
        data.occasions.push(occasion);
    }
    Some(data)
}

/// Person index, what the mark says, and whether it lost a clash.
type CaseMark = (u32, MarkClass, bool);

#[derive(Default)]
struct Persons {
    facts: Vec<PersonFacts>,
    groups: BTreeMap<String, Vec<u32>>,
}

impl Persons {
    fn add(&mut self, birth: NaiveDate, sex: Sex, resident: Option<bool>) -> Option<u32> {
        let index = u32::try_from(self.facts.len()).ok()?;
        self.facts.push(PersonFacts { no: PersonNo(i64::from(index) + 1), birth, sex, resident });
        Some(index)
    }
}

fn read_occasion(table: &Table<'_>, at: usize) -> Vec<OccasionFacts> {
    let dates: Vec<NaiveDate> =
        table.require("dates").map(|value| value.items().iter().filter_map(Value::date).collect()).unwrap_or_default();
    let start = table.require("start").and_then(|value| value.time());
    let end = table.require("end").and_then(|value| value.time());
    let numbered = i32::try_from(at).unwrap_or(i32::MAX).saturating_add(1);
    let card = table.get("card").and_then(|value| value.integer()).and_then(|card| i32::try_from(card).ok()).unwrap_or(numbered);
    let code = table.get("code").and_then(|value| value.text().map(str::to_owned));
    let activity = table.get("activity").and_then(|value| value.text().map(str::to_owned)).unwrap_or_default();
    let place = table.get("place").and_then(|value| value.text().map(str::to_owned)).unwrap_or_default();
    let team_sport = table.get("team_sport").and_then(|value| value.boolean());
    let kind = table
        .get("kind")
        .and_then(|value| {
            value.one_of(&[
                ("training", ActivityKind::Training),
                ("match", ActivityKind::Match),
                ("meeting", ActivityKind::Meeting),
                ("other", ActivityKind::Other),
            ])
        })
        .unwrap_or(ActivityKind::Training);
    let registered = table.get("registered").and_then(|value| value.date());
    let registered_after = table.get("registered_after").and_then(|value| value.integer()).and_then(|days| u64::try_from(days).ok());
    let (Some(start), Some(end)) = (start, end) else { return Vec::new() };
    dates
        .into_iter()
        .filter_map(|date| {
            let code = code.clone().map_or_else(|| format!("{card}-{date}"), |code| format!("{code}-{date}"));
            let (start, stop) = span(date, start, end)?;
            let registered = registered.or_else(|| registered_after.and_then(|days| date.checked_add_days(Days::new(days))));
            let (activity, place) = (activity.clone(), place.clone());
            Some(OccasionFacts { card, code, start, stop, kind, activity, place, team_sport, registered })
        })
        .collect()
}

/// An end before the start is after midnight.
fn span(date: NaiveDate, start: NaiveTime, end: NaiveTime) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let last = if end <= start { date.checked_add_days(Days::new(1))? } else { date };
    Some((date.and_time(start), last.and_time(end)))
}

fn read_marks(table: &Table<'_>, persons: &mut Persons) -> Vec<CaseMark> {
    let mut marks = Vec::new();
    for (key, role) in [("participants", MarkClass::PARTICIPANT), ("leaders", MarkClass::LEADER_PRESENT)] {
        let Some(value) = table.get(key) else { continue };
        for item in value.items() {
            marks.extend(read_group(&item, role, persons).unwrap_or_default());
        }
    }
    marks
}

fn read_group(value: &Value<'_>, role: MarkClass, persons: &mut Persons) -> Option<Vec<CaseMark>> {
    let table = value.table_like("{ n = 10, sex = \"f\", birth = 2014-05-01 }")?;
    let number_value = table.get("n");
    let number = number_value.as_ref().map_or(Some(1), |value| value.integer().and_then(|n| usize::try_from(n).ok()));
    let sex = table.require("sex").and_then(|value| sex(&value));
    let birth = table.require("birth").and_then(|value| value.date());
    let resident = table.get("resident").map_or(Some(true), |value| value.boolean());
    let flag = |key| table.get(key).and_then(|value| value.boolean()).unwrap_or(false);
    let (disability, absent, temporary, lost) = (flag("disability"), flag("absent"), flag("temporary_leader"), flag("lost_clash"));
    let who = table.get("who").and_then(|value| value.text().map(str::to_owned));
    table.finish();
    let number = number.filter(|number| *number <= 100_000);
    if number.is_none()
        && let Some(value) = number_value
    {
        value.problem(
            "out_of_range",
            Localized::both("Antalet ska vara 0–100 000.", "The number must be 0–100 000."),
            Localized::both("Skriv till exempel n = 12.", "Write for example n = 12."),
        );
    }
    let (number, sex, birth) = (number?, sex?, birth?);
    let mut class = role;
    class = if disability { class.disability() } else { class };
    class = if absent { class.absent() } else { class };
    class = if temporary { class.temporary_leader() } else { class };
    let mut group = who.as_ref().and_then(|who| persons.groups.get(who).cloned()).unwrap_or_default();
    while group.len() < number {
        group.push(persons.add(birth, sex, resident)?);
    }
    if let Some(who) = who {
        persons.groups.insert(who, group.clone());
    }
    Some(group.into_iter().take(number).map(|person| (person, class, lost)).collect())
}
