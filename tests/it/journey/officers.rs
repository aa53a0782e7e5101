//! What officers do beside the workflow: change a sum, write, note, hand over, give time, remind, close what is withdrawn.

use bifall::domain::Money;
use bifall::domain::calculation::RowKind;
use bifall::domain::conflict::Kept;
use bifall::domain::grant::Outcome;
use bifall::domain::inputs::{Answer, Attachment};
use bifall::services::cases::{beside, handing_over, list, notes, overrides, withdrawal};
use bifall::services::decisions::{self, meetings};
use bifall::services::drafts::{self, my};
use bifall::services::extensions::{self, Given};
use bifall::services::replay;
use bifall::services::staff::{self, Grant};
use bifall::services::tasks::{self, SupplementRequest};
use bifall::services::{Actor, ServiceError, calculation, dialogue, reminders, verify};
use bifall::store::decisions as decision_rows;
use bifall::store::queue::{Filter, Waits};
use bifall::store::users::Role;

use super::queue::in_check;
use crate::support::actors::{activity_answers, day};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>) {
    assert!(matches!(result, Err(ServiceError::Refused(_))), "{result:?}");
}

fn invalid<T: std::fmt::Debug>(result: Result<T, ServiceError>) {
    assert!(matches!(result, Err(ServiceError::Invalid(_))), "{result:?}");
}

fn kronor(amount: i64) -> Money {
    Money::from_kronor(amount).unwrap()
}

async fn sound(t: &TestTenant) {
    let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
    assert!(report.sound(), "{:#?}", report.wrong);
}

#[test]
fn a_changed_sum_is_a_row_with_its_reason_and_replays() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(10, 5)).led_by(adult(1))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        let anna = t.officer("anna").await.actor;
        invalid(overrides::change(&t.tenant, &anna, case, Some(kronor(40)), "  ").await);
        assert!(overrides::change(&t.tenant, &t.officer("bo").await.actor, case, Some(kronor(40)), "Nej").await.is_err());
        // 5 × 9.89 + 8.02 = 57.47, rounded 57 kr.
        let before = calculation::evaluation(&t.newest(case).await).unwrap();
        overrides::change(&t.tenant, &anna, case, Some(kronor(40)), "Ett tillfälle räknades dubbelt.").await.unwrap();
        let after = calculation::evaluation(&t.newest(case).await).unwrap();
        assert_eq!(after.rows[..before.rows.len()], before.rows, "no row of the rules is edited");
        let change = &after.rows[before.rows.len()];
        assert_eq!((change.kind, change.value.normalize().to_string().as_str()), (RowKind::Override, "-17"));
        assert_eq!(change.reason.as_ref().unwrap().sv, "Ett tillfälle räknades dubbelt.");
        assert_eq!((after.total_ore, after.rows.last().unwrap().kind), (kronor(40), RowKind::Total));
        assert_eq!(after.account, before.account);
        // Taken back, and changed anew: the last counts.
        overrides::change(&t.tenant, &anna, case, None, "Räknades rätt.").await.unwrap();
        assert_eq!(t.total(case).await, 5_700);
        overrides::change(&t.tenant, &anna, case, Some(kronor(30)), "Ändå.").await.unwrap();
        t.decided(case).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let decision = decision_rows::standing(&mut tx, case).await.unwrap().unwrap();
        drop(tx);
        assert_eq!((decision.amount_ore, decision.outcome), (kronor(30), Outcome::DelvisBifall));
        assert_eq!(replay::replay(&t.tenant, &decision).await.unwrap().answer, replay::Answer::Same);
        refused(overrides::change(&t.tenant, &anna, case, Some(kronor(1)), "För sent").await);
        sound(&t).await;
    });
}

#[test]
fn a_change_before_the_period_closes_holds_for_the_final_calculation() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        overrides::change(&t.tenant, &anna, case, Some(kronor(50)), "Avrundas ned.").await.unwrap();
        for task in t.open_tasks(case).await {
            let filled = tasks::Filled { checked: [("underlag".to_owned(), true)].into(), ..tasks::Filled::default() };
            tasks::complete(&t.tenant, &anna, task.id, "approve", &filled, "Sett").await.unwrap();
        }
        t.work().await;
        t.closed().await;
        assert_eq!(t.total(case).await, 5_000);
        sound(&t).await;
    });
}

#[test]
fn a_dialogue_is_documents_and_the_mail_says_only_that_there_is_one() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let (club, other) = (t.club(1).await, t.club(2).await);
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        let anna = t.officer("anna").await.actor;
        let documents = t.documents(case).await.len();
        invalid(dialogue::write(&t.tenant, &anna, case, " \n ").await);
        dialogue::write(&t.tenant, &anna, case, "Hej! Vilken lokal menar ni?").await.unwrap();
        let mails = t.mails(case).await;
        let mail = mails.last().unwrap();
        assert!(!mail.text.contains("lokal") && mail.text.contains("nytt meddelande"), "{}", mail.text);
        dialogue::write(&t.tenant, &club.actor, case, "Gymnastiksalen.").await.unwrap();
        assert_eq!(t.documents(case).await.len(), documents + 2);
        assert!(dialogue::open(&t.tenant, &other.actor, case).await.is_err(), "another association's");
        assert!(dialogue::write(&t.tenant, &other.actor, case, "Hej").await.is_err());
        let todo = Filter { which: bifall::store::queue::Which::ToDo, ..Filter::default() };
        let waiting = list::page(&t.tenant, &anna, &todo, None, 10).await.unwrap().0;
        assert_eq!(waiting.iter().map(|line| line.row.unread).collect::<Vec<_>>(), [1], "an unanswered message is something to do");
        let threads = dialogue::list(&t.tenant, &club.actor).await.unwrap();
        assert_eq!((threads[0].row.messages, threads[0].row.unread), (2, 1));
        dialogue::open(&t.tenant, &club.actor, case).await.unwrap();
        assert_eq!(dialogue::list(&t.tenant, &club.actor).await.unwrap()[0].row.unread, 0);
        assert!(dialogue::list(&t.tenant, &other.actor).await.unwrap().is_empty());
        dialogue::write(&t.tenant, &anna, case, "Tack!").await.unwrap();
        assert!(list::page(&t.tenant, &anna, &todo, None, 10).await.unwrap().0.is_empty());
        sound(&t).await;
    });
}

#[test]
fn notes_are_for_colleagues_and_a_call_is_a_document() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        let before = t.documents(case).await.len();
        notes::write(&t.tenant, &anna, case, "Fråga Bo om hyran.").await.unwrap();
        assert_eq!(t.documents(case).await.len(), before);
        notes::phone(&t.tenant, &anna, case, "Kassören lovar kontraktet på fredag.").await.unwrap();
        let documents = t.documents(case).await;
        assert_eq!((documents.len(), documents.last().unwrap().direction.word()), (before + 1, "internal"));
        assert_eq!(beside::of(&t.tenant, &anna, case).await.unwrap().notes.len(), 1);
        let club = Actor::on_paper(t.case(case).await.organisation_id, "Kassören");
        assert!(beside::of(&t.tenant, &club, case).await.unwrap().notes.is_empty(), "the applicant sees no notes");
        invalid(notes::phone(&t.tenant, &anna, case, "").await);
    });
}

#[test]
fn a_case_is_handed_to_who_may_handle_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let grant = |committee| Grant { role: Role::Officer, committee, up_to: None, reference: None, from: day("2020-01-01") };
        for (name, committee) in [("elsa", "KFN"), ("filip", "BUN")] {
            staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &[grant(committee)]).await.unwrap();
        }
        let anna = t.officer("anna").await.actor;
        let id = |actor: &Actor| actor.user().unwrap().id;
        let (elsa, filip) = (t.officer("elsa").await.actor, t.officer("filip").await.actor);
        refused(handing_over::hand_over(&t.tenant, &anna, case, Some(id(&filip)), "").await);
        invalid(handing_over::hand_over(&t.tenant, &anna, case, None, "").await);
        handing_over::hand_over(&t.tenant, &anna, case, Some(id(&elsa)), "Ring på fredag.").await.unwrap();
        let hers = |actor: &Actor| Filter { whose: bifall::store::queue::Whose::Hers(id(actor)), ..Filter::default() };
        assert_eq!(list::page(&t.tenant, &elsa, &hers(&elsa), None, 10).await.unwrap().0.len(), 1);
        assert!(list::page(&t.tenant, &anna, &hers(&anna), None, 10).await.unwrap().0.is_empty());
        assert_eq!(beside::of(&t.tenant, &elsa, case).await.unwrap().notes[0].2, "Ring på fredag.");
    });
}

#[test]
fn more_time_makes_late_what_was_late_in_time() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let anna = t.officer("anna").await.actor;
        t.clock.set("2026-08-20 08:00");
        let given = |organisation, until: &str, reason| Given {
            grant_type: "aktivitetsstod",
            period: "2026-H1",
            organisation,
            until: day(until),
            reason,
        };
        invalid(extensions::give(&t.tenant, &anna, &given(Some(one.id), "2026-08-25", "Sjukdom")).await);
        invalid(extensions::give(&t.tenant, &anna, &given(Some(one.id), "2026-08-31", " ")).await);
        assert!(extensions::give(&t.tenant, &t.officer("bo").await.actor, &given(Some(one.id), "2026-08-31", "Nej")).await.is_err());
        extensions::give(&t.tenant, &anna, &given(Some(one.id), "2026-08-31", "Kassören är sjuk.")).await.unwrap();
        t.clock.set("2026-08-30 08:00");
        // Her own pages, the page before she begins and her draft say the day that holds for her, and only for her.
        let offered = async |club: &crate::support::actors::Association<'_>| {
            let open = my::pages(&t.tenant, &club.actor, club.id).await.unwrap().open;
            open.into_iter().find(|grant| grant.grant_type == "aktivitetsstod").map(|grant| (grant.last_day, grant.extended))
        };
        assert_eq!(offered(&one).await, Some((day("2026-08-31"), true)));
        assert_eq!(offered(&two).await, None);
        let before = drafts::precheck(&t.tenant, &one.actor, one.id, "aktivitetsstod", "2026-H1").await.unwrap();
        assert_eq!(before.last_day, day("2026-08-31"));
        let draft = drafts::begin(&t.tenant, &one.actor, one.id, "aktivitetsstod", "2026-H1", drafts::Start::GoOn).await.unwrap();
        assert_eq!(drafts::open(&t.tenant, &one.actor, draft).await.unwrap().last_day, day("2026-08-31"));
        let lines = my::pages(&t.tenant, &one.actor, one.id).await.unwrap().drafts;
        assert_eq!((lines[0].last_day, lines[0].extended), (day("2026-08-31"), true));
        drafts::throw_away(&t.tenant, &one.actor, draft).await.unwrap();
        assert!(!one.apply(&activity_answers(), "1").await.late);
        let late = two.apply(&activity_answers(), "2").await;
        assert!(late.late);
        // The period stays open while somebody has time.
        refused(bifall::services::periods::close(&t.tenant, &t.officer("dag").await.actor, "aktivitetsstod", "2026-H1").await);
        // For all: a case that came in late is in time now.
        extensions::give(&t.tenant, &anna, &given(None, "2026-08-31", "Tjänsten låg nere.")).await.unwrap();
        assert_eq!(t.case(late.case).await.due, day("2026-08-31"));
        t.clock.set("2026-09-01 08:00");
        t.officer("dag").await.close_period().await;
        refused(extensions::give(&t.tenant, &anna, &given(None, "2026-09-30", "För sent")).await);
        sound(&t).await;
    });
}

#[test]
fn one_text_goes_to_many_cases_each_with_a_document_of_its_own_and_time_can_be_given() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (first, second) = (in_check(&t, 1).await, in_check(&t, 2).await);
        let anna = t.officer("anna").await.actor;
        let request = SupplementRequest {
            missing: "Hyreskontraktet",
            last_day: day("2026-08-15"),
            consequence: "Annars avgörs ärendet utan det.",
            sections: &["verksamhet".to_owned()],
        };
        let done = tasks::request_supplements(&t.tenant, &anna, &[first, second], &request).await;
        assert!(done.iter().all(|(_, result)| result.is_ok()), "{done:?}");
        for case in [first, second] {
            assert_eq!(t.case(case).await.state, "supplement");
            assert_eq!(t.documents(case).await.iter().filter(|one| one.document_type == "komplettering").count(), 1);
        }
        let again = tasks::request_supplements(&t.tenant, &anna, &[first], &request).await;
        assert!(again[0].1.is_err(), "it waits already");
        invalid(tasks::extend_supplement(&t.tenant, &anna, first, day("2026-08-15"), "Semester").await);
        tasks::extend_supplement(&t.tenant, &anna, first, day("2026-08-20"), "Semester").await.unwrap();
        t.clock.set("2026-08-16 08:00");
        t.work().await;
        assert_eq!((t.case(first).await.state.as_str(), t.case(second).await.state.as_str()), ("supplement", "check"));
        t.clock.set("2026-08-21 08:00");
        t.work().await;
        assert_eq!(t.case(first).await.state, "check");
        sound(&t).await;
    });
}

#[test]
fn a_withdrawal_that_does_not_hold_ends_with_a_reason_and_the_case_goes_on() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        withdrawal::note(&t.tenant, &anna, case, "Någon ringde.").await.unwrap();
        let task = t.open_tasks(case).await.into_iter().find(|task| task.task == withdrawal::WITHDRAWAL).unwrap();
        let silent = tasks::complete(&t.tenant, &anna, task.id, "approve", &tasks::Filled::default(), " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        tasks::complete(&t.tenant, &anna, task.id, "approve", &tasks::Filled::default(), "Det gällde en annan förening.").await.unwrap();
        refused(withdrawal::close(&t.tenant, &anna, case).await);
        assert_eq!(t.case(case).await.state, "check");
        sound(&t).await;
    });
}

#[test]
fn a_withdrawn_application_is_closed_by_a_decision_that_can_be_undone() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        refused(withdrawal::close(&t.tenant, &anna, case).await);
        withdrawal::note(&t.tenant, &anna, case, "Ordföranden ringde i dag.").await.unwrap();
        refused(withdrawal::note(&t.tenant, &anna, case, "Igen").await);
        let line = list::some(&t.tenant, &anna, &[case]).await.unwrap().remove(0);
        assert_eq!(line.row.standing.waits, Waits::Officer);
        let decision = withdrawal::close(&t.tenant, &anna, case).await.unwrap();
        assert_eq!(list::some(&t.tenant, &anna, &[case]).await.unwrap()[0].row.standing.waits, Waits::Dispatch);
        decisions::undo(&t.tenant, &anna, decision, "Fel ärende").await.unwrap();
        // The decision is gone, but the application is still taken back.
        assert_eq!(list::some(&t.tenant, &anna, &[case]).await.unwrap()[0].row.standing.waits, Waits::Officer);
        refused(withdrawal::note(&t.tenant, &anna, case, "Igen").await);
        withdrawal::close(&t.tenant, &anna, case).await.unwrap();
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        let closed = t.case(case).await;
        assert!(closed.closed_at.is_some());
        assert_eq!(closed.outcome, Some(Outcome::Avskrivning));
        assert!(t.orders(case).await.is_empty());
        sound(&t).await;
    });
}

#[test]
fn those_who_applied_before_and_not_now_are_reminded_in_their_earlier_case() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let (one, two) = (t.club(1).await, t.club(2).await);
        let case = one.apply(&activity_answers(), "1").await.case;
        two.apply(&activity_answers(), "2").await;
        t.work().await;
        t.clock.set("2027-01-15 08:00");
        two.submit("aktivitetsstod", "2026-H2", &activity_answers(), "3").await.unwrap();
        let anna = t.officer("anna").await.actor;
        let look = reminders::missing(&t.tenant, &anna, "aktivitetsstod", "2026-H2").await.unwrap();
        assert_eq!(look.missing.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Klubb 1"]);
        invalid(reminders::remind(&t.tenant, &anna, "aktivitetsstod", "2026-H2", &[]).await);
        let mails = t.mails(case).await.len();
        assert_eq!(reminders::remind(&t.tenant, &anna, "aktivitetsstod", "2026-H2", &[one.id, two.id]).await.unwrap(), 1);
        assert_eq!(t.mails(case).await.len(), mails + 1);
        assert_eq!(dialogue::open(&t.tenant, &one.actor, case).await.unwrap().messages.len(), 1);
    });
}

#[test]
fn the_meetings_list_leaves_out_who_one_is_tied_to() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(10, 5)).led_by(adult(1))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        let (anna, dag) = (t.officer("anna").await.actor, t.officer("dag").await.actor);
        let waiting = |seen: &meetings::Overview| seen.waiting.iter().map(|(_, count)| count).sum::<i64>();
        let before = meetings::overview(&t.tenant, &anna).await.unwrap();
        assert_eq!((waiting(&before), before.may_report), (1, false));
        let meeting = meetings::report(&t.tenant, &dag, "KFN", day("2026-09-10"), Some("§ 88")).await.unwrap();
        let seen = meetings::overview(&t.tenant, &anna).await.unwrap();
        assert_eq!((waiting(&seen), seen.meetings[0].1), (0, 1));
        let list = meetings::of(&t.tenant, &anna, meeting.id).await.unwrap();
        assert_eq!((list.seen.cases, list.seen.left_out), (vec![case], 0));
        assert_eq!(list.seen.list.decisions[0].subject, "Aktivitetsstöd januari–juni 2026, Klubb 1");
        let Actor::Staff { user, roles, .. } = anna else { panic!("anna is staff") };
        let tied = Actor::Staff { user, roles, conflicts: Kept::away_from([club.id]) };
        assert_eq!(meetings::overview(&t.tenant, &tied).await.unwrap().meetings[0].1, 0);
        let hers = meetings::of(&t.tenant, &tied, meeting.id).await.unwrap();
        assert_eq!((hers.seen.list.decisions.len(), hers.seen.left_out), (0, 1));
    });
}

#[test]
fn answers_stand_beside_the_register_and_those_of_the_period_before() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let club = t.club(1).await;
        club.apply(&activity_answers(), "1").await;
        t.clock.set("2027-01-15 08:00");
        let mut answers = activity_answers();
        answers.insert("ny_lokal".to_owned(), Answer::YesNo(true));
        answers.insert("hyreskontrakt".to_owned(), Answer::Attachment(Attachment::Later));
        let case = club.submit("aktivitetsstod", "2026-H2", &answers, "2").await.unwrap().case;
        let seen = beside::of(&t.tenant, &t.officer("anna").await.actor, case).await.unwrap();
        assert_eq!(seen.before.as_deref(), Some("2026-H1"));
        let moved = seen.compared.iter().find(|row| row.label.sv.contains("lokal")).unwrap();
        assert_eq!((moved.answer.as_str(), moved.before.as_str()), ("Ja", "Nej"));
        let account = seen.compared.iter().find(|row| !row.register.is_empty()).unwrap();
        assert!(account.register.contains("5012-3454"), "{account:?}");
    });
}
