//! A budget is never overdrawn by one öre, however many decide at once.

use bifall::domain::Money;
use bifall::services::budgets::{self, Which};
use bifall::services::{ServiceError, decisions};
use bifall::store::budgets as rows;

use super::support::{applied, closed};
use crate::support::{TestTenant, on_both};

const GRANT: &str = "aktivitetsstod";
const OF_2026: Which<'static> = Which { grant_type: GRANT, unit: "KFN", year: 2026 };

async fn used(t: &TestTenant) -> i64 {
    let mut tx = t.tenant.db.read().await.unwrap();
    let budget = rows::of(&mut tx, GRANT, "KFN", 2026).await.unwrap().unwrap();
    let entries = rows::sum_of_entries(&mut tx, GRANT, "KFN", 2026).await.unwrap();
    assert_eq!(budget.used_ore, entries, "the budget is the sum of what was taken and given back");
    assert!(budget.used_ore <= budget.amount_ore);
    budget.used_ore.ore()
}

#[test]
fn fifty_decisions_at_once_take_what_there_is_and_not_an_ore_more() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut cases = Vec::new();
        for no in 1..=50 {
            // 5 girls at 9,89 and a leader at 8,02: 57,47, which is 57 kr.
            cases.push(applied(&t, no, GRANT, &["2026-02-03"], 5).await);
        }
        t.work().await;
        t.closed().await;
        let dag = t.officer("dag").await;
        // Thirty of 57 kr are 1 710 kr; 1 766,99 is one öre short of a thirty-first.
        budgets::set(&t.tenant, &dag.actor, OF_2026, Money::from_ore(176_699)).await.unwrap();
        let anna = t.officer("anna").await;
        let asked: Vec<_> = cases
            .iter()
            .map(|case| {
                let (tenant, actor, case) = (t.tenant.clone(), anna.actor.clone(), *case);
                tokio::spawn(async move { decisions::decide(&tenant, &actor, case, &[]).await })
            })
            .collect();
        let (mut made, mut refused) = (Vec::new(), 0);
        for one in asked {
            match one.await.unwrap() {
                Ok(id) => made.push(id),
                Err(ServiceError::Refused(why)) => {
                    assert!(why.sv.contains("Budgeten för 2026 räcker inte: 56,99\u{A0}kr är kvar"), "{}", why.sv);
                    refused += 1;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((made.len(), refused), (30, 20));
        assert_eq!(used(&t).await, 171_000);
        // What is undone comes back, and the next can be decided.
        decisions::undo(&t.tenant, &anna.actor, made[0], "Fel ärende").await.unwrap();
        assert_eq!(used(&t).await, 165_300);
        let mut tx = t.tenant.db.read().await.unwrap();
        let mut left = Vec::new();
        for case in &cases {
            if bifall::store::decisions::standing(&mut tx, *case).await.unwrap().is_none() {
                left.push(*case);
            }
        }
        drop(tx);
        decisions::decide(&t.tenant, &anna.actor, left[0], &[]).await.unwrap();
        assert!(matches!(decisions::decide(&t.tenant, &anna.actor, left[1], &[]).await, Err(ServiceError::Refused(_))));
        assert_eq!(used(&t).await, 171_000);
        t.history_holds().await;
    });
}

#[test]
fn a_budget_begins_with_what_is_granted_and_is_never_set_below_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = applied(&t, 1, GRANT, &["2026-02-03"], 5).await;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        let dag = t.officer("dag").await;
        let kronor = |kr| Money::from_kronor(kr).unwrap();
        let low = budgets::set(&t.tenant, &dag.actor, OF_2026, kronor(56)).await;
        assert!(matches!(low, Err(ServiceError::Refused(_))), "57 kr are granted: {low:?}");
        assert_eq!(budgets::list(&t.tenant, &dag.actor).await.unwrap(), [], "nothing is half done");
        let set = budgets::set(&t.tenant, &dag.actor, OF_2026, kronor(60)).await.unwrap();
        assert_eq!((set.amount_ore, set.used_ore), (kronor(60), kronor(57)));
        assert!(budgets::set(&t.tenant, &dag.actor, OF_2026, kronor(56)).await.is_err());
        assert_eq!(budgets::set(&t.tenant, &dag.actor, OF_2026, kronor(57)).await.unwrap().amount_ore, kronor(57));
        let other_year = Which { year: 2027, ..OF_2026 };
        assert_eq!(budgets::set(&t.tenant, &dag.actor, other_year, kronor(1)).await.unwrap().used_ore, Money::ZERO);
        let anna = t.officer("anna").await;
        assert!(matches!(budgets::set(&t.tenant, &anna.actor, OF_2026, kronor(99)).await, Err(ServiceError::Refused(_))));
        let negative = budgets::set(&t.tenant, &dag.actor, OF_2026, Money::from_ore(-1)).await;
        assert!(matches!(negative, Err(ServiceError::Invalid(_))), "{negative:?}");
    });
}

#[test]
fn the_database_itself_refuses_an_overdraft_and_a_changed_entry() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = applied(&t, 1, GRANT, &["2026-02-03"], 5).await;
        t.work().await;
        t.closed().await;
        let dag = t.officer("dag").await;
        budgets::set(&t.tenant, &dag.actor, OF_2026, Money::from_kronor(60).unwrap()).await.unwrap();
        t.decided(case).await;
        assert!(t.execute("update budget set used_ore = amount_ore + 1".to_owned()).await.is_err());
        assert!(t.execute("update budget_entry set amount_ore = 0".to_owned()).await.is_err());
        assert!(t.execute("delete from budget_entry".to_owned()).await.is_err());
        assert_eq!(used(&t).await, 5_700);
    });
}

#[test]
fn without_a_budget_nothing_is_counted_and_another_grant_has_its_own() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let first = applied(&t, 1, GRANT, &["2026-02-03"], 5).await;
        t.work().await;
        closed(&t, GRANT).await;
        let dag = t.officer("dag").await;
        let other = Which { grant_type: "lokalbidrag", ..OF_2026 };
        budgets::set(&t.tenant, &dag.actor, other, Money::ZERO).await.unwrap();
        t.decided(first).await;
        assert_eq!(budgets::list(&t.tenant, &dag.actor).await.unwrap()[0].used_ore, Money::ZERO);
    });
}
