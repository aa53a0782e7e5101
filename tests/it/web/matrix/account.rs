//! Logging in and out.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/logga-in", "iiiiiiiiii"),
    ("POST", "/logga-in", "iiiiiiiiii"),
    ("POST", "/logga-ut", "iiiiiiiiii"),
    ("GET", "/foretrad", "liiiiiiiii"),
    ("POST", "/foretrad", "liiiiiiiii"),
];
