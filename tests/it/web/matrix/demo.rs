//! The demonstration's own addresses.

use super::Row;

/// The rows.
pub const ROWS: &[Row] =
    &[("POST", "/demo/klocka", "iiiiiiiiii"), ("GET", "/demo/brevlada", "iiiiiiiiii"), ("GET", "/demo/brevlada/{mail}", "iiiiiiiiii")];
