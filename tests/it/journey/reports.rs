//! Reports on grants: the duty, the report, what it makes of the payment, and claiming back.
//!
//! Expected amounts are worked out by hand: a grant of 20 000 kr is paid with 10 000 in advance.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::grant::Outcome;
use bifall::domain::id::CaseId;
use bifall::domain::inputs::{Answer, Budget, BudgetLine};
use bifall::letters::{DecisionLetter, Letter};
use bifall::services::payments::{self, Channel};
use bifall::services::reports::recovery::{self, Part};
use bifall::services::reports::{claiming, views};
use bifall::services::tasks::Filled;
use bifall::services::{Actor, ServiceError, ServiceResult, budgets, decisions, drafts, standing, tasks, verify};
use bifall::store::{decisions as decision_rows, payments as rows, reports};
use chrono::TimeDelta;

use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

const EVENT: &str = "arrangemangsbidrag";
const REPORT: &str = "arrangemangsbidrag-redovisning";

pub fn kr(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

pub fn budget(costs: i64, incomes: i64) -> Answer {
    let line = |text: &str, amount: i64| BudgetLine { text: text.to_owned(), amount: kr(amount) };
    let lines = |text: &str, amount: i64| if amount == 0 { Vec::new() } else { vec![line(text, amount)] };
    Answer::Budget(Budget { costs: lines("Scen och ljud", costs), incomes: lines("Biljetter", incomes) })
}

pub fn event() -> BTreeMap<String, Answer> {
    [
        ("beskrivning", Answer::Text("Kulturdag i parken".to_owned())),
        ("datum", Answer::Date(day("2026-11-07"))),
        ("oppet", Answer::YesNo(true)),
        ("kalkyl", budget(60_000, 35_000)),
        ("sokt_belopp", Answer::Money(kr(25_000))),
        ("kontonummer", Answer::Text("5012-3454".to_owned())),
        ("intygar", Answer::YesNo(true)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into()
}

pub fn outcome(costs: i64, incomes: i64) -> BTreeMap<String, Answer> {
    [
        ("beskrivning", Answer::Text("Det kom många.".to_owned())),
        ("genomfort", Answer::YesNo(true)),
        ("utfall", budget(costs, incomes)),
        ("intygar", Answer::YesNo(true)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into()
}

pub fn ticked(lines: &[&str]) -> BTreeMap<String, bool> {
    lines.iter().map(|line| ((*line).to_owned(), true)).collect()
}

pub async fn done(t: &TestTenant, case: CaseId, action: &str, filled: &Filled, comment: &str) {
    let anna = t.officer("anna").await.actor;
    let task = t.open_tasks(case).await[0].id;
    tasks::complete(&t.tenant, &anna, task, action, filled, comment).await.unwrap();
    t.work().await;
}

/// A club that was granted 20 000 kr for an event on 7 November 2026, decided on 20 August.
pub async fn granted<'t>(t: &'t TestTenant) -> (Association<'t>, CaseId) {
    t.clock.set("2026-08-20 10:00");
    let club = t.club(1).await;
    let case = club.submit(EVENT, "2026", &event(), "event").await.unwrap().case;
    t.work().await;
    let proposal = Filled {
        checked: ticked(&["kalkyl", "annat_stod"]),
        texts: [("bedomning".to_owned(), "Öppet för alla.".to_owned())].into(),
        amount: Some(kr(20_000)),
        ..Filled::default()
    };
    done(t, case, "propose", &proposal, "Bra.").await;
    t.decided(case).await;
    (club, case)
}

/// Everything that can leave does.
pub async fn paid(t: &TestTenant) {
    t.officer("bo").await.review_all().await;
    t.officer("cilla").await.attest_all().await;
    payments::build(&t.tenant, &t.officer("cilla").await.actor, Channel::Manual, None).await.unwrap();
}

pub async fn reported(t: &TestTenant, club: &Association<'_>, answers: &BTreeMap<String, Answer>) -> CaseId {
    let case = club.submit(REPORT, "2026", answers, "report").await.unwrap().case;
    t.work().await;
    done(t, case, "approve", &Filled { checked: ticked(&["genomfort", "underlag", "villkor"]), ..Filled::default() }, "").await;
    case
}

pub async fn heard(t: &TestTenant, case: CaseId) {
    assert_eq!(t.case(case).await.state, "communicate", "who would pay back is heard");
    t.clock.forward(TimeDelta::days(15));
    t.work().await;
    done(t, case, "approve", &Filled::default(), "").await;
}

pub fn refused<T: std::fmt::Debug>(result: &ServiceResult<T>, words: &str) -> bool {
    matches!(result, Err(ServiceError::Refused(text)) if text.sv.contains(words))
}

async fn letter(t: &TestTenant, case: CaseId) -> String {
    let mut tx = t.tenant.db.read().await.unwrap();
    let decision = decision_rows::standing(&mut tx, case).await.unwrap().unwrap();
    let letter: DecisionLetter = serde_json::from_slice(&decision.letter).unwrap();
    format!("{:?}", letter.document().unwrap()).replace("\\u{a0}", " ").replace("\\u{202f}", " ")
}

pub async fn says(t: &TestTenant, case: CaseId, words: &[&str]) {
    let letter = letter(t, case).await;
    for word in words {
        assert!(letter.contains(word), "{word}: {letter}");
    }
}

pub async fn sound(t: &TestTenant) {
    let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
    assert!(report.sound(), "{:#?}", report.wrong);
}

/// What each order of a case says: amount and state.
pub async fn orders(t: &TestTenant, case: CaseId) -> Vec<(i64, String)> {
    t.orders(case).await.into_iter().map(|order| (order.amount_ore.ore(), order.state)).collect()
}

pub async fn settled(t: &TestTenant, report: CaseId) -> (i64, i64, i64, i64, i64) {
    let mut tx = t.tenant.db.read().await.unwrap();
    let row = reports::settlement_by(&mut tx, report).await.unwrap().unwrap();
    (row.granted_ore.ore(), row.paid_ore.ore(), row.final_ore.ore(), row.rest_ore.ore(), row.claimed_ore.ore())
}

#[test]
fn a_decision_obliges_to_report_and_the_accepted_report_lets_the_rest_go() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t).await;
        says(&t, case, &["Vi betalar 10 000 kr efter beslutet.", "Vi betalar 10 000 kr när er redovisning är godkänd."]).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let duties = reports::of_case(&mut tx, case).await.unwrap();
        drop(tx);
        // 60 days after 7 November is 6 January, a holiday; the next weekday is the 7th.
        assert_eq!(duties.iter().map(|duty| (duty.grant_type.as_str(), duty.due)).collect::<Vec<_>>(), [(REPORT, day("2027-01-07"))]);
        paid(&t).await;
        assert_eq!(orders(&t, case).await, [(1_000_000, "exported".to_owned()), (1_000_000, "attested".to_owned())]);

        t.clock.set("2026-11-20 10:00");
        let report = reported(&t, &club, &outcome(60_000, 35_000)).await;
        let (granted, own) = (t.case(case).await, t.case(report).await);
        assert_eq!(own.diary_case_id, granted.diary_case_id, "a report lies with what it is about");
        assert!(own.number.starts_with(&format!("{}-", granted.number)), "{}", own.number);
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (2_000_000, 1_000_000, 2_000_000, 1_000_000, 0));
        says(&t, report, &["Er redovisning är godkänd. Bidraget blir 20 000 kr.", "Kvar att betala ut", "Vi betalar ut 10 000 kr."]).await;
        assert_eq!(t.case(report).await.state, "closed");
        paid(&t).await;
        assert_eq!(orders(&t, case).await, [(1_000_000, "exported".to_owned()), (1_000_000, "exported".to_owned())]);
        assert_eq!(orders(&t, report).await, [], "what waited was just what was left");
        let again = club.submit(REPORT, "2026", &outcome(60_000, 35_000), "again").await;
        assert!(matches!(again, Err(ServiceError::NotFound)), "nothing is owed any more: {again:?}");
        t.history_holds().await;
        sound(&t).await;
    });
}

#[test]
fn a_cheaper_event_gives_less_and_the_rest_is_ordered_anew() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let dag = t.officer("dag").await.actor;
        let which = budgets::Which { grant_type: EVENT, unit: "KFN", year: 2026 };
        budgets::set(&t.tenant, &dag, which, kr(100_000)).await.unwrap();
        let (club, case) = granted(&t).await;
        paid(&t).await;
        t.clock.set("2026-11-20 10:00");
        // Half of 30 000 is 15 000; 10 000 is paid, 5 000 is left.
        let report = reported(&t, &club, &outcome(30_000, 0)).await;
        let decided = t.officer("anna").await.decide(&[report]).await.remove(0).result.unwrap();
        let held = payments::build(&t.tenant, &t.officer("cilla").await.actor, Channel::Manual, None).await.unwrap();
        assert_eq!(held, None, "nothing leaves while the decision can be undone");
        decisions::undo(&t.tenant, &t.officer("anna").await.actor, decided, "Ett kvitto saknas.").await.unwrap();
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (2_000_000, 1_000_000, 1_500_000, 500_000, 0));
        assert_eq!(t.case(report).await.outcome, Some(Outcome::DelvisBifall));
        says(&t, report, &["sätter ner bidraget till Klubb 1 från 20 000 kr till 15 000 kr", "högsta andel", "Vi betalar ut 5 000 kr."])
            .await;
        assert_eq!(orders(&t, case).await, [(1_000_000, "exported".to_owned()), (1_000_000, "cancelled".to_owned())]);
        assert_eq!(orders(&t, report).await, [(500_000, "draft".to_owned())]);
        let list = budgets::list(&t.tenant, &dag).await.unwrap();
        assert_eq!(list[0].used_ore, kr(15_000), "what the grant did not come to be is given back to its budget");
        paid(&t).await;
        assert_eq!(orders(&t, report).await, [(500_000, "exported".to_owned())]);
        sound(&t).await;
    });
}

#[test]
fn what_was_paid_too_much_is_claimed_back_after_a_hearing_with_plan_and_set_off() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t).await;
        paid(&t).await;
        t.clock.set("2026-11-20 10:00");
        // Half of 8 000 is 4 000; 10 000 is paid, so 6 000 is to be paid back.
        let report = reported(&t, &club, &outcome(8_000, 0)).await;
        let early = t.officer("anna").await.decide(&[report]).await.remove(0).result;
        assert!(refused(&early, "inte klart för beslut"), "{early:?}");
        heard(&t, report).await;
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (2_000_000, 1_000_000, 400_000, 0, 600_000));
        // 5 December + 30 days is 4 January 2027, a Monday.
        says(&t, report, &["Ni ska betala tillbaka 6 000 kr.", "senast den 4 januari 2027", "Att betala tillbaka"]).await;
        assert_eq!(orders(&t, case).await, [(1_000_000, "exported".to_owned()), (1_000_000, "cancelled".to_owned())]);
        let cilla = t.officer("cilla").await.actor;
        let debts = standing::debts(&t.tenant, &cilla, club.id).await.unwrap();
        assert_eq!(debts.iter().map(|debt| debt.remaining_ore).collect::<Vec<_>>(), [kr(6_000)]);
        sound(&t).await;

        let part = |date: &str, kronor: i64| Part { due: day(date), amount: kr(kronor) };
        let anna = t.officer("anna").await.actor;
        let short = recovery::set_plan(&t.tenant, &anna, report, &[part("2027-01-31", 3_000), part("2027-02-28", 2_000)]).await;
        assert!(matches!(&short, Err(ServiceError::Invalid(found)) if found[0].code == "sum"), "{short:?}");
        let backwards = recovery::set_plan(&t.tenant, &anna, report, &[part("2027-02-28", 3_000), part("2027-01-31", 3_000)]).await;
        assert!(matches!(&backwards, Err(ServiceError::Invalid(found)) if found[0].code == "order"), "{backwards:?}");
        recovery::set_plan(&t.tenant, &anna, report, &[part("2027-01-31", 3_000), part("2027-02-28", 3_000)]).await.unwrap();
        standing::reduce_debt(&t.tenant, &cilla, debts[0].id, kr(3_000), "Betalt på bankgiro 29 januari").await.unwrap();
        t.clock.set("2027-02-10 10:00");
        let claims = views::claims(&t.tenant, &anna).await.unwrap();
        assert_eq!(
            claims.iter().map(|claim| (claim.row.remaining_ore, claim.next, claim.overdue, claim.parts)).collect::<Vec<_>>(),
            [(kr(3_000), Some(day("2027-02-28")), false, 2)]
        );
        t.clock.set("2027-03-01 10:00");
        assert!(views::claims(&t.tenant, &anna).await.unwrap()[0].overdue, "the second part was due yesterday");
        sound(&t).await;
    });
}

#[test]
fn nothing_is_claimed_back_that_the_decision_did_not_reserve() {
    on_both(|t| async move {
        let mut files = bifall::packages::Files::built_in();
        let form = files.0.get_mut("forms/arrangemangsbidrag.toml").unwrap();
        let text = String::from_utf8(form.clone()).unwrap();
        *form = text.lines().filter(|line| !line.starts_with("recall_reservation")).collect::<Vec<_>>().join("\n").into_bytes();
        // As an older version that was in use before reports came, which `check` would not let through today.
        files.0.retain(|path, _| !path.contains(REPORT));
        bifall::services::packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
        let t = t.staffed().await;
        let (club, _) = granted(&t).await;
        paid(&t).await;
        t.clock.set("2026-11-20 10:00");
        let report = reported(&t, &club, &outcome(8_000, 0)).await;
        assert_eq!(t.case(report).await.state, "proposed", "nobody is heard about what cannot be claimed");
        let claimed = t.officer("anna").await.decide(&[report]).await.remove(0).result;
        assert!(refused(&claimed, "inget förbehåll om återkrav"), "{claimed:?}");
    });
}

#[test]
fn a_report_that_does_not_come_is_reminded_of_holds_payments_and_may_be_claimed_back() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t).await;
        paid(&t).await;
        let anna = t.officer("anna").await.actor;
        let duty = views::waited_for(&t.tenant, &anna).await.unwrap().remove(0);
        assert!(!duty.overdue);
        let early = claiming::open(&t.tenant, &anna, duty.row.id, "Ingen redovisning.").await;
        assert!(refused(&early, "har inte passerat"), "{early:?}");
        let mails = t.mails(case).await.len();
        // Fourteen days and one day before 7 January, and the day after.
        t.clock.set("2026-12-24 08:00");
        t.work().await;
        t.clock.set("2027-01-06 08:00");
        t.work().await;
        assert_eq!(t.mails(case).await.len(), mails + 2);
        assert!(t.mails(case).await.last().unwrap().subject.contains("Dags att redovisa"));
        t.clock.set("2027-01-08 08:00");
        t.work().await;
        assert_eq!(t.mails(case).await.len(), mails + 3);
        let duty = views::waited_for(&t.tenant, &anna).await.unwrap().remove(0);
        assert!(duty.overdue);
        assert_eq!(views::remind(&t.tenant, &anna, &[duty.row.id]).await.unwrap(), 1);
        let twice = views::remind(&t.tenant, &anna, &[duty.row.id]).await;
        assert!(matches!(&twice, Err(ServiceError::Invalid(found)) if found[0].message.sv.contains("Klubb 1")), "{twice:?}");
        assert_eq!(views::waited_for(&t.tenant, &anna).await.unwrap()[0].row.written.map(|at| at.date_naive()), Some(day("2027-01-08")));

        // Another grant of hers waits for the report.
        let mut again = event();
        again.insert("datum".to_owned(), Answer::Date(day("2027-06-01")));
        let other = club.submit(EVENT, "2027", &again, "another").await.unwrap().case;
        t.work().await;
        let proposal = Filled {
            checked: ticked(&["kalkyl", "annat_stod"]),
            texts: [("bedomning".to_owned(), "Öppet för alla.".to_owned())].into(),
            amount: Some(kr(10_000)),
            ..Filled::default()
        };
        done(&t, other, "propose", &proposal, "Bra.").await;
        t.decided(other).await;
        let first = t.orders(other).await.remove(0);
        let held = async |t: &TestTenant| {
            let mut tx = t.tenant.db.read().await.unwrap();
            let holds = rows::holds(&mut tx, first.id).await.unwrap();
            let today = t.tenant.clock.today();
            holds.iter().any(|hold| hold.reason == "report_overdue" && hold.until.is_none_or(|until| until >= today))
        };
        assert!(held(&t).await);

        let silent = claiming::open(&t.tenant, &anna, duty.row.id, " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        let report = claiming::open(&t.tenant, &anna, duty.row.id, "Två påminnelser är utan svar.").await.unwrap();
        t.work().await;
        assert!(held(&t).await, "no report has come by the municipality's opening a case");
        let documents = t.documents(report).await;
        assert!(documents.iter().all(|document| document.direction != bifall::store::diary::Direction::In), "nothing came in");
        done(&t, report, "approve", &Filled::default(), "Redovisningen har inte kommit.").await;
        heard(&t, report).await;
        t.decided(report).await;
        assert_eq!(settled(&t, report).await, (2_000_000, 1_000_000, 0, 0, 1_000_000));
        says(&t, report, &["återkallar bidraget på 20 000 kr till Klubb 1", "Ni ska betala tillbaka 10 000 kr."]).await;
        sound(&t).await;
    });
}

#[test]
fn only_who_owes_a_report_can_hand_one_in_and_one_that_is_taken_back_is_owed_again() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t).await;
        let other = t.club(2).await;
        let foreign = other.submit(REPORT, "2026", &outcome(1_000, 0), "foreign").await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        let begun = drafts::begin(&t.tenant, &other.actor, other.id, REPORT, "2026", drafts::Start::GoOn).await;
        assert!(matches!(begun, Err(ServiceError::NotFound)), "{begun:?}");
        t.clock.set("2026-11-20 10:00");
        let report = club.submit(REPORT, "2026", &outcome(60_000, 35_000), "report").await.unwrap().case;
        t.work().await;
        bifall::services::cases::withdrawal::request(&t.tenant, &club.actor, report, "Fel siffror.").await.unwrap();
        let anna = t.officer("anna").await.actor;
        bifall::services::cases::withdrawal::close(&t.tenant, &anna, report).await.unwrap();
        t.clock.forward(TimeDelta::minutes(31));
        t.work().await;
        assert!(t.case(report).await.closed_at.is_some());
        let mut tx = t.tenant.db.read().await.unwrap();
        let duty = reports::of_case(&mut tx, case).await.unwrap().remove(0);
        drop(tx);
        assert_eq!((duty.report_case_id, duty.done_at), (None, None));
        t.clock.forward(TimeDelta::minutes(1));
        let again = club.submit(REPORT, "2026", &outcome(50_000, 30_000), "again").await.unwrap().case;
        t.work().await;
        assert_eq!(t.case(again).await.state, "check");
        sound(&t).await;
    });
}
