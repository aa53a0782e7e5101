//! The association's own pages: applying in a guided wizard, and her cases.

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;

pub(in crate::web) use section::{accept_key, endings};
pub(in crate::web) use sent::{settle, short};
pub(in crate::web) use words::size;

use crate::domain::mandate::Mandate;
use crate::domain::role::Role;
use crate::web::site::routes::{Access, Route};

pub mod before;
pub mod case;
pub mod check;
pub mod cosign;
pub mod draft;
pub mod my;
pub mod paper;
pub mod receipt;
pub mod section;
mod sent;
pub mod sign;
pub mod supplement;
mod words;

/// How much a form with files may hold, in bytes; the shell's own limit stands above it.
const WITH_FILES: usize = 64 * 1024 * 1024;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let reader = Access::Applicant(Mandate::Reader);
    let writer = Access::Applicant(Mandate::Writer);
    let signatory = Access::Applicant(Mandate::Signatory);
    let (reads, writes) = (Access::Draft(Mandate::Reader), Access::Draft(Mandate::Writer));
    let officer = Access::Roles(&[Role::Officer]);
    let files = || DefaultBodyLimit::max(WITH_FILES);
    vec![
        Route::get("/mina-sidor", reader, my::page),
        Route::get("/ansok/{grant}", reader, before::newest),
        Route::get("/ansok/{grant}/{period}", reader, before::page),
        Route::post("/ansok/{grant}/{period}", writer, before::begin),
        Route::get("/utkast/{draft}", reads, draft::page),
        Route::post("/utkast/{draft}/kasta", writes, draft::throw_away),
        Route::get("/utkast/{draft}/belopp", reads, section::handlers::amount),
        Route::post("/utkast/{draft}/svar", writes, section::autosave::save),
        Route::get("/utkast/{draft}/bilaga/{file}", reads, section::handlers::file),
        Route::get("/utkast/{draft}/del/{section}", reads, section::handlers::page),
        Route::post("/utkast/{draft}/del/{section}", writes, section::handlers::save.layer(files())),
        Route::get("/utkast/{draft}/del/{section}/{question}", reads, section::handlers::question),
        Route::post("/utkast/{draft}/del/{section}/{question}", writes, section::handlers::save_question.layer(files())),
        Route::get("/utkast/{draft}/granska", reads, check::page),
        Route::get("/foreningar/{forening}/papper", officer, paper::rounds),
        Route::post("/foreningar/{forening}/papper", officer, paper::begin),
        Route::get("/utkast/{draft}/papper", officer, paper::page),
        Route::post("/utkast/{draft}/papper", officer, paper::receive.layer(files())),
        Route::get("/utkast/{draft}/skriv-under", reader, sign::page),
        Route::post("/utkast/{draft}/skriv-under", writer, sign::send),
        Route::get("/utkast/{draft}/skicka", reader, supplement::page),
        Route::post("/utkast/{draft}/skicka", writer, supplement::send),
        Route::get("/mina-sidor/arenden/{case}", reader, case::handlers::page),
        Route::get("/mina-sidor/arenden/{case}/kvittens", reader, receipt::page),
        Route::post("/mina-sidor/arenden/{case}/andra", writer, case::handlers::replace),
        Route::post("/mina-sidor/arenden/{case}/aterkalla", signatory, case::handlers::withdraw),
        Route::post("/mina-sidor/arenden/{case}/komplettering", writer, case::handlers::supplement),
        Route::post("/mina-sidor/arenden/{case}/yttrande", writer, case::handlers::view),
        Route::get("/mina-sidor/arenden/{case}/underskrift", reader, cosign::page),
        Route::post("/mina-sidor/arenden/{case}/underskrift", signatory, cosign::sign),
        Route::post("/mina-sidor/arenden/{case}/underskrift/paminn", signatory, cosign::remind),
        Route::post("/mina-sidor/arenden/{case}/underskrift/ta-tillbaka", signatory, cosign::call_off),
        Route::get("/mina-sidor/arenden/{case}/brev/{decision}", reader, case::handlers::letter),
    ]
}
