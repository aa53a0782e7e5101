//! Conflict of interest on the pages: declared in a case, which is gone from that moment by every address; ties and the
//! register of them.

use axum::http::{Method, StatusCode};
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::{ADMINISTRATOR, AUDITOR, HEAD, OFFICER, REVIEWER, TIED_OFFICER};
use bifall::services::conflicts::register;
use bifall::services::{Actor, organisations};
use bifall::web::site::routes::{self, Access};

use super::matrix;
use super::visitors::Town;
use crate::support::Engine;

/// What a page says, without the numbers in it: neither the case's nor the incident's.
fn without_numbers(page: &str) -> String {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).map_or(page, |(main, _)| main);
    main.split(|sign: char| !(sign.is_ascii_hexdigit() || sign == '-')).filter(|word| word.len() < 32).collect::<Vec<_>>().join(" ")
}

async fn turned_away(town: &Town, name: &str) -> usize {
    let auditor = Actor::staff(&town.demo.tenant, town.user(AUDITOR).await).await.unwrap();
    let found = register::read(&town.demo.tenant, &auditor).await.unwrap();
    found.people.iter().find(|person| person.user.name == name).unwrap().turned_away
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declared_case_is_gone_by_every_address_and_each_attempt_is_noted() {
    let town = Town::new(Engine::Sqlite).await;
    let objects = matrix::objects::of_association_a(&town).await;
    let (case, anna) = (objects["case"].clone(), town.person(OFFICER).await);
    let page = format!("/arenden/{case}");
    let before = anna.get(&page).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(before.page.contains(&format!("{page}/jav")), "the case leads there");
    // Without a ground, and with the one that needs words: said at the place, and what was typed is kept.
    let empty = anna.post(&format!("{page}/jav"), &[("ord", "Jag sjunger i kören.")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.page.contains("Välj vad jävet beror på.") && empty.page.contains("Jag sjunger i kören."));
    let other = anna.post(&format!("{page}/jav"), &[("grund", "other")]).await;
    assert!(other.page.contains("Skriv vilken omständighet det är."), "{}", other.status);
    let done = anna.post(&format!("{page}/jav"), &[("grund", "close"), ("ord", "Min syster är kassör.")]).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/arenden?kvitto=jav"));
    assert!(anna.get(&done.location).await.page.contains("Jävet är anmält"));

    let nothing = "0190ffff-ffff-7fff-bfff-ffffffffffff";
    let mut tried = 0;
    for route in routes::all().into_iter().filter(|route| route.path.contains("{case}")) {
        // What is for those who act for associations is not hers at all.
        if matches!(route.access, Access::Applicant(_)) {
            continue;
        }
        let address = matrix::objects::fill(route.path, &objects);
        let unknown = address.replace(&case, nothing);
        let filled = [("saknas", "Avtalet"), ("senast", "2026-09-10"), ("foljd", "Vi avgör utan."), ("grund", "close")];
        let (hers, none) = match route.method {
            Method::GET => (anna.get(&address).await, anna.get(&unknown).await),
            _ => (anna.post(&address, &filled).await, anna.post(&unknown, &filled).await),
        };
        // A meeting whose minutes are announced says so whatever case it is asked about.
        let says_before = route.path.starts_with("/namnd/{meeting}") && hers.status == StatusCode::UNPROCESSABLE_ENTITY;
        assert!(hers.status == StatusCode::NOT_FOUND || says_before, "{} {}: {}", route.method, route.path, hers.status);
        assert_eq!((none.status, without_numbers(&none.page)), (hers.status, without_numbers(&hers.page)), "{}", route.path);
        tried += 1;
    }
    assert!(tried > 30, "only {tried} addresses with a case");
    // Addresses whose task, decision or draft is nobody's say so before they know of a case.
    let noted = turned_away(&town, OFFICER).await;
    assert!(noted > 25 && noted <= tried, "{noted} of {tried}");

    let number = number_of(&before.page);
    for list in ["/arenden?att_gora=alla&handlaggare=alla", &format!("/arenden?sok={}", number.replace(' ', "+")), "/beslut"] {
        let found = anna.get(list).await;
        assert!(found.status == StatusCode::OK && !found.page.contains(&case), "{list}");
    }
    assert!(!anna.get(&format!("/foreningar/{}", objects["forening"])).await.page.contains(&case));
    // Her colleague reads that she has declared it, and not why; who judges it reads her words.
    let margareta = town.person(HEAD).await.get(&page).await;
    assert!(margareta.page.contains("Anna Lindqvist har anmält jäv och deltar inte"));
    let (auditor, bo) = (town.person(AUDITOR).await, town.person(REVIEWER).await);
    assert!(auditor.get(&format!("{page}/jav")).await.page.contains("Min syster är kassör."));
    assert!(!bo.get(&format!("{page}/jav")).await.page.contains("Min syster är kassör."));
    assert!(bo.get(&format!("{page}/jav")).await.page.contains("anmäler jäv och deltar varken i handläggning eller beslut"));
}

fn number_of(page: &str) -> String {
    let at = page.find("KFN 2026/").unwrap();
    page[at..].chars().take_while(|sign| sign.is_alphanumeric() || [' ', '/'].contains(sign)).collect::<String>().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_person_lets_somebody_take_part_and_takes_it_back() {
    let town = Town::new(Engine::Sqlite).await;
    let case = matrix::a_case(&town).await;
    let (david, gunvor) = (town.person(ADMINISTRATOR).await, town.person(TIED_OFFICER).await);
    let page = format!("/arenden/{case}");
    assert_eq!(gunvor.get(&page).await.status, StatusCode::NOT_FOUND);
    let whom = town.user(TIED_OFFICER).await.to_string();
    let bo = town.person(REVIEWER).await;
    let not_his = bo.post(&format!("{page}/jav/undantag"), &[("vem", &whom), ("varfor", "no_importance"), ("skal", "Ja")]).await;
    assert!(not_his.page.contains("Bara en administratör eller en delegat i nämnden kan avgöra det."), "{}", not_his.status);
    let silent = david.post(&format!("{page}/jav/undantag"), &[("vem", &whom), ("varfor", "no_importance"), ("skal", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.page.contains("Skriv skälen."));
    let reason = "Hon har lämnat styrelsen.";
    let done = david.post(&format!("{page}/jav/undantag"), &[("vem", &whom), ("varfor", "no_importance"), ("skal", reason)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    let hers = gunvor.get(&page).await;
    assert_eq!(hers.status, StatusCode::OK);
    assert!(hers.page.contains("Gunvor Wallin deltar trots jäv enligt David Ström") && hers.page.contains(reason));
    let register = david.get("/bindningar/alla").await.page;
    assert!(register.contains("Avgjort av David Ström") && register.contains(&page));
    // She takes part in that case alone: the association itself is still not there for her.
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let association = bifall::store::organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id;
    drop(tx);
    assert_eq!(gunvor.get(&format!("/foreningar/{association}")).await.status, StatusCode::NOT_FOUND);
    let ended = david.post(&format!("{page}/jav/undantag/{whom}/ta-bort"), &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(gunvor.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_ties_are_asked_for_entered_and_ended() {
    let town = Town::new(Engine::Sqlite).await;
    let bo = town.person(REVIEWER).await;
    assert!(bo.get("/arenden").await.page.contains("Gå igenom dina bindningar för 2026"));
    assert_eq!(bo.post("/bindningar/bekrafta", &[]).await.location, "/bindningar?kvitto=genomgangna");
    assert!(!bo.get("/arenden").await.page.contains("Gå igenom dina bindningar för 2026"));
    let wrong = bo.post("/bindningar", &[("forening", "Finns inte"), ("slag", "board")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Ingen förening i registret heter så.") && wrong.page.contains("Finns inte"));
    let choir = ASSOCIATIONS[who::CHOIR].name;
    let done = bo.post("/bindningar", &[("forening", choir), ("slag", "board"), ("fran", ""), ("till", "")]).await;
    assert_eq!(done.location, "/bindningar?kvitto=bindning", "{}", done.page);
    let mine = bo.get("/bindningar").await.page;
    assert!(mine.contains(choir) && mine.contains("Styrelseuppdrag eller revisor"));
    let end = mine.split('"').find(|text| text.ends_with("/avsluta")).unwrap().to_owned();
    assert!(bo.post(&end, &[("sista", "2020-01-01")]).await.page.contains("Välj i dag eller en senare dag."));
    let today = town.demo.tenant.clock.today().to_string();
    assert_eq!(bo.post(&end, &[("sista", &today)]).await.location, "/bindningar?kvitto=bindning-slut");
    // The administrator reads all of it and enters what others have told her; the auditor reads.
    let (david, eva) = (town.person(ADMINISTRATOR).await, town.person(AUDITOR).await);
    let whom = town.user(OFFICER).await.to_string();
    let nobody = david.post("/bindningar/alla", &[("forening", choir), ("slag", "member")]).await;
    assert!(nobody.page.contains("Välj vem det gäller."));
    let entered = david.post("/bindningar/alla", &[("vem", &whom), ("forening", choir), ("slag", "member")]).await;
    assert_eq!(entered.location, "/bindningar/alla?kvitto=bindning", "{}", entered.page);
    let all = eva.get("/bindningar/alla").await.page;
    assert!(all.contains("Anna Lindqvist") && all.contains(choir) && !all.contains("Lägg till en bindning för någon"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_asks_whether_the_name_in_the_register_is_hers() {
    let town = Town::new(Engine::Sqlite).await;
    let objects = matrix::objects::of_association_a(&town).await;
    let page = format!("/arenden/{}", objects["case"]);
    let club = objects["forening"].parse().unwrap();
    organisations::add_contact(&town.demo.tenant, &Actor::Service, club, "Bo Nyberg", "bo@forening.example", "kassör").await.unwrap();
    let bo = town.person(REVIEWER).await;
    let asked = bo.get(&page).await.page;
    assert!(asked.contains("Är det du?") && asked.contains("(kassör)"));
    assert!(bo.get("/bindningar").await.page.contains("Är det du?"));
    let no = [("forening", objects["forening"].as_str()), ("arende", objects["case"].as_str()), ("svar", "nej")];
    assert_eq!(bo.post("/bindningar/forslag", &no).await.location, format!("{page}?kvitto=inte-jag"));
    assert!(!bo.get(&page).await.page.contains("Är det du?"));
    // Another of the same name says yes.
    organisations::add_contact(&town.demo.tenant, &Actor::Service, club, OFFICER, "anna@forening.example", "ordförande").await.unwrap();
    let anna = town.person(OFFICER).await;
    let yes = [("forening", objects["forening"].as_str()), ("arende", objects["case"].as_str()), ("svar", "ja")];
    assert_eq!(anna.post("/bindningar/forslag", &yes).await.location, "/bindningar?kvitto=bindning");
    assert_eq!(anna.get(&page).await.status, StatusCode::NOT_FOUND);
}
