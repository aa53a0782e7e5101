//! What `verify` and `replay` see when somebody with the database in his hands changes it.

use bifall::app::Tenant;
use bifall::services::payments::{self, Channel};
use bifall::services::replay::{self, Answer, Part};
use bifall::services::verify::{Report, verify};
use bifall::store::{Db, decisions};
use sqlx::{AssertSqlSafe, Executor};

use crate::support::actors::activity_answers;
use crate::support::{Engine, TestTenant};

const SMALL: &[u8] = include_bytes!("../../fixtures/attendance/dak22_skojjt-v1_small.xml");

/// What is done to the database, and the codes that `verify` must answer with, neither more nor fewer.
const TAMPERED: &[(&str, &[&str])] = &[
    ("update event set actor = 'service' where stream_kind = 'case' and type = 'decision.made'", &["event_changed"]),
    ("delete from event where stream_kind = 'case' and type = 'payment.exported'", &["tail_missing", "sealed_event_changed"]),
    ("update event_text set text = 'Någon annan' where name = 'signed_by'", &["text_changed"]),
    ("update seal set day = '2026-08-25' where no = 1", &["seal_changed"]),
    ("update seal set streams = streams + 1 where no = 1", &["seal_changed"]),
    ("update calculation set result = cast(replace(cast(result as text), '959.33', '969.33') as blob)", &["calculation_result"; 2]),
    // An occasion of the locked half-year loses its marks: the material is not what was calculated on.
    ("update occasion set marks = (select marks from occasion order by length(marks) limit 1)", &["calculation_input"]),
    (
        "update calculation set inputs = cast(replace(cast(inputs as text), '1990-05-01', '1990-05-02') as blob) where kind = 'final'",
        &["calculation_input"],
    ),
    ("update decision set letter = cast(replace(cast(letter as text), 'Exempelstad', 'Annanstad') as blob)", &["decision_letter"]),
    ("update decision set amount_ore = amount_ore + 100", &["decision_content", "decision_amount", "order_amount"]),
    ("update snapshot set sha256 = replace(sha256, 'a', 'b')", &["snapshot"]),
    ("update snapshot_part set sha256 = replace(sha256, 'a', 'b')", &["snapshot_part", "snapshot"]),
    // The line, the decision it no longer adds up to, and the files that come out otherwise.
    ("update payment_line set amount_ore = amount_ore + 100", &["order_lines", "order_amount", "batch_again", "batch_again"]),
    (
        "update payment_file set bytes = cast(replace(cast(bytes as text), '2050.00', '2060.00') as blob) where kind = 'pain001'",
        &["batch_file"],
    ),
    ("update payment_batch set orders = 2", &["batch_sum"]),
    ("delete from document where document_type = 'beslut'", &["document_gap"]),
    // The application lies under the case's own number in the round.
    ("delete from document where document_type = 'ansokan'", &["document_gap"]),
    ("delete from document where document_type = 'ansokan'; update application set document_id = null", &["document_gap"]),
    ("update document set case_id = null where document_type = 'ansokan'", &["document_place"]),
    ("update diary_series set last = last + 1", &["diary_gap"]),
    ("update cases set state = 'final', closed_at = null", &["case_queue", "case_states", "case_stuck"]),
    ("update outbox set sent_at = null, answer = null", &["message_stuck"]),
    ("update file set wrapped_key = zeroblob(60) where media_type = 'application/pdf'", &["file_unreadable"]),
    // Disposal is no fault.
    ("update data_key set wrapped = null, destroyed_at = '2036-01-01 00:00:00+00:00'", &[]),
];

/// A case from file to payment.
async fn paid() -> TestTenant {
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    let scouts = t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    assert!(scouts.upload(SMALL).await.report.accepted);
    let receipt = scouts.apply(&activity_answers(), "key-1").await;
    t.work().await;
    let program = crate::support::program::Program::of(&t);
    program.json(&["handle", "--as", "anna", "--all", "--today", "2026-08-20 10:00"]);
    t.work().await;
    t.clock.set("2026-08-26 08:00");
    t.officer("dag").await.close_period().await;
    t.work().await;
    let decided = t.officer("anna").await.decide(&[receipt.case]).await;
    assert!(decided[0].result.is_ok(), "{:?}", decided[0].result);
    t.clock.set("2026-08-26 09:00");
    t.work().await;
    t.officer("bo").await.review_all().await;
    let cilla = t.officer("cilla").await;
    cilla.attest_all().await;
    payments::build(&t.tenant, &cilla.actor, Channel::Bank, None).await.unwrap().expect("something to pay");
    t
}

/// A copy of the instance with statements carried out on its database, the triggers that forbid them out of the way.
async fn tampered(t: &TestTenant, at: usize, sql: &str) -> Tenant {
    let path = t.folder.path().join(format!("copy-{at}.db"));
    let Db::Sqlite { write, .. } = &t.tenant.db else { panic!("the test works on a file") };
    write.execute(AssertSqlSafe(format!("vacuum into '{}'", path.display()))).await.unwrap();
    let db = Db::open(&format!("sqlite:{}", path.display())).await.unwrap();
    let Db::Sqlite { write, .. } = &db else { panic!("the test works on a file") };
    let triggers: Vec<(String,)> = sqlx::query_as("select name from sqlite_master where type = 'trigger'").fetch_all(write).await.unwrap();
    for (name,) in triggers {
        write.execute(AssertSqlSafe(format!("drop trigger {name}"))).await.unwrap();
    }
    let done = write.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    assert!(done.rows_affected() > 0, "changed nothing: {sql}");
    Tenant { db, ..t.tenant.clone() }
}

async fn report(tenant: &Tenant) -> Report {
    verify(tenant, &|_| {}).await.unwrap()
}

async fn replayed(tenant: &Tenant) -> Answer {
    let mut tx = tenant.db.read().await.unwrap();
    let decision = decisions::all_standing(&mut tx).await.unwrap().remove(0);
    drop(tx);
    replay::replay(tenant, &decision).await.unwrap().answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_what_was_changed() {
    let t = paid().await;
    let sound = report(&t.tenant).await;
    assert!(sound.sound(), "{:#?}", sound.wrong);
    assert_eq!((sound.calculations, sound.decisions, sound.orders, sound.batches, sound.cases), (2, 1, 1, 1, 1));
    // The file, the application and the letter.
    assert_eq!((sound.files, sound.files_disposed, sound.files_orphaned), (3, 0, 0));

    let mut differing = Vec::new();
    for (at, (sql, expected)) in TAMPERED.iter().enumerate() {
        let mut codes: Vec<&str> = report(&tampered(&t, at, sql).await).await.wrong.iter().map(|wrong| wrong.code).collect();
        let mut expected = expected.to_vec();
        codes.sort_unstable();
        expected.sort_unstable();
        if codes != expected {
            differing.push(format!("{sql}: {codes:?} instead of {expected:?}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_sees_files_that_are_gone_and_counts_those_that_nothing_names() {
    let t = paid().await;
    let folder = t.folder.path().join("files");
    std::fs::write(folder.join("0123456789abcdef.part"), b"half an import").unwrap();
    assert_eq!(report(&t.tenant).await.files_orphaned, 1);
    assert!(report(&t.tenant).await.sound());
    let name = t.tenant.files.names().unwrap().into_iter().find(|name| !name.ends_with(".part")).unwrap();
    std::fs::remove_file(folder.join(name)).unwrap();
    let codes: Vec<&str> = report(&t.tenant).await.wrong.iter().map(|wrong| wrong.code).collect();
    assert_eq!(codes, ["file_unreadable"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replay_gives_the_same_or_says_what_differs() {
    let t = paid().await;
    assert_eq!(replayed(&t.tenant).await, Answer::Same);

    let rows = "update calculation set result = cast(replace(cast(result as text), '959.33', '969.33') as blob)";
    assert_eq!(replayed(&tampered(&t, 100, rows).await).await, Answer::Different { what: vec![Part::Rows] });

    let total =
        "update calculation set result = cast(replace(cast(result as text), '\"total_ore\":205000', '\"total_ore\":206000') as blob)";
    assert_eq!(replayed(&tampered(&t, 101, total).await).await, Answer::Different { what: vec![Part::Total] });

    let marks = "update occasion set marks = (select marks from occasion order by length(marks) limit 1)";
    assert_eq!(replayed(&tampered(&t, 102, marks).await).await, Answer::Different { what: vec![Part::Inputs] });

    let disposal = "update data_key set wrapped = null, destroyed_at = '2036-01-01 00:00:00+00:00'";
    let tenant = tampered(&t, 103, disposal).await;
    let Answer::Disposed { input_hash } = replayed(&tenant).await else { panic!("the material is not disposed of") };
    assert_eq!(input_hash.len(), 64);
}
