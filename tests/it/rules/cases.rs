//! The built-in package's own cases, read here with as little as they need.

use std::sync::Arc;

use bifall::domain::attendance::{AttendanceData, MarkClass, Sex};
use bifall::domain::inputs::{Answer, Approval, Inputs};
use bifall::text::definition::{Source, Table};
use chrono::NaiveTime;

use super::aktivitetsstod::package;
use super::support::{Attendance, check, inputs, row, run};

const CASES: &str = include_str!("../../../rules/aktivitetsstod/cases.toml");

struct Expected {
    total: String,
    rows: Vec<(String, String)>,
    checks: Vec<(String, String)>,
}

#[test]
fn every_case_comes_out_as_worked_out_by_hand() {
    let rules = package();
    let (cases, problems) = Source::new("cases.toml", CASES).read(|root| Some(root.tables("case").iter().map(case).collect::<Vec<_>>()));
    assert!(problems.is_empty(), "{problems:#?}");
    let cases = cases.expect("the cases are TOML");
    assert!(cases.len() >= 8);
    for (id, inputs, attendance, expected) in &cases {
        let evaluated = run(&rules, inputs, Some(attendance));
        let evaluation = &evaluated.evaluation;
        assert_eq!(evaluation.total_ore.to_string(), expected.total, "{id}: {:#?}", evaluation.rows);
        for (row_id, value) in &expected.rows {
            assert_eq!(row(&evaluated, row_id).value.to_string(), *value, "{id}: {row_id}");
        }
        for (check_id, status) in &expected.checks {
            let found = format!("{:?}", check(&evaluated, check_id).status).to_lowercase();
            assert_eq!(found, *status, "{id}: {check_id}");
        }
        let account = &evaluation.account;
        let sum: i64 = account[..account.len() - 1].iter().map(|line| line.marks).sum();
        assert_eq!(sum, account[account.len() - 1].marks, "{id}: the account adds up");
    }
}

fn case(table: &Table<'_>) -> (String, Inputs, Arc<AttendanceData>, Expected) {
    let mut case = inputs();
    let id = table.require("id").and_then(|value| value.id()).expect("an id");
    let _ = (table.get("period"), table.get("org"));
    case.received = table.require("received").and_then(|value| value.date()).expect("a date");
    for (name, dates) in table.get("approvals").and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default() {
        let dates: Vec<_> = dates.items().iter().filter_map(|date| date.date()).collect();
        case.approvals.insert(name.value, Approval { from: dates[0], to: dates[1] });
    }
    for (name, answer) in table.get("answers").and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default() {
        case.answers.insert(name.value, Answer::YesNo(answer.boolean().expect("the cases have yes and no only")));
    }
    let mut attendance = Attendance::default();
    for occasion in table.tables("occasion") {
        self::occasion(&occasion, &mut attendance);
        occasion.finish();
    }
    let expect = table.require("expect").and_then(|value| value.table()).expect("what is expected");
    let words = |key: &'static str| -> Vec<(String, String)> {
        let entries = expect.get(key).and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default();
        entries.iter().map(|(key, value)| (key.value.clone(), value.text().expect("a word").to_owned())).collect()
    };
    let total = expect.require("total").and_then(|value| value.text()).expect("a total").to_owned();
    let expected = Expected { total, rows: words("rows"), checks: words("checks") };
    expect.finish();
    table.finish();
    (id, case, attendance.build(), expected)
}

fn occasion(table: &Table<'_>, attendance: &mut Attendance) {
    let time = |key: &'static str| -> NaiveTime {
        let text = table.require(key).and_then(|value| value.text()).expect("a time");
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    };
    let minutes = (time("end") - time("start")).num_minutes();
    let activity = table.get("activity").and_then(|value| value.text()).unwrap_or("Träning");
    let lists = [("participants", MarkClass::PARTICIPANT), ("leaders", MarkClass::LEADER_PRESENT)];
    let mut people = Vec::new();
    for (key, class) in lists {
        for group in table.get(key).map(|value| value.items()).unwrap_or_default() {
            let group = group.table().expect("a group");
            let count = group.require("n").and_then(|value| value.integer()).expect("a number");
            let sex = group.require("sex").and_then(|value| value.one_of(&[("f", Sex::Female), ("m", Sex::Male)])).expect("a sex");
            let birth = group.require("birth").and_then(|value| value.date()).expect("a date").to_string();
            group.finish();
            people.push((attendance.people(usize::try_from(count).expect("few"), sex, &birth), class));
        }
    }
    for date in table.require("dates").map(|value| value.items()).unwrap_or_default() {
        let date = date.date().expect("a date").to_string();
        let occasion = attendance.named(&date, minutes, activity);
        for (people, class) in &people {
            attendance.all_at(occasion, people, *class);
        }
    }
}
