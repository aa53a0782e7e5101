//! Payment: the two attests, holds, files for the bank and the ledger, and what became of what was sent.

use crate::web::site::routes::{Access, Route};

pub mod batches;
pub mod orders;
mod words;

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    use crate::domain::role::Role::{Attester, Reviewer};
    let payers = Access::Roles(&[Reviewer, Attester]);
    vec![
        Route::get("/utbetalningar", Access::Staff, orders::handlers::page),
        Route::post("/utbetalningar/granska", Access::Roles(&[Reviewer]), orders::handlers::review),
        Route::post("/utbetalningar/attestera", Access::Roles(&[Attester]), orders::handlers::attest),
        Route::post("/utbetalningar/sparr/{hold}", payers, orders::handlers::release),
        Route::post("/utbetalningar/order/{order}/utfall", payers, orders::handlers::tell),
        Route::post("/utbetalningar/order/{order}/igen", payers, orders::handlers::again),
        Route::get("/utbetalningar/buntar", Access::Staff, batches::handlers::page),
        Route::post("/utbetalningar/buntar", payers, batches::handlers::build),
        Route::post("/utbetalningar/buntar/rapport", payers, batches::handlers::report),
        Route::get("/utbetalningar/buntar/{batch}", Access::Staff, batches::handlers::one),
        Route::get("/utbetalningar/buntar/{batch}/{kind}", payers, batches::handlers::file),
    ]
}
