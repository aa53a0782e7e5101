//! What is refused on the way from assessment to minutes, and what can be mended afterwards.

use bifall::domain::committee::Done;
use bifall::services::assessments::finished;
use bifall::services::committee::{self, Ruling, views};
use bifall::services::decisions::{self, meetings};
use bifall::services::{ServiceError, assessments, budgets, ranking, tasks};
use bifall::store::{calculations, decisions as rows, overrides, rankings};

use super::assessment::{
    GRANT, PERIOD, assess, assessed, kr, places, project, ranked_and_settled, scored, task, terms, to_assess, weighed, with_assessors,
};
use super::committee::{planned, refused, ruling, three_ready};
use crate::support::actors::{day, tie};
use crate::support::{TestTenant, on_both};

async fn budget(t: &TestTenant, kronor: i64) {
    let dag = t.officer("dag").await.actor;
    let which = budgets::Which { grant_type: GRANT, unit: "KFN", year: 2026 };
    budgets::set(&t.tenant, &dag, which, kr(kronor)).await.unwrap();
}

#[test]
fn a_decision_is_dated_by_its_meeting_and_an_announced_meeting_leaves_no_case_without_an_outcome() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let (anna, dag) = (t.officer("anna").await.actor, t.officer("dag").await.actor);
        let meeting = planned(&t, &cases[..2]).await;
        t.clock.set("2026-09-12 09:00");
        let write = async |case| {
            let row = Ruling { paragraph: "88", ..ruling(case, Done::AsProposed) };
            committee::write_in(&t.tenant, &anna, meeting, &[row]).await.unwrap().remove(0).1.unwrap().unwrap()
        };
        let first = write(cases[0]).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = rows::by_id(&mut tx, first).await.unwrap().unwrap();
        drop(tx);
        // Written in on the 12th, decided on the 10th.
        assert_eq!(decisions::decided_on(&row).unwrap(), day("2026-09-10"));
        let letter = decisions::html(&row).unwrap();
        assert!(letter.contains("10 september 2026, §\u{a0}88"), "a paragraph without its sign: {letter}");
        assert!(!letter.contains("beslutat den 12 september"), "{letter}");

        let announce = async || meetings::announce(&t.tenant, &dag, "KFN", day("2026-09-10"), day("2026-09-11"), day("2026-10-05")).await;
        t.clock.set("2026-10-06 09:00");
        let open = announce().await;
        let number = t.case(cases[1]).await.number;
        assert!(refused(&open, &number), "{open:?}");
        let second = write(cases[1]).await;
        announce().await.unwrap();
        // One that was written in wrong is taken back after the announcement and written in again.
        decisions::undo(&t.tenant, &anna, second, "Fel rad i protokollet.").await.unwrap();
        assert!(views::agenda(&t.tenant, &anna, meeting).await.unwrap().may_prepare);
        write(cases[1]).await;
        t.history_holds().await;
    });
}

#[test]
fn minutes_that_cannot_be_written_in_change_nothing() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        budget(&t, 60_000).await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let cases =
            [assessed(&t, &one, 50_000, [3, 3, 3], 40_000, "norr").await, assessed(&t, &two, 40_000, [2, 2, 2], 30_000, "soder").await];
        ranked_and_settled(&t, 60_000).await;
        let anna = t.officer("anna").await.actor;
        let meeting = planned(&t, &cases).await;
        t.clock.set("2026-09-11 09:00");
        let other = |case, kronor| Ruling { amount: Some(kr(kronor)), reason: "Projektet är viktigt.", ..ruling(case, Done::Changed) };
        let write = async |row| committee::write_in(&t.tenant, &anna, meeting, &[row]).await.unwrap().remove(0).1;
        // More than was applied for, and more than the year's budget has left.
        let over = write(other(cases[0], 50_001)).await;
        assert!(matches!(&over, Err(ServiceError::Invalid(found)) if found[0].code == "over_applied"), "{over:?}");
        write(other(cases[0], 50_000)).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let before = calculations::newest(&mut tx, cases[1]).await.unwrap().unwrap().id;
        drop(tx);
        let dear = write(other(cases[1], 40_000)).await;
        assert!(refused(&dear, "Budgeten"), "{dear:?}");
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(overrides::newest(&mut tx, cases[1]).await.unwrap().is_none(), "what was refused is not written");
        assert_eq!(calculations::newest(&mut tx, cases[1]).await.unwrap().unwrap().id, before);
    });
}

#[test]
fn a_round_is_shared_by_what_the_rules_allow_and_the_budget_has_left() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        budget(&t, 60_000).await;
        let (one, two, three) = (t.club(1).await, t.club(2).await, t.club(3).await);
        let anna = t.officer("anna").await.actor;
        // Nobody proposes more than was applied for.
        let first = to_assess(&t, &one, 50_000, "norr").await;
        let more = assess(&t, "anna", first, &scored([3, 3, 3], Some(50_001), "Så ser jag det.")).await;
        assert_eq!(places(more), ["belopp"]);
        assess(&t, "anna", first, &scored([3, 3, 3], Some(50_000), "Så ser jag det.")).await.unwrap();
        assess(&t, "eva", first, &scored([3, 3, 3], Some(50_000), "Så ser jag det.")).await.unwrap();
        weighed(&t, first, [3, 3, 3], 50_000).await;
        // Costs of 30 000: the rules leave 80 percent, 24 000, of the 40 000 that were applied for and assessed.
        let mut dear = project(40_000, "soder");
        let costs = vec![bifall::domain::inputs::BudgetLine { text: "Scen".to_owned(), amount: kr(30_000) }];
        let kalkyl = bifall::domain::inputs::Budget { costs, incomes: Vec::new() };
        dear.insert("kalkyl".to_owned(), bifall::domain::inputs::Answer::Budget(kalkyl));
        let second = two.submit(GRANT, PERIOD, &dear, "dear").await.unwrap().case;
        t.work().await;
        let looked = tasks::Filled {
            checked: [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on)).into(),
            ..Default::default()
        };
        tasks::complete(&t.tenant, &anna, task(&t, second).await, "complete", &looked, "").await.unwrap();
        for who in ["anna", "eva"] {
            assess(&t, who, second, &scored([2, 2, 2], Some(40_000), "Så ser jag det.")).await.unwrap();
        }
        weighed(&t, second, [2, 2, 2], 40_000).await;
        let round = ranking::views::round(&t.tenant, &anna, GRANT, PERIOD, None).await.unwrap();
        assert_eq!(round.terms.budget, kr(60_000));
        let assessed_as: Vec<_> = round.rows.iter().map(|row| (row.case, row.assessed)).collect();
        assert_eq!(assessed_as, [(first, kr(50_000)), (second, kr(24_000))]);

        let dearer = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(60_001), None).await;
        assert!(matches!(&dearer, Err(ServiceError::Invalid(found)) if found[0].code == "over_left"), "{dearer:?}");
        ranked_and_settled(&t, 55_000).await;
        // What was settled is still to be read, and is no longer there to share: 50 000 and 5 000 wait to be decided.
        let settled = ranking::views::round(&t.tenant, &anna, GRANT, PERIOD, None).await.unwrap();
        assert!(settled.settled && settled.rows.len() == 2 && settled.amount == kr(55_000), "{settled:?}");
        let third = assessed(&t, &three, 20_000, [1, 1, 1], 10_000, "centrum").await;
        let rest = ranking::views::round(&t.tenant, &anna, GRANT, PERIOD, None).await.unwrap();
        assert_eq!((rest.terms.budget, rest.rows[0].case), (kr(5_000), third));
    });
}

#[test]
fn who_is_tied_turns_no_ranking_down_and_sees_it_as_it_was_proposed() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        assessed(&t, &one, 50_000, [3, 3, 3], 50_000, "norr").await;
        let second = assessed(&t, &two, 40_000, [2, 2, 2], 30_000, "soder").await;
        let (anna, dag) = (t.officer("anna").await.actor, t.officer("dag").await.actor);
        let id = ranking::propose(&t.tenant, &anna, GRANT, PERIOD, &terms(60_000), None).await.unwrap();
        let tied = t.officer("eva").await.actor.user().unwrap().id;
        tie(&t.tenant, &dag, tied, one.id, "Sitter i styrelsen.").await;
        let eva = t.officer("eva").await.actor;
        let no = ranking::turn_down(&t.tenant, &eva, id, "Räkna om.").await;
        assert!(refused(&no, "jävig"), "{no:?}");
        // Alone the second would get all of its 30 000; 10 000 was proposed.
        let seen = ranking::views::round(&t.tenant, &eva, GRANT, PERIOD, None).await.unwrap();
        assert_eq!(seen.rows.iter().map(|row| (row.case, row.place, row.amount)).collect::<Vec<_>>(), [(second, 2, kr(10_000))]);
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(rankings::by_id(&mut tx, id).await.unwrap().unwrap().turned_down_at.is_none());
    });
}

#[test]
fn what_was_handed_in_is_read_by_who_has_handed_in_her_own() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let (anna, eva) = (t.officer("anna").await.actor, t.officer("eva").await.actor);
        let sheet = task(&t, case).await;
        assess(&t, "anna", case, &scored([3, 2, 1], Some(40_000), "Annas skäl.")).await.unwrap();
        assert!(finished::of_case(&t.tenant, &eva, case).await.unwrap().is_empty(), "Eva has to judge for herself first");
        let own = finished::of_case(&t.tenant, &anna, case).await.unwrap();
        assert!(own.len() == 1 && own[0].places.contains(&sheet) && own[0].judgements[0].amount == Some(kr(40_000)), "{own:?}");
        assert!(assessments::views::sheet(&t.tenant, &anna, case, sheet).await.is_err(), "a sheet that is handed in is not edited");
        assess(&t, "eva", case, &scored([1, 2, 3], Some(30_000), "Evas skäl.")).await.unwrap();
        let fia = t.officer("fia").await.actor;
        let mut together = scored([2, 2, 2], Some(35_000), "Mitt emellan.");
        together.texts.insert("villkor".to_owned(), "Alla ska kunna komma in.".to_owned());
        tasks::complete(&t.tenant, &fia, task(&t, case).await, "weighed", &together, "Vi möttes.").await.unwrap();
        let all = finished::of_case(&t.tenant, &eva, case).await.unwrap();
        let gave: Vec<Vec<u32>> = all[0].scales.iter().map(|scale| scale.given.iter().map(|given| given.level).collect()).collect();
        assert_eq!((all.len(), gave), (2, vec![vec![3, 1], vec![2, 2], vec![1, 3]]));
        assert!(all[0].scales[0].given[1].why.contains("Evas skäl.") && all[1].judgements[0].amount == Some(kr(35_000)));
        assert_eq!(all[1].judgements[0].texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["Alla ska kunna komma in."]);
        assert!(finished::of_case(&t.tenant, &club.actor, case).await.is_err(), "the association reads its decision");
    });
}
