//! Supplement, hearing, checkpoints, approval, assessment: the workflows as declared.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::attendance::Sex;
use bifall::domain::grant::{ApplicantKind, Outcome};
use bifall::domain::inputs::{Answer, Attachment, Budget, BudgetLine, Fact, MemberCount};
use bifall::services::tasks::{self, Filled, SupplementRequest};
use bifall::services::{Actor, ServiceError, organisations, packages};
use bifall::store::organisations::EarlierRow;
use bifall::store::{cases, decisions};
use bifall::workflows::clock::{Pause, due};

use crate::support::actors::{Association, activity_answers, day};
use crate::support::dak::{adult, girl, girls, occasion};
use crate::support::{TestTenant, on_both};
use bifall::domain::id::CaseId;

fn kr(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

/// The answers of an event that costs and brings in so much.
pub fn event(costs: i64, incomes: i64, applied: i64) -> BTreeMap<String, Answer> {
    let line = |text: &str, amount| BudgetLine { text: text.to_owned(), amount: kr(amount) };
    BTreeMap::from([
        ("beskrivning".to_owned(), Answer::Text("Kulturdag i parken".to_owned())),
        ("datum".to_owned(), Answer::Date(day("2026-11-20"))),
        ("oppet".to_owned(), Answer::YesNo(true)),
        (
            "kalkyl".to_owned(),
            Answer::Budget(Budget {
                costs: vec![line("Scen", costs)],
                incomes: if incomes > 0 { vec![line("Biljetter", incomes)] } else { Vec::new() },
            }),
        ),
        ("sokt_belopp".to_owned(), Answer::Money(kr(applied))),
        ("kontonummer".to_owned(), Answer::Text("5012-3454".to_owned())),
        ("intygar".to_owned(), Answer::YesNo(true)),
    ])
}

async fn event_case(t: &TestTenant, club: &Association<'_>) -> CaseId {
    let case = club.submit("arrangemangsbidrag", "2026", &event(60_000, 35_000, 25_000), "event").await.unwrap().case;
    t.work().await;
    assert_eq!(t.case(case).await.state, "assess");
    case
}

async fn ask(t: &TestTenant, case: CaseId, last_day: &str) -> Result<(), ServiceError> {
    let request = SupplementRequest {
        missing: "Budget för scenen",
        last_day: day(last_day),
        consequence: "Annars avgörs ärendet utan den.",
        sections: &[],
    };
    tasks::request_supplement(&t.tenant, &t.officer("anna").await.actor, case, &request).await
}

fn ticked(lines: &[&str]) -> Filled {
    Filled { checked: lines.iter().map(|line| ((*line).to_owned(), true)).collect(), ..Filled::default() }
}

#[test]
fn a_supplement_stops_the_clock_and_brings_the_case_back() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = event_case(&t, &club).await;
        let empty = SupplementRequest { missing: " ", last_day: day("2026-08-20"), consequence: "", sections: &[] };
        let refused = tasks::request_supplement(&t.tenant, &t.officer("anna").await.actor, case, &empty).await;
        assert!(matches!(&refused, Err(ServiceError::Invalid(findings)) if findings.len() == 3), "{refused:?}");
        let foreign = tasks::request_supplement(&t.tenant, &club.actor, case, &empty).await;
        assert!(foreign.is_err());
        ask(&t, case, "2026-09-20").await.unwrap();
        assert_eq!(t.case(case).await.state, "supplement");
        assert_eq!(t.mails(case).await.len(), 1);
        assert!(ask(&t, case, "2026-09-20").await.is_err(), "asked twice");

        // Longer than the workflow's fourteen days, because the letter says so; the whole last day is hers.
        t.clock.set("2026-09-20 23:59");
        t.work().await;
        assert_eq!(t.case(case).await.state, "supplement");
        let mut changed = BTreeMap::from([("sokt_belopp".to_owned(), Answer::Money(kr(0)))]);
        let refused = tasks::answer_supplement(&t.tenant, &club.actor, case, &changed, "").await;
        assert!(matches!(&refused, Err(ServiceError::Invalid(findings)) if findings[0].place == "sokt_belopp"), "{refused:?}");
        changed.insert("sokt_belopp".to_owned(), Answer::Money(kr(20_000)));
        let other = t.club(2).await;
        let refused = tasks::answer_supplement(&t.tenant, &other.actor, case, &changed, "").await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        tasks::answer_supplement(&t.tenant, &club.actor, case, &changed, "Här är den.").await.unwrap();
        t.work().await;
        let row = t.case(case).await;
        assert_eq!((row.state.as_str(), row.complete_on), ("assess", Some(day("2026-09-20"))));
        assert_eq!(t.open_tasks(case).await.len(), 1);

        // 20 August with 30 days would end on 18 September (the first day counts); it stood still from 20 August to 20 September, so 31 days later.
        let mut tx = t.tenant.db.read().await.unwrap();
        let clock = cases::clocks(&mut tx, case).await.unwrap().remove(0);
        let pauses: Vec<Pause> = serde_json::from_str(&clock.pauses).unwrap();
        let without = due(clock.started_on, 30, &[]).unwrap();
        assert_eq!(due(clock.started_on, 30, &pauses), without.checked_add_days(chrono::Days::new(31)));
        let kinds: Vec<_> =
            t.documents(case).await.iter().map(|document| (document.document_type.clone(), document.file_id.is_some())).collect();
        assert_eq!(kinds, [("ansokan".to_owned(), true), ("komplettering".to_owned(), true), ("komplettering".to_owned(), true)]);
        t.history_holds().await;
    });
}

/// Förvaltningslagen 20 § lets her complete what came in time; whether the ladder counts from the one day or the other is
/// the grant type's to say, so a rule sees both.
#[test]
fn a_supplement_leaves_the_day_of_receipt_and_tells_the_day_it_was_complete() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = event_case(&t, &club).await;
        let seen = async || -> bifall::domain::inputs::Inputs { serde_json::from_slice(&t.newest(case).await.inputs).unwrap() };
        let before = seen().await;
        assert_eq!((before.received, before.complete, before.due), (day("2026-08-20"), None, day("2026-12-31")));
        t.clock.set("2026-12-30 10:00");
        ask(&t, case, "2027-01-20").await.unwrap();
        for (when, complete) in [("2027-01-05 10:00", "2027-01-05"), ("2027-01-15 10:00", "2027-01-15")] {
            t.clock.set(when);
            tasks::answer_supplement(&t.tenant, &club.actor, case, &BTreeMap::new(), "Här är den.").await.unwrap();
            t.work().await;
            let after = seen().await;
            assert_eq!((after.received, after.complete, after.due), (day("2026-08-20"), Some(day(complete)), day("2026-12-31")));
            ask(&t, case, "2027-01-20").await.unwrap();
        }
        // The paper and the case say the same as the rules saw.
        assert_eq!(t.case(case).await.complete_on, Some(day("2027-01-15")));
    });
}

#[test]
fn a_wait_that_runs_out_goes_back_to_the_officer() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = event_case(&t, &club).await;
        ask(&t, case, "2026-08-27").await.unwrap();
        t.clock.set("2026-08-28 00:00");
        t.work().await;
        let row = t.case(case).await;
        // Nothing is refused by the service itself, and silence completes nothing.
        assert_eq!((row.state.as_str(), row.complete_on, row.outcome), ("assess", None, None));
        assert!(t.open_tasks(case).await[0].reason.contains("Tiden för svar har gått ut"));
        let late = tasks::answer_supplement(&t.tenant, &club.actor, case, &BTreeMap::new(), "Ursäkta").await;
        assert!(matches!(late, Err(ServiceError::Refused(_))), "{late:?}");
    });
}

#[test]
fn an_officer_proposes_and_the_rules_keep_it_within_bounds() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = event_case(&t, &club).await;
        let anna = t.officer("anna").await;
        let task = t.open_tasks(case).await.remove(0);
        let mut filled = ticked(&["kalkyl", "annat_stod"]);
        let missing = tasks::complete(&t.tenant, &anna.actor, task.id, "propose", &filled, "Bra").await;
        assert!(matches!(missing, Err(ServiceError::Invalid(_))), "an amount is asked for: {missing:?}");
        filled.amount = Some(kr(40_000));
        let more = tasks::complete(&t.tenant, &anna.actor, task.id, "propose", &filled, "Bra").await;
        assert!(matches!(&more, Err(ServiceError::Invalid(found)) if found[0].code == "over_applied"), "25 000 was applied for: {more:?}");
        filled.amount = Some(kr(25_000));
        let silent = tasks::complete(&t.tenant, &anna.actor, task.id, "propose", &filled, "").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        let wrong = tasks::complete(&t.tenant, &anna.actor, task.id, "approve", &filled, "Bra").await;
        assert!(matches!(wrong, Err(ServiceError::Refused(_))), "{wrong:?}");
        tasks::complete(&t.tenant, &anna.actor, task.id, "propose", &filled, "Öppet för alla och väl planerat.").await.unwrap();
        let twice = tasks::complete(&t.tenant, &anna.actor, task.id, "propose", &filled, "Igen").await;
        assert!(matches!(twice, Err(ServiceError::Stale)), "{twice:?}");
        t.work().await;
        // 25 000 as applied for; half of 60 000 is 30 000; deficit 60 000 − 35 000 = 25 000.
        assert_eq!(t.total(case).await, 2_500_000);
        assert_eq!(t.case(case).await.state, "proposed");
        t.decided(case).await;
        let row = t.case(case).await;
        assert_eq!((row.state.as_str(), row.amount_ore), ("closed", Some(kr(25_000))));
        assert_eq!(row.number, "KFN 2026/1");
        // Half in advance, half when the event is reported.
        assert_eq!(t.orders(case).await.iter().map(|order| order.amount_ore).collect::<Vec<_>>(), [kr(12_500), kr(12_500)]);
        t.history_holds().await;
    });
}

#[test]
fn an_unknown_requirement_sends_the_case_to_an_officer_and_back() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let mut answers = activity_answers();
        // New premises without a lease: a warning.
        answers.insert("ny_lokal".to_owned(), Answer::YesNo(true));
        let case = club.apply(&answers, "k").await.case;
        t.work().await;
        assert_eq!(t.case(case).await.state, "check");
        // New attendance meanwhile: 6 × 9.89 + 8.02 = 67.36.
        club.send(&[occasion("2026-02-03", "a", &girls(0, 6))]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 6_700);
        let task = t.open_tasks(case).await.remove(0);
        let anna = t.officer("anna").await;
        let bare = tasks::complete(&t.tenant, &anna.actor, task.id, "approve", &Filled::default(), "").await;
        assert!(matches!(bare, Err(ServiceError::Invalid(_))), "{bare:?}");
        tasks::complete(&t.tenant, &anna.actor, task.id, "approve", &ticked(&["underlag"]), "").await.unwrap();
        t.closed().await;
        assert_eq!(t.case(case).await.state, "proposed");
        assert_eq!(t.total(case).await, 6_700);
    });
}

#[test]
fn an_amount_that_jumps_is_looked_at() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        // 57 kr now: just half as much again as 38 is no jump, against 37 it is.
        for (club, before) in [(&one, 38), (&two, 37)] {
            let grant = EarlierRow { grant_type: "aktivitetsstod".to_owned(), period: "2025-H2".to_owned(), amount_ore: kr(before) };
            organisations::take_over_grant(&t.tenant, &Actor::Service, club.id, &grant).await.unwrap();
        }
        one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        two.send(&[occasion("2026-02-03", "b", &girls(10, 5)).led_by(adult(1))]).await;
        let first = one.apply(&activity_answers(), "one").await.case;
        let second = two.apply(&activity_answers(), "two").await.case;
        t.work().await;
        assert_eq!((t.total(first).await, t.total(second).await), (5_700, 5_700));
        assert_eq!((t.case(first).await.state, t.case(second).await.state), ("awaiting_close".to_owned(), "check".to_owned()));
        assert!(t.open_tasks(second).await[0].reason.contains("50 %"));
    });
}

#[test]
fn a_declared_risk_is_looked_at() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        organisations::set_fact(&t.tenant, &Actor::Service, club.id, "andring_mot_foregaende", &Fact::Decimal(51.into()), "test")
            .await
            .unwrap();
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        assert_eq!(t.case(case).await.state, "check");
    });
}

/// A tenant where so many percent of the activity grant's cases are drawn.
async fn sampling(t: &TestTenant, percent: &str) {
    let mut files = bifall::packages::Files::built_in();
    let form = files.0.get_mut("forms/aktivitetsstod.toml").unwrap();
    *form = String::from_utf8(form.clone()).unwrap().replace("sample_percent = 5", &format!("sample_percent = {percent}")).into_bytes();
    packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
}

#[test]
fn the_sample_is_the_same_however_often_it_is_drawn() {
    on_both(|t| async move {
        sampling(&t, "50").await;
        for no in 1..=4_u32 {
            let club = t.club(no).await;
            let case = club.apply(&activity_answers(), &format!("k{no}")).await.case;
            t.work().await;
            let drawn = t.case(case).await.state;
            // Replaced and gone through again: drawn as before.
            club.apply(&activity_answers(), &format!("again{no}")).await;
            t.work().await;
            assert_eq!(t.case(case).await.state, drawn);
        }
    });
}

#[test]
fn who_is_drawn_is_told_to_the_officer_as_drawn() {
    on_both(|t| async move {
        sampling(&t, "100").await;
        let case = t.club(1).await.apply(&activity_answers(), "k").await.case;
        t.work().await;
        assert_eq!(t.case(case).await.state, "check");
        assert!(t.open_tasks(case).await[0].reason.contains("stickprovet"));
    });
}

#[test]
fn an_amount_below_what_she_saw_is_told_before_it_is_proposed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        assert_eq!(t.total(case).await, 5_700);
        // The other club comes on the last day: girls 3 and 4 clash.
        two.send(&[occasion("2026-02-03", "x", &[girl(3), girl(4), girl(5), girl(6)]).led_by(adult(1))]).await;
        t.closed().await;
        assert_eq!((t.case(case).await.state.as_str(), t.total(case).await), ("communicate", 3_800));
        let early = t.officer("anna").await.decide(&[case]).await.remove(0);
        assert!(matches!(early.result, Err(ServiceError::Refused(_))), "decided unheard");
        let changed = activity_answers();
        let refused = tasks::answer_supplement(&t.tenant, &one.actor, case, &changed, "Vi menar").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        // Fourteen days from 26 August: the whole of 9 September.
        t.clock.set("2026-09-09 23:59");
        t.work().await;
        assert_eq!(t.case(case).await.state, "communicate");
        t.clock.set("2026-09-10 00:00");
        t.work().await;
        assert_eq!(t.case(case).await.state, "proposed");
        assert_eq!(t.mails(case).await.len(), 1, "she must know that she may answer");
    });
}

#[test]
fn who_answers_the_hearing_goes_on_at_once_and_changes_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = one.apply(&activity_answers(), "one").await.case;
        t.work().await;
        two.send(&[occasion("2026-02-03", "x", &[girl(3), girl(4), girl(5), girl(6)]).led_by(adult(1))]).await;
        t.closed().await;
        tasks::answer_supplement(&t.tenant, &one.actor, case, &BTreeMap::new(), "De var hos oss.").await.unwrap();
        t.work().await;
        let row = t.case(case).await;
        assert_eq!((row.state.as_str(), row.complete_on), ("proposed", None));
        assert_eq!(t.documents(case).await.last().unwrap().subject, "Yttrande");
    });
}

fn uploaded() -> Answer {
    Answer::Attachment(Attachment::Uploaded("ab".repeat(32)))
}

/// The answers of an application for the yearly approval, by the last day of the financial year.
pub fn approval(year_end: &str) -> BTreeMap<String, Answer> {
    let text = |text: &str| Answer::Text(text.to_owned());
    let member = |sex| MemberCount { birth_year: 2014, sex, resident: true, count: 10 };
    BTreeMap::from([
        ("medlemmar".to_owned(), Answer::Members(vec![member(Sex::Female), member(Sex::Male)])),
        ("arsavgift".to_owned(), Answer::Money(kr(100))),
        ("planerade_aktiviteter".to_owned(), Answer::Integer(20)),
        ("ordforande".to_owned(), text("Ordförande Ett")),
        ("kassor".to_owned(), text("Kassör Två")),
        ("antal_i_styrelsen".to_owned(), Answer::Integer(3)),
        ("verksamhetsar_slut".to_owned(), Answer::Date(day(year_end))),
        ("stadgar".to_owned(), uploaded()),
        ("arsmotesprotokoll".to_owned(), uploaded()),
        ("verksamhetsberattelse".to_owned(), uploaded()),
        ("ekonomisk_berattelse".to_owned(), uploaded()),
        ("revisionsberattelse".to_owned(), uploaded()),
        ("skuldfri".to_owned(), Answer::YesNo(true)),
        ("intygar".to_owned(), Answer::YesNo(true)),
    ])
}

/// A case of the yearly approval that Anna has checked: it is ready for decision.
pub async fn approval_case(t: &TestTenant, club: &Association<'_>, period: &str, year_end: &str) -> CaseId {
    let case = club.submit("godkand-forening", period, &approval(year_end), period).await.unwrap().case;
    t.work().await;
    let task = t.open_tasks(case).await.remove(0);
    let filled = ticked(&["protokoll", "styrelse", "revision"]);
    tasks::complete(&t.tenant, &t.officer("anna").await.actor, task.id, "approve", &filled, "").await.unwrap();
    t.work().await;
    case
}

#[test]
fn an_approval_runs_from_the_associations_own_year() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let case = approval_case(&t, &club, "2026", "2026-06-30").await;
        let id = t.decided(case).await;
        assert_eq!(t.case(case).await.state, "closed");
        let mut tx = t.tenant.db.read().await.unwrap();
        let decision = decisions::by_id(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((decision.outcome, decision.amount_ore), (Outcome::Bifall, Money::ZERO));
        let approvals = bifall::store::organisations::approvals(&mut tx, club.id).await.unwrap();
        let approval = approvals.iter().find(|row| row.decision_id == Some(id)).unwrap();
        // Eighteen months after 30 June 2026.
        assert_eq!(approval.valid_to, day("2027-12-30"));
        assert!(t.orders(case).await.is_empty());
    });
}

#[test]
fn a_new_association_gets_its_start_once() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let new = organisations::NewOrganisation {
            number: &crate::support::actors::invented(77),
            name: "Nya klubben",
            kind: ApplicantKind::Association,
            category: Some("ungdom"),
            founded: Some(day("2026-05-01")),
            town: "Exempelstad",
            since: day("2026-05-01"),
        };
        let id = organisations::register(&t.tenant, &Actor::Service, new).await.unwrap();
        let members = [MemberCount { birth_year: 2014, sex: Sex::Female, resident: true, count: 10 }];
        organisations::report_members(&t.tenant, &Actor::Service, id, day("2026-05-01"), &members).await.unwrap();
        let actor = Actor::on_paper(id, "Kassören");
        let answers = BTreeMap::from([
            ("verksamhet".to_owned(), Answer::Text("Innebandy för barn".to_owned())),
            ("stadgar".to_owned(), uploaded()),
            ("konstituerande_protokoll".to_owned(), uploaded()),
            ("kontonummer".to_owned(), Answer::Text("5012-3454".to_owned())),
            ("intygar".to_owned(), Answer::YesNo(true)),
        ]);
        let submission = bifall::services::applications::Submission {
            organisation: id,
            grant_type: "startbidrag",
            period: "2026",
            answers: &answers,
            signed_by: "Ordföranden",
            idempotency_key: "s",
        };
        let receipt = bifall::services::applications::submit(&t.tenant, &actor, submission).await.unwrap();
        t.work().await;
        assert_eq!(t.total(receipt.case).await, 500_000);
        // Start grants are handled as they come: no period has to close.
        assert_eq!(t.case(receipt.case).await.state, "proposed");
    });
}

/// Rent of 200 000 kr and 40 000 kr of income: 65 % of 160 000 = 104 000 kr.
pub fn premises() -> BTreeMap<String, Answer> {
    let line = |text: &str, amount| BudgetLine { text: text.to_owned(), amount: kr(amount) };
    BTreeMap::from([
        ("inriktning".to_owned(), Answer::Choice("ungdom".to_owned())),
        ("agandeform".to_owned(), Answer::Choice("hyr".to_owned())),
        ("kontrakt_fran".to_owned(), Answer::Date(day("2026-01-01"))),
        ("kontrakt_till".to_owned(), Answer::Date(day("2026-12-31"))),
        ("hyreskontrakt".to_owned(), uploaded()),
        ("egen_anvandning".to_owned(), Answer::Integer(50)),
        (
            "kalkyl".to_owned(),
            Answer::Budget(Budget { costs: vec![line("Hyra", 180_000), line("El", 20_000)], incomes: vec![line("Uthyrning", 40_000)] }),
        ),
        ("kontonummer".to_owned(), Answer::Text("5012-3454".to_owned())),
        ("intygar".to_owned(), Answer::YesNo(true)),
    ])
}

/// A case of 104 000 kr for premises, ready for decision on 3 March 2026.
pub async fn premises_case(t: &TestTenant, club: &Association<'_>) -> CaseId {
    for period in ["2025-H1", "2025-H2"] {
        let grant = EarlierRow { grant_type: "aktivitetsstod".to_owned(), period: period.to_owned(), amount_ore: kr(12_000) };
        organisations::take_over_grant(&t.tenant, &Actor::Service, club.id, &grant).await.unwrap();
    }
    t.clock.set("2026-03-02 23:59");
    let receipt = club.submit("lokalbidrag", "2026", &premises(), &format!("l{}", club.external)).await.unwrap();
    assert!(!receipt.late, "1 March is a Sunday");
    t.work().await;
    t.clock.set("2026-03-03 08:00");
    let dag = t.officer("dag").await;
    bifall::services::periods::close(&t.tenant, &dag.actor, "lokalbidrag", "2026").await.unwrap();
    t.work().await;
    receipt.case
}

#[test]
fn premises_are_paid_in_part() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-02-01 08:00");
        let club = t.club(1).await;
        let case = premises_case(&t, &club).await;
        assert_eq!(t.case(case).await.state, "proposed");
        assert_eq!(t.total(case).await, 10_400_000);
    });
}
