//! Pages of staff say things in words: kinds, accounts, shares, and which cases were left out.

use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::OFFICER;
use bifall::store::{cases, organisations};

use super::visitors::Town;
use crate::support::Engine;

fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

fn values<'p>(page: &'p str, before: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_share_an_account_and_a_kind_are_told_in_words() {
    let town = Town::new(Engine::Sqlite).await;
    let number = ASSOCIATIONS[who::PENSIONERS].number.replace('-', "");
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let club = organisations::by_number(&mut tx, &number).await.unwrap().unwrap().id;
    let all = cases::of_organisation(&mut tx, club).await.unwrap();
    let case = all.into_iter().find(|case| case.grant_type == "lokalbidrag").unwrap().id;
    drop(tx);
    let anna = town.person(OFFICER).await;
    let page = anna.get(&format!("/arenden/{case}")).await.page;
    assert!(own(&page).contains("65\u{a0}% av") && !own(&page).contains("× 0,65"), "{page}");
    let folded = own(&page).split("<summary>Visa kontrollsummor</summary>").nth(1).expect("checksums are folded away");
    assert!(
        folded.contains("Reglernas kontrollsumma") && !own(&page).split("Visa kontrollsummor").next().unwrap().contains("kontrollsumma")
    );
    let documents = values(&page, &format!("href=\"/arenden/{case}/handling/"));
    let mut read = false;
    for document in documents {
        let paper = anna.get(&format!("/arenden/{case}/handling/{document}")).await.page;
        if paper.contains("<h1>Ansökan om") {
            read = true;
            assert!(paper.contains("<dd>Pensionärer</dd>"), "{paper}");
            assert!(!paper.contains("<dd>pensionar</dd>"), "{paper}");
        }
    }
    assert!(read, "the application is among the documents: {page}");
    let list = anna.get("/foreningar").await.page;
    assert!(list.contains("<td>Pensionärer</td>") && list.contains("<td>Funktionsrätt</td>"), "{list}");
    let one = anna.get(&format!("/foreningar/{club}")).await.page;
    assert!(one.contains("Pensionärer") && !own(&one).contains("Ni har inte angett") && !own(&one).contains("företräder er"), "{one}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_decided_in_two_tabs_names_what_was_left_out() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let page = anna.get("/beslut").await.page;
    let shown = values(&page, "name=\"visad\" value=\"");
    let ids = values(&page, "name=\"arende\" value=\"");
    assert!(ids.len() >= 2, "{page}");
    let numbers: Vec<&str> = ids[..2].iter().map(|id| values(&page, &format!("<a href=\"/arenden/{id}\">"))[0]).collect();
    let number = |at: usize| numbers[at].trim_start_matches('>').split('<').next().unwrap();
    let send = async |chosen: &[&str], key: &str| {
        let mut form: Vec<(&str, &str)> = shown.iter().map(|row| ("visad", *row)).collect();
        form.extend(chosen.iter().map(|id| ("arende", *id)));
        form.extend([("bekrafta", "ja"), ("idempotency_key", key)]);
        let answer = anna.post("/beslut", &form).await;
        assert!(answer.location.starts_with("/beslut?"), "{}", answer.page);
        anna.get(&answer.location).await.page
    };
    let first = send(&ids[..1], "one").await;
    assert!(!first.contains("De här ärendena togs inte med"), "{first}");
    let second = send(&ids[..2], "two").await;
    let left_out = own(&second).split("De här ärendena togs inte med").nth(1).expect("it is told").split("</section>").next().unwrap();
    assert!(left_out.contains(number(0)) && left_out.contains(&format!("/arenden/{}", ids[0])), "{left_out}");
    assert!(!left_out.contains(ids[1]), "the other was decided: {left_out}");
}
