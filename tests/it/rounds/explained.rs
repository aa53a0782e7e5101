//! The account mark by mark, and what a case rests on that came from elsewhere.

use bifall::domain::grant::Outcome;
use bifall::services::ServiceError;
use bifall::services::explained::{self, PAGE};
use bifall::store::persons::PersonFactRow;

use super::support::{closed, take_into_use};
use crate::support::actors::{activity_answers, day};
use crate::support::dak::{adult, girl, girls, occasion, older_girl};
use crate::support::on_both;

#[test]
fn every_cut_mark_is_listed_with_the_rule_that_cut_it_and_the_account_adds_up() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let mut held = Vec::new();
        // Twenty Mondays and Tuesdays with six girls; on Tuesdays for half an hour only: 20 x 7 marks are cut.
        for week in 0..20 {
            let monday = day("2026-01-12") + chrono::Days::new(7 * week);
            let tuesday = monday + chrono::Days::new(1);
            held.push(occasion(&monday.to_string(), &format!("m{week}"), &girls(10, 6)).led_by(adult(1)));
            held.push(occasion(&tuesday.to_string(), &format!("t{week}"), &girls(10, 6)).at("18:00", "18:30").led_by(adult(1)));
        }
        // One Wednesday a woman of 40 takes part among three girls.
        held.push(occasion("2026-01-14", "w", &[girl(10), girl(11), girl(12), adult(9)]).led_by(adult(1)));
        club.send(&held).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        let anna = t.officer("anna").await.actor;
        for _ in 0..2 {
            let all = explained::cut_marks(&t.tenant, &anna, case, None, 1).await.unwrap();
            assert_eq!((all.count, all.pages, all.marks.len()), (141, 3, PAGE));
            let line = |id: &str| all.account.iter().find(|line| line.id == id).unwrap().marks;
            assert_eq!([line("imported"), line("min_minutes"), line("eligible"), line("paid")], [285, -140, -1, 144]);
            let cut: i64 = all.account.iter().filter(|line| line.id != "imported" && line.id != "paid").map(|line| line.marks).sum();
            assert_eq!(line("imported") + cut, line("paid"));
            let pages = [
                all.marks.clone(),
                explained::cut_marks(&t.tenant, &anna, case, None, 2).await.unwrap().marks,
                explained::cut_marks(&t.tenant, &anna, case, None, 3).await.unwrap().marks,
            ]
            .concat();
            assert_eq!(pages.len(), 141);
            assert!(pages.is_sorted_by_key(|mark| mark.start), "in the order they happened");
            let old = explained::cut_marks(&t.tenant, &anna, case, Some("eligible"), 9).await.unwrap();
            assert_eq!((old.count, old.page, old.pages), (1, 1, 1), "a page that is not there is the last one");
            let mark = &old.marks[0];
            assert_eq!(mark.why.sv, "Utanför åldersgränsen 7–25 år");
            assert_eq!((mark.start.to_string().as_str(), mark.leader), ("2026-01-14 18:00:00", false));
            assert!(mark.about.is_some() && mark.paragraph.is_some());
            // The same after the period is locked.
            t.closed().await;
        }
        let own = explained::cut_marks(&t.tenant, &club.actor, case, None, 1).await.unwrap();
        assert_eq!(own.count, 141, "she may see what was cut of her own");
        let other = t.club(2).await;
        let stranger = explained::cut_marks(&t.tenant, &other.actor, case, None, 1).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)), "{stranger:?}");
    });
}

#[test]
fn nothing_is_told_of_who_is_protected() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &[girl(1), girl(2), girl(3), older_girl(4), adult(8)]).led_by(adult(1))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        let anna = t.officer("anna").await.actor;
        let before = explained::cut_marks(&t.tenant, &anna, case, Some("eligible"), 1).await.unwrap();
        assert!(before.count > 0 && before.marks.iter().all(|mark| mark.about.is_some()), "{before:#?}");
        let mut tx = t.tenant.db.write().await.unwrap();
        let everybody: Vec<PersonFactRow> = (1..20)
            .map(|no| PersonFactRow {
                person_no: bifall::domain::attendance::PersonNo(no),
                kind: bifall::store::persons::FactKind::Protection,
                value: "sekretess".to_owned(),
                as_of: day("2026-06-30"),
                source: "prov".to_owned(),
                fetched_at: bifall::domain::Clock::now(&*t.clock),
            })
            .collect();
        let there = bifall::store::persons::by_no(&mut tx, &everybody.iter().map(|fact| fact.person_no).collect::<Vec<_>>()).await.unwrap();
        let known: Vec<_> = everybody.into_iter().filter(|fact| there.iter().any(|person| person.no == fact.person_no)).collect();
        bifall::store::persons::insert_facts(&mut tx, &known).await.unwrap();
        tx.commit().await.unwrap();
        let after = explained::cut_marks(&t.tenant, &anna, case, Some("eligible"), 1).await.unwrap();
        assert_eq!(after.count, before.count);
        assert!(after.marks.iter().all(|mark| mark.about.is_none()));
    });
}

#[test]
fn an_occasion_counts_by_the_day_it_was_first_sent() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let script = r#"fn calculate(application) {
            let a = application.attendance.registered_within("dagar");
            row("sammankomster", a.occasions, "belopp");
            round_to_krona();
        }"#;
        let parameter = |id: &str, kind: &str, value: &str| {
            format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
        };
        let parameters = [parameter("dagar", "integer", "28"), parameter("belopp", "money", "100")].concat();
        take_into_use(&t, "snabbhetsbidrag", script, &parameters, "[sammankomster]\ntext = \"{quantity} à {rate}\"").await;
        let club = t.club(1).await;
        let january = occasion("2026-01-13", "januari", &girls(10, 3)).led_by(adult(1));
        let march = occasion("2026-03-10", "mars", &girls(10, 3)).led_by(adult(1));
        t.clock.set("2026-02-10 12:00"); // 28 days after 13 January
        club.send(std::slice::from_ref(&january)).await;
        t.clock.set("2026-04-08 12:00"); // 29 days after 10 March; January is sent once more
        club.send(&[january.led_by(adult(2)), march]).await;
        t.clock.set("2026-08-20 10:00");
        let case = club.submit("snabbhetsbidrag", "2026-H1", &activity_answers(), "s").await.unwrap().case;
        t.work().await;
        assert_eq!(t.total(case).await, 10_000, "January came in time and stays; March came a day too late");
        closed(&t, "snabbhetsbidrag").await;
        assert_eq!(t.total(case).await, 10_000);
        let decision = t.decided(case).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = bifall::store::decisions::by_id(&mut tx, decision).await.unwrap().unwrap();
        drop(tx);
        let replayed = bifall::services::replay::replay(&t.tenant, &row).await.unwrap();
        assert_eq!(replayed.answer, bifall::services::replay::Answer::Same);
    });
}

#[test]
fn what_is_not_to_be_tried_is_dismissed_and_a_grant_knows_when_another_was_decided() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let script = r#"fn validate(application) {
            dismiss_if("for_sent", application.days_late > 0);
        }
        fn calculate(application) {
            input("narvaro", application.attendance.count, "st");
            amount_row("nyligen", granted_within("aktivitetsstod", "manader"));
            round_to_krona();
        }"#;
        let parameters = "[manader]\ntype = \"integer\"\nparagraph = \"§ 1\"\nvalues = [{ from = 2020-01-01, value = 12 }]";
        let texts = "[for_sent]\ntext = \"Kom i tid\"\nmotivation = \"Ansökan kom efter sista dagen.\"\nparagraph = \"§ 2\"\n[narvaro]\ntext = \"{value}\"\n[nyligen]\ntext = \"{amount}\"";
        take_into_use(&t, "tillaggsbidrag", script, parameters, texts).await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(10, 5)).led_by(adult(1))]).await;
        let first = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(first).await;
        // 57 kr were decided today; the supplement is handed in after its last day.
        let late = club.submit("tillaggsbidrag", "2026-H1", &activity_answers(), "t").await.unwrap().case;
        t.work().await;
        let evaluation = bifall::services::calculation::evaluation(&t.newest(late).await).unwrap();
        let row = evaluation.rows.iter().find(|row| row.id == "nyligen").unwrap();
        assert_eq!(row.value.to_string(), "57");
        assert_eq!((evaluation.dismissed.as_slice(), evaluation.total_ore.ore()), (["for_sent".to_owned()].as_slice(), 0));
        closed(&t, "tillaggsbidrag").await;
        t.decided(late).await;
        assert_eq!(t.case(late).await.outcome, Some(Outcome::Avvisning));
    });
}
