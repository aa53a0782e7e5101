use bifall::domain::attendance::MarkClass;
use bifall::packages::{CaseAttendance, Files, Surroundings, load, read_case_file, run_cases};

use super::{good, with};

#[test]
fn the_shipped_grant_types_pass_their_cases() {
    let (packages, problems) = load(&Files::built_in(), &Surroundings::default());
    assert_eq!(problems, []);
    assert_eq!(packages.len(), 11);
    for package in packages {
        assert!(package.cases.len() >= 5, "{} has cases", package.id);
        for result in run_cases(&package) {
            assert_eq!(result.differences, [], "{} {}", package.id, result.id);
        }
    }
}

#[test]
fn what_comes_out_otherwise_is_named_with_its_place() {
    let shown = |from: &str, to: &str| {
        let (packages, problems) = load(&with("rules/prov/cases.toml", from, to), &Surroundings::built_in());
        assert_eq!(problems, []);
        let results = run_cases(&packages[0]);
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
    let (file, problems) = read_case_file("cases.toml", text, &packages[0].form);
    let cases = file.cases;
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

/// Expected values worked out by a separate script over the same file (age by calendar year, 45 minutes, a leader of
/// 13, three participants): girls 97 × 9.89 = 959.33, boys 97 × 8.02 = 777.94, leaders 39 × 8.02 = 312.78; 2 050.05 in all.
#[test]
fn a_real_exporters_file_is_calculated() {
    let mut files = Files::built_in();
    let bytes = include_bytes!("../../fixtures/attendance/dak22_skojjt-v1_small.xml");
    files.0.insert("rules/aktivitetsstod/narvaro.xml".to_owned(), bytes.to_vec());
    let case = |number: &str| {
        format!(
            r#"
[[case]]
id = "fil"
period = "2026-H1"
received = 2026-08-01
org = {{ number = "{number}" }}
answers = {{ narvaro_stammer = true, ny_lokal = false }}
approvals = {{ "godkand-forening" = [2026-01-01, 2026-12-31] }}
attendance = ["narvaro.xml"]

[case.expect]
total = "2050.00"
rows = {{ flickor_och_kvinnor = "959.33", pojkar_och_man = "777.94", ledare = "312.78", rounding = "-0.05" }}
account = {{ imported = 277, with_leader = -13, at_least = -5, paid = 233 }}
"#
        )
    };
    let mut run = |number: &str| {
        files.0.insert("rules/aktivitetsstod/cases.toml".to_owned(), case(number).into_bytes());
        let (packages, problems) = load(&files, &Surroundings::default());
        assert_eq!(problems, []);
        let package = packages.iter().find(|package| package.id == "aktivitetsstod").expect("the package");
        run_cases(package)[0].differences.iter().map(|difference| difference.message.sv.clone()).collect::<Vec<_>>()
    };
    assert_eq!(run("8029999904"), Vec::<String>::new());
    assert_eq!(run("8020010001"), ["narvaro.xml: ingen av filens föreningar har organisationsnumret 8020010001."]);
}
