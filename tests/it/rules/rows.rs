//! Rows by band, step, tier and bound, each with an amount worked out by hand.

use std::sync::Arc;

use bifall::domain::Money;
use bifall::domain::attendance::{AttendanceData, MarkClass, Sex};
use bifall::domain::calculation::{CheckStatus, PaidWhen};
use bifall::domain::inputs::{Answer, Budget, BudgetLine, EarlierGrant, Inputs};
use bifall::rules::Evaluated;

use super::support::{Attendance, check, day, inputs, row, rules, run};

const P: MarkClass = MarkClass::PARTICIPANT;

fn parameter(id: &str, kind: &str, value: &str) -> String {
    format!("[{id}]\ntype = \"{kind}\"\nunit = \"\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
}

fn calculate(body: &str, parameters: &[(&str, &str, &str)], case: &Inputs, data: Option<&Arc<AttendanceData>>) -> Evaluated {
    let parameters: String = parameters.iter().map(|(id, kind, value)| parameter(id, kind, value)).collect();
    let texts = r#"
[r]
text = "{band}: {quantity} à {rate} = {amount}"
[s]
text = "{amount}"
[t]
text = "{value}"
[d]
text = "{percent} av {quantity}"
[tak]
text = "Högst {limit}"
motivation = "Taket är {limit}."
[trappa]
text = "{days} dagar sent"
motivation = "{days} dagar efter sista dagen: {percent} av {quantity} dras av."
"#;
    let known = ["r", "s", "t", "d", "tak", "trappa"];
    let used: String = texts
        .split("\n[")
        .filter(|part| known.iter().any(|id| part.starts_with(&format!("{id}]")) && body.contains(&format!("\"{id}\""))))
        .map(|part| format!("[{part}\n"))
        .collect();
    run(&rules(&format!("fn calculate(application) {{ {body} }}"), &parameters, &used), case, data)
}

fn values(evaluated: &Evaluated) -> Vec<(&str, String)> {
    evaluated.evaluation.rows.iter().map(|row| (row.id.as_str(), row.value.to_string())).collect()
}

fn amounts<'a>(wanted: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    wanted.iter().map(|(id, value)| (*id, (*value).to_owned())).collect()
}

/// Monday 60 min with 4 of twelve and a leader; Tuesday 119 min with 12 of fifteen.
fn club() -> Arc<AttendanceData> {
    let mut all = Attendance::default();
    let (small, big) = (all.people(4, Sex::Female, "2014-01-01"), all.people(12, Sex::Male, "2011-01-01"));
    let leader = all.person(Sex::Male, "1980-01-01");
    let (monday, tuesday) = (all.occasion("2026-02-02", 60), all.occasion("2026-02-03", 119));
    all.all_at(monday, &small, P);
    all.mark(monday, leader, MarkClass::LEADER_PRESENT);
    all.all_at(tuesday, &big, P);
    all.build()
}

#[test]
fn each_band_is_a_row_of_its_own() {
    let ages = ("p", "bands", "[{ from = 7, to = 12, value = \"3.50\" }, { from = 13, value = \"13.80\" }]");
    let done = calculate("band_rows(\"r\", application.attendance, \"p\");", &[ages], &inputs(), Some(&club()));
    // 4 x 3,50 = 14; 12 x 13,80 = 165,60.
    assert_eq!(values(&done), amounts(&[("r_7_12", "14"), ("r_13", "165.6"), ("total", "179.6")]));
    assert_eq!(row(&done, "r_7_12").text.sv, "7–12: 4 à 3,50\u{A0}kr = 14\u{A0}kr");
    assert_eq!(row(&done, "r_13").text.sv, "13–: 12 à 13,80\u{A0}kr = 165,60\u{A0}kr");
    let sizes = ("p", "bands", "[{ from = 3, to = 10, value = 40 }, { from = 11, to = 20, value = 60 }]");
    let done = calculate("occasion_rows(\"r\", application.attendance, \"p\");", &[sizes], &inputs(), Some(&club()));
    assert_eq!(values(&done), amounts(&[("r_3_10", "40"), ("r_11_20", "60"), ("total", "100")]));
    let most = ("h", "integer", "1");
    let hours = |rule: &str, most| {
        let body = format!("hour_rows(\"r\", application.attendance, \"p\", \"h\", \"{rule}\");");
        calculate(&body, &[sizes, most], &inputs(), Some(&club())).evaluation.total_ore.kronor().to_string()
    };
    assert_eq!(hours("begun", ("h", "integer", "3")), "160.00", "1 x 40 + 2 x 60");
    assert_eq!(hours("whole", ("h", "integer", "3")), "100.00", "119 minutes is one whole hour");
    assert_eq!(hours("begun", most), "100.00", "at most one hour");
}

#[test]
fn what_no_band_covers_is_unknown_and_never_zero() {
    let small = ("p", "bands", "[{ from = 3, to = 10, value = 40 }]");
    let done = calculate("occasion_rows(\"r\", application.attendance, \"p\");", &[small], &inputs(), Some(&club()));
    assert_eq!(check(&done, "r").status, CheckStatus::Unknown, "twelve participants lie outside");
    assert_eq!(values(&done), amounts(&[("total", "0")]));
    for (body, number) in [("band_row(\"r\", 2, \"p\");", "2"), ("band_fixed(\"r\", 11, \"p\");", "11")] {
        assert_eq!(check(&calculate(body, &[small], &inputs(), None), "r").status, CheckStatus::Unknown, "{number}");
    }
    assert_eq!(values(&calculate("band_row(\"r\", 4, \"p\");", &[small], &inputs(), None))[0], ("r", "160".to_owned()));
    assert_eq!(values(&calculate("band_fixed(\"r\", 10, \"p\");", &[small], &inputs(), None))[0], ("r", "40".to_owned()));
}

#[test]
fn marks_are_paid_by_their_place_in_the_week() {
    let mut all = Attendance::default();
    let (often, seldom) = (all.person(Sex::Female, "2014-01-01"), all.person(Sex::Male, "2014-01-01"));
    // Monday to Saturday of one week, and the Monday after.
    for date in ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-07", "2026-02-09"] {
        let occasion = all.occasion(date, 60);
        all.mark(occasion, often, P);
        if date == "2026-02-03" {
            all.mark(occasion, seldom, P);
        }
    }
    let steps = ("p", "steps", "[{ to = 2, value = \"7.86\" }, { to = 5, value = 5 }]");
    let done = calculate("rank_rows(\"r\", application.attendance, \"p\", \"week\");", &[steps], &inputs(), Some(&all.build()));
    // First and second: 2 + 1 (seldom) + 1 (next week) = 4 x 7,86 = 31,44; third to fifth: 3 x 5; the sixth gives nothing.
    assert_eq!(values(&done), amounts(&[("r_1", "31.44"), ("r_2", "15"), ("r_rest", "0"), ("total", "46.44")]));
    assert_eq!(row(&done, "r_2").text.sv, "3–5: 3 à 5\u{A0}kr = 15\u{A0}kr");
    assert_eq!(row(&done, "r_rest").text.sv, "6–: 1 à 0\u{A0}kr = 0\u{A0}kr");
}

#[test]
fn the_first_give_more_than_the_next() {
    let steps = ("p", "steps", "[{ to = 50, value = 100 }, { value = 40 }]");
    let of = |number: &str| {
        values(&calculate(&format!("tier_rows(\"r\", {number}, \"p\");"), &[steps], &inputs(), None))
            .into_iter()
            .map(|(id, value)| (id.to_owned(), value))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("120"),
        [("r_1".to_owned(), "5000".to_owned()), ("r_2".to_owned(), "2800".to_owned()), ("total".to_owned(), "7800".to_owned())]
    );
    assert_eq!(of("50"), [("r_1".to_owned(), "5000".to_owned()), ("total".to_owned(), "5000".to_owned())]);
}

#[test]
fn occasions_and_persons_have_caps_and_floors_of_their_own() {
    let club = club();
    let bounded = |operation: &str, limit: &str| {
        let body = format!(
            "let a = application.attendance.rates(#{{ female: \"sats\", male: \"sats\" }}); amount_row(\"s\", a.amount); {operation}(\"tak\", a);"
        );
        values(&calculate(&body, &[("sats", "money", "10"), ("tak", "money", limit)], &inputs(), Some(&club)))
            .into_iter()
            .map(|(id, value)| format!("{id} {value}"))
            .collect::<Vec<_>>()
    };
    // Monday earns 40, Tuesday 120; sixteen persons earn 10 each.
    assert_eq!(bounded("cap_per_occasion", "80"), ["s 160", "tak -40", "total 120"]);
    assert_eq!(bounded("cap_per_occasion", "30"), ["s 160", "tak -100", "total 60"], "10 over and 90 over");
    assert_eq!(bounded("cap_per_occasion", "120"), ["s 160", "total 160"]);
    assert_eq!(bounded("cap_per_person", "8"), ["s 160", "tak -32", "total 128"]);
    assert_eq!(bounded("floor_per_occasion", "50"), ["s 160", "tak 10", "total 170"]);
}

#[test]
fn caps_by_share_by_what_was_given_by_band_and_by_an_amount() {
    let after = |body: &str, parameter: (&str, &str, &str)| {
        let done = calculate(&format!("amount_row(\"s\", 1000); {body}"), &[parameter], &inputs(), None);
        done.evaluation.total_ore.kronor().normalize().to_string()
    };
    assert_eq!(after("cap_share(\"tak\", 1200);", ("tak", "percent", "75")), "900");
    assert_eq!(after("cap_share(\"tak\", 2000);", ("tak", "percent", "75")), "1000");
    assert_eq!(after("cap_less(\"tak\", 450);", ("tak", "money", "1200")), "750");
    assert_eq!(after("cap_less(\"tak\", 1300);", ("tak", "money", "1200")), "0", "never below zero");
    let bands = ("tak", "bands", "[{ from = 20, to = 99, value = 600 }, { from = 100, value = 800 }]");
    assert_eq!(after("cap(\"tak\", 99);", bands), "600");
    assert_eq!(after("cap(\"tak\", 100);", bands), "800");
    assert_eq!(after("cap(\"tak\", 19);", bands), "1000", "outside the bands an officer decides");
    assert_eq!(after("cap_to(\"tak\", less(500, 120)); input(\"t\", param(\"p\"), \"st\");", ("p", "integer", "1")), "380");
}

#[test]
fn factors_and_multiples_are_rows() {
    let of = |body: &str, parameter: (&str, &str, &str)| {
        let done = calculate(&format!("amount_row(\"s\", 1234.50); {body}"), &[parameter], &inputs(), None);
        values(&done).into_iter().skip(1).map(|(id, value)| format!("{id} {value}")).collect::<Vec<_>>()
    };
    assert_eq!(of("multiply(\"t\", \"p\");", ("p", "decimal", "\"1.5\"")), ["t 617.25", "total 1851.75"]);
    assert_eq!(of("multiply(\"t\", \"p\");", ("p", "decimal", "\"0.5\"")), ["t -617.25", "total 617.25"]);
    assert_eq!(of("round_to(\"p\");", ("p", "integer", "100")), ["rounding -34.5", "total 1200"]);
    assert_eq!(of("round_up_to(\"p\");", ("p", "integer", "100")), ["rounding 65.5", "total 1300"]);
    assert_eq!(of("round_down_to(\"p\");", ("p", "money", "10")), ["rounding -4.5", "total 1230"]);
}

#[test]
fn a_ladder_by_date_stands_still_when_the_last_day_moves() {
    let ladder = (
        "trappa",
        "steps",
        "[{ until = \"09-01\", percent = 25 }, { until = \"09-15\", percent = 50 }, { until = \"09-30\", percent = 75 }]",
    );
    let total = |received: &str, complete: Option<&str>, due: &str, from: &str| {
        let mut case = inputs();
        case.received = day(received);
        case.complete = complete.map(day);
        case.due = day(due);
        let done = calculate(&format!("amount_row(\"s\", 1000); late_reduction(\"trappa\"{from});"), &[ladder], &case, None);
        done.evaluation.total_ore.kronor().normalize().to_string()
    };
    assert_eq!(total("2026-08-25", None, "2026-08-25", ""), "1000");
    assert_eq!(total("2026-08-26", None, "2026-08-25", ""), "750");
    assert_eq!(total("2026-09-01", None, "2026-08-25", ""), "750");
    assert_eq!(total("2026-09-02", None, "2026-08-25", ""), "500");
    assert_eq!(total("2026-09-30", None, "2026-08-25", ""), "250");
    assert_eq!(total("2026-10-01", None, "2026-08-25", ""), "0");
    assert_eq!(total("2026-08-20", Some("2026-09-10"), "2026-08-25", ""), "1000", "the day of receipt decides");
    assert_eq!(total("2026-08-20", Some("2026-09-10"), "2026-08-25", ", \"complete\""), "500", "unless the rule asks for complete");
    assert_eq!(total("2026-08-27", Some("2026-09-10"), "2026-08-25", ""), "750", "late as received, not as completed");
    assert_eq!(total("2026-08-27", Some("2026-09-10"), "2026-08-25", ", \"received\""), "750");
    // Extended to 10 September: in time that day; two days later the step of 15 September holds.
    assert_eq!(total("2026-09-10", None, "2026-09-10", ""), "1000");
    assert_eq!(total("2026-09-12", None, "2026-09-10", ""), "500");
}

#[test]
fn the_granted_sum_is_paid_in_parts_that_make_it_up() {
    let of = |total: &str, share: &str| {
        let body = format!("amount_row(\"s\", {total}); payout_share(\"d\", \"p\", \"requisition\"); payout_rest(\"t\", \"report\");");
        let done = calculate(&body, &[("p", "percent", share)], &inputs(), None);
        done.evaluation.payouts.iter().map(|part| (part.id.clone(), part.when, part.amount_ore.ore())).collect::<Vec<_>>()
    };
    let ninety = [("d".to_owned(), PaidWhen::Requisition, 90_000), ("t".to_owned(), PaidWhen::Report, 10_000)];
    assert_eq!(of("1000", "90"), ninety);
    // 33 % of 100,05 = 33,0165, 33,02; the rest 67,03.
    assert_eq!(of("100.05", "33").iter().map(|(_, _, ore)| *ore).collect::<Vec<_>>(), [3_302, 6_703]);
    assert_eq!(of("0", "90"), [], "nothing is paid in no parts");
}

#[test]
fn a_guarantee_covers_the_loss_up_to_its_limit() {
    let budget = |costs: i64, incomes: i64| {
        let line = |kronor| BudgetLine { text: "Rad".to_owned(), amount: Money::from_kronor(kronor).expect("kronor") };
        Answer::Budget(Budget { costs: vec![line(costs)], incomes: vec![line(incomes)] })
    };
    let total = |outcome: Option<Answer>| {
        let mut case = inputs();
        case.answers.extend(outcome.map(|answer| ("utfall".to_owned(), answer)));
        let body = "fixed(\"s\", \"p\"); if answered(application.answers.utfall) { cap_to(\"tak\", loss(application.answers.utfall)); } payout_rest(\"t\", \"report\");";
        let done = calculate(body, &[("p", "money", "20000")], &case, None);
        (done.evaluation.total_ore.kronor().normalize().to_string(), done.evaluation.payouts.len())
    };
    assert_eq!(total(None), ("20000".to_owned(), 1), "granted before the event");
    assert_eq!(total(Some(budget(50_000, 42_000))), ("8000".to_owned(), 1), "the loss");
    assert_eq!(total(Some(budget(90_000, 42_000))), ("20000".to_owned(), 1), "never more than was granted");
    assert_eq!(total(Some(budget(40_000, 42_000))), ("0".to_owned(), 0), "no loss");
}

#[test]
fn other_grants_are_found_by_period_and_by_day_of_decision() {
    let mut case = inputs();
    let grant = |kind: &str, period: &str, decided: Option<&str>| EarlierGrant {
        grant_type: kind.to_owned(),
        period: period.to_owned(),
        amount_ore: Money::from_ore(500_000),
        decided: decided.map(day),
    };
    case.earlier =
        vec![grant("start", "2025", Some("2025-08-20")), grant("grund", "2025", Some("2025-08-19")), grant("lokal", "2026-H1", None)];
    let value = |expression: &str| {
        let done = calculate(&format!("input(\"t\", {expression}, \"kr\");"), &[("p", "integer", "12")], &case, None);
        done.evaluation.rows.iter().find(|row| row.id == "t").map(|row| row.value.to_string())
    };
    // Received on 20 August 2026: twelve months back is 20 August 2025.
    assert_eq!(value("granted_within(\"start\", \"p\")").as_deref(), Some("5000"));
    assert_eq!(value("granted_within(\"grund\", \"p\")").as_deref(), Some("0"));
    assert_eq!(value("granted_within(\"lokal\", \"p\")"), None, "nobody knows when it was decided");
    assert_eq!(value("granted(\"lokal\", \"same\") + param(\"p\") * 0").as_deref(), Some("5000"));
    let texts = "[a]\ntext = \"Ska ha fått\"\n[b]\ntext = \"Ska inte ha fått\"\n[c]\ntext = \"Kom för sent\"";
    let script = r#"fn validate(application) {
        require_granted("a", "lokal", "same");
        require_not_granted("b", "lokal", "same");
        dismiss_if("c", application.days_late > 3);
    }"#;
    let set = rules(script, "", texts);
    let done = run(&set, &case, None);
    let status = |id: &str| check(&done, id).status;
    assert_eq!([status("a"), status("b"), status("c")], [CheckStatus::Ok, CheckStatus::Fail, CheckStatus::Ok]);
    assert_eq!(done.evaluation.dismissed, Vec::<String>::new());
    case.received = day("2026-08-29");
    let done = run(&set, &case, None);
    assert_eq!(check(&done, "c").status, CheckStatus::Fail, "four days late");
    assert_eq!(done.evaluation.dismissed, ["c"], "it is not tried");
}
