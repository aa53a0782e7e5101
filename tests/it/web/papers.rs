//! The association's papers over HTTP: handed in, offered in an application, read by the municipality.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::store::organisations;

use super::visitors::Town;
use crate::support::Engine;

/// A chair who signs for the football club.
const CHAIR: &str = "Hassan Yildiz";
const PAGE: &str = "/forening/handlingar";
const PDF: &[u8] = b"%PDF-1.7 policy";

/// The address of the first paper's file under a base.
fn link(page: &str, base: &str) -> String {
    let start = page.find(&format!("href=\"{base}/")).unwrap_or_else(|| panic!("no link below {base} in {page}")) + 6;
    page[start..].split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_is_handed_in_and_read_by_the_association_and_by_the_officer() {
    let town = Town::new(Engine::Sqlite).await;
    let chair = town.person(CHAIR).await;
    assert!(chair.get("/forening").await.page.contains(PAGE), "no link from the association's page");
    let done = chair.upload(PAGE, &[("handling", "stadgar"), ("ar", "2025")], ("fil", "Våra stadgar.pdf"), PDF).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/forening/handlingar?kvitto=handling"), "{}", done.page);
    let page = chair.get(&done.location).await.page;
    for word in ["Handlingen är inlämnad", "Våra stadgar.pdf", "Gäller 2025"] {
        assert!(page.contains(word), "{word} is missing in {page}");
    }
    assert_eq!(chair.get(&link(&page, PAGE)).await.status, StatusCode::OK);

    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let club = organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id;
    drop(tx);
    let officer = town.person(personas::OFFICER).await;
    let page = officer.get(&format!("/foreningar/{club}")).await.page;
    assert!(page.contains("Gäller 2025") && !page.contains("Våra stadgar"), "{page}");
    assert_eq!(officer.get(&link(&page, &format!("/foreningar/{club}/handlingar"))).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_comes_back_with_what_was_written() {
    let town = Town::new(Engine::Sqlite).await;
    let chair = town.person(CHAIR).await;
    let back = chair.upload(PAGE, &[("handling", "stadgar"), ("ar", "i fjol")], ("fil", "a.pdf"), PDF).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    for word in ["Skriv året som handlingen gäller", "value=\"i fjol\"", "value=\"stadgar\" selected", "href=\"#ar\""] {
        assert!(back.page.contains(word), "{word} is missing in {}", back.page);
    }
    let text = chair.upload(PAGE, &[("handling", "stadgar"), ("ar", "2025")], ("fil", "a.pdf"), b"ingen pdf").await;
    assert!(text.page.contains("Filen går inte att ta emot här") && text.page.contains("value=\"2025\""), "{}", text.page);
    let none = chair.upload(PAGE, &[("handling", ""), ("ar", "2025")], ("fil", ""), b"").await;
    for word in ["Välj vilken handling det är", "Välj filen som ni vill lämna in"] {
        assert!(none.page.contains(word), "{word} is missing in {}", none.page);
    }
}
