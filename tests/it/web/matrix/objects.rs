//! Objects of association A that fill the places of addresses.

use std::collections::BTreeMap;

use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::services::Actor;
use bifall::services::drafts::{self, Start};
use bifall::store::{cases, diary, organisations, payments};

use crate::web::visitors::Town;

/// What to put into a path's places, by their names. Identities that nothing has stand for what the story lacks:
/// where a table says `i` for an address with such a place, the story must be given one.
pub async fn of_association_a(town: &Town) -> BTreeMap<&'static str, String> {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let organisation = organisations::by_number(&mut tx, &number).await.unwrap().unwrap();
    let case = cases::of_organisation(&mut tx, organisation.id).await.unwrap().into_iter().next().unwrap();
    let document = diary::documents_of_case(&mut tx, case.id).await.unwrap().into_iter().next().unwrap();
    let batch = payments::batches(&mut tx).await.unwrap().into_iter().next().unwrap();
    drop(tx);
    let chair = Actor::on_paper(organisation.id, ASSOCIATIONS[who::FOOTBALL].board.0);
    // Matrix cells throw drafts away: each asking finds the open one or begins another.
    let draft = drafts::begin(&town.demo.tenant, &chair, organisation.id, "arrangemangsbidrag", "2026", Start::GoOn).await.unwrap();
    let nothing = "0190ffff-ffff-7fff-bfff-ffffffffffff".to_owned();
    BTreeMap::from([
        ("period", "2026-H1".to_owned()),
        ("draft", draft.to_string()),
        ("section", "arrangemang".to_owned()),
        ("question", "beskrivning".to_owned()),
        ("file", "0190ffff-ffff-7fff-bfff-ffffffffffff".to_owned()),
        ("forening", organisation.id.to_string()),
        ("case", case.id.to_string()),
        ("document", document.id.to_string()),
        ("order", nothing.clone()),
        ("batch", batch.id.to_string()),
        ("kind", "pain001".to_owned()),
        ("grant", "aktivitetsstod".to_owned()),
        ("task", nothing.clone()),
        ("decision", nothing.clone()),
        ("officer", nothing.clone()),
        ("contact", nothing.clone()),
        ("mandate", nothing.clone()),
        ("hold", nothing.clone()),
        ("mail", nothing),
    ])
}

/// A path with its places filled.
pub fn fill(path: &str, objects: &BTreeMap<&'static str, String>) -> String {
    let mut filled = path.to_owned();
    for (place, value) in objects {
        filled = filled.replace(&format!("{{{place}}}"), value);
    }
    assert!(!filled.contains('{'), "no object for {filled}");
    filled
}
