//! The officer's working day: what was opened and not finished, what is due today, and the same done with several cases.

use bifall::domain::id::{CaseId, UserId};
use bifall::services::cases::bulk::{self, Act, Skip};
use bifall::services::cases::handing_preview::{To, Unable};
use bifall::services::cases::{handing_over, list, looks, notes};
use bifall::services::staff::{self, Grant};
use bifall::services::tasks::{self, Filled, SupplementRequest};
use bifall::services::{Actor, ServiceError};
use bifall::store::queue::{Filter, Which};
use bifall::store::users::Role;

use super::queue::in_check;
use crate::support::actors::{day, tie};
use crate::support::{TestTenant, on_both};

async fn officers(t: &TestTenant, names: &[(&str, &str)]) {
    for (name, committee) in names {
        let grant = Grant { role: Role::Officer, committee, up_to: None, reference: None, from: day("2020-01-01") };
        let email = format!("{name}@exempelstad.example");
        staff::add(&t.tenant, &Actor::Service, name, &email, &[grant]).await.unwrap();
    }
}

async fn id(t: &TestTenant, name: &str) -> UserId {
    t.officer(name).await.actor.user().unwrap().id
}

async fn listed(t: &TestTenant, actor: &Actor, which: Which<'_>) -> Vec<CaseId> {
    let filter = Filter { which, ..Filter::default() };
    let lines = list::page(&t.tenant, actor, &filter, None, 50).await.unwrap().0;
    assert_eq!(list::counts_of(&t.tenant, actor, &filter).await.unwrap().all, i64::try_from(lines.len()).unwrap());
    lines.into_iter().map(|line| line.row.standing.case_id).collect()
}

async fn skips(t: &TestTenant, actor: &Actor, cases: &[CaseId], act: &Act) -> Vec<(CaseId, Option<Skip>)> {
    let planned = bulk::plan(&t.tenant, actor, cases, act).await.unwrap();
    let by_case: Vec<_> = planned.into_iter().map(|one| (one.line.row.standing.case_id, one.skip)).collect();
    cases.iter().filter_map(|case| by_case.iter().find(|(known, _)| known == case).cloned()).collect()
}

#[test]
fn what_was_opened_and_not_acted_on_is_found_again_until_it_is() {
    on_both(|t| async move {
        let t = t.staffed().await;
        officers(&t, &[("elsa", "KFN")]).await;
        let (one, two) = (in_check(&t, 1).await, in_check(&t, 2).await);
        let (anna, elsa, bo) = (t.officer("anna").await.actor, t.officer("elsa").await.actor, t.officer("bo").await.actor);
        let opened = async |actor: &Actor| listed(&t, actor, Which::Opened(actor.user().unwrap().id)).await;
        assert!(opened(&anna).await.is_empty());
        for actor in [&anna, &bo] {
            looks::note(&t.tenant, actor, one).await.unwrap();
            looks::note(&t.tenant, actor, two).await.unwrap();
        }
        assert_eq!(opened(&anna).await, [one, two]);
        assert!(opened(&elsa).await.is_empty(), "what a colleague opened is hers");
        assert!(opened(&bo).await.is_empty(), "who may not handle it has nothing to finish");
        // A word for colleagues finishes nothing; what somebody else does finishes nothing for her.
        notes::write(&t.tenant, &anna, one, "Fråga Bo.").await.unwrap();
        handing_over::hand_over(&t.tenant, &elsa, one, Some(id(&t, "elsa").await), "").await.unwrap();
        assert_eq!(opened(&anna).await, [one, two]);
        // Asking for what is missing does, and looking once more afterwards does not bring it back.
        let request = SupplementRequest { missing: "Avtalet", last_day: day("2026-08-20"), consequence: "Vi avgör utan.", sections: &[] };
        tasks::request_supplement(&t.tenant, &anna, one, &request).await.unwrap();
        looks::note(&t.tenant, &anna, one).await.unwrap();
        assert_eq!(opened(&anna).await, [two]);
        list::snooze(&t.tenant, &anna, two, Some(day("2026-08-10"))).await.unwrap();
        assert!(opened(&anna).await.is_empty(), "what is put aside is not unfinished");
        list::snooze(&t.tenant, &anna, two, None).await.unwrap();
        handing_over::hand_over(&t.tenant, &anna, two, Some(id(&t, "anna").await), "").await.unwrap();
        looks::note(&t.tenant, &anna, two).await.unwrap();
        assert!(opened(&anna).await.is_empty(), "she took it: that is something done");
    });
}

#[test]
fn what_is_due_today_is_told_apart_from_what_can_wait() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (in_check(&t, 1).await, in_check(&t, 2).await);
        let anna = t.officer("anna").await.actor;
        assert!(listed(&t, &anna, Which::DueToday).await.is_empty());
        // A task with a day, and the clock of the case: 90 days from the first of August.
        t.execute(
            "update task set due = '2026-08-05' where id = (select id from task where closed_at is null order by case_id, id limit 1)"
                .to_owned(),
        )
        .await
        .unwrap();
        let with_day = if one < two { one } else { two };
        assert!(listed(&t, &anna, Which::DueToday).await.is_empty());
        t.clock.set("2026-08-05 08:00");
        assert_eq!(listed(&t, &anna, Which::DueToday).await, [with_day]);
        list::snooze(&t.tenant, &anna, with_day, Some(day("2026-08-07"))).await.unwrap();
        assert!(listed(&t, &anna, Which::DueToday).await.is_empty());
        t.clock.set("2026-10-30 08:00");
        assert_eq!(listed(&t, &anna, Which::DueToday).await.len(), 2, "the clock has run out for both");
    });
}

#[test]
fn several_are_taken_and_what_is_skipped_is_told_before_and_after() {
    on_both(|t| async move {
        let t = t.staffed().await;
        officers(&t, &[("elsa", "KFN"), ("filip", "BUN")]).await;
        let mut cases = Vec::new();
        for no in 1..=4 {
            cases.push(in_check(&t, no).await);
        }
        let (anna, elsa, filip) = (t.officer("anna").await.actor, t.officer("elsa").await.actor, t.officer("filip").await.actor);
        handing_over::hand_over(&t.tenant, &anna, cases[0], Some(id(&t, "anna").await), "").await.unwrap();
        handing_over::hand_over(&t.tenant, &anna, cases[1], Some(id(&t, "elsa").await), "").await.unwrap();
        tie(&t.tenant, &anna, id(&t, "anna").await, t.case(cases[3]).await.organisation_id, "ledamot").await;
        let anna = Actor::staff(&t.tenant, anna.user().unwrap().id).await.unwrap();
        let planned = skips(&t, &anna, &cases, &Act::Take).await;
        let expected = [(cases[0], Some(Skip::HasIt)), (cases[1], Some(Skip::Colleagues("elsa".to_owned()))), (cases[2], None)];
        assert_eq!(planned, expected, "what she must keep away from is not there");
        assert!(skips(&t, &filip, &cases, &Act::Take).await.iter().all(|(_, skip)| *skip == Some(Skip::NotAllowed)));
        let (done, skipped) = bulk::carry_out(&t.tenant, &anna, &cases, &Act::Take).await.unwrap();
        assert_eq!((done, skipped.len()), (1, 2));
        let mine = list::page(&t.tenant, &elsa, &Filter { which: Which::All, ..Filter::default() }, None, 50).await.unwrap().0;
        let of = |case: CaseId| mine.iter().find(|line| line.row.standing.case_id == case).and_then(|line| line.row.officer.clone());
        let officers: Vec<_> = cases.iter().map(|case| of(*case)).collect();
        assert_eq!(officers, [Some("anna".to_owned()), Some("elsa".to_owned()), Some("anna".to_owned()), None]);
        // Handing several over: the colleague's conflict in one of them stops that one alone.
        let tied = t.case(cases[0]).await.organisation_id;
        tie(&t.tenant, &elsa, id(&t, "elsa").await, tied, "kassör").await;
        let over = Act::HandOver(To::Colleague(id(&t, "elsa").await));
        let planned = skips(&t, &anna, &cases[..3], &over).await;
        assert_eq!(
            planned,
            [(cases[0], Some(Skip::Unable(Unable::Conflicted))), (cases[1], Some(Skip::Unable(Unable::HasIt))), (cases[2], None),]
        );
        assert_eq!(bulk::carry_out(&t.tenant, &anna, &cases[..3], &over).await.unwrap().0, 1);
    });
}

#[test]
fn several_are_put_aside_until_a_day_to_come_and_closed_ones_are_skipped() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (in_check(&t, 1).await, in_check(&t, 2).await);
        let anna = t.officer("anna").await.actor;
        let until = |text: &str| Act::PutAside(text.parse().ok());
        for wrong in ["", "2026-08-01", "2026-07-31"] {
            assert!(matches!(bulk::carry_out(&t.tenant, &anna, &[one], &until(wrong)).await, Err(ServiceError::Invalid(_))), "{wrong}");
        }
        assert_eq!(listed(&t, &anna, Which::Snoozed).await, []);
        list::snooze(&t.tenant, &anna, one, Some(day("2026-08-10"))).await.unwrap();
        let aside = skips(&t, &anna, &[one, two], &until("2026-08-10")).await;
        assert_eq!(aside, [(one, Some(Skip::Aside)), (two, None)]);
        let (done, skipped) = bulk::carry_out(&t.tenant, &anna, &[one, two], &until("2026-08-10")).await.unwrap();
        assert_eq!((done, skipped.len()), (1, 1));
        assert_eq!(listed(&t, &anna, Which::Snoozed).await.len(), 2);
        // Decided and sent, a case is closed: nothing is put aside.
        for task in t.open_tasks(two).await {
            let filled = Filled { checked: [("underlag".to_owned(), true)].into(), ..Filled::default() };
            tasks::complete(&t.tenant, &anna, task.id, "approve", &filled, "Sett").await.unwrap();
        }
        t.work().await;
        t.closed().await;
        t.decided(two).await;
        assert_eq!(skips(&t, &anna, &[two], &until("2030-01-01")).await, [(two, Some(Skip::Closed))]);
    });
}
