//! Experts in a workflow where nobody weighs together and the applicant may be asked meanwhile.

use bifall::packages::Files;
use bifall::services::experts::finish;
use bifall::services::experts::views::{Standing, invitation, of_case};
use bifall::services::{Actor, committee, ranking, tasks};
use chrono::TimeDelta;

use super::{absent, ask, in_days, with_expert};
use crate::journey::assessment::{GRANT, assess, kr, ranked_and_settled, scored, with_assessors};
use crate::support::actors::day;
use crate::support::{TestTenant, on_both};

/// The culture grant with a workflow of its own: nobody weighs together, assessors may name conditions, and an officer may ask
/// the applicant while the case is assessed.
async fn without_weighing(t: &TestTenant) {
    let mut files = Files::built_in();
    let workflow = files.0.get_mut("workflows/assessed.toml").unwrap();
    let text = String::from_utf8(workflow.clone()).unwrap();
    let (before, rest) = text.split_once("[[state]]\nid = \"moderate\"").unwrap();
    let (_, after) = rest.split_once("[[state]]\nid = \"rank\"").unwrap();
    let ask = "next = [{ to = \"supplement\", action = \"request_supplement\" }, { to = \"rank\", action = \"assessed\" }]";
    let before = before.replace("next = [{ to = \"moderate\", action = \"assessed\" }]", ask);
    let conditions = "[[state.task.form]]\nid = \"villkor\"\nlabel = { sv = \"Villkor\" }\ntype = \"conditions\"\n\n";
    let after = after.replace("to = \"moderate\", when", "to = \"assess\", when");
    *workflow = format!("{before}{conditions}[[state]]\nid = \"rank\"{after}").into_bytes();
    let imported = bifall::services::packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
    assert!(imported.problems.iter().all(|problem| !problem.is_error()), "{:#?}", imported.problems);
}

#[test]
fn the_points_are_the_mean_of_all_three_and_her_sheet_sets_no_conditions() {
    on_both(|t| async move {
        // The first version that governs the period is the one that cases follow.
        without_weighing(&t).await;
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        let mut anna = scored([3, 2, 1], Some(40_000), "Så ser jag det.");
        anna.texts.insert("villkor".to_owned(), "Fri entré för barn.".to_owned());
        assess(&t, "eva", case, &scored([1, 2, 2], Some(30_000), "Så ser jag det.")).await.unwrap();
        t.clock.forward(TimeDelta::minutes(1));
        assess(&t, "anna", case, &anna).await.unwrap();
        t.clock.forward(TimeDelta::minutes(1));
        finish(&t.tenant, &ines, id, &scored([2, 2, 3], None, "Min bedömning."), "Stark idé.").await.unwrap();
        assert_eq!(t.case(case).await.state, "rank");
        let fia = t.officer("fia").await.actor;
        let round = ranking::views::round(&t.tenant, &fia, GRANT, "2026-HOST", None).await.unwrap();
        // 14, 9 and 13 of 18: 36 of 54. Anna's amount is the newest; the expert proposes none.
        assert_eq!(round.rows.iter().map(|row| (row.points.hundredths(), row.assessed)).collect::<Vec<_>>(), [(6_667, kr(40_000))]);
        ranked_and_settled(&t, 40_000).await;
        let anna = t.officer("anna").await.actor;
        let meeting = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-09-24"), None).await.unwrap().id;
        committee::put_on_agenda(&t.tenant, &anna, meeting, &[case]).await.unwrap().remove(0).1.unwrap();
        let mut own = committee::memo::own_texts(&t.tenant, &anna, meeting, GRANT).await.unwrap();
        own.iter_mut().for_each(|heading| heading.text = "Inget särskilt.".to_owned());
        committee::memo::write(&t.tenant, &anna, meeting, GRANT, &own).await.unwrap();
        let memo = committee::memo::compose(&t.tenant, &anna, meeting, GRANT, None).await.unwrap();
        assert!(format!("{memo:?}").contains("Fri entré för barn."), "{memo:?}");
    });
}

#[test]
fn her_invitation_is_over_when_the_case_leaves_the_state_in_another_way() {
    on_both(|t| async move {
        // The first version that governs the period is the one that cases follow.
        without_weighing(&t).await;
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        let anna = t.officer("anna").await.actor;
        let request = tasks::SupplementRequest {
            missing: "Kalkylen för scenen.",
            last_day: in_days(&t, 5),
            consequence: "Vi avgör ansökan som den är.",
            sections: &[],
        };
        tasks::request_supplement(&t.tenant, &anna, case, &request).await.unwrap();
        assert!(t.open_tasks(case).await.is_empty());
        absent(invitation(&t.tenant, &ines, id).await);
        tasks::answer_supplement(&t.tenant, &club.actor, case, &std::collections::BTreeMap::new(), "Den är riktig.").await.unwrap();
        t.work().await;
        // Back where it was she is not asked by itself, and her last day moves nothing.
        assert_eq!((t.case(case).await.state.as_str(), t.open_tasks(case).await.len()), ("assess", 2));
        absent(invitation(&t.tenant, &ines, id).await);
        assert_eq!(of_case(&t.tenant, &anna, case).await.unwrap().invited[0].standing, Standing::Over);
        t.clock.set(&format!("{} 08:00", in_days(&t, 11)));
        t.work().await;
        assert_eq!((t.case(case).await.state.as_str(), t.open_tasks(case).await.len()), ("assess", 2));
        let again = ask(&t, "anna", case).await.unwrap();
        assert!(invitation(&t.tenant, &ines, again).await.unwrap().scoring.is_none());
    });
}
