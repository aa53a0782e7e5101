//! An expert from outside at her pages, and the officers who invite her at theirs.

use axum::http::StatusCode;
use bifall::demo::personas::{ADMINISTRATOR, EXPERT, OFFICER};

use super::matrix::a_case_in;
use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;

const INES: &str = "Ines Öberg";

async fn done(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.page);
    browser.get(&answer.location).await
}

/// The page without the demonstration's bar.
fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

/// A culture project that is being scored.
async fn project(town: &Town) -> String {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let all = bifall::store::cases::all(&mut tx).await.unwrap();
    all.into_iter().find(|case| case.state == "assess" && case.grant_type == "projektbidrag-kultur").unwrap().id.to_string()
}

fn invitation<'f>(name: &'f str, email: &'f str, day: &'f str) -> [(&'f str, &'f str); 3] {
    [("sakkunnig_namn", name), ("sakkunnig_epost", email), ("sakkunnig_dag", day)]
}

/// Invites Ines, and answers the address of her page.
async fn invited(town: &Town, case: &str) -> String {
    let anna = town.person(OFFICER).await;
    let page = done(&anna, &format!("/arenden/{case}/sakkunniga"), &invitation(INES, "ines@konst.example", "2026-09-10")).await.page;
    let id = page.rsplit(&format!("/arenden/{case}/sakkunniga/")).next().and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    format!("/sakkunnig/{id}")
}

const SHEET: [(&str, &str); 8] = [
    ("niva_kvalitet", "3"),
    ("skal_kvalitet", "Egen idé."),
    ("niva_delaktighet", "2"),
    ("skal_delaktighet", "De är med."),
    ("niva_genomforbarhet", "3"),
    ("skal_genomforbarhet", "Planen håller."),
    ("kommentar", "En stark helhet."),
    ("gor", "klar"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_invites_on_the_cases_page_and_takes_it_back() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, project(&town).await);
    // The demonstration has one expert in it already.
    let before = anna.get(&format!("/arenden/{case}")).await.page;
    assert!(before.contains(EXPERT) && before.contains("Bjud in en sakkunnig"), "{before}");
    let other = a_case_in(&town, "moderate").await;
    assert!(!anna.get(&format!("/arenden/{other}")).await.page.contains("id=\"h-experts\""), "nobody is invited there or can be");
    let form = format!("/arenden/{case}/sakkunniga");
    let wrong = anna.post(&form, &invitation("Ines Ö", "ines", "2026-01-01")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["sakkunnig_epost", "sakkunnig_dag"] {
        assert!(
            wrong.page.contains(&format!("href=\"#{field}\"")) && wrong.page.contains(&format!("id=\"{field}-error\"")),
            "{}",
            wrong.page
        );
    }
    assert!(wrong.page.contains("value=\"Ines Ö\"") && wrong.page.contains("value=\"ines\""), "what was typed is kept");
    let page = invited(&town, &case).await;
    let after = anna.get(&format!("/arenden/{case}")).await.page;
    assert!(after.contains("ines@konst.example, sista dag 10 september 2026") && after.contains("bjöd in Ines Öberg"), "{after}");
    // Who handles nothing of the committee's reads who is asked and invites nobody.
    let david = town.person(ADMINISTRATOR).await;
    let read = david.get(&format!("/arenden/{case}")).await.page;
    assert!(read.contains(INES) && !read.contains("sakkunnig_namn"), "{read}");
    assert!(david.post(&form, &invitation("Otto", "otto@konst.example", "2026-09-10")).await.page.contains("inte behörighet"));

    let ines = town.person(INES).await;
    assert_eq!(ines.get(&page).await.status, StatusCode::OK);
    let id = page.rsplit('/').next().unwrap();
    let back = done(&anna, &format!("{form}/{id}/ta-tillbaka"), &[]).await.page;
    assert!(back.contains("Inbjudan är tillbakatagen") && back.contains("Återtagen"), "{back}");
    assert_eq!(ines.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(ines.get("/sakkunnig").await.page.contains("Du har inget att bedöma"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_declares_reads_what_she_may_and_hands_in_her_sheet() {
    let town = Town::new(Engine::Sqlite).await;
    let case = project(&town).await;
    let page = invited(&town, &case).await;
    let ines = town.person(INES).await;
    let list = ines.get("/sakkunnig").await.page;
    assert!(
        list.contains(&format!("href=\"{page}\"")) && list.contains("Projektbidrag kultur") && list.contains("10 september 2026"),
        "{list}"
    );
    let first = ines.get(&page).await.page;
    assert!(own(&first).contains("Först en fråga om jäv") && !own(&first).contains("Körfest"), "{first}");
    let unsaid = ines.post(&format!("{page}/jav"), &[]).await;
    assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.page.contains("id=\"jav-error\""), "{}", unsaid.page);
    assert_eq!(ines.post(&page, &SHEET).await.status, StatusCode::NOT_FOUND, "no sheet before she has said");

    let scoring = done(&ines, &format!("{page}/jav"), &[("jav", "nej")]).await.page;
    for shown in ["Körfest i december", "Konstnärlig kvalitet", "Går inte att bedöma av ansökan.", "4 personer bedömer"] {
        assert!(own(&scoring).contains(shown), "{shown}: {scoring}");
    }
    for kept in ["Anna Lindqvist", "Väl genomtänkt konsert", "bankgiro", "Föreslaget belopp", "/arenden/"] {
        assert!(!own(&scoring).contains(kept), "{kept}: {scoring}");
    }
    let half = ines.post(&page, &[("niva_kvalitet", "3"), ("skal_kvalitet", " "), ("kommentar", "Halv text"), ("gor", "klar")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["id=\"skal_kvalitet-error\"", "id=\"niva_delaktighet-error\"", "Skriv skälen för nivån på", ">Halv text</textarea>"] {
        assert!(half.page.contains(told), "{told}: {}", half.page);
    }
    let saved = done(&ines, &page, &[("niva_kvalitet", "2"), ("gor", "spara")]).await.page;
    assert!(
        saved.contains("Bedömningen är sparad") && saved.contains("id=\"niva_kvalitet-2\" name=\"niva_kvalitet\" value=\"2\" checked"),
        "{saved}"
    );

    let over = done(&ines, &page, &SHEET).await.page;
    assert!(over.contains("Bedömningen är inlämnad") && !own(&over).contains("Körfest"), "{over}");
    assert!(ines.get("/sakkunnig").await.page.contains("Inlämnad"));
    // Anna has judged already: she sees it, and that it is an expert's.
    let seen = town.person(OFFICER).await.get(&format!("/arenden/{case}")).await.page;
    assert!(seen.contains("Klar, Ines Öberg, sakkunnig") && seen.contains("En stark helhet."), "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_else_opens_for_her() {
    let town = Town::new(Engine::Sqlite).await;
    let case = project(&town).await;
    let page = invited(&town, &case).await;
    let ines = town.person(INES).await;
    done(&ines, &format!("{page}/jav"), &[("jav", "nej")]).await;
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let id = case.parse().unwrap();
    let documents = bifall::store::diary::documents_of_case(&mut tx, id).await.unwrap();
    let tasks = bifall::store::tasks::open_of_case(&mut tx, id).await.unwrap();
    drop(tx);
    let mut closed = vec!["".to_owned(), "/meddelanden".to_owned(), "/anteckning".to_owned(), "/filer".to_owned(), "/utskrift".to_owned()];
    closed.extend(documents.iter().map(|document| format!("/handling/{}", document.id)));
    closed.extend(tasks.iter().map(|task| format!("/bedomning/{}", task.id)));
    for part in closed {
        assert_eq!(ines.get(&format!("/arenden/{case}{part}")).await.status, StatusCode::NOT_FOUND, "{part}");
    }
    for field in ["kontonummer", "kalkyl", "medverkande"] {
        assert_eq!(ines.get(&format!("{page}/fil/{field}")).await.status, StatusCode::NOT_FOUND, "{field}");
    }
    // Nobody else comes to hers, and nobody without an invitation has it in the menu.
    let anna = town.person(OFFICER).await;
    assert_eq!(anna.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(!anna.get("/arenden").await.page.contains("href=\"/sakkunnig\""));
    assert!(ines.get("/").await.page.contains("href=\"/sakkunnig\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_conflict_of_interest_the_page_is_gone_and_the_officers_see_it() {
    let town = Town::new(Engine::Sqlite).await;
    let case = project(&town).await;
    let page = invited(&town, &case).await;
    let ines = town.person(INES).await;
    let thanks = done(&ines, &format!("{page}/jav"), &[("jav", "close")]).await.page;
    assert!(thanks.contains("Tack för att du sa till"), "{thanks}");
    assert_eq!(ines.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ines.post(&format!("{page}/jav"), &[("jav", "nej")]).await.status, StatusCode::NOT_FOUND);
    let seen = town.person(OFFICER).await.get(&format!("/arenden/{case}")).await.page;
    assert!(seen.contains("Jäv, deltar inte") && seen.contains("Ines Öberg har anmält jäv"), "{seen}");
    let again = invitation(INES, "ines@konst.example", "2026-09-10");
    let refused = town.person(OFFICER).await.post(&format!("/arenden/{case}/sakkunniga"), &again).await;
    assert!(refused.page.contains("har anknytning till sökanden"), "{}", refused.page);
}
