//! The pages about reports: reminding, claiming back without one, and paying back in parts.

use axum::http::StatusCode;
use bifall::demo::personas;
use bifall::domain::id::CaseId;
use bifall::services::tasks::{self, Filled};
use bifall::services::{Actor, decisions};
use bifall::store::tasks as task_rows;

use super::visitors::Town;
use crate::support::Engine;

/// What stands between two marks of a page, the first time.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

async fn approve(town: &Town, case: CaseId) {
    let tenant = &town.demo.tenant;
    let anna = Actor::staff_named(tenant, personas::OFFICER).await.unwrap();
    let mut tx = tenant.db.read().await.unwrap();
    let task = task_rows::open_of_case(&mut tx, case).await.unwrap()[0].id;
    drop(tx);
    tasks::complete(tenant, &anna, task, "approve", &Filled::default(), "Redovisningen har inte kommit.").await.unwrap();
    town.work().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_without_a_report_says_so_everywhere_and_its_plan_asks_for_parts() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(personas::OFFICER).await;
    let list = anna.get("/redovisningar").await.page;
    let duty = between(&list, "href=\"/redovisningar/", "/aterkrav\"").rsplit("/redovisningar/").next().unwrap().to_owned();
    let first = anna.post("/redovisningar", &[("redovisning", &duty)]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.page);
    let second = anna.post("/redovisningar", &[("redovisning", &duty)]).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.page.contains("Redan påminda i dag: Unga Kören Exempelstad"), "{}", second.page);

    let opened = anna.post(&format!("/redovisningar/{duty}/aterkrav"), &[("skal", "Två påminnelser är utan svar.")]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.page);
    let case: CaseId = between(&opened.location, "/arenden/", "?").parse().unwrap();
    town.work().await;
    assert!(anna.get("/redovisningar").await.page.contains("Återkrav prövas"));
    let helena = town.person("Helena Borg").await;
    let own = format!("/mina-sidor/arenden/{case}");
    let todo = helena.get("/mina-sidor").await.page;
    assert!(todo.contains("Skicka in den innan återkravet är beslutat.") && todo.contains("Återkrav prövas"), "{todo}");
    let page = helena.get(&own).await.page;
    for words in
        ["Redovisningen har inte kommit in", "Kommunen öppnade ett ärende om återkrav.", "/ansok/arrangemangsbidrag-redovisning/2026"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    for words in ["Ta tillbaka redovisningen", "Redovisningen kom in", "Redovisningen registrerades", "/kvittens"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
    let receipt = helena.get(&format!("{own}/kvittens")).await;
    assert_eq!((receipt.status, receipt.location), (StatusCode::SEE_OTHER, own.clone()));
    let before = helena.get("/ansok/arrangemangsbidrag-redovisning/2026").await.page;
    assert!(before.contains("Börja redovisa") && !before.contains("Ni har redan lämnat in redovisningen"), "{before}");

    approve(&town, case).await;
    let page = helena.get(&own).await.page;
    assert!(page.contains("Kommunen kan komma att kräva tillbaka") && page.contains("Svara senast"), "{page}");
    town.demo.clock.move_by(&town.demo.tenant, 15).await.unwrap();
    town.work().await;
    approve(&town, case).await;
    let decider = Actor::staff_named(&town.demo.tenant, personas::OFFICER).await.unwrap();
    decisions::decide_batch(&town.demo.tenant, &decider, &[case]).await.unwrap().remove(0).result.unwrap();
    town.demo.clock.move_by(&town.demo.tenant, 1).await.unwrap();
    town.work().await;
    let todo = helena.get("/mina-sidor").await.page;
    assert!(todo.contains("Betala tillbaka") && todo.contains("Kommunen skickar en faktura."), "{todo}");
    assert!(helena.get(&own).await.page.contains("Betalas senast"));
    let plan = format!("/arenden/{case}/avbetalning");
    assert_eq!(anna.get(&plan).await.status, StatusCode::OK);
    for asked in ["?delar=&forsta=2026-12-01", "?delar=tre&forsta=2026-12-01", "?delar=3&forsta="] {
        let wrong = anna.get(&format!("{plan}{asked}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        assert!(wrong.page.contains("Skriv antal delar, 1 till 36, och första förfallodag."), "{asked}");
    }
    assert!(anna.get(&format!("{plan}?delar=3&forsta=2026-12-01")).await.page.contains("belopp-3"));
}
