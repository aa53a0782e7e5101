use bifall::domain::attendance::MarkClass;
use bifall::packages::{CaseAttendance, Files, Surroundings, load, read_case_file, run_cases};

use super::{good, no_attendance, with};

#[test]
fn the_shipped_grant_types_pass_their_cases() {
    let (packages, problems) = load(&Files::built_in(), &Surroundings::default());
    assert_eq!(problems, []);
    assert_eq!(packages.len(), 5);
    for package in packages {
        assert!(package.cases.len() >= 5, "{} has cases", package.id);
        for result in run_cases(&package, &no_attendance) {
            assert_eq!(result.differences, [], "{} {}", package.id, result.id);
        }
    }
}

#[test]
fn what_comes_out_otherwise_is_named_with_its_place() {
    let shown = |from: &str, to: &str| {
        let (packages, problems) = load(&with("rules/prov/cases.toml", from, to), &Surroundings::built_in());
        assert_eq!(problems, []);
        let results = run_cases(&packages[0], &no_attendance);
        results
            .iter()
            .flat_map(|result| &result.differences)
            .map(|difference| format!("{} {}", difference.place.line, difference.message.sv))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("total = \"42.00\"", "total = \"42.00\""), Vec::<String>::new());
    assert_eq!(shown("total = \"42.00\"", "total = \"41.99\""), ["11 summa: väntade 41.99, fick 42.00"]);
    assert_eq!(shown("per_styck = \"42\"", "per_styck = \"43\""), ["12 rad per_styck: väntade 43, fick 42"]);
    assert_eq!(shown("per_styck = \"42\"", "tak = \"-1\""), ["12 rad tak: väntade -1, fick ingen rad"]);
    assert_eq!(shown("for_fa = \"ok\"", "for_fa = \"fail\""), ["13 krav for_fa: väntade fail, fick ok"]);
    assert_eq!(shown("total = \"42.00\"", "route = \"namnd\""), ["11 väg: väntade namnd, fick "]);
}

#[test]
fn occasions_become_attendance_in_the_total_order() {
    let (packages, _) = load(&good(), &Surroundings::built_in());
    let text = r#"
[[case]]
id = "a"
period = "2026-H1"
received = 2026-08-01
[[case.occasion]]
dates = [2026-02-09, 2026-02-02]
start = "18:00"
end = 19:30:00
card = 7
kind = "match"
participants = [{ n = 2, sex = "f", birth = 2014-05-01, who = "lag" }, { sex = "m", birth = 2013-01-01, disability = true, absent = true }]
leaders = [{ sex = "f", birth = 1990-01-01, resident = false }]
[[case.occasion]]
dates = [2026-02-02]
start = "23:30"
end = "00:15"
participants = [{ n = 3, sex = "f", birth = 2014-05-01, who = "lag" }]
"#;
    let (cases, problems) = read_case_file("cases.toml", text, &packages[0].form);
    assert_eq!(problems, []);
    let CaseAttendance::Written(data) = &cases[0].attendance else { panic!("occasions") };
    let order: Vec<(String, i64)> = data.occasions.iter().map(|occasion| (occasion.start.to_string(), occasion.minutes())).collect();
    let expected = [("2026-02-02 18:00:00", 90), ("2026-02-02 23:30:00", 45), ("2026-02-09 18:00:00", 90)];
    assert_eq!(order, expected.map(|(start, minutes)| (start.to_owned(), minutes)));
    // Two of the team, one boy, one leader, and a third of the team at the second occasion.
    assert_eq!(data.persons.len(), 5);
    let first: Vec<(u32, u8)> = data.marks.iter().filter(|mark| mark.occasion == 0).map(|mark| (mark.person, mark.class.bits())).collect();
    let boy = MarkClass::PARTICIPANT.disability().absent().bits();
    assert_eq!(first, [(0, 0), (1, 0), (2, boy), (3, MarkClass::LEADER_PRESENT.bits())]);
    let second: Vec<u32> = data.marks.iter().filter(|mark| mark.occasion == 1).map(|mark| mark.person).collect();
    assert_eq!(second, [0, 1, 4]);
}
