//! The pages of the working day, as people with a browser use them.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::store::{cases, organisations};

use super::visitors::Town;
use crate::support::Engine;

/// A case of an association.
async fn a_case(town: &Town, at: usize) -> String {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[at].number.replace('-', "");
    let organisation = organisations::by_number(&mut tx, &number).await.unwrap().unwrap();
    cases::of_organisation(&mut tx, organisation.id).await.unwrap().into_iter().next().unwrap().id.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_sent_with_a_message_is_read_by_the_other_side_and_by_nobody_else() {
    let town = Town::new(Engine::Sqlite).await;
    let case = a_case(&town, who::FOOTBALL).await;
    let (anna, hassan) = (town.person(personas::OFFICER).await, town.person("Hassan Yildiz").await);
    let own = format!("/mina-sidor/arenden/{case}/meddelanden");
    let pdf = b"%PDF-1.7\nx";
    let sent = hassan.upload(&own, &[("text", "Här är avtalet."), ("idempotency_key", "nyckel-1")], ("fil", "avtal.pdf"), pdf).await;
    assert_eq!((sent.status, sent.location), (StatusCode::SEE_OTHER, format!("{own}?kvitto=skickat")));
    // A second press of the same form writes nothing.
    hassan.upload(&own, &[("text", "Här är avtalet."), ("idempotency_key", "nyckel-1")], ("fil", "avtal.pdf"), pdf).await;
    let page = hassan.get(&own).await.page;
    assert_eq!(page.matches("Här är avtalet.").count(), 1);
    assert!(page.contains("avtal.pdf (1 kB)") && page.contains("Kommunen har inte läst det ännu"), "{page}");
    let read = anna.get(&format!("/arenden/{case}/meddelanden")).await.page;
    let link = read.split("href=\"").find(|part| part.contains("/handling/") && part.contains("avtal.pdf")).unwrap();
    let link = link.split('"').next().unwrap();
    let file = anna.get(link).await;
    assert_eq!((file.status, file.page.as_str()), (StatusCode::OK, "%PDF-1.7\nx"));
    assert_eq!(town.person("Malin Rask").await.get(link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.person(personas::TIED_OFFICER).await.get(link).await.status, StatusCode::NOT_FOUND);
    assert!(hassan.get(&own).await.page.contains("Läst av kommunen"));
    // A file of another kind: told at its place, the text kept, nothing written.
    let wrong = hassan.upload(&own, &[("text", "En till.")], ("fil", "avtal.pdf"), b"MZ program").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("id=\"fil-error\"") && wrong.page.contains("En till."), "{}", wrong.page);
    anna.post(&format!("/arenden/{case}/meddelanden"), &[("text", "Tack!")]).await;
    hassan.get(&own).await;
    let page = anna.get(&format!("/arenden/{case}/meddelanden")).await.page;
    assert!(page.contains("av Hassan Yildiz"), "{page}");
    assert!(!page.contains("En till."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_is_written_tried_and_used_without_a_script() {
    let town = Town::new(Engine::Sqlite).await;
    let case = a_case(&town, who::FOOTBALL).await;
    let anna = town.person(personas::OFFICER).await;
    let typed = [("namn", "Lokalen"), ("text", "Hej {forening}!")];
    let wrong = anna.post("/mallar/ny", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Menade du {förening}?") && wrong.page.contains("Hej {forening}!"), "{}", wrong.page);
    let tried = anna.post("/mallar/granska", &[("namn", "Lokalen"), ("text", "Hej {förening}! Svara {sista dag}.")]).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(tried.page.contains("Ärendet har inget att fylla i för {sista dag}") && tried.page.contains("value=\"Lokalen\""));
    assert!(anna.get("/mallar").await.page.contains("Det finns ingen mall ännu"), "trying keeps nothing");
    let saved = anna.post("/mallar/ny", &[("namn", "Lokalen"), ("text", "Hej {förening}! Svara snart.")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let id = saved.location.trim_start_matches("/mallar/").split('?').next().unwrap().to_owned();
    let page = anna.get(&format!("/arenden/{case}/meddelanden?mall={id}")).await.page;
    assert!(page.contains(&format!("Hej {}! Svara snart.", ASSOCIATIONS[who::FOOTBALL].name)), "{page}");
    // What was typed before a template is asked for stands above its text, however often it is asked for.
    let asked = [("text", "Tack för er ansökan."), ("mall", id.as_str()), ("mallen", "anvand")];
    let both = anna.post(&format!("/arenden/{case}/meddelanden"), &asked).await;
    assert_eq!(both.status, StatusCode::OK, "{}", both.page);
    let text = format!("Tack för er ansökan.\n\nHej {}! Svara snart.", ASSOCIATIONS[who::FOOTBALL].name);
    assert!(both.page.contains(&text) && !both.page.contains("har inget att fylla i"), "{}", both.page);
    let again = anna.post(&format!("/arenden/{case}/meddelanden"), &[("text", text.as_str()), asked[1], asked[2]]).await.page;
    assert_eq!(again.matches("Svara snart.").count(), 1, "{again}");
    assert!(anna.get(&format!("/arenden/{case}/meddelanden")).await.page.contains("Ingen har skrivit"), "nothing was sent");
    anna.post(&format!("/mallar/{id}/anvandning"), &[("anvandning", "nej")]).await;
    assert!(!anna.get(&format!("/arenden/{case}/meddelanden")).await.page.contains("Använd mallen"));
    // Who only reads sees them and can write none.
    let auditor = town.person(personas::AUDITOR).await;
    assert!(!auditor.get("/mallar").await.page.contains("/mallar/ny\""));
    assert_eq!(auditor.post("/mallar/ny", &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn being_away_and_units_are_said_on_the_page_of_shared_work() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, david) = (town.person(personas::OFFICER).await, town.person(personas::ADMINISTRATOR).await);
    let wrong = anna.post("/fordelning/borta", &[("fran", "2026-09-10"), ("till", "2026-09-01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Sista dagen kan inte ligga före den första.") && wrong.page.contains("value=\"2026-09-10\""));
    let head = town.user(personas::HEAD).await.to_string();
    let away = [("fran", "2026-08-20"), ("till", "2026-09-01"), ("vikarie", head.as_str())];
    assert_eq!(anna.post("/fordelning/borta", &away).await.location, "/fordelning?kvitto=borta");
    let page = anna.get("/fordelning").await.page;
    assert!(page.contains(&format!("{} vikarierar.", personas::HEAD)) && page.contains("Jag är tillbaka"), "{page}");
    assert!(!david.get("/fordelning").await.page.contains("Jag är tillbaka"));
    let member = format!("medlem_kultur_{}", town.user(personas::OFFICER).await);
    assert_eq!(david.post("/fordelning/enhet/kultur", &[(member.as_str(), "ja")]).await.location, "/fordelning?kvitto=enhet");
    assert!(anna.get("/fordelning").await.page.contains("<span class=\"why\">Kulturenheten</span>"));
    assert_eq!(anna.post("/fordelning/enhet/kultur", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "an administrator's to say");
    assert_eq!(anna.post("/fordelning/tillbaka", &[]).await.location, "/fordelning?kvitto=tillbaka");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hand_over_shows_first_and_then_asks() {
    let town = Town::new(Engine::Sqlite).await;
    let case = a_case(&town, who::FOOTBALL).await;
    let anna = town.person(personas::OFFICER).await;
    let path = format!("/arenden/{case}/overlamna");
    let (head, tied) = (town.user(personas::HEAD).await, town.user(personas::TIED_OFFICER).await);
    let shown = anna.get(&format!("{path}?till={head}")).await.page;
    assert!(shown.contains(&format!("Lämna över till {}", personas::HEAD)), "{shown}");
    let refused = anna.get(&format!("{path}?till={tied}")).await.page;
    assert!(refused.contains(&format!("{} är jävig", personas::TIED_OFFICER)) && !refused.contains("Lämna över till"), "{refused}");
    let empty = anna.get(&format!("{path}?till=enhet%3Akultur")).await.page;
    assert!(empty.contains("Ingen annan i enheten kan ta ärendet nu"));
    assert_eq!(anna.post(&path, &[("till", "enhet:kultur")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let to = head.to_string();
    assert_eq!(
        anna.post(&path, &[("till", to.as_str()), ("halsning", "Ring dem.")]).await.location,
        format!("/arenden/{case}?kvitto=overlamnat")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_cases_are_done_with_at_once_and_what_is_skipped_says_why() {
    let town = Town::new(Engine::Sqlite).await;
    let (one, two) = (a_case(&town, who::FOOTBALL).await, a_case(&town, who::LARGE_SCOUTS).await);
    let anna = town.person(personas::OFFICER).await;
    let head = town.user(personas::HEAD).await.to_string();
    anna.post(&format!("/arenden/{one}/overlamna"), &[("till", head.as_str())]).await;
    let planned = anna.get(&format!("/arenden/flera?gor=ta&arende={one}&arende={two}")).await.page;
    assert!(planned.contains(&format!("{} har ärendet.", personas::HEAD)) && planned.contains("Ta ärendena (1)"), "{planned}");
    let done = anna.post("/arenden/flera", &[("gor", "ta"), ("arende", &one), ("arende", &two)]).await;
    assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY, "what was skipped is told");
    assert!(done.page.contains("1 ärende är klart. De här hoppades över."), "{}", done.page);
    let wrong = anna.post("/arenden/flera", &[("gor", "undan"), ("arende", &two), ("dag", "2026-01-01")]).await;
    assert!(wrong.page.contains("id=\"dag-error\"") && wrong.page.contains("value=\"2026-01-01\""), "{}", wrong.page);
    let aside = anna.post("/arenden/flera", &[("gor", "undan"), ("arende", &two), ("dag", "2026-12-01")]).await;
    assert_eq!(aside.location, "/arenden?kvitto=flera");
    let asked = anna.get(&format!("/arenden/flera?gor=overlamna&arende={two}")).await.page;
    assert!(asked.contains("<select class=\"ds-input\" id=\"till\"") && asked.contains("method=\"get\""), "{asked}");
    let shown = anna.get(&format!("/arenden/flera?gor=overlamna&arende={two}&till={head}")).await.page;
    assert!(shown.contains("Lämna över ärendena (1)") && shown.contains(&format!("name=\"till\" value=\"{head}\"")), "{shown}");
    assert!(
        shown.contains(&format!("{} tar över.", personas::HEAD)) && shown.contains("selected"),
        "who takes over can be changed: {shown}"
    );
    assert!(!shown.contains(&format!(">{}</option>", personas::OFFICER)), "nobody hands over to herself: {shown}");
    let nobody = anna.get(&format!("/arenden/flera?gor=overlamna&arende={two}&till=")).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.page.contains("id=\"till-error\"") && nobody.page.contains("Välj vem som tar över."), "{}", nobody.page);
    let alone = anna.get(&format!("/arenden/{two}/overlamna?till=")).await;
    assert!(alone.status == StatusCode::UNPROCESSABLE_ENTITY && alone.page.contains("id=\"till-error\""), "{}", alone.page);
    let over = anna.post("/arenden/flera", &[("gor", "overlamna"), ("arende", &two), ("till", head.as_str())]).await;
    assert_eq!(over.location, "/arenden?kvitto=flera");
    assert!(anna.get("/arenden/flera?gor=ta").await.page.contains("Kryssa för ärenden i listan"));
    assert!(anna.get("/arenden/tangenter").await.page.contains("<kbd>Pil ned och pil upp</kbd>"));
}
