//! The preliminary amount: the rules run on what is here today, and nothing is stored.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::inputs::Answer;
use bifall::services::ServiceError;
use bifall::services::preliminary::{self, RestsOn};
use bifall::store::{calculations, events};

use crate::support::actors::activity_answers;
use crate::support::dak::{girls, occasion};
use crate::support::on_both;

#[test]
fn the_amount_is_what_a_case_would_get_and_leaves_no_trace() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        // Three girls of twelve and a leader for an hour, and four girls for half an hour, which is too short:
        // 3 x 9.89 + 8.02 = 37.69, rounded to 38.
        let long = occasion("2026-03-02", "1", &girls(0, 3));
        let short = occasion("2026-03-09", "2", &girls(0, 4)).at("18:00", "18:30");
        club.send(&[long, short]).await;
        let before = heads(&t).await;
        let answers = activity_answers();
        let amount = preliminary::amount(&t.tenant, &club.actor, club.id, "aktivitetsstod", "2026-H1", &answers).await.unwrap();
        assert_eq!(amount.total, Money::from_kronor(38).unwrap());
        assert_eq!(amount.rests_on, RestsOn::OpenAttendance);
        assert!(!amount.refused());
        let line = |id: &str| amount.account.iter().find(|line| line.id == id).unwrap().marks;
        assert_eq!((line("imported"), line("min_minutes"), line("paid")), (9, -5, 4));
        assert_eq!(heads(&t).await, before, "nothing happened");
        let receipt = club.apply(&answers, "a").await;
        t.work().await;
        assert_eq!(t.total(receipt.case).await, amount.total.ore(), "the case's own calculation says the same");
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(calculations::of_case(&mut tx, receipt.case).await.unwrap().len(), 1);
    });
}

#[test]
fn without_attendance_the_amount_says_so() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let amount = preliminary::amount(&t.tenant, &club.actor, club.id, "aktivitetsstod", "2026-H1", &BTreeMap::new()).await.unwrap();
        assert_eq!((amount.rests_on, amount.account.len()), (RestsOn::NoAttendance, 0));
    });
}

#[test]
fn an_answer_that_is_hidden_is_not_reckoned_with() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let mut answers = activity_answers();
        answers.insert("ny_lokal".to_owned(), Answer::YesNo(true));
        let ask = async |answers: &BTreeMap<String, Answer>| {
            preliminary::amount(&t.tenant, &club.actor, club.id, "aktivitetsstod", "2026-H1", answers).await.unwrap()
        };
        let status = |amount: &preliminary::Preliminary| amount.checks.iter().find(|check| check.id == "saknar_kontrakt").map(|c| c.status);
        let moved = ask(&answers).await;
        answers.insert("ny_lokal".to_owned(), Answer::YesNo(false));
        let stayed = ask(&answers).await;
        assert_ne!(status(&moved), status(&stayed), "a lease is asked for only where the premises are new");
    });
}

#[test]
fn nobody_reads_anothers_amount() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (own, other) = (t.club(1).await, t.club(2).await);
        let refused = preliminary::amount(&t.tenant, &own.actor, other.id, "aktivitetsstod", "2026-H1", &activity_answers()).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        let unknown = preliminary::amount(&t.tenant, &own.actor, own.id, "aktivitetsstod", "1999-H1", &activity_answers()).await;
        assert!(matches!(unknown, Err(ServiceError::NotFound)), "{unknown:?}");
        let anna = t.officer("anna").await;
        assert!(preliminary::amount(&t.tenant, &anna.actor, own.id, "aktivitetsstod", "2026-H1", &activity_answers()).await.is_ok());
    });
}

async fn heads(t: &crate::support::TestTenant) -> String {
    let mut tx = t.tenant.db.read().await.unwrap();
    format!("{:?}", events::streams(&mut tx).await.unwrap())
}
