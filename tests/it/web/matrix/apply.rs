//! Applying, My pages and the association's own cases.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/mina-sidor", "liii------"),
    ("GET", "/ansok/{grant}", "liii------"),
    ("GET", "/ansok/{grant}/{period}", "liii------"),
    ("POST", "/ansok/{grant}/{period}", "l-ii------"),
    ("GET", "/utkast/{draft}", "lii-------"),
    ("POST", "/utkast/{draft}/kasta", "l-i-------"),
    ("GET", "/utkast/{draft}/belopp", "lii-------"),
    ("POST", "/utkast/{draft}/svar", "l---------"),
    ("GET", "/utkast/{draft}/bilaga/{file}", "l---------"),
    ("GET", "/utkast/{draft}/del/{section}", "lii-------"),
    ("POST", "/utkast/{draft}/del/{section}", "l-i-------"),
    ("GET", "/utkast/{draft}/del/{section}/{question}", "lii-------"),
    ("POST", "/utkast/{draft}/del/{section}/{question}", "l-i-------"),
    ("GET", "/utkast/{draft}/granska", "lii-------"),
    ("GET", "/foreningar/{forening}/papper", "l---i-----"),
    ("POST", "/foreningar/{forening}/papper", "l---------"),
    ("GET", "/utkast/{draft}/papper", "l---------"),
    ("POST", "/utkast/{draft}/papper", "l---------"),
    ("GET", "/utkast/{draft}/skriv-under", "lii-------"),
    ("POST", "/utkast/{draft}/skriv-under", "l-i-------"),
    ("GET", "/utkast/{draft}/skicka", "l---------"),
    ("POST", "/utkast/{draft}/skicka", "l---------"),
    ("GET", "/mina-sidor/arenden/{case}", "lii-------"),
    ("GET", "/mina-sidor/arenden/{case}/kvittens", "lii-------"),
    ("POST", "/mina-sidor/arenden/{case}/andra", "l-i-------"),
    ("POST", "/mina-sidor/arenden/{case}/aterkalla", "l-i-------"),
    ("POST", "/mina-sidor/arenden/{case}/komplettering", "l-i-------"),
    ("POST", "/mina-sidor/arenden/{case}/yttrande", "l-i-------"),
    ("GET", "/mina-sidor/arenden/{case}/underskrift", "l---------"),
    ("POST", "/mina-sidor/arenden/{case}/underskrift", "l---------"),
    ("GET", "/mina-sidor/arenden/{case}/brev/{decision}", "l---------"),
];
