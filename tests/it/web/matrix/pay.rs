//! Paying, and what became of it.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/utbetalningar", "l---iiiiii"),
    ("POST", "/utbetalningar/granska", "l-----i---"),
    ("POST", "/utbetalningar/attestera", "l------i--"),
    ("POST", "/utbetalningar/sparr/{hold}", "l---------"),
    ("POST", "/utbetalningar/order/{order}/utfall", "l---------"),
    ("POST", "/utbetalningar/order/{order}/igen", "l---------"),
    ("GET", "/utbetalningar/buntar", "l---iiiiii"),
    ("POST", "/utbetalningar/buntar", "l-----ii--"),
    ("POST", "/utbetalningar/buntar/rapport", "l-----ii--"),
    ("GET", "/utbetalningar/buntar/{batch}", "l---iiiiii"),
    ("GET", "/utbetalningar/buntar/{batch}/{kind}", "l-----ii--"),
];
