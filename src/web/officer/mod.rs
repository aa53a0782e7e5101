//! Pages for those who handle, decide and pay.

use crate::web::site::routes::{Access, Route};

pub mod case;
pub mod cases;
pub mod decide;
pub mod import;
pub mod payments;
pub mod periods;
pub mod trace;
mod words;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    use crate::domain::role::Role::{Attester, Reviewer};
    let staff = Access::Staff;
    vec![
        Route::get("/arenden", staff, cases::handlers::page),
        Route::post("/arenden/vyer", staff, cases::handlers::save),
        Route::post("/arenden/vyer/{view}/ta-bort", staff, cases::handlers::forget),
        Route::post("/arenden/{case}/undan", staff, cases::handlers::snooze),
        Route::get("/arenden/{case}", staff, case::handlers::page),
        Route::get("/arenden/{case}/steg", staff, case::handlers::trace),
        Route::post("/arenden/{case}/uppgift/{task}", staff, case::handlers::complete),
        Route::post("/arenden/{case}/komplettering", staff, case::handlers::supplement),
        Route::post("/arenden/{case}/angra/{decision}", staff, case::handlers::undo),
        Route::get("/beslut", staff, decide::handlers::page),
        Route::post("/beslut", staff, decide::handlers::decide),
        Route::get("/perioder", staff, periods::handlers::page),
        Route::post("/perioder/stang", staff, periods::handlers::close),
        Route::get("/utbetalningar", staff, payments::handlers::page),
        Route::post("/utbetalningar/granska", Access::Roles(&[Reviewer]), payments::handlers::review),
        Route::post("/utbetalningar/attestera", Access::Roles(&[Attester]), payments::handlers::attest),
        Route::post("/utbetalningar/bunt", Access::Roles(&[Reviewer, Attester]), payments::handlers::batch),
        Route::post("/utbetalningar/sparr/{hold}", Access::Roles(&[Reviewer, Attester]), payments::handlers::release),
        Route::get("/utbetalningar/{batch}/{kind}", Access::Roles(&[Reviewer, Attester]), payments::handlers::file),
    ]
}
