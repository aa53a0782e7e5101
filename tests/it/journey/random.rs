//! Whatever people do in whatever order: money adds up, the history verifies, no case is stuck, the diary has no gap.

use std::collections::BTreeMap;

use bifall::domain::id::CaseId;
use bifall::services::payments::{self as paying, Channel};
use bifall::services::{ServiceError, clashes, decisions, periods, tasks};
use bifall::store::clashes::ClashAnswer;
use bifall::store::{calculations, cases, decisions as decision_rows, diary, jobs, payments};
use bifall::workflows::StateKind;

use crate::support::actors::{Association, Staff, activity_answers};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{Engine, TestTenant};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most
    }
}

struct Town<'t> {
    t: &'t TestTenant,
    clubs: Vec<Association<'t>>,
    anna: Staff<'t>,
    bo: Staff<'t>,
    cilla: Staff<'t>,
    dag: Staff<'t>,
    keys: u32,
}

/// What may be answered to who does the wrong thing at the wrong time; anything else is a fault of ours.
fn expected<T>(result: Result<T, ServiceError>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(
            ServiceError::Refused(_) | ServiceError::Stale | ServiceError::NotFound | ServiceError::KeptAway(_) | ServiceError::Invalid(_),
        ) => None,
        Err(other) => panic!("{other:?}"),
    }
}

impl Town<'_> {
    async fn act(&mut self, dice: &mut Dice) {
        let t = &self.t.tenant;
        let club = usize::try_from(dice.below(self.clubs.len() as u64)).unwrap();
        let all = {
            let mut tx = t.db.read().await.unwrap();
            cases::all(&mut tx).await.unwrap()
        };
        let some: Option<CaseId> = (!all.is_empty()).then(|| all[usize::try_from(dice.below(all.len() as u64)).unwrap()].id);
        match dice.below(13) {
            0 | 1 => {
                let date = format!("2026-0{}-{:02}", 2 + dice.below(4), 1 + dice.below(20));
                let method = ["Add", "Add", "Add", "Update", "Remove"][usize::try_from(dice.below(5)).unwrap()];
                let hour = 16 + dice.below(3);
                let (start, stop) = (format!("{hour}:00"), format!("{hour}:50"));
                // The clubs share girls, so that their hours clash.
                let people = girls(dice.below(12), 3 + dice.below(6));
                let one = occasion(&date, &date, &people).at(&start, &stop).method(method).led_by(adult(club as u64));
                self.clubs[club].upload(crate::support::dak::file(&self.clubs[club].external, &self.clubs[club].number, &[one])).await;
            }
            2 | 3 => {
                self.keys += 1;
                let key = format!("random {}", self.keys);
                expected(self.clubs[club].submit("aktivitetsstod", "2026-H1", &activity_answers(), &key).await);
            }
            4 => {
                let found = {
                    let mut tx = t.db.read().await.unwrap();
                    bifall::store::clashes::of_period(&mut tx, "aktivitetsstod", "2026-H1").await.unwrap()
                };
                if !found.is_empty() {
                    let clash = &found[usize::try_from(dice.below(found.len() as u64)).unwrap()];
                    let answer = if dice.below(2) == 0 { ClashAnswer::Keep } else { ClashAnswer::Withdraw };
                    let own = &self.clubs[club];
                    expected(clashes::answer(t, &own.actor, own.id, clash.id, clashes::Side::First, answer).await);
                }
            }
            5 => {
                expected(periods::close(t, &self.dag.actor, "aktivitetsstod", "2026-H1").await);
            }
            6 => {
                let Some(case) = some else { return };
                for task in self.t.open_tasks(case).await {
                    let filled = tasks::Filled { checked: BTreeMap::from([("underlag".to_owned(), true)]), ..tasks::Filled::default() };
                    expected(tasks::complete(t, &self.anna.actor, task.id, "approve", &filled, "Granskad").await);
                }
            }
            7 | 8 => {
                let Some(case) = some else { return };
                expected(decisions::decide(t, &self.anna.actor, case, &[]).await);
            }
            9 => {
                let Some(case) = some else { return };
                let standing = {
                    let mut tx = t.db.read().await.unwrap();
                    decision_rows::standing(&mut tx, case).await.unwrap()
                };
                if let Some(standing) = standing {
                    expected(decisions::undo(t, &self.anna.actor, standing.id, "Ångrat").await);
                }
            }
            10 => {
                self.bo.review_all().await;
                self.cilla.attest_all().await;
            }
            11 => {
                expected(paying::build(t, &self.cilla.actor, Channel::Bank, None).await);
            }
            _ => self.t.clock.forward(chrono::TimeDelta::hours(i64::try_from(1 + dice.below(60)).unwrap())),
        }
        self.t.work().await;
    }

    async fn check(&self, what: &str) {
        let t = &self.t.tenant;
        let mut tx = t.db.read().await.unwrap();
        let all = cases::all(&mut tx).await.unwrap();
        for case in &all {
            let (_, package) = bifall::services::packages::governing(&mut tx, t, &case.grant_type, &case.period).await.unwrap().unwrap();
            // The officers' queue says what the machine says, whatever happened.
            assert!(
                bifall::services::cases::queue::agrees(&mut tx, &package, case).await.unwrap(),
                "{what}: the queue is wrong about {}",
                case.number
            );
            let decided = decision_rows::of_case(&mut tx, case.id).await.unwrap();
            let standing: Vec<_> = decided.iter().filter(|decision| decision.undone_at.is_none()).collect();
            assert!(standing.len() <= 1, "{what}: two decisions stand");
            // Whoever has to act can: nothing rests in an automatic state, and every wait has an end or a lock to come.
            match &package.workflow.state(&case.state).unwrap().kind {
                StateKind::Automatic(_) => panic!("{what}: {} rests in {}", case.number, case.state),
                StateKind::Task(_) => assert!(
                    bifall::store::tasks::open_of_case(&mut tx, case.id).await.unwrap().iter().any(|task| task.entered == case.entered),
                    "{what}: nobody has the task of {}",
                    case.number
                ),
                StateKind::Wait { days, .. } => {
                    let ends = jobs::of_case(&mut tx, case.id).await.unwrap().iter().any(|job| job.done_at.is_none());
                    let locked = bifall::store::snapshots::of_period(&mut tx, &case.grant_type, &case.period).await.unwrap().is_some();
                    assert!(ends || (days.is_none() && !locked), "{what}: {} waits for ever in {}", case.number, case.state);
                }
                StateKind::Decision => {
                    let basis = calculations::newest(&mut tx, case.id).await.unwrap().unwrap();
                    assert_eq!(basis.kind, calculations::CalculationKind::Final, "{what}");
                }
                StateKind::End => assert!(case.closed_at.is_some() && standing[0].dispatched_at.is_some(), "{what}"),
            }
            let orders = payments::of_case(&mut tx, case.id).await.unwrap();
            let paid: i64 = orders.iter().map(|order| order.amount_ore.ore()).sum();
            let sent = standing.iter().filter(|decision| decision.dispatched_at.is_some());
            assert_eq!(paid, sent.map(|decision| decision.amount_ore.ore()).sum::<i64>(), "{what}: {}", case.number);
            for order in orders {
                let lines = payments::lines(&mut tx, order.id).await.unwrap();
                assert_eq!(lines.iter().map(|line| line.amount_ore.ore()).sum::<i64>(), order.amount_ore.ore(), "{what}");
            }
        }
        for batch in payments::batches(&mut tx).await.unwrap() {
            let of_batch = payments::of_batch(&mut tx, batch.id).await.unwrap();
            assert_eq!(of_batch.iter().map(|order| order.amount_ore.ore()).sum::<i64>(), batch.total_ore.ore(), "{what}");
        }
        for diary_case in diary::cases(&mut tx, "KFN", 2026).await.unwrap() {
            let documents = diary::documents(&mut tx, "KFN", 2026).await.unwrap();
            let own: Vec<i64> = documents.iter().filter(|one| one.diary_case_id == diary_case.id).map(|one| one.no).collect();
            assert_eq!(own, (1..=diary_case.documents).collect::<Vec<_>>(), "{what}: a gap in {}", diary_case.number);
        }
        assert_eq!(bifall::services::history::verify(&mut tx).await.unwrap().broken, [], "{what}");
    }
}

/// `steps` random actions of a town with three clubs, from a few days before the last day to apply.
async fn live(engine: Engine, seed: u64, steps: usize) -> usize {
    let t = TestTenant::new(engine).await.staffed().await;
    t.clock.set("2026-08-23 08:00");
    let mut clubs = Vec::new();
    for no in 1..=3 {
        clubs.push(t.club(no).await);
    }
    let (anna, bo, cilla, dag) = (t.officer("anna").await, t.officer("bo").await, t.officer("cilla").await, t.officer("dag").await);
    let mut town = Town { t: &t, clubs, anna, bo, cilla, dag, keys: 0 };
    let mut dice = Dice(seed);
    for step in 0..steps {
        town.act(&mut dice).await;
        town.check(&format!("seed {seed}, step {step}")).await;
    }
    let mut tx = t.tenant.db.read().await.unwrap();
    payments::batches(&mut tx).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_of_actions_leaves_the_books_in_order_on_sqlite() {
    let mut batches = 0;
    for seed in 1..=3 {
        batches += live(Engine::Sqlite, seed, 70).await;
    }
    assert!(batches > 0, "the walks never came as far as a payment");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_of_actions_leaves_the_books_in_order_on_postgres() {
    live(Engine::Postgres, 4, 40).await;
}
