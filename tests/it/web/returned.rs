//! A form that comes back with its errors has an address of its own, so that going back and forward finds it.

use axum::http::StatusCode;
use bifall::demo::personas;

use super::visitors::Town;
use crate::support::{Engine, on_both};

const INVITE: &str = "/forening/personer";
const WRONG: [(&str, &str); 3] = [("person", "Siv Berg"), ("email", "ingen-adress"), ("mandate", "reader")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_back_is_asked_for_again_by_whose_it_is_and_by_nobody_else() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let hassan = town.person("Hassan Yildiz").await;
        let led = hassan.post_alone(INVITE, &WRONG).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.page);
        assert!(led.location.starts_with(&format!("{INVITE}?fel=")), "{}", led.location);
        assert!(!led.location.contains("Siv") && !led.location.contains("adress"), "{}", led.location);
        for _ in 0..2 {
            let back = hassan.get(&led.location).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(back.page.contains("value=\"Siv Berg\"") && back.page.contains("value=\"ingen-adress\""), "{}", back.page);
        }
        // Another signatory, whose form it was not, sees her own page; nobody is asked to log in.
        let malin = town.person("Malin Rask").await.get(&led.location).await;
        assert!(!malin.page.contains("Siv Berg"), "{}", malin.page);
        let nobody = town.anybody().get(&led.location).await;
        assert!(nobody.location.starts_with("/logga-in"), "{}", nobody.location);
        let elsewhere = hassan.get(&led.location.replace(INVITE, "/forening")).await;
        assert!(!elsewhere.page.contains("Siv Berg"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_put_right_does_not_come_back() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person("Hassan Yildiz").await;
    let led = hassan.post_alone(INVITE, &WRONG).await.location;
    let right = [("person", "Siv Berg"), ("email", "siv@forening.example"), ("mandate", "reader")];
    let sent = hassan.post_from(&led, INVITE, &right).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    let back = hassan.get(&led).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(!back.page.contains("ingen-adress"), "{}", back.page);
}

/// The sealed page is all that is kept, and not for long.
#[test]
fn a_page_that_came_back_is_kept_sealed_and_for_an_hour() {
    use bifall::services::returned::{self, Owner, Returned};
    use bifall::services::sessions::Token;
    on_both(|t| async move {
        let owner = Owner::Browser(Token::random());
        let page = Returned { status: 422, page: b"Det jag skrev".to_vec() };
        let key = returned::keep(&t.tenant, &owner, "/a", &page).await.unwrap();
        let owners = [owner.clone()];
        assert_eq!(returned::find(&t.tenant, &owners, "/a", &key).await.unwrap(), Some(page.clone()));
        assert_eq!(returned::find(&t.tenant, &owners, "/b", &key).await.unwrap(), None);
        assert_eq!(returned::find(&t.tenant, &[Owner::Browser(Token::random())], "/a", &key).await.unwrap(), None);
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = bifall::store::returned::by_key(&mut tx, &key, "", "/a").await.unwrap();
        drop(tx);
        assert!(row.is_none(), "an owner is part of what is asked for");
        t.execute("update returned_page set at = '2020-01-01 10:00:00+00:00'".to_owned()).await.unwrap();
        assert_eq!(returned::find(&t.tenant, &owners, "/a", &key).await.unwrap(), None, "an hour is over");
        let fresh = returned::keep(&t.tenant, &owner, "/a", &page).await.unwrap();
        assert_eq!(t.execute("delete from returned_page".to_owned()).await.unwrap(), 1, "the old one went when the new one came");
        assert_ne!(fresh, key);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wizard_asks_for_its_faults_by_question_and_forgets_them_when_they_are_put_right() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person("Hassan Yildiz").await;
    let draft = hassan.post("/ansok/arrangemangsbidrag/2026", &[("idempotency_key", "b")]).await.location;
    let section = format!("{draft}/del/arrangemang");
    let typed = |people: &'static str| [("finns", "beskrivning"), ("beskrivning", people), ("v.beskrivning", "0")];
    let led = hassan.post_alone(&section, &typed("")).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    assert!(led.location.starts_with(&format!("{section}?brister=")), "{}", led.location);
    assert_eq!(hassan.get(&led.location).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hassan.get(&section).await.status, StatusCode::OK, "nothing is complained of before she presses on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_to_the_other_language_keeps_where_one_was_going() {
    let town = Town::new(Engine::Sqlite).await;
    let page = town.anybody().get("/logga-in?till=%2Fmina-sidor%2Farenden&lang=sv&kvitto=utloggad").await.page;
    assert!(page.contains("href=\"/logga-in?till=%2Fmina-sidor%2Farenden&#38;lang=en\""), "{page}");
    let anna = town.person(personas::OFFICER).await;
    let list = anna.get("/foreningar?sok=fot").await.page;
    assert!(list.contains("href=\"/foreningar?sok=fot&#38;lang=en\""), "{list}");
}
