//! Handing in: in time, late, too early, twice, at once, wrong, for somebody else.

use std::collections::{BTreeMap, BTreeSet};

use bifall::domain::inputs::Answer;
use bifall::services::ServiceError;
use bifall::services::applications::{self, Submission};
use bifall::store::cases;

use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

/// Twenty occasions of ten girls and a leader, each association's own: 20 × (98.90 + 8.02) = 2 138.40.
async fn season(t: &TestTenant, no: u32) -> crate::support::actors::Association<'_> {
    let club = t.club(no).await;
    let occasions: Vec<_> = (1..=20)
        .map(|day| occasion(&format!("2026-03-{day:02}"), &format!("c{day}"), &girls(u64::from(no) * 10, 10)).led_by(adult(u64::from(no))))
        .collect();
    club.send(&occasions).await;
    club
}

#[test]
fn lateness_is_received_and_reduced_by_the_ladder() {
    on_both(|t| async move {
        let t = t.staffed().await;
        // The last day is 25 August. Kept: 100, 75, 50, 25 and 0 percent of 2 138.40, in whole kronor.
        let ladder = [
            ("2026-08-25 23:59", 213_800),
            ("2026-08-26 00:00", 160_400),
            ("2026-09-01 12:00", 160_400),
            ("2026-09-02 12:00", 106_900),
            ("2026-09-15 12:00", 106_900),
            ("2026-09-16 12:00", 53_500),
            ("2026-09-30 23:59", 53_500),
            ("2026-10-01 00:00", 0),
        ];
        for (no, (when, ore)) in (1_u32..).zip(ladder) {
            let club = season(&t, no).await;
            t.clock.set(when);
            let receipt = club.apply(&activity_answers(), &format!("k{no}")).await;
            assert_eq!(receipt.late, ore < 213_800, "{when}");
            t.work().await;
            assert_eq!(t.total(receipt.case).await, ore, "{when}");
        }
    });
}

#[test]
fn the_last_second_of_the_last_day_is_in_time_and_the_next_is_late() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        t.clock.set("2026-08-26 00:00");
        t.clock.forward(chrono::TimeDelta::microseconds(-1));
        assert!(!one.apply(&activity_answers(), "a").await.late);
        t.clock.forward(chrono::TimeDelta::microseconds(1));
        assert!(two.apply(&activity_answers(), "b").await.late);
    });
}

#[test]
fn before_the_period_opens_nothing_is_taken() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        t.clock.set("2026-06-30 23:59");
        let refused = club.submit("aktivitetsstod", "2026-H1", &activity_answers(), "k").await;
        assert!(matches!(&refused, Err(ServiceError::Invalid(findings)) if findings[0].code == "not_open"), "{refused:?}");
        t.clock.set("2026-07-01 00:00");
        club.submit("aktivitetsstod", "2026-H1", &activity_answers(), "k").await.unwrap();
    });
}

#[test]
fn until_the_last_day_she_may_replace_and_both_stay_in_the_diary() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = season(&t, 1).await;
        let first = club.apply(&activity_answers(), "k1").await;
        let mut changed = activity_answers();
        changed.insert("ny_lokal".to_owned(), Answer::YesNo(true));
        // Replaced before the first was worked at.
        let second = club.apply(&changed, "k2").await;
        assert_eq!((second.case, second.replaces), (first.case, true));
        t.work().await;
        let third = club.apply(&activity_answers(), "k3").await;
        t.work().await;
        let documents = t.documents(first.case).await;
        let kinds: Vec<&str> = documents.iter().map(|document| document.document_type.as_str()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "ansokan").count(), 3, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == "narvaro").count(), 1, "{kinds:?}");
        assert_eq!(t.total(first.case).await, 213_800);
        // A press of the same button gives the same receipt.
        assert_eq!(club.apply(&activity_answers(), "k3").await, third);
        t.clock.set("2026-08-26 00:00");
        let refused = club.submit("aktivitetsstod", "2026-H1", &changed, "k4").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        t.history_holds().await;
    });
}

#[test]
fn a_key_is_one_application() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let first = club.apply(&activity_answers(), "k").await;
        t.clock.set("2026-08-21 10:00");
        assert_eq!(club.apply(&activity_answers(), "k").await, first);
        let mut changed = activity_answers();
        changed.insert("ny_lokal".to_owned(), Answer::YesNo(true));
        let refused = club.submit("aktivitetsstod", "2026-H1", &changed, "k").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        let other = t.club(2).await;
        let refused = other.submit("aktivitetsstod", "2026-H1", &activity_answers(), "k").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    });
}

async fn at_once(t: &TestTenant, jobs: Vec<(crate::support::actors::Association<'_>, String)>) -> Vec<applications::Receipt> {
    let mut running = tokio::task::JoinSet::new();
    for (club, key) in jobs {
        let (tenant, actor, organisation) = (t.tenant.clone(), club.actor.clone(), club.id);
        running.spawn(async move {
            let answers = activity_answers();
            let submission = Submission {
                organisation,
                grant_type: "aktivitetsstod",
                period: "2026-H1",
                answers: &answers,
                signed_by: "Kassören",
                idempotency_key: &key,
            };
            applications::submit(&tenant, &actor, submission).await.unwrap()
        });
    }
    running.join_all().await
}

#[test]
fn twenty_presses_at_once_are_one_case_and_one_application() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let again = |_| club.copy();
        let same = at_once(&t, (0..20).map(|no| (again(no), "same".to_owned())).collect()).await;
        assert_eq!(same.iter().map(|receipt| receipt.case).collect::<BTreeSet<_>>().len(), 1);
        let different = at_once(&t, (0..20).map(|no| (again(no), format!("key {no}"))).collect()).await;
        assert!(different.iter().all(|receipt| receipt.case == same[0].case));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(cases::all(&mut tx).await.unwrap().len(), 1);
        assert_eq!(cases::applications(&mut tx, same[0].case).await.unwrap().len(), 21);
    });
}

#[test]
fn twenty_associations_at_once_share_a_round_and_leave_no_gap() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut clubs = Vec::new();
        for no in 1..=20 {
            clubs.push((t.club(no).await, format!("key {no}")));
        }
        let receipts = at_once(&t, clubs).await;
        t.work().await;
        let numbers: BTreeSet<String> = receipts.iter().map(|receipt| receipt.number.clone()).collect();
        assert_eq!(numbers, (1..=20).map(|no| format!("KFN 2026/1-{no}")).collect());
        let mut tx = t.tenant.db.read().await.unwrap();
        let documents = bifall::store::diary::documents(&mut tx, "KFN", 2026).await.unwrap();
        assert_eq!(documents.iter().map(|document| document.no).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
        // Each application lies under the number its receipt says.
        for receipt in receipts {
            let own = bifall::store::diary::documents_of_case(&mut tx, receipt.case).await.unwrap();
            assert_eq!(format!("KFN 2026/1-{}", own[0].no), receipt.number);
        }
        t.history_holds().await;
    });
}

#[test]
fn wrong_answers_are_named_field_by_field_and_nothing_is_kept() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let mut answers: BTreeMap<String, Answer> = activity_answers();
        answers.remove("ny_lokal");
        answers.remove("kontonummer");
        answers.insert("intygar".to_owned(), Answer::YesNo(false));
        let refused = club.submit("aktivitetsstod", "2026-H1", &answers, "k").await;
        let Err(ServiceError::Invalid(findings)) = refused else { panic!("{refused:?}") };
        let places: BTreeSet<&str> = findings.iter().map(|finding| finding.place.as_str()).collect();
        assert_eq!(places, BTreeSet::from(["intygar", "kontonummer", "ny_lokal"]));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(cases::all(&mut tx).await.unwrap().len(), 0);
        assert_eq!(bifall::store::diary::series(&mut tx).await.unwrap(), []);
        drop(tx);
        let (one, two) = (t.club(2).await, t.club(3).await);
        let answers = activity_answers();
        let submission = Submission {
            organisation: two.id,
            grant_type: "aktivitetsstod",
            period: "2026-H1",
            answers: &answers,
            signed_by: "Någon",
            idempotency_key: "f",
        };
        let foreign = applications::submit(&t.tenant, &one.actor, submission).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        let unknown = one.submit("aktivitetsstod", "1999-H1", &answers, "u").await;
        assert!(matches!(unknown, Err(ServiceError::NotFound)), "{unknown:?}");
    });
}

#[test]
fn an_account_number_with_a_wrong_check_digit_is_refused_whichever_way_it_came() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let mut answers = activity_answers();
        // 5012-3454 is a bankgiro number; the last digit is its check digit. The way of the command line has no entry field.
        for wrong in ["5012-3455", "bankgiro:5012-3455", "Bg 5012-3455", "femtio", ""] {
            answers.insert("kontonummer".to_owned(), Answer::Text(wrong.to_owned()));
            let refused = club.submit("aktivitetsstod", "2026-H1", &answers, "k").await;
            let Err(ServiceError::Invalid(findings)) = refused else { panic!("{wrong}: {refused:?}") };
            let found: Vec<(&str, &str)> = findings.iter().map(|finding| (finding.place.as_str(), finding.code.as_str())).collect();
            assert_eq!(found, [("kontonummer", "bad_account")], "{wrong}");
            assert!(!findings[0].message.sv.is_empty());
        }
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!((cases::all(&mut tx).await.unwrap().len(), bifall::store::diary::series(&mut tx).await.unwrap().len()), (0, 0));
        drop(tx);
        for right in ["5012-3454", "bankgiro:5012-3454"] {
            answers.insert("kontonummer".to_owned(), Answer::Text(right.to_owned()));
            club.submit("aktivitetsstod", "2026-H1", &answers, right).await.unwrap();
        }
    });
}
