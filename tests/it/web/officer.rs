//! What an officer does with a case on the pages beside its own.

use axum::http::StatusCode;
use bifall::demo::personas::{ADMINISTRATOR, AUDITOR, HEAD, OFFICER, TIED_OFFICER};

use super::matrix::{a_case, a_case_in, a_case_in_check};
use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;

async fn done(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.page);
    browser.get(&answer.location).await
}

async fn wrong(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)], field: &str) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.page);
    assert!(
        answer.page.contains(&format!("href=\"#{field}\"")) && answer.page.contains(&format!("id=\"{field}-error\"")),
        "{}",
        answer.page
    );
    answer
}

/// The page without the demonstration's bar, which names everybody one may play.
fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_noted_in_two_clicks_and_stands_among_the_documents() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case_in_check(&town).await);
    let call = format!("/arenden/{case}/samtal");
    assert!(anna.get(&format!("/arenden/{case}")).await.page.contains(&format!("href=\"{call}\"")), "the first click");
    wrong(&anna, &call, &[("text", "  ")], "text").await;
    let after = done(&anna, &call, &[("text", "Kassören lovar avtalet på fredag.")]).await.page;
    assert!(after.contains("Samtalet är antecknat") && after.contains("Tjänsteanteckning om samtal"), "{after}");
    assert!(after.contains("antecknade ett samtal: Kassören lovar avtalet på fredag."), "{after}");
}

/// The value of the first attribute that follows `before`.
fn after<'p>(page: &'p str, before: &str) -> &'p str {
    page.split(before).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no {before}: {page}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_is_assessed_on_its_page_and_goes_on_with_the_amount() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case_in(&town, "assess").await);
    let page = anna.get(&format!("/arenden/{case}")).await.page;
    let task = format!("/arenden/{case}/uppgift/{}", after(&page, &format!("action=\"/arenden/{case}/uppgift/")));
    let way = after(&page, "name=\"val\" value=\"").to_owned();
    assert!(page.contains(">Bedömning</label>"), "the text is called what the workflow calls it: {page}");
    let ticks = [("klar", "kalkyl"), ("klar", "annat_stod")];
    let sent =
        |amount: &'static str, comment: &'static str| [&ticks[..], &[("belopp", amount), ("kommentar", comment), ("val", &way)]].concat();
    for (amount, comment, told) in [
        ("femton tusen", "Rimligt.", "Skriv beloppet i kronor"),
        ("-5", "Rimligt.", "Beloppet kan inte vara mindre än 0 kr."),
        ("", "Rimligt.", "Fyll i ett föreslaget belopp."),
        ("15 000", "", "Skriv skälen för det föreslagna beloppet i rutan ”Bedömning”."),
    ] {
        let answer = anna.post(&task, &sent(amount, comment)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}: {}", answer.page);
        assert!(answer.page.contains(told) && answer.page.contains(&format!("value=\"{amount}\"")), "{amount}: {}", answer.page);
    }
    let after = done(&anna, &task, &sent("15 000", "Rimligt för evenemanget.")).await.page;
    town.work().await;
    assert!(after.contains("Uppgiften är sparad") || after.contains("Rimligt för evenemanget."), "{after}");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let row = bifall::store::cases::by_id(&mut tx, case.parse().unwrap()).await.unwrap().unwrap();
    assert_ne!(row.state, "assess");
    assert_eq!(row.amount_ore.unwrap().ore(), 1_500_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_refused_is_not_ticked_from_the_start_and_the_reason_stands_in_the_row() {
    let town = Town::new(Engine::Sqlite).await;
    let page = town.person(OFFICER).await.get("/beslut").await.page;
    let row = page.split("<tr").find(|row| row.contains("Avslag")).unwrap_or_else(|| panic!("no refusal: {page}"));
    assert!(row.contains("Krav inte uppfyllt") && row.contains("sista ansökningsdag"), "{row}");
    assert!(!row.contains(" checked"), "{row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_to_the_association_is_a_document_of_hers_and_what_was_typed_is_kept() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case(&town).await);
    let thread = format!("/arenden/{case}/meddelanden");
    assert!(anna.get(&thread).await.page.contains("Ingen har skrivit i det här ärendet ännu."));
    wrong(&anna, &thread, &[("text", "")], "text").await;
    let long = wrong(&anna, &thread, &[("text", &"å".repeat(10_001))], "text").await;
    assert!(long.page.contains(&"å".repeat(10_001)), "nothing typed is lost");
    let sent = done(&anna, &thread, &[("text", "Vilken hall menar ni?\nSkriv gärna här.")]).await.page;
    assert!(sent.contains("Meddelandet är skickat") && sent.contains("Vilken hall menar ni?") && sent.contains("Inte läst ännu"), "{sent}");
    let hers = town.person("Hassan Yildiz").await.get(&format!("/mina-sidor/arenden/{case}")).await.page;
    assert!(hers.contains(">Meddelande</a>") && hers.contains(&format!("/mina-sidor/arenden/{case}/meddelanden")), "{hers}");
    // She reads it, answers, and the answer waits for somebody.
    let hassan = town.person("Hassan Yildiz").await;
    let theirs = format!("/mina-sidor{thread}");
    assert!(hassan.get(&theirs).await.page.contains("Vilken hall menar ni?"));
    wrong(&hassan, &theirs, &[("text", " ")], "text").await;
    assert!(done(&hassan, &theirs, &[("text", "Norra hallen.")]).await.page.contains("Norra hallen."));
    let page = anna.get(&format!("/arenden/{case}")).await.page;
    assert!(page.contains("1 obesvarat") && page.contains("Föreningen skrev ett meddelande"), "{page}");
    // Who only reads does not settle it by looking; the officer does by saying so.
    town.person(AUDITOR).await.get(&thread).await;
    let settled = done(&anna, &format!("/arenden/{case}/besvarat"), &[]).await.page;
    assert!(settled.contains("Noterat") && settled.contains("Läst "), "{settled}");
    assert!(!anna.get(&format!("/arenden/{case}")).await.page.contains("obesvarat"));
    // Who only reads sees them, without a form.
    let read = town.person(AUDITOR).await.get(&thread).await.page;
    assert!(read.contains("Vilken hall menar ni?") && !own(&read).contains("<textarea"), "{read}");
    assert!(own(&read).contains("Du kan läsa ärendet, men inte handlägga det."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_handed_over_with_a_word_and_not_to_somebody_tied_to_the_applicant() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case(&town).await);
    done(&anna, &format!("/arenden/{case}/anteckning"), &[("text", "Hallen bytte namn i mars.")]).await;
    let over = format!("/arenden/{case}/overlamna");
    let shown = anna.get(&over).await.page;
    assert!(shown.contains("Hallen bytte namn i mars."), "what follows along is shown first: {shown}");
    assert!(own(&shown).contains(HEAD), "{shown}");
    let tied = town.user("Gunvor Wallin").await.to_string();
    let not_her = anna.get(&format!("{over}?till={tied}")).await.page;
    assert!(not_her.contains("Gunvor Wallin är jävig") && !not_her.contains("name=\"halsning\""), "{not_her}");
    assert_eq!(anna.post(&over, &[("till", &tied)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong(&anna, &over, &[("till", ""), ("halsning", "Ring Hassan.")], "till").await;
    let head = town.user(HEAD).await.to_string();
    let after = done(&anna, &over, &[("till", &head), ("halsning", "Ring Hassan.")]).await.page;
    assert!(after.contains("Ärendet är överlämnat") && own(&after).contains(&format!("<dd>{HEAD}</dd>")), "{after}");
    assert!(town.person(HEAD).await.get(&format!("/arenden/{case}/anteckning")).await.page.contains("Ring Hassan."));
    // Nobody hands over what she may not handle.
    let refused = town.person(AUDITOR).await.post(&over, &[("till", &head)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Du har inte behörighet att handlägga ärenden för nämnden."), "{}", refused.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_amount_is_a_row_with_its_reason_and_can_be_taken_back() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case_in_check(&town).await);
    let change = format!("/arenden/{case}/avvikelse");
    let kept = wrong(&anna, &change, &[("belopp", "1 000"), ("skal", " ")], "skal").await;
    assert!(kept.page.contains("value=\"1 000\""), "{}", kept.page);
    wrong(&anna, &change, &[("belopp", "tusen"), ("skal", "Fel i underlaget.")], "belopp").await;
    let after = done(&anna, &change, &[("belopp", "1 000"), ("skal", "Tre tillfällen hölls i en annan kommun.")]).await.page;
    assert!(after.contains("Beloppet är ändrat") && after.contains("Tre tillfällen hölls i en annan kommun."), "{after}");
    assert!(after.contains("1\u{202f}000\u{a0}kr"), "{after}");
    let page = anna.get(&change).await.page;
    assert!(page.contains("Gå tillbaka till reglernas summa"), "{page}");
    let back = format!("{change}/ta-tillbaka");
    wrong(&anna, &back, &[("tillbaka", "")], "tillbaka").await;
    let after = done(&anna, &back, &[("tillbaka", "De hölls här.")]).await.page;
    assert!(after.contains("tog tillbaka sin ändring av summan: De hölls här."), "{after}");
    assert!(!anna.get(&change).await.page.contains("Gå tillbaka till reglernas summa"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_taken_back_on_the_phone_is_registered_and_closed_by_a_decision() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case_in_check(&town).await);
    let (page, close) = (format!("/arenden/{case}"), format!("/arenden/{case}/avskriv"));
    assert!(!anna.get(&page).await.page.contains(&close), "nobody has taken it back");
    assert_eq!(anna.post(&close, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let withdraw = format!("/arenden/{case}/aterkallad");
    wrong(&anna, &withdraw, &[("text", "")], "text").await;
    let after = done(&anna, &withdraw, &[("text", "Ordföranden ringde i dag.")]).await.page;
    assert!(after.contains(&close) && after.contains("Återkallelse av ansökan"), "{after}");
    assert!(anna.get(&withdraw).await.page.contains("Det går inte i ärendets läge just nu."));
    let closed = done(&anna, &close, &[]).await.page;
    assert!(closed.contains("Ärendet är avskrivet") && closed.contains("beslutade: avskrivning"), "{closed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_printed_case_holds_everything_but_the_notes_unless_they_are_asked_for() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, case) = (town.person(OFFICER).await, a_case_in_check(&town).await);
    done(&anna, &format!("/arenden/{case}/anteckning"), &[("text", "Fråga Bo om hyran.")]).await;
    done(&anna, &format!("/arenden/{case}/meddelanden"), &[("text", "Vilken lokal menar ni?")]).await;
    let print = anna.get(&format!("/arenden/{case}/utskrift")).await.page;
    for part in [
        "Kontroller",
        "Så har vi räknat",
        "Svar mot register",
        "Vilken lokal menar ni?",
        "Handlingar",
        "Ansökan inkom",
        "Utskrivet av Anna",
    ] {
        assert!(print.contains(part), "{part}: {print}");
    }
    assert!(!print.contains("Fråga Bo om hyran.") && print.contains("Interna anteckningar är inte med."), "{print}");
    let whole = anna.get(&format!("/arenden/{case}/utskrift?anteckningar=ja")).await.page;
    assert!(whole.contains("Fråga Bo om hyran."), "{whole}");
}

/// The addresses of cases in a list, by what stands in their state.
async fn listed(browser: &Browser<'_>, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/arenden?handlaggare=alla&{query}")).await.page;
    page.split("name=\"arende\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_text_is_asked_in_many_cases_and_those_that_cannot_be_asked_stay_with_what_was_typed() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let checked = listed(&anna, "bidrag=aktivitetsstod&lage=check&att_gora=alla").await;
    let waits = listed(&anna, "bidrag=aktivitetsstod&lage=awaiting_close&att_gora=alla").await;
    assert!(checked.len() >= 2 && !waits.is_empty(), "{checked:?} {waits:?}");
    let ask = "/arenden/komplettering";
    assert!(anna.get(ask).await.page.contains("Inga ärenden är valda"));
    let form = anna.get(&format!("{ask}?arende={}&arende={}", checked[0], checked[1])).await.page;
    assert!(form.contains("2 ärenden får samma text") && form.contains("Gäller delen ”Verksamhet"), "{form}");
    let (one, two, three) = (("arende", checked[0].as_str()), ("arende", checked[1].as_str()), ("arende", waits[0].as_str()));
    let (day, what) = (("senast", "2026-09-10"), ("foljd", "Annars avgörs ärendet utan det."));
    // Without a text nobody is asked.
    let silent = wrong(&anna, ask, &[one, two, day, what, ("saknas", " ")], "saknas").await.page;
    assert!(silent.contains(&checked[0]) && silent.contains(&checked[1]) && silent.contains("Annars avgörs ärendet utan det."), "{silent}");
    let wanted = ("saknas", "Hyresavtalet för lokalen");
    let partly = anna.post(ask, &[one, two, three, day, what, wanted, ("avsnitt_verksamhet", "ja")]).await;
    assert_eq!(partly.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(partly.page.contains("Ett ärende fick ingen begäran.") && partly.page.contains("Hyresavtalet för lokalen"), "{}", partly.page);
    assert!(!partly.page.contains(&checked[0]) && partly.page.contains(&waits[0]), "{}", partly.page);
    for case in &checked[..2] {
        let page = anna.get(&format!("/arenden/{case}")).await.page;
        assert!(page.contains("begärde komplettering: Hyresavtalet för lokalen"), "{page}");
        assert_eq!(page.matches(">Begäran om komplettering</a>").count(), 1, "a document of its own");
    }
    // The task is not done: the case waits for the association, and comes back to the officer with its answer.
    let path = format!("/arenden/{}", checked[0]);
    let waiting = own(&anna.get(&path).await.page).to_owned();
    assert!(waiting.contains(&format!("Väntar på föreningens komplettering, begärd av {OFFICER}")), "{waiting}");
    assert!(!waiting.contains(&format!("Klar, {OFFICER}")) && !waiting.contains("gjorde en uppgift"), "{waiting}");
    assert!(!waiting.contains(">Att göra<"), "{waiting}");
    let tenant = &town.demo.tenant;
    let id = checked[0].parse().unwrap();
    let mut tx = tenant.db.read().await.unwrap();
    let club = bifall::store::cases::by_id(&mut tx, id).await.unwrap().unwrap().organisation_id;
    drop(tx);
    let chair = bifall::services::Actor::on_paper(club, "Ordföranden");
    bifall::services::tasks::answer_supplement(tenant, &chair, id, &std::collections::BTreeMap::new(), "Avtalet gäller till 2028.")
        .await
        .unwrap();
    town.work().await;
    let back = own(&anna.get(&path).await.page).to_owned();
    assert!(back.contains(&format!("Komplettering begärd, {OFFICER}")) && back.contains(">Att göra<"), "{back}");
    // Nobody asks whom she is tied to: those cases are not there for her.
    let tied = town.person(TIED_OFFICER).await.get(&format!("{ask}?arende={}", a_case(&town).await)).await.page;
    assert!(tied.contains("Inga ärenden är valda"), "{tied}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_time_is_given_to_one_or_all_and_never_to_all_by_an_empty_box() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let give = "/perioder/anstand";
    for page in ["/perioder", give, "/perioder/paminnelser"] {
        let page = anna.get(page).await.page;
        assert!(page.contains("<a href=\"/perioder\" aria-current=\"page\">"), "its place in the menu: {page}");
        assert_eq!(page.split("<main").next().unwrap().matches("<a href=\"/arenden\" aria-current").count(), 0);
    }
    let round = ("omgang", "aktivitetsstod/2026-H1");
    let why = ("skal", "Kassören är sjuk.");
    wrong(&anna, give, &[round, ("orgnr", ""), ("till", "2026-08-31"), why], "vem").await;
    wrong(&anna, give, &[round, ("vem", "en"), ("orgnr", "123"), ("till", "2026-08-31"), why], "orgnr").await;
    wrong(&anna, give, &[("omgang", ""), ("vem", "alla"), ("till", "2026-08-31"), why], "omgang").await;
    let early = wrong(&anna, give, &[round, ("vem", "alla"), ("till", "2026-08-25"), why], "till").await.page;
    assert!(early.contains("Välj en dag efter 25 augusti 2026, som redan gäller.") && early.contains("Kassören är sjuk."), "{early}");
    let after = done(&anna, give, &[round, ("vem", "alla"), ("till", "2026-08-31"), ("skal", "Tjänsten låg nere.")]).await.page;
    assert!(after.contains("Anståndet är givet") && after.contains("Tjänsten låg nere.") && after.contains("<td>Alla</td>"), "{after}");
    assert!(anna.get("/perioder").await.page.contains("31 augusti 2026"));
    let read = town.person(AUDITOR).await;
    assert!(!own(&read.get(give).await.page).contains("<textarea"));
    let refused = read.post(give, &[round, ("vem", "alla"), ("till", "2026-09-10"), why]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // One association: from her case, and told in it.
    let case = a_case(&town).await;
    let longer = format!("/arenden/{case}/anstand");
    wrong(&anna, &longer, &[("till", "2026-09-15"), ("skal", "")], "skal").await;
    let page = done(&anna, &longer, &[("till", "2026-09-15"), why]).await.page;
    assert!(page.contains("Anstånd gavs till och med 15 september 2026"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decisions_are_reported_to_a_meeting_by_the_administrator_and_printed_as_a_list() {
    let town = Town::new(Engine::Sqlite).await;
    let (anna, david) = (town.person(OFFICER).await, town.person(ADMINISTRATOR).await);
    let all = anna.get("/namnd").await.page;
    assert!(all.contains("§ 31") && all.contains("Anslaget 23 mars 2026, uppe till 14 april 2026."), "{all}");
    assert!(!own(&all).contains("name=\"dag\""), "the administrator reports");
    let mut links = all.split("href=\"/namnd/").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut links = links.by_ref().filter(|link| !link.starts_with("rangordning/"));
    let waiting = links.next().unwrap();
    assert_eq!(waiting, "vantar/KFN", "what no meeting has been told of comes first");
    let list = links.next().unwrap().to_owned();
    let unreported = anna.get(&format!("/namnd/{waiting}")).await.page;
    assert!(own(&unreported).contains("Spelföreningen Tärningen") && !own(&unreported).contains("Exempelstads Ridklubb"), "{unreported}");
    let page = anna.get(&format!("/namnd/{list}")).await.page;
    // Two were decided in January, 14 000 and 8 000 kr, and three in March: 123 175, nothing and 28 600 kr.
    assert!(page.contains("5 beslut, sammanlagt 173\u{202f}775\u{a0}kr."), "{page}");
    assert!(page.contains("Exempelstads Ridklubb") && page.contains("Anna Lindqvist") && page.contains("punkt 4.2"), "{page}");
    assert_eq!(anna.get(&format!("/namnd/{list}/pdf")).await.status, StatusCode::OK);
    wrong(&david, "/namnd", &[("namnd", "KFN"), ("dag", "")], "dag").await;
    wrong(&david, "/namnd", &[("namnd", "XYZ"), ("dag", "2026-08-27")], "namnd").await;
    let reported = david.post("/namnd", &[("namnd", "KFN"), ("dag", "2026-08-27"), ("paragraf", "§ 88")]).await;
    assert_eq!(reported.status, StatusCode::SEE_OTHER, "{}", reported.page);
    let meeting = reported.location.split('?').next().unwrap().to_owned();
    assert!(david.get(&meeting).await.page.contains("Fyll i när protokollet anslogs"));
    let announce = format!("{meeting}/anslag");
    // What is to come starts no time for appeal.
    let future = wrong(&david, &announce, &[("anslaget", "2026-08-31"), ("nedtaget", "2026-09-22")], "anslaget").await.page;
    assert!(future.contains("Dagen har inte varit än") && future.contains("value=\"2026-09-22\""), "{future}");
    town.demo.clock.move_to(&town.demo.tenant, bifall::demo::clock::swedish("2026-08-31 15:00").unwrap()).await.unwrap();
    wrong(&david, &announce, &[("anslaget", "2026-08-26"), ("nedtaget", "2026-09-30")], "anslaget").await;
    let soon = wrong(&david, &announce, &[("anslaget", "2026-08-31"), ("nedtaget", "2026-09-10")], "nedtaget").await.page;
    assert!(soon.contains("till och med 21 september 2026"), "{soon}");
    let up = done(&david, &announce, &[("anslaget", "2026-08-31"), ("nedtaget", "2026-09-22")]).await.page;
    assert!(up.contains("Anslaget 31 augusti 2026, uppe till 22 september 2026.") && !up.contains("Fyll i när"), "{up}");
    assert!(anna.get("/namnd/vantar/KFN").await.page.contains("0 beslut"), "all are reported");
    // What was entered wrong is corrected, with a reason; who does not administer has no form for it.
    let correct = format!("{meeting}/ratta");
    assert!(!own(&anna.get(&meeting).await.page).contains(&correct));
    let days = [("ratt-dag", "2026-08-27"), ("ratt-paragraf", "§ 89"), ("ratt-anslaget", "2026-08-28"), ("ratt-nedtaget", "2026-09-19")];
    let silent = [&days[..], &[("ratt-skal", "")]].concat();
    assert!(wrong(&david, &correct, &silent, "ratt-skal").await.page.contains("value=\"2026-08-28\""));
    let fixed = done(&david, &correct, &[&days[..], &[("ratt-skal", "Fel dag i protokollet")]].concat()).await.page;
    assert!(fixed.contains("§ 89") && fixed.contains("Anslaget 28 augusti 2026, uppe till 19 september 2026."), "{fixed}");
    town.demo.clock.move_to(&town.demo.tenant, bifall::demo::clock::swedish("2026-09-19 08:00").unwrap()).await.unwrap();
    let late = david.get(&meeting).await.page;
    assert!(late.contains("Överklagandetiden gick ut 18 september 2026.") && !late.contains(&correct), "{late}");
    let refused = david.post(&correct, &[&days[..], &[("ratt-skal", "För sent")]].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own(&refused.page).contains("kan inte rättas längre"), "{}", refused.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_applied_the_last_time_and_not_now_are_listed_and_those_chosen_reminded() {
    let town = Town::new(Engine::Sqlite).await;
    // Who applied before this service was there has no case to be written to in, but is not forgotten.
    let spring = town.person(OFFICER).await.get("/perioder/paminnelser?omgang=aktivitetsstod%2F2026-H1").await.page;
    let row = own(&spring).split("<tr>").find(|row| row.contains("Nya Stigens Friluftsförening")).unwrap();
    assert!(row.contains("Sökte i det tidigare systemet.") && row.contains("href=\"/foreningar/") && !row.contains("checkbox"), "{row}");
    // The spring is applied for; the autumn's round has just opened.
    let january = bifall::demo::clock::swedish("2027-01-15 09:00").unwrap();
    town.demo.clock.move_to(&town.demo.tenant, january).await.unwrap();
    let (anna, case) = (town.person(OFFICER).await, a_case(&town).await);
    let list = "/perioder/paminnelser";
    assert!(anna.get(list).await.page.contains("Välj ett bidrag och en period"));
    let address = format!("{list}?omgang=aktivitetsstod%2F2026-H2");
    let page = anna.get(&address).await.page;
    assert!(page.contains("sökte Aktivitetsstöd för januari–juni 2026 men har inte sökt för juli–december 2026"), "{page}");
    let row = own(&page).split("<tr>").find(|row| row.contains("Norrängens FK")).unwrap();
    assert!(row.contains(" checked ") && row.contains(&format!("/arenden/{case}")), "{row}");
    let club = row.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let round = ("omgang", "aktivitetsstod/2026-H2");
    let none = anna.post(list, &[round]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.page.contains("Välj minst en förening att påminna."), "{}", none.page);
    let after = done(&anna, list, &[round, ("forening", &club)]).await.page;
    let row = own(&after).split("<tr>").find(|row| row.contains("Norrängens FK")).unwrap();
    assert!(
        after.contains("Påminnelserna är skickade") && !row.contains(" checked "),
        "who was just written to is not chosen again: {row}"
    );
    let thread = anna.get(&format!("/arenden/{case}/meddelanden")).await.page;
    assert!(thread.contains("Ni sökte aktivitetsstöd förra gången men har inte sökt för juli–december 2026."), "{thread}");
    // Whom one is tied to is not in one's list, and nobody is reminded by who only reads.
    assert!(!own(&town.person(TIED_OFFICER).await.get(&address).await.page).contains("Norrängens FK"));
    let refused = town.person(AUDITOR).await.post(list, &[round, ("forening", &club)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Du har inte behörighet att skriva till föreningarna."), "{}", refused.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_closing_a_period_locks_is_told_before_it_is_done() {
    let town = Town::new(Engine::Sqlite).await;
    town.demo.clock.move_to(&town.demo.tenant, bifall::demo::clock::swedish("2026-08-26 09:00").unwrap()).await.unwrap();
    let (anna, david) = (town.person(OFFICER).await, town.person(ADMINISTRATOR).await);
    let ask = "/perioder/stang?bidrag=aktivitetsstod&period=2026-H1";
    let list = david.get("/perioder").await.page;
    assert!(list.contains("href=\"/perioder/stang?bidrag=aktivitetsstod&#38;period=2026-H1\""), "{list}");
    assert!(!own(&list).contains("<form"), "nothing is closed from the list: {list}");
    assert!(!own(&anna.get("/perioder").await.page).contains("/perioder/stang"));
    assert_ne!(anna.get(ask).await.status, StatusCode::OK, "who does not administer");
    for other in ["/perioder/stang?bidrag=aktivitetsstod&period=2025-H2", "/perioder/stang?bidrag=aktivitetsstod&period=2026-H2"] {
        assert_eq!(david.get(other).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let taken = bifall::store::attendance::taken_in(&mut tx, "2026-H1").await.unwrap();
    drop(tx);
    let clubs: std::collections::BTreeSet<_> = taken.iter().map(|(club, _)| *club).collect();
    let page = david.get(ask).await.page;
    for words in [
        format!("<th scope=\"row\">Närvarofiler</th><td class=\"num\">{}</td>", taken.len()),
        format!("<th scope=\"row\">Föreningar med närvaro</th><td class=\"num\">{}</td>", clubs.len()),
        "kan inte öppnas igen".to_owned(),
        "För krockar som ingen har svarat på räknas markeringen inte".to_owned(),
        "Stäng perioden nu".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}: {page}");
    }
    let closed = done(&david, "/perioder/stang", &[("bidrag-a-b", "aktivitetsstod"), ("period-a-b", "2026-H1")]).await.page;
    assert!(closed.contains("Stängd"), "{closed}");
    assert_eq!(david.get(ask).await.status, StatusCode::NOT_FOUND, "it is closed");
}
