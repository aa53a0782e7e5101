//! Who changes, removes or reorders history is found out, on both engines.

use bifall::services::Actor;
use bifall::services::history::{self, Event, Stream};
use bifall::store::Tx;
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestTenant, on_both};

async fn ten_events(t: &TestTenant) -> Stream {
    let stream = Stream::Case(bifall::domain::id::CaseId(Uuid::from_u128(1)));
    for number in 0..10 {
        let mut tx = t.tenant.db.write().await.unwrap();
        let event = Event { kind: "case.noted", body: json!({ "number": number }), texts: &[("note", "Ringde kassören")] };
        history::record(&mut tx, &t.tenant, stream, &Actor::Service, event).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = t.tenant.db.write().await.unwrap();
    assert_eq!(history::seal(&mut tx, &t.tenant).await.unwrap(), Some(1));
    tx.commit().await.unwrap();
    stream
}

async fn execute(t: &TestTenant, sql: &'static str) -> Result<u64, sqlx::Error> {
    let mut tx = t.tenant.db.write().await.unwrap();
    let changed = match &mut tx {
        Tx::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|done| done.rows_affected()),
        Tx::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|done| done.rows_affected()),
    };
    if changed.is_ok() {
        tx.commit().await.unwrap();
    }
    changed
}

async fn disarm(t: &TestTenant) {
    let sql = match t.tenant.db.engine() {
        "sqlite" => "drop trigger event_no_update; drop trigger event_no_delete; drop trigger event_text_no_update",
        _ => "drop trigger event_no_change on event; drop trigger event_text_no_update on event_text",
    };
    execute(t, sql).await.unwrap();
}

async fn broken(t: &TestTenant) -> Vec<(i64, &'static str)> {
    let mut tx = t.tenant.db.read().await.unwrap();
    history::verify(&mut tx).await.unwrap().broken.into_iter().map(|broken| (broken.no, broken.what)).collect()
}

#[test]
fn an_untouched_history_verifies() {
    on_both(|t| async move {
        ten_events(&t).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let report = history::verify(&mut tx).await.unwrap();
        assert_eq!((report.streams, report.events, report.texts, report.seals), (1, 10, 10, 1));
        assert_eq!(report.broken, []);
    });
}

#[test]
fn the_tables_refuse_changes() {
    on_both(|t| async move {
        ten_events(&t).await;
        for sql in ["update event set actor = 'x'", "delete from event", "delete from seal", "update seal_stream set seq = 1"] {
            assert!(execute(&t, sql).await.is_err(), "{sql} was allowed");
        }
    });
}

#[test]
fn a_changed_event_is_named() {
    on_both(|t| async move {
        ten_events(&t).await;
        disarm(&t).await;
        execute(&t, "update event set actor = 'user:somebody-else' where seq = 4").await.unwrap();
        assert_eq!(broken(&t).await, [(4, "event_changed")]);
    });
}

#[test]
fn a_removed_event_is_named_also_at_the_tail() {
    on_both(|t| async move {
        ten_events(&t).await;
        disarm(&t).await;
        execute(&t, "delete from event where seq = 10").await.unwrap();
        // The event's text is an orphan now, and says so too.
        assert_eq!(broken(&t).await, [(10, "tail_missing"), (10, "text_changed"), (1, "sealed_event_changed")]);
        execute(&t, "delete from event where seq = 3").await.unwrap();
        assert_eq!(broken(&t).await[0], (3, "event_missing"));
    });
}

#[test]
fn who_cuts_the_tail_and_the_head_is_found_out_by_the_seal() {
    on_both(|t| async move {
        ten_events(&t).await;
        disarm(&t).await;
        execute(&t, "delete from event where seq = 10").await.unwrap();
        execute(&t, "delete from event_text where seq = 10").await.unwrap();
        execute(&t, "update stream set seq = 9, head = (select hash from event where seq = 9)").await.unwrap();
        assert_eq!(broken(&t).await, [(1, "sealed_event_changed")]);
    });
}

#[test]
fn a_seal_that_says_another_number_of_streams_or_loses_one_is_found_out() {
    on_both(|t| async move {
        ten_events(&t).await;
        let disarmed = match t.tenant.db.engine() {
            "sqlite" => "drop trigger seal_no_update; drop trigger seal_stream_no_delete",
            _ => "drop trigger seal_no_change on seal; drop trigger seal_stream_no_change on seal_stream",
        };
        execute(&t, disarmed).await.unwrap();
        execute(&t, "update seal set streams = 2").await.unwrap();
        assert_eq!(broken(&t).await, [(1, "seal_changed")]);
        execute(&t, "update seal set streams = 0").await.unwrap();
        // The row goes and the figure with it: the hash still says what was sealed.
        execute(&t, "delete from seal_stream").await.unwrap();
        assert_eq!(broken(&t).await, [(1, "seal_changed")]);
    });
}

#[test]
fn a_disposed_text_leaves_the_chain_whole_and_a_changed_one_does_not() {
    on_both(|t| async move {
        ten_events(&t).await;
        execute(&t, "delete from event_text where seq = 2").await.unwrap();
        assert_eq!(broken(&t).await, []);
        disarm(&t).await;
        execute(&t, "update event_text set text = 'Ringde ordföranden' where seq = 3").await.unwrap();
        assert_eq!(broken(&t).await, [(3, "text_changed")]);
    });
}

#[test]
fn events_of_one_stream_written_at_once_get_places_one_after_another() {
    on_both(|t| async move {
        let t = std::sync::Arc::new(t);
        let stream = Stream::System;
        let writers = (0..20).map(|number| {
            let t = t.clone();
            tokio::spawn(async move {
                let mut tx = t.tenant.db.write().await.unwrap();
                let event = Event { kind: "system.noted", body: json!({ "number": number }), texts: &[] };
                history::record(&mut tx, &t.tenant, stream, &Actor::Service, event).await.unwrap();
                tx.commit().await.unwrap();
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(broken(&t).await, []);
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(history::verify(&mut tx).await.unwrap().events, 20);
    });
}
