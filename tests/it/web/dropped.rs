//! Browsers are closed and lines break in mid request. The server is a real one: sockets, router, pools.

use std::net::SocketAddr;
use std::time::Duration;

use bifall::domain::id::CaseId;
use bifall::services::decisions::batch;
use bifall::services::sessions::{self, FormKey};
use bifall::services::verify;
use bifall::store::{Db, Tx, decisions, settings};
use bifall::web::{Site, Transport, serve};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

/// How many clients are dropped, and how many knock at the same time.
const CLIENTS: usize = 1_000;
const TOGETHER: usize = 40;
/// Cases that are ready to be decided.
const CASES: u32 = 6;
/// As many as the pools hold: see `Db::open`.
const WRITERS: usize = 10;
const READERS: usize = 8;

/// What a client sends, and how long it stays after that.
struct Client {
    bytes: Vec<u8>,
    stays: Duration,
}

/// A server on a free port.
async fn server(t: &TestTenant) -> (SocketAddr, tokio::sync::watch::Sender<bool>, tokio::task::JoinHandle<std::io::Result<()>>) {
    let site = Site::new(t.tenant.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    (address, stop, tokio::spawn(serve(site, Transport::Plain, listener, stopped)))
}

/// Cases that wait for a decision.
async fn ready(t: &TestTenant) -> Vec<CaseId> {
    let mut cases = Vec::new();
    for no in 0..CASES {
        let club = t.club(no + 1).await;
        let people = girls(u64::from(no) * 10, 5);
        club.send(&[occasion("2026-02-03", "a", &people).led_by(adult(u64::from(no)))]).await;
        cases.push(club.apply(&activity_answers(), &format!("k{no}")).await.case);
    }
    t.work().await;
    t.closed().await;
    for case in &cases {
        assert_eq!(t.case(*case).await.state, "proposed");
    }
    cases
}

/// Somebody with a browser who has logged in.
struct Browser(String);

impl Browser {
    async fn of(t: &TestTenant, name: &str) -> Self {
        let id = t.officer(name).await.actor.user().unwrap().id;
        Self(sessions::log_in(&t.tenant, id).await.unwrap().secret().to_owned())
    }

    fn get(&self, path: &str, more: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: session={}\r\n{more}\r\n", self.0).into_bytes()
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> Vec<u8> {
        let (session, length) = (&self.0, body.len());
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncookie: session={session}\r\ncontent-type: {kind}\r\n");
        format!("{head}content-length: {length}\r\n\r\n{body}").into_bytes()
    }
}

/// The rows of the batch as the page carries them back, each with its mark.
async fn what_anna_was_shown(t: &TestTenant) -> String {
    let anna = t.officer("anna").await.actor;
    let batch = batch::shown(&t.tenant, &anna, batch::Round::default(), None, 100).await.unwrap();
    batch.ready.iter().map(|row| format!("visad={}:{}", row.case, row.mark)).collect::<Vec<_>>().join("&")
}

/// Every kind of request there is: pages that read, forms that write, forms that are refused, uploads.
fn requests(cases: &[CaseId], shown: &str, anna: &Browser, dag: &Browser) -> Vec<Vec<u8>> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let case = cases[0];
    let mut all: Vec<Vec<u8>> = ["/", "/arenden", "/beslut", "/utbetalningar", "/perioder", "/diarium", "/logga-in", "/finns-inte"]
        .into_iter()
        .map(|path| anna.get(path, ""))
        .collect();
    all.extend([anna.get(&format!("/arenden/{case}"), ""), anna.get(&format!("/arenden/{case}/steg"), "")]);
    for one in cases {
        all.push(anna.post("/beslut", FORM, &format!("{shown}&arende={one}&bekrafta=ja&idempotency_key=nyckel-{one}")));
    }
    let everything = cases.iter().map(|one| format!("arende={one}")).collect::<Vec<_>>().join("&");
    all.push(anna.post("/beslut", FORM, &format!("{shown}&{everything}&bekrafta=ja")));
    all.push(dag.post("/perioder/stang", FORM, "bidrag=aktivitetsstod&period=2026-H1"));
    let part = "--gr\r\ncontent-disposition: form-data; name=\"fil\"; filename=\"narvaro.xml\"\r\n\r\n<Aktivitetskort>\r\n";
    all.push(anna.post("/beslut", "multipart/form-data; boundary=gr", &format!("{}--gr--\r\n", part.repeat(400))));
    all
}

/// One in thirty waits for its answer, however slow the machine; of the others a third is whole and stays a while, a
/// third is whole and gone at once, a third is cut somewhere.
fn clients(requests: &[Vec<u8>], chance: &mut StdRng) -> Vec<Client> {
    (0..CLIENTS)
        .map(|nth| {
            let mut bytes = requests[chance.random_range(0..requests.len())].clone();
            let most = match nth % 3 {
                0 if nth % 30 == 0 => return Client { bytes, stays: Duration::from_secs(60) },
                0 => 60_000,
                1 => 500,
                _ => {
                    bytes.truncate(chance.random_range(1..bytes.len()));
                    5_000
                }
            };
            Client { bytes, stays: Duration::from_micros(chance.random_range(0..most)) }
        })
        .collect()
}

/// Connects, sends, stays, hangs up. Answers whether an answer had begun by then.
async fn knock(address: SocketAddr, client: Client) -> bool {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may have hung up on what it could not read.
    let _ = stream.write_all(&client.bytes).await;
    let mut begun = [0_u8; 1];
    matches!(tokio::time::timeout(client.stays, stream.read(&mut begun)).await, Ok(Ok(1)))
}

async fn hold(db: &Db, count: usize, writes: bool) -> Vec<Tx> {
    let all: Vec<_> = (0..count)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { if writes { db.write().await } else { db.read().await } })
        })
        .collect();
    let mut held = Vec::new();
    for one in all {
        held.push(one.await.unwrap().expect("a connection begins"));
    }
    held
}

/// All connections at the same time can begin, work and commit.
async fn every_connection_works(t: &TestTenant) {
    let db = &t.tenant.db;
    let writers = if db.engine() == "sqlite" { 1 } else { WRITERS };
    let held = hold(db, writers, true).await;
    for (nth, mut tx) in held.into_iter().enumerate() {
        settings::set(&mut tx, &format!("prov-{nth}"), "skrivet").await.unwrap();
        tx.commit().await.unwrap();
    }
    for mut tx in hold(db, READERS, false).await {
        for nth in 0..writers {
            assert_eq!(settings::get(&mut tx, &format!("prov-{nth}")).await.unwrap().as_deref(), Some("skrivet"));
        }
        tx.commit().await.unwrap();
    }
}

async fn nothing_is_left_open(t: &TestTenant) {
    let Db::Postgres(pool) = &t.tenant.db else { return };
    let open = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
    let (mut count, mut looks) = (i64::MAX, 0);
    // The rollback of the request dropped last may still be on its way.
    while count > 0 && looks < 100 {
        count = sqlx::query_scalar(open).fetch_one(pool).await.unwrap();
        looks += 1;
    }
    assert_eq!(count, 0, "transactions stay open");
}

async fn run(t: TestTenant) {
    let t = t.staffed().await;
    let cases = ready(&t).await;
    let (address, stop, serving) = server(&t).await;
    let mut chance = StdRng::seed_from_u64(11);
    let (anna, dag) = (Browser::of(&t, "anna").await, Browser::of(&t, "dag").await);
    let shown = what_anna_was_shown(&t).await;
    let requests = requests(&cases, &shown, &anna, &dag);
    let (mut answered, mut waiting) = (0, clients(&requests, &mut chance));
    while !waiting.is_empty() {
        let wave: Vec<Client> = waiting.drain(..waiting.len().min(TOGETHER)).collect();
        for one in wave.into_iter().map(|client| tokio::spawn(knock(address, client))).collect::<Vec<_>>() {
            answered += usize::from(one.await.unwrap());
        }
    }
    assert!(answered > 20, "only {answered} heard an answer: the server was not at work");
    assert!(CLIENTS - answered > CLIENTS / 2, "{answered} heard an answer: too few were dropped");

    every_connection_works(&t).await;
    nothing_is_left_open(&t).await;
    // Whoever comes next is served, by the same connections.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&anna.get(&format!("/arenden/{}", cases[0]), "connection: close\r\n")).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Klubb 1"), "{}", &page[..page.len().min(200)]);
    // One who stays decides, so that there is a decision however few of the others came that far.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let form = format!("{shown}&arende={}&bekrafta=ja&idempotency_key=den-som-stannar", cases[0]);
    stream.write_all(&anna.post("/beslut", "application/x-www-form-urlencoded", &form)).await.unwrap();
    let mut begun = [0_u8; 12];
    stream.read_exact(&mut begun).await.unwrap();
    let decided = ["HTTP/1.1 303", "HTTP/1.1 409"].iter().any(|answer| begun == answer.as_bytes());
    assert!(decided, "{}", String::from_utf8_lossy(&begun));
    stop.send(true).unwrap();
    serving.await.unwrap().unwrap();

    // What was decided is decided whole: case, decision, job and event.
    let mut tx = t.tenant.db.read().await.unwrap();
    let standing = decisions::all_standing(&mut tx).await.unwrap();
    drop(tx);
    assert!(!standing.is_empty() && standing.len() <= cases.len(), "{} decisions", standing.len());
    let report = verify::verify(&t.tenant, &|_| {}).await.unwrap();
    assert!(report.sound(), "{:#?}", report.wrong);
}

#[test]
fn a_thousand_clients_dropped_in_mid_request_leave_no_transaction_open() {
    on_both(run);
}

#[test]
fn a_form_whose_sender_hung_up_can_be_sent_again_after_a_minute() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (anna, dag) = (t.officer("anna").await.actor.user().unwrap().id, t.officer("dag").await.actor.user().unwrap().id);
        let claim = async |user| sessions::claim_form(&t.tenant, user, "/beslut", "nyckel").await;
        assert_eq!(claim(anna).await.unwrap(), FormKey::First);
        assert_eq!(claim(anna).await.unwrap(), FormKey::UnderWay, "it may be worked on still");
        t.execute("update form_receipt set at = '2020-01-01 10:00:00+00:00'".to_owned()).await.unwrap();
        assert!(claim(dag).await.is_err(), "another person takes it over");
        assert_eq!(claim(anna).await.unwrap(), FormKey::First);
        sessions::settle_form(&t.tenant, "nyckel", Some("/klart")).await.unwrap();
        t.execute("update form_receipt set at = '2020-01-01 10:00:00+00:00'".to_owned()).await.unwrap();
        assert_eq!(claim(anna).await.unwrap(), FormKey::Led("/klart".to_owned()), "what led somewhere acts once, however old");
    });
}
