use std::collections::BTreeMap;

use bifall::domain::Localized;
use bifall::domain::condition::{Condition, Kind, Literal, Lookup, Operator, Seen, Truth, check, parse, sentence};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

struct Known(BTreeMap<&'static str, Seen>);

impl Lookup for Known {
    fn seen(&self, name: &str) -> Seen {
        self.0.get(name).cloned().unwrap_or(Seen::Unknown)
    }
}

fn known() -> Known {
    Known(BTreeMap::from([
        ("ja", Seen::One(Literal::Bool(true))),
        ("antal", Seen::One(Literal::Number(Decimal::from(7)))),
        ("dag", Seen::One(Literal::Date(NaiveDate::from_ymd_opt(2026, 8, 25).expect("a date")))),
        ("ort", Seen::One(Literal::Text("Göteborg".to_owned()))),
        ("val", Seen::Many(vec!["a".to_owned(), "b".to_owned()])),
        ("fil", Seen::Answered),
    ]))
}

fn truth(text: &str) -> Truth {
    parse(text).expect("a condition").condition.evaluate(&known())
}

#[test]
fn values_are_compared_by_their_kind() {
    for holds in [
        "ja == true",
        "ja != false",
        "antal >= 7",
        "antal <= 7",
        "antal == 7.00",
        "antal > -1",
        "dag < 2026-08-26",
        "ort == \"Göteborg\"",
        "ort in ['Malmö', 'Göteborg']",
        "val in ['b', 'x']",
        "answered(fil)",
        "!answered(saknas)",
        "ja == true && (antal == 1 || antal == 7)",
        "not (antal < 7)",
    ] {
        assert_eq!(truth(holds), Truth::True, "{holds}");
    }
    for fails in ["ja == false", "antal > 7", "antal < 7", "ort != 'Göteborg'", "val in ['x']", "not ja == true", "answered(saknas)"] {
        assert_eq!(truth(fails), Truth::False, "{fails}");
    }
}

#[test]
fn unknown_is_neither_true_nor_false() {
    for unknown in [
        "saknas == true",
        "saknas != true",
        "not saknas == true",
        "saknas in [1]",
        "ja == true and saknas == 1",
        "ja == false or saknas == 1",
        "fil == 1",
    ] {
        assert_eq!(truth(unknown), Truth::Unknown, "{unknown}");
    }
    assert_eq!(truth("ja == false and saknas == 1"), Truth::False);
    assert_eq!(truth("saknas == 1 or ja == true"), Truth::True);
}

#[test]
fn and_binds_tighter_than_or() {
    assert_eq!(truth("ja == true or ja == false and ja == false"), Truth::True);
    assert_eq!(truth("(ja == true or ja == false) and ja == false"), Truth::False);
}

#[test]
fn faults_have_code_column_and_a_way_out() {
    let faults: Vec<String> = [
        "ny_lokal = true",
        "ny_lokal == ja",
        "ny_lokal == true och antal > 3",
        "antal > 3 eller antal < 1",
        "inte ny_lokal == true",
        "antal > 3 AND antal < 5",
        "antal > ",
        "antal",
        "antal > 3 antal < 5",
        "(antal > 3",
        "ort == 'Göteborg",
        "dag == 2026-02-30",
        "antal > 1,5",
        "Antal > 1",
        "antal # 1",
        "val in []",
        "answered(3)",
        "ort == Göteborg",
    ]
    .iter()
    .map(|text| {
        let fault = parse(text).unwrap_err();
        format!("{:>2} {} | {text} | {} {}", fault.column, fault.code, fault.message.sv, fault.hint.sv)
    })
    .collect();
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn names_and_types_are_checked() {
    let kind = |name: &str| match name {
        "ny_lokal" => Some(Kind::Bool),
        "antal" => Some(Kind::Number),
        "dag" => Some(Kind::Date),
        "form" => Some(Kind::Choice(vec!["hyr".to_owned(), "ager".to_owned()])),
        "val" => Some(Kind::Choices(vec!["a".to_owned()])),
        "fil" => Some(Kind::Opaque),
        _ => None,
    };
    let faults: Vec<String> = [
        "ny_lokl == true",
        "antal == true",
        "ny_lokal > true",
        "form == 'hyra'",
        "val == 'a'",
        "fil == 'x'",
        "dag > 3 and form in ['hyr', 'vet_ej']",
        "ny_lokal == true and answered(fil) and val in ['a'] and antal >= 3 and form != 'hyr'",
    ]
    .iter()
    .flat_map(|text| {
        let written = parse(text).unwrap();
        check(&written, &kind, &|_| Localized::sv("Menade du ”ny_lokal”?"))
            .into_iter()
            .map(move |fault| format!("{:>2} {} | {text}", fault.column, fault.code))
    })
    .collect();
    insta::assert_snapshot!(faults.join("\n"), @"
     1 condition_unknown_name | ny_lokl == true
    10 condition_literal_type | antal == true
    10 condition_operator_type | ny_lokal > true
     9 condition_unknown_choice | form == 'hyra'
     5 condition_operator_type | val == 'a'
     5 condition_operator_type | fil == 'x'
     7 condition_literal_type | dag > 3 and form in ['hyr', 'vet_ej']
    29 condition_unknown_choice | dag > 3 and form in ['hyr', 'vet_ej']
    ");
}

#[test]
fn conditions_read_as_swedish() {
    let label = |name: &str, choice: Option<&str>| match (name, choice) {
        ("ny_lokal", _) => Localized::both("Har ni bytt lokal?", "Have you moved?"),
        ("form", Some("hyr")) => Localized::both("Hyr", "Rent"),
        (name, None) => Localized::sv(name),
        (_, Some(id)) => Localized::sv(id),
    };
    let words = |text: &str| sentence(&parse(text).unwrap().condition, &label);
    assert_eq!(
        words("ny_lokal == true and (antal >= 3 or form == 'hyr')").sv,
        "”Har ni bytt lokal?” är ja och (”antal” är minst 3 eller ”form” är ”Hyr”)"
    );
    assert_eq!(words("dag < 2026-01-31").sv, "”dag” är före 2026-01-31");
    assert_eq!(words("not answered(fil)").en.unwrap(), "it is not so that (\"fil\" is answered)");
}

#[test]
fn nesting_has_a_limit() {
    let deep = format!("{}a == 1{}", "(".repeat(70), ")".repeat(70));
    assert_eq!(parse(&deep).unwrap_err().code, "condition_depth");
    assert_eq!(parse(&format!("{}a == 1", "not ".repeat(100_000))).unwrap_err().code, "condition_depth");
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        any::<bool>().prop_map(Literal::Bool),
        (-1_000_000_i64..1_000_000, 0_u32..4).prop_map(|(number, scale)| Literal::Number(Decimal::new(number, scale))),
        (0_i64..60_000).prop_map(|days| Literal::Date(NaiveDate::from_ymd_opt(1950, 1, 1).expect("a date") + chrono::Duration::days(days))),
        ".{0,12}".prop_map(Literal::Text),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let name = "[a-z][a-z0-9_]{0,8}"
        .prop_filter("a word of the language", |name| !["and", "or", "not", "in", "true", "false", "answered"].contains(&name.as_str()));
    let operator = prop::sample::select(Operator::ALL.to_vec()).prop_map(|(_, operator)| operator);
    let leaf = prop_oneof![
        (name.clone(), operator, literal()).prop_map(|(name, operator, literal)| Condition::Compare { name, operator, literal }),
        (name.clone(), prop::collection::vec(literal(), 1..4)).prop_map(|(name, list)| Condition::In { name, list }),
        name.prop_map(Condition::Answered),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b))),
        ]
    })
}

proptest! {
    #[test]
    fn printed_conditions_read_back_the_same(tree in condition()) {
        let printed = tree.to_string();
        let written = parse(&printed).unwrap();
        prop_assert_eq!(&written.condition, &tree, "{}", printed);
        prop_assert_eq!(written.columns.len(), tree.names().len());
        for (columns, name) in written.columns.iter().zip(tree.names()) {
            let at: String = printed.chars().skip(columns.name - 1).take(name.len()).collect();
            prop_assert_eq!(at, name);
        }
    }

    #[test]
    fn any_text_gives_a_tree_or_a_place_in_the_text(text in ".{0,60}") {
        if let Err(fault) = parse(&text) {
            prop_assert!((1..=text.chars().count() + 1).contains(&fault.column));
        }
    }

    #[test]
    fn de_morgan_holds_for_three_values(a in 0..3_u8, b in 0..3_u8) {
        let truth = |n| [Truth::True, Truth::False, Truth::Unknown][usize::from(n)];
        let (a, b) = (truth(a), truth(b));
        prop_assert_eq!(a.and(b).negate(), a.negate().or(b.negate()));
        prop_assert_eq!(a.and(b), b.and(a));
    }
}
