//! An application on paper over HTTP, from the association's page to the case.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::{ADMINISTRATOR, AUDITOR, OFFICER, TIED_OFFICER};
use bifall::domain::id::OrganisationId;
use bifall::store::organisations;

use super::visitors::{Answer, Town};
use crate::support::{Engine, dak};

fn says(answer: &Answer, word: &str) {
    assert!(answer.page.contains(word), "{word} is missing in {}", answer.page);
}

/// A club of the town, by its place among the associations.
async fn the_club(town: &Town, at: usize) -> OrganisationId {
    let number = ASSOCIATIONS[at].number.replace('-', "");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_goes_the_same_way_as_an_applicant_and_receives_the_paper_at_its_end() {
    let town = Town::new(Engine::Sqlite).await;
    let club = the_club(&town, who::FOOTBALL).await;
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
    let at = done.location.trim_end_matches("?kvitto=papper");
    town.work().await;
    let (case, mut told) = (anna.get(at).await, false);
    for document in case.page.split(&format!("href=\"{at}/handling/")).skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let paper = anna.get(&format!("{at}/handling/{document}")).await.page;
        told |= paper.contains("<h1>Ansökan om arrangemangsbidrag</h1>") && paper.contains("<dd>Bankgiro 5012-3454</dd>");
    }
    assert!(told, "the account stands in words in what was written in: {}", case.page);
    // Pressed twice: the same case, and nothing is left to write in.
    let again = anna.upload(&last, &[("underskriven", "Eva Ek"), ("inkom", "2026-08-17")], ("skannad", ""), b"").await;
    assert_eq!(again.location, done.location.trim_end_matches("?kvitto=papper"));
    let own = town.person("Hassan Yildiz").await.get("/mina-sidor").await;
    says(&own, &done.location["/arenden/".len()..].replace("?kvitto=papper", ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_on_paper_can_be_thrown_away() {
    let town = Town::new(Engine::Sqlite).await;
    let club = the_club(&town, who::FOOTBALL).await;
    let page = format!("/foreningar/{club}/papper");
    let anna = town.person(OFFICER).await;
    let draft = anna.post(&page, &[("bidrag", "arrangemangsbidrag"), ("period", "2026"), ("idempotency_key", "paper")]).await.location;
    assert_eq!(anna.post(&format!("{draft}/kasta"), &[]).await.location, format!("{page}?kvitto=kastat"));
    assert_eq!(anna.get(&draft).await.location, page);
}

/// The paper's attendance, of a club that has none, with everything else on the paper filled in. Gives the draft.
async fn a_paper_that_counts_attendance(town: &Town) -> (String, usize) {
    let at = who::CULTURE;
    let club = the_club(town, at).await;
    let anna = town.person(OFFICER).await;
    let page = format!("/foreningar/{club}/papper");
    let begun = anna.post(&page, &[("bidrag", "aktivitetsstod"), ("period", "2026-H1"), ("idempotency_key", "paper")]).await;
    assert!(begun.location.starts_with("/utkast/"), "{}", begun.page);
    (begun.location, at)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_reads_in_the_attendance_of_a_paper_and_nobody_else_comes_there() {
    let town = Town::new(Engine::Sqlite).await;
    let (draft, at) = a_paper_that_counts_attendance(&town).await;
    let anna = town.person(OFFICER).await;
    let half = format!("{draft}/narvaro/2026-H1");
    says(&anna.get(&format!("{draft}/del/narvaro")).await, &format!("href=\"{half}\""));
    says(&anna.get(&format!("{draft}/granska")).await, &format!("href=\"{half}\""));
    let page = anna.get(&half).await;
    says(&page, "Ingen närvaro har kommit in för perioden än");
    says(&page, &format!("href=\"{draft}\""));
    for other in [AUDITOR, ADMINISTRATOR, "Hassan Yildiz"] {
        assert_eq!(town.person(other).await.get(&half).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    assert_eq!(
        anna.get(&format!("{draft}/narvaro/2025-H1")).await.status,
        StatusCode::NOT_FOUND,
        "a half-year that the grant does not reach"
    );
    assert_eq!(anna.get("/narvaro/2026-H1").await.status, StatusCode::NOT_FOUND, "an association's own page");
    let refused = anna.upload(&format!("{half}/fil"), &[], ("fil", "a.pdf"), b"%PDF-1.7 x").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&refused, "Det är en PDF");
    let club = &ASSOCIATIONS[at];
    let file = dak::file(club.external, club.number, &[dak::occasion("2026-02-03", "paper", &dak::girls(0, 5))]);
    let sent = anna.upload(&format!("{half}/fil"), &[], ("fil", "närvaro.xml"), &file).await;
    assert!(sent.location.starts_with(&format!("{half}/fil/")), "{} {}", sent.status, sent.page);
    let report = anna.get(&sent.location).await;
    says(&report, "januari–juni 2026");
    says(&report, &format!("href=\"{half}\""));
    let counted = anna.get(&half).await;
    says(&counted, "Sammankomster");
    assert!(!counted.page.contains("/krockar") && !counted.page.contains("/rader/"), "what the association alone judges: {}", counted.page);
    assert!(!anna.get(&format!("{draft}/granska")).await.page.contains("Ingen närvaro har kommit in"));
    // The association sees the same file on its own pages.
    let own = town.person(club.board.0).await.get("/narvaro/2026-H1").await;
    says(&own, "närvaro.xml");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_writes_in_a_card_that_came_on_paper() {
    let town = Town::new(Engine::Sqlite).await;
    let (draft, _) = a_paper_that_counts_attendance(&town).await;
    let anna = town.person(OFFICER).await;
    let cards = format!("{draft}/narvaro/2026-H1/kort");
    says(&anna.get(&format!("{draft}/narvaro/2026-H1")).await, &format!("href=\"{cards}\""));
    let empty = anna.post(&cards, &[("namn", ""), ("aktivitet", "Måleri"), ("plats", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&empty, "value=\"Måleri\"");
    let card = anna.post(&cards, &[("namn", "Ateljén"), ("aktivitet", "Måleri"), ("plats", "Fontänen")]).await;
    let card = card.location.trim_end_matches("?kvitto=sparat").to_owned();
    assert!(card.starts_with(&cards), "{card}");
    let mut people = Vec::new();
    for (no, given) in [(1, "Åsa"), (2, "Ida"), (3, "Eva")] {
        let number = dak::girl(no).number();
        let role = if no == 1 { "leader" } else { "participant" };
        let person = [("fornamn", given), ("efternamn", "Prov"), ("personnummer", number.as_str()), ("roll", role)];
        let added = anna.post(&format!("{card}/person"), &person).await;
        assert!(added.location.ends_with("?kvitto=pakortet#h-members"), "{} {}", added.status, added.page);
    }
    let new = anna.get(&format!("{card}/ny")).await;
    for part in new.page.split("name=\"narvarande\" value=\"").skip(1) {
        people.push(part.split('"').next().unwrap().to_owned());
    }
    assert_eq!(people.len(), 3, "{}", new.page);
    let mut occasion = vec![
        ("datum", "2026-03-03"),
        ("start", "17.00"),
        ("slut", "18.00"),
        ("aktivitet", "Måleri"),
        ("plats", "Fontänen"),
        ("typ", "training"),
    ];
    occasion.extend(people.iter().map(|person| ("narvarande", person.as_str())));
    let kept = anna.post(&format!("{card}/ny"), &occasion).await;
    assert_eq!(kept.location, format!("{card}?kvitto=tillfalle"), "{}", kept.page);
    says(&anna.get(&card).await, "3 mars 2026");
    says(&anna.get(&format!("{draft}/narvaro/2026-H1")).await, "Närvarokort");
    // Thrown away, the paper lets nobody in any more.
    anna.post(&format!("{draft}/kasta"), &[]).await;
    assert_eq!(anna.get(&card).await.status, StatusCode::NOT_FOUND);
}
