//! Appeals, and decisions that take the place of others.

use super::Row;

/// The rows. The appeal that their addresses name is none.
pub const ROWS: &[Row] = &[
    ("GET", "/overklaganden", "l---iiiiii"),
    ("GET", "/arenden/{case}/overklagande", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande", "l---i-iiii"),
    ("GET", "/arenden/{case}/overklagande/{appeal}", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/avvisa", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/omprova", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/overlamna", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/forelaggande", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/svara", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/utgang", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/aterkalla", "l---i-iiii"),
    ("GET", "/arenden/{case}/andra-beslut", "l---i-iiii"),
    ("POST", "/arenden/{case}/andra-beslut", "l---i-iiii"),
    ("POST", "/arenden/{case}/ratta-beslut", "l---i-iiii"),
];
