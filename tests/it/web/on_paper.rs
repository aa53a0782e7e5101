//! An application on paper over HTTP, from the association's page to the case.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::{AUDITOR, OFFICER, TIED_OFFICER};
use bifall::store::organisations;

use super::visitors::{Answer, Town};
use crate::support::Engine;

fn says(answer: &Answer, word: &str) {
    assert!(answer.page.contains(word), "{word} is missing in {}", answer.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_goes_the_same_way_as_an_applicant_and_receives_the_paper_at_its_end() {
    let town = Town::new(Engine::Sqlite).await;
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let club = organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id;
    drop(tx);
    let page = format!("/foreningar/{club}/papper");
    let anna = town.person(OFFICER).await;
    says(&anna.get(&format!("/foreningar/{club}")).await, &page);
    says(&anna.get(&page).await, "Arrangemangsbidrag");
    for other in [AUDITOR, TIED_OFFICER, "Hassan Yildiz"] {
        assert_eq!(town.person(other).await.get(&page).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    let begun = anna.post(&page, &[("bidrag", "arrangemangsbidrag"), ("period", "2026"), ("idempotency_key", "paper")]).await;
    let draft = begun.location;
    assert!(draft.starts_with("/utkast/"), "{draft}: {}", begun.page);
    assert_eq!(town.person("Hassan Yildiz").await.get(&draft).await.status, StatusCode::NOT_FOUND);
    let list = anna.get(&draft).await;
    says(&list, "Ta emot pappret");
    says(&list, &format!("href=\"{page}\""));
    let early = anna.get(&format!("{draft}/papper")).await;
    says(&early, "Se vad som saknas");
    let back = anna.upload(&format!("{draft}/papper"), &[("underskriven", ""), ("inkom", "2026-13-01")], ("skannad", ""), b"").await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.page);
    super::apply::fill(&anna, &draft).await;
    let last = format!("{draft}/papper");
    says(&anna.get(&format!("{draft}/granska")).await, &format!("href=\"{last}\""));
    // The scan that came is kept while the rest is put right.
    let wrong = anna.upload(&last, &[("underskriven", ""), ("inkom", "2027-01-01")], ("skannad", "ansökan.pdf"), b"%PDF-1.7 signed").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.page);
    for word in ["href=\"#underskriven\"", "href=\"#inkom\"", "value=\"2027-01-01\"", "ansökan.pdf"] {
        says(&wrong, word);
    }
    assert!(!wrong.page.contains("href=\"#skannad\""), "{}", wrong.page);
    let text = anna.upload(&last, &[("underskriven", "Eva Ek"), ("inkom", "2026-08-17")], ("skannad", "a.pdf"), b"ingen pdf").await;
    says(&text, "href=\"#skannad\"");
    says(&text, "value=\"Eva Ek\"");
    let done = anna.upload(&last, &[("underskriven", "Eva Ek"), ("inkom", "2026-08-17")], ("skannad", ""), b"").await;
    assert!(done.location.starts_with("/arenden/") && done.location.ends_with("?kvitto=papper"), "{} {}", done.status, done.page);
    let case = anna.get(&done.location).await;
    for word in ["Ansökan är mottagen", "17 augusti 2026", "Ansökan på papper, inskannad"] {
        says(&case, word);
    }
    // Pressed twice: the same case, and nothing is left to write in.
    let again = anna.upload(&last, &[("underskriven", "Eva Ek"), ("inkom", "2026-08-17")], ("skannad", ""), b"").await;
    assert_eq!(again.location, done.location.trim_end_matches("?kvitto=papper"));
    let own = town.person("Hassan Yildiz").await.get("/mina-sidor").await;
    says(&own, &done.location["/arenden/".len()..].replace("?kvitto=papper", ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_on_paper_can_be_thrown_away() {
    let town = Town::new(Engine::Sqlite).await;
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let club = organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id;
    drop(tx);
    let page = format!("/foreningar/{club}/papper");
    let anna = town.person(OFFICER).await;
    let draft = anna.post(&page, &[("bidrag", "arrangemangsbidrag"), ("period", "2026"), ("idempotency_key", "paper")]).await.location;
    assert_eq!(anna.post(&format!("{draft}/kasta"), &[]).await.location, format!("{page}?kvitto=kastat"));
    assert_eq!(anna.get(&draft).await.location, page);
}
