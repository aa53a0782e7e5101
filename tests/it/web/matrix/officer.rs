//! Handling and deciding.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/arenden", "l---iiiiii"),
    ("POST", "/arenden/vyer", "l---iiiiii"),
    ("POST", "/arenden/vyer/{view}/ta-bort", "l---------"),
    ("POST", "/arenden/{case}/undan", "l---i-iiii"),
    ("GET", "/arenden/{case}", "l---i-iiii"),
    ("GET", "/arenden/{case}/steg", "l---i-iiii"),
    ("POST", "/arenden/{case}/uppgift/{task}", "l---------"),
    ("POST", "/arenden/{case}/komplettering", "l---i-iiii"),
    ("POST", "/arenden/{case}/angra/{decision}", "l---------"),
    ("GET", "/beslut", "l---iiiiii"),
    ("POST", "/beslut", "l---iiiiii"),
    ("GET", "/perioder", "l---iiiiii"),
    ("POST", "/perioder/stang", "l---iiiiii"),
];
