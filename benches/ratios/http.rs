//! Pages over HTTP: the service's own router, asked as an officer's browser asks it, without a network in between.
//!
//! Looking up who is logged in is in the times.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use bifall::app::Tenant;
use bifall::domain::id::CaseId;
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, sessions};
use bifall::store::users::Role;
use bifall::web::{Site, Transport, site};
use tower::ServiceExt;

use crate::city::Dice;
use crate::measure::{judge, median, ms, p95, p99, tell, times_as_long};
use crate::place::{Engine, date};

/// How often each page is asked for.
const ASKED: u32 = 500;
/// What a page may take of the server's time.
const MOST: Duration = Duration::from_millis(10);

/// What every other page may take of the server's time, for the slowest of twenty.
const MOST_OF_OTHERS: Duration = Duration::from_millis(30);
/// Pages that look over many cases, associations or payments, and what everybody can read.
const OTHERS: [&str; 14] = [
    "/arenden?handlaggare=alla&att_gora=alla",
    "/arenden?handlaggare=alla&att_gora=alla&sok=9999",
    "/beslut",
    "/utbetalningar",
    "/utbetalningar/buntar",
    "/foreningar",
    "/statistik",
    "/perioder",
    "/perioder/paminnelser",
    "/namnd",
    "/diarium",
    "/vilka-bidrag",
    "/bidrag/aktivitetsstod",
    "/kalender",
];

/// The pages an officer has open all day, at the number of cases there are.
/// `reads` is what the queries of a case page take alone.
pub async fn pages(tenant: &Tenant, engine: Engine, cases: &[CaseId], reads: Duration) {
    let role = Grant { role: Role::Officer, committee: "KFN", up_to: None, reference: None, from: date("2020-01-01") };
    let anna = staff::add(tenant, &Actor::Service, "Anna Lindqvist", "anna@exempelstad.example", &[role]).await.unwrap();
    let token = sessions::log_in(tenant, anna).await.unwrap();
    let cookie = format!("session={}", token.secret());
    let router = site::router(Site::new(tenant.clone()), Transport::Plain);

    let hello = Router::new().route("/", get(|| async { "Hej" }));
    let floor = median(ask(&hello, &cookie, |_| "/".to_owned()).await);
    tell(&format!("a word from axum (floor), {}", engine.name()), format!("{:.3} ms", floor.as_secs_f64() * 1e3));

    let count = cases.len();
    let any = |dice: &mut Dice| cases[usize::try_from(dice.below(u32::try_from(count).unwrap())).unwrap()];
    let case = |dice: &mut Dice| format!("/arenden/{}", any(dice));
    let middle = page(&router, &cookie, &format!("case page over HTTP, at {count} cases"), engine, case).await;
    tell(&format!("case page over HTTP against what it reads, {}", engine.name()), format!("{:.1}x", times_as_long(middle, reads)));
    let steps = |dice: &mut Dice| format!("/arenden/{}/steg", any(dice));
    page(&router, &cookie, &format!("every step of a case over HTTP, at {count} cases"), engine, steps).await;
    page(&router, &cookie, &format!("list of cases over HTTP, at {count} cases"), engine, |_| "/arenden".to_owned()).await;
    page(&router, &cookie, &format!("public start page over HTTP, at {count} cases"), engine, |_| "/".to_owned()).await;
    for path in OTHERS {
        let times = ask(&router, &cookie, |_| path.to_owned()).await;
        let (middle, slow) = (median(times.clone()), p95(times));
        let measured = format!("{}, p95 {}", ms(middle), ms(slow));
        let what = format!("{path} over HTTP, at {count} cases, {}", engine.name());
        judge(&what, measured, "every page under 30 ms at p95", slow < MOST_OF_OTHERS);
    }
}

/// What a page takes somebody of the staff: the middle in words, and what 95 of 100 do not exceed.
pub async fn asked(tenant: &Tenant, who: &str, path: &str) -> (String, Duration) {
    let actor = Actor::staff_named(tenant, who).await.unwrap();
    let token = sessions::log_in(tenant, actor.user().unwrap().id).await.unwrap();
    let router = site::router(Site::new(tenant.clone()), Transport::Plain);
    let times = ask(&router, &format!("session={}", token.secret()), |_| path.to_owned()).await;
    (ms(median(times.clone())), p95(times))
}

/// Asks for a page and tells what it takes; answers the middle.
async fn page(router: &Router, cookie: &str, what: &str, engine: Engine, path: impl FnMut(&mut Dice) -> String) -> Duration {
    let times = ask(router, cookie, path).await;
    let (middle, slow) = (median(times.clone()), p99(times));
    let measured = format!("{}, p99 {}", ms(middle), ms(slow));
    judge(&format!("{what}, {}", engine.name()), measured, "a page under 10 ms", slow < MOST);
    middle
}

/// Asks for a page again and again; the answer is read to its end.
async fn ask(router: &Router, cookie: &str, mut path: impl FnMut(&mut Dice) -> String) -> Vec<Duration> {
    let mut dice = Dice(0x9a9e);
    let mut times = Vec::new();
    for nth in 0..ASKED + 20 {
        let request = Request::builder().uri(path(&mut dice)).header(COOKIE, cookie).body(Body::empty()).unwrap();
        let begun = Instant::now();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let time = begun.elapsed();
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
        // The first ones fill caches: compiled packages, prepared statements.
        if nth >= 20 {
            times.push(time);
        }
    }
    times
}
