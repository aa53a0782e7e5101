//! Twenty-three real municipal grants are configuration: each is a package under `tests/grants`, none needs code of its own.
//! Their expected figures come from `tests/independent/grants`, which knows nothing of the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bifall::domain::Money;
use bifall::domain::calculation::CheckStatus;
use bifall::packages::{Case, CaseAttendance, Files, Package, RoundCase, Surroundings, load_all, run_cases};
use bifall::rules::{Mode, Value as Worth, evaluate};
use bifall::text::definition::Located;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grants")
}

/// Grant -> what the independent calculation says of its cases and rounds.
fn reckoned() -> Map<String, Value> {
    let text = include_str!("../../independent/grants/EXPECTED.json");
    serde_json::from_str(text).expect("the independent calculation's file")
}

fn files() -> BTreeMap<String, Files> {
    reckoned().keys().map(|id| (id.clone(), Files::from_dir(&folder().join(id)).expect("the package's folder"))).collect()
}

/// What one of them declares, the others may lean on.
fn around(shared: Files) -> Surroundings {
    let mut around = Surroundings { shared, ..Surroundings::built_in() };
    files().values().for_each(|files| around.know(files));
    around
}

fn packages() -> Vec<Package> {
    let around = around(Files::built_in());
    files().into_values().flat_map(|files| load_all(&files, &around)).filter_map(|checked| checked.package).collect()
}

#[test]
fn there_are_twenty_three_and_each_is_checked_here() {
    let listed = std::fs::read_dir(folder()).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let listed: BTreeSet<String> = listed.map(|name| name.into_string().expect("a name")).collect();
    assert_eq!(listed, reckoned().keys().cloned().collect());
    assert_eq!(listed.len(), 23);
}

/// Nothing is wrong, not even a warning, and nothing is taken from what comes with the program.
#[test]
fn each_is_in_order_and_stands_on_its_own() {
    let around = around(Files::default());
    for (id, files) in files() {
        let checked = load_all(&files, &around);
        assert_eq!(checked.iter().map(|checked| checked.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
        assert_eq!(checked[0].problems, [], "{id}");
        assert!(checked[0].package.is_some(), "{id}");
    }
}

#[test]
fn every_number_says_where_it_comes_from() {
    for package in packages() {
        for (id, parameter) in package.rules.parameters().iter() {
            let source = parameter.source.as_deref().unwrap_or_default();
            assert!(!source.trim().is_empty() && !parameter.paragraph.trim().is_empty(), "{} {id}", package.id);
        }
    }
}

/// Sorsele's page pays for the trip there and back yet nowhere says that the miles count both ways, and asks for five participants
/// only where it tells of gatherings: both are said to be our reading.
#[test]
fn what_the_page_of_sorsele_leaves_open_is_said_to_be_assumed() {
    let package = packages().into_iter().find(|package| package.id == "sorsele-resebidrag").expect("the package");
    let both_ways = package.rules.parameters().get("fram_och_ater").expect("the parameter");
    assert!(both_ways.paragraph.starts_with("Antagande"), "{}", both_ways.paragraph);
    assert!(both_ways.source.as_deref().is_some_and(|source| source.starts_with("Antagande")), "{:?}", both_ways.source);
    let script = package.files.text("rules/sorsele-resebidrag/rules.rhai").expect("the script");
    let (open, _) = script.split_once("fn validate").expect("the open questions stand first");
    for question in ["minst 5 deltagare", "åt båda hållen"] {
        assert!(open.contains(question), "{question}");
    }
}

/// Kommunallagen 2 kap. 3 §: members are treated alike. Figures that a table has under the old number are put under the new.
#[test]
fn another_organisation_number_gives_the_same_in_every_case_of_every_grant() {
    let (mut tried, swapped) = (0, "8029991235");
    for package in packages() {
        for case in &package.cases {
            let data = match &case.attendance {
                CaseAttendance::Written(data) => Some(Arc::new(data.clone())),
                CaseAttendance::None => package.form.uses_attendance().then(Arc::default),
                CaseAttendance::Files(_) => continue,
            };
            let mut other = case.inputs.clone();
            for figures in other.tables.values_mut() {
                if let Some(figure) = figures.remove(&case.inputs.organisation.number) {
                    figures.insert(swapped.to_owned(), figure);
                }
            }
            other.organisation.number = swapped.to_owned();
            let run = |inputs| {
                let done = evaluate(&package.rules, inputs, data.clone(), Mode::Plain).expect("it runs").evaluation;
                let rows: Vec<(String, Decimal)> = done.rows.iter().map(|row| (row.id.clone(), row.value)).collect();
                let checks: Vec<(String, CheckStatus)> = done.checks.iter().map(|check| (check.id.clone(), check.status)).collect();
                (rows, checks, done.account, done.total_ore, done.route)
            };
            assert_eq!(run(&case.inputs), run(&other), "{} {}", package.id, case.id);
            tried += 1;
        }
    }
    assert!(tried > 110, "five of each grant at the least: {tried}");
}

/// A typical case, a limit from both sides, a late one and a refusal are five at least.
#[test]
fn each_is_tried_from_all_sides() {
    for package in packages() {
        let fails = |case: &Case| case.expect.checks.iter().any(|(_, status)| *status == CheckStatus::Fail);
        let nothing = |case: &Case| case.expect.total.as_ref().is_some_and(|total| total.value == Money::ZERO);
        assert!(package.cases.len() >= 5, "{} has {} cases", package.id, package.cases.len());
        assert!(package.cases.iter().any(|case| fails(case) || nothing(case)), "{} refuses something", package.id);
        assert!(package.cases.iter().any(|case| !fails(case)), "{} grants something", package.id);
    }
}

/// Who is left out of too large a group is chosen by what girls earn, which is what everybody earns times a factor.
#[test]
fn what_girls_earn_in_botkyrka_is_the_points_times_the_factor() {
    let package = packages().into_iter().find(|package| package.id == "botkyrka-idrott-scout").expect("the package");
    let worth = |id: &str| package.rules.parameters().get(id).expect("the parameter").values.last().expect("a value").value.clone();
    let (Worth::Bands(all), Worth::Bands(girls), Worth::Decimal(factor)) = (worth("poang"), worth("poang_flicka"), worth("flickfaktor"))
    else {
        panic!("two bands and a factor");
    };
    let times = all.all().iter().map(|band| (band.from, band.to, band.value * factor)).collect::<Vec<_>>();
    assert_eq!(girls.all().iter().map(|band| (band.from, band.to, band.value)).collect::<Vec<_>>(), times);
}

fn money(amount: Money) -> Value {
    number(amount.kronor())
}

fn number(number: Decimal) -> Value {
    json!(number.normalize().to_string())
}

fn by_id<T: Copy>(entries: &[(Located<String>, T)], show: impl Fn(T) -> Value) -> Value {
    entries.iter().map(|(id, value)| (id.value.clone(), show(*value))).collect::<Map<_, _>>().into()
}

fn status(status: CheckStatus) -> Value {
    json!(match status {
        CheckStatus::Ok => "ok",
        CheckStatus::Soft => "soft",
        CheckStatus::Unknown => "unknown",
        CheckStatus::Fail => "fail",
    })
}

/// What a case expects, in the form of the independent calculation.
fn expected(case: &Case) -> Value {
    let mut result = Map::new();
    let expect = &case.expect;
    result.insert("total".to_owned(), expect.total.as_ref().map(|total| money(total.value)).into());
    result.insert("rows".to_owned(), by_id(&expect.rows, number));
    result.insert("checks".to_owned(), by_id(&expect.checks, status));
    let mut add = |key: &str, value: Option<Value>| value.map(|value| result.insert(key.to_owned(), value));
    add("account", (!expect.account.is_empty()).then(|| by_id(&expect.account, |marks| json!(marks))));
    add("payouts", (!expect.payouts.is_empty()).then(|| by_id(&expect.payouts, money)));
    add("measures", (!expect.measures.is_empty()).then(|| by_id(&expect.measures, number)));
    add("dismissed", expect.dismissed.as_ref().map(|dismissed| json!(dismissed.value)));
    add("route", expect.route.as_ref().map(|route| json!(route.value)));
    result.into()
}

fn expected_round(round: &RoundCase) -> Value {
    json!({ "shares": by_id(&round.shares, money), "totals": by_id(&round.totals, money) })
}

/// An empty part is the same as none.
fn without_empty(mut result: Value) -> Value {
    if let Some(parts) = result.as_object_mut() {
        parts.retain(|key, value| key != "payouts" || value.as_object().is_none_or(|parts| !parts.is_empty()));
    }
    result
}

#[test]
fn what_the_cases_expect_was_reckoned_independently() {
    let mut differences = Vec::new();
    for package in packages() {
        let known = &reckoned()[&package.id];
        let own = package.cases.iter().map(|case| (case.id.clone(), expected(case)));
        let rounds = package.rounds.iter().map(|round| (round.id.clone(), expected_round(round)));
        for (part, own) in [("cases", own.collect::<Map<_, _>>()), ("rounds", rounds.collect())] {
            let reckoned = known[part].as_object().expect("cases by id");
            let ids: BTreeSet<&String> = own.keys().chain(reckoned.keys()).collect();
            for id in ids {
                let (own, reckoned) = (own.get(id), reckoned.get(id).cloned().map(without_empty));
                if own != reckoned.as_ref() {
                    differences.push(format!("{} {id}: the case says {own:?}, reckoned was {reckoned:?}", package.id));
                }
            }
        }
    }
    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn the_engine_gives_what_was_reckoned_independently() {
    let mut differences = Vec::new();
    for package in packages() {
        for result in run_cases(&package) {
            let here = |message: &str| format!("{} {}: {message}", package.id, result.id);
            differences.extend(result.differences.iter().map(|difference| here(&difference.message.sv)));
        }
    }
    assert_eq!(differences, Vec::<String>::new());
}

/// A decision is made by the engine that writes down what it sees, a preview by the one that does not.
#[test]
fn a_decision_comes_out_as_its_preview() {
    let mut traced = 0;
    for package in packages() {
        for case in &package.cases {
            let run = |mode| {
                let attendance = match &case.attendance {
                    CaseAttendance::Written(data) => Some(Arc::new(data.clone())),
                    CaseAttendance::None | CaseAttendance::Files(_) => None,
                };
                evaluate(&package.rules, &case.inputs, attendance, mode).expect("the rules run")
            };
            let (preview, decision) = (run(Mode::Plain), run(Mode::Traced));
            assert_eq!(decision.evaluation, preview.evaluation, "{} {}", package.id, case.id);
            assert_eq!(decision.used, preview.used, "{} {}", package.id, case.id);
            assert!(preview.trace.is_empty(), "{} {}", package.id, case.id);
            traced += usize::from(!decision.trace.is_empty());
        }
    }
    assert!(traced > 0, "some of them name values on the way");
}
