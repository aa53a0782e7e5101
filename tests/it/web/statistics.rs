//! Statistics over HTTP: one sentence, bars, the same figures in a table and in a file.

use axum::http::StatusCode;
use bifall::demo::personas::{ADMINISTRATOR, AUDITOR, REVIEWER};

use super::visitors::Town;
use crate::support::Engine;

/// The table's rows without their markup, cell by cell.
fn cells(page: &str) -> Vec<Vec<String>> {
    let body = page.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    let rows = body.split("<tr>").skip(2);
    let text = |cell: &str| {
        let (mut text, mut inside) = (String::new(), true);
        for sign in format!(">{cell}").chars() {
            match sign {
                '<' => inside = false,
                '>' => inside = true,
                _ if inside => text.push(sign),
                _ => {}
            }
        }
        text.trim().to_owned()
    };
    rows.map(|row| {
        row.split("</t").map(|cell| text(cell.split_once('>').map_or("", |(_, rest)| rest))).filter(|cell| !cell.is_empty()).collect()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_has_the_figures_of_the_page() {
    let town = Town::new(Engine::Sqlite).await;
    let auditor = town.person(AUDITOR).await;
    let page = auditor.get("/statistik").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.page.contains("är beviljade i") && page.page.contains("<rect"), "{}", page.page);
    assert!(!page.page.contains("Lägg in en periods budget"), "an auditor reads");
    let file = auditor.get("/statistik.csv").await.page;
    let lines: Vec<Vec<&str>> =
        file.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty()).map(|line| line.split(';').collect()).collect();
    let shown = cells(&page.page);
    assert_eq!(lines.len(), shown.len() + 1, "a heading more than rows: {file}");
    let figures = |text: &str| {
        text.chars().filter(|sign| sign.is_ascii_digit() || *sign == ',').collect::<String>().trim_end_matches(",00").to_owned()
    };
    for (line, row) in lines.iter().skip(1).zip(&shown) {
        assert_eq!(line[0], row[0]);
        let period = usize::from(!line[1].is_empty());
        for (at, cell) in line[2..8].iter().enumerate() {
            assert_eq!(figures(cell), figures(&row[at + 1 + period]), "{row:?}");
        }
    }
    let one = auditor.get("/statistik?bidrag=aktivitetsstod&period=2025-H2").await.page;
    assert!(
        one.contains("/statistik.csv?bidrag=aktivitetsstod&amp;period=2025-H2")
            || one.contains("/statistik.csv?bidrag=aktivitetsstod&#38;period=2025-H2"),
        "{one}"
    );
    assert!(one.contains("/arenden?att_gora=alla"), "{one}");
    let english = auditor.get("/statistik?lang=en").await.page;
    assert!(english.contains("has been granted in"), "{english}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_is_entered_with_its_decision_and_what_was_typed_is_kept() {
    let town = Town::new(Engine::Sqlite).await;
    let david = town.person(ADMINISTRATOR).await;
    let wrong = david.post("/statistik/budget", &[("omgang", "aktivitetsstod/2026-H1"), ("belopp", "mycket"), ("underlag", "§ 140")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("value=\"mycket\"") && wrong.page.contains("id=\"belopp-error\""), "{}", wrong.page);
    assert!(wrong.page.contains("value=\"aktivitetsstod/2026-H1\" selected"), "{}", wrong.page);
    let right =
        david.post("/statistik/budget", &[("omgang", "aktivitetsstod/2026-H1"), ("belopp", "8 500 000"), ("underlag", "KFN § 140")]).await;
    assert_eq!(right.location, "/statistik?kvitto=budget");
    let page = david.get("/statistik").await.page;
    assert!(page.contains("8\u{202f}500\u{202f}000\u{a0}kr") && page.contains("KFN § 140"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_years_budget_is_set_on_its_page_by_who_administers_or_pays() {
    let town = Town::new(Engine::Sqlite).await;
    let (auditor, david, bo) = (town.person(AUDITOR).await, town.person(ADMINISTRATOR).await, town.person(REVIEWER).await);
    assert!(auditor.get("/statistik").await.page.contains("href=\"/budget\""));
    let read = auditor.get("/budget").await.page;
    assert!(read.contains("Årets budget") && read.contains("Aktivitetsstöd") && read.contains("Startbidrag"), "the town has two: {read}");
    assert!(!read.contains("action=\"/budget\""), "an auditor reads");
    assert_eq!(auditor.post("/budget", &[]).await.status, StatusCode::NOT_FOUND);
    let kept = david.post("/budget", &[("bidrag", ""), ("namnd", "KFN"), ("ar", "26"), ("belopp", "mycket")]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["bidrag", "ar", "belopp"] {
        assert!(kept.page.contains(&format!("id=\"{field}-error\"")), "{field}: {}", kept.page);
    }
    assert!(kept.page.contains("value=\"26\"") && kept.page.contains("value=\"mycket\""), "{}", kept.page);
    let set = [("bidrag", "arrangemangsbidrag"), ("namnd", "KFN"), ("ar", "2026"), ("belopp", "250 000")];
    let saved = bo.post("/budget", &set).await;
    assert_eq!(saved.location, "/budget?kvitto=arsbudget", "{}", saved.page);
    let shown = bo.get(&saved.location).await.page;
    assert!(shown.contains("Arrangemangsbidrag") && shown.contains("250\u{202f}000\u{a0}kr"), "{shown}");
    // Less than what is granted already is refused with words, and the form keeps what was typed.
    let low = bo.post("/budget", &[("bidrag", "startbidrag"), ("namnd", "KFN"), ("ar", "2026"), ("belopp", "1")]).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.page.contains("Det är redan beviljat mer än") && low.page.contains("value=\"1\""), "{}", low.page);
}
