//! How a sum came about, for officers: the marks that a line cut, the lines of the rules, and the budget that a batch burdens.

use axum::http::StatusCode;
use bifall::demo::personas::{ADMINISTRATOR, OFFICER};
use bifall::domain::Money;
use bifall::services::Actor;
use bifall::services::budgets::{self, Which};
use bifall::services::cases::views;

use super::visitors::Town;
use crate::support::Engine;

/// The page without the demonstration's bar, which names everybody one may play.
fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_line_of_the_account_to_the_marks_it_cut_and_the_rule_that_cut_them() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let actor = Actor::staff_named(&town.demo.tenant, OFFICER).await.unwrap();
    let list = anna.get("/arenden?handlaggare=alla&att_gora=alla&bidrag=aktivitetsstod").await.page;
    let cases: Vec<&str> =
        list.split("href=\"/arenden/").skip(1).filter_map(|rest| rest.split('"').next()).filter(|id| id.len() == 36).collect();
    let mut looked = 0;
    for id in cases {
        let view = views::case(&town.demo.tenant, &actor, id.parse().unwrap()).await.unwrap();
        let Some(done) = view.calculated else { continue };
        let Some(line) = done.evaluation.account.iter().find(|line| line.marks < 0) else { continue };
        let address = format!("/arenden/{id}/markeringar?rad={}", line.id);
        assert!(own(&anna.get(&format!("/arenden/{id}")).await.page).contains(&format!("href=\"{address}\"")), "no way from the account");
        let page = anna.get(&address).await;
        assert_eq!(page.status, StatusCode::OK);
        // Every mark that the line cut is listed, page by page, and none of another line.
        let (mut rows, mut next) = (0, Some(address));
        while let Some(address) = next {
            let page = anna.get(&address).await.page;
            let page = own(&page);
            let here = page.matches("<th scope=\"row\">Person ").count();
            assert!(here <= 50 && page.matches(&*line.text.sv).count() >= here, "{page}");
            rows += here;
            next =
                page.split(" rel=\"next\"").next().filter(|before| before.len() < page.len()).map(|before| {
                    before.rsplit("href=\"").next().unwrap().trim_end_matches('"').replace("&#38;", "&").replace("&amp;", "&")
                });
        }
        assert_eq!(i64::try_from(rows).unwrap(), -line.marks, "{}", line.id);
        let steps = anna.get(&format!("/arenden/{id}/steg")).await.page;
        let steps = own(&steps);
        for row in done.evaluation.rows.iter().filter(|row| row.id == "flickor_och_kvinnor") {
            let step = steps.split("<tr>").find(|step| step.contains("flickor_och_kvinnor")).expect("the rule that wrote the row");
            assert!(step.contains(&row.text.sv), "{step}");
        }
        assert!(!steps.contains("fn eligible"), "the head of a function gives nothing");
        looked += 1;
        if looked == 3 {
            break;
        }
    }
    assert!(looked > 0, "no case in which a line cut anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_tells_what_is_left_of_the_years_budget() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let batch = "/beslut?omgang=arrangemangsbidrag/2026";
    assert!(!own(&anna.get(batch).await.page).contains("Årets budget 2026"), "none is set");
    let david = Actor::staff_named(&town.demo.tenant, ADMINISTRATOR).await.unwrap();
    let which = Which { grant_type: "arrangemangsbidrag", unit: "KFN", year: 2026 };
    let set = budgets::set(&town.demo.tenant, &david, which, Money::from_ore(10_000_000)).await.unwrap();
    let left = set.amount_ore.ore() - set.used_ore.ore();
    let page = anna.get(batch).await.page;
    assert!(own(&page).contains("Årets budget 2026") && own(&page).contains(&format!("id=\"bunt-kvar\" data-ore=\"{left}\"")), "{page}");
    assert!(own(&page).contains("id=\"bunt-over\" hidden"), "{page}");
    // Another grant's batch is another budget.
    assert!(!own(&anna.get("/beslut?omgang=lokalbidrag/2026").await.page).contains("Årets budget 2026"));
}
