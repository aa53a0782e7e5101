//! Approvals that end: told in time, once a day to remind, and not to who has renewed.

use bifall::integrations::mail::Message;
use bifall::services::renewals::Ending;
use bifall::services::{decisions, drafts, organisations};
use bifall::store::outbox;

use super::workflow::{approval, approval_case};
use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

/// The letters that belong to no case, oldest first.
async fn letters(t: &TestTenant) -> Vec<Message> {
    let mut tx = t.tenant.db.read().await.unwrap();
    let rows = outbox::newest(&mut tx, 100).await.unwrap();
    rows.iter().rev().filter(|row| row.case_id.is_none()).map(|row| serde_json::from_slice(&row.request).unwrap()).collect()
}

/// How many there are when everything due at a time is done.
async fn at(t: &TestTenant, when: &str) -> usize {
    t.clock.set(when);
    t.work().await;
    letters(t).await.len()
}

/// What her own pages say of approvals that end.
async fn told(t: &TestTenant, club: &Association<'_>, when: &str) -> Vec<Ending> {
    t.clock.set(when);
    drafts::my::pages(&t.tenant, &club.actor, club.id).await.unwrap().ending
}

/// An approval granted here that holds to 30 December 2027: eighteen months after 30 June 2026.
async fn approved(t: &TestTenant) -> Association<'_> {
    let club = t.club(1).await;
    let case = approval_case(t, &club, "2026", "2026-06-30").await;
    t.decided(case).await;
    club
}

#[test]
fn the_association_is_told_sixty_and_fourteen_days_before_the_last_and_not_twice() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = approved(&t).await;
        // 30 December less sixty days is 31 October, less fourteen 16 December.
        assert_eq!(at(&t, "2027-10-30 23:59").await, 0);
        assert_eq!(at(&t, "2027-10-31 00:00").await, 1);
        assert_eq!(at(&t, "2027-11-20 08:00").await, 1);
        assert_eq!(at(&t, "2027-12-15 23:59").await, 1);
        assert_eq!(at(&t, "2027-12-16 00:00").await, 2);
        assert_eq!(at(&t, "2028-01-20 08:00").await, 2);
        for letter in letters(&t).await {
            assert_eq!(letter.to, format!("kassor-{}@forening.example", club.external));
            assert!(letter.subject.contains("30 december 2027") && letter.text.contains("30 december 2027"), "{letter:?}");
            assert!(!letter.text.contains("Klubb 1") && !letter.text.contains("Kassören"), "{letter:?}");
        }
        t.history_holds().await;
    });
}

#[test]
fn what_an_older_system_approved_is_told_of_too() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let _club = t.club(1).await;
        // To 30 June 2027: 1 May and 16 June.
        assert_eq!(at(&t, "2027-04-30 23:59").await, 0);
        assert_eq!(at(&t, "2027-05-01 00:00").await, 1);
        assert_eq!(at(&t, "2027-06-16 00:00").await, 2);
    });
}

#[test]
fn a_clock_that_passes_both_days_gives_one_mail_and_one_that_passes_the_last_day_none() {
    on_both(|t| async move {
        let t = t.staffed().await;
        approved(&t).await;
        let _older = t.club(2).await;
        // The older one's last day was 30 June, the other's is in ten days.
        assert_eq!(at(&t, "2027-12-20 08:00").await, 1);
        assert!(letters(&t).await[0].subject.contains("30 december 2027"));
        assert_eq!(at(&t, "2027-12-31 00:00").await, 1);
    });
}

#[test]
fn who_has_renewed_or_applied_is_not_reminded() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = approved(&t).await;
        // The approval from the older system would have been told of on 1 May.
        assert_eq!(at(&t, "2027-05-01 08:00").await, 0);
        club.submit("godkand-forening", "2027", &approval("2027-06-30"), "next").await.unwrap();
        assert_eq!(at(&t, "2027-10-31 08:00").await, 0, "she has applied");
        organisations::take_over_approval(
            &t.tenant,
            &bifall::services::Actor::Service,
            club.id,
            "godkand-forening",
            day("2027-12-31"),
            day("2028-12-30"),
        )
        .await
        .unwrap();
        assert_eq!(at(&t, "2027-12-16 08:00").await, 0, "another takes over");
        assert!(told(&t, &club, "2027-12-20 08:00").await.is_empty());
    });
}

#[test]
fn a_decision_taken_back_leaves_nothing_to_remind_of() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = approval_case(&t, &club, "2026", "2026-06-30").await;
        t.execute("delete from approval".to_owned()).await.unwrap();
        let anna = t.officer("anna").await;
        let id = decisions::decide(&t.tenant, &anna.actor, case, &[]).await.unwrap();
        t.work().await;
        decisions::undo(&t.tenant, &anna.actor, id, "Fel ärende").await.unwrap();
        for when in ["2027-05-01 08:00", "2027-10-31 08:00", "2027-12-16 08:00"] {
            assert_eq!(at(&t, when).await, 0, "{when}");
            assert!(told(&t, &club, when).await.is_empty(), "{when}");
        }
    });
}

#[test]
fn her_pages_tell_from_the_first_day_to_remind_and_lead_to_the_application() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        assert!(told(&t, &club, "2027-04-30 23:59").await.is_empty());
        let first = told(&t, &club, "2027-05-01 00:00").await.remove(0);
        assert_eq!((first.last_day, first.over), (day("2027-06-30"), false));
        assert_eq!(first.open.as_ref().map(|period| period.id.as_str()), Some("2027"));
        let after = told(&t, &club, "2027-07-01 00:00").await.remove(0);
        assert!(after.over);
        club.submit("godkand-forening", "2027", &approval("2027-06-30"), "k").await.unwrap();
        assert!(told(&t, &club, "2027-07-01 08:00").await.is_empty(), "she has applied");
    });
}
