//! What an association does with her own attendance: corrects a row, leaves it out, goes back to a source, answers before she
//! has applied.
//!
//! By hand: a girl's participation is 9.89 kr, a leader's 8.02 kr, the sum in whole kronor (2026).

use bifall::domain::Money;
use bifall::services::attendance::{self, Received, Replaces, SourceKind, halves, listing, reports};
use bifall::services::clashes::{self, ClashAnswer, Side, views};
use bifall::services::{Claim, ServiceError, periods, preliminary};
use bifall::store::attendance as rows;
use bifall::store::persons::{self, PopulationRow};

use crate::support::actors::{Association, activity_answers, day};
use crate::support::dak::{self, Person, adult, girl, girls, occasion};
use crate::support::{TestTenant, on_both};

/// A file in which somebody's number has another check digit.
fn with_a_wrong_number(club: &Association<'_>, occasions: &[dak::Occasion], whose: Person) -> Vec<u8> {
    let text = String::from_utf8(dak::file(&club.external, &club.number, occasions)).unwrap();
    let right = whose.number();
    let last = right[11..].parse::<u8>().unwrap();
    text.replace(&right, &format!("{}{}", &right[..11], (last + 1) % 10)).into_bytes()
}

async fn kronor(t: &TestTenant, club: &Association<'_>) -> Money {
    let claim = Claim { organisation: club.id, grant_type: "aktivitetsstod", period: "2026-H1" };
    preliminary::as_it_stands(&t.tenant, &club.actor, &claim).await.unwrap().total
}

fn sek(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

#[test]
fn a_corrected_row_comes_in_as_an_update_and_the_file_stays_as_it_was() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        // Five girls on two days; the fifth one's number is wrong: 2 x (4 x 9.89 + 8.02) = 95.16.
        let days = [occasion("2026-02-03", "a", &girls(0, 5)), occasion("2026-02-10", "b", &girls(0, 5))];
        let bytes = with_a_wrong_number(&club, &days, girl(4));
        let imported = club.upload(bytes.clone()).await;
        assert!(imported.report.accepted);
        assert_eq!(kronor(&t, &club).await, sek(95));
        let report = reports::report(&t.tenant, &club.actor, imported.id).await.unwrap();
        assert_eq!(report.undecided(), (1, 2));
        let row = report.report.excluded[0].clone();
        assert_eq!((row.marks, row.name.family.as_str()), (2, "Öberg"), "she sees the name she sent");
        let anna = t.officer("anna").await;
        let seen = reports::report(&t.tenant, &anna.actor, imported.id).await.unwrap();
        assert_eq!(seen.report.excluded[0].name.family, "", "an officer does not");

        let wrong = attendance::correct(&t.tenant, &club.actor, imported.id, row.line, "20140105-2380").await;
        assert!(matches!(wrong, Err(ServiceError::Invalid(_))), "still not a number: {wrong:?}");
        assert_eq!(kronor(&t, &club).await, sek(95));

        let by = attendance::correct(&t.tenant, &club.actor, imported.id, row.line, &girl(4).number()).await.unwrap();
        // 2 x (5 x 9.89 + 8.02) = 114.94.
        assert_eq!(kronor(&t, &club).await, sek(115));
        let after = reports::report(&t.tenant, &club.actor, imported.id).await.unwrap();
        assert_eq!(after.undecided(), (0, 0));
        assert_eq!(after.row.sha256, report.row.sha256, "the first file is as it was");
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(bifall::services::diary::read_file(&mut tx, &t.tenant, after.row.file_id).await.unwrap(), bytes);
        let update = rows::import_by_id(&mut tx, by).await.unwrap().unwrap();
        let update = bifall::services::diary::read_file(&mut tx, &t.tenant, update.file_id).await.unwrap();
        let update = String::from_utf8(update).unwrap();
        assert_eq!((update.matches("<Metod>Update</Metod>").count(), update.matches("<Metod>Add</Metod>").count()), (2, 0));
        drop(tx);

        // Once more changes nothing, and nobody else can.
        attendance::correct(&t.tenant, &club.actor, imported.id, row.line, &girl(4).number()).await.unwrap();
        assert_eq!(kronor(&t, &club).await, sek(115));
        let other = t.club(2).await;
        let strange = attendance::correct(&t.tenant, &other.actor, imported.id, row.line, &girl(4).number()).await;
        assert!(matches!(strange, Err(ServiceError::NotFound)), "{strange:?}");
        t.history_holds().await;
    });
}

#[test]
fn rows_left_out_are_settled_and_can_be_corrected_still() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let days = [occasion("2026-02-03", "a", &girls(0, 4))];
        let imported = club.upload(with_a_wrong_number(&club, &days, girl(3))).await;
        let half = async || halves::half(&t.tenant, &club.actor, club.id, "2026-H1").await.unwrap();
        assert_eq!(half().await.left_out, 1);
        assert_eq!(attendance::leave_out(&t.tenant, &club.actor, imported.id).await.unwrap(), 1);
        assert_eq!(half().await.left_out, 0);
        assert_eq!(attendance::leave_out(&t.tenant, &club.actor, imported.id).await.unwrap(), 0, "a second press has nothing to do");
        // 3 x 9.89 + 8.02 = 37.69.
        assert_eq!(kronor(&t, &club).await, sek(38));
        let line = reports::report(&t.tenant, &club.actor, imported.id).await.unwrap().report.excluded[0].line;
        attendance::correct(&t.tenant, &club.actor, imported.id, line, &girl(3).number()).await.unwrap();
        // 4 x 9.89 + 8.02 = 47.58.
        assert_eq!(kronor(&t, &club).await, sek(48));
    });
}

#[test]
fn going_back_to_an_earlier_source_makes_what_it_had_count_again() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5)), occasion("2026-02-10", "b", &girls(0, 5))]).await;
        club.send(&[occasion("2026-02-10", "b", &[]).method("Remove")]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        assert_eq!(t.total(case).await, 5_700);
        club.push(&[occasion("2026-03-03", "p", &girls(0, 6))]).await;
        t.work().await;
        // 6 x 9.89 + 8.02 = 67.36.
        assert_eq!(t.total(case).await, 6_700);
        let half = halves::half(&t.tenant, &club.actor, club.id, "2026-H1").await.unwrap();
        assert_eq!(half.source, Some(SourceKind::Push));
        assert_eq!(half.others.iter().map(|other| (other.source, other.occasions)).collect::<Vec<_>>(), [(SourceKind::Upload, 1)]);

        attendance::use_again(&t.tenant, &club.actor, club.id, "2026-H1", SourceKind::Upload).await.unwrap();
        t.work().await;
        assert_eq!(t.total(case).await, 5_700, "without the day that the sender herself had taken away");
        let twice = attendance::use_again(&t.tenant, &club.actor, club.id, "2026-H1", SourceKind::Upload).await;
        assert!(matches!(twice, Err(ServiceError::Refused(_))), "{twice:?}");
        attendance::use_again(&t.tenant, &club.actor, club.id, "2026-H1", SourceKind::Push).await.unwrap();
        t.work().await;
        assert_eq!(t.total(case).await, 6_700);
        t.history_holds().await;
    });
}

#[test]
fn a_file_that_would_withdraw_another_source_unasked_is_refused() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.push(&[occasion("2026-03-03", "p", &girls(0, 6))]).await;
        let before = kronor(&t, &club).await;
        let file = dak::file(&club.external, &club.number, &[occasion("2026-02-03", "a", &girls(0, 5))]);
        let send = async |replaces: Vec<String>| {
            let received = Received::new(club.id, SourceKind::Upload, std::io::Cursor::new(file.clone()));
            attendance::take_in(&t.tenant, &club.actor, Received { replaces: Replaces::Only(replaces), ..received }).await.unwrap()
        };
        let refused = send(Vec::new()).await;
        assert!(!refused.report.accepted);
        assert_eq!(refused.report.findings[0].code.as_str(), "other_source");
        assert_eq!(kronor(&t, &club).await, before);
        assert!(send(vec!["2026-H1".to_owned()]).await.report.accepted);
        // 5 x 9.89 + 8.02 = 57.47.
        assert_eq!(kronor(&t, &club).await, sek(57));
    });
}

#[test]
fn clashes_are_asked_about_before_anybody_has_applied_and_never_about_the_protected() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let mut tx = t.tenant.db.write().await.unwrap();
        let key = t.tenant.keys.person.bytes();
        let number = bifall::domain::person_number::PersonNumber::parse(&girl(4).number()).unwrap();
        let marked = PopulationRow {
            hmac: bifall::attendance::identity::person_hmac(key, number).to_vec(),
            as_of: day("2025-12-31"),
            municipality: Some("1480".to_owned()),
            protection: Some("sekretessmarkering".to_owned()),
            deregistered: None,
        };
        persons::insert_population(&mut tx, &[marked]).await.unwrap();
        tx.commit().await.unwrap();
        let send = async |club: &Association<'_>, occasions: &[dak::Occasion]| {
            let file = dak::file(&club.external, &club.number, occasions);
            let received = Received::new(club.id, SourceKind::Upload, std::io::Cursor::new(file));
            attendance::take_in(&t.tenant, &club.actor, received).await.unwrap();
        };
        // Girls 3 and 4 in both places at half past six.
        send(&one, &[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        send(&two, &[occasion("2026-02-03", "x", &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))]).await;
        let half = halves::half(&t.tenant, &one.actor, one.id, "2026-H1").await.unwrap();
        assert_eq!(half.open_questions.count, 1, "of two who clash one is protected");
        let asked = async |club: &Association<'_>| views::questions(&t.tenant, &club.actor, club.id, half.span).await.unwrap();
        let first = asked(&one).await;
        assert_eq!(first.len(), 1);
        assert!(first[0].other.is_none(), "the other registration is another association's and says nothing");
        assert!(first[0].name.is_some(), "the name she sent herself");
        assert_eq!(asked(&two).await.len(), 1);
        // Nobody has answered: neither mark counts, and the protected girl's neither. 3 x 9.89 + 8.02 = 37.69.
        assert_eq!(kronor(&t, &one).await, sek(38));
        clashes::answer(&t.tenant, &one.actor, one.id, first[0].id, Side::First, ClashAnswer::Keep).await.unwrap();
        // 4 x 9.89 + 8.02 = 47.58.
        assert_eq!(kronor(&t, &one).await, sek(48));
        assert!(!asked(&one).await[0].is_open());
        // The other association sends anew without her: there is nothing left to ask.
        send(&two, &[occasion("2026-02-03", "x", &girls(5, 3)).at("18:30", "19:30").led_by(adult(1))]).await;
        assert_eq!(asked(&one).await.len(), 0);
        // The protected girl is not in two places any more either: 5 x 9.89 + 8.02 = 57.47.
        assert_eq!(kronor(&t, &one).await, sek(57));
        // Who sends for a case that waits has its amount reckoned again by the answer.
        let case = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        assert_eq!(t.total(case).await, 5_700);
    });
}

#[test]
fn an_answer_is_reckoned_with_at_once_in_a_case_that_waits() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        two.send(&[occasion("2026-02-03", "x", &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))]).await;
        let case = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        assert_eq!(t.total(case).await, 3_800);
        let span = attendance::span_of("2026-H1").unwrap();
        for question in views::questions(&t.tenant, &one.actor, one.id, span).await.unwrap() {
            clashes::answer(&t.tenant, &one.actor, one.id, question.id, Side::First, ClashAnswer::Keep).await.unwrap();
        }
        t.work().await;
        assert_eq!(t.total(case).await, 5_700);
        t.clock.set("2026-08-26 08:00");
        let dag = t.officer("dag").await;
        periods::close(&t.tenant, &dag.actor, "aktivitetsstod", "2026-H1").await.unwrap();
        t.work().await;
        assert_eq!(t.total(case).await, 5_700, "the lock says the same");
        let locked = views::questions(&t.tenant, &one.actor, one.id, span).await.unwrap();
        assert!(locked.iter().all(|question| question.locked && !question.is_open()));
    });
}

#[test]
fn every_mark_that_does_not_count_is_listed_with_its_rule() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        // Sixty days of two girls and a leader, who are too few; one day of five for twenty minutes.
        let mut days: Vec<dak::Occasion> = (0..60)
            .map(|no| {
                let date = day("2026-01-05") + chrono::Days::new(no);
                occasion(&date.to_string(), &no.to_string(), &girls(0, 2))
            })
            .collect();
        days.push(occasion("2026-06-01", "short", &girls(0, 5)).at("18:00", "18:20"));
        club.send(&days).await;
        let claim = Claim { organisation: club.id, grant_type: "aktivitetsstod", period: "2026-H1" };
        let (mut from, mut seen, mut pages) = (0, Vec::new(), 0);
        loop {
            let page = listing::listing(&t.tenant, &club.actor, &claim, None, from).await.unwrap();
            assert!(page.rows.len() <= listing::PAGE);
            pages += 1;
            seen.extend(page.rows);
            match page.next {
                Some(next) => from = next,
                None => break,
            }
        }
        let count = |line: &str| seen.iter().filter(|mark| mark.line == line).count();
        assert_eq!((seen.len(), count("min_minutes"), count("at_least"), pages), (186, 6, 180, 4));
        assert!(seen.iter().all(|mark| mark.name.is_some()));
        let short = listing::listing(&t.tenant, &club.actor, &claim, Some("min_minutes"), 0).await.unwrap();
        assert_eq!(short.rows.len(), 6);
        assert!(short.rows.iter().all(|mark| mark.start.date() == day("2026-06-01")));
        let other = t.club(2).await;
        let strange = listing::listing(&t.tenant, &other.actor, &claim, None, 0).await;
        assert!(matches!(strange, Err(ServiceError::NotFound)), "{:?}", strange.map(|page| page.rows.len()));
    });
}
