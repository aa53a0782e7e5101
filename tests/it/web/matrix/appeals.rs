//! Appeals, and decisions that take the place of others.

use super::Row;

/// The rows. The appeal that addresses name is none: whose cases have one is tried in `journey::appeals`.
pub const ROWS: &[Row] = &[
    ("GET", "/overklaganden", "l---iiiiii"),
    ("GET", "/arenden/{case}/overklagande", "l---i-iiii"),
    ("POST", "/arenden/{case}/overklagande", "l---i-iiii"),
    ("GET", "/arenden/{case}/overklagande/{appeal}", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/avvisa", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/omprova", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/overlamna", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/forelaggande", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/svara", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/utgang", "l---------"),
    ("POST", "/arenden/{case}/overklagande/{appeal}/aterkalla", "l---------"),
    ("GET", "/arenden/{case}/andra-beslut", "l---i-iiii"),
    ("POST", "/arenden/{case}/andra-beslut", "l---i-iiii"),
    ("POST", "/arenden/{case}/ratta-beslut", "l---i-iiii"),
];
