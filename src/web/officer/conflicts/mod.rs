//! Conflict of interest: declaring it in a case, one's own ties, and the whole register.

pub(in crate::web) mod case;
pub(in crate::web) mod register;
pub(in crate::web) mod ties;
pub(in crate::web) mod words;

use crate::domain::role::Role;
use crate::web::site::routes::{Access, Route};

/// The addresses.
pub(super) fn routes() -> Vec<Route> {
    let staff = Access::Staff;
    let readers = Access::Roles(&[Role::Administrator, Role::Auditor]);
    let administrator = Access::Roles(&[Role::Administrator]);
    vec![
        Route::get("/arenden/{case}/jav", staff, case::page),
        Route::post("/arenden/{case}/jav", staff, case::declare),
        Route::post("/arenden/{case}/jav/undantag", staff, case::lift),
        Route::post("/arenden/{case}/jav/undantag/{person}/ta-bort", staff, case::end),
        Route::get("/bindningar", staff, ties::page),
        Route::post("/bindningar", staff, ties::enter),
        Route::post("/bindningar/bekrafta", staff, ties::confirm),
        Route::post("/bindningar/forslag", staff, ties::answer),
        Route::post("/bindningar/{tie}/avsluta", staff, ties::end),
        Route::get("/bindningar/alla", readers, register::page),
        Route::post("/bindningar/alla", administrator, register::enter),
    ]
}
