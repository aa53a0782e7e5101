//! An association's attendance over HTTP: files good and bad, reports, clashes, cards.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::domain::id::OrganisationId;
use bifall::services::{Actor, periods};
use bifall::store::{attendance, organisations};

use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;
use crate::support::dak;
use crate::support::dak::{girl, girls, occasion};

/// The treasurer of the large scouts, to whom the samples of bad files are addressed.
const SCOUT: &str = "Per Sandgren";
const HALF: &str = "/narvaro/2026-H1";

/// A file of the collection of bad ones: its name, its bytes, and what is said of it where it is refused.
type Bad = (&'static str, &'static [u8], Option<(&'static str, &'static str)>);

const BAD: [Bad; 10] = [
    ("duplicate_kod", include_bytes!("../../fixtures/attendance/bad/duplicate_kod.xml"), Some(("Rad 47", "används redan på rad 10"))),
    ("future_date", include_bytes!("../../fixtures/attendance/bad/future_date.xml"), Some(("Rad 10", "ligger i framtiden"))),
    ("iso-8859-1", include_bytes!("../../fixtures/attendance/bad/iso-8859-1.xml"), None),
    ("kort_not_int32", include_bytes!("../../fixtures/attendance/bad/kort_not_int32.xml"), Some(("Rad 5", "är för stort"))),
    ("personnummer_forms", include_bytes!("../../fixtures/attendance/bad/personnummer_forms.xml"), Some(("Rad 225", "tolv siffror"))),
    ("stop_before_start", include_bytes!("../../fixtures/attendance/bad/stop_before_start.xml"), Some(("Rad 10", "slutar inte efter"))),
    ("truncated", include_bytes!("../../fixtures/attendance/bad/truncated.xml"), Some(("Rad 65", "Filen är avbruten"))),
    (
        "unknown_person_ref",
        include_bytes!("../../fixtures/attendance/bad/unknown_person_ref.xml"),
        Some(("Rad 31", "finns inte i DeltagarRegister")),
    ),
    ("utf8_bom", include_bytes!("../../fixtures/attendance/bad/utf8_bom.xml"), None),
    ("xxe_entity", include_bytes!("../../fixtures/attendance/bad/xxe_entity.xml"), Some(("Rad 2", "DOCTYPE"))),
];

async fn send(browser: &Browser<'_>, name: &str, bytes: &[u8]) -> Answer {
    browser.upload(&format!("{HALF}/fil"), &[], ("fil", name), bytes).await
}

/// Sends a file and reads its report.
async fn report(browser: &Browser<'_>, name: &str, bytes: &[u8]) -> (String, Answer) {
    let sent = send(browser, name, bytes).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.page);
    let mut at = sent.location;
    let mut page = browser.get(&at).await;
    if page.status == StatusCode::SEE_OTHER {
        at = page.location;
        page = browser.get(&at).await;
    }
    assert_eq!(page.status, StatusCode::OK, "{name}");
    (at, page)
}

async fn id_of(town: &Town, at: usize) -> OrganisationId {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    organisations::by_number(&mut tx, &ASSOCIATIONS[at].number.replace('-', "")).await.unwrap().unwrap().id
}

async fn occasions(town: &Town) -> i64 {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    attendance::volume(&mut tx).await.unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_bad_file_is_answered_with_its_line_and_what_to_do() {
    let town = Town::new(Engine::Sqlite).await;
    let per = town.person(SCOUT).await;
    for (name, bytes, expected) in BAD {
        let before = occasions(&town).await;
        let (_, page) = report(&per, &format!("{name}.xml"), bytes).await;
        assert!(page.page.contains(&format!("{name}.xml")), "the file's own name");
        match expected {
            Some((line, message)) => {
                assert!(page.page.contains(line) && page.page.contains(message), "{name}: {}", page.page);
                let partly = name == "personnummer_forms";
                assert_eq!(page.page.contains("Inte inläst"), !partly, "{name}");
                assert_eq!(occasions(&town).await > before, partly, "{name} changed something");
            }
            None => assert!(page.page.contains("Hela filen är inläst"), "{name}: {}", page.page),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_attendance_file_is_told_apart_and_leaves_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let per = town.person(SCOUT).await;
    let organisation = id_of(&town, who::LARGE_SCOUTS).await;
    let imports = async || {
        let mut tx = town.demo.tenant.db.read().await.unwrap();
        attendance::imports(&mut tx, organisation).await.unwrap().len()
    };
    let before = imports().await;
    for (name, bytes, message) in [
        ("a.pdf", b"%PDF-1.7 x".as_slice(), "Det är en PDF"),
        ("b.xlsx", b"PK\x03\x04rest", "Det är en Excel-fil"),
        ("c.png", b"\x89PNG\r\n", "Det är en bild"),
        ("d.xml", b"", "Filen är tom"),
        ("", b"", "Välj den fil som ska skickas"),
    ] {
        let answer = send(&per, name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.page.contains(message), "{name}: {}", answer.page);
        assert!(answer.page.contains("href=\"#fil\""), "the summary leads to the field");
    }
    let no_form = per.post(&format!("{HALF}/fil"), &[("fil", "x")]).await;
    assert_eq!(no_form.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(imports().await, before, "nothing was kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_file_twice_has_one_effect_and_another_associations_file_none() {
    let town = Town::new(Engine::Sqlite).await;
    let per = town.person(SCOUT).await;
    let club = &ASSOCIATIONS[who::LARGE_SCOUTS];
    let file = dak::file(club.external, club.number, &[occasion("2026-02-03", "twice", &girls(0, 5))]);
    report(&per, "min fil.xml", &file).await;
    let once = occasions(&town).await;
    let (_, again) = report(&per, "min fil.xml", &file).await;
    assert!(again.page.contains("samma fil som ni skickade"), "{}", again.page);
    assert_eq!(occasions(&town).await, once);
    let other = &ASSOCIATIONS[who::RIDING];
    let foreign = dak::file(other.external, other.number, &[occasion("2026-02-03", "foreign", &girls(0, 5))]);
    let (at, refused) = report(&per, "fel.xml", &foreign).await;
    assert!(refused.page.contains("gäller en annan förening än er"), "{}", refused.page);
    assert_eq!(occasions(&town).await, once);
    // It is kept on the page of the half-year it was sent for, and nobody else opens it.
    assert!(at.starts_with(HALF), "{at}");
    let strangers = town.person("Malin Rask").await;
    assert_eq!(strangers.get(&at).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.person(personas::OFFICER).await.get(&at).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_sees_the_names_she_sent_corrects_one_and_leaves_the_rest_out() {
    let town = Town::new(Engine::Sqlite).await;
    let per = town.person(SCOUT).await;
    let (_, forms, _) = BAD[4];
    let (at, page) = report(&per, "personnummer_forms.xml", forms).await;
    assert!(page.page.contains("Alva Ekblad"), "{}", page.page);
    assert!(page.page.contains("Läs in resten, lämna dessa 31 markeringar utanför"));
    let wrong = per.post(&format!("{at}/ratta"), &[("rad", "225"), ("personnummer", "19900101-0000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("slutar på 0000") && wrong.page.contains("value=\"19900101-0000\""), "message and what was typed");
    let right = per.post(&format!("{at}/ratta"), &[("rad", "225"), ("personnummer", &girl(12).number())]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.page);
    let after = per.get(&at).await.page;
    assert!(after.contains("Rättad") && after.contains("lämna dessa 25 markeringar utanför"), "{after}");
    assert_eq!(per.post(&format!("{at}/lamna"), &[]).await.status, StatusCode::SEE_OTHER);
    let settled = per.get(&at).await.page;
    assert!(settled.contains("Lämnad utanför") && !settled.contains("Läs in resten"));
    let answer = per.get(&format!("{at}/svar.xml")).await.page;
    assert!(answer.contains("<Response OK=\"true\"/>"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_as_a_table_has_nothing_that_a_spreadsheet_reckons_with() {
    let town = Town::new(Engine::Sqlite).await;
    let per = town.person(SCOUT).await;
    let (_, forms, _) = BAD[4];
    let evil = String::from_utf8(forms.to_vec()).unwrap().replacen("<Foernamn>Alva</Foernamn>", "<Foernamn>=HYPERLINK(1)</Foernamn>", 1);
    let (at, _) = report(&per, "evil.xml", evil.as_bytes()).await;
    let table = per.get(&format!("{at}/rapport.csv")).await.page;
    assert!(table.contains("'=HYPERLINK(1)"), "{table}");
    assert!(!table.lines().any(|line| line.split(';').any(|cell| cell.trim_matches('"').starts_with('='))), "{table}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clash_is_answered_without_a_word_of_whose_the_other_one_is() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person("Hassan Yildiz").await;
    let path = format!("{HALF}/krockar");
    let page = hassan.get(&path).await.page;
    assert!(page.contains("En annan registrering") && page.contains("2 frågor väntar"), "{page}");
    // The demonstration's bar names everybody one may play; the page itself begins after it.
    let own = page.split("<main").nth(1).unwrap();
    assert!(!own.contains(ASSOCIATIONS[who::FLOORBALL].name), "the other association");
    let clash = page.split("id=\"krock-").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert_eq!(hassan.post(&format!("{path}/{clash}"), &[]).await.status, StatusCode::BAD_REQUEST);
    let answered = hassan.post(&format!("{path}/{clash}"), &[("svar", "behall")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.page);
    assert!(hassan.get(&path).await.page.contains("1 fråga väntar"));
    // The swimming club shares a protected girl with the judo club: nobody is asked about her.
    let malin = town.person("Malin Rask").await.get(&path).await.page;
    assert!(!malin.split("<main").nth(1).unwrap().contains("Judoklubb"));
    let reader = town.person(personas::HELPER).await;
    let football = id_of(&town, who::FOOTBALL).await.to_string();
    reader.post("/foretrad", &[("forening", &football)]).await;
    assert_eq!(reader.get(&path).await.status, StatusCode::OK);
    assert_eq!(reader.post(&format!("{path}/{clash}"), &[("svar", "avsta")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_close_a_file_is_received_and_the_page_says_that_it_changes_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let tenant = &town.demo.tenant;
    let after = "2026-08-26T08:00:00Z".parse().unwrap();
    town.demo.clock.move_to(tenant, after).await.unwrap();
    let mut tx = tenant.db.read().await.unwrap();
    let closed = bifall::store::snapshots::of_period(&mut tx, "aktivitetsstod", "2026-H1").await.unwrap().is_some();
    drop(tx);
    if !closed {
        let administrator = Actor::staff_named(tenant, personas::ADMINISTRATOR).await.unwrap();
        periods::close(tenant, &administrator, "aktivitetsstod", "2026-H1").await.unwrap();
    }
    let per = town.person(SCOUT).await;
    let club = &ASSOCIATIONS[who::LARGE_SCOUTS];
    let file = dak::file(club.external, club.number, &[occasion("2026-02-03", "late", &girls(0, 5))]);
    report(&per, "sen.xml", &file).await;
    let half = per.get(HALF).await.page;
    assert!(half.contains("den ändrar inte det som redan har räknats"), "{half}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_takes_the_place_of_cards_only_when_that_is_ticked() {
    let town = Town::new(Engine::Sqlite).await;
    let amira = town.person("Amira Kaya").await;
    let kort = "/narvaro/2026-H2/kort";
    let wrong = amira.post(kort, &[("namn", "Ungdom"), ("aktivitet", ""), ("plats", "Dojon")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Skriv vad gruppen gör") && wrong.page.contains("value=\"Ungdom\""));
    let group = amira.post(kort, &[("namn", "Ungdom"), ("aktivitet", "Judo"), ("plats", "Dojon")]).await.location;
    let group = group.split('?').next().unwrap().to_owned();
    for no in 0..3 {
        let number = girl(no).number();
        let fields = [("fornamn", "Åsa"), ("efternamn", "Öberg"), ("personnummer", number.as_str()), ("roll", "participant")];
        let added = amira.post(&format!("{group}/person"), &fields).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.page);
    }
    let page = amira.get(&group).await.page;
    assert!(page.contains("20140101-****") && !page.contains(&girl(0).number()), "masked");
    let form = amira.get(&format!("{group}/ny")).await.page;
    let people: Vec<&str> = form.split("id=\"p-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(people.len(), 3);
    let mut fields = vec![
        ("datum", "2026-08-11"),
        ("start", "18.00"),
        ("slut", "19.30"),
        ("aktivitet", "Judo"),
        ("plats", "Dojon"),
        ("typ", "training"),
    ];
    let nobody = amira.post(&format!("{group}/ny"), &fields).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.page.contains("Kryssa i vilka som var med") && nobody.page.contains("value=\"18.00\""), "typed text is kept");
    fields.extend(people.iter().map(|person| ("narvarande", *person)));
    fields.push(("idempotency_key", "a-card-once"));
    let saved = amira.post(&format!("{group}/ny"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page);
    assert_eq!(amira.post(&format!("{group}/ny"), &fields).await.location, saved.location, "a double click saves once");
    assert!(amira.get(&format!("{group}/utskrift")).await.page.contains("11/8 18.00"));

    let club = &ASSOCIATIONS[who::JUDO];
    let file = dak::file(club.external, club.number, &[occasion("2026-08-04", "f", &girls(0, 5))]);
    let path = "/narvaro/2026-H2/fil";
    let unasked = amira.upload(path, &[], ("fil", "h2.xml"), &file).await;
    assert_eq!(unasked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unasked.page.contains("Kryssa i att filen ska användas"), "{}", unasked.page);
    let agreed = amira.upload(path, &[("byt", "ja")], ("fil", "h2.xml"), &file).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    let half = amira.get("/narvaro/2026-H2").await.page;
    assert!(half.contains("h2.xml") && half.contains("Använd närvarokort i stället"), "{half}");
    assert_eq!(amira.post("/narvaro/2026-H2/kalla", &[("kalla", "hand")]).await.status, StatusCode::SEE_OTHER);
    assert!(amira.get("/narvaro/2026-H2").await.page.contains("Inskriven för hand"));
}
