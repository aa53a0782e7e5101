//! Payment over HTTP: a payment comes back, is made again, attested by two, and leaves in a batch of its own.

use axum::http::StatusCode;
use bifall::demo::personas::{ADMINISTRATOR, ATTESTER, REVIEWER, TIED_OFFICER};
use bifall::services::Actor;
use bifall::store::{organisations, payments};

use super::visitors::{Answer, Browser, Town};
use crate::support::Engine;

/// The values of a page's attribute, in order.
fn values(page: &str, before: &str) -> Vec<String> {
    page.split(before).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

fn seen(page: &str) -> Vec<String> {
    values(page, "name=\"order\" value=\"")
}

async fn send(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_that_came_back_is_made_again_and_leaves_once_more() {
    let town = Town::new(Engine::Sqlite).await;
    let (bo, cecilia) = (town.person(REVIEWER).await, town.person(ATTESTER).await);
    let sent = bo.get("/utbetalningar?visa=skickat").await.page;
    let order = values(&sent, "action=\"/utbetalningar/order/").remove(0).replace("/utfall", "");
    let (what, why) = (format!("utfall-{order}"), format!("skal-{order}"));
    let tell = format!("/utbetalningar/order/{order}/utfall");
    send(&bo, &tell, &[(&what, "booked")]).await;

    // A return needs its reason; what was chosen is kept, the error stands at the field.
    let silent = bo.post(&tell, &[(&what, "returned"), (&why, " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.page.contains(&format!("id=\"{why}-error\"")) && silent.page.contains("value=\"returned\" checked"), "{}", silent.page);
    let told = send(&bo, &tell, &[(&what, "returned"), (&why, "Kontot är avslutat")]).await;
    assert!(told.location.contains("visa=utred"), "{}", told.location);
    let trouble = bo.get(&told.location).await.page;
    assert!(trouble.contains("Kontot är avslutat") && trouble.contains("Returnerad"), "{trouble}");

    send(&bo, &format!("/utbetalningar/order/{order}/igen"), &[]).await;
    let none = bo.post("/utbetalningar/granska", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.page.contains("Välj minst en utbetalning"), "{}", none.page);
    let review = bo.get("/utbetalningar?visa=granska").await.page;
    let rows = seen(&review);
    assert_eq!(rows.len(), 1, "{review}");

    // What was shown is what is attested: another hash is another payment.
    let (id, hash) = rows[0].split_once(':').unwrap();
    let forged = format!("{id}:{}", hash.replace(|c: char| c.is_ascii_digit(), "0"));
    let refused = bo.post("/utbetalningar/granska", &[("order", &forged)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("har ändrats sedan den visades"), "{}", refused.page);

    send(&bo, "/utbetalningar/granska", &[("order", &rows[0])]).await;
    let attest = cecilia.get("/utbetalningar?visa=attestera").await.page;
    assert!(attest.contains("Granskad av Bo Nyberg"), "{attest}");
    send(&cecilia, "/utbetalningar/attestera", &[("order", &seen(&attest)[0])]).await;
    // A day that has passed, or that is no bank day, is not quietly replaced: 19 August is past, the 22nd a Saturday.
    for (day, says) in [
        ("2026-08-19", "Dagen har varit. Nästa bankdag är 20 augusti 2026."),
        ("2026-08-22", "22 augusti 2026 är ingen bankdag. Nästa bankdag är 24 augusti 2026."),
        ("i morgon", "Skriv dagen som"),
    ] {
        let back = cecilia.post("/utbetalningar/buntar", &[("kanal", "ledger"), ("dag", day)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}: {}", back.page);
        for words in [says, "href=\"#dag\"", "id=\"dag-error\"", &format!("value=\"{day}\""), "value=\"ledger\" checked"] {
            assert!(back.page.contains(words), "{day}, {words}: {}", back.page);
        }
    }
    let built = send(&cecilia, "/utbetalningar/buntar", &[("kanal", "bank"), ("dag", "")]).await;
    let batch = cecilia.get(&built.location).await.page;
    assert!(batch.contains("pain.001") && batch.contains("SIE 4I") && batch.contains("Filerna är klara"), "{batch}");
    let files = values(&batch, "<a href=\"/utbetalningar/buntar/");
    let pain = files.iter().find(|file| file.ends_with("pain001")).unwrap();
    let file = cecilia.get(&format!("/utbetalningar/buntar/{pain}")).await;
    assert_eq!((file.status, file.page.matches("<EndToEndId>").count()), (StatusCode::OK, 1));
    // Nothing more is ready, and pressing once more sends nothing.
    let again = send(&cecilia, "/utbetalningar/buntar", &[("kanal", "bank")]).await;
    assert!(again.location.ends_with("kvitto=ingen"), "{}", again.location);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_report_is_told_at_the_field() {
    let town = Town::new(Engine::Sqlite).await;
    let bo = town.person(REVIEWER).await;
    for (body, says) in [("hej", "ingen återrapport"), ("<Document/>", "ingen återrapport"), ("<a><b></a>", "skadad")] {
        let answer = bo.send_files("/utbetalningar/buntar/rapport", &[], &[("fil", "svar.xml", body.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("id=\"fil-error\"") && answer.page.contains(says), "{}", answer.page);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_tied_to_a_payee_does_not_read_her_name() {
    let town = Town::new(Engine::Sqlite).await;
    let tenant = &town.demo.tenant;
    let mut tx = tenant.db.read().await.unwrap();
    let payee = payments::all(&mut tx).await.unwrap().pop().unwrap().organisation_id;
    let name = organisations::name(&mut tx, payee, tenant.clock.today()).await.unwrap();
    drop(tx);
    let david = Actor::staff_named(tenant, ADMINISTRATOR).await.unwrap();
    crate::support::actors::tie(tenant, &david, town.user(TIED_OFFICER).await, payee, "Sitter i styrelsen.").await;
    let (tied, bo) = (town.person(TIED_OFFICER).await, town.person(REVIEWER).await);
    let page = "/utbetalningar?visa=skickat";
    assert!(bo.get(page).await.page.contains(&name));
    // The demonstration's bar names everybody one may play; the page itself begins after it.
    let own = tied.get(page).await.page;
    assert!(!own.split("<main").nth(1).unwrap().contains(&name));
    let batches = tied.get("/utbetalningar/buntar").await.page;
    assert!(batches.contains("anmäld som jävig"), "{batches}");
    assert_eq!(batches.matches("<table").count(), 2, "the other batches alone are laid open: {batches}");
    let open = bo.get("/utbetalningar/buntar").await.page;
    let hers = |address: &String| !address.contains('/') && !batches.contains(address.as_str());
    let batch = values(&open, "<a href=\"/utbetalningar/buntar/").into_iter().find(hers).unwrap();
    let address = format!("/utbetalningar/buntar/{batch}");
    assert_eq!(bo.get(&address).await.status, StatusCode::OK);
    assert_eq!(tied.get(&address).await.status, StatusCode::NOT_FOUND);
}
