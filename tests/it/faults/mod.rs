//! The program is killed at any moment; afterwards nothing is lost, nothing is there twice, and the sums are the same.
//!
//! Each seed is one journey from file to payment on a fresh instance. Every operation of it is started, killed with
//! SIGKILL at a moment drawn from the seed, and then run again as a person or a supervisor would. `./tests/faults`
//! runs more seeds than the suite (`BIFALL_FAULT_SEEDS`).

mod check;
mod file;
mod journey;
mod receiver;

use crate::support::{Engine, TestTenant};

use journey::{Journey, Kills};

/// How many journeys an engine gets in the suite.
const SEEDS: u64 = 5;

fn seeds() -> u64 {
    std::env::var("BIFALL_FAULT_SEEDS").ok().map_or(SEEDS, |text| text.parse().expect("BIFALL_FAULT_SEEDS is a number"))
}

async fn survive(engine: Engine) {
    let calm = Journey::new(TestTenant::new(engine).await.staffed().await).await;
    let mut none = Kills::none();
    calm.go(&mut none);
    let expected = check::whole(&calm).await;
    check::as_reckoned(&calm, &expected);

    let mut struck = 0;
    for seed in 0..seeds() {
        let journey = Journey::new(TestTenant::new(engine).await.staffed().await).await;
        let mut kills = Kills::seeded(seed, none.durations());
        journey.go(&mut kills);
        let outcome = check::whole(&journey).await;
        assert_eq!(outcome, expected, "seed {seed} on {engine:?} came out otherwise; killed: {:?}", kills.struck());
        struck += kills.struck().len();
    }
    // A kill that comes after the end proves nothing; most must come before it.
    assert!(struck as u64 >= 3 * seeds(), "only {struck} operations were killed while they ran");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_nothing_is_lost_or_doubled_on_sqlite() {
    survive(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_nothing_is_lost_or_doubled_on_postgres() {
    survive(Engine::Postgres).await;
}
