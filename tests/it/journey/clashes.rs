//! Clashes between associations: default, answers, silence, protection, midnight.
//!
//! By hand: 5 girls and a leader are 57.47 kr, 3 girls and a leader 37.69 kr.

use bifall::services::{ServiceError, clashes};
use bifall::store::clashes::{ClashAnswer, ClashRow};
use bifall::store::persons::{self, PopulationRow};

use crate::support::actors::{Association, activity_answers};
use crate::support::dak::{self, adult, girl, girls, occasion};
use crate::support::{TestTenant, on_both};
use bifall::domain::id::CaseId;
use bifall::domain::period::DateRange;

/// Two clubs with girls 3 and 4 in both places at half past six.
async fn two_clubs(t: &TestTenant) -> ((Association<'_>, CaseId), (Association<'_>, CaseId)) {
    let (one, two) = (t.club(1).await, t.club(2).await);
    one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
    two.send(&[occasion("2026-02-03", "x", &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))]).await;
    let first = one.apply(&activity_answers(), "one").await.case;
    t.work().await;
    let second = two.apply(&activity_answers(), "two").await.case;
    t.work().await;
    ((one, first), (two, second))
}

async fn found(t: &TestTenant) -> Vec<ClashRow> {
    let mut tx = t.tenant.db.read().await.unwrap();
    bifall::store::clashes::of_period(&mut tx, "aktivitetsstod", "2026-H1").await.unwrap()
}

async fn answer(t: &TestTenant, club: &Association<'_>, answer: ClashAnswer) {
    for clash in found(t).await {
        clashes::answer(&t.tenant, &club.actor, club.id, clash.id, clashes::Side::First, answer).await.unwrap();
    }
}

#[test]
fn without_an_answer_both_lose_and_the_account_says_so() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, first), (two, second)) = two_clubs(&t).await;
        assert_eq!(found(&t).await.len(), 2);
        t.closed().await;
        for case in [first, second] {
            assert_eq!(t.total(case).await, 3_800);
            assert_eq!(t.account_line(case, "without_collisions").await, -2);
        }
        // Each was told once, and of nothing but that there is something to answer.
        for (case, club) in [(first, &one), (second, &two)] {
            let mails = t.mails(case).await;
            assert_eq!(mails.len(), 1, "{mails:?}");
            assert_eq!(mails[0].to, format!("kassor-{}@forening.example", club.external));
        }
        let late = found(&t).await.remove(0);
        let refused = clashes::answer(&t.tenant, &one.actor, one.id, late.id, clashes::Side::First, ClashAnswer::Keep).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "answered after the lock: {refused:?}");
    });
}

#[test]
fn who_keeps_against_who_withdraws_has_the_mark() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, first), (two, second)) = two_clubs(&t).await;
        answer(&t, &one, ClashAnswer::Keep).await;
        answer(&t, &two, ClashAnswer::Withdraw).await;
        t.closed().await;
        assert_eq!((t.total(first).await, t.total(second).await), (5_700, 3_800));
    });
}

#[test]
fn two_who_keep_are_left_to_the_default() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, first), (two, second)) = two_clubs(&t).await;
        answer(&t, &one, ClashAnswer::Keep).await;
        answer(&t, &two, ClashAnswer::Keep).await;
        t.closed().await;
        assert_eq!((t.total(first).await, t.total(second).await), (3_800, 3_800));
    });
}

#[test]
fn silence_gives_way_to_an_answer_and_a_stranger_cannot_answer() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((_one, first), (two, second)) = two_clubs(&t).await;
        let stranger = t.club(3).await;
        for clash in found(&t).await {
            let refused =
                clashes::answer(&t.tenant, &stranger.actor, stranger.id, clash.id, clashes::Side::First, ClashAnswer::Withdraw).await;
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
            let refused = clashes::answer(&t.tenant, &stranger.actor, two.id, clash.id, clashes::Side::First, ClashAnswer::Withdraw).await;
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        }
        answer(&t, &two, ClashAnswer::Keep).await;
        t.closed().await;
        assert_eq!((t.total(first).await, t.total(second).await), (3_800, 5_700));
    });
}

#[test]
fn a_protected_person_is_never_asked_about() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let number = bifall::domain::person_number::PersonNumber::parse(&girl(3).number()).unwrap();
        let row = PopulationRow {
            hmac: bifall::attendance::identity::person_hmac(t.tenant.keys.person.bytes(), number).to_vec(),
            as_of: "2026-01-01".parse().unwrap(),
            municipality: None,
            protection: Some("sekretessmarkering".to_owned()),
            deregistered: None,
        };
        let mut tx = t.tenant.db.write().await.unwrap();
        persons::insert_population(&mut tx, &[row]).await.unwrap();
        tx.commit().await.unwrap();
        let ((one, first), (_two, second)) = two_clubs(&t).await;
        let asked: Vec<bool> = found(&t).await.iter().map(|clash| clash.asked).collect();
        assert_eq!(asked.iter().filter(|asked| **asked).count(), 1, "{asked:?}");
        let hidden = found(&t).await.into_iter().find(|clash| !clash.asked).unwrap();
        let refused = clashes::answer(&t.tenant, &one.actor, one.id, hidden.id, clashes::Side::First, ClashAnswer::Keep).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        t.closed().await;
        // The same for the association as any clash nobody answered.
        assert_eq!((t.total(first).await, t.total(second).await), (3_800, 3_800));
    });
}

#[test]
fn a_clash_over_midnight_is_found_on_the_later_day() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let night = [occasion("2026-02-03", "n", &girls(0, 5)).at("22:30", "00:30")];
        assert!(one.upload(dak::file_21(&one.external, &one.number, &night)).await.report.accepted);
        two.send(&[occasion("2026-02-04", "m", &girls(3, 5)).at("00:00", "01:00").led_by(adult(1))]).await;
        // An hour later than the night ended: no clash.
        two.send(&[occasion("2026-02-04", "o", &[girl(0), girl(1), girl(2)]).at("01:30", "02:30").led_by(adult(1))]).await;
        let case = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        assert_eq!(found(&t).await.len(), 2);
        assert_eq!(t.total(case).await, 3_800);
    });
}

#[test]
fn one_answer_settles_every_open_question_about_the_same_person_and_no_other() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        // Girls 3 and 4 are in both places on two evenings: four questions, two about each.
        one.send(&["2026-02-03", "2026-02-10"].map(|day| occasion(day, &format!("a{day}"), &girls(0, 5)))).await;
        two.send(
            &["2026-02-03", "2026-02-10"].map(|day| occasion(day, &format!("x{day}"), &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))),
        )
        .await;
        let first = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        two.apply(&activity_answers(), "two").await;
        t.work().await;
        let asked = found(&t).await;
        assert_eq!(asked.len(), 4);
        let of_one = |row: &ClashRow| if row.organisation_a == one.id { row.answer_a } else { row.answer_b };
        clashes::answer(&t.tenant, &one.actor, one.id, asked[0].id, clashes::Side::First, ClashAnswer::Withdraw).await.unwrap();
        let other = asked.iter().find(|row| row.person_no != asked[0].person_no).unwrap();
        let settled = clashes::answer_for_person(&t.tenant, &one.actor, one.id, other.id, ClashAnswer::Keep).await.unwrap();
        assert_eq!(settled, 2);
        for row in found(&t).await {
            let expected = if row.person_no == other.person_no {
                Some(ClashAnswer::Keep)
            } else {
                Some(ClashAnswer::Withdraw).filter(|_| row.id == asked[0].id)
            };
            assert_eq!(of_one(&row), expected);
        }
        let stranger = clashes::answer_for_person(&t.tenant, &two.actor, one.id, other.id, ClashAnswer::Keep).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)), "{stranger:?}");
        // All at once touches only what the other association has not answered yet.
        let half = DateRange { from: "2026-01-01".parse().unwrap(), to: "2026-06-30".parse().unwrap() };
        let all = clashes::answer_all(&t.tenant, &two.actor, two.id, half, ClashAnswer::Withdraw).await.unwrap();
        assert_eq!(all, 4);
        let of_two = |row: &ClashRow| if row.organisation_a == two.id { row.answer_a } else { row.answer_b };
        assert!(found(&t).await.iter().all(|row| of_two(row) == Some(ClashAnswer::Withdraw)));
        assert_eq!(clashes::answer_all(&t.tenant, &one.actor, one.id, half, ClashAnswer::Keep).await.unwrap(), 1);
        let stranger = clashes::answer_all(&t.tenant, &two.actor, one.id, half, ClashAnswer::Keep).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)), "{stranger:?}");
        t.work().await;
        assert!(t.total(first).await > 0);
        t.history_holds().await;
    });
}
