use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::inputs::{Answer, Attachment, Budget, BudgetLine, Fact};
use bifall::domain::problem::Problem;
use bifall::forms::{Form, read, sent_answers, validate, visible};
use proptest::prelude::*;

const HEAD: &str = r#"
id = "prov"
title = "Prov"
kind = "general"
workflow = "general"
appeal = "laglighetsprovning"
decision_mode = "batch_delegate"
applicants = ["association"]
signed_by = "role"
"#;

fn form(fields: &str) -> (Form, Vec<Problem>) {
    let text = format!("{HEAD}[[section]]\nid = \"s\"\ntitle = \"S\"\n{fields}");
    let (form, problems) = read("forms/prov.toml", &text);
    (form.expect("a form"), problems)
}

fn field(id: &str, rest: &str) -> String {
    format!("[[section.field]]\nid = \"{id}\"\nlabel = \"{id}\"\n{rest}\n")
}

fn codes(form: &Form, answers: &BTreeMap<String, Answer>) -> Vec<String> {
    validate(form, answers, &BTreeMap::new()).into_iter().map(|finding| format!("{}:{}", finding.field, finding.code)).collect()
}

#[test]
fn automatic_decisions_are_refused_under_legality_review() {
    let modes = ["automatic", "batch_delegate", "officer", "committee"];
    for appeal in ["laglighetsprovning", "forvaltningsbesvar"] {
        for mode in modes {
            let text = HEAD.replace("laglighetsprovning", appeal).replace("batch_delegate", mode);
            let (_, problems) = read("forms/prov.toml", &text);
            let found: Vec<_> = problems.iter().map(|problem| (problem.code.as_str(), problem.place.line)).collect();
            let expected =
                if (appeal, mode) == ("laglighetsprovning", "automatic") { vec![("automatic_under_legality_review", 7)] } else { vec![] };
            assert_eq!(found, expected, "{appeal} {mode}");
        }
    }
}

#[test]
fn every_field_type_can_be_declared() {
    let plain = [
        "text",
        "long_text",
        "yes_no",
        "integer",
        "decimal",
        "money",
        "date",
        "date_range",
        "organisation_number",
        "bank_account",
        "email",
        "phone",
        "postal_address",
        "municipality",
        "attachment",
        "budget",
        "members",
        "attendance_period",
        "declaration",
        "information",
    ];
    let mut fields: String = plain.iter().map(|word| field(word, &format!("type = \"{word}\""))).collect();
    fields += &*field("ett", "type = \"choice\"\nchoices = [{ id = \"a\", label = \"A\" }]");
    fields += &*field("flera", "type = \"choices\"\nchoices = [{ id = \"a\", label = \"A\" }]");
    fields += &*field("person", "type = \"personal_number\"\njustification = \"Behövs för att betala ut bidraget till rätt person.\"");
    fields += &*field("summa", "type = \"calculated\"\nvalue = { sum = [\"integer\", \"money\"] }");
    fields += &*field("grupp", "type = \"group\"\n[[section.field.field]]\nid = \"namn\"\nlabel = \"Namn\"\ntype = \"text\"");
    let (form, problems) = form(&fields);
    assert_eq!(problems, []);
    let words: Vec<&str> = form.fields().map(|field| field.kind.word()).collect();
    assert_eq!(words.len(), 25);
    assert_eq!(words[..20], plain);
}

#[test]
fn a_personal_number_needs_a_reason() {
    for (rest, fine) in [
        ("type = \"personal_number\"", false),
        ("type = \"personal_number\"\njustification = \"behövs\"", false),
        ("type = \"personal_number\"\njustification = \"Utbetalningen görs till en enskild person.\"", true),
    ] {
        let (_, problems) = form(&field("nummer", rest));
        assert_eq!(problems.is_empty(), fine, "{rest}");
        assert!(problems.iter().all(|problem| problem.code == "personal_number_without_justification"));
    }
}

#[test]
fn hidden_answers_are_neither_judged_nor_sent() {
    let fields = field("ny_lokal", "type = \"yes_no\"\nrequired = true")
        + &*field("kontrakt", "type = \"attachment\"\nrequired = true\nshow_if = \"ny_lokal == true\"")
        + &*field("varfor", "type = \"text\"\nrequired = true\nshow_if = \"not answered(kontrakt) and ny_lokal == true\"");
    let (form, problems) = form(&fields);
    assert_eq!(problems, []);
    let mut answers = BTreeMap::from([("kontrakt".to_owned(), Answer::Attachment(Attachment::Later))]);
    assert_eq!(codes(&form, &answers), ["ny_lokal:required"]);
    assert!(sent_answers(&form, &answers, &BTreeMap::new()).is_empty());
    answers.insert("ny_lokal".to_owned(), Answer::YesNo(true));
    assert_eq!(codes(&form, &answers), ["kontrakt:later"]);
    assert_eq!(sent_answers(&form, &answers, &BTreeMap::new()).len(), 2);
    answers.remove("kontrakt");
    assert_eq!(codes(&form, &answers), ["kontrakt:required", "varfor:required"]);
    answers.insert("ny_lokal".to_owned(), Answer::YesNo(false));
    assert_eq!(codes(&form, &answers), Vec::<String>::new());
}

#[test]
fn facts_and_sections_steer_what_is_shown() {
    let text = format!(
        "{HEAD}[[fact]]\nid = \"ny\"\ntype = \"yes_no\"\nlabel = \"Ny\"\n[[section]]\nid = \"s\"\ntitle = \"S\"\nshow_if = \"ny == true\"\n{}",
        field("namn", "type = \"text\"\nrequired = true")
    );
    let (form, problems) = read("forms/prov.toml", &text);
    assert_eq!(problems, []);
    let form = form.unwrap();
    assert!(visible(&form, &BTreeMap::new(), &BTreeMap::new()).is_empty());
    let facts = BTreeMap::from([("ny".to_owned(), Fact::YesNo(true))]);
    assert_eq!(validate(&form, &BTreeMap::new(), &facts).len(), 1);
}

#[test]
fn limits_hold_from_both_sides() {
    let fields = field("antal", "type = \"integer\"\nmin = 3\nmax = 5")
        + &*field("text", "type = \"text\"\nmin_length = 2\nmax_length = 3")
        + &*field("dag", "type = \"date\"\nmin = 2026-01-02\nmax = 2026-01-03");
    let (form, _) = form(&fields);
    let one = |id: &str, answer: Answer| codes(&form, &BTreeMap::from([(id.to_owned(), answer)]));
    for (number, code) in [(2, Some("antal:too_small")), (3, None), (5, None), (6, Some("antal:too_great"))] {
        assert_eq!(one("antal", Answer::Integer(number)).first().map(String::as_str), code);
    }
    for (text, code) in [("å", Some("text:too_short")), ("åä", None), ("åäö", None), ("åäöx", Some("text:too_long"))] {
        assert_eq!(one("text", Answer::Text(text.to_owned())).first().map(String::as_str), code);
    }
    for (day, code) in [(1, Some("dag:too_early")), (2, None), (3, None), (4, Some("dag:too_late"))] {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        assert_eq!(one("dag", Answer::Date(date)).first().map(String::as_str), code);
    }
    assert_eq!(one("okand", Answer::YesNo(true)), ["okand:unknown_field"]);
    assert_eq!(one("antal", Answer::YesNo(true)), ["antal:wrong_shape"]);
}

#[test]
fn groups_are_judged_row_by_row() {
    let fields = field(
        "styrelse",
        "type = \"group\"\nmin = 1\nmax = 2\n[[section.field.field]]\nid = \"roll\"\nlabel = \"Roll\"\ntype = \"choice\"\nrequired = true\nchoices = [{ id = \"ordforande\", label = \"O\" }, { id = \"annan\", label = \"A\" }]\n[[section.field.field]]\nid = \"vilken\"\nlabel = \"Vilken\"\ntype = \"text\"\nrequired_if = \"roll == 'annan'\"",
    );
    let (form, problems) = form(&fields);
    assert_eq!(problems, []);
    let row = |roll: &str| BTreeMap::from([("roll".to_owned(), Answer::Choice(roll.to_owned()))]);
    let answers = |rows| BTreeMap::from([("styrelse".to_owned(), Answer::Group(rows))]);
    assert_eq!(codes(&form, &answers(vec![row("ordforande")])), Vec::<String>::new());
    assert_eq!(codes(&form, &answers(vec![row("ordforande"), row("annan")])), ["styrelse.1.vilken:required"]);
    assert_eq!(codes(&form, &answers(vec![row("x")])), ["styrelse.0.roll:unknown_choice"]);
    assert_eq!(codes(&form, &answers(vec![row("ordforande"), row("ordforande"), row("ordforande")])), ["styrelse:row_count"]);
}

#[test]
fn texts_that_were_never_typed_are_checked_as_entries_are_at_their_place() {
    let rows = "type = \"group\"\nmin = 1\nmax = 2\n[[section.field.field]]\nid = \"konto\"\nlabel = \"K\"\ntype = \"bank_account\"";
    let fields = field("rader", rows)
        + &*field("nummer", "type = \"organisation_number\"")
        + &*field("person", "type = \"personal_number\"\njustification = \"Ledaren får stipendiet.\"")
        + &*field("epost", "type = \"email\"")
        + &*field("telefon", "type = \"phone\"")
        + &*field("kommun", "type = \"municipality\"")
        + &*field("adress", "type = \"postal_address\"");
    let (form, problems) = form(&fields);
    assert_eq!(problems, []);
    let text = |text: &str| Answer::Text(text.to_owned());
    let answers = |account: &str, rest: [&str; 5]| {
        let row = |account: &str| BTreeMap::from([("konto".to_owned(), text(account))]);
        let mut answers = BTreeMap::from([("rader".to_owned(), Answer::Group(vec![row("bankgiro:991-2346"), row(account)]))]);
        answers
            .extend(["nummer", "person", "epost", "telefon", "kommun"].into_iter().zip(rest).map(|(id, said)| (id.to_owned(), text(said))));
        answers.insert("adress".to_owned(), text("Storgatan 1\n412 50 Göteborg"));
        answers
    };
    // As entries leave them, and Skatteverket's test series.
    let right = ["2021005489", "199001189811", "anna@forening.se", "070-174 06 05", "1480"];
    assert_eq!(codes(&form, &answers("plusgiro:28 65 43-4", right)), Vec::<String>::new());
    let wrong = ["2021005488", "199001189812", "anna", "ring", "148"];
    let expected = [
        "rader.1.konto:bad_account",
        "nummer:bad_organisation_number",
        "person:bad_personal_number",
        "epost:bad_email",
        "telefon:bad_phone",
        "kommun:bad_municipality",
    ];
    assert_eq!(codes(&form, &answers("bankgiro:991-2347", wrong)), expected);
}

#[test]
fn calculated_figures_can_be_asked_for_in_conditions() {
    let fields = field("kalkyl", "type = \"budget\"")
        + &*field("resultat", "type = \"calculated\"\nvalue = { result = \"kalkyl\" }")
        + &*field("forklara", "type = \"text\"\nrequired = true\nshow_if = \"resultat > 0\"");
    let (form, problems) = form(&fields);
    assert_eq!(problems, []);
    let line = |amount| BudgetLine { text: "x".to_owned(), amount: Money::from_ore(amount) };
    let budget = |cost, income| {
        BTreeMap::from([("kalkyl".to_owned(), Answer::Budget(Budget { costs: vec![line(cost)], incomes: vec![line(income)] }))])
    };
    assert_eq!(codes(&form, &budget(100, 100)), Vec::<String>::new());
    assert_eq!(codes(&form, &budget(100, 101)), ["forklara:required"]);
}

#[test]
fn circles_of_visibility_are_found() {
    let fields = field("a", "type = \"yes_no\"\nshow_if = \"b == true\"") + &*field("b", "type = \"yes_no\"\nshow_if = \"not a == true\"");
    let (_, problems) = form(&fields);
    let found: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(found, ["condition_on_itself", "condition_on_itself"]);
}

proptest! {
    #[test]
    fn sent_answers_are_settled(shown in any::<[Option<bool>; 4]>()) {
        let fields: String = (0..4)
            .map(|at| field(&format!("f{at}"), &if at == 0 { "type = \"yes_no\"".to_owned() } else { format!("type = \"yes_no\"\nshow_if = \"f{} == true\"", at - 1) }))
            .collect();
        let (form, _) = form(&fields);
        let answers: BTreeMap<String, Answer> =
            shown.iter().enumerate().filter_map(|(at, value)| value.map(|value| (format!("f{at}"), Answer::YesNo(value)))).collect();
        let sent = sent_answers(&form, &answers, &BTreeMap::new());
        // A chain: each is there only while all before it are yes.
        let chain = shown.iter().take_while(|value| **value == Some(true)).count();
        let expected = (0..4).filter(|at| *at <= chain && shown[*at].is_some()).count();
        prop_assert_eq!(sent.len(), expected);
        prop_assert_eq!(sent_answers(&form, &sent, &BTreeMap::new()), sent);
    }
}
