//! Attendance cards kept by hand: groups, who is on them, occasions, and a card on paper.

use uuid::Uuid;

use crate::domain::mandate::Mandate;
use crate::domain::role::Role;
use crate::web::site::routes::{Access, Route};

pub mod card;
pub mod groups;
pub mod occasion;
pub mod print;

/// The group of an address.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct InGroup {
    pub half: String,
    pub group: Uuid,
}

/// The occasion of an address.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct AtOccasion {
    pub half: String,
    pub group: Uuid,
    pub code: String,
}

/// Somebody on the card of an address.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct OnCard {
    pub half: String,
    pub group: Uuid,
    pub member: Uuid,
}

/// The addresses.
pub(super) fn routes() -> Vec<Route> {
    let reads = Access::Applicant(Mandate::Reader);
    let writes = Access::Applicant(Mandate::Writer);
    vec![
        Route::get("/narvaro/{half}/kort", reads, groups::page),
        Route::post("/narvaro/{half}/kort", writes, groups::add),
        Route::get("/narvaro/{half}/kort/{group}", reads, card::page),
        Route::get("/narvaro/{half}/kort/{group}/utskrift", reads, print::page),
        Route::post("/narvaro/{half}/kort/{group}/person", writes, card::add),
        Route::post("/narvaro/{half}/kort/{group}/person/{member}/bort", writes, card::remove),
        Route::get("/narvaro/{half}/kort/{group}/ny", writes, occasion::new),
        Route::post("/narvaro/{half}/kort/{group}/ny", writes, occasion::add),
        Route::get("/narvaro/{half}/kort/{group}/tillfalle/{code}", reads, occasion::open),
        Route::post("/narvaro/{half}/kort/{group}/tillfalle/{code}", writes, occasion::change),
        Route::post("/narvaro/{half}/kort/{group}/tillfalle/{code}/bort", writes, occasion::remove),
    ]
}

/// The addresses of a paper's cards, for the officer who writes them in.
pub(super) fn of_papers() -> Vec<Route> {
    let officer = Access::Roles(&[Role::Officer]);
    vec![
        Route::get("/utkast/{draft}/narvaro/{half}/kort", officer, groups::page),
        Route::post("/utkast/{draft}/narvaro/{half}/kort", officer, groups::add),
        Route::get("/utkast/{draft}/narvaro/{half}/kort/{group}", officer, card::page),
        Route::post("/utkast/{draft}/narvaro/{half}/kort/{group}/person", officer, card::add),
        Route::post("/utkast/{draft}/narvaro/{half}/kort/{group}/person/{member}/bort", officer, card::remove),
        Route::get("/utkast/{draft}/narvaro/{half}/kort/{group}/ny", officer, occasion::new),
        Route::post("/utkast/{draft}/narvaro/{half}/kort/{group}/ny", officer, occasion::add),
        Route::get("/utkast/{draft}/narvaro/{half}/kort/{group}/tillfalle/{code}", officer, occasion::open),
        Route::post("/utkast/{draft}/narvaro/{half}/kort/{group}/tillfalle/{code}", officer, occasion::change),
        Route::post("/utkast/{draft}/narvaro/{half}/kort/{group}/tillfalle/{code}/bort", officer, occasion::remove),
    ]
}
