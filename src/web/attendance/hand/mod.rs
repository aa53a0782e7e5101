//! Attendance cards kept by hand: groups, who is on them, occasions, and a card on paper.

use crate::domain::mandate::Mandate;
use crate::web::site::routes::{Access, Route};

pub mod card;
pub mod groups;
pub mod occasion;
pub mod print;

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
