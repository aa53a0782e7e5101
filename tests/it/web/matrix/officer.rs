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
    ("POST", "/arenden/{case}/avskriv", "l---i-iiii"),
    ("GET", "/arenden/{case}/meddelanden", "l---i-iiii"),
    ("POST", "/arenden/{case}/meddelanden", "l---i-iiii"),
    ("POST", "/arenden/{case}/besvarat", "l---i-iiii"),
    ("GET", "/arenden/{case}/samtal", "l---i-iiii"),
    ("POST", "/arenden/{case}/samtal", "l---i-iiii"),
    ("GET", "/arenden/{case}/anteckning", "l---i-iiii"),
    ("POST", "/arenden/{case}/anteckning", "l---i-iiii"),
    ("GET", "/arenden/{case}/overlamna", "l---i-iiii"),
    ("POST", "/arenden/{case}/overlamna", "l---i-iiii"),
    ("GET", "/arenden/{case}/avvikelse", "l---i-iiii"),
    ("POST", "/arenden/{case}/avvikelse", "l---i-iiii"),
    ("POST", "/arenden/{case}/avvikelse/ta-tillbaka", "l---i-iiii"),
    ("GET", "/arenden/{case}/aterkallad", "l---i-iiii"),
    ("POST", "/arenden/{case}/aterkallad", "l---i-iiii"),
    ("GET", "/arenden/{case}/anstand", "l---i-iiii"),
    ("POST", "/arenden/{case}/anstand", "l---i-iiii"),
    ("GET", "/arenden/{case}/utskrift", "l---i-iiii"),
    ("GET", "/beslut", "l---iiiiii"),
    ("POST", "/beslut", "l---iiiiii"),
    ("GET", "/perioder", "l---iiiiii"),
    ("POST", "/perioder/stang", "l---iiiiii"),
];
