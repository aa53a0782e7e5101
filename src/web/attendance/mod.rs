//! An association's attendance: its half-years, files and their reports, rows that do not count, clashes, and cards kept by hand.

use crate::domain::mandate::Mandate;
use crate::domain::role::Role;
use crate::web::site::routes::{Access, Route};

pub mod clashes;
pub(in crate::web) mod figures;
pub mod half;
pub mod hand;
pub mod home;
mod place;
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
    routes.extend(of_papers());
    routes
}

/// The same pages under a paper that an officer writes in; clashes and rows that do not count are for the association to judge.
fn of_papers() -> Vec<Route> {
    let officer = Access::Roles(&[Role::Officer]);
    let mut routes = vec![
        Route::get("/utkast/{draft}/narvaro/{half}", officer, half::page),
        Route::post("/utkast/{draft}/narvaro/{half}/fil", officer, upload::receive),
        Route::post("/utkast/{draft}/narvaro/{half}/kalla", officer, half::change_source),
        Route::get("/utkast/{draft}/narvaro/{half}/fil/{import}", officer, report::of_paper),
    ];
    routes.extend(hand::of_papers());
    routes
}
