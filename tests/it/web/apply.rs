//! Applying over HTTP: what bad input does, and that nothing typed is lost and nothing happens twice.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::store::{cases, drafts, organisations};

use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;

/// A chair who signs for the football club.
const CHAIR: &str = "Hassan Yildiz";
/// Somebody who signs for another club.
const STRANGER: &str = "Malin Rask";

/// Begins an application for an event grant, which the football club has none of.
async fn begin(browser: &Browser<'_>) -> String {
    let begun = browser.post("/ansok/arrangemangsbidrag/2026", &[("idempotency_key", "begin")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.page);
    assert!(begun.location.starts_with("/utkast/"), "{}", begun.location);
    begun.location
}

/// The first section as it is sent from a page that saw nothing yet.
fn event<'f>(what: &'f str, version: &'f str) -> [(&'f str, &'f str); 8] {
    [
        ("finns", "beskrivning"),
        ("v.beskrivning", version),
        ("beskrivning", what),
        ("finns", "datum"),
        ("datum", "2026-11-20"),
        ("finns", "oppet"),
        ("oppet", "ja"),
        ("v.oppet", version),
    ]
}

/// The second section, filled in.
const MONEY: [(&str, &str); 14] = [
    ("finns", "kalkyl"),
    ("kalkyl.0.kind", "cost"),
    ("kalkyl.0.text", "Scen"),
    ("kalkyl.0.amount", "60 000"),
    ("kalkyl.1.kind", "income"),
    ("kalkyl.1.text", "Biljetter"),
    ("kalkyl.1.amount", "35000,00 kr"),
    ("finns", "sokt_belopp"),
    ("sokt_belopp", "25000"),
    ("finns", "kontonummer"),
    ("kontonummer.kind", "bankgiro"),
    ("kontonummer.number", "5012-3454"),
    ("finns", "intygar"),
    ("intygar", "ja"),
];

pub(super) async fn fill(browser: &Browser<'_>, draft: &str) {
    let first = browser.post(&format!("{draft}/del/arrangemang"), &event("Kulturdag", "0")).await;
    assert_eq!((first.status, first.location), (StatusCode::SEE_OTHER, format!("{draft}/del/ekonomi")), "{}", first.page);
    let page = browser.get(&format!("{draft}/del/ekonomi")).await.page;
    let seen = version(&page, "kontonummer");
    let fields: Vec<(&str, &str)> = MONEY.into_iter().chain([("v.kontonummer", seen.as_str())]).collect();
    let second = browser.post(&format!("{draft}/del/ekonomi"), &fields).await;
    assert_eq!((second.status, second.location.as_str()), (StatusCode::SEE_OTHER, draft), "{}", second.page);
}

/// The version of an answer as a page shows it.
fn version(page: &str, field: &str) -> String {
    let from = page.split(&format!("name=\"v.{field}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {field} in {page}"));
    from.split('"').next().unwrap().to_owned()
}

async fn cases_of_the_club(town: &Town) -> usize {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let club = organisations::by_number(&mut tx, &number).await.unwrap().unwrap();
    cases::of_organisation(&mut tx, club.id).await.unwrap().iter().filter(|case| case.grant_type == "arrangemangsbidrag").count()
}

fn says(answer: &Answer, text: &str) {
    assert!(answer.page.contains(text), "{} does not say {text:?}: {}", answer.status, answer.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_first_page_to_the_receipt_without_a_script() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    says(&hassan.get("/mina-sidor").await, "/ansok/arrangemangsbidrag/2026");
    says(&hassan.get("/ansok/arrangemangsbidrag").await, "");
    says(&hassan.get("/ansok/arrangemangsbidrag/2026").await, "Börja ansökan");
    let draft = begin(&hassan).await;
    says(&hassan.get(&draft).await, "Kan inte påbörjas än");
    let early = hassan.get(&format!("{draft}/skriv-under")).await;
    says(&early, "Allt är inte ifyllt än");
    fill(&hassan, &draft).await;
    let list = hassan.get(&draft).await;
    says(&list, "2 av 2 delar är klara");
    let check = hassan.get(&format!("{draft}/granska")).await;
    says(&check, "25\u{202f}000\u{a0}kr");
    says(&check, &format!("{draft}/del/ekonomi?till=granska#sokt_belopp"));
    // Change one answer and come straight back.
    let page = hassan.get(&format!("{draft}/del/ekonomi?till=granska")).await.page;
    let seen = version(&page, "sokt_belopp");
    let changed = [("finns", "sokt_belopp"), ("v.sokt_belopp", seen.as_str()), ("sokt_belopp", "24 500,50"), ("till", "granska")];
    let back = hassan.post(&format!("{draft}/del/ekonomi"), &changed).await;
    assert_eq!(back.location, format!("{draft}/granska#ekonomi"), "{}", back.page);
    let unticked = hassan.post(&format!("{draft}/skriv-under"), &[("idempotency_key", "sign")]).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&unticked, "Kryssa i försäkran");
    let signed = hassan.post(&format!("{draft}/skriv-under"), &[("intygar", "ja"), ("idempotency_key", "sign")]).await;
    assert!(signed.location.ends_with("/kvittens"), "{} {}", signed.status, signed.page);
    let receipt = hassan.get(&signed.location).await;
    says(&receipt, "Ansökan är inlämnad");
    says(&receipt, "KFN 2026/");
    let case = hassan.get(signed.location.trim_end_matches("/kvittens")).await;
    says(&case, "Ansökan kom in, underskriven av Hassan Yildiz.");
    // Double click, another tab, the back button: one effect, the same receipt.
    for key in ["sign", "another tab", "back button"] {
        let again = hassan.post(&format!("{draft}/skriv-under"), &[("intygar", "ja"), ("idempotency_key", key)]).await;
        assert_eq!(again.location, signed.location, "{key}");
    }
    assert_eq!(cases_of_the_club(&town).await, 1);
    let stale = hassan.post(&format!("{draft}/del/arrangemang"), &event("Efteråt", "1")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    says(&stale, "redan inlämnad");
}

/// Attendance may come later; she is told what she would get without it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_applies_without_attendance_is_told_so_before_she_signs() {
    let town = Town::new(Engine::Sqlite).await;
    let linn = town.person("Linn Isaksson").await;
    let begun = linn.post("/ansok/aktivitetsstod/2026-H1", &[("idempotency_key", "begin")]).await;
    let draft = begun.location;
    assert!(draft.starts_with("/utkast/"), "{draft}: {}", begun.page);
    let section = [("finns", "narvaro_stammer"), ("narvaro_stammer", "ja")];
    assert_eq!(linn.post(&format!("{draft}/del/narvaro"), &section).await.status, StatusCode::SEE_OTHER);
    let rest = [("finns", "ny_lokal"), ("ny_lokal", "nej")];
    assert_eq!(linn.post(&format!("{draft}/del/verksamhet"), &rest).await.status, StatusCode::SEE_OTHER);
    let check = linn.get(&format!("{draft}/granska")).await.page;
    assert!(check.contains("Ingen närvaro har kommit in") && check.contains("Utan närvaro blir bidraget 0 kr."), "{check}");
    assert!(check.contains("href=\"/narvaro\""), "{check}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_beginning_finds_the_draft_and_offers_to_begin_anew() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    let before = hassan.get("/ansok/arrangemangsbidrag/2026").await;
    says(&before, "Ni har redan ett utkast");
    says(&before, &format!("href=\"{draft}\""));
    let same = hassan.post("/ansok/arrangemangsbidrag/2026", &[("idempotency_key", "other")]).await;
    assert_eq!(same.location, draft);
    let anew = hassan.post("/ansok/arrangemangsbidrag/2026", &[("hur", "om"), ("idempotency_key", "anew")]).await;
    assert_ne!(anew.location, draft);
    assert_eq!(hassan.get(&draft).await.location, "/mina-sidor", "the thrown away one leads back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_show_both_answers_and_one_of_them_is_chosen() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    let page = format!("{draft}/del/arrangemang");
    hassan.post(&page, &event("Från första fliken", "0")).await;
    let second = hassan.post(&page, &event("Från andra fliken", "0")).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&second, "Från första fliken");
    says(&second, "Från andra fliken</textarea>");
    says(&second, "Välj vilket svar som ska gälla");
    assert_eq!(version(&second.page, "beskrivning"), "1", "saving now means one's own");
    let theirs: Vec<(&str, &str)> = event("Från andra fliken", "1").into_iter().chain([("anvand", "beskrivning")]).collect();
    assert_eq!(hassan.post(&page, &theirs).await.status, StatusCode::SEE_OTHER);
    says(&hassan.get(&page).await, "Från första fliken</textarea>");
    assert_eq!(hassan.post(&page, &event("Från andra fliken", "1")).await.status, StatusCode::SEE_OTHER);
    says(&hassan.get(&page).await, "Från andra fliken</textarea>");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_said_at_its_place_and_everything_typed_stays() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    let fields = [
        ("finns", "sokt_belopp"),
        ("sokt_belopp", "tolv <b>tusen</b>"),
        ("finns", "kalkyl"),
        ("kalkyl.0.kind", "cost"),
        ("kalkyl.0.text", "Scen"),
        ("kalkyl.0.amount", "dyrt"),
    ];
    let page = format!("{draft}/del/ekonomi");
    let wrong = hassan.post(&page, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&wrong, "Skriv ett tal med siffror");
    says(&wrong, "href=\"#sokt_belopp\"");
    says(&wrong, "href=\"#kalkyl.0.amount\"");
    says(&wrong, "<title>Fel:");
    let later = hassan.get(&page).await;
    says(&later, "tolv &#60;b&#62;tusen&#60;/b&#62;");
    says(&later, "value=\"dyrt\"");
    // However often it is saved, one blank row of a kind stands after what is filled in.
    let mut seen = version(&later.page, "kalkyl");
    for amount in ["dyrt", "dyrare", "dyrast"] {
        let blank = [("kalkyl.1.kind", "cost"), ("kalkyl.1.text", ""), ("kalkyl.2.kind", "income"), ("kalkyl.2.amount", " ")];
        let own = [fields[2], fields[3], fields[4], ("kalkyl.0.amount", amount), ("v.kalkyl", seen.as_str())];
        hassan.post(&page, &[&own[..], &blank[..]].concat()).await;
        let again = hassan.get(&page).await.page;
        assert!(again.contains("name=\"kalkyl.2.text\"") && !again.contains("name=\"kalkyl.3.text\""), "{amount}: {again}");
        seen = version(&again, "kalkyl");
    }
    // Somebody else's rows that cannot be read are told in words.
    let other = [fields[2], fields[3], fields[4], ("kalkyl.0.amount", "x300"), ("kalkyl.1.kind", "income"), ("v.kalkyl", "1")];
    let clash = hassan.post(&page, &other).await;
    says(&clash, "<p>Kostnad: Scen · Belopp: dyrast</p>");
    assert!(!clash.page.contains("<p>Intäkt"), "{}", clash.page);
    let fields = fields.map(|(name, value)| if name == "kalkyl.0.amount" { (name, "dyrast") } else { (name, value) });
    // Going to the list is always free: nothing is lost there.
    let list: Vec<(&str, &str)> = fields.into_iter().chain([("lista", "ja")]).collect();
    assert!(hassan.post(&page, &list).await.location.starts_with(&draft));
    let more: Vec<(&str, &str)> = fields.into_iter().chain([("lagg-till", "kalkyl")]).collect();
    assert_eq!(hassan.post(&page, &more).await.location, format!("{page}?fler=kalkyl#kalkyl"));
    let shown = hassan.get(&format!("{page}?fler=kalkyl")).await.page;
    assert!(shown.contains("name=\"kalkyl.3.text\""), "three more rows");
    let seen = version(&shown, "kalkyl");
    let less: Vec<(&str, &str)> = fields.into_iter().chain([("ta-bort", "kalkyl.0"), ("v.kalkyl", seen.as_str())]).collect();
    assert_eq!(hassan.post(&page, &less).await.status, StatusCode::SEE_OTHER);
    assert!(!hassan.get(&page).await.page.contains("value=\"dyrast\""), "the row is gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_log_in_keeps_what_was_typed_also_beside_a_file() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    hassan.post("/logga-ut", &[]).await;
    let page = format!("{draft}/del/arrangemang");
    let kept = hassan.post(&page, &event("Det jag skrev", "0")).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    says(&kept, "value=\"Det jag skrev\"");
    says(&kept, &format!("action=\"{page}\""));
    let with_file = hassan.send_files(&page, &event("Det jag skrev", "0"), &[("fil.stadgar", "s.pdf", b"%PDF-1.7")]).await;
    assert_eq!(with_file.status, StatusCode::UNAUTHORIZED);
    says(&with_file, "value=\"Det jag skrev\"");
    says(&with_file, "behöver väljas på nytt");
    let saved = hassan.post(&format!("{draft}/svar"), &event("Det jag skrev", "0")).await;
    assert_eq!(saved.status, StatusCode::UNAUTHORIZED, "the script hears of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_the_wrong_kind_or_size_is_refused_in_swedish_and_the_rest_is_saved() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let begun = hassan.post("/ansok/startbidrag/2026", &[]).await;
    let page = format!("{}/del/forening", begun.location);
    let fields = [("finns", "verksamhet"), ("verksamhet", "Innebandy"), ("finns", "stadgar"), ("stadgar", "")];
    let before = town.demo.tenant.files.names().unwrap();
    let wrong = hassan.send_files(&page, &fields, &[("fil.stadgar", "stadgar.pdf", b"MZ program")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&wrong, "Filen går inte att ta emot här");
    says(&wrong, "Innebandy</textarea>");
    let large = vec![b'%'; 21_000_000];
    let refused = hassan.send_files(&page, &fields, &[("fil.stadgar", "stor.pdf", &large)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&refused, "större än 20 MB");
    // Two gigabytes are turned away at the door, before a byte of them is read.
    let announced = hassan.announce(&page, 2_000_000_000).await;
    assert_eq!(announced.status, StatusCode::PAYLOAD_TOO_LARGE);
    says(&announced, "stor");
    assert_eq!(town.demo.tenant.files.names().unwrap(), before, "nothing is left on the disk");
    let fine = hassan.send_files(&page, &[("ladda-upp", "stadgar")], &[("fil.stadgar", "stadgar.pdf", b"%PDF-1.7 stadgar")]).await;
    assert_eq!(fine.location, format!("{page}#stadgar"), "{}", fine.page);
    let shown = hassan.get(&page).await;
    says(&shown, "stadgar.pdf");
    let file = shown.page.split("/bilaga/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let read = hassan.get(&format!("{}/bilaga/{file}", begun.location)).await;
    assert_eq!((read.status, read.page.as_str()), (StatusCode::OK, "%PDF-1.7 stadgar"));
    let stranger = town.person(STRANGER).await;
    assert_eq!(stranger.get(&format!("{}/bilaga/{file}", begun.location)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_associations_draft_and_the_staffs_curiosity_find_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    fill(&hassan, &draft).await;
    for name in [STRANGER, personas::OFFICER, personas::ADMINISTRATOR] {
        let other = town.person(name).await;
        for path in ["", "/del/arrangemang", "/granska", "/skriv-under", "/belopp"] {
            assert_eq!(other.get(&format!("{draft}{path}")).await.status, StatusCode::NOT_FOUND, "{name} {path}");
        }
        let answer = other.post(&format!("{draft}/del/arrangemang"), &event("Mitt", "1")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        let signed = other.post(&format!("{draft}/skriv-under"), &[("intygar", "ja")]).await;
        assert_eq!(signed.status, StatusCode::NOT_FOUND, "{name}");
    }
    assert_eq!(cases_of_the_club(&town).await, 0);
    says(&hassan.get(&format!("{draft}/del/arrangemang")).await, "Kulturdag</textarea>");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_saved_while_one_writes() {
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let draft = begin(&hassan).await;
    let answers = format!("{draft}/svar");
    let told = hassan.post(&answers, &[("finns", "sokt_belopp"), ("v.sokt_belopp", "0"), ("sokt_belopp", "25000.5")]).await;
    let told: serde_json::Value = serde_json::from_str(&told.page).unwrap();
    assert_eq!((told["version"].as_i64(), told["clash"].as_bool()), (Some(1), Some(false)));
    assert_eq!(told["values"]["sokt_belopp"], "25\u{202f}000,50", "written the Swedish way");
    let told = hassan.post(&answers, &[("finns", "sokt_belopp"), ("v.sokt_belopp", "1"), ("sokt_belopp", "mycket")]).await;
    let told: serde_json::Value = serde_json::from_str(&told.page).unwrap();
    assert!(told["errors"][0].as_str().unwrap().starts_with("Skriv ett tal"), "{told}");
    let told = hassan.post(&answers, &[("finns", "sokt_belopp"), ("v.sokt_belopp", "1"), ("sokt_belopp", "9")]).await;
    let told: serde_json::Value = serde_json::from_str(&told.page).unwrap();
    assert_eq!(told["clash"], true, "somebody else was faster");
    // The lease is asked for as soon as the answer before it says so.
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let id = draft.trim_start_matches("/utkast/").parse().unwrap();
    assert_eq!(drafts::answers(&mut tx, id).await.unwrap().iter().filter(|row| row.field == "sokt_belopp").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_account_of_the_register_is_offered_and_where_it_cannot_be_used_it_says_why() {
    use bifall::domain::account_number::{AccountKind, parse};
    use bifall::services::{Actor, organisations};
    let town = Town::new(Engine::Sqlite).await;
    let hassan = town.person(CHAIR).await;
    let club = town.user(CHAIR).await;
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let club = bifall::store::mandates::of_user(&mut tx, club, "2026-08-20".parse().unwrap()).await.unwrap().remove(0).organisation_id;
    drop(tx);
    let register = async |kind, number| {
        let account = parse(kind, number).unwrap().number;
        organisations::set_account(&town.demo.tenant, &Actor::Service, club, &account).await.unwrap();
    };
    register(AccountKind::Bankgiro, "5050-1055").await;
    let event = hassan.post("/ansok/arrangemangsbidrag/2026", &[("idempotency_key", "e")]).await.location;
    let rent = hassan.post("/ansok/lokalbidrag/2026", &[("idempotency_key", "l")]).await.location;
    let section = |draft: &str, grant: &str| {
        let form = std::fs::read_to_string(format!("forms/{grant}.toml")).unwrap();
        let before = form.split("id = \"kontonummer\"").next().unwrap();
        let section = before.rsplit("[[section]]").next().unwrap().split("id = \"").nth(1).unwrap().split('"').next().unwrap();
        format!("{draft}/del/{section}")
    };
    let (event, rent) = (section(&event, "arrangemangsbidrag"), section(&rent, "lokalbidrag"));
    let page = hassan.get(&event).await;
    says(&page, "value=\"5050-1055\"");
    assert!(!page.page.contains("name=\"registret\""), "it stands there already");
    // A bank account: usable for the event, not for the rent.
    register(AccountKind::Bank, "8327-9, 12345").await;
    let page = hassan.get(&event).await;
    says(&page, "Använd kontot i föreningsregistret: bankkonto 8327-9, 12345");
    let version = version(&page.page, "kontonummer");
    let typed = [
        ("finns", "kontonummer"),
        ("v.kontonummer", version.as_str()),
        ("kontonummer.kind", "bankgiro"),
        ("kontonummer.number", "5050-1055"),
        ("registret", "kontonummer"),
    ];
    assert_eq!(hassan.post(&event, &typed).await.location, format!("{event}#kontonummer"));
    let page = hassan.get(&event).await;
    says(&page, "value=\"8327-9, 12345\"");
    says(&page, "value=\"account\" checked");
    let page = hassan.get(&rent).await;
    says(&page, "I föreningsregistret står bankkonto 8327-9, 12345, men bidraget kan bara betalas till bankgiro eller plusgiro.");
    assert!(!page.page.contains("name=\"registret\""));
}
