//! Deciding: who may, when, how often; what the letter says; the list to the committee.

use bifall::domain::Money;
use bifall::domain::grant::Outcome;
use bifall::domain::id::CaseId;
use bifall::services::decisions::{self, meetings};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError};
use bifall::store::decisions::{self as rows, DecisionRow};
use bifall::store::users::Role;

use super::workflow::premises_case;
use crate::support::actors::{activity_answers, day};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

/// A club with 57 kr ready for decision, besides others of their own.
async fn ready(t: &TestTenant, no: u32) -> CaseId {
    let club = t.club(no).await;
    club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
    club.apply(&activity_answers(), &format!("k{no}")).await.case
}

async fn standing(t: &TestTenant, case: CaseId) -> Option<DecisionRow> {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::standing(&mut tx, case).await.unwrap()
}

async fn hire(t: &TestTenant, name: &str, role: Role, committee: &str, ore: i64, from: &str) -> Actor {
    let grant = Grant { role, committee, up_to: Some(Money::from_ore(ore)), reference: Some("punkt 9"), from: day(from) };
    staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &[grant]).await.unwrap();
    Actor::staff_named(&t.tenant, name).await.unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>) {
    assert!(matches!(result, Err(ServiceError::Refused(_))), "{result:?}");
}

#[test]
fn only_a_delegate_within_her_limit_decides_and_only_what_is_ready_and_once() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = ready(&t, 1).await;
        t.work().await;
        let anna = t.officer("anna").await;
        refused(decisions::decide(&t.tenant, &anna.actor, case, &[]).await);
        t.closed().await;
        // 57 kr: one öre below is not enough.
        let below = hire(&t, "under", Role::Delegate, "KFN", 5_699, "2026-01-01").await;
        let exact = hire(&t, "precis", Role::Delegate, "KFN", 5_700, "2026-01-01").await;
        let elsewhere = hire(&t, "annan", Role::Delegate, "BUN", 5_700, "2026-01-01").await;
        let tomorrow = hire(&t, "sedan", Role::Delegate, "KFN", 5_700, "2026-08-27").await;
        refused(decisions::decide(&t.tenant, &below, case, &[]).await);
        refused(decisions::decide(&t.tenant, &elsewhere, case, &[]).await);
        // Who has no role yet does not learn that there is a case.
        let early = decisions::decide(&t.tenant, &tomorrow, case, &[]).await;
        assert!(matches!(early, Err(ServiceError::NotFound)), "{early:?}");
        refused(decisions::decide(&t.tenant, &t.officer("bo").await.actor, case, &[]).await);
        refused(decisions::decide(&t.tenant, &Actor::Service, case, &[]).await);
        t.execute("update user_role set valid_to = '2026-08-25' where reference = 'punkt 4.2'".to_owned()).await.unwrap();
        let ended = decisions::decide(&t.tenant, &t.officer("anna").await.actor, case, &[]).await;
        assert!(ended.is_err(), "{ended:?}");
        assert!(standing(&t, case).await.is_none());
        decisions::decide(&t.tenant, &exact, case, &[]).await.unwrap();
        refused(decisions::decide(&t.tenant, &exact, case, &[]).await);
        let decision = standing(&t, case).await.unwrap();
        assert_eq!((decision.amount_ore.ore(), decision.delegation.as_deref()), (5_700, Some("punkt 9")));
    });
}

#[test]
fn a_decision_can_be_taken_back_until_it_is_sent() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = ready(&t, 1).await;
        t.work().await;
        t.closed().await;
        let anna = t.officer("anna").await;
        let first = decisions::decide(&t.tenant, &anna.actor, case, &[]).await.unwrap();
        let silent = decisions::undo(&t.tenant, &anna.actor, first, "  ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        refused(decisions::undo(&t.tenant, &t.officer("bo").await.actor, first, "Fel").await);
        t.clock.forward(chrono::TimeDelta::minutes(29));
        t.work().await;
        decisions::undo(&t.tenant, &anna.actor, first, "Fel ärende").await.unwrap();
        refused(decisions::undo(&t.tenant, &anna.actor, first, "Igen").await);
        t.clock.forward(chrono::TimeDelta::minutes(60));
        t.work().await;
        // Nothing left: no letter, no message, no order.
        assert!(t.documents(case).await.iter().all(|document| document.document_type != "beslut"));
        assert!(t.mails(case).await.is_empty() && t.orders(case).await.is_empty());
        assert_eq!((t.case(case).await.state.as_str(), t.case(case).await.outcome), ("proposed", None));

        let second = decisions::decide(&t.tenant, &anna.actor, case, &[]).await.unwrap();
        let decision = standing(&t, case).await.unwrap();
        assert_eq!((decision.id, decision.version), (second, 2));
        t.clock.forward(chrono::TimeDelta::minutes(30));
        t.work().await;
        assert_eq!(t.case(case).await.state, "closed");
        refused(decisions::undo(&t.tenant, &anna.actor, second, "För sent").await);
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(rows::of_case(&mut tx, case).await.unwrap().len(), 2, "the first is kept");
        drop(tx);
        t.history_holds().await;
    });
}

#[test]
fn the_database_itself_refuses_a_decision_by_nobody_and_a_changed_one() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = ready(&t, 1).await;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        let columns = "id, case_id, version, outcome, amount_ore, calculation_id, mode, appeal, decided_by, decided_at, dispatch_at, undone_at, letter, letter_hash";
        let id = if t.tenant.db.engine() == "sqlite" { "randomblob(16)" } else { "gen_random_uuid()" };
        let insert = |mode: &str, appeal: &str| {
            format!(
                "insert into decision ({columns}) select {id}, case_id, version + 1, outcome, amount_ore, calculation_id, '{mode}', '{appeal}', null,
                 decided_at, dispatch_at, decided_at, letter, letter_hash from decision"
            )
        };
        assert!(t.execute(insert("automatic", "laglighetsprovning")).await.is_err());
        assert!(t.execute(insert("batch_delegate", "laglighetsprovning")).await.is_err());
        assert_eq!(t.execute(insert("automatic", "forvaltningsbesvar")).await.unwrap(), 1, "the statement itself is right");
        assert!(t.execute("update decision set amount_ore = 1".to_owned()).await.is_err());
        assert!(t.execute("delete from decision".to_owned()).await.is_err());
        assert!(t.execute("update calculation set total_ore = 1".to_owned()).await.is_err());
    });
}

#[test]
fn the_letter_says_how_much_why_and_how_to_appeal() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = ready(&t, 1).await;
        t.work().await;
        t.closed().await;
        let late_club = t.club(2).await;
        late_club.send(&[occasion("2026-02-03", "b", &girls(20, 5)).led_by(adult(2))]).await;
        let late = late_club.apply(&activity_answers(), "late").await.case;
        t.work().await;
        let task = t.open_tasks(late).await.remove(0);
        let filled = bifall::services::tasks::Filled {
            checked: [("underlag".to_owned(), true)].into(),
            ..bifall::services::tasks::Filled::default()
        };
        bifall::services::tasks::complete(&t.tenant, &t.officer("anna").await.actor, task.id, "approve", &filled, "").await.unwrap();
        t.work().await;
        t.decided(case).await;
        t.decided(late).await;
        let decision = standing(&t, case).await.unwrap();
        assert_eq!(decision.outcome, Outcome::Bifall);
        let letter = decisions::html(&decision).unwrap();
        for word in ["57", "Förvaltningsrätten", "anna", "KFN 2026/2-1", "laglighetsprövning", "punkt 4.2"] {
            assert!(letter.contains(word), "{word} is missing in {letter}");
        }
        let document = t.documents(case).await.pop().unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let pdf = bifall::services::diary::read_file(&mut tx, &t.tenant, document.file_id.unwrap()).await.unwrap();
        drop(tx);
        assert!(pdf.starts_with(b"%PDF"));
        assert_eq!(decisions::pdf(&decision).await.unwrap(), pdf, "drawn up anew it is another letter");
        // A day late: 57.47 × 75 % = 43.10.
        let decision = standing(&t, late).await.unwrap();
        assert_eq!((decision.outcome, decision.amount_ore.ore()), (Outcome::DelvisBifall, 4_300));
        assert!(decisions::html(&decision).unwrap().contains("25"), "the reduction is not told");
    });
}

#[test]
fn a_refusal_tells_the_requirement_that_failed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        t.execute("delete from approval".to_owned()).await.unwrap();
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        let decision = standing(&t, case).await.unwrap();
        assert_eq!((decision.outcome, decision.amount_ore), (Outcome::Avslag, Money::ZERO));
        assert_eq!(t.case(case).await.state, "closed");
        assert!(t.orders(case).await.is_empty());
        assert_eq!(t.mails(case).await.len(), 1);
        assert!(t.documents(case).await.iter().any(|document| document.document_type == "beslut"));
        let letter = decisions::html(&decision).unwrap().to_lowercase();
        assert!(letter.contains("avslå") || letter.contains("avslag"), "{letter}");
        assert!(letter.contains("godkän"), "the reason is missing: {letter}");
    });
}

#[test]
fn every_delegated_decision_is_reported_exactly_once() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut decided = Vec::new();
        for no in 1..=4 {
            decided.push(ready(&t, no).await);
        }
        t.work().await;
        t.closed().await;
        for case in &decided[..3] {
            t.decided(*case).await;
        }
        // The fourth is decided but not sent yet.
        let anna = t.officer("anna").await;
        decisions::decide(&t.tenant, &anna.actor, decided[3], &[]).await.unwrap();
        let dag = t.officer("dag").await;
        refused(meetings::report(&t.tenant, &anna.actor, "KFN", day("2026-09-10"), None).await);
        // A meeting before the decisions was told of none of them: a year that was mistyped.
        let early = meetings::report(&t.tenant, &dag.actor, "KFN", day("2025-09-10"), None).await;
        assert!(matches!(&early, Err(ServiceError::Invalid(findings)) if findings[0].place == "dag"), "{early:?}");
        let meeting = meetings::report(&t.tenant, &dag.actor, "KFN", day("2026-09-10"), Some("§ 90")).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let first = meetings::list(&mut tx, &t.tenant, &meeting).await.unwrap();
        drop(tx);
        assert_eq!(first.decisions.len(), 3);
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        let next = meetings::report(&t.tenant, &dag.actor, "KFN", day("2026-10-08"), Some("§ 101")).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let second = meetings::list(&mut tx, &t.tenant, &next).await.unwrap();
        assert_eq!(second.decisions.len(), 1);
        let sum: i64 = first.decisions.iter().chain(&second.decisions).filter_map(|line| line.amount).map(Money::ore).sum();
        let all = rows::all_standing(&mut tx).await.unwrap();
        assert_eq!((all.len(), sum), (4, all.iter().map(|row| row.amount_ore.ore()).sum()));
        assert_eq!(sum, 4 * 5_700);
        drop(tx);
        // The announcement stays up for three weeks: 14 September to 5 October.
        let (held, up) = (day("2026-09-10"), day("2026-09-14"));
        let early = meetings::announce(&t.tenant, &dag.actor, "KFN", held, up, day("2026-10-05")).await;
        assert!(matches!(early, Err(ServiceError::Invalid(_))), "{early:?}");
        let ahead = meetings::announce(&t.tenant, &dag.actor, "KFN", held, up, day("2026-10-06")).await;
        assert!(matches!(&ahead, Err(ServiceError::Invalid(findings)) if findings[0].code == "future"), "{ahead:?}");
        t.clock.set("2026-09-14 12:00");
        meetings::announce(&t.tenant, &dag.actor, "KFN", held, up, day("2026-10-06")).await.unwrap();
        refused(meetings::announce(&t.tenant, &dag.actor, "KFN", held, up, day("2026-10-07")).await);
        refused(meetings::report(&t.tenant, &dag.actor, "KFN", held, None).await);
    });
}

#[test]
fn a_payment_held_for_legal_force_leaves_the_day_after_the_last_day_to_appeal() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-02-01 08:00");
        let club = t.club(1).await;
        let case = premises_case(&t, &club).await;
        t.decided(case).await;
        t.officer("bo").await.review_all().await;
        let cilla = t.officer("cilla").await;
        cilla.attest_all().await;
        let build = || bifall::services::payments::build(&t.tenant, &cilla.actor, bifall::services::payments::Channel::Manual, None);
        assert_eq!(build().await.unwrap(), None);
        let dag = t.officer("dag").await;
        meetings::report(&t.tenant, &dag.actor, "KFN", day("2026-03-12"), Some("§ 20")).await.unwrap();
        t.clock.set("2026-03-16 12:00");
        // Announced Monday 16 March: three weeks end on Easter Monday, 6 April, so the last day is the 7th. It was written
        // down as the Friday before, and the hold follows the correction.
        meetings::announce(&t.tenant, &dag.actor, "KFN", day("2026-03-12"), day("2026-03-13"), day("2026-04-08")).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let meeting = rows::meeting(&mut tx, "KFN", None, day("2026-03-12")).await.unwrap().unwrap().id;
        drop(tx);
        let right = meetings::Correction {
            held_on: day("2026-03-12"),
            paragraph: Some("§ 20"),
            announced: Some((day("2026-03-16"), day("2026-04-08"))),
            reason: "Fel dag",
        };
        for (wrong, place) in [
            (meetings::Correction { reason: " ", ..right.clone() }, "reason"),
            (meetings::Correction { announced: Some((day("2026-03-17"), day("2026-04-09"))), ..right.clone() }, "announced_on"),
            (meetings::Correction { announced: None, ..right.clone() }, "announced_on"),
            (meetings::Correction { held_on: day("2026-01-12"), ..right.clone() }, "held_on"),
        ] {
            let answer = meetings::correct(&t.tenant, &dag.actor, meeting, &wrong).await;
            assert!(matches!(&answer, Err(ServiceError::Invalid(findings)) if findings[0].place == place), "{place}: {answer:?}");
        }
        refused(meetings::correct(&t.tenant, &cilla.actor, meeting, &right).await);
        meetings::correct(&t.tenant, &dag.actor, meeting, &right).await.unwrap();
        t.clock.set("2026-04-07 23:59");
        assert_eq!(build().await.unwrap(), None);
        t.clock.set("2026-04-08 00:01");
        assert!(build().await.unwrap().is_some());
        // Let go, it holds the announcement for good.
        refused(meetings::correct(&t.tenant, &dag.actor, meeting, &right).await);
    });
}

#[test]
fn the_committees_own_grants_are_no_delegates_to_decide() {
    on_both(|t| async move {
        let mut files = bifall::packages::Files::built_in();
        let form = files.0.get_mut("forms/lokalbidrag.toml").unwrap();
        *form = String::from_utf8(form.clone()).unwrap().replace("\"batch_delegate\"", "\"committee\"").into_bytes();
        bifall::services::packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
        let t = t.staffed().await;
        t.clock.set("2026-02-01 08:00");
        let club = t.club(1).await;
        let case = premises_case(&t, &club).await;
        refused(decisions::decide(&t.tenant, &t.officer("anna").await.actor, case, &[]).await);
    });
}

/// A refusal gives its reasons (förvaltningslagen 32 §) also where no requirement has failed: there was nothing to count.
#[test]
fn an_application_without_attendance_is_refused_with_its_reason_and_the_letter_leaves() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let without = t.club(1).await.apply(&activity_answers(), "without").await.case;
        let alone = t.club(2).await;
        // Two girls and a leader: fewer than three are no group, so nothing of it counts.
        alone.send(&[occasion("2026-02-03", "a", &girls(0, 2)).led_by(adult(1))]).await;
        let too_few = alone.apply(&activity_answers(), "few").await.case;
        t.work().await;
        t.closed().await;
        for (case, reason) in [(without, "Ingen närvaro har kommit in för perioden."), (too_few, "Ingen av de 3 inskickade markeringarna")]
        {
            t.decided(case).await;
            let decision = standing(&t, case).await.unwrap();
            assert_eq!((decision.outcome, decision.amount_ore), (Outcome::Avslag, Money::ZERO));
            let letter = decisions::html(&decision).unwrap();
            assert!(letter.contains(reason), "{letter}");
        }
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        for case in [without, too_few] {
            assert!(standing(&t, case).await.unwrap().dispatched_at.is_some(), "the letter has left");
        }
    });
}
