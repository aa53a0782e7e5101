//! Applications that are scored by several, weighed together and ranked against the budget.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::id::{CaseId, TaskId};
use bifall::domain::inputs::{Answer, Budget, BudgetLine};
use bifall::domain::ranking::{Terms, Why};
use bifall::services::cases::views;
use bifall::services::staff::Grant;
use bifall::services::tasks::{Filled, Score};
use bifall::services::{Actor, ServiceError, ServiceResult, assessments, calculation, ranking, staff, tasks};
use bifall::store::users::Role;

use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

pub const GRANT: &str = "projektbidrag-kultur";
pub const PERIOD: &str = "2026-HOST";

pub fn kr(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

pub fn project(applied: i64, district: &str) -> BTreeMap<String, Answer> {
    let text = |text: &str| Answer::Text(text.to_owned());
    let costs = vec![BudgetLine { text: "Koreograf".to_owned(), amount: kr(applied * 2) }];
    [
        ("namn", text("Dansa i parken")),
        ("konstform", Answer::Choice("dans".to_owned())),
        ("stadsdel", Answer::Choice(district.to_owned())),
        ("beskrivning", text("Vi dansar i parken.")),
        ("unga", text("De bestämmer.")),
        ("start", Answer::Date(day("2026-11-01"))),
        ("i_kommunen", Answer::YesNo(true)),
        ("kalkyl", Answer::Budget(Budget { costs, incomes: Vec::new() })),
        ("sokt_belopp", Answer::Money(kr(applied))),
        ("kontonummer", text("5012-3454")),
        ("intygar", Answer::YesNo(true)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into()
}

pub fn scored(levels: [u32; 3], amount: Option<i64>, why: &str) -> Filled {
    let scores = ["kvalitet", "delaktighet", "genomforbarhet"].into_iter().zip(levels);
    Filled {
        scores: scores.map(|(id, level)| (id.to_owned(), Score { level, why: why.to_owned() })).collect(),
        amount: amount.map(kr),
        ..Filled::default()
    }
}

/// Anna and two more officers, Eva and Fia.
pub async fn with_assessors(t: TestTenant) -> TestTenant {
    let t = t.staffed().await;
    for name in ["eva", "fia"] {
        let role = Grant { role: Role::Officer, committee: "KFN", up_to: None, reference: None, from: day("2020-01-01") };
        staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &[role]).await.unwrap();
    }
    t
}

pub async fn task(t: &TestTenant, case: CaseId) -> TaskId {
    t.open_tasks(case).await[0].id
}

pub async fn assess(t: &TestTenant, who: &str, case: CaseId, filled: &Filled) -> ServiceResult<()> {
    tasks::complete(&t.tenant, &t.officer(who).await.actor, task(t, case).await, "assessed", filled, "Bra helhet.").await
}

/// An application that two are to assess.
pub async fn to_assess(t: &TestTenant, club: &Association<'_>, applied: i64, district: &str) -> CaseId {
    let case = club.submit(GRANT, PERIOD, &project(applied, district), &format!("project-{}", club.number)).await.unwrap().case;
    t.work().await;
    let anna = t.officer("anna").await.actor;
    let ticked =
        Filled { checked: [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on)).into(), ..Filled::default() };
    tasks::complete(&t.tenant, &anna, task(t, case).await, "complete", &ticked, "").await.unwrap();
    assert_eq!(t.case(case).await.state, "assess");
    case
}

/// Assessed alike by two and weighed together.
pub async fn assessed(t: &TestTenant, club: &Association<'_>, applied: i64, levels: [u32; 3], proposed: i64, district: &str) -> CaseId {
    let case = to_assess(t, club, applied, district).await;
    assess(t, "anna", case, &scored(levels, Some(proposed), "Så ser jag det.")).await.unwrap();
    assess(t, "eva", case, &scored(levels, Some(proposed), "Så ser jag det.")).await.unwrap();
    weighed(t, case, levels, proposed).await;
    case
}

/// Weighed together by Fia.
pub async fn weighed(t: &TestTenant, case: CaseId, levels: [u32; 3], proposed: i64) {
    let fia = t.officer("fia").await.actor;
    tasks::complete(&t.tenant, &fia, task(t, case).await, "weighed", &scored(levels, Some(proposed), ""), "Båda är överens.")
        .await
        .unwrap();
    assert_eq!(t.case(case).await.state, "rank");
}

/// Ranked by Anna with a budget and settled by Eva.
pub async fn ranked_and_settled(t: &TestTenant, budget: i64) {
    let (anna, eva) = (t.officer("anna").await.actor, t.officer("eva").await.actor);
    let id = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(budget), None).await.unwrap();
    ranking::settle(&t.tenant, &eva, id).await.unwrap();
    t.work().await;
}

pub fn places(error: ServiceResult<()>) -> Vec<String> {
    match error {
        Err(ServiceError::Invalid(findings)) => findings.into_iter().map(|finding| finding.place).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_score_without_reasons_is_refused_at_its_place_and_nothing_is_lost() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        assert_eq!(
            places(assess(&t, "anna", case, &scored([3, 2, 1], Some(40_000), " ")).await),
            ["skal_kvalitet", "skal_delaktighet", "skal_genomforbarhet"]
        );
        assert_eq!(places(assess(&t, "anna", case, &scored([9, 2, 1], None, "Så.")).await), ["niva_kvalitet", "belopp"]);
        assert_eq!(
            places(assess(&t, "anna", case, &Filled { amount: Some(kr(1)), ..Filled::default() }).await),
            ["niva_kvalitet", "niva_delaktighet", "niva_genomforbarhet"]
        );
        assert_eq!(t.open_tasks(case).await.len(), 2);

        // Half a sheet is saved for her alone.
        let anna = t.officer("anna").await.actor;
        let half = Filled { scores: [("kvalitet".to_owned(), Score { level: 3, why: String::new() })].into(), ..Filled::default() };
        assessments::save(&t.tenant, &anna, task(&t, case).await, &half, "Halvvägs").await.unwrap();
        let own = assessments::views::sheet(&t.tenant, &anna, case, task(&t, case).await).await.unwrap();
        assert_eq!((own.filled, own.comment.as_str()), (half, "Halvvägs"));
        let eva = t.officer("eva").await.actor;
        let hers = assessments::views::sheet(&t.tenant, &eva, case, task(&t, case).await).await.unwrap();
        assert_eq!((hers.filled, hers.saved_at), (Filled::default(), None));
    });
}

#[test]
fn assessors_do_not_see_each_others_judgement_until_they_have_given_their_own() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let asked = task(&t, case).await;
        tasks::complete(
            &t.tenant,
            &t.officer("anna").await.actor,
            asked,
            "assessed",
            &scored([3, 2, 1], Some(40_000), "HEMLIGT"),
            "HEMLIG helhet",
        )
        .await
        .unwrap();

        let shown = async |who: &str| {
            let view = views::case(&t.tenant, &t.officer(who).await.actor, case).await.unwrap();
            let tasks = view
                .tasks
                .iter()
                .filter(|task| task.row.task == "bedom")
                .filter_map(|task| task.done.clone())
                .map(|(_, _, comment)| comment);
            let events = view.events.iter().filter(|event| event.kind == "task.done").flat_map(|event| event.texts.values().cloned());
            let bodies = view.events.iter().map(|event| event.body.to_string());
            tasks.chain(events).chain(bodies).collect::<Vec<_>>().join("\n")
        };
        assert!(shown("anna").await.contains("HEMLIG helhet"));
        for other in ["eva", "fia", "dag"] {
            let text = shown(other).await;
            assert!(!text.contains("HEMLIG") && !text.contains("4000000"), "{other}: {text}");
        }
        // Anna has done hers.
        let again = assess(&t, "anna", case, &scored([3, 2, 1], Some(40_000), "Igen")).await;
        assert!(matches!(&again, Err(ServiceError::Refused(text)) if text.sv.contains("redan gjort")), "{again:?}");

        // Eva had the same place open as Anna: she gets the free one, and nothing she wrote is lost.
        tasks::complete(
            &t.tenant,
            &t.officer("eva").await.actor,
            asked,
            "assessed",
            &scored([1, 2, 2], Some(30_000), "Jag ser det så."),
            "Tveksamt.",
        )
        .await
        .unwrap();
        assert_eq!(t.case(case).await.state, "moderate");
        assert!(shown("fia").await.contains("HEMLIG helhet"));
    });
}

#[test]
fn a_changed_score_needs_its_reasons_and_keeps_where_it_came_from() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        assess(&t, "anna", case, &scored([3, 2, 1], Some(40_000), "Så ser jag det.")).await.unwrap();
        assess(&t, "eva", case, &scored([1, 2, 2], Some(30_000), "Så ser jag det.")).await.unwrap();
        let fia = t.officer("fia").await.actor;
        let sheet = assessments::views::sheet(&t.tenant, &fia, case, task(&t, case).await).await.unwrap();
        assert_eq!(
            sheet.scales.iter().map(|scale| (scale.id.as_str(), scale.agreed, scale.disagreed)).collect::<Vec<_>>(),
            [("kvalitet", None, true), ("delaktighet", Some(2), false), ("genomforbarhet", None, false),]
        );
        // What all agree about is filled in; the amounts differ.
        assert_eq!((sheet.filled.scores.len(), sheet.filled.amount), (1, None));
        assert_eq!(
            sheet.judgements.iter().map(|one| (one.points.unwrap().hundredths(), one.amount.unwrap())).collect::<Vec<_>>(),
            [
                (7_778, kr(40_000)), // 14 of 18
                (5_000, kr(30_000)), // 9 of 18
            ]
        );
        let weigh =
            async |filled: &Filled| tasks::complete(&t.tenant, &fia, task(&t, case).await, "weighed", filled, "Mellan de två.").await;
        let mut weighed = scored([2, 2, 2], Some(35_000), "");
        assert_eq!(places(weigh(&weighed).await), ["skal_kvalitet", "skal_genomforbarhet"]);
        for id in ["kvalitet", "genomforbarhet"] {
            weighed.scores.insert(id.to_owned(), Score { level: 2, why: "Vi enades om mitten.".to_owned() });
        }
        weigh(&weighed).await.unwrap();
        assert_eq!(t.case(case).await.state, "rank");

        let round = ranking::views::round(&t.tenant, &fia, GRANT, PERIOD, None).await.unwrap();
        // 12 of 18.
        assert_eq!(
            round.rows.iter().map(|row| (row.points.hundredths(), row.applied, row.assessed)).collect::<Vec<_>>(),
            [(6_667, kr(50_000), kr(35_000))]
        );
        let view = views::case(&t.tenant, &fia, case).await.unwrap();
        let levels: Vec<_> = view
            .events
            .iter()
            .rev()
            .filter(|event| event.kind == "task.done")
            .map(|event| event.body["levels"]["kvalitet"].clone())
            .collect();
        assert_eq!(levels, [serde_json::Value::Null, 3.into(), 1.into(), 2.into()]);
        t.history_holds().await;
    });
}

pub fn terms(budget: i64) -> Terms {
    Terms { budget: kr(budget), most_percent: None, least_points: None, district_percent: None, rest_to_next: true }
}

#[test]
fn a_round_is_ranked_by_one_and_settled_by_another() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let (one, two, three) = (t.club(1).await, t.club(2).await, t.club(3).await);
        let first = assessed(&t, &one, 50_000, [3, 3, 3], 50_000, "norr").await;
        let second = assessed(&t, &two, 40_000, [2, 2, 2], 30_000, "soder").await;
        let third = assessed(&t, &three, 20_000, [1, 1, 1], 20_000, "centrum").await;
        let (anna, eva) = (t.officer("anna").await.actor, t.officer("eva").await.actor);

        // Tried: 50 000, then 15 000 of 30 000 are left, then nothing.
        let tried = ranking::views::round(&t.tenant, &anna, GRANT, PERIOD, Some(terms(65_000))).await.unwrap();
        assert_eq!(
            tried.rows.iter().map(|row| (row.case, row.amount, row.why)).collect::<Vec<_>>(),
            [(first, kr(50_000), Why::AsProposed), (second, kr(15_000), Why::Rest), (third, Money::ZERO, Why::BelowLine),]
        );
        assert!(tried.proposal.is_none(), "trying leaves no trace");
        let club = t.club(4).await;
        let late = to_assess(&t, &club, 10_000, "norr").await;
        let refused = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(65_000), Some(&tried.hash)).await;
        assert!(matches!(&refused, Err(ServiceError::Refused(text)) if text.sv.contains("1 återstår")), "{refused:?}");
        bifall::services::cases::withdrawal::note(&t.tenant, &anna, late, "De orkar inte.").await.unwrap();
        bifall::services::cases::withdrawal::close(&t.tenant, &anna, late).await.unwrap();

        let stale = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(65_000), Some("another")).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
        let id = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(65_000), Some(&tried.hash)).await.unwrap();
        let twice = ranking::propose(&t.tenant, &eva, GRANT, PERIOD, &terms(1), None).await;
        assert!(matches!(twice, Err(ServiceError::Refused(_))));
        let own = ranking::settle(&t.tenant, &anna, id).await;
        assert!(matches!(&own, Err(ServiceError::Refused(text)) if text.sv.contains("någon annan")), "{own:?}");
        let foreign = ranking::settle(&t.tenant, &t.officer("bo").await.actor, id).await;
        assert!(foreign.is_err(), "a payment officer settles nothing");
        // Turned down with a reason, then proposed again.
        let silent = ranking::turn_down(&t.tenant, &eva, id, " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))));
        ranking::turn_down(&t.tenant, &eva, id, "Räkna med hela budgeten.").await.unwrap();
        assert!(matches!(ranking::settle(&t.tenant, &eva, id).await, Err(ServiceError::Stale)));
        let id = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(65_000), None).await.unwrap();
        assert_eq!(ranking::settle(&t.tenant, &eva, id).await.unwrap(), 3);
        assert!(matches!(ranking::settle(&t.tenant, &eva, id).await, Err(ServiceError::Stale)), "settled twice");

        t.work().await;
        for (case, total) in [(first, 5_000_000), (second, 1_500_000), (third, 0)] {
            assert_eq!((t.case(case).await.state.as_str(), t.total(case).await), ("proposed", total));
        }
        let evaluation = calculation::evaluation(&t.newest(second).await).unwrap();
        let reason = evaluation.rows[0].reason.as_ref().unwrap().sv.clone();
        assert_eq!(reason, "Ansökan fick 66,67 poäng av 100 och plats 2 i omgången. Beloppet är det som var kvar av omgångens budget.");
        t.history_holds().await;
    });
}

#[test]
fn who_is_tied_to_an_applicant_neither_ranks_nor_settles() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        assessed(&t, &one, 50_000, [3, 3, 3], 50_000, "norr").await;
        assessed(&t, &two, 40_000, [2, 2, 2], 30_000, "soder").await;
        let dag = t.officer("dag").await.actor;
        let tied = t.officer("eva").await.actor.user().unwrap().id;
        crate::support::actors::tie(&t.tenant, &dag, tied, one.id, "Sitter i styrelsen.").await;
        let eva = t.officer("eva").await.actor;
        let seen = ranking::views::round(&t.tenant, &eva, GRANT, PERIOD, None).await.unwrap();
        assert_eq!((seen.rows.len(), seen.kept), (1, 1));
        let refused = ranking::propose(&t.tenant, &eva, GRANT, PERIOD, &terms(90_000), None).await;
        assert!(matches!(&refused, Err(ServiceError::Refused(text)) if text.sv.contains("jävig")), "{refused:?}");
        let anna = t.officer("anna").await.actor;
        let id = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(90_000), None).await.unwrap();
        let refused = ranking::settle(&t.tenant, &eva, id).await;
        assert!(matches!(&refused, Err(ServiceError::Refused(text)) if text.sv.contains("jävig")), "{refused:?}");
    });
}

/// Brings the built-in packages into use with words of a file in others' place, before anybody else does: a round keeps the
/// version that was in force when it opened.
async fn changed(t: &TestTenant, file: &str, words: &[(&str, &str)]) {
    let mut files = bifall::packages::Files::built_in();
    let mut text = String::from_utf8(files.0[file].clone()).unwrap();
    for (from, to) in words {
        assert!(text.contains(from), "{file} has no {from}");
        text = text.replacen(from, to, 1);
    }
    files.0.insert(file.to_owned(), text.into_bytes());
    let imported = bifall::services::packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
    assert!(!imported.problems.iter().any(|problem| problem.is_error()), "{:#?}", imported.problems);
}

const WORKFLOW: &str = "workflows/assessed.toml";

#[test]
fn one_assessor_is_enough_where_the_setting_says_so() {
    on_both(|t| async move {
        let parameters = "rules/projektbidrag-kultur/parameters.toml";
        // Two stands once in the file: as the number of assessors.
        changed(&t, parameters, &[("value = 2 }", "value = 1 }")]).await;
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        assert_eq!(t.open_tasks(case).await.len(), 1);
        assess(&t, "eva", case, &scored([3, 2, 1], Some(40_000), "Så ser jag det.")).await.unwrap();
        assert_eq!(t.case(case).await.state, "moderate");
    });
}

#[test]
fn a_second_pair_of_eyes_is_somebody_elses() {
    on_both(|t| async move {
        changed(&t, WORKFLOW, &[("id = \"vag_samman\"", "id = \"vag_samman\"\nfour_eyes = true")]).await;
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let given = scored([2, 2, 2], Some(40_000), "Så ser jag det.");
        assess(&t, "anna", case, &given).await.unwrap();
        assess(&t, "eva", case, &given).await.unwrap();
        let weigh = async |who: &str| {
            tasks::complete(&t.tenant, &t.officer(who).await.actor, task(&t, case).await, "weighed", &given, "Överens.").await
        };
        for assessor in ["anna", "eva"] {
            let refused = weigh(assessor).await;
            assert!(matches!(&refused, Err(ServiceError::Refused(text)) if text.sv.contains("någon annan")), "{assessor}: {refused:?}");
        }
        weigh("fia").await.unwrap();
        assert_eq!(t.case(case).await.state, "rank");
    });
}

#[test]
fn a_task_with_a_condition_is_there_when_it_holds_and_an_optional_one_is_not_waited_for() {
    on_both(|t| async move {
        let more = "role = \"officer\"\n# One assessor or two: the municipality's setting.";
        let extra = "role = \"officer\"\nwhen = \"konstform == 'musik'\"\n\n[[state.task]]\nid = \"besok\"\nlabel = { sv = \"Besök projektet\", en = \"Visit the project\" }\nrole = \"officer\"\nmandatory = false\n\n[[state.task]]\nid = \"bedom2\"\nlabel = { sv = \"Bedöm projektet\", en = \"Assess the project\" }\nrole = \"officer\"";
        changed(&t, WORKFLOW, &[(more, extra), ("of = \"bedom\"", "of = \"bedom2\"")]).await;
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        // It is about dance: the first task is not there, and nobody has to visit.
        let mut open: Vec<_> = t.open_tasks(case).await.into_iter().map(|row| row.task).collect();
        open.sort();
        assert_eq!(open, ["bedom2", "bedom2", "besok"]);
        let at = async || t.open_tasks(case).await.into_iter().find(|row| row.task == "bedom2").unwrap().id;
        for who in ["anna", "eva"] {
            let given = scored([2, 2, 2], Some(40_000), "Så ser jag det.");
            tasks::complete(&t.tenant, &t.officer(who).await.actor, at().await, "assessed", &given, "Bra.").await.unwrap();
        }
        assert_eq!(t.case(case).await.state, "moderate");
    });
}
