//! From the assessed round to the committee's minutes: agenda, memo, decisions in bulk, each its own.

use std::io::{Cursor, Read};

use bifall::domain::Money;
use bifall::domain::committee::Done;
use bifall::domain::grant::{DecisionMode, Outcome};
use bifall::domain::id::CaseId;
use bifall::services::committee::memo::{self, OwnText};
use bifall::services::committee::{self, Ruling, views};
use bifall::services::decisions::{self, meetings};
use bifall::services::{ServiceError, ServiceResult};
use bifall::store::decisions as rows;
use chrono::TimeDelta;
use uuid::Uuid;

use super::assessment::{GRANT, assessed, kr, ranked_and_settled, with_assessors};
use crate::support::actors::day;
use crate::support::{TestTenant, on_both};

pub const MEETING: &str = "2026-09-10";

/// Three applications, ranked and settled with 65 000 kr: 50 000, 15 000 of 30 000, nothing.
pub async fn three_ready(t: &TestTenant) -> [CaseId; 3] {
    let (one, two, three) = (t.club(1).await, t.club(2).await, t.club(3).await);
    let cases = [
        assessed(t, &one, 50_000, [3, 3, 3], 50_000, "norr").await,
        assessed(t, &two, 40_000, [2, 2, 2], 30_000, "soder").await,
        assessed(t, &three, 20_000, [1, 1, 1], 20_000, "centrum").await,
    ];
    ranked_and_settled(t, 65_000).await;
    cases
}

pub async fn planned(t: &TestTenant, cases: &[CaseId]) -> Uuid {
    let anna = t.officer("anna").await.actor;
    let meeting = committee::plan(&t.tenant, &anna, ("KFN", None), day(MEETING), Some(day("2026-08-28"))).await.unwrap();
    for (_, result) in committee::put_on_agenda(&t.tenant, &anna, meeting.id, cases).await.unwrap() {
        result.unwrap();
    }
    meeting.id
}

pub fn ruling(case: CaseId, done: Done) -> Ruling<'static> {
    Ruling { case, done, amount: None, reason: "", reservation: "", paragraph: "§ 88" }
}

pub fn refused<T: std::fmt::Debug>(result: &ServiceResult<T>, words: &str) -> bool {
    matches!(result, Err(ServiceError::Refused(text)) if text.sv.contains(words))
}

pub async fn own_texts(t: &TestTenant, meeting: Uuid) {
    let anna = t.officer("anna").await.actor;
    let texts = memo::own_texts(&t.tenant, &anna, meeting, GRANT).await.unwrap();
    let written: Vec<OwnText> =
        texts.into_iter().map(|own| OwnText { text: format!("Text om {}.", own.heading.to_lowercase()), heading: own.heading }).collect();
    memo::write(&t.tenant, &anna, meeting, GRANT, &written).await.unwrap();
}

#[test]
fn a_case_comes_to_one_agenda_until_the_stop_day() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let past = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-08-01"), None).await;
        assert!(matches!(&past, Err(ServiceError::Invalid(found)) if found[0].place == "dag"), "{past:?}");
        let late_stop = committee::plan(&t.tenant, &anna, ("KFN", None), day(MEETING), Some(day("2026-09-11"))).await;
        assert!(matches!(&late_stop, Err(ServiceError::Invalid(found)) if found[0].place == "stopp"), "{late_stop:?}");
        let foreign = committee::plan(&t.tenant, &t.officer("bo").await.actor, ("KFN", None), day(MEETING), None).await;
        assert!(foreign.is_err(), "a payment officer plans no meetings");

        let meeting = planned(&t, &cases[..2]).await;
        let view = views::agenda(&t.tenant, &anna, meeting).await.unwrap();
        assert_eq!(
            view.items.iter().map(|item| (item.case, item.no, item.amount)).collect::<Vec<_>>(),
            [(cases[0], 1, kr(50_000)), (cases[1], 2, kr(15_000)),]
        );
        assert_eq!(view.waiting.iter().map(|item| item.case).collect::<Vec<_>>(), [cases[2]]);
        // On one agenda at a time.
        let other = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-10-08"), None).await.unwrap().id;
        let twice = committee::put_on_agenda(&t.tenant, &anna, other, &cases[..1]).await.unwrap().remove(0).1;
        assert!(refused(&twice, "redan på en föredragningslista"), "{twice:?}");
        committee::take_off_agenda(&t.tenant, &anna, meeting, cases[0]).await.unwrap();
        committee::put_on_agenda(&t.tenant, &anna, other, &cases[..1]).await.unwrap().remove(0).1.unwrap();

        // The whole stop day is in time, the day after is not.
        t.clock.set("2026-08-28 23:59");
        committee::take_off_agenda(&t.tenant, &anna, other, cases[0]).await.unwrap();
        committee::put_on_agenda(&t.tenant, &anna, meeting, &cases[..1]).await.unwrap().remove(0).1.unwrap();
        t.clock.set("2026-08-29 00:00");
        let late = committee::put_on_agenda(&t.tenant, &anna, meeting, &cases[2..]).await;
        assert!(refused(&late, "Stoppdagen var 28 augusti 2026"), "{late:?}");
        // What the committee decides no delegate does.
        let delegate = decisions::decide(&t.tenant, &anna, cases[0], &[]).await;
        assert!(refused(&delegate, "nämnden"), "{delegate:?}");
    });
}

#[test]
fn the_minutes_are_written_in_and_each_case_is_its_own_decision() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let meeting = planned(&t, &cases).await;
        let all = cases.map(|case| ruling(case, Done::AsProposed));
        let early = committee::write_in(&t.tenant, &anna, meeting, &all).await;
        assert!(refused(&early, "inte hållits"), "{early:?}");
        t.clock.set("2026-09-11 09:00");
        let rulings = [
            all[0].clone(),
            Ruling {
                reason: "Projektet är viktigt för stadsdelen.",
                amount: Some(kr(20_000)),
                reservation: "Ledamot A reserverar sig.",
                ..ruling(cases[1], Done::Changed)
            },
            ruling(cases[2], Done::Refused),
        ];
        let told = committee::write_in(&t.tenant, &anna, meeting, &rulings).await.unwrap();
        assert!(told[0].1.is_ok() && told[1].1.is_ok(), "{told:?}");
        assert!(matches!(&told[2].1, Err(ServiceError::Invalid(found)) if found[0].place == "skal"), "a refusal needs reasons: {told:?}");
        let again = committee::write_in(&t.tenant, &anna, meeting, &all[..1]).await.unwrap();
        assert!(refused(&again[0].1, "redan inskrivet"), "{again:?}");
        // As proposed the third gets nothing: the ranking's reason stands in its decision.
        let third = committee::write_in(&t.tenant, &anna, meeting, &all[2..]).await.unwrap().remove(0).1.unwrap().unwrap();

        let mut tx = t.tenant.db.read().await.unwrap();
        let mut told = Vec::new();
        for case in cases {
            let row = rows::standing(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((row.mode, row.meeting_id, row.delegation.clone()), (DecisionMode::Committee, Some(meeting), None));
            told.push((row.outcome, row.amount_ore));
        }
        assert_eq!(told, [(Outcome::Bifall, kr(50_000)), (Outcome::DelvisBifall, kr(20_000)), (Outcome::Avslag, Money::ZERO)]);
        let letter = decisions::html(&rows::by_id(&mut tx, third).await.unwrap().unwrap()).unwrap();
        drop(tx);
        assert!(letter.contains("33,33 poäng av 100 och plats 3"), "{letter}");
        assert!(letter.contains("10 september 2026, §\u{a0}88") && !letter.contains("kommer att anmälas"), "{letter}");

        t.clock.forward(TimeDelta::minutes(31));
        t.work().await;
        assert_eq!(t.case(cases[2]).await.state, "closed");
        assert_eq!(t.orders(cases[1]).await[0].amount_ore, kr(20_000));
        // Delegated decisions alone are reported; the announcement of the minutes starts the time for appeal of them all.
        let overview = meetings::overview(&t.tenant, &anna).await.unwrap();
        assert_eq!(overview.waiting, [("KFN".to_owned(), 0)]);
        assert_eq!(overview.meetings[0].1, 0);
        t.history_holds().await;
    });
}

#[test]
fn a_decision_written_in_wrong_is_undone_and_written_in_again() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let meeting = planned(&t, &cases).await;
        t.clock.set("2026-09-11 09:00");
        let id = committee::write_in(&t.tenant, &anna, meeting, &[ruling(cases[0], Done::AsProposed)])
            .await
            .unwrap()
            .remove(0)
            .1
            .unwrap()
            .unwrap();
        decisions::undo(&t.tenant, &anna, id, "Fel rad i protokollet.").await.unwrap();
        let back = Ruling { reason: "Kompletteras med en tidplan.", ..ruling(cases[0], Done::ReferredBack) };
        committee::write_in(&t.tenant, &anna, meeting, &[back]).await.unwrap().remove(0).1.unwrap();
        // Back to those who prepare, with the committee's words; tabled stays ready for another meeting.
        let case = t.case(cases[0]).await;
        assert_eq!((case.state.as_str(), t.open_tasks(cases[0]).await[0].reason.as_str()), ("moderate", "Kompletteras med en tidplan."));
        committee::write_in(&t.tenant, &anna, meeting, &[ruling(cases[1], Done::Tabled)]).await.unwrap().remove(0).1.unwrap();
        let next = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-10-08"), None).await.unwrap().id;
        committee::put_on_agenda(&t.tenant, &anna, next, &[cases[1]]).await.unwrap().remove(0).1.unwrap();
        t.history_holds().await;
    });
}

#[test]
fn the_memo_writes_itself_and_asks_for_what_only_an_officer_knows() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let meeting = planned(&t, &cases).await;
        let missing = memo::compose(&t.tenant, &anna, meeting, GRANT, None).await;
        assert!(refused(&missing, "saknar text under ”Barnets bästa”"), "{missing:?}");
        own_texts(&t, meeting).await;
        let memo = memo::compose(&t.tenant, &anna, meeting, GRANT, None).await.unwrap();
        let html = memo::html(&memo).unwrap();
        for words in [
            "Kultur- och fritidsnämnden beviljar 2 ansökningar om projektbidrag kultur sammanlagt 65\u{202f}000\u{a0}kr, enligt bilagan.",
            "Kultur- och fritidsnämnden avslår 1 ansökan, enligt bilagan.",
            "3 ansökningar om projektbidrag kultur har kommit in, om sammanlagt 110\u{202f}000\u{a0}kr.",
            "Rangordningen fastställdes 20 augusti 2026 av eva.",
            "Text om barnets bästa.",
            "66,67",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        // The same in Word, with real headings and a table whose head is repeated.
        let docx = memo::docx(&memo).unwrap();
        assert_eq!(docx, memo::docx(&memo).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
        let mut body = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
        assert_eq!(body.matches("w:val=\"Heading1\"").count(), 8);
        assert!(body.contains("<w:tblHeader/>") && body.contains("Klubb 2") && body.contains("15\u{202f}000,00"), "{body}");
        assert!(memo::pdf(memo).await.unwrap().starts_with(b"%PDF"));

        // Who is tied to an applicant neither reads nor writes it.
        let tied = t.officer("eva").await.actor.user().unwrap().id;
        let club = t.case(cases[0]).await.organisation_id;
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, tied, club, "Sitter i styrelsen.").await;
        let eva = t.officer("eva").await.actor;
        let kept = memo::compose(&t.tenant, &eva, meeting, GRANT, None).await;
        assert!(refused(&kept, "jävig"), "{kept:?}");
        let view = views::agenda(&t.tenant, &eva, meeting).await.unwrap();
        assert_eq!((view.items.len(), view.kept), (2, 1));
        t.clock.set("2026-09-11 09:00");
        let refused = committee::write_in(&t.tenant, &eva, meeting, &[ruling(cases[0], Done::AsProposed)]).await.unwrap().remove(0).1;
        assert!(matches!(refused, Err(ServiceError::KeptAway(_))), "{refused:?}");
    });
}
