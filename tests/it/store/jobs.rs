//! The queue: every job is handed out once, and a worker that lost its lease changes nothing.

use std::collections::HashSet;

use bifall::store::jobs::{self, JobKind, NewJob};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::support::db::moment;
use crate::support::{TestTenant, on_both};

async fn add(t: &TestTenant, count: u128) {
    let mut tx = t.tenant.db.write().await.unwrap();
    for number in 0..count {
        let job = NewJob {
            id: Uuid::from_u128(number + 1),
            kind: JobKind::Outbox,
            case_id: None,
            reference: None,
            entered: 0,
            step: "",
            dedup_key: format!("job-{number}"),
            run_at: moment("2026-08-20 09:00"),
        };
        jobs::add(&mut tx, job.clone()).await.unwrap();
        // The same key again is the same job.
        jobs::add(&mut tx, NewJob { id: Uuid::from_u128(number + 10_000), ..job }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[test]
fn four_workers_get_every_job_once() {
    on_both(|t| async move {
        add(&t, 100).await;
        let now = moment("2026-08-20 10:00");
        let t = std::sync::Arc::new(t);
        let workers: Vec<_> = (0..4)
            .map(|worker| {
                let t = t.clone();
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    loop {
                        let mut tx = t.tenant.db.write().await.unwrap();
                        let jobs =
                            jobs::take(&mut tx, &format!("worker-{worker}"), now, now, now + TimeDelta::minutes(1), 7).await.unwrap();
                        tx.commit().await.unwrap();
                        if jobs.is_empty() {
                            return taken;
                        }
                        taken.extend(jobs.into_iter().map(|job| job.id));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        assert_eq!(all.len(), 100);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 100);
    });
}

#[test]
fn a_late_worker_is_fenced_off() {
    on_both(|t| async move {
        add(&t, 1).await;
        let now = moment("2026-08-20 10:00");
        let later = now + TimeDelta::minutes(2);
        let mut tx = t.tenant.db.write().await.unwrap();
        let slow = jobs::take(&mut tx, "slow", now, now, now + TimeDelta::minutes(1), 1).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        let mut tx = t.tenant.db.write().await.unwrap();
        let quick = jobs::take(&mut tx, "quick", now, later, later + TimeDelta::minutes(1), 1).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        let mut tx = t.tenant.db.write().await.unwrap();
        assert!(!jobs::complete(&mut tx, &slow, now).await.unwrap());
        assert!(!jobs::fail(&mut tx, &slow, "too late", now, None).await.unwrap());
        assert!(jobs::complete(&mut tx, &quick, now).await.unwrap());
        assert!(!jobs::complete(&mut tx, &quick, now).await.unwrap(), "done twice");
        tx.commit().await.unwrap();
    });
}
