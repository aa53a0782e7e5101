//! Requests are dropped anywhere: a browser closes, a time-out strikes. No transaction may stay open behind them.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use bifall::store::counters::{self, Counter};
use bifall::store::{Db, Result};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::{TestTenant, on_both};

/// How many transactions are dropped at a moment of their own.
const TRANSACTIONS: u64 = 1_000;

/// A request: reads, or draws a number and commits. Answers the number.
async fn request(db: Db, writes: bool) -> Result<Option<i64>> {
    if !writes {
        let mut tx = db.read().await?;
        counters::last(&mut tx, Counter::Import).await?;
        return Ok(None);
    }
    let mut tx = db.write().await?;
    let number = counters::draw(&mut tx, Counter::Import, 1).await?;
    tx.commit().await?;
    Ok(Some(number))
}

/// Lets a request go as far as it comes in some steps of waiting, then drops it: what a closed browser or a time-out
/// does, but at a moment that does not depend on how fast the machine is. No steps means that it may finish.
async fn dropped_after(steps: Option<u32>, request: impl Future<Output = Result<Option<i64>>>) -> Option<Result<Option<i64>>> {
    let mut request = pin!(request);
    let mut left = steps;
    poll_fn(|context| match request.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => match &mut left {
            Some(0) => Poll::Ready(None),
            Some(steps) => {
                *steps -= 1;
                Poll::Pending
            }
            None => Poll::Pending,
        },
    })
    .await
}

async fn run(t: TestTenant) {
    let mut chance = StdRng::seed_from_u64(7);
    let (mut numbers, mut dropped) = (Vec::new(), 0_i64);
    for _ in 0..TRANSACTIONS / 4 {
        // Four at a time, so that they wait for each other's connections and locks too.
        let together: Vec<_> = (0_u32..4)
            .map(|nth| {
                // Half are dropped somewhere on their way, half may finish.
                let steps = (nth % 2 == 0).then(|| chance.random_range(0..8));
                dropped_after(steps, request(t.tenant.db.clone(), chance.random_range(0..2) == 0))
            })
            .map(tokio::spawn)
            .collect();
        for one in together {
            match one.await.unwrap() {
                Some(answer) => numbers.extend(answer.unwrap()),
                None => dropped += 1,
            }
        }
    }
    assert!(dropped > 50, "only {dropped} were dropped");
    assert!(numbers.len() > 50, "only {} came through", numbers.len());

    // Every connection can begin, write and commit, and no begin meets an open transaction.
    for _ in 0..20 {
        numbers.extend(request(t.tenant.db.clone(), true).await.unwrap());
        request(t.tenant.db.clone(), false).await.unwrap();
    }
    // What was answered was kept, each number once; of the dropped ones only what was being committed can have been.
    let acknowledged = i64::try_from(numbers.len()).unwrap();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(i64::try_from(numbers.len()).unwrap(), acknowledged, "a number was given twice");
    let mut tx = t.tenant.db.read().await.unwrap();
    let last = counters::last(&mut tx, Counter::Import).await.unwrap();
    drop(tx);
    assert!((acknowledged..=acknowledged + dropped).contains(&last), "{last} numbers drawn, {acknowledged} acknowledged");
    if let Db::Postgres(pool) = &t.tenant.db {
        let open = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
        let (mut count, mut looks) = (i64::MAX, 0);
        // The rollback of the transaction dropped last may still be on its way.
        while count > 0 && looks < 100 {
            count = sqlx::query_scalar(open).fetch_one(pool).await.unwrap();
            looks += 1;
        }
        assert_eq!(count, 0, "transactions stay open");
    }
}

#[test]
fn a_dropped_request_leaves_no_transaction_open() {
    on_both(run);
}
