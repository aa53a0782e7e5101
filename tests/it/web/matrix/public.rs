//! What everybody may read, and letters and documents.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/", "iiiiiiiiii"),
    ("GET", "/diarium", "iiiiiiiiii"),
    ("GET", "/vilka-bidrag", "iiiiiiiiii"),
    ("GET", "/bidrag/{grant}", "iiiiiiiiii"),
    ("GET", "/kalender", "iiiiiiiiii"),
    ("GET", "/kalender.ics", "iiiiiiiiii"),
    ("GET", "/tillganglighet", "iiiiiiiiii"),
    ("POST", "/tillganglighet", "iiiiiiiiii"),
    ("GET", "/personuppgifter", "iiiiiiiiii"),
    ("GET", "/arenden/{case}/brev/{decision}", "l---------"),
    ("GET", "/arenden/{case}/brev/{decision}/pdf", "l---------"),
    ("GET", "/arenden/{case}/handling/{document}", "lii-i-iiii"),
];
