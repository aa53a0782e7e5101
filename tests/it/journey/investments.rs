//! An investment: the idea tried first, ninety percent on an accepted requisition, the rest on the report.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::committee::Done;
use bifall::domain::id::CaseId;
use bifall::domain::inputs::Answer;
use bifall::domain::localized::Language;
use bifall::services::drafts::my;
use bifall::services::reports::returning::Requisition;
use bifall::services::tasks::{self, Filled};
use bifall::services::{ServiceError, assessments, committee, dialogue};
use bifall::store::reports;
use bifall::text::fluent::{self, Wording};
use chrono::TimeDelta;

use super::reports::{budget, done, kr, orders, outcome, paid, says, settled, sound, ticked};
use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

/// A lighting of 500 000 kr that 200 000 are applied for.
pub fn hall() -> BTreeMap<String, Answer> {
    [
        ("beskrivning", Answer::Text("Ny belysning vid spåret.".to_owned())),
        ("start", Answer::Date(day("2026-10-01"))),
        ("rader_over", Answer::Choice("ager".to_owned())),
        ("bygglov", Answer::Choice("sokt".to_owned())),
        ("kalkyl", budget(500_000, 0)),
        ("sokt_belopp", Answer::Money(kr(200_000))),
        ("kontonummer", Answer::Text("5012-3454".to_owned())),
        ("intygar", Answer::YesNo(true)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into()
}

pub fn invoices(amounts: &[i64]) -> BTreeMap<String, Answer> {
    let invoice = |amount: &i64| {
        [
            ("leverantor", Answer::Text("El AB".to_owned())),
            ("nummer", Answer::Text("17".to_owned())),
            ("datum", Answer::Date(day("2026-11-01"))),
            ("belopp", Answer::Money(kr(*amount))),
        ]
        .map(|(id, answer)| (id.to_owned(), answer))
        .into()
    };
    let paper = Answer::Attachment(bifall::domain::inputs::Attachment::Uploaded("0".repeat(64)));
    [("fakturor", Answer::Group(amounts.iter().map(invoice).collect())), ("underlag", paper), ("intygar", Answer::YesNo(true))]
        .map(|(id, answer)| (id.to_owned(), answer))
        .into()
}

/// The committee of 10 September decides as proposed, and the letter leaves.
async fn decided_by_committee(t: &TestTenant, case: CaseId) {
    let anna = t.officer("anna").await.actor;
    let meeting = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-09-10"), None).await.unwrap().id;
    committee::put_on_agenda(&t.tenant, &anna, meeting, &[case]).await.unwrap().remove(0).1.unwrap();
    t.clock.set("2026-09-11 09:00");
    let ruling = committee::Ruling { case, done: Done::AsProposed, amount: None, reason: "", reservation: "", paragraph: "§ 90" };
    committee::write_in(&t.tenant, &anna, meeting, &[ruling]).await.unwrap().remove(0).1.unwrap();
    t.clock.forward(TimeDelta::minutes(31));
    t.work().await;
}

/// The lines of the open task's checklist, as its page has them.
async fn view_lines(t: &TestTenant, case: CaseId) -> Vec<String> {
    let anna = t.officer("anna").await.actor;
    let task = t.open_tasks(case).await[0].id;
    let sheet = assessments::views::sheet(&t.tenant, &anna, case, task).await.unwrap();
    sheet.checklist.into_iter().map(|line| line.id).collect()
}

#[test]
fn an_investment_passes_its_gate_and_is_paid_ninety_percent_on_requisition_and_the_rest_on_its_report() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-20 10:00");
        let club = t.club(1).await;
        let case = club.submit("investeringsbidrag", "2026", &hall(), "hall").await.unwrap().case;
        t.work().await;
        assert_eq!(t.case(case).await.state, "gate");
        let idea = Filled {
            checked: ticked(&["behov", "radighet", "drift"]),
            texts: [("bedomning".to_owned(), "Behovet är visat.".to_owned())].into(),
            amount: Some(kr(200_000)),
            ..Filled::default()
        };
        done(&t, case, "pass_gate", &idea, "Idén håller.").await;
        assert_eq!(t.case(case).await.state, "stage_two");
        // The list asks of a permit that is missing, not of one that is there.
        let lines: Vec<String> = view_lines(&t, case).await;
        assert_eq!(lines, ["offerter", "bygglov_villkor", "annat_stod"]);
        let proposal = Filled {
            checked: ticked(&["offerter", "bygglov_villkor", "annat_stod"]),
            texts: [
                ("bedomning".to_owned(), "Kostnaderna är rimliga.".to_owned()),
                ("villkor".to_owned(), "Bygglov ska finnas innan något betalas ut.".to_owned()),
            ]
            .into(),
            amount: Some(kr(200_000)),
            ..Filled::default()
        };
        done(&t, case, "propose", &proposal, "Behövs och är rimligt.").await;
        decided_by_committee(&t, case).await;
        says(&t, case, &["Bygglov ska finnas innan något betalas ut.", "Vi betalar 180 000 kr när er rekvisition är godkänd."]).await;
        paid(&t).await;
        assert_eq!(orders(&t, case).await, [(18_000_000, "attested".to_owned()), (2_000_000, "attested".to_owned())], "both wait");

        // 359 999 kr of invoices is one krona too little for 90 percent of 200 000 at half the cost.
        t.clock.set("2026-11-20 10:00");
        let wanted = "investeringsbidrag-rekvisition";
        let requisition = club.submit(wanted, "2026", &invoices(&[300_000, 59_999]), "too little").await.unwrap().case;
        t.work().await;
        // Every invoice is told with its labels, to the officer and in the document.
        let seen = bifall::services::cases::beside::of(&t.tenant, &t.officer("anna").await.actor, requisition).await.unwrap();
        let told = &seen.compared.iter().find(|row| row.label.sv.starts_with("Fakturor")).unwrap().answer;
        let first = told.lines().next().unwrap();
        assert_eq!(told.lines().count(), 2, "{told}");
        assert!(first.starts_with("Leverantör: El AB · Fakturanummer: 17 · Fakturadatum: ") && first.contains("Belopp: 300"), "{told}");
        let looked = Filled { checked: ticked(&["fakturor", "betalda", "villkor"]), ..Filled::default() };
        done(&t, requisition, "approve", &looked, "").await;
        assert_eq!(t.case(requisition).await.state, "check", "a requirement that is not met sends it back");
        assert!(t.open_tasks(requisition).await[0].reason.contains("Halva summan av fakturorna"));
        let again = club.submit(wanted, "2026", &invoices(&[300_000, 60_000]), "enough").await.unwrap().case;
        assert_eq!(again, requisition, "it takes the place of the first");
        t.work().await;
        done(&t, requisition, "approve", &looked, "").await;
        assert_eq!(t.case(requisition).await.state, "closed");
        paid(&t).await;
        assert_eq!(orders(&t, case).await, [(18_000_000, "exported".to_owned()), (2_000_000, "attested".to_owned())]);

        // Half of 380 000 is 190 000: 180 000 is paid, 10 000 is left of the 20 000.
        t.clock.set("2027-03-01 10:00");
        let mut answers = outcome(380_000, 0);
        answers.insert("bygglov".to_owned(), Answer::YesNo(false));
        let report = club.submit("investeringsbidrag-redovisning", "2026", &answers, "report").await.unwrap().case;
        t.work().await;
        done(&t, report, "approve", &Filled { checked: ticked(&["genomfort", "underlag", "villkor"]), ..Filled::default() }, "").await;
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (20_000_000, 18_000_000, 19_000_000, 1_000_000, 0));
        assert_eq!(orders(&t, case).await, [(18_000_000, "exported".to_owned()), (2_000_000, "cancelled".to_owned())]);
        assert_eq!(orders(&t, report).await, [(1_000_000, "draft".to_owned())]);
        sound(&t).await;
    });
}

#[test]
fn an_idea_that_stops_at_the_gate_is_refused_by_the_committee() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-20 10:00");
        let club = t.club(1).await;
        let case = club.submit("investeringsbidrag", "2026", &hall(), "hall").await.unwrap().case;
        t.work().await;
        let idea = Filled {
            checked: ticked(&["radighet", "drift"]),
            texts: [("bedomning".to_owned(), "Spåret stängs nästa år.".to_owned())].into(),
            amount: Some(Money::ZERO),
            ..Filled::default()
        };
        done(&t, case, "stop_at_gate", &idea, "Spåret stängs nästa år.").await;
        assert_eq!((t.case(case).await.state, t.case(case).await.amount_ore), ("proposed".to_owned(), Some(Money::ZERO)));
        decided_by_committee(&t, case).await;
        says(&t, case, &["Ni får inget bidrag.", "Spåret stängs nästa år."]).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(reports::of_case(&mut tx, case).await.unwrap(), [], "nothing was granted, so nothing is to be reported");
    });
}

/// 200 000 kr granted, to be paid on a requisition and the report.
async fn granted(t: &TestTenant, club: &Association<'_>) -> CaseId {
    let case = club.submit("investeringsbidrag", "2026", &hall(), "hall").await.unwrap().case;
    t.work().await;
    let looked = |lines: &[&str]| Filled {
        checked: ticked(lines),
        texts: [("bedomning".to_owned(), "Det håller.".to_owned())].into(),
        amount: Some(kr(200_000)),
        ..Filled::default()
    };
    done(t, case, "pass_gate", &looked(&["behov", "radighet", "drift"]), "Idén håller.").await;
    done(t, case, "propose", &looked(&["offerter", "bygglov_villkor", "annat_stod"]), "Rimligt.").await;
    decided_by_committee(t, case).await;
    paid(t).await;
    case
}

#[test]
fn a_requisition_that_is_sent_back_lets_nothing_go_and_another_can_be_made() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-20 10:00");
        let club = t.club(1).await;
        let case = granted(&t, &club).await;

        t.clock.set("2026-11-20 10:00");
        let wanted = "investeringsbidrag-rekvisition";
        let first = club.submit(wanted, "2026", &invoices(&[400_000]), "another's invoices").await.unwrap().case;
        t.work().await;
        let seen = Filled { checked: ticked(&["fakturor", "betalda", "villkor"]), ..Filled::default() };
        let because = |reason: &str| Filled { texts: [("skal".to_owned(), reason.to_owned())].into(), ..seen.clone() };
        let anna = t.officer("anna").await.actor;
        let task = t.open_tasks(first).await[0].id;
        for (reason, code) in [(" ", "missing"), ("Se {sista dag}.", "not_filled")] {
            let refused = tasks::complete(&t.tenant, &anna, task, "send_back", &because(reason), "").await;
            let Err(ServiceError::Invalid(findings)) = refused else { panic!("{refused:?}") };
            assert_eq!((findings[0].place.as_str(), findings[0].code.as_str()), ("skal", code));
        }
        done(&t, first, "send_back", &because("Fakturorna gäller en annan hall."), "").await;
        assert_eq!((t.case(first).await.state.as_str(), t.case(first).await.closed_at.is_some()), ("sent_back", true));
        let thread = dialogue::open(&t.tenant, &club.actor, first).await.unwrap();
        let told = &thread.messages.last().unwrap().text;
        assert!(told.contains("Fakturorna gäller en annan hall.") && told.contains("ny rekvisition"), "{told}");
        paid(&t).await;
        let waits = [(18_000_000, "attested".to_owned()), (2_000_000, "attested".to_owned())];
        assert_eq!(orders(&t, case).await, waits, "nothing is let go");

        let second = club.submit(wanted, "2026", &invoices(&[400_000]), "the right ones").await.unwrap().case;
        assert_ne!(second, first, "what was sent back stays as it was");
        t.work().await;
        done(&t, second, "approve", &seen, "").await;
        paid(&t).await;
        assert_eq!(orders(&t, case).await, [(18_000_000, "exported".to_owned()), (2_000_000, "attested".to_owned())]);
        let mine = my::pages(&t.tenant, &club.actor, t.case(case).await.organisation_id).await.unwrap();
        let of = |id| mine.cases.iter().find(|mine| mine.line.case.id == id).unwrap().requisition;
        assert_eq!((of(first), of(second), of(case)), (Some(Requisition::SentBack), Some(Requisition::Accepted), None));
        let seen = my::case(&t.tenant, &club.actor, second).await.unwrap();
        assert_eq!(seen.expected.wording, Wording::Requisition);
        assert_eq!(fluent::worded(Language::Sv, Wording::Requisition, "before-begin", &[]), "Börja rekvirera");
        // Where a requisition has no words of its own it has those of a report.
        assert_eq!(fluent::worded(Language::Sv, Wording::Requisition, "before-last-day", &[]), "Sista dag");
        sound(&t).await;
    });
}
