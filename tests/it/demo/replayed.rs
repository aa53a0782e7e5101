//! Every decision that the demo's story comes to, calculated again.

use std::collections::BTreeSet;

use bifall::app::Tenant;
use bifall::demo::{Demo, personas};
use bifall::domain::Money;
use bifall::services::replay::{self, Answer};
use bifall::services::tasks::{self, Filled};
use bifall::services::{Actor, calculation, decisions, packages, periods};
use bifall::store::{calculations, cases, decisions as rows, tasks as task_rows};
use bifall::workflows::{StateKind, TaskFieldKind};
use chrono::TimeDelta;

use super::{open, work};
use crate::support::db::moment;
use crate::support::{TestTenant, on_both};

const ACTIVITY: &str = "aktivitetsstod";
const SPRING: &str = "2026-H1";

async fn run(t: TestTenant) {
    let demo = open(&t).await;
    move_to(&t, &demo, "2026-08-26 08:00").await;
    let administrator = Actor::staff_named(&demo.tenant, personas::ADMINISTRATOR).await.unwrap();
    periods::close(&demo.tenant, &administrator, ACTIVITY, SPRING).await.unwrap();
    handled_and_decided(&t, &demo).await;
    // The late one comes, and the times to answer pass.
    move_to(&t, &demo, "2026-09-30 08:00").await;
    handled_and_decided(&t, &demo).await;

    let mut tx = demo.tenant.db.read().await.unwrap();
    let all = rows::all(&mut tx).await.unwrap();
    let round = cases::of_period(&mut tx, ACTIVITY, SPRING).await.unwrap();
    drop(tx);
    let decided: BTreeSet<_> = all.iter().filter(|row| row.undone_at.is_none()).map(|row| row.case_id).collect();
    let left: Vec<_> = round.iter().filter(|case| !decided.contains(&case.id)).map(|case| (&case.number, &case.state)).collect();
    assert!(round.len() >= 15 && left.is_empty(), "{} cases, undecided: {left:?}", round.len());
    assert!(all.len() > round.len(), "only the round's decisions: {}", all.len());
    let mut granted = Money::ZERO;
    for decision in &all {
        let replayed = replay::replay(&demo.tenant, decision).await.unwrap();
        assert_eq!(replayed.answer, Answer::Same, "{}", replayed.number);
        the_decision_is_what_was_calculated(&demo.tenant, decision).await;
        granted = granted.checked_add(decision.amount_ore).unwrap();
    }
    assert!(granted.is_positive());
}

/// The rows that were compared are those that the decision pays.
async fn the_decision_is_what_was_calculated(tenant: &Tenant, decision: &rows::DecisionRow) {
    let mut tx = tenant.db.read().await.unwrap();
    let basis = calculations::by_id(&mut tx, decision.calculation_id).await.unwrap();
    let evaluation = calculation::evaluation(&basis).unwrap();
    assert!(!evaluation.rows.is_empty() || !evaluation.checks.is_empty());
    let amount = if decisions::granted(decision.outcome) { evaluation.total_ore } else { Money::ZERO };
    assert_eq!(decision.amount_ore, amount);
}

async fn move_to(t: &TestTenant, demo: &Demo, text: &str) {
    demo.clock.move_to(&demo.tenant, moment(text)).await.unwrap();
    work(t, demo).await;
}

/// Officers do every task, the head of the office decides everything that is ready, and the letters leave.
async fn handled_and_decided(t: &TestTenant, demo: &Demo) {
    let head = Actor::staff_named(&demo.tenant, personas::HEAD).await.unwrap();
    work(t, demo).await;
    handle(&demo.tenant, &head).await;
    work(t, demo).await;
    let mut tx = demo.tenant.db.read().await.unwrap();
    let ready = decisions::views::ready(&mut tx, &demo.tenant).await.unwrap();
    drop(tx);
    let list: Vec<_> = ready.iter().map(|candidate| candidate.case).collect();
    for decided in decisions::decide_batch(&demo.tenant, &head, &list).await.unwrap() {
        decided.result.unwrap();
    }
    demo.clock.move_to(&demo.tenant, demo.tenant.clock.now() + TimeDelta::minutes(31)).await.unwrap();
    work(t, demo).await;
}

async fn handle(tenant: &Tenant, officer: &Actor) {
    let mut tx = tenant.db.read().await.unwrap();
    let mut all = Vec::new();
    for row in task_rows::open(&mut tx).await.unwrap() {
        let case = cases::by_id(&mut tx, row.case_id).await.unwrap().unwrap();
        let package = packages::version(&mut tx, tenant, case.package_version_id).await.unwrap();
        let state = package.workflow.state(&case.state).unwrap();
        let StateKind::Task(list) = &state.kind else { continue };
        let Some(declared) = list.iter().find(|task| task.id == row.task) else { continue };
        // What is scored and ranked is the committee's to decide, not this evening's batch.
        if declared.has_sheet() {
            continue;
        }
        let checked = declared.checklist.iter().map(|line| (line.id.clone(), true)).collect();
        let asks = declared.form.iter().any(|field| matches!(field.kind, TaskFieldKind::Amount));
        let amount = asks.then(|| Money::from_kronor(10_000).unwrap());
        let onward = state.next.iter().filter_map(|next| next.action.clone()).find(|action| action != "request_supplement").unwrap();
        all.push((row.id, onward, Filled { checked, amount, ..Filled::default() }));
    }
    drop(tx);
    for (task, action, filled) in all {
        tasks::complete(tenant, officer, task, &action, &filled, "Granskat").await.unwrap();
    }
}

#[test]
fn every_decision_of_the_demo_comes_out_the_same_when_replayed() {
    on_both(run);
}
