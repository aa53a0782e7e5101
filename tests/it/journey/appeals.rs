//! Appeals: the last day, what each appeal form lets us do, what goes to the court, and payments meanwhile.

use std::io::{Cursor, Read};

use bifall::domain::Money;
use bifall::domain::appeal::{Act, Appeal, AppealOutcome, AppealState, Judgment, Reconsidered, Timeliness, Via, WrongAct};
use bifall::domain::change::ChangeGround;
use bifall::domain::grant::AppealForm;
use bifall::domain::id::{AppealId, CaseId};
use bifall::services::appeals::views::{self, LastDay};
use bifall::services::appeals::{self, FromCourt, NewAppeal, Statement};
use bifall::services::decisions::changing::{self, Wanted};
use bifall::services::payments::{self, Channel};
use bifall::services::{Actor, ServiceError, ServiceResult, diary, packages, verify};
use bifall::store::appeals::{self as rows, AppealRow};
use bifall::store::payments as orders;

use super::payments::{attested, build, granted};
use crate::support::actors::{day, tie};
use crate::support::{TestTenant, on_both};

/// The day the party received the decision and the last day to appeal it, by the almanac: three weeks, moved past Saturdays,
/// Sundays, holidays and the three eves.
const LAST_DAYS: [(&str, &str); 20] = [
    ("2026-08-26", "2026-09-16"), // an ordinary Wednesday
    ("2026-08-29", "2026-09-21"), // a Saturday
    ("2026-08-30", "2026-09-21"), // a Sunday
    ("2026-03-12", "2026-04-02"), // Maundy Thursday is no holiday
    ("2026-03-13", "2026-04-07"), // Good Friday
    ("2026-03-15", "2026-04-07"), // Easter Day
    ("2026-03-16", "2026-04-07"), // Easter Monday
    ("2027-03-05", "2027-03-30"), // Good Friday, another year
    ("2026-04-10", "2026-05-04"), // 1 May, a Friday
    ("2026-04-23", "2026-05-15"), // Ascension Day
    ("2025-05-16", "2025-06-09"), // 6 June, a Friday
    ("2026-05-28", "2026-06-18"), // the day before Midsummer Eve
    ("2026-05-29", "2026-06-22"), // Midsummer Eve
    ("2027-06-04", "2027-06-28"), // Midsummer Eve, another year
    ("2026-10-10", "2026-11-02"), // All Saints' Day
    ("2026-12-03", "2026-12-28"), // Christmas Eve, a Thursday
    ("2026-12-04", "2026-12-28"), // Christmas Day
    ("2027-12-03", "2027-12-27"), // Christmas Eve, a Friday
    ("2026-12-10", "2027-01-04"), // New Year's Eve
    ("2026-12-16", "2027-01-07"), // Epiphany
];

#[test]
fn the_last_day_to_appeal_is_moved_past_weekends_holidays_and_eves() {
    for (served, last) in LAST_DAYS {
        let (served, last) = (day(served), day(last));
        assert_eq!(Timeliness::of(served, last), Timeliness { last_day: last, late: false }, "{served}");
        assert!(Timeliness::of(served, last.succ_opt().unwrap()).late, "{served}");
    }
}

#[test]
fn under_legality_review_nothing_is_rejected_reconsidered_or_changed_whatever_the_state() {
    let states = [AppealState::Received, AppealState::ToForward, AppealState::AtCourt, AppealState::Requested, AppealState::Closed];
    let ours = [
        Act::Reject,
        Act::Reconsider(Reconsidered::Stands),
        Act::Reconsider(Reconsidered::ChangedAsAsked),
        Act::Reconsider(Reconsidered::ChangedOtherwise),
        Act::Judge(Judgment::Changed),
    ];
    for state in states {
        for act in ours {
            let appeal = Appeal { form: AppealForm::Laglighetsprovning, state, received_on: day("2026-12-31"), served_on: None };
            assert!(appeal.act(act).is_err(), "{state:?} {act:?}");
            // And nothing at all is done with what is over.
            let over = Appeal { form: AppealForm::Forvaltningsbesvar, state: AppealState::Closed, ..appeal };
            assert_eq!(over.act(act), Err(WrongAct::State));
        }
    }
}

/// The same grants, whose decisions are appealed with us.
async fn complaint(t: TestTenant) -> TestTenant {
    let mut files = bifall::packages::Files::built_in();
    let form = files.0.get_mut("forms/aktivitetsstod.toml").unwrap();
    let text = String::from_utf8(form.clone()).unwrap().replace("sample_percent = 5", "sample_percent = 0");
    *form = text.replace("appeal = \"laglighetsprovning\"", "appeal = \"forvaltningsbesvar\"").into_bytes();
    let imported = packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
    assert_eq!(imported.problems.iter().filter(|problem| problem.is_error()).count(), 0, "{:#?}", imported.problems);
    // What governs a period already goes on governing it.
    t.staffed().await
}

async fn enter(t: &TestTenant, case: CaseId, via: Via, received: &str, served: &str) -> ServiceResult<AppealId> {
    let new = NewAppeal {
        via,
        received_on: received.parse().ok(),
        served_on: served.parse().ok(),
        appellant: "Klubb 1",
        claim: "Bidraget ska vara 100 kr.",
        file: None,
    };
    appeals::enter(&t.tenant, &t.officer("anna").await.actor, case, new).await
}

async fn appeal(t: &TestTenant, id: AppealId) -> AppealRow {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::by_id(&mut tx, id).await.unwrap().unwrap()
}

/// The reasons for which the payments of a case are held today.
async fn held(t: &TestTenant, case: CaseId) -> Vec<String> {
    let today = t.tenant.clock.today();
    let mut found = Vec::new();
    let all = t.orders(case).await;
    let mut tx = t.tenant.db.read().await.unwrap();
    for order in all {
        let holds = orders::holds(&mut tx, order.id).await.unwrap();
        found.extend(
            holds
                .into_iter()
                .filter(|hold| hold.released_at.is_none() && hold.until.is_none_or(|until| today <= until))
                .map(|hold| hold.reason),
        );
    }
    found
}

fn refused<T: std::fmt::Debug>(result: ServiceResult<T>, word: &str) {
    assert!(matches!(&result, Err(ServiceError::Refused(text)) if text.sv.contains(word)), "{word}: {result:?}");
}

fn invalid<T: std::fmt::Debug>(result: ServiceResult<T>, place: &str) {
    assert!(matches!(&result, Err(ServiceError::Invalid(found)) if found.iter().any(|one| one.place == place)), "{place}: {result:?}");
}

async fn sound(t: &TestTenant) {
    assert_eq!(verify::verify(&t.tenant, &|_| ()).await.unwrap().wrong, []);
}

const STATEMENT: Statement<'_> = Statement { text: "Nämnden vidhåller beslutet.", decided: "" };

fn court<'a>(on: &str, text: &'a str) -> FromCourt<'a> {
    FromCourt { on: on.parse().ok(), text, file: None }
}

#[test]
fn a_late_appeal_is_rejected_by_a_person_alone_with_a_letter_and_lets_payments_go() {
    on_both(|t| async move {
        let t = complaint(t).await;
        let case = granted(&t, 1).await[0].1;
        attested(&t).await;
        t.clock.set("2026-09-17 10:00");
        let id = enter(&t, case, Via::Us, "2026-09-17", "2026-08-26").await.unwrap();
        assert_eq!(held(&t, case).await, ["appealed"]);
        assert!(build(&t, Channel::Manual).await.is_none());
        // The service shows what the days say and does nothing of itself, however long it takes.
        t.clock.set("2026-12-01 10:00");
        t.work().await;
        assert_eq!(appeal(&t, id).await.state, AppealState::Received);
        let anna = t.officer("anna").await.actor;
        let seen = views::of_case(&t.tenant, &anna, case).await.unwrap();
        assert_eq!(seen.appeals[0].timeliness, Some(Timeliness { last_day: day("2026-09-16"), late: true }));
        for name in ["bo", "dag"] {
            refused(appeals::reject(&t.tenant, &t.officer(name).await.actor, id, "För sent.").await, "behörighet");
        }
        refused(appeals::reject(&t.tenant, &Actor::Service, id, "För sent.").await, "människa");
        invalid(appeals::reject(&t.tenant, &anna, id, " ").await, "text");
        appeals::reject(&t.tenant, &anna, id, "Inget har hindrat er från att överklaga i tid.").await.unwrap();
        refused(appeals::reject(&t.tenant, &anna, id, "Igen.").await, "står nu");
        let row = appeal(&t, id).await;
        assert_eq!((row.state, row.outcome, row.due), (AppealState::Closed, Some(AppealOutcome::Rejected), None));
        let letter = t.documents(case).await.pop().unwrap();
        assert_eq!((letter.direction.word(), letter.subject.as_str()), ("out", "Beslut: överklagandet avvisas"));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(diary::read_file(&mut tx, &t.tenant, letter.file_id.unwrap()).await.unwrap().starts_with(b"%PDF"));
        drop(tx);
        assert!(held(&t, case).await.is_empty());
        assert!(build(&t, Channel::Manual).await.is_some());
        sound(&t).await;
    });
}

#[test]
fn an_appeal_in_time_is_reconsidered_and_forwarded_with_the_cases_material() {
    on_both(|t| async move {
        let t = complaint(t).await;
        let case = granted(&t, 1).await[0].1;
        t.clock.set("2026-09-16 10:00");
        let id = enter(&t, case, Via::Us, "2026-09-16", "2026-08-26").await.unwrap();
        let anna = t.officer("anna").await.actor;
        refused(appeals::reject(&t.tenant, &anna, id, "För sent.").await, "i tid");
        refused(appeals::forward(&t.tenant, &anna, id, STATEMENT).await, "står nu");
        let open = views::open(&t.tenant, &anna).await.unwrap();
        assert_eq!(open.iter().map(|line| (line.row.id, line.row.due)).collect::<Vec<_>>(), [(id, Some(day("2026-09-23")))]);
        invalid(appeals::reconsider(&t.tenant, &anna, id, Reconsidered::Stands, "").await, "text");
        refused(appeals::reconsider(&t.tenant, &anna, id, Reconsidered::ChangedAsAsked, "Ändrat.").await, "Ändra beslutet först");
        appeals::reconsider(&t.tenant, &anna, id, Reconsidered::Stands, "Inget nytt har kommit fram.").await.unwrap();
        assert_eq!((appeal(&t, id).await.state, appeal(&t, id).await.due), (AppealState::ToForward, Some(day("2026-09-23"))));
        t.clock.set("2026-09-24 10:00");
        assert!(views::open(&t.tenant, &anna).await.unwrap()[0].overdue);
        invalid(appeals::forward(&t.tenant, &anna, id, Statement { text: " ", decided: "" }).await, "text");
        appeals::forward(&t.tenant, &anna, id, STATEMENT).await.unwrap();
        assert_eq!((appeal(&t, id).await.state, appeal(&t, id).await.due), (AppealState::AtCourt, None));
        let sent = t.documents(case).await.pop().unwrap();
        assert_eq!((sent.direction.word(), sent.party.as_deref()), ("out", Some(t.tenant.profile.court.as_str())));
        let mut tx = t.tenant.db.read().await.unwrap();
        let bytes = diary::read_file(&mut tx, &t.tenant, sent.file_id.unwrap()).await.unwrap();
        drop(tx);
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        for name in ["1-yttrande.html", "2-overklagande.html", "3-beslut-1.pdf", "4-handlingar.html"] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        // The application, the attendance and the appeal, the letter as sent: everything of the case with a file.
        let material = names.iter().filter(|name| name.starts_with("handlingar/")).count();
        assert_eq!(material, t.documents(case).await.iter().filter(|row| row.file_id.is_some() && row.id != sent.id).count());
        let mut statement = String::new();
        archive.by_name("1-yttrande.html").unwrap().read_to_string(&mut statement).unwrap();
        assert!(statement.contains("Nämnden vidhåller beslutet.") && statement.contains("Klubb 1"), "{statement}");
        // The court asks, we answer, the court decides.
        invalid(appeals::request(&t.tenant, &anna, id, court("2026-09-24", "Yttra er."), None).await, "last_day");
        appeals::request(&t.tenant, &anna, id, court("2026-09-24", "Yttra er."), Some(day("2026-10-15"))).await.unwrap();
        assert_eq!(appeal(&t, id).await.due, Some(day("2026-10-15")));
        appeals::answer(&t.tenant, &anna, id, STATEMENT).await.unwrap();
        assert_eq!((appeal(&t, id).await.state, held(&t, case).await), (AppealState::AtCourt, vec!["appealed".to_owned()]));
        invalid(appeals::judge(&t.tenant, &anna, id, court("2026-09-25", "Avslag."), Judgment::Stands).await, "on");
        appeals::judge(&t.tenant, &anna, id, court("2026-09-24", "Avslag."), Judgment::Stands).await.unwrap();
        assert_eq!(appeal(&t, id).await.outcome, Some(AppealOutcome::Stands));
        assert!(held(&t, case).await.is_empty() && views::open(&t.tenant, &anna).await.unwrap().is_empty());
        sound(&t).await;
    });
}

#[test]
fn a_decision_changed_by_reconsideration_ends_the_appeal_or_goes_with_it_to_the_court() {
    on_both(|t| async move {
        let t = complaint(t).await;
        let found = granted(&t, 2).await;
        let anna = t.officer("anna").await.actor;
        t.clock.set("2026-09-01 10:00");
        for (at, how, state) in
            [(0, Reconsidered::ChangedAsAsked, AppealState::Closed), (1, Reconsidered::ChangedOtherwise, AppealState::ToForward)]
        {
            let case = found[at].1;
            let id = enter(&t, case, Via::Us, "2026-09-01", "2026-08-26").await.unwrap();
            let seen = views::of_case(&t.tenant, &anna, case).await.unwrap().decision.unwrap().0;
            let amount = Some(Money::from_kronor(100).unwrap());
            let wanted = Wanted { ground: ChangeGround::Reconsidered, why: "Ni har rätt.", amount, motivation: "" };
            changing::change(&t.tenant, &anna, case, seen, wanted).await.unwrap();
            refused(appeals::reconsider(&t.tenant, &anna, id, Reconsidered::Stands, "Nej.").await, "är ändrat");
            refused(appeals::reconsider(&t.tenant, &anna, id, how, "Ja.").await, "vänta tills brevet");
            t.clock.forward(chrono::TimeDelta::minutes(31));
            t.work().await;
            // What is ordered anew while the appeal is open waits as well.
            assert!(held(&t, case).await.contains(&"appealed".to_owned()));
            appeals::reconsider(&t.tenant, &anna, id, how, "Ni har rätt.").await.unwrap();
            assert_eq!(appeal(&t, id).await.state, state);
            assert_eq!(held(&t, case).await.is_empty(), state == AppealState::Closed);
        }
        sound(&t).await;
    });
}

#[test]
fn under_legality_review_we_send_on_at_once_and_answer_the_court() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        t.clock.set("2027-03-01 10:00");
        // However late it seems: the court tests that.
        let id = enter(&t, case, Via::Us, "2027-03-01", "").await.unwrap();
        let row = appeal(&t, id).await;
        assert_eq!((row.due, row.served_on), (Some(day("2027-03-01")), None));
        let anna = t.officer("anna").await.actor;
        refused(appeals::reject(&t.tenant, &anna, id, "För sent.").await, "domstolen");
        refused(appeals::reconsider(&t.tenant, &anna, id, Reconsidered::Stands, "Nej.").await, "domstolen");
        appeals::forward(&t.tenant, &anna, id, STATEMENT).await.unwrap();
        refused(appeals::judge(&t.tenant, &anna, id, court("2027-03-01", "Ändrat."), Judgment::Changed).await, "domstolen");
        refused(appeals::withdraw(&t.tenant, &anna, id, "På telefon.").await, "står nu");
        appeals::judge(&t.tenant, &anna, id, court("2027-03-01", "Upphävs."), Judgment::SetAside).await.unwrap();
        // What was set aside is not paid because the appeal is over.
        assert_eq!(held(&t, case).await, ["appealed"]);
        let other = enter(&t, case, Via::Court, "2027-03-01", "").await;
        assert_eq!(other.unwrap(), id, "the same appeal entered twice is one");
        sound(&t).await;
    });
}

#[test]
fn an_appeal_to_the_court_waits_there_until_it_asks_and_withdrawn_lets_payments_go() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        let anna = t.officer("anna").await.actor;
        t.clock.set("2026-09-01 10:00");
        let id = enter(&t, case, Via::Court, "2026-09-01", "").await.unwrap();
        assert_eq!((appeal(&t, id).await.state, appeal(&t, id).await.due), (AppealState::AtCourt, None));
        refused(appeals::answer(&t.tenant, &anna, id, STATEMENT).await, "står nu");
        let pdf = b"%PDF-1.7 forelaggande".as_slice();
        let came = FromCourt { file: Some(pdf), ..court("2026-09-01", "Yttra er.") };
        appeals::request(&t.tenant, &anna, id, came, Some(day("2026-09-22"))).await.unwrap();
        let paper = t.documents(case).await.pop().unwrap();
        assert_eq!((paper.direction.word(), paper.dated), ("in", day("2026-09-01")));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(diary::read_file(&mut tx, &t.tenant, paper.file_id.unwrap()).await.unwrap(), pdf);
        drop(tx);
        // Somebody who may lets the payment go although the appeal is open.
        attested(&t).await;
        let order = t.orders(case).await.remove(0);
        let mut tx = t.tenant.db.read().await.unwrap();
        let hold = orders::holds(&mut tx, order.id).await.unwrap().remove(0);
        drop(tx);
        refused(payments::release(&t.tenant, &anna, hold.id, "Beslutet får verkställas.").await, "behörighet");
        payments::release(&t.tenant, &t.officer("cilla").await.actor, hold.id, "Beslutet får verkställas.").await.unwrap();
        assert!(build(&t, Channel::Manual).await.is_some());
        appeals::judge(&t.tenant, &anna, id, court("2026-09-01", "Avskrivs."), Judgment::Withdrawn).await.unwrap();
        assert_eq!(appeal(&t, id).await.outcome, Some(AppealOutcome::Withdrawn));
        sound(&t).await;
    });
}

#[test]
fn what_is_entered_is_checked_and_nothing_is_half_written() {
    on_both(|t| async move {
        let t = complaint(t).await;
        let ready = super::payments::ready(&t, 1).await[0].1;
        refused(enter(&t, ready, Via::Us, "2026-08-26", "2026-08-26").await, "inget skickat beslut");
        t.decided(ready).await;
        for (received, served, place) in [
            ("", "2026-08-26", "received_on"),
            ("2026-08-25", "2026-08-26", "received_on"),
            ("2026-08-27", "2026-08-26", "received_on"),
            ("2026-08-26", "", "served_on"),
            ("2026-08-26", "2026-08-27", "served_on"),
        ] {
            invalid(enter(&t, ready, Via::Us, received, served).await, place);
        }
        invalid(enter(&t, ready, Via::Court, "2026-08-26", "2026-08-26").await, "via");
        let anna = t.officer("anna").await.actor;
        let number = crate::support::dak::girl(7).number();
        let good = NewAppeal {
            via: Via::Us,
            received_on: Some(day("2026-08-26")),
            served_on: Some(day("2026-08-26")),
            appellant: "Klubb 1",
            claim: "Mer.",
            file: None,
        };
        for (bad, place) in [
            (NewAppeal { appellant: " ", ..good }, "appellant"),
            (NewAppeal { claim: "", ..good }, "claim"),
            (NewAppeal { claim: &number, ..good }, "claim"),
            (NewAppeal { file: Some(b"MZ program"), ..good }, "file"),
        ] {
            invalid(appeals::enter(&t.tenant, &anna, ready, bad).await, place);
        }
        refused(appeals::enter(&t.tenant, &t.officer("bo").await.actor, ready, good).await, "behörighet");
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(rows::of_case(&mut tx, ready).await.unwrap().is_empty());
        drop(tx);
        assert!(t.documents(ready).await.iter().all(|row| row.document_type != "overklagande") && held(&t, ready).await.is_empty());
    });
}

#[test]
fn somebody_with_a_conflict_of_interest_neither_sees_nor_touches_an_appeal() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let found = granted(&t, 2).await;
        let id = enter(&t, found[0].1, Via::Court, "2026-08-26", "").await.unwrap();
        let other = enter(&t, found[1].1, Via::Court, "2026-08-26", "").await.unwrap();
        let anna = t.officer("anna").await.actor;
        tie(&t.tenant, &t.officer("dag").await.actor, anna.user().unwrap().id, found[0].0.id, "Kassör.").await;
        // She opened the page before she was tied, or after.
        for actor in [anna, t.officer("anna").await.actor] {
            let done = appeals::request(&t.tenant, &actor, id, court("2026-08-26", "Yttra er."), Some(day("2026-09-22"))).await;
            assert!(matches!(done, Err(ServiceError::KeptAway(_))), "{done:?}");
        }
        let tied = t.officer("anna").await.actor;
        assert!(matches!(views::of_case(&t.tenant, &tied, found[0].1).await, Err(ServiceError::KeptAway(_))));
        let open = views::open(&t.tenant, &tied).await.unwrap();
        assert_eq!(open.iter().map(|line| line.row.id).collect::<Vec<_>>(), [other]);
    });
}

#[test]
fn the_last_day_is_told_by_the_appeal_form() {
    on_both(|t| async move {
        let t = complaint(t).await;
        let clubs = granted(&t, 1).await;
        let seen = views::standing(&t.tenant, &clubs[0].0.actor, clubs[0].1).await.unwrap().unwrap();
        assert_eq!(seen.last_day, LastDay::ReadWhenSent(day("2026-09-16")));
    });
}

#[test]
fn under_legality_review_the_last_day_is_known_when_the_minutes_are_announced() {
    on_both(|t| async move {
        use bifall::services::decisions::meetings;
        let t = t.staffed().await;
        let clubs = granted(&t, 1).await;
        let (club, case) = (&clubs[0].0, clubs[0].1);
        let last = async || views::standing(&t.tenant, &club.actor, case).await.unwrap().unwrap().last_day;
        assert_eq!(last().await, LastDay::NotBegun);
        let dag = t.officer("dag").await.actor;
        t.clock.set("2026-09-14 12:00");
        meetings::report(&t.tenant, &dag, "KFN", day("2026-09-10"), Some("§ 90")).await.unwrap();
        meetings::announce(&t.tenant, &dag, "KFN", day("2026-09-10"), day("2026-09-14"), day("2026-10-06")).await.unwrap();
        assert_eq!(last().await, LastDay::Announced(day("2026-10-05")));
    });
}

#[test]
fn the_database_itself_refuses_edited_steps_and_what_legality_review_does_not_know() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        let id = enter(&t, case, Via::Court, "2026-08-26", "").await.unwrap();
        let anna = t.officer("anna").await.actor;
        appeals::request(&t.tenant, &anna, id, court("2026-08-26", "Yttra er."), Some(day("2026-09-22"))).await.unwrap();
        for sql in [
            "update appeal_step set text = 'annat'",
            "delete from appeal_step",
            "delete from appeal",
            "update appeal set claim = 'annat'",
            "update appeal set state = 'to_forward'",
            "update appeal set state = 'closed', outcome = 'rejected', closed_at = entered_at",
            "update appeal set state = 'closed'",
        ] {
            assert!(t.execute(sql.to_owned()).await.is_err(), "{sql}");
        }
    });
}
