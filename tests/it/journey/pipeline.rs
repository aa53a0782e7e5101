//! The worker: two at once, a register that fails, mail to a real peer.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bifall::domain::id::CaseId;
use bifall::integrations::population::{Answers, PopulationRegister, Wanted};
use bifall::pipeline::worker::Worker;
use bifall::services::{ServiceError, jobs as service};
use bifall::store::{calculations, jobs};
use chrono::NaiveDate;

use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};
use crate::support::{Engine, TestTenant, on_both};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_do_every_step_once() {
    let t = TestTenant::new(Engine::Postgres).await.staffed().await;
    let mut cases: Vec<CaseId> = Vec::new();
    for no in 1..=6 {
        let club = t.club(no).await;
        club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
        cases.push(club.apply(&activity_answers(), &format!("k{no}")).await.case);
    }
    let together = async || {
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (tenant, lock) = (t.tenant.clone(), t.folder.path().join("lock"));
            running.spawn(async move { Worker::start(&tenant, &lock).await.unwrap().run_due(&tenant).await.unwrap() });
        }
        running.join_all().await;
        // What one of them queued while the others had gone home.
        t.work().await;
    };
    together().await;
    t.clock.set("2026-08-26 08:00");
    t.officer("dag").await.close_period().await;
    together().await;
    assert!(t.officer("anna").await.decide(&cases).await.iter().all(|one| one.result.is_ok()));
    t.clock.set("2026-08-26 09:00");
    together().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    for case in cases {
        assert_eq!(calculations::of_case(&mut tx, case).await.unwrap().len(), 2, "one preliminary and one final");
        assert_eq!(bifall::store::payments::of_case(&mut tx, case).await.unwrap().len(), 1);
        assert_eq!(bifall::store::outbox::of_case(&mut tx, case).await.unwrap().len(), 1);
        let documents = bifall::store::diary::documents_of_case(&mut tx, case).await.unwrap();
        let mut kinds: Vec<&str> = documents.iter().map(|document| document.document_type.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["ansokan", "beslut", "narvaro"]);
    }
    drop(tx);
    t.history_holds().await;
}

/// A register that answers nothing until it is well again.
#[derive(Debug, Default)]
struct Moody(AtomicBool);

impl PopulationRegister for Moody {
    fn name(&self) -> &'static str {
        "moody"
    }

    fn look_up<'a>(&'a self, wanted: &'a [Wanted], _: NaiveDate) -> Pin<Box<dyn Future<Output = anyhow::Result<Answers>> + Send + 'a>> {
        Box::pin(async move {
            anyhow::ensure!(self.0.load(Ordering::Relaxed), "registret svarar inte");
            Ok(vec![None; wanted.len()])
        })
    }
}

#[test]
fn a_register_that_fails_is_seen_tried_again_given_up_and_revived() {
    on_both(|mut t| async move {
        let register = Arc::new(Moody::default());
        t.tenant.population = register.clone();
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.try_work().await;
        let dag = t.officer("dag").await;
        let troubled = service::troubled(&t.tenant, &dag.actor).await.unwrap();
        assert_eq!((troubled.len(), troubled[0].attempts, troubled[0].case_id), (1, 1, Some(case)));
        assert!(troubled[0].last_error.as_deref().unwrap().contains("registret svarar inte"));
        let hidden = service::troubled(&t.tenant, &club.actor).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)), "{hidden:?}");
        // 10 seconds, then twice as long each time: not before it is due.
        t.clock.forward(chrono::TimeDelta::seconds(9));
        t.try_work().await;
        assert_eq!(service::troubled(&t.tenant, &dag.actor).await.unwrap()[0].attempts, 1);
        for wait in [1, 20, 40, 80, 160, 320, 640] {
            assert!(service::troubled(&t.tenant, &dag.actor).await.unwrap()[0].dead_at.is_none());
            t.clock.forward(chrono::TimeDelta::seconds(wait));
            t.try_work().await;
        }
        let dead = service::troubled(&t.tenant, &dag.actor).await.unwrap().remove(0);
        assert_eq!((dead.attempts, dead.dead_at.is_some()), (8, true));
        t.clock.forward(chrono::TimeDelta::days(1));
        t.try_work().await;
        assert_eq!(service::troubled(&t.tenant, &dag.actor).await.unwrap()[0].attempts, 8, "a dead job is left alone");
        assert_eq!(t.case(case).await.state, "received");

        register.0.store(true, Ordering::Relaxed);
        let refused = service::retry(&t.tenant, &t.officer("bo").await.actor, dead.id).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        service::retry(&t.tenant, &dag.actor, dead.id).await.unwrap();
        t.work().await;
        assert_eq!((t.case(case).await.state.as_str(), t.total(case).await), ("awaiting_close", 5_700));
        t.history_holds().await;
    });
}

#[test]
fn a_job_is_closed_by_hand_with_a_reason() {
    on_both(|mut t| async move {
        t.tenant.population = Arc::new(Moody::default());
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.try_work().await;
        let dag = t.officer("dag").await;
        let job = service::troubled(&t.tenant, &dag.actor).await.unwrap().remove(0);
        let silent = service::close(&t.tenant, &dag.actor, job.id, "").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        service::close(&t.tenant, &dag.actor, job.id, "Ansökan görs om.").await.unwrap();
        assert!(matches!(service::close(&t.tenant, &dag.actor, job.id, "Igen").await, Err(ServiceError::Stale)));
        t.clock.forward(chrono::TimeDelta::hours(1));
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(jobs::of_case(&mut tx, case).await.unwrap().iter().any(|job| job.closed_reason.as_deref() == Some("by hand")));
        drop(tx);
        // A replaced application begins anew.
        assert!(club.submit("aktivitetsstod", "2026-H1", &activity_answers(), "k2").await.unwrap().replaces);
        t.history_holds().await;
    });
}

#[test]
fn a_mail_server_that_is_away_delays_the_message_and_nothing_else() {
    on_both(|mut t| async move {
        let mut profile = (*t.tenant.profile).clone();
        // Nobody listens on the discard port of loopback.
        (profile.mail.host, profile.mail.port) = (Some("127.0.0.1".to_owned()), 9);
        t.tenant.profile = Arc::new(profile);
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.officer("anna").await.decide(&[case]).await;
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.try_work().await;
        assert_eq!(t.case(case).await.state, "closed");
        assert_eq!(t.orders(case).await.len(), 1);
        let troubled = service::troubled(&t.tenant, &t.officer("dag").await.actor).await.unwrap();
        assert_eq!(troubled.iter().map(|job| job.step.as_str()).collect::<Vec<_>>(), ["decision"]);
    });
}

/// One answer of a server that speaks plain HTTP.
async fn get(api: &str, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = api.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[test]
fn a_real_mail_server_gets_the_message_once_with_swedish_letters_and_nothing_personal() {
    let (Ok(smtp), Ok(api)) = (std::env::var("MAILDEV_SMTP"), std::env::var("MAILDEV_API")) else {
        // Whoever runs the tests without ./tests/run has no mail server beside them.
        return;
    };
    on_both(|mut t| {
        let (smtp, api) = (smtp.clone(), api.clone());
        async move {
            let (host, port) = smtp.trim_start_matches("smtp://").trim_end_matches('/').rsplit_once(':').unwrap();
            let mut profile = (*t.tenant.profile).clone();
            (profile.mail.host, profile.mail.port) = (Some(host.to_owned()), port.parse().unwrap());
            profile.name = "Åmåls kommun".to_owned();
            t.tenant.profile = Arc::new(profile);
            let t = t.staffed().await;
            // An address of its own tells this run's message from others'.
            let external = format!("K{}", uuid::Uuid::now_v7().simple());
            let club = t.association(&crate::support::actors::invented(1), "Ängsholmens Scoutkår", &external[..20]).await;
            let to = format!("kassor-{}@forening.example", &external[..20]);
            club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
            let case = club.apply(&activity_answers(), "k").await.case;
            t.work().await;
            t.closed().await;
            t.decided(case).await;
            t.work().await;
            let answer = get(&api, "/api/email").await;
            let body = answer.split_once("\r\n\r\n").unwrap().1;
            let all: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{body}"));
            let list = all.as_array().or_else(|| all["emails"].as_array()).or_else(|| all["data"].as_array()).unwrap();
            let mine: Vec<&serde_json::Value> = list.iter().filter(|mail| mail["to"].to_string().contains(&to)).collect();
            assert_eq!(mine.len(), 1);
            let whole = get(&api, &format!("/api/email/{}", mine[0]["id"].as_str().unwrap())).await;
            assert!(whole.contains("Åmåls kommun"), "{whole}");
            assert!(whole.contains("KFN 2026/2-1"));
            for secret in ["57", "Ängsholmen", "Kassören", "5012"] {
                assert!(!mine[0]["text"].to_string().contains(secret), "{secret} is in the message");
            }
        }
    });
}
