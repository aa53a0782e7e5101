//! Statistics and budgets.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/statistik", "l---iiiiii"),
    ("GET", "/statistik.csv", "l---iiiiii"),
    ("GET", "/budget", "l---iiiiii"),
    ("POST", "/budget", "l-----iii-"),
    ("POST", "/statistik/budget", "l-------i-"),
];
