//! Pages for everybody, and the letter and the mailbox that applicants read.

use crate::web::site::routes::{Access, Route};

pub mod calendar;
pub mod finder;
pub mod grant;

pub mod diary;
pub mod letter;
#[cfg(feature = "demo")]
pub mod mailbox;
pub mod start;
pub mod text;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::Everybody, start::handlers::page),
        Route::get("/vilka-bidrag", Access::Everybody, finder::page),
        Route::get("/bidrag/{grant}", Access::Everybody, grant::page),
        Route::get("/kalender", Access::Everybody, calendar::page),
        Route::get("/kalender.ics", Access::Everybody, calendar::file),
        Route::get("/diarium", Access::Everybody, diary::handlers::page),
        Route::get("/tillganglighet", Access::Everybody, text::handlers::accessibility),
        Route::post("/tillganglighet", Access::Everybody, text::handlers::report),
        Route::get("/personuppgifter", Access::Everybody, text::handlers::personal_data),
        Route::get("/arenden/{case}/brev/{decision}", Access::LoggedIn, letter::handlers::page),
        Route::get("/arenden/{case}/brev/{decision}/pdf", Access::LoggedIn, letter::handlers::pdf),
        Route::get("/arenden/{case}/handling/{document}", Access::LoggedIn, letter::handlers::document),
    ]
}
