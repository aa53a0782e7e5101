//! Every address times every kind of person: who is let in, who is asked to log in, and for whom there is nothing.
//!
//! The tables are written by hand, one file a room; an address without a row fails. A cell says what happens with an
//! object of association A (Norrängens FK): `i` the person is let in (whatever the form then says), `l` she is asked
//! to log in, `-` it is as if there were nothing.

mod account;
mod appeals;
mod apply;
mod association;
mod attendance;
mod demo;
mod dialogue;
mod expert;
pub mod objects;
mod officer;
mod pay;
mod public;
mod statistics;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use bifall::demo::personas;
use bifall::web::site::routes;

use super::visitors::{Answer, Town};
use crate::support::Engine;

/// A row: method, path, and a cell for each of [`PERSONS`].
pub type Row = (&'static str, &'static str, &'static str);

/// The columns, in this order; nobody first.
const PERSONS: [(&str, Option<&str>); 10] = [
    ("anybody", None),
    ("A, reader", Some(personas::HELPER)),
    ("A, signatory", Some("Hassan Yildiz")),
    ("B, signatory", Some("Malin Rask")),
    ("officer and delegate", Some(personas::OFFICER)),
    ("officer tied to A", Some(personas::TIED_OFFICER)),
    ("reviewer", Some(personas::REVIEWER)),
    ("attester", Some(personas::ATTESTER)),
    ("administrator", Some(personas::ADMINISTRATOR)),
    ("auditor", Some(personas::AUDITOR)),
];

/// Forms that must name something to be let in; the others are sent empty and come back with their errors.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("/narvaro/{half}/fil/{import}/ratta", &[("rad", "1")]),
    ("/narvaro/{half}/krockar/{clash}", &[("svar", "behall")]),
    ("/perioder/stang", &[("bidrag", "aktivitetsstod"), ("period", "2026-H2")]),
    ("/arenden/{case}/komplettering", &[("saknas", "Avtalet"), ("senast", "2026-09-10"), ("foljd", "Vi avgör utan.")]),
];

/// Addresses whose places stand for another object than elsewhere: place, and what the objects call it.
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    ("/arenden/{case}/bedomning/{task}", &[("case", "assessed"), ("task", "sheet")]),
    ("/arenden/{case}/sakkunniga", &[("case", "assessed")]),
    ("/arenden/{case}/sakkunniga/{invitation}/ta-tillbaka", &[("case", "assessed")]),
    ("/namnd/rangordning/{grant}/{period}", &[("grant", "ranked"), ("period", "round")]),
    ("/namnd/rangordning/{grant}/{period}/{ranking}/faststall", &[("grant", "ranked"), ("period", "round")]),
    ("/namnd/rangordning/{grant}/{period}/{ranking}/avvisa", &[("grant", "ranked"), ("period", "round")]),
];

fn table() -> BTreeMap<(String, String), &'static str> {
    let rows = [
        account::ROWS,
        appeals::ROWS,
        apply::ROWS,
        association::ROWS,
        attendance::ROWS,
        demo::ROWS,
        dialogue::ROWS,
        expert::ROWS,
        officer::ROWS,
        pay::ROWS,
        public::ROWS,
        statistics::ROWS,
    ]
    .concat();
    let all: BTreeMap<_, _> = rows.iter().map(|(method, path, cells)| (((*method).to_owned(), (*path).to_owned()), *cells)).collect();
    assert_eq!(all.len(), rows.len(), "an address stands twice");
    all
}

#[test]
fn every_address_has_a_row_and_every_row_an_address() {
    let table = table();
    let written: BTreeSet<_> = table.keys().cloned().collect();
    let served: BTreeSet<_> = routes::all().into_iter().map(|route| (route.method.to_string(), route.path.to_owned())).collect();
    let missing: Vec<_> = served.difference(&written).collect();
    let stale: Vec<_> = written.difference(&served).collect();
    assert!(missing.is_empty() && stale.is_empty(), "no row: {missing:?}; no such address: {stale:?}");
    for (address, cells) in &table {
        assert_eq!(cells.chars().count(), PERSONS.len(), "{address:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_further_than_the_table_says() {
    let town = Town::new(Engine::Sqlite).await;
    let objects = objects::of_association_a(&town).await;
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (at, (who, name)) in PERSONS.iter().enumerate() {
        for ((method, path), expected) in table() {
            // Logging out or changing the association must not spoil the next cell: each is a log-in of its own.
            let browser = match name {
                Some(name) => town.person(name).await,
                None => town.anybody(),
            };
            if *name == Some(personas::HELPER) {
                browser.post("/foretrad", &[("forening", objects["forening"].as_str())]).await;
            }
            let mut own = objects.clone();
            for (place, called) in OTHERS.iter().filter(|(other, _)| *other == path).flat_map(|(_, others)| *others) {
                own.insert(place, objects[called].clone());
            }
            let address = objects::fill(&path, &own);
            let fields = FORMS.iter().find(|(form, _)| *form == path).map_or(&[][..], |(_, fields)| fields);
            let answer = if method == Method::GET.as_str() { browser.get(&address).await } else { browser.post(&address, fields).await };
            let got = cell(&answer);
            cells += 1;
            let wanted = expected.chars().nth(at).unwrap();
            if got != wanted {
                wrong.push(format!("{method} {path}, {who}: expected {wanted}, got {got} ({} {})", answer.status, answer.location));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

fn cell(answer: &Answer) -> char {
    let to_log_in = answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/logga-in");
    match answer.status {
        _ if to_log_in => 'l',
        StatusCode::UNAUTHORIZED => 'l',
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => '-',
        _ => 'i',
    }
}

/// A case of association A.
pub async fn a_case(town: &Town) -> String {
    objects::of_association_a(town).await["case"].clone()
}

/// A case that an officer looks at.
pub async fn a_case_in_check(town: &Town) -> String {
    a_case_in(town, "check").await
}

/// A case in a state.
pub async fn a_case_in(town: &Town, state: &str) -> String {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let all = bifall::store::cases::all(&mut tx).await.unwrap();
    all.into_iter().find(|case| case.state == state).unwrap_or_else(|| panic!("a case in {state}")).id.to_string()
}
