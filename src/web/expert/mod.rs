//! Pages of an expert from outside (sakkunnig): what she is asked to assess, and one sheet each. The invitation decides what
//! she sees; the service asks it every time.

use crate::web::site::routes::{Access, Route};

pub mod list;
pub mod sheet;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let anybody = Access::LoggedIn;
    vec![
        Route::get("/sakkunnig", anybody, list::page),
        Route::get("/sakkunnig/{invitation}", anybody, sheet::page),
        Route::post("/sakkunnig/{invitation}", anybody, sheet::send),
        Route::post("/sakkunnig/{invitation}/jav", anybody, sheet::declare),
        Route::get("/sakkunnig/{invitation}/fil/{question}", anybody, sheet::file),
    ]
}
