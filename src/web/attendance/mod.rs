//! An association's attendance: its half-years, files and their reports, rows that do not count, clashes, and cards kept by hand.

use crate::domain::mandate::Mandate;
use crate::web::site::routes::{Access, Route};

pub mod clashes;
pub(in crate::web) mod figures;
pub mod half;
pub mod hand;
pub mod home;
pub mod report;
pub mod rows;
mod upload;
pub(in crate::web) mod words;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let reads = Access::Applicant(Mandate::Reader);
    let writes = Access::Applicant(Mandate::Writer);
    let mut routes = vec![
        Route::get("/narvaro", reads, home::page),
        Route::get("/narvaro/{half}", reads, half::page),
        Route::post("/narvaro/{half}/fil", writes, upload::receive),
        Route::post("/narvaro/{half}/kalla", writes, half::change_source),
        Route::get("/narvaro/{half}/fil/{import}", reads, report::page),
        Route::post("/narvaro/{half}/fil/{import}/ratta", writes, report::correct),
        Route::post("/narvaro/{half}/fil/{import}/lamna", writes, report::leave_out),
        Route::get("/narvaro/{half}/fil/{import}/rapport.csv", reads, report::csv),
        Route::get("/narvaro/{half}/fil/{import}/svar.xml", reads, report::answer),
        Route::get("/narvaro/{half}/rader/{grant}", reads, rows::page),
        Route::get("/narvaro/{half}/krockar", reads, clashes::page),
        Route::post("/narvaro/{half}/krockar", writes, clashes::answer_all),
        Route::post("/narvaro/{half}/krockar/{clash}", writes, clashes::answer),
    ];
    routes.extend(hand::routes());
    routes
}
