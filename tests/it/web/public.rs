//! What everybody may read: the grants, the finder that runs their own rules, the calendar.

use axum::http::StatusCode;

use super::visitors::Town;
use crate::support::Engine;

/// What stands between two texts of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let after = page.split_once(from).unwrap_or_else(|| panic!("{from} is not on the page: {page}")).1;
    after.split_once(to).map_or(after, |(inside, _)| inside)
}

/// The part of the finder's answer about a grant.
fn answer_about<'a>(page: &'a str, grant: &str) -> &'a str {
    between(page, &format!("<h3><a href=\"/bidrag/{grant}\">"), "</li>\n<li class=\"sheet")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_says_what_one_can_get_until_when() {
    let town = Town::new(Engine::Sqlite).await;
    let page = town.anybody().get("/").await.page;
    assert!(page.contains("9,89\u{a0}kr per deltagartillfälle för flickor och kvinnor, 8,02\u{a0}kr för pojkar"), "{page}");
    let next = between(&page, "id=\"h-next\"", "</section>");
    assert!(next.contains("25 augusti 2026") && next.contains("om 5 dagar") && next.contains("januari–juni 2026"), "{next}");
    let english = town.anybody().get("/?lang=en").await.page;
    assert!(english.contains("9,89\u{a0}kr per participation for girls and women"), "{english}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_tells_its_own_rules_with_an_example_that_adds_up() {
    let town = Town::new(Engine::Sqlite).await;
    let page = town.anybody().get("/bidrag/aktivitetsstod").await.page;
    let figures = between(&page, "id=\"h-figures\"", "</section>");
    let girls = between(figures, "Flickor och kvinnor", "</tr>");
    assert!(girls.contains("9,89\u{a0}kr per deltagartillfälle") && girls.contains("sedan 1 januari 2026"), "{girls}");
    assert!(girls.contains("sedan 1 januari 2021: 8\u{a0}kr"), "the value before: {girls}");
    let late = between(figures, "Avdrag för sen ansökan", "</tr>");
    assert!(late.contains("upp till 7 dagar: 25\u{a0}%, upp till 21 dagar: 50\u{a0}%"), "{late}");
    // One can apply before everything else is read; nothing of the package's making is told.
    assert!(page.find("href=\"/ansok/aktivitetsstod/2026-H1\"").unwrap() < page.find("id=\"h-figures\"").unwrap(), "{page}");
    let versions = between(&page, "Version 1", "</li>");
    assert!(!versions.contains('('), "no hash: {versions}");
    // The package's first case: 80 * 9,89 + 40 * 8,02 + 8 * 8,02 = 1 176,16, rounded 1 176.
    let example = between(&page, "Räkneexempel", "</section>");
    assert!(example.contains("1\u{202f}176\u{a0}kr"), "{example}");
    assert!(page.contains("Kultur- och fritidsnämnden 11 december 2025, § 142"));
    assert_eq!(town.anybody().get("/bidrag/finns-inte").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_finder_asks_what_the_rules_need_and_answers_as_they_do() {
    let town = Town::new(Engine::Sqlite).await;
    let anybody = town.anybody();
    let asked = anybody.get("/vilka-bidrag").await.page;
    assert!(asked.contains("Har ni ett gällande godkännande: Godkänd förening?"), "{asked}");
    assert!(asked.contains("Antal medlemmar som är 7–25 år"), "a band that rules tell apart: {asked}");

    // Approved, few members: the activity grant is open to her, the start grant wants more members.
    let few = anybody.get("/vilka-bidrag?fraga=ja&svar=ja&godkand-godkand-forening=ja&medlemmar-0=&medlemmar-1=3").await.page;
    assert!(answer_about(&few, "aktivitetsstod").contains("Ni kan söka"), "{few}");
    let start = answer_about(&few, "startbidrag");
    assert!(start.contains("Ni kan inte söka än") && start.contains('3'), "with the visitor's own number: {start}");

    // Not approved: the activity grant says why, with the paragraph, and the approval itself can be sought.
    let not = anybody.get("/vilka-bidrag?fraga=ja&svar=ja&godkand-godkand-forening=nej").await.page;
    let activity = answer_about(&not, "aktivitetsstod");
    assert!(activity.contains("Ni kan inte söka än") && activity.contains("Vem som kan få bidrag"), "{activity}");
    assert!(!activity.contains("/ansok/"), "nothing to press: {activity}");

    // What is not told is not held against her.
    let silent = anybody.get("/vilka-bidrag?fraga=ja&svar=ja").await.page;
    assert!(answer_about(&silent, "aktivitetsstod").contains("Beror på"), "{silent}");

    let wrong = anybody.get("/vilka-bidrag?fraga=ja&svar=ja&medlemmar-1=tre").await.page;
    assert!(wrong.contains("Skriv ett helt tal") && wrong.contains("value=\"tre\"") && !wrong.contains("id=\"svar\""), "{wrong}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_who_is_logged_in_the_register_answers() {
    let town = Town::new(Engine::Sqlite).await;
    let page = town.person("Hassan Yildiz").await.get("/vilka-bidrag").await.page;
    assert!(page.contains("för Norrängens FK"), "{page}");
    assert!(answer_about(&page, "aktivitetsstod").contains("Ni har sökt"), "it has: {page}");
    assert!(answer_about(&page, "godkand-forening").contains("Ni är godkända"), "it is: {page}");
    assert!(answer_about(&page, "arrangemangsbidrag").contains("Ni kan söka"), "it may: {page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calendar_is_one_that_other_calendars_read() {
    let town = Town::new(Engine::Sqlite).await;
    let file = town.anybody().get("/kalender.ics").await.page;
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"), "{file}");
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "lines are folded and end with CR LF");
    let unfolded = file.replace("\r\n ", "");
    let uids: Vec<&str> = unfolded.lines().filter(|line| line.starts_with("UID:")).collect();
    let events = unfolded.matches("BEGIN:VEVENT").count();
    assert!(events >= 4 && uids.len() == events, "{unfolded}");
    assert_eq!(uids.iter().collect::<std::collections::BTreeSet<_>>().len(), events, "each has an identity of its own");
    assert_eq!(unfolded.matches("DTSTAMP:20260820T").count(), events);
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20260825") && unfolded.contains("Aktivitetsstöd januari–juni 2026"), "{unfolded}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_accessible_is_reported_by_anybody_and_the_municipality_gets_a_mail() {
    let town = Town::new(Engine::Sqlite).await;
    let anybody = town.anybody();
    let page = anybody.get("/tillganglighet").await.page;
    assert!(page.contains("action=\"/tillganglighet\"") && page.contains("Vad fungerar inte?"), "{page}");
    let wrong = anybody.post("/tillganglighet", &[("text", ""), ("email", "ingen-adress"), ("page", "Kalendern")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Berätta vad som inte fungerar.") && wrong.page.contains("value=\"Kalendern\""), "{}", wrong.page);
    assert!(wrong.page.contains("eller lämna rutan tom"), "{}", wrong.page);
    let mails = async || {
        let mut tx = town.demo.tenant.db.read().await.unwrap();
        let all = bifall::store::outbox::newest(&mut tx, 500).await.unwrap();
        let messages = all.iter().map(|row| serde_json::from_slice::<bifall::integrations::mail::Message>(&row.request).unwrap());
        messages.filter(|mail| mail.subject == "Anmälan om bristande tillgänglighet i bidragstjänsten").collect::<Vec<_>>()
    };
    assert!(mails().await.is_empty(), "nothing was sent");
    let report = [("text", "Läsaren säger <inget>."), ("page", "Kalendern")];
    for _ in 0..2 {
        let sent = anybody.post("/tillganglighet", &report).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/tillganglighet?kvitto=brist"));
    }
    let sent = mails().await;
    assert_eq!(sent.len(), 1, "the same report once");
    assert_eq!(sent[0].to, town.demo.tenant.profile.email);
    assert!(sent[0].text.contains("Läsaren säger <inget>.") && sent[0].text.contains("Namn: inte angivet"), "{}", sent[0].text);
    assert!(sent[0].html.contains("&lt;inget&gt;"), "{}", sent[0].html);
    assert!(anybody.get("/tillganglighet?kvitto=brist").await.page.contains("Tack, din anmälan är skickad"));
}
