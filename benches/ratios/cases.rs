//! Cases: handed in, worked, closed, and read as a case page reads them.

use std::collections::BTreeMap;
use std::time::Instant;

use bifall::app::Tenant;
use bifall::domain::id::{CaseId, OrganisationId};
use bifall::domain::inputs::Answer;
use bifall::pipeline::worker::Worker;
use bifall::services::applications::{Submission, submit};
use bifall::services::{Actor, calculation, periods};
use bifall::store::{calculations, cases, clashes, decisions, diary, events, jobs, organisations, payments, tasks};

use crate::city::Dice;
use crate::floor;
use crate::measure::{median, ms, p99, peak_mib, tell, times_as_long};
use crate::place::{self, Engine, Place, register, treasurer};

/// A day on which one may apply for the first half of 2026.
const OPEN: &str = "2026-08-20";
/// The day after the last.
const CLOSED: &str = "2026-08-26";
const GRANT: &str = "aktivitetsstod";
const PERIOD: &str = "2026-H1";
const PAGES: u32 = 500;

/// Every association of the city applies; the worker carries each case to where it waits for the close.
pub async fn city(engine: Engine) {
    let place = Place::new(engine, "city");
    let tenant = place.open(OPEN).await;
    let mut tx = tenant.db.read().await.unwrap();
    let associations: Vec<OrganisationId> = organisations::all(&mut tx).await.unwrap().into_iter().map(|row| row.id).collect();
    drop(tx);
    hand_in(&tenant, &place, &associations).await;
    work(&tenant, &place, associations.len(), "with the city's attendance").await;
    tell(&format!("submit and work, city, {}: peak resident", engine.name()), format!("{} MiB", peak_mib()));
    tenant.db.close().await;
}

/// The city's half-year is locked.
pub async fn close(engine: Engine) {
    let place = Place::new(engine, "city");
    let tenant = place.open(CLOSED).await;
    let begun = Instant::now();
    let closed = periods::close(&tenant, &Actor::Service, GRANT, PERIOD).await.unwrap();
    let time = begun.elapsed();
    let what = format!("closing the city's half-year, {}", engine.name());
    let found = format!("{} associations, {} occasions, {} marks lost", closed.associations, closed.occasions, closed.lost);
    tell(&format!("{what}: {found}"), format!("{:.2} s", time.as_secs_f64()));
    tell(&format!("{what}: peak resident"), format!("{} MiB", peak_mib()));
    work(&tenant, &place, closed.cases, "from the close to a proposed decision").await;
    tenant.db.close().await;
}

/// A municipality of ten thousand cases (`BENCH_CASES` for another number), and what a case page reads of one.
pub async fn pages(engine: Engine) {
    let count: u32 = std::env::var("BENCH_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let place = Place::new(engine, "cases");
    place.clear().await;
    let tenant = place.open(OPEN).await;
    place::with_packages(&tenant).await;
    let mut associations = Vec::new();
    for number in 0..count {
        associations.push(register(&tenant, 10_000 + number).await);
    }
    let cases = hand_in(&tenant, &place, &associations).await;
    work(&tenant, &place, cases.len(), "without attendance").await;
    let mut dice = Dice(0xca5e);
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let case = cases[usize::try_from(dice.below(count)).unwrap()];
        let begun = Instant::now();
        read_case(&tenant, case).await;
        times.push(begun.elapsed());
    }
    let (middle, slow) = (median(times.clone()), p99(times));
    let what = format!("what a case page reads, at {count} cases, {}", engine.name());
    tell(&what, format!("{}, p99 {}", ms(middle), ms(slow)));
    crate::http::pages(&tenant, engine, &cases, middle).await;
    tenant.db.close().await;
    place.remove().await;
}

/// Everything that a case page shows, in one read transaction.
async fn read_case(tenant: &Tenant, id: CaseId) {
    let mut tx = tenant.db.read().await.unwrap();
    let case = cases::by_id(&mut tx, id).await.unwrap().unwrap();
    organisations::by_id(&mut tx, case.organisation_id).await.unwrap().unwrap();
    organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await.unwrap();
    cases::application(&mut tx, id).await.unwrap();
    assert!(!cases::states(&mut tx, id).await.unwrap().is_empty());
    cases::clocks(&mut tx, id).await.unwrap();
    let newest = calculations::newest(&mut tx, id).await.unwrap().expect("a worked case has a calculation");
    calculation::evaluation(&newest).unwrap();
    for task in tasks::of_case(&mut tx, id).await.unwrap() {
        tasks::results(&mut tx, task.id).await.unwrap();
    }
    assert!(!diary::documents_of_case(&mut tx, id).await.unwrap().is_empty());
    assert!(!events::of_stream(&mut tx, "case", id.0).await.unwrap().is_empty());
    events::texts_of_stream(&mut tx, "case", id.0).await.unwrap();
    decisions::standing(&mut tx, id).await.unwrap();
    payments::of_case(&mut tx, id).await.unwrap();
    clashes::of_organisation(&mut tx, case.organisation_id, &case.grant_type, &case.period).await.unwrap();
}

/// Hands in an application for each; tells what one takes, against a bare transaction that keeps as many bytes.
async fn hand_in(tenant: &Tenant, place: &Place, associations: &[OrganisationId]) -> Vec<CaseId> {
    let answers = BTreeMap::from([
        ("narvaro_stammer".to_owned(), Answer::YesNo(true)),
        ("ny_lokal".to_owned(), Answer::YesNo(false)),
        ("kontonummer".to_owned(), Answer::Text("5012-3454".to_owned())),
        ("intygar".to_owned(), Answer::YesNo(true)),
    ]);
    let before = place.bytes().await;
    let (mut made, mut times) = (Vec::new(), Vec::new());
    for organisation in associations {
        let key = format!("bench/{organisation}");
        let submission = Submission {
            organisation: *organisation,
            grant_type: GRANT,
            period: PERIOD,
            answers: &answers,
            signed_by: "Kassören",
            idempotency_key: &key,
        };
        let actor = treasurer(*organisation);
        let begun = Instant::now();
        made.push(submit(tenant, &actor, submission).await.unwrap().case);
        times.push(begun.elapsed());
    }
    let each = (place.bytes().await - before) / u64::try_from(associations.len()).unwrap();
    let floor = floor::transactions(place, each, associations.len().min(1_000)).await;
    let middle = median(times.clone());
    let what = format!("submit, {} cases, {}", associations.len(), place.engine.name());
    tell(&format!("{what}: a bare transaction of {each} bytes (floor)"), ms(floor));
    tell(&what, format!("{}, p99 {}, {:.1}x", ms(middle), ms(p99(times)), times_as_long(middle, floor)));
    made
}

/// Lets the worker do all that is due; tells how many cases a second.
async fn work(tenant: &Tenant, place: &Place, count: usize, how: &str) {
    let worker = Worker::start(tenant, &place.folder().join("worker.lock")).await.unwrap();
    let begun = Instant::now();
    let steps = worker.run_due(tenant).await.unwrap();
    let time = begun.elapsed();
    let mut tx = tenant.db.read().await.unwrap();
    let troubled = jobs::troubled(&mut tx).await.unwrap();
    assert!(troubled.is_empty(), "{troubled:#?}");
    let rate = count as f64 / time.as_secs_f64();
    tell(&format!("worker, {how}, {}: {steps} steps of {count} cases", place.engine.name()), format!("{rate:.0} cases/s"));
}
