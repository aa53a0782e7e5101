//! Logging in, acting for an association, being turned away, and sending a form once.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::services::sessions::{self, Token};

use super::visitors::Town;
use crate::support::Engine;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_to_a_closed_page_is_asked_to_log_in_and_led_there() {
    let town = Town::new(Engine::Sqlite).await;
    let anybody = town.anybody();
    let turned = anybody.get("/arenden?sok=a%20b").await;
    assert_eq!((turned.status, turned.location.as_str()), (StatusCode::SEE_OTHER, "/logga-in?till=%2Farenden%3Fsok%3Da%2520b"));
    let page = anybody.get(&turned.location).await;
    assert!(page.page.contains("Anna Lindqvist") && page.page.contains("skriver under för Norrängens FK"), "the demonstration's persons");
    let officer = town.user(personas::OFFICER).await.to_string();
    let led = anybody.post("/logga-in", &[("persona", &officer), ("till", "/arenden?sok=a%20b")]).await;
    assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, "/arenden?sok=a%20b"));
    let elsewhere = anybody.post("/logga-in", &[("persona", &officer), ("till", "//elsewhere.example")]).await;
    assert_eq!(elsewhere.location, "/arenden", "never to another host");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_out_ends_the_session_everywhere() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(personas::OFFICER).await;
    assert_eq!(anna.get("/arenden").await.status, StatusCode::OK);
    anna.post("/logga-ut", &[]).await;
    assert_eq!(anna.get("/arenden").await.status, StatusCode::SEE_OTHER, "the old cookie opens nothing");
    let token = Token::received(anna.cookie().trim_start_matches("session="));
    assert!(sessions::by_token(&town.demo.tenant, &token).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_acts_for_several_but_for_nobody_who_did_not_ask_her() {
    let town = Town::new(Engine::Sqlite).await;
    let mirja = town.person(personas::HELPER).await;
    let page = mirja.get("/foretrad").await.page;
    for at in [who::SMALL_SCOUTS, who::FOOTBALL] {
        assert!(page.contains(&format!("<strong>{}</strong>", ASSOCIATIONS[at].name)), "{}", ASSOCIATIONS[at].name);
    }
    assert!(!page.contains(&format!("<strong>{}</strong>", ASSOCIATIONS[who::RIDING].name)));
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[who::RIDING].number.replace('-', "");
    let riding = bifall::store::organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id.to_string();
    drop(tx);
    assert_eq!(mirja.post("/foretrad", &[("forening", &riding)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_sent_after_the_log_in_has_ended_is_kept_to_be_sent_again() {
    let town = Town::new(Engine::Sqlite).await;
    let case = super::matrix::a_case(&town).await;
    let answer = town.anybody().post(&format!("/arenden/{case}/komplettering"), &[("saknas", "Avtalet \"<hyra>\"")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.page.contains("name=\"saknas\""), "the field is there to be sent again");
    assert!(answer.page.contains("Avtalet &#34;&#60;hyra&#62;&#34;"), "with what was typed: {}", answer.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_sent_twice_acts_once() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(personas::OFFICER).await;
    let case = super::matrix::a_case_in_check(&town).await;
    let fields = [("idempotency_key", "5f7c"), ("saknas", "Avtalet"), ("senast", "2026-09-10"), ("foljd", "Vi avgör utan.")];
    let path = format!("/arenden/{case}/komplettering");
    let first = anna.post(&path, &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.page);
    let second = anna.post(&path, &fields).await;
    assert_eq!((second.status, &second.location), (StatusCode::SEE_OTHER, &first.location), "the first one's answer");
    let other = town.person(personas::HEAD).await.post(&path, &fields).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "another person cannot use the key");
}
