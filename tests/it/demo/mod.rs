//! The demo's municipality: seeded through the real services, told on a clock that moves.
#![expect(clippy::unwrap_used, reason = "a test's helpers fail as the test does")]

mod clock;
mod files;
mod replayed;
pub mod secrecy;
mod seeded;
mod story;

use bifall::app::Tenant;
use bifall::demo::Demo;
use bifall::demo::municipality::ASSOCIATIONS;
use bifall::pipeline::worker::Worker;
use bifall::store::cases::{self, CaseRow};
use bifall::store::{jobs, organisations};

use crate::support::TestTenant;

/// The demo on a test's tenant.
async fn open(t: &TestTenant) -> Demo {
    bifall::demo::open(t.tenant.clone()).await.unwrap()
}

/// Carries out what is due on the demo's clock.
async fn work(t: &TestTenant, demo: &Demo) {
    let worker = Worker::start(&demo.tenant, &t.folder.path().join("worker.lock")).await.unwrap();
    worker.run_due(&demo.tenant).await.unwrap();
    let mut tx = demo.tenant.db.read().await.unwrap();
    let troubled = jobs::troubled(&mut tx).await.unwrap();
    assert!(troubled.is_empty(), "jobs failed: {troubled:#?}");
}

/// The newest case of an association, by its place among the demo's.
async fn case_of(tenant: &Tenant, at: usize, grant_type: &str) -> CaseRow {
    let mut tx = tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[at].number.replace('-', "");
    let row = organisations::by_number(&mut tx, &number).await.unwrap().expect("the association is registered");
    let list = cases::of_organisation(&mut tx, row.id).await.unwrap();
    let found = list.into_iter().find(|case| case.grant_type == grant_type);
    found.unwrap_or_else(|| panic!("{} has no case of {grant_type}", ASSOCIATIONS[at].name))
}
