//! Exempelstad on 20 August 2026 at ten o'clock, and what comes after.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use bifall::app::Tenant;
use bifall::demo;
use bifall::demo::Demo;
use bifall::demo::municipality::{ASSOCIATIONS, MARKED, REGISTERED, who};
use bifall::demo::personas;
use bifall::demo::seed::cast::Cast;
use bifall::domain::Money;
use bifall::domain::clock::swedish_date;
use bifall::domain::grant::Outcome;
use bifall::domain::payment::PaymentState;
use bifall::services::payments::{self, Channel};
use bifall::services::{Actor, decisions, history, periods};
use bifall::store::clashes::ClashRow;
use bifall::store::{calculations, cases, clashes, decisions as decision_rows, payments as payment_rows, persons};
use chrono::TimeDelta;

use super::{case_of, open, secrecy, work};
use crate::support::db::moment;
use crate::support::{TestTenant, on_both};

const EVENT: &str = "arrangemangsbidrag";
const ACTIVITY: &str = "aktivitetsstod";
const SPRING: &str = "2026-H1";

/// One seed tells the whole story, because a seed takes seconds: each step is a function of its own.
async fn august(t: TestTenant) {
    let listening = secrecy::listen();
    let demo = open(&t).await;
    the_cases_stand_where_the_story_says(&demo.tenant).await;
    the_amounts_are_those_of_an_independent_calculation(&demo.tenant).await;
    clashes_are_asked_about_but_never_the_protected(&demo.tenant).await;
    a_second_seed_changes_nothing(&t, &demo).await;
    verified(&demo.tenant).await;
    closed_and_decided(&t, &demo).await;
    paid(&t, &demo).await;
    the_late_application_comes_and_is_reduced(&t, &demo).await;
    verified(&demo.tenant).await;
    secrecy::nothing_readable(&t).await;
    drop(listening);
}

#[test]
fn exempelstad_is_seeded_closed_decided_and_paid() {
    on_both(august);
}

async fn the_cases_stand_where_the_story_says(tenant: &Tenant) {
    let stand = [
        (who::LARGE_SCOUTS, ACTIVITY, "awaiting_close"),
        (who::SMALL_SCOUTS, ACTIVITY, "awaiting_close"),
        (who::ALL_FEATURES, ACTIVITY, "awaiting_close"),
        (who::MIDNIGHT, ACTIVITY, "awaiting_close"),
        (who::SWIMMING, ACTIVITY, "awaiting_close"),
        (who::DANCE, ACTIVITY, "awaiting_close"),
        (who::THEATRE, ACTIVITY, "check"),
        (who::ORIENTEERING, ACTIVITY, "check"),
        (who::PARASPORT, ACTIVITY, "supplement"),
        (who::RIDING, "lokalbidrag", "closed"),
        (who::PENSIONERS, "lokalbidrag", "closed"),
        (who::CHOIR, "lokalbidrag", "closed"),
        (who::GYMNASTICS, "lokalbidrag", "proposed"),
        (who::GAMES, "godkand-forening", "closed"),
        (who::DANCE, "godkand-forening", "supplement"),
        (who::CHESS, "godkand-forening", "check"),
        (who::GAMES, "startbidrag", "closed"),
        (who::GYMNASTICS, EVENT, "closed"),
        (who::GYMNASTICS, "arrangemangsbidrag-redovisning", "check"),
        (who::CHOIR, EVENT, "closed"),
        (who::CULTURE, EVENT, "proposed"),
        (who::THEATRE, EVENT, "assess"),
        (who::DANCE, EVENT, "supplement"),
    ];
    for (at, grant_type, state) in stand {
        assert_eq!(case_of(tenant, at, grant_type).await.state, state, "{grant_type} of {}", ASSOCIATIONS[at].name);
    }
    let mut tx = tenant.db.read().await.unwrap();
    let mut sampled = Vec::new();
    for case in cases::of_period(&mut tx, ACTIVITY, SPRING).await.unwrap() {
        let points = cases::checkpoints(&mut tx, case.id).await.unwrap();
        sampled.extend(points.iter().filter(|(_, code, _)| code == "sample").map(|_| case.id));
    }
    assert_eq!(sampled, [case_of(tenant, who::THEATRE, ACTIVITY).await.id]);
    // The cultural night was decided and taken back; what was paid before August is the premises and start-up grants,
    // and half of two events of the winter, 14,000 and 8,000; the other half waits for their reports.
    let festival = case_of(tenant, who::CULTURE, EVENT).await;
    let taken_back = decision_rows::of_case(&mut tx, festival.id).await.unwrap();
    assert_eq!(taken_back.iter().map(|decision| decision.undone_at.is_some()).collect::<Vec<_>>(), [true]);
    let orders = payment_rows::all(&mut tx).await.unwrap();
    // Riding: (184,000 + 41,500 - 36,000) x 65 %; pensioners: (48,000 - 4,000) x 65 %; the fixed 5,000 of a new club.
    let paid: Vec<(Money, &str)> = orders.iter().map(|order| (order.amount_ore, order.state.as_str())).collect();
    let exported = PaymentState::Exported.code();
    let mut expected = [12_317_500, 2_860_000, 500_000, 700_000, 400_000].map(|ore| (Money::from_ore(ore), exported)).to_vec();
    expected.extend([700_000, 400_000].map(|ore| (Money::from_ore(ore), PaymentState::Attested.code())));
    assert_eq!(paid.iter().collect::<BTreeSet<_>>(), expected.iter().collect::<BTreeSet<_>>());
    assert_eq!(case_of(tenant, who::CHOIR, "lokalbidrag").await.outcome, Some(Outcome::Avslag));
    assert_eq!(case_of(tenant, who::GAMES, "godkand-forening").await.outcome, Some(Outcome::Bifall));
}

async fn the_amounts_are_those_of_an_independent_calculation(tenant: &Tenant) {
    let expected: serde_json::Value = serde_json::from_str(include_str!("../../independent/EXPECTED.json")).unwrap();
    for (at, sample) in SAMPLES {
        let case = case_of(tenant, at, ACTIVITY).await;
        assert_eq!(case.amount_ore.map(Money::ore), expected[sample]["total_ore"].as_i64(), "{}", ASSOCIATIONS[at].name);
    }
    let cast = Cast::call(&tenant.profile.code).unwrap();
    for at in ALONE {
        let reckoned = python(cast.files.get(&at).unwrap(), 0);
        let case = case_of(tenant, at, ACTIVITY).await;
        assert_eq!(case.amount_ore.map(Money::ore), Some(reckoned), "{}", ASSOCIATIONS[at].name);
    }
}

/// The samples, and which entry of the independent results is theirs; the grant leaves out both of two that clash.
const SAMPLES: [(usize, &str); 4] = [
    (who::SMALL_SCOUTS, "small"),
    (who::LARGE_SCOUTS, "large"),
    (who::ALL_FEATURES, "all_features_clash_none"),
    (who::MIDNIGHT, "midnight_21"),
];

/// Clubs with generated files that clash with nobody else's, so that a calculation of the file alone is theirs.
const ALONE: [usize; 8] =
    [who::GYMNASTICS, who::RIDING, who::THEATRE, who::CHOIR, who::PARASPORT, who::PENSIONERS, who::CHESS, who::ORIENTEERING];

/// The total of a file by `tests/independent`, in öre, when it was sent so many days late.
fn python(bytes: &[u8], days_late: u32) -> i64 {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("narvaro.xml");
    std::fs::write(&file, bytes).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/independent/aktivitetsstod.py");
    let late = days_late.to_string();
    let options = ["-B", script, "--clash", "none", "--json", "--late-days", &late];
    let output = Command::new("python3").args(options).arg(&file).output().unwrap();
    assert!(output.status.success(), "the independent calculation refuses the file");
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    result["total_ore"].as_i64().unwrap()
}

async fn clashes_are_asked_about_but_never_the_protected(tenant: &Tenant) {
    let cast = Cast::call(&tenant.profile.code).unwrap();
    let mut tx = tenant.db.read().await.unwrap();
    let rows = clashes::of_period(&mut tx, ACTIVITY, SPRING).await.unwrap();
    let mut protected = BTreeSet::new();
    for at in [MARKED, REGISTERED] {
        let hmac = bifall::attendance::identity::person_hmac(tenant.keys.person.bytes(), cast.shared[at].number);
        let person = persons::by_hmac(&mut tx, &[hmac.to_vec()]).await.unwrap();
        assert_eq!(person.len(), 1, "a protected person is in no file");
        let facts = persons::facts_on(&mut tx, &[person[0].no], "2026-06-30".parse().unwrap()).await.unwrap();
        assert_eq!(facts.iter().map(|fact| fact.kind).collect::<Vec<_>>(), [persons::FactKind::Protection]);
        protected.insert(person[0].no);
    }
    let (hidden, others): (Vec<&ClashRow>, Vec<&ClashRow>) = rows.iter().partition(|row| protected.contains(&row.person_no));
    assert_eq!(hidden.len(), 2, "the protected person's two clashes are known");
    assert!(hidden.iter().all(|row| !row.asked && row.answer_a.is_none() && row.answer_b.is_none()));
    assert!(others.iter().all(|row| row.asked));
    let answered = others.iter().filter(|row| row.answer_a.is_some() || row.answer_b.is_some()).count();
    let across = others.iter().filter(|row| row.organisation_a != row.organisation_b).count();
    assert_eq!((across, answered), (4, 2), "two clubs have two clashes answered, two have two that wait");
}

async fn a_second_seed_changes_nothing(t: &TestTenant, demo: &Demo) {
    assert!(!demo.seeded.already);
    let count = |tenant: Tenant| async move {
        let mut tx = tenant.db.read().await.unwrap();
        let report = history::verify(&mut tx).await.unwrap();
        (report.events, report.seals, cases::all(&mut tx).await.unwrap().len())
    };
    let before = count(demo.tenant.clone()).await;
    let again = demo::open(t.tenant.clone()).await.unwrap();
    assert!(again.seeded.already);
    assert_eq!((again.seeded.cases, again.seeded.associations, again.seeded.files), (before.2, 20, 17));
    assert_eq!(count(demo.tenant.clone()).await, before);
}

async fn verified(tenant: &Tenant) {
    let mut tx = tenant.db.read().await.unwrap();
    let report = history::verify(&mut tx).await.unwrap();
    assert_eq!(report.broken, []);
    assert!(report.seals > 0 && report.events > 300, "{report:?}");
}

async fn staff(demo: &Demo, name: &str) -> Actor {
    Actor::staff_named(&demo.tenant, name).await.unwrap()
}

async fn closed_and_decided(t: &TestTenant, demo: &Demo) {
    let administrator = staff(demo, personas::ADMINISTRATOR).await;
    periods::close(&demo.tenant, &administrator, ACTIVITY, SPRING).await.unwrap_err();
    demo.clock.move_to(&demo.tenant, moment("2026-08-26 08:00")).await.unwrap();
    work(t, demo).await;
    let closed = periods::close(&demo.tenant, &administrator, ACTIVITY, SPRING).await.unwrap();
    // Marks lost: two of the judo club's (the swimming club was answered for), two each of football and floorball (nobody
    // answered), two each of swimming and judo (protected: nobody was asked), two within the gymnastics club, four
    // within the sample.
    assert_eq!((closed.associations, closed.lost), (17, 2 + 4 + 4 + 2 + 4));
    work(t, demo).await;
    for (at, _) in SAMPLES {
        assert_eq!(case_of(&demo.tenant, at, ACTIVITY).await.state, "proposed", "{}", ASSOCIATIONS[at].name);
    }
    let mut tx = demo.tenant.db.read().await.unwrap();
    let ready = decisions::views::ready(&mut tx, &demo.tenant).await.unwrap();
    drop(tx);
    assert!(ready.len() >= 12, "{} cases are ready", ready.len());
    let list: Vec<_> = ready.iter().map(|candidate| candidate.case).collect();
    let delegate = staff(demo, personas::OFFICER).await;
    for decided in decisions::decide_batch(&demo.tenant, &delegate, &list).await.unwrap() {
        decided.result.unwrap();
    }
    assert_eq!(case_of(&demo.tenant, who::DANCE, ACTIVITY).await.outcome, Some(Outcome::Avslag), "its approval has run out");
    work(t, demo).await;
    let mut tx = demo.tenant.db.read().await.unwrap();
    let orders = payment_rows::in_state(&mut tx, PaymentState::Draft.code()).await.unwrap();
    assert!(orders.is_empty(), "nothing is paid while decisions can be undone");
    drop(tx);
    demo.clock.move_to(&demo.tenant, demo.tenant.clock.now() + TimeDelta::minutes(31)).await.unwrap();
    work(t, demo).await;
}

async fn paid(_: &TestTenant, demo: &Demo) {
    let tenant = &demo.tenant;
    let (reviewer, attester) = (staff(demo, personas::REVIEWER).await, staff(demo, personas::ATTESTER).await);
    let mut tx = tenant.db.read().await.unwrap();
    let orders = payment_rows::in_state(&mut tx, PaymentState::Draft.code()).await.unwrap();
    let today = tenant.clock.today();
    let granted = decision_rows::all_standing(&mut tx).await.unwrap();
    let granted = granted.iter().filter(|decision| swedish_date(decision.decided_at) == today);
    let granted = Money::sum(granted.map(|decision| decision.amount_ore)).unwrap();
    drop(tx);
    assert_eq!(Money::sum(orders.iter().map(|order| order.amount_ore)).unwrap(), granted);
    for order in &orders {
        payments::review(tenant, &reviewer, order.id).await.unwrap();
        payments::attest(tenant, &attester, order.id).await.unwrap();
    }
    let batch = payments::build(tenant, &attester, Channel::Bank, None).await.unwrap().expect("something to pay");
    let mut tx = tenant.db.read().await.unwrap();
    let batch = payment_rows::batch_by_id(&mut tx, batch).await.unwrap().unwrap();
    let mut held: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let mut left_out = Vec::new();
    for order in payment_rows::in_state(&mut tx, PaymentState::Attested.code()).await.unwrap() {
        let reasons = payment_rows::holds(&mut tx, order.id).await.unwrap().into_iter().map(|hold| hold.reason);
        held.entry(order.organisation_id).or_default().extend(reasons);
        if swedish_date(order.created_at) == tenant.clock.today() {
            left_out.push(order.amount_ore);
        }
    }
    let floorball = case_of(tenant, who::FLOORBALL, ACTIVITY).await.organisation_id;
    let chess = case_of(tenant, who::CHESS, ACTIVITY).await.organisation_id;
    let (show, choir) =
        (case_of(tenant, who::GYMNASTICS, EVENT).await.organisation_id, case_of(tenant, who::CHOIR, EVENT).await.organisation_id);
    let night = case_of(tenant, who::CULTURE, EVENT).await.organisation_id;
    let expected: [(_, &[&str]); 5] = [
        (floorball, &["new_account"]),
        (chess, &["missing_approval"]),
        (show, &["report"]),
        (choir, &["report", "report_overdue"]),
        (night, &["report"]),
    ];
    assert_eq!(held, expected.map(|(who, reasons)| (who, reasons.iter().map(|reason| (*reason).to_owned()).collect())).into());
    let left_out = Money::sum(left_out).unwrap();
    assert_eq!(batch.total_ore.checked_add(left_out), Some(granted));
    let files = payment_rows::files(&mut tx, batch.id).await.unwrap();
    let pain = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert!(pain.contains(&format!("<CtrlSum>{}.00</CtrlSum>", batch.total_ore.ore() / 100)), "the file sums up to something else");
}

async fn the_late_application_comes_and_is_reduced(t: &TestTenant, demo: &Demo) {
    demo.clock.move_to(&demo.tenant, moment("2026-08-29 08:00")).await.unwrap();
    work(t, demo).await;
    let case = case_of(&demo.tenant, who::OUTDOORS, ACTIVITY).await;
    assert_eq!(case.received_at, moment("2026-08-28 09:15"));
    let mut tx = demo.tenant.db.read().await.unwrap();
    let newest = calculations::newest(&mut tx, case.id).await.unwrap().unwrap();
    drop(tx);
    let cast = Cast::call(&demo.tenant.profile.code).unwrap();
    let reckoned = python(cast.files.get(&who::OUTDOORS).unwrap(), 3);
    assert_eq!(newest.total_ore.ore(), reckoned, "three days late costs a quarter");
    // Once is enough.
    demo.clock.move_by(&demo.tenant, 1).await.unwrap();
    assert_eq!(case_of(&demo.tenant, who::OUTDOORS, ACTIVITY).await.id, case.id);
}
