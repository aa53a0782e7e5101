//! The register of associations.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/forening", "liii------"),
    ("GET", "/forening/personer", "liii------"),
    ("GET", "/forening/handlingar", "liii------"),
    ("POST", "/forening/handlingar", "l-ii------"),
    ("GET", "/forening/handlingar/{paper}", "lii-------"),
    ("GET", "/forening/historik", "liii------"),
    ("POST", "/forening/sektioner", "l-ii------"),
    ("POST", "/forening/sektioner/{association_section}", "l---------"),
    ("POST", "/forening/uppgifter", "l-ii------"),
    ("POST", "/forening/styrelse", "l-ii------"),
    ("POST", "/forening/styrelse/{officer}", "l---------"),
    ("POST", "/forening/firmateckning", "l-ii------"),
    ("POST", "/forening/kontakter", "l-ii------"),
    ("POST", "/forening/kontakter/{contact}", "l---------"),
    ("POST", "/forening/konto", "l-ii------"),
    ("POST", "/forening/personer", "l-ii------"),
    ("POST", "/forening/personer/{mandate}", "l---------"),
    ("GET", "/foreningar", "l---iiiiii"),
    ("POST", "/foreningar", "l-------i-"),
    ("GET", "/foreningar/{forening}", "l---i-iiii"),
    ("GET", "/foreningar/{forening}/historik", "l---i-iiii"),
    ("GET", "/foreningar/{forening}/handlingar/{paper}", "l---i-iiii"),
    ("POST", "/foreningar/{forening}/konto", "l-----iii-"),
    ("POST", "/foreningar/{forening}/lage", "l-------i-"),
    ("POST", "/foreningar/{forening}/skulder", "l-----iii-"),
    ("POST", "/foreningar/{forening}/skulder/{debt}", "l-----iii-"),
];
