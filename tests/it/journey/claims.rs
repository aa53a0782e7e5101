//! What follows a report: payments that an appeal holds, what may be set off, and claiming back where no report came.
//!
//! Expected amounts are worked out by hand: a grant of 20 000 kr is paid with 10 000 in advance.

use bifall::domain::appeal::Via;
use bifall::domain::id::{AppealId, CaseId};
use bifall::services::appeals::{self, NewAppeal};
use bifall::services::cases::withdrawal;
use bifall::services::drafts::{self, my};
use bifall::services::reports::recovery::{self, Part};
use bifall::services::reports::{claiming, views};
use bifall::services::standing;
use bifall::services::tasks::Filled;
use bifall::store::payments as rows;

use super::reports::{done, granted, heard, kr, orders, outcome, paid, refused, reported, settled, sound, ticked};
use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

async fn appealed(t: &TestTenant, case: CaseId, who: &str) -> AppealId {
    let new = NewAppeal {
        via: Via::Us,
        received_on: Some(day("2026-11-20")),
        served_on: None,
        appellant: who,
        claim: "Beslutet ska upphävas.",
        file: None,
    };
    appeals::enter(&t.tenant, &t.officer("anna").await.actor, case, new).await.unwrap()
}

/// How many of a case's payments are held today for a reason.
async fn held_by(t: &TestTenant, case: CaseId, reason: &str) -> usize {
    let (all, today) = (t.orders(case).await, t.tenant.clock.today());
    let mut tx = t.tenant.db.read().await.unwrap();
    let mut found = 0;
    for order in all {
        let holds = rows::holds(&mut tx, order.id).await.unwrap();
        found += holds
            .iter()
            .filter(|hold| hold.reason == reason && hold.released_at.is_none() && hold.until.is_none_or(|until| until >= today))
            .count();
    }
    found
}

async fn held(t: &TestTenant, case: CaseId) -> usize {
    held_by(t, case, "appealed").await
}

#[test]
fn an_appeal_of_the_grant_holds_what_its_report_made_of_it_whichever_came_first() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let anna = t.officer("anna").await.actor;
        let (club, case) = granted(&t).await;
        paid(&t).await;
        t.clock.set("2026-11-20 10:00");
        // Half of 30 000 is 15 000; 10 000 is paid, 5 000 is left.
        let report = reported(&t, &club, &outcome(30_000, 0)).await;
        let before = appealed(&t, case, "En kommunmedlem").await;
        t.decided(report).await;
        assert_eq!(orders(&t, report).await, [(500_000, "draft".to_owned())]);
        assert_eq!(held(&t, report).await, 1, "ordered while the appeal is open");
        appeals::withdraw(&t.tenant, &anna, before, "Återkallat per brev.").await.unwrap();
        assert_eq!(held(&t, report).await, 0);
        t.clock.forward(chrono::TimeDelta::minutes(1));
        let after = appealed(&t, case, "En annan kommunmedlem").await;
        assert_eq!(held(&t, report).await, 1, "ordered before the appeal came");
        paid(&t).await;
        assert_eq!(orders(&t, report).await, [(500_000, "attested".to_owned())]);
        // An appeal of the report itself that is over does not let go what that of the grant holds.
        let own = appealed(&t, report, "En tredje kommunmedlem").await;
        appeals::withdraw(&t.tenant, &anna, own, "Återkallat per brev.").await.unwrap();
        assert_eq!(held(&t, report).await, 1);
        appeals::withdraw(&t.tenant, &anna, after, "Återkallat per brev.").await.unwrap();
        assert_eq!(held(&t, report).await, 0);
        paid(&t).await;
        assert_eq!(orders(&t, report).await, [(500_000, "exported".to_owned())]);
        t.history_holds().await;
        sound(&t).await;
    });
}

/// Another grant of the same club, of which half is paid at once.
async fn another(t: &TestTenant, club: &Association<'_>, kronor: i64) -> CaseId {
    let mut answers = super::reports::event();
    answers.insert("datum".to_owned(), bifall::domain::inputs::Answer::Date(day("2027-06-01")));
    let case = club.submit("arrangemangsbidrag", "2027", &answers, "another").await.unwrap().case;
    t.work().await;
    let proposal = Filled {
        checked: ticked(&["kalkyl", "annat_stod"]),
        texts: [("bedomning".to_owned(), "Öppet för alla.".to_owned())].into(),
        amount: Some(kr(kronor)),
        ..Filled::default()
    };
    done(t, case, "propose", &proposal, "Bra.").await;
    t.decided(case).await;
    case
}

#[test]
fn only_what_has_fallen_due_by_a_plan_is_set_off_and_is_not_called_paid_until_it_leaves() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let anna = t.officer("anna").await.actor;
        let (club, _) = granted(&t).await;
        paid(&t).await;
        t.clock.set("2026-11-20 10:00");
        // Half of 8 000 is 4 000; 10 000 is paid, so 6 000 is to be paid back.
        let report = reported(&t, &club, &outcome(8_000, 0)).await;
        heard(&t, report).await;
        t.decided(report).await;
        let part = |date: &str, kronor: i64| Part { due: day(date), amount: kr(kronor) };
        let plan = [part("2027-01-31", 1_000), part("2027-02-28", 2_000), part("2027-03-31", 3_000)];
        recovery::set_plan(&t.tenant, &anna, report, &plan).await.unwrap();
        t.clock.set("2027-03-01 10:00");
        let other = another(&t, &club, 10_000).await;
        // 5 000 is paid at once; 1 000 and 2 000 of the plan have fallen due.
        assert_eq!(orders(&t, other).await.iter().map(|order| order.0).collect::<Vec<_>>(), [200_000, 500_000]);
        let debts = standing::debts(&t.tenant, &anna, club.id).await.unwrap();
        assert_eq!(debts.iter().map(|debt| debt.remaining_ore).collect::<Vec<_>>(), [kr(3_000)]);
        let told = async |t: &TestTenant| {
            let claims = views::claims(&t.tenant, &t.officer("anna").await.actor).await.unwrap();
            claims.iter().map(|claim| (claim.row.remaining_ore, claim.set_off, claim.next, claim.overdue)).collect::<Vec<_>>()
        };
        assert_eq!(told(&t).await, [(kr(3_000), kr(3_000), Some(day("2027-03-31")), false)]);
        paid(&t).await;
        assert_eq!(told(&t).await, [(kr(3_000), kr(0), Some(day("2027-03-31")), false)], "what has left has paid the debt");
        t.history_holds().await;
        sound(&t).await;
    });
}

const REPORT: &str = "arrangemangsbidrag-redovisning";

/// A claim that the municipality opens the day after the last day of the report.
async fn opened(t: &TestTenant) -> CaseId {
    let anna = t.officer("anna").await.actor;
    t.clock.set("2027-01-08 08:00");
    t.work().await;
    let duty = views::waited_for(&t.tenant, &anna).await.unwrap().remove(0);
    let case = claiming::open(&t.tenant, &anna, duty.row.id, "Två påminnelser är utan svar.").await.unwrap();
    t.work().await;
    case
}

#[test]
fn a_claim_that_the_municipality_opened_is_no_report_and_takes_one_until_it_is_decided() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let anna = t.officer("anna").await.actor;
        let (club, granted) = granted(&t).await;
        paid(&t).await;
        let report = opened(&t).await;
        let other = another(&t, &club, 10_000).await;
        assert_eq!(held_by(&t, other, "report_overdue").await, 2);
        let line = views::waited_for(&t.tenant, &anna).await.unwrap().into_iter().find(|line| line.row.case_id == granted).unwrap();
        assert!(line.claimed);
        assert!(t.mails(report).await.is_empty(), "nothing came that could be acknowledged");
        let seen = my::case(&t.tenant, &club.actor, report).await.unwrap();
        assert!((seen.claim, seen.takes_report, seen.may_withdraw, seen.may_replace) == (true, true, false, false));
        let kinds: Vec<&str> = seen.view.events.iter().map(|event| event.kind.as_str()).collect();
        assert!(kinds.contains(&"claim.opened") && !kinds.contains(&"application.received"), "{kinds:?}");
        let seen = my::case(&t.tenant, &club.actor, granted).await.unwrap();
        let kinds: Vec<&str> = seen.view.events.iter().map(|event| event.kind.as_str()).collect();
        assert!(kinds.contains(&"report.missing") && !kinds.contains(&"report.come"), "{kinds:?}");
        let withdrawn = withdrawal::request(&t.tenant, &club.actor, report, "Nej.").await;
        assert!(refused(&withdrawn, "Kommunen har öppnat ärendet"), "{withdrawn:?}");
        let todo = my::pages(&t.tenant, &club.actor, club.id).await.unwrap().reports;
        assert!(todo.iter().any(|own| own.grant_type == REPORT && own.period.id == "2026" && own.claimed));

        // She is heard, is told of how much, and sends her report instead: it is reviewed from the beginning.
        done(&t, report, "approve", &Filled::default(), "Redovisningen har inte kommit.").await;
        let seen = my::case(&t.tenant, &club.actor, report).await.unwrap();
        let claimed = seen.view.report.about.and_then(|about| about.would_be).map(|settled| settled.claimed);
        assert_eq!((claimed, seen.answer_by), (Some(kr(10_000)), Some(day("2027-01-22"))));
        drafts::begin(&t.tenant, &club.actor, club.id, REPORT, "2026", drafts::Start::GoOn).await.unwrap();
        let receipt = club.submit(REPORT, "2026", &outcome(60_000, 35_000), "late").await.unwrap();
        assert_eq!((receipt.case, receipt.late, receipt.replaces), (report, true, false));
        let again = club.submit(REPORT, "2026", &outcome(60_000, 35_000), "late").await.unwrap();
        assert_eq!(again, receipt, "a second press gets the first receipt");
        t.work().await;
        assert_eq!(held_by(&t, other, "report_overdue").await, 0, "it has come");
        let line = views::waited_for(&t.tenant, &anna).await.unwrap().into_iter().find(|line| line.row.case_id == granted).unwrap();
        assert!(!line.claimed);
        let seen = my::case(&t.tenant, &club.actor, report).await.unwrap();
        assert!((seen.claim, seen.takes_report, seen.may_withdraw) == (false, false, true));
        assert_eq!(t.case(report).await.state, "check");
        done(&t, report, "approve", &Filled { checked: ticked(&["genomfort", "underlag", "villkor"]), ..Filled::default() }, "").await;
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (2_000_000, 1_000_000, 2_000_000, 1_000_000, 0));
        t.history_holds().await;
        sound(&t).await;
    });
}

#[test]
fn no_report_comes_into_a_claim_that_is_decided_and_what_is_claimed_stands_among_the_things_to_do() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, _) = granted(&t).await;
        paid(&t).await;
        let report = opened(&t).await;
        done(&t, report, "approve", &Filled::default(), "Redovisningen har inte kommit.").await;
        heard(&t, report).await;
        t.officer("anna").await.decide(&[report]).await.remove(0).result.unwrap();
        let late = club.submit(REPORT, "2026", &outcome(60_000, 35_000), "late").await;
        assert!(refused(&late, "är beslutat"), "{late:?}");
        let begun = drafts::begin(&t.tenant, &club.actor, club.id, REPORT, "2026", drafts::Start::GoOn).await;
        assert!(refused(&begun, "är beslutat"), "{begun:?}");
        assert!(my::pages(&t.tenant, &club.actor, club.id).await.unwrap().claims.is_empty(), "the letter has not left");
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        let claims = my::pages(&t.tenant, &club.actor, club.id).await.unwrap().claims;
        // 23 January 2027 + 30 days is 22 February, a Monday.
        let told: Vec<_> = claims.iter().map(|claim| (claim.row.remaining_ore, claim.next, claim.parts)).collect();
        assert_eq!(told, [(kr(10_000), Some(day("2027-02-22")), 0)]);
        sound(&t).await;
    });
}
