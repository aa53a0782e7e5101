//! Pages for those who handle, decide and pay.

use crate::domain::role::Role;
use crate::web::site::routes::{Access, Route};

pub mod agenda;
pub mod appeals;
pub mod ask;
pub mod assess;
mod assessed;
pub mod bulk;
pub mod bundle;
pub mod case;
pub mod cases;
pub mod conflicts;
pub mod decide;
pub mod extensions;
pub mod import;
pub mod meetings;
pub mod memo;
pub mod periods;
pub mod ranking;
pub mod reminders;
pub mod reports;
mod rounds;
pub mod templates;
pub mod trace;
pub(in crate::web) mod typed;
pub(in crate::web) mod words;
pub mod workload;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let staff = Access::Staff;
    let mut routes = conflicts::routes();
    routes.extend(appeals::routes());
    routes.extend(reports::routes());
    routes.extend(vec![
        Route::get("/arenden", staff, cases::handlers::page),
        Route::post("/arenden/vyer", staff, cases::handlers::save),
        Route::post("/arenden/vyer/{view}/ta-bort", staff, cases::handlers::forget),
        Route::get("/arenden/komplettering", staff, ask::page),
        Route::post("/arenden/komplettering", staff, ask::send),
        Route::get("/arenden/flera", staff, bulk::page),
        Route::post("/arenden/flera", staff, bulk::carry_out),
        Route::get("/arenden/tangenter", staff, bulk::keys),
        Route::get("/arenden/{case}", staff, case::handlers::page),
        Route::get("/arenden/{case}/steg", staff, trace::page),
        Route::get("/arenden/{case}/markeringar", staff, case::cut::page),
        Route::post("/arenden/{case}/uppgift/{task}", staff, case::posts::complete),
        Route::get("/arenden/{case}/bedomningar", staff, assessed::page),
        Route::get("/arenden/{case}/bedomning/{task}", staff, assess::page),
        Route::post("/arenden/{case}/bedomning/{task}", staff, assess::send),
        Route::post("/arenden/{case}/komplettering", staff, case::posts::supplement),
        Route::post("/arenden/{case}/undan", staff, case::posts::snooze),
        Route::post("/arenden/{case}/angra/{decision}", staff, case::posts::undo),
        Route::post("/arenden/{case}/avskriv", staff, case::posts::close),
        Route::get("/arenden/{case}/meddelanden", staff, case::messages::page),
        Route::post("/arenden/{case}/meddelanden", staff, case::messages::write),
        Route::post("/arenden/{case}/besvarat", staff, case::messages::settle),
        Route::get("/arenden/{case}/samtal", staff, case::notes::call),
        Route::post("/arenden/{case}/samtal", staff, case::notes::keep_call),
        Route::get("/arenden/{case}/anteckning", staff, case::notes::page),
        Route::post("/arenden/{case}/anteckning", staff, case::notes::write),
        Route::get("/arenden/{case}/overlamna", staff, case::hand_over::page),
        Route::post("/arenden/{case}/overlamna", staff, case::hand_over::hand_over),
        Route::get("/arenden/{case}/avvikelse", staff, case::more::overriding),
        Route::post("/arenden/{case}/avvikelse", staff, case::more::override_amount),
        Route::post("/arenden/{case}/avvikelse/ta-tillbaka", staff, case::more::take_back),
        Route::get("/arenden/{case}/aterkallad", staff, case::more::withdrawing),
        Route::post("/arenden/{case}/aterkallad", staff, case::more::withdraw),
        Route::get("/arenden/{case}/anstand", staff, case::more::extending),
        Route::post("/arenden/{case}/anstand", staff, case::more::extend),
        Route::post("/arenden/{case}/sakkunniga", staff, case::experts::invite),
        Route::post("/arenden/{case}/sakkunniga/{invitation}/ta-tillbaka", staff, case::experts::revoke),
        Route::get("/arenden/{case}/filer", staff, case::files::page),
        Route::get("/arenden/{case}/filer/{import}", staff, case::files::one),
        Route::get("/arenden/{case}/utskrift", staff, case::print::page),
        Route::get("/fordelning", staff, workload::page),
        Route::post("/fordelning/borta", staff, workload::away),
        Route::post("/fordelning/tillbaka", staff, workload::back),
        Route::post("/fordelning/enhet/{unit}", staff, workload::unit),
        Route::get("/mallar", staff, templates::list),
        Route::get("/mallar/ny", staff, templates::new),
        Route::post("/mallar/ny", staff, templates::create),
        Route::post("/mallar/granska", staff, templates::preview),
        Route::get("/mallar/{template}", staff, templates::edit),
        Route::post("/mallar/{template}", staff, templates::save),
        Route::post("/mallar/{template}/anvandning", staff, templates::set_use),
        Route::get("/beslut", staff, decide::handlers::page),
        Route::post("/beslut", staff, decide::handlers::decide),
        Route::get("/perioder", staff, periods::handlers::page),
        Route::get("/perioder/stang", Access::Roles(&[Role::Administrator]), periods::handlers::before_close),
        Route::post("/perioder/stang", staff, periods::handlers::close),
        Route::get("/perioder/anstand", staff, extensions::page),
        Route::post("/perioder/anstand", staff, extensions::give),
        Route::get("/perioder/paminnelser", staff, reminders::page),
        Route::post("/perioder/paminnelser", staff, reminders::remind),
        Route::get("/namnd", staff, meetings::page),
        Route::post("/namnd", staff, meetings::report),
        Route::get("/namnd/vantar/{committee}", staff, meetings::waiting),
        Route::get("/namnd/rangordning/{grant}/{period}", staff, ranking::page),
        Route::post("/namnd/rangordning/{grant}/{period}", staff, ranking::propose),
        Route::post("/namnd/rangordning/{grant}/{period}/{ranking}/faststall", staff, ranking::settle),
        Route::post("/namnd/rangordning/{grant}/{period}/{ranking}/avvisa", staff, ranking::turn_down),
        Route::post("/namnd/planera", staff, agenda::plan),
        Route::get("/namnd/{meeting}/arenden", staff, agenda::page),
        Route::post("/namnd/{meeting}/arenden", staff, agenda::add),
        Route::post("/namnd/{meeting}/arenden/{case}/ta-bort", staff, agenda::remove),
        Route::post("/namnd/{meeting}/protokoll", staff, agenda::minutes),
        Route::get("/namnd/{meeting}/tjansteskrivelse/{grant}", staff, memo::page),
        Route::post("/namnd/{meeting}/tjansteskrivelse/{grant}", staff, memo::write),
        Route::get("/namnd/{meeting}/tjansteskrivelse/{grant}/{form}", staff, memo::file),
        Route::post("/namnd/{meeting}/handlingar", staff, bundle::ask),
        Route::get("/namnd/{meeting}/handlingar/{bundle}", staff, bundle::file),
        Route::get("/namnd/{meeting}", staff, meetings::one),
        Route::post("/namnd/{meeting}/anslag", staff, meetings::announce),
        Route::post("/namnd/{meeting}/ratta", staff, meetings::correct),
        Route::get("/namnd/{meeting}/pdf", staff, meetings::pdf),
    ]);
    routes
}
