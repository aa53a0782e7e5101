//! How an association stands and what it owes, entered on its page.

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::{ADMINISTRATOR, ATTESTER, AUDITOR, OFFICER, REVIEWER, TIED_OFFICER};
use bifall::domain::Money;
use bifall::services::{Actor, standing};
use bifall::store::{organisations, payments};

use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;

/// Sends a form that is taken; what is shown then.
async fn done(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.page);
    browser.get(&answer.location).await.page
}

/// Sends a form that comes back with errors at its fields.
async fn wrong(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)], at: &[&str]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.page);
    for field in at {
        assert!(
            answer.page.contains(&format!("href=\"#{field}\"")) && answer.page.contains(&format!("id=\"{field}-error\"")),
            "{field}: {}",
            answer.page
        );
    }
    assert_eq!(answer.page.matches("class=\"ds-validation-message\"").count(), at.len(), "{}", answer.page);
    answer
}

/// The page without the demonstration's bar, which names everybody one may play.
fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

/// The address of an association's page.
async fn address(town: &Town, at: usize) -> String {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let row = organisations::by_number(&mut tx, &ASSOCIATIONS[at].number.replace('-', "")).await.unwrap().unwrap();
    format!("/foreningar/{}", row.id)
}

/// A payment that came back and waits to be reviewed again: the address of its payee's page and her name.
async fn a_waiting_payment(town: &Town) -> (String, String) {
    let bo = town.person(REVIEWER).await;
    let sent = bo.get("/utbetalningar?visa=skickat").await.page;
    let order = sent.rsplit("action=\"/utbetalningar/order/").next().unwrap().split('/').next().unwrap().to_owned();
    let (what, why) = (format!("utfall-{order}"), format!("skal-{order}"));
    let tell = format!("/utbetalningar/order/{order}/utfall");
    done(&bo, &tell, &[(&what, "booked")]).await;
    done(&bo, &tell, &[(&what, "returned"), (&why, "Kontot är avslutat")]).await;
    done(&bo, &format!("/utbetalningar/order/{order}/igen"), &[]).await;
    let tenant = &town.demo.tenant;
    let mut tx = tenant.db.read().await.unwrap();
    let row = payments::all(&mut tx).await.unwrap().into_iter().find(|row| row.id.to_string() == order).unwrap();
    let name = organisations::name(&mut tx, row.organisation_id, tenant.clock.today()).await.unwrap();
    (format!("/foreningar/{}", row.organisation_id), name)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bankruptcy_entered_on_the_page_holds_the_payment_and_what_is_put_right_lets_go() {
    let town = Town::new(Engine::Sqlite).await;
    let (page, name) = a_waiting_payment(&town).await;
    let (david, bo) = (town.person(ADMINISTRATOR).await, town.person(REVIEWER).await);
    let list = async |visa: &str| own(&bo.get(&format!("/utbetalningar?visa={visa}")).await.page).contains(&name);
    assert!(!list("sparrat").await, "nothing holds it yet");
    let form = david.get(&page).await.page;
    assert!(form.contains("spärrar föreningens utbetalningar från den dagen"), "{form}");

    let status = format!("{page}/lage");
    let all = wrong(&david, &status, &[("lage", ""), ("fran", ""), ("kalla", " ")], &["lage", "fran", "kalla"]).await;
    assert!(all.page.contains("Välj hur föreningen står.") && all.page.contains("Skriv varifrån uppgiften kommer."), "{}", all.page);
    let bad = [("lage", "bankruptcy"), ("fran", "0026-08-20"), ("kalla", "Tingsrätten i Exempelstad")];
    let kept = wrong(&david, &status, &bad, &["fran"]).await.page;
    assert!(kept.contains("value=\"bankruptcy\" checked") && kept.contains("value=\"Tingsrätten i Exempelstad\""), "{kept}");
    assert!(kept.contains("value=\"0026-08-20\"") && kept.contains(" open><summary>Ändra läget"), "{kept}");

    let today = town.demo.tenant.clock.today().to_string();
    let put = [("lage", "bankruptcy"), ("fran", today.as_str()), ("kalla", "Tingsrätten i Exempelstad")];
    let after = done(&david, &status, &put).await;
    assert!(after.contains("Läget är infört") && after.contains("I konkurs") && after.contains("Tingsrätten i Exempelstad"), "{after}");
    assert!(list("sparrat").await, "the payment is held");
    assert!(bo.get("/utbetalningar?visa=sparrat").await.page.contains("Mottagaren är i konkurs eller likvidation."));

    // What is to come is told as such, and what is put right the same day lets the payment go.
    let later = [("lage", "dissolved"), ("fran", "2027-06-01"), ("kalla", "Årsmötet")];
    let after = done(&david, &status, &later).await;
    assert!(after.contains("från och med 1 juni 2027") && after.contains("Börjar gälla då"), "{after}");
    town.demo.clock.move_to(&town.demo.tenant, bifall::demo::clock::swedish(&format!("{today} 23:00")).unwrap()).await.unwrap();
    done(&david, &status, &[("lage", "active"), ("fran", today.as_str()), ("kalla", "Rättelse")]).await;
    assert!(!list("sparrat").await && list("granska").await, "it goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debt_is_entered_reduced_and_gone_from_the_page_when_nothing_is_left() {
    let town = Town::new(Engine::Sqlite).await;
    let page = address(&town, who::FOOTBALL).await;
    let cecilia = town.person(ATTESTER).await;
    assert!(cecilia.get(&page).await.page.contains("Föreningen har ingen skuld som är kvar."));
    let debts = format!("{page}/skulder");
    wrong(&cecilia, &debts, &[("belopp", ""), ("skal", " ")], &["belopp", "skal"]).await;
    let kept = wrong(&cecilia, &debts, &[("belopp", "femton"), ("skal", "Återkrav KFN 2025/9")], &["belopp"]).await.page;
    assert!(kept.contains("value=\"femton\"") && kept.contains("value=\"Återkrav KFN 2025/9\""), "{kept}");
    wrong(&cecilia, &debts, &[("belopp", "-5"), ("skal", "Hyra")], &["belopp"]).await;
    let after = done(&cecilia, &debts, &[("belopp", "1 234,50 kr"), ("skal", "Återkrav KFN 2025/9")]).await;
    assert!(after.contains("Skulden är införd") && after.contains("1\u{202f}234,50\u{a0}kr kvar"), "{after}");

    let form = after.split(&format!("action=\"{debts}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (amount, reason) = (format!("belopp-{form}"), format!("skal-{form}"));
    let reduce = format!("{debts}/{form}");
    let beyond = wrong(&cecilia, &reduce, &[(&amount, "1 235"), (&reason, "Betald")], &[&amount]).await.page;
    assert!(beyond.contains("högst det som är kvar, 1\u{202f}234,50\u{a0}kr.") && beyond.contains("value=\"1 235\""), "{beyond}");
    wrong(&cecilia, &reduce, &[(&amount, "hundra"), (&reason, "")], &[&amount, &reason]).await;
    // Another form of the page is not spoilt by what was typed in this one.
    assert_eq!(beyond.matches("value=\"1 235\"").count(), 1);
    let less = done(&cecilia, &reduce, &[(&amount, "234,50"), (&reason, "Betald till bankgiro")]).await;
    assert!(less.contains("Skulden är minskad") && less.contains("1\u{202f}000\u{a0}kr kvar"), "{less}");
    // The administrator may as well, and two debts have a sum.
    let david = town.person(ADMINISTRATOR).await;
    let two = done(&david, &debts, &[("belopp", "500:-"), ("skal", "Hyra")]).await;
    assert!(two.contains("Kvar sammanlagt") && two.contains("1\u{202f}500\u{a0}kr"), "{two}");
    let gone = done(&david, &reduce, &[(&amount, "1000"), (&reason, "Avskriven")]).await;
    let (open, settled) = gone.split_once("Reglerade skulder").unwrap();
    assert!(!open.contains("Återkrav KFN 2025/9") && open.contains("500\u{a0}kr kvar"), "{gone}");
    let day = bifall::text::number::date(town.demo.tenant.clock.today(), bifall::domain::localized::Language::Sv);
    assert!(
        settled.contains("Återkrav KFN 2025/9") && settled.contains(&format!("Reglerad {day} av {ADMINISTRATOR}: Avskriven")),
        "{gone}"
    );
    // Somebody else was faster: what is wrong is told although its form is gone.
    let late = david.post(&reduce, &[(&amount, "10"), (&reason, "Betald")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.page.contains("href=\"#main\"") && late.page.contains("högst det som är kvar, 0\u{a0}kr."), "{}", late.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debt_is_not_reduced_under_another_association() {
    let town = Town::new(Engine::Sqlite).await;
    let tenant = &town.demo.tenant;
    let (football, riding) = (address(&town, who::FOOTBALL).await, address(&town, who::RIDING).await);
    let id = football.rsplit('/').next().unwrap().parse().unwrap();
    let debt = standing::enter_debt(tenant, &Actor::Service, id, Money::from_ore(10_000), "Hyra").await.unwrap();
    let (amount, reason) = (format!("belopp-{debt}"), format!("skal-{debt}"));
    let cecilia = town.person(ATTESTER).await;
    for sent in ["50", "femtio"] {
        let answer = cecilia.post(&format!("{riding}/skulder/{debt}"), &[(&amount, sent), (&reason, "Betald")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.page);
    }
    let left = standing::debts(tenant, &Actor::Service, id).await.unwrap();
    assert_eq!(left[0].remaining_ore.ore(), 10_000);
    done(&cecilia, &format!("{football}/skulder/{debt}"), &[(&amount, "50"), (&reason, "Betald")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_before_the_founding_and_a_personal_number_are_refused_at_their_fields() {
    let town = Town::new(Engine::Sqlite).await;
    let page = address(&town, who::FOOTBALL).await;
    let (david, cecilia) = (town.person(ADMINISTRATOR).await, town.person(ATTESTER).await);
    let early = [("lage", "dormant"), ("fran", "1900-01-01"), ("kalla", "Årsmötet")];
    let told = wrong(&david, &format!("{page}/lage"), &early, &["fran"]).await.page;
    assert!(told.contains("före den dag då föreningen bildades") && told.contains("value=\"Årsmötet\""), "{told}");
    let number = crate::support::dak::adult(3).number();
    for written in [number.clone(), format!("{}-{}", &number[2..8], &number[8..])] {
        let source = format!("Samtal med {written}");
        let put = [("lage", "dormant"), ("fran", "2026-08-01"), ("kalla", source.as_str())];
        let told = wrong(&david, &format!("{page}/lage"), &put, &["kalla"]).await.page;
        assert!(told.contains("ser ut att innehålla ett personnummer"), "the status");
        let debt = [("belopp", "100"), ("skal", source.as_str())];
        let told = wrong(&cecilia, &format!("{page}/skulder"), &debt, &["skal"]).await.page;
        assert!(told.contains("ser ut att innehålla ett personnummer"), "the debt");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_enter_sees_no_form_and_is_refused_and_so_is_who_is_tied() {
    let town = Town::new(Engine::Sqlite).await;
    let tenant = &town.demo.tenant;
    let page = address(&town, who::FOOTBALL).await;
    let id = page.rsplit('/').next().unwrap().parse().unwrap();
    let debt = standing::enter_debt(tenant, &Actor::Service, id, Money::from_ore(10_000), "Hyra").await.unwrap().to_string();
    let (status, debts, reduce) = (format!("{page}/lage"), format!("{page}/skulder"), format!("{page}/skulder/{debt}"));
    let (amount, reason) = (format!("belopp-{debt}"), format!("skal-{debt}"));
    let today = tenant.clock.today().to_string();
    let put = [("lage", "bankruptcy"), ("fran", today.as_str()), ("kalla", "Hörsägen")];
    let owe = [("belopp", "100"), ("skal", "Hörsägen")];
    let less = [(amount.as_str(), "50"), (reason.as_str(), "Hörsägen")];
    for (who, forms) in [(OFFICER, 0), (AUDITOR, 0), (REVIEWER, 2), (ATTESTER, 2), (ADMINISTRATOR, 3)] {
        let browser = town.person(who).await;
        let shown = browser.get(&page).await.page;
        assert!(shown.contains("Föreningens läge") && shown.contains("100\u{a0}kr kvar"), "{who} reads it: {shown}");
        let found = [&status, &debts, &reduce].iter().filter(|url| shown.contains(&format!("action=\"{url}\""))).count();
        assert_eq!(found, forms, "{who}: {shown}");
        if forms == 0 {
            for (path, fields) in [(&status, &put[..]), (&debts, &owe), (&reduce, &less)] {
                assert_eq!(browser.post(path, fields).await.status, StatusCode::NOT_FOUND, "{who}: {path}");
            }
        }
    }
    // Who is tied to the association enters nothing of it, whatever her role.
    let david = Actor::staff_named(tenant, ADMINISTRATOR).await.unwrap();
    for name in [REVIEWER, ADMINISTRATOR] {
        crate::support::actors::tie(tenant, &david, town.user(name).await, id, "Sitter i styrelsen.").await;
    }
    for (name, path, fields) in
        [(ADMINISTRATOR, &status, &put[..]), (ADMINISTRATOR, &debts, &owe), (REVIEWER, &debts, &owe), (REVIEWER, &reduce, &less)]
    {
        let browser = town.person(name).await;
        assert_eq!(browser.get(&page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.post(path, fields).await.status, StatusCode::NOT_FOUND, "{name}: {path}");
    }
    assert_eq!(town.person(TIED_OFFICER).await.get(&page).await.status, StatusCode::NOT_FOUND);
    let left = standing::debts(tenant, &Actor::Service, id).await.unwrap();
    assert_eq!(left.iter().map(|debt| debt.remaining_ore.ore()).collect::<Vec<_>>(), [10_000], "nothing was changed");
}
