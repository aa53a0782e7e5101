//! The other built-in grant types in small: what an administrator can write.

use std::collections::BTreeMap;

use bifall::domain::Localized;
use bifall::domain::attendance::Sex;
use bifall::domain::calculation::CheckStatus;
use bifall::domain::inputs::{Answer, Attachment, Budget, BudgetLine, EarlierGrant, MemberCount, Proposed};
use bifall::domain::money::Money;
use bifall::rules::evaluate_eligible;

use super::host::{kronor, parameter, texts};
use super::support::{check, day, inputs, row, rules, run};

fn members(groups: &[(i32, bool, i64)]) -> Vec<MemberCount> {
    groups
        .iter()
        .map(|(birth_year, resident, count)| MemberCount { birth_year: *birth_year, sex: Sex::Female, resident: *resident, count: *count })
        .collect()
}

#[test]
fn the_yearly_approval_can_be_written() {
    let rules = rules(
        r#"fn validate(application) {
            let members = application.answers.medlemmar;
            let young = members.members_aged("unga");
            let old = members.members_aged("aldre");
            require_at_least("for_fa_medlemmar", young + old, "minsta_medlemmar");
            require_at_least("for_fa_boende", members.resident_share("alla"), "minsta_andel");
            require_at_least("for_fa_aktiviteter", application.answers.planerade, "minsta_aktiviteter");
            require_at_least("for_lag_avgift", application.answers.avgift, "minsta_avgift");
            require("arsmotesprotokoll", answered(application.answers.protokoll));
            require("styrelsen", count(application.answers.styrelse) >= param("minsta_styrelse"));
            let chairs = [];
            let treasurers = [];
            for person in application.answers.styrelse {
                if person.roll == "ordforande" { chairs.push(person.namn); }
                if person.roll == "kassor" { treasurers.push(person.namn); }
            }
            require("samma_person", !chairs.some(|name| treasurers.contains(name)));
        }"#,
        &[
            parameter("unga", "range", "[7, 25]"),
            parameter("aldre", "range", "[65, 150]"),
            parameter("alla", "range", "[0, 150]"),
            parameter("minsta_medlemmar", "integer", "15"),
            parameter("minsta_andel", "percent", "50"),
            parameter("minsta_aktiviteter", "integer", "20"),
            parameter("minsta_avgift", "money", "100"),
            parameter("minsta_styrelse", "integer", "3"),
        ]
        .concat(),
        &texts(&[
            "for_fa_medlemmar",
            "for_fa_boende",
            "for_fa_aktiviteter",
            "for_lag_avgift",
            "arsmotesprotokoll",
            "styrelsen",
            "samma_person",
        ]),
    );
    let board = |treasurer: &str| {
        let seat = |role: &str, name: &str| {
            BTreeMap::from([("roll".to_owned(), Answer::Choice(role.to_owned())), ("namn".to_owned(), Answer::Text(name.to_owned()))])
        };
        Answer::Group(vec![seat("ordforande", "A"), seat("kassor", treasurer), seat("ledamot", "C")])
    };
    let mut good = inputs();
    // 2026: 2019 is 7 and 2001 is 25 (in), 1961 is 65 (in), 2000 is 26 (out). 8 + 6 + 1 = 15; resident 15 of 30.
    good.answers = [
        ("medlemmar", Answer::Members(members(&[(2019, true, 8), (2001, true, 6), (1961, true, 1), (2000, false, 15)]))),
        ("planerade", Answer::Integer(20)),
        ("avgift", Answer::Money(kronor("100.00"))),
        ("protokoll", Answer::Attachment(Attachment::Uploaded("ab".to_owned()))),
        ("styrelse", board("B")),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into();
    let evaluated = run(&rules, &good, None);
    assert_eq!(evaluated.evaluation.worst(), CheckStatus::Ok, "{:#?}", evaluated.evaluation.checks);
    assert!(evaluated.evaluation.rows.is_empty(), "an approval has no money");

    let mut bad = good.clone();
    bad.answers.insert("medlemmar".to_owned(), Answer::Members(members(&[(2019, true, 14), (2000, false, 15)])));
    bad.answers.insert("planerade".to_owned(), Answer::Integer(19));
    bad.answers.insert("avgift".to_owned(), Answer::Money(kronor("99.99")));
    bad.answers.insert("protokoll".to_owned(), Answer::Attachment(Attachment::Later));
    bad.answers.insert("styrelse".to_owned(), board("A"));
    let failed: Vec<_> = run(&rules, &bad, None)
        .evaluation
        .checks
        .iter()
        .filter(|check| check.status == CheckStatus::Fail)
        .map(|check| check.id.clone())
        .collect();
    assert_eq!(failed, ["for_fa_medlemmar", "for_fa_boende", "for_fa_aktiviteter", "for_lag_avgift", "arsmotesprotokoll", "samma_person"]);

    bad.answers.remove("medlemmar");
    let unknown = run(&rules, &bad, None);
    assert_eq!(check(&unknown, "for_fa_medlemmar").status, CheckStatus::Unknown);
    assert_eq!(check(&unknown, "for_fa_medlemmar").field.as_deref(), Some("medlemmar"));
}

#[test]
fn a_grant_for_new_associations_can_be_written() {
    let rules = rules(
        r#"fn eligible(org) { require_at_least("medlemmar", org.members_aged("alder"), "minst"); }
        fn validate(application) {
            require_at_most("for_sent", months_between(application.org.founded, application.received), "manader");
            require("en_gang", granted("startbidrag", "last_year") == 0 && granted("startbidrag", "this_year") == 0);
        }
        fn calculate(application) { fixed("startbidrag", "belopp"); }"#,
        &[
            parameter("alder", "range", "[7, 25]"),
            parameter("minst", "integer", "15"),
            parameter("manader", "integer", "3"),
            parameter("belopp", "money", "5000"),
        ]
        .concat(),
        &texts(&["medlemmar", "for_sent", "en_gang", "startbidrag"]),
    );
    let mut case = inputs();
    case.organisation.members = Some(members(&[(2010, true, 15)]));
    case.organisation.founded = Some(day("2026-05-20"));
    assert_eq!(run(&rules, &case, None).evaluation.total_ore, kronor("5000.00"));
    case.organisation.founded = Some(day("2026-05-19"));
    let evaluated = run(&rules, &case, None);
    assert_eq!((check(&evaluated, "for_sent").status, evaluated.evaluation.total_ore), (CheckStatus::Fail, Money::ZERO));
    case.organisation.founded = None;
    assert_eq!(check(&run(&rules, &case, None), "for_sent").status, CheckStatus::Unknown);
    let pre_check = evaluate_eligible(&rules, &case).expect("it runs").evaluation;
    assert_eq!(pre_check.checks.iter().map(|check| check.id.as_str()).collect::<Vec<_>>(), ["medlemmar"]);
    assert!(pre_check.rows.is_empty());
}

#[test]
fn a_grant_for_premises_can_be_written() {
    let rules = rules(
        r#"fn eligible(org) {
            require("bada", granted("aktivitetsstod", "last_year-H1") > 0 && granted("aktivitetsstod", "last_year-H2") > 0);
        }
        fn calculate(application) {
            percent_of("andel", costs(application.answers.budget), "procent");
            deduct("annat", min(total(), application.answers.annat_stod));
            cap("tak", application.org.category);
            round_to_krona();
        }"#,
        &[parameter("procent", "percent", "65"), parameter("tak", "table", "{ ungdom = 200000, pensionar = 100000 }")].concat(),
        &texts(&["bada", "andel", "annat", "tak"]),
    );
    let line = |amount: &str| BudgetLine { text: "hyra".to_owned(), amount: kronor(amount) };
    let mut case = inputs();
    case.earlier = ["2025-H1", "2025-H2"]
        .map(|period| EarlierGrant {
            grant_type: "aktivitetsstod".to_owned(),
            period: period.to_owned(),
            amount_ore: Money::from_ore(1),
            decided: None,
        })
        .to_vec();
    case.organisation.category = Some("pensionar".to_owned());
    case.answers
        .insert("budget".to_owned(), Answer::Budget(Budget { costs: vec![line("100000.50"), line("60000.00")], incomes: Vec::new() }));
    case.answers.insert("annat_stod".to_owned(), Answer::Money(kronor("3000.00")));
    // 160 000.50 * 0.65 = 104 000.325; less 3 000 = 101 000.325; at most 100 000.
    let evaluated = run(&rules, &case, None);
    assert_eq!(row(&evaluated, "andel").value.to_string(), "104000.325");
    assert_eq!(row(&evaluated, "tak").value.to_string(), "-1000.325");
    assert_eq!(evaluated.evaluation.total_ore, kronor("100000.00"));
    case.organisation.category = Some("ungdom".to_owned());
    assert_eq!(run(&rules, &case, None).evaluation.total_ore, kronor("101000.00"));
    case.organisation.category = None;
    assert_eq!(check(&run(&rules, &case, None), "tak").status, CheckStatus::Unknown);
    case.earlier.pop();
    assert_eq!(check(&run(&rules, &case, None), "bada").status, CheckStatus::Fail);
}

#[test]
fn a_grant_by_judgement_takes_the_officers_amount() {
    let rules = rules(
        r#"fn calculate(application) {
            let net = max(0, costs(application.answers.budget) - incomes(application.answers.budget));
            input("netto", net, "kr");
            proposed_row("forslag");
            let most = net * param("hogst");
            deduct("for_mycket", max(0, total() - most));
        }"#,
        &parameter("hogst", "percent", "50"),
        &texts(&["netto", "forslag", "for_mycket"]),
    );
    let line = |amount: &str| BudgetLine { text: "x".to_owned(), amount: kronor(amount) };
    let mut case = inputs();
    case.answers.insert("budget".to_owned(), Answer::Budget(Budget { costs: vec![line("50000.00")], incomes: vec![line("20000.00")] }));
    let waiting = run(&rules, &case, None);
    assert_eq!((check(&waiting, "forslag").status, waiting.evaluation.total_ore), (CheckStatus::Unknown, Money::ZERO));
    case.proposed = Some(Proposed { amount: kronor("20000.00"), reason: Localized::sv("Angeläget.") });
    let evaluated = run(&rules, &case, None);
    assert_eq!(row(&evaluated, "forslag").reason, Some(Localized::sv("Angeläget.")));
    assert_eq!(evaluated.evaluation.total_ore, kronor("15000.00"));
}
