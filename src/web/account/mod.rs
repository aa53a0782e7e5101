//! Logging in and out, and for whom one acts.

use crate::web::site::routes::{Access, Route};

mod act_for;
mod login;

pub(in crate::web) use act_for::mandate_key;
pub use act_for::{ActForPage, ActForRow};
pub use login::{LoginGroup, LoginPage, LoginPerson};

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        Route::get("/logga-in", Access::Everybody, login::page),
        #[cfg(feature = "demo")]
        Route::post("/logga-in", Access::Everybody, login::log_in),
        Route::post("/logga-ut", Access::Everybody, login::log_out),
        Route::get("/foretrad", Access::LoggedIn, act_for::page),
        Route::post("/foretrad", Access::LoggedIn, act_for::choose),
    ]
}
